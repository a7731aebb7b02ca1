/* sheet_csv.c: cells as people write them. A number has no thousands sign and a point, so that any program reads it. */
#include "platform/office/sheet_inside.h"

#include "base/csv.h"

#include <math.h>

static char end_of(const struct book *b)
{
    return b->column + 1 < b->def->n ? ',' : '\n';
}

/* 12.50 is written 12.5, 12.00 as 12. */
static struct str number(struct arena *a, double v, int places, const char *unit)
{
    struct str s = str_fmt(a, "%.*f", places, v);
    if (str_find_char(s, '.') >= 0) {
        while (str_ends(s, STR("0")))
            s.n--;
        if (str_ends(s, STR(".")))
            s.n--;
    }
    return str_fmt(a, "%.*s%s", STR_ARG(s), unit);
}

static struct str words(struct arena *a, const struct sheet_value *v)
{
    switch (v->type) {
    case SHEET_WHOLE:
        return number(a, v->number, 0, "");
    case SHEET_DECIMAL:
        return number(a, v->number, 2, "");
    case SHEET_PERCENT:
        return number(a, v->number * 100, 1, "%");
    case SHEET_DAY:
        return day_vi(a, v->day);
    case SHEET_MOMENT:
        return instant_vi(a, v->moment);
    default:
        return str_or_empty(v->text);
    }
}

/* A number never begins a formula, though -5 begins as one would. */
void csv_book_cell(struct book *b, const struct sheet_value *v)
{
    bool finite = isfinite(v->number);
    if (!finite)
        book_fail(b, ERR_INTERNAL, "a number that is none");
    else if (v->type == SHEET_WHOLE || v->type == SHEET_DECIMAL || v->type == SHEET_PERCENT)
        csv_put_number(&b->csv, words(b->arena, v), end_of(b));
    else
        csv_put(&b->csv, words(b->arena, v), end_of(b));
}

void csv_book_empty(struct book *b)
{
    csv_put(&b->csv, STR(""), end_of(b));
}
