#include "base/test/check.h"
#include "platform/i18n/i18n_table.h"

/* A table of our own takes the place of the library's empty one. */
const struct i18n_entry i18n_table[] = {
    { STR_INIT("Còn {n} khách ở {where}"), STR_INIT("{n} guests left in {where}") },
    { STR_INIT("Khách"), STR_INIT("Guest") },
    { STR_INIT("Khách đêm nay"), STR_INIT("Tonight's guests") },
    { STR_INIT("Đăng nhập"), STR_INIT("Sign in") },
};
const size_t i18n_table_n = sizeof(i18n_table) / sizeof(i18n_table[0]);

static void test_tr__finds_every_entry_and_only_whole_ones(void **state)
{
    (void)state;
    for (size_t i = 0; i < i18n_table_n; i++)
        assert_true(str_eq(tr(LANG_EN, i18n_table[i].vi), i18n_table[i].en));
    assert_text(tr(LANG_EN, STR("Khách ")), "Khách ");
    assert_text(tr(LANG_EN, STR("Khác")), "Khác");
    assert_text(tr(LANG_EN, STR("A")), "A");
    assert_text(tr(LANG_EN, STR("ỹ")), "ỹ");
    assert_text(tr(LANG_EN, STR("")), "");
    assert_null(tr(LANG_EN, STR_NONE).p);
}

static void test_tr__vietnamese_is_the_text_itself(void **state)
{
    (void)state;
    struct str vi = STR("Khách");
    assert_ptr_equal(tr(LANG_VI, vi).p, vi.p);
}

static void test_fill__puts_values_where_their_names_stand(void **state)
{
    const struct tr_arg args[] = { { "where", STR_INIT("Đắk Mil") }, { "n", STR_INIT("3") } };
    struct str vi = STR("Còn {n} khách ở {where}");
    assert_text(tr_fill(*state, LANG_VI, vi, args, 2), "Còn 3 khách ở Đắk Mil");
    assert_text(tr_fill(*state, LANG_EN, vi, args, 2), "3 guests left in Đắk Mil");
    assert_text(tr_fill(*state, LANG_VI, STR("{n}{n}"), args, 2), "33");
}

static void test_fill__values_are_never_looked_into(void **state)
{
    const struct tr_arg args[] = { { "a", STR_INIT("{b}") }, { "b", STR_INIT("{a}") } };
    assert_text(tr_fill(*state, LANG_VI, STR("{a} {b}"), args, 2), "{b} {a}");
}

static void test_fill__what_is_no_placeholder_stays(void **state)
{
    const struct tr_arg args[] = { { "a", STR_INIT("1") }, { "none", STR_INIT("") } };
    assert_text(tr_fill(*state, LANG_VI, STR("{x} {} { a} {a {a} }{"), args, 2), "{x} {} { a} {a 1 }{");
    assert_text(tr_fill(*state, LANG_VI, STR("[{none}]"), args, 2), "[]");
    assert_text(tr_fill(*state, LANG_VI, STR("{a}"), NULL, 0), "{a}");
    const struct tr_arg missing[] = { { "a", { NULL, 0 } } };
    assert_text(tr_fill(*state, LANG_VI, STR("[{a}]"), missing, 1), "[]");
}

static void assert_lang(const char *s, enum lang want)
{
    enum lang got = want == LANG_VI ? LANG_EN : LANG_VI;
    if (!lang_parse(str_of(s), &got) || got != want)
        fail_msg("%s", s);
}

static void test_lang__is_a_tag_or_an_accept_language_header(void **state)
{
    (void)state;
    assert_lang("vi", LANG_VI);
    assert_lang("en", LANG_EN);
    assert_lang("EN-gb", LANG_EN);
    assert_lang("vi-VN,vi;q=0.9,en-US;q=0.8,en;q=0.7", LANG_VI);
    assert_lang("fr-FR, en;q=0.8, vi;q=0.2", LANG_EN);
    assert_lang("en;q=0.2,vi;q=0.25", LANG_VI);
    assert_lang("en , vi", LANG_EN);
    assert_lang("en;q=0, vi;q=0.001", LANG_VI);
    assert_lang("en;q=2,vi;q=0.1", LANG_VI);
}

static void test_lang__others_leave_the_choice_alone(void **state)
{
    (void)state;
    static const char *const none[] = { "",       "fr", "english", "vie",    "*",           ",,;",
                                        "en;q=0", "e",  "vi;q=",   "vi;q=x", "vi;q=0.1234", NULL };
    for (const char *const *p = none; *p; p++) {
        enum lang l = LANG_EN;
        assert_false(lang_parse(str_of(*p), &l));
        assert_int_equal(l, LANG_EN);
    }
    enum lang l = LANG_EN;
    assert_false(lang_parse(STR_NONE, &l));
    assert_string_equal(lang_tag(LANG_VI), "vi");
    assert_string_equal(lang_tag(LANG_EN), "en");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_tr__finds_every_entry_and_only_whole_ones), in_arena(test_tr__vietnamese_is_the_text_itself),
        in_arena(test_fill__puts_values_where_their_names_stand), in_arena(test_fill__values_are_never_looked_into),
        in_arena(test_fill__what_is_no_placeholder_stays),        in_arena(test_lang__is_a_tag_or_an_accept_language_header),
        in_arena(test_lang__others_leave_the_choice_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
