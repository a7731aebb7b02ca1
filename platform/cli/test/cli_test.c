/* Commands: finding, suggesting, parsing, exit statuses, and what help and man say. */
#include "platform/cli/cli_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

struct seen {
    int runs, opened;
    bool json, quick;
    char people[32];
    int n_args;
    int64_t number;
};

/* The commands below leave what they saw where struct app would be: the tests own both. */
static struct seen *seen_of(struct cli *c)
{
    return (struct seen *)(void *)c->app;
}

static int run_seed(struct cli *c, struct err *e)
{
    struct seen *s = seen_of(c);
    s->runs++;
    s->json = c->json;
    s->quick = cli_has(c, "quick");
    s->n_args = c->n_args;
    snprintf(s->people, sizeof s->people, "%.*s", STR_ARG(cli_opt(c, "people")));
    return cli_opt_i64(c, "people", 1, 1000000, &s->number, e);
}

static int run_check(struct cli *c, struct err *e)
{
    seen_of(c)->runs++;
    return ERR(e, ERR_NOT_FOUND, "no receipt %.*s", STR_ARG(c->args[0]));
}

static int run_plain(struct cli *c, struct err *e)
{
    (void)e;
    seen_of(c)->runs++;
    seen_of(c)->n_args = c->n_args;
    return 0;
}

static int run_greedy(struct cli *c, struct err *e)
{
    (void)e;
    for (int i = 0; i < 10000; i++)
        arena_alloc(c->arena, 1 << 20);
    return 0;
}

static const struct cli_option seed_options[] = {
    { "people", "N", "700000", MSG("bao nhiêu người") },
    { "quick", NULL, NULL, MSG("nhanh") },
    { .name = NULL },
};
static const struct cli_command first_table[] = {
    { "seed", "[--people N]", MSG("Tạo tỉnh giả lập"), MSG("Tạo dữ liệu. 'Không' ai có thật \\ trong đó."), seed_options, 0,
      1, CLI_DB, run_seed },
    { "serve", "", MSG("Phục vụ"), MSG("Chạy."), NULL, 0, 0, 0, run_seed },
    { .name = NULL },
};
static const struct cli_command second_table[] = {
    { "stays verify-receipt", "FILE", MSG("Kiểm tra"), MSG("Kiểm tra biên nhận."), NULL, 1, 1, 0, run_check },
    { "stays", "", MSG("Lưu trú"), MSG("Lưu trú."), NULL, 0, 1, 0, run_plain },
    { "greedy", "", MSG("Tham"), MSG("Tham."), NULL, 0, 0, 0, run_greedy },
    { .name = NULL },
};
static const struct cli_command *const tables[] = { first_table, second_table, NULL };

static int open_counted(struct app *app, int needs, struct err *e)
{
    struct seen *s = (struct seen *)(void *)app;
    s->opened = needs;
    return s->runs < 0 ? ERR(e, ERR_DB, "no database") : 0;
}

static const struct cli_program program = { "bon",  "9.9",       MSG("chính quyền số"), MSG("Một chương trình."),
                                            tables, open_counted };

static int run(struct seen *s, int argc, ...)
{
    char words[8][64], *argv[9] = { NULL };
    va_list ap;
    va_start(ap, argc);
    for (int i = 0; i < argc; i++) {
        snprintf(words[i], sizeof words[i], "%s", va_arg(ap, const char *));
        argv[i] = words[i];
    }
    va_end(ap);
    return cli_main((struct app *)(void *)s, &program, argc, argv);
}

static void test_cli__options_come_joined_or_apart_and_presets_fill_in(void **state)
{
    (void)state;
    struct seen s = { 0 };
    assert_int_equal(run(&s, 4, "bon", "seed", "--people", "42"), 0);
    assert_string_equal(s.people, "42");
    assert_int_equal(s.number, 42);
    assert_false(s.quick);
    assert_int_equal(run(&s, 5, "bon", "seed", "--quick", "--people=7", "--json"), 0);
    assert_string_equal(s.people, "7");
    assert_true(s.quick && s.json);
    assert_int_equal(run(&s, 2, "bon", "seed"), 0);
    assert_string_equal(s.people, "700000");
    assert_int_equal(s.opened, CLI_DB);
}

static void test_cli__usage_errors_exit_2_and_run_nothing(void **state)
{
    (void)state;
    struct seen s = { 0 };
    assert_int_equal(run(&s, 3, "bon", "seed", "--poeple=3"), 2);
    assert_int_equal(run(&s, 3, "bon", "seed", "--people"), 2);
    assert_int_equal(run(&s, 3, "bon", "seed", "--quick=yes"), 2);
    assert_int_equal(run(&s, 3, "bon", "seed", "-p"), 2);
    assert_int_equal(run(&s, 4, "bon", "seed", "one", "two"), 2);
    assert_int_equal(run(&s, 3, "bon", "stays", "verify-receipt"), 2);
    assert_int_equal(run(&s, 2, "bon", "sevre"), 2);
    assert_int_equal(s.runs, 0);
}

static void test_cli__a_number_outside_its_limits_exits_2(void **state)
{
    (void)state;
    struct seen s = { 0 };
    assert_int_equal(run(&s, 3, "bon", "seed", "--people=0"), 2);
    assert_int_equal(run(&s, 3, "bon", "seed", "--people=1000001"), 2);
    assert_int_equal(run(&s, 3, "bon", "seed", "--people=12x"), 2);
}

static void test_cli__exit_status_is_the_errors_own(void **state)
{
    (void)state;
    struct seen s = { 0 };
    assert_int_equal(run(&s, 4, "bon", "stays", "verify-receipt", "x.json"), 4);
    assert_int_equal(run(&s, 5, "bon", "stays", "verify-receipt", "x.json", "--json"), 4);
    s.runs = -1;
    assert_int_equal(run(&s, 2, "bon", "seed"), 7);
    assert_int_equal(s.runs, -1);
}

static void test_cli__two_words_win_over_one_and_a_dash_is_an_argument(void **state)
{
    (void)state;
    struct seen s = { 0 };
    assert_int_equal(run(&s, 3, "bon", "stays", "-"), 0);
    assert_int_equal(s.n_args, 1);
    assert_int_equal(run(&s, 4, "bon", "stays", "--", "--people"), 0);
    assert_int_equal(s.n_args, 1);
}

static void test_cli__a_command_that_wants_all_memory_ends_with_2_not_a_crash(void **state)
{
    (void)state;
    struct seen s = { 0 };
    assert_int_equal(run(&s, 2, "bon", "greedy"), 2);
}

static void test_cli__the_nearest_name_is_suggested_and_nothing_far(void **state)
{
    (void)state;
    assert_string_equal(cli_nearest(&program, STR("srve")), "serve");
    assert_string_equal(cli_nearest(&program, STR("sede")), "seed");
    assert_string_equal(cli_nearest(&program, STR("hlep")), "help");
    assert_null(cli_nearest(&program, STR("quốc-hội")));
    assert_int_equal(edit_distance(STR("ab"), STR("ba")), 1);
    assert_int_equal(edit_distance(STR(""), STR("abc")), 3);
    assert_int_equal(edit_distance(STR("kitten"), STR("sitting")), 3);
}

static void test_cli__help_after_a_command_runs_nothing(void **state)
{
    (void)state;
    struct seen s = { 0 };
    assert_int_equal(run(&s, 3, "bon", "seed", "--help"), 0);
    assert_int_equal(run(&s, 3, "bon", "help", "seed"), 0);
    assert_int_equal(run(&s, 4, "bon", "help", "stays", "verify-receipt"), 0);
    assert_int_equal(run(&s, 1, "bon"), 0);
    assert_int_equal(run(&s, 3, "bon", "help", "nothing-such"), 2);
    assert_int_equal(s.runs, 0);
}

static char *printed(void (*print)(FILE *))
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    assert_non_null(f);
    print(f);
    fclose(f);
    return text;
}

static void print_seed_help(FILE *f)
{
    assert_true(cli_print_help(&program, STR("seed"), LANG_VI, f));
}

static void print_all_help(FILE *f)
{
    assert_true(cli_print_help(&program, STR(""), LANG_VI, f));
}

static void print_man(FILE *f)
{
    cli_print_man(&program, LANG_VI, f);
}

static void test_cli_help__comes_from_the_table(void **state)
{
    (void)state;
    char *text = printed(print_seed_help);
    assert_non_null(strstr(text, "bon seed: Tạo tỉnh giả lập\n"));
    assert_non_null(strstr(text, "Cách dùng: bon seed [--people N]\n"));
    assert_non_null(strstr(text, "  --people N            bao nhiêu người\n"));
    assert_non_null(strstr(text, "Nếu không nêu: 700000\n"));
    free(text);
    text = printed(print_all_help);
    assert_non_null(strstr(text, "  serve                 Phục vụ\n"));
    assert_non_null(strstr(text, "  stays verify-receipt  Kiểm tra\n"));
    free(text);
}

static void test_cli_man__is_roff_without_stray_control_lines(void **state)
{
    (void)state;
    char *text = printed(print_man);
    assert_int_equal(strncmp(text, ".TH BON 1 \"\" \"bon 9.9\"\n", 22), 0);
    assert_non_null(strstr(text, "Tạo dữ liệu. 'Không' ai có thật \\e trong đó.\n"));
    assert_non_null(strstr(text, ".B \\-\\-people N\n"));
    assert_non_null(strstr(text, ".SH \"TRẠNG THÁI KẾT THÚC\"\n"));
    free(text);
}

static void test_cli_lang__the_first_variable_that_is_set_decides(void **state)
{
    (void)state;
    unsetenv("BON_LANG");
    unsetenv("LC_ALL");
    unsetenv("LC_MESSAGES");
    setenv("LANG", "en_US.UTF-8", 1);
    assert_int_equal(cli_lang(), LANG_EN);
    setenv("LC_ALL", "vi_VN.UTF-8", 1);
    assert_int_equal(cli_lang(), LANG_VI);
    setenv("BON_LANG", "en", 1);
    assert_int_equal(cli_lang(), LANG_EN);
    unsetenv("BON_LANG");
    setenv("LC_ALL", "C", 1);
    assert_int_equal(cli_lang(), LANG_VI);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cli__options_come_joined_or_apart_and_presets_fill_in),
        cmocka_unit_test(test_cli__usage_errors_exit_2_and_run_nothing),
        cmocka_unit_test(test_cli__a_number_outside_its_limits_exits_2),
        cmocka_unit_test(test_cli__exit_status_is_the_errors_own),
        cmocka_unit_test(test_cli__two_words_win_over_one_and_a_dash_is_an_argument),
        cmocka_unit_test(test_cli__a_command_that_wants_all_memory_ends_with_2_not_a_crash),
        cmocka_unit_test(test_cli__the_nearest_name_is_suggested_and_nothing_far),
        cmocka_unit_test(test_cli__help_after_a_command_runs_nothing),
        cmocka_unit_test(test_cli_help__comes_from_the_table),
        cmocka_unit_test(test_cli_man__is_roff_without_stray_control_lines),
        cmocka_unit_test(test_cli_lang__the_first_variable_that_is_set_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
