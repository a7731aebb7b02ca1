/* editor_publish.c: a draft goes to a second person, who publishes it from a day on or gives it back. Nobody publishes what they wrote. */
#include "engines/services/editor.h"

#include "platform/crypto/crypto.h"

struct publish_work {
    int64_t id, revision;
    struct draft d;
    struct str body;
    struct service_file file;
};

static int read_step(struct req *q, struct publish_work *w, struct err *e)
{
    if (!req_param_id(q, "id", &w->id) || !str_to_i64(req_form(q, "revision"), &w->revision))
        return ERR(e, ERR_INPUT, "draft or revision");
    return services_draft_read(q, &w->d, e);
}

static int refuse_faulty(const struct draft *d, struct err *e)
{
    return d->def && d->faults.n == 0
               ? 0
               : ERR_SAY(e, ERR_CONFLICT, MSGS("Bản thảo còn lỗi. Xin sửa các chỗ nêu trong bản thảo rồi trình lại."),
                         "%zu faults", d->faults.n);
}

/* ---- propose ---- */

int services_propose_prepare(struct req *q, struct err *e)
{
    struct publish_work *w = q->work = arena_new(q->arena, struct publish_work);
    if (read_step(q, w, e) || refuse_faulty(&w->d, e))
        return -1;
    struct day since = req_form_day(q, "since");
    if (since.n < instant_day(q->now).n)
        return req_refuse_field(q, e, "since",
                                MSGS("Ngày có hiệu lực không được trước hôm nay: hồ sơ đã nhận giữ phiên bản cũ."));
    if (w->d.base && since.n <= w->d.base->from.n)
        return req_refuse_field(q, e, "since", MSGS("Ngày có hiệu lực phải sau ngày bắt đầu của phiên bản trước."));
    return 0;
}

int services_propose_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct publish_work *w = q->work;
    int64_t changed = 0;
    struct audit_record rec = audit_of(q, STR("services.draft_proposed"));
    struct service_draft_propose_in in = { .id = w->id,
                                           .revision = w->revision,
                                           .since = req_form_day(q, "since"),
                                           .proposed_by = q->actor->account,
                                           .proposed_name = q->actor->name };
    rec.object = str_fmt(q->arena, "service_draft/%lld", (long long)w->id);
    return service_draft_propose(tx, &in, &changed, e) || services_draft_refuse_stale(changed, e) ||
                   audit_write(tx, q->arena, &rec, NULL, e)
               ? -1
               : 0;
}

/* ---- publish ---- */

static int next_number(struct req *q, const struct draft *d, int64_t *out, struct err *e)
{
    struct service_versions_rows rows;
    struct dbr *r = req_read(q, e);
    if (!r || service_versions(r, q->arena, &(struct service_versions_in) { .service = d->row.service }, &rows, e))
        return -1;
    *out = rows.n ? rows.v[rows.n - 1].version + 1 : 1;
    return 0;
}

/* The draft's body with the number and the day that it gets. */
static int number_body(struct req *q, struct publish_work *w, struct err *e)
{
    json_t *root, *version;
    int64_t number;
    service_faults faults = { 0 };
    struct str since = day_iso(q->arena, w->d.row.since);
    if (next_number(q, &w->d, &number, e) || services_draft_json(q, &w->d, &root, &version, e))
        return -1;
    json_object_set_new(version, "version", json_integer(number));
    json_object_set_new(version, "valid_from", json_stringn(since.p, since.n));
    json_object_del(version, "valid_to");
    if (services_draft_text(q, root, &w->body, e) || services_read_file(q->arena, w->body, &w->file, &faults, e))
        return -1;
    return faults.n == 0 ? 0 : ERR(e, ERR_CONFLICT, "draft %lld: %.*s", (long long)w->id, STR_ARG(faults.v[0].path));
}

static int refuse_own(const struct req *q, const struct draft *d, struct err *e)
{
    return !services_draft_own(q, d)
               ? 0
               : ERR_SAY(e, ERR_FORBIDDEN, MSGS("Người soạn không tự công bố được. Xin để một người khác xem và công bố."),
                         "own draft %lld", (long long)d->row.id);
}

int services_publish_prepare(struct req *q, struct err *e)
{
    struct publish_work *w = q->work = arena_new(q->arena, struct publish_work);
    if (read_step(q, w, e) || refuse_own(q, &w->d, e) || refuse_faulty(&w->d, e))
        return -1;
    if (w->d.row.state != DRAFT_PROPOSED)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Bản thảo này chưa được trình, hoặc đã xong. Xin xem lại."), "state %lld",
                       (long long)w->d.row.state);
    return number_body(q, w, e);
}

static int settle(struct req *q, struct tx *tx, int64_t id, int64_t revision, enum draft_state to, const char *action,
                  struct err *e)
{
    int64_t changed = 0;
    struct audit_record rec = audit_of(q, str_of(action));
    struct service_draft_settle_in in = { .id = id, .revision = revision, .state = (int64_t)to };
    rec.object = str_fmt(q->arena, "service_draft/%lld", (long long)id);
    return service_draft_settle(tx, &in, &changed, e) || services_draft_refuse_stale(changed, e) ||
                   audit_write(tx, q->arena, &rec, NULL, e)
               ? -1
               : 0;
}

int services_publish_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct publish_work *w = q->work;
    struct service_stored stored;
    struct service_people by = { .published = q->actor->account, .drafted = w->d.row.changed_by };
    req_outcome(q, str_fmt(q->arena, "/services/%.*s", STR_ARG(w->file.code)));
    return services_store(tx, q->arena, &w->file, &by, &stored, e) ||
                   settle(q, tx, w->id, w->revision, DRAFT_PUBLISHED, "services.published", e)
               ? -1
               : 0;
}

/* ---- given back, dropped ---- */

int services_settle_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id, revision;
    bool drop = str_eq(req_form(q, "go"), STR("drop"));
    if (!req_param_id(q, "id", &id) || !str_to_i64(req_form(q, "revision"), &revision))
        return ERR(e, ERR_INPUT, "draft or revision");
    if (drop)
        req_outcome(q, STR("/admin/services"));
    return settle(q, tx, id, revision, drop ? DRAFT_DROPPED : DRAFT_OPEN,
                  drop ? "services.draft_dropped" : "services.draft_returned", e);
}
