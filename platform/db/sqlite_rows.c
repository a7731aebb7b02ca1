/* sqlite_rows.c: the virtual table bulk_rows: the rows of a bulk load that wait to be put in, as columns c0, c1 … So one statement puts
 * hundreds of them: it opens each table once, and what comes in order of its key needs no search for its place.
 */
#include "platform/db/lite.h"

#include <stdio.h>
#include <stdlib.h>

struct rows_table {
    sqlite3_vtab base;
    const struct lite *l;
};

struct rows_cursor {
    sqlite3_vtab_cursor base;
    const struct db_bulk *b;
    int row;
};

static int rows_connect(sqlite3 *h, void *aux, int argc, const char *const *argv, sqlite3_vtab **out, char **why)
{
    (void)argc;
    (void)argv;
    (void)why;
    char sql[BULK_COLUMNS * 5 + 32];
    int n = snprintf(sql, sizeof sql, "CREATE TABLE rows (c0");
    for (int i = 1; i < BULK_COLUMNS; i++)
        n += snprintf(sql + n, sizeof sql - (size_t)n, ", c%d", i);
    snprintf(sql + n, sizeof sql - (size_t)n, ")");
    int rc = sqlite3_declare_vtab(h, sql);
    struct rows_table *t = rc == SQLITE_OK ? calloc(1, sizeof *t) : NULL;
    if (rc == SQLITE_OK && t == NULL)
        rc = SQLITE_NOMEM;
    if (rc != SQLITE_OK)
        return rc;
    t->l = aux;
    *out = &t->base;
    return SQLITE_OK;
}

static int rows_disconnect(sqlite3_vtab *t)
{
    free(t);
    return SQLITE_OK;
}

static int rows_best_index(sqlite3_vtab *t, sqlite3_index_info *plan)
{
    (void)t;
    plan->estimatedRows = BULK_WAIT;
    plan->estimatedCost = BULK_WAIT;
    return SQLITE_OK;
}

static int rows_open(sqlite3_vtab *t, sqlite3_vtab_cursor **out)
{
    (void)t;
    struct rows_cursor *c = calloc(1, sizeof *c);
    if (c == NULL)
        return SQLITE_NOMEM;
    *out = &c->base;
    return SQLITE_OK;
}

static int rows_close(sqlite3_vtab_cursor *c)
{
    free(c);
    return SQLITE_OK;
}

static int rows_filter(sqlite3_vtab_cursor *cursor, int plan, const char *name, int argc, sqlite3_value **argv)
{
    (void)plan;
    (void)name;
    (void)argc;
    (void)argv;
    struct rows_cursor *c = (struct rows_cursor *)cursor;
    c->b = ((const struct rows_table *)cursor->pVtab)->l->bulk;
    c->row = 0;
    return SQLITE_OK;
}

static int rows_next(sqlite3_vtab_cursor *cursor)
{
    ((struct rows_cursor *)cursor)->row++;
    return SQLITE_OK;
}

static int rows_eof(sqlite3_vtab_cursor *cursor)
{
    const struct rows_cursor *c = (const struct rows_cursor *)cursor;
    return c->b == NULL || c->row >= c->b->waiting;
}

/* The bytes stay where they are until the statement has ended. */
static int rows_column(sqlite3_vtab_cursor *cursor, sqlite3_context *to, int column)
{
    const struct rows_cursor *c = (const struct rows_cursor *)cursor;
    if (column >= c->b->n)
        return SQLITE_OK;
    const struct bulk_value *v = &bulk_row_values(c->b, c->row)[column];
    const char *bytes = v->n > 0 && v->kind != BULK_INT ? c->b->bytes + v->at : "";
    switch (v->kind) {
    case BULK_NULL:
        break;
    case BULK_INT:
        sqlite3_result_int64(to, v->i);
        break;
    case BULK_TEXT:
        sqlite3_result_text64(to, bytes, v->n, SQLITE_STATIC, SQLITE_UTF8);
        break;
    case BULK_BLOB:
        sqlite3_result_blob64(to, bytes, v->n, SQLITE_STATIC);
        break;
    }
    return SQLITE_OK;
}

static int rows_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *out)
{
    *out = ((const struct rows_cursor *)cursor)->row;
    return SQLITE_OK;
}

/* Without xCreate it is there for every statement of the connection and cannot be made a second time. */
static const sqlite3_module rows_module = {
    .xConnect = rows_connect,
    .xBestIndex = rows_best_index,
    .xDisconnect = rows_disconnect,
    .xOpen = rows_open,
    .xClose = rows_close,
    .xFilter = rows_filter,
    .xNext = rows_next,
    .xEof = rows_eof,
    .xColumn = rows_column,
    .xRowid = rows_rowid,
};

int lite_rows_table(struct lite *l, struct err *e)
{
    int rc = sqlite3_create_module(l->w->h, "bulk_rows", &rows_module, l);
    return rc == SQLITE_OK ? 0 : lite_fail(l->w, rc, "bulk_rows", e);
}
