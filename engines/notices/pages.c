/* pages.c: what somebody has been told, what became of it on the way, and how they want to be told. */
#include "engines/notices/inside.h"

#include "gen/notices_pages.h"
#include "platform/html/components.h"

static const struct field contact_fields[] = {
    { .name = "phone", .type = FIELD_TEXT, .max = 11, .label = MSG("Số điện thoại nhận tin") },
    { .name = "by_sms", .type = FIELD_CHECK, .label = MSG("Báo cho tôi bằng tin nhắn SMS") },
    { .name = "email", .type = FIELD_TEXT, .max = 120, .label = MSG("Địa chỉ thư điện tử") },
    { .name = "by_email", .type = FIELD_CHECK, .label = MSG("Báo cho tôi bằng thư điện tử") },
    { .name = NULL },
};
const struct form notice_contact_form = { .name = "notice_contact", .fields = contact_fields };

/* Notices are for those whom the register knows: officers' accounts and programs are asked nothing. */
int notices_unread(struct req *q, int64_t *n, struct err *e)
{
    struct notice_unread_row row;
    *n = 0;
    if (!q->actor->pid.v[0])
        return 0;
    struct dbr *r = req_read(q, e);
    if (!r || notice_unread(r, q->arena, &(struct notice_unread_in) { .account = q->actor->account }, &row, e) != 1)
        return -1;
    *n = row.n;
    return 0;
}

int notices_get(struct req *q, struct res *s, struct err *e)
{
    struct notices_view v = { .contact = { STR(""), STR(""), false, false } };
    struct dbr *r = req_read(q, e);
    int64_t me = q->actor->account;
    if (!r || notice_rows(r, q->arena, &(struct notice_rows_in) { .account = me, .before = INT64_MAX }, &v.rows, e) ||
        notice_out_of(r, q->arena, &(struct notice_out_of_in) { .account = me, .before = INT64_MAX }, &v.out, e) ||
        notice_contact_of(r, q->arena, me, &v.contact, e) < 0)
        return -1;
    v.key = req_form_key(q);
    struct html h = res_html(q, s);
    notices_page(&h, &v);
    return 0;
}

int notices_seen_write(struct req *q, struct tx *tx, struct err *e)
{
    tx_unaudited(tx, "somebody has read their own notices");
    return notice_see_all(tx, &(struct notice_see_all_in) { .account = q->actor->account, .seen_at = tx_now(tx) }, NULL, e);
}

int notices_contact_prepare(struct req *q, struct err *e)
{
    struct notice_contact *c = arena_new(q->arena, struct notice_contact);
    q->work = c;
    *c = (struct notice_contact) { str_trim(str_or_empty(req_form(q, "phone"))), str_trim(str_or_empty(req_form(q, "email"))),
                                   req_form_has(q, "by_sms"), req_form_has(q, "by_email") };
    if (c->phone.n && (!str_is_digits(c->phone) || c->phone.p[0] != '0' || c->phone.n < 10))
        req_refuse_field(q, NULL, "phone", MSGS("Số điện thoại gồm mười chữ số, bắt đầu bằng số 0."));
    if (c->by_sms && !c->phone.n)
        req_refuse_field(q, NULL, "phone", MSGS("Xin ghi số điện thoại để nhận tin nhắn."));
    if (c->email.n && str_find_char(c->email, '@') <= 0)
        req_refuse_field(q, NULL, "email", MSGS("Địa chỉ thư có dạng ten@noi.vn."));
    if (c->by_email && !c->email.n)
        req_refuse_field(q, NULL, "email", MSGS("Xin ghi địa chỉ thư để nhận thư."));
    return q->n_field_errors ? ERR(e, ERR_FORM, "contact: %zu fields", q->n_field_errors) : 0;
}

int notices_contact_write(struct req *q, struct tx *tx, struct err *e)
{
    struct audit_record rec = audit_of(q, STR("notices.contact_set"));
    rec.object = str_fmt(q->arena, "account/%lld", (long long)q->actor->account);
    return notice_contact_set(tx, q->actor->account, q->work, e) || audit_write(tx, q->arena, &rec, NULL, e) ? -1 : 0;
}

int notices_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q;
    (void)e;
    return res_redirect(s, STR("/tin-bao"));
}
