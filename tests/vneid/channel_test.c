/* channel_test.c: the contract with VNeID, point by point: who is about to come, who comes, what is told, what differs. */
#include "tests/vneid/world.h"

#include "engines/broker/links.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define LINKS   "/api/v1/vneid/links"
#define EVENTS  "/api/v1/vneid/events"
#define MAU_SAY "không phải người đang đăng nhập ở đây"

static struct channel c;

static bool has(struct str body, const char *part)
{
    return str_find(body, str_of(part)) >= 0;
}

static void shows(struct reply r, int status, const char *part)
{
    if (r.status != status || !has(r.body, part))
        fail_msg("%d %.*s; wanted %d %s", r.status, STR_ARG(str_head(r.body, 3000)), status, part);
}

static struct str between(struct str s, const char *before, char after)
{
    struct str out;
    ptrdiff_t at = str_find(s, str_of(before));
    assert_true(at >= 0);
    s = str_from(s, (size_t)at + strlen(before));
    str_cut(&s, after, &out);
    return out;
}

/* ---- links ---- */

/* A link token with one thing changed: members that replace or add to the good ones. */
struct link_wish {
    const char *type, *aud, *iss, *service, *pid, *acr, *sub;
    int64_t iat, exp; /* seconds from now */
    bool no_jti, spoiled;
};

static struct str link_token(struct link_wish w)
{
    struct arena *a = &c.way.f.arena;
    int64_t now = c.way.f.now.us / US_PER_SECOND;
    struct vneid_sim *vneid = vneid_services_sim_vneid(c.sim);
    struct str iss = w.iss ? str_of(w.iss) : str_fmt(a, "http://127.0.0.1:%d", vneid_sim_port(vneid));
    struct str sub = w.sub ? str_of(w.sub) : vneid_sim_subject(vneid, a, DEMO);
    struct str jti = w.no_jti ? STR("") : str_fmt(a, "\"jti\":\"%.*s\",", STR_ARG(token_new(a)));
    struct str claims =
        str_fmt(a,
                "{\"aud\":\"%s\",\"iss\":\"%.*s\",\"iat\":%lld,\"exp\":%lld,%.*s\"sub\":\"%.*s\",\"service\":\"%s\","
                "\"SoDinhDanh\":\"%s\",\"HoVaTen\":\"Nguyễn Văn Demo\",\"NgayThangNamSinh\":\"01/02/1990\",\"acr\":\"%s\"}",
                w.aud ? w.aud : "bon", STR_ARG(iss), (long long)(now + w.iat), (long long)(now + (w.exp ? w.exp : 120)),
                STR_ARG(jti), STR_ARG(sub), w.service ? w.service : "DVC12", w.pid ? w.pid : DEMO_PID, w.acr ? w.acr : "2");
    return vneid_sim_sign(vneid, a, w.type ? w.type : "vneid-link+jwt", w.spoiled, claims);
}

static struct str code_for(struct link_wish w)
{
    struct reply r = channel_post(&c, LINKS, link_token(w));
    assert_int_equal(r.status, 201);
    return between(r.body, "\"code\":\"", '"');
}

static void test_link__is_refused_by_the_name_of_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        struct link_wish wish;
        int status;
        const char *cause;
    } wrong[] = {
        { { .spoiled = true }, 400, "\"cause\":\"signature\"" },
        { { .type = "JWT" }, 400, "\"cause\":\"typ\"" },
        { { .type = "vneid-events+jwt" }, 400, "\"cause\":\"typ\"" },
        { { .aud = "another" }, 400, "\"cause\":\"aud\"" },
        { { .iss = "http://127.0.0.1:1" }, 400, "\"cause\":\"iss\"" },
        { { .exp = -120, .iat = -200 }, 400, "\"cause\":\"exp\"" },
        { { .exp = 86400 }, 400, "\"cause\":\"exp\"" },
        { { .iat = -900 }, 400, "\"cause\":\"iat\"" },
        { { .no_jti = true }, 400, "\"cause\":\"jti\"" },
        { { .pid = "12345" }, 400, "\"cause\":\"SoDinhDanh\"" },
        { { .acr = "9" }, 400, "\"cause\":\"acr\"" },
        { { .service = "drop table" }, 400, "\"cause\":\"service\"" },
        { { .service = "DVC02" }, 409, "phải làm tại quầy" },
        { { .service = "DVC99" }, 409, "\"cause\":\"service\"" },
        { { .service = "DVC18" }, 409, "chưa có trong VNeID" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        shows(channel_post(&c, LINKS, link_token(wrong[i].wish)), wrong[i].status, wrong[i].cause);
    shows(channel_post(&c, LINKS, STR("not.a.token")), 400, "\"cause\":");
    shows(program_post_json(&c.way, STR(LINKS), STR("{\"other\":1}")), 400, "invalid_request");
    shows(program_post(&c.way, STR(LINKS), STR("token=a.b.c")), 400, "invalid_request");
}

static void test_link__the_same_token_opens_nothing_a_second_time(void **state)
{
    (void)state;
    struct str token = link_token((struct link_wish) { 0 });
    assert_int_equal(channel_post(&c, LINKS, token).status, 201);
    shows(channel_post(&c, LINKS, token), 409, "\"cause\":\"jti\"");
}

static struct reply come(struct str code)
{
    return browser_get(&c.way, str_fmt(&c.way.f.arena, "/vneid/den?ma=%.*s", STR_ARG(code)));
}

static void test_arrive__a_code_opens_once_and_lives_a_minute(void **state)
{
    (void)state;
    struct str code = code_for((struct link_wish) { 0 }), old = code_for((struct link_wish) { 0 });
    browser_fresh(&c.way);
    struct reply r = come(code);
    assert_int_equal(r.status, 303);
    assert_true(str_eq(r.location, STR("/sign-in/with/vneid?next=%2Fvneid%2Fmo")));
    shows(come(code), 410, "đã quá một phút");
    shows(come(STR("never-given")), 410, "đã quá một phút");
    c.way.f.now.us += 61 * US_PER_SECOND;
    shows(come(old), 410, "đã quá một phút");
}

static void arrive_as(const char *login, struct link_wish w)
{
    struct str code = code_for(w);
    browser_as(&c.way, login);
    struct reply r = come(code);
    assert_int_equal(r.status, 303);
    assert_true(str_eq(r.location, STR("/vneid/mo")));
}

static void test_open__claims_of_another_person_are_refused_by_name_and_recorded(void **state)
{
    (void)state;
    int64_t before = way_records(&c.way, "vneid.refused");
    arrive_as("congdan.khac", (struct link_wish) { 0 });
    struct reply r = browser_get(&c.way, STR("/vneid/mo"));
    shows(r, 403, MAU_SAY);
    assert_true(has(r.body, "Trần Văn Mẫu"));     /* who is signed in */
    assert_false(has(r.body, "Nguyễn Văn Demo")); /* nothing of the other */
    assert_int_equal(way_records(&c.way, "vneid.refused"), before + 1);
}

static void test_open__an_old_subject_of_an_account_that_was_linked_anew_is_another_person(void **state)
{
    (void)state;
    browser_fresh(&c.way);
    assert_int_equal(way_through(&c.way, "vneid", DEMO, 2).status, 303); /* Demo's own subject is linked */
    arrive_as("congdan", (struct link_wish) { .sub = "a-subject-of-before" });
    shows(browser_get(&c.way, STR("/vneid/mo")), 403, MAU_SAY);
}

static void test_open__fills_in_the_form_with_its_source_and_once(void **state)
{
    (void)state;
    struct arena *a = &c.way.f.arena;
    arrive_as("congdan", (struct link_wish) { 0 });
    struct reply r = browser_get(&c.way, STR("/vneid/mo"));
    shows(r, 200, "VNeID gửi kèm");
    assert_true(has(r.body, "Nguyễn Văn Demo") && has(r.body, "MÔ PHỎNG"));
    struct str offer = between(r.body, "name=\"offer\" value=\"", '"');
    struct str form = str_fmt(a, "whom=self&offer=%.*s", STR_ARG(offer));
    r = browser_post(&c.way, STR("/vneid/mo"), STR("/nop/DVC12"), form);
    assert_int_equal(r.status, 303);
    struct str draft = r.location;
    r = browser_get(&c.way, draft);
    assert_int_equal(r.status, 303);
    r = browser_get(&c.way, r.location);
    shows(r, 200, "Lấy từ VNeID ngày");
    assert_false(has(r.body, "có trong Cơ sở dữ liệu dân cư")); /* the page's own words do not name another source */
    shows(browser_post(&c.way, STR("/vneid/mo"), STR("/nop/DVC12"), form), 409, "đã dùng");
    shows(browser_post(&c.way, STR("/vneid/mo"), STR("/nop/DVC04"), form), 409, "không dành cho lần nộp này");
    browser_as(&c.way, "congdan.khac");
    shows(browser_post(&c.way, STR("/nop/DVC12"), STR("/nop/DVC12"), form), 409, "không dành cho lần nộp này");
}

static void test_open__asks_for_the_level_that_the_service_needs(void **state)
{
    (void)state;
    struct persona *p = persona_named(&c.way.f, STR("congdan"));
    struct str code = code_for((struct link_wish) { 0 });
    fixture_sign_in_weakly(&c.way.f, p);
    browser_fresh(&c.way);
    browser_cookie(&c.way, SESSION_COOKIE, p->token);
    assert_int_equal(come(code).status, 303);
    struct reply r = browser_get(&c.way, STR("/vneid/mo"));
    assert_int_equal(r.status, 303);
    assert_true(str_starts(r.location, STR("/sign-in?")));
}

static void test_open__a_service_that_was_switched_off_meanwhile_is_refused(void **state)
{
    (void)state;
    struct str page = STR("/admin/vneid/dich-vu");
    arrive_as("congdan", (struct link_wish) { .service = "DVC13" });
    struct browser citizen = c.way.browser;
    browser_as(&c.way, "quantri");
    assert_int_equal(browser_post(&c.way, page, page, STR("service=DVC13&offered=off&reason=thu")).status, 303);
    c.way.browser = citizen;
    shows(browser_get(&c.way, STR("/vneid/mo")), 409, "đang tạm tắt trong VNeID");
    shows(channel_post(&c, LINKS, link_token((struct link_wish) { .service = "DVC13" })), 409, "đang tạm tắt");
    browser_as(&c.way, "quantri");
    assert_int_equal(browser_post(&c.way, page, page, STR("service=DVC13&offered=on&reason=thu")).status, 303);
    shows(browser_post(&c.way, page, page, STR("service=DVC02&offered=on&reason=thu")), 409, "phải làm tại quầy");
}

/* ---- what VNeID tells ---- */

static struct reply tell(void)
{
    struct str token;
    assert_true(vneid_services_sim_tell(c.sim, &c.way.f.arena, &token));
    return channel_post(&c, EVENTS, token);
}

static struct str event_json(const char *id, const char *type, struct str number, const char *pid, const char *time)
{
    return str_fmt(
        &c.way.f.arena,
        "{\"id\":\"%s\",\"type\":\"%s\",\"case\":\"%.*s\",\"person\":\"%s\",\"time\":\"%s\",\"of\":\"\",\"words\":\"\"}", id,
        type, STR_ARG(number), pid, time);
}

static struct reply tell_this(struct str event)
{
    struct arena *a = &c.way.f.arena;
    struct vneid_sim *vneid = vneid_services_sim_vneid(c.sim);
    int64_t now = c.way.f.now.us / US_PER_SECOND;
    struct str claims = str_fmt(
        a, "{\"aud\":\"bon\",\"iss\":\"http://127.0.0.1:%d\",\"iat\":%lld,\"exp\":%lld,\"jti\":\"%.*s\",\"events\":[%.*s]}",
        vneid_sim_port(vneid), (long long)now, (long long)(now + 120), STR_ARG(token_new(a)), STR_ARG(event));
    return channel_post(&c, EVENTS, vneid_sim_sign(vneid, a, "vneid-events+jwt", false, claims));
}

static struct str now_text(void)
{
    return instant_iso(&c.way.f.arena, c.way.f.now);
}

static void test_events__a_withdrawal_is_made_once_and_too_late_afterwards(void **state)
{
    (void)state;
    struct str number;
    int64_t id = channel_file(&c, "receive", &number);
    const char *at = str_cstr(&c.way.f.arena, now_text());
    struct str event = event_json("w-1", "withdraw", number, DEMO_PID, at);
    shows(tell_this(event_json("w-0", "withdraw", number, MAU_PID, at)), 200, "\"outcome\":\"unknown\"");
    assert_true(str_eq(channel_case(&c, id).state->id, STR("received")));
    shows(tell_this(event), 200, "\"outcome\":\"done\"");
    assert_true(str_eq(channel_case(&c, id).state->id, STR("withdrawn")));
    shows(tell_this(event), 200, "\"outcome\":\"again\"");
    shows(tell_this(event_json("w-2", "withdraw", number, DEMO_PID, at)), 200, "\"outcome\":\"too_late\"");
}

static void test_events__a_supplement_moves_the_case_on_when_it_was_asked_for(void **state)
{
    (void)state;
    struct str number;
    int64_t id = channel_file(&c, "receive assign", &number);
    const char *at = str_cstr(&c.way.f.arena, now_text());
    shows(tell_this(event_json("s-1", "supplement", number, DEMO_PID, at)), 200, "\"outcome\":\"too_late\"");
    channel_move(&c, id, "ask_more");
    shows(tell_this(event_json("s-1", "supplement", number, DEMO_PID, at)), 200, "\"outcome\":\"again\"");
    vneid_services_sim_do(c.sim, "supplement", number, STR(DEMO_PID), STR("Tôi đã bổ sung bản sao."));
    while (str_eq(channel_case(&c, id).state->id, STR("waiting_papers")))
        assert_int_equal(tell().status, 200);
    assert_true(str_eq(channel_case(&c, id).state->id, STR("processing")));
}

static void test_events__what_is_no_event_is_refused_by_name(void **state)
{
    (void)state;
    struct str number;
    channel_file(&c, "", &number);
    const char *at = str_cstr(&c.way.f.arena, now_text());
    shows(tell_this(event_json("", "read", number, DEMO_PID, at)), 400, "\"cause\":\"id\"");
    shows(tell_this(event_json("x", "delete", number, DEMO_PID, at)), 400, "\"cause\":\"type\"");
    shows(tell_this(event_json("x", "withdraw", STR("1"), DEMO_PID, at)), 400, "\"cause\":\"case\"");
    shows(tell_this(event_json("x", "withdraw", number, "1", at)), 400, "\"cause\":\"person\"");
    shows(tell_this(event_json("x", "withdraw", number, DEMO_PID, "2031-01-01T00:00:00Z")), 400, "\"cause\":\"time\"");
    shows(tell_this(event_json("x", "read", number, DEMO_PID, at)), 400, "\"cause\":\"of\"");
    shows(tell_this(STR("")), 400, "\"cause\":\"events\"");
}

/* ---- outage, differences ---- */

static void test_push__while_vneid_is_away_the_case_says_that_it_is_safe(void **state)
{
    (void)state;
    struct str number;
    channel_file(&c, "receive", &number);
    channel_seal(&c);
    channel_job(&c, "vneid.feed");
    vneid_services_sim_outage(c.sim, true);
    channel_job(&c, "vneid.push");
    browser_as(&c.way, "congdan");
    struct str page = str_fmt(&c.way.f.arena, "/ho-so/%.*s", STR_ARG(number));
    shows(browser_get(&c.way, page), 200, "VNeID đang gián đoạn, hồ sơ vẫn an toàn");
    vneid_services_sim_outage(c.sim, false);
    c.way.f.now.us += US_PER_HOUR;
    assert_true(channel_drain(&c, 5));
    assert_false(has(browser_get(&c.way, page).body, "VNeID đang gián đoạn"));
}

static int64_t applied(void)
{
    struct vneid_services_sim_counts n;
    vneid_services_sim_counts(c.sim, &n);
    return n.applied;
}

static void test_feed__tells_states_results_words_and_the_officers_side_of_a_talk(void **state)
{
    (void)state;
    static const struct {
        const char *act;
        int messages;
    } acts[] = { { "receive", 1 }, { "assign", 1 },    { "say", 1 },      { "propose", 1 },
                 { "approve", 1 }, { "hand_over", 1 }, { "complain", 0 }, { "answer", 1 } };
    struct str number;
    assert_true(channel_drain(&c, 5));
    int64_t before = applied(), id = channel_file(&c, "", &number);
    assert_true(channel_drain(&c, 5));
    assert_int_equal(applied(), ++before);
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        channel_move(&c, id, acts[i].act);
        assert_true(channel_drain(&c, 5));
        before += acts[i].messages;
        if (applied() != before)
            fail_msg("%s", acts[i].act);
    }
    channel_job(&c, "vneid.feed"); /* read again: nothing new */
    channel_job(&c, "vneid.push");
    assert_int_equal(applied(), before);
    assert_int_equal(vneid_services_sim_result(c.sim, number),
                     64); /* the hash of the result, which the talk afterwards leaves there */
}

static void test_measure__counts_the_services_that_everyone_sees(void **state)
{
    (void)state;
    struct dbr *r;
    struct err e = { 0 };
    struct measure_count n;
    const struct app *app = &c.way.f.p.app;
    assert_int_equal(db_read_begin(app->db, &r, &e), 0);
    assert_int_equal(vneid_measures[0].count(app, r, &c.way.f.arena, instant_day(c.way.f.now), &n, &e), 1);
    assert_int_equal(n.numerator, 16); /* of the pack's 17 one has a step at a counter */
    struct day before;
    day_from_ymd(2025, 12, 31, &before);
    assert_int_equal(vneid_measures[0].count(app, r, &c.way.f.arena, before, &n, &e), 1);
    assert_int_equal(n.numerator, 0);
    db_read_end(r);
}

static struct vneid_run_result compare_today(void)
{
    struct err e = { 0 };
    struct vneid_run_result out;
    struct arena a;
    arena_init(&a, 64 << 20);
    if (vneid_reconcile(&c.way.f.p.app, &a, instant_day(c.way.f.now), c.way.f.now, &out, &e))
        fail_msg("%s", e.detail);
    arena_release(&a);
    return out;
}

static int64_t duty_of(struct str number)
{
    struct str body = browser_get(&c.way, STR("/admin/vneid")).body;
    struct str end = str_fmt(&c.way.f.arena, "\">%.*s</a>", STR_ARG(number));
    ptrdiff_t at = str_find(body, end);
    int64_t id = 0;
    assert_true(at > 0);
    size_t from = (size_t)at;
    while (from > 0 && body.p[from - 1] != '/')
        from--;
    assert_true(str_to_i64((struct str) { body.p + from, (size_t)at - from }, &id));
    return id;
}

static struct reply settle(int64_t duty, const char *action)
{
    struct str page = str_fmt(&c.way.f.arena, "/admin/vneid/viec/%lld", (long long)duty);
    return browser_post(&c.way, page, page, str_fmt(&c.way.f.arena, "action=%s&reason=Da+goi+dien+cho+VNeID", action));
}

static void test_reconcile__each_difference_is_somebodys_and_ends_with_an_action(void **state)
{
    (void)state;
    struct str lost, other, here = STR("24763.H16-261124-9999");
    channel_file(&c, "receive", &lost);
    channel_file(&c, "receive assign", &other);
    assert_true(channel_drain(&c, 5));
    assert_int_equal(compare_today().found, 0);
    vneid_services_sim_forget(c.sim, lost);
    vneid_services_sim_set(c.sim, other, STR("DA_TRA_KET_QUA"));
    vneid_services_sim_set(c.sim, here, STR("MOI_DANG_KY"));
    struct vneid_run_result found = compare_today();
    assert_int_equal(found.found, 3);
    assert_int_equal(found.new_found, 3);
    assert_int_equal(compare_today().new_found, 0); /* the same duty is not given twice */
    const struct persona *officer = persona_with(&c.way.f, STR("integration_officer"));
    browser_as(&c.way, officer->login);
    shows(browser_get(&c.way, STR("/admin/vneid")), 200, "VNeID không có hồ sơ này");
    shows(browser_get(&c.way, STR("/admin/vneid")), 200, "Của tôi");
    shows(browser_get(&c.way, STR("/tin-bao")), 200, "có chỗ khác nhau cần bạn xử lý");
    shows(settle(duty_of(here), "push"), 422, "không gửi lại được");
    assert_int_equal(settle(duty_of(here), "explain").status, 303);
    assert_int_equal(settle(duty_of(lost), "push").status, 303);
    browser_as(&c.way, "quantri");
    shows(settle(duty_of(other), "take_over"), 409, "đang của người khác");
    struct str own = str_fmt(&c.way.f.arena, "/admin/vneid/viec/%lld", (long long)duty_of(other));
    assert_int_equal(browser_post(&c.way, own, str_fmt(&c.way.f.arena, "%.*s/nhan", STR_ARG(own)), STR("")).status, 303);
    assert_int_equal(settle(duty_of(other), "push").status, 303);
    assert_true(channel_drain(&c, 5));
    found = compare_today();
    assert_int_equal(found.found, 1); /* what was explained is still so, and nobody's duty again */
    assert_int_equal(found.new_found, 0);
    shows(browser_get(&c.way, STR("/admin/vneid")), 200, "Không có chỗ nào khác nhau");
}

static int open_world(void **state)
{
    (void)state;
    channel_open(&c, "");
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    channel_close(&c);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_link__is_refused_by_the_name_of_what_is_wrong),
        cmocka_unit_test(test_link__the_same_token_opens_nothing_a_second_time),
        cmocka_unit_test(test_arrive__a_code_opens_once_and_lives_a_minute),
        cmocka_unit_test(test_open__claims_of_another_person_are_refused_by_name_and_recorded),
        cmocka_unit_test(test_open__asks_for_the_level_that_the_service_needs),
        cmocka_unit_test(test_open__fills_in_the_form_with_its_source_and_once),
        cmocka_unit_test(test_open__a_service_that_was_switched_off_meanwhile_is_refused),
        cmocka_unit_test(test_events__a_withdrawal_is_made_once_and_too_late_afterwards),
        cmocka_unit_test(test_events__a_supplement_moves_the_case_on_when_it_was_asked_for),
        cmocka_unit_test(test_events__what_is_no_event_is_refused_by_name),
        cmocka_unit_test(test_push__while_vneid_is_away_the_case_says_that_it_is_safe),
        cmocka_unit_test(test_feed__tells_states_results_words_and_the_officers_side_of_a_talk),
        cmocka_unit_test(test_measure__counts_the_services_that_everyone_sees),
        cmocka_unit_test(test_reconcile__each_difference_is_somebodys_and_ends_with_an_action),
        cmocka_unit_test(test_open__an_old_subject_of_an_account_that_was_linked_anew_is_another_person),
    };
    return cmocka_run_group_tests_name("channel", tests, open_world, close_world);
}
