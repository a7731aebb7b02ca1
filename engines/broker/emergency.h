/* emergency.h: the path for the days on which an upstream does not answer. */
#ifndef BON_ENGINES_BROKER_EMERGENCY_H
#define BON_ENGINES_BROKER_EMERGENCY_H

#include "engines/broker/pages.h"

#include "platform/html/components.h"

enum emergency_state { EMERGENCY_WAITS, EMERGENCY_OPEN, EMERGENCY_OVER, EMERGENCY_CLOSED };

struct path_view {
    struct broker_emergencies_row row;
    enum emergency_state state;
    struct str asked_by, confirmed_by;
    bool own; /* asked by who looks: somebody else confirms */
};
struct function_view {
    struct str name, title; /* title: source text */
    bool chosen;            /* typed before a refusal */
};
struct emergency_view {
    VEC(struct path_view) paths;
    VEC(struct function_view) functions;
    VEC(struct function_view) upstreams;
    struct str key;
};

int broker_session_rule(struct req *q, struct tx *tx, const struct proof *shown, struct session_limits *out, struct err *e);
/* Until when the path is open; us 0: it is not. For the sign-in page. */
int emergency_until(struct req *q, struct dbr *r, struct str upstream, struct instant *until, struct err *e);

struct field_view upstream_field(struct html *h, const struct emergency_view *v);

extern const struct form emergency_form;
int emergency_get(struct req *q, struct res *s, struct err *e);
int emergency_ask_prepare(struct req *q, struct err *e);
int emergency_ask_write(struct req *q, struct tx *tx, struct err *e);
int emergency_confirm_write(struct req *q, struct tx *tx, struct err *e);
int emergency_close_write(struct req *q, struct tx *tx, struct err *e);
int emergency_reply(struct req *q, struct res *s, struct err *e);

#endif
