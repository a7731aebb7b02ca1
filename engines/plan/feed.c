/* feed.c: an agency's due days in its people's own calendars. The address is the right: 256 random bits, of which the store keeps the
 * hash; making a new one ends the old ones, so that whoever left takes nothing along.
 */
#include "engines/plan/pages.h"

#include "gen/plan_pages.h"
#include "platform/crypto/crypto.h"
#include "platform/office/ical.h"

enum { CALENDAR_MAX = 1 << 20 };

/* ---- making and ending an address ---- */

struct feed_work {
    struct str agency, token;
};

int feed_prepare(struct req *q, struct err *e)
{
    struct feed_work *w = arena_new(q->arena, struct feed_work);
    q->work = w;
    w->agency = req_param(q, "agency");
    w->token = token_new(q->arena);
    return refuse_other_agency(q, PLAN_REPORT_MAY, w->agency, e);
}

static int record(struct req *q, struct tx *tx, struct str action, struct str agency, struct err *e)
{
    struct audit_record rec = audit_of(q, action);
    rec.object = str_fmt(q->arena, "agency/%.*s", STR_ARG(agency));
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int feed_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct feed_work *w = q->work;
    struct plan_feeds_revoke_in old = { .revoked_at = tx_now(tx), .agency = w->agency };
    struct plan_feed_insert_in in = {
        .token = sha256(w->token), .agency = w->agency, .account = q->actor->account, .made_at = tx_now(tx)
    };
    if (plan_feeds_revoke(tx, &old, NULL, e) || plan_feed_insert(tx, &in, NULL, e))
        return -1;
    return record(q, tx, STR("plan.feed_made"), w->agency, e);
}

/* The address is shown once, on this page only. */
int feed_reply(struct req *q, struct res *s, struct err *e)
{
    struct agency_view v;
    const struct feed_work *w = q->work;
    if (q->replayed)
        return res_redirect(s, str_fmt(q->arena, "/plan/agencies/%.*s", STR_ARG(req_param(q, "agency"))));
    if (agency_view_load(q, w->agency, &v, e))
        return -1;
    v.feed = str_fmt(q->arena, "%s/plan/feeds/%.*s", q->app->settings.base_url, STR_ARG(w->token));
    struct html h = res_html(q, s);
    agency_page(&h, &v);
    return 0;
}

int feed_revoke_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct feed_work *w = q->work;
    struct plan_feeds_revoke_in in = { .revoked_at = tx_now(tx), .agency = w->agency };
    return plan_feeds_revoke(tx, &in, NULL, e) ? -1 : record(q, tx, STR("plan.feed_revoked"), w->agency, e);
}

/* ---- the calendar ---- */

static enum ical_state state_of(int64_t state)
{
    return state == TASK_DONE ? ICAL_DONE : state == TASK_DOING ? ICAL_UNDER_WAY : ICAL_OPEN;
}

static void put_tasks(struct req *q, struct ical *c, const struct plan_tasks_for_feed_rows *tasks)
{
    for (size_t i = 0; i < tasks->n; i++) {
        const struct plan_tasks_for_feed_row *t = &tasks->v[i];
        struct ical_entry x = { .kind = ICAL_TODO,
                                .uid = str_fmt(q->arena, "task-%lld@plan", (long long)t->id),
                                .summary = str_fmt(q->arena, "Mô hình %lld: %.*s", (long long)t->model, STR_ARG(t->title)),
                                .description = t->detail.n ? t->detail : STR_NONE,
                                .url = str_fmt(q->arena, "%s/plan/tasks/%lld", q->app->settings.base_url, (long long)t->id),
                                .day = t->due,
                                .state = state_of(t->state),
                                .sequence = t->edit };
        ical_put(c, &x);
    }
}

/* The report of this month and of the next: to be signed by the evening before the day. */
static void put_reports(struct req *q, struct ical *c, struct str agency)
{
    int64_t month = plan_month_of(instant_day(q->now));
    for (int i = 0; i < 2; i++, month = plan_month_next(month, 1)) {
        int before = plan_clock_on(q->app, plan_month_day(month, 1)).before_day;
        struct str said = plan_month_vi(q->arena, month);
        struct ical_entry x = { .kind = ICAL_EVENT,
                                .uid = str_fmt(q->arena, "report-%lld-%.*s@plan", (long long)month, STR_ARG(agency)),
                                .summary = str_fmt(q->arena, "Ký báo cáo Đề án 06 tháng %.*s", STR_ARG(said)),
                                .url = str_fmt(q->arena, "%s/plan/agencies/%.*s", q->app->settings.base_url, STR_ARG(agency)),
                                .day = plan_month_day(month, before - 1) };
        ical_put(c, &x);
    }
}

int feed_get(struct req *q, struct res *s, struct err *e)
{
    struct plan_feed_by_token_row feed;
    struct plan_tasks_for_feed_rows tasks;
    struct ical c;
    struct buf b;
    struct dbr *r = req_read(q, e);
    struct plan_feed_by_token_in in = { .token = sha256(req_param(q, "token")) };
    int got = r ? plan_feed_by_token(r, q->arena, &in, &feed, e) : -1;
    if (got < 0)
        return -1;
    if (got == 0)
        return ERR(e, ERR_NOT_FOUND, "no such calendar, or ended");
    if (plan_tasks_for_feed(r, q->arena, &(struct plan_tasks_for_feed_in) { .agency = feed.agency }, &tasks, e))
        return -1;
    buf_init(&b, q->arena, CALENDAR_MAX);
    ical_begin(&c, &b, str_fmt(q->arena, "Đề án 06: %.*s", STR_ARG(feed.name)), q->now);
    put_reports(q, &c, feed.agency);
    put_tasks(q, &c, &tasks);
    ical_end(&c);
    return b.full ? ERR(e, ERR_TOO_LARGE, "calendar") : res_text(s, ICAL_TYPE, buf_str(&b));
}
