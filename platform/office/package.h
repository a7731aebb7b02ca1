/* package.h: the zip file in which XLSX and DOCX put their parts (ECMA-376 part 2), through minizip and in memory only.
 *
 * What comes in is hostile: the directory is judged before anything is unpacked. Refused are too many entries, names that lead
 * out of the package, one name twice, encryption, methods other than stored and deflated, and sizes whose sum or ratio is that
 * of a bomb; no part gives more bytes than it announced.
 */
#ifndef BON_PLATFORM_OFFICE_PACKAGE_H
#define BON_PLATFORM_OFFICE_PACKAGE_H

#include "base/err.h"

/* ---- out ---- */
struct package_part {
    const char *name; /* "word/document.xml" */
    struct str bytes;
};

/* The same parts give the same bytes: every entry bears the first day a zip file can tell, 1/1/1980. At most max bytes. */
int package_pack(struct arena *a, const struct package_part *parts, size_t n, size_t max, struct str *out, struct err *e);

/* ---- in ---- */
struct package_limits {
    size_t entries;  /* 0 = 256 */
    size_t unpacked; /* bytes of all parts together; 0 = 64 MiB */
    size_t ratio;    /* of a part over 1 MiB, unpacked to packed; 0 = 200 (a sheet of one repeated row reaches about 100) */
};

struct package_in;

/* bytes are borrowed until package_close. limits may be NULL. ERR_INPUT and ERR_TOO_LARGE bring a sentence. */
int package_open(struct str bytes, const struct package_limits *limits, struct package_in **out, struct err *e);
void package_close(struct package_in *p); /* NULL-safe */

bool package_has(const struct package_in *p, struct str name);
/* Name of entry i, in the order of the directory; STR_NONE past the last. */
struct str package_name(const struct package_in *p, size_t i);

/* One part is open at a time; opening the next closes the last. */
int package_enter(struct package_in *p, struct str name, struct err *e);
/* Bytes read, 0 at the end (the checksum was right), -1 broken. */
int package_read(struct package_in *p, void *to, size_t n, struct err *e);

#endif
