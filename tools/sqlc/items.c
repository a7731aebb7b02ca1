/* items.c: what a statement does and the list of its output columns, as they are written. */
#include "tools/sqlc/sqlc.h"

size_t view_close(const struct view *v, size_t open)
{
    int depth = 0;
    for (size_t i = open; i < v->n; i++) {
        depth += is_op(v->v[i], "(") - is_op(v->v[i], ")");
        if (depth == 0)
            return i;
    }
    return v->n;
}

/* The next of `word` outside parentheses, from i on. */
size_t find_outside(const struct view *v, size_t i, const char *word)
{
    int depth = 0;
    for (; i < v->n; i++) {
        depth += is_op(v->v[i], "(") - is_op(v->v[i], ")");
        if (depth == 0 && is_word(v->v[i], word))
            return i;
    }
    return v->n;
}

static size_t verb_at(const struct view *v)
{
    static const char *const verbs[] = { "select", "insert", "update", "delete" };
    size_t first = v->n;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        size_t at = find_outside(v, 0, verbs[i]);
        first = at < first ? at : first;
    }
    return first == 0 || is_word(view_at(v, 0), "with") ? first : v->n;
}

struct token *view_verb(const struct view *v)
{
    return view_at(v, verb_at(v));
}

/* Where the output list begins, or v->n. */
static size_t list_at(const struct view *v, size_t arm)
{
    size_t at = verb_at(v);
    if (!is_word(view_at(v, at), "select")) {
        at = arm == 0 ? find_outside(v, at, "returning") : v->n;
        return at < v->n ? at + 1 : v->n;
    }
    for (; arm > 0 && at < v->n; arm--)
        at = find_outside(v, at + 1, "select");
    if (at >= v->n)
        return v->n;
    at++;
    if (is_word(view_at(v, at), "all"))
        return at + 1;
    if (!is_word(view_at(v, at), "distinct"))
        return at;
    at++;
    if (is_word(view_at(v, at), "on") && is_op(view_at(v, at + 1), "("))
        at = view_close(v, at + 1) + 1;
    return at;
}

/* A word that ends the list when it stands outside parentheses. */
static bool ends_list(const struct view *v, size_t i)
{
    static const char *const words[] = { "where", "having", "window", "union", "except", "intersect", "order", "limit" };
    const struct token *t = v->v[i];
    if (is_op(t, ";"))
        return true;
    if (is_word(t, "from")) /* … IS DISTINCT FROM … */
        return !is_word(v->v[i - 1], "distinct");
    if (is_word(t, "group")) /* … WITHIN GROUP (…) */
        return !is_word(v->v[i - 1], "within");
    for (size_t w = 0; w < sizeof words / sizeof *words; w++)
        if (is_word(t, words[w]))
            return true;
    return false;
}

static bool is_name(const struct token *t)
{
    static const char *const values[] = { "null",         "true",         "false",  "current_timestamp",
                                          "current_date", "current_time", "default" };
    if (t == NULL || (t->kind != T_WORD && t->kind != T_QUOTED))
        return false;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (is_word(t, values[i]))
            return false;
    return true;
}

static struct str bare(const struct token *t)
{
    return t->kind == T_QUOTED && t->s.n >= 2 ? (struct str) { t->s.p + 1, t->s.n - 2 } : t->s;
}

static struct item item_of(const struct view *v, size_t from, size_t to)
{
    struct item it = { .from = from, .to = to };
    if (to - from >= 3 && is_word(v->v[to - 2], "as")) {
        it.as = true;
        it.name = bare(v->v[to - 1]);
        it.to = to - 2;
    }
    size_t i = from;
    if (!is_name(view_at(v, i)))
        return it;
    while (i + 2 < it.to && is_op(v->v[i + 1], ".") && is_name(v->v[i + 2]))
        i += 2;
    bool alias = !it.as && i + 2 == it.to && is_name(v->v[i + 1]); /* column name, without AS */
    it.plain = i + 1 == it.to || alias;
    if (it.plain && !it.as)
        it.name = bare(v->v[alias ? i + 1 : i]);
    return it;
}

bool items_of(struct arena *a, const struct view *v, size_t arm, struct items *out)
{
    *out = (struct items) { 0 };
    size_t from = list_at(v, arm);
    if (from >= v->n)
        return false;
    int depth = 0;
    size_t i = from;
    for (; i < v->n && !(depth == 0 && ends_list(v, i)); i++) {
        const struct token *t = v->v[i];
        depth += (is_op(t, "(") || is_op(t, "[")) - (is_op(t, ")") || is_op(t, "]"));
        if (depth != 0 || !is_op(t, ","))
            continue;
        struct item *it = vec_push(a, out);
        *it = item_of(v, from, i);
        from = i + 1;
    }
    struct item *it = vec_push(a, out);
    *it = item_of(v, from, i);
    return true;
}
