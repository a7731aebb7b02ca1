/* send.c: the list of guests is sent, saved, or one of them taken off. Rows of the list come as repeated fields, in order. */
#include "models/m09_hotel_stays/desk.h"

#include "base/text.h"

static const struct field send_fields[] = {
    { .name = "draft", .type = FIELD_INT, .many = true, .min = 1, .max = 2147483647, .label = MSG("Khách") },
    { .name = "room", .type = FIELD_TEXT, .many = true, .max = 20, .label = MSG("Phòng") },
    { .name = "reason", .type = FIELD_CHOICE, .many = true, .choices = stay_reasons, .label = MSG("Lý do") },
    { .name = "arrives", .type = FIELD_INSTANT, .many = true, .label = MSG("Đến lúc") },
    { .name = "leaves", .type = FIELD_DAY, .many = true, .label = MSG("Ngày đi") },
    { .name = "guardian", .type = FIELD_TEXT, .many = true, .max = 100, .label = MSG("Đi cùng") },
    { .name = "late_cause", .type = FIELD_TEXT, .max = 200, .label = MSG("Lý do khai muộn"),
      .help = MSG("Ví dụ: mất mạng từ 22 giờ; khách đến sau nửa đêm") },
    { .name = "remove", .type = FIELD_INT, .min = 1, .max = 2147483647, .label = MSG("Bỏ khách") },
    { .name = NULL },
};
const struct form send_form = { .name = "send", .fields = send_fields, .max_body = 64 * 1024 };

struct list_row {
    struct stay_draft_update_in draft;
};

struct list {
    struct facility facility;
    struct list_row rows[STAY_GUESTS_MAX];
    int64_t ids[STAY_GUESTS_MAX];
    size_t n;
    int64_t remove;
    struct str late_cause;
    struct stay_receipt receipt;
};

static struct str reason_label(struct str value)
{
    for (const struct choice *c = stay_reasons; c->value; c++)
        if (str_eq(str_of(c->value), value))
            return c->label;
    return stay_reasons[0].label;
}

static void row_as_typed(const struct req *q, size_t i, struct stay_drafts_row *draft)
{
    struct instant arrives;
    struct day leaves;
    draft->room = req_form_nth(q, "room", i);
    draft->reason = reason_label(req_form_nth(q, "reason", i));
    draft->guardian = req_form_nth(q, "guardian", i);
    if (instant_typed(req_form_nth(q, "arrives", i), &arrives)) {
        draft->arrives_at = arrives;
        draft->due_at = stay_due(stay_clock_rule_on(q->app, instant_day(arrives)), arrives);
    }
    if (day_typed(req_form_nth(q, "leaves", i), &leaves))
        draft->leaves_on = leaves;
}

void list_as_typed(const struct req *q, struct stay_drafts_row *drafts, size_t n)
{
    int64_t id;
    for (size_t i = 0; str_to_i64(req_form_nth(q, "draft", i), &id); i++)
        for (size_t k = 0; k < n; k++)
            if (drafts[k].id == id)
                row_as_typed(q, i, &drafts[k]);
}

static int read_row(struct req *q, struct list *w, size_t i, struct err *e)
{
    struct stay_draft_update_in *d = &w->rows[i].draft;
    if (!str_to_i64(req_form_nth(q, "draft", i), &d->id))
        return ERR(e, ERR_INPUT, "row %zu has no draft number", i);
    d->facility = w->facility.id;
    d->room = req_form_nth(q, "room", i);
    d->reason = reason_label(req_form_nth(q, "reason", i));
    d->guardian = req_form_nth(q, "guardian", i);
    d->is_child = d->guardian.n > 0;
    d->late_cause = STR("");
    if (!instant_typed(req_form_nth(q, "arrives", i), &d->arrives_at))
        return req_refuse_field(q, e, "arrives", MSGS("Xin ghi giờ và ngày đến của từng khách."));
    if (!day_typed(req_form_nth(q, "leaves", i), &d->leaves_on))
        return req_refuse_field(q, e, "leaves", MSGS("Xin ghi ngày đi dự kiến của từng khách."));
    if (d->leaves_on.n < instant_day(d->arrives_at).n)
        return req_refuse_field(q, e, "leaves", MSGS("Ngày đi phải từ ngày đến trở đi."));
    if (d->arrives_at.us > q->now.us + US_PER_DAY)
        return req_refuse_field(q, e, "arrives", MSGS("Giờ đến ở quá xa trong tương lai."));
    if (d->arrives_at.us < q->now.us - 30 * US_PER_DAY)
        return req_refuse_field(q, e, "arrives", MSGS("Giờ đến đã quá 30 ngày. Xin xem lại năm và tháng."));
    d->due_at = stay_due(stay_clock_rule_on(q->app, instant_day(d->arrives_at)), d->arrives_at);
    w->ids[i] = d->id;
    return 0;
}

static int read_list(struct req *q, struct err *e)
{
    struct list *w = arena_new(q->arena, struct list);
    q->work = w;
    if (desk_facility(q, &w->facility, e) != 0)
        return -1;
    for (size_t k = 0; k < q->n_form; k++)
        w->n += str_eq(q->form[k].name, STR("draft"));
    if (w->n > STAY_GUESTS_MAX)
        return ERR_SAY(e, ERR_FORM, MSGS("Mỗi lần gửi tối đa 60 khách. Xin chia thành nhiều lần."), "%zu guests", w->n);
    for (size_t i = 0; i < w->n; i++)
        if (read_row(q, w, i, e) != 0)
            return -1;
    w->late_cause = req_form(q, "late_cause");
    w->remove = req_form_has(q, "remove") ? req_form_int(q, "remove") : 0;
    return 0;
}

int send_prepare(struct req *q, struct err *e)
{
    if (read_list(q, e) != 0)
        return -1;
    struct list *w = q->work;
    if (w->n == 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Chưa có khách nào để gửi."), "no guest");
    for (size_t i = 0; i < w->n; i++)
        if (q->now.us > w->rows[i].draft.due_at.us && w->late_cause.n == 0)
            return req_refuse_field(q, e, "late_cause", MSGS("Có khách đã quá hạn khai báo. Xin ghi lý do muộn rồi gửi."));
    return 0;
}

int save_prepare(struct req *q, struct err *e)
{
    return read_list(q, e);
}

static int keep_rows(struct req *q, struct tx *tx, struct err *e)
{
    const struct list *w = q->work;
    for (size_t i = 0; i < w->n; i++)
        if (stay_draft_update(tx, &w->rows[i].draft, NULL, e) != 0)
            return -1;
    return 0;
}

int send_write(struct req *q, struct tx *tx, struct err *e)
{
    struct list *w = q->work;
    struct stay_declaration d = { .facility = &w->facility, .drafts = w->ids, .n_drafts = w->n, .late_cause = w->late_cause };
    if (keep_rows(q, tx, e) != 0 || stay_declare(tx, q->arena, q, &d, &w->receipt, e) != 0)
        return -1;
    req_outcome(q, w->receipt.number);
    return 0;
}

int send_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    stays_changed(q->app, &((const struct list *)q->work)->facility.unit);
    return res_redirect(s, str_fmt(q->arena, "/stays/receipts/%.*s", STR_ARG(q->outcome)));
}

int save_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct list *w = q->work;
    if (keep_rows(q, tx, e) != 0)
        return -1;
    if (w->remove == 0) {
        tx_unaudited(tx, "edits a list that nobody has declared yet; the declaration is recorded");
        return 0;
    }
    struct stay_draft_delete_in in = { .id = w->remove, .facility = w->facility.id };
    struct audit_record rec = audit_of(q, STR("stays.draft_removed"));
    rec.facility = w->facility.id;
    rec.facility_name = w->facility.name;
    rec.object = str_fmt(q->arena, "stay_guest/%lld", (long long)w->remove);
    return stay_draft_delete(tx, &in, NULL, e) != 0 ? -1 : audit_write(tx, q->arena, &rec, NULL, e);
}
