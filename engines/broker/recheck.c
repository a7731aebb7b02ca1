#include "engines/broker/recheck.h"

#include "engines/accounts/accounts.h"
#include "engines/audit/audit.h"
#include "gen/broker_queries.h"
#include "platform/crypto/signer.h"

#include <jansson.h>
#include <stdio.h>

enum { FORM_MAX = 16 * 1024 };

/* ---- the token in the store ---- */

static struct str about(struct arena *a, struct str issuer, struct str subject)
{
    return str_fmt(a, "broker/recheck %.*s %.*s", STR_ARG(issuer), STR_ARG(subject));
}

static int seal(struct signer *signer, struct arena *a, struct str name, struct str token, struct str *sealed, struct err *e)
{
    struct hash32 key;
    if (signer_vault_key(signer, a, name, &key, e) != 0)
        return -1;
    *sealed = secret_seal(a, &key, name, token);
    secret_wipe(&key, sizeof(key));
    return 0;
}

static int unseal(struct signer *signer, struct arena *a, struct str name, struct str sealed, struct str *token, struct err *e)
{
    struct hash32 key;
    if (signer_vault_key(signer, a, name, &key, e) != 0)
        return -1;
    bool opened = secret_open(a, &key, name, sealed, token);
    secret_wipe(&key, sizeof(key));
    return opened ? 0 : ERR(e, ERR_SIGNER, "a refresh token does not open: another vault.secret?");
}

int recheck_seal(struct req *q, const struct arrival *who, struct str *sealed, struct err *e)
{
    *sealed = STR_NONE;
    if (who->refresh.n == 0)
        return 0;
    return seal(q->signer, q->arena, about(q->arena, who->issuer, who->subject), who->refresh, sealed, e);
}

int recheck_begin(struct tx *tx, int64_t session, const struct upstream *u, struct str sealed, struct err *e)
{
    if (!u->recheck || sealed.n == 0)
        return 0;
    struct broker_recheck_put_in in = { .session = session,
                                        .upstream = u->name,
                                        .sealed = sealed,
                                        .next_at = { tx_now(tx).us + RECHECK_S * US_PER_SECOND } };
    return broker_recheck_put(tx, &in, NULL, e);
}

/* ---- one question ---- */

enum verdict { RECHECK_LATER, RECHECK_HOLDS, RECHECK_OVER };

struct asking {
    struct job_run *j;
    const struct broker_rechecks_due_row *row;
    struct upstream u;
    bool mine;
    enum verdict verdict;
    struct str sealed; /* the next token, or the same */
    char cause[64];    /* RECHECK_OVER: why */
};

static int over(struct asking *w, const char *cause)
{
    snprintf(w->cause, sizeof(w->cause), "%s", cause);
    w->verdict = RECHECK_OVER;
    return 0;
}

/* The ID token that comes with it is about the same person, from the same provider, for us (Core section 12.2). */
static int check_id_token(struct asking *w, struct str token, struct err *e)
{
    struct job_run *j = w->j;
    struct jwt t = { 0 };
    struct jwt_expect x = { .issuer = w->u.issuer,
                            .audience = w->u.client_id,
                            .now = j->now,
                            .skew_s = ARRIVAL_SKEW_S,
                            .needs_exp = true,
                            .needs_iat = true,
                            .needs_sub = true };
    if (provider_token(j->app, j->arena, &w->u, token, j->now, &t, e) != 0 || jwt_check(&t, &x, e) != 0)
        return -1;
    if (str_eq(json_str_at(t.claims, "sub"), w->row->subject))
        return 0;
    ERR(e, ERR_INPUT, "about another subject");
    snprintf(e->field, sizeof(e->field), "sub");
    return -1;
}

/* 200 with tokens, or a refusal in the provider's words; anything else says nothing about the person. */
static int judge(struct asking *w, const struct ask_answer *answer, struct str old, struct err *e)
{
    struct tokens tokens;
    struct err why = { 0 };
    if (answer->status == 400 || answer->status == 401)
        return over(w, "refused");
    if (answer->status != 200 || tokens_read(w->j->arena, answer->body, TOKENS_RENEWED, &tokens, &why) != 0)
        return 0;
    if (tokens.id.n > 0 && check_id_token(w, tokens.id, &why) != 0)
        return why.code == ERR_SOURCE ? 0 : over(w, why.field);
    w->verdict = RECHECK_HOLDS;
    return seal(w->j->app->signer, w->j->arena, about(w->j->arena, w->row->issuer, w->row->subject),
                tokens.refresh.n > 0 ? tokens.refresh : old, &w->sealed, e);
}

static int ask(struct asking *w, struct err *e)
{
    struct job_run *j = w->j;
    struct provider p;
    struct buf form;
    struct ask_answer answer;
    struct ask question = { .type = ASK_FORM };
    struct err why = { 0 };
    struct str token;
    if (unseal(j->app->signer, j->arena, about(j->arena, w->row->issuer, w->row->subject), w->row->sealed, &token, e) != 0)
        return -1;
    if (provider_find(j->app, j->arena, &w->u, j->now, &p, &why) != 0)
        return 0;
    buf_init(&form, j->arena, FORM_MAX);
    urlencode_param(&form, "grant_type", STR("refresh_token"));
    urlencode_param(&form, "refresh_token", token);
    if (client_prove(j->app, j->arena, j->now, &w->u, &form, &question.basic, e) != 0)
        return -1;
    question.url = p.token;
    question.body = buf_str(&form);
    if (form.full || provider_ask(j->app, j->arena, &w->u, j->now, &question, &answer, &why) != 0)
        return 0;
    return judge(w, &answer, token, e);
}

/* ---- the rows ---- */

static int claim_write(struct tx *tx, void *arg, struct err *e)
{
    struct asking *w = arg;
    int64_t changed;
    tx_unaudited(tx, "takes a turn at asking whether an identity still holds");
    struct broker_recheck_claim_in in = { .later = { w->j->now.us + RECHECK_LATER_S * US_PER_SECOND },
                                          .session = w->row->session,
                                          .next_at = w->row->next_at };
    if (broker_recheck_claim(tx, &in, &changed, e) != 0)
        return -1;
    w->mine = changed == 1;
    return 0;
}

static int end_session(struct tx *tx, const struct asking *w, struct err *e)
{
    struct arena *a = w->j->arena;
    struct audit_record rec = { .action = STR("broker.no_longer"),
                                .account = w->row->account,
                                .object = str_fmt(a, "upstream/%.*s", STR_ARG(w->u.name)),
                                .detail = str_fmt(a, "{\"cause\":\"%s\"}", w->cause),
                                .mode = w->u.mode };
    return session_end_one(tx, w->row->session, w->row->account, e) != 0 ||
                   broker_recheck_end(tx, &(struct broker_recheck_end_in) { .session = w->row->session }, NULL, e) != 0 ||
                   audit_write(tx, a, &rec, NULL, e) != 0
               ? -1
               : 0;
}

static int settle_write(struct tx *tx, void *arg, struct err *e)
{
    const struct asking *w = arg;
    if (w->verdict == RECHECK_OVER)
        return end_session(tx, w, e);
    tx_unaudited(tx, "notes that an identity still holds");
    struct broker_recheck_keep_in in = { .sealed = w->sealed,
                                         .next_at = { w->j->now.us + RECHECK_S * US_PER_SECOND },
                                         .session = w->row->session };
    return broker_recheck_keep(tx, &in, NULL, e);
}

static int read_due(struct job_run *j, struct broker_rechecks_due_rows *rows, struct upstream *in_force, struct err *e)
{
    struct dbr *r;
    if (db_read_in(j->db, j->arena, &r, e) != 0)
        return -1;
    struct broker_rechecks_due_in in = { .now = j->now, .most = RECHECKS_AT_ONCE };
    int result = broker_rechecks_due(r, j->arena, &in, rows, e);
    for (size_t i = 0; result == 0 && i < rows->n; i++)
        if (upstream_in_force(r, j->arena, rows->v[i].upstream, instant_day(j->now), &in_force[i], e) < 0)
            result = -1;
    db_read_end(r);
    return result;
}

int recheck_job(struct job_run *j, struct err *e)
{
    struct broker_rechecks_due_rows rows;
    struct upstream *in_force = arena_new_array(j->arena, struct upstream, RECHECKS_AT_ONCE);
    if (read_due(j, &rows, in_force, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        struct asking w = { .j = j, .row = &rows.v[i], .u = in_force[i] };
        if (db_write_in(j->db, j->arena, claim_write, &w, e) != 0)
            return -1;
        if (!w.mine || w.u.id == 0 || w.u.off)
            continue;
        if (ask(&w, e) != 0 || (w.verdict != RECHECK_LATER && db_write_in(j->db, j->arena, settle_write, &w, e) != 0))
            return -1;
    }
    return 0;
}
