/* draft.c: a draft as it lies in the store. */
#include "engines/services/draft.h"

#include "platform/crypto/crypto.h"

/* What can be shown of a faulty draft is shown; only what is no JSON cannot. */
static void read_body(struct req *q, struct draft *d)
{
    struct err why = { 0 };
    if (services_read_file(q->arena, d->row.body, &d->file, &d->faults, &why))
        *vec_push(q->arena, &d->faults) =
            (struct service_fault) { STR(""), err_sentence(&why), str_dup(q->arena, str_of(why.detail)) };
    else if (d->file.n_versions == 1)
        d->def = d->file.versions[0];
}

int services_draft_read(struct req *q, struct draft *out, struct err *e)
{
    int64_t id = 0;
    *out = (struct draft) { .def = NULL };
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    int got = req_param_id(q, "id", &id)
                  ? service_draft_row(r, q->arena, &(struct service_draft_row_in) { .id = id }, &out->row, e)
                  : 0;
    if (got == 0)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không có bản thảo này. Xin mở danh sách bản thảo."), "draft %lld",
                       (long long)id);
    if (got < 0)
        return -1;
    read_body(q, out);
    if (!out->row.has_base)
        return 0;
    out->base = services_version(q->app, r, out->row.base, e);
    return out->base ? 0 : -1;
}

int services_draft_json(struct req *q, const struct draft *d, json_t **root, json_t **version, struct err *e)
{
    json_t *j;
    if (json_read(q->arena, d->row.body, &j, e))
        return -1;
    json_t *first = json_array_get(json_object_get(j, "versions"), 0);
    if (!json_is_object(first))
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Bản thảo này không còn phần nội dung. Xin sửa ở dạng JSON, hoặc bỏ bản thảo rồi lập lại."),
                       "draft %lld has no version", (long long)d->row.id);
    *root = j;
    *version = first;
    return 0;
}

int services_draft_text(struct req *q, const json_t *root, struct str *out, struct err *e)
{
    return json_canonical(q->arena, root, out, e);
}

int services_draft_refuse_stale(int64_t changed, struct err *e)
{
    return changed == 1 ? 0
                        : ERR_SAY(e, ERR_CONFLICT,
                                  MSGS("Người khác vừa lưu một thay đổi vào bản thảo này. Xin xem bản mới; những gì bạn đã "
                                       "gõ vẫn còn ở dưới."),
                                  "another revision");
}

static bool is_among(struct str editors, int64_t account)
{
    struct str one;
    int64_t n;
    while (str_cut(&editors, ' ', &one))
        if (str_to_i64(one, &n) && n == account)
            return true;
    return false;
}

bool services_draft_own(const struct req *q, const struct draft *d)
{
    return is_among(d->row.editors, q->actor->account) || q->actor->account == d->row.proposed_by;
}

struct str services_draft_editors(const struct req *q, struct str editors)
{
    if (is_among(editors, q->actor->account))
        return editors;
    return str_fmt(q->arena, "%.*s%s%lld", STR_ARG(editors), editors.n ? " " : "", (long long)q->actor->account);
}

int services_draft_change(struct req *q, struct tx *tx, const struct draft *d, int64_t revision, struct str body,
                          struct str part, struct err *e)
{
    int64_t changed = 0;
    struct audit_record rec = audit_of(q, STR("services.draft_changed"));
    struct service_draft_change_in in = { .id = d->row.id,
                                          .revision = revision,
                                          .body = body,
                                          .changed_by = q->actor->account,
                                          .changed_name = q->actor->name,
                                          .changed_at = tx_now(tx),
                                          .editors = services_draft_editors(q, d->row.editors) };
    rec.object = str_fmt(q->arena, "service_draft/%lld %.*s", (long long)d->row.id, STR_ARG(part));
    return service_draft_change(tx, &in, &changed, e) || services_draft_refuse_stale(changed, e) ||
                   audit_write(tx, q->arena, &rec, NULL, e)
               ? -1
               : 0;
}

struct str services_draft_path(struct req *q, const char *part)
{
    return str_fmt(q->arena, "/admin/services/drafts/%.*s%s", STR_ARG(req_param(q, "id")), part);
}
