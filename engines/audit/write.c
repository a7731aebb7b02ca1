/* write.c: one record, in the transaction of the act itself. */
#include "engines/audit/audit_internal.h"

#include "base/json.h"

/* Records are Vietnamese and keep what was true: who acted, and in whose place or for whom. */
static struct str acting_name(const struct req *q, const struct grant *g)
{
    if (g && g->instead_of.n > 0)
        return str_fmt(q->arena, "%.*s thay %.*s", STR_ARG(q->actor->name), STR_ARG(g->instead_of));
    if (g && g->behalf.n > 0)
        return str_fmt(q->arena, "%.*s thay mặt %.*s", STR_ARG(q->actor->name), STR_ARG(g->behalf));
    return q->actor->name;
}

static struct str behalf_of(const struct req *q, const struct grant *g)
{
    if (g && g->organisation != 0)
        return str_fmt(q->arena, "organisation/%lld", (long long)g->organisation);
    return g && g->ward != 0 ? str_fmt(q->arena, "person/%lld", (long long)g->ward) : STR_NONE;
}

/* What anybody who has signed in may do is theirs, not their office's or their company's; the hat is told all the same. */
struct audit_record audit_of(const struct req *q, struct str action)
{
    const struct grant *g = q->route && q->route->may ? req_may(q, q->route->may, NULL, 0) : NULL;
    const struct grant *hat = g ? g : q->actor->hat;
    return (struct audit_record){
        .action = action,
        .account = q->actor->account,
        .account_name = acting_name(q, g),
        .role = hat ? hat->role : STR(""),
        .hat = hat ? hat->id : 0,
        .behalf = behalf_of(q, g),
        .behalf_name = g ? g->behalf : STR_NONE,
        .facility = g ? g->facility : 0,
        .mode = str_of(q->app->settings.mode),
    };
}

static void put_id(struct json_out *j, const char *key, int64_t id)
{
    if (id != 0)
        json_out_int(j, key, id);
}

/* Keys in byte order; what does not apply is absent. */
static struct str record_body(struct arena *a, const struct audit_record *r, struct instant at)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, a, AUDIT_BODY_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    put_id(&j, "account", r->account);
    json_out_str(&j, "account_name", r->account_name);
    json_out_str(&j, "action", r->action);
    json_out_str(&j, "at", instant_iso(a, at));
    json_out_str(&j, "behalf", r->behalf);
    json_out_str(&j, "behalf_name", r->behalf_name);
    json_out_raw(&j, "detail", r->detail);
    put_id(&j, "facility", r->facility);
    json_out_str(&j, "facility_name", r->facility_name);
    put_id(&j, "hat", r->hat);
    json_out_str(&j, "mode", r->mode);
    json_out_str(&j, "object", r->object);
    json_out_str(&j, "purpose", r->purpose);
    json_out_str(&j, "role", r->role);
    put_id(&j, "subject", r->subject);
    json_out_str(&j, "unit", unit_code_str(&r->unit));
    json_out_end(&j);
    return b.full ? STR_NONE : buf_str(&b);
}

int audit_write(struct tx *tx, struct arena *a, const struct audit_record *r, int64_t *seq, struct err *e)
{
    ASSERT(r->action.n > 0);
    if (r->subject != 0 && r->purpose.n == 0)
        return ERR(e, ERR_INTERNAL, "a look at a person's entry without a purpose: %.*s", STR_ARG(r->action));
    struct instant now = tx_now(tx);
    struct str body = record_body(a, r, now);
    if (!body.p)
        return ERR(e, ERR_TOO_LARGE, "audit record over %d bytes", AUDIT_BODY_MAX);
    struct audit_insert_in in = {
        .at = now,
        .action = r->action,
        .has_account = r->account != 0,
        .account = r->account,
        .account_name = str_or_empty(r->account_name),
        .role = str_or_empty(r->role),
        .has_facility = r->facility != 0,
        .facility = r->facility,
        .facility_name = str_or_empty(r->facility_name),
        .has_subject = r->subject != 0,
        .subject = r->subject,
        .purpose = str_or_empty(r->purpose),
        .object = str_or_empty(r->object),
        .body = body,
    };
    int64_t id;
    if (audit_insert(tx, &in, &id, e) != 0)
        return -1;
    tx_mark_audited(tx);
    if (seq)
        *seq = id;
    return 0;
}
