/* book.h: the catalogue as a workbook and as JSON, out and in. The same services come back as went out: what has a column of its own is
 * written as people write it, the rest (conditions, the blocks of a paper, a bundle) as JSON in its cell.
 */
#ifndef BON_ENGINES_SERVICES_BOOK_H
#define BON_ENGINES_SERVICES_BOOK_H

#include "engines/services/inside.h"

#include <jansson.h>

/* Every service with all its versions, as an array of service files; the caller's to give back. */
int services_all_json(struct dbr *r, struct arena *a, json_t **out, struct err *e);

/* The array as a workbook of five sheets, and back. */
int services_book_write(struct arena *a, const json_t *files, struct instant made, struct str *bytes, struct err *e);
/* Refuses by sheet and row (e->field). */
int services_book_read(struct arena *a, struct str bytes, json_t **out, struct err *e);

/* A file of either kind, told apart by its first bytes, as service files that have been read and checked together. */
int services_import_read(struct arena *a, struct str bytes, const struct str *known, size_t n_known, service_files *out,
                         struct err *e);

#endif
