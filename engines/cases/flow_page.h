/* flow_page.h: a flow as its page shows it. */
#ifndef BON_ENGINES_CASES_FLOW_PAGE_H
#define BON_ENGINES_CASES_FLOW_PAGE_H

#include "engines/cases/inside.h"
#include "platform/html/components.h"

struct flow_state_view {
    struct str label, citizen, owner, class_;
    int64_t x, y, text_y;
};
struct flow_arc {
    struct str path;
};
struct flow_move_view {
    struct str label, from, to, who, paper;
    int days; /* -1: no hand-over */
};
struct flow_view {
    const struct case_flow *flow;
    int64_t left, right; /* how far the arcs reach beside the boxes */
    struct str box; /* viewBox */
    int64_t height;
    VEC(struct flow_state_view) states;
    VEC(struct flow_arc) arcs;
    VEC(struct flow_move_view) moves;
};
void flow_view_fill(struct arena *a, const struct case_flow *f, struct flow_view *v);

#endif
