/* generate_life.c: a walk along a flow as cases take it: mostly forward, sometimes asked for more, now and then late, refused or withdrawn.
 * It goes through the same clock as a real case, so what the law refuses does not happen here either.
 */
#include "engines/cases/generate.h"

enum { STEPS_MOST = 24, OPENS = 8 * 60, CLOSES = 17 * 60, LATE_PER_MILLE = 60 };

static size_t times_made(const struct made_life *l, const struct case_flow_move *m)
{
    size_t n = 0;
    for (size_t i = 0; i < l->steps.n; i++)
        n += l->steps.v[i].move == m;
    return n;
}

static bool was_in(const struct made_life *l, size_t state)
{
    for (size_t i = 0; i < l->steps.n; i++)
        if (l->steps.v[i].from == state)
            return true;
    return false;
}

/* How likely a move is beside the others that are possible; 0: not now. Forward is likely; back, aside and out are not. */
static uint32_t weight_of(const struct made_life *l, const struct case_flow_move *m)
{
    const struct case_flow_state *to = &l->flow->state[m->to];
    size_t made = times_made(l, m);
    if ((made > 0 && m->once) || made > 1)
        return 0;
    if (m->paper == PAPER_SUPPLEMENT)
        return l->asked ? 0 : 70;
    if (m->effect == EFFECT_STOP)
        return 60;
    if (m->effect == EFFECT_END && to->national != 9)
        return to->national == 7 ? 6 : 22;
    if (to->owner == OWNER_CITIZEN)
        return 40;
    bool waited_for = m->effect == EFFECT_RESUME || l->flow->state[l->state].owner == OWNER_CITIZEN;
    return was_in(l, m->to) && !waited_for ? 25 : 1000;
}

static const struct case_flow_move *draw_move(const struct made_life *l, struct rng *r)
{
    uint32_t total = 0, at;
    for (size_t i = 0; i < l->flow->n_moves; i++)
        if (case_move_leaves(l->flow, &l->flow->move[i], &l->flow->state[l->state]))
            total += weight_of(l, &l->flow->move[i]);
    if (total == 0)
        return NULL;
    at = rng_below(r, total);
    for (size_t i = 0; i < l->flow->n_moves; i++) {
        const struct case_flow_move *m = &l->flow->move[i];
        uint32_t weight = case_move_leaves(l->flow, m, &l->flow->state[l->state]) ? weight_of(l, m) : 0;
        if (at < weight)
            return m;
        at -= weight;
    }
    return NULL;
}

/* The same moment when offices are open, else the next morning. */
static struct instant in_office(const struct work_calendar *cal, struct instant t, struct rng *r)
{
    struct day d;
    int hour, minute, second;
    instant_local(t, &d, &hour, &minute, &second);
    bool before = hour * 60 + minute < OPENS, after = hour * 60 + minute >= CLOSES;
    if (calendar_works(cal, cal->editions, d) && !before && !after)
        return t;
    if (!calendar_works(cal, cal->editions, d) || after)
        d = calendar_next_work_day(cal, cal->editions, d);
    return (struct instant) { day_at(d, 8, 0).us + (int64_t)rng_below(r, 90) * US_PER_MINUTE };
}

/* How long whoever has it takes. */
static int64_t taken(const struct made_life *l, const struct case_service *service, struct rng *r)
{
    enum case_owner owner = l->flow->state[l->state].owner;
    uint32_t days = (uint32_t)service->days;
    if (owner == OWNER_CITIZEN)
        return (int64_t)(rng_below(r, 9 * 1440) + 60) * US_PER_MINUTE;
    if (owner == OWNER_SPECIALIST)
        return (int64_t)(rng_below(r, days * 480 + 120) + (rng_below(r, 1000) < LATE_PER_MILLE ? (days + 1) * 1440 : 20)) *
               US_PER_MINUTE;
    return (int64_t)(rng_below(r, 240) + 5) * US_PER_MINUTE;
}

static bool hear(struct arena *a, const struct work_calendar *cal, struct made_life *l, const struct clock_event *ev)
{
    struct err refused = { 0 };
    if (clock_step(&l->clock, cal, ev, &refused))
        return false;
    *vec_push(a, &l->events) = *ev;
    return true;
}

/* What an officer would write: a reason where the move asks for one, and what its paper says. */
static struct str words_of(const struct case_flow_move *m)
{
    if (m->paper == PAPER_SUPPLEMENT)
        return STR("Bản chụp giấy tờ chưa đọc được, xin chụp lại");
    if (m->paper == PAPER_REFUSAL)
        return STR("Nội dung yêu cầu không thuộc thẩm quyền giải quyết");
    return m->reason ? STR("Theo đề nghị của người nộp") : STR("");
}

static bool make(struct arena *a, const struct cases_state *s, const struct case_service *service, struct made_life *l,
                 const struct case_flow_move *m, struct instant at)
{
    static const enum clock_event_kind kinds[EFFECTS_] = {
        [EFFECT_STOP] = CLOCK_STOPPED, [EFFECT_RESUME] = CLOCK_RESUMED, [EFFECT_END] = CLOCK_ENDED
    };
    const struct work_calendar *cal = &s->calendar;
    struct clock_event ev = { .kind = kinds[m->effect], .at = at, .stop = m->stop };
    if (m->effect == EFFECT_START)
        ev = case_start_event(s, service, at);
    if (m->effect != EFFECT_NONE && !hear(a, cal, l, &ev))
        return false;
    ev = (struct clock_event) { .kind = CLOCK_HANDED, .at = at, .days = m->share_days, .who = STR("") };
    if (m->share_days >= 0 && !hear(a, cal, l, &ev))
        return false;
    *vec_push(a, &l->steps) = (struct made_step) { .move = m,
                                                   .from = l->state,
                                                   .at = at,
                                                   .received = l->clock.started,
                                                   .due = clock_due(&l->clock),
                                                   .words = words_of(m) };
    l->state = m->to;
    l->last = at;
    l->asked = l->asked || m->paper == PAPER_SUPPLEMENT;
    return true;
}

void case_live(struct arena *a, const struct cases_state *s, const struct case_service *service,
               const struct case_flow *flow, struct instant filed, struct instant now, struct rng *r, struct made_life *out)
{
    *out = (struct made_life) { .flow = flow, .last = filed };
    while (out->steps.n < STEPS_MOST) {
        const struct case_flow_move *m = draw_move(out, r);
        if (!m)
            return;
        struct instant at = { out->last.us + taken(out, service, r) };
        at = in_office(&s->calendar, at, r);
        if (at.us > now.us || !make(a, s, service, out, m, at))
            return;
    }
}
