/* offline.h: an office that is cut off: numbers taken along (offline_take.c), applications brought back (offline_send.c), and
 * those that a person must look at (offline_look.c). Nothing that only waits in a machine is called received.
 */
#ifndef BON_ENGINES_COUNTER_OFFLINE_H
#define BON_ENGINES_COUNTER_OFFLINE_H

#include "engines/counter/intake.h"

enum { OFFLINE_BLOCK = 50, OFFLINE_BLOCK_DAYS = 30, OFFLINE_MOST = 20, OFFLINE_NAME_MAX = 100 };
enum counter_offline_outcome { OFFLINE_CASE = 1, OFFLINE_LOOKED_FOR = 2 };

bool offline_client_plain(struct str client);
/* "TM-24763-000051": provisional, of a commune. */
struct str offline_number(struct arena *a, const struct unit_code *unit, int64_t n);
bool offline_number_parse(struct arena *a, struct str text, const struct unit_code *unit, int64_t *n);

struct offline_shell_view {
    struct str account, place;
};
struct offline_looks_view {
    struct counter_offline_looks_rows looks;
    struct str key;
};
extern const struct form offline_take_form, offline_send_form, offline_scan_form, offline_look_form;

route_read_fn counter_offline_get, counter_offline_take_reply, counter_offline_send_reply, counter_offline_scan_reply, counter_looks_get,
    counter_look_reply;
route_prepare_fn counter_offline_take_prepare, counter_offline_send_prepare, counter_offline_scan_prepare, counter_look_prepare;
route_write_fn counter_offline_take_write, counter_offline_send_write, counter_offline_scan_write, counter_look_write;

#endif
