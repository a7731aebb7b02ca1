/* chart.c: where the marks of a small chart stand. Widths are percent of the box, heights its own units (pixels), so that a
 * chart fits 360 px and 1280 px with letters of one size.
 */
#include "platform/html/components.h"

enum { CHART_LABELS = 6, LABEL_LETTERS = 5 }; /* six of "16/02" fit a phone */
static const double BAR_SHARE = 0.72; /* of a column; the rest is the gap */

int64_t series_most(const struct series *s)
{
    int64_t most = 0;
    for (size_t i = 0; i < s->points.n; i++)
        if (!s->points.v[i].hidden && s->points.v[i].value > most)
            most = s->points.v[i].value;
    return most;
}

int64_t series_least(const struct series *s)
{
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < s->points.n; i++)
        if (!s->points.v[i].hidden && s->points.v[i].value < least)
            least = s->points.v[i].value;
    return least == INT64_MAX ? 0 : least;
}

/* 4, 8, 10, 20, 30, 40, 60, 80, 100 …: each can be halved, since a line is drawn at the middle. */
int64_t series_top(const struct series *s)
{
    int64_t most = series_most(s);
    if (most <= 4)
        return 4;
    if (most <= 8)
        return 8;
    for (int64_t unit = 10; unit <= INT64_MAX / 100; unit *= 10) {
        static const int64_t steps[] = { 1, 2, 3, 4, 6, 8 };
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
            if (most <= unit * steps[i])
                return unit * steps[i];
    }
    return most;
}

static double column(const struct series *s)
{
    return 100.0 / (double)(s->points.n ? s->points.n : 1);
}

static struct str percent(const struct html *h, double v)
{
    return str_fmt(h->arena, "%.2f%%", v);
}

struct str series_x(const struct html *h, const struct series *s, size_t i)
{
    return percent(h, column(s) * ((double)i + (1 - BAR_SHARE) / 2));
}

struct str series_mid(const struct html *h, const struct series *s, size_t i)
{
    return percent(h, column(s) * ((double)i + 0.5));
}

struct str series_width(const struct html *h, const struct series *s)
{
    return percent(h, column(s) * BAR_SHARE);
}

int64_t series_y(const struct series *s, int64_t value)
{
    double share = (double)value / (double)series_top(s);
    return CHART_BASE - (int64_t)(share * (CHART_BASE - CHART_TOP) + 0.5);
}

/* A digit of the scale is about 8 units wide, and 8 more keep it from the chart. */
int64_t series_scale_width(struct html *h, const struct series *s)
{
    return 8 * (int64_t)html_int(h, series_top(s)).n + 10;
}

/* Of longer labels fewer fit. */
static size_t labels_that_fit(const struct series *s)
{
    size_t longest = LABEL_LETTERS;
    for (size_t i = 0; i < s->points.n; i++)
        if (s->points.v[i].label.n > longest)
            longest = s->points.v[i].label.n;
    size_t fit = CHART_LABELS * LABEL_LETTERS / longest;
    return fit > 0 ? fit : 1;
}

bool series_labelled(const struct series *s, size_t i)
{
    size_t n = s->points.n;
    size_t fit = labels_that_fit(s);
    size_t every = (n + fit - 1) / fit;
    return every <= 1 || (n - 1 - i) % every == every / 2;
}

bool series_joined(const struct series *s, size_t i)
{
    return i > 0 && !s->points.v[i - 1].hidden && !s->points.v[i].hidden;
}

bool series_has_last(const struct series *s)
{
    return s->points.n > 0 && !s->points.v[s->points.n - 1].hidden;
}

struct str series_bar_class(const struct series *s, size_t i)
{
    return i + 1 == s->points.n ? STR("chart__bar chart__bar--last") : STR("chart__bar");
}
