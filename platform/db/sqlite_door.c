/* sqlite_door.c: the thread that owns the writing connection. It takes what waits, opens one transaction, runs each write in
 * its own savepoint, commits once (one fsync for all) and then tells the owners.
 *
 * The savepoint has a price: SQLite copies each page a write touches so that it could be put back. Writes that reach the door
 * have been checked before and are nearly always kept, so a group first runs without savepoints; if one of its writes
 * fails, all of it is rolled back and run again with them (a write may run more than once, db.h says so). After that the next
 * groups keep savepoints, so that a stream of failing writes costs no more than it must.
 */
#include "platform/db/lite.h"

#include <time.h>

#define GROUP_MOST     512
#define GROUP_US       10000
#define WAL_IDLE_PAGES 4000  /* 16 MB: checkpointed when nobody waits */
#define WAL_FULL_PAGES 16000 /* 64 MB: checkpointed anyway */
#define WAL_STEP_PAGES 2000  /* after a checkpoint that readers held back, the next try comes so much later */
#define IDLE_MS        1000
#define CAREFUL_GROUPS 32
#define GATHER_FROM    16 /* a group as large as this says that many more are on their way */
#define GATHER_ENOUGH  256
#define GATHER_LOOKS   8
#define GATHER_US      150 /* between two looks */

void lite_hold(struct lite *l, enum lite_holder who)
{
    pthread_mutex_lock(&l->hold_lock);
    while (l->holder != HELD_BY_NOBODY)
        pthread_cond_wait(&l->hold_free, &l->hold_lock);
    l->holder = who;
    pthread_mutex_unlock(&l->hold_lock);
}

void lite_let_go(struct lite *l)
{
    pthread_mutex_lock(&l->hold_lock);
    l->holder = HELD_BY_NOBODY;
    pthread_cond_signal(&l->hold_free);
    pthread_mutex_unlock(&l->hold_lock);
}

int lite_checkpoint(struct lite *l, int mode, struct err *e)
{
    int in_wal = 0, copied = 0;
    lite_readers_let_go(l);
    int rc = fault_now(l->db) ? SQLITE_IOERR : sqlite3_wal_checkpoint_v2(l->w->h, NULL, mode, &in_wal, &copied);
    l->wal_done = l->wal_pages;
    /* Snapshots from now on read the file itself; one that still reads the WAL would keep it from starting anew. */
    lite_changed(l);
    lite_readers_let_go(l);
    if (rc != SQLITE_OK)
        return lite_fail(l->w, rc, "checkpoint", e);
    if (copied >= in_wal && mode == SQLITE_CHECKPOINT_TRUNCATE)
        l->wal_pages = l->wal_done = 0;
    return 0;
}

int lite_sync(struct lite *l, struct err *e)
{
    if (lite_checkpoint(l, SQLITE_CHECKPOINT_PASSIVE, e) != 0)
        return -1;
    sqlite3_file *file = NULL;
    int rc = sqlite3_file_control(l->w->h, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (rc == SQLITE_OK && file != NULL && file->pMethods != NULL)
        rc = file->pMethods->xSync(file, SQLITE_SYNC_FULL);
    return rc == SQLITE_OK ? 0 : lite_fail(l->w, rc, "sync", e);
}

/* The next commit after a finished checkpoint starts the WAL anew, unless a reader still needs it. */
static void checkpoint_if_due(struct lite *l, bool idle)
{
    if (l->wal_pages < l->wal_done)
        l->wal_done = 0;
    bool stuck = l->wal_done > 0 && l->wal_pages < l->wal_done + WAL_STEP_PAGES;
    if (!stuck && l->wal_pages > (idle ? WAL_IDLE_PAGES : WAL_FULL_PAGES))
        lite_checkpoint(l, SQLITE_CHECKPOINT_PASSIVE, NULL);
}

static void fail_kept(struct db_ticket *first, const struct err *why)
{
    for (struct db_ticket *t = first; t != NULL; t = t->next) {
        if (t->result != 0)
            continue;
        t->result = -1;
        t->err = *why;
    }
}

static bool any_kept(const struct db_ticket *first)
{
    for (; first != NULL; first = first->next)
        if (first->result == 0)
            return true;
    return false;
}

/* How long the group has run; past its time the chain is cut behind t and the rest waits for the next group. */
struct group {
    struct db_ticket *first, *rest;
    int64_t start, before;
    struct err why; /* why the whole group failed */
};

static bool time_is_up(struct lite *l, struct group *g, struct db_ticket *t)
{
    int64_t now = monotonic_us();
    note_longest(l->db, now - g->before);
    g->before = now;
    if (now - g->start < GROUP_US || t->next == NULL)
        return false;
    g->rest = t->next;
    t->next = NULL;
    return true;
}

/* One write in its savepoint. False: the group cannot go on, g->why says so. */
static bool run_saved(struct lite *l, struct group *g, struct db_ticket *t)
{
    if (lite_ctl(l->w, CTL_SAVE, &g->why) != 0)
        return false;
    if (ticket_run(&l->w->r, t) != 0) {
        if (sqlite3_get_autocommit(l->w->h)) {
            g->why = t->err; /* disk full and the like take the whole transaction with them */
            return false;
        }
        if (lite_ctl(l->w, CTL_BACK, &g->why) != 0)
            return false;
    }
    return lite_ctl(l->w, CTL_RELEASE, &g->why) == 0;
}

static bool run_with_savepoints(struct lite *l, struct group *g)
{
    for (struct db_ticket *t = g->first; t != NULL; t = t->next) {
        if (!run_saved(l, g, t))
            return false;
        if (time_is_up(l, g, t))
            break;
    }
    return true;
}

/* False: a write failed that was not alone; nothing of this run may be kept. */
static bool run_plain(struct lite *l, struct group *g)
{
    for (struct db_ticket *t = g->first; t != NULL; t = t->next) {
        if (ticket_run(&l->w->r, t) != 0)
            return g->first->next == NULL;
        if (time_is_up(l, g, t))
            break;
    }
    return true;
}

static void all_unrun(struct db_ticket *first)
{
    for (; first != NULL; first = first->next)
        first->result = 0;
}

static bool run_writes(struct lite *l, struct group *g)
{
    all_unrun(g->first);
    g->start = g->before = monotonic_us();
    if (lite_ctl(l->w, CTL_BEGIN_WRITE, &g->why) != 0)
        return false;
    if (l->careful > 0) {
        l->careful--;
        return run_with_savepoints(l, g);
    }
    if (run_plain(l, g))
        return true;
    lite_rollback(l->w);
    l->careful = CAREFUL_GROUPS;
    all_unrun(g->first);
    g->start = g->before = monotonic_us();
    return lite_ctl(l->w, CTL_BEGIN_WRITE, &g->why) == 0 && run_with_savepoints(l, g);
}

static bool commit(struct lite *l, struct err *e)
{
    lite_wal_collect(&l->wal, true);
    bool ok = lite_ctl(l->w, CTL_COMMIT, e) == 0;
    lite_wal_collect(&l->wal, false);
    return ok;
}

static void group_run(struct lite *l, struct db_ticket *first)
{
    struct group g = { .first = first };
    lite_hold(l, HELD_BY_DOOR);
    bool ok = run_writes(l, &g);
    if (ok && any_kept(first))
        ok = commit(l, &g.why);
    if (!ok)
        fail_kept(first, &g.why);
    lite_rollback(l->w);
    lite_let_go(l);
    if (g.rest != NULL)
        door_put_back(&l->db->door, g.rest);
    atomic_fetch_add_explicit(&l->db->groups, 1, memory_order_release);
    tickets_done(l->db, first);
}

/* After a group, or when nothing came for a while (idle). True: the WAL holds pages that should be copied when it gets quiet. */
static bool tend_wal(struct lite *l, bool idle)
{
    lite_hold(l, HELD_BY_DOOR);
    if (idle)
        lite_checkpoint(l, SQLITE_CHECKPOINT_PASSIVE, NULL);
    else
        checkpoint_if_due(l, door_is_empty(&l->db->door));
    bool waits = l->wal_pages != l->wal_done;
    lite_let_go(l);
    return waits;
}

/* Under load the writer lets a group grow before it takes it. A commit writes each touched page once, costs one fsync, and makes all
 * readers fetch their pages anew: fewer and larger groups serve more writes with the same work. Of those who were answered last somewhat
 * more than half are expected back with their next write (the others come while these are written); when nobody came between two looks,
 * nobody is on the way. Who comes alone never waits. */
static void gather(const struct lite *l)
{
    int back = l->group_n * 5 / 8, expected = back < GATHER_ENOUGH ? back : GATHER_ENOUGH;
    int before = -1, waiting = atomic_load_explicit(&l->db->door.waiting, memory_order_relaxed);
    for (int i = 0; l->group_n >= GATHER_FROM && i < GATHER_LOOKS && waiting < expected && waiting != before; i++) {
        nanosleep(&(struct timespec) { .tv_nsec = GATHER_US * 1000L }, NULL);
        before = waiting;
        waiting = atomic_load_explicit(&l->db->door.waiting, memory_order_relaxed);
    }
}

static int count(const struct db_ticket *first)
{
    int n = 0;
    for (; first != NULL; first = first->next)
        n++;
    return n;
}

static void *writer(void *arg)
{
    struct lite *l = arg;
    bool wal_waits = true;
    for (;;) {
        bool closing = false;
        gather(l);
        struct db_ticket *first = door_take(&l->db->door, GROUP_MOST, wal_waits ? IDLE_MS : 0, &closing);
        if (first == NULL && closing)
            return NULL;
        l->group_n = count(first);
        if (first != NULL)
            group_run(l, first);
        wal_waits = tend_wal(l, first == NULL);
    }
}

int lite_door_start(struct lite *l, struct err *e)
{
    if (pthread_create(&l->thread, NULL, writer, l) != 0)
        return ERR(e, ERR_INTERNAL, "no thread for the writer");
    l->running = true;
    return 0;
}

void lite_door_stop(struct lite *l)
{
    if (l->running)
        pthread_join(l->thread, NULL);
    l->running = false;
}
