/* pool.c: the connections for reading. The one given back last is taken first, since its cache is warm. */
#include "platform/db/db_internal.h"

#include <errno.h>
#include <time.h>

#define POOL_WAIT_S 2

int pool_init(struct pool *p, int most, struct err *e)
{
    *p = (struct pool) { .most = most };
    pthread_condattr_t attr;
    if (pthread_condattr_init(&attr) != 0 || pthread_condattr_setclock(&attr, CLOCK_MONOTONIC) != 0 ||
        pthread_cond_init(&p->freed, &attr) != 0 || pthread_mutex_init(&p->lock, NULL) != 0)
        return ERR(e, ERR_INTERNAL, "no lock for the readers");
    pthread_condattr_destroy(&attr);
    return 0;
}

/* An idle connection, or leave to open one (*r == NULL). False: none came free in time. */
static bool pool_claim(struct pool *p, struct dbr **r)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += POOL_WAIT_S;
    bool got = true;
    pthread_mutex_lock(&p->lock);
    while (p->idle == NULL && p->n >= p->most && got)
        got = pthread_cond_timedwait(&p->freed, &p->lock, &until) != ETIMEDOUT;
    got = p->idle != NULL || p->n < p->most;
    if (p->idle != NULL) {
        *r = p->idle;
        p->idle = (*r)->next;
    } else if (got) {
        p->n++;
    }
    pthread_mutex_unlock(&p->lock);
    return got;
}

static void pool_forget(struct pool *p)
{
    pthread_mutex_lock(&p->lock);
    p->n--;
    pthread_cond_signal(&p->freed);
    pthread_mutex_unlock(&p->lock);
}

int pool_take(struct db *db, struct dbr **out, struct err *e)
{
    struct dbr *r = NULL;
    if (!pool_claim(&db->pool, &r))
        return ERR(e, ERR_BUSY, "all %d reading connections were in use for %d s", db->pool.most, POOL_WAIT_S);
    if (r == NULL && db->ops->reader_open(db, &r, e) != 0) {
        pool_forget(&db->pool);
        return -1;
    }
    *out = r;
    return 0;
}

void pool_give(struct db *db, struct dbr *r)
{
    struct pool *p = &db->pool;
    if (r->lost) {
        db->ops->reader_close(r);
        pool_forget(p);
        return;
    }
    pthread_mutex_lock(&p->lock);
    r->next = p->idle;
    p->idle = r;
    pthread_cond_signal(&p->freed);
    pthread_mutex_unlock(&p->lock);
}

void pool_each_idle(struct pool *p, void (*fn)(struct dbr *r))
{
    pthread_mutex_lock(&p->lock);
    for (struct dbr *r = p->idle; r != NULL; r = r->next)
        fn(r);
    pthread_mutex_unlock(&p->lock);
}

void pool_drain(struct db *db)
{
    struct pool *p = &db->pool;
    while (p->idle != NULL) {
        struct dbr *r = p->idle;
        p->idle = r->next;
        db->ops->reader_close(r);
        p->n--;
    }
    ASSERT(p->n == 0); /* a read transaction outlives the store */
}

void pool_release(struct db *db)
{
    struct pool *p = &db->pool;
    pool_drain(db);
    pthread_cond_destroy(&p->freed);
    pthread_mutex_destroy(&p->lock);
}
