/* Damaged templates are refused or compiled, never crash: run it in the sanitizer build. Takes about a second, five there. */
#include "base/rng.h"
#include "tools/tmplc/test/compile.h"

#include <stdlib.h>

static const char *const seeds[] = {
    "{{include \"a.h\"}}{{template t(const struct g *g, bool b)}}<li class=\"a\" id=\"g{{num g->id}}\">{{g->name}} {{day "
    "g->d}}"
    "{{if g->late}}<b>{{_ Muộn}}</b>{{elif g->x}}1{{else}}2{{end}}<a href=\"/s/{{num g->id}}?b={{g->b}}&c=1\">{{_ "
    "Xem}}</a></li>{{end}}",
    "{{template p(struct str t)}}<div><h2>{{tr t}}</h2>{{slot}}</div>{{end}}{{template q()}}{{use p(MSGS(\"Khách\"))}}"
    "{{for const struct c *c in g->c}}{{c->n}}{{else}}-{{end}}{{end}}{{end}}",
    "{{template f(struct str k)}}{{form \"POST\" \"/stays\" k class=\"x\"}}<input {{attr-if a \"checked\"}} type=text>"
    "<textarea name=\"a\">{{k}}</textarea>{{end}}<svg><path d=\"M0\"/></svg><script type=\"application/json\">{{json "
    "k}}</script>{{end}}",
    "{{template m()}}{{# note }}<!doctype html><html><title>{{_ Còn {n} khách | n=int f(\"a,)\")}}</title><pre> 1\n</pre>"
    "{{for i in 0..n}}<br>{{let int x = i}}{{end}}<style>a{b:c}</style></html>{{end}}",
};

/* Pieces that bring a scanner to its edges. */
static const char *const pieces[] = {
    "{{",           "}}",   "{{end}}", "<", "</",      "/>",       "\"",       "'",        "=",
    "<!--",         "{{_ ", "|",       "(", ")",       "{{slot}}", "{{if n}}", "<script>", "\xC3",
    "\xEF\xBF\xBF", "&",    "{",       "}", "{{form ", "..",       "=\"{{",    " in ",     "\\"
};

static struct str mutated(struct arena *a, struct rng *r, struct str s)
{
    struct buf b;
    buf_init(&b, a, 1 << 16);
    size_t from = rng_below(r, (uint32_t)s.n), to = from + rng_below(r, 24);
    buf_put(&b, str_head(s, from));
    switch (rng_below(r, 4)) {
    case 0:
        buf_put(&b, str_of(pieces[rng_below(r, sizeof(pieces) / sizeof(pieces[0]))]));
        to = from;
        break;
    case 1:
        buf_put_char(&b, (char)rng_below(r, 256));
        to = from + 1;
        break;
    case 2: /* a piece of it once more */
        buf_put(&b, str_head(str_from(s, rng_below(r, (uint32_t)s.n)), rng_below(r, 40)));
        break;
    default:
        break; /* a hole in it */
    }
    buf_put(&b, str_from(s, to));
    return text_of_buf(&b);
}

static void test_damaged_templates__are_refused_or_compiled(void **state)
{
    struct rng r;
    rng_seed(&r, 511);
    int compiled = 0;
    for (int round = 0; round < 150000; round++) {
        arena_clear(*state);
        struct str s = str_of(seeds[rng_below(&r, sizeof(seeds) / sizeof(seeds[0]))]);
        uint32_t times = 1 + rng_below(&r, 4);
        for (uint32_t i = 0; i < times && s.n; i++)
            s = mutated(*state, &r, s);
        /* Exactly as long as the text: the sanitizer sees a read past its end. */
        char *exact = malloc(s.n + (s.n == 0));
        assert_non_null(exact);
        memcpy(exact, s.n ? s.p : "", s.n);
        struct compiled c = compile_files(*state, STR(""), (struct str) { exact, s.n });
        free(exact);
        assert_true(c.says.n > 0 || c.code.n > 0);
        compiled += c.code.n > 0;
    }
    assert_true(compiled > 100);
}

static void test_undamaged__all_compile(void **state)
{
    for (size_t i = 0; i < sizeof(seeds) / sizeof(seeds[0]); i++)
        assert_text(compile_file(*state, seeds[i]).says, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_undamaged__all_compile),
        in_arena(test_damaged_templates__are_refused_or_compiled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
