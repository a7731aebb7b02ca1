/* sheet.c: the row at hand, whatever the format. */
#include "platform/office/sheet_inside.h"

#include "base/csv.h"

enum { BYTES_PRESET = 16 << 20, ROWS_MAX = 1048576 };

static const struct {
    const char *type, *extension;
} formats[BOOK_FORMATS_] = {
    [BOOK_CSV] = { "text/csv; charset=utf-8", "csv" },
    [BOOK_XLSX] = { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx" },
};

const char *book_type(enum book_format f)
{
    return formats[f].type;
}

const char *book_extension(enum book_format f)
{
    return formats[f].extension;
}

void book_fail(struct book *b, enum err_code code, const char *why)
{
    if (b->failed.code == ERR_NONE)
        ERR(&b->failed, code, "%s, row %zu column %zu", why, b->row + 1, b->column + 1);
}

struct book *book_new(struct arena *a, const struct book_options *o)
{
    struct book *b = arena_new(a, struct book);
    b->o = *o;
    b->o.max = o->max ? o->max : BYTES_PRESET;
    b->arena = a;
    b->title = str_cstr(a, str_or_empty(o->title));
    b->author = str_cstr(a, str_or_empty(o->author));
    if (o->format == BOOK_CSV) {
        buf_init(&b->csv, a, b->o.max);
        buf_lit(&b->csv, CSV_MARK);
    } else if (xlsx_book_new(b)) {
        book_fail(b, ERR_BUSY, "no room for a workbook");
    }
    return b;
}

static void put(struct book *b, const struct sheet_value *v)
{
    ASSERT(b->def && b->column < b->def->n);
    if (b->failed.code == ERR_NONE) {
        if (b->o.format == BOOK_CSV)
            csv_book_cell(b, v);
        else
            xlsx_book_cell(b, v);
    }
    b->column++;
}

void book_sheet(struct book *b, const struct sheet_def *def)
{
    ASSERT(b->o.format != BOOK_CSV || !b->def);
    if (b->o.format == BOOK_XLSX && b->failed.code == ERR_NONE)
        xlsx_book_sheet(b, def);
    b->def = def;
    b->row = b->column = 0;
    for (size_t i = 0; i < def->n; i++)
        sheet_text(b, tr(b->o.lang, def->columns[i].title));
    sheet_row_end(b);
}

void sheet_text(struct book *b, struct str s)
{
    put(b, &(struct sheet_value) { .type = SHEET_TEXT, .text = s });
}

void sheet_whole(struct book *b, int64_t n)
{
    put(b, &(struct sheet_value) { .type = SHEET_WHOLE, .number = (double)n });
}

void sheet_decimal(struct book *b, double v)
{
    put(b, &(struct sheet_value) { .type = SHEET_DECIMAL, .number = v });
}

void sheet_percent(struct book *b, double share)
{
    put(b, &(struct sheet_value) { .type = SHEET_PERCENT, .number = share });
}

void sheet_day(struct book *b, struct day d)
{
    put(b, &(struct sheet_value) { .type = SHEET_DAY, .day = d });
}

void sheet_moment(struct book *b, struct instant t)
{
    put(b, &(struct sheet_value) { .type = SHEET_MOMENT, .moment = t });
}

void sheet_row_end(struct book *b)
{
    if (b->o.format == BOOK_CSV)
        for (; b->column < b->def->n; b->column++)
            csv_book_empty(b);
    else if (b->failed.code == ERR_NONE)
        xlsx_book_row_end(b);
    b->column = b->lines = 0;
    if (++b->row == ROWS_MAX)
        book_fail(b, ERR_TOO_LARGE, "a sheet has no more rows");
}

int book_close(struct book *b, struct str *bytes, struct err *e)
{
    if (b->failed.code != ERR_NONE) {
        if (e)
            *e = b->failed;
        return -1;
    }
    if (b->o.format == BOOK_XLSX)
        return xlsx_book_close(b, bytes, e);
    if (b->csv.full)
        return ERR(e, ERR_TOO_LARGE, "the list is over %zu bytes", b->o.max);
    *bytes = buf_str(&b->csv);
    return 0;
}
