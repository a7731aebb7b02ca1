/* docx_inside.h: what the files that write DOCX share. WordprocessingML counts in twentieths of a point, here called twips. */
#ifndef BON_PLATFORM_OFFICE_DOCX_INSIDE_H
#define BON_PLATFORM_OFFICE_DOCX_INSIDE_H

#include "base/buf.h"
#include "platform/office/document_style.h"

#define TWIPS_PER_MM (1440 / 25.4)
static inline int twips(double mm)
{
    return (int)(mm * TWIPS_PER_MM + 0.5);
}

#define WORD_NAMESPACES                                                                    \
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "            \
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "     \
    "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" " \
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "                   \
    "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\""
#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

struct docx {
    const struct document *d;
    const struct document_words *words;
    struct arena *arena;
    struct buf *b;           /* word/document.xml */
    bool sideways;           /* the section under way */
    size_t sections;         /* ended so far */
    document_texts pictures; /* PNG */
};

/* Text between tags: escaped; characters that XML has not are left out. */
void docx_put_text(struct buf *b, struct str s);
void docx_put_attribute(struct buf *b, struct str s);
/* One paragraph; a line break inside the text breaks the line. */
void docx_paragraph(struct buf *b, enum document_style style, struct str text);
/* As above in an alignment of its own. */
void docx_paragraph_aligned(struct buf *b, enum document_style style, enum document_align align, struct str text);

void docx_head(struct docx *x);
void docx_foot(struct docx *x);
void docx_blocks(struct docx *x);
/* Page size, edges and headers of the section that ends here. */
void docx_section(struct docx *x, bool last);

struct str docx_styles(struct arena *a);
struct str docx_header(const struct docx *x, bool first);

#endif
