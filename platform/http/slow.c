#include "platform/http/slow.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define THREADS_MOST 16

struct work {
    void (*fn)(void *);
    void *arg;
};

struct slow_pool {
    pthread_mutex_t lock;
    pthread_cond_t some;
    pthread_t threads[THREADS_MOST];
    int n_threads;
    bool closing;
    size_t first, n, room;
    struct work ring[];
};

static bool take(struct slow_pool *pool, struct work *w)
{
    pthread_mutex_lock(&pool->lock);
    while (pool->n == 0 && !pool->closing)
        pthread_cond_wait(&pool->some, &pool->lock);
    bool got = pool->n > 0;
    if (got) {
        *w = pool->ring[pool->first];
        pool->first = (pool->first + 1) % pool->room;
        pool->n--;
    }
    pthread_mutex_unlock(&pool->lock);
    return got;
}

static void *run(void *arg)
{
    struct slow_pool *pool = arg;
    struct work w;
    while (take(pool, &w))
        w.fn(w.arg);
    return NULL;
}

int slow_open(int threads, int queue, struct slow_pool **out, struct err *e)
{
    struct slow_pool *pool = calloc(1, sizeof(*pool) + (size_t)queue * sizeof(pool->ring[0]));
    if (!pool)
        return ERR(e, ERR_INTERNAL, "no memory for the slow pool");
    pool->room = (size_t)queue;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->some, NULL);
    for (int i = 0; i < threads && i < THREADS_MOST; i++) {
        int failed = pthread_create(&pool->threads[i], NULL, run, pool);
        if (failed) {
            slow_close(pool);
            return ERR(e, ERR_INTERNAL, "a thread of the slow pool: %s", strerror(failed));
        }
        pool->n_threads++;
    }
    *out = pool;
    return 0;
}

int slow_submit(struct slow_pool *pool, void (*fn)(void *), void *arg)
{
    pthread_mutex_lock(&pool->lock);
    bool taken = pool->n < pool->room && !pool->closing;
    if (taken) {
        pool->ring[(pool->first + pool->n) % pool->room] = (struct work) { fn, arg };
        pool->n++;
        pthread_cond_signal(&pool->some);
    }
    pthread_mutex_unlock(&pool->lock);
    return taken ? 0 : -1;
}

void slow_close(struct slow_pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    pthread_cond_broadcast(&pool->some);
    pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < pool->n_threads; i++)
        pthread_join(pool->threads[i], NULL);
    pthread_cond_destroy(&pool->some);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}
