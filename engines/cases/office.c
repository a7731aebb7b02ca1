/* office.c: what the head of an office asks: who has how much on the desk, the book of form 06, and pairs of cases about one thing. */
#include "engines/cases/inside.h"

#include "base/map.h"

/* ---- work by officer and service ---- */

struct loading {
    struct arena *a;
    struct map by_key;
    VEC(struct case_load *) v;
};

static struct case_load *load_of(struct loading *l, int64_t officer, struct str name, struct str service, struct str service_name)
{
    struct str key = str_fmt(l->a, "%lld/%.*s", (long long)officer, STR_ARG(service));
    struct case_load *load = map_get(&l->by_key, key);
    if (load)
        return load;
    load = arena_new(l->a, struct case_load);
    *load = (struct case_load) { .officer = officer, .officer_name = name, .service = service, .service_name = service_name };
    map_set(&l->by_key, key, load);
    *vec_push(l->a, &l->v) = load;
    return load;
}

static int add_waiting(struct dbr *r, struct loading *l, const struct case_queue_ask *ask, struct instant now, struct err *e)
{
    struct case_loaded_rows rows;
    struct case_load_unit_in in = { .unit = ask->unit, .desk = str_or_empty(ask->agency), .now = now };
    struct case_load_agency_in by = { .agency = ask->agency, .now = now };
    if (case_ask_of_agency(ask) ? case_load_agency(r, l->a, &by, &rows, e) : case_load_unit(r, l->a, &in, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        const struct case_loaded_row *x = &rows.v[i];
        struct case_load *load = load_of(l, x->officer, x->officer_name, x->service, x->service_name);
        load->waiting += x->waiting;
        load->late += x->late;
    }
    return 0;
}

static int add_done(struct dbr *r, struct loading *l, const struct case_queue_ask *ask, struct instant now, struct err *e)
{
    struct case_done_unit_rows rows;
    struct case_done_unit_in in = { .unit = ask->unit,
                                    .desk = str_or_empty(ask->agency),
                                    .since = { now.us - CASE_LOAD_DAYS * US_PER_DAY } };
    if (case_ask_of_agency(ask))
        return 0;
    if (case_done_unit(r, l->a, &in, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++)
        load_of(l, rows.v[i].account, rows.v[i].officer_name, rows.v[i].service, rows.v[i].service_name)->done = rows.v[i].done;
    return 0;
}

int case_load_of(struct dbr *r, struct arena *a, const struct case_queue_ask *ask, struct instant now, struct case_loads *out,
                 struct err *e)
{
    struct loading l = { .a = a };
    map_init(&l.by_key, a, 1, 2);
    if (add_waiting(r, &l, ask, now, e) || add_done(r, &l, ask, now, e))
        return -1;
    *out = (struct case_loads) { arena_new_array(a, struct case_load, l.v.n), l.v.n };
    for (size_t i = 0; i < l.v.n; i++)
        out->v[i] = *l.v.v[i];
    return 0;
}

/* ---- form 06 ---- */

static struct instant or_none(bool has, struct instant t)
{
    return has ? t : (struct instant) { 0 };
}

static struct case_book_line book_line(const struct cases_state *s, const struct case_book_page_row *row)
{
    const struct case_flow *f = case_flow_find(s, row->flow, row->flow_version);
    const struct case_flow_state *state = f ? case_state_named(f, row->state) : NULL;
    return (struct case_book_line) { .id = row->id,
                                     .number = { row->organ, row->day, row->n },
                                     .service_name = row->service_name,
                                     .name = row->name,
                                     .phone = row->phone,
                                     .officer_name = row->officer_name,
                                     .state_label = state ? state->label : row->state,
                                     .papers = row->papers_here,
                                     .channel = (enum case_channel)row->channel,
                                     .delivery = (enum case_delivery)row->delivery,
                                     .fee = row->fee,
                                     .paid = row->paid,
                                     .made_at = row->made_at,
                                     .received_at = or_none(row->has_received_at, row->received_at),
                                     .due = or_none(row->has_due_at, row->due_at),
                                     .ended_at = or_none(row->has_ended_at, row->ended_at),
                                     .result_at = or_none(row->has_result_at, row->result_at),
                                     .has_promise = row->has_promised_on,
                                     .promised = row->promised_on,
                                     .on_time = row->has_on_time && row->on_time };
}

int case_book_of(const struct app *app, struct dbr *r, struct arena *a, const struct unit_code *unit, struct day from,
                 struct day until, const struct case_number *after, int most, struct case_book *out, struct err *e)
{
    const struct cases_state *s = cases_state(app);
    struct case_book_page_rows rows;
    struct case_book_page_in in = { .organ = case_organ(s, a, unit, until),
                                    .earlier = case_organ(s, a, unit, from), /* its code changed in between */
                                    .from = from,
                                    .until = until,
                                    .after_day = after ? after->day : (struct day) { from.n - 1 },
                                    .after_n = after ? after->n : 0,
                                    .most = most + 1 };
    if (case_book_page(r, a, &in, &rows, e))
        return -1;
    *out = (struct case_book) { .more = rows.n > (size_t)most };
    out->n = out->more ? (size_t)most : rows.n;
    out->v = arena_new_array(a, struct case_book_line, out->n);
    for (size_t i = 0; i < out->n; i++)
        out->v[i] = book_line(s, &rows.v[i]);
    return 0;
}

/* ---- two cases about one thing ---- */

int case_pairs_of(struct dbr *r, struct arena *a, const struct unit_code *unit, struct case_pairs *out, struct err *e)
{
    struct case_doubles_unsettled_rows rows;
    if (case_doubles_unsettled(r, a, &(struct case_doubles_unsettled_in) { .unit = *unit }, &rows, e))
        return -1;
    *out = (struct case_pairs) { arena_new_array(a, struct case_pair, rows.n), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const struct case_doubles_unsettled_row *p = &rows.v[i];
        out->v[i] = (struct case_pair) { .one = { .id = p->case_id,
                                                  .number = { p->organ, p->day, p->n },
                                                  .service_name = p->service_name,
                                                  .name = p->name,
                                                  .made_at = p->made_at },
                                         .other = { .id = p->other,
                                                    .number = { p->other_organ, p->other_day, p->other_n },
                                                    .service_name = p->service_name,
                                                    .name = p->other_name,
                                                    .made_at = p->other_made_at },
                                         .unit = p->unit,
                                         .other_unit = p->other_unit,
                                         .channel = (enum case_channel)p->channel,
                                         .other_channel = (enum case_channel)p->other_channel,
                                         .found_at = p->found_at };
    }
    return 0;
}
