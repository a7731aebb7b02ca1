/* remind.c: nobody should learn of a day when it has passed. */
#include "engines/plan/tasks.h"

enum { AHEAD = 7, AGAIN_AFTER = 7 };

/* 7, 3, 1, 0 days before, then every seventh day after: each step is told once, also when no server ran on its very day. */
static int step_of(int left)
{
    if (left >= 0)
        return left <= 0 ? 0 : left <= 1 ? 1 : left <= 3 ? 3 : AHEAD;
    return -(-left / AGAIN_AFTER) * AGAIN_AFTER;
}

struct reminding {
    struct arena *a;
    struct str mode;
    struct plan_tasks_due_rows tasks;
    struct day today;
    int64_t made;
};

static struct str subject_of(struct reminding *m, const struct plan_tasks_due_row *task, int left)
{
    if (left < 0)
        return str_fmt(m->a, "Quá hạn %d ngày: %.*s", -left, STR_ARG(task->title));
    return left == 0 ? str_fmt(m->a, "Đến hạn hôm nay: %.*s", STR_ARG(task->title))
                     : str_fmt(m->a, "Còn %d ngày: %.*s", left, STR_ARG(task->title));
}

static int remind_one(struct reminding *m, struct tx *tx, const struct plan_tasks_due_row *task, struct err *e)
{
    int left = task->due.n - m->today.n;
    int64_t made;
    struct plan_reminder_put_in put = {
        .task = task->id, .days_left = step_of(left), .agency = task->agency, .at = tx_now(tx)
    };
    struct plan_letter_insert_in letter = { .agency = task->agency,
                                            .subject = subject_of(m, task, left),
                                            .made_at = tx_now(tx) };
    letter.body = str_fmt(m->a, "Mô hình %lld. Hạn: %.*s.", (long long)task->model, STR_ARG(day_vi(m->a, task->due)));
    if (plan_reminder_put(tx, &put, &made, e))
        return -1;
    m->made += made;
    return made ? plan_letter_insert(tx, &letter, NULL, e) : 0;
}

static int remind_write(struct tx *tx, void *arg, struct err *e)
{
    struct reminding *m = arg;
    struct audit_record rec = { .action = STR("plan.reminded"), .account_name = STR("bon"), .mode = m->mode };
    m->made = 0;
    for (size_t i = 0; i < m->tasks.n; i++)
        if (remind_one(m, tx, &m->tasks.v[i], e))
            return -1;
    if (m->made > 0)
        return audit_write(tx, m->a, &rec, NULL, e);
    tx_unaudited(tx, "everybody has been reminded already");
    return 0;
}

static int remind(struct app *app, struct reminding *m, struct err *e)
{
    struct dbr *r;
    struct plan_tasks_due_in in = { .until = { m->today.n + AHEAD } };
    if (db_read_in(app->db, m->a, &r, e))
        return -1;
    int result = plan_tasks_due(r, m->a, &in, &m->tasks, e);
    db_read_end(r);
    if (result)
        return -1;
    return m->tasks.n ? db_write_in(app->db, m->a, remind_write, m, e) : 0;
}

int plan_remind(struct app *app, struct arena *a, struct day today, int64_t *made, struct err *e)
{
    struct reminding m = { .a = arena_child(a), .mode = str_of(app->settings.mode), .today = today };
    int result = remind(app, &m, e);
    arena_release(m.a);
    if (result == 0 && made)
        *made = m.made;
    return result;
}
