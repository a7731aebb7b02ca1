/* slip.c: what could not become a case by itself, shown to the window that goes on with it. Each look is recorded. */
#include "models/m02_kiosk/pages.h"
#include "models/m02_kiosk/replay.h"

#include "gen/kiosk_pages.h"

static const struct field slip_fields[] = {
    { .name = "number",
      .type = FIELD_TEXT,
      .max = CASE_NUMBER_MAX,
      .label = MSG("Số hồ sơ đã nhập"),
      .help = MSG("Nhập hồ sơ ở trang tiếp nhận trước, rồi ghi số của nó vào đây.") },
    { .name = "why", .type = FIELD_TEXT, .max = 300, .label = MSG("Hoặc vì sao không thành hồ sơ") },
    { .name = NULL },
};
const struct form kiosk_slip_form = { .name = "kiosk_slip", .fields = slip_fields, .max_body = 8 * 1024 };

struct slip_work {
    struct edge_act act;
    struct kiosk_posts posts;
    struct str number, why;
};

/* Whoever may not call numbers of that hall is told that there is no such slip. */
static struct slip_work *slip_find(struct req *q, struct err *e)
{
    struct slip_work *w = arena_new(q->arena, struct slip_work);
    int64_t id;
    struct dbr *r = req_read(q, e);
    q->work = w;
    if (!r)
        return NULL;
    int got = req_param_id(q, "id", &id) ? edge_act_by_id(r, q->arena, id, &w->act, e) : 0;
    if (got == 1 && req_may(q, EDGE_MAY_QUEUE, &w->act.unit, 0))
        return w;
    if (got >= 0)
        ERR(e, ERR_NOT_FOUND, "no such slip here");
    return NULL;
}

int kiosk_slip_prepare(struct req *q, struct err *e)
{
    struct str plain;
    struct slip_work *w = slip_find(q, e);
    if (!w)
        return -1;
    int got = edge_unseal(q->app, q->arena, w->act.sealed, &plain, e);
    if (got == 1 && kiosk_posts_read(q->arena, plain, &w->posts, NULL))
        w->posts.n = 0;
    return got < 0 ? -1 : 0;
}

static int record(struct req *q, struct tx *tx, const struct slip_work *w, const char *action, struct err *e)
{
    struct audit_record rec = audit_of(q, str_of(action));
    rec.unit = w->act.unit;
    rec.object = str_fmt(q->arena, "edge_act/%lld", (long long)w->act.id);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int kiosk_slip_seen_write(struct req *q, struct tx *tx, struct err *e)
{
    return record(q, tx, q->work, "kiosk.slip_seen", e);
}

static bool is_own(struct str name)
{
    return str_starts(name, STR("_")) || str_eq(name, STR("page")) || str_eq(name, STR("item")) || str_eq(name, STR("go"));
}

int kiosk_slip_reply(struct req *q, struct res *s, struct err *e)
{
    const struct slip_work *w = q->work;
    struct kiosk_slip_view v = { .id = w->act.id,
                                 .number = w->act.number,
                                 .device = w->act.device_name,
                                 .why = w->act.why,
                                 .made_at = w->act.made_at,
                                 .key = req_form_key(q) };
    (void)e;
    for (size_t i = 0; i < w->posts.n; i++)
        for (size_t k = 0; k < w->posts.v[i].n_fields; k++)
            if (!is_own(w->posts.v[i].fields[k].name))
                *vec_push(q->arena, &v.lines) = (struct kiosk_post_line) { w->posts.v[i].fields[k].name, w->posts.v[i].fields[k].value };
    struct html h = res_html(q, s);
    kiosk_slip_page(&h, &v);
    return 0;
}

int kiosk_slip_end_prepare(struct req *q, struct err *e)
{
    struct slip_work *w = slip_find(q, e);
    struct case_number number;
    if (!w)
        return -1;
    w->number = req_form(q, "number");
    w->why = req_form(q, "why");
    if (w->number.n == 0 && w->why.n == 0)
        return req_refuse_field(q, e, "number", MSGS("Xin ghi số hồ sơ đã nhập, hoặc vì sao không thành hồ sơ."));
    if (w->number.n > 0 && !case_number_parse(q->arena, w->number, &number))
        return req_refuse_field(q, e, "number", MSGS("Đây không phải số hồ sơ. Ví dụ: 24763.H16-240304-0001."));
    return 0;
}

int kiosk_slip_end_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct slip_work *w = q->work;
    bool filed = w->number.n > 0;
    return edge_act_settle(tx, w->act.id, filed ? EDGE_FILED : EDGE_REFUSED, filed ? w->number : STR_NONE, filed ? STR_NONE : w->why, e) ||
                   record(q, tx, w, "kiosk.slip_done", e)
               ? -1
               : 0;
}

int kiosk_slip_end_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q;
    (void)e;
    return res_redirect(s, STR("/counter/queue"));
}
