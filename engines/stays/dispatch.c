/* dispatch.c: the job. Each turn: take in what came back, take what is due, send it, wait a moment. */
#include "engines/stays/dispatch.h"

#include <stdlib.h>
#include <string.h>

enum { BATCH_ARENA = 4 << 20, BACKOFF_FIRST_S = 2, BACKOFF_MOST_S = 600 };

int64_t dispatch_backoff_us(struct rng *r, int64_t attempt)
{
    int64_t s = BACKOFF_FIRST_S;
    for (int64_t i = 1; i < attempt && s < BACKOFF_MOST_S; i++)
        s *= 2;
    if (s > BACKOFF_MOST_S)
        s = BACKOFF_MOST_S;
    int64_t quarter = s * US_PER_SECOND / 4;
    return s * US_PER_SECOND - quarter + (int64_t)rng_below(r, (uint32_t)(2 * quarter));
}

/* ---- the dispatcher ---- */

struct dispatcher *dispatcher_of(struct app *app, struct err *e)
{
    struct stays_state *state = stays_state(app);
    if (!state) {
        ERR(e, ERR_INTERNAL, "the stays engine has not started");
        return NULL;
    }
    if (state->dispatcher)
        return state->dispatcher;
    struct dispatcher *d = arena_new(&app->arena, struct dispatcher);
    uint64_t seed;
    random_bytes(&seed, sizeof(seed));
    rng_seed(&d->rng, seed);
    d->app = app;
    d->timeout_ms = DISPATCH_TIMEOUT_MS;
    if (asm_link_open(&d->link, e) != 0)
        return NULL;
    return state->dispatcher = d;
}

static void drop(struct dispatcher *d, struct dispatch_batch *b)
{
    asm_link_forget(d->link, b);
    arena_release(&b->arena);
    free(b);
}

void dispatcher_free(struct dispatcher *d)
{
    if (!d)
        return;
    for (size_t i = 0; i < DISPATCH_UNDER_WAY; i++)
        if (d->under_way[i])
            drop(d, d->under_way[i]);
    asm_link_close(d->link);
    stays_state(d->app)->dispatcher = NULL;
}

/* Free places for messages. */
static size_t room(const struct dispatcher *d)
{
    size_t n = 0;
    for (size_t i = 0; i < DISPATCH_UNDER_WAY; i++)
        n += d->under_way[i] == NULL;
    return n;
}

static int take_in(struct dispatcher *d, struct instant now, struct err *e)
{
    int result = 0;
    for (size_t i = 0; i < DISPATCH_UNDER_WAY; i++) {
        struct dispatch_batch *b = d->under_way[i];
        if (!b || !b->done)
            continue;
        d->under_way[i] = NULL;
        if (dispatch_settle(d, b, now, e) != 0)
            result = -1;
        drop(d, b);
    }
    return result;
}

/* ---- what is due ---- */

struct due {
    int64_t guests[DISPATCH_LOOK_AT];
    size_t n;
};

static int list_due(struct job_run *j, struct dbr *r, int64_t most, struct due *out, struct err *e)
{
    struct stay_turns_due_rows due;
    struct stay_turns_fresh_rows fresh;
    if (stay_turns_due(r, j->arena, &(struct stay_turns_due_in) { .now = j->now, .most = most }, &due, e) != 0)
        return -1;
    for (size_t i = 0; i < due.n; i++)
        out->guests[out->n++] = due.v[i].guest;
    if ((int64_t)due.n == most)
        return 0;
    if (stay_turns_fresh(r, j->arena, &(struct stay_turns_fresh_in) { .most = most - (int64_t)due.n }, &fresh, e) != 0)
        return -1;
    for (size_t i = 0; i < fresh.n; i++)
        out->guests[out->n++] = fresh.v[i].guest;
    return 0;
}

/* ---- messages ---- */

struct draft_batch {
    const struct stay_out_row *rows[ASM_GUESTS_MAX];
    int64_t attempts[ASM_GUESTS_MAX]; /* 0: another server has this guest's turn */
    size_t n;
};
struct draft_batches {
    struct job_run *j;
    struct draft_batch v[DISPATCH_UNDER_WAY];
    size_t n;
};

static bool belongs(const struct draft_batch *b, const struct stay_out_row *row)
{
    return b->n < ASM_GUESTS_MAX && b->rows[0]->facility == row->facility &&
           (b->rows[0]->state == STAY_SENT) == (row->state == STAY_SENT);
}

/* Into the message of its facility, or into a new one. What finds no place is due again in the next round. */
static void place(struct draft_batches *all, size_t most, const struct stay_out_row *row)
{
    size_t i = 0;
    while (i < all->n && !belongs(&all->v[i], row))
        i++;
    if (i == most)
        return;
    if (i == all->n)
        all->n++;
    all->v[i].rows[all->v[i].n++] = row;
}

static int gather(struct dispatcher *d, struct job_run *j, size_t most, struct draft_batches *all, struct err *e)
{
    struct dbr *r;
    struct due *due = arena_new(j->arena, struct due);
    if (db_read_in(d->app->db, j->arena, &r, e) != 0)
        return -1;
    int result = list_due(j, r, d->failures > 0 ? ASM_GUESTS_MAX : DISPATCH_LOOK_AT, due, e);
    for (size_t i = 0; result == 0 && i < due->n; i++) {
        struct stay_out_row *row = arena_new(j->arena, struct stay_out_row);
        int got = stay_out(r, j->arena, &(struct stay_out_in) { .id = due->guests[i] }, row, e);
        if (got == 1)
            place(all, most, row);
        result = got < 0 ? -1 : 0;
    }
    db_read_end(r);
    return result;
}

static int claim_write(struct tx *tx, void *arg, struct err *e)
{
    struct draft_batches *all = arg;
    tx_unaudited(tx, "takes turns of the dispatcher");
    for (size_t i = 0; i < all->n; i++) {
        for (size_t k = 0; k < all->v[i].n; k++) {
            struct stay_turn_claim_row row;
            struct stay_turn_claim_in in = { .guest = all->v[i].rows[k]->id,
                                             .now = all->j->now,
                                             .lease = { all->j->now.us + DISPATCH_LEASE_S * US_PER_SECOND } };
            int got = stay_turn_claim(tx, all->j->arena, &in, &row, e);
            if (got < 0)
                return -1;
            all->v[i].attempts[k] = got == 1 ? row.attempts : 0;
        }
    }
    return 0;
}

/* Only what was claimed. */
static size_t fill(struct dispatch_batch *b, const struct draft_batch *from, const struct stay_out_row **rows)
{
    for (size_t i = 0; i < from->n; i++) {
        const struct stay_out_row *row = from->rows[i];
        if (from->attempts[i] == 0)
            continue;
        rows[b->n] = row;
        b->ids[b->n] = asm_id_of(row->code, row->id, row->made_at);
        b->guests[b->n++] = (struct dispatch_guest) { .id = row->id,
                                                      .revision = row->revision,
                                                      .state = (enum stay_state)row->state,
                                                      .unit = row->unit,
                                                      .attempt = from->attempts[i] };
    }
    return b->n;
}

static int send_off(struct dispatcher *d, struct dispatch_batch *b, const struct draft_batch *from, struct err *e)
{
    struct arena *a = &b->arena;
    const struct stay_out_row *rows[ASM_GUESTS_MAX];
    const char *base = d->app->settings.asm_url;
    if (fill(b, from, rows) == 0)
        return 1;
    b->asks = b->guests[0].state == STAY_SENT;
    if (!b->asks)
        return asm_link_start(d->link, b, str_cstr(a, str_fmt(a, "%s/api/v1/guests", base)),
                              asm_guests_json(a, rows, b->ids, b->n), d->timeout_ms, e);
    struct str ids = asm_ids_text(a, b->ids, b->n);
    return asm_link_start(d->link, b, str_cstr(a, str_fmt(a, "%s/api/v1/guests/status?ids=%.*s", base, STR_ARG(ids))),
                          STR_NONE, d->timeout_ms, e);
}

/* A message that cannot be sent off leaves its guests' turns to their leases. */
static int send_one(struct dispatcher *d, const struct draft_batch *from, struct err *e)
{
    size_t free_place = 0;
    while (d->under_way[free_place])
        free_place++;
    struct dispatch_batch *b = calloc(1, sizeof(*b));
    if (!b)
        return ERR(e, ERR_INTERNAL, "no memory for a message");
    arena_init(&b->arena, BATCH_ARENA);
    int sent = send_off(d, b, from, e);
    if (sent == 0)
        d->under_way[free_place] = b;
    else
        drop(d, b);
    return sent < 0 ? -1 : 0;
}

/* *n: how many messages went off. */
static int send_due(struct dispatcher *d, struct job_run *j, size_t *n, struct err *e)
{
    size_t most = room(d);
    *n = 0;
    if (j->now.us < d->closed_until.us || most == 0 || (d->failures > 0 && most < DISPATCH_UNDER_WAY))
        return 0;
    if (d->failures > 0)
        most = 1;
    struct draft_batches *all = arena_new(j->arena, struct draft_batches);
    all->j = j;
    if (gather(d, j, most, all, e) != 0)
        return -1;
    if (all->n == 0)
        return 0;
    if (db_write_in(d->app->db, j->arena, claim_write, all, e) != 0)
        return -1;
    for (size_t i = 0; i < all->n; i++)
        if (send_one(d, &all->v[i], e) != 0)
            return -1;
    *n = all->n;
    return 0;
}

/* ---- the job ---- */

/* Rounds of sending and taking in, until nothing is due or the turn has lasted long enough. */
int stays_dispatch_job(struct job_run *j, struct err *e)
{
    const char *url = j->app->settings.asm_url;
    if (!url || !*url)
        return 0;
    struct dispatcher *d = dispatcher_of(j->app, e);
    if (!d)
        return -1;
    int64_t until = monotonic_us() + DISPATCH_TURN_MS * 1000;
    size_t sent;
    do {
        if (take_in(d, j->now, e) != 0 || send_due(d, j, &sent, e) != 0)
            return -1;
        int64_t rest = (until - monotonic_us()) / 1000;
        if (room(d) < DISPATCH_UNDER_WAY && asm_link_turn(d->link, rest > 0 ? (int)rest : 0, e) != 0)
            return -1;
        if (take_in(d, j->now, e) != 0)
            return -1;
    } while (sent > 0 && monotonic_us() < until);
    return 0;
}
