/* sqlite_readers.c: read transactions that are kept open between requests while nothing is committed.
 *
 * After each commit of the writer a reading connection throws its page cache away and reads all pages again, and beginning a
 * snapshot takes locks of the file. Under load some thirty requests are served between two commits, so a connection that goes
 * idle keeps its snapshot, and the next request on it goes on with it as long as no commit has come since it began: it sees
 * exactly what a new one would. The count of commits is raised before the owner of a write is told, and is read before a
 * snapshot begins, so nobody can miss a write that they know of.
 *
 * Old snapshots keep the WAL from being copied and started anew. Therefore idle ones are given back around each checkpoint.
 */
#include "platform/db/lite.h"

void lite_changed(struct lite *l)
{
    atomic_fetch_add_explicit(&l->changes, 1, memory_order_release);
}

static uint64_t changes_now(const struct lite_conn *c)
{
    return atomic_load_explicit(&lite_of(c->r.db)->changes, memory_order_acquire);
}

static void snapshot_end(struct lite_conn *c)
{
    c->kept = false;
    if (lite_ctl(c, CTL_COMMIT, NULL) != 0)
        lite_rollback(c);
}

int lite_read_start(struct dbr *r, struct err *e)
{
    struct lite_conn *c = lite_conn(r);
    bool current = c->kept && c->seen == changes_now(c);
    if (c->kept && !current)
        snapshot_end(c);
    if (!current) {
        c->seen = changes_now(c);
        if (lite_ctl(c, CTL_BEGIN, e) != 0)
            return -1;
    }
    c->kept = false;
    r->begun = true;
    return 0;
}

void lite_read_end(struct dbr *r)
{
    struct lite_conn *c = lite_conn(r);
    c->kept = !r->lost && c->seen == changes_now(c);
    if (!c->kept)
        snapshot_end(c);
}

static void let_go(struct dbr *r)
{
    if (lite_conn(r)->kept)
        snapshot_end(lite_conn(r));
}

void lite_readers_let_go(struct lite *l)
{
    pool_each_idle(&l->db->pool, let_go);
}
