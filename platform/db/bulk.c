/* bulk.c: rows put value by value. They wait in one buffer that is used again, and go to the engine many at a time. */
#include "platform/db/db_internal.h"

#include <stdlib.h>
#include <string.h>

bool plain_name(const char *name)
{
    size_t n = 0;
    for (; name[n] != '\0'; n++)
        if (!((name[n] >= 'a' && name[n] <= 'z') || (name[n] >= '0' && name[n] <= '9') || name[n] == '_'))
            return false;
    return n > 0 && n < 64;
}

static void bulk_free(struct db_bulk *b)
{
    free(b->v);
    free(b->bytes);
    free(b);
}

static int check_names(const char *table, const char *const *columns, int n, struct err *e)
{
    if (n > BULK_COLUMNS)
        return ERR(e, ERR_INTERNAL, "bulk: %s: %d columns, at most %d", table, n, BULK_COLUMNS);
    if (!plain_name(table))
        return ERR(e, ERR_INTERNAL, "bulk: no table can be named \"%s\"", table);
    for (int i = 0; i < n; i++)
        if (!plain_name(columns[i]))
            return ERR(e, ERR_INTERNAL, "bulk: no column of %s can be named \"%s\"", table, columns[i]);
    return 0;
}

int db_bulk_begin(struct db *db, const char *table, const char *const *columns, const enum db_type *types, int n,
                  struct db_bulk **out, struct err *e)
{
    (void)types; /* values say their storage class themselves */
    if (check_names(table, columns, n, e) != 0)
        return -1;
    struct db_bulk *b = calloc(1, sizeof *b);
    struct bulk_value *v = calloc(BULK_WAIT * (size_t)n + 1, sizeof *v);
    if (b == NULL || v == NULL) {
        free(b);
        free(v);
        return ERR(e, ERR_INTERNAL, "no memory");
    }
    *b = (struct db_bulk) { .db = db, .table = table, .columns = columns, .n = n, .v = v };
    if (db->ops->bulk_begin(b, e) != 0) {
        bulk_free(b);
        return -1;
    }
    *out = b;
    return 0;
}

static void bulk_broken(struct db_bulk *b, const char *why)
{
    if (!b->broken)
        ERR(&b->err, ERR_INTERNAL, "bulk load of %s, row %lld: %s", b->table, (long long)b->rows + 1, why);
    b->broken = true;
}

static struct bulk_value *next_value(struct db_bulk *b)
{
    if (b->put < b->n)
        return &b->v[b->waiting * b->n + b->put++];
    bulk_broken(b, "more values than columns");
    return &b->v[BULK_WAIT * b->n]; /* room for what is not used */
}

static void put_bytes(struct db_bulk *b, enum bulk_kind kind, const void *p, size_t n)
{
    struct bulk_value *v = next_value(b);
    if (n > UINT32_MAX) {
        bulk_broken(b, "a value of more than 4 GB");
        return;
    }
    if (b->n_bytes + n > b->room) {
        size_t room = (b->n_bytes + n) * 2 + 256;
        char *more = realloc(b->bytes, room);
        if (more == NULL) {
            bulk_broken(b, "no memory");
            return;
        }
        b->bytes = more;
        b->room = room;
    }
    if (n > 0)
        memcpy(b->bytes + b->n_bytes, p, n);
    *v = (struct bulk_value) { .kind = kind, .n = (uint32_t)n, .at = b->n_bytes };
    b->n_bytes += n;
}

void db_bulk_text(struct db_bulk *b, struct str v)
{
    if (v.p == NULL)
        db_bulk_null(b);
    else
        put_bytes(b, BULK_TEXT, v.p, v.n);
}

void db_bulk_blob(struct db_bulk *b, const void *p, size_t n)
{
    if (p == NULL)
        db_bulk_null(b);
    else
        put_bytes(b, BULK_BLOB, p, n);
}

void db_bulk_int(struct db_bulk *b, int64_t v)
{
    *next_value(b) = (struct bulk_value) { .kind = BULK_INT, .i = v };
}

void db_bulk_null(struct db_bulk *b)
{
    *next_value(b) = (struct bulk_value) { .kind = BULK_NULL };
}

static void hand_over(struct db_bulk *b)
{
    if (!b->broken && b->waiting > 0 && b->db->ops->bulk_rows(b, &b->err) != 0)
        b->broken = true;
    b->waiting = 0;
    b->n_bytes = 0;
}

static int told(const struct db_bulk *b, struct err *e)
{
    if (!b->broken)
        return 0;
    if (e != NULL)
        *e = b->err;
    return -1;
}

int db_bulk_row(struct db_bulk *b, struct err *e)
{
    if (b->put < b->n)
        bulk_broken(b, "fewer values than columns");
    b->put = 0;
    b->rows++;
    if (++b->waiting == BULK_WAIT || b->n_bytes >= BULK_WAIT_BYTES)
        hand_over(b);
    return told(b, e);
}

int db_bulk_end(struct db_bulk *b, struct err *e)
{
    if (b == NULL)
        return 0;
    if (b->put > 0)
        bulk_broken(b, "the last row was not ended");
    hand_over(b);
    int rc = b->db->ops->bulk_end(b, !b->broken, b->broken ? NULL : e);
    if (told(b, e) != 0)
        rc = -1;
    bulk_free(b);
    return rc;
}
