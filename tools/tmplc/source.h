/* source.h: a file that a compiler reads, and the sentences it says about it. Shared by tmplc and i18nc.
 * Everything is allocated from the arena that is passed in and lives as long as the run.
 */
#ifndef BON_TOOLS_TMPLC_SOURCE_H
#define BON_TOOLS_TMPLC_SOURCE_H

#include "base/buf.h"

struct source {
    const char *path; /* as it was given: stands in messages and #line */
    struct str text;
};

/* Whole file; at most 4 MiB. Says why on the report and returns false when it cannot be read. */
struct report;
bool source_read(struct arena *a, const char *path, struct source *out, struct report *r);

/* Where messages go; the program prints it at the end, tests look into it. */
struct report {
    struct buf text;
    int errors, warnings;
};
void report_init(struct report *r, struct arena *a);

/* "path:line:column: sentence". off is a byte of src->text; columns count code points from 1. */
void report_error(struct report *r, const struct source *src, size_t off, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
void source_place(const struct source *src, size_t off, int *line, int *column);

/* The bytes as a C string literal with its quotes; UTF-8 stays readable. */
void put_c_string(struct buf *b, struct str s);

/* Writes the whole file or leaves the old one; false with a message on the report. */
bool file_write(const char *path, struct str text, struct report *r);

#endif
