/* The catalogue in a store: what is published stays, the version of a day, the same services through a workbook and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/test/directory.h"
#include "engines/people/people.h"
#include "engines/services/book.h"
#include "engines/services/test/world.h"
#include "platform/crypto/crypto.h"

static const struct module *const modules[] = { &audit_module, &people_module, &services_module, NULL };
static struct arena arena;
static char dir[TEST_DIRECTORY];
static struct app app;
static struct err e;

static int setup(void **state)
{
    (void)state;
    struct db_migration all[48];
    size_t n = 0;
    arena_init(&arena, 256 << 20);
    arena_init(&app.arena, 64 << 20);
    if (!test_directory(dir, "services"))
        return -1;
    for (size_t i = 0; modules[i]; i++)
        for (const struct db_migration *m = modules[i]->migrations; m && m->module; m++)
            all[n++] = *m;
    all[n] = (struct db_migration) { 0 };
    struct str path = str_fmt(&arena, "%s/bon.db", dir);
    struct db_options o = { .address = str_cstr(&arena, path), .migrations = all, .create = true };
    app.modules = modules;
    app.settings.mode = "MÔ PHỎNG";
    return db_open(&o, &app.db, &e) || services_start(&app, &e) ? -1 : 0;
}

static int teardown(void **state)
{
    (void)state;
    services_stop(&app);
    db_close(app.db);
    int left = system(str_cstr(&arena, str_fmt(&arena, "rm -rf %s", dir)));
    arena_release(&app.arena);
    arena_release(&arena);
    return left;
}

static struct day day(int y, int m, int d)
{
    struct day out;
    assert_true(day_from_ymd(y, m, d, &out));
    return out;
}

/* ---- storing ---- */

struct storing {
    struct service_file file;
    struct service_stored stored;
};

static int store_write(struct tx *tx, void *arg, struct err *why)
{
    struct storing *s = arg;
    static const struct service_people by = { 0, 0 };
    tx_unaudited(tx, "a test's services");
    return services_store(tx, &arena, &s->file, &by, &s->stored, why);
}

/* The sample with a piece of its text replaced. */
static int store(const char *was, const char *now, struct service_stored *out)
{
    struct storing s;
    service_faults faults = { 0 };
    struct str text = world_text(&arena, "engines/services/test/DVC12.json");
    ptrdiff_t at = was ? str_find(text, str_of(was)) : 0;
    assert_true(at >= 0);
    if (was)
        text = str_fmt(&arena, "%.*s%s%.*s", (int)at, text.p, now, STR_ARG(str_from(text, (size_t)at + strlen(was))));
    assert_int_equal(services_read_file(&arena, text, &s.file, &faults, &e), 0);
    assert_int_equal(faults.n, 0);
    int failed = db_write(app.db, store_write, &s, &e);
    if (!failed)
        *out = s.stored;
    return failed;
}

static void test_services_store__the_same_file_again_changes_nothing(void **state)
{
    (void)state;
    struct service_stored stored;
    assert_int_equal(store(NULL, NULL, &stored), 0);
    assert_int_equal(stored.new_versions, 2);
    assert_true(stored.head_changed);
    assert_int_equal(store(NULL, NULL, &stored), 0);
    assert_int_equal(stored.new_versions, 0);
    assert_int_equal(stored.same_versions, 2);
    assert_false(stored.head_changed);
}

static void test_services_store__a_published_version_is_never_changed(void **state)
{
    (void)state;
    struct service_stored stored;
    assert_int_equal(store("\"amount\": 8000", "\"amount\": 9000", &stored), -1);
    assert_int_equal(e.code, ERR_CONFLICT);
    assert_string_equal(e.field, "DVC12 v1");
    assert_true(str_find(e.say, STR("Xin lập một phiên bản mới")) >= 0);
}

static void test_services_store__a_new_version_comes_after_all_others(void **state)
{
    (void)state;
    struct service_stored stored;
    assert_int_equal(
        store("\"version\": 2, \"valid_from\": \"2025-07-01\"", "\"version\": 3, \"valid_from\": \"2025-07-01\"", &stored),
        -1);
    assert_int_equal(e.code, ERR_CONFLICT);
    assert_string_equal(e.field, "DVC12 v3");
}

static void test_services_store__words_may_change_without_a_new_version(void **state)
{
    (void)state;
    struct service_stored stored;
    assert_int_equal(store("\"con mới sinh\"", "\"đẻ con\"", &stored), 0);
    assert_true(stored.head_changed);
    assert_int_equal(stored.new_versions, 0);
}

/* ---- reading ---- */

static int version_on(struct day on)
{
    const struct service_def *def = NULL;
    struct dbr *r;
    assert_int_equal(db_read_begin(app.db, &r, &e), 0);
    int got = services_in_force(&app, r, STR("DVC12"), on, &def, &e);
    db_read_end(r);
    return got == 1 ? def->version : got;
}

static void test_services_in_force__each_day_has_its_version(void **state)
{
    (void)state;
    assert_int_equal(version_on(day(2023, 6, 30)), 0);
    assert_int_equal(version_on(day(2023, 7, 1)), 1);
    assert_int_equal(version_on(day(2025, 6, 30)), 1);
    assert_int_equal(version_on(day(2025, 7, 1)), 2);
}

static void test_services_version__is_kept_and_the_same_for_all(void **state)
{
    (void)state;
    struct dbr *r;
    assert_int_equal(db_read_begin(app.db, &r, &e), 0);
    const struct service_def *first = services_version(&app, r, 1, &e), *again = services_version(&app, r, 1, &e);
    assert_non_null(first);
    assert_ptr_equal(first, again);
    assert_int_equal(first->id, 1);
    assert_null(services_version(&app, r, 999, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    db_read_end(r);
}

static void test_services_search__follows_the_catalogue(void **state)
{
    (void)state;
    struct dbr *r;
    struct service_stored stored;
    service_hits hits;
    assert_int_equal(db_read_begin(app.db, &r, &e), 0);
    assert_int_equal(services_search(&app, r, &arena, STR("de con"), day(2024, 1, 1), 5, &hits, &e), 0);
    db_read_end(r);
    assert_int_equal(hits.n, 1);
    assert_true(str_eq(hits.v[0].code, STR("DVC12")));
    assert_int_equal(store(NULL, NULL, &stored), 0); /* the phrase goes */
    assert_int_equal(db_read_begin(app.db, &r, &e), 0);
    assert_int_equal(services_search(&app, r, &arena, STR("de"), day(2024, 1, 1), 5, &hits, &e), 0);
    assert_int_equal(hits.n, 0);
    assert_int_equal(services_search(&app, r, &arena, STR("khai sinh"), day(2020, 1, 1), 5, &hits, &e), 0);
    assert_int_equal(hits.n, 0); /* not offered then */
    db_read_end(r);
}

/* ---- workbook ---- */

static struct str all_json(json_t **j)
{
    struct dbr *r;
    struct str text;
    assert_int_equal(db_read_begin(app.db, &r, &e), 0);
    assert_int_equal(services_all_json(r, &arena, j, &e), 0);
    db_read_end(r);
    assert_int_equal(json_canonical(&arena, *j, &text, &e), 0);
    return text;
}

static void test_services_book__what_goes_out_comes_back_the_same(void **state)
{
    (void)state;
    json_t *out, *in;
    struct str bytes, before = all_json(&out), after;
    assert_int_equal(services_book_write(&arena, out, (struct instant) { 0 }, &bytes, &e), 0);
    assert_int_equal(services_book_read(&arena, bytes, &in, &e), 0);
    assert_int_equal(json_canonical(&arena, in, &after, &e), 0);
    assert_true(str_eq(before, after));
}

static void test_services_book__values_that_a_cell_cannot_hold_come_back_too(void **state)
{
    (void)state;
    json_t *in, *out = json_loads("[{\"code\":\"A1\",\"name\":\"json:x\",\"keywords\":[\"a|b\",\"\",\"c\"],\"national_"
                                  "code\":null,\"life_events\":[],"
                                  "\"versions\":[{\"version\":1,\"who\":\"\",\"papers\":[],\"level\":\" "
                                  "full\",\"time\":{\"days\":null,\"confirmed\":false}}]}]",
                                  0, NULL);
    struct str bytes, before, after;
    assert_non_null(out);
    assert_int_equal(services_book_write(&arena, out, (struct instant) { 0 }, &bytes, &e), 0);
    assert_int_equal(services_book_read(&arena, bytes, &in, &e), 0);
    assert_int_equal(json_canonical(&arena, out, &before, &e), 0);
    assert_int_equal(json_canonical(&arena, in, &after, &e), 0);
    assert_string_equal(str_cstr(&arena, before), str_cstr(&arena, after));
    json_decref(out); /* its own: no arena keeps it */
}

static void test_services_import__a_row_of_nothing_is_named_by_its_place(void **state)
{
    (void)state;
    json_t *in, *out = json_loads("[{\"code\":\"A1\",\"name\":\"x\",\"versions\":[{\"version\":1,\"fee\":[{\"id\":\"f\","
                                  "\"amount\":\"nhiều\"}]}]}]",
                                  0, NULL);
    struct str bytes;
    service_files files;
    assert_int_equal(services_book_write(&arena, out, (struct instant) { 0 }, &bytes, &e), 0);
    assert_int_equal(services_book_read(&arena, bytes, &in, &e), 0); /* a wrong value is the reader's to name */
    assert_int_equal(services_import_read(&arena, bytes, NULL, 0, &files, &e), 0);
    assert_true(files.v[0].faults.n > 0);
    json_decref(out);
    assert_int_equal(services_import_read(&arena, STR("PK no workbook"), NULL, 0, &files, &e), -1);
    assert_int_equal(services_import_read(&arena, STR("[[[["), NULL, 0, &files, &e), -1);
}

static void test_services_import__brackets_in_a_text_are_no_nesting(void **state)
{
    (void)state;
    service_files files;
    struct str bytes = STR("{\"name\":\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"}");
    assert_int_equal(services_import_read(&arena, bytes, NULL, 0, &files, &e), 0);
    assert_true(files.n == 1 && files.v[0].faults.n > 0); /* no service, but JSON */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_services_store__the_same_file_again_changes_nothing),
        cmocka_unit_test(test_services_store__a_published_version_is_never_changed),
        cmocka_unit_test(test_services_store__a_new_version_comes_after_all_others),
        cmocka_unit_test(test_services_in_force__each_day_has_its_version),
        cmocka_unit_test(test_services_version__is_kept_and_the_same_for_all),
        cmocka_unit_test(test_services_store__words_may_change_without_a_new_version),
        cmocka_unit_test(test_services_search__follows_the_catalogue),
        cmocka_unit_test(test_services_book__what_goes_out_comes_back_the_same),
        cmocka_unit_test(test_services_book__values_that_a_cell_cannot_hold_come_back_too),
        cmocka_unit_test(test_services_import__a_row_of_nothing_is_named_by_its_place),
        cmocka_unit_test(test_services_import__brackets_in_a_text_are_no_nesting),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
