/* A service's file: what is read, and that every fault is named by its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/test/directory.h"
#include "engines/services/test/world.h"

static struct arena arena;
static struct err e;

static struct str sample_text(void)
{
    return world_text(&arena, "engines/services/test/DVC12.json");
}

static struct service_file read_well(struct str json)
{
    struct service_file f;
    service_faults faults = { 0 };
    assert_int_equal(services_read_file(&arena, json, &f, &faults, &e), 0);
    if (faults.n)
        fail_msg("%.*s: %.*s", STR_ARG(faults.v[0].path), STR_ARG(faults.v[0].say));
    return f;
}

/* The sample with one piece of its text replaced. */
static struct str with(const char *was, const char *now)
{
    struct str text = sample_text();
    ptrdiff_t at = str_find(text, str_of(was));
    assert_true(at >= 0);
    return str_fmt(&arena, "%.*s%s%.*s", (int)at, text.p, now, STR_ARG(str_from(text, (size_t)at + strlen(was))));
}

static void assert_fault(const char *was, const char *now, const char *path, const char *say)
{
    struct service_file f;
    service_faults faults = { 0 };
    assert_int_equal(services_read_file(&arena, with(was, now), &f, &faults, &e), 0);
    for (size_t i = 0; i < faults.n; i++)
        if (str_eq(faults.v[i].path, str_of(path)) && str_find(faults.v[i].say, str_of(say)) >= 0)
            return;
    fail_msg("no fault \"%s\" at %s; first: %.*s %.*s", say, path, STR_ARG(faults.n ? faults.v[0].path : STR("none")),
             STR_ARG(faults.n ? faults.v[0].say : STR("")));
}

static int start(void **state)
{
    (void)state;
    arena_init(&arena, 64 << 20);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static void test_services_read__a_file_becomes_a_service_with_its_versions(void **state)
{
    (void)state;
    struct service_file f = read_well(sample_text());
    assert_int_equal(f.n_versions, 2);
    const struct service_def *v = f.versions[0];
    assert_true(str_eq(v->code, STR("DVC12")));
    assert_int_equal(v->n_pages, 6);
    assert_int_equal(v->n_fields, 13);
    assert_int_equal(v->pages[2].first, 4);
    assert_int_equal(v->pages[4].repeat_max, 3);
    assert_int_equal(v->same_day_before, 15 * 60);
    assert_int_equal(v->fields[service_field_named(v, STR("mother_person"))].type, SERVICE_PERSON);
    assert_int_equal(v->papers[0].source, SERVICE_EXCHANGE);
    assert_int_equal(v->papers[0].fallbacks, SERVICE_DECLARE);
    assert_int_equal(v->papers[1].when->kind, SERVICE_NOT);
    assert_int_equal(v->fees[1].times, service_field_named(v, STR("copies")));
    assert_int_equal(v->result.n_blocks, 2);
    assert_int_equal(v->children[0].map[0].from, service_field_named(v, STR("child_name")));
    assert_int_equal(f.versions[1]->level, SERVICE_INFO);
}

static void test_services_read__the_last_day_of_a_version_is_still_its_own(void **state)
{
    (void)state;
    struct service_file f = read_well(sample_text());
    assert_int_equal(f.versions[0]->until.n, f.versions[1]->from.n);
}

static void test_services_read__spaces_and_order_of_members_do_not_change_the_hash(void **state)
{
    (void)state;
    struct service_file x = read_well(sample_text());
    struct service_file y = read_well(
        with("{ \"version\": 1, \"valid_from\": \"2023-07-01\",", "{\"valid_from\":\"2023-07-01\",\"version\":1,"));
    assert_true(hash32_eq(&x.versions[0]->hash, &y.versions[0]->hash));
    struct service_file z = read_well(with("\"amount\": 8000", "\"amount\": 8001"));
    assert_false(hash32_eq(&x.versions[0]->hash, &z.versions[0]->hash));
}

static void test_services_read__an_unknown_member_is_named(void **state)
{
    (void)state;
    assert_fault("\"help\":", "\"hepl\":", "versions[0].form.pages[2].fields[0].hepl", "Không có mục nào tên như vậy");
    assert_fault("\"sector_name\"", "\"sectorname\"", "sectorname", "Không có mục nào tên như vậy");
}

static void test_services_read__a_condition_asks_only_what_comes_before(void **state)
{
    (void)state;
    assert_fault("\"when\": { \"field\": \"relation\", \"is\": \"other\" }",
                 "\"when\": { \"field\": \"born\", \"answered\": true }", "versions[0].form.pages[1].when.field",
                 "đứng trước nó");
    assert_fault("\"field\": \"has_certificate\", \"is\": \"yes\"", "\"field\": \"certificate\", \"is\": \"yes\"",
                 "versions[0].papers[0].when.field", "Không có câu hỏi nào");
    assert_fault("\"is\": \"other\"", "\"is\": \"uncle\"", "versions[0].form.pages[1].when.is", "không có lựa chọn này");
    assert_fault("\"field\": \"born\", \"age_at_least\"", "\"field\": \"phone\", \"age_at_least\"",
                 "versions[0].fee[0].when", "Chỉ hỏi tuổi");
}

static void test_services_read__conditions_end_somewhere(void **state)
{
    (void)state;
    assert_fault("{ \"not\": { \"field\": \"has_certificate\", \"is\": true } }",
                 "{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"field\":\"born\","
                 "\"answered\":true}}}}}}}}}}",
                 "versions[0].papers[1].when.not.not.not.not.not.not.not.not", "sâu quá");
}

static void test_services_read__a_name_stands_once(void **state)
{
    (void)state;
    assert_fault("\"id\": \"child_name\"", "\"id\": \"phone\"", "versions[0].form.pages[2].fields[0].id", "đã dùng");
    assert_fault("\"id\": \"kin\"", "\"id\": \"who\"", "versions[0].form.pages[1].fields[0].id", "đã dùng");
    assert_fault("\"id\": \"witness\"", "\"id\": \"birth_certificate\"", "versions[0].papers[1].id", "hai lần");
}

static void test_services_read__words_of_the_format_are_checked(void **state)
{
    (void)state;
    assert_fault("\"prefill\": \"applicant.name\"", "\"prefill\": \"applicant.salary\"",
                 "versions[0].form.pages[0].fields[0].prefill", "Không biết lấy sẵn");
    assert_fault("\"type\": \"phone\"", "\"type\": \"telephone\"", "versions[0].form.pages[0].fields[2].type",
                 "Không có từ này");
    assert_fault("[\"birth\"]", "[\"born\"]", "life_events", "Không có từ này");
    assert_fault("\"15:00\"", "\"25:00\"", "versions[0].time.same_day_before", "Xin ghi giờ");
    assert_fault("\"DVC12\"", "\"dvc 12\"", "code", "chữ hoa và số");
    assert_fault("{child_name}\"", "{childname}\"", "versions[0].result.paper[0].p", "Không có câu hỏi nào");
}

static void test_services_read__versions_may_not_overlap(void **state)
{
    (void)state;
    assert_fault("\"valid_from\": \"2025-07-01\"", "\"valid_from\": \"2025-06-30\"", "versions[1]", "cùng có hiệu lực");
    assert_fault("\"version\": 2", "\"version\": 1", "versions[1]", "số tăng dần");
    assert_fault("\"valid_to\": \"2025-06-30\"", "\"valid_to\": \"2022-06-30\"", "versions[0].valid_to", "đứng trước");
}

static void test_services_read__what_is_not_online_says_why(void **state)
{
    (void)state;
    assert_fault(", \"reason\": \"Đang cập nhật theo mô hình hai cấp.\"", "", "versions[1].reason", "Thiếu");
    assert_fault("\"level\": \"info\", \"reason\"", "\"level\": \"partial\", \"reason\"", "versions[1].form", "Thiếu");
}

static void test_services_read__no_json_is_refused_as_a_whole(void **state)
{
    (void)state;
    struct service_file f;
    service_faults faults = { 0 };
    assert_int_equal(services_read_file(&arena, STR("[1, 2]"), &f, &faults, &e), -1);
    assert_int_equal(e.code, ERR_INPUT);
    assert_int_equal(services_read_file(&arena, STR("{\"code\":\"A1\",\"code\":\"A2\"}"), &f, &faults, &e), -1);
    assert_int_equal(services_read_file(&arena, STR("{"), &f, &faults, &e), -1);
}

static void test_services_load__a_chain_that_comes_back_is_refused(void **state)
{
    (void)state;
    service_files files;
    char dir[TEST_DIRECTORY];
    assert_non_null(test_directory(dir, "services"));
    static const char *const texts[] = { "A1", "A2", "A2", "A1" };
    for (size_t i = 0; i < 2; i++) {
        char path[TEST_DIRECTORY + 16];
        snprintf(path, sizeof(path), "%s/%s.json", dir, texts[2 * i]);
        FILE *f = fopen(path, "we");
        assert_non_null(f);
        fprintf(
            f,
            "{\"code\":\"%s\",\"name\":\"x\",\"sector\":\"s\",\"sector_name\":\"S\",\"versions\":[{\"version\":1,\"valid_"
            "from\":\"2023-01-01\","
            "\"level\":\"info\",\"reason\":\"y\",\"bundle\":{\"children\":[{\"service\":\"%s\"},{\"service\":\"ZZ9\"}]}}]}",
            texts[2 * i], texts[2 * i + 1]);
        fclose(f);
    }
    assert_int_equal(services_load_path(&arena, dir, NULL, 0, &files, &e), 0);
    assert_int_equal(files.n, 2);
    assert_int_equal(files.v[0].faults.n, 2);
    assert_true(str_eq(files.v[0].faults.v[0].path, STR("versions[0].bundle.children[0].service")));
    assert_true(str_find(files.v[0].faults.v[0].say, STR("quay lại")) >= 0);
    assert_true(str_find(files.v[0].faults.v[1].say, STR("Không có dịch vụ")) >= 0);
    for (size_t i = 0; i < files.n; i++)
        unlink(str_cstr(&arena, files.v[i].path));
    rmdir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_services_read__a_file_becomes_a_service_with_its_versions, start, end),
        cmocka_unit_test_setup_teardown(test_services_read__the_last_day_of_a_version_is_still_its_own, start, end),
        cmocka_unit_test_setup_teardown(test_services_read__spaces_and_order_of_members_do_not_change_the_hash, start, end),
        cmocka_unit_test_setup_teardown(test_services_read__an_unknown_member_is_named, start, end),
        cmocka_unit_test_setup_teardown(test_services_read__a_condition_asks_only_what_comes_before, start, end),
        cmocka_unit_test_setup_teardown(test_services_read__conditions_end_somewhere, start, end),
        cmocka_unit_test_setup_teardown(test_services_read__a_name_stands_once, start, end),
        cmocka_unit_test_setup_teardown(test_services_read__words_of_the_format_are_checked, start, end),
        cmocka_unit_test_setup_teardown(test_services_read__versions_may_not_overlap, start, end),
        cmocka_unit_test_setup_teardown(test_services_read__what_is_not_online_says_why, start, end),
        cmocka_unit_test_setup_teardown(test_services_read__no_json_is_refused_as_a_whole, start, end),
        cmocka_unit_test_setup_teardown(test_services_load__a_chain_that_comes_back_is_refused, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
