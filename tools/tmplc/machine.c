#include "tools/tmplc/machine.h"

void literal_put(struct machine *m, struct nodes *out, struct str s)
{
    enum { LITERAL_MAX = 4 << 20 };
    if (s.n == 0)
        return;
    struct node *last = out->n ? &out->v[out->n - 1] : NULL;
    if (!last || last->kind != NODE_LITERAL) {
        last = vec_push(m->c->a, out);
        last->kind = NODE_LITERAL;
        buf_init(&last->literal, m->c->a, LITERAL_MAX);
    }
    buf_put(&last->literal, s);
}

bool machine_in(const struct machine *m, const char *element)
{
    for (size_t i = 0; i < m->open.n; i++)
        if (str_eq_nocase(m->open.v[i].name, str_of(element)))
            return true;
    return false;
}

bool machine_prose(const struct machine *m)
{
    for (size_t i = 0; i < m->open.n; i++)
        if (m->open.v[i].bits & EL_ANY_TEXT)
            return false;
    return m->open.n == 0 || !m->open.v[m->open.n - 1].no_translate;
}

void machine_push(struct machine *m, struct str name, size_t off)
{
    bool no = m->open.n > 0 && m->open.v[m->open.n - 1].no_translate;
    *vec_push(m->c->a, &m->open) = (struct element) { name, off, element_bits(name), no };
}

static enum beside beside_of(const struct token *t)
{
    switch (t->kind) {
    case TOKEN_END:
    case TOKEN_ELSE:
    case TOKEN_ELIF:
        return BESIDE_CLOSE;
    case TOKEN_HOLE:
    case TOKEN_MESSAGE:
        return BESIDE_TEXT;
    default:
        return BESIDE_TAG;
    }
}

void machine_literal(struct machine *m, const struct token *t, const struct token *next, struct nodes *out)
{
    struct span s = { t->text, t->off, 0, beside_of(next), next->kind, out };
    while (s.i < s.s.n && !m->c->failed) {
        switch (m->where) {
        case IN_TEXT:
            scan_text(m, &s);
            break;
        case IN_TAG:
            scan_tag(m, &s);
            break;
        case IN_VALUE:
            scan_value(m, &s);
            break;
        case IN_PLAIN:
            scan_plain(m, &s);
            break;
        case IN_RAW:
            scan_raw(m, &s);
            break;
        }
    }
}

static const char *where_name(enum where w)
{
    static const char *const names[] = { "text", "a tag", "an attribute's value", "<title> or <textarea>",
                                         "<script> or <style>" };
    return names[w];
}

static bool refuse_in_raw(struct machine *m, const struct token *t)
{
    refuse(m->c, t->off,
           "no {{…}} in <script> or <style>; hand data over as <script type=\"application/json\">{{json …}}</script>.");
    return false;
}

bool machine_directive(struct machine *m, const struct token *t)
{
    if (m->where == IN_RAW && !m->tag.json)
        return refuse_in_raw(m, t);
    if (m->where == IN_VALUE) {
        m->attr.has_hole = true;
        if (m->attr.kind == ATTR_NO_HOLE) {
            refuse(m->c, t->off,
                   "no {{…}} in the attribute %.*s: its value is a language of its own or decides what the "
                   "element does.",
                   STR_ARG(m->attr.name));
            return false;
        }
    }
    bool needs_text = t->kind == TOKEN_USE || t->kind == TOKEN_SLOT || t->kind == TOKEN_FORM;
    if (needs_text && m->where != IN_TEXT) {
        refuse(m->c, t->off, "this may stand only between elements, here is %s.", where_name(m->where));
        return false;
    }
    if (t->kind == TOKEN_ATTR_IF && (m->where != IN_TAG || !m->tag.spaced)) {
        refuse(m->c, t->off, "{{attr-if}} stands in a start tag, behind a space.");
        return false;
    }
    if (t->kind == TOKEN_FOR && m->where != IN_TEXT && m->where != IN_PLAIN && m->where != IN_RAW) {
        bool query = m->where == IN_VALUE && (m->attr.kind == ATTR_PLAIN || m->attr.url.phase == URL_QUERY);
        if (!query) {
            refuse(m->c, t->off, "a loop cannot stand in a tag or in the path of a URL.");
            return false;
        }
    }
    return true;
}

static bool hole_in_value(struct machine *m, const struct token *t, const struct type *type, bool message, enum place *place)
{
    if (str_eq_nocase(m->attr.name, STR("content")))
        m->tag.content_hole = true;
    if (m->attr.kind != ATTR_URL && m->attr.kind != ATTR_LINK) {
        *place = PLACE_ATTR;
        return true;
    }
    if (message) {
        refuse(m->c, t->off, "a translated sentence cannot be part of a URL.");
        return false;
    }
    bool digits = type_is(type, "num");
    if (!url_hole(m->c, t->off, &m->attr.url, digits, place))
        return false;
    if (*place == PLACE_URL && m->attr.kind == ATTR_URL)
        *place = PLACE_SITE_URL;
    return true;
}

bool machine_hole(struct machine *m, const struct token *t, const struct type *type, bool message, enum place *place)
{
    bool json = type && type_is(type, "json");
    if (m->where == IN_RAW) {
        *place = PLACE_JSON;
        if (!json)
            refuse(m->c, t->off, "in a JSON script only {{json expr}} may stand.");
        return json;
    }
    if (json) {
        refuse(m->c, t->off, "{{json …}} stands only in <script type=\"application/json\">.");
        return false;
    }
    switch (m->where) {
    case IN_TEXT:
    case IN_PLAIN:
        *place = PLACE_TEXT;
        return true;
    case IN_VALUE:
        return hole_in_value(m, t, type, message, place);
    default:
        refuse(m->c, t->off,
               "a value cannot stand in a tag outside a quoted attribute; for checked and the like there is "
               "{{attr-if expr \"checked\"}}.");
        return false;
    }
}

struct mark machine_block(struct machine *m)
{
    struct mark at = {
        .where = m->where,
        .open = m->open.n,
        .floor = m->floor,
        .tag_serial = m->tag.serial,
        .attr_serial = m->attr.serial,
        .spaced = m->tag.spaced,
        .url = m->attr.url,
    };
    m->floor = m->open.n;
    if (m->where == IN_TAG || m->where == IN_VALUE)
        m->branch++;
    return at;
}

void machine_block_end(struct machine *m, struct mark at, size_t off)
{
    if (m->c->failed)
        return;
    if (m->open.n > at.open) {
        struct element *e = &m->open.v[m->open.n - 1];
        refuse(m->c, e->off, "<%.*s> is opened in this block but not closed in it.", STR_ARG(e->name));
        return;
    }
    bool same = m->where == at.where;
    if (same && at.where == IN_TAG)
        same = m->tag.serial == at.tag_serial;
    if (same && at.where == IN_VALUE)
        same = m->attr.serial == at.attr_serial;
    if (!same)
        refuse(m->c, off, "this block begins in %s and must end in the same place, but it ends in %s.", where_name(at.where),
               m->where == at.where ? "another one" : where_name(m->where));
}

void machine_again(struct machine *m, struct mark at)
{
    m->floor = at.open;
    if (at.where == IN_TAG)
        m->tag.spaced = at.spaced;
    if (at.where == IN_VALUE)
        m->attr.url = at.url;
}

void machine_join(struct machine *m, bool spaced, struct url url)
{
    if (m->where != IN_TAG && m->where != IN_VALUE)
        return;
    m->branch--;
    if (m->where == IN_TAG)
        m->tag.spaced = spaced;
    else
        m->attr.url = url;
}
