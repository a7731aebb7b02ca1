/* throttle.c: delays that double, per source and thing guessed at, so nobody can lock somebody else out by failing on purpose. */
#include "engines/credentials/throttle.h"

#include "gen/credentials_queries.h"

int64_t guess_wait_us(int64_t failures, struct instant last, struct instant now)
{
    if (failures < FAILURES_FREE)
        return 0;
    int64_t doublings = failures - FAILURES_FREE;
    int64_t delay = (doublings > 8 ? INT64_C(300) : INT64_C(1) << doublings) * US_PER_SECOND;
    int64_t until = last.us + delay;
    return until > now.us ? until - now.us : 0;
}

int guess_wait_s(struct req *q, struct dbr *r, const struct guess *g, int64_t *seconds, struct err *e)
{
    struct failures_since_row own;
    struct failures_of_source_row all;
    struct instant since = { q->now.us - 15 * US_PER_MINUTE };
    struct failures_since_in in = { .source = g->source, .login = g->at, .since = since };
    struct failures_of_source_in in_all = { .source = g->source, .since = since };
    if (failures_since(r, q->arena, &in, &own, e) < 0 || failures_of_source(r, q->arena, &in_all, &all, e) < 0)
        return -1;
    int64_t wait = own.has_last ? guess_wait_us(own.n, own.last, q->now) : 0;
    if (all.n >= FAILURES_SOURCE_MAX && wait < US_PER_MINUTE)
        wait = US_PER_MINUTE;
    *seconds = (wait + US_PER_SECOND - 1) / US_PER_SECOND;
    return 0;
}

int guess_wrong(struct tx *tx, const struct guess *g, struct err *e)
{
    struct failure_insert_in in = { .source = g->source, .login = g->at, .at = tx_now(tx) };
    return failure_insert(tx, &in, NULL, e);
}

int guess_right(struct tx *tx, const struct guess *g, struct err *e)
{
    struct failures_clear_in in = { .source = g->source, .login = g->at };
    return failures_clear(tx, &in, NULL, e);
}
