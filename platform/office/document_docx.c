/* document_docx.c: a document as DOCX: the parts of the package, written by hand since no kept C library writes them. */
#include "platform/office/docx_inside.h"

#include "platform/office/package.h"

enum { PART_MAX = 16 << 20, PARTS_MAX = 32, DOCX_MAX = 32 << 20 };

#define RELATION     "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define RELATIONS    XML_HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define MEDIA_PREFIX "application/vnd.openxmlformats-officedocument.wordprocessingml."

static const char content_types[] = XML_HEAD
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>"
    "<Override PartName=\"/word/document.xml\" ContentType=\"" MEDIA_PREFIX "document.main+xml\"/>"
    "<Override PartName=\"/word/styles.xml\" ContentType=\"" MEDIA_PREFIX "styles+xml\"/>"
    "<Override PartName=\"/word/settings.xml\" ContentType=\"" MEDIA_PREFIX "settings+xml\"/>"
    "<Override PartName=\"/word/header1.xml\" ContentType=\"" MEDIA_PREFIX "header+xml\"/>"
    "<Override PartName=\"/word/header2.xml\" ContentType=\"" MEDIA_PREFIX "header+xml\"/>"
    "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
    "</Types>";

static const char top_relations[] = RELATIONS
    "<Relationship Id=\"r1\" Type=\"" RELATION "officeDocument\" Target=\"word/document.xml\"/>"
    "<Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" "
    "Target=\"docProps/core.xml\"/></Relationships>";

/* 15: laid out as Word 2013 and later do, without the notice about an older file. */
static const char settings[] = XML_HEAD
    "<w:settings " WORD_NAMESPACES "><w:zoom w:percent=\"100\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" "
    "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat><w:themeFontLang "
    "w:val=\"vi-VN\"/></w:settings>";

static struct buf part_buf(struct arena *a)
{
    struct buf b;
    buf_init(&b, a, PART_MAX);
    return b;
}

static struct str properties(const struct docx *x)
{
    struct buf b = part_buf(x->arena);
    buf_lit(&b, XML_HEAD
            "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
            "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
            "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>");
    docx_put_text(&b, x->words->title);
    buf_lit(&b, "</dc:title><dc:creator>");
    docx_put_text(&b, x->words->author);
    buf_lit(&b, "</dc:creator><dc:language>vi-VN</dc:language><dcterms:created xsi:type=\"dcterms:W3CDTF\">");
    docx_put_text(&b, x->words->made);
    buf_lit(&b, "</dcterms:created></cp:coreProperties>");
    return buf_str(&b);
}

static struct str body(struct docx *x)
{
    struct buf b = part_buf(x->arena);
    x->b = &b;
    buf_lit(&b, XML_HEAD "<w:document " WORD_NAMESPACES "><w:body>");
    docx_head(x);
    docx_blocks(x);
    if (!document_has_signature_block(x->d))
        docx_foot(x);
    docx_section(x, true);
    buf_lit(&b, "</w:body></w:document>");
    return b.full ? STR_NONE : buf_str(&b);
}

static struct str relations(const struct docx *x)
{
    struct buf b = part_buf(x->arena);
    buf_lit(&b, RELATIONS "<Relationship Id=\"rStyles\" Type=\"" RELATION "styles\" Target=\"styles.xml\"/>"
                          "<Relationship Id=\"rSettings\" Type=\"" RELATION "settings\" Target=\"settings.xml\"/>"
                          "<Relationship Id=\"rHeader\" Type=\"" RELATION "header\" Target=\"header1.xml\"/>"
                          "<Relationship Id=\"rFirst\" Type=\"" RELATION "header\" Target=\"header2.xml\"/>");
    for (size_t i = 0; i < x->pictures.n; i++)
        buf_fmt(&b, "<Relationship Id=\"rPicture%zu\" Type=\"" RELATION "image\" Target=\"media/picture%zu.png\"/>", i + 1,
                i + 1);
    buf_lit(&b, "</Relationships>");
    return buf_str(&b);
}

int document_docx(const struct document *d, struct arena *a, struct str *out, struct err *e)
{
    struct document_words words;
    document_words(d, a, &words);
    struct docx x = { .d = d, .words = &words, .arena = a };
    struct str document = body(&x);
    if (!document.p || x.pictures.n > PARTS_MAX - 9)
        return ERR(e, ERR_TOO_LARGE, "a document over %d bytes", PART_MAX);
    struct package_part parts[PARTS_MAX] = {
        { "[Content_Types].xml", str_of(content_types) },
        { "_rels/.rels", str_of(top_relations) },
        { "word/document.xml", document },
        { "word/_rels/document.xml.rels", relations(&x) },
        { "word/styles.xml", docx_styles(a) },
        { "word/settings.xml", str_of(settings) },
        { "word/header1.xml", docx_header(&x, false) },
        { "word/header2.xml", docx_header(&x, true) },
        { "docProps/core.xml", properties(&x) },
    };
    size_t n = 9;
    for (size_t i = 0; i < x.pictures.n; i++)
        parts[n++] = (struct package_part) { str_cstr(a, str_fmt(a, "word/media/picture%zu.png", i + 1)), x.pictures.v[i] };
    return package_pack(a, parts, n, DOCX_MAX, out, e);
}
