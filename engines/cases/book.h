/* book.h: the desk's book of some days, shared by its files and its paper. */
#ifndef BON_ENGINES_CASES_BOOK_H
#define BON_ENGINES_CASES_BOOK_H

#include "engines/cases/inside.h"

struct book_asked {
    struct unit_code unit;
    struct day from, until; /* both included */
};
struct document;
/* Form 06 of these days. Texts live in the arena. */
int case_book_document(const struct app *app, struct dbr *r, struct arena *a, const struct book_asked *b, struct document *d,
                       struct err *e);
/* Of the days that were asked for, as its statements take them. */
struct case_book_rows_in case_book_asked_rows(const struct book_asked *b);

#endif
