/* payments.h: money for cases by VietQR: an order with a reference of its own, the picture a bank's app scans, and the word of the payment
 * network that it was paid, signed and taken once.
 *
 * VietQR: NAPAS's profile of EMVCo QR Code Specification for Payment Systems, Merchant-Presented Mode 1.1.
 * NĐ 45/2020/NĐ-CP Điều 10 (paying online).
 */
#ifndef BON_ENGINES_PAYMENTS_H
#define BON_ENGINES_PAYMENTS_H

#include "engines/cases/cases.h"

/* ---- the picture: vietqr.c, pure ---- */
struct vietqr {
    struct str bin, account; /* of the receiver: six digits; up to nineteen letters and digits */
    struct money amount;     /* 0: none said */
    struct str purpose;      /* at most 25 of A-Z a-z 0-9 and space */
};
/* CRC-16/CCITT-FALSE over the bytes. */
uint16_t vietqr_crc(struct str s);
/* STR_NONE: a part has letters or a length that the format cannot carry. */
struct str vietqr_text(struct arena *a, const struct vietqr *v);
/* Untrusted text. ERR_INPUT: no VietQR, or its checksum does not fit. */
int vietqr_read(struct arena *a, struct str text, struct vietqr *out, struct err *e);

/* ---- orders ---- */
struct pay_order {
    struct str reference; /* "BON7K2M9QXP": what the transfer must say */
    int64_t case_id;
    struct money sum;
    struct instant made_at, paid_at; /* us = 0: not yet */
};
struct str pay_reference_new(struct arena *a); /* random: made before the write */
/* The case's open order for this sum, or a new one under this reference. */
int pay_order_open(struct tx *tx, struct arena *a, int64_t case_id, struct money sum, struct str reference,
                   struct pay_order *out, struct err *e);
int pay_order_of_case(struct dbr *r, struct arena *a, int64_t case_id, struct pay_order *out, struct err *e); /* 1 0 -1 */
/* The text for the code: the province's account on that day, the order's sum and reference. STR_NONE: no account is set. */
struct str pay_order_qr(const struct app *app, struct arena *a, const struct pay_order *o, struct day on);
/* The receiver as people read it: "970415 / 113001932418"; empty: none. */
struct str pay_account_words(const struct app *app, struct arena *a, struct day on);

/* ---- what the network says ---- */
enum pay_outcome {
    PAY_TAKEN,     /* the order is paid */
    PAY_AGAIN,     /* the same transaction came before */
    PAY_WRONG_SUM, /* kept for somebody to settle */
    PAY_TWICE,     /* the order was paid by another transaction: to be given back */
    PAY_UNKNOWN,   /* no order has this reference */
    PAY_TOO_LATE,  /* the case takes no money any more: to be given back */
    PAY_FAILED,    /* the network says that it did not go through */
    PAY_OUTCOMES_
};
struct str pay_outcome_name(enum pay_outcome o);
struct pay_notice {
    struct str transaction, reference;
    struct money sum;
    bool success;
};
/* Books it for its case with a receipt, or keeps it to be paid back: money is one of both when this returns, whoever asked for it and
 * whether their session is still there. */
int pay_take(struct tx *tx, const struct case_by *by, const struct pay_notice *n, enum pay_outcome *out, struct err *e);

/* ---- what became of it ---- */
struct pay_receipt {
    struct str number, reference; /* "BL-BON7K2M9QXP2Z" */
    struct money sum;
    struct instant at;
};
int pay_receipt_of_case(struct dbr *r, struct arena *a, int64_t case_id, struct pay_receipt *out, struct err *e); /* 1 0 -1 */

struct pay_fate {
    struct pay_order order;
    struct str receipt;      /* empty: no money was booked under this reference */
    enum pay_outcome refund; /* why money that came under it is to be paid back; PAY_TAKEN: none is */
    bool given_back;         /* … and somebody has settled that */
};
int pay_fate_of(struct dbr *r, struct arena *a, struct str reference, struct pay_fate *out, struct err *e); /* 1 0 -1 */
struct str pay_refund_words(enum pay_outcome o); /* MSG; empty: there is nothing to pay back */

/* The key under which the network signs, hex. */
struct str pay_key(const struct app *app);

extern const struct module payments_module;

#endif
