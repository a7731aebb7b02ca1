#include "base/test/check.h"
#include "tools/i18nc/i18nc.h"

/* One source of each kind and one po file, through the whole comparison. */
struct input {
    const char *c, *html, *po;
    bool allow_missing;
};

static struct catalog compared(struct arena *a, struct input in)
{
    struct report *r = arena_new(a, struct report);
    struct source *src = arena_new_array(a, struct source, 3);
    struct catalog c;
    report_init(r, a);
    catalog_init(&c, a, r);
    src[0] = (struct source) { "a.c", str_of(in.c ? in.c : "") };
    src[1] = (struct source) { "b.html", str_of(in.html ? in.html : "") };
    src[2] = (struct source) { "en.po", str_of(in.po ? in.po : "") };
    collect_c(&c, &src[0], src[0].text);
    collect_html(&c, &src[1]);
    read_po(&c, &src[2]);
    catalog_check(&c, in.allow_missing);
    return c;
}

static struct str says(const struct catalog *c)
{
    return c->report->text.n ? buf_str(&c->report->text) : STR("");
}

static struct str table(struct catalog *c)
{
    struct buf b;
    buf_init(&b, c->a, 1 << 16);
    catalog_emit(c, &b);
    return buf_str(&b);
}

#define HEAD "/* Made by i18nc. */\n#include \"platform/i18n/i18n_table.h\"\n\nconst struct i18n_entry i18n_table[] = {\n"

static void test_table__is_sorted_by_the_bytes_of_the_text(void **state)
{
    struct catalog c =
        compared(*state, (struct input) {
                             .c = "struct str s = MSGS(\"Đêm\"), t = MSG(\"Anh\");",
                             .html = "{{template t()}}{{_ Khách\n   đêm nay}}{{use p(MSGS(\"Anh\"))}}{{end}}{{end}}",
                             .po = "msgid \"Đêm\"\nmsgstr \"Night\"\n\nmsgid \"Anh\"\nmsgstr \"\\\"Elder\\\" \"\n  "
                                   "\"brother\"\n\nmsgid \"Khách \"\n\"đêm nay\"\nmsgstr \"Guests\"\n",
                         });
    assert_text(says(&c), "");
    assert_text(table(&c), HEAD "    { STR_INIT(\"Anh\"), STR_INIT(\"\\\"Elder\\\" brother\") },\n"
                                "    { STR_INIT(\"Khách đêm nay\"), STR_INIT(\"Guests\") },\n"
                                "    { STR_INIT(\"Đêm\"), STR_INIT(\"Night\") },\n};\nconst size_t i18n_table_n = 3;\n");
}

static void test_table__of_nothing_still_compiles(void **state)
{
    struct catalog c = compared(*state, (struct input) { 0 });
    assert_text(table(&c), HEAD "    { STR_INIT(\"\"), STR_INIT(\"\") },\n};\nconst size_t i18n_table_n = 0;\n");
}

static void test_c__reads_joined_and_escaped_literals(void **state)
{
    struct catalog c = compared(
        *state,
        (struct input) {
            .c = "#define X(Y) \\\n Y(1, MSG(\"m\\u1ed9t\" /* note */ \\\n  \" hai\"))\nMSGS ( \"ba\\n\\x62\\102\" // x\n )",
            .allow_missing = true,
        });
    assert_int_equal(c.report->errors, 0);
    assert_int_equal(c.texts.n, 2);
    assert_text(c.texts.v[0]->vi, "một hai");
    assert_text(c.texts.v[1]->vi, "ba\nbB");
}

static void test_c__passes_over_comments_strings_and_other_names(void **state)
{
    struct catalog c = compared(*state, (struct input) {
                                            .c = "/* MSG(\"a\") */ // MSG(\"b\")\n\"MSG(\\\"c\\\")\" MSGX(\"d\") "
                                                 "A_MSG(\"e\") '\"' MSG_ \n#define MSG(literal) STR_INIT(literal)\n"
                                                 "#define MSGS(literal) STR(literal)\nint MSG; MSG(\"\")",
                                        });
    assert_text(says(&c), "");
    assert_int_equal(c.texts.n, 0);
}

static void test_c__wants_one_literal(void **state)
{
    static const char *const bad[] = { "x = MSG(label);",     "MSG()",     "MSG(\"a\", b)", "MSG(\"a\" PRI)",
                                       "#define L(x) MSG(x)", "MSG(\"a",       "MSG(\"\\q\")",
                                       "MSG(\"\\0\")",        NULL };
    for (const char *const *p = bad; *p; p++) {
        struct catalog c = compared(*state, (struct input) { .c = *p, .allow_missing = true });
        if (c.report->errors == 0)
            fail_msg("%s", *p);
    }
}

static void test_missing__is_an_error_or_counted(void **state)
{
    struct input in = { .html = "{{_ Một}} {{_ Hai}}", .po = "msgid \"Hai\"\nmsgstr \"\"\n" };
    struct catalog c = compared(*state, in);
    assert_text(
        says(&c),
        "b.html:1:1: \"Một\" has no English in any po/en.po.\nb.html:1:11: \"Hai\" has no English in any po/en.po.\n");
    in.allow_missing = true;
    c = compared(*state, in);
    assert_int_equal(c.report->errors, 0);
    assert_text(says(&c), "i18nc: 2 texts in 1 files have no English yet; --print-missing lists them.\n");
}

static void test_print_missing__is_a_po_file_to_fill_in(void **state)
{
    struct catalog c = compared(*state, (struct input) { .c = "\nMSG(\"nói \\\"vâng\\\"\")", .allow_missing = true });
    struct buf b;
    buf_init(&b, *state, 1024);
    catalog_print_missing(&c, &b);
    assert_text(buf_str(&b), "# a.c:2\nmsgid \"nói \\\"vâng\\\"\"\nmsgstr \"\"\n\n");
}

static void test_stale__a_translation_of_nothing_is_an_error(void **state)
{
    struct catalog c = compared(*state, (struct input) { .po = "\nmsgid \"Cũ\"\nmsgstr \"Old\"\n", .allow_missing = true });
    assert_text(says(&c), "en.po:2:1: \"Cũ\" is used nowhere: the text has changed or is gone.\n");
}

static void test_twice__the_same_is_fine_and_different_is_not(void **state)
{
    struct catalog c =
        compared(*state, (struct input) { .c = "MSG(\"Một\")",
                                          .po = "msgid \"Một\"\nmsgstr \"One\"\n\nmsgid \"Một\"\nmsgstr \"One\"\n" });
    assert_text(says(&c), "");
    c = compared(*state, (struct input) { .c = "MSG(\"Một\")",
                                          .po = "msgid \"Một\"\nmsgstr \"One\"\n\nmsgid \"Một\"\nmsgstr \"A\"\n" });
    assert_text(says(&c), "en.po:4:1: \"Một\" has another translation at en.po:1; one text has one English.\n");
}

static void test_placeholders__are_the_same_on_both_sides(void **state)
{
    struct catalog c =
        compared(*state, (struct input) { .html = "{{_ Còn {n} khách ở {xã} | n=int n}}", .po = "", .allow_missing = true });
    assert_true(str_find(says(&c), STR("a brace must be a placeholder")) > 0);
    c = compared(*state, (struct input) { .c = "MSG(\"{n} khách\")", .po = "msgid \"{n} khách\"\nmsgstr \"{m} guests\"\n" });
    assert_text(says(&c), "en.po:1:1: the translation of \"{n} khách\" lacks {n}.\n"
                          "en.po:1:1: the translation of \"{n} khách\" has {m}, which the text has not.\n");
    c = compared(*state,
                 (struct input) { .c = "MSG(\"{a} và {b}\")", .po = "msgid \"{a} và {b}\"\nmsgstr \"{b}, {a} {b}\"\n" });
    assert_text(says(&c), "");
}

static void test_nfc__decomposed_letters_are_refused(void **state)
{
    struct catalog c = compared(*state, (struct input) { .c = "MSG(\"Mo\xCC\xA3t\")", .allow_missing = true });
    assert_true(str_find(says(&c), STR("is not NFC")) > 0);
    c = compared(*state, (struct input) { .c = "MSG(\"M\xFFt\")", .allow_missing = true });
    assert_true(str_find(says(&c), STR("is not NFC")) > 0);
    c = compared(*state, (struct input) { .c = "MSG(\"Một\")", .po = "msgid \"Một\"\nmsgstr \"e\xCC\x81\"\n" });
    assert_true(str_find(says(&c), STR("en.po:1:1")) == 0);
}

static void test_po__refuses_what_it_does_not_know(void **state)
{
    static const char *const bad[] = { "msgid \"a\"\n",
                                       "msgstr \"a\"\n",
                                       "msgid a\nmsgstr \"b\"\n",
                                       "msgid \"a\" b\nmsgstr \"b\"\n",
                                       "msgctxt \"x\"\n",
                                       "\"a\"\n",
                                       "msgid \"a\nmsgstr \"b\"\n",
                                       "#, fuzzy\nmsgid \"a\"\nmsgstr \"b\"\n",
                                       "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\n",
                                       "msgid \"a\"\nmsgstr \"b\"\nmsgstr \"c\"\n",
                                       NULL };
    for (const char *const *p = bad; *p; p++) {
        struct catalog c = compared(*state, (struct input) { .c = "MSG(\"a\")", .po = *p, .allow_missing = true });
        if (c.report->errors == 0)
            fail_msg("%s", *p);
    }
    struct catalog c = compared(
        *state,
        (struct input) {
            .c = "MSG(\"a\")",
            .po = "# head\nmsgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n\n#: a.c:1\r\nmsgid \"a\"\r\nmsgstr \"b\"\r\n" });
    assert_text(says(&c), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_table__is_sorted_by_the_bytes_of_the_text),
        in_arena(test_table__of_nothing_still_compiles),
        in_arena(test_c__reads_joined_and_escaped_literals),
        in_arena(test_c__passes_over_comments_strings_and_other_names),
        in_arena(test_c__wants_one_literal),
        in_arena(test_missing__is_an_error_or_counted),
        in_arena(test_print_missing__is_a_po_file_to_fill_in),
        in_arena(test_stale__a_translation_of_nothing_is_an_error),
        in_arena(test_twice__the_same_is_fine_and_different_is_not),
        in_arena(test_placeholders__are_the_same_on_both_sides),
        in_arena(test_nfc__decomposed_letters_are_refused),
        in_arena(test_po__refuses_what_it_does_not_know),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
