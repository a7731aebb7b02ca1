/* Lists out as files: what we write, we read again; and LibreOffice reads it too, where it is installed. */
#include "base/test/check.h"
#include "base/test/command.h"
#include "platform/office/sheet.h"
#include "platform/office/sheet_in.h"

#include <string.h>

static const struct sheet_column columns[] = {
    { MSG("Khách"), SHEET_TEXT, 0 },       { MSG("Số đêm"), SHEET_WHOLE, 0 }, { MSG("Điểm"), SHEET_DECIMAL, 0 },
    { MSG("Đúng hạn"), SHEET_PERCENT, 0 }, { MSG("Đến"), SHEET_DAY, 0 },      { MSG("Khai lúc"), SHEET_MOMENT, 0 },
};
static const struct sheet_def guests = { MSG("Sổ khách"), columns, 6 };

static struct instant moment(void)
{
    struct instant t;
    assert_true(instant_parse(STR("2023-09-30T22:10:59+07:00"), &t));
    return t;
}

static struct str book_of(struct arena *a, enum book_format format, struct str first)
{
    struct str bytes = STR_NONE;
    struct err e = { 0 };
    struct book *b = book_new(
        a, &(struct book_options) { .format = format, .title = STR("Sổ khách"), .author = STR("bon"), .made = moment() });
    book_sheet(b, &guests);
    sheet_text(b, first);
    sheet_whole(b, -12345);
    sheet_decimal(b, 7.25);
    sheet_percent(b, 0.125);
    sheet_day(b, instant_day(moment()));
    sheet_moment(b, moment());
    sheet_row_end(b);
    sheet_text(b, STR("H'Nhi \"Niê\""));
    sheet_text(b, STR("chưa có số đo"));
    sheet_row_end(b);
    assert_int_equal(book_close(b, &bytes, &e), 0);
    return bytes;
}

static void test_sheet__csv_is_as_people_write_and_formulas_are_disarmed(void **state)
{
    assert_text(book_of(*state, BOOK_CSV, STR("=cmd|' /C calc'!A0")),
                "\xEF\xBB\xBF\"Khách\",\"Số đêm\",\"Điểm\",\"Đúng hạn\",\"Đến\",\"Khai lúc\"\r\n"
                "\"'=cmd|' /C calc'!A0\",-12345,7.25,12.5%,\"30/09/2023\",\"22:10 30/09/2023\"\r\n"
                "\"H'Nhi \"\"Niê\"\"\",\"chưa có số đo\",\"\",\"\",\"\",\"\"\r\n");
}

static void test_sheet__xlsx_keeps_the_type_of_each_cell(void **state)
{
    struct sheet_in *s = NULL;
    struct sheet_row row;
    struct err e = { 0 };
    assert_int_equal(sheet_open(*state, book_of(*state, BOOK_XLSX, STR("=1+1")), NULL, &s, &e), 0);
    assert_int_equal(sheet_next(s, &row, &e), 1);
    assert_text(row.cell[5].text, "Khai lúc");
    assert_int_equal(sheet_next(s, &row, &e), 1);
    assert_int_equal(row.cell[0].kind, CELL_TEXT); /* no formula: a text that looks like one */
    assert_text(row.cell[0].text, "=1+1");
    assert_int_equal(row.cell[1].kind, CELL_NUMBER);
    assert_text(row.cell[1].text, "-12345");
    assert_text(row.cell[3].text, "0.125");
    assert_int_equal(row.cell[4].kind, CELL_DAY);
    assert_text(row.cell[4].text, "30/09/2023");
    assert_text(row.cell[5].text, "22:10 30/09/2023");
    assert_int_equal(sheet_next(s, &row, &e), 1);
    assert_text(row.cell[0].text, "H'Nhi \"Niê\"");
    assert_int_equal(row.n, 2);
    assert_int_equal(sheet_next(s, &row, &e), 0);
}

static void test_sheet__the_same_rows_give_the_same_bytes(void **state)
{
    assert_true(str_eq(book_of(*state, BOOK_XLSX, STR("An")), book_of(*state, BOOK_XLSX, STR("An"))));
    assert_false(str_eq(book_of(*state, BOOK_XLSX, STR("An")), book_of(*state, BOOK_XLSX, STR("Ân"))));
}

static void test_sheet__a_text_too_long_for_a_cell_is_told_at_the_end(void **state)
{
    struct arena *a = *state;
    char *long_text = arena_alloc(a, 40000);
    struct str bytes = STR_NONE;
    struct err e = { 0 };
    memset(long_text, 'a', 40000);
    struct book *b = book_new(a, &(struct book_options) { .format = BOOK_XLSX });
    book_sheet(b, &guests);
    sheet_text(b, (struct str) { long_text, 40000 });
    sheet_row_end(b);
    assert_int_equal(book_close(b, &bytes, &e), -1);
    assert_int_equal(e.code, ERR_TOO_LARGE);
    assert_null(bytes.p);
}

static void test_sheet__a_book_may_have_many_sheets_and_may_be_given_up(void **state)
{
    struct str bytes = STR_NONE;
    struct err e = { 0 };
    struct sheet_in *s = NULL;
    struct sheet_row row;
    const struct sheet_def second = { MSG("Mâu thuẫn"), columns, 1 };
    struct book *b = book_new(*state, &(struct book_options) { .format = BOOK_XLSX });
    book_sheet(b, &guests);
    book_sheet(b, &second);
    sheet_text(b, STR("Mô hình 10"));
    sheet_row_end(b);
    assert_int_equal(book_close(b, &bytes, &e), 0);
    assert_int_equal(sheet_open(*state, bytes, &(struct sheet_limits) { .sheet = STR("Mâu thuẫn") }, &s, &e), 0);
    assert_int_equal(sheet_next(s, &row, &e), 1);
    assert_int_equal(sheet_next(s, &row, &e), 1);
    assert_text(row.cell[0].text, "Mô hình 10");

    /* One that nobody closes goes with its arena: the sanitizer would tell. */
    b = book_new(*state, &(struct book_options) { .format = BOOK_XLSX });
    book_sheet(b, &guests);
}

/* ---- LibreOffice ---- */

static struct str converted(struct arena *a, const char *dir, const char *from, const char *to, const char *filter)
{
    char text[512];
    snprintf(text, sizeof text,
             "cd '%s' && HOME='%s' timeout 100 soffice -env:UserInstallation=file://%s/profile --headless "
             "--infilter='CSV:44,34,76,1,,0,false,true,false,false,false,0,true' --convert-to '%s' %s >/dev/null 2>&1",
             dir, dir, dir, filter, from);
    assert_int_equal(command(a, text, NULL), 0);
    struct str bytes = read_file(a, dir, to);
    assert_true(bytes.n > 0);
    return bytes;
}

static struct arena *room(void)
{
    static struct arena a;
    arena_init(&a, 64 << 20);
    return &a;
}

/* One start of LibreOffice each costs seconds, so the three roads are one test. */
static void test_sheet__libreoffice_reads_ours_and_we_read_its(void **state)
{
    (void)state;
    if (!has_command("soffice"))
        skip();
    struct arena *a = room();
    char *dir = temp_dir(a);
    struct sheet_in *s = NULL;
    struct sheet_row row;
    struct err e = { 0 };

    write_file(dir, "ours.xlsx", book_of(a, BOOK_XLSX, STR("Nguyễn Thị Bưởi")));
    struct str csv = converted(a, dir, "ours.xlsx", "ours.csv", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true");
    assert_text(csv, "Khách,Số đêm,Điểm,Đúng hạn,Đến,Khai lúc\n"
                     "Nguyễn Thị Bưởi,\"-12,345\",7.25,12.5%,30/09/2023,22:10 30/09/2023\n"
                     "\"H'Nhi \"\"Niê\"\"\",chưa có số đo,,,,\n");

    write_file(dir, "theirs.csv", STR("tên,số\nĐắk Ru,12\nH'Nhi,\n"));
    struct str xlsx = converted(a, dir, "theirs.csv", "theirs.xlsx", "xlsx");
    assert_int_equal(sheet_open(a, xlsx, NULL, &s, &e), 0);
    assert_int_equal(sheet_next(s, &row, &e), 1);
    assert_int_equal(sheet_next(s, &row, &e), 1);
    assert_text(row.cell[0].text, "Đắk Ru");
    assert_int_equal(row.cell[1].kind, CELL_NUMBER);
    assert_text(row.cell[1].text, "12");
    assert_int_equal(sheet_next(s, &row, &e), 1);
    assert_int_equal(sheet_next(s, &row, &e), 0);

    write_file(dir, "sum.csv", STR("a,b\n1,=1+1\n"));
    converted(a, dir, "sum.csv", "sum.ods", "ods");
    struct str formula = converted(a, dir, "sum.ods", "sum.xlsx", "xlsx");
    assert_int_equal(sheet_open(a, formula, NULL, &s, &e), 0);
    int got;
    while ((got = sheet_next(s, &row, &e)) == 1)
        ;
    assert_int_equal(got, -1);
    assert_string_equal(e.field, "B2");
    remove_dir(dir);
    arena_release(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_sheet__csv_is_as_people_write_and_formulas_are_disarmed),
        in_arena(test_sheet__xlsx_keeps_the_type_of_each_cell),
        in_arena(test_sheet__the_same_rows_give_the_same_bytes),
        in_arena(test_sheet__a_text_too_long_for_a_cell_is_told_at_the_end),
        in_arena(test_sheet__a_book_may_have_many_sheets_and_may_be_given_up),
        cmocka_unit_test(test_sheet__libreoffice_reads_ours_and_we_read_its),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
