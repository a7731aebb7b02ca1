/* seed.c: the months of the made-up year go the way of real ones: the draft fills itself, the agency writes and signs, the
 * standing office closes. Only the moments are those of the year. The present month is left half done: some have signed, some are
 * late, nothing is closed.
 */
#include "engines/plan/seed.h"

#include "engines/plan/measure.h"

#include <string.h>

enum { SEED_ARENA = 256 << 20, CLOSING_DAY = 20, SIGNED_LATE = 80, NOT_SIGNED = 40, CLAIMS_NOTHING = 100 }; /* per mille */

#define OPEN_AGENCY "so-tttt" /* has not signed the present month: whoever tries the program does it */
#define BOLD_AGENCY "ca-tinh" /* has, and claims that model 9 is done: what is counted says otherwise */
enum { BOLD_MODEL = 9 };

struct month_seeding {
    struct plan_seeding *s;
    int64_t month;
    int nth; /* from 0 */
    bool present;
    struct plan_dues dues;
};

static const struct str officers[] = { STR_INIT("Nguyễn Thị Mai"), STR_INIT("Trần Quốc Huy"), STR_INIT("Lê Văn Thắng"),
                                       STR_INIT("H'Lan Niê"),      STR_INIT("Phạm Minh Tú"),  STR_INIT("Hoàng Thị Yến"),
                                       STR_INIT("Y Thuyết Kpă"),   STR_INIT("Vũ Đình Long"),  STR_INIT("Đặng Thị Thảo"),
                                       STR_INIT("Bùi Xuân Hải"),   STR_INIT("Đỗ Thanh Bình") };
enum { OFFICERS = sizeof officers / sizeof *officers };
static const struct str did[] = { STR_INIT("Tiếp tục vận hành, hỗ trợ người dùng tại chỗ."),
                                  STR_INIT("Đã rà soát danh sách, thống nhất đầu mối ở các huyện, thành phố."),
                                  STR_INIT("Đã làm việc với đơn vị cung cấp về kết nối dữ liệu."),
                                  STR_INIT("Đã kiểm tra thực tế tại ba xã, ghi nhận vướng mắc.") };
static const struct str next[] = { STR_INIT("Tháng tới mở thêm ba nơi."), STR_INIT("Đề nghị sớm có hướng dẫn về kết nối."),
                                   STR_INIT("Hoàn thiện hồ sơ nghiệm thu."), STR_INIT("Tập huấn lại cho cán bộ mới.") };
#define PICK(list, r) (list)[rng_below((r), sizeof(list) / sizeof(*(list)))] /* PICK(did, &r): did[rng_below(&r, 4)] */

/* ---- what an agency writes ---- */

/* A row of the plan creeps towards its end; each in its own pace, the same in every month. */
static int claim_of(const struct month_seeding *m, int64_t model)
{
    struct rng r = rng_fork(&m->s->rng, 1000 + (uint64_t)model);
    int claim = seed_between(&r, 5, 30) + seed_between(&r, 3, 9) * m->nth;
    return claim > 100 ? 100 : claim;
}

static struct report_edit_row write_row(const struct month_seeding *m, const struct report_row *row, struct rng *r)
{
    struct report_edit_row out = {
        .model = row->model, .claim = claim_of(m, row->model), .did = row->did, .next = row->next
    };
    out.has_claim = !seed_chance(r, CLAIMS_NOTHING);
    out.numbers = report_numbers_text(m->s->a, row);
    if (m->present && row->model == BOLD_MODEL) {
        out.has_claim = true;
        out.claim = 100;
    }
    if (out.did.n == 0)
        out.did = PICK(did, r);
    if (out.next.n == 0)
        out.next = PICK(next, r);
    return out;
}

static int write_report(const struct month_seeding *m, struct tx *tx, const struct plan_due *due,
                        const struct audit_record *by, struct rng *r, struct err *e)
{
    struct report x;
    if (report_load(m->s->app, tx_reader(tx), m->s->a, due->report, &x, e) != 1)
        return -1;
    struct report_edit_row *rows = arena_new_array(m->s->a, struct report_edit_row, x.n);
    for (size_t i = 0; i < x.n; i++)
        rows[i] = write_row(m, &x.rows[i], r);
    struct report_edit edit = { .report = due->report, .edit = x.head.edit, .words = STR(""), .rows = rows, .n = x.n };
    return report_save(m->s->app, tx, m->s->a, &edit, by, NULL, e);
}

/* ---- when it signs ---- */

static struct instant signing_moment(const struct month_seeding *m, struct rng *r)
{
    bool late = seed_chance(r, SIGNED_LATE);
    struct plan_clock c = plan_clock_on(m->s->app, plan_month_day(m->month, 1));
    int day = late ? c.before_day : seed_between(r, c.draft_day + 1, c.before_day - 1);
    struct instant at = day_at(plan_month_day(m->month, day), seed_between(r, 8, 16), seed_between(r, 0, 59));
    struct instant now = app_now(m->s->app);
    return at.us > now.us ? now : at;
}

static bool signs(const struct month_seeding *m, const struct plan_due *due, struct rng *r)
{
    if (m->present && str_eq(due->agency.code, STR(OPEN_AGENCY)))
        return false;
    if (m->present && str_eq(due->agency.code, STR(BOLD_AGENCY)))
        return true;
    return !seed_chance(r, m->present ? 350 : NOT_SIGNED);
}

static int sign_report(const struct month_seeding *m, struct tx *tx, size_t i, struct err *e)
{
    struct rng r = rng_fork(&m->s->rng, (uint64_t)m->month * 100 + i);
    const struct plan_due *due = &m->dues.v[i];
    struct audit_record by = { .account_name = officers[i % OFFICERS], .mode = str_of(m->s->app->settings.mode) };
    struct report_signing signing = { .report = due->report, .at = signing_moment(m, &r) };
    struct report x;
    if (due->report == 0 || !signs(m, due, &r))
        return 0;
    if (write_report(m, tx, due, &by, &r, e) != 0 || report_load(m->s->app, tx_reader(tx), m->s->a, due->report, &x, e) != 1)
        return -1;
    signing.edit = x.head.edit;
    return report_sign_at(m->s->app, tx, m->s->a, &signing, &by, e);
}

/* ---- one month ---- */

static int close_at_its_day(const struct month_seeding *m, struct tx *tx, struct err *e)
{
    struct plan_month_close_in in = { .closed_at = day_at(plan_month_day(m->month, CLOSING_DAY), 16, 0),
                                      .closed_by = STR("Thiếu tá Hoàng Văn Sơn"),
                                      .month = m->month };
    struct audit_record rec = { .action = STR("plan.month_closed"),
                                .account_name = in.closed_by,
                                .object = str_fmt(m->s->a, "plan_month/%lld", (long long)m->month),
                                .mode = str_of(m->s->app->settings.mode) };
    return plan_month_close(tx, &in, NULL, e) != 0 || audit_write(tx, m->s->a, &rec, NULL, e) != 0 ? -1 : 0;
}

static int month_write(struct tx *tx, void *arg, struct err *e)
{
    const struct month_seeding *m = arg;
    for (size_t i = 0; i < m->dues.n; i++)
        if (sign_report(m, tx, i, e) != 0)
            return -1;
    return m->present ? 0 : close_at_its_day(m, tx, e);
}

static int seed_month(struct plan_seeding *s, int64_t month, int nth, bool present, struct err *e)
{
    struct month_seeding m = { .s = s, .month = month, .nth = nth, .present = present };
    struct dbr *r;
    if (plan_draft(s->app, s->a, month, NULL, e) != 0 || db_read_begin(s->app->db, &r, e) != 0)
        return -1;
    int failed = plan_dues_read(s->app, r, s->a, month, s->today, &m.dues, e);
    db_read_end(r);
    return failed ? -1 : db_write(s->app->db, month_write, &m, e);
}

/* The month whose drafts are there today. */
static int64_t present_month(const struct plan_seeding *s)
{
    int64_t month = plan_month_of(s->today);
    return s->today.n > plan_measured_day(s->app, month).n ? month : plan_month_next(month, -1);
}

/* ---- all ---- */

static int read_plan(struct plan_seeding *s, struct err *e)
{
    struct dbr *r;
    struct day since = plan_state(s->app)->day;
    if (db_read_begin(s->app->db, &r, e) != 0)
        return -1;
    int failed = plan_overview_read(s->app, r, s->a, SEED_FIRST_MONTH, (struct day) { since.n + 1 }, false, &s->plan, e);
    db_read_end(r);
    return failed;
}

/* A walk over the register for each month would take as long as all the rest of the plan. */
static int count_months(struct plan_seeding *s, int64_t present, struct err *e)
{
    struct day on[SEED_MONTHS + 1];
    size_t n = 0;
    for (int64_t month = SEED_FIRST_MONTH; n < SEED_MONTHS && month < present; month = plan_month_next(month, 1))
        on[n++] = plan_measured_day(s->app, month);
    on[n++] = plan_measured_day(s->app, present);
    return plan_measure_days(s->app, s->a, on, n, e);
}

static int seed_all(struct plan_seeding *s, struct err *e)
{
    int64_t month = SEED_FIRST_MONTH, present = present_month(s);
    if (read_plan(s, e) != 0 || db_write(s->app->db, seed_tasks_write, s, e) != 0 || count_months(s, present, e) != 0)
        return -1;
    for (int i = 0; i < SEED_MONTHS && month < present; i++, month = plan_month_next(month, 1))
        if (seed_month(s, month, i, false, e) != 0)
            return -1;
    return seed_month(s, present, SEED_MONTHS, true, e);
}

int plan_seed(struct app *app, const struct seed_world *w, struct err *e)
{
    struct arena a;
    struct plan_seeding s = { .app = app, .a = &a, .rng = rng_fork(&w->rng, SEED_PLAN), .today = instant_day(app_now(app)) };
    arena_init(&a, SEED_ARENA);
    int result = seed_all(&s, e);
    arena_release(&a);
    return result;
}
