/* grant_ask.c: a program comes back for what a person has answered elsewhere (ask.h): a poll, which mostly hears "not yet". */
#include "engines/signon/ask_begin.h"
#include "engines/signon/levels.h"
#include "engines/signon/shown_grant.h"

static int find_ask(struct dbr *r, struct arena *a, const struct token_act *t, enum ask_kind kind,
                    struct ask_by_secret_row *row, struct err *e)
{
    struct ask_by_secret_in in = { .secret = t->shown, .client = t->c->id, .kind = kind };
    int found = ask_by_secret(r, a, &in, row, e);
    return found != 0 ? found : oauth_refuse(e, "invalid_grant", "no such question of this client");
}

static enum ask_answer answer_now(const struct ask_by_secret_row *row, struct instant now, int64_t *wait_s)
{
    const struct ask_poll p = { .state = (enum ask_state)row->state,
                                .expires_at = row->expires_at,
                                .polled_at = row->polled_at,
                                .wait_s = row->wait_s };
    return ask_poll_answer(&p, now, wait_s);
}

static void take_facts(struct token_act *t, const struct ask_by_secret_row *row)
{
    t->facts = (struct sign_in_facts) { .account = row->account,
                                        .session = row->session,
                                        .acr = str_of(level_name((int)row->level)),
                                        .amr = row->amr,
                                        .scope = row->scope,
                                        .resource = STR(""),
                                        .claims = STR(""),
                                        .auth_at = row->auth_at };
    t->scope = row->scope;
    t->resource = STR("");
}

/* What is slow is made ahead, when the yes is there already; what the program hears is decided at the door. */
static int prepare(struct req *q, struct token_act *t, enum ask_kind kind, const char *field, struct err *e)
{
    struct ask_by_secret_row row;
    int64_t wait_s;
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    if (!handle_key(req_form(q, field), &t->shown))
        return oauth_refuse(e, "invalid_grant", "%s is missing or none of ours", field);
    if (find_ask(r, q->arena, t, kind, &row, e) < 0)
        return -1;
    if (answer_now(&row, q->now, &wait_s) != ASK_TELL_TOKENS)
        return 0;
    take_facts(t, &row);
    offline_token(q, t);
    return sign_in_tokens(q, t, e);
}

static int keep_poll(struct tx *tx, const struct ask_by_secret_row *row, enum ask_answer answer, int64_t wait_s,
                     struct err *e)
{
    struct ask_polled_in in = { .polled_at = tx_now(tx),
                                .wait_s = wait_s,
                                .state = answer == ASK_TELL_TOKENS ? ASK_REDEEMED : row->state,
                                .id = row->id };
    return ask_polled(tx, &in, NULL, e);
}

static int tell(struct token_act *t, enum ask_answer answer)
{
    t->unrecorded = answer == ASK_TELL_PENDING || answer == ASK_TELL_SLOW_DOWN;
    return token_refuse_late(t, ask_answer_error(answer).p, "the answer to this question");
}

/* The sign-in that the yes has opened. Withdrawn meanwhile: *family stays 0. */
static int open_family(struct req *q, struct tx *tx, const struct token_act *t, int64_t *family, struct err *e)
{
    struct consent_live_row consent;
    const struct sign_in_facts *f = &t->facts;
    int found = consent_live(tx_reader(tx), q->arena,
                             &(struct consent_live_in) { .account = f->account, .client = t->c->id }, &consent, e);
    if (found < 0)
        return -1;
    if (found == 0 || !scope_covers(consent.scope, t->scope))
        return 0;
    struct family_insert_in in = { .client = t->c->id,
                                   .account = f->account,
                                   .consent = consent.id,
                                   .session = f->session,
                                   .scope = f->scope,
                                   .claims = f->claims,
                                   .resource = f->resource,
                                   .acr = f->acr,
                                   .amr = f->amr,
                                   .auth_at = f->auth_at,
                                   .made_at = tx_now(tx),
                                   .told = t->c->backchannel_uri.p == NULL };
    return family_insert(tx, &in, family, e);
}

static int write(struct req *q, struct tx *tx, struct token_act *t, enum ask_kind kind, struct err *e)
{
    struct ask_by_secret_row row;
    int64_t wait_s;
    t->family = 0; /* it may run again */
    if (find_ask(tx_reader(tx), q->arena, t, kind, &row, e) < 0)
        return -1;
    enum ask_answer answer = answer_now(&row, tx_now(tx), &wait_s);
    if (answer == ASK_TELL_TOKENS && !t->access.p)
        answer = ASK_TELL_PENDING; /* the yes came between the look and the door */
    if (answer == ASK_TELL_TOKENS && open_family(q, tx, t, &t->family, e) != 0)
        return -1;
    if (answer == ASK_TELL_TOKENS && t->family == 0)
        answer = ASK_TELL_DENIED;
    if (keep_poll(tx, &row, answer, wait_s, e) != 0)
        return -1;
    if (answer != ASK_TELL_TOKENS)
        return tell(t, answer);
    return token_keep(tx, t, e) || refresh_keep(tx, t, e) ? -1 : 0;
}

int device_grant_prepare(struct req *q, struct token_act *t, struct err *e)
{
    return prepare(q, t, ASK_DEVICE, "device_code", e);
}

int device_grant_write(struct req *q, struct tx *tx, struct token_act *t, struct err *e)
{
    return write(q, tx, t, ASK_DEVICE, e);
}

int counter_grant_prepare(struct req *q, struct token_act *t, struct err *e)
{
    return prepare(q, t, ASK_COUNTER, "auth_req_id", e);
}

int counter_grant_write(struct req *q, struct tx *tx, struct token_act *t, struct err *e)
{
    return write(q, tx, t, ASK_COUNTER, e);
}
