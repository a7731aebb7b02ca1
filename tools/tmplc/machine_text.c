/* Text between tags: white space, letters without translation, and where markup begins. */
#include "tools/tmplc/machine.h"

static bool all_space(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_space(s.p[i]))
            return false;
    return true;
}

/* A run of white space with a line break in it is the writer's indentation. It is dropped behind an opening or before a
 * closing tag or block, and between two tags; beside text it is worth one space, as browsers see it. */
static bool run_is_dropped(bool line_break, enum beside left, enum beside right)
{
    if (!line_break)
        return false;
    return left == BESIDE_OPEN || right == BESIDE_CLOSE || (left != BESIDE_TEXT && right != BESIDE_TEXT);
}

static void put_folded(struct machine *m, struct nodes *out, struct str s, enum beside left, enum beside right)
{
    for (size_t i = 0; i < s.n;) {
        size_t from = i;
        bool line_break = false;
        for (; i < s.n && is_space(s.p[i]); i++)
            line_break = line_break || s.p[i] == '\n';
        enum beside before = from == 0 ? left : BESIDE_TEXT;
        enum beside behind = i == s.n ? right : BESIDE_TEXT;
        if (i > from && !run_is_dropped(line_break, before, behind))
            literal_put(m, out, STR(" "));
        from = i;
        while (i < s.n && !is_space(s.p[i]))
            i++;
        put_escaped_ampersands(m, out, (struct str) { s.p + from, i - from });
    }
}

static bool reference_at(struct str s, size_t i)
{
    size_t k = i + 1;
    if (k < s.n && s.p[k] == '#')
        k++;
    size_t from = k;
    while (k < s.n && is_name(s.p[k]) && s.p[k] != '_')
        k++;
    return k > from && k < s.n && s.p[k] == ';';
}

/* A bare & becomes &amp; so that "?a=1&copy=2" stays what was written. */
void put_escaped_ampersands(struct machine *m, struct nodes *out, struct str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '&' || reference_at(s, i))
            continue;
        literal_put(m, out, (struct str) { s.p + from, i + 1 - from });
        literal_put(m, out, STR("amp;"));
        from = i + 1;
    }
    literal_put(m, out, str_from(s, from));
}

static void check_translated(struct machine *m, struct span *s, struct str text)
{
    struct str word;
    ptrdiff_t at = machine_prose(m) ? untranslated_word(text, &word) : -1;
    if (at >= 0)
        refuse(m->c, s->off + s->i + (size_t)at,
               "\"%.*s\" is text that people read: write {{_ …}}, or put it in an element with translate=\"no\".",
               STR_ARG(word));
}

static void text_segment(struct machine *m, struct span *s, struct str text, enum beside right)
{
    check_translated(m, s, text);
    bool keep = m->open.n && (m->open.v[m->open.n - 1].bits & EL_KEEPS_SPACE);
    for (size_t i = 0; i < m->open.n; i++)
        keep = keep || (m->open.v[i].bits & EL_KEEPS_SPACE);
    if (keep)
        put_escaped_ampersands(m, s->out, text);
    else
        put_folded(m, s->out, text, m->left, right);
    if (!all_space(text))
        m->left = BESIDE_TEXT;
}

static struct str until_markup(const struct span *s)
{
    struct str rest = str_from(s->s, s->i);
    ptrdiff_t lt = str_find_char(rest, '<');
    return lt < 0 ? rest : str_head(rest, (size_t)lt);
}

static enum beside beside_markup(const struct span *s, size_t at)
{
    if (at >= s->s.n)
        return s->right;
    return at + 1 < s->s.n && s->s.p[at + 1] == '/' ? BESIDE_CLOSE : BESIDE_TAG;
}

void scan_text(struct machine *m, struct span *s)
{
    struct str text = until_markup(s);
    if (text.n)
        text_segment(m, s, text, beside_markup(s, s->i + text.n));
    s->i += text.n;
    if (s->i < s->s.n && !m->c->failed)
        scan_markup(m, s);
}

void scan_plain(struct machine *m, struct span *s)
{
    struct str text = until_markup(s);
    if (text.n)
        text_segment(m, s, text, beside_markup(s, s->i + text.n));
    s->i += text.n;
    if (s->i == s->s.n || m->c->failed)
        return;
    if (str_starts(str_from(s->s, s->i), STR("</")))
        scan_markup(m, s);
    else
        refuse(m->c, s->off + s->i, "<%.*s> holds characters only, no elements; write &lt; for the sign <.",
               STR_ARG(m->open.v[m->open.n - 1].name));
}

/* Script and style are sent as they are, up to their own end tag. */
void scan_raw(struct machine *m, struct span *s)
{
    struct str name = m->open.v[m->open.n - 1].name;
    size_t end = s->i;
    for (; end < s->s.n; end++) {
        struct str rest = str_from(s->s, end);
        if (str_starts(rest, STR("</")) && str_eq_nocase(str_head(str_from(rest, 2), name.n), name))
            break;
    }
    literal_put(m, s->out, (struct str) { s->s.p + s->i, end - s->i });
    s->i = end;
    if (end < s->s.n)
        scan_markup(m, s);
}
