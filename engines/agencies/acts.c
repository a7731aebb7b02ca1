/* acts.c: recorded successions as they are read, and one that is tried without being kept. */
#include "engines/agencies/inside.h"

#include "platform/crypto/crypto.h"

enum { MARK_MAX = 4 << 20 };

int agency_successions(struct dbr *r, struct arena *a, struct str code, struct succession_list *out, struct err *e)
{
    struct succession_act_rows rows;
    if (successions_of(r, a, &(struct successions_of_in) { .agency = code }, &rows, e))
        return -1;
    *out = (struct succession_list) { rows.v, rows.n };
    return 0;
}

int agency_successions_all(struct dbr *r, struct arena *a, struct succession_list *out, struct err *e)
{
    struct succession_act_rows rows;
    if (successions(r, a, &rows, e))
        return -1;
    *out = (struct succession_list) { rows.v, rows.n };
    return 0;
}

int agency_succession_by_id(struct dbr *r, struct arena *a, int64_t id, struct succession_act *out, struct err *e)
{
    return succession_by_id(r, a, &(struct succession_by_id_in) { .id = id }, out, e);
}

int agency_succession_rows(struct dbr *r, struct arena *a, int64_t id, struct succession_changes *out, struct err *e)
{
    struct succession_change_rows rows;
    if (succession_rows(r, a, &(struct succession_rows_in) { .succession = id }, &rows, e))
        return -1;
    *out = (struct succession_changes) { rows.v, rows.n };
    return 0;
}

/* ---- trying ---- */

struct trying {
    const struct app *app;
    struct arena *a;
    const struct succession_new *in;
    const struct audit_record *by;
    struct succession_changes changes;
    bool told;
};

/* Fails when all went well, so that nothing of it stays. */
static int try_write(struct tx *tx, void *arg, struct err *e)
{
    struct trying *t = arg;
    int64_t id;
    t->told = false;
    if (agencies_succeed(t->app, tx, t->a, t->in, t->by, &id, e) ||
        agency_succession_rows(tx_reader(tx), t->a, id, &t->changes, e))
        return -1;
    t->told = true;
    return ERR(e, ERR_CONFLICT, "a preview is not kept");
}

int agencies_preview(const struct app *app, struct db *db, struct arena *a, const struct succession_new *in,
                     const struct audit_record *by, struct succession_changes *out, struct err *e)
{
    struct trying t = { .app = app, .a = a, .in = in, .by = by };
    struct err why = { .code = ERR_NONE };
    if (db_write_in(db, a, try_write, &t, &why) == 0 || !t.told) {
        *e = why;
        return -1;
    }
    *out = t.changes;
    return 0;
}

struct str succession_mark(struct arena *a, const struct succession_changes *changes)
{
    struct buf b;
    buf_init(&b, a, MARK_MAX);
    for (size_t i = 0; i < changes->n; i++)
        buf_fmt(&b, "%.*s\t%.*s\t%.*s\n", STR_ARG(changes->v[i].module), STR_ARG(changes->v[i].object),
                STR_ARG(changes->v[i].was));
    struct hash32 hash = sha256(buf_str(&b));
    return str_hex(a, hash.b, sizeof(hash.b));
}
