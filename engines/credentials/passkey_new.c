/* passkey_new.c: adding and removing one's own passkeys. */
#include "engines/credentials/new_factor.h"
#include "engines/credentials/passkey.h"
#include "engines/credentials/throttle.h"
#include "gen/credentials_pages.h"
#include "gen/credentials_queries.h"

struct addition {
    struct hash32 ticket;
    struct str handle;
    struct passkey_kept key;
    struct new_factor added;
};

enum { PASSKEYS_MOST = 10, PACKED_MOST = 12 * 1024 };

static const struct field passkey_fields[] = {
    { .name = "name", .type = FIELD_TEXT, .required = true, .max = 60, .label = MSG("Tên gợi nhớ"),
      .help = MSG("Để sau này biết khoá nào ở thiết bị nào: “Điện thoại của tôi”, “Khoá USB ở cơ quan”") },
    { .name = "client_data", .type = FIELD_HIDDEN, .required = true, .max = PACKED_MOST, .label = MSG("Khoá truy cập") },
    { .name = "attestation", .type = FIELD_HIDDEN, .required = true, .max = PACKED_MOST, .label = MSG("Khoá truy cập") },
    { .name = NULL },
};
const struct form passkey_form = { .name = "passkey", .fields = passkey_fields };

int passkey_get(struct req *q, struct res *s, struct err *e)
{
    struct passkey_view v = { .key = req_form_key(q), .name = device_name(req_header(q, "user-agent")) };
    struct factors f;
    struct dbr *r = req_read(q, e);
    if (!r || factors_of(q, r, q->actor->account, &f, e) != 0)
        return -1;
    if (factors_shown(q, s, &f, "/security/passkeys/new"))
        return 0;
    if (passkey_offer_new(q, &v.offer, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    passkey_page(&h, &v);
    return 0;
}

int passkey_prepare(struct req *q, struct err *e)
{
    struct addition *w = arena_new(q->arena, struct addition);
    struct relying_party rp;
    struct str client_data, attestation;
    q->work = w;
    if (new_factor_begin(q, &w->added, e) != 0)
        return -1;
    if (w->added.before.passkeys >= PASSKEYS_MOST)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Mỗi tài khoản có nhiều nhất mười khoá truy cập. Xin gỡ khoá không dùng nữa."), "too many");
    if (!relying_party_of(q->arena, q->app->settings.base_url, &rp) ||
        !str_unbase64url(q->arena, req_form(q, "client_data"), &client_data) ||
        !str_unbase64url(q->arena, req_form(q, "attestation"), &attestation))
        return ERR(e, ERR_FORM, "no base64url, or an address without passkeys");
    if (passkey_challenge_check(q, &rp, client_data, true, &w->ticket, e) != 0 ||
        webauthn_registration(q->arena, &rp, client_data, attestation, &w->handle, &w->key, e) != 0)
        return -1;
    return new_factor_codes(q, &w->added, e);
}

int passkey_write(struct req *q, struct tx *tx, struct err *e)
{
    struct addition *w = q->work;
    int64_t account = q->actor->account, id;
    struct passkey_insert_in in = { .account = account, .handle = w->handle, .alg = w->key.alg, .public_key = w->key.key,
                                    .sign_count = w->key.sign_count, .synced = w->key.synced, .name = req_form(q, "name"),
                                    .made_at = tx_now(tx) };
    /* The device has just asked for a PIN or a finger: this session has shown its passkey. */
    struct proof shown = { .account = account, .methods = passkey_methods(&w->key), .assurance = 2 };
    if (ticket_spend(tx, &w->ticket, e) != 0)
        return -1;
    if (passkey_insert(tx, &in, &id, e) != 0)
        return e->code == ERR_CONFLICT ? ERR_SAY(e, ERR_CONFLICT, MSGS("Khoá truy cập này đã được thêm rồi."), "the handle is known") : -1;
    return new_factor_keep(q, tx, &w->added, &shown, "credentials.passkey_added", e);
}

int passkey_reply(struct req *q, struct res *s, struct err *e)
{
    const struct addition *w = q->work;
    (void)e;
    return new_factor_reply(q, s, &w->added, "passkey");
}

int passkey_remove_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id, changed;
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "passkey id");
    if (passkey_remove(tx, &(struct passkey_remove_in){ .id = id, .account = q->actor->account }, &changed, e) != 0)
        return -1;
    if (changed == 0)
        return ERR(e, ERR_NOT_FOUND, "passkey %lld is not this account's", (long long)id);
    return paper_codes_end(q, tx, q->actor->account, e) != 0 ? -1 : factor_record(q, tx, "credentials.passkey_removed", e);
}

int passkey_remove_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_redirect(s, STR("/security?done=passkey-off"));
}
