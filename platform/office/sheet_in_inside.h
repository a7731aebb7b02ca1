/* sheet_in_inside.h: what the readers of the two formats share. */
#ifndef BON_PLATFORM_OFFICE_SHEET_IN_INSIDE_H
#define BON_PLATFORM_OFFICE_SHEET_IN_INSIDE_H

#include "base/csv.h"
#include "platform/office/package.h"
#include "platform/office/sheet_in.h"
#include "platform/office/xml.h"

enum { NOTES_MAX = 100 };

/* The parts of a workbook that its sheet leans on. */
struct workbook {
    struct str sheet_part; /* "xl/worksheets/sheet1.xml" */
    bool from_1904;        /* days are counted from 1/1/1904 */
    VEC(struct str) strings;
    VEC(bool) day_styles; /* by number of the cell's style: shows a day or a time */
};

struct xlsx_rows;

struct sheet_in {
    struct arena *arena;
    struct arena *row_arena; /* what the rows at hand need; cleared with them */
    struct sheet_limits limits;
    int64_t rows; /* given */
    sheet_notes notes;
    bool is_csv;
    struct csv csv;
    struct package_in *package; /* XLSX from here on */
    struct workbook book;
    struct xlsx_rows *xlsx;
};

void sheet_note(struct sheet_in *s, enum sheet_note_kind kind, struct str at);

/* xlsx_book.c: the workbook's own parts. */
int xlsx_open_book(struct sheet_in *s, struct err *e);
/* xlsx_rows.c: the rows of one sheet. What may jump away for want of memory is taken in _new, before the package is open. */
void xlsx_rows_new(struct sheet_in *s);
char *xlsx_rows_text(struct sheet_in *s); /* limits.cell bytes, free until xlsx_rows_open */
int xlsx_rows_open(struct sheet_in *s, struct err *e);
int xlsx_rows_next(struct sheet_in *s, struct sheet_row *row, struct err *e);
void xlsx_rows_close(struct xlsx_rows *r);

/* xlsx_value.c: small things that are said in attributes. */
/* "C12" to 2 and 12; a row of 0 when there is none ("C"). False: no address, or beyond the grid of 16,384 by 1,048,576. */
bool xlsx_address_parse(struct str s, size_t *column, int64_t *row);
/* A day's serial number; false outside 1/1/1900 (1904) to 31/12/9999. */
bool xlsx_day(double serial, bool from_1904, struct day *d, int *second);
/* A number format that shows a day or a time: built in, or by its letters. */
bool xlsx_format_is_day(int64_t id, struct str code);
/* _x000D_ is how the format writes a character that XML has not; NULL when there is no room. */
bool xlsx_unescape(struct arena *a, struct str in, struct str *out);
bool xlsx_true(struct str s); /* "1", "true" */

#endif
