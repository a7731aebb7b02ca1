/* stats.h: counts of what was served, for /metrics. Relaxed atomics: a number may be one request old. Each thread mostly has
 * lines of memory of its own, so that counting does not make the cores wait for each other.
 */
#ifndef BON_PLATFORM_HTTP_STATS_H
#define BON_PLATFORM_HTTP_STATS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#define STATS_BUCKETS 9
#define SHARDS        16

/* Which of SHARDS places this thread uses: threads differ in pthread_self, not in its low bits. */
static inline unsigned shard_of_thread(void)
{
    return (unsigned)((uint64_t)pthread_self() * UINT64_C(0x9e3779b97f4a7c15) >> 60);
}

struct stats_shard {
    _Atomic uint64_t by_class[6];                /* index status / 100 */
    _Atomic uint64_t latency[STATS_BUCKETS + 1]; /* last: longer than the longest bound */
    _Atomic uint64_t latency_us_sum;
    _Atomic uint64_t next_id; /* of a request */
    char gap[128];            /* two cache lines between neighbours */
};

struct http_stats {
    struct stats_shard shards[SHARDS];
    _Atomic uint64_t refused_connections, closed_slow;
    _Atomic int64_t connections, listeners;
};

struct stats_sum {
    uint64_t by_class[6], latency[STATS_BUCKETS + 1], latency_us_sum;
};

extern const int64_t stats_bounds_us[STATS_BUCKETS];
void stats_init(struct http_stats *s);
void stats_count(struct http_stats *s, int status, int64_t us);
struct stats_sum stats_sum(const struct http_stats *s);
/* A number no other request of this process has, stirred so that it tells nothing. */
uint64_t stats_request_id(struct http_stats *s);

#endif
