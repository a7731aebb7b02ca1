/* cursor.c: statements kept prepared under their address, and their life from db_begin to db_end. */
#include "platform/db/db_internal.h"

static size_t bucket_of(const struct db_stmt *s)
{
    uintptr_t x = (uintptr_t)s;
    return (size_t)((x >> 4) ^ (x >> 12)) % CACHE_BUCKETS;
}

static struct db_cursor *cache_find(struct dbr *r, const struct db_stmt *s)
{
    for (struct db_cursor *c = r->cache[bucket_of(s)]; c != NULL; c = c->same)
        if (c->stmt == s && !c->open)
            return c;
    return NULL;
}

/* Drops what is not in flight: rare, and cheaper than keeping an order of use. */
static void cache_sweep(struct dbr *r)
{
    for (size_t i = 0; i < CACHE_BUCKETS; i++) {
        struct db_cursor **link = &r->cache[i];
        while (*link != NULL) {
            struct db_cursor *c = *link;
            if (c->open) {
                link = &c->same;
                continue;
            }
            *link = c->same;
            r->db->ops->unprepare(c);
            r->n_cached--;
        }
    }
}

int dbr_failed(struct dbr *r, const struct err *e)
{
    if (r->tx != NULL && !r->tx->failed) {
        r->tx->failed = true;
        r->tx->err = *e;
    }
    return -1;
}

static struct db_cursor *cursor_prepare(struct dbr *r, const struct db_stmt *s, struct err *e)
{
    if (r->n_cached >= CACHE_MOST)
        cache_sweep(r);
    struct db_cursor *c = r->db->ops->prepare(r, s, e);
    if (c == NULL)
        return NULL;
    c->stmt = s;
    c->r = r;
    size_t b = bucket_of(s);
    c->same = r->cache[b];
    r->cache[b] = c;
    r->n_cached++;
    return c;
}

struct db_cursor *cursor_begin(struct dbr *r, const struct db_stmt *s, bool writing, struct err *e)
{
    struct err unseen;
    if (e == NULL) {
        err_reset(&unseen);
        e = &unseen;
    }
    if (r->tx == NULL && !r->begun && r->db->ops->read_start(r, e) != 0)
        return NULL;
    struct db_cursor *c = cache_find(r, s);
    if (c == NULL)
        c = cursor_prepare(r, s, e);
    if (c == NULL) {
        dbr_failed(r, e);
        return NULL;
    }
    c->open = true;
    c->writing = writing;
    c->changes = 0;
    c->next_open = r->open;
    r->open = c;
    return c;
}

struct db_cursor *db_begin(struct dbr *r, const struct db_stmt *s, struct err *e)
{
    if (s->writes) {
        ERR(e, ERR_INTERNAL, "%s writes: it needs a struct tx", s->name);
        return NULL;
    }
    return cursor_begin(r, s, false, e);
}

struct db_cursor *db_begin_tx(struct tx *tx, const struct db_stmt *s, struct err *e)
{
    return cursor_begin(tx->r, s, s->writes, e);
}

static void cursor_close(struct db_cursor *c)
{
    c->r->db->ops->reset(c);
    struct db_cursor **link = &c->r->open;
    while (*link != c)
        link = &(*link)->next_open;
    *link = c->next_open;
    c->open = false;
}

int db_step(struct db_cursor *c, struct err *e)
{
    if (!c->open)
        return ERR(e, ERR_INTERNAL, "%s: a step after the last row", c->stmt->name);
    struct err unseen;
    if (e == NULL) {
        err_reset(&unseen);
        e = &unseen;
    }
    int rc = c->r->db->ops->step(c, e);
    if (rc < 0)
        return dbr_failed(c->r, e);
    if (rc == 0)
        cursor_close(c);
    return rc;
}

int db_insert(struct db_cursor *c, int64_t *id, struct err *e)
{
    int got = db_step(c, e);
    if (got == 1)
        *id = db_int(c, 0);
    if (got != 0 || c->r->db->ops->inserted == NULL || db_changes(c) == 0)
        return got;
    *id = c->r->db->ops->inserted(c);
    return 1;
}

void db_end(struct db_cursor *c)
{
    if (c != NULL && c->open)
        cursor_close(c);
}

int64_t db_changes(const struct db_cursor *c)
{
    struct dbr *r = c->r;
    return r->db->ops->changes != NULL ? r->db->ops->changes((struct db_cursor *)(uintptr_t)c) : c->changes;
}

void cursors_end(struct dbr *r)
{
    while (r->open != NULL)
        cursor_close(r->open);
}

void cursors_free(struct dbr *r)
{
    cursors_end(r);
    cache_sweep(r);
}
