/* Which C comes out. That it compiles and what it writes is tested in platform/html/test, where the escapers are. */
#include "tools/tmplc/test/compile.h"

static void test_hole__is_escaped_for_its_place(void **state)
{
    assert_emits(*state, "<p>{{s}}</p>", "html_text(h, html_str(s));");
    assert_emits(*state, "<p title=\"a {{s}}\"></p>", "html_attr(h, html_str(s));");
    assert_emits(*state, "<textarea>{{s}}</textarea>", "html_text(h, html_str(s));");
    assert_emits(*state, "<a href=\"{{s}}\"></a>", "html_url(h, html_str(s));");
    assert_emits(*state, "<a HREF='{{s}}'></a>", "html_url(h, html_str(s));");
    assert_emits(*state, "<img alt=\"\" src=\"{{s}}\">", "html_url(h, html_str(s));");
    assert_emits(*state, "<script src=\"{{s}}\"></script>", "html_site_url(h, html_str(s));");
    assert_emits(*state, "<link rel=\"stylesheet\" href=\"{{s}}\">", "html_site_url(h, html_str(s));");
    assert_emits(*state, "<button formaction=\"{{s}}\" hx-post=\"/\"></button>", "html_site_url(h, html_str(s));");
    assert_emits(*state, "<svg><use href=\"{{s}}\"/></svg>", "html_site_url(h, html_str(s));");
    assert_emits(*state, "<a href=\"/x/{{s}}\"></a>", "html_path(h, html_str(s));");
    assert_emits(*state, "<a href=\"https://vneid.gov.vn/{{s}}\"></a>", "html_path(h, html_str(s));");
    assert_emits(*state, "<a href=\"/x?q={{s}}\"></a>", "html_query(h, html_str(s));");
    assert_emits(*state, "<a href=\"{{g->u}}?q={{s}}\"></a>", "html_query(h, html_str(s));");
    assert_emits(*state, "<a href=\"/x{{if n}}?q={{s}}{{end}}\"></a>", "html_query(h, html_str(s));");
    assert_emits(*state, "<a href=\"#f-{{s}}\"></a>", "html_query(h, html_str(s));");
    assert_emits(*state, "<a href=\"mailto:{{s}}\"></a>", "html_query(h, html_str(s));");
    assert_emits(*state, "<a href=\"/{{num n}}/x\"></a>", "html_path(h, html_num(h, (int64_t)(n)));");
    assert_emits(*state, "<script type=\"application/json\">{{json s}}</script>", "html_json(h, s);");
}

static void test_typed_holes__become_text_first(void **state)
{
    assert_emits(*state, "{{int n}}", "html_text(h, html_int(h, (int64_t)(n)));");
    assert_emits(*state, "{{day g->born}}", "html_text(h, html_day(h, g->born));");
    assert_emits(*state, "{{pid_masked g->pid}}", "html_text(h, html_pid_masked(h, g->pid));");
    assert_emits(*state, "{{tr g->label}}", "html_tr(h, g->label);");
    assert_emits(*state, "<p title=\"{{tr g->label}}\"></p>", "html_tr_attr(h, g->label);");
    assert_emits(*state, "{{day(g)}}", "html_text(h, html_str(day(g)));");
    assert_emits(*state, "{{end_day}}", "html_str(end_day)");
}

static void test_messages__go_through_the_table(void **state)
{
    assert_emits(*state, "{{_ Nộp\n  hồ  sơ}}", "html_tr(h, STR(\"Nộp hồ sơ\"));");
    assert_emits(*state, "<p title=\"{{_ H'Nhi \"a\"}}\"></p>", "html_tr_attr(h, STR(\"H'Nhi \\\"a\\\"\"));");
    assert_emits(*state, "{{_ Còn {n} khách ở {s}| n=int n, s=s}}",
                 "html_text(h, tr_fill(h->arena, h->lang, STR(\"Còn {n} khách ở {s}\"), (const struct tr_arg[]){ { \"n\", "
                 "html_int(h, (int64_t)(n)) }, { \"s\", html_str(s) } }, 2));");
    assert_emits(*state, "{{_ Tổng {n}| n=n}}", "STR(\"Tổng {n}\")");
}

static void test_literals__are_merged_into_one_call(void **state)
{
    assert_emits(*state, "<p class=\"a\">\n  <b>1</b>\n</p>{{# x }}<br>",
                 "html_raw(h, \"<p class=\\\"a\\\"><b>1</b></p><br>\", 29);");
}

static void test_white_space__is_kept_where_it_can_be_seen(void **state)
{
    assert_emits(*state, "<b>{{s}}</b> <i>{{s}}</i>", "\"</b> <i>\"");
    assert_emits(*state, "<b>{{s}}</b>\n <i>{{s}}</i>", "\"</b><i>\"");
    assert_emits(*state, "<b>{{s}}\n {{s}}</b>", "html_raw(h, \" \", 1);");
    assert_emits(*state, "<b>\n{{s}}\n</b>", "html_raw(h, \"<b>\", 3);");
    assert_emits(*state, "<b>{{s}}</b>\n  1 -\n 2", "\"</b> 1 - 2\"");
    assert_emits(*state, "<pre>\n 1\n  2</pre>", "\"<pre>\\n 1\\n  2</pre>\"");
    assert_emits(*state, "<input  id=\"a\"\n  class='b'\n>", "\"<input id=\\\"a\\\" class='b'>\"");
    assert_emits(*state, "<textarea>{{s}}</textarea>", "\"<textarea>\\n\"");
}

static void test_markup__is_sent_well_formed(void **state)
{
    assert_emits(*state, "<a href=\"/x?a=1&copy=2&amp;b=3\"></a>", "/x?a=1&amp;copy=2&amp;b=3");
    assert_emits(*state, "1 & 2 &#8211; 3", "1 &amp; 2 &#8211; 3");
    assert_emits(*state, "<input type=hidden hidden>", "\"<input type=\\\"hidden\\\" hidden>\"");
    assert_emits(*state, "<br/>1", "\"<br>1\"");
    assert_emits(*state, "<svg><path d=\"M0\"/></svg>", "\"<svg><path d=\\\"M0\\\"/></svg>\"");
    assert_emits(*state, "<svg><title>{{_ Hình}}</title><g></g></svg>", "\"</title><g></g></svg>\"");
    assert_emits(*state, "<!-- note -->1", "html_raw(h, \"1\", 1);");
    assert_emits(*state, "<!doctype html><html></html>", "\"<!doctype html><html></html>\"");
    assert_emits(*state,
                 "1?"
                 "?/2",
                 "1?\\?/2");
}

static void test_conditional_attributes__keep_their_space(void **state)
{
    assert_emits(*state, "<a {{if n}}aria-current=\"page\"{{end}} class=\"b\"></a>",
                 "html_raw(h, \" aria-current=\\\"page\\\"\", 20);");
    assert_emits(*state, "<a {{if n}}hidden{{else}}inert{{end}} class=\"b\"></a>", "html_raw(h, \" hidden\", 7);");
    assert_emits(*state, "<input {{attr-if n > 1 \"checked\"}}>", "if (n > 1)\n        html_raw(h, \" checked\", 8);");
    assert_emits(*state, "<a class=\"a{{if n}} b{{end}}\"></a>", "html_raw(h, \" b\", 2);");
}

static void test_loops__evaluate_their_list_once(void **state)
{
    assert_emits(*state, "{{for const struct child *c in kids(g)}}{{c->name}}{{end}}",
                 "__extension__ __auto_type list__1 = (kids(g));");
    assert_emits(*state, "{{for const struct child *c in g->kids}}{{end}}", "const struct child *c = &list__1.v[at__1];");
    assert_emits(*state, "{{for struct str x in g->names}}{{x}}{{end}}", "struct str x = list__1.v[at__1];");
    assert_emits(*state, "{{for struct str x in g->names}}{{x}}{{else}}-{{end}}", "if (list__1.n == 0) {");
    assert_emits(*state, "{{for i in 0..n}}{{int i}}{{end}}", "i = (0), end__1 = (n); i < end__1; i++) {");
}

static void test_form__carries_its_token_and_key(void **state)
{
    assert_emits(*state, "{{form \"POST\" \"/a\" s class=\"x y\"}}{{end}}",
                 "html_raw(h, \"<form method=\\\"post\\\" action=\\\"/a\\\" class=\\\"x y\\\"><input type=\\\"hidden\\\" "
                 "name=\\\"_csrf\\\" value=\\\"\"");
    assert_emits(*state, "{{form \"POST\" \"/a\" s}}{{end}}", "html_attr(h, html_csrf(h));");
    assert_emits(*state, "{{form \"POST\" \"/a\" s}}{{end}}", "name=\\\"_key\\\" value=\\\"\"");
    assert_emits(*state, "{{form \"POST\" g->action}}{{end}}", "html_site_url(h, html_str(g->action));");
    assert_emits(*state, "<form method=\"post\" action=\"/a/{{num n}}\">1</form>", "html_attr(h, html_csrf(h));");
    assert_false(has(compile_body(*state, "{{form \"GET\" \"/a\"}}1{{end}}").code, "csrf"));
    assert_false(has(compile_body(*state, "<form method=\"get\">1</form>").code, "csrf"));
}

static void test_slot__splits_a_template_in_two(void **state)
{
    struct compiled c = compile_file(
        *state,
        "{{template panel(struct str title)}}{{let int k = 1}}<div><h2>{{title}}</h2>{{slot}}</div>{{num k}}{{end}}\n"
        "{{template t()}}{{use panel(STR(\"\"))}}1{{end}}{{end}}");
    assert_has(c.header,
               "void panel__head(struct html *h, struct str title);\nvoid panel__tail(struct html *h, struct str title);");
    assert_has(c.header, "void t(struct html *h);");
    assert_has(c.code, "panel__head(h, STR(\"\"));");
    assert_has(c.code, "panel__tail(h, STR(\"\"));");
    ptrdiff_t tail = str_find(c.code, STR("void panel__tail"));
    assert_has(str_from(c.code, (size_t)tail), "int k = 1;");
    assert_has(str_from(c.code, (size_t)tail), "html_raw(h, \"</div>\", 6);");
}

static void test_slot__inside_use_and_form_enters_them_on_both_sides(void **state)
{
    struct compiled c = compile_files(
        *state, STR("{{template page()}}<main>{{slot}}</main>{{end}}"),
        STR("{{template narrow()}}{{use page()}}{{form \"POST\" \"/a\"}}<p>{{slot}}</p>{{end}}{{end}}{{end}}"));
    assert_has(c.code, "void narrow__head(struct html *h)\n{\n    (void)h;\n#line 1 \"t.html\"\n    page__head(h);");
    ptrdiff_t tail = str_find(c.code, STR("void narrow__tail"));
    assert_has(str_from(c.code, (size_t)tail), "</p>");
    assert_has(str_from(c.code, (size_t)tail), "</form>");
    assert_has(str_from(c.code, (size_t)tail), "page__tail(h);");
    assert_false(has(c.header, "page__head"));
}

static void test_letters__pass_where_they_are_no_prose(void **state)
{
    assert_emits(*state, "<code>bon seed --people</code>", "bon seed");
    assert_emits(*state, "<p translate=\"no\">English <b>too</b></p>", "English");
    assert_emits(*state, "<p>QR · CSV &rarr; A 12</p>", "QR");
    assert_emits(*state, "<p class=\"đỏ\" data-x=\"abc\"></p>", "abc");
    assert_emits(*state, "{{if str_eq(s, STR(\"MÔ PHỎNG\"))}}1{{end}}", "MÔ PHỎNG");
    assert_emits(*state, "<script>let abc = 1 < 2;</script>", "let abc = 1 < 2;");
}

static void test_line__leads_back_to_the_template(void **state)
{
    assert_emits(*state, "\n\n<p>{{wrong}}</p>", "#line 3 \"t.html\"\n    html_text(h, html_str(wrong));");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_hole__is_escaped_for_its_place),
        in_arena(test_typed_holes__become_text_first),
        in_arena(test_messages__go_through_the_table),
        in_arena(test_literals__are_merged_into_one_call),
        in_arena(test_white_space__is_kept_where_it_can_be_seen),
        in_arena(test_markup__is_sent_well_formed),
        in_arena(test_conditional_attributes__keep_their_space),
        in_arena(test_loops__evaluate_their_list_once),
        in_arena(test_form__carries_its_token_and_key),
        in_arena(test_slot__splits_a_template_in_two),
        in_arena(test_slot__inside_use_and_form_enters_them_on_both_sides),
        in_arena(test_letters__pass_where_they_are_no_prose),
        in_arena(test_line__leads_back_to_the_template),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
