#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/csv.h"

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 1024 * 1024);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

/* The rows of a text, cells joined by '~' and rows by '#', so that a test shows the whole reading in one line. */
static const char *read_all(struct str text, const struct csv_limits *limits, struct err *e)
{
    static char shown[512];
    size_t n = 0;
    struct csv csv;
    struct csv_row row;
    int got;
    csv_init(&csv, text, limits);
    while ((got = csv_next(&csv, &arena, &row, e)) == 1) {
        for (size_t i = 0; i < row.n; i++) {
            memcpy(shown + n, row.cell[i].p, row.cell[i].n);
            n += row.cell[i].n;
            shown[n++] = i + 1 < row.n ? '~' : '#';
        }
    }
    shown[n] = 0;
    return got < 0 ? "refused" : shown;
}

static void test_csv__rows_end_with_line_feed_or_both(void **state)
{
    (void)state;
    struct err e = { 0 };
    assert_string_equal(read_all(STR("a,b\r\nc,d\n"), NULL, &e), "a~b#c~d#");
    assert_string_equal(read_all(STR("a,b\nc,d"), NULL, &e), "a~b#c~d#");
}

static void test_csv__empty_cells_stay_and_empty_lines_go(void **state)
{
    (void)state;
    struct err e = { 0 };
    assert_string_equal(read_all(STR("a,,\n\r\n\n,\n"), NULL, &e), "a~~#~#");
    assert_string_equal(read_all(STR(""), NULL, &e), "");
}

static void test_csv__quotes_carry_separators_line_breaks_and_quotes(void **state)
{
    (void)state;
    struct err e = { 0 };
    assert_string_equal(read_all(STR("\"Thôn 3, Đắk Ru\",\"x\r\ny\",\"nói \"\"vâng\"\"\"\n"), NULL, &e),
                        "Thôn 3, Đắk Ru~x\r\ny~nói \"vâng\"#");
    assert_string_equal(read_all(STR("\"\",\"\"\"\"\n"), NULL, &e), "~\"#");
}

static void test_csv__byte_order_mark_is_not_part_of_the_first_cell(void **state)
{
    (void)state;
    struct err e = { 0 };
    assert_string_equal(read_all(STR("\xEF\xBB\xBF"
                                     "mã,tên\n"),
                                 NULL, &e),
                        "mã~tên#");
}

static void test_csv__a_broken_quote_is_refused_with_its_row(void **state)
{
    (void)state;
    struct err e = { 0 };
    assert_string_equal(read_all(STR("a,b\nc,\"d\n"), NULL, &e), "refused");
    assert_int_equal(e.code, ERR_INPUT);
    assert_string_equal(e.field, "row 2");
    assert_string_equal(read_all(STR("\"a\"b,c\n"), NULL, &e), "refused");
    assert_string_equal(read_all(STR("a\"b\",c\n"), NULL, &e), "refused");
    assert_string_equal(read_all(STR("a\rb\n"), NULL, &e), "refused");
}

static void test_csv__limits_refuse_wide_rows_long_cells_and_many_rows(void **state)
{
    (void)state;
    struct err e = { 0 };
    const struct csv_limits limits = { .columns = 2, .cell = 3, .rows = 2 };
    assert_string_equal(read_all(STR("abc,d\ne,f\n"), &limits, &e), "abc~d#e~f#");
    assert_string_equal(read_all(STR("a,b,c\n"), &limits, &e), "refused");
    assert_string_equal(read_all(STR("abcd\n"), &limits, &e), "refused");
    assert_string_equal(read_all(STR("\"abcd\"\n"), &limits, &e), "refused");
    assert_string_equal(read_all(STR("a\nb\nc\n"), &limits, &e), "refused");
    assert_string_equal(e.field, "row 3");
}

static void test_csv__separator_is_the_callers(void **state)
{
    (void)state;
    struct err e = { 0 };
    assert_string_equal(read_all(STR("a,b;c\n"), &(struct csv_limits) { .separator = ';' }, &e), "a,b~c#");
}

static void test_csv_columns__are_found_by_name_in_any_order(void **state)
{
    (void)state;
    struct err e = { 0 };
    struct csv csv;
    struct csv_row row;
    size_t at[2];
    csv_init(&csv, STR("x,name,code\n1,Đắk Ru,24763\n1\n"), NULL);
    assert_int_equal(csv_columns(&csv, &arena, (const char *const[]) { "code", "name" }, 2, at, &e), 0);
    assert_int_equal(csv_next(&csv, &arena, &row, &e), 1);
    assert_true(str_eq(csv_cell(&row, at[0]), STR("24763")));
    assert_true(str_eq(csv_cell(&row, at[1]), STR("Đắk Ru")));
    assert_int_equal(csv_next(&csv, &arena, &row, &e), 1);
    assert_null(csv_cell(&row, at[0]).p);
}

static void test_csv_columns__missing_or_doubled_ones_are_named(void **state)
{
    (void)state;
    struct err e = { 0 };
    struct csv csv;
    size_t at[1];
    csv_init(&csv, STR("a,b\n"), NULL);
    assert_int_equal(csv_columns(&csv, &arena, (const char *const[]) { "code" }, 1, at, &e), -1);
    assert_non_null(strstr(e.detail, "column code stands there 0 times"));
    csv_init(&csv, STR("code,code\n"), NULL);
    assert_int_equal(csv_columns(&csv, &arena, (const char *const[]) { "code" }, 1, at, &e), -1);
    csv_init(&csv, STR(""), NULL);
    assert_int_equal(csv_columns(&csv, &arena, (const char *const[]) { "code" }, 1, at, &e), -1);
}

static void test_csv_put__quotes_are_doubled_and_formulas_disarmed(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, &arena, 256);
    csv_put(&b, STR("Nguyễn \"An\""), ',');
    csv_put(&b, STR("=cmd|' /C calc'!A0"), ',');
    csv_put(&b, STR(""), '\n');
    assert_true(str_eq(buf_str(&b), STR("\"Nguyễn \"\"An\"\"\",\"'=cmd|' /C calc'!A0\",\"\"\r\n")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv__rows_end_with_line_feed_or_both),
        cmocka_unit_test(test_csv__empty_cells_stay_and_empty_lines_go),
        cmocka_unit_test(test_csv__quotes_carry_separators_line_breaks_and_quotes),
        cmocka_unit_test(test_csv__byte_order_mark_is_not_part_of_the_first_cell),
        cmocka_unit_test(test_csv__a_broken_quote_is_refused_with_its_row),
        cmocka_unit_test(test_csv__limits_refuse_wide_rows_long_cells_and_many_rows),
        cmocka_unit_test(test_csv__separator_is_the_callers),
        cmocka_unit_test(test_csv_columns__are_found_by_name_in_any_order),
        cmocka_unit_test(test_csv_columns__missing_or_doubled_ones_are_named),
        cmocka_unit_test(test_csv_put__quotes_are_doubled_and_formulas_disarmed),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
