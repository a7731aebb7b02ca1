#include "platform/http/stats.h"

#include "base/rng.h"

/* From a page out of memory to a wait for a far system. */
const int64_t stats_bounds_us[STATS_BUCKETS] = { 250, 1000, 2500, 10000, 25000, 100000, 500000, 2500000, 10000000 };

void stats_init(struct http_stats *s)
{
    for (int i = 0; i < SHARDS; i++) {
        uint64_t first;
        random_bytes(&first, sizeof(first));
        atomic_store(&s->shards[i].next_id, first);
    }
}

static void add(_Atomic uint64_t *n, uint64_t by)
{
    atomic_fetch_add_explicit(n, by, memory_order_relaxed);
}

void stats_count(struct http_stats *s, int status, int64_t us)
{
    struct stats_shard *mine = &s->shards[shard_of_thread()];
    int class = status / 100;
    if (class < 1 || class > 5)
        class = 5;
    int bucket = 0;
    while (bucket < STATS_BUCKETS && us > stats_bounds_us[bucket])
        bucket++;
    add(&mine->by_class[class], 1);
    add(&mine->latency[bucket], 1);
    add(&mine->latency_us_sum, us > 0 ? (uint64_t)us : 0);
}

static uint64_t now_of(const _Atomic uint64_t *n)
{
    return atomic_load_explicit(n, memory_order_relaxed);
}

struct stats_sum stats_sum(const struct http_stats *s)
{
    struct stats_sum sum = { 0 };
    for (int i = 0; i < SHARDS; i++) {
        const struct stats_shard *one = &s->shards[i];
        for (int class = 0; class < 6; class ++)
            sum.by_class[class] += now_of(&one->by_class[class]);
        for (int bucket = 0; bucket <= STATS_BUCKETS; bucket++)
            sum.latency[bucket] += now_of(&one->latency[bucket]);
        sum.latency_us_sum += now_of(&one->latency_us_sum);
    }
    return sum;
}

uint64_t stats_request_id(struct http_stats *s)
{
    uint64_t n = atomic_fetch_add_explicit(&s->shards[shard_of_thread()].next_id, 1, memory_order_relaxed);
    n = (n ^ (n >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    n = (n ^ (n >> 27)) * UINT64_C(0x94d049bb133111eb);
    return n ^ (n >> 31);
}
