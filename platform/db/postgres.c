/* postgres.c */
#include "platform/db/db_internal.h"

static int pg_open(struct db *db, const struct db_options *o, struct err *e)
{
    (void)db;
    return ERR(e, ERR_DB, "%s: PostgreSQL comes with the next change", o->address);
}

const struct db_ops pg_ops = { .open = pg_open };
