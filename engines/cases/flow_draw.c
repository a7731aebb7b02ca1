/* flow_draw.c: a flow as a drawing: its states in a column, moves forward as arcs at the right, moves back at the left, the farther
 * the wider. The table below says the same in words.
 */
#include "engines/cases/flow_page.h"

#include "gen/cases_pages.h"

enum { ROW = 56, BOX = 40, TOP = 12, SIDE = 150, WIDTH = 300, ARC_MOST = 130, AIR = 8 };

static const struct str clock_classes[FLOW_CLOCKS_] = { STR_INIT("flow__state--wait"), STR_INIT("flow__state--run"),
                                                        STR_INIT("flow__state--stop"), STR_INIT("flow__state--end") };

static int64_t middle(size_t state)
{
    return TOP + (int64_t)state * ROW + BOX / 2;
}

static struct flow_arc arc_of(struct arena *a, size_t from, size_t to, size_t nth, struct flow_view *v)
{
    bool forward = to > from;
    int64_t span = forward ? (int64_t)(to - from) : (int64_t)(from - to), wide = 18 + 11 * span + 3 * (int64_t)(nth % 3);
    int64_t x = forward ? SIDE + WIDTH : SIDE, bow = wide > ARC_MOST ? ARC_MOST : wide,
            control = forward ? x + bow : x - bow;
    int64_t reach = bow * 3 / 4, *side = forward ? &v->right : &v->left; /* a cubic arc goes three quarters of the way */
    *side = reach > *side ? reach : *side;
    int64_t y1 = middle(from) + (forward ? 5 : -5), y2 = middle(to) + (forward ? -5 : 5);
    return (struct flow_arc) { .path = str_fmt(a, "M%lld %lldC%lld %lld %lld %lld %lld %lld", (long long)x, (long long)y1,
                                               (long long)control, (long long)y1, (long long)control, (long long)y2,
                                               (long long)x, (long long)y2) };
}

static void put_move(struct arena *a, const struct case_flow *f, const struct case_flow_move *m, struct flow_view *v)
{
    struct flow_move_view line = { .label = m->label,
                                   .to = f->state[m->to].label,
                                   .who = case_owner_label(m->role),
                                   .paper = m->paper ? case_paper_label(m->paper) : STR(""),
                                   .days = m->share_days };
    for (size_t i = 0; i < m->n_from; i++) {
        line.from = line.from.n ? str_fmt(a, "%.*s, %.*s", STR_ARG(line.from), STR_ARG(f->state[m->from[i]].label))
                                : f->state[m->from[i]].label;
        if (m->from[i] == m->to)
            continue;
        struct flow_arc arc = arc_of(a, m->from[i], m->to, v->arcs.n, v);
        *vec_push(a, &v->arcs) = arc;
    }
    *vec_push(a, &v->moves) = line;
}

void flow_view_fill(struct arena *a, const struct case_flow *f, struct flow_view *v)
{
    *v = (struct flow_view) { .flow = f };
    v->height = TOP * 2 + (int64_t)f->n_states * ROW;
    for (size_t i = 0; i < f->n_states; i++)
        *vec_push(a, &v->states) = (struct flow_state_view) { .label = f->state[i].label,
                                                              .citizen = f->state[i].citizen,
                                                              .owner = case_owner_label(f->state[i].owner),
                                                              .class_ = clock_classes[f->state[i].clock],
                                                              .x = SIDE,
                                                              .y = TOP + (int64_t)i * ROW,
                                                              .text_y = middle(i) + 5 };
    for (size_t i = 0; i < f->n_moves; i++)
        put_move(a, f, &f->move[i], v);
    int64_t from = SIDE - v->left - AIR, to = SIDE + WIDTH + v->right + AIR; /* no wider than drawn: on a phone every letter counts */
    v->box = str_fmt(a, "%lld 0 %lld %lld", (long long)from, (long long)(to - from), (long long)v->height);
}

int case_flow_get(struct req *q, struct res *s, struct err *e)
{
    struct flow_view v;
    const struct case_flow *f = case_flow_named(q->app, req_param(q, "name"));
    if (!f)
        return ERR(e, ERR_NOT_FOUND, "no such flow");
    flow_view_fill(q->arena, f, &v);
    struct html h = res_html(q, s);
    case_flow_html(&h, &v);
    return 0;
}
