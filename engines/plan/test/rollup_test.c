/* The month's roll-up in its four forms, read by other programs: poppler, LibreOffice, a JSON schema. */
#include "engines/plan/test/world.h"

#include "base/test/command.h"
#include "engines/plan/decide.h"
#include "engines/plan/month.h"
#include "engines/plan/rollup_paper.h"
#include "platform/office/sheet_in.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* ---- a month with something in it ---- */

struct made {
    struct world *w;
    char *dir;
    struct plan_rollup u;
    struct str form[ROLLUP_FORMS_];
};

static int64_t report_of(struct world *w, const char *agency)
{
    struct plan_dues dues;
    must(plan_dues_read(&w->app, reader(w), &w->arena, 202309, instant_day(w->now), &dues, &w->e), &w->e);
    for (size_t i = 0; i < dues.n; i++)
        if (str_eq(dues.v[i].agency.code, str_of(agency)))
            return dues.v[i].report;
    fail_msg("%s owes nothing", agency);
    return 0;
}

/* Model 9: measured 60 of 80, claimed 90 percent; signed. Then one conflict of the paper is decided. */
static int act(struct tx *tx, void *arg, struct err *e)
{
    struct made *m = arg;
    struct world *w = m->w;
    const struct report_edit_row row = { .model = 9,
                                         .has_claim = true,
                                         .claim = 90,
                                         .did = STR("Tập huấn 60 cơ sở ở bon Bu Prâng và buôn Čư Jŭt"),
                                         .next = STR("Còn 20 nhà nghỉ ở Tuy Đức chưa có mạng"),
                                         .numbers = STR("test.declaring=60/80") };
    int64_t report = report_of(w, "ca-tinh"), id;
    struct report_edit in = { .report = report, .edit = 1, .words = STR("Chung"), .rows = &row, .n = 1 };
    struct plan_deciding decide = { .conflict = 1,
                                    .reading = STR("appendix"),
                                    .reason = STR("Theo phụ lục ký ngày 07/8/2023") };
    if (report_save(&w->app, tx, &w->arena, &in, &clerk, NULL, e) ||
        report_sign(&w->app, tx, &w->arena, report, 2, &clerk, e))
        return -1;
    return plan_decide(tx, &w->arena, &decide, &office, &id, e);
}

static int make(void **state)
{
    static struct made m;
    if (world_open((void **)&m.w) != 0)
        return -1;
    struct world *w = m.w;
    percent_of_9 = (struct counter) { true, { 60, 80 } };
    m.dir = temp_dir(&w->arena);
    must(plan_draft(&w->app, &w->arena, 202309, NULL, &w->e), &w->e);
    must(db_write(w->app.db, act, &m, &w->e), &w->e);
    must(plan_rollup_read(&w->app, reader(w), &w->arena, 202309, day(2023, 9, 18), &m.u, &w->e), &w->e);
    for (enum rollup_form f = 0; f < ROLLUP_FORMS_; f++) {
        must(rollup_render(&m.u, f, &w->arena, &m.form[f], &w->e), &w->e);
        assert_true(write_file(m.dir, str_cstr(&w->arena, str_fmt(&w->arena, "r.%s", rollup_extension(f))), m.form[f]));
    }
    *state = &m;
    return 0;
}

static int unmake(void **state)
{
    struct made *m = *state;
    remove_dir(m->dir);
    return world_close((void **)&m->w);
}

static struct str asked(struct made *m, const char *text)
{
    struct str out = STR("");
    struct arena *a = &m->w->arena;
    if (command(a, str_cstr(a, str_fmt(a, "cd '%s' && %s", m->dir, text)), &out) != 0)
        fail_msg("%s: %.*s", text, STR_ARG(out));
    return out;
}

/* Words in reading order, one space between them: a cell's lines join again. */
static struct str words_of(struct made *m, const char *pdf)
{
    struct arena *a = &m->w->arena;
    return asked(m, str_cstr(a, str_fmt(a, "pdftotext -raw %s - | tr -s ' \\n\\f' '   ' | tr -s ' '", pdf)));
}

static void expect(struct str text, struct str words)
{
    if (str_find(text, words) < 0)
        fail_msg("\"%.*s\" is nowhere", STR_ARG(words));
}

static void expect_every_row(struct made *m, struct str text)
{
    assert_int_equal(m->u.all.n_lines, 42);
    for (size_t i = 0; i < m->u.all.n_lines; i++)
        expect(text, m->u.all.lines[i].name);
}

/* ---- the paper ---- */

static void test_pdf__has_every_model_every_conflict_and_the_head_of_a_paper(void **state)
{
    struct made *m = *state;
    if (!has_command("pdftotext"))
        skip();
    struct str text = words_of(m, "r.pdf");
    expect_every_row(m, text);
    static const char *const parts[] = {
        "CÔNG AN TỈNH ĐẮK NÔNG CƠ QUAN THƯỜNG TRỰC TỔ CÔNG TÁC ĐỀ ÁN 06 TỈNH ĐẮK NÔNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "/BC-TCTĐA06 Gia Nghĩa, ngày 18 tháng 9 năm 2023",
        "Kính gửi: - Bộ Công an; - Ủy ban nhân dân tỉnh Đắk Nông.",
        "theo Kế hoạch số 511/KH-UBND, tháng 9 năm 2023",
        "Nơi nhận: - Như trên;",
        "- Lưu: VT.",
        "Phụ lục I TÌNH HÌNH TỪNG MÔ HÌNH",
        "Tập huấn 60 cơ sở ở bon Bu Prâng và buôn Čư Jŭt",
        "Theo phụ lục ký ngày 07/8/2023",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        expect(text, str_of(parts[i]));
    ptrdiff_t third = str_find(text, STR("Phụ lục III NHỮNG CHỖ"));
    assert_true(third > 0);
    struct str appendix = str_from(text, (size_t)third);
    for (size_t i = 0; i < m->u.conflicts.n; i++)
        expect(appendix, m->u.conflicts.v[i].question);
}

static void test_pdf__says_what_was_measured_beside_what_was_claimed(void **state)
{
    struct made *m = *state;
    if (!has_command("pdftotext"))
        skip();
    struct str text = words_of(m, "r.pdf");
    expect(text, STR("Cơ sở khai báo: 60 / 80 cơ sở (75 %); mục tiêu 100 % cơ sở 90 % báo cao hơn số đo 15 %"));
    expect(text, STR("cơ quan báo 90 %, đo được 60 / 80 cơ sở (75 %)"));
    expect(text, STR("chưa có số đo"));
}

static void test_docx__libreoffice_opens_it_with_every_row(void **state)
{
    struct made *m = *state;
    if (!has_command("soffice"))
        skip();
    asked(m, "HOME=\"$PWD\" timeout 100 soffice -env:UserInstallation=file://$PWD/profile --headless --convert-to pdf "
             "--outdir docx r.docx "
             ">/dev/null 2>&1");
    struct str text = words_of(m, "docx/r.pdf");
    expect_every_row(m, text);
    expect(text, STR("60 / 80 cơ sở (75 %)"));
    expect(text, STR("Nơi nhận:"));
}

/* ---- the workbook ---- */

static const struct plan_line *row_line(struct made *m, const struct sheet_row *row)
{
    for (size_t i = 0; i < m->u.all.n_lines; i++)
        if ((double)m->u.all.lines[i].number == row->cell[0].number)
            return &m->u.all.lines[i];
    fail_msg("row %lld is no model", (long long)row->number);
    return NULL;
}

static void test_xlsx__has_one_row_a_model_and_the_same_numbers(void **state)
{
    struct made *m = *state;
    struct sheet_in *s;
    struct sheet_row row;
    struct err e = { 0 };
    size_t rows = 0;
    assert_int_equal(sheet_open(&m->w->arena, m->form[ROLLUP_XLSX], NULL, &s, &e), 0);
    assert_int_equal(sheet_next(s, &row, &e), 1);
    assert_true(str_eq(row.cell[7].text, STR("Đếm được")));
    while (sheet_next(s, &row, &e) == 1) {
        const struct plan_line *l = row_line(m, &row);
        const struct plan_number *n = plan_line_number(l);
        assert_true(str_eq(row.cell[2].text, l->name));
        if (n && n->counted)
            assert_true(row.cell[7].number == (double)n->numerator);
        else
            assert_true(str_eq(row.cell[7].text, STR("chưa có số đo"))); /* never 0 */
        rows++;
    }
    assert_int_equal(rows, 42);
}

static void test_xlsx__libreoffice_counts_the_rows_of_each_sheet(void **state)
{
    struct made *m = *state;
    if (!has_command("soffice"))
        skip();
    asked(m, "HOME=\"$PWD\" timeout 100 soffice -env:UserInstallation=file://$PWD/profile --headless "
             "--convert-to "
             "'csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1' --outdir sheets r.xlsx "
             ">/dev/null 2>&1");
    struct str counted =
        asked(m, "/usr/bin/python3 -c 'import csv, glob\nfor f in sorted(glob.glob(\"sheets/*.csv\")): print(f.split(\"-\", 1)[1], "
                 "sum(1 for _ in csv.reader(open(f), delimiter=\";\")))'");
    expect(counted, STR("Mô hình.csv 43"));
    expect(counted, str_fmt(&m->w->arena, "Chỗ chưa thống nhất.csv %zu", m->u.conflicts.n + 1));
    expect(counted, str_fmt(&m->w->arena, "Cơ quan.csv %zu", m->u.dues.n + 1));
    expect(asked(m, "grep -h ^9\\; 'sheets/r-Mô hình.csv'"), STR(";60;80;75%;"));
}

/* ---- JSON ---- */

static void test_json__is_as_its_schema_says(void **state)
{
    struct made *m = *state;
    if (!has_command("/usr/bin/python3") || command(&m->w->arena, "/usr/bin/python3 -c 'import jsonschema' 2>/dev/null", NULL) != 0)
        skip();
    const char *schema = access("engines/plan/rollup.schema.json", R_OK) == 0 ? "engines" : "../engines";
    struct arena *a = &m->w->arena;
    struct str out;
    assert_int_equal(
        command(
            a,
            str_cstr(a, str_fmt(a,
                                "/usr/bin/python3 -c 'import json, jsonschema; jsonschema.validate(json.load(open(\"%s/r.json\")), "
                                "json.load(open(\"%s/plan/rollup.schema.json\"))); print(\"sound\")'",
                                m->dir, schema)),
            &out),
        0);
    assert_true(str_eq(out, STR("sound")));
}

static void test_json__says_the_same_and_nothing_where_nothing_was_measured(void **state)
{
    struct made *m = *state;
    json_t *all = json_loadb(m->form[ROLLUP_JSON].p, m->form[ROLLUP_JSON].n, 0, NULL);
    json_t *models = json_object_get(all, "models");
    assert_int_equal(json_array_size(models), 42);
    assert_int_equal(json_array_size(json_object_get(all, "conflicts")), m->u.conflicts.n);
    json_t *nine = json_array_get(models, 8), *number = json_array_get(json_object_get(nine, "numbers"), 0);
    assert_int_equal(json_integer_value(json_object_get(nine, "number")), 9);
    assert_int_equal(json_integer_value(json_object_get(nine, "claim")), 90);
    assert_int_equal(json_integer_value(json_object_get(nine, "gap_tenths")), 150);
    assert_int_equal(json_integer_value(json_object_get(number, "numerator")), 60);
    assert_int_equal(json_integer_value(json_object_get(number, "denominator")), 80);
    json_t *training = json_array_get(models, 26), *learners = json_array_get(json_object_get(training, "numbers"), 0);
    assert_int_equal(json_integer_value(json_object_get(learners, "goal")), 500);
    assert_null(json_object_get(learners, "numerator"));
    assert_null(json_object_get(training, "claim"));
    json_decref(all);
}

/* ---- all of them ---- */

static void test_rollup__the_same_month_gives_the_same_bytes(void **state)
{
    struct made *m = *state;
    for (enum rollup_form f = 0; f < ROLLUP_FORMS_; f++) {
        struct str again;
        must(rollup_render(&m->u, f, &m->w->arena, &again, &m->w->e), &m->w->e);
        assert_true(str_eq(again, m->form[f]));
    }
}

static void test_command__writes_four_files_and_refuses_a_month_that_is_none(void **state)
{
    struct made *m = *state;
    struct cli c = { .app = &m->w->app, .arena = &m->w->arena, .n_opts = 2 };
    struct err e = { 0 };
    c.opts[0].option = &plan_report_options[0];
    c.opts[0].value = STR("2023-09");
    c.opts[1].option = &plan_report_options[1];
    c.opts[1].value = str_fmt(&m->w->arena, "%s/out", m->dir);
    set_day(m->w, 2023, 9, 18);
    must(plan_report_command(&c, &e), &e);
    for (enum rollup_form f = 0; f < ROLLUP_FORMS_; f++) {
        struct str name = str_fmt(&m->w->arena, "out/bao-cao-2023-09.%s", rollup_extension(f));
        assert_true(str_eq(read_file(&m->w->arena, m->dir, str_cstr(&m->w->arena, name)), m->form[f]));
    }
    c.opts[0].value = STR("2023-13");
    assert_int_equal(plan_report_command(&c, &e), -1);
    assert_int_equal(e.code, ERR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pdf__has_every_model_every_conflict_and_the_head_of_a_paper),
        cmocka_unit_test(test_pdf__says_what_was_measured_beside_what_was_claimed),
        cmocka_unit_test(test_docx__libreoffice_opens_it_with_every_row),
        cmocka_unit_test(test_xlsx__has_one_row_a_model_and_the_same_numbers),
        cmocka_unit_test(test_xlsx__libreoffice_counts_the_rows_of_each_sheet),
        cmocka_unit_test(test_json__is_as_its_schema_says),
        cmocka_unit_test(test_json__says_the_same_and_nothing_where_nothing_was_measured),
        cmocka_unit_test(test_rollup__the_same_month_gives_the_same_bytes),
        cmocka_unit_test(test_command__writes_four_files_and_refuses_a_month_that_is_none),
    };
    return cmocka_run_group_tests(tests, make, unmake);
}
