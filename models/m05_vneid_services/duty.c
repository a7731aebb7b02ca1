/* duty.c: the integration officer's morning: what VNeID and we do not agree on, whose it is, what was done and why. */
#include "models/m05_vneid_services/doors.h"

#include "gen/vneid_services_pages.h"

#include <string.h>

static const struct {
    const char *word;
    struct str label;
} actions[] = {
    { "push", MSG("Gửi lại toàn bộ hồ sơ cho VNeID") },
    { "take_over", MSG("Theo bên VNeID: xử lý tay tại quầy") },
    { "explain", MSG("Giải thích: khác nhau mà không phải lỗi") },
    { "same", MSG("Hai bên đã giống nhau") },
};
enum { LATE_DAYS = 1, COUNTED_DAYS = 30 };

static const struct choice action_choices[] = {
    { "push", MSG("Gửi lại toàn bộ hồ sơ cho VNeID") },
    { "take_over", MSG("Theo bên VNeID: xử lý tay tại quầy") },
    { "explain", MSG("Giải thích: khác nhau mà không phải lỗi") },
    { NULL, { NULL, 0 } },
};
static const struct field done_fields[] = {
    { .name = "action", .type = FIELD_CHOICE, .required = true, .choices = action_choices, .label = MSG("Đã làm gì?") },
    { .name = "reason",
      .type = FIELD_LINES,
      .required = true,
      .max = 500,
      .label = MSG("Vì sao khác nhau, và đã xử lý thế nào"),
      .help = MSG("Người khác đọc lại sau này. Xin không ghi số định danh.") },
    { .name = NULL },
};
const struct form vneid_done_form = { .name = "vneid_done", .fields = done_fields };

struct str vneid_action_label(struct str action)
{
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (str_eq(action, str_of(actions[i].word)))
            return actions[i].label;
    return action;
}

/* ---- the list ---- */

static int read_channel(struct req *q, struct dbr *r, struct vneid_duty_view *v, struct err *e)
{
    struct vneid_out_waiting_row waiting;
    struct vneid_out_counts_row counts;
    const struct vneid_out_counts_in lately = { .since = { q->now.us - COUNTED_DAYS * US_PER_DAY } };
    if (vneid_out_waiting(r, q->arena, &waiting, e) < 0 || vneid_out_counts(r, q->arena, &lately, &counts, e) < 0 ||
        case_channel_down_since(r, q->arena, CASE_VNEID, &v->down_since, e) < 0)
        return -1;
    v->waiting = waiting.n;
    v->oldest = waiting.has_oldest ? waiting.oldest : (struct instant) { 0 };
    v->taken = counts.taken;
    v->refused = counts.refused;
    v->read = counts.read;
    int got = vneid_run_last(r, q->arena, &v->run, e);
    v->has_run = got == 1;
    return got < 0 ? -1 : 0;
}

static int read_duties(struct req *q, struct dbr *r, struct vneid_duty_view *v, struct err *e)
{
    struct vneid_diffs_rows rows;
    if (vneid_diffs(r, q->arena, &rows, e) || vneid_diffs_done(r, q->arena, &v->done, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++)
        *vec_push(q->arena, &v->lines) =
            (struct duty_line) { .row = rows.v[i],
                                 .label = vneid_diff_label((enum vneid_diff_kind)rows.v[i].kind),
                                 .mine = rows.v[i].has_owner && rows.v[i].owner == q->actor->account,
                                 .late = rows.v[i].found_at.us < q->now.us - LATE_DAYS * US_PER_DAY };
    return 0;
}

static struct str said_of(struct req *q)
{
    struct str word = req_query(q, "xong");
    return str_eq(word, STR("so"))        ? MSGS("Đã so hai danh sách.")
           : str_eq(word, STR("nhan"))    ? MSGS("Việc này bây giờ là của bạn.")
           : str_eq(word, STR("xong"))    ? MSGS("Đã ghi cách xử lý. Đêm nay hai bên được so lại.")
           : str_eq(word, STR("dich-vu")) ? MSGS("Đã đổi. Từ bây giờ VNeID mở dịch vụ theo danh sách này.")
                                          : STR("");
}

int vneid_duty_get(struct req *q, struct res *s, struct err *e)
{
    struct vneid_duty_view v = { .base = vneid_channel(q->app)->base, .said = said_of(q) };
    struct dbr *r = req_read(q, e);
    v.connected = v.base.n > 0;
    v.today = day_vi(q->arena, instant_day(q->now));
    v.key = req_form_key(q);
    if (!r || read_channel(q, r, &v, e) || read_duties(q, r, &v, e))
        return -1;
    struct html h = res_html(q, s);
    vneid_duty(&h, &v);
    return 0;
}

/* ---- comparing now ---- */

static const struct field compare_fields[] = {
    { .name = "day", .type = FIELD_DAY, .required = true, .label = MSG("So ngày nào") },
    { .name = NULL },
};
const struct form vneid_compare_form = { .name = "vneid_compare", .fields = compare_fields };

int vneid_compare_prepare(struct req *q, struct err *e)
{
    struct vneid_run *w;
    if (req_form_day(q, "day").n > instant_day(q->now).n)
        return req_refuse_field(q, e, "day", MSGS("Ngày này chưa tới. Xin chọn hôm nay hoặc một ngày đã qua."));
    if (vneid_run_compare(q->app, q->arena, req_form_day(q, "day"), q->now, &w, e))
        return -1;
    q->work = w;
    return 0;
}

int vneid_compare_write(struct req *q, struct tx *tx, struct err *e)
{
    struct audit_record by = audit_of(q, STR("vneid.reconciled"));
    req_outcome(q, STR("so"));
    return vneid_run_keep(tx, q->work, &by, e);
}

/* ---- one ---- */

static int diff_of(struct req *q, struct dbr *r, struct vneid_diff_row_row *row, struct err *e)
{
    int64_t id;
    int got = req_param_id(q, "id", &id) ? vneid_diff_row(r, q->arena, &(struct vneid_diff_row_in) { .id = id }, row, e) : 0;
    if (got == 1 && row->has_done_at)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Việc này đã có người xử lý xong. Xin xem ở danh sách đã xong."),
                       "done already");
    return got == 1 ? 0 : got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "no such difference");
}

int vneid_diff_get(struct req *q, struct res *s, struct err *e)
{
    struct vneid_diff_view v = { .mine = false };
    struct dbr *r = req_read(q, e);
    if (!r || diff_of(q, r, &v.row, e))
        return -1;
    v.label = vneid_diff_label((enum vneid_diff_kind)v.row.kind);
    v.mine = v.row.has_owner && v.row.owner == q->actor->account;
    v.key = req_form_key(q);
    struct html h = res_html(q, s);
    v.action = field_of(&h, &vneid_done_form, "action");
    vneid_diff(&h, &v);
    return 0;
}

static int record(struct req *q, struct tx *tx, const char *action, const struct vneid_diff_row_row *row, struct err *e)
{
    struct audit_record rec = audit_of(q, str_of(action));
    rec.object = str_fmt(q->arena, "case/%.*s", STR_ARG(row->number));
    rec.mode = row->mode;
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int vneid_own_write(struct req *q, struct tx *tx, struct err *e)
{
    struct vneid_diff_row_row row;
    if (diff_of(q, tx_reader(tx), &row, e))
        return -1;
    struct vneid_diff_own_in in = { .owner = q->actor->account, .owner_name = q->actor->name, .id = row.id };
    req_outcome(q, STR("nhan"));
    return vneid_diff_own(tx, &in, NULL, e) || record(q, tx, "vneid.duty_taken", &row, e) ? -1 : 0;
}

int vneid_done_prepare(struct req *q, struct err *e)
{
    struct vneid_diff_row_row row;
    struct dbr *r = req_read(q, e);
    if (!r || diff_of(q, r, &row, e))
        return -1;
    if (row.has_owner && row.owner != q->actor->account)
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Việc này đang của người khác. Xin bấm Nhận việc này trước, để hai người không cùng làm."),
                       "owned by %lld", (long long)row.owner);
    if (str_eq(req_form(q, "action"), STR("push")) && !row.has_case_id)
        return req_refuse_field(q, e, "action",
                                MSGS("Ở đây không có hồ sơ này nên không gửi lại được. Xin chọn cách khác."));
    return 0;
}

int vneid_done_write(struct req *q, struct tx *tx, struct err *e)
{
    struct vneid_diff_row_row row;
    struct case_by by = case_by_request(q);
    int64_t changed;
    if (diff_of(q, tx_reader(tx), &row, e))
        return -1;
    struct vneid_diff_done_in in = { .done_at = tx_now(tx),
                                     .done_by = q->actor->name,
                                     .action = req_form(q, "action"),
                                     .reason = req_form(q, "reason"),
                                     .id = row.id };
    if (vneid_diff_done(tx, &in, &changed, e))
        return -1;
    if (changed != 1)
        return ERR(e, ERR_CONFLICT, "done by somebody else");
    if (str_eq(in.action, STR("push")) &&
        vneid_say_whole(tx, &by, row.case_id,
                        str_fmt(q->arena, "case/%.*s/whole/%lld", STR_ARG(row.number), (long long)row.id), e))
        return -1;
    req_outcome(q, STR("xong"));
    return record(q, tx, "vneid.duty_done", &row, e);
}

int vneid_duty_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/admin/vneid?xong=%.*s", STR_ARG(q->outcome)));
}
