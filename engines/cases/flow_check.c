/* flow_check.c: a flow as a graph. A case that cannot be reached, cannot end, or whose clock goes wrong is a fault of the file, found
 * before anybody's case follows it.
 */
#include "engines/cases/flow.h"

static int refuse(const struct case_flow *f, struct err *e, const char *what, struct str id)
{
    return ERR_SAY(e, ERR_INPUT, MSGS("Quy trình giải quyết có chỗ không đúng. Xin xem chi tiết và sửa tệp quy trình ấy."),
                   "flow %.*s: %s: %.*s", STR_ARG(f->name), what, STR_ARG(id));
}

bool case_effect_between(enum case_flow_clock from, enum case_flow_clock to, enum case_effect *out)
{
    static const struct {
        enum case_flow_clock from, to;
        enum case_effect effect;
    } fits[] = {
        { FLOW_NONE, FLOW_NONE, EFFECT_NONE }, { FLOW_NONE, FLOW_RUN, EFFECT_START },  { FLOW_NONE, FLOW_END, EFFECT_END },
        { FLOW_RUN, FLOW_RUN, EFFECT_NONE },   { FLOW_RUN, FLOW_STOP, EFFECT_STOP },   { FLOW_RUN, FLOW_END, EFFECT_END },
        { FLOW_STOP, FLOW_STOP, EFFECT_NONE }, { FLOW_STOP, FLOW_RUN, EFFECT_RESUME }, { FLOW_STOP, FLOW_END, EFFECT_END },
        { FLOW_END, FLOW_END, EFFECT_NONE },
    };
    for (size_t i = 0; i < sizeof fits / sizeof *fits; i++)
        if (fits[i].from == from && fits[i].to == to) {
            *out = fits[i].effect;
            return true;
        }
    return false;
}

const struct case_flow_state *case_state_named(const struct case_flow *f, struct str id)
{
    for (size_t i = 0; i < f->n_states; i++)
        if (str_eq(f->state[i].id, id))
            return &f->state[i];
    return NULL;
}

const struct case_flow_move *case_move_named(const struct case_flow *f, struct str id)
{
    for (size_t i = 0; i < f->n_moves; i++)
        if (str_eq(f->move[i].id, id))
            return &f->move[i];
    return NULL;
}

bool case_move_leaves(const struct case_flow *f, const struct case_flow_move *m, const struct case_flow_state *s)
{
    for (size_t i = 0; i < m->n_from; i++)
        if (&f->state[m->from[i]] == s)
            return true;
    return false;
}

static int check_ids(const struct case_flow *f, struct err *e)
{
    for (size_t i = 0; i < f->n_states; i++)
        if (case_state_named(f, f->state[i].id) != &f->state[i])
            return refuse(f, e, "two states have one id", f->state[i].id);
    for (size_t i = 0; i < f->n_moves; i++)
        if (case_move_named(f, f->move[i].id) != &f->move[i])
            return refuse(f, e, "two moves have one id", f->move[i].id);
    return 0;
}

static int check_effects(const struct case_flow *f, const struct case_flow_move *m, struct err *e)
{
    for (size_t i = 0; i < m->n_from; i++) {
        enum case_effect fits;
        if (!case_effect_between(f->state[m->from[i]].clock, f->state[m->to].clock, &fits))
            return refuse(f, e, "a move that no clock allows", m->id);
        if (fits != m->effect)
            return refuse(f, e, "the effect does not fit the clocks of its states", m->id);
    }
    if ((m->effect == EFFECT_STOP) != (m->stop != CLOCK_STOP_NONE))
        return refuse(f, e, "stop_for goes with the effect stop", m->id);
    if (m->stop == CLOCK_STOP_SUPPLEMENT && !m->once)
        return refuse(f, e, "more papers are asked for once", m->id);
    if (m->share_days >= 0 && f->state[m->to].clock != FLOW_RUN)
        return refuse(f, e, "a share begins while the clock runs", m->id);
    return 0;
}

/* Marks what can be reached over moves, forwards from marked states or backwards to them, until nothing changes. */
static void spread(const struct case_flow *f, bool *marked, bool backwards)
{
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < f->n_moves; i++)
            for (size_t k = 0; k < f->move[i].n_from; k++) {
                size_t from = f->move[i].from[k], to = f->move[i].to;
                size_t has = backwards ? to : from, gets = backwards ? from : to;
                changed = changed || (marked[has] && !marked[gets]);
                marked[gets] = marked[gets] || marked[has];
            }
    }
}

static int check_ways(struct arena *a, const struct case_flow *f, struct err *e)
{
    bool *reached = arena_new_array(a, bool, f->n_states), *ends = arena_new_array(a, bool, f->n_states);
    bool any_end = false;
    reached[0] = true;
    spread(f, reached, false);
    for (size_t i = 0; i < f->n_states; i++) {
        ends[i] = f->state[i].clock == FLOW_END;
        any_end = any_end || ends[i];
    }
    if (!any_end)
        return refuse(f, e, "no state ends the case", f->state[0].id);
    spread(f, ends, true);
    for (size_t i = 0; i < f->n_states; i++) {
        if (!reached[i])
            return refuse(f, e, "no move leads to this state", f->state[i].id);
        if (!ends[i])
            return refuse(f, e, "from this state no end can be reached", f->state[i].id);
    }
    return 0;
}

int case_flow_check(struct arena *a, const struct case_flow *f, struct err *e)
{
    if (f->n_states == 0)
        return refuse(f, e, "no states", STR(""));
    if (f->state[0].clock != FLOW_NONE)
        return refuse(f, e, "a case begins before its clock", f->state[0].id);
    if (check_ids(f, e))
        return -1;
    for (size_t i = 0; i < f->n_moves; i++)
        if (check_effects(f, &f->move[i], e))
            return -1;
    return check_ways(a, f, e);
}
