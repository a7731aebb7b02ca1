/* payments_test.c: fees paid through the stand-in for the payment network, over sockets on both sides, with each of its faults. */
#include "engines/payments/pay_sim.h"
#include "engines/payments/payments.h"
#include "gen/payments_queries.h"
#include "tests/fixture.h"
#include "tests/tap.h"

#include <curl/curl.h>
#include <string.h>

struct pay_test {
    struct fixture f;
    struct tap tap;
    struct http *http;
};

/* ---- a case with a fee, and its order ---- */

struct owed {
    struct pay_test *t;
    struct case_made made;
    struct pay_order order;
};

static int owe_write(struct tx *tx, void *arg, struct err *e)
{
    struct owed *o = arg;
    struct arena *a = &o->t->f.arena;
    struct case_by by = case_by_system(&o->t->f.p.app, a, STR("test"));
    const struct case_fee_line fee = { STR("base"), STR("Lệ phí"), { 7000 }, true };
    struct case_new in = { .service = { .code = STR("DVC04"),
                                        .name = STR("Đăng ký tạm trú"),
                                        .flow = STR("commune_days"),
                                        .function = STR("residence.register"),
                                        .unit_level = STR("commune"),
                                        .version_id = 1,
                                        .version = 1,
                                        .days = 3,
                                        .same_day_before = -1 },
                           .name = STR("Nguyễn Văn Demo"),
                           .despite_double = true,
                           .fees = &fee,
                           .n_fees = 1,
                           .code = case_code_new(a) };
    unit_code_parse(STR(COMMUNE_HERE), &in.unit);
    return case_submit(tx, &by, &in, &o->made, e) ||
                   pay_order_open(tx, a, o->made.id, fee.amount, pay_reference_new(a), &o->order, e)
               ? -1
               : 0;
}

static struct owed owe(struct pay_test *t)
{
    struct err e = { 0 };
    struct owed o = { .t = t };
    if (db_write(t->f.p.app.db, owe_write, &o, &e))
        tap_case(&t->tap, false, e.detail, "a case with a fee can be made");
    return o;
}

static enum case_payment payment_of(struct pay_test *t, int64_t id)
{
    struct dbr *r;
    struct err e = { 0 };
    struct case_view c = { .payment = CASE_PAYMENTS_ };
    if (db_read_begin(t->f.p.app.db, &r, &e) == 0) {
        case_by_id(&t->f.p.app, r, &t->f.arena, id, &c, &e);
        db_read_end(r);
    }
    return c.payment;
}

/* The case is refused before the money comes. */
static int reject_write(struct tx *tx, void *arg, struct err *e)
{
    struct owed *o = arg;
    struct case_by by = case_by_system(&o->t->f.p.app, &o->t->f.arena, STR("test"));
    struct case_move_in in = { .id = o->made.id, .revision = 1, .move = STR("reject"), .reason = STR("Không thuộc thẩm quyền") };
    struct case_moving moving;
    struct case_moved out;
    return case_move_check(tx_reader(tx), &by, &in, &moving, e) || case_move(tx, &by, &moving, &out, e) ? -1 : 0;
}

static void reject(struct pay_test *t, struct owed *o)
{
    struct err e = { 0 };
    if (db_write(t->f.p.app.db, reject_write, o, &e))
        tap_case(&t->tap, false, e.detail, "a case can be rejected");
}

/* Receipt of this order, and whether money that came under it is to be paid back. */
static bool has_fate(struct pay_test *t, const struct pay_order *order, bool receipted, enum pay_outcome refund)
{
    struct dbr *r;
    struct err e = { 0 };
    struct pay_fate fate = { .refund = PAY_OUTCOMES_ };
    struct str number = receipted ? str_fmt(&t->f.arena, "BL-%.*s", STR_ARG(order->reference)) : STR("");
    if (db_read_begin(t->f.p.app.db, &r, &e))
        return false;
    int got = pay_fate_of(r, &t->f.arena, order->reference, &fate, &e);
    db_read_end(r);
    return got == 1 && str_eq(fate.receipt, number) && fate.refund == refund && !fate.given_back &&
           (refund == PAY_TAKEN) == (pay_refund_words(refund).n == 0);
}

static size_t unsettled(struct pay_test *t)
{
    struct dbr *r;
    struct err e = { 0 };
    struct payment_notices_open_rows rows = { .n = 0 };
    if (db_read_begin(t->f.p.app.db, &r, &e) == 0) {
        payment_notices_open(r, &t->f.arena, &rows, &e);
        db_read_end(r);
    }
    return rows.n;
}

/* ---- over the wire ---- */

static size_t drop_bytes(char *p, size_t size, size_t n, void *ctx)
{
    (void)p;
    (void)ctx;
    return size * n;
}

static long post(const char *url, const char *body, const char *signature)
{
    long status = 0;
    char line[128];
    CURL *c = curl_easy_init();
    struct curl_slist *h = curl_slist_append(NULL, "Content-Type: application/json");
    snprintf(line, sizeof line, "X-Signature: %s", signature);
    h = curl_slist_append(h, line);
    curl_easy_setopt(c, CURLOPT_URL, url);
    curl_easy_setopt(c, CURLOPT_PROXY, "");
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, h);
    curl_easy_setopt(c, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, drop_bytes);
    if (curl_easy_perform(c) == CURLE_OK)
        curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(h);
    curl_easy_cleanup(c);
    return status;
}

/* Pays an order's code at a stand-in that has this one fault, always. */
static long pay_with(struct pay_test *t, const struct pay_order *order, unsigned fault, uint64_t seed)
{
    struct err e = { 0 };
    struct arena *a = &t->f.arena;
    struct pay_sim *sim;
    struct pay_sim_options o = { .seed = seed, .slow_ms = 1, .key = pay_key(&t->f.p.app) };
    o.faults = (struct fault_plan) { .faults = fault, .rated = true };
    for (size_t i = 0; i < FAULT_BITS; i++)
        o.faults.percent[i] = fault & (1u << i) ? 100 : 0;
    o.notice_url = str_fmt(a, "http://127.0.0.1:%d/api/v1/payments/notices", http_port(t->http));
    if (pay_sim_open(&o, &sim, &e))
        return -1;
    struct str qr = pay_order_qr(&t->f.p.app, a, order, instant_day(t->f.now));
    long status = post(str_cstr(a, str_fmt(a, "http://127.0.0.1:%d/pay", pay_sim_port(sim))),
                       str_cstr(a, str_fmt(a, "{\"qr\":\"%.*s\"}", STR_ARG(qr))), "none");
    pay_sim_close(sim);
    return status;
}

int main(void)
{
    static struct pay_test t;
    struct err e = { 0 };
    struct http_options o = { .host = "127.0.0.1", .threads = 2, .listen_fd = -1 };
    curl_global_init(CURL_GLOBAL_DEFAULT);
    fixture_open(&t.f);
    if (http_start(&t.f.p.app, &o, &t.http, &e))
        return 2;

    struct owed a = owe(&t);
    tap_case(&t.tap, pay_with(&t, &a.order, 0, 1) == 200 && payment_of(&t, a.made.id) == CASE_PAID, "", "a scanned code pays the case");
    tap_case(&t.tap, has_fate(&t, &a.order, true, PAY_TAKEN), "", "what was paid has a receipt, and nothing is owed back");
    a = owe(&t);
    tap_case(&t.tap, pay_with(&t, &a.order, FAULT_DUPLICATE, 2) == 200 && payment_of(&t, a.made.id) == CASE_PAID && unsettled(&t) == 0,
             "", "told twice, taken once");
    tap_case(&t.tap, pay_with(&t, &a.order, 0, 3) == 200 && unsettled(&t) == 1, "",
             "a second payment of the same code is kept to be given back");
    tap_case(&t.tap, has_fate(&t, &a.order, true, PAY_TWICE), "", "the first keeps its receipt, the second is owed back");
    a = owe(&t);
    tap_case(&t.tap, pay_with(&t, &a.order, FAULT_WRONG_SUM, 4) == 200 && payment_of(&t, a.made.id) == CASE_UNPAID && unsettled(&t) == 2,
             "", "a wrong sum pays nothing and is kept");
    tap_case(&t.tap, has_fate(&t, &a.order, false, PAY_WRONG_SUM), "", "a wrong sum has no receipt and is owed back");
    a = owe(&t);
    tap_case(&t.tap, pay_with(&t, &a.order, FAULT_REORDER, 5) == 200 && payment_of(&t, a.made.id) == CASE_PAID, "",
             "failed after paid changes nothing");
    a = owe(&t);
    tap_case(&t.tap, pay_with(&t, &a.order, FAULT_SLOW, 6) == 200 && payment_of(&t, a.made.id) == CASE_PAID, "", "late is not lost");
    a = owe(&t);
    reject(&t, &a);
    tap_case(&t.tap, pay_with(&t, &a.order, 0, 7) == 200 && has_fate(&t, &a.order, false, PAY_TOO_LATE), "",
             "money for a case that was closed meanwhile is owed back");
    a = owe(&t);
    long status = post(str_cstr(&t.f.arena, str_fmt(&t.f.arena, "http://127.0.0.1:%d/api/v1/payments/notices", http_port(t.http))),
                       str_cstr(&t.f.arena, str_fmt(&t.f.arena,
                                                    "{\"reference\":\"%.*s\",\"state\":\"paid\",\"sum\":\"7000\","
                                                    "\"transaction\":\"X1\"}",
                                                    STR_ARG(a.order.reference))),
                       "0000000000000000000000000000000000000000000000000000000000000000");
    tap_case(&t.tap, status == 403 && payment_of(&t, a.made.id) == CASE_UNPAID, "", "a notice with a wrong signature is refused");

    http_drain(t.http, 2);
    http_stop(t.http);
    fixture_close(&t.f);
    return tap_end(&t.tap);
}
