/* reconcile.c: every night VNeID's list of the day beside ours. What differs becomes a duty of somebody's (duties.c); what is the same
 * again closes the duty by itself.
 */
#include "models/m05_vneid_services/run.h"

#include "platform/ask/ask.h"

#include <stdlib.h>

enum { PAGE_OF_LIST = 500, AFTER_HOUR = 1, BACK_DAYS = 7, LIST_TIMEOUT_MS = 20000, ASKED_MOST = 200 };

/* ---- their list ---- */

/* query: "day=2026-11-24&after=", "case=…" */
static int fetch_page(struct vneid_run *w, struct str query, struct vneid_theirs_list *page, struct err *e)
{
    struct ask_answer answer;
    struct ask question = { .url = str_fmt(w->a, "%.*s/v1/cases?%.*s", STR_ARG(vneid_channel(w->app)->base),
                                           STR_ARG(query)),
                            .timeout_ms = LIST_TIMEOUT_MS };
    if (vneid_own_token(w->app, w->a, w->now, STR(""), &question.bearer, e) || ask_over_http(w->a, &question, &answer, e))
        return -1;
    if (answer.status != 200)
        return ERR_SAY(e, ERR_SOURCE, MSGS("VNeID chưa đưa danh sách của ngày. Xin thử lại sau."), "HTTP %ld",
                       answer.status);
    return vneid_theirs_read(w->a, answer.body, page, e);
}

static int fetch_theirs(struct vneid_run *w, struct err *e)
{
    struct str after = STR("");
    do {
        struct vneid_theirs_list page;
        struct str query = str_fmt(w->a, "day=%.*s&after=%.*s", STR_ARG(day_iso(w->a, w->day)), STR_ARG(after));
        if (fetch_page(w, query, &page, e))
            return -1;
        for (size_t i = 0; i < page.v.n; i++)
            *vec_push(w->a, &w->theirs.v) = page.v.v[i];
        w->theirs.simulated = page.simulated;
        if (page.next.n && str_cmp(page.next, after) <= 0)
            return ERR(e, ERR_INPUT, "their list does not go on");
        after = page.next;
    } while (after.n);
    return 0;
}

/* ---- ours ---- */

static struct str in_their_word(const struct vneid_run *w, int64_t national)
{
    const struct vneid_state *s = vneid_state_on(vneid_channel(w->app), (int)national, instant_day(w->now));
    return s ? s->theirs : str_fmt(w->a, "%lld", (long long)national);
}

static void add_ours(struct vneid_run *w, const struct vneid_ours_row *row)
{
    *vec_push(w->a, &w->ours) = (struct vneid_ours) { .number = row->number,
                                                      .theirs = in_their_word(w, row->national),
                                                      .result = row->result,
                                                      .answer = row->answer,
                                                      .case_id = row->case_id,
                                                      .waits = row->waits,
                                                      .refused = row->state == OUT_REFUSED };
}

static int of_the_day(struct vneid_run *w, struct dbr *r, struct err *e)
{
    struct vneid_ours_rows rows;
    struct vneid_ours_in in = { .from = day_at(w->day, 0, 0),
                                .until = day_at((struct day) { w->day.n + 1 }, 0, 0),
                                .after = STR(""),
                                .most = PAGE_OF_LIST };
    do {
        if (vneid_ours(r, w->a, &in, &rows, e))
            return -1;
        for (size_t i = 0; i < rows.n; i++)
            add_ours(w, &rows.v[i]);
        if (rows.n)
            in.after = rows.v[rows.n - 1].number;
    } while (rows.n == PAGE_OF_LIST);
    return 0;
}

static bool have(const struct vneid_run *w, size_t n, struct str number)
{
    size_t low = 0; /* the first n are by number */
    while (low < n) {
        size_t middle = low + (n - low) / 2;
        int order = str_cmp(w->ours.v[middle].number, number);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            n = middle;
    }
    return false;
}

/* Theirs of that day that ours of that day lacks: something older of ours, or nothing. */
static int of_theirs(struct vneid_run *w, struct dbr *r, struct err *e)
{
    size_t n = w->ours.n;
    for (size_t i = 0; i < w->theirs.v.n; i++) {
        struct str number = w->theirs.v.v[i].number;
        struct vneid_ours_row row;
        if (have(w, n, number))
            continue;
        int got = vneid_ours_one(r, w->a, &(struct vneid_ours_one_in) { .number = number }, &row, e);
        if (got < 0)
            return -1;
        if (got == 1)
            add_ours(w, &row);
    }
    return 0;
}

static int by_number(const void *x, const void *y)
{
    return str_cmp(((const struct vneid_ours *)x)->number, ((const struct vneid_ours *)y)->number);
}

static int read_ours(struct vneid_run *w, struct err *e)
{
    const struct unit_code anywhere = { { 0 } };
    struct dbr *r;
    if (db_read_in(w->app->db, w->a, &r, e))
        return -1;
    int result = of_the_day(w, r, e) || of_theirs(w, r, e) ||
                         accounts_working(r, w->a, VNEID_OFFICER, &anywhere, STR_NONE, instant_day(w->now), &w->officers, e)
                     ? -1
                     : 0;
    db_read_end(r);
    if (result == 0 && w->ours.n > 1)
        qsort(w->ours.v, w->ours.n, sizeof *w->ours.v, by_number);
    return result;
}

/* ---- what only one list has ---- */

static int theirs_by_number(const void *x, const void *y)
{
    return str_cmp(((const struct vneid_theirs *)x)->number, ((const struct vneid_theirs *)y)->number);
}

/* Ours of that day that theirs of that day lacks: VNeID may have taken it the day before and its answer was lost. Asked for by itself. */
static int ask_for_missing(struct vneid_run *w, struct err *e)
{
    size_t n = w->theirs.v.n, asked = 0;
    for (size_t i = 0; i < w->ours.n && asked < ASKED_MOST; i++) {
        struct vneid_theirs_list one;
        struct vneid_theirs key = { .number = w->ours.v[i].number };
        if (w->ours.v[i].waits || w->ours.v[i].refused ||
            (n && bsearch(&key, w->theirs.v.v, n, sizeof key, theirs_by_number)))
            continue;
        asked++;
        if (fetch_page(w, str_fmt(w->a, "case=%.*s", STR_ARG(key.number)), &one, e))
            return -1;
        if (one.v.n == 1 && str_eq(one.v.v[0].number, key.number))
            *vec_push(w->a, &w->theirs.v) = one.v.v[0];
    }
    if (w->theirs.v.n > n)
        qsort(w->theirs.v.v, w->theirs.v.n, sizeof *w->theirs.v.v, theirs_by_number);
    return 0;
}

int vneid_run_compare(struct app *app, struct arena *a, struct day day, struct instant now, struct vneid_run **out,
                      struct err *e)
{
    struct vneid_run *w = arena_new(a, struct vneid_run);
    *w = (struct vneid_run) { .app = app, .a = a, .day = day, .now = now };
    if (vneid_channel(app)->base.n == 0)
        return ERR_SAY(e, ERR_SOURCE, MSGS("Chưa ghi địa chỉ của VNeID trong vneid.conf của thư mục dữ liệu."),
                       "no address");
    if (fetch_theirs(w, e) || read_ours(w, e) || ask_for_missing(w, e))
        return -1;
    vneid_compare(a, w->ours.v, w->ours.n, w->theirs.v.v, w->theirs.v.n, &w->found);
    w->result = (struct vneid_run_result) { .ours = (int64_t)w->ours.n,
                                            .theirs = (int64_t)w->theirs.v.n,
                                            .same = w->found.same,
                                            .on_way = w->found.on_way,
                                            .found = (int64_t)w->found.v.n };
    *out = w;
    return 0;
}

static int run_write(struct tx *tx, void *arg, struct err *e)
{
    return vneid_run_keep(tx, arg, &(struct audit_record) { .account_name = STR("VNeID") }, e);
}

int vneid_reconcile(struct app *app, struct arena *a, struct day day, struct instant now, struct vneid_run_result *out,
                    struct err *e)
{
    struct vneid_run *w;
    if (vneid_run_compare(app, a, day, now, &w, e) || db_write_in(app->db, a, run_write, w, e))
        return -1;
    *out = w->result;
    return 0;
}

/* The day before, once, in the small hours; days that were missed as well, oldest first, one a turn. */
int vneid_reconcile_job(struct job_run *j, struct err *e)
{
    struct day today;
    int hour, minute, second;
    struct dbr *r;
    struct vneid_run_result done;
    instant_local(j->now, &today, &hour, &minute, &second);
    if (vneid_channel(j->app)->base.n == 0 || hour < AFTER_HOUR)
        return 0;
    if (db_read_in(j->db, j->arena, &r, e))
        return -1;
    struct vneid_run_last_row last;
    int got = vneid_run_last(r, j->arena, &last, e);
    db_read_end(r);
    if (got < 0)
        return -1;
    struct day day = { got == 1 && last.day.n + 1 > today.n - BACK_DAYS ? last.day.n + 1 : today.n - 1 };
    return day.n < today.n ? vneid_reconcile(j->app, j->arena, day, j->now, &done, e) : 0;
}
