/* Rows out of files that somebody sent, whole and spoiled. */
#include "base/test/check.h"
#include "base/text.h"
#include "platform/office/sheet_in.h"
#include "platform/office/sheet_in_inside.h"
#include "platform/office/test/workbook.h"

#include <string.h>

/* All rows in one line: "1:a|b 3:c", or "refused at C2". Kinds other than text are marked: #number @day ?truth. */
static const char *shown(struct arena *a, struct str file, const struct sheet_limits *limits, struct sheet_in **kept)
{
    static const char *const marks[] = { "", "", "#", "@", "?" };
    struct sheet_in *s = NULL;
    struct sheet_row row;
    struct err e = { 0 };
    struct buf b;
    int got = sheet_open(a, file, limits, &s, &e);
    buf_init(&b, a, 1 << 20);
    while (got == 0 && (got = sheet_next(s, &row, &e)) == 1) {
        buf_fmt(&b, b.n ? " %lld:" : "%lld:", (long long)row.number);
        for (size_t i = 0; i < row.n; i++)
            buf_fmt(&b, "%s%s%.*s", i ? "|" : "", marks[row.cell[i].kind], STR_ARG(row.cell[i].text));
        got = 0;
    }
    if (got < 0) {
        assert_true(e.say.n > 0);
        buf_clear(&b);
        buf_fmt(&b, "refused at %s", e.field[0] ? e.field : "the file");
    }
    if (kept)
        *kept = s;
    return str_cstr(a, buf_str(&b));
}

static const char *shown_sheet(struct arena *a, const char *sheet)
{
    return shown(a, workbook_by_hand(a, &(struct hand_made) { .sheet = sheet }), NULL, NULL);
}

/* ---- CSV ---- */

static void test_sheet_in__csv_is_separated_as_its_heading_says(void **state)
{
    assert_string_equal(shown(*state,
                              STR("\xEF\xBB\xBF"
                                  "mã,tên\n1,\"Đắk, Ru\"\n"),
                              NULL, NULL),
                        "1:mã|tên 2:1|Đắk, Ru");
    assert_string_equal(shown(*state, STR("mã;tên\n1;2,5\n"), NULL, NULL), "1:mã|tên 2:1|2,5");
    assert_string_equal(shown(*state, STR("mã\ttên\n1\t;\n"), NULL, NULL), "1:mã|tên 2:1|;");
}

static void test_sheet_in__csv_in_another_encoding_or_with_a_broken_quote_is_refused(void **state)
{
    assert_string_equal(shown(*state, STR("t\xEAn\n"), NULL, NULL), "refused at the file");
    assert_string_equal(shown(*state, STR("a\nb\n\"c\n"), NULL, NULL), "refused at dòng 3");
}

/* ---- XLSX ---- */

static void test_sheet_in__cells_of_every_kind_are_read(void **state)
{
    const struct hand_made h = {
        .sheet = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>Gia "
                 "</t><t>Nghĩa</t></is></c>"
                 "<c r=\"C1\"><v>12.5</v></c><c r=\"D1\" s=\"1\"><v>45199</v></c><c r=\"E1\" s=\"2\"><v>45199.75</v></c>"
                 "<c r=\"F1\" t=\"b\"><v>1</v></c><c r=\"G1\" t=\"str\"><v>chữ</v></c><c r=\"H1\" "
                 "t=\"d\"><v>2023-09-30T08:15:00</v></c>"
                 "<c r=\"I1\" s=\"3\"><v>45199</v></c></row></sheetData>",
        .strings = "<si><t>một</t></si><si><r><t>Đắk</t></r><r><t xml:space=\"preserve\"> "
                   "R&amp;u_x000D_</t></r><rPh><t>x</t></rPh></si>",
        .styles = "<numFmts><numFmt numFmtId=\"170\" formatCode=\"hh:mm&quot;giờ&quot;\"/><numFmt numFmtId=\"171\" "
                  "formatCode=\"0&quot; ngày d&quot;[Red]\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                  "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/><xf numFmtId=\"171\"/></cellXfs>",
    };
    assert_string_equal(shown(*state, workbook_by_hand(*state, &h), NULL, NULL),
                        "1:Đắk R&u\r|Gia Nghĩa|#12.5|@30/09/2023|@18:00 30/09/2023|?TRUE|chữ|@08:15 30/09/2023|#45199");
}

static void test_sheet_in__gaps_keep_their_places_and_empty_rows_are_passed_over(void **state)
{
    assert_string_equal(
        shown_sheet(*state, "<sheetData><row r=\"2\"><c r=\"A2\" s=\"0\"/><c r=\"C2\"><v>3</v></c></row><row r=\"5\"/>"
                            "<row><c><v>1</v></c><c><v>2</v></c></row></sheetData>"),
        "2:||#3 6:#1|#2");
}

static void test_sheet_in__days_are_counted_from_1904_where_the_workbook_says_so(void **state)
{
    const struct hand_made h = {
        .sheet = "<sheetData><row><c s=\"0\"><v>43737</v></c></row></sheetData>",
        .styles = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>",
        .book = "<workbookPr date1904=\"1\"/><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets>",
    };
    assert_string_equal(shown(*state, workbook_by_hand(*state, &h), NULL, NULL), "1:@30/09/2023");
}

static void test_xlsx_day__the_day_that_never_was_is_refused(void **state)
{
    struct day d;
    int second;
    assert_true(xlsx_day(1, false, &d, &second));
    assert_text(day_iso(*state, d), "1900-01-01");
    assert_true(xlsx_day(59, false, &d, &second));
    assert_text(day_iso(*state, d), "1900-02-28");
    assert_false(xlsx_day(60, false, &d, &second));
    assert_true(xlsx_day(61, false, &d, &second));
    assert_text(day_iso(*state, d), "1900-03-01");
    assert_true(xlsx_day(2958465, false, &d, &second));
    assert_text(day_iso(*state, d), "9999-12-31");
    assert_false(xlsx_day(2958466, false, &d, &second));
    assert_false(xlsx_day(-1, false, &d, &second));
    assert_true(xlsx_day(45199.999999, false, &d, &second)); /* half a second before midnight is midnight */
    assert_text(day_iso(*state, d), "2023-10-01");
    assert_int_equal(second, 0);
}

static void test_sheet_in__a_formula_is_refused_with_its_address(void **state)
{
    assert_string_equal(shown_sheet(*state, "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"
                                            "<row r=\"12\"><c r=\"AB12\"><f>SUM(A1)</f><v>1</v></c></row></sheetData>"),
                        "refused at AB12");
    assert_string_equal(shown_sheet(*state, "<sheetData><row><c t=\"e\"><v>#N/A</v></c></row></sheetData>"),
                        "refused at A1");
}

static void test_sheet_in__what_rows_cannot_show_is_noted(void **state)
{
    struct sheet_in *s = NULL;
    const struct hand_made h = {
        .sheet = "<cols><col min=\"3\" max=\"4\" hidden=\"1\"/></cols><sheetData><row r=\"7\" "
                 "hidden=\"1\"><c><v>1</v></c></row></sheetData>"
                 "<mergeCells><mergeCell ref=\"A7:B7\"/></mergeCells>",
        .book = "<sheets><sheet name=\"Nháp\" sheetId=\"2\" state=\"veryHidden\" r:id=\"r2\"/>"
                "<sheet name=\"Chính\" sheetId=\"1\" r:id=\"r1\"/></sheets>",
    };
    assert_string_equal(shown(*state, workbook_by_hand(*state, &h), NULL, &s), "7:#1");
    const sheet_notes *notes = sheet_notes_of(s);
    assert_int_equal(notes->n, 4);
    assert_text(notes->v[0].at, "Nháp");
    assert_text(notes->v[1].at, "cột 3–4");
    assert_text(notes->v[2].at, "dòng 7");
    assert_text(notes->v[3].at, "A7:B7");
    assert_int_equal(notes->v[3].kind, SHEET_MERGED);
    assert_true(sheet_note_say(notes->v[3].kind).n > 0);
}

static void test_sheet_in__limits_refuse_rows_columns_and_long_cells(void **state)
{
    const struct sheet_limits few = { .rows = 2, .columns = 2, .cell = 4 };
    struct arena *a = *state;
    struct str long_text = workbook_by_hand(
        a, &(struct hand_made) { .sheet = "<sheetData><row><c t=\"str\"><v>abcde</v></c></row></sheetData>" });
    struct str wide =
        workbook_by_hand(a, &(struct hand_made) { .sheet = "<sheetData><row><c r=\"C1\"><v>1</v></c></row></sheetData>" });
    struct str many =
        workbook_by_hand(a, &(struct hand_made) { .sheet = "<sheetData><row><c><v>1</v></c></row><row><c><v>2</v></c></row>"
                                                           "<row r=\"9\"><c><v>3</v></c></row></sheetData>" });
    assert_string_equal(shown(a, long_text, &few, NULL), "refused at A1");
    assert_string_equal(shown(a, wide, &few, NULL), "refused at C1");
    assert_string_equal(shown(a, many, &few, NULL), "refused at dòng 9");
    assert_string_equal(shown(a, STR("a\nb\nc\n"), &few, NULL), "refused at dòng 3");
}

/* 100,000 rows: what is beyond the limit is neither unpacked nor kept. The arena has 8 MiB; the sheet unpacked has 6. */
static void test_sheet_in__a_hundred_thousand_rows_are_refused_at_the_limit(void **state)
{
    struct arena *a = *state;
    struct arena own;
    struct buf b;
    arena_init(&own, 128 << 20);
    buf_init(&b, &own, 16 << 20);
    buf_lit(&b, "<sheetData>");
    for (int i = 1; i <= 100000; i++)
        buf_fmt(&b, "<row r=\"%d\"><c r=\"A%d\"><v>%d</v></c><c r=\"B%d\"><v>7</v></c></row>", i, i, i * 7919 % 10007, i);
    buf_lit(&b, "</sheetData>");
    struct str file = workbook_by_hand(&own, &(struct hand_made) { .sheet = str_cstr(&own, buf_str(&b)) });
    size_t before = a->used;
    struct sheet_in *s = NULL;
    struct sheet_row row;
    struct err e = { 0 };
    int64_t rows = 0;
    int got;
    assert_int_equal(sheet_open(a, file, &(struct sheet_limits) { .rows = 1000 }, &s, &e), 0);
    while ((got = sheet_next(s, &row, &e)) == 1)
        rows++;
    assert_int_equal(got, -1);
    assert_int_equal(rows, 1000);
    assert_string_equal(e.field, "dòng 1001");
    assert_true(a->used - before < 256 * 1024);
    arena_release(&own);
}

static void test_sheet_columns__are_found_by_name_and_missed_by_name(void **state)
{
    struct arena *a = *state;
    static const char *const wanted[] = { "mã", "tên" };
    struct sheet_in *s;
    struct sheet_row row;
    struct err e = { 0 };
    size_t at[2] = { 9, 9 };
    assert_int_equal(sheet_open(a, STR("x,tên,mã\n1,Đắk Ru\n"), NULL, &s, &e), 0);
    assert_int_equal(sheet_columns(s, wanted, 2, at, &e), 0);
    assert_int_equal(sheet_next(s, &row, &e), 1);
    assert_text(sheet_text_at(&row, at[1]), "Đắk Ru");
    assert_text(sheet_text_at(&row, at[0]), "");
    assert_int_equal(sheet_open(a, STR("mã,mã,tên\n"), NULL, &s, &e), 0);
    assert_int_equal(sheet_columns(s, wanted, 2, at, &e), -1);
    assert_string_equal(e.field, "mã");
    assert_int_equal(sheet_open(a, STR(""), NULL, &s, &e), 0);
    assert_int_equal(sheet_columns(s, wanted, 2, at, &e), -1);
}

/* ---- spoiled files ---- */

static void test_sheet_in__document_types_and_entities_are_refused(void **state)
{
    const struct hand_made h = { .before = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>",
                                 .sheet = "<sheetData><row><c t=\"str\"><v>&b;</v></c></row></sheetData>" };
    assert_string_equal(shown(*state, workbook_by_hand(*state, &h), NULL, NULL), "refused at the file");
    assert_string_equal(shown_sheet(*state, "<sheetData><row><c t=\"str\"><v>&b;</v></c></row></sheetData>"),
                        "refused at the file");
}

static void test_sheet_in__macros_passwords_and_old_formats_are_refused(void **state)
{
    const struct hand_made h = { .sheet = "<sheetData/>", .more = { "xl/vbaProject.bin", STR("x") } };
    assert_string_equal(shown(*state, workbook_by_hand(*state, &h), NULL, NULL), "refused at the file");
    assert_string_equal(shown(*state, STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 EncryptedPackage"), NULL, NULL),
                        "refused at the file");
}

static void test_sheet_in__names_that_climb_or_come_twice_are_refused(void **state)
{
    const struct hand_made climbs = { .sheet = "<sheetData/>", .more = { "xl/../../etc/passwd", STR("x") } };
    const struct hand_made twice = { .sheet = "<sheetData/>", .more = { "XL/workbook.xml", STR("x") } };
    assert_string_equal(shown(*state, workbook_by_hand(*state, &climbs), NULL, NULL), "refused at the file");
    assert_string_equal(shown(*state, workbook_by_hand(*state, &twice), NULL, NULL), "refused at the file");
}

static void test_sheet_in__a_package_that_swells_is_refused_before_it_is_unpacked(void **state)
{
    struct arena own;
    arena_init(&own, 64 << 20);
    struct str zeros = { arena_alloc(&own, 20 << 20), 20 << 20 };
    const struct hand_made h = { .sheet = "<sheetData/>", .more = { "xl/media/a.bin", zeros } };
    struct package_in *p = NULL;
    struct err e = { 0 };
    struct str file = workbook_by_hand(&own, &h);
    assert_true(file.n > 0 && file.n < 64 * 1024);
    assert_int_equal(package_open(file, NULL, &p, &e), -1);
    assert_int_equal(e.code, ERR_TOO_LARGE);
    assert_non_null(strstr(e.detail, "densely"));
    assert_int_equal(package_open(file, &(struct package_limits) { .ratio = 100000, .unpacked = 1 << 20 }, &p, &e), -1);
    assert_non_null(strstr(e.detail, "too many bytes"));
    assert_int_equal(package_open(file, &(struct package_limits) { .entries = 3 }, &p, &e), -1);
    assert_non_null(strstr(e.detail, "too many entries"));
    assert_string_equal(shown(*state, file, NULL, NULL), "refused at the file");
    arena_release(&own);
}

/* Each byte of a file changed in turn: it is read, or refused with a sentence; never more than that. */
static void test_sheet_in__a_file_damaged_anywhere_is_read_or_refused(void **state)
{
    struct arena *a = *state;
    struct str good =
        workbook_by_hand(a, &(struct hand_made) { .sheet = "<sheetData><row><c><v>1</v></c></row></sheetData>" });
    struct arena *one = arena_child(a);
    for (size_t i = 4; i < good.n; i++) {
        char *bytes = arena_alloc(one, good.n);
        memcpy(bytes, good.p, good.n);
        bytes[i] = (char)(bytes[i] ^ 0x55);
        shown(one, (struct str) { bytes, good.n }, NULL, NULL);
        shown(one, str_head(good, i), NULL, NULL);
        arena_clear(one);
    }
}

static void test_sheet_in__order_of_rows_and_cells_is_asked_for(void **state)
{
    assert_string_equal(shown_sheet(*state, "<sheetData><row r=\"2\"/><row r=\"1\"/></sheetData>"), "refused at the file");
    assert_string_equal(shown_sheet(*state, "<sheetData><row><c r=\"B1\"/><c r=\"A1\"/></row></sheetData>"),
                        "refused at the file");
    assert_string_equal(shown_sheet(*state, "<sheetData><row><c r=\"A2\"/></row></sheetData>"), "refused at the file");
    assert_string_equal(shown_sheet(*state, "<sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData>"),
                        "refused at the file");
}

static void test_sheet_address__letters_go_on_behind_z(void **state)
{
    assert_text(sheet_address(*state, 0, 1), "A1");
    assert_text(sheet_address(*state, 25, 2), "Z2");
    assert_text(sheet_address(*state, 26, 3), "AA3");
    assert_text(sheet_address(*state, 16383, 1048576), "XFD1048576");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_sheet_in__csv_is_separated_as_its_heading_says),
        in_arena(test_sheet_in__csv_in_another_encoding_or_with_a_broken_quote_is_refused),
        in_arena(test_sheet_in__cells_of_every_kind_are_read),
        in_arena(test_sheet_in__gaps_keep_their_places_and_empty_rows_are_passed_over),
        in_arena(test_sheet_in__days_are_counted_from_1904_where_the_workbook_says_so),
        in_arena(test_xlsx_day__the_day_that_never_was_is_refused),
        in_arena(test_sheet_in__a_formula_is_refused_with_its_address),
        in_arena(test_sheet_in__what_rows_cannot_show_is_noted),
        in_arena(test_sheet_in__limits_refuse_rows_columns_and_long_cells),
        in_arena(test_sheet_in__a_hundred_thousand_rows_are_refused_at_the_limit),
        in_arena(test_sheet_in__document_types_and_entities_are_refused),
        in_arena(test_sheet_in__macros_passwords_and_old_formats_are_refused),
        in_arena(test_sheet_in__names_that_climb_or_come_twice_are_refused),
        in_arena(test_sheet_in__a_package_that_swells_is_refused_before_it_is_unpacked),
        in_arena(test_sheet_in__a_file_damaged_anywhere_is_read_or_refused),
        in_arena(test_sheet_in__order_of_rows_and_cells_is_asked_for),
        in_arena(test_sheet_columns__are_found_by_name_and_missed_by_name),
        in_arena(test_sheet_address__letters_go_on_behind_z),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
