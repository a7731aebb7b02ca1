/* dispatch_test.c: whole requests through the dispatcher, from text to text. */
#include "platform/http/test/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

/* ---- routes and rights ---- */
static void test_dispatch__an_open_page_answers_with_the_security_headers(void **state)
{
    struct world *w = *state;
    struct str reply = ask(w, "GET /", NULL, NULL);
    assert_int_equal(status_of(reply), 200);
    assert_has(header_of(w, reply, "Content-Security-Policy"), "default-src 'none'; script-src 'self'");
    assert_has(header_of(w, reply, "X-Content-Type-Options"), "nosniff");
    assert_has(header_of(w, reply, "Referrer-Policy"), "same-origin");
    assert_has(header_of(w, reply, "Permissions-Policy"), "camera=(self)");
    assert_has(header_of(w, reply, "Cross-Origin-Opener-Policy"), "same-origin");
    assert_null(header_of(w, reply, "Set-Cookie").p);
}

static void test_dispatch__a_fixed_segment_goes_before_a_name(void **state)
{
    struct world *w = *state;
    assert_has(ask(w, "GET /probe/new", NULL, NULL), "new|");
    assert_has(ask(w, "GET /probe/17", NULL, NULL), "one 17|");
    assert_has(ask(w, "GET /probe/new/of/3", NULL, NULL), "404 Not Found");
    assert_has(ask(w, "GET /probe/5/of/3", NULL, NULL), "one 5|");
}

static void test_dispatch__an_unknown_path_is_404_with_the_request_id(void **state)
{
    struct world *w = *state;
    struct str reply = ask(w, "GET /nowhere", NULL, NULL);
    assert_int_equal(status_of(reply), 404);
    assert_has(reply, "Không tìm thấy trang hoặc hồ sơ này.");
}

static void test_dispatch__a_wrong_method_is_405_and_says_what_is_allowed(void **state)
{
    struct world *w = *state;
    struct str reply = ask(w, "DELETE /echo", NULL, NULL);
    assert_int_equal(status_of(reply), 405);
    assert_has(header_of(w, reply, "Allow"), "GET, HEAD");
    assert_has(header_of(w, ask(w, "GET /notes", NULL, NULL), "Allow"), "POST");
}

static void test_dispatch__head_has_the_length_and_no_body(void **state)
{
    struct world *w = *state;
    struct str reply = ask(w, "HEAD /echo?x=1", NULL, NULL);
    assert_has(reply, "Content-Length: 5\r\n");
    assert_int_equal(body_of(reply).n, 0);
}

static void test_dispatch__a_slash_too_many_leads_to_the_page(void **state)
{
    struct world *w = *state;
    struct str reply = ask(w, "GET /probe/new/", NULL, NULL);
    assert_int_equal(status_of(reply), 303);
    assert_has(header_of(w, reply, "Location"), "/probe/new");
}

static void test_rights__an_anonymous_reader_is_led_to_sign_in_and_back(void **state)
{
    struct world *w = *state;
    struct str reply = ask(w, "GET /probe?x=1", NULL, NULL);
    assert_int_equal(status_of(reply), 303);
    assert_has(header_of(w, reply, "Location"), "/sign-in?next=%2Fprobe%3F");
}

static void test_rights__a_role_without_the_permission_gets_403(void **state)
{
    struct world *w = *state;
    assert_int_equal(status_of(ask(w, "GET /probe", "cookie: bon_session=guest\n", NULL)), 403);
    assert_int_equal(status_of(ask(w, "GET /probe", "cookie: bon_session=keeper\n", NULL)), 200);
}

static void test_rights__a_post_without_session_is_401_and_writes_nothing(void **state)
{
    struct world *w = *state;
    int64_t before = notes(w);
    assert_int_equal(status_of(post_form(w, "/keep", NULL, "name=An")), 401);
    assert_int_equal(notes(w), before);
}

static void test_rights__an_api_refusal_is_json(void **state)
{
    struct world *w = *state;
    struct str reply = ask(w, "GET /api/v1/probe/1", NULL, NULL);
    assert_int_equal(status_of(reply), 401);
    assert_has(header_of(w, reply, "Content-Type"), "application/json");
    assert_has(body_of(reply), "{\"error\":{\"code\":\"sign_in\",\"message\":\"Xin đăng nhập để tiếp tục.\",\"id\":\"");
    assert_int_equal(status_of(ask(w, "GET /api/v1/probe/1", "authorization: Bearer keeper\n", NULL)), 200);
    assert_has(body_of(ask(w, "GET /api/v1/nowhere", NULL, NULL)), "\"code\":\"not_found\"");
}

static void test_proof__a_page_that_wants_more_leads_to_sign_in_and_back(void **state)
{
    struct world *w = *state;
    struct str reply = ask(w, "GET /probe/sure?x=1", "cookie: bon_session=keeper\n", NULL);
    assert_int_equal(status_of(reply), 303);
    assert_str(header_of(w, reply, "Location"), "/sign-in?next=%2Fprobe%2Fsure%3Fx%3D1&level=2");
    assert_int_equal(status_of(ask(w, "GET /probe/sure", "cookie: bon_session=vault\n", NULL)), 200);
}

static void test_proof__a_page_may_want_it_fresh(void **state)
{
    struct world *w = *state;
    struct str reply = ask(w, "GET /probe/fresh", "cookie: bon_session=vault\n", NULL);
    assert_str(header_of(w, reply, "Location"), "/sign-in?next=%2Fprobe%2Ffresh&level=2&since=1708095600");
    assert_int_equal(status_of(ask(w, "GET /probe/fresh", "cookie: bon_session=hardware\n", NULL)), 200);
}

static void test_proof__a_role_that_wants_a_passkey_gives_nothing_without_one(void **state)
{
    struct world *w = *state;
    struct str reply = ask(w, "GET /probe", "cookie: bon_session=vault\n", NULL);
    assert_str(header_of(w, reply, "Location"), "/sign-in?next=%2Fprobe&passkey=1");
    assert_int_equal(status_of(post_form(w, "/keep", "vault", "name=An")), 403);
    assert_int_equal(status_of(ask(w, "GET /probe", "cookie: bon_session=hardware\n", NULL)), 200);
}

static void test_proof__a_program_gets_403_with_the_reason(void **state)
{
    struct world *w = *state;
    struct str reply = ask(w, "GET /api/v1/probe-sure", "cookie: bon_session=guest\n", NULL);
    assert_int_equal(status_of(reply), 403);
    assert_has(body_of(reply), "{\"error\":{\"code\":\"step_up\",\"message\":\"Việc này cần xác nhận đúng là bạn");
}

static void test_proof__an_act_is_refused_says_how_to_go_on_and_writes_nothing(void **state)
{
    struct world *w = *state;
    int64_t before = notes(w);
    struct str reply = post_form(w, "/sure", "guest", "name=An");
    assert_int_equal(status_of(reply), 403);
    assert_has(body_of(reply), "nội dung đã gõ còn ở đó");
    assert_has(body_of(reply), "href=\"/sign-in?next=%2F&amp;level=2\"");
    assert_int_equal(notes(w), before);
}

static void test_proof__an_address_elsewhere_is_never_the_next_page(void **state)
{
    struct world *w = *state;
    static const char *const elsewhere[] = { "//evil.example", "/\\evil.example", "https://evil.example", "/x\r\ny", "" };
    struct req q = { .arena = &w->arena };
    for (size_t i = 0; i < sizeof(elsewhere) / sizeof(elsewhere[0]); i++)
        assert_str(sign_in_url(&q, str_of(elsewhere[i]), &(struct proof_wanted) { 0 }), "/sign-in?next=%2F");
}

static void test_dispatch__pages_of_signed_in_people_are_not_stored(void **state)
{
    struct world *w = *state;
    assert_has(header_of(w, ask(w, "GET /probe", "cookie: bon_session=keeper\n", NULL), "Cache-Control"), "no-store");
    assert_has(header_of(w, ask(w, "GET /", NULL, NULL), "Cache-Control"), "no-cache");
}

/* ---- bad input ---- */
static void test_dispatch__a_path_with_a_bad_escape_is_400(void **state)
{
    struct world *w = *state;
    assert_int_equal(status_of(ask(w, "GET /probe/%zz", NULL, NULL)), 400);
    assert_int_equal(status_of(ask(w, "GET /probe/%00", NULL, NULL)), 400);
    assert_int_equal(status_of(ask(w, "GET /probe/%ff%fe", NULL, NULL)), 400);
    assert_int_equal(status_of(ask(w, "GET http://other/", NULL, NULL)), 400);
}

static void test_dispatch__a_query_is_clean_text(void **state)
{
    struct world *w = *state;
    assert_has(ask(w, "GET /echo?x=Ni%C3%AA+H%27Nhi", NULL, NULL), "Niê H");
    assert_int_equal(status_of(ask(w, "GET /echo?x=%ff", NULL, NULL)), 400);
}

static void test_dispatch__an_address_of_ten_thousand_bytes_is_refused(void **state)
{
    struct world *w = *state;
    struct buf b;
    buf_init(&b, &w->arena, 20000);
    buf_lit(&b, "GET /echo?x=");
    for (int i = 0; i < 10000; i++)
        buf_put_char(&b, 'a');
    buf_lit(&b, "\0");
    assert_int_equal(status_of(ask(w, buf_str(&b).p, NULL, NULL)), 413);
}

static void test_dispatch__a_full_arena_answers_503_and_the_next_request_is_well(void **state)
{
    struct world *w = *state;
    struct str reply = ask(w, "GET /hungry", NULL, NULL);
    assert_int_equal(status_of(reply), 503);
    assert_has(reply, "Hệ thống đang bận.");
    assert_int_equal(status_of(ask(w, "GET /", NULL, NULL)), 200);
}

static void test_dispatch__a_full_arena_at_the_door_undoes_the_write(void **state)
{
    struct world *w = *state;
    int64_t before = notes(w);
    assert_int_equal(status_of(post_form(w, "/hungry-write", NULL, "name=An")), 503);
    assert_int_equal(notes(w), before);
    assert_int_equal(status_of(post_form(w, "/notes", NULL, "name=An")), 303);
    assert_int_equal(notes(w), before + 1);
}

/* ---- forms ---- */
static void test_form__a_good_submission_is_written_once_and_redirects(void **state)
{
    struct world *w = *state;
    int64_t before = notes(w);
    int closed = probe_closed();
    struct str reply =
        post_form(w, "/notes", NULL, "name=An&day=16%2F02%2F2024&kind=red&count=3&tag=a&tag=b&at=2024-02-16T22%3A10");
    assert_int_equal(status_of(reply), 303);
    assert_has(header_of(w, reply, "Location"), "/probe/");
    assert_int_equal(notes(w), before + 1);
    assert_int_equal(probe_closed(), closed + 1);
}

static void test_form__every_wrong_field_has_its_sentence_and_keeps_what_was_typed(void **state)
{
    struct world *w = *state;
    struct str reply =
        post_form(w, "/notes", NULL,
                  "name=Nguy%E1%BB%85n+V%C4%83n+Demo+d%C3%A0i+qu%C3%A1&day=31%2F06%2F2024&kind=green&count=11&"
                  "pid=06709000012&agree=yes&at=h%C3%B4m+nay&word=b%C3%AD+m%E1%BA%ADt");
    assert_int_equal(status_of(reply), 422);
    assert_has(reply, "|name: Dài quá: nhiều nhất 20 ký tự, đang có 23.");
    assert_has(reply, "|day: Trong lịch không có ngày 31/06/2024.");
    assert_has(reply, "|kind: Xin chọn một trong các mục có sẵn.");
    assert_has(reply, "|count: Số này phải từ 1 đến 10.");
    assert_has(reply, "|pid: ");
    assert_has(reply, "|at: Xin ghi giờ và ngày, ví dụ 22:10 16/02/2024.");
    assert_has(reply, "|typed=Nguyễn Văn Demo dài quá|");
    assert_has(reply, "|secret=|");
    assert_has_not(reply, "bí mật");
}

static void test_form__a_required_field_that_is_missing_or_blank_is_named(void **state)
{
    struct world *w = *state;
    assert_has(post_form(w, "/notes", NULL, "kind=red"), "|name: Xin điền mục này.");
    assert_has(post_form(w, "/notes", NULL, "name=++"), "|name: Xin điền mục này.");
    assert_has(post_form(w, "/notes", NULL, "name=A"), "|name: Ngắn quá: ít nhất 2 ký tự, đang có 1.");
}

static void test_form__a_field_that_comes_twice_is_refused_unless_it_may(void **state)
{
    struct world *w = *state;
    assert_has(post_form(w, "/notes", NULL, "name=An&name=Ba"), "|name: Mục này được gửi hai lần.");
}

static void test_form__an_unknown_field_is_refused(void **state)
{
    struct world *w = *state;
    int64_t before = notes(w);
    assert_int_equal(status_of(post_form(w, "/notes", NULL, "name=An&admin=1")), 400);
    assert_int_equal(notes(w), before);
}

static void test_form__the_fields_own_check_and_prepare_speak_beside_the_field(void **state)
{
    struct world *w = *state;
    assert_has(post_form(w, "/notes", NULL, "name=l%E1%BA%A1"), "|name: Không ai tên như vậy.");
    struct str reply = post_form(w, "/notes", NULL, "name=c%E1%BA%A5m");
    assert_int_equal(status_of(reply), 422);
    assert_has(reply, "|name: Tên này bị cấm.");
}

static void test_form__decomposed_letters_are_composed(void **state)
{
    struct world *w = *state;
    struct str reply = post_form(w, "/notes", NULL, "name=Nie%CC%82&kind=green");
    assert_has(reply, "typed=Niê|");
}

static void test_form__bytes_that_are_no_text_are_refused_and_shown_without_harm(void **state)
{
    struct world *w = *state;
    struct str reply = post_form(w, "/notes", NULL, "name=An%ff%01");
    assert_int_equal(status_of(reply), 422);
    assert_has(reply, "typed=An  |");
}

static void test_form__a_conflict_at_the_door_shows_the_form_again(void **state)
{
    struct world *w = *state;
    int64_t before = notes(w);
    struct str reply = post_form(w, "/notes", NULL, "name=tr%C3%B9ng");
    assert_int_equal(status_of(reply), 409);
    assert_has(reply, "again|Việc này đã được làm");
    assert_has(reply, "typed=trùng|");
    assert_int_equal(notes(w), before);
}

static void test_form__a_body_over_the_limit_is_413(void **state)
{
    struct world *w = *state;
    struct buf b;
    buf_init(&b, &w->arena, 200000);
    buf_lit(&b, "name=");
    for (int i = 0; i < 70000; i++)
        buf_put_char(&b, 'a');
    buf_put_char(&b, 0);
    assert_int_equal(status_of(post_form(w, "/notes", NULL, buf_str(&b).p)), 413);
}

/* ---- CSRF ---- */
static const char form_type[] = "content-type: application/x-www-form-urlencoded\n";

static struct str post_raw(struct world *w, const char *headers, const char *body)
{
    struct str all = str_fmt(&w->arena, "%s%s", form_type, headers);
    return ask(w, "POST /notes", str_cstr(&w->arena, all), body);
}

static void test_csrf__a_post_without_cookie_or_token_is_refused(void **state)
{
    struct world *w = *state;
    int64_t before = notes(w);
    assert_int_equal(status_of(post_raw(w, "", "name=An")), 403);
    assert_int_equal(status_of(post_raw(w, "cookie: bon_pre=abc\n", "name=An")), 403);
    assert_int_equal(status_of(post_raw(w, "cookie: bon_pre=abc\n", "name=An&_csrf=AAAA")), 403);
    assert_int_equal(notes(w), before);
}

static void test_csrf__anothers_token_is_refused(void **state)
{
    struct world *w = *state;
    struct str body = str_fmt(&w->arena, "name=An&_csrf=%.*s", STR_ARG(token_for(w, "someone")));
    assert_int_equal(status_of(post_raw(w, "cookie: bon_pre=abc\n", str_cstr(&w->arena, body))), 403);
}

static void test_csrf__a_good_token_from_a_foreign_page_is_refused(void **state)
{
    struct world *w = *state;
    struct str body = str_fmt(&w->arena, "name=An&_csrf=%.*s", STR_ARG(token_for(w, "abc")));
    const char *good = str_cstr(&w->arena, body);
    assert_int_equal(status_of(post_raw(w, "cookie: bon_pre=abc\norigin: http://evil.test\n", good)), 403);
    assert_int_equal(status_of(post_raw(w, "cookie: bon_pre=abc\norigin: null\n", good)), 403);
    assert_int_equal(status_of(post_raw(w, "cookie: bon_pre=abc\nsec-fetch-site: cross-site\n", good)), 403);
    assert_int_equal(status_of(post_raw(w, "cookie: bon_pre=abc\norigin: http://bon.test\n", good)), 303);
}

static void test_csrf__a_stale_token_of_our_own_page_keeps_what_was_typed(void **state)
{
    struct world *w = *state;
    struct str reply = post_raw(w, "cookie: bon_pre=abc\norigin: http://bon.test\n", "name=An&_csrf=old");
    assert_int_equal(status_of(reply), 403);
    assert_has(reply, "again|Trang đã mở quá lâu");
    assert_has(reply, "typed=An|");
    /* A forged one is a stranger's text: it is not drawn. */
    assert_has_not(post_raw(w, "cookie: bon_pre=abc\n", "name=An&_csrf=old"), "typed=An");
}

static void test_csrf__the_page_gives_the_token_and_a_cookie_to_bind_it(void **state)
{
    struct world *w = *state;
    struct str reply = ask(w, "GET /form", NULL, NULL), cookie = header_of(w, reply, "Set-Cookie");
    assert_has(cookie, "bon_pre=");
    assert_has(cookie, "HttpOnly; SameSite=Lax");
    struct str value = str_from(cookie, 8), bound;
    str_cut(&value, ';', &bound);
    assert_true(str_starts(body_of(reply), token_for(w, str_cstr(&w->arena, bound))));
    assert_null(header_of(w, ask(w, "GET /form", "cookie: bon_pre=abc\n", NULL), "Set-Cookie").p);
}

/* ---- idempotency ---- */
static void test_idempotency__the_same_submission_twice_is_one_act(void **state)
{
    struct world *w = *state;
    int64_t before = notes(w);
    struct str first = post_form(w, "/notes", NULL, "name=An&_key=k1");
    struct str second = post_form(w, "/notes", NULL, "name=An&_key=k1");
    assert_int_equal(notes(w), before + 1);
    struct str where = header_of(w, first, "Location");
    assert_true(str_eq(header_of(w, second, "Location"), str_fmt(&w->arena, "%.*s?again=1", STR_ARG(where))));
}

static void test_idempotency__the_same_key_with_other_content_is_a_conflict(void **state)
{
    struct world *w = *state;
    post_form(w, "/notes", NULL, "name=An&_key=k2");
    int64_t before = notes(w);
    struct str reply = post_form(w, "/notes", NULL, "name=Ba&_key=k2");
    assert_int_equal(status_of(reply), 409);
    assert_has(reply, "với nội dung khác");
    assert_int_equal(notes(w), before);
}

static void test_idempotency__a_key_counts_for_one_account_and_path(void **state)
{
    struct world *w = *state;
    int64_t before = notes(w);
    post_form(w, "/notes", NULL, "name=An&_key=k3");
    post_form(w, "/notes", "keeper", "name=An&_key=k3");
    post_form(w, "/keep", "keeper", "name=An&_key=k3");
    assert_int_equal(notes(w), before + 3);
}

static void test_idempotency__a_refused_write_does_not_use_up_its_key(void **state)
{
    struct world *w = *state;
    post_form(w, "/notes", NULL, "name=tr%C3%B9ng&_key=k4");
    int64_t before = notes(w);
    assert_int_equal(status_of(post_form(w, "/notes", NULL, "name=An&_key=k4")), 303);
    assert_int_equal(notes(w), before + 1);
}

static void test_idempotency__a_repeat_of_what_is_done_is_told_so_where_prepare_would_refuse_it(void **state)
{
    struct world *w = *state;
    int64_t before = notes(w);
    struct str reply = post_form(w, "/notes", NULL, "name=m%E1%BB%99t+l%E1%BA%A7n&_key=k5");
    assert_int_equal(status_of(reply), 303);
    reply = post_form(w, "/notes", NULL, "name=m%E1%BB%99t+l%E1%BA%A7n&_key=k5");
    assert_int_equal(status_of(reply), 200);
    assert_has(body_of(reply), "Lần gửi trước đã được ghi an toàn");
    assert_has(body_of(reply), str_cstr(&w->arena, str_fmt(&w->arena, "<strong>%lld</strong>", (long long)notes(w))));
    /* Under another key it is another act, which somebody has done already. */
    assert_int_equal(status_of(post_form(w, "/notes", NULL, "name=m%E1%BB%99t+l%E1%BA%A7n&_key=k6")), 409);
    assert_int_equal(status_of(post_form(w, "/notes", NULL, "name=m%E1%BB%99t+l%E1%BA%A7n")), 409);
    assert_int_equal(notes(w), before + 1);
}

static void run_forget(struct world *w, int64_t later_us)
{
    struct err e = { 0 };
    struct job_run run = { .app = &w->app, .db = w->app.db, .arena = &w->arena, .now = { instant_now().us + later_us } };
    assert_string_equal(platform_module.jobs[0].name, "platform.forget_keys");
    assert_int_equal(platform_module.jobs[0].run(&run, &e), 0);
}

static void test_idempotency__keys_are_forgotten_after_two_days(void **state)
{
    struct world *w = *state;
    for (int i = 0; i < 600; i++) /* more than are forgotten at once */
        post_form(w, "/notes", NULL, str_cstr(&w->arena, str_fmt(&w->arena, "name=An&_key=old%d", i)));
    int64_t before = notes(w);
    run_forget(w, 2 * US_PER_DAY - US_PER_SECOND);
    post_form(w, "/notes", NULL, "name=An&_key=old7");
    assert_int_equal(notes(w), before);
    run_forget(w, 2 * US_PER_DAY + US_PER_HOUR);
    post_form(w, "/notes", NULL, "name=An&_key=old7");
    post_form(w, "/notes", NULL, "name=An&_key=old599");
    assert_int_equal(notes(w), before + 2);
}

static void test_idempotency__after_a_failure_of_the_store_anywhere_a_repeat_runs_once(void **state)
{
    struct world *w = *state;
    int failed = 0;
    for (int nth = 1; nth < 40; nth++) {
        const char *form = str_cstr(&w->arena, str_fmt(&w->arena, "name=An&_key=fail-%d", nth));
        int64_t before = notes(w);
        db_fail_at(w->app.db, nth);
        int first = status_of(post_form(w, "/notes", NULL, form));
        db_fail_at(w->app.db, 0);
        failed += first >= 500;
        struct str again = post_form(w, "/notes", NULL, form);
        assert_int_equal(status_of(again), 303);
        assert_int_equal(str_find(again, STR("?again=1")) >= 0, first < 500);
        assert_int_equal(notes(w), before + 1);
    }
    assert_true(failed > 3);
}

/* ---- after the write ---- */
static void test_reply__that_fails_after_the_write_says_that_it_was_recorded(void **state)
{
    struct world *w = *state;
    int64_t before = notes(w);
    struct str reply = post_form(w, "/broken", NULL, "name=An");
    assert_int_equal(status_of(reply), 200);
    assert_int_equal(notes(w), before + 1);
    assert_has(body_of(reply), str_cstr(&w->arena, str_fmt(&w->arena, "%lld", (long long)notes(w))));
}

static void test_recorded_get__writes_its_record_before_the_page(void **state)
{
    struct world *w = *state;
    int64_t before = notes(w);
    assert_has(ask(w, "GET /seen", "cookie: bon_session=keeper\n", NULL), "home|Chị Giữ|");
    assert_int_equal(notes(w), before + 1);
    assert_int_equal(status_of(ask(w, "GET /seen", "cookie: bon_session=guest\n", NULL)), 403);
    assert_int_equal(notes(w), before + 1);
    assert_int_equal(status_of(ask(w, "GET /seen-broken", "cookie: bon_session=keeper\n", NULL)), 500);
}

/* ---- JSON ---- */
static struct str post_json(struct world *w, const char *headers, const char *body)
{
    struct str all = str_fmt(&w->arena, "content-type: application/json\nauthorization: Bearer keeper\n%s", headers);
    return ask(w, "POST /api/v1/notes", str_cstr(&w->arena, all), body);
}

static void test_json__a_body_is_checked_like_the_form(void **state)
{
    struct world *w = *state;
    struct str reply = post_json(w, "", "{\"name\":\"An\",\"count\":3,\"tag\":[\"a\",\"b\"],\"agree\":true}");
    assert_int_equal(status_of(reply), 200);
    assert_has(body_of(reply), "\"replayed\":false");
    reply = post_json(w, "", "{\"name\":\"A\",\"count\":99}");
    assert_int_equal(status_of(reply), 422);
    assert_has(body_of(reply), "\"fields\":[{\"field\":\"name\",\"message\":\"Ngắn quá: ít nhất 2 ký tự, đang có 1.\"},"
                               "{\"field\":\"count\",\"message\":\"Số này phải từ 1 đến 10.\"}]");
}

static void test_json__what_is_not_strict_json_is_400(void **state)
{
    struct world *w = *state;
    assert_int_equal(status_of(post_json(w, "", "{\"name\":\"An\",}")), 400);
    assert_int_equal(status_of(post_json(w, "", "{\"name\":\"An\",\"name\":\"Ba\"}")), 400);
    assert_int_equal(status_of(post_json(w, "", "{\"name\":{\"a\":1}}")), 400);
    assert_int_equal(status_of(post_json(w, "", "{\"name\":\"An\",\"other\":1}")), 400);
    assert_int_equal(status_of(post_json(w, "", "[]")), 400);
    assert_int_equal(
        status_of(ask(w, "POST /api/v1/notes", "authorization: Bearer keeper\ncontent-type: text/plain\n", "{}")), 400);
}

static void test_json__what_has_no_names_where_names_are_needed_is_told_so(void **state)
{
    struct world *w = *state;
    assert_has(body_of(post_json(w, "", "[{\"name\":\"An\"}]")), "phải là một đối tượng JSON có tên từng mục");
    assert_has(body_of(post_json(w, "", "{\"name\":{\"a\":1}}")), "Mỗi mục của đối tượng JSON phải là chữ");
}

static void test_json__a_form_without_fields_takes_the_body_whole(void **state)
{
    struct world *w = *state;
    const char *headers = "authorization: Bearer keeper\ncontent-type: application/json\n";
    assert_int_equal(status_of(ask(w, "PUT /protocol", headers, "[{\"a\":{\"b\":1}}]")), 201);
    assert_int_equal(status_of(ask(w, "PUT /protocol", headers, "{\"a\":{\"b\":1}}")), 201);
}

static void test_json__the_idempotency_header_replays(void **state)
{
    struct world *w = *state;
    int64_t before = notes(w);
    post_json(w, "idempotency-key: 7f3a\n", "{\"name\":\"An\"}");
    assert_has(post_json(w, "idempotency-key: 7f3a\n", "{\"name\":\"An\"}"), "\"replayed\":true");
    assert_int_equal(status_of(post_json(w, "idempotency-key: 7f3a\n", "{\"name\":\"Ba\"}")), 409);
    assert_int_equal(notes(w), before + 1);
}

static void test_json__a_session_cookie_from_a_foreign_page_is_refused(void **state)
{
    struct world *w = *state;
    const char *headers = "content-type: application/json\ncookie: bon_session=keeper\nsec-fetch-site: cross-site\n";
    assert_int_equal(status_of(ask(w, "POST /api/v1/notes", headers, "{\"name\":\"An\"}")), 403);
}

/* ---- files ---- */
static void test_upload__a_file_and_its_field_arrive(void **state)
{
    struct world *w = *state;
    struct str body = str_fmt(&w->arena,
                              "--XyZ\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n%.*s\r\n"
                              "--XyZ\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nẢnh\r\n"
                              "--XyZ\r\nContent-Disposition: form-data; name=\"paper\"; filename=\"gi%%22y.jpg\"\r\n"
                              "Content-Type: image/jpeg\r\n\r\n12345\r\n--XyZ--\r\n",
                              STR_ARG(token_for(w, "abc")));
    struct str reply = ask(w, "POST /upload", "cookie: bon_pre=abc\ncontent-type: multipart/form-data; boundary=XyZ\n",
                           str_cstr(&w->arena, body));
    assert_has(reply, "Ảnh 5 bytes gi\"y.jpg|");
}

/* ---- the built-in module ---- */
static void test_ops__health_reads_writes_and_misses_the_signer(void **state)
{
    struct world *w = *state;
    struct str reply = ask(w, "GET /healthz", NULL, NULL);
    assert_int_equal(status_of(reply), 503);
    assert_has(reply, "{\"status\":\"failing\",\"checks\":[{\"name\":\"read\",\"ok\":true,");
    assert_has(reply, "{\"name\":\"write\",\"ok\":true,");
    assert_has(reply, "{\"name\":\"sign\",\"ok\":false,");
}

static void test_ops__metrics_openapi_and_robots_answer(void **state)
{
    struct world *w = *state;
    assert_has(ask(w, "GET /metrics", NULL, NULL), "\nbon_db_writes_total ");
    assert_has(ask(w, "GET /robots.txt", NULL, NULL), "Disallow: /");
    struct str doc = ask(w, "GET /openapi.json", NULL, NULL);
    assert_has(doc, "\"/api/v1/notes\":{\"post\":");
    assert_has(doc, "\"required\":[\"name\"]");
    assert_has_not(doc, "\"/notes\"");
}

static void test_ops__the_language_switch_comes_back_only_to_this_site(void **state)
{
    struct world *w = *state;
    struct str reply = ask(w, "GET /language/en?next=%2Fprobe%3Fx%3D1", NULL, NULL);
    assert_has(header_of(w, reply, "Location"), "/probe?x=1");
    assert_has(header_of(w, reply, "Set-Cookie"), "bon_lang=en;");
    assert_true(str_eq(header_of(w, ask(w, "GET /language/en?next=//evil.test", NULL, NULL), "Location"), STR("/")));
    assert_true(str_eq(header_of(w, ask(w, "GET /language/en?next=%2F%5Cevil.test", NULL, NULL), "Location"), STR("/")));
}

static void test_once__text_that_is_no_request_is_400(void **state)
{
    struct world *w = *state;
    assert_int_equal(status_of(http_once(&w->app, &w->arena, STR(""))), 400);
    assert_int_equal(status_of(http_once(&w->app, &w->arena, STR("GET /\r\n\r\n"))), 400);
    assert_int_equal(status_of(http_once(&w->app, &w->arena, STR("GET / HTTP/1.1\r\nhost bon\r\n\r\n"))), 400);
    assert_int_equal(status_of(http_once(&w->app, &w->arena, STR("GET / HTTP/1.1\r\nhost: bon\r\n"))), 400);
    assert_int_equal(status_of(http_once(&w->app, &w->arena, STR("POST / HTTP/1.1\r\ncontent-length: 9\r\n\r\nab"))), 400);
    assert_int_equal(status_of(http_once(&w->app, &w->arena, STR("GET / HTTP/1.1\r\n\r\n"))), 200);
}

/* ---- protocols between programs ---- */
#define URLENCODED "content-type: application/x-www-form-urlencoded\n"

static void test_machine__a_post_needs_no_token_and_unknown_parameters_are_let_be(void **state)
{
    struct world *w = *state;
    struct str reply = ask(w, "POST /protocol", URLENCODED "origin: https://elsewhere.example\n", "a=x&unknown=1&_csrf=2");
    assert_int_equal(status_of(reply), 200);
    assert_has(reply, "POST x by |");
}

static void test_machine__values_arrive_as_they_were_sent(void **state)
{
    struct world *w = *state;
    /* e with a combining acute, a zero-width space, trailing blanks: a page would clean all of them. */
    assert_has(ask(w, "GET /protocol?a=e%CC%81%E2%80%8B%20%20", NULL, NULL), "GET e\xcc\x81\xe2\x80\x8b   by |");
    assert_has(ask(w, "POST /protocol", URLENCODED, "a=+%20x%0A"), "POST   x\n by |");
}

static void test_machine__a_parameter_that_comes_twice_is_refused_unless_it_may(void **state)
{
    struct world *w = *state;
    struct str reply = ask(w, "POST /protocol", URLENCODED, "a=1&b=1&b=1");
    assert_int_equal(status_of(reply), 400);
    assert_has(reply, "{\"error\":\"ERR_INPUT\",\"about\":\"b\"}");
    assert_has(reply, "Cache-Control: no-store");
    assert_has(ask(w, "GET /protocol?a=1&a=1", NULL, NULL), "\"about\":\"a\"");
    assert_int_equal(status_of(ask(w, "POST /protocol", URLENCODED, "a=1&resource=x&resource=y")), 200);
    assert_has(ask(w, "POST /protocol", URLENCODED, "a=%FF"), "\"about\":\"?\"");
}

static void test_machine__every_refusal_is_in_the_protocols_words(void **state)
{
    struct world *w = *state;
    assert_has(ask(w, "POST /protocol", URLENCODED, "a=no"), "{\"error\":\"ERR_FORBIDDEN\"");
    assert_has(ask(w, "POST /protocol", "content-type: text/plain\n", "a=1"), "{\"error\":\"ERR_INPUT\"");
    assert_has(ask(w, "DELETE /protocol", NULL, NULL), "{\"error\":\"ERR_SIGN_IN\"");
    char *large = arena_alloc(&w->arena, 70000);
    memset(large, 'a', 69999);
    assert_has(ask(w, "POST /protocol", URLENCODED, large), "{\"error\":\"ERR_TOO_LARGE\"");
}

static void test_machine__a_cookie_may_read_and_only_a_bearer_token_may_act(void **state)
{
    struct world *w = *state;
    assert_has(ask(w, "GET /protocol?a=1", "cookie: bon_session=keeper\n", NULL), "by Chị Giữ|");
    assert_has(ask(w, "POST /protocol", URLENCODED "cookie: bon_session=keeper\n", "a=1"), "by |");
    assert_int_equal(status_of(ask(w, "DELETE /protocol", "cookie: bon_session=keeper\n", NULL)), 401);
    assert_has(ask(w, "DELETE /protocol", "authorization: Bearer keeper\n", NULL), "DELETE  by Chị Giữ|");
    struct str put = ask(w, "PUT /protocol", "authorization: Bearer keeper\ncontent-type: application/scim+json; charset=utf-8\n", "{}");
    assert_int_equal(status_of(put), 201);
    assert_has(ask(w, "POST /protocol/own", URLENCODED "authorization: Bearer keeper\n", "a=1"), "by |");
}

static void test_machine__a_method_that_is_not_there_names_those_that_are(void **state)
{
    struct world *w = *state;
    struct str reply = ask(w, "PATCH /protocol", NULL, NULL);
    assert_int_equal(status_of(reply), 405);
    assert_has(header_of(w, reply, "Allow"), "GET, HEAD, POST, PUT, DELETE");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dispatch__an_open_page_answers_with_the_security_headers),
        cmocka_unit_test(test_dispatch__a_fixed_segment_goes_before_a_name),
        cmocka_unit_test(test_dispatch__an_unknown_path_is_404_with_the_request_id),
        cmocka_unit_test(test_dispatch__a_wrong_method_is_405_and_says_what_is_allowed),
        cmocka_unit_test(test_dispatch__head_has_the_length_and_no_body),
        cmocka_unit_test(test_dispatch__a_slash_too_many_leads_to_the_page),
        cmocka_unit_test(test_rights__an_anonymous_reader_is_led_to_sign_in_and_back),
        cmocka_unit_test(test_rights__a_role_without_the_permission_gets_403),
        cmocka_unit_test(test_rights__a_post_without_session_is_401_and_writes_nothing),
        cmocka_unit_test(test_rights__an_api_refusal_is_json),
        cmocka_unit_test(test_proof__a_page_that_wants_more_leads_to_sign_in_and_back),
        cmocka_unit_test(test_proof__a_page_may_want_it_fresh),
        cmocka_unit_test(test_proof__a_role_that_wants_a_passkey_gives_nothing_without_one),
        cmocka_unit_test(test_proof__a_program_gets_403_with_the_reason),
        cmocka_unit_test(test_proof__an_act_is_refused_says_how_to_go_on_and_writes_nothing),
        cmocka_unit_test(test_proof__an_address_elsewhere_is_never_the_next_page),
        cmocka_unit_test(test_dispatch__pages_of_signed_in_people_are_not_stored),
        cmocka_unit_test(test_dispatch__a_path_with_a_bad_escape_is_400),
        cmocka_unit_test(test_dispatch__a_query_is_clean_text),
        cmocka_unit_test(test_dispatch__an_address_of_ten_thousand_bytes_is_refused),
        cmocka_unit_test(test_dispatch__a_full_arena_answers_503_and_the_next_request_is_well),
        cmocka_unit_test(test_dispatch__a_full_arena_at_the_door_undoes_the_write),
        cmocka_unit_test(test_form__a_good_submission_is_written_once_and_redirects),
        cmocka_unit_test(test_form__every_wrong_field_has_its_sentence_and_keeps_what_was_typed),
        cmocka_unit_test(test_form__a_required_field_that_is_missing_or_blank_is_named),
        cmocka_unit_test(test_form__a_field_that_comes_twice_is_refused_unless_it_may),
        cmocka_unit_test(test_form__an_unknown_field_is_refused),
        cmocka_unit_test(test_form__the_fields_own_check_and_prepare_speak_beside_the_field),
        cmocka_unit_test(test_form__decomposed_letters_are_composed),
        cmocka_unit_test(test_form__bytes_that_are_no_text_are_refused_and_shown_without_harm),
        cmocka_unit_test(test_form__a_conflict_at_the_door_shows_the_form_again),
        cmocka_unit_test(test_form__a_body_over_the_limit_is_413),
        cmocka_unit_test(test_csrf__a_post_without_cookie_or_token_is_refused),
        cmocka_unit_test(test_csrf__anothers_token_is_refused),
        cmocka_unit_test(test_csrf__a_good_token_from_a_foreign_page_is_refused),
        cmocka_unit_test(test_csrf__a_stale_token_of_our_own_page_keeps_what_was_typed),
        cmocka_unit_test(test_csrf__the_page_gives_the_token_and_a_cookie_to_bind_it),
        cmocka_unit_test(test_idempotency__the_same_submission_twice_is_one_act),
        cmocka_unit_test(test_idempotency__the_same_key_with_other_content_is_a_conflict),
        cmocka_unit_test(test_idempotency__a_repeat_of_what_is_done_is_told_so_where_prepare_would_refuse_it),
        cmocka_unit_test(test_idempotency__keys_are_forgotten_after_two_days),
        cmocka_unit_test(test_idempotency__after_a_failure_of_the_store_anywhere_a_repeat_runs_once),
        cmocka_unit_test(test_idempotency__a_key_counts_for_one_account_and_path),
        cmocka_unit_test(test_idempotency__a_refused_write_does_not_use_up_its_key),
        cmocka_unit_test(test_reply__that_fails_after_the_write_says_that_it_was_recorded),
        cmocka_unit_test(test_recorded_get__writes_its_record_before_the_page),
        cmocka_unit_test(test_json__a_body_is_checked_like_the_form),
        cmocka_unit_test(test_json__what_is_not_strict_json_is_400),
        cmocka_unit_test(test_json__what_has_no_names_where_names_are_needed_is_told_so),
        cmocka_unit_test(test_json__a_form_without_fields_takes_the_body_whole),
        cmocka_unit_test(test_json__the_idempotency_header_replays),
        cmocka_unit_test(test_json__a_session_cookie_from_a_foreign_page_is_refused),
        cmocka_unit_test(test_upload__a_file_and_its_field_arrive),
        cmocka_unit_test(test_ops__health_reads_writes_and_misses_the_signer),
        cmocka_unit_test(test_ops__metrics_openapi_and_robots_answer),
        cmocka_unit_test(test_ops__the_language_switch_comes_back_only_to_this_site),
        cmocka_unit_test(test_once__text_that_is_no_request_is_400),
        cmocka_unit_test(test_machine__a_post_needs_no_token_and_unknown_parameters_are_let_be),
        cmocka_unit_test(test_machine__values_arrive_as_they_were_sent),
        cmocka_unit_test(test_machine__a_parameter_that_comes_twice_is_refused_unless_it_may),
        cmocka_unit_test(test_machine__every_refusal_is_in_the_protocols_words),
        cmocka_unit_test(test_machine__a_cookie_may_read_and_only_a_bearer_token_may_act),
        cmocka_unit_test(test_machine__a_method_that_is_not_there_names_those_that_are),
    };
    return cmocka_run_group_tests(tests, world_open, world_close);
}
