/* postgres_door.c: writers that each own a connection. A write is one serializable transaction; when PostgreSQL says that it
 * collided with another it runs again, after a wait that grows and differs from writer to writer.
 */
#include "platform/db/pg.h"

#include <time.h>
#include <unistd.h>

#define TRIES 10

int pg_settle(struct dbr *r)
{
    return pg_drain(pg_conn(r));
}

static int commit(struct pg_conn *c, struct db_ticket *t)
{
    c->committed = false;
    bool on_its_way = pg_send_control(c, "COMMIT") == 0;
    int rc = pg_drain(c);
    if (rc == 0 && c->committed)
        return 0;
    if (rc == 0)
        ERR(&t->err, ERR_DB, "PostgreSQL rolled the transaction back at COMMIT");
    else
        t->err = c->err;
    if (on_its_way && c->r.lost && !c->ended) {
        c->unsure = true;
        ERR(&t->err, ERR_DB, "the connection was lost during COMMIT: whether the change was kept is not known");
    }
    return t->result = -1;
}

static int attempt(struct pg_conn *c, struct db_ticket *t)
{
    c->unsure = false;
    err_reset(&t->err);
    if (pg_ready(c, &t->err) != 0)
        return t->result = -1;
    c->failed = false;
    c->r.retry = false;
    pg_send_control(c, "BEGIN ISOLATION LEVEL SERIALIZABLE");
    int rc = ticket_run(&c->r, t);
    if (rc == 0)
        rc = commit(c, t);
    if (rc != 0)
        pg_rollback(&c->r);
    return rc;
}

static void wait_a_little(struct pg_writer *w, int tries)
{
    uint32_t most_us = 500u << (tries < 7 ? tries : 7);
    uint32_t us = 100 + rng_below(&w->rng, most_us);
    nanosleep(&(struct timespec) { 0, (long)us * 1000 }, NULL);
}

static void run(struct pg_writer *w, struct db_ticket *t)
{
    int64_t start = monotonic_us();
    for (int tries = 1;; tries++) {
        if (attempt(w->c, t) == 0)
            break;
        bool gone = w->c->r.lost && !w->c->unsure;
        if ((!w->c->r.retry && !gone) || w->c->unsure)
            break;
        if (tries == TRIES || (gone && tries > 2)) {
            if (w->c->r.retry)
                ERR(&t->err, ERR_BUSY, "the write collided with others %d times", tries);
            break;
        }
        atomic_fetch_add_explicit(&w->db->retries, 1, memory_order_relaxed);
        wait_a_little(w, tries);
    }
    note_longest(w->db, monotonic_us() - start);
    atomic_fetch_add_explicit(&w->db->groups, 1, memory_order_relaxed);
    tickets_done(w->db, t);
}

static void *writer(void *arg)
{
    struct pg_writer *w = arg;
    for (;;) {
        bool closing = false;
        struct db_ticket *t = door_take(&w->db->door, 1, 0, &closing);
        if (t != NULL)
            run(w, t);
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
