/* sqlite_wal.c: the pages of a commit go to the WAL in a few large writes. SQLite writes each in two pieces, 24 bytes and the page, and
 * under load a commit has hundreds of them.
 *
 * Only while the door commits, with synchronous=FULL: then SQLite syncs the WAL before it lets anybody know of its new pages, so nobody
 * looks for what is still here. Whatever else is done with the file writes it out first. Readers' connections know nothing of this.
 */
#include "platform/db/lite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WAL_BYTES = 124 * 1024 }; /* SQLite's file layer writes less than 128 KiB at once */

struct wal_file {
    sqlite3_file base;
    struct lite_wal *of;
    sqlite3_file real[]; /* the system's own, with all that it has behind it */
};

static sqlite3_file *real_of(sqlite3_file *f)
{
    return ((struct wal_file *)f)->real;
}

static int write_out(sqlite3_file *f)
{
    struct lite_wal *g = ((struct wal_file *)f)->of;
    int n = g->n;
    g->n = 0;
    return n == 0 ? SQLITE_OK : real_of(f)->pMethods->xWrite(real_of(f), g->bytes, n, g->at);
}

static int wal_close(sqlite3_file *f)
{
    int rc = write_out(f);
    int closed = real_of(f)->pMethods->xClose(real_of(f));
    return rc == SQLITE_OK ? closed : rc;
}

static int wal_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
    int rc = write_out(f);
    return rc == SQLITE_OK ? real_of(f)->pMethods->xRead(real_of(f), to, n, at) : rc;
}

static int wal_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
    struct lite_wal *g = ((struct wal_file *)f)->of;
    bool fits = at == g->at + g->n && n <= WAL_BYTES - g->n;
    int rc = g->n > 0 && !fits ? write_out(f) : SQLITE_OK;
    if (rc != SQLITE_OK)
        return rc;
    if (!g->on || n > WAL_BYTES)
        return real_of(f)->pMethods->xWrite(real_of(f), from, n, at);
    if (g->n == 0)
        g->at = at;
    memcpy(g->bytes + g->n, from, (size_t)n);
    g->n += n;
    return SQLITE_OK;
}

static int wal_truncate(sqlite3_file *f, sqlite3_int64 n)
{
    int rc = write_out(f);
    return rc == SQLITE_OK ? real_of(f)->pMethods->xTruncate(real_of(f), n) : rc;
}

static int wal_sync(sqlite3_file *f, int flags)
{
    int rc = write_out(f);
    return rc == SQLITE_OK ? real_of(f)->pMethods->xSync(real_of(f), flags) : rc;
}

static int wal_size(sqlite3_file *f, sqlite3_int64 *n)
{
    int rc = write_out(f);
    return rc == SQLITE_OK ? real_of(f)->pMethods->xFileSize(real_of(f), n) : rc;
}

static int wal_lock(sqlite3_file *f, int how)
{
    return real_of(f)->pMethods->xLock(real_of(f), how);
}

static int wal_unlock(sqlite3_file *f, int how)
{
    return real_of(f)->pMethods->xUnlock(real_of(f), how);
}

static int wal_locked(sqlite3_file *f, int *out)
{
    return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}

static int wal_control(sqlite3_file *f, int what, void *arg)
{
    return real_of(f)->pMethods->xFileControl(real_of(f), what, arg);
}

static int wal_sector(sqlite3_file *f)
{
    return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int wal_device(sqlite3_file *f)
{
    return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static const sqlite3_io_methods wal_methods = { .iVersion = 1,
                                                .xClose = wal_close,
                                                .xRead = wal_read,
                                                .xWrite = wal_write,
                                                .xTruncate = wal_truncate,
                                                .xSync = wal_sync,
                                                .xFileSize = wal_size,
                                                .xLock = wal_lock,
                                                .xUnlock = wal_unlock,
                                                .xCheckReservedLock = wal_locked,
                                                .xFileControl = wal_control,
                                                .xSectorSize = wal_sector,
                                                .xDeviceCharacteristics = wal_device };

/* All files but the WAL are the system's own. */
static int file_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
    struct lite_wal *g = (struct lite_wal *)vfs;
    if (!(flags & SQLITE_OPEN_WAL))
        return g->real->xOpen(g->real, name, f, flags, out);
    struct wal_file *w = (struct wal_file *)f;
    w->of = g;
    w->base.pMethods = NULL;
    int rc = g->real->xOpen(g->real, name, real_of(f), flags, out);
    if (rc == SQLITE_OK)
        w->base.pMethods = &wal_methods;
    return rc;
}

int lite_wal_start(struct lite_wal *g, struct err *e)
{
    g->real = sqlite3_vfs_find(NULL);
    g->bytes = malloc(WAL_BYTES);
    if (g->real == NULL || g->bytes == NULL)
        return ERR(e, ERR_INTERNAL, "no memory for the writes of a commit");
    g->vfs = *g->real;
    g->vfs.pNext = NULL;
    g->vfs.szOsFile = (int)sizeof(struct wal_file) + g->real->szOsFile;
    g->vfs.xOpen = file_open;
    snprintf(g->name, sizeof(g->name), "bon-%p", (void *)g);
    g->vfs.zName = g->name;
    return sqlite3_vfs_register(&g->vfs, 0) == SQLITE_OK ? 0 : ERR(e, ERR_INTERNAL, "SQLite takes no way to files");
}

void lite_wal_end(struct lite_wal *g)
{
    if (g->vfs.zName)
        sqlite3_vfs_unregister(&g->vfs);
    free(g->bytes);
}

void lite_wal_collect(struct lite_wal *g, bool on)
{
    g->on = on;
    g->n = 0;
}
