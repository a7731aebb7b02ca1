/* csv.c: see csv.h. Grammar: RFC 4180 section 2, with LF accepted as a line end and a byte order mark skipped. */
#include "base/csv.h"

#include <stdio.h>
#include <string.h>

enum { COLUMNS_PRESET = 64, CELL_PRESET = 64 * 1024 };

void csv_init(struct csv *c, struct str text, const struct csv_limits *limits)
{
    *c = (struct csv) { .rest = text };
    if (limits)
        c->limits = *limits;
    if (!c->limits.separator)
        c->limits.separator = ',';
    if (!c->limits.columns)
        c->limits.columns = COLUMNS_PRESET;
    if (!c->limits.cell)
        c->limits.cell = CELL_PRESET;
    if (str_starts(c->rest, STR("\xEF\xBB\xBF")))
        c->rest = str_from(c->rest, 3);
}

static int refuse(const struct csv *c, struct err *e, const char *why)
{
    ERR(e, ERR_INPUT, "CSV row %lld: %s", (long long)c->row, why);
    if (e)
        snprintf(e->field, sizeof e->field, "row %lld", (long long)c->row);
    return -1;
}

/* What ended the cell that was just read. */
enum ended { ENDED_CELL, ENDED_ROW, ENDED_BAD };

/* Takes the separator or line end that stands at the front of the rest. */
static enum ended take_end(struct csv *c)
{
    if (!c->rest.n)
        return ENDED_ROW;
    char first = c->rest.p[0];
    if (first == c->limits.separator) {
        c->rest = str_from(c->rest, 1);
        return ENDED_CELL;
    }
    if (first == '\n') {
        c->rest = str_from(c->rest, 1);
        return ENDED_ROW;
    }
    if (first == '\r' && c->rest.n > 1 && c->rest.p[1] == '\n') {
        c->rest = str_from(c->rest, 2);
        return ENDED_ROW;
    }
    return ENDED_BAD;
}

static int read_plain(struct csv *c, struct str *cell, enum ended *ended, struct err *e)
{
    size_t n = 0;
    while (n < c->rest.n && c->rest.p[n] != c->limits.separator && c->rest.p[n] != '\n' && c->rest.p[n] != '\r') {
        if (c->rest.p[n] == '"')
            return refuse(c, e, "a quote stands inside a cell that does not begin with one");
        n++;
    }
    if (n > c->limits.cell)
        return refuse(c, e, "a cell is too long");
    *cell = str_head(c->rest, n);
    c->rest = str_from(c->rest, n);
    *ended = take_end(c);
    return *ended == ENDED_BAD ? refuse(c, e, "a carriage return without a line feed") : 0;
}

/* "" inside quotes is one quote. */
static struct str undouble(struct arena *a, struct str s)
{
    char *out = arena_alloc(a, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        out[n++] = s.p[i];
        if (s.p[i] == '"')
            i++;
    }
    return (struct str) { out, n };
}

static int read_quoted(struct csv *c, struct arena *a, struct str *cell, enum ended *ended, struct err *e)
{
    c->rest = str_from(c->rest, 1);
    bool doubled = false;
    size_t n = 0;
    for (;;) {
        const char *quote = n < c->rest.n ? memchr(c->rest.p + n, '"', c->rest.n - n) : NULL;
        if (!quote)
            return refuse(c, e, "a quote is never closed");
        n = (size_t)(quote - c->rest.p);
        if (n + 1 >= c->rest.n || c->rest.p[n + 1] != '"')
            break;
        doubled = true;
        n += 2;
    }
    if (n > c->limits.cell)
        return refuse(c, e, "a cell is too long");
    struct str inner = str_head(c->rest, n);
    *cell = doubled ? undouble(a, inner) : inner;
    c->rest = str_from(c->rest, n + 1);
    *ended = take_end(c);
    return *ended == ENDED_BAD ? refuse(c, e, "text follows a closing quote") : 0;
}

static void skip_empty_lines(struct csv *c)
{
    while (c->rest.n && (c->rest.p[0] == '\n' || str_starts(c->rest, STR("\r\n"))))
        c->rest = str_from(c->rest, c->rest.p[0] == '\n' ? 1 : 2);
}

int csv_next(struct csv *c, struct arena *a, struct csv_row *row, struct err *e)
{
    skip_empty_lines(c);
    if (!c->rest.n)
        return 0;
    c->row++;
    if (c->limits.rows && c->row > c->limits.rows)
        return refuse(c, e, "more rows than are taken");

    struct str *cells = arena_new_array(a, struct str, c->limits.columns);
    size_t n = 0;
    enum ended ended = ENDED_CELL;
    while (ended == ENDED_CELL) {
        if (n == c->limits.columns)
            return refuse(c, e, "more columns than are taken");
        bool quoted = c->rest.n && c->rest.p[0] == '"';
        int failed = quoted ? read_quoted(c, a, &cells[n], &ended, e) : read_plain(c, &cells[n], &ended, e);
        if (failed)
            return -1;
        n++;
    }
    *row = (struct csv_row) { .cell = cells, .n = n, .number = c->row };
    return 1;
}

int csv_columns(struct csv *c, struct arena *a, const char *const *names, size_t n, size_t *at, struct err *e)
{
    struct csv_row head = { 0 };
    int got = csv_next(c, a, &head, e);
    if (got < 0)
        return -1;
    if (got == 0)
        return refuse(c, e, "there is no header row");
    for (size_t i = 0; i < n; i++) {
        size_t found = 0, place = 0;
        for (size_t j = 0; j < head.n; j++) {
            if (!str_eq(str_trim(head.cell[j]), str_of(names[i])))
                continue;
            found++;
            place = j;
        }
        if (found != 1) {
            ERR(e, ERR_INPUT, "CSV header: column %s stands there %zu times, once is needed", names[i], found);
            return -1;
        }
        at[i] = place;
    }
    return 0;
}

struct str csv_cell(const struct csv_row *row, size_t at)
{
    return at < row->n ? row->cell[at] : STR_NONE;
}

static void put_end(struct buf *b, char end)
{
    if (end == '\n')
        buf_put_char(b, '\r');
    buf_put_char(b, end);
}

void csv_put_number(struct buf *b, struct str s, char end)
{
    buf_put(b, s);
    put_end(b, end);
}

void csv_put(struct buf *b, struct str s, char end)
{
    buf_put_char(b, '"');
    if (s.n > 0 && memchr("=+-@\t\r", s.p[0], 6))
        buf_put_char(b, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_put_char(b, '"');
        buf_put_char(b, s.p[i]);
    }
    buf_put_char(b, '"');
    put_end(b, end);
}
