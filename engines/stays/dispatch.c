/* dispatch.c: the job. Each turn: take in what came back, take what is due, send it, wait a moment. */
#include "engines/stays/dispatch.h"

#include <stdlib.h>
#include <string.h>

enum { BATCH_ARENA = 4 << 20, BACKOFF_FIRST_S = 2, BACKOFF_MOST_S = 600 };

int64_t dispatch_backoff_us(struct rng *r, int64_t attempt)
{
    int64_t us = outbox_doubled_us(attempt, BACKOFF_FIRST_S, BACKOFF_MOST_S), quarter = us / 4;
    return us - quarter + (int64_t)rng_below(r, (uint32_t)(2 * quarter));
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
    if (asks_open(&app->arena, &d->asks, e) != 0)
        return NULL;
    return state->dispatcher = d;
}

static void drop(struct dispatch_batch *b)
{
    ask_drop(b->way);
    arena_release(&b->arena);
    free(b);
}

void dispatcher_free(struct dispatcher *d)
{
    if (!d)
        return;
    for (size_t i = 0; i < DISPATCH_UNDER_WAY; i++)
        if (d->under_way[i])
            drop(d->under_way[i]);
    asks_close(d->asks);
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

static int take_in(struct dispatcher *d, struct job_run *j, struct err *e)
{
    int result = 0;
    for (size_t i = 0; i < DISPATCH_UNDER_WAY; i++) {
        struct dispatch_batch *b = d->under_way[i];
        if (!b || !ask_came(b->way))
            continue;
        d->under_way[i] = NULL;
        if (dispatch_settle(d, j, b, e) != 0)
            result = -1;
        drop(b);
    }
    return result;
}

/* ---- what is due ---- */

/* Guests of one facility, all to be declared or all to be asked about. */
struct draft {
    struct outbox_message *guests[ASM_GUESTS_MAX];
    size_t n;
};
struct drafts {
    struct outbox_message guests[DISPATCH_LOOK_AT]; /* row: struct stay_out_row */
    size_t n_guests;
    struct draft v[DISPATCH_UNDER_WAY];
    size_t n;
};

static const struct stay_out_row *row_of(const struct outbox_message *m)
{
    return m->row;
}

static bool belongs(const struct draft *d, const struct stay_out_row *row)
{
    const struct stay_out_row *first = row_of(d->guests[0]);
    return d->n < ASM_GUESTS_MAX && first->facility == row->facility &&
           (first->state == STAY_SENT) == (row->state == STAY_SENT);
}

/* Into the message of its facility, or into a new one. What finds no place is due again in the next round. */
static void place(struct drafts *all, size_t most, struct stay_out_row *row, int64_t tries)
{
    size_t i = 0;
    while (i < all->n && !belongs(&all->v[i], row))
        i++;
    if (i == most)
        return;
    if (i == all->n)
        all->n++;
    struct outbox_message *m = &all->guests[all->n_guests++];
    *m = (struct outbox_message) { .id = row->id, .tries = tries, .row = row };
    all->v[i].guests[all->v[i].n++] = m;
}

struct gathering {
    struct job_run *j;
    struct dbr *r;
    size_t messages; /* at most */
    struct drafts *all;
};

static int gather_one(struct gathering *g, int64_t guest, int64_t tries, struct err *e)
{
    struct stay_out_row *row = arena_new(g->j->arena, struct stay_out_row);
    int got = stay_out(g->r, g->j->arena, &(struct stay_out_in) { .id = guest }, row, e);
    if (got == 1)
        place(g->all, g->messages, row, tries);
    return got < 0 ? -1 : 0;
}

/* Those that were tried before come first. */
static int gather_most(struct gathering *g, int64_t most, struct err *e)
{
    struct stay_turns_due_rows due;
    struct stay_turns_fresh_rows fresh = { 0 };
    if (stay_turns_due(g->r, g->j->arena, &(struct stay_turns_due_in) { .now = g->j->now, .most = most }, &due, e) != 0)
        return -1;
    int64_t left = most - (int64_t)due.n;
    if (left > 0 && stay_turns_fresh(g->r, g->j->arena, &(struct stay_turns_fresh_in) { .most = left }, &fresh, e) != 0)
        return -1;
    for (size_t i = 0; i < due.n; i++)
        if (gather_one(g, due.v[i].guest, due.v[i].attempts, e) != 0)
            return -1;
    for (size_t i = 0; i < fresh.n; i++)
        if (gather_one(g, fresh.v[i].guest, 0, e) != 0)
            return -1;
    return 0;
}

static int gather(struct dispatcher *d, struct gathering *g, struct err *e)
{
    if (db_read_in(d->app->db, g->j->arena, &g->r, e) != 0)
        return -1;
    int result = gather_most(g, d->failures > 0 ? ASM_GUESTS_MAX : DISPATCH_LOOK_AT, e);
    db_read_end(g->r);
    return result;
}

/* ---- messages ---- */

/* Only what is held. What lasts beyond this turn of the job is copied. */
static size_t fill(struct dispatch_batch *b, const struct draft *from, const struct stay_out_row **rows)
{
    for (size_t i = 0; i < from->n; i++) {
        const struct outbox_message *m = from->guests[i];
        const struct stay_out_row *row = row_of(m);
        if (!m->held)
            continue;
        rows[b->n] = row;
        b->ids[b->n] = asm_id_of(row->code, row->id, row->made_at);
        b->guests[b->n] =
            (struct dispatch_guest) { .revision = row->revision, .state = (enum stay_state)row->state, .unit = row->unit };
        b->messages[b->n] = *m;
        b->messages[b->n].row = &b->guests[b->n];
        b->n++;
    }
    return b->n;
}

static int send_off(struct dispatcher *d, struct dispatch_batch *b, const struct draft *from, struct err *e)
{
    struct arena *a = &b->arena;
    const struct stay_out_row *rows[ASM_GUESTS_MAX];
    const char *base = d->app->settings.asm_url;
    if (fill(b, from, rows) == 0)
        return 1;
    b->asks = b->guests[0].state == STAY_SENT;
    struct ask ask = { .timeout_ms = d->timeout_ms, .connect_ms = DISPATCH_CONNECT_MS, .most = ASM_ANSWER_MAX };
    if (b->asks) {
        ask.url = str_fmt(a, "%s/api/v1/guests/status?ids=%.*s", base, STR_ARG(asm_ids_text(a, b->ids, b->n)));
    } else {
        ask.url = str_fmt(a, "%s/api/v1/guests", base);
        ask.body = asm_guests_json(a, rows, b->ids, b->n);
    }
    return asks_start(d->asks, a, &ask, &b->way, e);
}

/* A message that cannot be sent off leaves its guests until they are held no more. */
static int send_one(struct dispatcher *d, const struct draft *from, struct err *e)
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
        drop(b);
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
    struct drafts *all = arena_new(j->arena, struct drafts);
    if (gather(d, &(struct gathering) { .j = j, .messages = most, .all = all }, e) != 0)
        return -1;
    if (all->n == 0)
        return 0;
    if (outbox_hold(j, &stays_outbox, all->guests, all->n_guests, e) != 0)
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
        if (take_in(d, j, e) != 0 || send_due(d, j, &sent, e) != 0)
            return -1;
        int64_t rest = (until - monotonic_us()) / 1000;
        if (room(d) < DISPATCH_UNDER_WAY && asks_turn(d->asks, rest > 0 ? (int)rest : 0, e) != 0)
            return -1;
        if (take_in(d, j, e) != 0)
            return -1;
    } while (sent > 0 && monotonic_us() < until);
    return 0;
}
