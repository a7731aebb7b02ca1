/* bind.c: base types to and from what an engine stores. */
#include "platform/db/db_internal.h"

#include <string.h>

static const struct db_ops *ops_of(const struct db_cursor *c)
{
    return c->r->db->ops;
}

static void check_in(const struct db_cursor *c, int i)
{
    ASSERT(c->open && i >= 0 && i < c->stmt->n_in);
}

static void check_out(const struct db_cursor *c, int i)
{
    ASSERT(c->open && i >= 0 && i < c->stmt->n_out);
}

void db_bind_null(struct db_cursor *c, int i)
{
    check_in(c, i);
    ops_of(c)->bind_null(c, i);
}

static void bind_str(struct db_cursor *c, int i, const char *p, size_t n, bool text)
{
    check_in(c, i);
    if (p == NULL)
        ops_of(c)->bind_null(c, i);
    else
        ops_of(c)->bind_bytes(c, i, p, n, text);
}

void db_bind_text(struct db_cursor *c, int i, struct str v)
{
    bind_str(c, i, v.p, v.n, true);
}

void db_bind_blob(struct db_cursor *c, int i, struct str v)
{
    bind_str(c, i, v.p, v.n, false);
}

void db_bind_int(struct db_cursor *c, int i, int64_t v)
{
    check_in(c, i);
    ops_of(c)->bind_int(c, i, v);
}

void db_bind_real(struct db_cursor *c, int i, double v)
{
    check_in(c, i);
    ops_of(c)->bind_real(c, i, v);
}

void db_bind_bool(struct db_cursor *c, int i, bool v)
{
    db_bind_int(c, i, v);
}

void db_bind_pid(struct db_cursor *c, int i, const struct pid *v)
{
    bind_str(c, i, v->v[0] != '\0' ? v->v : NULL, 12, true);
}

void db_bind_unit(struct db_cursor *c, int i, const struct unit_code *v)
{
    bind_str(c, i, v->v[0] != '\0' ? v->v : NULL, strnlen(v->v, sizeof v->v), true);
}

static char *put_digits(char *p, int v, int width)
{
    for (int i = width - 1; i >= 0; i--, v /= 10)
        p[i] = (char)('0' + v % 10);
    return p + width;
}

/* "2024-02-16", "2024-02" when day is 0, "2024" when month is 0 too. */
static void bind_date(struct db_cursor *c, int i, int year, int month, int day)
{
    check_in(c, i);
    char *p = put_digits(c->scratch[i], year, 4);
    if (month != 0) {
        *p++ = '-';
        p = put_digits(p, month, 2);
    }
    if (month != 0 && day != 0) {
        *p++ = '-';
        p = put_digits(p, day, 2);
    }
    ops_of(c)->bind_bytes(c, i, c->scratch[i], (size_t)(p - c->scratch[i]), true);
}

void db_bind_day(struct db_cursor *c, int i, struct day v)
{
    int year, month, day;
    day_to_ymd(v, &year, &month, &day);
    bind_date(c, i, year, month, day);
}

void db_bind_birth(struct db_cursor *c, int i, struct birth v)
{
    if (v.year == 0)
        db_bind_null(c, i);
    else
        bind_date(c, i, v.year, v.month, v.day);
}

void db_bind_instant(struct db_cursor *c, int i, struct instant v)
{
    db_bind_int(c, i, v.us);
}

void db_bind_money(struct db_cursor *c, int i, struct money v)
{
    db_bind_int(c, i, v.dong);
}

void db_bind_hash(struct db_cursor *c, int i, const struct hash32 *v)
{
    bind_str(c, i, (const char *)v->b, sizeof v->b, false);
}

bool db_is_null(const struct db_cursor *c, int i)
{
    check_out(c, i);
    return ops_of(c)->is_null(c, i);
}

static struct str column_copy(const struct db_cursor *c, int i, bool text, struct arena *a)
{
    check_out(c, i);
    return ops_of(c)->is_null(c, i) ? STR_NONE : ops_of(c)->bytes(c, i, text, a);
}

struct str db_text(const struct db_cursor *c, int i, struct arena *a)
{
    return column_copy(c, i, true, a);
}

struct str db_blob(const struct db_cursor *c, int i, struct arena *a)
{
    return column_copy(c, i, false, a);
}

int64_t db_int(const struct db_cursor *c, int i)
{
    check_out(c, i);
    return ops_of(c)->integer(c, i);
}

double db_real(const struct db_cursor *c, int i)
{
    check_out(c, i);
    return ops_of(c)->real(c, i);
}

bool db_bool(const struct db_cursor *c, int i)
{
    return db_int(c, i) != 0;
}

static struct str column_text(const struct db_cursor *c, int i)
{
    check_out(c, i);
    return ops_of(c)->peek(c, i);
}

struct pid db_pid(const struct db_cursor *c, int i)
{
    struct str s = column_text(c, i);
    struct pid out = { 0 };
    if (s.n == sizeof out.v - 1)
        memcpy(out.v, s.p, s.n);
    return out;
}

struct unit_code db_unit(const struct db_cursor *c, int i)
{
    struct str s = column_text(c, i);
    struct unit_code out = { 0 };
    if (s.n > 0 && s.n < sizeof out.v)
        memcpy(out.v, s.p, s.n);
    return out;
}

struct day db_day(const struct db_cursor *c, int i)
{
    struct day d = { 0 };
    day_parse_iso(column_text(c, i), &d);
    return d;
}

struct birth db_birth(const struct db_cursor *c, int i)
{
    struct birth b = { 0 };
    birth_parse(column_text(c, i), &b);
    return b;
}

struct instant db_instant(const struct db_cursor *c, int i)
{
    return (struct instant) { db_int(c, i) };
}

struct money db_money(const struct db_cursor *c, int i)
{
    return (struct money) { db_int(c, i) };
}

struct hash32 db_hash(const struct db_cursor *c, int i)
{
    check_out(c, i);
    struct hash32 h = { 0 };
    if (!ops_of(c)->blob_into(c, i, h.b, sizeof h.b))
        memset(h.b, 0, sizeof h.b);
    return h;
}
