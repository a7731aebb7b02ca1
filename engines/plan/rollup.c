/* rollup.c: see report.h. */
#include "engines/plan/inside.h"
#include "engines/plan/report.h"

static void count_lines(struct plan_rollup *u)
{
    for (size_t i = 0; i < u->all.n_lines; i++) {
        const struct plan_line *l = &u->all.lines[i];
        bool measured = false;
        for (size_t k = 0; k < l->n_numbers; k++)
            measured = measured || l->numbers[k].counted;
        u->by_status[l->status]++;
        u->unmeasured += !measured;
    }
    for (size_t i = 0; i < u->conflicts.n; i++)
        u->undecided += !u->conflicts.v[i].decided;
}

int plan_rollup_read(const struct app *app, struct dbr *r, struct arena *a, int64_t month, struct day issued,
                     struct plan_rollup *out, struct err *e)
{
    const struct plan_state *s = plan_state(app);
    struct plan_rollup u = { .province = s->province,
                             .capital = s->capital,
                             .plan_number = s->number,
                             .plan_day = s->day,
                             .mode = str_of(app->settings.mode),
                             .issuer = STR("Cơ quan Thường trực Tổ công tác Đề án 06 tỉnh") };
    struct agency standing;
    struct day on = plan_measured_day(app, month);
    int found = agency_by_code(r, a, STR("ca-tinh"), &standing, e);
    if (found < 0 || plan_overview_read(app, r, a, month, on, true, &u.all, e) ||
        plan_conflicts_read(r, a, -1, &u.conflicts, e) || plan_dues_read(app, r, a, month, issued, &u.dues, e))
        return -1;
    u.issuer_above = found == 1 ? standing.name : STR("");
    u.issued = u.dues.closed ? instant_day(u.dues.closed_at) : issued;
    count_lines(&u);
    *out = u;
    return 0;
}
