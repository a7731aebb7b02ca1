/* case_test.c: the way of a case through a real store: filing, moving, who may, what is refused. */
#include "engines/cases/test/world.h"

#include <string.h>

/* ---- filing ---- */

static void number_is(struct world *w, const struct case_made *made, const char *expected)
{
    struct str number = case_number_str(&w->arena, &made->number);
    if (!str_eq(number, str_of(expected)))
        fail_msg("number %.*s, expected %s", STR_ARG(number), expected);
}

static void test_number__counts_up_per_organ_and_day_without_gaps(void **state)
{
    struct world *w = *state;
    struct case_new in = an_application(w);
    in.despite_double = true;
    struct case_made first = submitted(w, &in), second = submitted(w, &in);
    number_is(w, &first, "24763.H16-240304-0001");
    number_is(w, &second, "24763.H16-240304-0002");
    unit_code_parse(STR("24611"), &in.unit);
    struct case_made elsewhere = submitted(w, &in);
    number_is(w, &elsewhere, "24611.H16-240304-0001");
    set_time(w, "2024-03-05", 9, 0);
    unit_code_parse(STR("24763"), &in.unit);
    struct case_made next_day = submitted(w, &in);
    number_is(w, &next_day, "24763.H16-240305-0001");
}

static void test_submit__a_case_waits_for_the_desk_and_its_clock_has_not_begun(void **state)
{
    struct world *w = *state;
    struct case_new in = an_application(w);
    struct case_made made = submitted(w, &in);
    struct case_view c = case_now(w, made.id);
    assert_true(str_eq(c.state->id, STR("submitted")));
    assert_int_equal(c.owner, OWNER_ONE_STOP);
    assert_int_equal(c.clock, CLOCK_WAITING);
    assert_int_equal(c.revision, made.revision);
    due_is(w, made.id, "");
    struct str answers;
    assert_int_equal(case_answers_of(reader(w), &w->arena, made.id, &answers, &w->e), 1);
    assert_true(str_eq(answers, STR("{\"a\":\"1\"}")));
}

static void test_submit__at_a_counter_it_is_received_in_the_same_act(void **state)
{
    struct world *w = *state;
    struct case_new in = an_application(w);
    in.receive = true;
    in.channel = CASE_COUNTER;
    struct case_made made = submitted(w, &in);
    struct case_letters letters;
    assert_true(made.received);
    due_is(w, made.id, "17:00 11/03/2024");
    assert_int_equal(case_letters_of(reader(w), &w->arena, made.id, &letters, &w->e), 0);
    assert_int_equal(letters.n, 1);
    assert_int_equal(letters.v[0].kind, PAPER_RECEIPT);
}

static void test_submit__a_second_open_case_about_the_same_thing_is_shown(void **state)
{
    struct world *w = *state;
    struct case_new in = an_application(w);
    struct case_made first = submitted(w, &in), second = { 0 };
    struct case_others others;
    refused_with(w, submit(w, "clerk-24763", &in, &second), ERR_CONFLICT, "24763.H16-240304-0001");
    in.despite_double = true;
    second = submitted(w, &in);
    assert_int_equal(second.doubles, 1);
    assert_int_equal(case_doubles(&w->app, reader(w), &w->arena, STR("DVC99"), STR("067090000123"), &others, &w->e), 0);
    assert_int_equal(others.n, 2);
    assert_int_equal(others.v[0].id, first.id);
}

static void test_submit__what_cannot_be_taken_is_refused_with_a_sentence(void **state)
{
    struct world *w = *state;
    struct case_made made;
    struct case_new in = an_application(w);
    in.name = STR(" ");
    refused_with(w, submit(w, "clerk-24763", &in, &made), ERR_FORM, "họ và tên");
    in = an_application(w);
    in.service.flow = STR("no_such");
    refused_with(w, submit(w, "clerk-24763", &in, &made), ERR_INTERNAL, "chưa có quy trình");
    in = an_application(w);
    in.acts_as = CASE_PROXY;
    refused_with(w, submit(w, "clerk-24763", &in, &made), ERR_FORM, "nộp thay");
}

/* ---- offline ---- */

static struct case_new taken_offline(struct world *w, const char *client, int64_t hours_ago)
{
    struct case_new in = an_application(w);
    in.channel = CASE_OFFLINE;
    in.receive = true;
    in.facts = STR("trẻ Nguyễn Thị Mới 2024-03-01");
    in.offline = (struct case_offline_note) { .client = str_of(client),
                                              .sequence = 17,
                                              .local_at = { w->now.us - hours_ago * US_PER_HOUR },
                                              .evidence = STR("counter 17") };
    return in;
}

static void test_offline__the_desks_own_time_counts_within_bounds(void **state)
{
    struct world *w = *state;
    struct case_made made;
    set_time(w, "2024-03-06", 9, 0);
    struct case_new in = taken_offline(w, "quay-1", 47); /* Monday, ten in the morning */
    made = submitted(w, &in);
    due_is(w, made.id, "17:00 11/03/2024");
    in = taken_offline(w, "quay-2", -1);
    refused_with(w, submit(w, "clerk-24763", &in, &made), ERR_FORM, "chạy trước giờ máy chủ");
    in = taken_offline(w, "quay-2", 6 * 24);
    refused_with(w, submit(w, "clerk-24763", &in, &made), ERR_FORM, "quá lâu");
}

static void test_offline__the_same_act_sent_again_is_the_same_case(void **state)
{
    struct world *w = *state;
    struct case_new in = taken_offline(w, "quay-1", 1);
    struct case_made first = submitted(w, &in), again = submitted(w, &in);
    assert_true(again.again);
    assert_int_equal(again.id, first.id);
}

static void test_offline__two_desks_with_one_newborn_make_one_conflict_to_look_at(void **state)
{
    struct world *w = *state;
    struct case_new here = taken_offline(w, "quay-1", 1), there = taken_offline(w, "quay-2", 1);
    struct case_made first = submitted(w, &here), second = submitted(w, &there);
    struct case_double_list rows;
    must(case_doubles_open(reader(w), &w->arena, (struct instant) { 0 }, &rows, &w->e), &w->e);
    assert_int_equal(rows.n, 1);
    assert_int_equal(rows.v[0].id, second.id);
    assert_int_equal(rows.v[0].other, first.id);
}

/* ---- moving ---- */

static int64_t received_case(struct world *w)
{
    static const struct case_fee_line fee = { STR_INIT("base"), STR_INIT("Lệ phí"), { 50000 }, true };
    struct case_new in = an_application(w);
    in.receive = true;
    in.fees = &fee;
    in.n_fees = 1;
    return submitted(w, &in).id;
}

static void test_move__from_the_door_to_the_result(void **state)
{
    struct world *w = *state;
    struct case_new in = an_application(w);
    int64_t id = submitted(w, &in).id;
    moved(w, "clerk-24763", id, "receive", "");
    moved(w, "work-24763", id, "propose", "");
    set_time(w, "2024-03-08", 10, 0);
    moved(w, "sign-24763", id, "approve", "");
    struct case_view c = case_now(w, id);
    assert_int_equal(c.clock, CLOCK_OVER);
    assert_true(c.on_time);
    assert_true(c.open); /* the result is still to be handed over */
    moved(w, "clerk-24763", id, "return", "");
    c = case_now(w, id);
    assert_false(c.open);
    assert_true(c.result_at.us != 0);
    struct case_steps steps;
    assert_int_equal(case_steps_of(&w->app, reader(w), &w->arena, &c, 0, &steps, &w->e), 0);
    assert_int_equal(steps.n, 5);
    assert_true(str_eq(steps.v[3].label, STR("Ký duyệt")));
}

static void test_move__the_second_of_two_clerks_hears_what_happened(void **state)
{
    struct world *w = *state;
    int64_t id = received_case(w);
    struct case_view seen = case_now(w, id);
    struct case_by by = case_by_request(a_request(w, "work-24763"));
    struct case_move_in in = { .id = id, .revision = seen.revision, .move = STR("propose") };
    struct case_moving moving;
    moved(w, "work-24763", id, "ask", "Thiếu giấy chứng sinh");
    refused_with(w, case_move_check(reader(w), &by, &in, &moving, &w->e), ERR_CONFLICT,
                 "Yêu cầu bổ sung, work-24763 lúc 09:00 04/03/2024");
}

static void test_move__only_whose_turn_it_is(void **state)
{
    struct world *w = *state;
    struct case_new in = an_application(w);
    int64_t id = submitted(w, &in).id;
    refused_with(w, move(w, "work-24763", id, "receive", ""), ERR_FORBIDDEN, "thuộc người khác");
    refused_with(w, move(w, "clerk-24611", id, "receive", ""), ERR_NOT_FOUND, "Không tìm thấy");
    refused_with(w, move(w, "police-24763", id, "receive", ""), ERR_NOT_FOUND, "Không tìm thấy");
    refused_with(w, move(w, "citizen-7", id, "receive", ""), ERR_FORBIDDEN, "thuộc người khác");
    refused_with(w, move(w, "citizen-8", id, "receive", ""), ERR_NOT_FOUND, "Không tìm thấy");
    moved(w, "clerk-24763", id, "receive", "");
    refused_with(w, move(w, "clerk-24763", id, "receive", ""), ERR_CONFLICT, "không làm được việc này");
}

static void test_move__a_chain_gives_the_turn_to_whoever_carries_the_function(void **state)
{
    struct world *w = *state;
    int64_t id = received_case(w);
    refused_with(w, move(w, "police-24763", id, "hand", ""), ERR_NOT_FOUND, "Không tìm thấy");
    moved(w, "work-24763", id, "hand", "");
    struct case_view c = case_now(w, id);
    assert_true(str_eq(c.agency, STR(CASE_COMMUNE_POLICE)));
    assert_true(str_eq(instant_vi(&w->arena, c.share_due), STR("17:00 06/03/2024")));
    due_is(w, id, "17:00 11/03/2024");
    refused_with(w, move(w, "work-24763", id, "back", ""), ERR_NOT_FOUND, "Không tìm thấy");
    moved(w, "police-24763", id, "back", "");
    assert_int_equal(case_now(w, id).agency.n, 0);
}

static void test_move__the_clock_stands_while_the_citizen_brings_more_and_only_once(void **state)
{
    struct world *w = *state;
    int64_t id = received_case(w);
    refused_with(w, move(w, "work-24763", id, "ask", "x"), ERR_FORM, "lý do");
    moved(w, "work-24763", id, "ask", "Thiếu giấy chứng sinh");
    due_is(w, id, "");
    set_time(w, "2024-03-11", 9, 0);
    moved(w, "citizen-7", id, "bring", "");
    due_is(w, id, "17:00 18/03/2024");
    refused_with(w, move(w, "work-24763", id, "ask", "Thiếu thêm nữa"), ERR_CONFLICT, "một lần");
}

static void test_move__more_papers_asked_for_at_the_door_count_as_the_one_time(void **state)
{
    struct world *w = *state;
    struct case_new in = an_application(w);
    int64_t id = submitted(w, &in).id;
    moved(w, "clerk-24763", id, "ask_first", "Thiếu giấy chứng sinh");
    moved(w, "citizen-7", id, "complete_first", "");
    moved(w, "clerk-24763", id, "receive", "");
    refused_with(w, move(w, "work-24763", id, "ask", "Thiếu thêm nữa"), ERR_CONFLICT, "một lần");
}

struct paying {
    struct case_by by;
    int64_t id;
    struct money sum;
};

static int pay_write(struct tx *tx, void *arg, struct err *e)
{
    const struct paying *p = arg;
    return case_pay(tx, &p->by, p->id, p->sum, STR("BL-1"), e);
}

static int pay(struct world *w, int64_t id, int64_t dong)
{
    struct paying p = { case_by_request(a_request(w, "clerk-24763")), id, { dong } };
    w->e = (struct err) { 0 };
    return db_write(w->app.db, pay_write, &p, &w->e);
}

static void test_move__what_is_unpaid_does_not_go_on(void **state)
{
    struct world *w = *state;
    int64_t id = received_case(w);
    moved(w, "work-24763", id, "bill", "");
    refused_with(w, move(w, "clerk-24763", id, "paid", ""), ERR_CONFLICT, "chưa được trả");
    refused_with(w, pay(w, id, 1), ERR_FORM, "không bằng");
    must(pay(w, id, 50000), &w->e);
    refused_with(w, pay(w, id, 50000), ERR_CONFLICT, "không còn phí");
    moved(w, "clerk-24763", id, "paid", "");
    assert_int_equal(case_now(w, id).payment, CASE_PAID);
}

/* ---- words ---- */

struct talking {
    struct case_by by;
    int64_t id, other;
    int what;
};
enum { RATE, COMPLAIN, ANSWER, SETTLE };

static int talk_write(struct tx *tx, void *arg, struct err *e)
{
    const struct talking *t = arg;
    switch (t->what) {
    case RATE:
        return case_rate(tx, &t->by, t->id, 4, STR("Nhanh"), e);
    case COMPLAIN:
        return case_complain(tx, &t->by, t->id, STR("Chờ lâu"), e);
    case ANSWER:
        return case_answer_complaint(tx, &t->by, t->id, t->other, STR("Xin lỗi, đã xong"), e);
    default:
        return case_settle_double(tx, &t->by, t->id, t->other, STR("Giữ hồ sơ trước"), e);
    }
}

static int talk(struct world *w, const char *who, int what, int64_t id, int64_t other)
{
    struct talking t = { case_by_request(a_request(w, who)), id, other, what };
    w->e = (struct err) { 0 };
    return db_write(w->app.db, talk_write, &t, &w->e);
}

static void test_words__are_rated_after_the_end_and_complaints_answered_once(void **state)
{
    struct world *w = *state;
    int64_t id = received_case(w);
    struct case_complaints complaints;
    struct case_rating rating;
    refused_with(w, talk(w, "citizen-7", RATE, id, 0), ERR_CONFLICT, "chưa giải quyết xong");
    must(talk(w, "citizen-7", COMPLAIN, id, 0), &w->e);
    must(case_complaints_of(reader(w), &w->arena, id, &complaints, &w->e), &w->e);
    assert_int_equal(complaints.n, 1);
    must(talk(w, "sign-24763", ANSWER, id, complaints.v[0].id), &w->e);
    refused_with(w, talk(w, "sign-24763", ANSWER, id, complaints.v[0].id), ERR_CONFLICT, "đã được trả lời");
    moved(w, "sign-24763", id, "refuse", "Không thuộc thẩm quyền");
    must(talk(w, "citizen-7", RATE, id, 0), &w->e);
    assert_int_equal(case_rating_of(reader(w), &w->arena, id, &rating, &w->e), 1);
    assert_int_equal(rating.stars, 4);
}

static void test_double__is_settled_once(void **state)
{
    struct world *w = *state;
    struct case_new in = an_application(w);
    int64_t first = submitted(w, &in).id;
    in.despite_double = true;
    int64_t second = submitted(w, &in).id;
    struct case_double_list open;
    must(talk(w, "clerk-24763", SETTLE, second, first), &w->e);
    refused_with(w, talk(w, "clerk-24763", SETTLE, second, first), ERR_CONFLICT, "đã có người giải quyết");
    must(case_doubles_open(reader(w), &w->arena, (struct instant) { 0 }, &open, &w->e), &w->e);
    assert_int_equal(open.n, 0);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)
    const struct CMUnitTest tests[] = {
        CASE(test_number__counts_up_per_organ_and_day_without_gaps),
        CASE(test_submit__a_case_waits_for_the_desk_and_its_clock_has_not_begun),
        CASE(test_submit__at_a_counter_it_is_received_in_the_same_act),
        CASE(test_submit__a_second_open_case_about_the_same_thing_is_shown),
        CASE(test_submit__what_cannot_be_taken_is_refused_with_a_sentence),
        CASE(test_offline__the_desks_own_time_counts_within_bounds),
        CASE(test_offline__the_same_act_sent_again_is_the_same_case),
        CASE(test_offline__two_desks_with_one_newborn_make_one_conflict_to_look_at),
        CASE(test_move__from_the_door_to_the_result),
        CASE(test_move__the_second_of_two_clerks_hears_what_happened),
        CASE(test_move__only_whose_turn_it_is),
        CASE(test_move__a_chain_gives_the_turn_to_whoever_carries_the_function),
        CASE(test_move__the_clock_stands_while_the_citizen_brings_more_and_only_once),
        CASE(test_move__more_papers_asked_for_at_the_door_count_as_the_one_time),
        CASE(test_move__what_is_unpaid_does_not_go_on),
        CASE(test_words__are_rated_after_the_end_and_complaints_answered_once),
        CASE(test_double__is_settled_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
