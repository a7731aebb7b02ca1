/* conflict_page.c: where the plan disagrees with itself, and the standing office's decisions. */
#include "engines/plan/pages.h"

#include "engines/plan/decide.h"
#include "gen/plan_pages.h"

#include <string.h>

static const struct choice readings[] = {
    { "body", MSG("Theo phần II") },
    { "appendix", MSG("Theo phụ lục") },
    { "other", MSG("Khác cả hai (ghi bên dưới)") },
    { .value = NULL },
};
static const struct field decision_fields[] = {
    { .name = "reading", .type = FIELD_CHOICE, .required = true, .choices = readings, .label = MSG("Lấy cách nào?") },
    { .name = "words", .type = FIELD_TEXT, .max = 500, .label = MSG("Nội dung khác") },
    { .name = "day", .type = FIELD_DAY, .label = MSG("Thời hạn khác"), .help = MSG("Chỉ khi quyết định về thời hạn") },
    { .name = "reason",
      .type = FIELD_LINES,
      .required = true,
      .min = 5,
      .max = 1000,
      .label = MSG("Lý do, căn cứ"),
      .help = MSG("Ví dụ: Công văn số 123/UBND-NC ngày 15/9/2023") },
    { .name = NULL },
};
const struct form decision_form = { .name = "plan_decision", .fields = decision_fields };

int conflicts_get(struct req *q, struct res *s, struct err *e)
{
    struct conflicts_view v = { .undecided = 0 };
    struct dbr *r = req_read(q, e);
    if (!r || plan_conflicts_read(r, q->arena, -1, &v.all, e))
        return -1;
    for (size_t i = 0; i < v.all.n; i++)
        v.undecided += !v.all.v[i].decided;
    struct html h = res_html(q, s);
    conflicts_page(&h, &v);
    return 0;
}

static int find_conflict(struct req *q, struct dbr *r, int64_t id, struct plan_conflict *out, struct err *e)
{
    struct plan_conflicts all;
    if (plan_conflicts_read(r, q->arena, -1, &all, e))
        return -1;
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].id == id) {
            *out = all.v[i];
            return 0;
        }
    return ERR(e, ERR_NOT_FOUND, "conflict %lld", (long long)id);
}

static int model_name(struct req *q, struct dbr *r, int64_t model, struct str *out, struct err *e)
{
    struct plan_model_row_row row;
    int got = plan_model_row(r, q->arena, &(struct plan_model_row_in) { .number = model }, &row, e);
    if (got == 1)
        *out = row.name;
    return got < 0 ? -1 : 0;
}

int conflict_get(struct req *q, struct res *s, struct err *e)
{
    int64_t id;
    struct conflict_view v;
    struct dbr *r = req_read(q, e);
    memset(&v, 0, sizeof(v));
    if (!r)
        return -1;
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "conflict id");
    if (find_conflict(q, r, id, &v.c, e) || (v.c.model && model_name(q, r, v.c.model, &v.model_name, e)) ||
        plan_decisions_of(r, q->arena, &(struct plan_decisions_of_in) { .conflict = id }, &v.history, e))
        return -1;
    v.may_decide = req_may(q, PLAN_OFFICE_MAY, NULL, 0) != NULL;
    v.key = req_form_key(q);
    struct html h = res_html(q, s);
    conflict_page(&h, &v);
    return 0;
}

int decision_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id;
    struct audit_record by = audit_of(q, STR("plan.decided"));
    struct plan_deciding d = { .reading = req_form(q, "reading"),
                               .words = str_or_empty(req_form(q, "words")),
                               .has_day = req_form_has(q, "day"),
                               .reason = req_form(q, "reason") };
    if (!req_param_id(q, "id", &d.conflict))
        return ERR(e, ERR_NOT_FOUND, "conflict id");
    if (d.has_day)
        d.day = req_form_day(q, "day");
    return plan_decide(tx, q->arena, &d, &by, &id, e);
}

int decision_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/plan/conflicts/%.*s", STR_ARG(req_param(q, "id"))));
}
