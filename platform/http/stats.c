#include "platform/http/stats.h"

/* From a page out of memory to a wait for a far system. */
const int64_t stats_bounds_us[STATS_BUCKETS] = { 250, 1000, 2500, 10000, 25000, 100000, 500000, 2500000, 10000000 };

void stats_count(struct http_stats *s, int status, int64_t us)
{
    int class = status / 100;
    if (class < 1 || class > 5)
        class = 5;
    int bucket = 0;
    while (bucket < STATS_BUCKETS && us > stats_bounds_us[bucket])
        bucket++;
    atomic_fetch_add_explicit(&s->by_class[class], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&s->latency[bucket], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&s->latency_us_sum, (uint64_t)(us > 0 ? us : 0), memory_order_relaxed);
}
