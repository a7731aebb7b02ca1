/* seal.c: every second the new records get a Merkle root, and the root a signature. Three steps, so that nobody waits at the
 * door for a signature: settle (which records exist for good), sign, keep.
 */
#include "engines/audit/audit_internal.h"

#include "base/json.h"

#include <jansson.h>
#include <string.h>

struct str seal_payload_write(struct arena *a, const struct seal_payload *p)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, a, 1024);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "at", instant_iso(a, p->at));
    json_out_int(&j, "first", p->first);
    json_out_int(&j, "last", p->last);
    json_out_int(&j, "n", p->n);
    json_out_str(&j, "previous", str_hex(a, p->previous.b, sizeof(p->previous.b)));
    json_out_str(&j, "root", str_hex(a, p->root.b, sizeof(p->root.b)));
    json_out_int(&j, "v", 1);
    json_out_end(&j);
    ASSERT(!b.full);
    return buf_str(&b);
}

static bool payload_from(json_t *root, struct seal_payload *p)
{
    const char *at, *previous, *hash;
    json_int_t first, last, n;
    int v;
    if (json_unpack(root, "{s:s, s:I, s:I, s:I, s:s, s:s, s:i}", "at", &at, "first", &first, "last", &last, "n", &n, "previous",
                    &previous, "root", &hash, "v", &v) != 0)
        return false;
    p->first = first;
    p->last = last;
    p->n = n;
    return v == 1 && n > 0 && n <= AUDIT_SEAL_MAX && instant_parse(str_of(at), &p->at) &&
           str_unhex(str_of(previous), p->previous.b, sizeof(p->previous.b)) &&
           str_unhex(str_of(hash), p->root.b, sizeof(p->root.b));
}

int seal_payload_read(struct arena *a, struct str json, struct seal_payload *out, struct err *e)
{
    json_t *root;
    struct seal_payload p;
    memset(&p, 0, sizeof(p));
    if (json_read(a, json, &root, e) != 0)
        return -1;
    if (!payload_from(root, &p))
        return ERR(e, ERR_INPUT, "seal payload not of the form at, first, last, n, previous, root, v=1");
    *out = p;
    return 0;
}

int audit_sealed_to(struct dbr *r, struct arena *a, int64_t *last, struct err *e)
{
    struct audit_last_seal_row row;
    int found = audit_last_seal(r, a, &row, e);
    if (found < 0)
        return -1;
    *last = found == 1 ? row.last : 0;
    return 0;
}

struct hash32 *audit_leaves(struct arena *a, const struct audit_bodies_rows *rows)
{
    struct hash32 *leaves = arena_new_array(a, struct hash32, rows->n);
    for (size_t i = 0; i < rows->n; i++)
        leaves[i] = merkle_leaf(rows->v[i].body);
    return leaves;
}

struct settle {
    int64_t last;
    struct arena *arena;
};

static int settle_write(struct tx *tx, void *arg, struct err *e)
{
    struct settle *s = arg;
    tx_unaudited(tx, "finds the last record of the log; changes nothing");
    struct audit_settle_row settled;
    struct audit_last_record_row row;
    /* The moment of reading is fixed by the first statement, before the wait: a record that appears during the wait is left
     * for the next turn. */
    if (audit_settle(tx_reader(tx), s->arena, &settled, e) < 0 || audit_last_record(tx_reader(tx), s->arena, &row, e) < 0)
        return -1;
    s->last = row.last;
    return 0;
}

struct seal_from {
    int64_t after; /* last record under the previous seal */
    struct hash32 previous;
};

struct seal_keeping {
    struct audit_seal_insert_in in;
    int64_t after;
    struct arena *arena;
};

/* Several servers may seal at once: whoever finds that the chain has moved on keeps nothing, and its next turn goes on from there. */
static int keep_seal_write(struct tx *tx, void *arg, struct err *e)
{
    struct seal_keeping *k = arg;
    struct audit_last_seal_row last;
    int64_t id;
    tx_unaudited(tx, "a seal is evidence about the log, not an act");
    int found = audit_last_seal(tx_reader(tx), k->arena, &last, e);
    if (found < 0)
        return -1;
    if ((found == 1 ? last.last : 0) != k->after)
        return ERR(e, ERR_CONFLICT, "another server has sealed meanwhile");
    return audit_seal_insert(tx, &k->in, &id, e);
}

static int last_seal(struct db *db, struct arena *a, struct seal_from *from, struct err *e)
{
    struct dbr *r;
    struct audit_last_seal_row row;
    memset(from, 0, sizeof(*from));
    if (db_read_in(db, a, &r, e) != 0)
        return -1;
    int found = audit_last_seal(r, a, &row, e);
    db_read_end(r);
    if (found == 1) {
        from->after = row.last;
        from->previous = sha256(row.payload);
    }
    return found < 0 ? -1 : 0;
}

static int bodies_after(struct db *db, struct arena *a, int64_t after, int64_t last, struct audit_bodies_rows *rows, struct err *e)
{
    struct dbr *r;
    if (db_read_in(db, a, &r, e) != 0)
        return -1;
    int result = audit_bodies(r, a, &(struct audit_bodies_in){ .after = after, .last = last }, rows, e);
    db_read_end(r);
    return result;
}

/* One seal over the next records up to `last`. *more says whether there were any. */
static int seal_next(struct job_run *j, struct seal_from *from, int64_t last, bool *more, struct err *e)
{
    struct audit_bodies_rows rows;
    if (bodies_after(j->db, j->arena, from->after, last, &rows, e) != 0)
        return -1;
    *more = rows.n > 0;
    if (rows.n == 0)
        return 0;
    struct hash32 *leaves = audit_leaves(j->arena, &rows);
    struct seal_payload p = { .at = j->now, .first = rows.v[0].id, .last = rows.v[rows.n - 1].id, .n = (int64_t)rows.n,
                              .previous = from->previous, .root = merkle_root(j->arena, leaves, rows.n) };
    struct seal_keeping k = { .in = { .at = p.at, .first = p.first, .last = p.last, .n = p.n }, .after = from->after,
                              .arena = j->arena };
    k.in.payload = seal_payload_write(j->arena, &p);
    if (signer_sign(j->app->signer, j->arena, "seal", k.in.payload, &k.in.jws, e) != 0 ||
        db_write_in(j->db, j->arena, keep_seal_write, &k, e) != 0)
        return -1;
    from->after = p.last;
    from->previous = sha256(k.in.payload);
    return 0;
}

int audit_seal_job(struct job_run *j, struct err *e)
{
    struct settle s = { .last = 0, .arena = j->arena };
    struct seal_from from;
    if (last_seal(j->db, j->arena, &from, e) != 0 || db_write_in(j->db, j->arena, settle_write, &s, e) != 0)
        return -1;
    bool more = s.last > from.after;
    /* A long backlog is worked off over some turns of the job, so that other jobs get theirs. */
    for (int turn = 0; more && turn < 64; turn++) {
        struct err why = { .code = ERR_NONE };
        if (seal_next(j, &from, s.last, &more, &why) != 0) {
            if (why.code == ERR_CONFLICT)
                return 0;
            *e = why;
            return -1;
        }
        arena_clear(j->arena); /* `from` holds values only */
    }
    return 0;
}
