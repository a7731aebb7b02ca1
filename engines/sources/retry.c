/* retry.c: for those who chose to wait, their source is asked again; when it is back, the answer is kept and they are told, in one
 * transaction. */
#include "engines/sources/inside.h"

#include "gen/sources_queries.h"

enum { A_TURN = 20 };

struct arrival {
    const struct app *app;
    struct arena *arena;
    const struct source_takes_waiting_row *row;
    enum source_state state;
    struct source_answer said;
    struct instant now;
    source_back_fn *back;
    void *ctx;
};

static int arrive(struct tx *tx, void *arg, struct err *e)
{
    const struct arrival *x = arg;
    int64_t changed;
    struct source_take_arrive_in in = { .holder = x->row->holder,
                                        .slot = x->row->slot,
                                        .state = x->state,
                                        .body = str_or_empty(x->said.body),
                                        .has_as_of = x->said.as_of.us != 0,
                                        .as_of = x->said.as_of,
                                        .mode = str_or_empty(x->said.mode),
                                        .asked_at = x->now,
                                        .seen = x->row->asked_at };
    if (source_take_arrive(tx, &in, &changed, e))
        return -1;
    if (changed == 0 || x->state == SOURCE_WAITS) {
        tx_unaudited(tx, "nothing has come, or somebody else was quicker");
        return 0;
    }
    struct source_back b = { .holder = x->row->holder,
                             .path = x->row->path,
                             .paper = x->row->paper,
                             .label = source_label(x->app, x->row->system, instant_day(x->now)),
                             .account = x->row->account };
    struct audit_record rec = { .action = STR("sources.asked"),
                                .account_name = STR("bon"),
                                .subject = x->row->person,
                                .purpose = x->row->paper,
                                .object = x->row->holder,
                                .mode = str_of(x->app->settings.mode) };
    return audit_write(tx, x->arena, &rec, NULL, e) || x->back(tx, x->ctx, &b, e) ? -1 : 0;
}

static int read_waiting(struct job_run *j, struct source_takes_waiting_rows *rows, struct source_outages *outages,
                        struct err *e)
{
    struct dbr *r;
    struct source_takes_waiting_in in = { .before = { j->now.us - SOURCE_AGAIN_S * US_PER_SECOND }, .most = A_TURN };
    if (db_read_in(j->db, j->arena, &r, e))
        return -1;
    int result = source_takes_waiting(r, j->arena, &in, rows, e) || sources_outages(r, j->arena, outages, e) ? -1 : 0;
    db_read_end(r);
    return result;
}

static bool is_out(const struct source_outages *all, struct str system)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->v[i].system, system))
            return true;
    return false;
}

/* What lies in the same store is asked when its applicant looks; here only the end of an announced outage is noticed. */
static void ask_again(struct job_run *j, const struct source_outages *outages, struct arrival *x)
{
    struct source_question q;
    x->state = SOURCE_WAITS;
    if (is_out(outages, x->row->system))
        return;
    if (source_is_near(x->row->system)) {
        x->state = str_eq(x->row->system, SOURCE_REGISTER) ? SOURCE_UNASKED : SOURCE_WAITS;
        return;
    }
    if (source_question_read(j->arena, x->row->question, &q))
        x->state = source_ask_far(j->app, j->arena, &q, j->now, &x->said);
    if (x->state == SOURCE_DOWN)
        x->state = SOURCE_WAITS;
}

int sources_retry(struct job_run *j, struct str holders, source_back_fn *back, void *ctx, struct err *e)
{
    struct source_takes_waiting_rows rows;
    struct source_outages outages;
    if (read_waiting(j, &rows, &outages, e))
        return -1;
    struct str silent = STR_NONE; /* a system that does not answer is not waited for twice in one turn */
    for (size_t i = 0; i < rows.n; i++) {
        struct arrival x = { .app = j->app, .arena = j->arena, .row = &rows.v[i], .now = j->now, .back = back, .ctx = ctx };
        if (!str_starts(rows.v[i].holder, holders) || (silent.n && str_eq(silent, rows.v[i].system)))
            continue;
        ask_again(j, &outages, &x);
        if (x.state == SOURCE_WAITS)
            silent = rows.v[i].system;
        if (db_write_in(j->db, j->arena, arrive, &x, e))
            return -1;
    }
    return 0;
}

/* ---- what nobody came back for ---- */

static int expire_write(struct tx *tx, void *arg, struct err *e)
{
    const struct job_run *j = arg;
    struct instant drafts = { j->now.us - (CASE_DRAFT_DAYS + 1) * US_PER_DAY };
    struct instant kept = { j->now.us - source_oldest_us(j->app, STR(""), instant_day(j->now)) };
    tx_unaudited(tx, "answers that are too old to be used, and drafts that their owners left");
    return source_takes_expire(tx, &(struct source_takes_expire_in) { .before = drafts }, NULL, e) ||
                   source_kept_expire(tx, &(struct source_kept_expire_in) { .before = kept }, NULL, e)
               ? -1
               : 0;
}

static int expire_job(struct job_run *j, struct err *e)
{
    return db_write_in(j->db, j->arena, expire_write, j, e);
}

const struct job sources_jobs[] = {
    { .name = "sources.expire",
      .every_us = 6 * US_PER_HOUR,
      .run = expire_job,
      .what = MSG("Xoá câu trả lời của các nguồn đã quá cũ") },
    { .name = NULL },
};
