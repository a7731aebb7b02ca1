/* app.c: turning codes of an authenticator app on and off, and new codes on paper. The seed travels in a signed ticket from the page
 * to its form, so that opening the page writes nothing; only a right code keeps it.
 */
#include "engines/credentials/credentials_pages.h"
#include "engines/credentials/new_factor.h"
#include "engines/credentials/ticket.h"
#include "engines/credentials/totp.h"
#include "gen/credentials_pages.h"
#include "gen/credentials_queries.h"

#include "base/rng.h"
#include "platform/crypto/crypto.h"

enum { SEED_S = 900 };

struct app_work {
    struct str sealed;
    int64_t step;
    struct new_factor added;
};

static const struct field app_fields[] = {
    { .name = "code", .type = FIELD_TEXT, .required = true, .max = 10, .label = MSG("Mã sáu số trong ứng dụng") },
    { .name = "seed", .type = FIELD_HIDDEN, .required = true, .max = 500, .label = MSG("Khoá") },
    { .name = NULL },
};
const struct form authenticator_form = { .name = "app", .fields = app_fields };

static struct str holder(const struct req *q)
{
    return str_fmt(q->arena, "session %lld", (long long)q->actor->session);
}

int authenticator_get(struct req *q, struct res *s, struct err *e)
{
    struct app_view v = { .key = req_form_key(q), .seed = req_form(q, "seed") };
    struct factors f;
    struct str seed;
    struct dbr *r = req_read(q, e);
    if (!r || factors_of(q, r, q->actor->account, &f, e) != 0)
        return -1;
    if (factors_shown(q, s, &f, "/security/app"))
        return 0;
    if (!ticket_read(q, "seed", holder(q), v.seed, &seed)) {
        uint8_t bytes[TOTP_SEED];
        random_bytes(bytes, sizeof(bytes));
        seed = str_dup(q->arena, (struct str){ (const char *)bytes, sizeof(bytes) });
        secret_wipe(bytes, sizeof(bytes));
        v.seed = ticket_make(q, "seed", holder(q), seed, SEED_S);
    }
    v.replaces = f.app;
    v.secret = base32_text(q->arena, seed);
    v.address = totp_address(q->arena, seed, q->app->settings.site_name ? str_of(q->app->settings.site_name) : STR("bon"), q->actor->login);
    struct html h = res_html(q, s);
    authenticator_page(&h, &v);
    return 0;
}

int authenticator_prepare(struct req *q, struct err *e)
{
    struct app_work *w = arena_new(q->arena, struct app_work);
    struct str seed;
    q->work = w;
    if (new_factor_begin(q, &w->added, e) != 0)
        return -1;
    if (!ticket_read(q, "seed", holder(q), req_form(q, "seed"), &seed))
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Mã QR này đã quá mười lăm phút. Xin quét mã mới bên dưới."), "the seed's ticket is old");
    if (!totp_find(seed, str_trim(req_form(q, "code")), q->now, &w->step))
        return req_refuse_field(q, e, "code", MSGS("Mã chưa đúng. Xin xem đồng hồ của điện thoại có chạy đúng giờ không."));
    if (new_factor_codes(q, &w->added, e) != 0)
        return -1;
    return app_seed_seal(q, q->actor->account, seed, &w->sealed, e);
}

int authenticator_write(struct req *q, struct tx *tx, struct err *e)
{
    struct app_work *w = q->work;
    int64_t account = q->actor->account;
    /* The password some minutes ago and the right code now: that is what signing in with both would have shown. */
    struct proof shown = { .account = account, .methods = STR("pwd otp mfa"), .assurance = 2 };
    struct totp_set_in set = { .account = account, .sealed = w->sealed, .last_step = w->step, .made_at = tx_now(tx) };
    if (totp_set(tx, &set, NULL, e) != 0)
        return -1;
    return new_factor_keep(q, tx, &w->added, actor_showed(q->actor, "pwd") ? &shown : NULL, "credentials.app_added", e);
}

int authenticator_reply(struct req *q, struct res *s, struct err *e)
{
    const struct app_work *w = q->work;
    (void)e;
    return new_factor_reply(q, s, &w->added, "app");
}

/* ---- off ---- */
int authenticator_off_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t changed;
    if (totp_remove(tx, &(struct totp_remove_in){ .account = q->actor->account }, &changed, e) != 0)
        return -1;
    if (changed == 0)
        return ERR(e, ERR_NOT_FOUND, "no app");
    return paper_codes_end(q, tx, q->actor->account, e) != 0 ? -1 : factor_record(q, tx, "credentials.app_removed", e);
}

int authenticator_off_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_redirect(s, STR("/security?done=app-off"));
}

/* ---- new codes on paper ---- */
int codes_prepare(struct req *q, struct err *e)
{
    struct app_work *w = arena_new(q->arena, struct app_work);
    q->work = w;
    w->added.codes = arena_new(q->arena, struct paper_codes);
    return paper_codes_make(q, q->actor->account, w->added.codes, e);
}

int codes_write(struct req *q, struct tx *tx, struct err *e)
{
    struct app_work *w = q->work;
    return new_factor_keep(q, tx, &w->added, NULL, "credentials.paper_codes_made", e);
}
