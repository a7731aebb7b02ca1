/* dated.c: small tables of the pack whose rows hold from a day on. */
#include "engines/cases/dated.h"

#include "base/csv.h"
#include "base/vec.h"

#include <stdlib.h>

enum { COLUMN_SUBJECT, COLUMN_FROM, COLUMN_VALUE, COLUMN_SOURCE, COLUMN_CONFIRMED, COLUMNS_, ROWS_MOST = 2000 };
static const char *const columns[COLUMNS_] = { "subject", "from", "value", "source", "confirmed" };

static int by_subject_and_day(const struct dated_row *x, struct str subject, struct day from)
{
    int order = str_cmp(x->subject, subject);
    if (order != 0)
        return order;
    return x->from.n < from.n ? -1 : x->from.n > from.n;
}

static int compare(const void *x, const void *y)
{
    const struct dated_row *b = y;
    return by_subject_and_day(x, b->subject, b->from);
}

static int refuse_doubles(const struct dated_rows *rows, const char *name, struct err *e)
{
    for (size_t i = 1; i < rows->n; i++)
        if (compare(&rows->v[i - 1], &rows->v[i]) == 0)
            return ERR(e, ERR_INPUT, "%s: %.*s stands twice from one day", name, STR_ARG(rows->v[i].subject));
    return 0;
}

int dated_read(struct arena *a, struct str text, const char *name, struct dated_rows *out, struct err *e)
{
    VEC(struct dated_row) rows = { 0 };
    struct csv csv;
    struct csv_row row;
    size_t at[COLUMNS_];
    int got;
    csv_init(&csv, text, &(struct csv_limits) { .columns = COLUMNS_, .cell = 400, .rows = ROWS_MOST });
    if (csv_columns(&csv, a, columns, COLUMNS_, at, e))
        return -1;
    while ((got = csv_next(&csv, a, &row, e)) == 1) {
        struct dated_row d = { .subject = csv_cell(&row, at[COLUMN_SUBJECT]),
                               .value = csv_cell(&row, at[COLUMN_VALUE]),
                               .source = csv_cell(&row, at[COLUMN_SOURCE]),
                               .confirmed = str_eq(csv_cell(&row, at[COLUMN_CONFIRMED]), STR("yes")) };
        if (d.subject.n == 0 || d.value.n == 0 || !day_parse_iso(csv_cell(&row, at[COLUMN_FROM]), &d.from))
            return ERR(e, ERR_INPUT, "%s row %lld: subject, day and value are needed", name, (long long)row.number);
        *vec_push(a, &rows) = d;
    }
    if (got < 0)
        return -1;
    if (rows.n > 1)
        qsort(rows.v, rows.n, sizeof *rows.v, compare);
    *out = (struct dated_rows) { rows.v, rows.n };
    return refuse_doubles(out, name, e);
}

const struct dated_row *dated_on(const struct dated_rows *rows, struct str subject, struct day on)
{
    size_t low = 0, high = rows->n; /* the first row after the day */
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (by_subject_and_day(&rows->v[mid], subject, on) <= 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low > 0 && str_eq(rows->v[low - 1].subject, subject) ? &rows->v[low - 1] : NULL;
}
