/* seed_rows.c: see seed_rows.h. */
#include "engines/people/seed_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum tag { TAG_NULL, TAG_INT, TAG_TEXT };

#define COLUMNS(table, ...) static const char *const table##_names[] = { __VA_ARGS__ };
#define TYPES(table, ...)   static const enum db_type table##_types[] = { __VA_ARGS__ };
#define ENTRY(table)                                                                       \
    {                                                                                      \
#table, table##_names, table##_types, sizeof table##_names / sizeof *table##_names \
    }

COLUMNS(hamlet, "id", "unit", "name")
TYPES(hamlet, DB_INT, DB_INT, DB_TEXT)
COLUMNS(household, "id", "code", "unit", "hamlet", "head")
TYPES(household, DB_INT, DB_TEXT, DB_INT, DB_INT, DB_INT)
COLUMNS(person, "id", "pid", "name", "name_key", "given_key", "born", "sex", "ethnic", "religion", "origin", "mother",
        "father", "household", "died")
TYPES(person, DB_INT, DB_PID, DB_TEXT, DB_TEXT, DB_TEXT, DB_BIRTH, DB_INT, DB_TEXT, DB_TEXT, DB_INT, DB_INT, DB_INT, DB_INT,
      DB_DAY)
COLUMNS(residence, "person", "kind", "unit", "address", "since", "until")
TYPES(residence, DB_INT, DB_INT, DB_INT, DB_TEXT, DB_DAY, DB_DAY)
COLUMNS(card, "person", "kind", "number", "issued", "expires")
TYPES(card, DB_INT, DB_INT, DB_TEXT, DB_DAY, DB_DAY)
COLUMNS(identifier, "person", "kind", "value", "since", "until", "reason")
TYPES(identifier, DB_INT, DB_INT, DB_TEXT, DB_DAY, DB_DAY, DB_INT)
COLUMNS(people_old_record, "id", "source", "number", "name", "born", "sex", "father", "mother", "address")
TYPES(people_old_record, DB_INT, DB_TEXT, DB_TEXT, DB_TEXT, DB_TEXT, DB_TEXT, DB_TEXT, DB_TEXT, DB_TEXT)

const struct seed_columns seed_columns[ROWS_TABLES_] = {
    [ROWS_HAMLET] = ENTRY(hamlet),
    [ROWS_HOUSEHOLD] = ENTRY(household),
    [ROWS_PERSON] = ENTRY(person),
    [ROWS_RESIDENCE] = ENTRY(residence),
    [ROWS_CARD] = ENTRY(card),
    [ROWS_IDENTIFIER] = ENTRY(identifier),
    [ROWS_OLD_RECORD] = ENTRY(people_old_record),
};

void rows_release(struct rows *r)
{
    free(r->p);
    *r = (struct rows) { 0 };
}

void rows_clear(struct rows *r)
{
    r->n = 0;
    r->count = 0;
}

/* n bytes at the end, or NULL when there is no memory. */
static uint8_t *grow(struct rows *r, size_t n)
{
    if (r->room - r->n < n) {
        size_t room = r->room ? r->room * 2 : 64 * 1024;
        while (room - r->n < n)
            room *= 2;
        uint8_t *p = realloc(r->p, room);
        if (!p) {
            r->failed = true;
            return NULL;
        }
        r->p = p;
        r->room = room;
    }
    uint8_t *to = r->p + r->n;
    r->n += n;
    return to;
}

void rows_null(struct rows *r)
{
    uint8_t *to = grow(r, 1);
    if (to)
        to[0] = TAG_NULL;
}

void rows_int(struct rows *r, int64_t v)
{
    uint8_t *to = grow(r, 9);
    if (!to)
        return;
    to[0] = TAG_INT;
    for (int i = 0; i < 8; i++)
        to[1 + i] = (uint8_t)((uint64_t)v >> (8 * i));
}

void rows_text(struct rows *r, struct str s)
{
    if (!s.p) {
        rows_null(r);
        return;
    }
    ASSERT(s.n <= UINT16_MAX);
    uint8_t *to = grow(r, 3 + s.n);
    if (!to)
        return;
    to[0] = TAG_TEXT;
    to[1] = (uint8_t)s.n;
    to[2] = (uint8_t)(s.n >> 8);
    memcpy(to + 3, s.p, s.n);
}

void rows_day(struct rows *r, struct day d)
{
    int y, m, day;
    day_to_ymd(d, &y, &m, &day);
    const char text[10] = { (char)('0' + y / 1000),
                            (char)('0' + y / 100 % 10),
                            (char)('0' + y / 10 % 10),
                            (char)('0' + y % 10),
                            '-',
                            (char)('0' + m / 10),
                            (char)('0' + m % 10),
                            '-',
                            (char)('0' + day / 10),
                            (char)('0' + day % 10) };
    rows_text(r, (struct str) { text, sizeof text });
}

void rows_end(struct rows *r)
{
    r->count++;
}

struct row_value rows_next(const struct rows *r, size_t *at)
{
    const uint8_t *p = r->p + *at;
    struct row_value v = { .tag = p[0] };
    if (v.tag == TAG_INT) {
        uint64_t n = 0;
        for (int i = 0; i < 8; i++)
            n |= (uint64_t)p[1 + i] << (8 * i);
        v.number = (int64_t)n;
        *at += 9;
        return v;
    }
    if (v.tag == TAG_TEXT) {
        v.text = (struct str) { (const char *)p + 3, (size_t)p[1] | (size_t)p[2] << 8 };
        *at += 3 + v.text.n;
        return v;
    }
    *at += 1;
    return v;
}

void truth_line(struct rows *truth, const char *fmt, ...)
{
    char line[640];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    ASSERT(n >= 0 && (size_t)n < sizeof line);
    uint8_t *to = grow(truth, (size_t)n);
    if (to)
        memcpy(to, line, (size_t)n);
}
