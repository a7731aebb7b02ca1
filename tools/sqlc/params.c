/* params.c: the parameters of a statement, and its text as each engine reads it. */
#include "tools/sqlc/sqlc.h"

/* $name?::type in pieces. */
struct param_text {
    struct str name, type; /* type.p == NULL: not said */
    bool nullable;
};

static struct param_text param_pieces(struct str s)
{
    struct param_text p = { .name = str_from(s, 1), .type = STR_NONE };
    ptrdiff_t colons = str_find(p.name, STR("::"));
    if (colons >= 0) {
        p.type = str_from(p.name, (size_t)colons + 2);
        p.name = str_head(p.name, (size_t)colons);
    }
    if (str_ends(p.name, STR("?"))) {
        p.nullable = true;
        p.name = str_head(p.name, p.name.n - 1);
    }
    return p;
}

static size_t param_index(const struct statement *s, struct str name)
{
    size_t i = 0;
    while (i < s->params.n && !str_eq(s->params.v[i].name, name))
        i++;
    return i;
}

static void param_note(struct sqlc *q, struct statement *s, const struct token *t, enum db_engine engine)
{
    const char *path = q->job->queries.path;
    struct param_text text = param_pieces(t->s);
    size_t i = param_index(s, text.name);
    if (i == s->params.n) {
        struct param *fresh = vec_push(q->a, &s->params);
        *fresh = (struct param) { .name = text.name, .line = t->line };
    }
    struct param *p = &s->params.v[i];
    p->used |= 1u << engine;
    p->nullable |= text.nullable;
    if (text.type.p == NULL)
        return;
    const struct type_name *type = type_named(text.type);
    bool again = engine == DB_POSTGRES && (t->engines & FOR_SQLITE); /* said already */
    if (type == NULL && !again)
        complain(q, path, t->line, "%.*s: $%.*s has the unknown type %.*s; there are: %s", STR_ARG(s->name),
                 STR_ARG(text.name), STR_ARG(text.type), type_names());
    else if (type != NULL && p->type != NULL && p->type->type != type->type && !again)
        complain(q, path, t->line, "%.*s: $%.*s is %s here and %s before", STR_ARG(s->name), STR_ARG(text.name), type->name,
                 p->type->name);
    if (p->type == NULL)
        p->type = type;
    p->said = true;
}

void params_collect(struct sqlc *q, struct statement *s)
{
    for (enum db_engine e = 0; e < DB_ENGINES_; e++)
        for (size_t i = 0; i < s->view[e].n; i++)
            if (s->view[e].v[i]->kind == T_PARAM)
                param_note(q, s, s->view[e].v[i], e);
    for (size_t i = 0; i < s->params.n; i++)
        if (s->params.v[i].used != FOR_BOTH)
            complain(q, q->job->queries.path, s->params.v[i].line, "%.*s: $%.*s stands in the text for one engine only",
                     STR_ARG(s->name), STR_ARG(s->params.v[i].name));
}

/* ---- rendering ---- */

struct renderer {
    struct buf b;
    bool blank, line_end; /* what stood between the last token and this one */
};

static void put_gap(struct renderer *r)
{
    if (r->b.n > 0 && r->line_end)
        buf_put_char(&r->b, '\n');
    else if (r->b.n > 0 && r->blank)
        buf_put_char(&r->b, ' ');
    r->blank = r->line_end = false;
}

static void put_param(struct renderer *r, const struct statement *s, const struct token *t, enum db_engine engine)
{
    size_t i = param_index(s, param_pieces(t->s).name);
    if (engine == DB_SQLITE) {
        buf_fmt(&r->b, "?%zu", i + 1);
        return;
    }
    /* A cast on every parameter: PostgreSQL never has to guess, and an empty statement plan is the same plan everywhere. */
    const struct type_name *type = s->params.v[i].type;
    buf_fmt(&r->b, "$%zu::%s", i + 1, type_pg(type ? type->type : DB_TEXT));
}

static void put_token(struct renderer *r, const struct statement *s, const struct token *t, enum db_engine engine)
{
    bool pg = engine == DB_POSTGRES;
    if (pg && t->before != NULL)
        buf_put(&r->b, str_of(t->before));
    if (t->kind == T_PARAM)
        put_param(r, s, t, engine);
    else
        buf_put(&r->b, t->instead[engine] ? str_of(t->instead[engine]) : t->s);
    if (pg && t->after != NULL)
        buf_put(&r->b, str_of(t->after));
}

struct str render(struct sqlc *q, const struct statement *s, enum db_engine engine, struct places *places)
{
    const struct sql_text *text = &s->text[engine];
    struct renderer r = { 0 };
    buf_init(&r.b, q->a, EMIT_MAX);
    for (size_t i = 0; i < text->n; i++) {
        const struct token *t = &text->v[i];
        if (t->kind == T_SPACE || t->kind == T_COMMENT || !(t->engines & (1u << engine))) {
            r.blank = true;
            r.line_end |= t->kind == T_SPACE && str_find_char(t->s, '\n') >= 0;
            continue;
        }
        put_gap(&r);
        if (places != NULL) {
            struct place *p = vec_push(q->a, places);
            *p = (struct place) { .at = r.b.n, .line = t->line };
        }
        put_token(&r, s, t, engine);
    }
    return buf_str(&r.b);
}
