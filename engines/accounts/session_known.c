/* session_known.c: sessions that were looked up lately, with the grants in force, kept in memory: each request asks for its own session,
 * and sessions change far more rarely than they are asked for. What is kept counts only while no commit has changed accounts, grants
 * or sessions since before it was read (db_watch), and only on the day it was read; so a role that is taken away or a session that is
 * ended is gone with the next request. Where the store cannot tell (PostgreSQL), nothing is kept.
 */
#include "engines/accounts/accounts_internal.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { SHELVES = 64, PLACES = 32, KNOWN_MOST = 16 * 1024 }; /* at most 2,048 sessions; bytes of one */

static const char *const watched[] = { "account", "account_grant", "account_session", NULL };

/* A known session stands on the shelf that its hash names; each shelf has its own lock. */
struct shelf {
    pthread_mutex_t lock;
    struct session_known *place[PLACES];
};

struct known_sessions {
    struct db_watch *watch;
    struct shelf shelf[SHELVES];
};

static void let_go(void *known)
{
    struct session_known *k = known;
    if (atomic_fetch_sub_explicit(&k->users, 1, memory_order_acq_rel) > 1)
        return;
    arena_release(&k->arena);
    free(k);
}

int known_sessions_start(struct app *app, struct known_sessions **out, struct err *e)
{
    struct db_watch *watch = db_watch(app->db, watched);
    *out = NULL;
    if (!watch)
        return 0;
    struct known_sessions *all = calloc(1, sizeof(*all));
    if (!all)
        return ERR(e, ERR_INTERNAL, "no memory");
    all->watch = watch;
    for (int i = 0; i < SHELVES; i++)
        pthread_mutex_init(&all->shelf[i].lock, NULL);
    *out = all;
    return 0;
}

void known_sessions_stop(struct known_sessions *all)
{
    for (int i = 0; all && i < SHELVES; i++) {
        for (int j = 0; j < PLACES; j++)
            if (all->shelf[i].place[j])
                let_go(all->shelf[i].place[j]);
        pthread_mutex_destroy(&all->shelf[i].lock);
    }
    free(all);
}

static struct session_known **place_of(struct known_sessions *all, const struct hash32 *token, struct shelf **shelf)
{
    *shelf = &all->shelf[token->b[0] % SHELVES];
    return &(*shelf)->place[token->b[1] % PLACES];
}

/* One that is kept and still holds, held for this request; or NULL. */
static struct session_known *kept(struct known_sessions *all, const struct hash32 *token, uint64_t count, struct day today)
{
    struct shelf *shelf;
    struct session_known **place = place_of(all, token, &shelf), *k;
    pthread_mutex_lock(&shelf->lock);
    k = *place;
    if (k && k->count == count && k->day.n == today.n && hash32_eq(&k->token, token))
        atomic_fetch_add_explicit(&k->users, 1, memory_order_relaxed);
    else
        k = NULL;
    pthread_mutex_unlock(&shelf->lock);
    return k;
}

static void keep(struct known_sessions *all, struct session_known *k)
{
    struct shelf *shelf;
    struct session_known **place = place_of(all, &k->token, &shelf), *before;
    atomic_fetch_add_explicit(&k->users, 1, memory_order_relaxed);
    pthread_mutex_lock(&shelf->lock);
    before = *place;
    *place = k;
    pthread_mutex_unlock(&shelf->lock);
    if (before)
        let_go(before);
}

static int look_up(struct req *q, struct session_known *k, struct err *e)
{
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    int found = session_by_token(r, &k->arena, &(struct session_by_token_in) { .token = k->token }, &k->session, e);
    if (found != 1)
        return found;
    struct grants_in_force_in in = { .account = k->session.account, .today = k->day };
    return grants_in_force(r, &k->arena, &in, &k->grants, e) == 0 ? 1 : -1;
}

int session_known(struct req *q, struct known_sessions *all, const struct hash32 *token, const struct session_known **out, struct err *e)
{
    uint64_t count = all ? db_watch_count(all->watch) : 0;
    struct day today = instant_day(q->now);
    struct session_known *k = all ? kept(all, token, count, today) : NULL;
    bool is_first_read = !q->reader; /* else the transaction may have begun before the count */
    if (k) {
        req_defer(q, let_go, k);
        *out = k;
        return 1;
    }
    k = calloc(1, sizeof(*k));
    if (!k)
        return ERR(e, ERR_INTERNAL, "no memory");
    arena_init(&k->arena, KNOWN_MOST);
    k->arena.on_full = q->arena->on_full;
    k->token = *token;
    k->count = count;
    k->day = today;
    atomic_init(&k->users, 1);
    req_defer(q, let_go, k);
    int found = look_up(q, k, e);
    k->arena.on_full = NULL;
    if (found == 1 && all && is_first_read)
        keep(all, k);
    if (found == 1)
        *out = k;
    return found;
}
