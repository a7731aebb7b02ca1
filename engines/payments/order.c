/* order.c: what is to be paid, and what the network says of it. */
#include "engines/payments/inside.h"

#include "base/rng.h"

struct str pay_reference_new(struct arena *a)
{
    static const char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"; /* none that is read for another; 32 of them */
    unsigned char bytes[10];
    char out[sizeof bytes];
    random_bytes(bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        out[i] = letters[bytes[i] % 32];
    return str_fmt(a, "BON%.*s", (int)sizeof out, out);
}

struct pay_order pay_order_of(const struct payment_order_row_row *row)
{
    return (struct pay_order) { .reference = row->reference,
                                .case_id = row->case_id,
                                .sum = row->sum,
                                .made_at = row->made_at,
                                .paid_at = row->has_paid_at ? row->paid_at : (struct instant) { 0 } };
}

int pay_order_of_case(struct dbr *r, struct arena *a, int64_t case_id, struct pay_order *out, struct err *e)
{
    struct payment_order_case_row_row newest;
    struct payment_order_row_row row;
    int got = payment_order_case_row(r, a, &(struct payment_order_case_row_in) { .case_id = case_id }, &newest, e);
    if (got == 1)
        got = payment_order_row(r, a, &(struct payment_order_row_in) { .reference = newest.reference }, &row, e);
    if (got == 1)
        *out = pay_order_of(&row);
    return got;
}

int pay_order_open(struct tx *tx, struct arena *a, int64_t case_id, struct money sum, struct str reference,
                   struct pay_order *out, struct err *e)
{
    int got = pay_order_of_case(tx_reader(tx), a, case_id, out, e);
    if (got < 0)
        return -1;
    tx_unaudited(tx, "a request for money that is known already; the payment itself is recorded");
    if (got == 1 && !out->paid_at.us && out->sum.dong == sum.dong)
        return 0;
    *out = (struct pay_order) { .reference = reference, .case_id = case_id, .sum = sum, .made_at = tx_now(tx) };
    struct payment_order_insert_in in = {
        .reference = reference, .case_id = case_id, .sum = sum, .made_at = out->made_at
    };
    return payment_order_insert(tx, &in, NULL, e);
}

/* ---- the province's account ---- */

/* "970415 113001932418": bank and account. */
static bool account_on(const struct app *app, struct day on, struct str *bin, struct str *account)
{
    const struct payments_state *s = app_engine(app, "payments");
    struct str value = s ? pack_value_on(&s->conf, "payments.account", on) : STR_NONE;
    return value.n && str_cut(&value, ' ', bin) && (*account = str_trim(value)).n > 0;
}

struct str pay_order_qr(const struct app *app, struct arena *a, const struct pay_order *o, struct day on)
{
    struct vietqr v = { .amount = o->sum, .purpose = o->reference };
    return account_on(app, on, &v.bin, &v.account) ? vietqr_text(a, &v) : STR_NONE;
}

struct str pay_account_words(const struct app *app, struct arena *a, struct day on)
{
    struct str bin, account;
    return account_on(app, on, &bin, &account) ? str_fmt(a, "%.*s / %.*s", STR_ARG(bin), STR_ARG(account)) : STR("");
}

/* ---- the word of the network ---- */

struct str pay_outcome_name(enum pay_outcome o)
{
    static const struct str names[PAY_OUTCOMES_] = { STR_INIT("taken"), STR_INIT("again"), STR_INIT("wrong_sum"),
                                                     STR_INIT("twice"), STR_INIT("unknown"), STR_INIT("too_late"),
                                                     STR_INIT("failed") };
    return names[o];
}

/* What it means, before anything is changed. */
static int judge(struct tx *tx, const struct case_by *by, const struct pay_notice *n, int64_t *case_id,
                 enum pay_outcome *out, struct err *e)
{
    struct payment_order_row_row order;
    struct case_view c;
    int got = payment_order_row(tx_reader(tx), by->arena, &(struct payment_order_row_in) { .reference = n->reference }, &order, e);
    if (got < 0)
        return -1;
    *case_id = 0;
    *out = PAY_UNKNOWN;
    if (got == 0)
        return 0;
    *case_id = order.case_id;
    if (!n->success)
        *out = PAY_FAILED;
    else if (order.has_paid_at)
        *out = PAY_TWICE;
    else if (order.sum.dong != n->sum.dong)
        *out = PAY_WRONG_SUM;
    else if ((got = case_by_id(by->app, tx_reader(tx), by->arena, order.case_id, &c, e)) != 1)
        return got < 0 ? -1 : ERR(e, ERR_INTERNAL, "order of a case that is not there");
    else
        *out = c.open && c.payment == CASE_UNPAID && c.fee.dong == n->sum.dong ? PAY_TAKEN : PAY_TOO_LATE;
    return 0;
}

static int keep_notice(struct tx *tx, const struct case_by *by, const struct pay_notice *n, enum pay_outcome outcome,
                       struct err *e)
{
    struct payment_notice_insert_in in = { .transaction_no = n->transaction,
                                           .success = n->success,
                                           .reference = n->reference,
                                           .sum = n->sum,
                                           .at = tx_now(tx),
                                           .outcome = outcome,
                                           .settled = outcome == PAY_TAKEN || outcome == PAY_FAILED,
                                           .mode = str_of(by->app->settings.mode) };
    struct audit_record rec = by->record;
    rec.action = STR("payments.told");
    rec.object = str_fmt(by->arena, "payment/%.*s", STR_ARG(n->transaction));
    rec.purpose = pay_outcome_name(outcome);
    return payment_notice_insert(tx, &in, NULL, e) || audit_write(tx, by->arena, &rec, NULL, e) ? -1 : 0;
}

int pay_book(struct tx *tx, const struct case_by *by, const struct pay_notice *n, int64_t case_id, struct err *e)
{
    struct str receipt;
    struct payment_order_paid_in paid = {
        .reference = n->reference, .paid_at = tx_now(tx), .transaction_no = n->transaction
    };
    return payment_order_paid(tx, &paid, NULL, e) || pay_receipt_put(tx, by->arena, n, case_id, &receipt, e) ||
                   case_pay(tx, by, case_id, n->sum, receipt, e)
               ? -1
               : 0;
}

int pay_take(struct tx *tx, const struct case_by *by, const struct pay_notice *n, enum pay_outcome *out, struct err *e)
{
    struct payment_notice_row_row before;
    struct payment_notice_row_in again = { .transaction_no = n->transaction, .success = n->success };
    int64_t case_id;
    int got = payment_notice_row(tx_reader(tx), by->arena, &again, &before, e);
    if (got < 0)
        return -1;
    if (got == 1) {
        tx_unaudited(tx, "a word of the network that came before; its first coming is on the log");
        *out = PAY_AGAIN;
        return 0;
    }
    if (judge(tx, by, n, &case_id, out, e) || keep_notice(tx, by, n, *out, e))
        return -1;
    return *out == PAY_TAKEN ? pay_book(tx, by, n, case_id, e) : 0;
}
