/* security.c: "Bảo mật của tôi": on one page what somebody can prove themselves with, and where they are signed in. */
#include "engines/credentials/credentials_pages.h"
#include "gen/credentials_pages.h"
#include "gen/credentials_queries.h"

/* What an act that leads back here says; the word comes from our own address and selects a sentence, nothing else. */
static struct str done_sentence(struct str done)
{
    static const struct {
        const char *word;
        struct str say;
    } sentences[] = {
        { "app", MSG("Ứng dụng tạo mã đã bật. Từ lần đăng nhập sau, mật khẩu cần thêm một mã.") },
        { "app-off", MSG("Đã tắt ứng dụng tạo mã.") },
        { "passkey", MSG("Đã thêm khoá truy cập. Từ nay đăng nhập chỉ cần một lần chạm.") },
        { "passkey-off", MSG("Đã gỡ khoá truy cập.") },
        { "password", MSG("Đã đổi mật khẩu. Các trình duyệt khác phải đăng nhập lại.") },
    };
    for (size_t i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++)
        if (str_eq(done, str_of(sentences[i].word)))
            return sentences[i].say;
    return STR_NONE;
}

/* Some role of theirs will ask for a passkey, and does not yet. */
static bool role_will_ask(const struct req *q)
{
    bool ahead = instant_day(q->now).n < q->app->settings.passkey_from.n;
    for (size_t i = 0; ahead && i < q->actor->n_hats; i++) {
        const struct role *role = role_by_name(q->app, q->actor->hats[i].role);
        if (role && role->passkey)
            return true;
    }
    return false;
}

int security_get(struct req *q, struct res *s, struct err *e)
{
    struct security_view v = { .done = done_sentence(req_query(q, "done")), .key = req_form_key(q) };
    struct password_of_account_row row;
    struct dbr *r = req_read(q, e);
    int found = r ? password_of_account(r, q->arena, &(struct password_of_account_in){ .account = q->actor->account }, &row, e) : -1;
    if (found < 0 || factors_of(q, r, q->actor->account, &v.has, e) != 0)
        return -1;
    int recovered = recovery_last(r, q->arena, &(struct recovery_last_in){ .account = q->actor->account }, &v.recovery, e);
    if (recovered < 0)
        return -1;
    v.recovered = recovered == 1;
    if (passkeys_of_account(r, q->arena, &(struct passkeys_of_account_in){ .account = q->actor->account }, &v.passkeys, e) != 0)
        return -1;
    v.codes_key = req_form_key(q);
    v.will_ask = role_will_ask(q);
    v.asks_from = q->app->settings.passkey_from;
    v.has_password = found == 1 && row.password.p;
    struct html h = res_html(q, s);
    security_page(&h, &v);
    return 0;
}
