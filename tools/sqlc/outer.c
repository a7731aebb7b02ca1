/* outer.c: which tables a LEFT, RIGHT or FULL JOIN may leave without a row. Their columns may be NULL though they are
 * declared NOT NULL. Seen by name: the statement's text, its WITH parts and the views it reads.
 */
#include "tools/sqlc/sqlc.h"

static bool is_used(const struct names *used, const struct token *t, struct str *name)
{
    if (t->kind != T_WORD && t->kind != T_QUOTED)
        return false;
    struct str s = t->kind == T_QUOTED && t->s.n >= 2 ? (struct str) { t->s.p + 1, t->s.n - 2 } : t->s;
    for (size_t i = 0; i < used->n; i++) {
        if (!str_eq_nocase(used->v[i], s))
            continue;
        *name = used->v[i];
        return true;
    }
    return false;
}

static void add_table(struct arena *a, const struct token *t, const struct names *used, struct names *out)
{
    struct str name;
    if (!is_used(used, t, &name))
        return;
    struct str *slot = vec_push(a, out);
    *slot = name;
}

static bool ends_from(const struct token *t)
{
    static const char *const words[] = { "select", "where",  "on",    "using",  "group",
                                         "order",  "having", "limit", "window", "set" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word(t, words[i]))
            return true;
    return false;
}

/* The tables that stand in the FROM parts of [from, to). A column may bear a table's name. */
static void add_range(struct arena *a, const struct view *v, size_t from, size_t to, const struct names *used,
                      struct names *out)
{
    bool in_from = false;
    for (size_t i = from; i < to && i < v->n; i++) {
        const struct token *t = v->v[i];
        const struct token *last = i > 0 ? v->v[i - 1] : NULL;
        if (is_word(t, "from") || is_word(t, "join"))
            in_from = true;
        else if (ends_from(t))
            in_from = false;
        else if (in_from && (is_word(last, "from") || is_word(last, "join") || is_op(last, ",") || is_op(last, "(")))
            add_table(a, t, used, out);
    }
}

/* The body of "name AS (…)" in a WITH, [from, to) without the parentheses; false when there is none. */
static bool with_body(const struct view *v, const struct token *name, size_t *from, size_t *to)
{
    for (size_t i = 0; i + 1 < v->n; i++) {
        if (v->v[i] == name || v->v[i]->kind != T_WORD || !str_eq_nocase(v->v[i]->s, name->s))
            continue;
        size_t at = i + 1;
        if (is_op(v->v[at], "("))
            at = view_close(v, at) + 1;
        if (!is_word(view_at(v, at), "as"))
            continue;
        while (at < v->n && !is_op(v->v[at], "("))
            at++;
        *from = at + 1;
        *to = view_close(v, at);
        return at < v->n;
    }
    return false;
}

/* The side of a join that begins at i: a table, a WITH part, or a subquery. */
static void add_side(struct arena *a, const struct view *v, size_t i, const struct names *used, struct names *out)
{
    const struct token *t = view_at(v, i);
    if (t == NULL)
        return;
    if (is_op(t, "(")) {
        add_range(a, v, i, view_close(v, i), used, out);
        return;
    }
    size_t from = 0;
    size_t to = 0;
    if (with_body(v, t, &from, &to))
        add_range(a, v, from, to, used, out);
    else
        add_table(a, t, used, out);
}

static void add_joins(struct arena *a, const struct view *v, const struct names *used, struct names *out)
{
    for (size_t i = 0; i < v->n; i++) {
        bool left = is_word(v->v[i], "left");
        bool both = is_word(v->v[i], "right") || is_word(v->v[i], "full");
        if (!left && !both)
            continue;
        size_t join = i + 1 + is_word(view_at(v, i + 1), "outer");
        if (!is_word(view_at(v, join), "join"))
            continue; /* left(text, n) and the like */
        if (both)
            add_range(a, v, 0, v->n, used, out);
        else
            add_side(a, v, join + 1, used, out);
    }
}

struct names outer_tables(struct sqlc *q, const struct statement *s, const struct names *used)
{
    struct names out = { 0 };
    add_joins(q->a, &s->view[DB_SQLITE], used, &out);
    for (size_t i = 0; i < used->n; i++) {
        struct source src = { q->job->queries.path, schema_sql_of_view(q, used->v[i]) };
        struct tokens t;
        if (src.text.p == NULL || !lex(q, &src, &t))
            continue;
        struct view v = view_of(q->a, t.v, t.n, DB_SQLITE);
        add_joins(q->a, &v, used, &out);
    }
    return out;
}
