/* ask_answer.c: a person's yes or no to a question, whichever screen it was asked on. */
#include "engines/signon/ask_answer.h"
#include "engines/signon/ask_pages.h"
#include "engines/signon/inside.h"
#include "gen/signon_pages.h"

int ask_describe(struct req *q, struct str client, struct str scope, struct ask_view *v, struct err *e)
{
    const struct signon_client *c;
    int found = client_of(q, client, &c, e);
    if (found != 1)
        return found < 0 ? -1 : ERR(e, ERR_INTERNAL, "a question of no app: %.*s", STR_ARG(client));
    v->app = in_language(q, c->name, c->name_en);
    v->owner = c->owner;
    v->purpose = in_language(q, c->purpose, c->purpose_en);
    v->legal_basis = c->legal_basis;
    asked_scopes_of(q->arena, scope, &v->scopes);
    return 0;
}

int ask_decide_and_record(struct req *q, struct tx *tx, const struct ask_decision *d, struct err *e)
{
    int64_t changed;
    const struct actor *who = q->actor;
    struct ask_decide_in in = { .id = d->ask,
                                .state = d->agreed ? ASK_AGREED : ASK_DENIED,
                                .decided_at = tx_now(tx),
                                .account = who->account,
                                .session = who->session,
                                .level = who->assurance,
                                .amr = str_or_empty(who->methods),
                                .auth_at = who->authenticated_at };
    if (ask_decide(tx, &in, &changed, e) != 0)
        return -1;
    if (changed == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Câu hỏi này đã được trả lời hoặc đã hết hạn."), "ask %lld", (long long)d->ask);
    int64_t consent;
    if (d->agreed &&
        consent_remember(
            tx, q->arena,
            &(struct consent_given) { .account = who->account, .client = d->client, .scope = d->scope, .claims = STR("") },
            &consent, e) != 0)
        return -1;
    struct audit_record rec = audit_of(q, d->agreed ? STR("signon.ask_agreed") : STR("signon.ask_denied"));
    rec.object = str_fmt(q->arena, "app/%.*s", STR_ARG(d->client));
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int ask_level_suffices(const struct req *q, int64_t wanted, struct err *e)
{
    if (q->actor->assurance >= wanted)
        return 0;
    return ERR(e, ERR_STEP_UP, "level %d, wanted %lld", q->actor->assurance, (long long)wanted);
}

int ask_answered_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct html h = res_html(q, s);
    ask_answered(&h, str_eq(req_form(q, "say"), STR("yes")));
    return 0;
}
