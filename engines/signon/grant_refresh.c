/* grant_refresh.c: a refresh token for new tokens. Each is good once and gives the next; one that comes again ends its whole family, since
 * two now hold it (RFC 9700 section 4.14). Apps of the fapi2 profile keep theirs: it is bound to their key, and a lost reply
 * must not lose it (FAPI 2.0 section 5.3.2.1). */
#include "engines/signon/resource.h"
#include "engines/signon/shown_grant.h"

static struct shown_grant as_shown(const struct refresh_find_row *row)
{
    return (struct shown_grant) { .what = "refresh token",
                                  .client = row->client,
                                  .jkt = row->jkt,
                                  .family = row->family,
                                  .facts = { .account = row->account,
                                             .session = row->session,
                                             .hat = row->has_hat ? row->hat : 0,
                                             .acr = row->acr,
                                             .amr = row->amr,
                                             .scope = row->scope,
                                             .resource = row->resource,
                                             .claims = row->claims,
                                             .auth_at = row->auth_at },
                                  .expires_at = row->expires_at,
                                  .ended = row->has_ended_at };
}

static int find_refresh(struct req *q, struct token_act *t, struct str token, struct refresh_find_row *row, struct err *e)
{
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    if (token.n == 0)
        return oauth_refuse(e, "invalid_request", "refresh_token is missing");
    int found =
        handle_key(token, &t->shown) ? refresh_find(r, q->arena, &(struct refresh_find_in) { .key = t->shown }, row, e) : 0;
    if (found < 0)
        return -1;
    return found ? 0 : oauth_refuse(e, "invalid_grant", "no such refresh token");
}

int refresh_prepare(struct req *q, struct token_act *t, struct err *e)
{
    struct refresh_find_row row;
    struct str token = req_form(q, "refresh_token");
    if (find_refresh(q, t, token, &row, e))
        return -1;
    const struct shown_grant g = as_shown(&row);
    t->replayed = row.has_used_at && str_eq(row.client, t->c->id);
    if (!t->replayed && shown_grant_check(q, t, &g, e))
        return -1;
    shown_grant_take(t, &g);
    t->keeps_refresh = t->c->fapi2;
    if (t->replayed)
        return 0;
    if (narrow_scope(q, t, e) || resources_narrow(q, t, e))
        return -1;
    t->refresh = t->keeps_refresh ? token : handle_new(q->arena, q->now, &t->refresh_key);
    return sign_in_tokens(q, t, e);
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
