/* links_test.c: which account an arrival opens, and that nothing is left of a link that was ended. */
#include "tests/broker/way.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int64_t account_of(struct way *w, const char *login)
{
    return persona_named(&w->f, str_of(login))->account;
}

static void sees(const struct reply *r, const char *text)
{
    if (str_find(r->body, str_of(text)) < 0)
        fail_msg("%d, without \"%s\": %.*s", r->status, text, STR_ARG(r->body));
}

static void arrives_home(const struct reply *r)
{
    if (r->status != 303 || !str_eq(r->location, STR("/my-links")))
        fail_msg("%d %.*s: %.*s", r->status, STR_ARG(r->location), STR_ARG(r->body));
}

static struct str link_number(struct way *w)
{
    struct reply page = browser_get(w, STR("/my-links"));
    ptrdiff_t at = str_find(page.body, STR("action=\"/my-links/"));
    assert_true(at >= 0);
    struct str rest = str_from(page.body, (size_t)at + strlen("action=\"/my-links/")), number;
    str_cut(&rest, '/', &number);
    return number;
}

static struct reply unlink_now(struct way *w)
{
    struct str path = str_fmt(&w->f.arena, "/my-links/%.*s/end", STR_ARG(link_number(w)));
    return browser_post(w, STR("/my-links"), path, STR(""));
}

static void test_arrival__number_name_and_birth_of_the_register_at_level_2_are_linked_at_once(void **state)
{
    struct way *w = *state;
    struct reply r = way_through(w, "vneid", DEMO, 2);
    arrives_home(&r);
    assert_int_equal(way_linked_account(w, DEMO), account_of(w, "congdan"));
    assert_int_equal(way_records(w, "broker.linked"), 1);
    r = browser_get(w, STR("/my-links"));
    sees(&r, "VNeID mức 2: đã xác thực (L4)");
    sees(&r, "Số định danh, họ tên và ngày sinh khớp dữ liệu dân cư");
}

static void test_unlink__sessions_opened_through_it_end_and_the_next_arrival_asks_for_a_proof(void **state)
{
    struct way *w = *state;
    browser_fresh(w);
    struct reply r = way_through(w, "vneid", DEMO, 2);
    arrives_home(&r);
    struct browser phone = w->browser;
    browser_fresh(w);
    way_through(w, "vneid", DEMO, 2);
    r = unlink_now(w);
    assert_int_equal(r.status, 303);
    assert_true(str_eq(r.location, STR("/sign-in")));
    assert_false(browser_signed_in(w));
    w->browser = phone;
    assert_int_equal(browser_get(w, STR("/my-links")).status, 303);
    assert_int_equal(way_linked_account(w, DEMO), 0);
    assert_int_equal(way_records(w, "broker.unlinked"), 1);

    browser_fresh(w);
    r = way_through(w, "vneid", DEMO, 2);
    assert_true(str_eq(r.location, STR("/my-links/waiting")));
    assert_false(browser_signed_in(w));
}

static void test_unlink__a_flow_that_was_under_way_proves_nothing_afterwards(void **state)
{
    struct way *w = *state;
    w->f.now.us += US_PER_MINUTE;
    browser_as(w, "congdan");
    struct str callback = way_to_callback(w, STR("/my-links/vneid/start"), DEMO, 2);
    struct browser first = w->browser;
    struct reply r = browser_get(w, way_to_callback(w, STR("/my-links/vneid/start"), DEMO, 2));
    arrives_home(&r);
    w->f.now.us += US_PER_MINUTE;
    unlink_now(w);
    w->browser = first; /* the tab that set out before */
    w->f.now.us += US_PER_SECOND;
    browser_as(w, "congdan");
    for (size_t i = 0; i < first.n; i++)
        if (str_eq(first.jar[i].name, STR("bon_flow")))
            w->browser.jar[w->browser.n++] = first.jar[i];
    r = browser_get(w, callback);
    assert_int_equal(r.status, 409);
    sees(&r, "Liên kết đã được gỡ sau khi lần đăng nhập này bắt đầu");
    assert_int_equal(way_linked_account(w, DEMO), 0);
}

static void test_unlink__an_arrival_that_waited_is_gone_with_it(void **state)
{
    struct way *w = *state;
    browser_fresh(w);
    struct reply r = way_through(w, "vneid", DEMO, 2); /* was unlinked before: waits */
    assert_true(str_eq(r.location, STR("/my-links/waiting")));
    struct browser waiting = w->browser;
    w->f.now.us += US_PER_SECOND;
    browser_as(w, "congdan");
    r = browser_get(w, way_to_callback(w, STR("/my-links/vneid/start"), DEMO, 2));
    arrives_home(&r);
    w->f.now.us += US_PER_SECOND;
    unlink_now(w);
    browser_as(w, "congdan");
    for (size_t i = 0; i < waiting.n; i++)
        if (str_eq(waiting.jar[i].name, STR("bon_arrival")))
            w->browser.jar[w->browser.n++] = waiting.jar[i];
    r = browser_post(w, STR("/my-links/waiting"), STR("/my-links/waiting"), STR(""));
    assert_int_equal(r.status, 409);
    assert_int_equal(way_linked_account(w, DEMO), 0);
}

static void test_waiting__whoever_signs_in_and_confirms_has_given_the_proof(void **state)
{
    struct way *w = *state;
    w->f.now.us += US_PER_MINUTE;
    browser_fresh(w);
    struct reply r = way_through(w, "vneid", DEMO, 2);
    assert_true(str_eq(r.location, STR("/my-links/waiting")));
    r = browser_get(w, r.location);
    sees(&r, "xin đăng nhập vào đó một lần");
    sees(&r, "067*****0123");
    struct browser waiting = w->browser;
    browser_as(w, "congdan");
    for (size_t i = 0; i < waiting.n; i++)
        w->browser.jar[w->browser.n++] = waiting.jar[i];
    r = browser_post(w, STR("/my-links/waiting"), STR("/my-links/waiting"), STR(""));
    assert_int_equal(r.status, 303);
    assert_true(str_eq(r.location, STR("/my-links?done=linked")));
    assert_int_equal(way_linked_account(w, DEMO), account_of(w, "congdan"));
}

static void test_waiting__another_persons_account_does_not_take_it(void **state)
{
    struct way *w = *state;
    browser_fresh(w);
    struct reply r = way_through(w, "vneid", MAU, 1); /* level 1 proves no number */
    assert_true(str_eq(r.location, STR("/my-links/waiting")));
    struct browser waiting = w->browser;
    browser_as(w, "congdan");
    for (size_t i = 0; i < waiting.n; i++)
        w->browser.jar[w->browser.n++] = waiting.jar[i];
    r = browser_post(w, STR("/my-links/waiting"), STR("/my-links/waiting"), STR(""));
    assert_int_equal(r.status, 409); /* congdan is linked to his own subject */
    sees(&r, "đang liên kết với một danh tính khác");
    assert_int_equal(way_linked_account(w, MAU), 0);
}

static void test_arrival__the_same_subject_with_another_number_is_refused_by_name_and_recorded(void **state)
{
    struct way *w = *state;
    int64_t before = way_records(w, "broker.refused");
    browser_fresh(w);
    vneid_sim_fault(w->sim, VNEID_OTHER_PERSON);
    struct reply r = way_through(w, "vneid", DEMO, 2);
    vneid_sim_fault(w->sim, 0);
    assert_int_equal(r.status, 403);
    sees(&r, "mang số định danh của người khác");
    assert_false(browser_signed_in(w));
    assert_int_equal(way_records(w, "broker.refused"), before + 1);
}

static void test_link__an_account_takes_only_its_own_number(void **state)
{
    struct way *w = *state;
    browser_as(w, "congdan.khac");
    struct reply r = browser_get(w, way_to_callback(w, STR("/my-links/vneid/start"), VI_DU, 2));
    assert_int_equal(r.status, 403);
    sees(&r, "mang số định danh của người khác");
    assert_int_equal(way_linked_account(w, VI_DU), 0);
}

static void test_link__a_subject_opens_one_account_only(void **state)
{
    struct way *w = *state;
    browser_as(w, "congdan.khac");
    struct reply r = browser_get(w, way_to_callback(w, STR("/my-links/vneid/start"), DEMO, 2));
    assert_int_equal(r.status, 409);
    sees(&r, "đang liên kết với một tài khoản khác");
}

static void test_link__an_officer_without_a_number_takes_only_the_same_name(void **state)
{
    struct way *w = *state;
    browser_as(w, "lanhdao");
    struct reply r = browser_get(w, way_to_callback(w, STR("/my-links/vneid/start"), VI_DU, 2));
    assert_int_equal(r.status, 403);
    sees(&r, "khác với họ tên của tài khoản");
}

static void test_arrival__nobodys_number_makes_a_citizens_account_where_the_province_says_so(void **state)
{
    struct way *w = *state;
    browser_fresh(w);
    struct reply r = way_through(w, "vneid-body", VI_DU, 2);
    arrives_home(&r);
    assert_int_equal(way_records(w, "broker.joined"), 1);
    r = browser_get(w, STR("/my-data"));
    assert_int_equal(r.status, 200);
    sees(&r, "Lê Thị Ví Dụ");
    r = browser_get(w, STR("/my-links"));
    sees(&r, "Tài khoản này được tạo từ liên kết");
}

static void test_arrival__nobodys_number_waits_where_the_province_does_not(void **state)
{
    struct way *w = *state;
    browser_fresh(w);
    struct reply r = way_through(w, "vneid", Y_DEMO, 2);
    assert_true(str_eq(r.location, STR("/my-links/waiting")));
    assert_int_equal(way_records(w, "broker.joined"), 1);
}

static void test_callback__the_same_address_twice_signs_in_once(void **state)
{
    struct way *w = *state;
    browser_fresh(w);
    struct str callback = way_to_callback(w, STR("/sign-in/with/vneid"), DEMO, 2);
    struct browser before = w->browser;
    struct reply r = browser_get(w, callback);
    assert_int_equal(r.status, 303);
    w->browser = before;
    r = browser_get(w, callback);
    assert_int_equal(r.status, 409);
    assert_false(browser_signed_in(w));
}

static void test_callback__in_another_browser_does_nothing_and_leaves_no_record(void **state)
{
    struct way *w = *state;
    int64_t before = way_records(w, "broker.refused");
    browser_fresh(w);
    struct str callback = way_to_callback(w, STR("/sign-in/with/vneid"), DEMO, 2);
    browser_fresh(w);
    struct reply r = browser_get(w, callback);
    assert_int_equal(r.status, 409);
    sees(&r, "không bắt đầu từ trình duyệt này");
    assert_int_equal(way_records(w, "broker.refused"), before);
}

static void test_callback__after_sixteen_minutes_one_begins_again(void **state)
{
    struct way *w = *state;
    browser_fresh(w);
    struct str callback = way_to_callback(w, STR("/sign-in/with/vneid"), DEMO, 2);
    w->f.now.us += 16 * US_PER_MINUTE;
    struct reply r = browser_get(w, callback);
    assert_int_equal(r.status, 409);
    assert_false(browser_signed_in(w));
}

static void test_callback__for_another_accounts_link_is_refused(void **state)
{
    struct way *w = *state;
    browser_as(w, "congdan.khac");
    struct str callback = way_to_callback(w, STR("/my-links/vneid/start"), MAU, 2);
    struct browser first = w->browser;
    browser_as(w, "lanhdao");
    for (size_t i = 0; i < first.n; i++)
        if (str_eq(first.jar[i].name, STR("bon_flow")))
            w->browser.jar[w->browser.n++] = first.jar[i];
    struct reply r = browser_get(w, callback);
    assert_int_equal(r.status, 409);
    assert_int_equal(way_linked_account(w, MAU), 0);
}

static void test_callback__who_says_no_at_the_provider_is_told_how_to_go_on(void **state)
{
    struct way *w = *state;
    browser_fresh(w);
    struct reply r = browser_get(w, way_to_callback(w, STR("/sign-in/with/vneid"), 24, 0));
    assert_int_equal(r.status, 403);
    sees(&r, "Bạn đã chọn không đồng ý");
}

static void test_next__only_a_path_of_this_site_is_followed(void **state)
{
    struct way *w = *state;
    browser_fresh(w);
    struct reply r = browser_get(w, way_to_callback(w, STR("/sign-in/with/vneid?next=https://evil.example/"), DEMO, 2));
    assert_true(str_eq(r.location, STR("/home")));
    browser_fresh(w);
    r = browser_get(w, way_to_callback(w, STR("/sign-in/with/vneid?next=//evil.example"), DEMO, 2));
    assert_true(str_eq(r.location, STR("/home")));
}

static void test_sign_out__tells_that_the_session_at_the_provider_is_still_there(void **state)
{
    struct way *w = *state;
    browser_fresh(w);
    way_through(w, "vneid", DEMO, 2);
    struct reply r = browser_post(w, STR("/my-links"), STR("/sign-out"), STR(""));
    assert_true(str_eq(r.location, STR("/sign-in/with/vneid/left")));
    r = browser_get(w, r.location);
    sees(&r, "Phiên ở trang này đã kết thúc");
    r = browser_get(w, STR("/sign-in/with/vneid/leave"));
    assert_int_equal(r.status, 303);
    assert_true(str_find(r.location, STR("/logout?client_id=bon&post_logout_redirect_uri=http%3A%2F%2Fbon.test%2Fsign-in")) >
                0);
}

static void test_provider__down_is_said_at_once_after_three_tries_and_tried_again_later(void **state)
{
    struct way *w = *state;
    browser_fresh(w);
    way_to_callback(w, STR("/sign-in/with/vneid"), DEMO, 2); /* its addresses are known */
    vneid_sim_fault(w->sim, VNEID_500);
    for (int i = 0; i < 3; i++) {
        browser_fresh(w);
        vneid_sim_fault(w->sim, 0);
        w->f.now.us += US_PER_SECOND;
        struct str callback = way_to_callback(w, STR("/sign-in/with/vneid"), DEMO, 2);
        vneid_sim_fault(w->sim, VNEID_500);
        struct reply r = browser_get(w, callback);
        assert_int_equal(r.status, 502);
        sees(&r, "Hệ thống ấy chưa trả lời");
    }
    struct reply r = browser_get(w, STR("/sign-in"));
    sees(&r, "Đang gián đoạn");
    struct vneid_sim_counts before, after;
    vneid_sim_fault(w->sim, 0);
    browser_fresh(w);
    vneid_sim_counts(w->sim, &before);
    r = browser_get(w, way_to_callback(w, STR("/sign-in/with/vneid"), DEMO, 2));
    assert_int_equal(r.status, 502);
    vneid_sim_counts(w->sim, &after);
    assert_int_equal(before.token, after.token); /* nobody was asked */
    w->f.now.us += 31 * US_PER_SECOND;
    browser_fresh(w);
    r = way_through(w, "vneid", DEMO, 2);
    arrives_home(&r);
    r = browser_get(w, STR("/sign-in"));
    assert_true(str_find(r.body, STR("Đang gián đoạn")) < 0);
}

static int open_all(void **state)
{
    static struct way w;
    way_open(&w);
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
        cmocka_unit_test(test_arrival__number_name_and_birth_of_the_register_at_level_2_are_linked_at_once),
        cmocka_unit_test(test_unlink__sessions_opened_through_it_end_and_the_next_arrival_asks_for_a_proof),
        cmocka_unit_test(test_unlink__a_flow_that_was_under_way_proves_nothing_afterwards),
        cmocka_unit_test(test_unlink__an_arrival_that_waited_is_gone_with_it),
        cmocka_unit_test(test_waiting__whoever_signs_in_and_confirms_has_given_the_proof),
        cmocka_unit_test(test_waiting__another_persons_account_does_not_take_it),
        cmocka_unit_test(test_arrival__the_same_subject_with_another_number_is_refused_by_name_and_recorded),
        cmocka_unit_test(test_link__an_account_takes_only_its_own_number),
        cmocka_unit_test(test_link__a_subject_opens_one_account_only),
        cmocka_unit_test(test_link__an_officer_without_a_number_takes_only_the_same_name),
        cmocka_unit_test(test_arrival__nobodys_number_makes_a_citizens_account_where_the_province_says_so),
        cmocka_unit_test(test_arrival__nobodys_number_waits_where_the_province_does_not),
        cmocka_unit_test(test_callback__the_same_address_twice_signs_in_once),
        cmocka_unit_test(test_callback__in_another_browser_does_nothing_and_leaves_no_record),
        cmocka_unit_test(test_callback__after_sixteen_minutes_one_begins_again),
        cmocka_unit_test(test_callback__for_another_accounts_link_is_refused),
        cmocka_unit_test(test_callback__who_says_no_at_the_provider_is_told_how_to_go_on),
        cmocka_unit_test(test_next__only_a_path_of_this_site_is_followed),
        cmocka_unit_test(test_sign_out__tells_that_the_session_at_the_provider_is_still_there),
        cmocka_unit_test(test_provider__down_is_said_at_once_after_three_tries_and_tried_again_later),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
