/* generate_rows.c: made-up cases as rows. What a row refers to is loaded before it. */
#include "engines/cases/generate_rows.h"

#include "base/text.h"
#include "engines/people/people.h"

enum { CASE_ARENA = 4 << 20 };

/* ---- numbers: per organ and day ---- */

struct counter {
    struct day day;
    int64_t n;
};

static int64_t next_number(struct arena *a, struct map *counters, struct str organ, struct day day)
{
    struct counter *c = map_get(counters, organ);
    if (!c) {
        c = arena_new(a, struct counter);
        map_set(counters, str_dup(a, organ), c);
    }
    if (c->day.n != day.n)
        *c = (struct counter) { day, 0 };
    return ++c->n;
}

/* ---- who carries a function: asked once for each ---- */

struct holder {
    struct str key, agency;
};
struct writing {
    struct case_making_up *m;
    struct dbr *r;
    struct arena *arena; /* of one case */
    struct db_bulk *bulk;
    struct map counters, holders;
};

static int holder_of(struct writing *w, struct str function, bool of_province, struct str *agency, struct err *e)
{
    struct arena *kept = w->m->arena;
    struct str key = str_fmt(w->arena, "%.*s %d", STR_ARG(function), of_province);
    struct holder *h = map_get(&w->holders, key);
    if (!h) {
        h = arena_new(kept, struct holder);
        h->key = str_dup(kept, key);
        if (case_holder(w->m->state, w->r, kept, function, of_province, w->m->g->until, &h->agency, e))
            return -1;
        map_set(&w->holders, h->key, h);
    }
    *agency = h->agency;
    return 0;
}

/* ---- records ---- */

#define COLUMN_LIST(X)                                                                                                      \
    X("id", DB_INT)                                                                                                         \
    X("organ", DB_TEXT)                                                                                                     \
    X("day", DB_DAY)                                                                                                        \
    X("n", DB_INT)                                                                                                          \
    X("secret", DB_BLOB)                                                                                                    \
    X("revision", DB_INT)                                                                                                   \
    X("service", DB_TEXT)                                                                                                   \
    X("version_id", DB_INT)                                                                                                 \
    X("version", DB_INT)                                                                                                    \
    X("service_name", DB_TEXT) X("days", DB_INT) X("same_day_before", DB_INT) X("flow", DB_TEXT) X("flow_version", DB_INT)  \
        X("state", DB_TEXT) X("owner", DB_INT) X("open", DB_BOOL) X("own_function", DB_TEXT) X("function", DB_TEXT)         \
            X("unit", DB_UNIT) X("agency", DB_TEXT) X("officer_name", DB_TEXT) X("channel", DB_INT) X("level", DB_INT)      \
                X("party", DB_INT) X("person", DB_INT) X("pid", DB_PID) X("name", DB_TEXT) X("name_key", DB_TEXT)           \
                    X("organisation", DB_TEXT) X("phone", DB_TEXT) X("email", DB_TEXT) X("acts_as", DB_INT)                 \
                        X("filer_name", DB_TEXT) X("facts", DB_BLOB) X("made_at", DB_INSTANT) X("received_at", DB_INSTANT)  \
                            X("turn_at", DB_INSTANT) X("due_at", DB_INSTANT) X("share_due_at", DB_INSTANT)                  \
                                X("promised_on", DB_DAY) X("clock", DB_INT) X("stop", DB_INT) X("ended_at", DB_INSTANT)     \
                                    X("on_time", DB_BOOL) X("result_at", DB_INSTANT) X("fee", DB_MONEY) X("paid", DB_MONEY) \
                                        X("payment", DB_INT) X("delivery", DB_INT) X("address", DB_TEXT)                    \
                                            X("papers_needed", DB_INT) X("papers_here", DB_INT) X("mode", DB_TEXT)
#define NAME_OF(name, type) name,
#define TYPE_OF(name, type) type,
static const char *const record_columns[] = { COLUMN_LIST(NAME_OF) };
static const enum db_type record_types[] = { COLUMN_LIST(TYPE_OF) };

static void put_optional(struct db_bulk *b, bool has, int64_t v)
{
    if (has)
        db_bulk_int(b, v);
    else
        db_bulk_null(b);
}

static void put_party(struct writing *w, const struct made_case *c, const struct person *p)
{
    struct db_bulk *b = w->bulk;
    struct hash32 facts =
        case_facts_hash(w->arena, c->service->service.code, str_fmt(w->arena, "case %lld", (long long)w->m->made));
    db_bulk_int(b, c->channel);
    db_bulk_int(b, c->channel == CASE_COUNTER ? 3 : 4);
    db_bulk_int(b, CASE_PERSON);
    db_bulk_int(b, p->id);
    db_bulk_text(b, pid_str(&p->pid));
    db_bulk_text(b, p->name);
    db_bulk_text(b, text_fold(w->arena, p->name));
    db_bulk_text(b, STR(""));
    db_bulk_text(b, str_fmt(w->arena, "00%08lld",
                            (long long)(p->id % 100000000))); /* a subscriber's 0 too many: nobody can be called */
    db_bulk_text(b, STR(""));
    db_bulk_int(b, CASE_SELF);
    db_bulk_text(b, STR(""));
    db_bulk_blob(b, facts.b, sizeof facts.b);
}

/* The row as the last move left it. */
static void put_clock(struct writing *w, const struct made_case *c, const struct case_record_move_in *row)
{
    struct db_bulk *b = w->bulk;
    bool handed_over = c->life.flow->state[c->life.state].national == 10;
    db_bulk_int(b, c->filed.us);
    put_optional(b, row->has_received_at, row->received_at.us);
    db_bulk_int(b, row->turn_at.us);
    put_optional(b, row->has_due_at, row->due_at.us);
    put_optional(b, row->has_share_due_at, row->share_due_at.us);
    db_bulk_null(b);
    db_bulk_int(b, row->clock);
    db_bulk_int(b, row->stop);
    put_optional(b, row->has_ended_at, row->ended_at.us);
    put_optional(b, row->has_on_time, row->on_time);
    put_optional(b, handed_over, c->life.last.us);
}

static void put_rest(struct writing *w, const struct made_case *c)
{
    struct db_bulk *b = w->bulk;
    db_bulk_int(b, c->service->fee.dong);
    db_bulk_int(b, c->payment == CASE_PAID ? c->service->fee.dong : 0);
    db_bulk_int(b, c->payment);
    db_bulk_int(b, CASE_ELECTRONIC);
    db_bulk_text(b, STR(""));
    db_bulk_int(b, 0);
    db_bulk_int(b, 0);
    db_bulk_text(b, STR("MÔ PHỎNG"));
}

/* Without the signer there is no key to keep codes under (bon seed): then nobody has one. */
static struct hash32 secret_of(struct writing *w, const struct case_number *number, struct rng *r)
{
    struct hash32 secret;
    struct str code = case_code_drawn(w->arena, r);
    if (w->m->g->code)
        w->m->g->code(w->m->g->ctx, case_number_str(w->arena, number), code);
    if (w->m->g->app->signer)
        return case_code_hash(w->m->state, w->arena, number, case_code_plain(w->arena, code));
    for (size_t i = 0; i < sizeof secret.b; i++)
        secret.b[i] = (uint8_t)rng_below(r, 256);
    return secret;
}

static void put_number(struct writing *w, const struct made_case *c, const struct unit_code *unit)
{
    struct db_bulk *b = w->bulk;
    struct day day = instant_day(c->filed);
    struct str organ = case_organ(w->m->state, w->arena, unit, day);
    struct rng r = c->rng;
    struct case_number number = { organ, day, next_number(w->m->arena, &w->counters, organ, day) };
    struct hash32 secret = secret_of(w, &number, &r);
    db_bulk_int(b, w->m->last.cases + ++w->m->made);
    db_bulk_text(b, organ);
    db_bulk_text(b, day_iso(w->arena, day));
    db_bulk_int(b, number.n);
    db_bulk_blob(b, secret.b, sizeof secret.b);
    db_bulk_int(b, 1 + (int64_t)c->life.steps.n);
}

static void put_service(struct writing *w, const struct made_case *c)
{
    struct db_bulk *b = w->bulk;
    const struct case_service *s = &c->service->service;
    const struct case_flow_state *state = &c->life.flow->state[c->life.state];
    bool open = false;
    for (size_t i = 0; i < c->life.flow->n_moves; i++)
        open = open || case_move_leaves(c->life.flow, &c->life.flow->move[i], state);
    w->m->open += open;
    db_bulk_text(b, s->code);
    db_bulk_int(b, s->version_id);
    db_bulk_int(b, s->version);
    db_bulk_text(b, s->name);
    db_bulk_int(b, s->days);
    db_bulk_int(b, s->same_day_before);
    db_bulk_text(b, c->life.flow->name);
    db_bulk_int(b, c->life.flow->version);
    db_bulk_text(b, state->id);
    db_bulk_int(b, state->owner);
    db_bulk_int(b, open);
}

static int put_record(struct writing *w, const struct made_case *c, int64_t i, struct err *e)
{
    struct person p;
    struct str agency;
    const struct case_service *s = &c->service->service;
    const struct case_flow_state *state = &c->life.flow->state[c->life.state];
    struct case_record_move_in row = { .turn_at = c->life.last };
    int got = person_by_id(w->r, w->arena, c->person->id, &p, e);
    if (got < 0)
        return -1;
    bool of_province = str_eq(state->unit_level.n ? state->unit_level : s->unit_level, STR("province"));
    struct str function = state->function.n ? state->function : s->function;
    bool of_commune = got == 1 && str_eq(s->unit_level, STR("commune"));
    struct unit_code unit = of_commune ? made_place_on(w->m, &c->person->unit, instant_day(c->filed)) : w->m->state->province;
    if (got == 0 || unit_code_str(&unit).n == 0)
        return 0; /* somebody without a residence here files elsewhere */
    if (holder_of(w, function, of_province, &agency, e))
        return -1;
    *vec_push(w->m->arena, &w->m->kept) = i;
    case_clock_show(&c->life.clock, &row);
    put_number(w, c, &unit);
    put_service(w, c);
    db_bulk_text(w->bulk, s->function);
    db_bulk_text(w->bulk, function);
    db_bulk_text(w->bulk, unit_code_str(&unit));
    db_bulk_text(w->bulk, agency);
    db_bulk_text(w->bulk, STR(""));
    put_party(w, c, &p);
    put_clock(w, c, &row);
    put_rest(w, c);
    return db_bulk_row(w->bulk, e);
}

static void tell(const struct case_making_up *m, int64_t done)
{
    if (m->g->progress && done % 10000 == 0)
        m->g->progress(m->g->ctx, done, m->g->count);
}

int case_rows_records(struct case_making_up *m, struct err *e)
{
    enum { COLUMNS = sizeof record_types / sizeof *record_types };
    struct writing w = { .m = m };
    struct arena a;
    int result = 0;
    map_init(&w.counters, m->arena, 1, 2);
    map_init(&w.holders, m->arena, 3, 4);
    if (db_bulk_begin(m->g->app->db, "case_record", record_columns, record_types, COLUMNS, &w.bulk, e))
        return -1;
    arena_init(&a, CASE_ARENA);
    w.arena = &a;
    for (int64_t i = 0; result == 0 && i < m->g->count; i++, arena_clear(&a)) {
        struct made_case c;
        if (i % 1000 == 0) { /* short read transactions */
            db_read_end(w.r);
            w.r = NULL;
            result = db_read_begin(m->g->app->db, &w.r, e);
        }
        if (result == 0 && case_make_up(m, &a, i, &c))
            result = put_record(&w, &c, i, e);
        tell(m, i);
    }
    db_read_end(w.r);
    arena_release(&a);
    return db_bulk_end(w.bulk, result == 0 ? e : NULL) || result ? -1 : 0;
}
