/* desk.h: the desk where money that fits nothing is settled. */
#ifndef BON_ENGINES_PAYMENTS_DESK_H
#define BON_ENGINES_PAYMENTS_DESK_H

#include "engines/payments/inside.h"
#include "platform/html/components.h"

#define PAY_MAY_SETTLE "payments.settle"

enum pay_settlement { PAY_REFUNDED, PAY_PUT_TO_CASE, PAY_SETTLEMENTS_ };

struct stray { /* money that came and was not taken */
    struct str transaction, reference, mode;
    struct money sum;
    struct instant at;
    enum pay_outcome outcome;
    bool success;
    struct str case_number, case_name; /* of the case that the reference belongs to; empty: none */
};
struct strays_view {
    VEC(struct stray) rows;
};
struct stray_view {
    struct stray stray;
    struct str key, action;
};
struct str pay_outcome_words(enum pay_outcome o); /* MSG: why it was not taken */

extern const struct form pay_settle_form;
int pay_desk_get(struct req *q, struct res *s, struct err *e);
int pay_stray_get(struct req *q, struct res *s, struct err *e);
int pay_settle_prepare(struct req *q, struct err *e);
int pay_settle_write(struct req *q, struct tx *tx, struct err *e);
int pay_settle_reply(struct req *q, struct res *s, struct err *e);

#endif
