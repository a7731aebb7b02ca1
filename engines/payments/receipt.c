/* receipt.c: what whoever paid is given, and what became of an order. Money that came has a receipt or is to be paid back: both rows are
 * made in the transaction that takes the network's word, so no session, page or program has to be alive for it.
 */
#include "engines/payments/inside.h"

int pay_receipt_put(struct tx *tx, struct arena *a, const struct pay_notice *n, int64_t case_id, struct str *number, struct err *e)
{
    *number = str_fmt(a, "BL-%.*s", STR_ARG(n->reference));
    struct payment_receipt_insert_in in = { .number = *number,
                                            .reference = n->reference,
                                            .transaction_no = n->transaction,
                                            .case_id = case_id,
                                            .sum = n->sum,
                                            .at = tx_now(tx) };
    return payment_receipt_insert(tx, &in, NULL, e);
}

int pay_receipt_of_case(struct dbr *r, struct arena *a, int64_t case_id, struct pay_receipt *out, struct err *e)
{
    struct payment_receipt_case_row_row row;
    int got = payment_receipt_case_row(r, a, &(struct payment_receipt_case_row_in) { .case_id = case_id }, &row, e);
    if (got == 1)
        *out = (struct pay_receipt) { row.number, row.reference, row.sum, row.at };
    return got;
}

int pay_fate_of(struct dbr *r, struct arena *a, struct str reference, struct pay_fate *out, struct err *e)
{
    struct payment_order_row_row order;
    struct payment_receipt_row_row receipt;
    struct payment_refund_row_row refund;
    int found = payment_order_row(r, a, &(struct payment_order_row_in) { .reference = reference }, &order, e);
    if (found != 1)
        return found;
    int booked = payment_receipt_row(r, a, &(struct payment_receipt_row_in) { .reference = reference }, &receipt, e);
    int owed = booked < 0 ? -1 : payment_refund_row(r, a, &(struct payment_refund_row_in) { .reference = reference }, &refund, e);
    if (booked < 0 || owed < 0)
        return -1;
    *out = (struct pay_fate) { .order = pay_order_of(&order), .receipt = booked ? receipt.number : STR("") };
    out->refund = owed == 1 ? (enum pay_outcome)refund.outcome : PAY_TAKEN;
    out->given_back = owed == 1 && refund.settled;
    return 1;
}

struct str pay_refund_words(enum pay_outcome o)
{
    static const struct str words[PAY_OUTCOMES_] = {
        [PAY_WRONG_SUM] = MSG("Số tiền chuyển đến khác số phí của hồ sơ nên chưa ghi nhận được."),
        [PAY_TWICE] = MSG("Phí của hồ sơ này đã được trả trước đó; khoản đến sau được trả lại."),
        [PAY_UNKNOWN] = MSG("Không có hồ sơ nào mang nội dung chuyển khoản này."),
        [PAY_TOO_LATE] = MSG("Hồ sơ đã được trả phí hoặc đã khép lại trước khi tiền đến."),
    };
    return str_or_empty(words[o]);
}
