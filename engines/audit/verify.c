/* verify.c: the whole log, from the first record to the last seal: every leaf, every root, every signature, the chain. */
#include "engines/audit/audit_internal.h"

#include <string.h>

struct verifier {
    struct dbr *r;
    struct arena *a;      /* cleared after each seal */
    const struct jwk *keys;
    size_t n_keys;
    int64_t after;        /* last record that a seal covers so far */
    struct hash32 previous;
    struct audit_check count;
};

static bool signature_holds(struct verifier *v, const struct audit_seals_after_row *seal)
{
    for (size_t i = 0; i < v->n_keys; i++)
        if (jws_check_detached(v->a, seal->jws, seal->payload, &v->keys[i], NULL) == 0)
            return true;
    return false;
}

static int seal_holds(struct verifier *v, const struct audit_seals_after_row *seal, struct err *e)
{
    struct seal_payload p;
    struct audit_bodies_rows rows;
    long long id = (long long)seal->id;
    if (seal_payload_read(v->a, seal->payload, &p, e) != 0)
        return -1;
    if (!signature_holds(v, seal))
        return ERR(e, ERR_CONFLICT, "seal %lld: the signature does not hold", id);
    if (!hash32_eq(&p.previous, &v->previous))
        return ERR(e, ERR_CONFLICT, "seal %lld: the chain to the seal before it is broken", id);
    if (p.first != seal->first || p.last != seal->last || p.n != seal->n)
        return ERR(e, ERR_CONFLICT, "seal %lld: its row differs from what was signed", id);
    /* From the record after the last seal, not from `first`: a record slipped in between must show. */
    if (audit_bodies_between(v->r, v->a, &(struct audit_bodies_between_in){ .first = v->after + 1, .last = p.last }, &rows, e) != 0)
        return -1;
    if ((int64_t)rows.n != p.n)
        return ERR(e, ERR_CONFLICT, "seal %lld: %zu records where %lld were sealed (%lld to %lld)", id, rows.n, (long long)p.n,
                   (long long)p.first, (long long)p.last);
    struct hash32 root = merkle_root(v->a, audit_leaves(v->a, &rows), rows.n);
    if (!hash32_eq(&root, &p.root))
        return ERR(e, ERR_CONFLICT, "seal %lld: a record between %lld and %lld was changed", id, (long long)p.first, (long long)p.last);
    v->previous = sha256(seal->payload);
    v->after = p.last;
    v->count.records += p.n;
    v->count.seals++;
    return 0;
}

static int verify_all(struct verifier *v, struct err *e)
{
    struct arena page;
    struct audit_seals_after_rows seals = { .n = 1 };
    int64_t last_id = 0;
    int result = 0;
    arena_init(&page, 16u << 20);
    while (result == 0 && seals.n > 0) {
        arena_clear(&page);
        result = audit_seals_after(v->r, &page, &(struct audit_seals_after_in){ .after = last_id }, &seals, e);
        for (size_t i = 0; result == 0 && i < seals.n; i++) {
            arena_clear(v->a);
            result = seal_holds(v, &seals.v[i], e);
            last_id = seals.v[i].id;
        }
    }
    arena_release(&page);
    return result;
}

static int count_unsealed(struct verifier *v, struct err *e)
{
    struct audit_unsealed_row row;
    if (audit_unsealed(v->r, v->a, &(struct audit_unsealed_in){ .after = v->after }, &row, e) < 0)
        return -1;
    v->count.unsealed = row.n;
    return 0;
}

int audit_verify(struct db *db, struct signer *s, struct arena *a, struct audit_check *out, struct err *e)
{
    struct jwk keys[16];
    size_t n_keys = 0;
    struct arena work;
    struct verifier v = { .a = &work, .keys = keys };
    if (signer_keys(s, a, "seal", keys, &n_keys, 16, e) != 0)
        return -1;
    v.n_keys = n_keys;
    if (db_read_begin(db, &v.r, e) != 0)
        return -1;
    arena_init(&work, 64u << 20);
    int result = verify_all(&v, e);
    if (result == 0)
        result = count_unsealed(&v, e);
    arena_release(&work);
    db_read_end(v.r);
    if (result == 0)
        *out = v.count;
    return result;
}
