/* timeline_marks.c: which marks a row of the plan gets on the scale. */
#include "engines/plan/timeline.h"

static void mark(struct arena *a, struct lane *lane, enum lane_mark_kind kind, struct day on, struct str say)
{
    *vec_push(a, &lane->marks) = (struct lane_mark) { kind, on, say };
}

void timeline_mark_due(struct arena *a, struct lane *lane, const struct plan_said *due)
{
    if (!due->disputed) {
        if (due->has_day)
            mark(a, lane, LANE_DUE, due->day, due->decided ? MSGS("hạn đã quyết định") : MSGS("hạn theo kế hoạch"));
        return;
    }
    if (due->has_body_day)
        mark(a, lane, LANE_DUE_OTHER, due->body_day, MSGS("hạn theo phần II"));
    if (due->has_appendix_day)
        mark(a, lane, LANE_DUE_OTHER, due->appendix_day, MSGS("hạn theo phụ lục"));
}

/* A step that was done stands where it was done. */
void timeline_mark_step(struct arena *a, struct lane *lane, const struct timeline_step *step)
{
    mark(a, lane, step->done ? LANE_STEP_DONE : LANE_STEP, step->done ? step->done_on : step->due, step->title);
}

enum { MONTHS_LEAST = 12 };

static struct day month_begin(struct day d)
{
    return plan_month_day(plan_month_of(d), 1);
}

static struct day month_end(struct day d)
{
    return (struct day) { plan_month_day(plan_month_next(plan_month_of(d), 1), 1).n - 1 };
}

static bool later(struct day a, struct day b)
{
    return a.n > b.n;
}

void timeline_scale(struct lanes *l, struct day since, struct day today)
{
    struct day until = plan_month_day(plan_month_next(plan_month_of(since), MONTHS_LEAST), 1);
    until.n--;
    for (size_t i = 0; i < l->rows.n; i++)
        for (size_t j = 0; j < l->rows.v[i].marks.n; j++)
            if (later(l->rows.v[i].marks.v[j].on, until))
                until = l->rows.v[i].marks.v[j].on;
    l->first = month_begin(since);
    l->last = month_end(until);
    l->today = today;
}

/* ---- words ---- */

struct str timeline_disputed(struct html *h, const struct timeline_view *v)
{
    struct tr_arg args[] = { { "n", html_int(h, v->disputed) }, { "decided", html_int(h, v->decided) } };
    if (v->disputed + v->decided == 0)
        return tr(h->lang, MSGS("Phần II và phụ lục của kế hoạch ghi cùng một hạn cho mọi mô hình."));
    if (v->disputed == 0)
        return tr_fill(h->arena, h->lang, MSGS("{decided} hạn mà phần II và phụ lục ghi khác nhau đều đã có quyết định."),
                       args, 2);
    return tr_fill(
        h->arena, h->lang,
        MSGS("{n} mô hình có hai hạn: phần II và phụ lục ghi khác nhau, chưa ai quyết định. {decided} hạn khác đã quyết."),
        args, 2);
}

struct str said_or_none(struct html *h, struct str words)
{
    return words.n > 0 ? words : tr(h->lang, MSGS("không ghi"));
}

struct str due_in_use(struct html *h, const struct plan_line *l)
{
    const struct plan_said *due = &l->said[PLAN_DEADLINE];
    if (due->disputed)
        return tr(h->lang, MSGS("chưa quyết định"));
    return due->has_day ? html_day(h, due->day) : tr(h->lang, MSGS("không có hạn"));
}
