/* sqlite_watch.c: counts the commits that changed rows of tables somebody keeps in memory. Only the writing connection changes anything,
 * so its update hook sees each row; the counts go up when a commit has become visible and before its owners are told.
 *
 * SQLite tells of no row of a table WITHOUT ROWID, nor when a whole table is emptied without a condition: neither is done to a watched
 * table.
 */
#include "platform/db/lite.h"

#include <string.h>

static void row_changed(void *ctx, int what, const char *database, const char *table, sqlite3_int64 rowid)
{
    (void)what, (void)database, (void)rowid;
    struct lite *l = ctx;
    for (int i = 0; i < l->n_watches; i++) {
        struct db_watch *w = &l->watches[i];
        for (const char *const *t = w->tables; !w->touched && *t; t++)
            w->touched = strcmp(*t, table) == 0;
    }
}

struct db_watch *lite_watch(struct db *db, const char *const *tables)
{
    struct lite *l = lite_of(db);
    struct db_watch *w = NULL;
    lite_hold(l, HELD_BY_BULK);
    if (l->n_watches < LITE_WATCHES) {
        w = &l->watches[l->n_watches++];
        w->tables = tables;
        atomic_store_explicit(&w->count, 1, memory_order_release);
        sqlite3_update_hook(l->w->h, row_changed, l);
    }
    lite_let_go(l);
    return w;
}

/* After lite_changed: whoever reads the new count cannot be given a kept snapshot from before. What was rolled back stays marked and
 * is counted with the next commit: one look too many, never one too few. */
void lite_watches_count(struct lite *l)
{
    for (int i = 0; i < l->n_watches; i++) {
        struct db_watch *w = &l->watches[i];
        if (w->touched)
            atomic_fetch_add_explicit(&w->count, 1, memory_order_release);
        w->touched = false;
    }
}
