/* back.c: coming back. prepare asks the upstream and checks every word of it; write finds the account, under the door's lock, so that two
 * arrivals at once make one link; reply gives the browser its session, or says why not.
 */
#include "engines/broker/pages.h"
#include "engines/broker/recheck.h"

#include "base/rng.h"
#include "engines/accounts/accounts.h"
#include "engines/people/people.h"
#include "gen/broker_pages.h"

#include <string.h>

struct back {
    struct upstream u;
    struct flow f;
    bool knows_flow;
    struct arrival who;
    enum link_refusal known_before; /* what prepare found; write may run again and begins from it */
    enum link_refusal refused;
    struct str cause;         /* what did not stand up: err.field */
    struct str waiting_token; /* of an arrival that waits for a proof */
    struct str new_login;     /* for an account that may have to be made */
    bool waits;
    struct str session; /* token of the session that was opened */
    struct str sealed;  /* the provider's refresh token, where it is asked again */
};

/* ---- before the door ---- */

static int refuse(struct req *q, struct back *w, enum link_refusal r, const struct err *why)
{
    log_err(q->log, LOG_INFO, "broker.refused", q->id, why);
    w->known_before = w->refused = r;
    w->cause = str_dup(q->arena, str_of(why->field));
    return 0;
}

static enum link_refusal kind_of(const struct err *why)
{
    return why->code == ERR_SOURCE && why->field[0] == '\0' ? LINK_SOURCE : LINK_ANSWER;
}

/* iss of the response against the provider that was asked (RFC 9207): the answer of another one must not be taken to this one. */
static bool is_mixed_up(struct req *q, const struct upstream *u, const struct provider *p)
{
    struct str iss = req_query(q, "iss");
    return iss.p ? !str_eq(iss, u->issuer) : p->tells_issuer;
}

static int ask_provider(struct req *q, struct back *w, struct err *e)
{
    struct provider p;
    struct err why = { 0 };
    if (provider_find(q->app, q->arena, &w->u, q->now, &p, &why) != 0)
        return refuse(q, w, kind_of(&why), &why);
    if (is_mixed_up(q, &w->u, &p)) {
        ERR(&why, ERR_INPUT, "iss of the response is not %.*s", STR_ARG(w->u.issuer));
        memcpy(why.field, "iss", sizeof("iss"));
        return refuse(q, w, LINK_ANSWER, &why);
    }
    struct str error = req_query(q, "error");
    if (error.n > 0) {
        ERR(&why, ERR_SOURCE, "the provider says %.*s", STR_ARG(str_head(error, 60)));
        return refuse(q, w, str_eq(error, STR("access_denied")) ? LINK_DENIED : LINK_ANSWER, &why);
    }
    if (arrival_fetch(q, &w->u, &p, &w->f, str_or_empty(req_query(q, "code")), &w->who, &why) != 0)
        return refuse(q, w, kind_of(&why), &why);
    return w->u.recheck ? recheck_seal(q, &w->who, &w->sealed, e) : 0;
}

/* Asked before the provider is: the same address sent again and again costs it nothing. The door asks once more. */
static int is_spent(struct req *q, const struct flow *f, struct err *e)
{
    struct broker_spent_at_row row;
    struct dbr *r = req_read(q, e);
    return r ? broker_spent_at(r, q->arena, &(struct broker_spent_at_in) { .token = flow_spent(f) }, &row, e) : -1;
}

int back_prepare(struct req *q, struct err *e)
{
    struct back *w = arena_new(q->arena, struct back);
    struct err why = { 0 };
    q->work = w;
    if (upstream_asked(q, &w->u, e) != 0)
        return -1;
    if (flow_read(q, w->u.name, req_query(q, "state"), &w->f, &why) != 0)
        return refuse(q, w, LINK_STATE, &why);
    w->knows_flow = true;
    int spent = is_spent(q, &w->f, e);
    if (spent < 0)
        return -1;
    db_read_end(q->reader); /* not held while waiting for another system */
    q->reader = NULL;
    if (spent) {
        ERR(&why, ERR_CONFLICT, "this flow came back before");
        return refuse(q, w, LINK_SPENT, &why);
    }
    if (w->f.aim == FLOW_LINK && w->f.account != q->actor->account) {
        ERR(&why, ERR_CONFLICT, "the session that set out is not this one");
        return refuse(q, w, LINK_STATE, &why);
    }
    uint8_t bytes[6];
    random_bytes(bytes, sizeof(bytes));
    w->new_login = str_fmt(q->arena, "cd-%.*s", STR_ARG(str_hex(q->arena, bytes, sizeof(bytes))));
    w->waiting_token = token_new(q->arena);
    return ask_provider(q, w, e);
}

/* ---- at the door ---- */

static struct link_claim claim_of(const struct back *w, const char *basis)
{
    return (struct link_claim) { .basis = basis,
                                 .upstream = w->u.name,
                                 .issuer = w->who.issuer,
                                 .subject = w->who.subject,
                                 .name = w->who.name,
                                 .mode = w->u.mode,
                                 .pid = w->who.pid,
                                 .level = w->who.level,
                                 .started = w->f.started };
}

static int open_session(struct req *q, struct tx *tx, struct back *w, int64_t account, int64_t link, struct err *e)
{
    int64_t session;
    struct proof shown = {
        .account = account, .methods = STR("fed"), .assurance = w->who.level, .at = w->who.authenticated_at
    };
    if (session_open(q, tx, &shown, &w->session, e) != 0)
        return -1;
    int found = session_of_token(tx_reader(tx), q->arena, w->session, &session, e);
    if (found != 1)
        return found < 0 ? -1 : ERR(e, ERR_INTERNAL, "the session just opened is not there");
    struct broker_session_put_in put = { .session = session, .link = link, .sid = w->who.sid, .now = tx_now(tx) };
    return broker_session_put(tx, &put, NULL, e) != 0 ? -1 : recheck_begin(tx, session, &w->u, w->sealed, e);
}

/* Known already: the number must still be the one that was linked. A provider that gives a subject to somebody else is caught here. */
static int come_again(struct req *q, struct tx *tx, struct back *w, const struct broker_link_of_subject_row *known,
                      struct err *e)
{
    struct account who;
    int found = account_find(tx_reader(tx), q->arena, known->account, &who, e);
    if (found < 0)
        return -1;
    bool same = known->pid.v[0] == '\0' || pid_eq(&known->pid, &w->who.pid);
    w->refused = !same                                                     ? LINK_OTHER_PERSON
                 : found == 0 || !who.active                               ? LINK_CLOSED
                 : w->f.aim == FLOW_LINK && known->account != w->f.account ? LINK_TAKEN
                                                                           : LINK_NONE;
    if (w->refused != LINK_NONE)
        return link_record(q, tx, STR("broker.refused"), known->account, w->u.name, STR_NONE, link_refusal_of(w->refused),
                           e);
    struct broker_link_seen_in seen = { .now = tx_now(tx), .assurance = w->who.level, .id = known->id };
    return broker_link_seen(tx, &seen, NULL, e) != 0 ? -1 : open_session(q, tx, w, known->account, known->id, e);
}

static int link_and_open(struct req *q, struct tx *tx, struct back *w, int64_t account, const char *basis, struct err *e)
{
    int64_t link;
    struct link_claim c = claim_of(w, basis);
    if (link_make(q, tx, &c, account, &link, &w->refused, e) != 0)
        return -1;
    if (w->refused != LINK_NONE)
        return link_record(q, tx, STR("broker.refused"), account, w->u.name, STR_NONE, link_refusal_of(w->refused), e);
    return open_session(q, tx, w, account, link, e);
}

static int make_account(struct req *q, struct tx *tx, const struct back *w, int64_t person, int64_t *account, struct err *e)
{
    struct account_new in = { .login = w->new_login, .name = w->who.name, .pid = w->who.pid, .person = person };
    int64_t grant;
    if (account_create(tx, q->arena, &in, account, e) != 0)
        return -1;
    struct grant_new g = { .account = *account, .role = STR("citizen"), .from = instant_day(tx_now(tx)) };
    day_from_ymd(9999, 12, 31, &g.until);
    return grant_create(tx, &g, &grant, e) != 0
               ? -1
               : link_record(q, tx, STR("broker.joined"), *account, w->u.name, STR_NONE, NULL, e);
}

static int wait_for_proof(struct req *q, struct tx *tx, struct back *w, struct err *e)
{
    w->waits = true;
    return pending_put(q, tx, &w->u, &w->f, &w->who, w->waiting_token, e);
}

/* An account whose owner once took a link away is not linked again behind his back: he signs in to it first. */
static int was_unlinked(struct req *q, struct tx *tx, const struct back *w, int64_t account, bool *was, struct err *e)
{
    struct broker_link_last_end_row last;
    struct broker_link_last_end_in in = { .issuer = w->who.issuer, .subject = w->who.subject, .account = account };
    if (broker_link_last_end(tx_reader(tx), q->arena, &in, &last, e) < 0)
        return -1;
    *was = last.has_at;
    return 0;
}

/* First arrival. Level 2 and number, name and birth as in the register prove the number; then its one account is linked, or made. */
static int arrive(struct req *q, struct tx *tx, struct back *w, struct err *e)
{
    enum person_match match = PERSON_NO_MATCH;
    struct account owners[2];
    size_t n_owners = 0;
    int64_t person = 0, account;
    struct person_claim claim = { .pid = w->who.pid, .name = w->who.name, .born = w->who.born };
    struct dbr *r = tx_reader(tx);
    bool has_pid = w->who.pid.v[0] != '\0', unlinked = false;
    if (has_pid && (person_match(r, q->arena, &claim, &match, &person, e) != 0 ||
                    accounts_find_pid(r, q->arena, w->who.pid, owners, 2, &n_owners, e) != 0))
        return -1;
    if (match == PERSON_DEAD) {
        w->refused = LINK_DEAD;
        return link_record(q, tx, STR("broker.refused"), 0, w->u.name, STR_NONE, link_refusal_of(LINK_DEAD), e);
    }
    bool proved = match == PERSON_MATCH && w->who.level == 2 && w->who.born.day != 0;
    if (n_owners == 1 && was_unlinked(q, tx, w, owners[0].id, &unlinked, e) != 0)
        return -1;
    if (proved && n_owners == 1 && !unlinked)
        return link_and_open(q, tx, w, owners[0].id, "register", e);
    if (proved && n_owners == 0 && w->u.join)
        return make_account(q, tx, w, person, &account, e) != 0 ? -1 : link_and_open(q, tx, w, account, "joined", e);
    return wait_for_proof(q, tx, w, e);
}

static int spend(struct tx *tx, const struct back *w, bool *fresh, struct err *e)
{
    int64_t rows;
    struct broker_spend_in in = { .token = flow_spent(&w->f), .at = tx_now(tx) };
    if (broker_spend(tx, &in, &rows, e) != 0)
        return -1;
    *fresh = rows == 1;
    return 0;
}

int back_write(struct req *q, struct tx *tx, struct err *e)
{
    struct back *w = q->work;
    struct broker_link_of_subject_row known;
    bool fresh = true;
    w->refused = w->known_before;
    w->waits = false;
    if (!w->knows_flow) {
        tx_unaudited(tx, "an address that no browser of ours was sent to: nothing was asked and nothing is known");
        return 0;
    }
    if (spend(tx, w, &fresh, e) != 0)
        return -1;
    if (w->refused == LINK_NONE && !fresh)
        w->refused = LINK_SPENT;
    if (w->refused == LINK_NONE && w->who.level == 0)
        w->refused = LINK_LEVEL;
    if (w->refused != LINK_NONE)
        return link_record(q, tx, STR("broker.refused"), 0, w->u.name, w->cause, link_refusal_of(w->refused), e);
    struct broker_link_of_subject_in by = { .issuer = w->who.issuer, .subject = w->who.subject };
    int found = broker_link_of_subject(tx_reader(tx), q->arena, &by, &known, e);
    if (found < 0)
        return -1;
    if (found == 1)
        return come_again(q, tx, w, &known, e);
    return w->f.aim == FLOW_LINK ? link_and_open(q, tx, w, w->f.account, "proof", e) : arrive(q, tx, w, e);
}

/* ---- after it ---- */

int back_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    const struct back *w = q->work;
    if (w->knows_flow)
        res_cookie(q, s, FLOW_COOKIE, STR(""), 0);
    if (w->waits) {
        res_cookie(q, s, PENDING_COOKIE, w->waiting_token, FLOW_MINUTES * 60);
        return res_redirect(s, STR("/my-links/waiting"));
    }
    if (w->refused == LINK_NONE) {
        session_cookie(q, s, w->session);
        return res_redirect(s, w->f.next);
    }
    struct refused_view v = { .label = w->u.label,
                              .say = link_refusal_of(w->refused)->say,
                              .cause = w->cause,
                              .again = str_fmt(q->arena, "/sign-in/with/%.*s", STR_ARG(w->u.name)) };
    struct html h = res_html(q, s);
    s->status = link_refusal_of(w->refused)->status;
    arrival_refused(&h, &v);
    return 0;
}
