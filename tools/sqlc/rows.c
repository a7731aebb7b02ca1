/* rows.c: which struct a statement's row is. Each statement has one of its own, until "-- row:" says whose it shares or which a
 * person has declared; then the columns must be the same in everything that C sees.
 */
#include "tools/sqlc/sqlc.h"

bool row_gives(const struct statement *s)
{
    return s->kind != KIND_EXEC && s->kind != KIND_ID;
}

/* ---- one struct for several statements ---- */

static const char *or_null(const struct column *c)
{
    return c->nullable ? "?" : "";
}

static bool same_column(struct sqlc *q, const struct statement *s, size_t i)
{
    const struct statement *m = s->model;
    const struct column *mine = &s->columns.v[i];
    const struct column *theirs = &m->columns.v[i];
    if (str_eq(mine->name, theirs->name) && mine->type == theirs->type && mine->nullable == theirs->nullable)
        return true;
    complain(q, q->job->queries.path, s->row.line, "%.*s: column %zu is %.*s (%s%s), in the row of %.*s at line %d it is %.*s (%s%s)",
             STR_ARG(s->name), i + 1, STR_ARG(mine->name), type_word(mine->type), or_null(mine), STR_ARG(m->name), m->line,
             STR_ARG(theirs->name), type_word(theirs->type), or_null(theirs));
    return false;
}

static void check_same(struct sqlc *q, const struct statement *s)
{
    const struct statement *m = s->model;
    if (!str_eq(s->row.header, m->row.header)) {
        complain(q, q->job->queries.path, s->row.line, "%.*s: the row %.*s is declared elsewhere for %.*s at line %d",
                 STR_ARG(s->name), STR_ARG(s->row.name), STR_ARG(m->name), m->line);
        return;
    }
    if (s->columns.n != m->columns.n) {
        complain(q, q->job->queries.path, s->row.line, "%.*s: it gives %zu columns, the row of %.*s at line %d has %zu",
                 STR_ARG(s->name), s->columns.n, STR_ARG(m->name), m->line, m->columns.n);
        return;
    }
    for (size_t i = 0; i < s->columns.n; i++)
        if (!same_column(q, s, i))
            return;
}

static const struct statement *first_of_row(const struct sqlc *q, struct str name)
{
    for (size_t i = 0; i < q->statements.n; i++)
        if (row_gives(&q->statements.v[i]) && str_eq(q->statements.v[i].row.name, name))
            return &q->statements.v[i];
    return NULL;
}

static void refuse_without_rows(struct sqlc *q, const struct statement *s)
{
    if (!row_gives(s) && s->row.said)
        complain(q, q->job->queries.path, s->row.line, "%.*s: it gives no row that could be a struct", STR_ARG(s->name));
}

void rows_share(struct sqlc *q)
{
    for (size_t i = 0; i < q->statements.n; i++) {
        struct statement *s = &q->statements.v[i];
        refuse_without_rows(q, s);
        if (!row_gives(s))
            continue;
        s->model = first_of_row(q, s->row.name);
        s->tag = s->row.header.p ? s->row.name : str_fmt(q->a, "%.*s_row", STR_ARG(s->row.name));
        check_same(q, s);
    }
}
