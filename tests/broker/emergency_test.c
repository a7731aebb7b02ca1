/* emergency_test.c: roles that sign in through an upstream only, and the path that two administrators open when it is down. */
#include "tests/broker/way.h"

#include "engines/accounts/accounts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* ---- a way in that is not the upstream's ---- */

struct coming {
    struct req q;
    struct proof shown;
    struct str token;
};

static int come_write(struct tx *tx, void *arg, struct err *e)
{
    struct coming *c = arg;
    return session_open(&c->q, tx, &c->shown, &c->token, e);
}

/* 0 and a browser that is signed in, or -1 and why. */
static int come(struct way *w, const char *login, const char *methods, int assurance, struct err *e)
{
    static const struct actor nobody;
    struct coming c = {
        .q = { .app = &w->f.p.app, .arena = &w->f.arena, .actor = &nobody, .now = w->f.now, .remote = STR("test") },
        .shown = { .account = persona_named(&w->f, str_of(login))->account,
                   .methods = str_of(methods),
                   .assurance = assurance }
    };
    browser_fresh(w);
    if (db_write(w->f.p.app.db, come_write, &c, e) != 0)
        return -1;
    browser_cookie(w, SESSION_COOKIE, c.token);
    return 0;
}

static void refused(struct way *w, const char *login, const char *methods, const char *say)
{
    struct err e = { 0 };
    assert_int_equal(come(w, login, methods, 1, &e), -1);
    if (str_find(err_sentence(&e), str_of(say)) < 0)
        fail_msg("\"%.*s\" does not say \"%s\"", STR_ARG(err_sentence(&e)), say);
}

static void comes(struct way *w, const char *login, const char *methods, int assurance)
{
    struct err e = { 0 };
    if (come(w, login, methods, assurance, &e) != 0)
        fail_msg("%s: %.*s", e.detail, STR_ARG(err_sentence(&e)));
}

static void sees(const struct reply *r, const char *text)
{
    if (str_find(r->body, str_of(text)) < 0)
        fail_msg("%d, without \"%s\": %.*s", r->status, text, STR_ARG(r->body));
}

/* ---- asking and confirming ---- */

static const char ask[] = "upstream=vneid&reason=C%C3%A1p%20quang%20%C4%91%E1%BB%A9t%2C%20kh%C3%A1ch%20ch%E1%BB%9D%20khai&"
                          "hours=4&function=stay.receive";

static struct str newest_path(struct way *w)
{
    struct reply page = browser_get(w, STR("/admin/emergency"));
    ptrdiff_t at = str_find(page.body, STR("action=\"/admin/emergency/"));
    assert_true(at >= 0);
    struct str rest = str_from(page.body, (size_t)at + strlen("action=\"/admin/emergency/")), number;
    str_cut(&rest, '/', &number);
    return number;
}

static struct str path_of(struct way *w, struct str number, const char *act)
{
    return str_fmt(&w->f.arena, "/admin/emergency/%.*s/%s", STR_ARG(number), act);
}

static void test_only_way__a_password_does_not_open_what_vneid_opens(void **state)
{
    struct way *w = *state;
    refused(w, "congan.xa", "pwd", "đăng nhập bằng VNeID");
    refused(w, "congan.xa", "pwd otp mfa", "đăng nhập bằng VNeID");
    comes(w, "letan", "pwd", 1); /* a role that is not bound */
    comes(w, "congan.xa", "fed", 2);
}

static void test_only_way__administrators_are_never_bound(void **state)
{
    struct way *w = *state;
    browser_as(w, "quantri");
    struct reply r =
        browser_post(w, STR("/admin/upstreams"), STR("/admin/upstreams"),
                     STR("config={\"name\":\"x\",\"from\":\"2027-01-01\",\"label\":\"X\",\"mode\":\"TH%E1%BB%AC\","
                         "\"issuer\":\"https://x.example\","
                         "\"client_id\":\"b\",\"auth\":\"private_key_jwt\",\"scopes\":\"openid\",\"algs\":[\"ES256\"],"
                         "\"claim_pid\":\"p\","
                         "\"claim_name\":\"n\",\"claim_born\":\"b\",\"claim_level\":\"acr\",\"level_2\":[\"2\"],"
                         "\"only_way_for\":[\"citizen\",\"administrator\"]}"));
    assert_int_equal(r.status, 422);
    sees(&r, "Người quản trị phải luôn vào được");
}

static void test_path__one_asks_and_cannot_confirm(void **state)
{
    struct way *w = *state;
    browser_as(w, "quantri");
    struct reply r = browser_post(w, STR("/admin/emergency"), STR("/admin/emergency"),
                                  STR("upstream=vneid&reason=ngan&hours=4&function=stay.receive"));
    assert_int_equal(r.status, 422); /* a reason is a sentence */
    r = browser_post(w, STR("/admin/emergency"), STR("/admin/emergency"),
                     STR("upstream=vneid&reason=Mot%20ly%20do%20du%20dai&hours=4&function=system.admin"));
    assert_int_equal(r.status, 422);
    sees(&r, "Xin chọn những việc có trong danh sách");
    r = browser_post(w, STR("/admin/emergency"), STR("/admin/emergency"),
                     STR("upstream=vneid&reason=ngan&hours=4&function=stay.receive"));
    sees(&r, "value=\"stay.receive\" checked"); /* what was chosen is not lost */
    r = browser_post(w, STR("/admin/emergency"), STR("/admin/emergency"), str_of(ask));
    assert_int_equal(r.status, 303);
    r = browser_get(w, STR("/admin/emergency"));
    sees(&r, "chờ người thứ hai");
    assert_true(str_find(r.body, STR("/confirm\"")) < 0);
    r = browser_post(w, STR("/admin/emergency"), path_of(w, newest_path(w), "confirm"), STR(""));
    assert_int_equal(r.status, 409);
    sees(&r, "Người xin không tự xác nhận được");
    refused(w, "congan.xa", "pwd otp mfa", "đăng nhập bằng VNeID");
}

static void test_path__another_confirms_and_a_second_factor_opens_the_named_functions_at_level_1(void **state)
{
    struct way *w = *state;
    browser_as(w, "quantri.hai");
    struct reply r = browser_post(w, STR("/admin/emergency"), path_of(w, newest_path(w), "confirm"), STR(""));
    assert_int_equal(r.status, 303);
    r = browser_get(w, STR("/admin/emergency"));
    sees(&r, "đang mở");
    browser_fresh(w);
    r = browser_get(w, STR("/sign-in"));
    sees(&r, "Đường khẩn cấp mở đến");

    refused(w, "congan.xa", "pwd", "cần thêm bước thứ hai");
    comes(w, "congan.xa", "pwd otp mfa", 2);
    r = browser_get(w, STR("/police/stays"));
    assert_int_equal(r.status, 200);
    sees(&r, "Phiên này chỉ làm được những việc không thể chờ");
    r = browser_get(w, STR("/sessions"));
    sees(&r, "đường khẩn cấp");
    comes(w, "congdan", "pwd otp mfa", 2); /* bound too, but the citizen's function was not kept */
    assert_int_equal(browser_get(w, STR("/my-data")).status, 403);
    assert_int_equal(way_records(w, "broker.emergency_asked"), 1);
    assert_int_equal(way_records(w, "broker.emergency_opened"), 1);
}

static void test_path__it_closes_by_itself_and_its_sessions_with_it(void **state)
{
    struct way *w = *state;
    comes(w, "congan.xa", "pwd otp mfa", 2);
    w->f.now.us += 4 * US_PER_HOUR + US_PER_SECOND;
    assert_int_equal(browser_get(w, STR("/police/stays")).status, 303);
    refused(w, "congan.xa", "pwd otp mfa", "đăng nhập bằng VNeID");
}

static void test_path__closing_it_early_ends_its_sessions_at_once(void **state)
{
    struct way *w = *state;
    browser_as(w, "quantri.hai");
    assert_int_equal(browser_post(w, STR("/admin/emergency"), STR("/admin/emergency"), str_of(ask)).status, 303);
    browser_as(w, "quantri");
    struct str path = newest_path(w);
    assert_int_equal(browser_post(w, STR("/admin/emergency"), path_of(w, path, "confirm"), STR("")).status, 303);
    comes(w, "congan.xa", "pwd otp mfa", 2);
    struct browser police = w->browser;
    browser_as(w, "quantri");
    assert_int_equal(browser_post(w, STR("/admin/emergency"), path_of(w, path, "close"), STR("")).status, 303);
    w->browser = police;
    assert_int_equal(browser_get(w, STR("/police/stays")).status, 303);
    refused(w, "congan.xa", "pwd otp mfa", "đăng nhập bằng VNeID");
    assert_int_equal(way_records(w, "broker.emergency_closed"), 1);
}

static void test_path__a_request_of_yesterday_is_not_confirmed(void **state)
{
    struct way *w = *state;
    browser_as(w, "quantri");
    assert_int_equal(browser_post(w, STR("/admin/emergency"), STR("/admin/emergency"), str_of(ask)).status, 303);
    struct str path = newest_path(w);
    w->f.now.us += 61 * US_PER_MINUTE;
    browser_as(w, "quantri.hai");
    struct reply r = browser_post(w, STR("/admin/emergency"), path_of(w, path, "confirm"), STR(""));
    assert_int_equal(r.status, 409);
    sees(&r, "đã quá một giờ");
}

static int open_all(void **state)
{
    static struct way w;
    way_open_with(&w, ",\"only_way_for\":[\"citizen\",\"commune_police\"]");
    *state = &w;
    return 0;
}

static int close_all(void **state)
{
    way_close(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_way__a_password_does_not_open_what_vneid_opens),
        cmocka_unit_test(test_only_way__administrators_are_never_bound),
        cmocka_unit_test(test_path__one_asks_and_cannot_confirm),
        cmocka_unit_test(test_path__another_confirms_and_a_second_factor_opens_the_named_functions_at_level_1),
        cmocka_unit_test(test_path__it_closes_by_itself_and_its_sessions_with_it),
        cmocka_unit_test(test_path__closing_it_early_ends_its_sessions_at_once),
        cmocka_unit_test(test_path__a_request_of_yesterday_is_not_confirmed),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
