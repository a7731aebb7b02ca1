/* dispatch_settle.c: what one message came to, as rows: every try is written down, whatever came of it. */
#include "engines/stays/dispatch.h"

#include <string.h>

struct settling {
    struct dispatcher *d;
    struct dispatch_batch *b;
    struct instant now;
    struct asm_answer answer;
    struct str mode;
    struct str failure; /* the whole message failed: why; else none */
    bool slow;
};

static int try_again(struct tx *tx, const struct settling *w, const struct dispatch_guest *g, int64_t in_us, struct err *e)
{
    struct stay_turn_again_in in = { .next_at = { w->now.us + in_us }, .guest = g->id, .attempts = g->attempt };
    return stay_turn_again(tx, &in, NULL, e);
}

static int note_try(struct tx *tx, const struct settling *w, const struct dispatch_guest *g, const char *outcome,
                    struct str note, struct err *e)
{
    struct stay_dispatch_insert_in in = { .guest = g->id,
                                          .at = w->now,
                                          .attempt = g->attempt,
                                          .outcome = str_of(outcome),
                                          .note = note.p ? note : STR(""),
                                          .mode = w->mode };
    return stay_dispatch_insert(tx, &in, NULL, e);
}

static int failed(struct tx *tx, const struct settling *w, const struct dispatch_guest *g, struct str why, struct err *e)
{
    int64_t wait = dispatch_backoff_us(&w->d->rng, g->attempt);
    return note_try(tx, w, g, w->slow ? "slow" : "error", why, e) != 0 || try_again(tx, w, g, wait, e) != 0 ? -1 : 0;
}

static int ended(struct tx *tx, const struct settling *w, const struct dispatch_guest *g, enum stay_state state,
                 struct str note, struct err *e)
{
    struct stay_guest_settle_in guest = { .state = state, .state_note = note, .id = g->id, .revision = g->revision };
    struct stay_turn_done_in turn = { .guest = g->id, .attempts = g->attempt, .revision = g->revision };
    if (note_try(tx, w, g, state == STAY_ACCEPTED ? "accepted" : "refused", note, e) != 0)
        return -1;
    /* A void stays void: the row only says what the other side answered to it. */
    if (g->state != STAY_VOID && stay_guest_settle(tx, &guest, NULL, e) != 0)
        return -1;
    return stay_turn_done(tx, &turn, NULL, e);
}

static int pending(struct tx *tx, const struct settling *w, const struct dispatch_guest *g, struct err *e)
{
    struct stay_guest_settle_in guest = { .state = STAY_SENT, .state_note = STR(""), .id = g->id, .revision = g->revision };
    if (!w->b->asks && note_try(tx, w, g, "sent", STR_NONE, e) != 0)
        return -1;
    if (g->state != STAY_VOID && stay_guest_settle(tx, &guest, NULL, e) != 0)
        return -1;
    int64_t wait = g->attempt < 4 ? DISPATCH_ASK_S * US_PER_SECOND : dispatch_backoff_us(&w->d->rng, g->attempt - 2);
    return try_again(tx, w, g, wait, e);
}

static int settle_guest(struct tx *tx, struct settling *w, size_t i, struct err *e)
{
    const struct dispatch_guest *g = &w->b->guests[i];
    if (w->failure.p)
        return failed(tx, w, g, w->failure, e);
    const struct asm_result *r = &w->answer.results[i];
    switch (r->state) {
    case ASM_ACCEPTED:
        return ended(tx, w, g, STAY_ACCEPTED, STR(""), e);
    case ASM_REFUSED:
        return ended(tx, w, g, STAY_REFUSED, str_fmt(&w->b->arena, "%.*s %.*s", STR_ARG(r->code), STR_ARG(r->reason)), e);
    case ASM_PENDING:
        return pending(tx, w, g, e);
    case ASM_CONTRADICTION:
        return failed(tx, w, g, STR("two answers that disagree"), e);
    case ASM_UNTOLD:
        break;
    }
    return w->b->asks ? failed(tx, w, g, STR("the other side does not know this guest"), e)
                      : failed(tx, w, g, STR("the answer does not name this guest"), e);
}

static int settle_write(struct tx *tx, void *arg, struct err *e)
{
    struct settling *w = arg;
    for (size_t i = 0; i < w->b->n; i++)
        if (settle_guest(tx, w, i, e) != 0)
            return -1;
    tx_unaudited(tx, "moves on what a declaration has recorded; each try is a row of stay_dispatch");
    return 0;
}

/* 200 with results; 202: taken, ask later. All else is a failure. */
static void read_answer(struct settling *w)
{
    struct dispatch_batch *b = w->b;
    struct err why = { 0 };
    if (b->status == 200 && asm_answer_read(&b->arena, buf_str(&b->answer), b->ids, b->n, &w->answer, &why) == 0)
        return;
    if (b->status == 202 && !b->asks &&
        asm_answer_read(&b->arena, buf_str(&b->answer), b->ids, b->n, &w->answer, &why) == 0) {
        for (size_t i = 0; i < b->n; i++)
            w->answer.results[i].state = ASM_PENDING;
        return;
    }
    w->slow = b->timed_out;
    if (b->status == 0)
        w->failure = str_fmt(&b->arena, "%s", b->failure);
    else if (why.code != ERR_NONE)
        w->failure = str_fmt(&b->arena, "HTTP %ld: %s", b->status, why.detail);
    else
        w->failure = str_fmt(&b->arena, "HTTP %ld", b->status);
}

static void tell_pages(struct dispatcher *d, const struct dispatch_batch *b)
{
    for (size_t i = 0; i < b->n; i++)
        if (i == 0 || !unit_code_eq(&b->guests[i].unit, &b->guests[i - 1].unit))
            stays_changed(d->app, &b->guests[i].unit);
}

int dispatch_settle(struct dispatcher *d, struct dispatch_batch *b, struct instant now, struct err *e)
{
    struct settling w = { .d = d, .b = b, .now = now, .mode = str_of(d->app->settings.mode) };
    read_answer(&w);
    if (w.answer.simulated)
        w.mode = STR("MÔ PHỎNG");
    if (db_write(d->app->db, settle_write, &w, e) != 0)
        return -1; /* the turns' leases run out and they are tried again, under the same ids */
    /* A service that is down is not asked about every guest: one message at a time until it answers again. */
    d->failures = w.failure.p ? d->failures + 1 : 0;
    d->closed_until.us = w.failure.p ? now.us + dispatch_backoff_us(&d->rng, d->failures) : 0;
    tell_pages(d, b);
    return 0;
}
