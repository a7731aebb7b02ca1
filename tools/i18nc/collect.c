/* The texts that the sources use. */
#include "tools/i18nc/i18nc.h"
#include "tools/tmplc/lex.h"

enum { TEXT_MAX = 16 << 10 };

struct scan {
    struct catalog *c;
    const struct source *src;
    struct str s; /* a part of src->text */
    size_t i;
};

static size_t place_in_file(const struct scan *k, size_t i)
{
    return (size_t)(k->s.p - k->src->text.p) + i;
}

/* Over a comment at i; false when there is none. */
static bool skip_comment(struct scan *k)
{
    struct str rest = str_from(k->s, k->i);
    bool line = str_starts(rest, STR("//"));
    if (!line && !str_starts(rest, STR("/*")))
        return false;
    ptrdiff_t end = str_find(str_from(rest, 2), line ? STR("\n") : STR("*/"));
    k->i = end < 0 ? k->s.n : k->i + 2 + (size_t)end + (line ? 1 : 2);
    return true;
}

static void skip_blank(struct scan *k)
{
    while (k->i < k->s.n) {
        bool continued = k->s.p[k->i] == '\\' && k->i + 1 < k->s.n && k->s.p[k->i + 1] == '\n';
        if (is_space(k->s.p[k->i]))
            k->i++;
        else if (continued)
            k->i += 2;
        else if (!skip_comment(k))
            return;
    }
}

/* The definition of MSG itself: "#define MSG(" stands before. */
static bool is_definition(const struct scan *k, size_t at)
{
    return str_ends(str_trim(str_head(k->s, at)), STR("#define"));
}

/* MSG( … ) at `at`; the scan stands behind the name. */
static void read_message(struct scan *k, size_t at)
{
    skip_blank(k);
    if (k->i == k->s.n || k->s.p[k->i] != '(' || is_definition(k, at))
        return;
    k->i++;
    struct buf text;
    buf_init(&text, k->c->a, TEXT_MAX);
    size_t literals = 0;
    for (skip_blank(k); k->i < k->s.n && k->s.p[k->i] == '"'; skip_blank(k), literals++) {
        size_t from = k->i;
        if (!read_literal(k->s, &k->i, &text)) {
            report_error(k->c->report, k->src, place_in_file(k, from), "this string does not end or has an unknown escape.");
            return;
        }
    }
    if (literals == 0 || k->i == k->s.n || k->s.p[k->i] != ')') {
        report_error(k->c->report, k->src, place_in_file(k, at), "MSG and MSGS take one text, written out as a literal.");
        return;
    }
    if (text.full)
        report_error(k->c->report, k->src, place_in_file(k, at), "this text is longer than 16 KiB.");
    else if (text.n) /* MSG("") is "no text" in a table */
        catalog_use(k->c, str_dup(k->c->a, buf_str(&text)), (struct place) { k->src, place_in_file(k, at) });
}

static void read_word(struct scan *k)
{
    size_t at = k->i;
    while (k->i < k->s.n && is_name(k->s.p[k->i]))
        k->i++;
    struct str word = { k->s.p + at, k->i - at };
    if (str_eq(word, STR("MSG")) || str_eq(word, STR("MSGS")))
        read_message(k, at);
}

void collect_c(struct catalog *c, const struct source *src, struct str code)
{
    struct scan k = { c, src, code, 0 };
    while (k.i < k.s.n) {
        char b = k.s.p[k.i];
        if (is_name(b)) {
            read_word(&k);
            continue;
        }
        if ((b == '"' || b == '\'') && skip_c_quote(k.s, &k.i))
            continue;
        if (!skip_comment(&k))
            k.i++;
    }
}

void collect_html(struct catalog *c, const struct source *src)
{
    struct tokens tokens;
    if (!lex_template(c->a, src, &tokens, c->report))
        return;
    for (size_t i = 0; i < tokens.n; i++) {
        const struct token *t = &tokens.v[i];
        if (t->kind == TOKEN_MESSAGE) {
            struct message m = message_split(c->a, t->text);
            if (m.text.n)
                catalog_use(c, m.text, (struct place) { src, t->off });
            if (m.args.n)
                collect_c(c, src, m.args);
        } else if (t->kind != TOKEN_LITERAL && t->text.n) {
            collect_c(c, src, t->text);
        }
    }
}
