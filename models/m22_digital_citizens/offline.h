/* offline.h: visits without a network. */
#ifndef BON_MODELS_DIGITAL_CITIZENS_OFFLINE_H
#define BON_MODELS_DIGITAL_CITIZENS_OFFLINE_H

#include "models/m22_digital_citizens/pages.h"
#include "models/m22_digital_citizens/visit.h"

enum {
    OFFLINE_KEPT_DAYS = 7,   /* a phone forgets its list after so many days, sent or not; visits that wait it keeps */
    OFFLINE_VISITS_MOST = 50 /* in one sending */
};
enum offline_outcome { OFFLINE_RECORDED = 1, OFFLINE_DOUBLE, OFFLINE_LOOK, OFFLINE_SET_ASIDE, OFFLINE_SETTLED };

struct look_line {
    struct digital_offline_looks_row row;
    struct household at;
    visit_reasons said; /* name empty: not in the register any more */
};
struct looks_view {
    VEC(struct look_line) lines;
    struct str key;
};
struct offline_shell {
    struct str account, doors_href; /* doors_href: of the hamlet that shall be taken along; empty: none */
};
/* A page of doors, as a phone takes them along or a sheet of paper shows them. */
struct doors_taken {
    struct hamlet_view *list;
    struct household_view *doors; /* of list->doors, in their order */
};
struct left_reason_list {
    const struct left_reason *v;
    size_t n;
};
struct left_reason_list all_reasons(void);

extern const struct form offline_form, look_form;

route_read_fn doors_json, offline_reply, offline_shell_get, looks_get, to_looks, sheet_get;
route_prepare_fn doors_prepare, offline_prepare, look_prepare;
route_write_fn doors_write, offline_write, look_write;

#endif
