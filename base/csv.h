/* csv.h: rows out of RFC 4180 text that already lies in memory (a mapped file, a posted body). One row at a time, so a
 * large file costs one row of memory; nothing is guessed: the separator is the caller's, a broken quote is an error with
 * its row number, a row that is longer than the limits is refused.
 *
 *     struct csv c;
 *     csv_init(&c, text, &(struct csv_limits){ .columns = 12 });
 *     while ((got = csv_next(&c, arena, &row, &e)) == 1)
 *         use(row.cell[0]);
 *
 * A cell is borrowed from the text; only one with doubled quotes inside is copied into the arena. Cells are bytes: check
 * them with text_clean where people read them.
 */
#ifndef BON_BASE_CSV_H
#define BON_BASE_CSV_H

#include "base/buf.h"
#include "base/err.h"

struct csv_limits {
    char separator; /* 0: ',' */
    size_t columns; /* most cells in a row; 0 = 64 */
    size_t cell;    /* most bytes in a cell; 0 = 64 KiB */
    int64_t rows;   /* most rows; 0 = no limit */
};

struct csv {
    struct str rest;
    struct csv_limits limits;
    int64_t row; /* number of the row csv_next gave last, from 1 */
};

struct csv_row {
    struct str *cell; /* arena */
    size_t n;
    int64_t number; /* from 1: what a person sees in a spreadsheet, when no cell has a line break inside */
};

/* A byte order mark at the start is skipped. limits may be NULL. */
void csv_init(struct csv *c, struct str text, const struct csv_limits *limits);

/* 1 a row, 0 the end, -1 failed (ERR_INPUT; e->field is "row N"). Rows end with LF or CRLF; empty lines are skipped. */
int csv_next(struct csv *c, struct arena *a, struct csv_row *row, struct err *e);

/* Reads the header row and finds each named column: at[i] is the place of names[i]. A missing or doubled name is an
 * error that names it; columns nobody asked for are allowed. */
int csv_columns(struct csv *c, struct arena *a, const char *const *names, size_t n, size_t *at, struct err *e);

/* The cell at a place from csv_columns; STR_NONE in a row that is too short. */
struct str csv_cell(const struct csv_row *row, size_t at);

/* Writes one cell, quoted, then `end`: ',' or '\n' (a row ends with CRLF). A cell that a spreadsheet would take for a formula
 * gets an apostrophe first: an exported name must not run in somebody's Excel. */
void csv_put(struct buf *b, struct str s, char end);
/* A number that we made ourselves: no quotes, and -5 is no formula. */
void csv_put_number(struct buf *b, struct str s, char end);
#define CSV_MARK "\xEF\xBB\xBF" /* first bytes of an exported file: spreadsheets read UTF-8 by it */

#endif
