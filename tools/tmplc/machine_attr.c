/* Attributes, and what they make of their tag when it ends. */
#include "tools/tmplc/machine.h"

enum { VALUE_MAX = 64 << 10 };

static void check_attr_name(struct machine *m, struct str name, size_t off)
{
    if (!m->tag.spaced) {
        refuse(m->c, off, "put a space before the attribute %.*s.", STR_ARG(name));
        return;
    }
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (!is_name(c) && c != '-' && c != ':' && c != '.') {
            refuse(m->c, off, "this is no attribute name.");
            return;
        }
    }
    for (size_t i = 0; i < m->tag.seen.n && m->branch == 0; i++) {
        if (str_eq_nocase(m->tag.seen.v[i], name)) {
            refuse(m->c, off, "the attribute %.*s stands twice in this tag.", STR_ARG(name));
            return;
        }
    }
    if (m->branch == 0)
        *vec_push(m->c->a, &m->tag.seen) = name;
}

/* These decide how the rest of the tag or the element is read, so they cannot depend on a condition. */
static bool decides(const struct machine *m, struct str name)
{
    return str_eq_nocase(name, STR("method")) || str_eq_nocase(name, STR("translate")) ||
           str_eq_nocase(name, STR("http-equiv")) ||
           (str_eq_nocase(name, STR("type")) && (element_bits(m->tag.name) & EL_RAW));
}

static void attr_begin(struct machine *m, struct str name, size_t off)
{
    check_attr_name(m, name, off);
    m->attr = (struct attr) { .name = name, .off = off, .kind = attr_kind(m->tag.name, name), .serial = ++m->serial };
    buf_init(&m->attr.value, m->c->a, VALUE_MAX);
    if (m->c->failed)
        return;
    if (m->attr.kind == ATTR_NEVER)
        refuse(m->c, off, "%.*s: the pages' security policy blocks script in attributes; listen for the event in ui/js.",
               STR_ARG(name));
    else if (m->branch && decides(m, name))
        refuse(m->c, off, "%.*s cannot stand inside {{if}}: it decides how the element is read.", STR_ARG(name));
}

static void check_literal_url(struct machine *m, struct str value)
{
    static const char *const bad[] = { "javascript:", "vbscript:", "data:text", NULL };
    struct str v = str_trim(value);
    for (const char *const *p = bad; *p; p++)
        if (str_eq_nocase(str_head(v, str_of(*p).n), str_of(*p)))
            refuse(m->c, m->attr.off, "a URL that begins with %s is script or markup.", *p);
}

static void check_visible(struct machine *m, struct str value, size_t off)
{
    struct str word;
    if (!m->tag.no_translate && untranslated_word(value, &word) >= 0)
        refuse(m->c, off, "\"%.*s\" is text that people read or hear: write \"{{_ …}}\".", STR_ARG(word));
}

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return true;
}

static void literal_value(struct machine *m, struct str v)
{
    struct str name = m->attr.name;
    if (str_eq_nocase(name, STR("translate")))
        m->tag.no_translate = str_eq_nocase(v, STR("no"));
    if (str_eq_nocase(name, STR("http-equiv")))
        m->tag.http_equiv = true;
    if (str_eq_nocase(name, STR("method")) && str_eq_nocase(m->tag.name, STR("form")))
        m->tag.posts = str_eq_nocase(v, STR("post"));
    if (str_eq_nocase(name, STR("type"))) {
        m->tag.json = str_eq_nocase(m->tag.name, STR("script")) &&
                      (str_eq_nocase(v, STR("application/json")) || str_eq_nocase(v, STR("application/ld+json")));
        m->tag.labelled_by_value =
            str_eq_nocase(m->tag.name, STR("input")) &&
            (str_eq_nocase(v, STR("submit")) || str_eq_nocase(v, STR("button")) || str_eq_nocase(v, STR("reset")));
    }
    if (m->attr.kind == ATTR_URL || m->attr.kind == ATTR_LINK)
        check_literal_url(m, v);
}

static void attr_end(struct machine *m)
{
    struct str v = m->attr.value.n ? buf_str(&m->attr.value) : STR("");
    if (attr_is_visible(m->attr.name))
        check_visible(m, v, m->attr.off);
    else if (str_eq_nocase(str_head(m->attr.name, 5), STR("data-")) && !is_ascii(v))
        check_visible(m, v, m->attr.off); /* styles and scripts show such values */
    m->tag.has_alt = m->tag.has_alt || str_eq_nocase(m->attr.name, STR("alt"));
    if (str_eq_nocase(m->attr.name, STR("value"))) {
        m->tag.value = v;
        m->tag.value_off = m->attr.off;
    }
    if (!m->attr.has_hole)
        literal_value(m, v);
    m->where = IN_TAG;
    m->tag.spaced = false;
}

static void put_csrf(struct machine *m, struct nodes *out)
{
    literal_put(m, out, STR("<input type=\"hidden\" name=\"_csrf\" value=\""));
    *vec_push(m->c->a, out) = (struct node) { .kind = NODE_CSRF, .off = m->tag.off };
    literal_put(m, out, STR("\">"));
}

static void check_tag(struct machine *m)
{
    if (str_eq_nocase(m->tag.name, STR("img")) && !m->tag.has_alt)
        refuse(m->c, m->tag.off, "an <img> says what it shows: alt=\"{{_ …}}\", or alt=\"\" when it only decorates.");
    if (m->tag.http_equiv && m->tag.content_hole)
        refuse(m->c, m->tag.off, "no value in the content of <meta http-equiv>: it can send the reader elsewhere.");
    else if (m->tag.labelled_by_value)
        check_visible(m, m->tag.value, m->tag.value_off);
}

static void tag_end(struct machine *m, struct span *s, bool closes_itself)
{
    unsigned bits = element_bits(m->tag.name);
    bool in_svg = machine_in(m, "svg") || str_eq_nocase(m->tag.name, STR("svg"));
    check_tag(m);
    if (m->c->failed)
        return;
    m->where = IN_TEXT;
    m->left = BESIDE_TAG;
    if (closes_itself && in_svg) {
        literal_put(m, s->out, STR("/>"));
        return;
    }
    literal_put(m, s->out, STR(">"));
    if (bits & EL_VOID)
        return;
    if (closes_itself) {
        refuse(m->c, m->tag.off, "<%.*s/> does not close itself in HTML: write </%.*s>.", STR_ARG(m->tag.name),
               STR_ARG(m->tag.name));
        return;
    }
    machine_push(m, m->tag.name, m->tag.off);
    m->open.v[m->open.n - 1].no_translate = m->tag.no_translate;
    m->left = BESIDE_OPEN;
    if (m->tag.posts)
        put_csrf(m, s->out);
    if (bits & EL_RAW)
        m->where = IN_RAW;
    if ((bits & EL_PLAIN) && !machine_in(m, "svg"))
        m->where = IN_PLAIN;
    if (str_eq_nocase(m->tag.name, STR("textarea")))
        literal_put(m, s->out, STR("\n")); /* browsers drop the first line break: without this one, a typed one is lost */
}

static size_t skip_spaces(struct str s, size_t i)
{
    while (i < s.n && is_space(s.p[i]))
        i++;
    return i;
}

/* name=value without quotes: sent with quotes. */
static void bare_value(struct machine *m, struct span *s, size_t from)
{
    size_t i = from;
    while (i < s->s.n && !is_space(s->s.p[i]) && s->s.p[i] != '>')
        i++;
    struct str v = { s->s.p + from, i - from };
    bool odd = i == s->s.n || v.n == 0;
    for (size_t k = 0; k < v.n; k++)
        odd = odd || v.p[k] == '"' || v.p[k] == '\'' || v.p[k] == '<' || v.p[k] == '=' || v.p[k] == '`';
    if (odd) {
        refuse(m->c, s->off + from, "put this attribute's value in quotes.");
        return;
    }
    literal_put(m, s->out, STR("=\""));
    put_escaped_ampersands(m, s->out, v);
    literal_put(m, s->out, STR("\""));
    buf_put(&m->attr.value, v);
    s->i = i;
    attr_end(m);
}

static void one_attr(struct machine *m, struct span *s)
{
    size_t from = s->i, i = from;
    while (i < s->s.n && !is_space(s->s.p[i]) && s->s.p[i] != '=' && s->s.p[i] != '>' && s->s.p[i] != '/')
        i++;
    struct str name = { s->s.p + from, i - from };
    attr_begin(m, name, s->off + from);
    bool block_ends = s->next == TOKEN_END || s->next == TOKEN_ELSE || s->next == TOKEN_ELIF;
    if (i == s->s.n && !block_ends && !m->c->failed)
        refuse(m->c, s->off + from,
               "no {{…}} in or directly behind an attribute's name: put a space, and quotes around a value.");
    if (m->c->failed)
        return;
    literal_put(m, s->out, str_fmt(m->c->a, " %.*s", STR_ARG(name)));
    size_t eq = skip_spaces(s->s, i);
    if (eq == s->s.n || s->s.p[eq] != '=') {
        s->i = i;
        attr_end(m);
        return;
    }
    size_t v = skip_spaces(s->s, eq + 1);
    char quote = v < s->s.n ? s->s.p[v] : ' ';
    if (quote != '"' && quote != '\'') {
        bare_value(m, s, v);
        return;
    }
    m->attr.quote = quote;
    literal_put(m, s->out, str_fmt(m->c->a, "=%c", quote));
    s->i = v + 1;
    m->where = IN_VALUE;
}

void scan_tag(struct machine *m, struct span *s)
{
    size_t i = skip_spaces(s->s, s->i);
    m->tag.spaced = m->tag.spaced || i > s->i;
    s->i = i;
    if (i == s->s.n)
        return;
    if (s->s.p[i] == '>') {
        s->i++;
        tag_end(m, s, false);
        return;
    }
    if (s->s.p[i] == '/') {
        if (i + 1 < s->s.n && s->s.p[i + 1] == '>') {
            s->i += 2;
            tag_end(m, s, true);
        } else {
            refuse(m->c, s->off + i, "a / in a tag stands only before its >.");
        }
        return;
    }
    one_attr(m, s);
}

void scan_value(struct machine *m, struct span *s)
{
    struct str rest = str_from(s->s, s->i);
    ptrdiff_t end = str_find_char(rest, m->attr.quote);
    struct str part = end < 0 ? rest : str_head(rest, (size_t)end);
    if (m->attr.kind == ATTR_URL || m->attr.kind == ATTR_LINK)
        url_literal(m->c, s->off + s->i, &m->attr.url, part);
    buf_put(&m->attr.value, part);
    put_escaped_ampersands(m, s->out, part);
    s->i += part.n;
    if (end < 0 || m->c->failed)
        return;
    literal_put(m, s->out, (struct str) { &m->attr.quote, 1 });
    s->i++;
    attr_end(m);
}
