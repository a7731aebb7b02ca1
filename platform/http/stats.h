/* stats.h: counts of what was served, for /metrics. Relaxed atomics: a number may be one request old. */
#ifndef BON_PLATFORM_HTTP_STATS_H
#define BON_PLATFORM_HTTP_STATS_H

#include <stdatomic.h>
#include <stdint.h>

#define STATS_BUCKETS 9

struct http_stats {
    _Atomic uint64_t by_class[6];                /* index status / 100 */
    _Atomic uint64_t latency[STATS_BUCKETS + 1]; /* last: longer than the longest bound */
    _Atomic uint64_t latency_us_sum;
    _Atomic uint64_t refused_connections, closed_slow;
    _Atomic int64_t connections, listeners;
};

extern const int64_t stats_bounds_us[STATS_BUCKETS];
void stats_count(struct http_stats *s, int status, int64_t us);

#endif
