/* pages.h: the views of the kiosk's pages and the handlers that its contract names. */
#ifndef BON_MODELS_KIOSK_PAGES_H
#define BON_MODELS_KIOSK_PAGES_H

#include "models/m02_kiosk/kiosk.h"

struct kiosk_start_view {
    struct kiosk_bar bar;
    VEC(struct str) other[3]; /* labels of the pack for the three large buttons, beside the Vietnamese */
};
struct kiosk_ticket_view {
    struct kiosk_bar bar;
    struct edge_ticket ticket; /* id 0: choose first */
};
struct kiosk_card_view {
    struct kiosk_bar bar;
    bool by_hand;
};
struct kiosk_services_view {
    struct kiosk_bar bar;
    struct str asked;
    service_hits hits;
};
struct kiosk_done_view {
    struct kiosk_bar bar;
    struct str number, code, service, unit_name;
    struct money fee;
    bool to_pay;
};
struct kiosk_find_view {
    struct kiosk_bar bar;
    bool asked, found, to_pay;
    struct case_view c;
    struct edge_act_fate fate; /* of a provisional number */
    struct str receipt;
    struct money fee;
};
struct kiosk_pay_view {
    struct kiosk_bar bar;
    struct str reference, qr;
    struct str receipt, refund; /* empty: none, nothing to pay back */
    struct money sum;
    bool simulated;
};
struct kiosk_gone_view {
    struct kiosk_bar bar;
    int64_t session;
};
struct kiosk_post_line {
    struct str label, value;
};
struct kiosk_slip_view {
    int64_t id;
    struct str number, device, why, key;
    struct instant made_at;
    VEC(struct kiosk_post_line) lines;
};

extern const struct form kiosk_check_form; /* the way out when a source is down */
extern const struct form kiosk_lane_form, kiosk_card_form, kiosk_typed_form, kiosk_find_form, kiosk_rate_form, kiosk_slip_form;

#define READ(name)    int name(struct req *q, struct res *s, struct err *e)
#define PREPARE(name) int name(struct req *q, struct err *e)
#define WRITE(name)   int name(struct req *q, struct tx *tx, struct err *e)
READ(kiosk_get);
READ(kiosk_ticket_get);
PREPARE(kiosk_ticket_prepare);
WRITE(kiosk_ticket_write);
READ(kiosk_ticket_reply);
READ(kiosk_card_get);
READ(kiosk_typed_get);
PREPARE(kiosk_card_prepare);
WRITE(kiosk_keep_write);
READ(kiosk_card_reply);
READ(kiosk_services_get);
PREPARE(kiosk_choose_prepare);
READ(kiosk_to_form);
READ(kiosk_page_get);
PREPARE(kiosk_page_prepare);
READ(kiosk_check_get);
PREPARE(kiosk_submit_prepare);
WRITE(kiosk_submit_write);
READ(kiosk_submit_reply);
READ(kiosk_done_get);
READ(kiosk_find_get);
PREPARE(kiosk_find_prepare);
WRITE(kiosk_find_write);
READ(kiosk_find_reply);
PREPARE(kiosk_pay_prepare);
WRITE(kiosk_pay_write);
READ(kiosk_pay_reply);
READ(kiosk_pay_get);
PREPARE(kiosk_paid_prepare);
WRITE(kiosk_paid_write);
READ(kiosk_paid_reply);
PREPARE(kiosk_rate_prepare);
WRITE(kiosk_rate_write);
READ(kiosk_rate_reply);
PREPARE(kiosk_call_prepare);
WRITE(kiosk_call_write);
PREPARE(kiosk_uncover_prepare);
WRITE(kiosk_uncover_write);
READ(kiosk_to_start);
PREPARE(kiosk_forget_prepare);
WRITE(kiosk_forget_write);
READ(kiosk_forget_reply);
PREPARE(kiosk_slip_prepare);
WRITE(kiosk_slip_seen_write);
READ(kiosk_slip_reply);
PREPARE(kiosk_slip_end_prepare);
WRITE(kiosk_slip_end_write);
READ(kiosk_slip_end_reply);
#undef READ
#undef PREPARE
#undef WRITE

#endif
