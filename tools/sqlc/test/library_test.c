/* library_test.c: what sqlc wrote for the fixture, compiled with the project's flags and run on a real SQLite. */
#include "library_queries.h"
#include "tools/sqlc/test/fake_db.h"
#include "tools/sqlc/test/reader_card.h"
#include "units_queries.h"

#include <string.h>

#include <cmocka.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct world {
    struct tx tx;
    struct arena a;
    struct err e;
};

static int world_open(void **state)
{
    static struct world w;
    const struct db_migration *const modules[] = { units_migrations, library_migrations };
    memset(&w, 0, sizeof w);
    fake_open(&w.tx, modules, 2);
    arena_init(&w.a, 1 << 20);
    *state = &w;
    return 0;
}

/* No test may leave a cursor behind. */
static int world_close(void **state)
{
    struct world *w = *state;
    assert_int_equal(w->tx.r.open, 0);
    arena_release(&w->a);
    fake_close(&w->tx);
    return 0;
}

static struct unit_code unit(const char *code)
{
    struct unit_code u;
    assert_true(unit_code_parse(str_of(code), &u));
    return u;
}

static struct day day(int year, int month, int d)
{
    struct day v;
    assert_true(day_from_ymd(year, month, d, &v));
    return v;
}

static int64_t add_reader(struct world *w, const char *name)
{
    struct reader_insert_in in = { .name = str_of(name), .home = unit("24640"), .joined = day(2024, 2, 29), .active = true };
    int64_t id = 0;
    assert_int_equal(reader_insert(&w->tx, &in, &id, &w->e), 0);
    return id;
}

static void add_loan(struct world *w, int64_t reader, const char *book)
{
    struct loan_insert_in in = { .reader = reader, .book = str_of(book), .due = day(2024, 3, 1) };
    int64_t changed = 0;
    assert_int_equal(loan_insert(&w->tx, &in, &changed, &w->e), 0);
    assert_int_equal(changed, 1);
}

#define assert_text(s, text) assert_true(str_eq((s), str_of(text)))

static void test_id__every_type_comes_back_as_it_went_in(void **state)
{
    struct world *w = *state;
    struct reader_insert_in in = {
        .pid = { "067099001234" },
        .name = STR("H'Nhi Niê"),
        .born = { 1999, 2, 0 },
        .home = unit("24641"),
        .joined = day(2024, 2, 16),
        .has_seen_at = true,
        .seen_at = { INT64_C(1708100000123456) },
        .deposit = { 120000 },
        .score = 0.5,
        .active = true,
        .photo = { "a\0b", 3 },
        .has_digest = true,
        .digest = { { 1, 2, 3 } },
        .has_default = true,
        .default_ = -7,
        .visits = INT64_MAX,
    };
    int64_t id = 0;
    assert_int_equal(reader_insert(&w->tx, &in, &id, &w->e), 0);
    struct reader_by_id_row r;
    assert_int_equal(reader_by_id(tx_reader(&w->tx), &w->a, &(struct reader_by_id_in) { id }, &r, &w->e), 1);
    assert_int_equal(r.id, id);
    assert_true(pid_eq(&r.pid, &in.pid));
    assert_text(r.name, "H'Nhi Niê");
    assert_true(birth_eq(r.born, in.born));
    assert_true(unit_code_eq(&r.home, &in.home));
    assert_int_equal(r.joined.n, in.joined.n);
    assert_true(r.has_seen_at && r.has_digest && r.has_default && r.active);
    assert_true(r.seen_at.us == in.seen_at.us && r.deposit.dong == 120000 && r.visits == INT64_MAX && r.default_ == -7);
    assert_true(r.score > 0.4 && r.score < 0.6);
    assert_true(str_eq(r.photo, in.photo));
    assert_true(hash32_eq(&r.digest, &in.digest));
}

static void test_one__what_may_be_null_is_told_apart_from_zero(void **state)
{
    struct world *w = *state;
    int64_t id = add_reader(w, "Y Bin");
    struct reader_by_id_row r;
    assert_int_equal(reader_by_id(tx_reader(&w->tx), &w->a, &(struct reader_by_id_in) { id }, &r, &w->e), 1);
    assert_false(r.has_seen_at || r.has_digest || r.has_default);
    assert_null(pid_str(&r.pid).p);
    assert_null(r.photo.p);
    assert_int_equal(r.born.year, 0);
}

static void test_one__no_row_gives_0_and_leaves_out_alone(void **state)
{
    struct world *w = *state;
    struct reader_by_id_row r = { .id = 77 };
    assert_int_equal(reader_by_id(tx_reader(&w->tx), &w->a, &(struct reader_by_id_in) { 5 }, &r, &w->e), 0);
    assert_int_equal(r.id, 77);
}

static void test_one__without_parameters_has_no_in(void **state)
{
    struct world *w = *state;
    struct ping_row r;
    assert_int_equal(ping(tx_reader(&w->tx), &w->a, &r, &w->e), 1);
    assert_int_equal(r.one, 1);
}

static void test_one__a_failed_step_gives_minus_1(void **state)
{
    struct world *w = *state;
    struct ping_row r = { .one = 77 };
    w->tx.r.fail_in = 1;
    assert_int_equal(ping(tx_reader(&w->tx), &w->a, &r, &w->e), -1);
    assert_int_equal(w->e.code, ERR_DB);
    assert_int_equal(r.one, 77);
}

static void test_many__rows_come_in_order_and_a_parameter_used_twice_is_bound_once(void **state)
{
    struct world *w = *state;
    add_reader(w, "Y Thanh");
    add_reader(w, "H'Lan");
    struct readers_at_home_in in = { .home = unit("24640"), .like = STR(""), .most = 10 };
    struct readers_at_home_rows rows;
    assert_int_equal(readers_at_home(tx_reader(&w->tx), &w->a, &in, &rows, &w->e), 0);
    assert_int_equal(rows.n, 2);
    assert_text(rows.v[0].name, "H'Lan");
    assert_text(rows.v[1].unit_name, "Xã Đắk Ru");
    in.like = STR("Y%");
    assert_int_equal(readers_at_home(tx_reader(&w->tx), &w->a, &in, &rows, &w->e), 0);
    assert_int_equal(rows.n, 1);
    assert_text(rows.v[0].name, "Y Thanh");
}

static void test_many__a_fault_in_the_middle_leaves_out_alone(void **state)
{
    struct world *w = *state;
    add_reader(w, "A");
    add_reader(w, "B");
    struct readers_at_home_in in = { .home = unit("24640"), .like = STR(""), .most = 10 };
    struct readers_at_home_rows rows = { .n = 99 };
    w->tx.r.fail_in = 2;
    assert_int_equal(readers_at_home(tx_reader(&w->tx), &w->a, &in, &rows, &w->e), -1);
    assert_int_equal(rows.n, 99);
}

static void test_many__a_left_join_without_partner_gives_null(void **state)
{
    struct world *w = *state;
    int64_t with = add_reader(w, "A");
    int64_t without = add_reader(w, "B");
    add_loan(w, with, "Đam San");
    struct books_of_reader_rows rows;
    assert_int_equal(books_of_reader(tx_reader(&w->tx), &w->a, &(struct books_of_reader_in) { without }, &rows, &w->e), 0);
    assert_int_equal(rows.n, 1);
    assert_null(rows.v[0].book.p);
    assert_false(rows.v[0].has_due);
    assert_int_equal(books_of_reader(tx_reader(&w->tx), &w->a, &(struct books_of_reader_in) { with }, &rows, &w->e), 0);
    assert_text(rows.v[0].book, "Đam San");
    assert_true(rows.v[0].has_due);
}

static void test_exec__counts_the_rows_it_changed(void **state)
{
    struct world *w = *state;
    int64_t id = add_reader(w, "A");
    add_loan(w, id, "Đam San");
    struct loan_insert_in again = { .reader = id, .book = STR("Đam San"), .due = day(2024, 3, 1) };
    assert_int_equal(loan_insert(&w->tx, &again, NULL, &w->e), 0);
    struct forget_in in = { .before = { 10 } };
    int64_t changed = 77;
    assert_int_equal(forget(&w->tx, &in, &changed, &w->e), 0);
    assert_int_equal(changed, 0);
}

static void test_exec__a_broken_rule_of_the_table_fails(void **state)
{
    struct world *w = *state;
    struct reader_insert_in in = { .name = STR("A"), .home = unit("24640"), .joined = day(2024, 1, 1), .deposit = { -1 } };
    int64_t id = 77;
    assert_int_equal(reader_insert(&w->tx, &in, &id, &w->e), -1);
    assert_int_equal(id, 77);
    assert_int_equal(w->e.code, ERR_DB);
}

static void test_writing_many_and_one__returning_gives_the_rows(void **state)
{
    struct world *w = *state;
    int64_t id = add_reader(w, "A");
    add_loan(w, id, "Đam San");
    add_loan(w, id, "Xing Nhã");
    struct loans_return_in back = { .reader = id, .back_at = { 5 } };
    struct loans_return_rows rows;
    assert_int_equal(loans_return(&w->tx, &w->a, &back, &rows, &w->e), 0);
    assert_int_equal(rows.n, 2);
    assert_true(rows.v[0].has_back_at && rows.v[0].back_at.us == 5);
    struct reader_pay_row paid;
    struct reader_pay_in none = { .id = id, .price = { 0 } };
    assert_int_equal(reader_pay(&w->tx, &w->a, &none, &paid, &w->e), 1);
    struct reader_pay_in much = { .id = id, .price = { 1 } };
    assert_int_equal(reader_pay(&w->tx, &w->a, &much, &paid, &w->e), 0);
}

static void test_out_lines__expressions_are_read_as_declared(void **state)
{
    struct world *w = *state;
    int64_t id = add_reader(w, "A");
    add_loan(w, id, "Đam San");
    struct readers_count_row r;
    assert_int_equal(readers_count(tx_reader(&w->tx), &w->a, &(struct readers_count_in) { day(2024, 3, 2) }, &r, &w->e), 1);
    assert_true(r.n == 1 && r.deposits.dong == 0 && r.any_late);
}

static void test_rows__two_statements_fill_one_struct(void **state)
{
    struct world *w = *state;
    int64_t id = add_reader(w, "Y Bin");
    struct reader_by_id_rows named;
    assert_int_equal(readers_named(tx_reader(&w->tx), &w->a, &(struct readers_named_in) { STR("Y Bin") }, &named, &w->e), 0);
    assert_int_equal(named.n, 1);
    struct reader_by_id_row r;
    assert_int_equal(reader_by_id(tx_reader(&w->tx), &w->a, &(struct reader_by_id_in) { id }, &r, &w->e), 1);
    assert_text(r.name, "Y Bin");
    assert_int_equal(r.id, named.v[0].id);
}

static int card_row(void *ctx, const struct reader_card *card)
{
    *(int64_t *)ctx = card->id;
    return 0;
}

static void test_rows__a_struct_that_a_person_declared_is_filled(void **state)
{
    struct world *w = *state;
    int64_t id = add_reader(w, "H'Lan");
    int64_t seen = 0;
    struct reader_card card;
    struct reader_card_rows cards;
    assert_int_equal(reader_card(tx_reader(&w->tx), &w->a, &(struct reader_card_in) { id }, &card, &w->e), 1);
    assert_int_equal(card.id, id);
    assert_text(card.name, "H'Lan");
    assert_false(card.has_seen_at || card.has_default);
    assert_int_equal(reader_cards(tx_reader(&w->tx), &w->a, &cards, &w->e), 0);
    assert_int_equal(cards.n, 1);
    assert_text(cards.v[0].name, "H'Lan");
    assert_int_equal(reader_cards_all(tx_reader(&w->tx), &w->a, card_row, &seen, &w->e), 0);
    assert_int_equal(seen, id);
}

struct roll {
    int seen, stop_at, say;
    size_t memory;
};

static int roll_row(void *ctx, const struct readers_all_row *row)
{
    struct roll *r = ctx;
    r->seen++;
    r->memory += row->name.n;
    return r->seen == r->stop_at ? r->say : 0;
}

static void test_each__memory_does_not_grow_with_the_rows(void **state)
{
    struct world *w = *state;
    static char name[4000];
    memset(name, 'x', sizeof name - 1);
    for (int i = 0; i < 40; i++)
        add_reader(w, name);
    struct arena small;
    arena_init(&small, 16000); /* 40 rows are ten times that */
    struct roll roll = { 0 };
    assert_int_equal(readers_all(tx_reader(&w->tx), &small, roll_row, &roll, &w->e), 0);
    assert_int_equal(roll.seen, 40);
    assert_int_equal(roll.memory, 40 * 3999);
    arena_release(&small);
}

static void test_each__1_stops_early_and_minus_1_fails(void **state)
{
    struct world *w = *state;
    for (int i = 0; i < 5; i++)
        add_reader(w, "A");
    struct roll stop = { .stop_at = 2, .say = 1 };
    assert_int_equal(readers_all(tx_reader(&w->tx), &w->a, roll_row, &stop, &w->e), 0);
    assert_int_equal(stop.seen, 2);
    struct roll fail = { .stop_at = 3, .say = -1 };
    assert_int_equal(readers_all(tx_reader(&w->tx), &w->a, roll_row, &fail, &w->e), -1);
    assert_int_equal(fail.seen, 3);
}

static void test_each__a_jump_out_of_the_callback_leaks_nothing(void **state)
{
    struct world *w = *state;
    add_reader(w, "A");
    struct arena a;
    jmp_buf full;
    arena_init(&a, 4096);
    a.on_full = &full;
    struct arena *volatile child = NULL;
    if (setjmp(full) == 0) {
        child = arena_child(&a);
        arena_alloc(child, 100);
        arena_alloc(child, 8192);
        fail_msg("the child passed its cap");
    }
    assert_non_null(child->chunk);
    arena_release(&a); /* LeakSanitizer sees whether the child went too */
}

static void test_statements__the_table_lists_all_and_each_says_its_line(void **state)
{
    (void)state;
    size_t n = 0;
    while (library_statements[n])
        n++;
    assert_int_equal(n, 18);
    assert_string_equal(library_statements[1]->name, "reader_by_id");
    assert_non_null(strstr(library_statements[1]->source, "tools/sqlc/test/fixture/queries.sql:10"));
    assert_null(units_statements[0]);
}

static void test_variants__each_engine_has_its_own_text(void **state)
{
    (void)state;
    const struct db_stmt *search = library_statements[11];
    assert_string_equal(search->sql[DB_SQLITE], "SELECT book FROM loans WHERE instr(book, ?1) > 0 ORDER BY book LIMIT 10");
    assert_string_equal(search->sql[DB_POSTGRES],
                        "SELECT book FROM loans WHERE strpos(book, $1::text) > 0 ORDER BY book LIMIT 10");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, world_open, world_close)
    const struct CMUnitTest tests[] = {
        TEST(test_id__every_type_comes_back_as_it_went_in),
        TEST(test_one__what_may_be_null_is_told_apart_from_zero),
        TEST(test_one__no_row_gives_0_and_leaves_out_alone),
        TEST(test_one__without_parameters_has_no_in),
        TEST(test_one__a_failed_step_gives_minus_1),
        TEST(test_many__rows_come_in_order_and_a_parameter_used_twice_is_bound_once),
        TEST(test_many__a_fault_in_the_middle_leaves_out_alone),
        TEST(test_many__a_left_join_without_partner_gives_null),
        TEST(test_exec__counts_the_rows_it_changed),
        TEST(test_exec__a_broken_rule_of_the_table_fails),
        TEST(test_writing_many_and_one__returning_gives_the_rows),
        TEST(test_out_lines__expressions_are_read_as_declared),
        TEST(test_rows__two_statements_fill_one_struct),
        TEST(test_rows__a_struct_that_a_person_declared_is_filled),
        TEST(test_each__memory_does_not_grow_with_the_rows),
        TEST(test_each__1_stops_early_and_minus_1_fails),
        TEST(test_each__a_jump_out_of_the_callback_leaks_nothing),
        TEST(test_statements__the_table_lists_all_and_each_says_its_line),
        TEST(test_variants__each_engine_has_its_own_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
