/* xml.c: see xml.h. */
#include "platform/office/xml.h"

#include "platform/office/package.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 32, PIECE = 16 * 1024 };

struct xml {
    const struct xml_handler *handler;
    void *ctx;
    xmlParserCtxtPtr parser;
    int depth;
    bool refused;
    struct err why;
};

void xml_refuse(struct xml *x, enum err_code code, const char *field, struct str say, const char *detail)
{
    if (x->refused)
        return;
    x->refused = true;
    ERR_SAY(&x->why, code, say, "%s", detail);
    if (field)
        snprintf(x->why.field, sizeof x->why.field, "%s", field);
    xmlStopParser(x->parser);
}

struct str xml_attribute(const struct xml_attributes *a, const char *name)
{
    for (int i = 0; i < a->n; i++) {
        const unsigned char **five = a->v + (ptrdiff_t)i * 5; /* local name, prefix, name space, value, its end */
        if (strcmp((const char *)five[0], name) == 0)
            return (struct str) { (const char *)five[3], (size_t)(five[4] - five[3]) };
    }
    return STR_NONE;
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_spaces,
                     const xmlChar **spaces, int n, int n_defaulted, const xmlChar **attributes)
{
    struct xml *x = ctx;
    (void)prefix;
    (void)uri;
    (void)n_spaces;
    (void)spaces;
    (void)n_defaulted;
    if (x->refused)
        return;
    if (++x->depth > DEPTH_MAX) {
        xml_refuse(x, ERR_INPUT, NULL, MSGS("Tệp có cấu trúc lạ nên không được đọc."), "XML: too deep");
        return;
    }
    x->handler->start(x, x->ctx, str_of((const char *)name), &(struct xml_attributes) { attributes, n });
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct xml *x = ctx;
    (void)prefix;
    (void)uri;
    if (x->refused)
        return;
    x->depth--;
    x->handler->end(x, x->ctx, str_of((const char *)name));
}

static void on_text(void *ctx, const xmlChar *text, int n)
{
    struct xml *x = ctx;
    if (!x->refused && x->handler->text)
        x->handler->text(x, x->ctx, (struct str) { (const char *)text, (size_t)n });
}

/* Office files never have one (ECMA-376 part 2, 6.5.2): whoever sends one wants entities. */
static void on_doctype(void *ctx, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    (void)name;
    (void)external;
    (void)system;
    xml_refuse(ctx, ERR_INPUT, NULL, MSGS("Tệp có phần khai báo kiểu (DTD) nên không được đọc."), "XML: a document type");
}

/* Only the five of XML itself are left, and those libxml2 resolves before it asks. */
static xmlEntityPtr on_entity(void *ctx, const xmlChar *name)
{
    (void)ctx;
    (void)name;
    return NULL;
}

static xmlSAXHandler handlers(void)
{
    xmlSAXHandler h;
    memset(&h, 0, sizeof h);
    h.initialized = XML_SAX2_MAGIC;
    h.startElementNs = on_start;
    h.endElementNs = on_end;
    h.characters = on_text;
    h.cdataBlock = on_text;
    h.ignorableWhitespace = on_text;
    h.internalSubset = on_doctype;
    h.externalSubset = on_doctype;
    h.getEntity = on_entity;
    return h;
}

int xml_open(const struct xml_handler *handler, void *ctx, struct xml **out, struct err *e)
{
    struct xml *x = calloc(1, sizeof *x);
    xmlSAXHandler h = handlers();
    if (x)
        x->parser = xmlCreatePushParserCtxt(&h, x, NULL, 0, NULL);
    if (!x || !x->parser) {
        free(x);
        return ERR(e, ERR_BUSY, "no memory for XML");
    }
    x->handler = handler;
    x->ctx = ctx;
    xmlCtxtUseOptions(x->parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
    *out = x;
    return 0;
}

static int feed(struct xml *x, const char *bytes, int n, int last, struct err *e)
{
    int result = xmlParseChunk(x->parser, bytes, n, last);
    if (x->refused) {
        if (e)
            *e = x->why;
        return -1;
    }
    if (result != XML_ERR_OK)
        return ERR_SAY(
            e, ERR_INPUT,
            MSGS("Tệp bị hỏng hoặc không phải tệp bảng tính. Xin mở tệp bằng Excel hay LibreOffice, lưu lại rồi gửi."),
            "XML: libxml2 says %d", result);
    return 0;
}

int xml_feed(struct xml *x, const void *bytes, size_t n, struct err *e)
{
    return feed(x, bytes, (int)n, 0, e);
}

int xml_finish(struct xml *x, struct err *e)
{
    return feed(x, "", 0, 1, e);
}

void xml_close(struct xml *x)
{
    if (!x)
        return;
    if (x->parser->myDoc)
        xmlFreeDoc(x->parser->myDoc);
    xmlFreeParserCtxt(x->parser);
    free(x);
}

static int feed_part(struct package_in *p, struct xml *x, struct err *e)
{
    char piece[PIECE];
    int got;
    while ((got = package_read(p, piece, sizeof piece, e)) > 0)
        if (xml_feed(x, piece, (size_t)got, e))
            return -1;
    return got < 0 ? -1 : xml_finish(x, e);
}

int xml_part(struct package_in *p, struct str name, const struct xml_handler *handler, void *ctx, struct err *e)
{
    struct xml *x;
    if (package_enter(p, name, e) || xml_open(handler, ctx, &x, e))
        return -1;
    int result = feed_part(p, x, e);
    xml_close(x);
    return result;
}
