/* pending.c: a first arrival that no account could be found for with certainty. It waits a quarter of an hour in the browser that brought
 * it; whoever signs in to an account there, and confirms, has given the proof.
 */
#include "engines/broker/pages.h"

#include "gen/broker_pages.h"
#include "platform/crypto/crypto.h"

static const struct field no_fields[] = { { .name = NULL } };
const struct form link_form = { .name = "broker_link", .fields = no_fields };

int pending_put(struct req *q, struct tx *tx, const struct upstream *u, const struct flow *f, const struct arrival *who,
                struct str token, struct err *e)
{
    struct broker_pending_insert_in in = { .token = sha256(token),
                                           .upstream = u->name,
                                           .issuer = who->issuer,
                                           .subject = who->subject,
                                           .pid = who->pid,
                                           .name = who->name,
                                           .assurance = who->level,
                                           .mode = u->mode,
                                           .started_at = f->started,
                                           .expires_at = { tx_now(tx).us + FLOW_MINUTES * US_PER_MINUTE } };
    return broker_pending_insert(tx, &in, NULL, e) != 0
               ? -1
               : link_record(q, tx, STR("broker.waits"), 0, u->name, STR_NONE, NULL, e);
}

/* 1 found and young enough, 0, -1. */
static int find(struct req *q, struct dbr *r, struct instant now, struct broker_pending_by_token_row *out, struct err *e)
{
    struct str token = req_cookie(q, PENDING_COOKIE);
    if (token.n == 0)
        return 0;
    int found =
        broker_pending_by_token(r, q->arena, &(struct broker_pending_by_token_in) { .token = sha256(token) }, out, e);
    return found == 1 && out->expires_at.us <= now.us ? 0 : found;
}

static struct str label_of(struct req *q, struct dbr *r, struct str upstream)
{
    struct upstream u;
    struct err e = { 0 };
    return upstream_in_force(r, q->arena, upstream, instant_day(q->now), &u, &e) == 1 ? u.label : upstream;
}

int pending_get(struct req *q, struct res *s, struct err *e)
{
    struct broker_pending_by_token_row row;
    struct pending_view v = { .login = q->actor->login, .key = req_form_key(q) };
    struct dbr *r = req_read(q, e);
    int found = r ? find(q, r, q->now, &row, e) : -1;
    if (found < 0)
        return -1;
    v.gone = found == 0;
    if (found == 1) {
        v.label = label_of(q, r, row.upstream);
        v.name = row.name;
        v.pid = row.pid;
    }
    struct html h = res_html(q, s);
    pending_page(&h, &v);
    return 0;
}

int pending_write(struct req *q, struct tx *tx, struct err *e)
{
    struct broker_pending_by_token_row row;
    enum link_refusal why;
    int64_t link;
    int found = find(q, tx_reader(tx), tx_now(tx), &row, e);
    if (found < 0)
        return -1;
    if (found == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Lần liên kết này đã quá 15 phút hoặc đã xong. Xin bắt đầu lại."),
                       "nothing waits");
    struct link_claim c = { .basis = "proof",
                            .upstream = row.upstream,
                            .issuer = row.issuer,
                            .subject = row.subject,
                            .name = row.name,
                            .mode = row.mode,
                            .pid = row.pid,
                            .level = (int)row.assurance,
                            .started = row.started_at };
    if (link_make(q, tx, &c, q->actor->account, &link, &why, e) != 0)
        return -1;
    req_outcome(q, str_of(link_refusal_of(why)->word));
    return why == LINK_NONE ? 0
                            : link_record(q, tx, STR("broker.refused"), q->actor->account, row.upstream, STR_NONE,
                                          link_refusal_of(why), e);
}

int pending_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    if (q->outcome.n == 0) {
        res_cookie(q, s, PENDING_COOKIE, STR(""), 0);
        return res_redirect(s, STR("/my-links?done=linked"));
    }
    for (int r = LINK_NONE + 1; r < LINK_REFUSALS_; r++) {
        const struct link_refusal_words *words = link_refusal_of((enum link_refusal)r);
        if (!str_eq(q->outcome, str_of(words->word)))
            continue;
        struct refused_view v = { .label = STR("VNeID"), .say = words->say, .again = STR("/my-links") };
        struct html h = res_html(q, s);
        s->status = words->status;
        arrival_refused(&h, &v);
    }
    return 0;
}
