/* passkey_use.c: signing in, or confirming, with a passkey alone: something one has, unlocked by something one knows or is. */
#include "engines/credentials/credentials_pages.h"
#include "engines/credentials/passkey.h"
#include "engines/credentials/throttle.h"
#include "gen/credentials_queries.h"

struct passkey_use {
    struct guess guess;
    int64_t wait_s;
    struct hash32 ticket;
    struct passkey_by_handle_row row;
    struct passkey_kept now;
    bool known;     /* row is filled */
    bool good;      /* and it is that passkey */
    struct err why; /* otherwise */
    struct str token;
};

enum { PACKED_MOST = 12 * 1024 };

static const struct field passkey_use_fields[] = {
    { .name = "handle", .type = FIELD_HIDDEN, .required = true, .max = 1400, .label = MSG("Khoá truy cập") },
    { .name = "client_data", .type = FIELD_HIDDEN, .required = true, .max = PACKED_MOST, .label = MSG("Khoá truy cập") },
    { .name = "auth_data", .type = FIELD_HIDDEN, .required = true, .max = PACKED_MOST, .label = MSG("Khoá truy cập") },
    { .name = "signature", .type = FIELD_HIDDEN, .required = true, .max = 2000, .label = MSG("Khoá truy cập") },
    { .name = "next", .type = FIELD_HIDDEN, .max = 4000, .label = MSG("Trang tiếp theo") },
    { .name = NULL },
};
const struct form passkey_use_form = { .name = "passkey_use", .fields = passkey_use_fields };

struct str passkey_methods(const struct passkey_kept *k)
{
    return k->synced ? STR("swk user mfa") : STR("hwk user mfa");
}

/* 0 checked, w->good says how; -1: the store failed. */
static int check(struct req *q, struct dbr *r, struct passkey_use *w, struct err *e)
{
    struct relying_party rp;
    struct str handle, client_data, auth_data, signature;
    if (!relying_party_of(q->arena, q->app->settings.base_url, &rp) || !str_unbase64url(q->arena, req_form(q, "handle"), &handle) ||
        !str_unbase64url(q->arena, req_form(q, "client_data"), &client_data) ||
        !str_unbase64url(q->arena, req_form(q, "auth_data"), &auth_data) ||
        !str_unbase64url(q->arena, req_form(q, "signature"), &signature)) {
        ERR(&w->why, ERR_FORM, "no base64url, or an address without passkeys");
        return 0;
    }
    int found = passkey_by_handle(r, q->arena, &(struct passkey_by_handle_in){ .handle = handle }, &w->row, e);
    if (found < 0)
        return -1;
    w->known = found == 1;
    if (!w->known) {
        ERR_SAY(&w->why, ERR_FORM, MSGS("Khoá truy cập này chưa được thêm ở đây, hoặc đã bị gỡ. Xin đăng nhập cách khác."), "unknown");
        return 0;
    }
    struct passkey_kept kept = { (int)w->row.alg, w->row.public_key, (uint32_t)w->row.sign_count, w->row.synced };
    w->good = passkey_challenge_check(q, &rp, client_data, false, &w->ticket, &w->why) == 0 &&
              webauthn_assertion(&rp, client_data, auth_data, signature, &kept, &w->now, &w->why) == 0;
    return 0;
}

int passkey_use_prepare(struct req *q, struct err *e)
{
    struct passkey_use *w = arena_new(q->arena, struct passkey_use);
    struct dbr *r = req_read(q, e);
    q->work = w;
    w->guess = guess_of(q, 0, STR("passkey"));
    if (!r || guess_wait_s(q, r, &w->guess, &w->wait_s, e) != 0)
        return -1;
    return w->wait_s > 0 ? 0 : check(q, r, w, e);
}

static int record_refusal(struct req *q, struct tx *tx, const struct passkey_use *w, struct err *e)
{
    struct audit_record rec = audit_of(q, STR("credentials.passkey_refused"));
    if (w->known)
        rec.object = str_fmt(q->arena, "login/%.*s", STR_ARG(w->row.login));
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int passkey_use_write(struct req *q, struct tx *tx, struct err *e)
{
    struct passkey_use *w = q->work;
    int64_t changed;
    if (w->wait_s > 0) {
        tx_unaudited(tx, "a try that came too early was not checked");
        return 0;
    }
    if (!w->good)
        return guess_wrong(tx, &w->guess, e) != 0 ? -1 : record_refusal(q, tx, w, e);
    struct passkey_used_in used = { .sign_count = w->now.sign_count, .synced = w->now.synced, .now = tx_now(tx), .id = w->row.id };
    struct proof shown = { .account = w->row.account, .methods = passkey_methods(&w->now), .assurance = 2 };
    if (ticket_spend(tx, &w->ticket, e) != 0 || passkey_used(tx, &used, &changed, e) != 0)
        return -1;
    if (changed == 0)
        return ERR(e, ERR_CONFLICT, "the counter was overtaken by another answer of the same key");
    return guess_right(tx, &w->guess, e) != 0 ? -1 : session_open(q, tx, &shown, &w->token, e);
}

int passkey_use_reply(struct req *q, struct res *s, struct err *e)
{
    const struct passkey_use *w = q->work;
    if (w->wait_s > 0) {
        s->status = 429;
        return sign_in_page(q, s, wait_sentence(q, w->wait_s), e);
    }
    if (!w->good) {
        s->status = 401;
        return sign_in_page(q, s, tr(q->lang, err_sentence(&w->why)), e);
    }
    return second_done(q, s, w->row.account, w->token);
}
