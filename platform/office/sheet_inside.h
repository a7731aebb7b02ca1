/* sheet_inside.h: what sheet.c and its two formats share. */
#ifndef BON_PLATFORM_OFFICE_SHEET_INSIDE_H
#define BON_PLATFORM_OFFICE_SHEET_INSIDE_H

#include "platform/office/sheet.h"

struct xlsx_book;

/* A cell on its way out. */
struct sheet_value {
    enum sheet_type type;
    struct str text;
    double number;
    struct day day;
    struct instant moment;
};

struct book {
    struct book_options o;
    struct arena *arena;
    char *title, *author; /* of the options, NUL-ended: made before libxlsxwriter is about */
    const struct sheet_def *def;
    size_t column, row; /* where the next cell goes; row 0 is the heading */
    size_t lines;       /* of the row's longest text, as wide as its column is */
    struct err failed;  /* the first thing that went wrong */
    struct buf csv;
    struct xlsx_book *xlsx; /* NULL: CSV, or closed */
};

void csv_book_cell(struct book *b, const struct sheet_value *v);
void csv_book_empty(struct book *b);

int xlsx_book_new(struct book *b);
void xlsx_book_sheet(struct book *b, const struct sheet_def *def);
void xlsx_book_cell(struct book *b, const struct sheet_value *v);
void xlsx_book_row_end(struct book *b);
int xlsx_book_close(struct book *b, struct str *bytes, struct err *e);

void book_fail(struct book *b, enum err_code code, const char *why);

#endif
