/* postgres_door.c: writers that each own a connection. Writes that wait together share one serializable transaction and its one
 * commit. When that fails, or PostgreSQL says that it collided with another, each of them runs in a transaction of its own, and
 * again when that collides, after a wait that grows and differs from writer to writer.
 */
#include "platform/db/pg.h"

#include <time.h>

#define TRIES            10
#define TRIES_CONNECTING 3
#define CHAIN_MOST       64
#define CALM_CHAINS      64

int pg_settle(struct dbr *r)
{
    return pg_drain(pg_conn(r));
}

/* Every statement since BEGIN is answered here at the latest. */
static int commit(struct pg_conn *c, struct err *e)
{
    c->committed = false;
    bool on_its_way = pg_send_control(c, "COMMIT") == 0;
    int rc = pg_drain(c);
    if (rc == 0 && c->committed)
        return 0;
    if (on_its_way && c->r.lost && !c->ended) {
        c->unsure = true;
        return ERR(e, ERR_DB, "the connection was lost during COMMIT: whether the change was kept is not known");
    }
    if (rc == 0)
        return ERR(e, ERR_DB, "PostgreSQL rolled the transaction back at COMMIT");
    *e = c->err;
    return -1;
}

static int begin(struct pg_conn *c, struct err *e)
{
    c->unsure = false;
    c->r.retry = false;
    if (pg_ready(c, e) != 0)
        return -1;
    pg_send_control(c, "BEGIN ISOLATION LEVEL SERIALIZABLE"); /* a failure shows at the first statement or at COMMIT */
    return 0;
}

static int attempt(struct pg_conn *c, struct db_ticket *t)
{
    err_reset(&t->err);
    t->result = -1;
    if (begin(c, &t->err) != 0)
        return -1;
    int rc = ticket_run(&c->r, t);
    if (rc == 0)
        rc = commit(c, &t->err);
    if (rc != 0)
        pg_rollback(&c->r);
    return t->result = rc;
}

static void wait_a_little(struct pg_writer *w, int tries)
{
    uint32_t most_us = 500u << (tries < 7 ? tries : 7);
    uint32_t us = 100 + rng_below(&w->rng, most_us);
    nanosleep(&(struct timespec) { 0, (long)us * 1000 }, NULL);
}

/* True: nothing of it was kept, and the same write may go through when it runs again. */
static bool worth_another(const struct pg_conn *c, int tries)
{
    if (c->unsure)
        return false;
    return c->r.retry ? tries < TRIES : c->r.lost && tries < TRIES_CONNECTING;
}

static void run_alone(struct pg_writer *w, struct db_ticket *t)
{
    int tries = 1;
    while (attempt(w->c, t) != 0 && worth_another(w->c, tries)) {
        atomic_fetch_add_explicit(&w->db->retries, 1, memory_order_relaxed);
        wait_a_little(w, tries++);
    }
    if (t->result != 0 && w->c->r.retry)
        ERR(&t->err, ERR_BUSY, "the write collided with others %d times", tries);
    atomic_fetch_add_explicit(&w->db->groups, 1, memory_order_release);
}

/* All writes of the chain in one transaction: 0, or -1 and none was kept (or nobody knows: c->unsure). */
static int attempt_group(struct pg_conn *c, struct db_ticket *first, struct err *e)
{
    if (begin(c, e) != 0)
        return -1;
    int rc = 0;
    for (struct db_ticket *t = first; t != NULL && rc == 0; t = t->next)
        rc = ticket_run(&c->r, t);
    if (rc == 0)
        rc = commit(c, e);
    if (rc != 0)
        pg_rollback(&c->r);
    return rc;
}

static void all_failed(struct db_ticket *first, const struct err *e)
{
    for (; first != NULL; first = first->next) {
        first->result = -1;
        first->err = *e;
    }
}

/* When the group as a whole does not go through, each of its writes has its own transaction. */
static void run_chain(struct pg_writer *w, struct db_ticket *first)
{
    struct err e = { 0 };
    if (first->next != NULL && attempt_group(w->c, first, &e) == 0) {
        atomic_fetch_add_explicit(&w->db->groups, 1, memory_order_release);
        return;
    }
    if (first->next != NULL && w->c->unsure) {
        all_failed(first, &e);
        return;
    }
    if (first->next != NULL && w->c->r.retry) {
        atomic_fetch_add_explicit(&w->db->retries, 1, memory_order_relaxed);
        atomic_store(&pg_of(w->db)->calm, CALM_CHAINS);
    }
    for (struct db_ticket *t = first; t != NULL; t = t->next)
        run_alone(w, t);
}

/* Writers that collided take turns for a while: one after the other, each with a longer chain, is quicker than together. */
static void run(struct pg_writer *w, struct db_ticket *first, bool calm)
{
    struct pg *pg = pg_of(w->db);
    int64_t start = monotonic_us();
    if (calm) {
        pthread_mutex_lock(&pg->turn);
        atomic_fetch_sub(&pg->calm, 1);
    }
    run_chain(w, first);
    if (calm)
        pthread_mutex_unlock(&pg->turn);
    note_longest(w->db, monotonic_us() - start);
    tickets_done(w->db, first);
}

/* One's share of what waits, so that all writers have something to do; everything when they take turns. */
static int share(const struct pg *pg, bool calm)
{
    int waiting = atomic_load_explicit(&pg->db->door.waiting, memory_order_relaxed);
    int n = calm ? waiting : waiting / pg->n_writers;
    return n < 1 ? 1 : n < CHAIN_MOST ? n : CHAIN_MOST;
}

static void *writer(void *arg)
{
    struct pg_writer *w = arg;
    struct pg *pg = pg_of(w->db);
    for (;;) {
        bool closing = false;
        bool calm = atomic_load(&pg->calm) > 0;
        struct db_ticket *first = door_take(&w->db->door, share(pg, calm), 0, &closing);
        if (first != NULL)
            run(w, first, calm);
        else if (closing)
            return NULL;
    }
}

int pg_door_start(struct pg *pg, struct err *e)
{
    for (int i = 0; i < pg->n_writers; i++) {
        struct pg_writer *w = &pg->writers[i];
        w->db = pg->db;
        uint64_t seed;
        random_bytes(&seed, sizeof seed);
        rng_seed(&w->rng, seed);
        if (pg_connect(pg->db, &w->c, e) != 0)
            return -1;
        if (pthread_create(&w->thread, NULL, writer, w) != 0)
            return ERR(e, ERR_INTERNAL, "no thread for a writer");
        w->running = true;
    }
    return 0;
}

void pg_door_stop(struct pg *pg)
{
    for (int i = 0; i < pg->n_writers; i++) {
        struct pg_writer *w = &pg->writers[i];
        if (w->running)
            pthread_join(w->thread, NULL);
        w->running = false;
        pg_disconnect(w->c);
        w->c = NULL;
    }
}
