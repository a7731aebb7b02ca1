#include "engines/signon/shown_grant.h"

static int refuse(struct err *e, const struct shown_grant *g, const char *why)
{
    return oauth_refuse(e, "invalid_grant", "the %s %s", g->what, why);
}

static int check_key(const struct token_act *t, const struct shown_grant *g, struct err *e)
{
    if (!g->jkt.p || str_eq(g->jkt, t->dpop.jkt))
        return 0;
    if (!t->dpop.jkt.p)
        return refuse(e, g, "is bound to a key: show a DPoP proof");
    return oauth_refuse(e, "invalid_dpop_proof", "not the key that the %s is bound to", g->what);
}

int shown_grant_check(struct req *q, const struct token_act *t, const struct shown_grant *g, struct err *e)
{
    if (!str_eq(g->client, t->c->id))
        return refuse(e, g, "is another client's");
    if (g->expires_at.us <= q->now.us)
        return refuse(e, g, "is over");
    if (g->ended)
        return refuse(e, g, "is of a sign-in that has ended, or whose consent was withdrawn");
    return check_key(t, g, e);
}

void shown_grant_take(struct token_act *t, const struct shown_grant *g)
{
    t->family = g->family;
    t->facts = g->facts;
    t->scope = g->facts.scope;
    t->resource = g->facts.resource;
}

int narrow_scope(struct req *q, struct token_act *t, struct err *e)
{
    struct str asked = req_form(q, "scope");
    if (asked.n == 0)
        return 0;
    if (!scope_covers(t->scope, asked))
        return oauth_refuse(e, "invalid_scope", "more than was given");
    t->scope = asked;
    return 0;
}

int sign_in_tokens(struct req *q, struct token_act *t, struct err *e)
{
    if (token_access(q, t, &t->facts, e))
        return -1;
    if (!scope_has(t->scope, STR("openid")))
        return 0;
    return id_token_make(q, t->c, &t->facts, t->access, &t->id_token, &t->person, e);
}

void offline_token(struct req *q, struct token_act *t)
{
    if (scope_has(t->scope, STR("offline_access")) && client_may(t->c, "refresh_token"))
        t->refresh = handle_new(q->arena, q->now, &t->refresh_key);
}
