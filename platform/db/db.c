/* db.c: opening and closing a store, and what is the same for both engines. */
#include "platform/db/db_internal.h"

#include <stdlib.h>
#include <string.h>

static enum db_engine engine_of(const char *address)
{
    struct str a = str_of(address);
    return str_starts(a, STR("postgres:")) || str_starts(a, STR("postgresql:")) ? DB_POSTGRES : DB_SQLITE;
}

static int db_init(struct db *db, const struct db_options *o, struct err *e)
{
    db->engine = engine_of(o->address);
    db->ops = db->engine == DB_SQLITE ? &lite_ops : &pg_ops;
    db->address = strdup(o->address);
    db->clock = o->clock;
    db->clock_ctx = o->clock_ctx;
    if (db->address == NULL)
        return ERR(e, ERR_INTERNAL, "no memory");
    if (pool_init(&db->pool, o->readers > 0 ? o->readers : 4, e) != 0)
        return -1;
    return door_init(&db->door, o->queue > 0 ? o->queue : 4096, e);
}

static void db_free(struct db *db)
{
    pool_release(db);
    door_release(&db->door);
    free(db->address);
    free(db);
}

int db_open(const struct db_options *o, struct db **out, struct err *e)
{
    struct db *db = calloc(1, sizeof *db);
    if (db == NULL)
        return ERR(e, ERR_INTERNAL, "no memory");
    if (db_init(db, o, e) != 0) {
        free(db->address);
        free(db);
        return -1;
    }
    if (db->ops->open(db, o, e) != 0) {
        db_free(db);
        return -1;
    }
    *out = db;
    return 0;
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    door_close(&db->door);
    db->ops->close(db);
    db_free(db);
}

enum db_engine db_engine(const struct db *db)
{
    return db->engine;
}

int db_read_begin(struct db *db, struct dbr **out, struct err *e)
{
    return pool_take(db, out, e);
}

static void end_held(void *held)
{
    db_read_end(*(struct dbr **)held);
}

int db_read_in(struct db *db, struct arena *a, struct dbr **out, struct err *e)
{
    struct dbr **held = arena_new(a, struct dbr *);
    arena_defer(a, end_held, held);
    if (pool_take(db, held, e) < 0)
        return -1;
    (*held)->held = held;
    *out = *held;
    return 0;
}

void db_read_end(struct dbr *r)
{
    if (r == NULL)
        return;
    if (r->held)
        *r->held = NULL;
    r->held = NULL;
    cursors_end(r);
    if (r->begun)
        r->db->ops->read_end(r);
    r->begun = false;
    pool_give(r->db, r);
}

struct db_watch *db_watch(struct db *db, const char *const *tables)
{
    return db->ops->watch ? db->ops->watch(db, tables) : NULL;
}

uint64_t db_watch_count(const struct db_watch *w)
{
    return atomic_load_explicit(&w->count, memory_order_acquire);
}

void db_stats(struct db *db, struct db_stats *out)
{
    int waiting = atomic_load(&db->door.waiting);
    *out = (struct db_stats) {
        .writes = atomic_load(&db->writes),
        .groups = atomic_load(&db->groups),
        .retries = atomic_load(&db->retries),
        .refused = atomic_load(&db->refused),
        .waiting = waiting > 0 ? (uint64_t)waiting : 0,
        .write_us_max = atomic_load(&db->write_us_max),
        .wal_bytes = db->ops->wal_bytes(db),
    };
}

uint64_t db_groups(const struct db *db)
{
    return atomic_load_explicit(&db->groups, memory_order_acquire);
}

int db_backup(struct db *db, const char *path, void (*progress)(void *, int done, int total), void *ctx, struct err *e)
{
    return db->ops->backup(db, path, progress, ctx, e);
}

int db_integrity(struct db *db, struct err *e)
{
    return db->ops->integrity(db, e);
}

int db_explain(struct db *db, const struct db_stmt *s, struct arena *a, struct str *plan, struct err *e)
{
    return db->ops->explain(db, s, a, plan, e);
}

void db_fail_at(struct db *db, int64_t nth)
{
    atomic_store(&db->fail_at, nth);
}

bool db_fault_waits(const struct db *db)
{
    return atomic_load(&db->fail_at) > 0;
}

bool fault_count(struct db *db)
{
    int64_t left = atomic_load(&db->fail_at);
    while (left > 0 && !atomic_compare_exchange_weak(&db->fail_at, &left, left - 1))
        ;
    return left == 1;
}
