/* doors.h: the routes of model 5: machines (link.c, take.c), whoever comes from VNeID (arrive.c), everyone (open.c), the integration
 * officer (duty.c), the administrator (switch.c). */
#ifndef BON_MODELS_VNEID_SERVICES_DOORS_H
#define BON_MODELS_VNEID_SERVICES_DOORS_H

#include "models/m05_vneid_services/vneid.h"

/* ---- machines ---- */
extern const struct form vneid_token_form; /* one field "token" */
/* The upstream's configuration in force, and the posted token with its signature good; *t is released when the request ends. */
int vneid_posted_token(struct req *q, struct upstream *u, struct jwt *t, struct err *e);
int vneid_machine_refuse(struct req *q, struct res *s, const struct err *why);

int vneid_link_prepare(struct req *q, struct err *e);
int vneid_link_write(struct req *q, struct tx *tx, struct err *e);
int vneid_link_reply(struct req *q, struct res *s, struct err *e);
int vneid_take_prepare(struct req *q, struct err *e);
int vneid_take_write(struct req *q, struct tx *tx, struct err *e);
int vneid_take_reply(struct req *q, struct res *s, struct err *e);
int vneid_forget_job(struct job_run *j, struct err *e);

/* ---- whoever comes ---- */
enum vneid_refusal { REFUSED_NOT, REFUSED_GONE, REFUSED_OTHER_PERSON, REFUSED_SERVICE, REFUSALS_ };
struct vneid_come_view {
    enum vneid_refusal refusal;
    struct str say;  /* source text of the refusal */
    struct str name; /* of whoever is signed in */
    struct vneid_service service;
    struct known_view *known;
    size_t n_known;
    int64_t offer;
    struct str mode, key;
    struct instant made_at;
};
struct known_view {
    struct str label, value;
};
int vneid_arrive_prepare(struct req *q, struct err *e);
int vneid_arrive_write(struct req *q, struct tx *tx, struct err *e);
int vneid_arrive_reply(struct req *q, struct res *s, struct err *e);
int vneid_open_prepare(struct req *q, struct err *e);
int vneid_open_write(struct req *q, struct tx *tx, struct err *e);
int vneid_open_reply(struct req *q, struct res *s, struct err *e);

/* ---- everyone ---- */
struct vneid_public_view {
    const struct vneid_channel *channel;
    VEC(struct vneid_service) services; /* offered today */
    VEC(const struct vneid_state *) states;
};
int vneid_public_get(struct req *q, struct res *s, struct err *e);

/* ---- the officer ---- */
struct duty_line {
    struct vneid_diffs_row row;
    struct str label;
    bool mine, late;
};
struct vneid_duty_view {
    bool connected;
    struct str base, said, key, today;
    int64_t waiting, taken, refused, read;
    struct instant oldest, down_since;
    bool has_run;
    struct vneid_run_last_row run;
    VEC(struct duty_line) lines;
    struct vneid_diffs_done_rows done;
};
struct vneid_diff_view {
    struct vneid_diff_row_row row;
    struct str label, key;
    bool mine;
    struct field_view action;
};
struct vneid_services_view {
    VEC(struct vneid_service) services;
    struct field_view service;
    struct str said, key;
};
extern const struct form vneid_done_form, vneid_switch_form;
/* What was done about a difference: "push", "take_over", "explain", "same". */
struct str vneid_action_label(struct str action); /* MSG */
int vneid_duty_get(struct req *q, struct res *s, struct err *e);
int vneid_diff_get(struct req *q, struct res *s, struct err *e);
extern const struct form vneid_compare_form;
int vneid_compare_prepare(struct req *q, struct err *e);
int vneid_compare_write(struct req *q, struct tx *tx, struct err *e);
int vneid_own_write(struct req *q, struct tx *tx, struct err *e);
int vneid_done_prepare(struct req *q, struct err *e);
int vneid_done_write(struct req *q, struct tx *tx, struct err *e);
int vneid_duty_reply(struct req *q, struct res *s, struct err *e);
int vneid_services_get(struct req *q, struct res *s, struct err *e);
int vneid_switch_prepare(struct req *q, struct err *e);
int vneid_switch_write(struct req *q, struct tx *tx, struct err *e);
int vneid_switch_reply(struct req *q, struct res *s, struct err *e);

#endif
