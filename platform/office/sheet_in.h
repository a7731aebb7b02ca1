/* sheet_in.h: rows out of a file that somebody sent: CSV or XLSX, told apart by its first bytes.
 *
 *     struct sheet_in *s;
 *     sheet_open(a, bytes, &(struct sheet_limits){ .rows = 1000, .columns = 22 }, &s, &e);
 *     while ((got = sheet_next(s, &row, &e)) == 1)
 *         use(row.cell[0].text);
 *
 * Nothing is guessed and nothing dropped in silence. A formula is refused with the address of its cell, since what Excel counted
 * last is not what the sheet says; so are macros, passwords, the binary formats before 2007, and damaged or swollen packages.
 * What a reader of the rows cannot see stands in the notes: merged cells, hidden rows, columns and sheets.
 *
 * A refusal's e->field is the place ("C12", "dòng 7") and its sentence the fault and the way out.
 * The file is unpacked and parsed as rows are asked for: a file of a million rows is refused after the rows that were allowed.
 */
#ifndef BON_PLATFORM_OFFICE_SHEET_IN_H
#define BON_PLATFORM_OFFICE_SHEET_IN_H

#include "base/date.h"
#include "base/err.h"
#include "base/vec.h"

struct sheet_limits {
    int64_t rows;     /* with something in them, the heading among them; 0 = 10,000 */
    size_t columns;   /* 0 = 64 */
    size_t cell;      /* bytes of a text; 0 = 32 KiB */
    size_t unpacked;  /* bytes of the whole workbook unpacked; 0 = 64 MiB */
    struct str sheet; /* name of the sheet to read; empty: the first that is not hidden */
};

enum cell_kind {
    CELL_EMPTY,
    CELL_TEXT,
    CELL_NUMBER,
    CELL_DAY, /* a day, perhaps with a time of day */
    CELL_TRUTH,
};

struct sheet_cell {
    enum cell_kind kind;
    struct str text; /* of every kind but EMPTY, as a person would read it: "12.5", "16/02/2024", "TRUE" */
    double number;   /* NUMBER; TRUTH: 0 or 1 */
    struct day day;  /* DAY */
    int second;      /* DAY: of that day */
};

struct sheet_row {
    int64_t number; /* as the spreadsheet numbers it, from 1 */
    struct sheet_cell *cell;
    size_t n;
};

enum sheet_note_kind { SHEET_MERGED, SHEET_HIDDEN_ROW, SHEET_HIDDEN_COLUMN, SHEET_HIDDEN_SHEET };

struct sheet_note {
    enum sheet_note_kind kind;
    struct str at; /* "B2:D2", "dòng 7", "cột C", name of the sheet */
};
typedef VEC(struct sheet_note) sheet_notes;

struct sheet_in;

/* bytes are borrowed as long as rows are read; what the sheet holds goes with the arena. limits may be NULL. */
int sheet_open(struct arena *a, struct str bytes, const struct sheet_limits *limits, struct sheet_in **out, struct err *e);
/* 1 a row, 0 the end, -1 refused. The row is valid until the next call. Empty rows are passed over. */
int sheet_next(struct sheet_in *s, struct sheet_row *row, struct err *e);
/* Reads the heading row and finds each named column, as csv_columns does: at[i] is the place of names[i]. Columns nobody asked for
 * are allowed; one that is missing or comes twice is refused by its name (e->field). */
int sheet_columns(struct sheet_in *s, const char *const *names, size_t n, size_t *at, struct err *e);
struct str sheet_text_at(const struct sheet_row *row, size_t at); /* what a person reads there; empty beyond the row's end */

/* Complete once sheet_next has given 0; at most 100. */
const sheet_notes *sheet_notes_of(const struct sheet_in *s);
struct str sheet_note_say(enum sheet_note_kind k); /* source text */

struct str sheet_address(struct arena *a, size_t column, int64_t row); /* "C12": column from 0, row from 1 */

#endif
