/* grant_refresh.c: a refresh token for new tokens. Each is good once and gives the next; one that comes again ends its whole family, since
 * two now hold it (RFC 9700 section 4.14). Apps of the fapi2 profile keep theirs: it is bound to their key, and a lost reply
 * must not lose it (FAPI 2.0 section 5.3.2.1). */
#include "engines/signon/token.h"

static int refuse(struct err *e, const char *why)
{
    return oauth_refuse(e, "invalid_grant", "%s", why);
}

static int check_refresh(struct req *q, const struct token_act *t, const struct refresh_find_row *row, struct err *e)
{
    if (row->expires_at.us <= q->now.us)
        return refuse(e, "the refresh token is over");
    if (row->has_ended_at)
        return refuse(e, "the sign-in has ended or the consent was withdrawn");
    if (row->jkt.p && !str_eq(row->jkt, t->dpop.jkt))
        return oauth_refuse(e, "invalid_dpop_proof", "not the key that the refresh token is bound to");
    return 0;
}

/* Fewer scopes may be asked for, never more (RFC 6749 section 6). */
static int narrow(struct req *q, struct token_act *t, struct err *e)
{
    struct str asked = req_form(q, "scope"), resource = req_form(q, "resource");
    if (asked.n > 0 && !scope_covers(t->scope, asked))
        return oauth_refuse(e, "invalid_scope", "more than was given");
    if (asked.n > 0)
        t->scope = asked;
    if (resource.n > 0 && !str_eq(resource, t->resource))
        return oauth_refuse(e, "invalid_target", "resource is not the one of the request");
    return 0;
}

static void take_facts(struct token_act *t, const struct refresh_find_row *row)
{
    t->family = row->family;
    t->facts = (struct sign_in_facts) { .account = row->account,
                                        .session = row->session,
                                        .hat = row->has_hat ? row->hat : 0,
                                        .acr = row->acr,
                                        .amr = row->amr,
                                        .scope = row->scope,
                                        .resource = row->resource,
                                        .claims = row->claims,
                                        .auth_at = row->auth_at };
    t->scope = row->scope;
    t->resource = row->resource;
    t->keeps_refresh = t->c->fapi2;
}

int refresh_prepare(struct req *q, struct token_act *t, struct err *e)
{
    struct refresh_find_row row;
    struct str token = req_form(q, "refresh_token");
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    if (token.n == 0)
        return oauth_refuse(e, "invalid_request", "refresh_token is missing");
    int found =
        handle_key(token, &t->shown) ? refresh_find(r, q->arena, &(struct refresh_find_in) { .key = t->shown }, &row, e) : 0;
    if (found < 0)
        return -1;
    if (found == 0 || !str_eq(row.client, t->c->id))
        return refuse(e, found ? "the refresh token is another client's" : "no such refresh token");
    take_facts(t, &row);
    t->replayed = row.has_used_at;
    if (t->replayed)
        return 0;
    if (check_refresh(q, t, &row, e) || narrow(q, t, e) || token_access(q, t, &t->facts, e))
        return -1;
    t->refresh = t->keeps_refresh ? token : handle_new(q->arena, q->now, &t->refresh_key);
    if (!scope_has(t->scope, STR("openid")))
        return 0;
    return id_token_make(q, t->c, &t->facts, t->access, &t->id_token, &t->person, e);
}

int refresh_write(struct req *q, struct tx *tx, struct token_act *t, struct err *e)
{
    int64_t changed = 0;
    struct refresh_insert_in next = { .key = t->refresh_key,
                                      .family = t->family,
                                      .made_at = tx_now(tx),
                                      .expires_at = { tx_now(tx).us + REFRESH_S * US_PER_SECOND } };
    if (t->keeps_refresh && !t->replayed)
        return token_keep(tx, t, e);
    if (!t->replayed && refresh_use(tx, &(struct refresh_use_in) { .key = t->shown, .now = tx_now(tx) }, &changed, e))
        return -1;
    if (changed != 1) {
        token_refuse_late(t, "invalid_grant", "the refresh token was used before; its sign-in has ended");
        return family_kill(q, tx, t, "signon.refresh_replayed", e);
    }
    return token_keep(tx, t, e) || refresh_insert(tx, &next, NULL, e) ? -1 : 0;
}
