/* xml.h: the XML of office files, read as it comes, through libxml2's SAX. Element names are told without their name space.
 * A document type (and with it every entity of one's own), an external reference, a depth over 32 and anything that is not
 * well-formed are refused. Handlers run inside libxml2: they take memory with arena_try and say what is wrong with xml_refuse.
 */
#ifndef BON_PLATFORM_OFFICE_XML_H
#define BON_PLATFORM_OFFICE_XML_H

#include "base/err.h"

struct xml;

struct xml_attributes {
    const unsigned char **v; /* as libxml2 gives them: five pointers each */
    int n;
};
/* Value by local name; STR_NONE when absent. Entities in it are resolved already. */
struct str xml_attribute(const struct xml_attributes *a, const char *name);

struct xml_handler {
    void (*start)(struct xml *x, void *ctx, struct str name, const struct xml_attributes *attributes);
    void (*end)(struct xml *x, void *ctx, struct str name);
    void (*text)(struct xml *x, void *ctx, struct str text); /* may be NULL; a text may come in pieces */
};

int xml_open(const struct xml_handler *handler, void *ctx, struct xml **out, struct err *e);
int xml_feed(struct xml *x, const void *bytes, size_t n, struct err *e);
int xml_finish(struct xml *x, struct err *e); /* all bytes were fed */
void xml_close(struct xml *x);                /* NULL-safe */

/* From a handler: nothing more is parsed, and xml_feed fails with this. field may be NULL. */
void xml_refuse(struct xml *x, enum err_code code, const char *field, struct str say, const char *detail);

struct package_in;
/* A whole part of a package through a handler. */
int xml_part(struct package_in *p, struct str name, const struct xml_handler *handler, void *ctx, struct err *e);

#endif
