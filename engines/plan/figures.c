/* figures.c: see figures.h. */
#include "engines/plan/pages.h"

struct str tenths_words(struct html *h, int tenths)
{
    const char *point = h->lang == LANG_VI ? "," : ".";
    if (tenths % 10 == 0)
        return str_fmt(h->arena, "%d %%", tenths / 10);
    return str_fmt(h->arena, "%d%s%d %%", tenths / 10, point, tenths % 10);
}

struct str progress_words(struct html *h, const struct plan_line *l)
{
    const struct plan_number *n = plan_line_number(l);
    int tenths = n ? plan_number_progress(n) : -1;
    return tenths < 0 ? STR("–") : tenths_words(h, tenths);
}

static struct str share_words(struct html *h, const struct plan_number *n)
{
    struct tr_arg args[] = { { "n", html_int(h, n->numerator) },
                             { "of", html_int(h, n->denominator) },
                             { "unit", tr(h->lang, n->unit) },
                             { "share", tenths_words(h, (int)(n->numerator * 1000 / n->denominator)) } };
    return tr_fill(h->arena, h->lang, MSGS("{n} / {of} {unit} ({share})"), args, 4);
}

struct str number_words(struct html *h, const struct plan_number *n)
{
    if (!n || !n->counted)
        return tr(h->lang, MSGS("chưa có số đo"));
    if (n->denominator > 0)
        return share_words(h, n);
    return str_fmt(h->arena, "%.*s %.*s", STR_ARG(html_int(h, n->numerator)), STR_ARG(tr(h->lang, n->unit)));
}

struct str goal_words(struct html *h, const struct plan_number *n)
{
    static const struct str says[] = { [TARGET_NONE] = { "", 0 },
                                       [TARGET_AT_LEAST] = MSG("ít nhất {n} {unit}"),
                                       [TARGET_PERCENT] = MSG("{n} % {unit}"),
                                       [TARGET_LEVEL] = MSG("từ cấp độ {n}") };
    if (!n || n->target == TARGET_NONE)
        return STR("");
    struct tr_arg args[] = { { "n", html_int(h, n->goal) }, { "unit", tr(h->lang, n->unit) } };
    return tr_fill(h->arena, h->lang, says[n->target], args, 2);
}

struct str gap_words(struct html *h, const struct plan_line *l)
{
    if (!l->has_gap)
        return STR("");
    if (l->gap == 0)
        return tr(h->lang, MSGS("khớp với số đo"));
    struct tr_arg args[] = { { "points", tenths_words(h, l->gap > 0 ? l->gap : -l->gap) } };
    return tr_fill(h->arena, h->lang, l->gap > 0 ? MSGS("báo cao hơn số đo {points}") : MSGS("báo thấp hơn số đo {points}"),
                   args, 1);
}

struct str claim_words(struct html *h, const struct plan_line *l)
{
    return l->claimed ? str_fmt(h->arena, "%d %%", l->claim) : tr(h->lang, MSGS("chưa báo"));
}

struct str agencies_words(struct arena *a, const struct plan_agencies *list)
{
    struct buf b;
    buf_init(&b, a, 8192);
    for (size_t i = 0; i < list->n; i++) {
        if (i)
            buf_lit(&b, ", ");
        buf_put(&b, list->v[i].short_name);
    }
    return buf_str(&b);
}

struct str month_words(struct html *h, int64_t month)
{
    return plan_month_vi(h->arena, month);
}

struct plan_number number_of_report(const struct report_number *n, struct day on)
{
    return (struct plan_number) { .what = n->what.n ? n->what : n->measure,
                                  .unit = n->unit,
                                  .target = n->target,
                                  .goal = n->goal,
                                  .counted = n->counted,
                                  .numerator = n->numerator,
                                  .denominator = n->denominator,
                                  .on = on };
}

enum tag_kind status_tag(enum plan_status s)
{
    static const enum tag_kind kinds[] = { [PLAN_ONGOING] = TAG_PLAIN, [PLAN_WAITING] = TAG_QUEUED, [PLAN_SOON] = TAG_DRAFT,
                                           [PLAN_MET] = TAG_ACCEPTED,  [PLAN_SAID_DONE] = TAG_SENT, [PLAN_LATE] = TAG_LATE };
    ASSERT(s < PLAN_STATUSES_);
    return kinds[s];
}

enum tag_kind report_tag(enum plan_report_state s)
{
    static const enum tag_kind kinds[] = { [REPORT_NONE] = TAG_PLAIN,
                                           [REPORT_DRAFT] = TAG_DRAFT,
                                           [REPORT_SIGNED] = TAG_ACCEPTED,
                                           [REPORT_LATE] = TAG_LATE,
                                           [REPORT_MISSING] = TAG_REFUSED };
    ASSERT(s <= REPORT_MISSING);
    return kinds[s];
}

/* ---- fields ---- */

static bool is_claim(struct str s)
{
    int64_t n;
    return s.n == 0 || (str_to_i64(s, &n) && n >= 0 && n <= 100);
}

struct field_view report_field(struct html *h, const char *name, int64_t model, struct str value)
{
    struct field_view f = field_of(h, &report_form, name);
    f.value = value;
    if (str_eq(f.name, STR("claim")) && !is_claim(value))
        return f; /* keeps the plain id, which the error's link leads to */
    f.error = STR_NONE;
    return field_row(h, f, model);
}

struct field_view task_agency_field(struct html *h, const struct task_new_view *v)
{
    struct field_view f = field_with(h, &task_form, "agency", v->own);
    f.type = FIELD_CHOICE;
    for (size_t i = 0; i < v->agencies.n; i++)
        if (!v->own.n || str_eq(v->own, v->agencies.v[i].code))
            field_option(h, &f, v->agencies.v[i].code, v->agencies.v[i].name);
    return field_select(f);
}

struct str report_title(struct html *h, int64_t month)
{
    struct tr_arg args[] = { { "month", plan_month_vi(h->arena, month) } };
    return tr_fill(h->arena, h->lang, MSGS("Báo cáo tháng {month}"), args, 1);
}

struct str due_words(struct html *h, struct day due)
{
    struct tr_arg args[] = { { "day", html_day(h, due) } };
    return tr_fill(h->arena, h->lang, MSGS("Ký trước ngày {day}"), args, 1);
}

struct str deadline_words(struct html *h, const struct plan_said *s)
{
    if (!s->disputed)
        return s->counts.n ? s->counts : tr(h->lang, MSGS("không nêu"));
    struct tr_arg args[] = { { "body", s->body.n ? s->body : tr(h->lang, MSGS("không nêu")) },
                             { "appendix", s->appendix.n ? s->appendix : tr(h->lang, MSGS("không nêu")) } };
    return tr_fill(h->arena, h->lang, MSGS("{appendix} (phụ lục) hoặc {body} (phần II), chưa quyết"), args, 2);
}
