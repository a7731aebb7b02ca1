/* draft.c: on the draft day each agency's report fills itself: numbers from the measures, words from its tasks, the claim of the
 * month before. What is there already is left alone, so the job may run as often as it likes.
 */
#include "engines/plan/measure.h"

enum { WORDS_MAX = 4000, LOOK_DAYS = 31 };

struct drafting {
    const struct app *app;
    struct arena *a;
    int64_t month;
    struct day on;                /* the numbers' day */
    const struct plan_kept *kept; /* all measures on that day */
    size_t n_kept;
    int64_t made;
    struct tx *tx; /* inside the write */
};

/* ---- words from tasks ---- */

struct told {
    struct buf did, next;
};

static void tell(struct buf *b, struct str lead, struct str title, struct str remark)
{
    if (b->n == 0)
        buf_put(b, lead);
    else
        buf_lit(b, "; ");
    buf_put(b, title);
    if (remark.n)
        buf_fmt(b, " (%.*s)", STR_ARG(remark));
}

static struct told words_of(struct drafting *d, const struct plan_tasks_to_tell_rows *tasks, int64_t model)
{
    struct told t;
    buf_init(&t.did, d->a, WORDS_MAX);
    buf_init(&t.next, d->a, WORDS_MAX);
    for (size_t i = 0; i < tasks->n; i++) {
        const struct plan_tasks_to_tell_row *task = &tasks->v[i];
        if (task->model != model)
            continue;
        if (task->state == 2)
            tell(&t.did, STR("Đã hoàn thành: "), task->title, day_vi(d->a, task->done_on));
        else if (task->due.n < d->on.n)
            tell(&t.next, STR("Cần làm: "), task->title, str_fmt(d->a, "quá hạn %.*s", STR_ARG(day_vi(d->a, task->due))));
        else
            tell(&t.next, STR("Cần làm: "), task->title, str_fmt(d->a, "hạn %.*s", STR_ARG(day_vi(d->a, task->due))));
    }
    return t;
}

/* ---- one report ---- */

struct report_work {
    struct drafting *d;
    struct str agency;
    int64_t report;
    struct plan_tasks_to_tell_rows tasks;
    struct plan_task_counts_rows counts;
    struct plan_rows_signed_rows before; /* the month before, all agencies */
};

static int put_row(struct report_work *w, int64_t model, struct err *e)
{
    struct told words = words_of(w->d, &w->tasks, model);
    struct plan_report_row_insert_in in = {
        .report = w->report, .model = model, .did = buf_str(&words.did), .next = buf_str(&words.next)
    };
    for (size_t i = 0; i < w->before.n; i++)
        if (w->before.v[i].model == model && str_eq(w->before.v[i].agency, w->agency)) {
            in.has_claim = w->before.v[i].has_claim;
            in.claim = w->before.v[i].claim;
        }
    for (size_t i = 0; i < w->counts.n; i++)
        if (w->counts.v[i].model == model) {
            in.tasks = w->counts.v[i].n;
            in.tasks_done = w->counts.v[i].done;
            in.tasks_late = w->counts.v[i].late;
        }
    return plan_report_row_insert(w->d->tx, &in, NULL, e);
}

static int put_numbers(struct report_work *w, int64_t model, struct err *e)
{
    for (size_t i = 0; i < w->d->n_kept; i++) {
        const struct plan_kept *k = &w->d->kept[i];
        struct plan_report_number_insert_in in = { .report = w->report,
                                                   .model = model,
                                                   .measure = str_of(k->measure->name),
                                                   .counted = k->counted,
                                                   .numerator = k->count.numerator,
                                                   .denominator = k->count.denominator };
        if (k->measure->plan_model == model && plan_report_number_insert(w->d->tx, &in, NULL, e))
            return -1;
    }
    return 0;
}

static int read_ground(struct report_work *w, struct err *e)
{
    struct drafting *d = w->d;
    struct dbr *r = tx_reader(d->tx);
    struct plan_tasks_to_tell_in tell_in = {
        .agency = w->agency, .since = { d->on.n - LOOK_DAYS }, .on = d->on, .until = { d->on.n + LOOK_DAYS }
    };
    struct plan_rows_signed_in before = { .month = plan_month_next(d->month, -1) };
    return plan_tasks_to_tell(r, d->a, &tell_in, &w->tasks, e) ||
                   plan_task_counts(r, d->a, &(struct plan_task_counts_in) { .agency = w->agency, .on = d->on }, &w->counts,
                                    e) ||
                   plan_rows_signed(r, d->a, &before, &w->before, e)
               ? -1
               : 0;
}

static int put_report(struct report_work *w, struct err *e)
{
    struct plan_models_led_rows models;
    struct plan_models_led_in led = { .agency = w->agency, .today = w->d->on };
    struct plan_report_insert_in in = { .month = w->d->month,
                                        .agency = w->agency,
                                        .version = 1,
                                        .measured = w->d->on,
                                        .words = STR(""),
                                        .reason = STR(""),
                                        .drafted_at = tx_now(w->d->tx) };
    if (read_ground(w, e) || plan_models_led(tx_reader(w->d->tx), w->d->a, &led, &models, e) ||
        plan_report_insert(w->d->tx, &in, &w->report, e))
        return -1;
    for (size_t i = 0; i < models.n; i++)
        if (put_row(w, models.v[i].model, e) || put_numbers(w, models.v[i].model, e))
            return -1;
    return 0;
}

/* ---- the month ---- */

static int record(struct drafting *d, struct err *e)
{
    struct audit_record rec = { .action = STR("plan.drafted"),
                                .account_name = STR("bon"),
                                .object = str_fmt(d->a, "plan_month/%lld", (long long)d->month),
                                .mode = str_of(d->app->settings.mode) };
    return audit_write(d->tx, d->a, &rec, NULL, e);
}

static int draft_missing(struct drafting *d, const struct plan_leads_on_rows *leads, struct err *e)
{
    for (size_t i = 0; i < leads->n; i++) {
        struct report_work w = { .d = d, .agency = leads->v[i].agency };
        struct plan_report_newest_row there;
        struct plan_report_newest_in which = { .month = d->month, .agency = w.agency };
        int got = plan_report_newest(tx_reader(d->tx), d->a, &which, &there, e);
        if (got < 0 || (got == 0 && put_report(&w, e)))
            return -1;
        d->made += got == 0;
    }
    return 0;
}

static int draft_write(struct tx *tx, void *arg, struct err *e)
{
    struct drafting *d = arg;
    struct plan_leads_on_rows leads;
    struct plan_month_row_row month;
    struct plan_month_open_in open = { .month = d->month, .opened_at = tx_now(tx) };
    d->tx = tx;
    d->made = 0;
    if (plan_month_open(tx, &open, NULL, e) ||
        plan_month_row(tx_reader(tx), d->a, &(struct plan_month_row_in) { .month = d->month }, &month, e) < 0 ||
        plan_leads_on(tx_reader(tx), d->a, &(struct plan_leads_on_in) { .today = d->on }, &leads, e))
        return -1;
    if (!month.has_closed_at && draft_missing(d, &leads, e))
        return -1;
    if (d->made > 0)
        return record(d, e);
    tx_unaudited(tx, "every agency has its draft already");
    return 0;
}

static int count_numbers(struct drafting *d, struct db *db, struct err *e)
{
    struct dbr *r;
    struct plan_kept *kept;
    if (db_read_in(db, d->a, &r, e))
        return -1;
    int result = plan_kept_or_count(d->app, r, d->a, d->on, &kept, &d->n_kept, e);
    db_read_end(r);
    d->kept = kept;
    return result;
}

int plan_draft(struct app *app, struct arena *a, int64_t month, int64_t *made, struct err *e)
{
    struct drafting d = { .app = app, .month = month, .on = plan_measured_day(app, month) };
    if (instant_day(app_now(app)).n <= d.on.n)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Chưa đến ngày soạn báo cáo của tháng này."), "%lld", (long long)month);
    if (plan_measure(app, a, d.on, e))
        return -1;
    d.a = arena_child(a);
    int result = count_numbers(&d, app->db, e) || db_write_in(app->db, d.a, draft_write, &d, e) ? -1 : 0;
    if (result == 0 && made)
        *made = d.made;
    arena_release(d.a);
    return result;
}
