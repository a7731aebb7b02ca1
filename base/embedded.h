/* embedded.h: a file that was built into the program. tools/embed writes tables of these; platform/http serves them. */
#ifndef BON_BASE_EMBEDDED_H
#define BON_BASE_EMBEDDED_H

#include <stddef.h>
#include <stdint.h>

struct embedded_file {
    const char *path;     /* "css/app.css", relative to embed's --root; NULL ends a table, which is sorted bytewise by it */
    const uint8_t *bytes; /* followed by a NUL that n does not count */
    size_t n;
    char hash[17];       /* first 16 hex digits of the SHA-256 of bytes: the address changes when the content does */
    const uint8_t *gzip; /* the same compressed, or NULL where that would not be smaller */
    size_t gzip_n;
    const char *type; /* "text/css; charset=utf-8" */
};

#endif
