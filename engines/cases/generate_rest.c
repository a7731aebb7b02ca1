/* generate_rest.c: answers, steps and clock events of made-up cases: three loads at once, since all refer to the records only. */
#include "engines/cases/generate_rows.h"

enum { CASE_ARENA = 4 << 20 };

struct resting {
    struct case_making_up *m;
    struct arena *arena; /* of one case */
    struct db_bulk *answers, *steps, *clocks;
    int64_t id, step, event;
};

static const char *const answer_columns[] = { "case_id", "body", "hash" };
static const enum db_type answer_types[] = { DB_INT, DB_TEXT, DB_BLOB };
static const char *const step_columns[] = { "id",      "case_id", "at",   "move",   "from_state", "to_state",
                                            "account", "name",    "role", "agency", "reason",     "audit" };
static const enum db_type step_types[] = { DB_INT, DB_INT,  DB_INSTANT, DB_TEXT, DB_TEXT, DB_TEXT,
                                           DB_INT, DB_TEXT, DB_TEXT,    DB_TEXT, DB_TEXT, DB_INT };
static const char *const clock_columns[] = { "id",          "case_id",    "kind",    "at",   "recorded_at", "days",
                                             "late_minute", "end_minute", "edition", "stop", "promised",    "who" };
static const enum db_type clock_types[] = { DB_INT, DB_INT, DB_INT, DB_INSTANT, DB_INSTANT, DB_INT,
                                            DB_INT, DB_INT, DB_INT, DB_INT,     DB_DAY,     DB_TEXT };

static int put_answers(struct resting *w, struct err *e)
{
    struct str body = STR("{\"answers\":{},\"sources\":{}}"); /* nobody filled in a form */
    struct hash32 hash = sha256(body);
    db_bulk_int(w->answers, w->id);
    db_bulk_text(w->answers, body);
    db_bulk_blob(w->answers, hash.b, sizeof hash.b);
    return db_bulk_row(w->answers, e);
}

struct step_row {
    struct instant at;
    struct str move, from, to, who, reason;
};

static int put_step(struct resting *w, const struct step_row *s, struct err *e)
{
    struct db_bulk *b = w->steps;
    db_bulk_int(b, ++w->step);
    db_bulk_int(b, w->id);
    db_bulk_int(b, s->at.us);
    db_bulk_text(b, s->move);
    db_bulk_text(b, s->from);
    db_bulk_text(b, s->to);
    db_bulk_int(b, 0);
    db_bulk_text(b, s->who);
    db_bulk_text(b, STR(""));
    db_bulk_text(b, STR(""));
    db_bulk_text(b, str_or_empty(s->reason));
    db_bulk_int(b, w->m->audit);
    return db_bulk_row(b, e);
}

static int put_steps(struct resting *w, const struct made_case *c, struct err *e)
{
    const struct case_flow *f = c->life.flow;
    const struct step_row submitted = {
        .at = c->filed, .move = STR("submit"), .from = STR(""), .to = f->state[0].id, .who = STR("Người nộp")
    };
    if (put_step(w, &submitted, e))
        return -1;
    for (size_t i = 0; i < c->life.steps.n; i++) {
        const struct made_step *s = &c->life.steps.v[i];
        const struct step_row row = { .at = s->at,
                                      .move = s->move->id,
                                      .from = f->state[s->from].id,
                                      .to = f->state[s->move->to].id,
                                      .who = case_owner_label(f->state[s->from].owner),
                                      .reason = s->words };
        if (put_step(w, &row, e))
            return -1;
    }
    return 0;
}

static int put_event(struct resting *w, const struct clock_event *ev, struct err *e)
{
    struct db_bulk *b = w->clocks;
    db_bulk_int(b, ++w->event);
    db_bulk_int(b, w->id);
    db_bulk_int(b, ev->kind);
    db_bulk_int(b, ev->at.us);
    db_bulk_int(b, ev->at.us);
    db_bulk_int(b, ev->days);
    db_bulk_int(b, ev->late_minute);
    db_bulk_int(b, ev->end_minute);
    db_bulk_int(b, ev->edition);
    db_bulk_int(b, ev->stop);
    db_bulk_null(b);
    db_bulk_text(b, str_or_empty(ev->who));
    return db_bulk_row(b, e);
}

static int put_case(struct resting *w, const struct made_case *c, struct err *e)
{
    if (put_answers(w, e) || put_steps(w, c, e))
        return -1;
    for (size_t i = 0; i < c->life.events.n; i++)
        if (put_event(w, &c->life.events.v[i], e))
            return -1;
    return 0;
}

static int put_all(struct resting *w, struct err *e)
{
    struct arena a;
    int result = 0;
    arena_init(&a, CASE_ARENA);
    w->arena = &a;
    for (size_t i = 0; result == 0 && i < w->m->kept.n; i++, arena_clear(&a)) {
        struct made_case c;
        w->id = w->m->last.cases + (int64_t)i + 1;
        ASSERT(case_make_up(w->m, &a, w->m->kept.v[i], &c)); /* as it was made for its record */
        result = put_case(w, &c, e);
    }
    arena_release(&a);
    return result;
}

#define COUNT_OF(a) (int)(sizeof(a) / sizeof *(a))

int case_rows_rest(struct case_making_up *m, struct err *e)
{
    struct resting w = { .m = m, .step = m->last.steps, .event = m->last.events };
    struct db *db = m->g->app->db;
    int result = db_bulk_begin(db, "case_answers", answer_columns, answer_types, COUNT_OF(answer_types), &w.answers, e) ||
                         db_bulk_begin(db, "case_step", step_columns, step_types, COUNT_OF(step_types), &w.steps, e) ||
                         db_bulk_begin(db, "case_clock", clock_columns, clock_types, COUNT_OF(clock_types), &w.clocks, e) ||
                         put_all(&w, e)
                     ? -1
                     : 0;
    struct db_bulk *all[] = { w.answers, w.steps, w.clocks };
    for (size_t i = 0; i < 3; i++)
        if (all[i] && db_bulk_end(all[i], result == 0 ? e : NULL))
            result = -1;
    return result;
}
