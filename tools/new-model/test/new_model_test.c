#include "tools/new-model/new_model.h"

#include "base/test/check.h"
#include "base/test/directory.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char CSV[] = "number,group,name_vi,name_en,lead\n"
                          "9,I,\"Lưu trú tại: Khách sạn, nhà khách\",Hotels,CA tỉnh\n"
                          "10,I,\"Lưu trú tại: Nhà cho thuê\",\"Rented rooms, and more\",CA tỉnh\n"
                          "11,I,Có {ngoặc},Braces,CA tỉnh\n";

struct fixture {
    struct arena arena;
    char top[64];
};

static struct str in_top(struct fixture *f, const char *path)
{
    return str_fmt(&f->arena, "%s/%s", f->top, path);
}

/* A source tree in a directory of its own. */
static int with_tree(void **state)
{
    static struct fixture f;
    memset(&f, 0, sizeof f);
    arena_init(&f.arena, 16 << 20);
    if (!test_directory(f.top, "new-model") || file_write(&f.arena, in_top(&f, "packs/dak_nong/models.csv"), str_of(CSV), NULL) ||
        file_write(&f.arena, in_top(&f, "engines/LIST"), STR("audit\nstays\n"), NULL) ||
        file_write(&f.arena, in_top(&f, "models/LIST"), STR("m09_hotel_stays\nm42_security_training\n"), NULL))
        return -1;
    *state = &f;
    return 0;
}

static void remove_below(struct arena *a, struct str dir, const struct str_list *files)
{
    for (size_t i = files->n; i-- > 0;) {
        struct str path = str_fmt(a, "%.*s/%.*s", STR_ARG(dir), STR_ARG(files->v[i]));
        unlink(str_cstr(a, path));
        while (path.n > dir.n) { /* the directories above it, as soon as they are empty */
            path.n--;
            if (path.p[path.n] == '/')
                rmdir(str_cstr(a, path));
        }
    }
}

static int without_tree(void **state)
{
    struct fixture *f = *state;
    struct str_list files = { 0 };
    if (files_below(&f->arena, str_of(f->top), &files, NULL))
        return -1;
    remove_below(&f->arena, str_of(f->top), &files);
    arena_release(&f->arena);
    return access(f->top, F_OK) ? 0 : -1;
}

static int make(struct fixture *f, int number, const char *name, const char *title, const char *english, struct err *e)
{
    struct str dir = STR("untouched");
    struct new_model m = { .top = str_of(f->top),
                           .templates = str_of(TEMPLATES),
                           .number = number,
                           .name = str_of(name),
                           .title = str_of(title),
                           .english = str_of(english) };
    int rc = new_model_make(&f->arena, &m, &dir, e);
    assert_int_equal(rc == 0, !str_eq(dir, STR("untouched")));
    return rc;
}

static struct str content(struct fixture *f, const char *path)
{
    struct str s;
    struct err e = { 0 };
    if (file_read(&f->arena, in_top(f, path), &s, &e))
        fail_msg("%s", e.detail);
    return s;
}

static void assert_has(struct fixture *f, const char *path, const char *text)
{
    if (str_find(content(f, path), str_of(text)) < 0)
        fail_msg("%s lacks \"%s\"", path, text);
}

#define assert_refused(f, number, name, title, detail_)                        \
    do {                                                                       \
        struct err e_ = { 0 };                                                 \
        assert_int_equal(make((f), (number), (name), (title), NULL, &e_), -1); \
        assert_string_equal(e_.detail, (detail_));                             \
    } while (0)

static void test_make__writes_every_file_of_a_model(void **state)
{
    struct fixture *f = *state;
    struct str_list files = { 0 };
    static const char *const expected[] = { "README.md",
                                            "html/rented_rooms.html",
                                            "meson.build",
                                            "module.c",
                                            "pages.c",
                                            "po/en.po",
                                            "queries.sql",
                                            "rented_rooms.h",
                                            "sql/001_rented_rooms.sql",
                                            "test/rented_rooms_test.c" };
    assert_int_equal(make(f, 10, "rented_rooms", "Thông báo lưu trú: nhà cho thuê", "Stay notices: rented rooms", NULL), 0);
    assert_int_equal(files_below(&f->arena, in_top(f, "models/m10_rented_rooms"), &files, NULL), 0);
    assert_int_equal(files.n, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < files.n; i++)
        assert_text(files.v[i], expected[i]);
}

static void test_make__fills_number_name_path_and_titles(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(make(f, 10, "rented_rooms", "Thông báo lưu trú: nhà cho thuê", "Stay notices: rented rooms", NULL), 0);
    assert_has(f, "models/m10_rented_rooms/module.c",
               "const struct module rented_rooms_module = {\n    .name = \"rented_rooms\",\n    .plan_model = 10,\n"
               "    .title = MSG(\"Thông báo lưu trú: nhà cho thuê\"),\n");
    assert_has(f, "models/m10_rented_rooms/module.c",
               "GET(\"/rented-rooms\", rented_rooms_page, .may = \"rented_rooms.read\"");
    assert_has(f, "models/m10_rented_rooms/rented_rooms.h", "#ifndef BON_MODELS_RENTED_ROOMS_H\n");
    assert_has(f, "models/m10_rented_rooms/sql/001_rented_rooms.sql", "CREATE TABLE rented_rooms_entry (\n");
    assert_has(f, "models/m10_rented_rooms/html/rented_rooms.html",
               "{{template rented_rooms_log(const struct rented_rooms_view *v)}}\n");
    assert_has(f, "models/m10_rented_rooms/po/en.po",
               "msgid \"Thông báo lưu trú: nhà cho thuê\"\nmsgstr \"Stay notices: rented rooms\"\n");
    assert_has(f, "models/m10_rented_rooms/README.md",
               "Row 10 of Kế hoạch 511/KH-UBND: *Lưu trú tại: Nhà cho thuê*. Lead: CA tỉnh.\n");
    assert_has(f, "models/m10_rented_rooms/meson.build",
               "mod_tests = {'rented_rooms': files('test/rented_rooms_test.c')}\n");
}

static void test_make__leaves_no_word_of_the_templates_unfilled(void **state)
{
    struct fixture *f = *state;
    struct str_list files = { 0 };
    assert_int_equal(make(f, 10, "rented_rooms", NULL, NULL, NULL), 0);
    assert_int_equal(files_below(&f->arena, in_top(f, "models/m10_rented_rooms"), &files, NULL), 0);
    for (size_t i = 0; i < files.n; i++) {
        struct str path = str_fmt(&f->arena, "models/m10_rented_rooms/%.*s", STR_ARG(files.v[i]));
        assert_int_equal(str_find_char(content(f, path.p), '@'), -1);
    }
}

static void test_make__without_titles_takes_the_words_of_the_plan(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(make(f, 10, "rented_rooms", NULL, NULL, NULL), 0);
    assert_has(f, "models/m10_rented_rooms/po/en.po",
               "msgid \"Lưu trú tại: Nhà cho thuê\"\nmsgstr \"Rented rooms, and more\"\n");
}

static void test_make__the_line_in_list_stands_in_the_order_of_numbers(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(make(f, 10, "rented_rooms", NULL, NULL, NULL), 0);
    assert_text(content(f, "models/LIST"), "m09_hotel_stays\nm10_rented_rooms\nm42_security_training\n");
}

static void test_make__what_is_wrong_is_refused_and_nothing_is_written(void **state)
{
    struct fixture *f = *state;
    assert_refused(f, 0, "rented_rooms", NULL, "the plan has rows 1 to 42");
    assert_refused(f, 43, "rented_rooms", NULL, "the plan has rows 1 to 42");
    assert_refused(f, 12, "coaches", NULL, "the plan has no row 12");
    assert_refused(f, 10, "Rented", NULL, "a name has 2 to 32 signs and begins with a letter: guest_houses");
    assert_refused(f, 10, "x", NULL, "a name has 2 to 32 signs and begins with a letter: guest_houses");
    assert_refused(f, 10, "rented-rooms", NULL, "a name is made of a-z, 0-9 and _: guest_houses");
    assert_refused(f, 10, "../../etc", NULL, "a name has 2 to 32 signs and begins with a letter: guest_houses");
    assert_refused(f, 10, "stays", NULL, "an engine is called stays");
    assert_refused(f, 9, "other", NULL, "models/LIST has m09_hotel_stays already");
    assert_refused(f, 10, "hotel_stays", NULL, "models/LIST has m09_hotel_stays already");
    assert_refused(f, 10, "rented_rooms", "Nói \"vậy\"", "a title cannot hold \": Nói \"vậy\"");
    assert_refused(f, 10, "rented_rooms", " ", "a title is missing");
    assert_refused(f, 11, "braces", NULL, "a title cannot hold {: Có {ngoặc}");
    struct str_list files = { 0 };
    assert_int_equal(files_below(&f->arena, in_top(f, "models"), &files, NULL), 0);
    assert_int_equal(files.n, 1);
    assert_text(content(f, "models/LIST"), "m09_hotel_stays\nm42_security_training\n");
}

static void test_make__a_second_time_is_refused(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(make(f, 10, "rented_rooms", NULL, NULL, NULL), 0);
    assert_refused(f, 10, "rented_rooms", NULL, "models/LIST has m10_rented_rooms already");
}

static void test_list__keeps_comments_and_begins_an_empty_one(void **state)
{
    struct fixture *f = *state;
    struct str out;
    assert_int_equal(list_with(&f->arena, STR(""), STR("m10_x"), &out, NULL), 0);
    assert_text(out, "m10_x\n");
    assert_int_equal(list_with(&f->arena, STR("# in order\nm12_y"), STR("m10_x"), &out, NULL), 0);
    assert_text(out, "# in order\nm10_x\nm12_y\n");
}

static void test_fill__an_unknown_word_is_an_error_and_a_lone_sign_is_text(void **state)
{
    struct fixture *f = *state;
    struct err e = { 0 };
    struct str out = STR("untouched");
    const struct filling words[] = { { STR("name"), STR("x") } };
    assert_int_equal(template_fill(&f->arena, STR("@name@@name@ a@b.c @ @@ @"), words, 1, &out, &e), 0);
    assert_text(out, "xx a@b.c @ @@ @");
    assert_int_equal(template_fill(&f->arena, STR("@nmae@"), words, 1, &out, &e), -1);
    assert_string_equal(e.detail, "a template asks for @nmae@, which nobody knows");
}

#define in_tree(test) cmocka_unit_test_setup_teardown((test), with_tree, without_tree)

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_tree(test_make__writes_every_file_of_a_model),
        in_tree(test_make__fills_number_name_path_and_titles),
        in_tree(test_make__leaves_no_word_of_the_templates_unfilled),
        in_tree(test_make__without_titles_takes_the_words_of_the_plan),
        in_tree(test_make__the_line_in_list_stands_in_the_order_of_numbers),
        in_tree(test_make__what_is_wrong_is_refused_and_nothing_is_written),
        in_tree(test_make__a_second_time_is_refused),
        in_tree(test_list__keeps_comments_and_begins_an_empty_one),
        in_tree(test_fill__an_unknown_word_is_an_error_and_a_lone_sign_is_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
