/* find.c: where a case stands, by number and code: nothing of a person is shown but the state, and the receipt of its fee. */
#include "models/m02_kiosk/pages.h"

#include "engines/credentials/throttle.h"
#include "gen/kiosk_pages.h"
#include "platform/crypto/crypto.h"

static const struct field find_fields[] = {
    { .name = "number",
      .type = FIELD_TEXT,
      .required = true,
      .max = CASE_NUMBER_MAX + 4,
      .label = MSG("Số hồ sơ"),
      .help = MSG("Ghi trên giấy tiếp nhận; hoặc số tạm bắt đầu bằng chữ T.") },
    { .name = "code", .type = FIELD_TEXT, .max = 20, .label = MSG("Mã theo dõi"), .help = MSG("Số tạm không cần mã.") },
    { .name = NULL },
};
const struct form kiosk_find_form = { .name = "kiosk_find", .fields = find_fields, .max_body = 4 * 1024 };

struct finding {
    struct kiosk_place place;
    struct kiosk_session session;
    struct case_number number;
    bool readable, provisional;
    struct guess guess;
    struct kiosk_find_view view;
};

int kiosk_find_get(struct req *q, struct res *s, struct err *e)
{
    struct kiosk_session session;
    struct kiosk_find_view v = { 0 };
    if (kiosk_open(q, s, &v.bar, &session, e))
        return -1;
    struct html h = res_html(q, s);
    kiosk_find_page(&h, &v);
    return 0;
}

int kiosk_find_prepare(struct req *q, struct err *e)
{
    struct finding *w = arena_new(q->arena, struct finding);
    struct str number = req_form(q, "number");
    struct unit_code unit;
    int64_t seconds, n;
    q->work = w;
    if (kiosk_place_of(q, &w->place, e) || kiosk_session_of(q, &w->place, &w->session, e) < 0)
        return -1;
    w->readable = case_number_parse(q->arena, number, &w->number);
    w->provisional = edge_provisional_read(number, &unit, &n);
    w->guess = guess_of(q, 0, str_fmt(q->arena, "case/%.*s", STR_ARG(str_head(number, CASE_NUMBER_MAX))));
    if (guess_wait_s(q, req_read(q, e), &w->guess, &seconds, e))
        return -1;
    if (seconds > 0)
        return ERR_SAY(e, ERR_RATE, MSGS("Đã thử sai nhiều lần. Xin chờ một lát rồi thử lại với mã ghi trên giấy tiếp nhận."), "%lld s",
                       (long long)seconds);
    if (!w->session.id)
        w->session = (struct kiosk_session) { .token = token_new(q->arena) };
    return 0;
}

static int find_provisional(struct req *q, struct tx *tx, struct finding *w, struct err *e)
{
    return edge_act_fate_of(tx_reader(tx), q->arena, req_form(q, "number"), &w->view.fate, e) < 0 ? -1 : 0;
}

int kiosk_find_write(struct req *q, struct tx *tx, struct err *e)
{
    struct finding *w = q->work;
    tx_unaudited(tx, "whoever has number and code sees the state and nothing of a person; wrong tries are counted");
    w->view.found = false;
    if (w->provisional)
        return find_provisional(q, tx, w, e);
    int got = w->readable ? case_follow(q->app, tx_reader(tx), q->arena, &w->number, req_form(q, "code"), &w->view.c, e) : 0;
    if (got != 1)
        return got < 0 ? -1 : guess_wrong(tx, &w->guess, e);
    w->view.found = true;
    w->session.held.case_id = w->view.c.id;
    w->session.held.number = w->view.c.number_text;
    return guess_right(tx, &w->guess, e) || kiosk_session_keep(q, tx, &w->place, &w->session, e) ? -1 : 0;
}

static int receipt_of(struct req *q, struct kiosk_find_view *v, struct err *e)
{
    struct pay_receipt receipt;
    struct dbr *r = req_read(q, e);
    int got = r ? pay_receipt_of_case(r, q->arena, v->c.id, &receipt, e) : -1;
    if (got == 1)
        v->receipt = receipt.number;
    return got < 0 ? -1 : 0;
}

int kiosk_find_reply(struct req *q, struct res *s, struct err *e)
{
    struct finding *w = q->work;
    struct kiosk_session again;
    if (kiosk_open(q, s, &w->view.bar, &again, e))
        return -1;
    w->view.asked = true;
    w->view.bar.begun = w->view.found || w->view.bar.begun;
    w->view.to_pay = w->view.found && w->view.c.payment == CASE_UNPAID && w->view.c.fee.dong > 0;
    w->view.fee = w->view.c.fee;
    if (w->view.found && receipt_of(q, &w->view, e))
        return -1;
    if (!w->view.found && !w->view.fate.state.p)
        s->status = 422;
    if (w->view.found)
        kiosk_session_cookie(q, s, &w->session);
    struct html h = res_html(q, s);
    kiosk_find_page(&h, &w->view);
    return 0;
}
