/* door.c: the queue before the writers. Pushing is one compare-and-swap; the lock is touched only by whoever finds the inbox
 * empty, since only then can a writer be asleep.
 */
#include "platform/db/db_internal.h"

#include <errno.h>
#include <time.h>

int door_init(struct door *d, int most, struct err *e)
{
    *d = (struct door) { .most = most };
    pthread_condattr_t attr;
    if (pthread_condattr_init(&attr) != 0 || pthread_condattr_setclock(&attr, CLOCK_MONOTONIC) != 0 ||
        pthread_cond_init(&d->wake, &attr) != 0 || pthread_mutex_init(&d->lock, NULL) != 0)
        return ERR(e, ERR_INTERNAL, "no lock for the door");
    pthread_condattr_destroy(&attr);
    return 0;
}

void door_release(struct door *d)
{
    pthread_cond_destroy(&d->wake);
    pthread_mutex_destroy(&d->lock);
}

int door_push(struct door *d, struct db_ticket *t, struct err *e)
{
    if (atomic_fetch_add_explicit(&d->waiting, 1, memory_order_acq_rel) >= d->most) {
        atomic_fetch_sub_explicit(&d->waiting, 1, memory_order_relaxed);
        return ERR(e, ERR_BUSY, "%d writes wait at the door already", d->most);
    }
    struct db_ticket *old = atomic_load_explicit(&d->inbox, memory_order_relaxed);
    do {
        t->next = old;
    } while (!atomic_compare_exchange_weak_explicit(&d->inbox, &old, t, memory_order_release, memory_order_relaxed));
    if (old != NULL)
        return 0;
    pthread_mutex_lock(&d->lock);
    pthread_cond_signal(&d->wake);
    pthread_mutex_unlock(&d->lock);
    return 0;
}

/* The inbox hangs newest first: turned round and put behind those in order. */
static void collect(struct door *d)
{
    struct db_ticket *newest = atomic_exchange_explicit(&d->inbox, NULL, memory_order_acquire);
    if (newest == NULL)
        return;
    struct db_ticket *last = newest, *first = NULL;
    while (newest != NULL) {
        struct db_ticket *older = newest->next;
        newest->next = first;
        first = newest;
        newest = older;
    }
    if (d->first == NULL)
        d->first = first;
    else
        d->last->next = first;
    d->last = last;
}

static struct timespec deadline_in(int ms)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    ts.tv_sec += ms / 1000;
    ts.tv_nsec += (long)(ms % 1000) * 1000000;
    if (ts.tv_nsec >= 1000000000) {
        ts.tv_nsec -= 1000000000;
        ts.tv_sec++;
    }
    return ts;
}

/* False: closing, or nothing came within idle_ms. */
static bool wait_for_ticket(struct door *d, int idle_ms)
{
    struct timespec until = deadline_in(idle_ms);
    for (;;) {
        collect(d);
        if (d->first != NULL)
            return true;
        if (d->closing)
            return false;
        if (idle_ms == 0)
            pthread_cond_wait(&d->wake, &d->lock);
        else if (pthread_cond_timedwait(&d->wake, &d->lock, &until) == ETIMEDOUT)
            idle_ms = -1;
        if (idle_ms < 0) {
            collect(d);
            return d->first != NULL;
        }
    }
}

struct db_ticket *door_take(struct door *d, int most, int idle_ms, bool *closing)
{
    pthread_mutex_lock(&d->lock);
    struct db_ticket *first = NULL;
    if (wait_for_ticket(d, idle_ms)) {
        first = d->first;
        struct db_ticket *last = first;
        for (int n = 1; n < most && last->next != NULL; n++)
            last = last->next;
        d->first = last->next;
        last->next = NULL;
        if (d->first != NULL)
            pthread_cond_signal(&d->wake); /* another writer may sleep: its pusher saw a full inbox and did not ring */
    }
    *closing = d->closing;
    pthread_mutex_unlock(&d->lock);
    return first;
}

void door_put_back(struct door *d, struct db_ticket *first)
{
    struct db_ticket *last = first;
    while (last->next != NULL)
        last = last->next;
    pthread_mutex_lock(&d->lock);
    last->next = d->first;
    if (d->first == NULL)
        d->last = last;
    d->first = first;
    pthread_mutex_unlock(&d->lock);
}

bool door_is_empty(const struct door *d)
{
    return atomic_load_explicit(&d->waiting, memory_order_relaxed) == 0;
}

void door_close(struct door *d)
{
    pthread_mutex_lock(&d->lock);
    d->closing = true;
    d->most = 0;
    pthread_cond_broadcast(&d->wake);
    pthread_mutex_unlock(&d->lock);
}
