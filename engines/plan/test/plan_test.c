/* The plan in a real store: the pack's rows through the import, conflicts and decisions, a month from draft to closed. */
#include "engines/plan/test/world.h"

#include "engines/plan/decide.h"
#include "engines/plan/import.h"
#include "engines/plan/report.h"
#include "engines/plan/tasks.h"
#include "platform/office/package.h"

#include <stdio.h>
#include <string.h>

/* ---- the paper ---- */

static void test_plan__the_pack_has_all_rows_and_every_known_conflict(void **state)
{
    struct world *w = *state;
    struct plan_overview o;
    struct plan_conflicts all;
    overview(w, 202309, &o);
    assert_int_equal(o.n_lines, 42);
    assert_int_equal(o.n_groups, 5);
    must(plan_conflicts_read(reader(w), &w->arena, -1, &all, &w->e), &w->e);
    /* as research on the paper lists them: model and field */
    static const struct {
        int64_t model;
        const char *field;
    } known[] = { { 0, "group" },     { 1, "deadline" },      { 2, "deadline" },     { 5, "deadline" },
                  { 10, "deadline" }, { 14, "lead" },         { 18, "name" },        { 21, "lead" },
                  { 25, "platform" }, { 30, "coordinating" }, { 32, "deadline" },    { 34, "name" },
                  { 41, "deadline" }, { 17, "text" },         { 22, "text" },        { 35, "text" },
                  { 39, "text" },     { 12, "coordinating" }, { 9, "coordinating" }, { 33, "name" } };
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        bool found = false;
        for (size_t k = 0; k < all.n; k++)
            found = found || (all.v[k].model == known[i].model && str_eq(all.v[k].field, str_of(known[i].field)));
        if (!found)
            fail_msg("no conflict about %s of model %lld", known[i].field, (long long)known[i].model);
    }
    for (size_t i = 0; i < all.n; i++)
        for (size_t k = i + 1; k < all.n; k++)
            assert_false(all.v[i].model == all.v[k].model && str_eq(all.v[i].field, all.v[k].field));
}

static void test_plan__both_readings_stand_and_the_appendix_counts_until_somebody_decides(void **state)
{
    struct world *w = *state;
    struct plan_overview o;
    overview(w, 202309, &o);
    const struct plan_said *d = &plan_line_of(&o, 10)->said[PLAN_DEADLINE];
    assert_true(str_eq(d->body, STR("31/12/2023")));
    assert_true(str_eq(d->appendix, STR("30/12/2023")));
    assert_true(d->disputed);
    assert_int_equal(d->day.n, day(2023, 12, 30).n);
}

static void test_plan__agencies_are_found_behind_every_spelling(void **state)
{
    struct world *w = *state;
    struct plan_overview o;
    overview(w, 202309, &o);
    for (size_t i = 0; i < o.n_lines; i++)
        assert_true(o.lines[i].leads.n > 0);
    assert_true(str_eq(plan_line_of(&o, 21)->leads.v[0].code, STR("so-vhttdl")));
    assert_true(str_eq(plan_line_of(&o, 14)->leads.v[0].code, STR("bql-kcn")));
    assert_int_equal(plan_line_of(&o, 32)->leads.n, 2);
    assert_int_equal(plan_line_of(&o, 9)->partners.n, 2); /* its own name among the partners is left out */
}

static void test_plan__targets_without_software_have_no_number_and_never_a_zero(void **state)
{
    static const struct {
        int64_t model, goal;
        enum measure_target target;
    } wanted[] = {
        { 3, 20, TARGET_AT_LEAST }, { 6, 100, TARGET_PERCENT }, { 27, 500, TARGET_AT_LEAST }, { 41, 3, TARGET_LEVEL }
    };
    struct world *w = *state;
    struct plan_overview o;
    overview(w, 202309, &o);
    for (size_t i = 0; i < 4; i++) {
        const struct plan_number *n = plan_line_number(plan_line_of(&o, wanted[i].model));
        assert_non_null(n);
        assert_int_equal(n->target, wanted[i].target);
        assert_int_equal(n->goal, wanted[i].goal);
        assert_false(n->counted);
        assert_int_equal(plan_number_progress(n), -1);
    }
}

/* ---- import ---- */

static const char *const heading[] = { "number",
                                       "group",
                                       "group_name_vi",
                                       "name_vi",
                                       "name_appendix_vi_if_different",
                                       "name_en",
                                       "goal_vi",
                                       "goal_source",
                                       "lead",
                                       "coordinating",
                                       "deploying_force",
                                       "deadline_section2",
                                       "deadline_appendix",
                                       "deadline_section2_iso",
                                       "deadline_appendix_iso",
                                       "deadline_kind",
                                       "deadlines_differ",
                                       "platform",
                                       "tools_section2_vi",
                                       "assignments_section2_vi",
                                       "deploying_force_section2_vi",
                                       "note" };
enum { HEADING = sizeof(heading) / sizeof(heading[0]) };

static int read_bytes(struct world *w, struct str bytes, struct plan_import *out)
{
    struct agency_names names;
    must(agency_names_on(reader(w), &w->arena, day(2023, 8, 7), &names, &w->e), &w->e);
    return plan_import_read(&w->arena, bytes, &names, out, &w->e);
}

static int read_text(struct world *w, const char *rows, struct plan_import *out)
{
    struct buf b;
    buf_init(&b, &w->arena, 32 << 20);
    for (size_t i = 0; i < HEADING; i++)
        buf_fmt(&b, "%s%c", heading[i], i + 1 < HEADING ? ',' : '\n');
    buf_put(&b, str_of(rows));
    return read_bytes(w, buf_str(&b), out);
}

/* A workbook with the heading and one row, its last cell as given: XML of a cell. */
static struct str workbook(struct world *w, const char *last_cell)
{
    struct buf b;
    struct str bytes;
    buf_init(&b, &w->arena, 1 << 20);
    buf_lit(&b, "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\">");
    for (size_t i = 0; i < HEADING; i++)
        buf_fmt(&b, "<c t=\"inlineStr\"><is><t>%s</t></is></c>", heading[i]);
    buf_lit(&b, "</row><row r=\"2\"><c><v>1</v></c>");
    const char *const cells[] = { "I", "Nhóm", "Tên",        "",           "", "", "",     "Sở TP",
                                  "",  "",     "31/12/2023", "31/12/2023", "", "", "dated" };
    for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++)
        buf_fmt(&b, "<c t=\"inlineStr\"><is><t>%s</t></is></c>", cells[i]);
    buf_fmt(&b, "%s</row></sheetData></worksheet>", last_cell);
    const struct package_part parts[] = {
        { "[Content_Types].xml",
          STR("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" "
              "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>") },
        { "_rels/.rels",
          STR("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
              "Id=\"r1\" "
              "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
              "Target=\"xl/workbook.xml\"/></Relationships>") },
        { "xl/workbook.xml",
          STR("<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
              "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"KH\" "
              "sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>") },
        { "xl/_rels/workbook.xml.rels",
          STR("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
              "Id=\"r1\" "
              "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" "
              "Target=\"worksheets/sheet1.xml\"/></Relationships>") },
        { "xl/worksheets/sheet1.xml", buf_str(&b) },
    };
    must(package_pack(&w->arena, parts, sizeof(parts) / sizeof(parts[0]), 4 << 20, &bytes, &w->e), &w->e);
    return bytes;
}

static void test_import__a_workbook_reads_as_a_text_file_does_and_a_formula_is_refused_by_its_cell(void **state)
{
    struct world *w = *state;
    struct plan_import import;
    must(read_bytes(w, workbook(w, "<c t=\"inlineStr\"><is><t>no</t></is></c>"), &import), &w->e);
    assert_int_equal(import.faults.n, 0);
    assert_int_equal(import.rows.n, 1);
    assert_true(str_eq(import.rows.v[0].leads.v[0], STR("so-tp")));
    assert_int_equal(import.rows.v[0].body.day.n, day(2023, 12, 31).n);
    assert_true(import.rows.v[0].same_deadline);
    assert_int_equal(read_bytes(w, workbook(w, "<c r=\"Q2\"><f>A1&amp;B1</f><v>no</v></c>"), &import), -1);
    assert_string_equal(w->e.field, "Q2");
    assert_true(w->e.say.n > 0);
}

static void expect_fault(struct world *w, const char *row, const char *column, const char *say)
{
    struct plan_import import;
    assert_int_equal(read_text(w, row, &import), 0);
    assert_int_equal(import.faults.n, 1);
    assert_int_equal(import.faults.v[0].row, 2);
    assert_string_equal(str_cstr(&w->arena, import.faults.v[0].column), column);
    assert_string_equal(str_cstr(&w->arena, import.faults.v[0].say), say);
}

static void test_import__each_fault_names_row_column_and_the_way_out(void **state)
{
    struct world *w = *state;
    struct plan_import import;
    assert_int_equal(read_text(w, "1,I,Nhóm,Tên,,,,,Sở TP,,,31/12/2023,Trong năm 2023,,,dated,,,,,,\n", &import), 0);
    assert_int_equal(import.faults.n, 0);
    assert_int_equal(import.rows.v[0].appendix.day.n, day(2023, 12, 31).n);
    expect_fault(w, "1,I,Nhóm,Tên,,,,,Sở TP,,,31/6/2023,31/12/2023,,,dated,,,,,,\n", "deadline_section2",
                 "Không có ngày này trong lịch. Xin sửa lại như 30/6/2023.");
    expect_fault(w, "x,I,Nhóm,Tên,,,,,Sở TP,,,31/12/2023,31/12/2023,,,dated,,,,,,\n", "number",
                 "Số thứ tự mô hình là số từ 1 đến 999.");
    expect_fault(w, "1,I,Nhóm,Tên,,,,,Sở Ngoại vụ,,,31/12/2023,31/12/2023,,,dated,,,,,,\n", "lead",
                 "Không nhận ra cơ quan chủ trì. Xin ghi như trong danh sách cơ quan của tỉnh.");
    expect_fault(w, "1,I,Nhóm,Tên,,,,,Sở TP,,,,,,,dated,,,,,,\n", "deadline_appendix",
                 "Mô hình cần một thời hạn, hoặc ghi rõ là thường xuyên.");
    assert_int_equal(read_text(w, "1,I,N,T,,,,,Sở TP,,,,,,,ongoing,,,,,,\n1,I,N,T,,,,,Sở TP,,,,,,,ongoing,,,,,,\n", &import),
                     0);
    assert_int_equal(import.faults.v[0].row, 3);
    assert_int_equal(read_text(w, "", &import), -1);
}

static void test_import__a_hundred_thousand_rows_are_refused_at_the_limit(void **state)
{
    struct world *w = *state;
    struct plan_import import;
    struct buf b;
    buf_init(&b, &w->arena, 16 << 20);
    for (int i = 0; i < 100000; i++)
        buf_fmt(&b, "%d,I,N,T,,,,,Sở TP,,,,,,,ongoing,,,,,,\n", i % 999 + 1);
    assert_int_equal(read_text(w, str_cstr(&w->arena, buf_str(&b)), &import), -1);
    assert_true(import.rows.n <= IMPORT_ROWS);
}

static int import_again_write(struct tx *tx, void *arg, struct err *e)
{
    return plan_import_write(tx, arg, e);
}

static void test_import__a_second_plan_is_refused(void **state)
{
    struct world *w = *state;
    struct plan_import import;
    assert_int_equal(read_text(w, "1,I,N,T,,,,,Sở TP,,,,,,,ongoing,,,,,,\n", &import), 0);
    struct plan_importing in = { &w->arena, &import, day(2023, 8, 7) };
    assert_int_equal(db_write(w->app.db, import_again_write, &in, &w->e), -1);
    assert_int_equal(w->e.code, ERR_CONFLICT);
}

/* ---- decisions ---- */

struct deciding {
    struct world *w;
    struct plan_deciding in;
    int64_t id;
};

static int decide_write(struct tx *tx, void *arg, struct err *e)
{
    struct deciding *d = arg;
    return plan_decide(tx, &d->w->arena, &d->in, &office, &d->id, e);
}

static int64_t conflict_id(struct world *w, int64_t model, const char *field)
{
    struct plan_conflicts all;
    must(plan_conflicts_read(reader(w), &w->arena, model, &all, &w->e), &w->e);
    for (size_t i = 0; i < all.n; i++)
        if (str_eq(all.v[i].field, str_of(field)))
            return all.v[i].id;
    fail_msg("no conflict");
    return 0;
}

static int decide(struct world *w, int64_t model, const char *field, const char *reading, struct deciding *d)
{
    *d = (struct deciding) { .w = w };
    d->in = (struct plan_deciding) {
        .conflict = conflict_id(w, model, field), .reading = str_of(reading), .words = STR(""), .reason = STR("Công văn 12")
    };
    return db_write(w->app.db, decide_write, d, &w->e);
}

static void test_decision__settles_the_reading_and_a_later_one_counts_instead(void **state)
{
    struct world *w = *state;
    struct plan_overview o;
    struct deciding d;
    struct plan_decisions_of_rows history;
    must(decide(w, 10, "deadline", "body", &d), &w->e);
    overview(w, 202309, &o);
    assert_int_equal(plan_line_of(&o, 10)->said[PLAN_DEADLINE].day.n, day(2023, 12, 31).n);
    assert_false(plan_line_of(&o, 10)->said[PLAN_DEADLINE].disputed);
    must(decide(w, 10, "deadline", "appendix", &d), &w->e);
    overview(w, 202309, &o);
    assert_int_equal(plan_line_of(&o, 10)->said[PLAN_DEADLINE].day.n, day(2023, 12, 30).n);
    must(plan_decisions_of(reader(w), &w->arena, &(struct plan_decisions_of_in) { .conflict = d.in.conflict }, &history,
                           &w->e),
         &w->e);
    assert_int_equal(history.n, 2);
}

static void test_decision__refuses_a_reading_that_gives_no_day(void **state)
{
    struct world *w = *state;
    struct deciding d;
    assert_int_equal(decide(w, 2, "deadline", "body", &d), -1); /* "03 tháng sau khi có hướng dẫn" */
    assert_true(
        str_eq(err_sentence(&w->e), STR("Cách viết này không cho một ngày cụ thể. Xin chọn cách khác hoặc ghi ngày.")));
    assert_int_equal(decide(w, 1, "deadline", "body", &d), -1); /* the body says nothing */
    assert_int_equal(decide(w, 2, "deadline", "appendix", &d), 0);
}

/* ---- succession ---- */

struct moving {
    struct world *w;
    struct succession_new in;
    int64_t id;
};

static int move_write(struct tx *tx, void *arg, struct err *e)
{
    struct moving *m = arg;
    return agencies_succeed(&m->w->app, tx, &m->w->arena, &m->in, &office, &m->id, e);
}

static int undo_write(struct tx *tx, void *arg, struct err *e)
{
    struct moving *m = arg;
    return agencies_undo(&m->w->app, tx, &m->w->arena, m->id, &office, e);
}

/* Everything the plan holds of both agencies, as a succession's fingerprint is made of it. */
static struct str held(struct world *w, const struct moving *m)
{
    struct buf b;
    struct succession act = { .from = m->in.from, .to = m->in.to, .on = m->in.on, .covers = m->in.covers };
    buf_init(&b, &w->arena, 1 << 20);
    must(plan_succession.state(reader(w), &w->arena, &act, &b, &w->e), &w->e);
    return buf_str(&b);
}

static const char *lead_on(struct world *w, int64_t model, struct day on)
{
    struct plan_overview o;
    must(plan_overview_read(&w->app, reader(w), &w->arena, plan_month_of(on), on, false, &o, &w->e), &w->e);
    return str_cstr(&w->arena, plan_line_of(&o, model)->leads.v[0].code);
}

static void test_succession__the_plan_follows_on_its_day_and_undo_brings_it_back(void **state)
{
    struct world *w = *state;
    struct moving m = { .w = w };
    m.in = (struct succession_new) {
        .from = STR("so-gtvt"), .to = STR("so-xd"), .on = day(2025, 3, 1), .decree = STR("NQ 01"), .covers = STR("")
    };
    struct str before = held(w, &m);
    must(db_write(w->app.db, move_write, &m, &w->e), &w->e);
    assert_false(str_eq(held(w, &m), before));
    assert_string_equal(lead_on(w, 12, day(2025, 2, 28)), "so-gtvt");
    assert_string_equal(lead_on(w, 12, day(2025, 3, 1)), "so-xd");
    must(db_write(w->app.db, undo_write, &m, &w->e), &w->e);
    assert_string_equal(lead_on(w, 12, day(2025, 3, 1)), "so-gtvt");
    assert_true(str_eq(held(w, &m), before));
}

static int task_write(struct tx *tx, void *arg, struct err *e)
{
    struct moving *m = arg;
    struct task_new t = {
        .model = 30, .agency = STR("so-gddt"), .title = STR("Tập huấn giáo viên"), .due = day(2025, 6, 1)
    };
    return task_add(tx, &m->w->arena, &t, &office, &m->id, e);
}

static void expect_task_at(struct world *w, int64_t id, const char *agency)
{
    struct plan_task_by_id_row task;
    assert_int_equal(plan_task_by_id(reader(w), &w->arena, &(struct plan_task_by_id_in) { .id = id }, &task, &w->e), 1);
    assert_string_equal(str_cstr(&w->arena, task.agency), agency);
}

static int progress_write(struct tx *tx, void *arg, struct err *e)
{
    struct moving *m = arg;
    struct task_change c = { .task = m->id, .edit = 1, .state = TASK_DOING, .due = day(2025, 6, 1), .risk_note = STR("") };
    return task_set(tx, &m->w->arena, &c, &office, e);
}

static void test_succession__open_tasks_go_along_and_work_on_them_makes_undo_impossible(void **state)
{
    struct world *w = *state;
    struct moving task = { .w = w }, m = { .w = w };
    must(db_write(w->app.db, task_write, &task, &w->e), &w->e);
    m.in = (struct succession_new) {
        .from = STR("so-gddt"), .to = STR("so-khcn"), .on = day(2025, 3, 1), .decree = STR("NQ 03"), .covers = STR("")
    };
    must(db_write(w->app.db, move_write, &m, &w->e), &w->e);
    expect_task_at(w, task.id, "so-khcn");
    must(db_write(w->app.db, progress_write, &task, &w->e), &w->e);
    assert_int_equal(db_write(w->app.db, undo_write, &m, &w->e), -1);
    assert_int_equal(w->e.code, ERR_CONFLICT);
    assert_true(str_find(err_sentence(&w->e), STR("sau lần chuyển giao đã có thay đổi")) >= 0);
    expect_task_at(w, task.id, "so-khcn");
}

static void test_succession__a_split_by_models(void **state)
{
    struct world *w = *state;
    struct moving m = { .w = w };
    m.in = (struct succession_new) { .from = STR("so-ldtbxh"),
                                     .to = STR("so-nv"),
                                     .on = day(2025, 3, 1),
                                     .decree = STR("NQ 02"),
                                     .covers = STR("model/37") };
    must(db_write(w->app.db, move_write, &m, &w->e), &w->e);
    assert_string_equal(lead_on(w, 37, day(2025, 3, 1)), "so-nv");
    assert_string_equal(lead_on(w, 35, day(2025, 3, 1)), "so-ldtbxh");
    must(db_write(w->app.db, undo_write, &m, &w->e), &w->e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plan__the_pack_has_all_rows_and_every_known_conflict),
        cmocka_unit_test(test_plan__both_readings_stand_and_the_appendix_counts_until_somebody_decides),
        cmocka_unit_test(test_plan__agencies_are_found_behind_every_spelling),
        cmocka_unit_test(test_plan__targets_without_software_have_no_number_and_never_a_zero),
        cmocka_unit_test(test_import__a_workbook_reads_as_a_text_file_does_and_a_formula_is_refused_by_its_cell),
        cmocka_unit_test(test_import__each_fault_names_row_column_and_the_way_out),
        cmocka_unit_test(test_import__a_hundred_thousand_rows_are_refused_at_the_limit),
        cmocka_unit_test(test_import__a_second_plan_is_refused),
        cmocka_unit_test(test_decision__settles_the_reading_and_a_later_one_counts_instead),
        cmocka_unit_test(test_decision__refuses_a_reading_that_gives_no_day),
        cmocka_unit_test(test_succession__the_plan_follows_on_its_day_and_undo_brings_it_back),
        cmocka_unit_test(test_succession__a_split_by_models),
        cmocka_unit_test(test_succession__open_tasks_go_along_and_work_on_them_makes_undo_impossible),
    };
    return cmocka_run_group_tests(tests, world_open, world_close);
}
