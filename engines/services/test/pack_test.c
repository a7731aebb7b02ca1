/* The pack's services: read without a fault, with zero paper where it is promised, and found by the pack's table of questions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/csv.h"
#include "engines/services/index.h"
#include "engines/services/test/world.h"

static struct arena arena;
static struct err e;

static int start(void **state)
{
    (void)state;
    arena_init(&arena, 256 << 20);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

/* ---- the pack's questions ---- */

static bool is_meant(struct str codes, struct str code)
{
    struct str one;
    while (str_cut(&codes, ' ', &one))
        if (str_eq(one, code))
            return true;
    return false;
}

static struct service_index *pack_index(void)
{
    service_files files;
    assert_int_equal(services_load_path(&arena, world_path(&arena, "packs/dak_nong/services"), NULL, 0, &files, &e), 0);
    assert_int_equal(services_files_faults(&files), 0);
    struct service_index_doc *docs = arena_new_array(&arena, struct service_index_doc, files.n);
    for (size_t i = 0; i < files.n; i++) {
        const struct service_file *f = &files.v[i].file;
        docs[i].hit = (struct service_hit) { .code = f->code, .name = f->name, .sector_name = f->sector_name };
        docs[i].phrases = f->keywords;
        docs[i].n_phrases = f->n_keywords;
    }
    return services_index_build(docs, files.n, &e);
}

/* One in a hundred may come second, none may be missing among three. */
static void test_services_search__answers_the_packs_questions(void **state)
{
    (void)state;
    struct csv c;
    struct csv_row row;
    static const char *const names[] = { "query", "codes" };
    size_t at[2], asked = 0, first = 0;
    struct service_index *x = pack_index();
    csv_init(&c, world_text(&arena, "packs/dak_nong/search-cases.csv"), NULL);
    assert_int_equal(csv_columns(&c, &arena, names, 2, at, &e), 0);
    while (csv_next(&c, &arena, &row, &e) == 1) {
        service_hits hits;
        bool found = false;
        struct str codes = csv_cell(&row, at[1]);
        services_index_search(x, &arena, csv_cell(&row, at[0]), 3, &hits);
        for (size_t i = 0; i < hits.n; i++)
            found |= is_meant(codes, hits.v[i].code);
        if (!found)
            fail_msg("\"%.*s\" does not find %.*s among three", STR_ARG(csv_cell(&row, at[0])), STR_ARG(codes));
        asked++;
        first += hits.n && is_meant(codes, hits.v[0].code);
    }
    assert_true(asked >= 100);
    if (first * 100 < asked * 98)
        fail_msg("only %zu of %zu first", first, asked);
    services_index_free(x);
}

/* ---- zero paper ---- */

static void test_services_pack__at_least_twenty_services_ask_for_no_paper(void **state)
{
    (void)state;
    service_files files;
    size_t without = 0;
    assert_int_equal(services_load_path(&arena, world_path(&arena, "packs/dak_nong/services"), NULL, 0, &files, &e), 0);
    assert_int_equal(files.n, 53);
    for (size_t i = 0; i < files.n; i++) {
        const struct service_def *def = files.v[i].file.versions[files.v[i].file.n_versions - 1];
        size_t paper = 0;
        for (size_t k = 0; k < def->n_papers; k++)
            paper += def->papers[k].source == SERVICE_PAPER;
        without += def->level != SERVICE_INFO && paper == 0;
    }
    assert_true(without >= 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_services_search__answers_the_packs_questions, start, end),
        cmocka_unit_test_setup_teardown(test_services_pack__at_least_twenty_services_ask_for_no_paper, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
