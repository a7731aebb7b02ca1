/* sample.c: which declarations are checked afterwards: drawn by risk, and by a seed, so that anyone can draw again and find the same
 * ones. */
#include "models/m03_paperless_services/paperless.h"

#include "engines/cases/calendar.h"
#include "platform/crypto/crypto.h"

#include <jansson.h>

#define FOLLOWER STR("paperless")
enum {
    EVENTS_A_TURN = 100,
    TURNS_A_RUN = 50,
    BASE = 200,
    SEED = 511,
    DUE_WORK_DAYS = 10,
    ENOUGH_CHECKS = 10,
    MANY_WRONG_PERCENT = 10
};

/* A source that knew nothing, or spoke of somebody else, is looked at in any case. */
int check_risk_of(const struct check_risk *x)
{
    int64_t risk = x->base;
    if (str_eq(x->why, STR("nothing")) || str_eq(x->why, STR("other_person")))
        return CHECK_CERTAIN;
    if (str_eq(x->why, STR("down")))
        risk *= 2;
    if (x->level < 2)
        risk += risk / 2;
    if (x->checked >= ENOUGH_CHECKS && x->wrong * 100 >= x->checked * MANY_WRONG_PERCENT)
        risk *= 3;
    return (int)(risk < CHECK_CERTAIN ? risk : CHECK_CERTAIN);
}

bool check_is_drawn(struct arena *a, int64_t seed, struct str number, struct str slot, int risk)
{
    struct hash32 h = sha256(str_fmt(a, "%lld|%.*s|%.*s", (long long)seed, STR_ARG(number), STR_ARG(slot)));
    uint32_t n = (uint32_t)h.b[0] << 24 | (uint32_t)h.b[1] << 16 | (uint32_t)h.b[2] << 8 | h.b[3];
    return n % CHECK_CERTAIN < (uint32_t)risk;
}

/* ---- the job ---- */

struct drawing {
    const struct app *app;
    struct arena *arena;
    struct pack_conf conf;
    struct instant now;
    int64_t cursor;
    VEC(struct paper_check_insert_in) drawn;
};

static int64_t setting(const struct drawing *d, const char *key, int64_t otherwise)
{
    int64_t n;
    return str_to_i64(str_or_empty(pack_value_on(&d->conf, key, instant_day(d->now))), &n) && n >= 0 ? n : otherwise;
}

/* A declaration that is to be checked, by its own words; *why and *system out of them. */
static bool wants_check(struct arena *a, struct str body, struct str *why, struct str *system)
{
    json_t *j;
    if (json_read(a, body, &j, NULL))
        return false;
    *why = str_or_empty(json_str_at(j, "why"));
    *system = str_or_empty(json_str_at(j, "system"));
    return json_is_true(json_object_get(j, "post_check"));
}

static struct day due_day(const struct drawing *d)
{
    int days = (int)setting(d, "paperless.check_days", DUE_WORK_DAYS);
    return calendar_add(case_calendar(d->app), case_calendar_edition(d->app), instant_day(d->now), days);
}

static int draw_paper(struct drawing *d, struct dbr *r, const struct case_view *c, const struct case_paper *p, struct err *e)
{
    struct paper_check_totals_row so_far;
    struct check_risk risk = { .base = (int)setting(d, "paperless.check_per_mille", BASE), .level = p->level };
    struct str system;
    if (p->kind != CASE_DECLARED || !wants_check(d->arena, p->body, &risk.why, &system))
        return 0;
    if (paper_check_totals(r, d->arena, &(struct paper_check_totals_in) { .service = c->service.code }, &so_far, e) < 0)
        return -1;
    risk.checked = so_far.right_ + so_far.wrong;
    risk.wrong = so_far.wrong;
    int per_mille = check_risk_of(&risk);
    if (!check_is_drawn(d->arena, setting(d, "paperless.check_seed", SEED), c->number_text, p->slot, per_mille))
        return 0;
    *vec_push(d->arena, &d->drawn) = (struct paper_check_insert_in) { .case_id = c->id,
                                                                      .paper = p->id,
                                                                      .number = c->number_text,
                                                                      .service = c->service.code,
                                                                      .service_name = c->service.name,
                                                                      .paper_name = p->name,
                                                                      .system = system,
                                                                      .why = risk.why,
                                                                      .unit = c->unit,
                                                                      .agency = str_or_empty(c->agency),
                                                                      .risk = per_mille,
                                                                      .drawn_at = d->now,
                                                                      .due_on = due_day(d) };
    return 0;
}

static int draw_case(struct drawing *d, struct dbr *r, int64_t id, struct err *e)
{
    struct case_view c;
    struct case_papers papers;
    int got = case_by_id(d->app, r, d->arena, id, &c, e);
    if (got != 1 || case_papers_of(r, d->arena, id, false, &papers, e))
        return got == 0 ? 0 : -1;
    for (size_t i = 0; i < papers.n; i++)
        if (draw_paper(d, r, &c, &papers.v[i], e))
            return -1;
    return 0;
}

static int keep(struct tx *tx, void *arg, struct err *e)
{
    struct drawing *d = arg;
    struct audit_record rec = { .action = STR("paperless.drawn"),
                                .account_name = STR("bon"),
                                .mode = str_of(d->app->settings.mode) };
    for (size_t i = 0; i < d->drawn.n; i++) {
        rec.object = str_fmt(d->arena, "case/%.*s", STR_ARG(d->drawn.v[i].number));
        if (paper_check_insert(tx, &d->drawn.v[i], NULL, e) || audit_write(tx, d->arena, &rec, NULL, e))
            return -1;
    }
    if (d->drawn.n == 0)
        tx_unaudited(tx, "events that were read; nothing was drawn");
    return case_follower_set(tx, FOLLOWER, d->cursor, e);
}

/* One turn: events that were read, or -1. */
static int turn(struct job_run *j, struct arena *a, const struct pack_conf *conf, struct err *e)
{
    struct drawing d = { .app = j->app, .arena = a, .conf = *conf, .now = j->now };
    struct case_events events = { .n = 0 };
    struct dbr *r;
    int64_t after = 0;
    if (db_read_in(j->db, a, &r, e))
        return -1;
    int result = case_follower_at(r, a, FOLLOWER, &after, e) || case_events_after(r, a, after, EVENTS_A_TURN, &events, e);
    for (size_t i = 0; result == 0 && i < events.n; i++) {
        d.cursor = events.v[i].cursor;
        if (str_eq(events.v[i].kind, STR("submitted")))
            result = draw_case(&d, r, events.v[i].case_id, e);
    }
    db_read_end(r);
    if (result || (events.n > 0 && db_write_in(j->db, a, keep, &d, e)))
        return -1;
    return (int)events.n;
}

/* A loaded store or a day's outage leaves many events behind: several turns follow each other, so that today's declarations do not
 * wait for hours behind them. */
int paper_sample_job(struct job_run *j, struct err *e)
{
    struct pack_conf conf;
    if (pack_conf_read(j->arena, j->app->settings.pack_dir, &conf, e))
        return -1;
    struct arena *a = arena_child(j->arena);
    int n = EVENTS_A_TURN;
    for (int i = 0; n == EVENTS_A_TURN && i < TURNS_A_RUN; i++) {
        arena_clear(a);
        n = turn(j, a, &conf, e);
    }
    return n < 0 ? -1 : 0;
}
