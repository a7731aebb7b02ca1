/* Agencies from the pack, how papers name them, and a succession with a made-up module that takes part. */
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
#include "engines/agencies/inside.h"
#include "engines/people/people.h"

/* ---- a module that holds duties: five desks, each of one agency ---- */

static char desks[5][16];

static int desk_state(struct dbr *r, struct arena *a, const struct succession *act, struct buf *out, struct err *err)
{
    (void)r, (void)a, (void)err;
    for (int i = 0; i < 5; i++)
        if (str_eq(str_of(desks[i]), act->from) || str_eq(str_of(desks[i]), act->to))
            buf_fmt(out, "%d %s\n", i, desks[i]);
    return 0;
}

static int desk_move(struct succession_run *run, struct err *err)
{
    for (int i = 0; i < 5; i++) {
        struct str object = str_fmt(run->a, "desk/%d", i);
        if (!str_eq(str_of(desks[i]), run->act->from) || !succession_covers(run->act, object))
            continue;
        snprintf(desks[i], sizeof(desks[i]), "%.*s", STR_ARG(run->act->to));
        if (run->moved(run, object, run->act->from, run->act->to, err))
            return -1;
    }
    return 0;
}

static int desk_undo(struct succession_run *run, const struct succession_row *row, struct err *err)
{
    (void)run, (void)err;
    int64_t i;
    assert_true(str_to_i64(str_from(row->object, 5), &i));
    snprintf(desks[i], sizeof(desks[i]), "%.*s", STR_ARG(row->was));
    return 0;
}

static const struct succession_part desk_part = {
    .what = STR_INIT("Quầy"), .state = desk_state, .move = desk_move, .undo = desk_undo
};
static const struct module desk_module = { .name = "desks", .title = STR_INIT("Quầy"), .succession = &desk_part };

/* ---- the store ---- */

static const struct module *const modules[] = { &audit_module, &people_module, &agencies_module, &desk_module, NULL };
static struct arena arena;
static char dir[TEST_DIRECTORY];
static struct app app;
static struct dbr *r;
static struct err e;

static const char *pack(void)
{
    return access("packs/dak_nong/pack.conf", R_OK) == 0 ? "packs/dak_nong" : "../packs/dak_nong";
}

static struct day day(int y, int m, int d)
{
    struct day out;
    assert_true(day_from_ymd(y, m, d, &out));
    return out;
}

static void read_again(void)
{
    db_read_end(r);
    assert_int_equal(db_read_begin(app.db, &r, &e), 0);
}

static int setup(void **state)
{
    (void)state;
    struct db_migration all[32];
    size_t n = 0;
    arena_init(&arena, 64 << 20);
    if (!test_directory(dir, "agencies"))
        return -1;
    for (size_t i = 0; modules[i]; i++)
        for (const struct db_migration *m = modules[i]->migrations; m && m->module; m++)
            all[n++] = *m;
    all[n] = (struct db_migration) { 0 };
    struct str path = str_fmt(&arena, "%s/bon.db", dir);
    struct db_options o = { .address = str_cstr(&arena, path), .migrations = all, .create = true };
    app.modules = modules;
    if (db_open(&o, &app.db, &e) || agencies_load(app.db, pack(), &e) || db_read_begin(app.db, &r, &e)) {
        print_error("%s %s\n", err_name(e.code), e.detail);
        return -1;
    }
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    db_read_end(r);
    db_close(app.db);
    struct str rm = str_fmt(&arena, "rm -rf %s", dir);
    int left = system(str_cstr(&arena, rm));
    arena_release(&arena);
    return left;
}

/* ---- names ---- */

static void expect_named(const char *text, const char *code)
{
    struct agency g;
    assert_int_equal(agency_named(r, &arena, str_of(text), day(2023, 8, 7), &g, &e), 1);
    assert_true(str_eq(g.code, str_of(code)));
}

static void test_agency_named__every_spelling_of_the_plan_is_one_agency(void **state)
{
    (void)state;
    expect_named("CA TỈNH", "ca-tinh");
    expect_named("Công an tỉnh", "ca-tinh");
    expect_named("Sở VHNT&DL", "so-vhttdl");
    expect_named("Sở Văn hóa thể thao và Du lịch", "so-vhttdl");
    expect_named("Sở LĐT&BXH", "so-ldtbxh");
    expect_named("Sở LDTB&XH", "so-ldtbxh");
    expect_named("Sở TTTT", "so-tttt");
    expect_named("BQL KKTCN", "bql-kcn");
    expect_named("so-gddt", "so-gddt");
}

static void test_agency_named__an_agency_answers_only_in_its_time(void **state)
{
    (void)state;
    struct agency g;
    assert_int_equal(agency_named(r, &arena, STR("Sở NN&MT"), day(2023, 8, 7), &g, &e), 0);
    assert_int_equal(agency_named(r, &arena, STR("Sở NN&MT"), day(2025, 3, 1), &g, &e), 1);
    assert_int_equal(agency_named(r, &arena, STR("Sở Ngoại vụ"), day(2023, 8, 7), &g, &e), 0);
}

static void expect_in_text(const char *text, const char *codes)
{
    struct agency_names names;
    struct agency_codes found;
    struct buf b;
    assert_int_equal(agency_names_on(r, &arena, day(2023, 8, 7), &names, &e), 0);
    agencies_in_text(&arena, &names, str_of(text), &found);
    buf_init(&b, &arena, 1024);
    for (size_t i = 0; i < found.n; i++)
        buf_fmt(&b, "%s%.*s", i ? " " : "", STR_ARG(found.v[i]));
    assert_string_equal(str_cstr(&arena, buf_str(&b)), codes);
}

static void test_agencies_in_text__phrases_of_the_appendix(void **state)
{
    (void)state;
    expect_in_text("CA tỉnh, BHXH, Sở TT&TT, các cơ sở y tế", "ca-tinh bhxh so-tttt");
    expect_in_text("Sở YT, Sở LĐT&BXH", "so-yt so-ldtbxh");
    expect_in_text("CA tỉnh Sở TT&TT", "ca-tinh so-tttt");
    expect_in_text("Công an tỉnh và các Sở, Ban, ngành, CA tỉnh", "ca-tinh");
    expect_in_text("Các cơ quan, đơn vị liên quan", "");
    expect_in_text("Ngân hàng Nhà nước chi nhánh tỉnh Đắk Nông", "nhnn");
}

/* ---- succession ---- */

struct acting {
    struct succession_new in;
    int64_t id;
};

static const struct audit_record by = { .account_name = STR_INIT("thử"), .mode = STR_INIT("MÔ PHỎNG") };

static int succeed_write(struct tx *tx, void *arg, struct err *err)
{
    struct acting *t = arg;
    return agencies_succeed(&app, tx, &arena, &t->in, &by, &t->id, err);
}

static int undo_write(struct tx *tx, void *arg, struct err *err)
{
    return agencies_undo(&app, tx, &arena, *(const int64_t *)arg, &by, err);
}

static void set_desks(const char *a, const char *b, const char *c)
{
    const char *const all[5] = { a, b, c, "so-tp", "so-yt" };
    for (int i = 0; i < 5; i++)
        snprintf(desks[i], sizeof(desks[i]), "%s", all[i]);
}

static int succeed(struct acting *t, const char *from, const char *to, const char *covers)
{
    t->in = (struct succession_new) {
        .from = str_of(from), .to = str_of(to), .on = day(2025, 3, 1), .decree = STR("QĐ 12/QĐ-UBND"), .covers = str_of(covers)
    };
    int result = db_write(app.db, succeed_write, t, &e);
    read_again();
    return result;
}

static int undo(int64_t id)
{
    int result = db_write(app.db, undo_write, &id, &e);
    read_again();
    return result;
}

static struct day until_of(const char *code)
{
    struct agency g;
    assert_int_equal(agency_by_code(r, &arena, str_of(code), &g, &e), 1);
    return g.until;
}

static void test_succession__moves_everything_ends_the_old_one_and_undo_restores(void **state)
{
    (void)state;
    struct acting t;
    set_desks("so-tttt", "so-khcn", "so-tttt");
    assert_int_equal(succeed(&t, "so-tttt", "so-khcn", NULL), 0);
    assert_string_equal(desks[0], "so-khcn");
    assert_string_equal(desks[2], "so-khcn");
    assert_int_equal(until_of("so-tttt").n, day(2025, 3, 1).n);

    struct succession_change_rows rows;
    assert_int_equal(succession_rows(r, &arena, &(struct succession_rows_in) { .succession = t.id }, &rows, &e), 0);
    assert_int_equal(rows.n, 3);
    assert_true(str_eq(rows.v[0].object, STR("agency/so-tttt")));
    assert_true(str_eq(rows.v[1].object, STR("desk/0")));
    assert_true(str_eq(rows.v[2].object, STR("desk/2")));

    assert_int_equal(undo(t.id), 0);
    assert_string_equal(desks[0], "so-tttt");
    assert_string_equal(desks[1], "so-khcn");
    assert_string_equal(desks[2], "so-tttt");
    assert_int_equal(until_of("so-tttt").n, day(9999, 12, 31).n);
    assert_int_equal(undo(t.id), -1);
    assert_int_equal(e.code, ERR_CONFLICT);
}

static void test_succession__a_split_moves_what_it_names_and_the_old_one_stays(void **state)
{
    (void)state;
    struct acting t;
    set_desks("so-ldtbxh", "so-ldtbxh", "so-ldtbxh");
    assert_int_equal(succeed(&t, "so-ldtbxh", "so-nv", "desk/1 desk/2"), 0);
    assert_string_equal(desks[0], "so-ldtbxh");
    assert_string_equal(desks[1], "so-nv");
    assert_int_equal(until_of("so-ldtbxh").n, day(9999, 12, 31).n);
    assert_int_equal(undo(t.id), 0);
    assert_string_equal(desks[1], "so-ldtbxh");
}

static void test_succession__undo_after_a_later_edit_is_refused(void **state)
{
    (void)state;
    struct acting t;
    set_desks("so-gtvt", "so-xd", "so-tp");
    assert_int_equal(succeed(&t, "so-gtvt", "so-xd", NULL), 0);
    snprintf(desks[1], sizeof(desks[1]), "so-ct"); /* somebody gave a desk of the new agency away */
    assert_int_equal(undo(t.id), -1);
    assert_int_equal(e.code, ERR_CONFLICT);
    assert_string_equal(desks[0], "so-xd");
    snprintf(desks[1], sizeof(desks[1]), "so-xd"); /* and takes it back */
    assert_int_equal(undo(t.id), 0);
    assert_string_equal(desks[0], "so-gtvt");
}

static void test_succession__two_into_one_are_undone_last_first(void **state)
{
    (void)state;
    struct acting first, second;
    set_desks("so-tnmt", "so-nnptnt", "so-tp");
    assert_int_equal(succeed(&first, "so-tnmt", "so-nnmt", NULL), 0);
    assert_int_equal(succeed(&second, "so-nnptnt", "so-nnmt", NULL), 0);
    assert_int_equal(undo(first.id), -1);
    assert_int_equal(e.code, ERR_CONFLICT);
    assert_int_equal(undo(second.id), 0);
    assert_int_equal(undo(first.id), 0);
    assert_string_equal(desks[0], "so-tnmt");
    assert_string_equal(desks[1], "so-nnptnt");
}

static void expect_refused(const char *from, const char *to, const char *decree, struct day on, enum err_code code)
{
    struct acting t = { .in = { .from = str_of(from), .to = str_of(to), .decree = str_of(decree), .on = on } };
    assert_int_equal(db_write(app.db, succeed_write, &t, &e), -1);
    assert_int_equal(e.code, code);
    read_again();
}

static void test_succession__refuses_itself_unknown_agencies_no_decree_and_wrong_times(void **state)
{
    (void)state;
    expect_refused("so-tp", "so-tp", "QĐ 1", day(2025, 3, 1), ERR_FORM);
    expect_refused("so-tp", "so-la", "QĐ 1", day(2025, 3, 1), ERR_NOT_FOUND);
    expect_refused("so-tp", "so-nv", " ", day(2025, 3, 1), ERR_FORM);
    expect_refused("so-tp", "so-nnmt", "QĐ 1", day(2024, 3, 1), ERR_CONFLICT); /* founded a year later */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agency_named__every_spelling_of_the_plan_is_one_agency),
        cmocka_unit_test(test_agency_named__an_agency_answers_only_in_its_time),
        cmocka_unit_test(test_agencies_in_text__phrases_of_the_appendix),
        cmocka_unit_test(test_succession__moves_everything_ends_the_old_one_and_undo_restores),
        cmocka_unit_test(test_succession__a_split_moves_what_it_names_and_the_old_one_stays),
        cmocka_unit_test(test_succession__undo_after_a_later_edit_is_refused),
        cmocka_unit_test(test_succession__two_into_one_are_undone_last_first),
        cmocka_unit_test(test_succession__refuses_itself_unknown_agencies_no_decree_and_wrong_times),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
