/* pay.c: where a case stands, by number and code; and paying for it by VietQR. Money that came in and cannot be booked for its case is
 * written down to be paid back in the same transaction: no payment is without one of the two.
 */
#include "models/m02_kiosk/pages.h"

#include "base/rng.h"
#include "engines/credentials/throttle.h"
#include "engines/people/pack.h"
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
    if (!w->view.found && !w->view.fate.state.p)
        s->status = 422;
    if (w->view.found)
        kiosk_session_cookie(q, s, &w->session);
    struct html h = res_html(q, s);
    kiosk_find_page(&h, &w->view);
    return 0;
}

/* ---- asking for money ---- */

struct paying {
    struct kiosk_place place;
    struct kiosk_session session;
    struct case_view c;
    struct str reference;
    struct kiosk_payment_row_row row;
    bool may_book;
};

static bool is_simulation(const struct req *q)
{
    return str_eq(str_of(q->app->settings.mode), STR("MÔ PHỎNG"));
}

/* Letters and digits that a bank's message keeps as they are. */
static struct str reference_new(struct arena *a)
{
    static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"; /* 32 */
    uint8_t bytes[10];
    char text[10];
    random_bytes(bytes, sizeof(bytes));
    for (size_t i = 0; i < sizeof(bytes); i++)
        text[i] = letters[bytes[i] % 32];
    return str_fmt(a, "KIOT%.*s", (int)sizeof(text), text);
}

int kiosk_pay_prepare(struct req *q, struct err *e)
{
    struct paying *w = arena_new(q->arena, struct paying);
    q->work = w;
    if (kiosk_place_of(q, &w->place, e) || kiosk_session_need(q, &w->place, &w->session, e))
        return -1;
    if (!w->place.prints)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Máy hết giấy hoặc kẹt giấy, chưa in được biên lai nên chưa thu tiền. Xin trả ở cửa."),
                       "no paper");
    int got = w->session.held.case_id ? case_by_id(q->app, req_read(q, e), q->arena, w->session.held.case_id, &w->c, e) : 0;
    if (got != 1)
        return got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "no case in this session");
    if (w->c.payment != CASE_UNPAID || w->c.fee.dong <= 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Hồ sơ này không còn phí phải trả."), "nothing to pay");
    w->reference = reference_new(q->arena);
    return 0;
}

int kiosk_pay_write(struct req *q, struct tx *tx, struct err *e)
{
    struct paying *w = q->work;
    struct kiosk_payment_open_row open;
    int64_t id;
    tx_unaudited(tx, "a sum is asked for; the payment itself is recorded");
    int got = kiosk_payment_open(tx_reader(tx), q->arena, &(struct kiosk_payment_open_in) { .case_id = w->c.id }, &open, e);
    if (got == 1)
        w->reference = open.reference;
    struct kiosk_payment_insert_in in = { .reference = w->reference,
                                          .case_id = w->c.id,
                                          .device = w->place.device.id,
                                          .sum = w->c.fee,
                                          .now = tx_now(tx) };
    req_outcome(q, w->reference);
    return got < 0 || (got == 0 && kiosk_payment_insert(tx, &in, &id, e)) ? -1 : 0;
}

int kiosk_pay_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/kiosk/pay/%.*s", STR_ARG(q->outcome)));
}

/* The province's account stands in the pack: "kiosk.account = 970405 5000205123456"; without it there is nothing to pay to. */
static struct str qr_of(struct req *q, const struct kiosk_payment_row_row *p)
{
    struct pack_conf conf;
    struct vietqr v = { .purpose = p->reference, .amount = p->sum };
    if (pack_conf_read(q->arena, q->app->settings.pack_dir, &conf, NULL))
        return STR("");
    v.account = pack_value(&conf, "kiosk.account");
    str_cut(&v.account, ' ', &v.bin);
    return v.account.n > 0 ? str_or_empty(vietqr_text(q->arena, &v)) : STR("");
}

int kiosk_pay_get(struct req *q, struct res *s, struct err *e)
{
    struct kiosk_session session;
    struct kiosk_payment_row_row row;
    struct kiosk_pay_view v = { 0 };
    if (kiosk_open(q, s, &v.bar, &session, e) || kiosk_session_need(q, &v.bar.place, &session, e))
        return -1;
    int got = kiosk_payment_row(req_read(q, e), q->arena, &(struct kiosk_payment_row_in) { .reference = req_param(q, "reference") },
                                &row, e);
    if (got != 1 || row.case_id != session.held.case_id)
        return got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "no such payment in this session");
    v.reference = row.reference;
    v.sum = row.sum;
    v.state = row.state;
    v.receipt = str_or_empty(row.receipt);
    v.why = str_or_empty(row.why);
    v.qr = qr_of(q, &row);
    v.simulated = is_simulation(q);
    struct html h = res_html(q, s);
    kiosk_pay_page(&h, &v);
    return 0;
}

/* ---- the money has come ---- */

/* In a simulation the bank's word is a button. A real bank's notice needs the ledger of payments, which is not this model's. */
int kiosk_paid_prepare(struct req *q, struct err *e)
{
    struct paying *w = arena_new(q->arena, struct paying);
    q->work = w;
    if (!is_simulation(q))
        return ERR_SAY(e, ERR_FORBIDDEN, MSGS("Chỉ ngân hàng mới xác nhận được tiền đã đến."), "not a simulation");
    if (kiosk_place_of(q, &w->place, e))
        return -1;
    int got = kiosk_payment_row(req_read(q, e), q->arena, &(struct kiosk_payment_row_in) { .reference = req_param(q, "reference") },
                                &w->row, e);
    return got == 1 ? 0 : got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "no such payment");
}

static int record(struct req *q, struct tx *tx, const struct paying *w, const char *action, struct err *e)
{
    struct audit_record rec = audit_of(q, str_of(action));
    rec.account_name = w->place.device.name;
    rec.unit = w->place.device.unit;
    rec.object = str_fmt(q->arena, "kiosk_payment/%lld", (long long)w->row.id);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

static int book(struct req *q, struct tx *tx, const struct paying *w, struct err *e)
{
    struct case_by by = case_by_system(q->app, q->arena, w->place.device.name);
    struct str receipt = str_fmt(q->arena, "BL-%.*s", STR_ARG(w->row.reference));
    struct kiosk_payment_receipted_in in = { .id = w->row.id, .now = tx_now(tx), .receipt = receipt, .printed = w->place.prints };
    return case_pay(tx, &by, w->row.case_id, w->row.sum, receipt, e) || kiosk_payment_receipted(tx, &in, NULL, e) ||
                   record(q, tx, w, "kiosk.paid", e)
               ? -1
               : 0;
}

static int pay_back(struct req *q, struct tx *tx, const struct paying *w, struct err *e)
{
    struct kiosk_payment_refund_in in = { .id = w->row.id,
                                          .now = tx_now(tx),
                                          .why = MSGS("Hồ sơ đã được trả phí hoặc đã khép lại trước khi tiền đến.") };
    return kiosk_payment_refund(tx, &in, NULL, e) || record(q, tx, w, "kiosk.refund_due", e) ? -1 : 0;
}

int kiosk_paid_write(struct req *q, struct tx *tx, struct err *e)
{
    struct paying *w = q->work;
    struct kiosk_payment_row_row now;
    struct case_view c;
    if (kiosk_payment_row(tx_reader(tx), q->arena, &(struct kiosk_payment_row_in) { .reference = w->row.reference }, &now, e) != 1 ||
        case_by_id(q->app, tx_reader(tx), q->arena, w->row.case_id, &c, e) != 1)
        return -1;
    if (!str_eq(now.state, STR("asked"))) {
        tx_unaudited(tx, "the bank said it before");
        return 0;
    }
    return c.payment == CASE_UNPAID && c.open && c.fee.dong == now.sum.dong ? book(q, tx, w, e) : pay_back(q, tx, w, e);
}

int kiosk_paid_reply(struct req *q, struct res *s, struct err *e)
{
    struct str reference = req_param(q, "reference");
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/kiosk/pay/%.*s", STR_ARG(reference)));
}
