/* generate.c: made-up cases over time: which service, where, who and when; then their rows in four loads, each from the same streams of
 * chance. A case's number counts up per organ and day as a real one's does.
 */
#include "engines/cases/generate_rows.h"

#include "base/json.h"
#include "engines/people/people.h"
#include "engines/services/services.h"

#include <stdlib.h>

enum { GENERATE_ARENA = 512 << 20, DEMO_PEOPLE = 6 };

/* ---- what there is ---- */

static int take_fees(struct case_making_up *m, const struct service_def *def, struct made_service *s, struct err *e)
{
    struct service_answers nothing_filled_in;
    struct case_new in = { 0 };
    services_answers_init(&nothing_filled_in, m->arena, def, def->from);
    if (case_fees_of_answers(&nothing_filled_in, &in, e))
        return -1;
    s->fees = in.fees;
    s->n_fees = in.n_fees;
    for (size_t i = 0; i < in.n_fees; i++)
        s->fee.dong += in.fees[i].amount.dong;
    return 0;
}

static int take_version(void *ctx, const struct service_def *def, struct err *e)
{
    struct case_making_up *m = ctx;
    const struct case_flow *flow = case_flow_find(m->state, def->flow, 0);
    if (!flow)
        return 0;
    struct made_service *s = vec_push(m->arena, &m->services);
    *s = (struct made_service) { .service = case_service_of(def), .flow = flow, .from = def->from, .until = def->until };
    return take_fees(m, def, s, e);
}

static int take_person(void *ctx, const struct resident_at *p)
{
    struct case_making_up *m = ctx;
    *vec_push(m->arena, &m->people) = (struct made_person) { p->person, p->unit };
    return 0;
}

static int by_number(const void *a, const void *b)
{
    const struct made_person *x = a, *y = b;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* A store hands people over in an order of its own. */
static void order_people(struct case_making_up *m)
{
    qsort(m->people.v, m->people.n, sizeof(*m->people.v), by_number);
    for (size_t i = 0; i < m->people.n; i++)
        if (unit_code_eq(&m->people.v[i].unit, &m->people.v[0].unit))
            *vec_push(m->arena, &m->near) = m->people.v[i];
}

/* Numbers count up per organ and day: where cases came in already, none can be put between them. */
static int refuse_taken_days(struct case_making_up *m, struct dbr *r, const struct unit_code *unit, struct err *e)
{
    struct case_any_in_row any;
    struct case_any_in_in in = { .unit = *unit,
                                 .from = day_at(m->g->from, 0, 0),
                                 .until = day_at((struct day) { m->g->until.n + 1 }, 0, 0) };
    if (case_any_in(r, m->arena, &in, &any, e) < 0)
        return -1;
    return any.n == 0 ? 0
                      : ERR_SAY(e, ERR_CONFLICT,
                                MSGS("Trong những ngày này đã có hồ sơ. Xin chọn những ngày khác bằng --from và --until."),
                                "cases in %.*s", STR_ARG(unit_code_str(unit)));
}

static int check_days(struct case_making_up *m, struct dbr *r, struct err *e)
{
    struct unit *communes;
    size_t n;
    if (refuse_taken_days(m, r, &m->state->province, e) || units_list(r, m->arena, GEO_2023, 3, &communes, &n, e))
        return -1;
    for (size_t i = 0; i < n; i++) {
        struct made_place *p = vec_push(m->arena, &m->places);
        struct unit now = communes[i];
        size_t successors;
        if (unit_successor(r, m->arena, communes[i].id, &now, &successors, e))
            return -1;
        *p = (struct made_place) { communes[i].code, now.code, communes[i].until };
        if (refuse_taken_days(m, r, &p->unit, e) || refuse_taken_days(m, r, &p->now, e))
            return -1;
    }
    return 0;
}

struct unit_code made_place_on(const struct case_making_up *m, const struct unit_code *unit, struct day on)
{
    for (size_t i = 0; i < m->places.n; i++)
        if (unit_code_eq(&m->places.v[i].unit, unit) && m->places.v[i].until.n <= on.n)
            return m->places.v[i].now;
    return *unit;
}

static int read_ground(struct case_making_up *m, struct err *e)
{
    struct dbr *r;
    if (db_read_begin(m->g->app->db, &r, e))
        return -1;
    int result = check_days(m, r, e) || case_last_ids(r, m->arena, &m->last, e) < 0 ||
                         residents_each(r, m->arena, m->g->until, take_person, m, e) ||
                         services_versions_each((struct app *)m->g->app, r, m->arena, take_version, m, e)
                     ? -1
                     : 0;
    db_read_end(r);
    if (result)
        return -1;
    if (m->people.n == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Chưa có dân cư mô phỏng. Xin chạy bon seed trước."), "no people");
    order_people(m);
    if (m->services.n == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Chưa có thủ tục nào có quy trình. Xin nạp danh mục dịch vụ trước."),
                       "no services");
    return 0;
}

/* ---- one case ---- */

/* Most pay when they file, the others by the time somebody works on it; whoever is waited for has not. */
static enum case_payment payment_of(const struct made_case *c, struct rng *r)
{
    const struct case_flow_state *state = &c->life.flow->state[c->life.state];
    if (c->service->fee.dong == 0)
        return CASE_FREE;
    bool later = seed_chance(r, 200);
    return state->national == 6 || (later && c->life.steps.n == 0) ? CASE_UNPAID : CASE_PAID;
}

/* A service that was offered on that day; NULL: chance found none in some tries. of_commune: one that a commune decides. */
static const struct made_service *draw_service(const struct case_making_up *m, struct rng *r, struct day on, bool of_commune)
{
    for (int i = 0; i < 20; i++) {
        const struct made_service *s = &m->services.v[rng_below(r, (uint32_t)m->services.n)];
        if (s->from.n <= on.n && on.n < s->until.n &&
            (!of_commune || str_eq(s->service.unit_level, STR("commune"))))
            return s;
    }
    return NULL;
}

/* The people of the demonstration stand first in the register: some cases are theirs, and some their neighbours'. */
static const struct made_person *draw_person(const struct case_making_up *m, struct rng *r, bool near)
{
    if (near)
        return &m->near.v[rng_below(r, (uint32_t)m->near.n)];
    size_t among = seed_chance(r, 4) && m->people.n > DEMO_PEOPLE ? DEMO_PEOPLE : m->people.n;
    return &m->people.v[rng_below(r, (uint32_t)among)];
}

bool case_make_up(const struct case_making_up *m, struct arena *a, int64_t i, struct made_case *out)
{
    struct rng r = rng_fork(&m->rng, (uint64_t)i);
    int64_t days = m->g->until.n - m->g->from.n + 1;
    struct day on = { m->g->from.n + (int32_t)(i * days / m->g->count) };
    *out = (struct made_case) { .rng = r };
    bool near = m->g->near > 0 && seed_chance(&out->rng, m->g->near);
    out->service = draw_service(m, &out->rng, on, near);
    if (!out->service)
        return false;
    bool at_counter = seed_chance(&out->rng, 420) && calendar_works(&m->state->calendar, m->state->calendar.editions, on);
    out->channel = at_counter ? CASE_COUNTER : seed_chance(&out->rng, 120) ? CASE_VNEID : CASE_ONLINE;
    int hour = at_counter ? seed_between(&out->rng, 8, 16) : seed_between(&out->rng, 6, 22);
    out->filed = (struct instant) { day_at(on, hour, 0).us + (int64_t)rng_below(&out->rng, 3600) * US_PER_SECOND };
    if (out->filed.us > m->now.us)
        return false;
    out->person = draw_person(m, &out->rng, near);
    case_live(a, m->state, &out->service->service, out->service->flow, out->filed, m->now, &out->rng, &out->life);
    out->payment = payment_of(out, &out->rng);
    return true;
}

/* ---- all ---- */

static int record_write(struct tx *tx, void *arg, struct err *e)
{
    struct case_making_up *m = arg;
    struct buf b;
    struct json_out j;
    buf_init(&b, m->arena, 512);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_int(&j, "count", m->g->count);
    json_out_str(&j, "from", day_iso(m->arena, m->g->from));
    json_out_str(&j, "until", day_iso(m->arena, m->g->until));
    json_out_end(&j);
    struct audit_record rec = { .action = STR("cases.generated"),
                                .account_name = STR("bon case generate"),
                                .object = STR("cases"),
                                .detail = buf_str(&b),
                                .mode = STR("MÔ PHỎNG") };
    return audit_write(tx, m->arena, &rec, &m->audit, e);
}

static int follow_ids_write(struct tx *tx, void *arg, struct err *e)
{
    struct case_making_up *m = arg;
    struct case_ids_follow_row row;
    tx_unaudited(tx, "counters after a bulk load that has its record");
    return case_ids_follow(tx_reader(tx), m->arena, &row, e) < 0 ? -1 : 0;
}

static int generate_all(struct case_making_up *m, struct err *e)
{
    return read_ground(m, e) || db_write(m->g->app->db, record_write, m, e) || case_rows_records(m, e) ||
                   case_rows_rest(m, e) || case_rows_papers(m, e) || db_write(m->g->app->db, follow_ids_write, m, e)
               ? -1
               : 0;
}

int case_generate(struct case_generating *g, struct err *e)
{
    struct arena a;
    arena_init(&a, GENERATE_ARENA);
    struct case_making_up m = { .g = g, .arena = &a, .state = cases_state(g->app), .now = app_now(g->app) };
    rng_seed(&m.rng, g->seed);
    int result = generate_all(&m, e);
    g->made = m.made;
    g->open = m.open;
    arena_release(&a);
    return result;
}
