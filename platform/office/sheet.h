/* sheet.h: lists out as files. One definition of a table gives CSV and XLSX:
 *
 *     static const struct sheet_column columns[] = { { MSG("Khách"), SHEET_TEXT }, { MSG("Đến lúc"), SHEET_MOMENT } };
 *     struct book *b = book_new(a, &(struct book_options){ .format = BOOK_XLSX, .title = …, .made = q->now });
 *     book_sheet(b, &(struct sheet_def){ MSGS("Sổ khách"), columns, 2 });
 *     for each row { sheet_text(b, name); sheet_moment(b, arrives_at); sheet_row_end(b); }
 *     book_close(b, &bytes, &e);
 *
 * Cells are put from left to right. In XLSX they have types (a day is a day), the heading stays in sight and on every printed
 * page (A4, landscape, one page wide); rows go to a temporary file at once, so a long list costs no memory. In CSV they are what
 * people write: 16/02/2024, 12.5%; a cell that a spreadsheet would take for a formula is disarmed (csv_put).
 *
 * What goes wrong on the way (a text over 32,767 characters, more rows than a sheet has) is kept and told by book_close.
 */
#ifndef BON_PLATFORM_OFFICE_SHEET_H
#define BON_PLATFORM_OFFICE_SHEET_H

#include "base/date.h"
#include "base/err.h"
#include "platform/i18n/i18n.h"

enum book_format { BOOK_CSV, BOOK_XLSX, BOOK_FORMATS_ };

enum sheet_type {
    SHEET_TEXT,
    SHEET_WHOLE,   /* 12.345 */
    SHEET_DECIMAL, /* two places at most */
    SHEET_PERCENT, /* one place at most */
    SHEET_DAY,
    SHEET_MOMENT, /* day and minute, Vietnamese time */
    SHEET_TYPES_
};

struct sheet_column {
    struct str title; /* source text */
    enum sheet_type type;
    int width; /* in letters; 0: what the type needs */
};

struct sheet_def {
    struct str name; /* source text; on the tab: at most 31 letters, none of []:*?/\ */
    const struct sheet_column *columns;
    size_t n;
};

struct book_options {
    enum book_format format;
    enum lang lang;
    struct str title, author; /* in the file's properties */
    struct instant made;      /* the same moment and rows give the same bytes */
    size_t max;               /* most bytes; 0 = 16 MiB */
};

struct book;

struct book *book_new(struct arena *a, const struct book_options *o);
/* Begins a sheet with its heading row. A CSV has one. */
void book_sheet(struct book *b, const struct sheet_def *def);

void sheet_text(struct book *b, struct str s); /* stands in a column of any type; STR_NONE leaves the cell empty */
void sheet_whole(struct book *b, int64_t n);
void sheet_decimal(struct book *b, double v);
void sheet_percent(struct book *b, double share); /* 0.125 is 12.5% */
void sheet_day(struct book *b, struct day d);
void sheet_moment(struct book *b, struct instant t);
void sheet_row_end(struct book *b); /* the rest of the row stays empty */

/* The file, in the arena. A book that nobody closes goes with its arena. */
int book_close(struct book *b, struct str *bytes, struct err *e);

const char *book_type(enum book_format f);      /* "text/csv; charset=utf-8" */
const char *book_extension(enum book_format f); /* "csv" */

#endif
