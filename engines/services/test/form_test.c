/* Answers to a service's form: what is asked, what is wrong with an answer, what follows from them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engines/people/people.h"
#include "engines/services/test/world.h"

static struct arena arena;
static struct err e;
static const struct service_def *def;
static struct service_answers s;

static int start(void **state)
{
    (void)state;
    struct day on;
    arena_init(&arena, 64 << 20);
    def = world_sample(&arena);
    day_from_ymd(2024, 2, 16, &on);
    services_answers_init(&s, &arena, def, on);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static size_t field(const char *id)
{
    size_t f = service_field_named(def, str_of(id));
    assert_true(f != SERVICE_NO_FIELD);
    return f;
}

static size_t page(const char *id)
{
    return service_page_named(def, str_of(id));
}

static void answer_item(const char *id, int item, const char *x, const char *y, const char *z)
{
    struct str *values = arena_new_array(&arena, struct str, 3);
    values[0] = str_of(x);
    values[1] = str_of(y);
    values[2] = str_of(z);
    services_answer_set(&s, field(id), item, values, z ? 3 : y ? 2 : 1);
}

static void answer(const char *id, const char *value)
{
    answer_item(id, 0, value, NULL, NULL);
}

static void answer_everything(void)
{
    answer("applicant", "Nguyễn Văn An");
    answer("relation", "father");
    answer("phone", "0912345678");
    answer("child_name", "Nguyễn Văn Bình");
    answer("born", "2024-02-01");
    answer("has_certificate", "yes");
    answer_item("place", 0, "24611", "Tổ 3", NULL);
    answer_item("mother_person", 0, "067195000123", "Trần Thị Chi", "1995-05-01");
    answer_item("sibling_name", 0, "Nguyễn Thị Dung", NULL, NULL);
    answer_item("sibling_born", 0, "2020-01-01", NULL, NULL);
    answer_item("sibling_name", 1, "Nguyễn Văn Em", NULL, NULL);
    answer_item("sibling_born", 1, "2021-01-01", NULL, NULL);
    answer("copies", "2");
    answer_item("papers_wanted", 0, "zalo", "email", NULL);
}

/* The first sentence about a control. */
static struct str complaint(const char *control)
{
    service_errors errors = { 0 };
    services_check(&s, SERVICE_ALL_PAGES, 0, LANG_VI, &errors);
    for (size_t i = 0; i < errors.n; i++)
        if (str_eq(errors.v[i].name, str_of(control)))
            return errors.v[i].say;
    return STR("");
}

static void assert_complains(const char *control, const char *says)
{
    struct str say = complaint(control);
    if (str_find(say, str_of(says)) < 0)
        fail_msg("%s: \"%.*s\", not \"%s\"", control, STR_ARG(say), says);
}

/* ---- conditions ---- */

static void test_services_condition__a_page_is_asked_when_an_earlier_answer_says_so(void **state)
{
    (void)state;
    assert_false(services_page_asked(&s, page("relative")));
    answer("relation", "other");
    assert_true(services_page_asked(&s, page("relative")));
    assert_false(services_page_asked(&s, page("siblings")));
    answer("relation", "mother");
    assert_false(services_page_asked(&s, page("relative")));
    assert_true(services_page_asked(&s, page("siblings")));
}

static void test_services_condition__an_age_is_that_of_the_day_of_applying(void **state)
{
    (void)state;
    service_places children;
    answer("relation", "father");
    answer("born", "2018-02-17"); /* six years old tomorrow */
    services_children(&s, &children);
    assert_int_equal(children.n, 1);
    answer("born", "2018-02-16"); /* six today */
    services_children(&s, &children);
    assert_int_equal(children.n, 0);
}

static void test_services_condition__what_is_no_longer_asked_does_not_count(void **state)
{
    (void)state;
    answer("relation", "other");
    answer("kin", "cô");
    answer("relation", "father");
    assert_false(services_field_asked(&s, field("kin"), 0));
    services_answers_prune(&s);
    assert_null(services_answer(&s, field("kin"), 0));
    assert_non_null(services_answer(&s, field("relation"), 0));
}

static void test_services_papers__follow_from_the_answers(void **state)
{
    (void)state;
    service_places papers;
    answer("has_certificate", "yes");
    services_papers(&s, &papers);
    assert_int_equal(papers.n, 1);
    assert_true(str_eq(def->papers[papers.v[0]].id, STR("birth_certificate")));
    answer("has_certificate", "no");
    services_papers(&s, &papers);
    assert_true(str_eq(def->papers[papers.v[0]].id, STR("witness")));
}

static void test_services_fee__late_and_by_the_copy(void **state)
{
    (void)state;
    struct service_fees fees;
    answer("born", "2024-02-01");
    assert_int_equal(services_fee(&s, &fees, &e), 0);
    assert_int_equal(fees.lines.n, 0);
    assert_int_equal(fees.total.dong, 0);
    answer("born", "2023-02-16");
    answer("copies", "3");
    assert_int_equal(services_fee(&s, &fees, &e), 0);
    assert_int_equal(fees.lines.n, 2);
    assert_int_equal(fees.lines.v[1].times, 3);
    assert_int_equal(fees.total.dong, 8000 + 3 * 8000);
    assert_false(fees.confirmed);
    answer("copies", "9223372036854775807");
    assert_int_equal(services_fee(&s, &fees, &e), -1);
}

/* ---- checks ---- */

static void test_services_check__a_complete_form_has_no_errors(void **state)
{
    (void)state;
    service_errors errors = { 0 };
    size_t p;
    int item;
    answer_everything();
    services_check(&s, SERVICE_ALL_PAGES, 0, LANG_VI, &errors);
    if (errors.n)
        fail_msg("%.*s: %.*s", STR_ARG(errors.v[0].name), STR_ARG(errors.v[0].say));
    assert_false(services_next(&s, &p, &item));
}

static void test_services_check__each_kind_of_answer_has_its_sentence(void **state)
{
    (void)state;
    answer_everything();
    answer("born", "2024-02-17");
    assert_complains("born", "Ngày này chưa đến");
    answer("born", "31/02/2024");
    assert_complains("born", "Trong lịch không có ngày 31/02/2024");
    answer("phone", "12345");
    assert_complains("phone", "10 hoặc 11 chữ số");
    answer("relation", "uncle");
    assert_complains("relation", "các mục có sẵn");
    answer("copies", "11");
    assert_complains("copies", "từ 0 đến 10");
    answer("copies", "hai");
    assert_complains("copies", "một số nguyên");
    answer_item("place", 0, "xx xx", "Tổ 3", NULL);
    assert_complains("place.unit", "trong danh sách");
    answer_item("place", 0, "24611", "", NULL);
    assert_complains("place.line", "số nhà");
    answer_item("mother_person", 0, "06719500012", "Trần Thị Chi", "1995-05-01");
    assert_complains("mother_person.pid", "12 chữ số");
    answer_item("mother_person", 0, "067195000123", "", "1996-05-01");
    assert_complains("mother_person.name", "chữ đệm");
    assert_complains("mother_person.born", "không khớp");
    services_answer_set(&s, field("child_name"), 0, NULL, 0);
    assert_complains("child_name", "Xin điền");
}

static void test_services_check__a_place_outside_the_province_is_written_out(void **state)
{
    (void)state;
    answer_everything();
    answer_item("place", 0, "elsewhere", "Bệnh viện Từ Dũ, Quận 1, Thành phố Hồ Chí Minh", NULL);
    assert_true(str_eq(complaint("place.unit"), STR("")));
    assert_true(str_eq(services_fill(&s, STR("Nơi sinh: {place}")),
                       STR("Nơi sinh: Bệnh viện Từ Dũ, Quận 1, Thành phố Hồ Chí Minh")));
}

static void test_services_next__leads_from_page_to_page_and_lets_nobody_jump(void **state)
{
    (void)state;
    size_t p;
    int item;
    assert_true(services_next(&s, &p, &item));
    assert_int_equal(p, page("who"));
    assert_true(services_page_open(&s, page("who"), 0));
    assert_false(services_page_open(&s, page("child"), 0));
    answer("applicant", "An");
    answer("relation", "father");
    answer("phone", "0912345678");
    assert_true(services_next(&s, &p, &item));
    assert_int_equal(p, page("child"));
    assert_true(services_page_open(&s, page("child"), 0));
    assert_false(services_page_open(&s, page("relative"), 0)); /* not asked of a father */
    assert_false(services_page_open(&s, page("child"), 1));
}

static void test_services_repeat__one_more_item_until_the_most(void **state)
{
    (void)state;
    answer_everything();
    assert_int_equal(services_items(&s, page("siblings")), 2);
    assert_true(services_page_open(&s, page("siblings"), 2));
    assert_false(services_page_open(&s, page("siblings"), 3));
    services_item_remove(&s, page("siblings"), 0);
    assert_int_equal(services_items(&s, page("siblings")), 1);
    assert_true(str_eq(services_value(&s, field("sibling_name"), 0), STR("Nguyễn Văn Em")));
    services_answer_set(&s, field("sibling_born"), 0, NULL, 0);
    assert_complains("sibling_born", "Xin điền");
}

/* ---- JSON, words, prefill ---- */

static void test_services_answers__go_to_json_and_come_back_the_same(void **state)
{
    (void)state;
    struct str first, second;
    struct service_answers again;
    answer_everything();
    s.v.v[0].source = STR("Cơ sở dữ liệu dân cư");
    s.v.v[0].as_of = s.on;
    assert_int_equal(services_answers_json(&s, &first, &e), 0);
    services_answers_init(&again, &arena, def, s.on);
    assert_int_equal(services_answers_read(&again, first, &e), 0);
    assert_int_equal(services_answers_json(&again, &second, &e), 0);
    assert_true(str_eq(first, second));
    assert_true(
        str_find(first, STR("\"siblings\":[{\"sibling_born\":\"2020-01-01\",\"sibling_name\":\"Nguyễn Thị Dung\"}")) > 0);
    assert_true(str_find(first, STR("\"copies\":2")) > 0);
    assert_true(
        str_find(first,
                 STR("\"mother_person\":{\"born\":\"1995-05-01\",\"name\":\"Trần Thị Chi\",\"pid\":\"067195000123\"}")) > 0);
    assert_true(
        str_find(first, STR("\"sources\":{\"applicant\":{\"as_of\":\"2024-02-16\",\"from\":\"Cơ sở dữ liệu dân cư\"}}")) >
        0);
}

static void test_services_answers__what_the_version_does_not_ask_is_refused_by_name(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {
        { "{\"answers\":{\"salary\":\"1\"}}", "salary" },
        { "{\"answers\":{\"sibling_name\":\"x\"}}", "sibling_name" },
        { "{\"answers\":{\"siblings\":[{\"phone\":\"1\"}]}}", "phone" },
        { "{\"answers\":{\"siblings\":[{},{},{},{}]}}", "siblings" },
        { "{\"answers\":{\"place\":{\"street\":\"x\"}}}", "place" },
        { "{\"answers\":{\"phone\":[1]}}", "phone" },
        { "{}", "answers" },
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        assert_int_equal(services_answers_read(&s, str_of(wrong[i][0]), &e), -1);
        assert_string_equal(e.field, wrong[i][1]);
    }
}

static void test_services_fill__a_result_reads_as_people_write(void **state)
{
    (void)state;
    answer_everything();
    assert_true(str_eq(services_fill(&s, STR("Cháu {child_name}, sinh {born}; {case.number}")),
                       STR("Cháu Nguyễn Văn Bình, sinh 01/02/2024; {case.number}")));
    assert_true(str_eq(services_fill(&s, STR("{sibling_name} / {papers_wanted} / {relation}")),
                       STR("Nguyễn Thị Dung; Nguyễn Văn Em / Tin nhắn; Thư điện tử / Cha")));
    assert_true(str_eq(services_fill(&s, STR("không {có gì")), STR("không {có gì")));
}

static void test_services_known_json__reads_again_as_it_was_written(void **state)
{
    (void)state;
    service_knowns known = { 0 }, again = { 0 };
    struct str json;
    *vec_push(&arena, &known) = (struct service_known) { .name = STR("applicant.name"), .values = { STR("H'Nhi Niê") } };
    *vec_push(&arena, &known) =
        (struct service_known) { .name = STR("applicant.residence"), .values = { STR("24763"), STR("Thôn 3") } };
    assert_int_equal(services_known_json(&arena, &known, &json, &e), 0);
    assert_true(str_eq(json, STR("{\"applicant.name\":[\"H'Nhi Niê\"],\"applicant.residence\":[\"24763\",\"Thôn 3\"]}")));
    assert_int_equal(services_known_read(&arena, json, STR("VNeID"), s.on, &again, &e), 0);
    assert_int_equal(again.n, 2);
    assert_true(str_eq(again.v[1].values[1], STR("Thôn 3")));
    assert_true(str_eq(again.v[0].source, STR("VNeID")));
}

static void test_services_known_read__refuses_what_is_no_word_or_value_by_name(void **state)
{
    (void)state;
    service_knowns known = { 0 };
    assert_int_equal(services_known_read(&arena, STR("{\"name\":[\"x\"]}"), STR("VNeID"), s.on, &known, &e), -1);
    assert_string_equal(e.field, "name");
    assert_int_equal(services_known_read(&arena, STR("{\"applicant.name\":[1]}"), STR("VNeID"), s.on, &known, &e), -1);
    assert_string_equal(e.field, "applicant.name");
    assert_int_equal(services_known_read(&arena, STR("[]"), STR("VNeID"), s.on, &known, &e), -1);
    assert_int_equal(known.n, 0);
}

static void test_services_prefill__fills_what_is_empty_and_says_from_where(void **state)
{
    (void)state;
    service_knowns known = { 0 };
    *vec_push(&arena, &known) = (struct service_known) { STR("applicant.name"), { STR("Nguyễn Văn An") }, STR("Sổ"), s.on };
    *vec_push(&arena, &known) = (struct service_known) { STR("applicant.phone"), { STR("0900000000") }, STR("Sổ"), s.on };
    answer("phone", "0912345678");
    services_prefill(&s, &known);
    assert_true(str_eq(services_value(&s, field("applicant"), 0), STR("Nguyễn Văn An")));
    assert_true(str_eq(services_answer(&s, field("applicant"), 0)->source, STR("Sổ")));
    assert_true(str_eq(services_value(&s, field("phone"), 0), STR("0912345678")));
    assert_false(services_answer(&s, field("phone"), 0)->source.n > 0);
}

static void test_services_summary__shows_every_page_with_its_link_and_what_is_missing(void **state)
{
    (void)state;
    struct service_summary v;
    answer_everything();
    services_answer_set(&s, field("child_name"), 0, NULL, 0);
    assert_int_equal(services_summary_of(&s, LANG_VI, STR("/nop/DVC12/1/"), &v, &e), 0);
    assert_int_equal(v.pages.n, 6);
    assert_true(str_eq(v.pages.v[1].change, STR("/nop/DVC12/1/child/0")));
    assert_true(v.pages.v[1].lines.v[0].missing);
    assert_true(str_eq(v.pages.v[4].title, STR("Người thứ 2")));
    assert_int_equal(v.papers.n, 1);
    assert_int_equal(v.fees.total.dong, 16000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_services_condition__a_page_is_asked_when_an_earlier_answer_says_so, start, end),
        cmocka_unit_test_setup_teardown(test_services_condition__an_age_is_that_of_the_day_of_applying, start, end),
        cmocka_unit_test_setup_teardown(test_services_condition__what_is_no_longer_asked_does_not_count, start, end),
        cmocka_unit_test_setup_teardown(test_services_papers__follow_from_the_answers, start, end),
        cmocka_unit_test_setup_teardown(test_services_fee__late_and_by_the_copy, start, end),
        cmocka_unit_test_setup_teardown(test_services_check__a_complete_form_has_no_errors, start, end),
        cmocka_unit_test_setup_teardown(test_services_check__each_kind_of_answer_has_its_sentence, start, end),
        cmocka_unit_test_setup_teardown(test_services_check__a_place_outside_the_province_is_written_out, start, end),
        cmocka_unit_test_setup_teardown(test_services_next__leads_from_page_to_page_and_lets_nobody_jump, start, end),
        cmocka_unit_test_setup_teardown(test_services_repeat__one_more_item_until_the_most, start, end),
        cmocka_unit_test_setup_teardown(test_services_answers__go_to_json_and_come_back_the_same, start, end),
        cmocka_unit_test_setup_teardown(test_services_answers__what_the_version_does_not_ask_is_refused_by_name, start, end),
        cmocka_unit_test_setup_teardown(test_services_fill__a_result_reads_as_people_write, start, end),
        cmocka_unit_test_setup_teardown(test_services_known_json__reads_again_as_it_was_written, start, end),
        cmocka_unit_test_setup_teardown(test_services_known_read__refuses_what_is_no_word_or_value_by_name, start, end),
        cmocka_unit_test_setup_teardown(test_services_prefill__fills_what_is_empty_and_says_from_where, start, end),
        cmocka_unit_test_setup_teardown(test_services_summary__shows_every_page_with_its_link_and_what_is_missing, start,
                                        end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
