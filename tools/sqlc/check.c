/* check.c: what can be refused by looking at the text alone. */
#include "tools/sqlc/sqlc.h"

static bool stop(struct sqlc *q, const struct statement *s, const struct token *t, const char *what)
{
    complain(q, q->job->queries.path, t ? t->line : s->line, "%.*s: %s", STR_ARG(s->name), what);
    return false;
}

/* SELECT *, t.*, RETURNING *: the next migration would change the C struct behind the writer's back. count(*) is fine. */
static const struct token *find_star(const struct view *v)
{
    static const char *const before[] = { "select", "distinct", "all", "returning" };
    for (size_t i = 1; i < v->n; i++) {
        const struct token *last = v->v[i - 1];
        if (!is_op(v->v[i], "*"))
            continue;
        if (is_op(last, ".") || is_op(last, ","))
            return v->v[i];
        for (size_t w = 0; w < sizeof before / sizeof *before; w++)
            if (is_word(last, before[w]))
                return v->v[i];
    }
    return NULL;
}

static bool has_outside(const struct view *v, const char *word)
{
    int depth = 0;
    for (size_t i = 0; i < v->n; i++) {
        depth += is_op(v->v[i], "(") - is_op(v->v[i], ")");
        if (depth == 0 && is_word(v->v[i], word))
            return true;
    }
    return false;
}

/* ---- words that SQLite knows and PostgreSQL does not ---- */

enum follows { BY_ANYTHING, BY_CALL, BY_VALUE, BY_BY };

struct hint {
    const char *word;
    enum follows follows; /* counts only when this follows the word */
    const char *say;
};

static const struct hint hints[] = {
    { "ifnull", BY_CALL, "say coalesce()" },
    { "iif", BY_CALL, "say CASE WHEN … THEN … ELSE … END" },
    { "group_concat", BY_CALL, "PostgreSQL has string_agg(); give each engine its text" },
    { "strftime", BY_CALL, "compute the date in C and pass it as a parameter" },
    { "datetime", BY_CALL, "compute the date in C and pass it as a parameter" },
    { "julianday", BY_CALL, "compute the date in C and pass it as a parameter" },
    { "unixepoch", BY_CALL, "compute the instant in C and pass it as a parameter" },
    { "instr", BY_CALL, "PostgreSQL has strpos(); give each engine its text" },
    { "typeof", BY_CALL, "it is SQLite's own" },
    { "total", BY_CALL, "say coalesce(sum(…), 0)" },
    { "last_insert_rowid", BY_CALL, "say RETURNING id and :id" },
    { "changes", BY_CALL, ":exec gives the number of changed rows" },
    { "json_extract", BY_CALL, "PostgreSQL has ->>; give each engine its text" },
    { "random", BY_CALL, "the engines differ; pass a random number as a parameter" },
    { "hex", BY_CALL, "PostgreSQL has encode(); give each engine its text" },
    { "glob", BY_VALUE, "say LIKE, or give each engine its text" },
    { "match", BY_VALUE, "full-text search differs; give each engine its text" },
    { "rowid", BY_ANYTHING, "name the key column" },
    { "indexed", BY_BY, "put INDEXED BY between -- @sqlite and -- @both" },
};

static bool follows_as(const struct token *t, enum follows f)
{
    switch (f) {
    case BY_CALL:
        return is_op(t, "(");
    case BY_VALUE:
        return t != NULL && (t->kind == T_PARAM || t->kind == T_STRING);
    case BY_BY:
        return is_word(t, "by");
    case BY_ANYTHING:
        break;
    }
    return true;
}

/* A table or column may bear the same word: t.total, INSERT INTO changes (…), WITH total (n) AS …. */
static bool names_a_thing(const struct token *last)
{
    return is_op(last, ".") || is_word(last, "into") || is_word(last, "with") || is_word(last, "recursive");
}

/* max(a, b) with two values is SQLite's own. */
static bool is_scalar_extreme(const struct view *v, size_t i)
{
    if ((!is_word(v->v[i], "max") && !is_word(v->v[i], "min")) || !is_op(view_at(v, i + 1), "("))
        return false;
    size_t close = view_close(v, i + 1);
    int depth = 0;
    for (size_t j = i + 1; j < close; j++) {
        depth += is_op(v->v[j], "(") - is_op(v->v[j], ")");
        if (depth == 1 && is_op(v->v[j], ","))
            return true;
    }
    return false;
}

/* x IS y as a comparison of two values. */
static bool is_value_is(const struct view *v, size_t i)
{
    static const char *const after[] = { "null", "distinct", "true", "false", "unknown", "document", "json" };
    if (!is_word(v->v[i], "is"))
        return false;
    const struct token *t = view_at(v, i + 1 + is_word(view_at(v, i + 1), "not"));
    for (size_t w = 0; w < sizeof after / sizeof *after; w++)
        if (is_word(t, after[w]))
            return false;
    return true;
}

static const char *sqlite_only(const struct view *v, size_t i)
{
    const struct token *t = v->v[i];
    const struct token *following = view_at(v, i + 1);
    if (is_op(t, "=="))
        return "== is SQLite's own: say =";
    if (is_word(t, "insert") && is_word(following, "or"))
        return "INSERT OR … is SQLite's own: say ON CONFLICT … DO …";
    if (is_scalar_extreme(v, i))
        return "max and min of two values are SQLite's own: say CASE WHEN … THEN … ELSE … END";
    if (is_value_is(v, i))
        return "IS between two values is SQLite's own: say IS NOT DISTINCT FROM";
    if (i > 0 && names_a_thing(v->v[i - 1]))
        return NULL;
    for (size_t h = 0; h < sizeof hints / sizeof *hints; h++)
        if (is_word(t, hints[h].word) && follows_as(following, hints[h].follows))
            return hints[h].say;
    return NULL;
}

static bool check_portable(struct sqlc *q, const struct statement *s, const struct view *v)
{
    for (size_t i = 0; i < v->n; i++) {
        const char *say = v->v[i]->engines == FOR_BOTH ? sqlite_only(v, i) : NULL;
        if (say == NULL)
            continue;
        complain(q, q->job->queries.path, v->v[i]->line, "%.*s: \"%.*s\" is not for both engines: %s", STR_ARG(s->name),
                 STR_ARG(v->v[i]->s), say);
        return false;
    }
    return true;
}

/* ---- kind against text ---- */

static bool check_kind(struct sqlc *q, const struct statement *s, const struct view *v)
{
    const struct token *verb = view_verb(v);
    if (verb == NULL && s->kind == KIND_EXEC && v->n > 0 && v->v[0]->engines != FOR_BOTH)
        return true; /* LOCK TABLE and the like, in one engine's own text */
    if (verb == NULL)
        return stop(q, s, view_at(v, 0), "a query is SELECT, INSERT, UPDATE or DELETE, perhaps after WITH");
    bool gives = is_word(verb, "select") || has_outside(v, "returning");
    if (s->kind == KIND_EXEC && gives)
        return stop(q, s, verb, "it gives rows: say :one, :many or :each instead of :exec");
    if (s->kind == KIND_ID && (!is_word(verb, "insert") || !gives))
        return stop(q, s, verb, ":id is an INSERT … RETURNING id");
    if (!gives && s->kind != KIND_EXEC)
        return stop(q, s, verb, "it gives no rows: say :exec");
    if (s->kind == KIND_MANY && !s->all && !has_outside(v, "limit") && !has_outside(v, "fetch"))
        return stop(q, s, verb, ":many without LIMIT: bound it, or say why all rows are few with \"-- all: why\"");
    return true;
}

static bool check_text(struct sqlc *q, const struct statement *s, const struct view *v)
{
    const struct token *star = find_star(v);
    if (star != NULL)
        return stop(q, s, star, "name the columns: * changes with every migration");
    return check_kind(q, s, v);
}

static bool view_writes(const struct view *v)
{
    static const char *const verbs[] = { "insert", "update", "delete", "merge" };
    for (size_t i = 0; i < v->n; i++)
        for (size_t w = 0; w < sizeof verbs / sizeof *verbs; w++)
            if (is_word(v->v[i], verbs[w]) && (i == 0 || is_op(v->v[i - 1], "(") || is_op(v->v[i - 1], ")")))
                return true;
    return view_verb(v) == NULL;
}

bool statement_check(struct sqlc *q, struct statement *s)
{
    for (enum db_engine e = 0; e < DB_ENGINES_; e++)
        if (!check_text(q, s, &s->view[e]))
            return false;
    s->writes = view_writes(&s->view[DB_SQLITE]);
    if (s->writes != view_writes(&s->view[DB_POSTGRES]))
        return stop(q, s, NULL, "its text for one engine writes and the other does not");
    return check_portable(q, s, &s->view[DB_SQLITE]);
}
