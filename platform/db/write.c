/* write.c: what a write may look at, and what both doors do with one ticket. */
#include "platform/db/db_internal.h"

#include <semaphore.h>

struct dbr *tx_reader(struct tx *tx)
{
    return tx->r;
}

struct instant tx_now(const struct tx *tx)
{
    return tx->now;
}

void tx_mark_audited(struct tx *tx)
{
    tx->audited = true;
}

void tx_unaudited(struct tx *tx, const char *why)
{
    tx->unaudited = why;
}

void err_reset(struct err *e)
{
    e->code = ERR_NONE;
    e->file = NULL;
    e->line = 0;
    e->field[0] = '\0';
    e->detail[0] = '\0';
    e->say = STR_NONE;
}

static int verdict(const struct tx *tx, int said, struct err *e)
{
    if (tx->failed && (said == 0 || e->code == ERR_NONE)) {
        *e = tx->err;
        return -1;
    }
    if (said != 0)
        return e->code != ERR_NONE ? -1 : ERR(e, ERR_INTERNAL, "a write was refused without a reason");
    if (tx->touched > 0 && !tx->audited && tx->unaudited == NULL)
        return ERR(e, ERR_INTERNAL, "write without audit: %lld rows", (long long)tx->touched);
    return 0;
}

int ticket_run(struct dbr *r, struct db_ticket *t)
{
    struct tx tx;
    tx.r = r;
    tx.now = r->db->clock ? r->db->clock(r->db->clock_ctx) : instant_now();
    tx.audited = tx.failed = false;
    tx.unaudited = NULL;
    tx.touched = 0;
    tx.number = ++r->n_tx;
    err_reset(&t->err);
    r->tx = &tx;
    int said = t->fn(&tx, t->arg, &t->err);
    cursors_end(r);
    /* With an audit record nothing hangs on the number of rows: the commit reads the answers. */
    if (r->db->ops->settle != NULL && said == 0 && !tx.audited && tx.unaudited == NULL)
        r->db->ops->settle(r);
    r->tx = NULL;
    t->result = verdict(&tx, said, &t->err);
    return t->result;
}

void tickets_done(struct db *db, struct db_ticket *first)
{
    uint64_t kept = 0, refused = 0;
    int n = 0;
    for (const struct db_ticket *t = first; t != NULL; t = t->next, n++) {
        kept += t->result == 0;
        refused += t->result != 0;
    }
    atomic_fetch_add_explicit(&db->writes, kept, memory_order_relaxed);
    atomic_fetch_add_explicit(&db->refused, refused, memory_order_relaxed);
    atomic_fetch_sub_explicit(&db->door.waiting, n, memory_order_release);
    while (first != NULL) {
        struct db_ticket *next = first->next; /* the ticket belongs to its owner again once done is called */
        first->done(first->owner, first->result, &first->err);
        first = next;
    }
}

void note_longest(struct db *db, int64_t us)
{
    uint64_t old = atomic_load_explicit(&db->write_us_max, memory_order_relaxed);
    while (us > 0 && (uint64_t)us > old &&
           !atomic_compare_exchange_weak_explicit(&db->write_us_max, &old, (uint64_t)us, memory_order_relaxed,
                                                  memory_order_relaxed))
        ;
}

bool loads_rows_itself(struct db *db)
{
    return atomic_load_explicit(&db->bulks, memory_order_acquire) > 0 && pthread_equal(db->bulk_thread, pthread_self());
}

int db_submit(struct db *db, struct db_ticket *t, struct err *e)
{
    return door_push(&db->door, t, e);
}

struct waiter {
    sem_t done;
    int result;
    struct err *e;
};

static void waiter_done(void *owner, int result, const struct err *e)
{
    struct waiter *w = owner;
    w->result = result;
    if (result != 0 && w->e != NULL)
        *w->e = *e;
    sem_post(&w->done);
}

int db_write(struct db *db, db_write_fn *fn, void *arg, struct err *e)
{
    if (loads_rows_itself(db))
        return ERR(e, ERR_INTERNAL, "a write inside a bulk load of the same thread would wait for itself");
    struct waiter w = { .e = e };
    sem_init(&w.done, 0, 0);
    struct db_ticket t = { .fn = fn, .arg = arg, .done = waiter_done, .owner = &w };
    int rc = db_submit(db, &t, e);
    if (rc == 0) {
        while (sem_wait(&w.done) != 0)
            ; /* a signal interrupted the wait */
        rc = w.result;
    }
    sem_destroy(&w.done);
    return rc;
}

struct write_in {
    db_write_fn *fn;
    void *arg;
    struct arena *a;
    struct tx *tx; /* at the door */
    struct err *e;
    int result;
};

static void run_in(void *ctx)
{
    struct write_in *w = ctx;
    w->result = w->fn(w->tx, w->arg, w->e);
}

static int run_held(struct tx *tx, void *arg, struct err *e)
{
    struct write_in *w = arg;
    w->tx = tx;
    w->e = e;
    if (!arena_holds(w->a, run_in, w))
        return ERR(e, ERR_BUSY, "a write wanted more than %zu bytes", w->a->cap);
    return w->result;
}

int db_write_in(struct db *db, struct arena *a, db_write_fn *fn, void *arg, struct err *e)
{
    return db_write(db, run_held, &(struct write_in) { .fn = fn, .arg = arg, .a = a }, e);
}
