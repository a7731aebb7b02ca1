/* takes.c: which papers of a form come from a source, what each has said so far, and asking those that have not been asked. */
#include "engines/sources/inside.h"

#include "base/json.h"
#include "gen/sources_queries.h"
#include "platform/crypto/crypto.h"

struct str source_system_of(const struct service_paper *p)
{
    switch (p->source) {
    case SERVICE_CITIZEN_DATA:
        return SOURCE_REGISTER;
    case SERVICE_VAULT:
        return SOURCE_VAULT;
    case SERVICE_EXCHANGE:
        return p->system;
    default:
        return STR_NONE;
    }
}

bool source_is_near(struct str system)
{
    return str_eq(system, SOURCE_REGISTER) || str_eq(system, SOURCE_VAULT);
}

static bool is_to_choose(enum source_state s)
{
    return s == SOURCE_DOWN || s == SOURCE_OTHER_PERSON || s == SOURCE_NOTHING || s == SOURCE_WAITS;
}

/* ---- as it stands ---- */

/* The applicant's entry of the register; the look is recorded by sources_keep. */
static int read_about(struct dbr *r, const struct source_desk *d, struct person *out, struct err *e)
{
    int got = person_by_id(r, d->arena, d->person, out, e);
    return got == 1 ? 0 : got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "person %lld", (long long)d->person);
}

static int add_kept(struct dbr *r, const struct source_desk *d, struct instant now, struct source_take *t, struct err *e)
{
    struct source_kept_row_row row;
    struct source_question q;
    if (!(t->paper->fallbacks & SERVICE_CACHED) || !source_question_read(d->arena, t->question, &q))
        return 0;
    struct source_kept_row_in in = { .system = t->system,
                                     .about = source_question_about(d->arena, &q),
                                     .members = source_question_members(d->arena, &q) };
    int got = source_kept_row(r, d->arena, &in, &row, e);
    if (got != 1)
        return got < 0 ? -1 : 0;
    t->too_old = now.us - row.as_of.us > source_oldest_us(d->app, t->system, instant_day(now));
    if (!t->too_old)
        t->kept_as_of = row.as_of;
    return 0;
}

/* Waiting harms nobody. A source that works and knows nothing, or mixes people up, must not bar the way: then the applicant may always
 * declare. */
static unsigned offers_of(const struct source_take *t)
{
    unsigned declares = t->state == SOURCE_NOTHING || t->state == SOURCE_OTHER_PERSON ? SERVICE_DECLARE : 0;
    unsigned all = SERVICE_WAIT | (t->paper->fallbacks & SERVICE_DECLARE) | declares;
    return t->kept_as_of.us ? all | SERVICE_CACHED : all;
}

static void as_kept(struct source_take *t, const struct source_take_rows_row *row)
{
    t->state = (enum source_state)row->state;
    t->question = row->question;
    t->body = row->body;
    t->mode = row->mode;
    t->as_of = row->has_as_of ? row->as_of : (struct instant) { 0 };
    t->asked_at = row->asked_at;
}

static const struct source_take_rows_row *row_of(const struct source_take_rows_rows *rows, struct str slot,
                                                 struct str system)
{
    for (size_t i = 0; i < rows->n; i++)
        if (str_eq(rows->v[i].slot, slot) && str_eq(rows->v[i].system, system))
            return &rows->v[i];
    return NULL;
}

/* The register is asked about the applicant only. A paper is about them when it fills a question that these answers ask and that is
 * known of an applicant; one about a child, a guest, a deceased is matched by the officer. */
static bool is_about_applicant(const struct source_desk *d, const struct service_paper *p)
{
    for (size_t i = 0; i < p->n_fields; i++)
        if (str_starts(d->answers->def->fields[p->fields[i].field].prefill, STR("applicant.")) &&
            services_field_asked(d->answers, p->fields[i].field, 0))
            return true;
    return false;
}

/* A province that has connected no source yet is not one whose sources are down: its officers look things up as before. */
static bool is_connected(const struct app *app)
{
    return app->settings.sources_url && app->settings.sources_url[0];
}

static int add_take(struct dbr *r, const struct source_desk *d, const struct service_paper *p,
                    const struct source_take_rows_rows *rows, struct instant now, source_takes *out, struct err *e)
{
    struct source_take t = { .paper = p, .system = source_system_of(p), .state = SOURCE_UNASKED };
    if (!t.system.n || (!source_is_near(t.system) && !is_connected(d->app)) ||
        (str_eq(t.system, SOURCE_REGISTER) && !is_about_applicant(d, p)))
        return 0;
    t.label = source_label(d->app, t.system, instant_day(now));
    const struct source_take_rows_row *row = row_of(rows, p->id, t.system);
    if (row)
        as_kept(&t, row);
    if (is_to_choose(t.state)) {
        if (add_kept(r, d, now, &t, e))
            return -1;
        t.offers = offers_of(&t);
    }
    *vec_push(d->arena, out) = t;
    return 0;
}

int sources_of(struct dbr *r, const struct source_desk *d, struct instant now, source_takes *out, struct err *e)
{
    struct source_take_rows_rows rows;
    service_places places = { 0 };
    if (!d->person)
        return 0;
    if (source_take_rows(r, d->arena, &(struct source_take_rows_in) { .holder = d->holder }, &rows, e))
        return -1;
    services_papers(d->answers, &places);
    for (size_t i = 0; i < places.n; i++)
        if (add_take(r, d, &d->answers->def->papers[places.v[i]], &rows, now, out, e))
            return -1;
    return 0;
}

/* What was not to be had is asked for again after a while, when somebody looks. */
static bool is_to_ask(const struct source_take *t, struct instant now)
{
    return t->state == SOURCE_UNASKED ||
           (is_to_choose(t->state) && now.us - t->asked_at.us >= SOURCE_AGAIN_S * US_PER_SECOND);
}

bool sources_to_ask(const source_takes *all, struct instant now)
{
    for (size_t i = 0; i < all->n; i++)
        if (is_to_ask(&all->v[i], now))
            return true;
    return false;
}

bool sources_far(const source_takes *all, struct instant now)
{
    for (size_t i = 0; i < all->n; i++)
        if (is_to_ask(&all->v[i], now) && !source_is_near(all->v[i].system))
            return true;
    return false;
}

bool source_is_open(const struct source_take *t)
{
    return t->state == SOURCE_UNASKED || is_to_choose(t->state);
}

const struct source_take *sources_open(const source_takes *all)
{
    for (size_t i = 0; i < all->n; i++)
        if (source_is_open(&all->v[i]))
            return &all->v[i];
    return NULL;
}

/* ---- asking ---- */

struct asking {
    const struct source_desk *d;
    struct instant now;
    struct person about;
    struct source_outages outages;
    int64_t until_us;  /* of the machine's monotonic clock: nobody waits longer for a page */
    struct str silent; /* a system that did not answer this time is not asked twice */
};

static bool is_out(const struct asking *x, struct str system)
{
    for (size_t i = 0; i < x->outages.n; i++)
        if (str_eq(x->outages.v[i].system, system))
            return true;
    return false;
}

static void settle(struct asking *x, struct source_take *t, enum source_state state, const struct source_answer *said)
{
    bool waited = t->state == SOURCE_WAITS;
    t->asked_at = x->now;
    t->body = state == SOURCE_HERE ? said->body : STR("");
    t->mode = state == SOURCE_HERE ? said->mode : STR("");
    t->as_of = state == SOURCE_HERE ? said->as_of : (struct instant) { 0 };
    t->state = waited && state == SOURCE_DOWN ? SOURCE_WAITS : state;
    t->offers = is_to_choose(t->state) ? offers_of(t) : 0;
}

static void put_question(struct asking *x, struct source_take *t, struct source_question *q)
{
    source_question_of(x->d->answers->def, t->paper, &x->about, q);
    t->question = source_question_json(x->d->arena, q);
}

static int ask_near(struct asking *x, struct dbr *r, source_takes *all, struct err *e)
{
    for (size_t i = 0; i < all->n; i++) {
        struct source_take *t = &all->v[i];
        struct source_question q;
        struct source_answer said = { .as_of = { 0 } };
        enum source_state state = SOURCE_DOWN;
        if (!is_to_ask(t, x->now))
            continue;
        put_question(x, t, &q);
        if (add_kept(r, x->d, x->now, t, e))
            return -1;
        if (!source_is_near(t->system))
            continue;
        if (!is_out(x, t->system) &&
            source_ask_near(x->d->app, r, x->d->arena, &q, &x->about, t->paper->name, x->now, &state, &said, e))
            return -1;
        settle(x, t, state, &said);
    }
    return 0;
}

static void ask_far(struct asking *x, source_takes *all)
{
    for (size_t i = 0; i < all->n; i++) {
        struct source_take *t = &all->v[i];
        struct source_question q;
        struct source_answer said = { .as_of = { 0 } };
        enum source_state state = SOURCE_DOWN;
        if (!is_to_ask(t, x->now) || source_is_near(t->system))
            continue;
        put_question(x, t, &q);
        if (!is_out(x, t->system) && !str_eq(x->silent, t->system) && monotonic_us() < x->until_us)
            state = source_ask_far(x->d->app, x->d->arena, &q, x->now, &said);
        if (state == SOURCE_DOWN)
            x->silent = t->system;
        settle(x, t, state, &said);
    }
}

/* In a read of its own, which is not held while another system is waited for. */
static int ask_store(struct asking *x, source_takes *all, struct err *e)
{
    struct arena *a = x->d->arena;
    struct dbr *r;
    if (db_read_in(x->d->app->db, a, &r, e))
        return -1;
    int result = sources_outages(r, a, &x->outages, e) || read_about(r, x->d, &x->about, e) || ask_near(x, r, all, e) ? -1 : 0;
    db_read_end(r);
    return result;
}

int sources_ask(const struct source_desk *d, struct instant now, source_takes *all, struct err *e)
{
    struct asking x = { .d = d, .now = now, .until_us = monotonic_us() + SOURCE_PATIENCE_MS * INT64_C(1000) };
    if (ask_store(&x, all, e))
        return -1;
    ask_far(&x, all);
    return 0;
}
