/* jobs.c: what comes round by the clock: an apology before a missed day, drafts whose time is over. Both may run twice, or in two
 * places. */
#include "engines/cases/inside.h"

enum { APOLOGIES_A_TURN = 200 };

/* One working day before a day that will be missed (NĐ 61/2018/NĐ-CP Điều 19 khoản 9): due by the end of the next working day, and nobody
 * has closed it or promised another day. The new day is half of the term later, at least one working day. */
struct apology {
    struct case_by by;
    int64_t id, revision;
    struct day promised;
};

static int apologise_write(struct tx *tx, void *arg, struct err *e)
{
    struct apology *a = arg;
    struct case_moved out;
    return case_promise(tx, &a->by, a->id, a->revision, a->promised,
                        STR("Cơ quan giải quyết chưa làm xong trong thời hạn đã hẹn."), &out, e);
}

static struct day new_day(const struct cases_state *s, const struct case_due_before_row *row)
{
    int more = row->days / 2 > 1 ? (int)(row->days / 2) : 1;
    return calendar_add(&s->calendar, s->calendar.editions, instant_day(row->due_at), more);
}

int cases_apologise(const struct app *app, struct arena *a, struct instant now, int64_t *made, struct err *e)
{
    const struct cases_state *s = cases_state(app);
    struct case_due_before_rows rows;
    struct dbr *r;
    struct day next = calendar_next_work_day(&s->calendar, s->calendar.editions, instant_day(now));
    struct case_due_before_in in = { .from = now,
                                     .to = day_at((struct day) { next.n + 1 }, 0, 0),
                                     .most = APOLOGIES_A_TURN };
    if (db_read_in(app->db, a, &r, e))
        return -1;
    int result = case_due_before(r, a, &in, &rows, e);
    db_read_end(r);
    for (size_t i = 0; result == 0 && i < rows.n; i++) {
        struct apology one = { .by = case_by_system(app, a, MSGS("Hệ thống")),
                               .id = rows.v[i].id,
                               .revision = rows.v[i].revision,
                               .promised = new_day(s, &rows.v[i]) };
        struct err why = { 0 };
        if (db_write_in(app->db, a, apologise_write, &one, &why) == 0)
            ++*made;
        else if (why.code != ERR_CONFLICT) /* somebody worked on it this very moment: it is looked at again next time */
            result = ERR(e, why.code, "%s", why.detail);
    }
    return result;
}

static int apologise_job(struct job_run *j, struct err *e)
{
    int64_t made = 0;
    return cases_apologise(j->app, j->arena, j->now, &made, e);
}

static int expire_write(struct tx *tx, void *arg, struct err *e)
{
    const struct instant *now = arg;
    tx_unaudited(tx, "drafts and offers that their owners left; nothing was filed");
    return case_drafts_expire(tx, &(struct case_drafts_expire_in) { .now = *now }, NULL, e) ||
                   case_offers_expire(tx, &(struct case_offers_expire_in) { .now = *now }, NULL, e)
               ? -1
               : 0;
}

static int drafts_job(struct job_run *j, struct err *e)
{
    return db_write_in(j->db, j->arena, expire_write, &j->now, e);
}

const struct job cases_jobs[] = {
    { .name = "cases.apologise",
      .every_us = 10 * US_PER_MINUTE,
      .patient = true,
      .run = apologise_job,
      .what = MSG("Xin lỗi và hẹn lại trước khi trễ hẹn") },
    { .name = "cases.sign", .every_us = 2 * US_PER_SECOND, .run = cases_sign_job, .what = MSG("Ký số giấy kết quả đã được duyệt") },
    { .name = "cases.drafts", .every_us = 6 * US_PER_HOUR, .run = drafts_job, .what = MSG("Xoá bản nháp hết hạn") },
    { .name = NULL },
};
