/* What tmplc must not let pass. Each sentence is what a template's writer reads. */
#include "tools/tmplc/test/compile.h"

static void test_script_and_style__hold_no_values(void **state)
{
    assert_refused(*state, "<script>var a = {{s}};</script>", "no {{…}} in <script> or <style>");
    assert_refused(*state, "<script>var a = \"{{json s}}\";</script>", "no {{…}} in <script>");
    assert_refused(*state, "<SCRIPT>{{s}}</SCRIPT>", "no {{…}} in <script>");
    assert_refused(*state, "<style>a { color: {{s}} }</style>", "no {{…}} in <script>");
    assert_refused(*state, "<script>{{if n}}a(){{end}}</script>", "no {{…}} in <script>");
    assert_refused(*state, "<script type=\"module\">{{json s}}</script>", "no {{…}} in <script>");
    assert_refused(*state, "<script {{if n}}type=\"application/json\"{{end}}>{{json s}}</script>",
                   "cannot stand inside {{if}}");
    assert_refused(*state, "<script type=\"application/json\">{{s}}</script>", "only {{json expr}}");
    assert_refused(*state, "<script type=\"{{s}}\"></script>", "no {{…}} in the attribute type");
    assert_refused(*state, "<svg><script>1</script></svg>", "cannot stand inside <svg>");
    assert_refused(*state, "<p>{{json s}}</p>", "stands only in <script");
}

static void test_event_handlers__are_refused_with_and_without_values(void **state)
{
    assert_refused(*state, "<a onclick=\"{{s}}\"></a>", "security policy blocks");
    assert_refused(*state, "<a OnClick=\"x()\"></a>", "security policy blocks");
    assert_refused(*state, "<a hx-on:click=\"x()\"></a>", "security policy blocks");
    assert_refused(*state, "<a data-hx-on:click=\"x()\"></a>", "security policy blocks");
}

static void test_attributes_with_a_language_of_their_own__hold_no_values(void **state)
{
    static const char *const names[] = { "style",      "srcset",       "srcdoc",     "ping",   "hx-vals", "hx-headers",
                                         "hx-trigger", "data-hx-vals", "http-equiv", "method", NULL };
    for (const char *const *p = names; *p; p++) {
        struct str body = str_fmt(*state, "<div %s=\"a{{s}}\"></div>", *p);
        assert_refused(*state, str_cstr(*state, body), "no {{…}} in the attribute");
    }
    assert_refused(*state, "<div style=\"{{if n}}a{{end}}\"></div>", "no {{…}} in the attribute style");
    assert_refused(*state, "<link rel=\"{{s}}\" href=\"/x\">", "no {{…}} in the attribute rel");
    assert_refused(*state, "<svg><set to=\"{{s}}\"/></svg>", "no {{…}} in the attribute to");
    assert_refused(*state, "<svg><animate values=\"{{s}}\"/></svg>", "no {{…}} in the attribute values");
    assert_refused(*state, "<meta http-equiv=\"refresh\" content=\"0; url={{s}}\">", "<meta http-equiv>");
    assert_refused(*state, "<meta content=\"{{s}}\" http-equiv=\"refresh\">", "<meta http-equiv>");
}

static void test_values__need_quotes_around_them(void **state)
{
    assert_refused(*state, "<a href={{s}}></a>", "in quotes");
    assert_refused(*state, "<a href=/x/{{s}}></a>", "in quotes");
    assert_refused(*state, "<a href= {{s}}></a>", "in quotes");
    assert_refused(*state, "<a title=a{{if n}}b{{end}}></a>", "in quotes");
    assert_refused(*state, "<a href=a\"b></a>", "in quotes");
}

static void test_values__cannot_be_names_or_comments(void **state)
{
    assert_refused(*state, "<{{s}}>", "write &lt;");
    assert_refused(*state, "<di{{s}}></div>", "directly behind a tag's name");
    assert_refused(*state, "<br{{if n}} class=\"a\"{{end}}>", "directly behind a tag's name");
    assert_refused(*state, "<a {{s}}></a>", "outside a quoted attribute");
    assert_refused(*state, "<a {{s}}=\"x\"></a>", "outside a quoted attribute");
    assert_refused(*state, "<a da{{s}}=\"x\"></a>", "attribute's name");
    assert_refused(*state, "<!-- {{s}} -->", "comment");
    assert_refused(*state, "<!-- a", "comment");
    assert_refused(*state, "</{{s}}>", "in one piece");
    assert_refused(*state, "<![CDATA[ {{s}} ]]>", "begin with <!");
}

static void test_urls__no_value_reaches_scheme_or_host(void **state)
{
    assert_refused(*state, "<a href=\"javascript:{{s}}\"></a>", "begin the URL with");
    assert_refused(*state, "<a href=\"{{s}}{{s}}\"></a>", "second value");
    assert_refused(*state, "<a href=\"{{s}}/x\"></a>", "only ?, #");
    assert_refused(*state, "<a href=\"{{s}}:x\"></a>", "only ?, #");
    assert_refused(*state, "<a href=\"//{{s}}/x\"></a>", "begin the URL with");
    assert_refused(*state, "<a href=\"/\\{{s}}\"></a>", "begin the URL with");
    assert_refused(*state, "<a href=\"https://{{s}}/\"></a>", "begin the URL with");
    assert_refused(*state, "<a href=\"https://a.vn.{{s}}\"></a>", "begin the URL with");
    assert_refused(*state, "<a href=\"ja{{s}}\"></a>", "begin the URL with");
    assert_refused(*state, "<a href=\"data:{{s}}\"></a>", "begin the URL with");
    assert_refused(*state, "<form hx-post=\"x{{s}}\"></form>", "begin the URL with");
    assert_refused(*state, "<a href=\"javascript:alert(1)\"></a>", "is script or markup");
    assert_refused(*state, "<a href=\" JavaScript:alert(1)\"></a>", "is script or markup");
    assert_refused(*state, "<a href=\"data:text/html,x\"></a>", "is script or markup");
}

static void test_urls__path_components_stay_components(void **state)
{
    assert_refused(*state, "<a href=\"/{{s}}/{{s}}\"></a>", "an empty value here");
    assert_refused(*state, "<a href=\"/x/{{s}}{{s}}\"></a>", "side by side");
    assert_refused(*state, "<a href=\"/x/.{{s}}\"></a>", "begin with a dot");
    assert_refused(*state, "<a href=\"/x/..{{s}}\"></a>", "begin with a dot");
    assert_refused(*state, "<a href=\"/x/{{for i in 0..n}}{{num i}}{{end}}\"></a>", "a loop cannot stand");
    assert_refused(*state, "<a href=\"{{if n}}/a{{else}}{{s}}{{end}}/{{s}}\"></a>", "different parts");
    assert_refused(*state, "<a href=\"/x/{{if n}}{{s}}{{end}}{{s}}\"></a>", "different parts");
    assert_refused(*state, "<a href=\"{{_ Xin chào}}\"></a>", "translated sentence");
}

static void test_elements__are_closed_where_they_are_opened(void **state)
{
    assert_refused(*state, "<div>", "<div> is opened in this block but not closed");
    assert_refused(*state, "</div>", "no element is open");
    assert_refused(*state, "<b><i></b></i>", "</b> stands where </i> is due");
    assert_refused(*state, "<div>{{if n}}</div>{{end}}", "opened outside this block");
    assert_refused(*state, "{{if n}}<div>{{end}}</div>", "not closed in it");
    assert_refused(*state, "{{if n}}<b>{{else}}<i>{{end}}</b>", "not closed in it");
    assert_refused(*state, "<div>{{for i in 0..n}}</div><div>{{end}}</div>", "opened outside this block");
    assert_refused(*state, "<div/>", "does not close itself");
    assert_refused(*state, "<br></br>", "no element is open");
    assert_refused(*state, "<p><div></div></p>", "cannot stand inside <p>");
    assert_refused(*state, "<p><b><ul></ul></b></p>", "cannot stand inside <p>");
    assert_refused(*state, "<a><b><a></a></b></a>", "cannot stand inside another <a>");
    assert_refused(*state, "<button><button></button></button>", "cannot stand inside another");
    assert_refused(*state, "<iframe></iframe>", "is not used here");
    assert_refused(*state, "<base href=\"/x\">", "is not used here");
    assert_refused(*state, "<title><b></b></title>", "characters only");
    assert_refused(*state, "1 < 2", "write &lt;");
}

static void test_blocks__end_in_the_same_place(void **state)
{
    assert_refused(*state, "<a {{if n}}class=\"{{end}}\"></a>", "begins in a tag and must end in the same place");
    assert_refused(*state, "<a class=\"{{if n}}a\" id=\"{{end}}b\"></a>", "ends in another one");
    assert_refused(*state, "<a {{if n}}>{{end}}</a>", "not closed in it");
    assert_refused(*state, "{{if n}}<a {{end}}></a>", "begins in text and must end in the same place, but it ends in a tag");
    assert_refused(*state, "{{if n}}<script>{{end}}</script>", "not closed in it");
    assert_refused(*state, "<a {{if n}}id=\"a\"{{end}}class=\"b\"></a>", "put a space before");
    assert_refused(*state, "<a id=\"a\"class=\"b\"></a>", "put a space before");
    assert_refused(*state, "<a id=\"a\" ID=\"b\"></a>", "stands twice");
}

static void test_blocks__are_closed_and_in_order(void **state)
{
    assert_refused(*state, "{{if n}}", "this block is never closed by {{end}}");
    assert_refused(*state, "{{end}}{{end}}", "one {{end}} too many");
    assert_refused(*state, "{{else}}", "belong to an {{if}}");
    assert_refused(*state, "{{if n}}{{else}}{{else}}{{end}}", "belong to an {{if}}");
    assert_refused(*state, "{{if n}}{{else}}{{elif n}}{{end}}", "belong to an {{if}}");
    assert_refused(*state, "{{if n}}{{else n}}{{end}}", "{{else}} stands alone");
    assert_refused(*state, "{{template u()}}{{end}}", "at the top of a file");
    assert_refused(*state, "{{s", "never closed");
    assert_has(compile_file(*state, "{{s}}").says, "outside of any");
    assert_has(compile_file(*state, "<b></b>").says, "outside of any");
}

static void test_expressions__only_compute(void **state)
{
    static const char *const bad[] = { "n = 1", "n += 1",  "n++",    "--n", "f(n; 2)",         "n <<= 1", "(n", "n)", "n[1",
                                       "(n]",   "a /* */", "a // b", "\"a", "(struct str){0}", "a \\ b",  "#n", NULL };
    for (const char *const *p = bad; *p; p++) {
        if ((*p)[0] == '#')
            continue; /* {{#n}} is a comment */
        struct str body = str_fmt(*state, "{{num %s}}", *p);
        assert_true(compile_body(*state, str_cstr(*state, body)).code.n == 0);
    }
    assert_refused(*state, "{{}}", "an expression is missing");
    assert_refused(*state, "{{if}}{{end}}", "an expression is missing");
    assert_refused(*state, "{{n = 1}}", "changes nothing");
}

static void test_text__must_be_translatable(void **state)
{
    assert_refused(*state, "<p>Nộp hồ sơ</p>", "\"Nộp\" is text that people read");
    assert_refused(*state, "<p>ok</p>", "\"ok\" is text");
    assert_refused(*state, "<p>à</p>", "is text that people read");
    assert_refused(*state, "<p>a\xCC\x80</p>", "is text that people read");
    assert_refused(*state, "<img alt=\"Bản đồ\" src=\"/x\">", "read or hear");
    assert_refused(*state, "<a title=\"Xem {{s}}\"></a>", "read or hear");
    assert_refused(*state, "<p data-label=\"Phòng\"></p>", "read or hear");
    assert_refused(*state, "{{STR(\"Phòng\")}}", "marked MSGS");
    assert_refused(*state, "{{t(g, STR(\"Phòng\"), n)}}", "marked MSGS");
    assert_refused(*state, "<img src=\"/x\">", "says what it shows");
    assert_refused(*state, "<input type=\"submit\" value=\"Gửi\">", "read or hear");
    assert_refused(*state, "<input value=\"Gửi\" type=\"submit\">", "read or hear");
    assert_refused(*state, "<title>Trang</title>", "is text that people read");
    assert_refused(*state, "<div translate=\"no\"><b translate=\"yes\">Gửi</b></div>", "is text that people read");
}

static void test_messages__and_their_values_agree(void **state)
{
    assert_refused(*state, "{{_ Còn {n} khách}}", "{n} has no value");
    assert_refused(*state, "{{_ Còn khách | n=int n}}", "the text does not use");
    assert_refused(*state, "{{_ Còn {n} khách | n=int n, n=int n}}", "given twice");
    assert_refused(*state, "{{_ Còn {n khách}}", "never closed");
    assert_refused(*state, "{{_ Còn {} khách}}", "must be a placeholder");
    assert_refused(*state, "{{_ }}", "text is missing");
}

static void test_templates__are_called_as_they_are_declared(void **state)
{
    assert_refused(*state, "{{use nothing()}}{{end}}", "no template of this name");
    assert_refused(*state, "{{t(g)}}", "takes 3 arguments, here are 1");
    assert_refused(*state, "{{use t(g, s, n)}}{{end}}", "has no {{slot}}");
    assert_refused(*state, "<a title=\"{{t(g, s, n)}}\"></a>", "only between elements");
    assert_refused(*state, "<title>{{t(g, s, n)}}</title>", "only between elements");
    assert_refused(*state, "{{if n}}{{slot}}{{end}}", "cannot stand inside {{if}}");
    assert_refused(*state, "{{slot}}{{slot}}", "one {{slot}}");
    assert_refused(*state, "<a {{slot}}></a>", "only between elements");
    assert_has(compile_file(*state, "{{template p()}}{{slot}}{{end}}{{template q()}}{{p()}}{{end}}").says, "has a {{slot}}");
    assert_has(compile_file(*state, "{{template p()}}{{end}}\n{{template p()}}{{end}}").says,
               "t.html:2:1: the template p exists already: t.html:1");
    assert_has(compile_file(*state, "{{template p(int)}}{{end}}").says, "a type and a name");
    assert_has(compile_file(*state, "{{template p(int h)}}{{end}}").says, "something else");
    assert_has(compile_file(*state, "{{template p}}{{end}}").says, "{{template name(parameters)}}");
    assert_has(compile_file(*state, "{{include <stdio.h>}}").says, "in quotes");
}

static void test_forms__do_not_nest_and_say_their_method(void **state)
{
    assert_refused(*state, "{{form \"POST\" \"/a\"}}<form></form>{{end}}", "cannot stand inside another <form>");
    assert_refused(*state, "<form>{{form \"POST\" \"/a\"}}{{end}}</form>", "cannot stand inside another <form>");
    assert_refused(*state, "{{form \"PUT\" \"/a\"}}{{end}}", "write {{form");
    assert_refused(*state, "{{form \"POST\"}}{{end}}", "write {{form");
    assert_refused(*state, "{{form \"GET\" \"/a\" s}}{{end}}", "write {{form");
    assert_refused(*state, "{{form \"POST\" \"/a\" s onsubmit=\"x\"}}{{end}}", "security policy");
    assert_refused(*state, "<form {{if n}}method=\"post\"{{end}}></form>", "cannot stand inside {{if}}");
}

static void test_attr_if__knows_the_attributes_that_are_there_or_not(void **state)
{
    assert_refused(*state, "<input {{attr-if n \"onclick\"}}>", "simply there or not");
    assert_refused(*state, "<input {{attr-if n \"class\"}}>", "simply there or not");
    assert_refused(*state, "<input {{attr-if n}}>", "write {{attr-if");
    assert_refused(*state, "<input {{attr-if \"checked\"}}>", "expression is missing");
    assert_refused(*state, "{{attr-if n \"checked\"}}", "in a start tag");
    assert_refused(*state, "<input id=\"a\"{{attr-if n \"checked\"}}>", "behind a space");
}

static void test_messages_name_file_line_and_column_in_characters(void **state)
{
    struct compiled c = compile_file(*state, "{{template t(int n)}}\n<b>{{_ Một}}</b><i></b>\n{{end}}");
    assert_text(c.says, "t.html:2:20: </b> stands where </i> is due: <i> was opened in line 2.\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_script_and_style__hold_no_values),
        in_arena(test_event_handlers__are_refused_with_and_without_values),
        in_arena(test_attributes_with_a_language_of_their_own__hold_no_values),
        in_arena(test_values__need_quotes_around_them),
        in_arena(test_values__cannot_be_names_or_comments),
        in_arena(test_urls__no_value_reaches_scheme_or_host),
        in_arena(test_urls__path_components_stay_components),
        in_arena(test_elements__are_closed_where_they_are_opened),
        in_arena(test_blocks__end_in_the_same_place),
        in_arena(test_blocks__are_closed_and_in_order),
        in_arena(test_expressions__only_compute),
        in_arena(test_text__must_be_translatable),
        in_arena(test_messages__and_their_values_agree),
        in_arena(test_templates__are_called_as_they_are_declared),
        in_arena(test_forms__do_not_nest_and_say_their_method),
        in_arena(test_attr_if__knows_the_attributes_that_are_there_or_not),
        in_arena(test_messages_name_file_line_and_column_in_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
