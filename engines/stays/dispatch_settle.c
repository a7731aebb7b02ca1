/* dispatch_settle.c: what one message came to, as rows: every try is written down, whatever came of it. */
#include "engines/stays/dispatch.h"

/* ---- what was answered ---- */

struct settling {
    struct dispatcher *d;
    struct dispatch_batch *b;
    struct str mode;
    bool failed; /* the whole message */
    bool slow;
};

static void judge_guest(struct dispatch_batch *b, struct outbox_message *m, const struct asm_result *r)
{
    m->why = STR("");
    switch (r->state) {
    case ASM_ACCEPTED:
        m->result = OUTBOX_TAKEN;
        return;
    case ASM_REFUSED:
        m->result = OUTBOX_NEVER;
        m->why = str_fmt(&b->arena, "%.*s %.*s", STR_ARG(r->code), STR_ARG(r->reason));
        return;
    case ASM_PENDING:
        m->result = OUTBOX_ASK;
        return;
    case ASM_CONTRADICTION:
    case ASM_UNTOLD:
        break;
    }
    m->result = OUTBOX_AGAIN;
    m->why = r->state == ASM_CONTRADICTION ? STR("two answers that disagree")
             : b->asks                     ? STR("the other side does not know this guest")
                                           : STR("the answer does not name this guest");
}

static void judge_failed(struct settling *w, struct str why)
{
    w->failed = true;
    for (size_t i = 0; i < w->b->n; i++) {
        w->b->messages[i].result = OUTBOX_AGAIN;
        w->b->messages[i].why = why;
    }
}

/* 200 with results; 202: taken, ask later. All else is a failure. */
static int read_answer(const struct settling *w, long *status, struct asm_answer *out, struct err *e)
{
    struct dispatch_batch *b = w->b;
    struct ask_answer said;
    struct err shape = { 0 };
    if (ask_take(b->way, &said, e) != 0)
        return -1;
    if (said.status != 200 && (said.status != 202 || b->asks))
        return ERR(e, ERR_SOURCE, "HTTP %ld", said.status);
    if (asm_answer_read(&b->arena, said.body, b->ids, b->n, out, &shape) != 0)
        return ERR(e, ERR_SOURCE, "HTTP %ld: %s", said.status, shape.detail);
    *status = said.status;
    return 0;
}

static void judge(struct settling *w)
{
    struct dispatch_batch *b = w->b;
    struct asm_answer answer;
    struct err why = { 0 };
    long status = 0;
    w->slow = ask_was_slow(b->way);
    if (read_answer(w, &status, &answer, &why) != 0) {
        judge_failed(w, str_fmt(&b->arena, "%.150s", why.detail));
        return;
    }
    if (answer.simulated)
        w->mode = STR("MÔ PHỎNG");
    for (size_t i = 0; i < b->n; i++) {
        if (status == 202)
            answer.results[i].state = ASM_PENDING;
        judge_guest(b, &b->messages[i], &answer.results[i]);
    }
}

/* ---- rows ---- */

static int hold(struct tx *tx, const struct outbox_message *m, struct instant now, struct instant until, bool *held,
                struct err *e)
{
    int64_t changed;
    struct stay_turn_hold_in in = { .guest = m->id, .tries = m->tries, .now = now, .until = until };
    if (stay_turn_hold(tx, &in, &changed, e) != 0)
        return -1;
    *held = changed == 1;
    return 0;
}

static int note_try(struct tx *tx, const struct settling *w, const struct outbox_message *m, struct instant now,
                    const char *outcome, struct err *e)
{
    struct stay_dispatch_insert_in in = {
        .guest = m->id, .at = now, .attempt = m->tries + 1, .outcome = str_of(outcome), .note = m->why, .mode = w->mode
    };
    return stay_dispatch_insert(tx, &in, NULL, e);
}

/* A void stays void: what the other side answered to it stands in the row of the try. */
static int settle_state(struct tx *tx, const struct outbox_message *m, enum stay_state state, struct err *e)
{
    const struct dispatch_guest *g = m->row;
    struct stay_guest_settle_in in = { .state = state, .state_note = m->why, .id = m->id, .revision = g->revision };
    return g->state == STAY_VOID ? 0 : stay_guest_settle(tx, &in, NULL, e);
}

static int over(struct tx *tx, const struct outbox_message *m, struct err *e)
{
    const struct dispatch_guest *g = m->row;
    struct stay_turn_done_in in = { .guest = m->id, .attempts = m->tries + 1, .revision = g->revision };
    return stay_turn_done(tx, &in, NULL, e);
}

static int settle(struct tx *tx, void *self, const struct outbox_message *m, struct instant now, struct instant again,
                  struct err *e)
{
    const struct settling *w = self;
    struct stay_turn_again_in later = { .next_at = again, .guest = m->id, .attempts = m->tries + 1 };
    switch (m->result) {
    case OUTBOX_TAKEN:
        return note_try(tx, w, m, now, "accepted", e) || settle_state(tx, m, STAY_ACCEPTED, e) || over(tx, m, e) ? -1 : 0;
    case OUTBOX_NEVER:
        return note_try(tx, w, m, now, "refused", e) || settle_state(tx, m, STAY_REFUSED, e) || over(tx, m, e) ? -1 : 0;
    case OUTBOX_ASK:
        return (!w->b->asks && note_try(tx, w, m, now, "sent", e)) || settle_state(tx, m, STAY_SENT, e) ||
                       stay_turn_again(tx, &later, NULL, e)
                   ? -1
                   : 0;
    case OUTBOX_AGAIN:
    case OUTBOX_LATER:
        break;
    }
    return note_try(tx, w, m, now, w->slow ? "slow" : "error", e) || stay_turn_again(tx, &later, NULL, e) ? -1 : 0;
}

/* Never given up: the law wants every guest declared. */
static int64_t wait_us(void *self, const struct outbox_message *m)
{
    struct rng *r = &((struct settling *)self)->d->rng;
    int64_t attempt = m->tries + 1;
    if (m->result != OUTBOX_ASK)
        return dispatch_backoff_us(r, attempt);
    return attempt < 4 ? DISPATCH_ASK_S * US_PER_SECOND : dispatch_backoff_us(r, attempt - 2);
}

const struct outbox stays_outbox = {
    .hold_us = DISPATCH_HOLD_S * US_PER_SECOND,
    .hold = hold,
    .settle = settle,
    .wait_us = wait_us,
    .why_unaudited = "moves on what a declaration has recorded; each try is a row of stay_dispatch",
};

/* ---- one message ---- */

static void tell_pages(struct dispatcher *d, const struct dispatch_batch *b)
{
    for (size_t i = 0; i < b->n; i++)
        if (i == 0 || !unit_code_eq(&b->guests[i].unit, &b->guests[i - 1].unit))
            stays_changed(d->app, &b->guests[i].unit);
}

int dispatch_settle(struct dispatcher *d, struct job_run *j, struct dispatch_batch *b, struct err *e)
{
    struct settling w = { .d = d, .b = b, .mode = str_of(d->app->settings.mode) };
    judge(&w);
    if (outbox_settle(j, &stays_outbox, &w, b->messages, b->n, e) != 0)
        return -1;
    /* A service that is down is not asked about every guest: one message at a time until it answers again. */
    d->failures = w.failed ? d->failures + 1 : 0;
    d->closed_until.us = w.failed ? j->now.us + dispatch_backoff_us(&d->rng, d->failures) : 0;
    tell_pages(d, b);
    return 0;
}
