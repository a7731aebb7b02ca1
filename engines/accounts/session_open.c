/* session_open.c: from a proof to a session: the one place where sessions begin, whatever the way in. */
#include "engines/accounts/accounts_internal.h"

#include "base/json.h"
#include "platform/crypto/crypto.h"

static struct str proof_words(struct arena *a, const struct proof *shown, const struct session_limits *limits)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, a, 2048);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_int(&j, "assurance", shown->assurance);
    json_out_str(&j, "mark", limits->mark);
    json_out_str(&j, "methods", shown->methods);
    json_out_str(&j, "only", limits->only);
    json_out_end(&j);
    return buf_str(&b);
}

static int record_opening(struct req *q, struct tx *tx, const struct proof *shown, const struct session_limits *limits,
                          const struct account_row *who, struct str action, struct err *e)
{
    struct audit_record rec = audit_of(q, action);
    rec.account = who->id;
    rec.account_name = who->name;
    rec.object = str_fmt(q->arena, "login/%.*s", STR_ARG(who->login));
    rec.detail = proof_words(q->arena, shown, limits);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

/* 1 confirmed, 0 it has ended meanwhile, -1 failed. */
static int confirm(struct req *q, struct tx *tx, const struct session_insert_in *fresh, struct err *e)
{
    int64_t changed;
    struct session_confirm_in in = { .token = fresh->token, .expires_at = fresh->expires_at, .methods = fresh->methods,
                                     .assurance = fresh->assurance, .authenticated_at = fresh->authenticated_at,
                                     .only_functions = fresh->only_functions, .mark = fresh->mark,
                                     .id = q->actor->session, .account = fresh->account };
    return session_confirm(tx, &in, &changed, e) != 0 ? -1 : changed == 1;
}

int session_end_one(struct tx *tx, int64_t session, int64_t account, struct err *e)
{
    struct session_end_in in = { .now = tx_now(tx), .id = session, .account = account };
    return session_end(tx, &in, NULL, e);
}

int session_of_token(struct dbr *r, struct arena *a, struct str token, int64_t *session, struct err *e)
{
    struct session_number_row row;
    int found = session_number(r, a, &(struct session_number_in){ .token = sha256(token) }, &row, e);
    if (found == 1)
        *session = row.id;
    return found;
}

static int end_the_other(struct req *q, struct tx *tx, struct err *e)
{
    return q->actor->session == 0 ? 0 : session_end_one(tx, q->actor->session, q->actor->account, e);
}

static int ask_rules(struct req *q, struct tx *tx, const struct proof *shown, struct session_limits *out, struct err *e)
{
    for (const struct module *const *m = q->app->modules; *m; m++)
        if ((*m)->session_rule && (*m)->session_rule(q, tx, shown, out, e) != 0)
            return -1;
    return 0;
}

static struct instant earlier(struct instant a, struct instant b)
{
    return b.us != 0 && b.us < a.us ? b : a;
}

int session_open(struct req *q, struct tx *tx, const struct proof *shown, struct str *token, struct err *e)
{
    struct account_row who;
    struct session_limits limits = { 0 };
    int found = account_by_id(tx_reader(tx), q->arena, &(struct account_by_id_in){ .id = shown->account }, &who, e);
    if (found < 0)
        return -1;
    if (found == 0 || !who.active)
        return ERR_SAY(e, ERR_FORBIDDEN, MSGS("Tài khoản này đã bị khoá. Xin liên hệ người quản trị của cơ quan."), "closed account");
    if (ask_rules(q, tx, shown, &limits, e) != 0)
        return -1;
    struct str fresh = token_new(q->arena), agent = str_head(req_header(q, "user-agent"), 200);
    struct instant now = tx_now(tx);
    struct session_insert_in in = { .token = sha256(fresh), .account = who.id, .made_at = now,
                                    .expires_at = earlier((struct instant){ now.us + SESSION_HOURS * US_PER_HOUR }, limits.until),
                                    .remote = q->remote,
                                    .agent = agent.p ? agent : STR(""), .methods = shown->methods,
                                    .assurance = limits.assurance > 0 && limits.assurance < shown->assurance ? limits.assurance
                                                                                                             : shown->assurance,
                                    .authenticated_at = shown->at.us > 0 ? shown->at : now,
                                    .only_functions = limits.only, .mark = limits.mark };
    int confirmed = q->actor->account == who.id ? confirm(q, tx, &in, e) : 0;
    int64_t id;
    if (confirmed < 0 || (confirmed == 0 && (end_the_other(q, tx, e) != 0 || session_insert(tx, &in, &id, e) != 0)))
        return -1;
    *token = fresh;
    return record_opening(q, tx, shown, &limits, &who, confirmed ? STR("accounts.confirmed") : STR("accounts.signed_in"), e);
}

void session_cookie(struct req *q, struct res *s, struct str token)
{
    res_cookie(q, s, SESSION_COOKIE, token, SESSION_HOURS * 3600);
}

int sessions_end(struct tx *tx, int64_t account, int64_t keep, struct err *e)
{
    struct sessions_end_all_in in = { .now = tx_now(tx), .account = account, .keep = keep };
    return sessions_end_all(tx, &in, NULL, e);
}

int sessions_end_marked(struct tx *tx, struct str mark, struct err *e)
{
    struct sessions_end_by_mark_in in = { .now = tx_now(tx), .mark = mark };
    return sessions_end_by_mark(tx, &in, NULL, e);
}
