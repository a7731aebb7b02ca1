/* indexes.c: secondary indexes leave for a bulk load and come back. Their definitions wait in a table of the store itself, so
 * that a load that dies in between loses none: the next opening builds them.
 */
#include "platform/db/db_internal.h"
#include "platform/db/own_sql.h"

#include <stdio.h>

#define INDEXES_MOST (4u << 20) /* bytes of definitions */

struct definition {
    struct str name, text;
};

struct definitions {
    VEC(struct definition) list;
    struct arena a;
};

static void definitions_init(struct definitions *d)
{
    arena_init(&d->a, INDEXES_MOST);
    d->list.v = NULL;
    d->list.n = d->list.room = 0;
}

/* Adds those of one table, or what a statement without parameters finds. */
static int definitions_read(struct dbr *w, const struct db_stmt *s, const char *table, struct definitions *d, struct err *e)
{
    struct db_cursor *c = cursor_begin(w, s, false, e);
    int rc = c != NULL ? 1 : -1;
    if (rc > 0 && table != NULL)
        db_bind_text(c, 0, str_of(table));
    while (rc > 0 && (rc = db_step(c, e)) > 0) {
        struct definition *one = vec_push(&d->a, &d->list);
        one->name = db_text(c, 0, &d->a);
        one->text = db_text(c, 1, &d->a);
    }
    db_end(c);
    return rc;
}

static int note(struct dbr *w, const struct db_stmt *s, const struct definition *d, struct err *e)
{
    struct db_cursor *c = cursor_begin(w, s, true, e);
    if (c == NULL)
        return -1;
    db_bind_text(c, 0, d->name);
    if (s->n_in > 1)
        db_bind_text(c, 1, d->text);
    int rc = db_step(c, e);
    db_end(c);
    return rc;
}

static int drop_one(struct dbr *w, const struct definition *d, struct err *e)
{
    char sql[160];
    snprintf(sql, sizeof sql, "DROP INDEX \"%.*s\"", STR_ARG(d->name));
    if (note(w, &schema_index_add_stmt, d, e) != 0)
        return -1;
    return w->db->ops->script(w, sql, "drop index", e);
}

int indexes_drop(struct dbr *w, const char *const *tables, struct err *e)
{
    if (own_begin(w, e) != 0)
        return -1;
    struct definitions d;
    definitions_init(&d);
    int rc = 0;
    for (; *tables != NULL && rc == 0; tables++)
        rc = definitions_read(w, &secondary_indexes_stmt, *tables, &d, e);
    for (size_t i = 0; i < d.list.n && rc == 0; i++)
        rc = drop_one(w, &d.list.v[i], e);
    rc = own_end(w, rc, e);
    arena_release(&d.a);
    return rc;
}

/* Each in a transaction of its own: the WAL stays small, and what is built stays built. */
static int build_one(struct dbr *w, struct arena *a, const struct definition *d, struct err *e)
{
    if (own_begin(w, e) != 0)
        return -1;
    int rc = w->db->ops->script(w, str_cstr(a, d->text), "build index", e);
    if (rc == 0)
        rc = note(w, &schema_index_remove_stmt, d, e);
    return own_end(w, rc, e);
}

static int waiting_read(struct dbr *w, struct definitions *d, struct err *e)
{
    return own_begin(w, e) == 0 ? own_end(w, definitions_read(w, &schema_indexes_stmt, NULL, d, e), e) : -1;
}

static int build_all(struct dbr *w, struct definitions *d, struct err *e)
{
    const struct db_ops *ops = w->db->ops;
    int rc = ops->indexes_begin != NULL ? ops->indexes_begin(w, e) : 0;
    for (size_t i = 0; i < d->list.n && rc == 0; i++)
        rc = build_one(w, &d->a, &d->list.v[i], e);
    if (ops->indexes_end != NULL)
        ops->indexes_end(w);
    return rc;
}

int indexes_build(struct dbr *w, bool *any, struct err *e)
{
    struct definitions d;
    definitions_init(&d);
    int rc = waiting_read(w, &d, e);
    if (rc == 0 && d.list.n > 0)
        rc = build_all(w, &d, e);
    if (rc == 0)
        *any = d.list.n > 0;
    arena_release(&d.a);
    return rc;
}

static struct dbr *take(struct db *db, struct err *e)
{
    if (!loads_rows_itself(db))
        return db->ops->own_take(db, e);
    ERR(e, ERR_INTERNAL, "indexes are dropped before a bulk load begins and built after it has ended");
    return NULL;
}

int db_bulk_indexes_drop(struct db *db, const char *const *tables, struct err *e)
{
    struct dbr *w = take(db, e);
    if (w == NULL)
        return -1;
    int rc = indexes_drop(w, tables, e);
    db->ops->own_give(w);
    return rc;
}

int db_bulk_indexes_build(struct db *db, struct err *e)
{
    struct dbr *w = take(db, e);
    if (w == NULL)
        return -1;
    bool any = false;
    int rc = indexes_build(w, &any, e);
    if (rc == 0 && any)
        rc = db->ops->loaded(w, e);
    db->ops->own_give(w);
    return rc;
}
