/* rollup_words.c: numbers of the roll-up as its paper and its workbook say them. A paper is in Vietnamese whoever asks for it. */
#include "engines/plan/rollup_tables.h"

/* A thousand has a point, a fraction a comma. */
static struct str whole(struct arena *a, int64_t n)
{
    struct html h = { .arena = a, .lang = LANG_VI };
    return html_int(&h, n);
}

static struct str tenths(struct arena *a, int v)
{
    return v % 10 ? str_fmt(a, "%d,%d %%", v / 10, v % 10) : str_fmt(a, "%d %%", v / 10);
}

struct str number_on_paper(struct arena *a, const struct plan_number *n)
{
    if (!n || !n->counted)
        return STR("chưa có số đo");
    struct str count = whole(a, n->numerator);
    if (n->denominator == 0)
        return str_fmt(a, "%.*s %.*s", STR_ARG(count), STR_ARG(n->unit));
    struct str of = whole(a, n->denominator), share = tenths(a, (int)(n->numerator * 1000 / n->denominator));
    return str_fmt(a, "%.*s / %.*s %.*s (%.*s)", STR_ARG(count), STR_ARG(of), STR_ARG(n->unit), STR_ARG(share));
}

struct str goal_on_paper(struct arena *a, const struct plan_number *n)
{
    if (!n || n->target == TARGET_NONE)
        return STR("");
    struct str goal = whole(a, n->goal);
    if (n->target == TARGET_PERCENT)
        return str_fmt(a, "%.*s %% %.*s", STR_ARG(goal), STR_ARG(n->unit));
    if (n->target == TARGET_LEVEL)
        return str_fmt(a, "từ cấp độ %.*s", STR_ARG(goal));
    return str_fmt(a, "ít nhất %.*s %.*s", STR_ARG(goal), STR_ARG(n->unit));
}

struct str gap_on_paper(struct arena *a, const struct plan_line *l)
{
    if (!l->has_gap)
        return STR("–");
    if (l->gap == 0)
        return STR("khớp với số đo");
    struct str points = tenths(a, l->gap > 0 ? l->gap : -l->gap);
    return str_fmt(a, l->gap > 0 ? "báo cao hơn số đo %.*s" : "báo thấp hơn số đo %.*s", STR_ARG(points));
}

struct str claim_on_paper(struct arena *a, const struct plan_line *l)
{
    return l->claimed ? str_fmt(a, "%d %%", l->claim) : STR("chưa báo");
}

struct str agencies_on_paper(struct arena *a, const struct plan_agencies *g)
{
    struct buf b;
    buf_init(&b, a, 8192);
    for (size_t i = 0; i < g->n; i++) {
        if (i)
            buf_lit(&b, ", ");
        buf_put(&b, g->v[i].short_name);
    }
    return buf_str(&b);
}

struct str province_in_sentence(struct arena *a, struct str province)
{
    struct str kind = STR("Tỉnh ");
    return str_starts(province, kind) ? str_fmt(a, "tỉnh %.*s", STR_ARG(str_from(province, kind.n))) : province;
}
