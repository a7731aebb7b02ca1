/* pages.h: the views of this engine's pages and the handlers that its contract names. */
#ifndef BON_ENGINES_EDGE_PAGES_H
#define BON_ENGINES_EDGE_PAGES_H

#include "engines/edge/edge.h"
#include "platform/html/components.h"

struct device_line {
    int64_t id;
    struct str name, place, unit, state, health, version;
    enum tag_kind state_tag, health_tag;
    struct instant at;
    int64_t waiting, skew_ms;
};
struct devices_view {
    VEC(struct device_line) lines;
    struct str key;
};
struct device_view {
    struct edge_device d;
    struct edge_health health;
    struct str state, unit_name, key, code; /* code: just made, shown once */
    enum tag_kind state_tag;
    bool silent;
    int64_t config; /* number that holds; 0: none */
};

struct queue_desk_line {
    int64_t id;
    struct str text, lane;
    struct instant at;
};
struct queue_call_line {
    int64_t id;
    struct str name, place;
    struct instant at;
};
struct queue_act_line {
    int64_t id;
    struct str number, device, why;
    struct instant made_at;
};
struct queue_desk_view {
    struct str unit, unit_name, desk, key;
    struct str now_text; /* the number at this desk, or empty */
    int64_t now_id, now_calls;
    VEC(struct queue_desk_line) waiting;
    VEC(struct queue_call_line) calls;
    VEC(struct queue_act_line) acts;
    int64_t taken, served, skipped, wait_minutes, desks;
};
struct hall_line {
    struct str text, desk, say; /* say: what a voice reads */
    bool now;
};
struct hall_view {
    struct str unit, unit_name, live;
    VEC(struct hall_line) lines;
    int64_t waiting, wait_minutes;
};

extern const struct form edge_device_form, edge_lock_form, edge_desk_form, edge_ticket_form, edge_json_form;

int edge_devices_get(struct req *q, struct res *s, struct err *e);
int edge_device_new_write(struct req *q, struct tx *tx, struct err *e);
int edge_device_new_prepare(struct req *q, struct err *e);
int edge_device_new_reply(struct req *q, struct res *s, struct err *e);
int edge_device_get(struct req *q, struct res *s, struct err *e);
int edge_device_code_prepare(struct req *q, struct err *e);
int edge_device_code_write(struct req *q, struct tx *tx, struct err *e);
int edge_device_code_reply(struct req *q, struct res *s, struct err *e);
int edge_device_prepare(struct req *q, struct err *e);
int edge_device_revoke_write(struct req *q, struct tx *tx, struct err *e);
int edge_device_lock_write(struct req *q, struct tx *tx, struct err *e);
int edge_device_unlock_write(struct req *q, struct tx *tx, struct err *e);
int edge_device_config_prepare(struct req *q, struct err *e);
int edge_device_config_write(struct req *q, struct tx *tx, struct err *e);
int edge_to_device(struct req *q, struct res *s, struct err *e);

int edge_refuse(struct req *q, struct res *s, const struct err *why);
int edge_enrol_prepare(struct req *q, struct err *e);
int edge_enrol_write(struct req *q, struct tx *tx, struct err *e);
int edge_enrol_reply(struct req *q, struct res *s, struct err *e);
int edge_beat_prepare(struct req *q, struct err *e);
int edge_beat_write(struct req *q, struct tx *tx, struct err *e);
int edge_beat_reply(struct req *q, struct res *s, struct err *e);
int edge_block_prepare(struct req *q, struct err *e);
int edge_block_write(struct req *q, struct tx *tx, struct err *e);
int edge_block_reply(struct req *q, struct res *s, struct err *e);
int edge_acts_prepare(struct req *q, struct err *e);
int edge_acts_write(struct req *q, struct tx *tx, struct err *e);
int edge_acts_reply(struct req *q, struct res *s, struct err *e);

int edge_queue_desk_get(struct req *q, struct res *s, struct err *e);
int edge_queue_prepare(struct req *q, struct err *e);
int edge_queue_next_write(struct req *q, struct tx *tx, struct err *e);
int edge_queue_again_write(struct req *q, struct tx *tx, struct err *e);
int edge_queue_done_write(struct req *q, struct tx *tx, struct err *e);
int edge_queue_skip_write(struct req *q, struct tx *tx, struct err *e);
int edge_queue_reply(struct req *q, struct res *s, struct err *e);
int edge_queue_ticket_write(struct req *q, struct tx *tx, struct err *e);
int edge_queue_call_write(struct req *q, struct tx *tx, struct err *e);
int edge_hall_get(struct req *q, struct res *s, struct err *e);
int edge_hall_live(struct req *q, struct res *s, struct err *e);

#endif
