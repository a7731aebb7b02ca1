/* passkey.c: what a page says to the browser about passkeys, and whether the answer's challenge is ours. A challenge is a signed
 * ticket, so giving one writes nothing; it counts once, when its answer is taken.
 */
#include "engines/credentials/passkey.h"

#include "engines/credentials/ticket.h"
#include "gen/credentials_queries.h"

#include "base/json.h"
#include "base/rng.h"
#include "platform/crypto/crypto.h"

#include <fido.h>

#define BROWSER_COOKIE "bon_browser"
enum { CHALLENGE_S = 1800, BROWSER_S = 24 * 3600, OPTIONS_MAX = 64 * 1024 };

/* ---- whose challenge it is ---- */
static struct str holder_of_session(const struct req *q)
{
    return str_fmt(q->arena, "session %lld", (long long)q->actor->session);
}

static struct str holder_of_browser(const struct req *q)
{
    return str_fmt(q->arena, "browser %.*s", STR_ARG(req_cookie(q, BROWSER_COOKIE)));
}

static struct str holder_given(struct req *q, struct res *s)
{
    struct str known = req_cookie(q, BROWSER_COOKIE);
    if (known.n == 0) {
        known = token_new(q->arena);
        res_cookie(q, s, BROWSER_COOKIE, known, BROWSER_S);
    }
    return str_fmt(q->arena, "browser %.*s", STR_ARG(known));
}

static struct str challenge_new(struct req *q, const char *purpose, struct str holder)
{
    char chance[16];
    random_bytes(chance, sizeof(chance));
    struct str ticket = ticket_make(q, purpose, holder, (struct str){ chance, sizeof(chance) }, CHALLENGE_S);
    return str_base64url(q->arena, ticket.p, ticket.n);
}

int passkey_challenge_check(struct req *q, const struct relying_party *rp, struct str client_data, bool fresh_key, struct hash32 *ticket,
                            struct err *e)
{
    struct str challenge, chance;
    const char *type = fresh_key ? "webauthn.create" : "webauthn.get", *purpose = fresh_key ? "passkey-new" : "passkey-use";
    if (webauthn_client_data(q->arena, rp, client_data, type, &challenge, e) != 0)
        return -1;
    if (!ticket_read(q, purpose, fresh_key ? holder_of_session(q) : holder_of_browser(q), challenge, &chance))
        return ERR_SAY(e, ERR_FORM, MSGS("Trang đã mở quá lâu. Xin bấm lại nút khoá truy cập."), "the challenge is not ours or too old");
    *ticket = sha256(challenge);
    return 0;
}

int ticket_spend(struct tx *tx, const struct hash32 *ticket, struct err *e)
{
    int64_t changed;
    struct spend_in in = { .ticket = *ticket, .spent_at = tx_now(tx) };
    if (spend(tx, &in, &changed, e) != 0)
        return -1;
    return changed == 1 ? 0
                        : ERR_SAY(e, ERR_CONFLICT, MSGS("Lần xác nhận này đã được dùng. Xin bấm lại nút khoá truy cập."), "spent");
}

/* ---- what the page says ---- */
static void put_algorithms(struct json_out *j)
{
    static const int algs[] = { COSE_ES256, COSE_EDDSA, COSE_RS256 };
    json_out_array(j, "pubKeyCredParams");
    for (size_t i = 0; i < sizeof(algs) / sizeof(algs[0]); i++) {
        json_out_item_object(j);
        json_out_int(j, "alg", algs[i]);
        json_out_str(j, "type", STR("public-key"));
        json_out_end(j);
    }
    json_out_end(j);
}

static void put_known(struct req *q, struct json_out *j, const struct passkeys_of_account_rows *known)
{
    json_out_array(j, "excludeCredentials");
    for (size_t i = 0; i < known->n; i++) {
        json_out_item_object(j);
        json_out_str(j, "id", str_base64url(q->arena, known->v[i].handle.p, known->v[i].handle.n));
        json_out_str(j, "type", STR("public-key"));
        json_out_end(j);
    }
    json_out_end(j);
}

/* The authenticator gives this back with each answer; it names the account to nobody else. */
static struct str user_handle(struct arena *a, int64_t account)
{
    struct hash32 h = sha256(str_fmt(a, "bon passkey user %lld", (long long)account));
    return str_base64url(a, h.b, sizeof(h.b));
}

/* Shown at another address, the button could only fail. */
static struct str elsewhere(const struct req *q, const struct relying_party *rp)
{
    struct str host = req_header(q, "host");
    bool here = !host.p || str_ends(rp->origin, str_fmt(q->arena, "://%.*s", STR_ARG(host)));
    return here ? STR_NONE : rp->origin;
}

void passkey_offer_use(struct req *q, struct res *s, struct passkey_offer *o)
{
    struct relying_party rp;
    struct buf b;
    struct json_out j;
    *o = (struct passkey_offer){ .options = STR_NONE };
    if (!relying_party_of(q->arena, q->app->settings.base_url, &rp))
        return;
    buf_init(&b, q->arena, OPTIONS_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "challenge", challenge_new(q, "passkey-use", holder_given(q, s)));
    json_out_str(&j, "rpId", rp.id);
    json_out_str(&j, "userVerification", STR("required"));
    json_out_end(&j);
    o->options = buf_str(&b);
    o->elsewhere = elsewhere(q, &rp);
}

int passkey_offer_new(struct req *q, struct passkey_offer *o, struct err *e)
{
    struct relying_party rp;
    struct passkeys_of_account_rows known;
    struct buf b;
    struct json_out j;
    struct dbr *r = req_read(q, e);
    *o = (struct passkey_offer){ .options = STR_NONE };
    if (!r || passkeys_of_account(r, q->arena, &(struct passkeys_of_account_in){ .account = q->actor->account }, &known, e) != 0)
        return -1;
    if (!relying_party_of(q->arena, q->app->settings.base_url, &rp))
        return 0;
    buf_init(&b, q->arena, OPTIONS_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "attestation", STR("none"));
    json_out_object(&j, "authenticatorSelection");
    json_out_str(&j, "residentKey", STR("required"));
    json_out_str(&j, "userVerification", STR("required"));
    json_out_end(&j);
    json_out_str(&j, "challenge", challenge_new(q, "passkey-new", holder_of_session(q)));
    put_known(q, &j, &known);
    put_algorithms(&j);
    json_out_object(&j, "rp");
    json_out_str(&j, "id", rp.id);
    json_out_str(&j, "name", q->app->settings.site_name ? str_of(q->app->settings.site_name) : STR("bon"));
    json_out_end(&j);
    json_out_object(&j, "user");
    json_out_str(&j, "displayName", q->actor->name);
    json_out_str(&j, "id", user_handle(q->arena, q->actor->account));
    json_out_str(&j, "name", q->actor->login);
    json_out_end(&j);
    json_out_end(&j);
    o->options = buf_str(&b);
    o->elsewhere = elsewhere(q, &rp);
    return 0;
}
