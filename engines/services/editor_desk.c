/* editor_desk.c: the desk: what is published, what is being worked on, one draft as a whole. */
#include "engines/services/editor.h"

#include "gen/services_pages.h"
#include "platform/crypto/crypto.h"

struct str services_draft_href(const struct html *h, int64_t draft, const char *part)
{
    return str_fmt(h->arena, "/admin/services/drafts/%lld%s", (long long)draft, part);
}

int services_desk_get(struct req *q, struct res *s, struct err *e)
{
    struct services_listed_rows rows;
    struct desk_view v = { .key = req_form_key(q), .may_edit = req_may(q, SERVICES_EDIT_MAY, NULL, 0) != NULL };
    struct dbr *r = req_read(q, e);
    if (!r || services_listed(r, q->arena, &(struct services_listed_in) { .today = instant_day(q->now) }, &rows, e) ||
        service_drafts_open(r, q->arena, &v.drafts, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++)
        *vec_push(q->arena, &v.services) =
            (struct desk_row) { .code = rows.v[i].service,
                                .name = rows.v[i].name,
                                .level = service_level_label((enum service_level)rows.v[i].level),
                                .tag = service_level_tag((enum service_level)rows.v[i].level),
                                .version = rows.v[i].version,
                                .papers = rows.v[i].papers,
                                .since = rows.v[i].since };
    struct html h = res_html(q, s);
    services_desk(&h, &v);
    return 0;
}

/* ---- a new draft from the version in force ---- */

struct new_work {
    struct str code, body;
    int64_t base;
};

int services_draft_new_prepare(struct req *q, struct err *e)
{
    const struct service_def *def;
    struct new_work *w = q->work = arena_new(q->arena, struct new_work);
    struct dbr *r = req_read(q, e);
    json_t *j;
    int got = r ? services_in_force(q->app, r, req_param(q, "code"), instant_day(q->now), &def, e) : -1;
    if (got == 0)
        return ERR_SAY(e, ERR_NOT_FOUND,
                       MSGS("Hôm nay không có dịch vụ nào mang mã này. Xin tìm trong danh mục dịch vụ công."), "no service");
    if (got < 0 || services_file_json(r, q->arena, def->id, &j, e))
        return -1;
    w->code = def->code;
    w->base = def->id;
    return json_canonical(q->arena, j, &w->body, e);
}

int services_draft_new_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct new_work *w = q->work;
    int64_t id;
    struct audit_record rec = audit_of(q, STR("services.draft_made"));
    struct service_draft_insert_in in = { .service = w->code,
                                          .has_base = true,
                                          .base = w->base,
                                          .body = w->body,
                                          .made_by = q->actor->account,
                                          .made_name = q->actor->name,
                                          .changed_by = q->actor->account,
                                          .changed_name = q->actor->name,
                                          .changed_at = tx_now(tx),
                                          .editors = services_draft_editors(q, STR("")) };
    if (service_draft_insert(tx, &in, &id, e))
        return -1;
    rec.object = str_fmt(q->arena, "service_draft/%lld %.*s", (long long)id, STR_ARG(w->code));
    req_outcome(q, str_fmt(q->arena, "/admin/services/drafts/%lld", (long long)id));
    return audit_write(tx, q->arena, &rec, NULL, e);
}

/* Back to the draft, or where the write said. */
int services_draft_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, q->outcome.n ? q->outcome : services_draft_path(q, ""));
}

/* ---- one draft ---- */

static int load(struct req *q, struct draft *d, struct draft_view *v, struct err *e)
{
    *v = (struct draft_view) { .d = d, .key = req_form_key(q), .today = day_vi(q->arena, instant_day(q->now)) };
    if (services_draft_read(q, d, e))
        return -1;
    v->may_edit = d->row.state == DRAFT_OPEN && req_may(q, SERVICES_EDIT_MAY, NULL, 0);
    v->may_publish = d->row.state == DRAFT_PROPOSED && req_may(q, SERVICES_PUBLISH_MAY, NULL, 0);
    v->own = services_draft_own(q, d);
    v->holder = d->def ? services_function_holder(q->app, d->def->function, instant_day(q->now)) : STR("");
    if (d->base && d->def)
        services_compare(q->arena, q->lang, d->base, d->def, &v->changes);
    return 0;
}

int services_draft_get(struct req *q, struct res *s, struct err *e)
{
    struct draft d;
    struct draft_view v;
    if (load(q, &d, &v, e))
        return -1;
    struct html h = res_html(q, s);
    services_draft(&h, &v);
    return 0;
}

int services_draft_compare_get(struct req *q, struct res *s, struct err *e)
{
    struct draft d;
    struct draft_view v;
    if (load(q, &d, &v, e))
        return -1;
    struct html h = res_html(q, s);
    services_compare_page(&h, &v);
    return 0;
}

/* The public page as it will be. */
int services_draft_preview_get(struct req *q, struct res *s, struct err *e)
{
    struct draft d;
    if (services_draft_read(q, &d, e))
        return -1;
    if (!d.def || d.faults.n)
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Bản thảo còn lỗi nên chưa xem trước được. Xin sửa các chỗ nêu trong bản thảo."), "%zu faults",
                       d.faults.n);
    return services_show(q, s, d.def, e);
}
