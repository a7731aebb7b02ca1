/* seed_tasks.c: steps between the plan's day and each row's deadline. */
#include "engines/plan/seed.h"
#include "engines/plan/tasks.h"

/* How far through the time each step is due, in percent. */
static const struct {
    struct str title;
    int share;
    bool milestone, costs;
} steps[] = {
    { STR_INIT("Khảo sát, lập danh sách nơi triển khai"), 20, true, false },
    { STR_INIT("Lắp đặt, kết nối, cấu hình"), 45, true, true },
    { STR_INIT("Tập huấn người dùng"), 60, false, false },
    { STR_INIT("Vận hành thử"), 80, true, false },
    { STR_INIT("Đánh giá, nghiệm thu"), 100, true, false },
};
enum { STEPS = sizeof steps / sizeof *steps };

static const struct str risks[] = { STR_INIT("Chưa bố trí được kinh phí mua thiết bị."),
                                    STR_INIT("Chờ hướng dẫn kỹ thuật của Bộ."), STR_INIT("Thiếu người vận hành ở cấp xã.") };

static struct day seed_end(void)
{
    return (struct day) { plan_month_day(plan_month_next(SEED_FIRST_MONTH, SEED_MONTHS), 1).n - 1 };
}

static struct day due_of(const struct plan_line *l, struct day since, int share)
{
    const struct plan_said *deadline = &l->said[PLAN_DEADLINE];
    struct day until = deadline->has_day ? deadline->day : seed_end();
    return (struct day) { since.n + (until.n - since.n) * share / 100 };
}

/* Before the money came three of four steps slipped by some days; what was not done by the end of the year is still open. */
static void settle(struct plan_seed_task_in *t, struct rng *r)
{
    struct day done = { t->due.n + seed_between(r, -8, 24) };
    bool is_done = seed_chance(r, 820) && done.n <= seed_end().n;
    t->state = is_done ? TASK_DONE : TASK_OPEN;
    t->has_done_on = is_done;
    t->done_on = done;
    if (is_done || !seed_chance(r, 500))
        return;
    t->risk = seed_between(r, RISK_WATCH, RISK_HIGH);
    t->risk_note = risks[rng_below(r, sizeof risks / sizeof *risks)];
}

static int put_step(struct plan_seeding *s, struct tx *tx, const struct plan_line *l, size_t step, struct rng *r,
                    struct err *e)
{
    int64_t id;
    struct day since = plan_state(s->app)->day;
    struct plan_seed_task_in t = { .model = l->number,
                                   .agency = l->leads.v[0].code,
                                   .title = steps[step].title,
                                   .due = due_of(l, since, steps[step].share),
                                   .milestone = steps[step].milestone,
                                   .risk_note = STR(""),
                                   .budget_line = STR(""),
                                   .made_at = day_at((struct day) { since.n + 7 }, 9, 0) };
    settle(&t, r);
    if (steps[step].costs) {
        t.budget = (struct money) { seed_between(r, 4, 60) * INT64_C(10000000) };
        t.budget_line = STR("Sự nghiệp khoa học, công nghệ");
    }
    return plan_seed_task(tx, &t, &id, e);
}

static int put_model(struct plan_seeding *s, struct tx *tx, const struct plan_line *l, struct err *e)
{
    struct rng r = rng_fork(&s->rng, (uint64_t)l->number);
    for (size_t i = 0; i < STEPS; i++)
        if ((i % 2 == 0 || seed_chance(&r, 700)) && put_step(s, tx, l, i, &r, e) != 0)
            return -1;
    return 0;
}

int seed_tasks_write(struct tx *tx, void *seeding, struct err *e)
{
    struct plan_seeding *s = seeding;
    for (size_t i = 0; i < s->plan.n_lines; i++)
        if (s->plan.lines[i].leads.n > 0 && put_model(s, tx, &s->plan.lines[i], e) != 0)
            return -1;
    struct audit_record rec = { .action = STR("plan.seeded"),
                                .account_name = STR("bon seed"),
                                .object = STR("plan_task"),
                                .mode = str_of(s->app->settings.mode) };
    return audit_write(tx, s->a, &rec, NULL, e);
}
