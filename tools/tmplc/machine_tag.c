/* Tags: how they begin, end and nest. Attributes are in machine_attr.c. */
#include "tools/tmplc/machine.h"

static bool is_tag_name(char c)
{
    return is_name(c) || c == '-' || c == ':';
}

static size_t name_end(struct str s, size_t i)
{
    while (i < s.n && is_tag_name(s.p[i]))
        i++;
    return i;
}

/* <!-- … --> is not sent; <!doctype html> is. */
static void declaration(struct machine *m, struct span *s)
{
    struct str rest = str_from(s->s, s->i);
    size_t off = s->off + s->i;
    if (str_starts(rest, STR("<!--"))) {
        ptrdiff_t end = str_find(rest, STR("-->"));
        if (end < 0)
            refuse(m->c, off, "this comment does not end before the next {{…}}; use {{# … }} for notes.");
        s->i += end < 0 ? rest.n : (size_t)end + 3;
        return;
    }
    ptrdiff_t end = str_find_char(rest, '>');
    if (end < 0 || !str_eq_nocase(str_head(rest, 9), STR("<!doctype"))) {
        refuse(m->c, off, "only <!doctype html> and <!-- comments --> begin with <!.");
        return;
    }
    literal_put(m, s->out, str_head(rest, (size_t)end + 1));
    s->i += (size_t)end + 1;
    m->left = BESIDE_TAG;
}

static int line_of(const struct machine *m, size_t off)
{
    int line, column;
    source_place(m->c->src, off, &line, &column);
    return line;
}

static void close_element(struct machine *m, struct str name, size_t off)
{
    if (m->open.n == 0) {
        refuse(m->c, off, "</%.*s> closes nothing: no element is open here.", STR_ARG(name));
        return;
    }
    struct element *e = &m->open.v[m->open.n - 1];
    if (m->open.n <= m->floor) {
        refuse(m->c, off, "</%.*s> closes an element that was opened outside this block (line %d).", STR_ARG(name),
               line_of(m, e->off));
        return;
    }
    if (!str_eq(e->name, name)) {
        refuse(m->c, off, "</%.*s> stands where </%.*s> is due: <%.*s> was opened in line %d.", STR_ARG(name),
               STR_ARG(e->name), STR_ARG(e->name), line_of(m, e->off));
        return;
    }
    m->open.n--;
}

static void end_tag(struct machine *m, struct span *s)
{
    size_t off = s->off + s->i;
    size_t from = s->i + 2;
    size_t to = name_end(s->s, from);
    size_t i = to;
    while (i < s->s.n && is_space(s->s.p[i]))
        i++;
    if (to == from || i >= s->s.n || s->s.p[i] != '>') {
        refuse(m->c, off, "an end tag is </name>, in one piece.");
        return;
    }
    struct str name = { s->s.p + from, to - from };
    close_element(m, name, off);
    if (m->c->failed)
        return;
    literal_put(m, s->out, str_fmt(m->c->a, "</%.*s>", STR_ARG(name)));
    s->i = i + 1;
    m->where = IN_TEXT;
    m->left = BESIDE_CLOSE;
}

/* Browsers close an open <p> before a block element; the </p> that the writer sees would then close nothing. */
static void check_paragraph(struct machine *m, unsigned bits)
{
    for (size_t i = m->open.n; (bits & EL_ENDS_P) && i-- > 0;) {
        struct element *e = &m->open.v[i];
        if (e->bits & EL_P_SCOPE)
            return;
        if (!str_eq_nocase(e->name, STR("p")))
            continue;
        refuse(m->c, m->tag.off, "<%.*s> cannot stand inside <p> (line %d): browsers end the paragraph before it.",
               STR_ARG(m->tag.name), line_of(m, e->off));
        return;
    }
}

static void check_element(struct machine *m)
{
    unsigned bits = element_bits(m->tag.name);
    if (bits & EL_REFUSED)
        refuse(m->c, m->tag.off, "<%.*s> is not used here.", STR_ARG(m->tag.name));
    else if ((bits & (EL_RAW)) && machine_in(m, "svg"))
        refuse(m->c, m->tag.off, "<%.*s> cannot stand inside <svg>.", STR_ARG(m->tag.name));
    else if (bits & EL_NOT_NESTED && machine_in(m, str_cstr(m->c->a, m->tag.name)))
        refuse(m->c, m->tag.off, "<%.*s> cannot stand inside another <%.*s>.", STR_ARG(m->tag.name), STR_ARG(m->tag.name));
    else
        check_paragraph(m, bits);
}

static void start_tag(struct machine *m, struct span *s)
{
    size_t to = name_end(s->s, s->i + 1);
    size_t off = s->off + s->i;
    if (to == s->s.n) {
        refuse(m->c, off, "no {{…}} directly behind a tag's name: put a space, and quotes around a value.");
        return;
    }
    m->tag = (struct tag) {
        .name = { s->s.p + s->i + 1, to - s->i - 1 },
        .off = off,
        .serial = ++m->serial,
        .no_translate = m->open.n && m->open.v[m->open.n - 1].no_translate,
    };
    m->branch = 0;
    check_element(m);
    literal_put(m, s->out, (struct str) { s->s.p + s->i, to - s->i });
    s->i = to;
    m->where = IN_TAG;
}

void scan_markup(struct machine *m, struct span *s)
{
    char c = s->i + 1 < s->s.n ? s->s.p[s->i + 1] : ' ';
    if (c == '!')
        declaration(m, s);
    else if (c == '/')
        end_tag(m, s);
    else if (is_name_start(c))
        start_tag(m, s);
    else
        refuse(m->c, s->off + s->i, "write &lt; for the sign <.");
}
