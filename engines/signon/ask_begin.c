#include "engines/signon/ask_begin.h"
#include "engines/signon/levels.h"
#include "engines/signon/state.h"
#include "platform/crypto/crypto.h"

#include <arpa/inet.h>

/* A culture house has a handful of screens; each asks anew when its code has run out. */
enum { ASKS_OF_SOURCE = 20, ASKS_WINDOW_S = 600 };

/* acr_values is a list of wishes; the strictest that we know is the least that the answering session must have shown. */
static int level_wanted(struct req *q)
{
    struct str rest = req_form(q, "acr_values"), word;
    int least = 0;
    while (rest.n > 0 && str_cut(&rest, ' ', &word))
        least = level_named(word) > least ? level_named(word) : least;
    return least;
}

int ask_begin(struct req *q, struct ask_begun *w, struct str grant, struct err *e)
{
    if (client_authenticate(q, &w->proof, e) != 0)
        return -1;
    const struct signon_client *client = w->proof.client;
    if (!str_list_has(&client->grants, grant))
        return oauth_refuse(e, "unauthorized_client", "the client is not registered for %.*s", STR_ARG(grant));
    w->scope = scope_within(q->arena, req_form(q, "scope"), &client->scopes);
    if (!scope_has(w->scope, STR("openid")))
        return oauth_refuse(e, "invalid_scope", "openid is missing, or the client may not ask for it");
    w->assurance = level_wanted(q);
    w->handle = handle_new(q->arena, q->now, &w->key);
    return 0;
}

/* ---- how often one source may ask ---- */

/* A home, or a server behind a proxy that names it: an IPv6 network is handed out by the /64. */
static struct hash32 source_of(struct req *q)
{
    struct in6_addr six;
    const struct str salt = signon_state(q->app)->salt;
    struct str from = q->remote;
    if (inet_pton(AF_INET6, str_cstr(q->arena, q->remote), &six) == 1)
        from = str_dup(q->arena, (struct str) { (const char *)&six, 8 });
    return hmac_sha256(salt, str_fmt(q->arena, "asks from %.*s", STR_ARG(str_hex(q->arena, from.p, from.n))));
}

/* Whoever has no secret to lose may ask as anybody; one who has is known, and answers for it. */
static bool is_rated(const struct ask_begun *w)
{
    return w->proof.client->auth == CLIENT_AUTH_NONE;
}

static int refuse_a_flood(struct req *q, struct tx *tx, struct hash32 source, struct err *e)
{
    struct asks_from_row row;
    struct asks_from_in in = { .source = source, .since = { tx_now(tx).us - ASKS_WINDOW_S * US_PER_SECOND } };
    if (asks_from(tx_reader(tx), q->arena, &in, &row, e) < 0)
        return -1;
    return row.n < ASKS_OF_SOURCE ? 0 : ERR(e, ERR_RATE, "%lld questions from one source", (long long)row.n);
}

int ask_keep(struct req *q, struct tx *tx, const struct ask_begun *w, struct err *e)
{
    struct instant now = tx_now(tx);
    struct ask_insert_in in = { .kind = w->kind,
                                .client = w->proof.client->id,
                                .secret = w->key,
                                .user_code = w->user_code,
                                .has_account = w->account != 0,
                                .account = w->account,
                                .scope = w->scope,
                                .message = w->message,
                                .assurance = w->assurance,
                                .made_at = now,
                                .expires_at = { now.us + w->lives_s * US_PER_SECOND },
                                .wait_s = ASK_WAIT_S,
                                .state = ASK_WAITING,
                                .has_source = is_rated(w) };
    int64_t id;
    if (in.has_source) {
        in.source = source_of(q);
        if (refuse_a_flood(q, tx, in.source, e) != 0)
            return -1;
    }
    if (w->proof.shown && shown_once(tx, &w->proof.key, w->proof.key_until, "invalid_client", e) != 0)
        return -1;
    if (ask_insert(tx, &in, &id, e) != 0)
        return -1;
    struct audit_record rec = audit_of(q, w->kind == ASK_DEVICE ? STR("signon.device_asked") : STR("signon.counter_asked"));
    rec.object = str_fmt(q->arena, "app/%.*s", STR_ARG(w->proof.client->id));
    return audit_write(tx, q->arena, &rec, NULL, e);
}
