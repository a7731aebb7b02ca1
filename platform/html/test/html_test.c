#include "platform/html/test/page.h"

static void test_text__markup_becomes_characters(void **state)
{
    assert_text(through(*state, html_text, STR("<script>a && b</script>")), "&lt;script&gt;a &amp;&amp; b&lt;/script&gt;");
    assert_text(through(*state, html_text, STR("H'Nhi \"Niê\" 1 ÷ 2")), "H'Nhi \"Niê\" 1 ÷ 2");
    assert_text(through(*state, html_text, STR("&amp;")), "&amp;amp;");
    assert_text(through(*state, html_text, STR("<")), "&lt;");
    assert_text(through(*state, html_text, STR("")), "");
    assert_text(through(*state, html_text, STR_NONE), "");
}

static void test_text__every_byte_comes_out_once(void **state)
{
    char all[256], want[1024];
    size_t n = 0;
    for (int i = 0; i < 256; i++) {
        all[i] = (char)i;
        const char *as = i == '&' ? "&amp;" : i == '<' ? "&lt;" : i == '>' ? "&gt;" : NULL;
        memcpy(want + n, as ? as : &all[i], as ? strlen(as) : 1);
        n += as ? strlen(as) : 1;
    }
    struct str got = through(*state, html_text, (struct str) { all, sizeof(all) });
    assert_int_equal(got.n, n);
    assert_memory_equal(got.p, want, n);
}

/* Texts of every length with one special byte at each place: the fast path over plain bytes must not step over it. */
static void test_attr__finds_a_special_byte_at_any_place(void **state)
{
    char s[67];
    for (size_t n = 1; n <= sizeof(s); n++)
        for (size_t at = 0; at < n; at++) {
            memset(s, 'a', n);
            s[at] = '"';
            struct str got = through(*state, html_attr, (struct str) { s, n });
            assert_int_equal(got.n, n + 5);
            assert_int_equal(str_find(got, STR("&quot;")), at);
        }
}

static void test_url__finds_a_control_byte_at_any_place(void **state)
{
    static const char controls[] = { '\0', '\t', '\n', '\x1f', '\x7f' };
    char s[40];
    for (size_t n = 2; n <= sizeof(s); n++) {
        memset(s, 'a', n);
        s[0] = '/';
        assert_int_equal(through(*state, html_url, (struct str) { s, n }).n, n);
        for (size_t at = 1; at < n; at++)
            for (size_t c = 0; c < sizeof(controls); c++) {
                s[at] = controls[c];
                assert_text(through(*state, html_url, (struct str) { s, n }), "#refused");
                s[at] = 'a';
            }
    }
}

static void test_attr__no_quote_ends_it(void **state)
{
    assert_text(through(*state, html_attr, STR("\" onload=\"x")), "&quot; onload=&quot;x");
    assert_text(through(*state, html_attr, STR("' onload='x")), "&#39; onload=&#39;x");
    assert_text(through(*state, html_attr, STR("<&>")), "&lt;&amp;&gt;");
}

static void test_query__only_unreserved_characters_pass(void **state)
{
    assert_text(through(*state, html_query, STR("aZ0-._~")), "aZ0-._~");
    assert_text(through(*state, html_query, STR("a b&c=d#e/?f%g+h")), "a%20b%26c%3Dd%23e%2F%3Ff%25g%2Bh");
    assert_text(through(*state, html_query, STR("Đắk Mil")), "%C4%90%E1%BA%AFk%20Mil");
    assert_text(through(*state, html_query, STR("\"'<>\r\n")), "%22%27%3C%3E%0D%0A");
    assert_text(through(*state, html_query, ((struct str) { "\0", 1 })), "%00");
    assert_text(through(*state, html_query, STR("..")), "..");
}

static void test_path__a_component_cannot_climb(void **state)
{
    assert_text(through(*state, html_path, STR("..")), "-");
    assert_text(through(*state, html_path, STR(".")), "-");
    assert_text(through(*state, html_path, STR("...")), "...");
    assert_text(through(*state, html_path, STR("../admin")), "..%2Fadmin");
    assert_text(through(*state, html_path, STR("\\evil")), "%5Cevil");
}

static void test_url__ways_of_this_site_and_a_few_schemes_pass(void **state)
{
    static const char *const good[] = { "/",
                                        "/stays?a=1",
                                        "/stays/đ",
                                        "https://dichvucong.gov.vn/a",
                                        "HTTPS://a.vn",
                                        "mailto:a@b.vn",
                                        "tel:+842613543999",
                                        "/a//b",
                                        NULL };
    for (const char *const *p = good; *p; p++)
        assert_text(through(*state, html_url, str_of(*p)), *p);
    assert_text(through(*state, html_url, STR("/a?b=1&c=\"")), "/a?b=1&amp;c=&quot;");
}

static void test_url__anything_else_is_refused(void **state)
{
    static const char *const bad[] = { "",
                                       "javascript:alert(1)",
                                       "JaVaScRiPt:alert(1)",
                                       " javascript:alert(1)",
                                       "java\tscript:alert(1)",
                                       "java\nscript:alert(1)",
                                       "\x01javascript:alert(1)",
                                       "vbscript:x",
                                       "data:text/html,<script>",
                                       "blob:x",
                                       "file:///etc/passwd",
                                       "ftp://a",
                                       "http://a.vn/",
                                       "//evil.example",
                                       "/\\evil.example",
                                       "\\\\evil.example",
                                       "/\t/evil.example",
                                       "/\n/evil.example",
                                       "\t//evil.example",
                                       " /stays",
                                       "stays",
                                       "?a=1",
                                       "https:evil.example",
                                       "https:/evil.example",
                                       "https://",
                                       "mailto:",
                                       "https://a.vn/\r\nSet-Cookie: a",
                                       "/a\x7f",
                                       NULL };
    for (const char *const *p = bad; *p; p++)
        assert_text(through(*state, html_url, str_of(*p)), "#refused");
    assert_text(through(*state, html_url, STR_NONE), "#refused");
    assert_text(through(*state, html_url, ((struct str) { "/a\0b", 4 })), "#refused");
}

static void test_site_url__leads_nowhere_else(void **state)
{
    static const char *const bad[] = {
        "", "https://dichvucong.gov.vn/", "mailto:a@b.vn", "//evil.example", "/\\evil", "/\t/evil", "x", NULL
    };
    assert_text(through(*state, html_site_url, STR("/")), "/");
    assert_text(through(*state, html_site_url, STR("/a?b=1&c")), "/a?b=1&amp;c");
    for (const char *const *p = bad; *p; p++)
        assert_text(through(*state, html_site_url, str_of(*p)), "#refused");
}

static void test_json__cannot_end_its_script(void **state)
{
    assert_text(through(*state, html_json, STR("{\"a\":\"</script><!--\"}")), "{\"a\":\"\\u003c/script\\u003e\\u003c!--\"}");
    assert_text(through(*state, html_json, STR("\"a&b\"")), "\"a\\u0026b\"");
    assert_text(through(*state, html_json, STR("\"\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xA7\"")),
                "\"\\u2028\\u2029\xE2\x80\xA7\"");
    assert_text(through(*state, html_json, STR("\"\xE2\x80")), "\"\xE2\x80");
    assert_text(through(*state, html_json, STR("\"Đắk Nông\"")), "\"Đắk Nông\"");
}

static void test_int__groups_as_the_language_does(void **state)
{
    struct html vi = page_in(*state, LANG_VI), en = page_in(*state, LANG_EN);
    assert_text(html_int(&vi, 0), "0");
    assert_text(html_int(&vi, 999), "999");
    assert_text(html_int(&vi, 1000), "1.000");
    assert_text(html_int(&vi, -12345), "-12.345");
    assert_text(html_int(&en, 1234567), "1,234,567");
    assert_text(html_int(&vi, INT64_MAX), "9.223.372.036.854.775.807");
    assert_text(html_int(&vi, INT64_MIN), "-9.223.372.036.854.775.808");
    assert_text(html_num(&vi, -12345), "-12345");
}

static void test_values__read_as_on_paper(void **state)
{
    struct html vi = page_in(*state, LANG_VI), en = page_in(*state, LANG_EN);
    struct day d;
    struct instant t;
    assert_true(day_from_ymd(2024, 2, 16, &d));
    assert_true(instant_parse(STR("2024-02-16T22:10:00+07:00"), &t));
    assert_text(html_day(&vi, d), "16/02/2024");
    assert_text(html_instant(&vi, t), "22:10 16/02/2024");
    assert_text(html_clock(&vi, t), "22:10");
    assert_text(html_birth(&vi, (struct birth) { 1990, 2, 1 }), "01/02/1990");
    assert_text(html_birth(&vi, (struct birth) { 1990, 0, 0 }), "1990");
    assert_text(html_birth(&vi, (struct birth) { 0 }), "");
    assert_text(html_money(&vi, (struct money) { 12000 }), "12.000 đ");
    assert_text(html_money(&en, (struct money) { 12000 }), "12,000 VND");
    assert_text(html_pid(&vi, (struct pid) { "067090000123" }), "067090000123");
    assert_text(html_pid(&vi, (struct pid) { "" }), "");
    assert_text(html_pid_masked(&vi, (struct pid) { "067090000123" }), "067*****0123");
    assert_text(html_pid_masked(&vi, (struct pid) { "" }), "");
}

static void test_full_page__is_cut_and_says_so(void **state)
{
    struct html h = page_in(*state, LANG_VI);
    buf_init(h.out, *state, 8);
    html_text(&h, STR("<<<<<<"));
    assert_true(h.out->full);
    assert_true(h.out->n <= 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_text__markup_becomes_characters),
        in_arena(test_text__every_byte_comes_out_once),
        in_arena(test_attr__finds_a_special_byte_at_any_place),
        in_arena(test_url__finds_a_control_byte_at_any_place),
        in_arena(test_attr__no_quote_ends_it),
        in_arena(test_query__only_unreserved_characters_pass),
        in_arena(test_path__a_component_cannot_climb),
        in_arena(test_url__ways_of_this_site_and_a_few_schemes_pass),
        in_arena(test_url__anything_else_is_refused),
        in_arena(test_site_url__leads_nowhere_else),
        in_arena(test_json__cannot_end_its_script),
        in_arena(test_int__groups_as_the_language_does),
        in_arena(test_values__read_as_on_paper),
        in_arena(test_full_page__is_cut_and_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
