/* slow.h: a few threads of their own for work of tens of milliseconds, with a bounded queue. */
#ifndef BON_PLATFORM_HTTP_SLOW_H
#define BON_PLATFORM_HTTP_SLOW_H

#include "base/err.h"

struct slow_pool;
int slow_open(int threads, int queue, struct slow_pool **out, struct err *e);
/* -1: the queue is full, and fn will not run. */
int slow_submit(struct slow_pool *pool, void (*fn)(void *), void *arg);
void slow_close(struct slow_pool *pool); /* finishes what waits; NULL-safe */

#endif
