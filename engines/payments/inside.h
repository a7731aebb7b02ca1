/* inside.h: shared by the files of this engine. */
#ifndef BON_ENGINES_PAYMENTS_INSIDE_H
#define BON_ENGINES_PAYMENTS_INSIDE_H

#include "engines/payments/payments.h"
#include "engines/people/pack.h"
#include "gen/payments_queries.h"

struct payments_state {
    struct pack_conf conf;
    struct str key; /* hex */
};
/* "payments.secret" of a data directory, made when it is missing. */
int pay_key_file(struct arena *a, const char *data_dir, struct str *key, struct err *e);
/* Of the body, as both sides put it into X-Signature: hex of HMAC-SHA256. */
struct str pay_signature(struct arena *a, struct str key, struct str body);
/* order.c */
struct pay_order pay_order_of(const struct payment_order_row_row *row);
/* order.c: money becomes the case's: the order is paid, there is a receipt, the case knows. n->reference is of an order of this case. */
int pay_book(struct tx *tx, const struct case_by *by, const struct pay_notice *n, int64_t case_id, struct err *e);
/* receipt.c: in the write that books the money. */
int pay_receipt_put(struct tx *tx, struct arena *a, const struct pay_notice *n, int64_t case_id, struct str *number, struct err *e);
int payments_start(struct app *app, struct err *e);

extern const struct form pay_notice_form;
int pay_notice_prepare(struct req *q, struct err *e);
int pay_notice_write(struct req *q, struct tx *tx, struct err *e);
int pay_notice_reply(struct req *q, struct res *s, struct err *e);

extern const struct cli_command payments_commands[];

#endif
