/* seed_rows.h: inside the generator: rows of the register's tables as bytes, so that one form serves the digest, the thread
 * that loads them and the tests. A value is a tag byte and its content: 0 nothing; 1 a number, 8 bytes little endian;
 * 2 text, a 2-byte length and the bytes. Rows have no separator: a table's number of columns is fixed.
 */
#ifndef BON_ENGINES_PEOPLE_SEED_ROWS_H
#define BON_ENGINES_PEOPLE_SEED_ROWS_H

#include "engines/people/seed_make.h"
#include "platform/db/db.h"

/* In the order in which they are loaded: a row names only rows of earlier tables, or earlier ones of its own. */
enum seed_table {
    ROWS_HAMLET,
    ROWS_HOUSEHOLD,
    ROWS_PERSON,
    ROWS_RESIDENCE,
    ROWS_CARD,
    ROWS_IDENTIFIER,
    ROWS_OLD_RECORD,
    ROWS_TABLES_
};

struct seed_columns {
    const char *table;
    const char *const *names;
    const enum db_type *types;
    int n;
};
extern const struct seed_columns seed_columns[ROWS_TABLES_];

struct rows {
    uint8_t *p;
    size_t n, room;
    int64_t count;
    bool failed; /* no memory */
};
void rows_release(struct rows *r);
void rows_clear(struct rows *r);
void rows_null(struct rows *r);
void rows_int(struct rows *r, int64_t v);
void rows_text(struct rows *r, struct str s);
void rows_day(struct rows *r, struct day d);
void rows_end(struct rows *r); /* counts one row */

struct row_value {
    uint8_t tag;
    int64_t number;
    struct str text;
};
/* The value at *at, which moves on. */
struct row_value rows_next(const struct rows *r, size_t *at);

/* What is handed from the generating to the loading thread. */
struct seed_block {
    struct rows t[ROWS_TABLES_];
    struct rows truth; /* plain text, only when wanted */
    int64_t people;
    bool last;
};

/* Numbers that run through the whole province. */
struct seed_counters {
    int64_t person, old_record, cards, residences, households;
};

void put_hamlets(struct seed_block *b, const struct seed_world *w);
/* All rows of one family; its papers are made. truth: also its lines of the truth file. */
void put_family(struct seed_block *b, const struct seed_world *w, const struct family *f, struct seed_counters *c,
                bool truth);

/* A dirty old record about every thirtieth person (seed_old.c). */
void put_old_record(struct seed_block *b, const struct seed_world *w, const struct family *f, int i, int64_t person,
                    struct seed_counters *c, struct rng *r, bool truth);
void truth_line(struct rows *truth, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
