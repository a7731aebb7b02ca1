/* document_style.h: how each part of a paper looks: NĐ 30/2020/NĐ-CP, appendix I, part I (the numbers in brackets are its
 * "ô số" and items). PDF and DOCX both read this table, so they cannot drift apart.
 */
#ifndef BON_PLATFORM_OFFICE_DOCUMENT_STYLE_H
#define BON_PLATFORM_OFFICE_DOCUMENT_STYLE_H

#include "platform/office/document.h"

/* Millimetres. [I.1, I.4] A4; top and bottom 20–25, left 30–35, right 15–20. A page on its side keeps the same edges. */
enum { PAGE_SHORT = 210, PAGE_LONG = 297, MARGIN_TOP = 20, MARGIN_BOTTOM = 20, MARGIN_LEFT = 30, MARGIN_RIGHT = 15 };

/* A5: everything is laid out as on a larger sheet and drawn at four fifths of its size, so that 14 points become 11. */
enum { HALF_SHORT = 148, HALF_LONG = 210, HALF_MARGIN_LEFT = 20 };
#define HALF_SCALE 0.8

enum document_style {
    STYLE_NATION,
    STYLE_MOTTO,
    STYLE_ABOVE,
    STYLE_AGENCY,
    STYLE_NUMBER,
    STYLE_DATE,
    STYLE_KIND,
    STYLE_ABOUT,
    STYLE_ABOUT_LETTER,
    STYLE_TO,
    STYLE_TO_ONE,
    STYLE_BASIS,
    STYLE_BODY,
    STYLE_HEADING_1,
    STYLE_HEADING_2,
    STYLE_HEADING_3,
    STYLE_ITEM,
    STYLE_CAPTION,
    STYLE_APPENDIX,
    STYLE_TITLE,
    STYLE_ATTACHED,
    STYLE_CELL_HEAD,
    STYLE_CELL,
    STYLE_GROUP,
    STYLE_RECEIVERS,
    STYLE_RECEIVER,
    STYLE_AUTHORITY,
    STYLE_SIGNER,
    STYLE_PAGE_NUMBER,
    STYLE_MODE,
    STYLE_FORM,
    STYLES_
};

struct text_style {
    const char *id; /* in DOCX */
    double size;    /* points */
    bool bold, italic;
    enum document_align align;
    double first, left;   /* mm: first line's indent, the whole's */
    double before, after; /* points */
    double spacing;       /* lines: at least 1, at most 1.5 [II.5] */
    const char *tag;      /* structure in PDF */
    int outline;          /* level in DOCX's outline, 0: none */
};

const struct text_style *document_style(enum document_style s);

/* What a document's fields become on paper, made before any page is drawn. */
struct document_words {
    struct str title, author; /* for the file's properties */
    struct str made;          /* 2023-09-18T08:00:00+07:00 */
    struct str number, date;
    document_texts to;        /* "Kính gửi: …", or "Kính gửi:" and a line for each */
    document_texts receivers; /* "Nơi nhận:", then the lines */
};
void document_words(const struct document *d, struct arena *a, struct document_words *w);

/* The style of a block of running text; STYLES_ for one that is none. */
enum document_style document_block_style(const struct document_block *b);
bool document_has_signature_block(const struct document *d);

/* Points the signature needs between the office and the name. */
enum { SIGNATURE_ROOM = 70 };

/* Share of the page's width for the left of two columns: agency and nation; receivers and signature. */
#define HEAD_LEFT 0.42
#define FOOT_LEFT 0.48

#endif
