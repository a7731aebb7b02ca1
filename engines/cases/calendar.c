/* calendar.c: the pack's list of holidays and exchanged days, and counting by it. */
#include "engines/cases/calendar.h"

#include "base/csv.h"
#include "base/vec.h"

#include <stdlib.h>

enum { COLUMN_EDITION, COLUMN_DAY, COLUMN_KIND, COLUMN_NAME, COLUMN_SOURCE, COLUMN_CONFIRMED, COLUMNS_ };
static const char *const columns[COLUMNS_] = { "edition", "day", "kind", "name", "source", "confirmed" };

static const struct {
    struct str word;
    enum work_day_kind kind;
} kinds[] = {
    { STR_INIT("holiday"), DAY_HOLIDAY },
    { STR_INIT("off"), DAY_OFF_IN_EXCHANGE },
    { STR_INIT("work"), WORK_DAY_IN_EXCHANGE },
    { STR_INIT("plain"), WORK_DAY }, /* takes an earlier edition's row back; a weekend stays a weekend */
};

struct reading {
    struct arena *arena;
    struct work_calendar *out;
    VEC(struct calendar_row) rows;
    const struct csv_row *row;
    const size_t *at;
};

static struct str cell(const struct reading *r, int column)
{
    return str_trim(str_or_empty(csv_cell(r->row, r->at[column])));
}

static int fault(const struct reading *r, struct err *e, const char *what)
{
    return ERR_SAY(e, ERR_INPUT, MSGS("Lịch làm việc (calendar.csv) có dòng không đúng. Xin xem chi tiết và sửa dòng ấy."),
                   "calendar.csv row %lld: %s", (long long)r->row->number, what);
}

static bool is_weekend(struct day d)
{
    return day_of_week(d) > 5;
}

/* Editions come in order, each with a row of its own before its days. */
static int take_edition(struct reading *r, int edition, struct day last, struct err *e)
{
    struct work_calendar *c = r->out;
    if (edition != c->editions + 1 || edition > CALENDAR_EDITIONS_MAX)
        return fault(r, e, "editions are numbered 1, 2, 3 … in order");
    if (edition > 1 && last.n < c->edition[edition - 1].last.n)
        return fault(r, e, "an edition cannot know less than the one before");
    c->editions = edition;
    c->edition[edition] = (struct calendar_edition) { cell(r, COLUMN_NAME), last };
    return 0;
}

static int kind_of(const struct reading *r, enum work_day_kind *out, struct err *e)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(cell(r, COLUMN_KIND), kinds[i].word)) {
            *out = kinds[i].kind;
            return 0;
        }
    return fault(r, e, "kind is edition, holiday, off, work or plain");
}

static int take_day(struct reading *r, int edition, struct day d, struct err *e)
{
    struct calendar_row row = { .day = d, .edition = edition, .name = cell(r, COLUMN_NAME) };
    if (edition != r->out->editions)
        return fault(r, e, "a day stands below the row of its edition");
    if (d.n > r->out->edition[edition].last.n)
        return fault(r, e, "the day is after the last day of its edition");
    if (kind_of(r, &row.kind, e))
        return -1;
    if (row.kind == WORK_DAY_IN_EXCHANGE && !is_weekend(d))
        return fault(r, e, "only a weekend is worked in exchange");
    if (row.kind == DAY_OFF_IN_EXCHANGE && is_weekend(d))
        return fault(r, e, "a weekend is off without an exchange");
    if (r->rows.n == CALENDAR_ROWS_MAX)
        return fault(r, e, "too many rows");
    row.confirmed = str_eq(cell(r, COLUMN_CONFIRMED), STR("yes"));
    *vec_push(r->arena, &r->rows) = row;
    return 0;
}

static int take_row(struct reading *r, struct err *e)
{
    int64_t edition;
    struct day d;
    if (!str_to_i64(cell(r, COLUMN_EDITION), &edition) || edition < 1 || edition > CALENDAR_EDITIONS_MAX)
        return fault(r, e, "edition is no number");
    if (!day_parse_iso(cell(r, COLUMN_DAY), &d))
        return fault(r, e, "there is no such day");
    if (cell(r, COLUMN_NAME).n == 0)
        return fault(r, e, "a row has a name");
    return str_eq(cell(r, COLUMN_KIND), STR("edition")) ? take_edition(r, (int)edition, d, e)
                                                        : take_day(r, (int)edition, d, e);
}

static int by_day_and_edition(const void *x, const void *y)
{
    const struct calendar_row *a = x, *b = y;
    if (a->day.n != b->day.n)
        return a->day.n < b->day.n ? -1 : 1;
    return a->edition - b->edition;
}

static int refuse_doubles(const struct work_calendar *c, struct err *e)
{
    for (size_t i = 1; i < c->n; i++)
        if (c->row[i].day.n == c->row[i - 1].day.n && c->row[i].edition == c->row[i - 1].edition)
            return ERR(e, ERR_INPUT, "calendar.csv: edition %d has one day twice", c->row[i].edition);
    return 0;
}

int calendar_read(struct arena *a, struct str text, struct work_calendar *out, struct err *e)
{
    struct csv csv;
    struct csv_row row;
    size_t at[COLUMNS_];
    struct work_calendar c = { 0 };
    struct reading r = { .arena = a, .out = &c, .row = &row, .at = at };
    int got;
    csv_init(&csv, text, &(struct csv_limits) { .columns = 12, .cell = 400, .rows = CALENDAR_ROWS_MAX });
    if (csv_columns(&csv, a, columns, COLUMNS_, at, e))
        return -1;
    while ((got = csv_next(&csv, a, &row, e)) == 1)
        if (take_row(&r, e))
            return -1;
    if (got < 0)
        return -1;
    if (c.editions == 0)
        return ERR(e, ERR_INPUT, "calendar.csv has no edition");
    c.row = r.rows.v;
    c.n = r.rows.n;
    if (c.n > 0)
        qsort(c.row, c.n, sizeof *c.row, by_day_and_edition);
    if (refuse_doubles(&c, e))
        return -1;
    *out = c;
    return 0;
}

/* ---- counting ---- */

/* The last row of the day that the edition knows, or NULL. */
static const struct calendar_row *find_row(const struct work_calendar *c, int edition, struct day d)
{
    const struct calendar_row *found = NULL;
    size_t low = 0, high = c->n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (c->row[mid].day.n < d.n)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < c->n && c->row[low].day.n == d.n && c->row[low].edition <= edition; low++)
        found = &c->row[low];
    return found;
}

enum work_day_kind calendar_kind(const struct work_calendar *c, int edition, struct day d, struct str *name)
{
    const struct calendar_row *row = find_row(c, edition, d);
    bool special = row && row->kind != WORK_DAY;
    if (name)
        *name = special ? row->name : STR("");
    if (special)
        return row->kind;
    return is_weekend(d) ? DAY_WEEKEND : WORK_DAY;
}

bool calendar_works(const struct work_calendar *c, int edition, struct day d)
{
    return calendar_kind(c, edition, d, NULL) <= WORK_DAY_IN_EXCHANGE;
}

struct day calendar_next_work_day(const struct work_calendar *c, int edition, struct day after)
{
    struct day d = { after.n + 1 };
    while (!calendar_works(c, edition, d))
        d.n++;
    return d;
}

struct day calendar_add(const struct work_calendar *c, int edition, struct day d, int n)
{
    for (int i = 0; i < n; i++)
        d = calendar_next_work_day(c, edition, d);
    return d;
}

int calendar_between(const struct work_calendar *c, int edition, struct day from, struct day to)
{
    int n = 0;
    for (struct day d = { from.n + 1 }; d.n <= to.n; d.n++)
        n += calendar_works(c, edition, d) ? 1 : 0;
    return n;
}
