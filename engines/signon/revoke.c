/* revoke.c: an app gives a token back (RFC 7009). A refresh token takes its whole family along. What is not known is gone already: 200. */
#include "engines/signon/endpoints.h"

#include "engines/signon/check.h"
#include "engines/signon/client_auth.h"

struct revoking {
    struct client_proof proof;
    struct hash32 key;
    int64_t family; /* of a refresh token */
    bool access;    /* key is an access token's */
};

static int find(struct req *q, struct revoking *w, struct str token, struct err *e)
{
    struct token_find_by_key_row row;
    struct refresh_find_row refresh;
    int found = token_find(q, token, &row, &w->key, e);
    if (found < 0)
        return -1;
    w->access = found == 1 && str_eq(row.client, w->proof.client->id);
    if (found == 1 || !handle_key(token, &w->key))
        return 0;
    found = refresh_find(req_read(q, e), q->arena, &(struct refresh_find_in) { .key = w->key }, &refresh, e);
    if (found == 1 && str_eq(refresh.client, w->proof.client->id))
        w->family = refresh.family;
    return found < 0 ? -1 : 0;
}

int revoke_prepare(struct req *q, struct err *e)
{
    struct revoking *w = arena_new(q->arena, struct revoking);
    q->work = w;
    if (client_authenticate(q, &w->proof, e))
        return -1;
    if (req_form(q, "token").n == 0)
        return oauth_refuse(e, "invalid_request", "token is missing");
    return find(q, w, req_form(q, "token"), e);
}

static int end(struct tx *tx, const struct revoking *w, struct err *e)
{
    const struct instant now = tx_now(tx);
    if (w->access)
        return token_end(tx, &(struct token_end_in) { .now = now, .key = w->key }, NULL, e);
    return family_end(tx, &(struct family_end_in) { .now = now, .id = w->family }, NULL, e) ||
                   family_tokens_end(tx, &(struct family_tokens_end_in) { .now = now, .family = w->family }, NULL, e)
               ? -1
               : 0;
}

int revoke_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct revoking *w = q->work;
    if (w->proof.shown && shown_once(tx, &w->proof.key, w->proof.key_until, "invalid_client", e))
        return -1;
    if (!w->access && !w->family) {
        tx_unaudited(tx, "no token of this client: nothing changes");
        return 0;
    }
    if (end(tx, w, e))
        return -1;
    struct audit_record rec = audit_of(q, STR("signon.revoked"));
    rec.object = str_fmt(q->arena, "app/%.*s", STR_ARG(w->proof.client->id));
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int revoke_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_json_secret(q, s, STR("{}"));
}
