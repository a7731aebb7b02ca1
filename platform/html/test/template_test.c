/* tmplc and the escapers together: sample.html is compiled by the build and run here, with a table of its own. */
#include "platform/html/sample.html.h"
#include "platform/html/test/page.h"
#include "platform/html/test/sample.h"
#include "platform/i18n/i18n_table.h"

const struct i18n_entry i18n_table[] = {
    { STR_INIT("Còn {n} khách chưa gửi, {money}"), STR_INIT("{n} guests <unsent>, {money}") },
    { STR_INIT("Khách đêm nay"), STR_INIT("Tonight's guests") },
    { STR_INIT("Xem"), STR_INIT("View") },
    { STR_INIT("Xem {name}"), STR_INIT("View {name}") },
};
const size_t i18n_table_n = 4;

static struct sample_view view_of(struct arena *a, size_t guests)
{
    struct sample_view v = { .title = STR("Khách đêm nay"), .unsent = 1200, .due = { 12000 } };
    for (size_t i = 0; i < guests; i++)
        *vec_push(a, &v.guests) = (struct sample_guest) {
            .id = (int64_t)i + 7,
            .name = STR("H'Nhi <Niê>"),
            .back = STR("/a?b"),
            .born = { 1990, 2, 1 },
            .late = i == 0,
        };
    return v;
}

static void test_list__is_written_with_every_value_escaped(void **state)
{
    struct html h = page_in(*state, LANG_VI);
    struct sample_view v = view_of(*state, 1);
    sample_list(&h, &v);
    assert_text(written(&h),
                "<section><h2>Khách đêm nay</h2><ul><li id=\"g7\" class=\"guest guest--late\">H'Nhi &lt;Niê&gt; 01/02/1990 "
                "<a href=\"/stays/7?back=%2Fa%3Fb\" title=\"Xem H&#39;Nhi &lt;Niê&gt;\">Xem</a></li></ul>"
                "<p>Còn 1.200 khách chưa gửi, 12.000 đ</p></section>");
}

static void test_list__in_english_translations_are_escaped_too(void **state)
{
    struct html h = page_in(*state, LANG_EN);
    struct sample_view v = view_of(*state, 0);
    sample_list(&h, &v);
    assert_text(written(&h), "<section><h2>Tonight's guests</h2><ul><li>Chưa có khách</li></ul>"
                             "<p>1,200 guests &lt;unsent&gt;, 12,000 VND</p></section>");
}

static void test_places__one_hostile_text_stays_text_in_each(void **state)
{
    struct html h = page_in(*state, LANG_VI);
    sample_places(&h, STR("\"'></p><script>&javascript:"));
    static const char text[] = "\"'&gt;&lt;/p&gt;&lt;script&gt;&amp;javascript:";
    static const char attr[] = "&quot;&#39;&gt;&lt;/p&gt;&lt;script&gt;&amp;javascript:";
    static const char part[] = "%22%27%3E%3C%2Fp%3E%3Cscript%3E%26javascript%3A";
    struct str want = str_fmt(*state,
                              "<p>%s</p><p title=\"%s\" data-x='%s'></p><a href=\"#refused\"></a><a href=\"/a/%s\"></a>"
                              "<a href=\"/a?b=%s&amp;c=%s\"></a><textarea>\n%s</textarea><script type=\"application/json\">"
                              "\"'\\u003e\\u003c/p\\u003e\\u003cscript\\u003e\\u0026javascript:</script>",
                              text, attr, attr, part, part, part, text);
    assert_text(written(&h), str_cstr(*state, want));
}

static struct str made_token(struct html *h)
{
    return str_dup(h->arena, STR("made"));
}

static void test_form__has_token_and_key_and_asks_for_the_token_once(void **state)
{
    struct html h = page_in(*state, LANG_VI);
    h.csrf = STR_NONE;
    h.csrf_make = made_token;
    sample_form(&h, STR("k1"), "/stays");
    assert_text(written(&h),
                "<form method=\"post\" action=\"/stays\" class=\"f\"><input type=\"hidden\" name=\"_csrf\" value=\"made\">"
                "<input type=\"hidden\" name=\"_key\" value=\"k1\"><input name=\"a\" checked></form>");
    assert_text(h.csrf, "made");
}

static void test_form__to_elsewhere_goes_nowhere(void **state)
{
    struct html h = page_in(*state, LANG_VI);
    sample_form(&h, STR(""), "//evil.example");
    assert_true(str_find(written(&h), STR("action=\"#refused\"")) > 0);
    assert_true(str_find(written(&h), STR("value=\"t0ken&quot;&lt;\"")) > 0);
    assert_true(str_find(written(&h), STR("checked")) < 0);
}

static void test_counts__run_from_zero_and_nothing_writes_nothing(void **state)
{
    struct html h = page_in(*state, LANG_VI);
    sample_counts(&h, 3, STR_NONE);
    assert_text(written(&h), "0,1,2,");
    sample_counts(&h, 0, STR(""));
    assert_text(written(&h), "0,1,2,0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_list__is_written_with_every_value_escaped),
        in_arena(test_list__in_english_translations_are_escaped_too),
        in_arena(test_places__one_hostile_text_stays_text_in_each),
        in_arena(test_form__has_token_and_key_and_asks_for_the_token_once),
        in_arena(test_form__to_elsewhere_goes_nowhere),
        in_arena(test_counts__run_from_zero_and_nothing_writes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
