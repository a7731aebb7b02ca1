/* lanes.c: where days stand on a scale of months, and how wide each share of a whole is. Everything across is percent, so that
 * a phone and a wall show the same picture with letters of one size. */
#include "platform/html/components.h"

enum { LANES_LABELS = 8 };

static struct str percent(const struct html *h, double v)
{
    return str_fmt(h->arena, "%.2f%%", v);
}

/* ---- the scale ---- */

static double place(const struct lanes *l, struct day d)
{
    double all = l->last.n - l->first.n + 1;
    double at = d.n - l->first.n;
    return at < 0 ? 0 : at > all ? 100 : 100 * at / all;
}

struct str lanes_x(const struct html *h, const struct lanes *l, struct day d)
{
    return percent(h, place(l, d));
}

struct str lanes_width(const struct html *h, const struct lanes *l, struct day from, struct day until)
{
    double wide = place(l, until) - place(l, from);
    return percent(h, wide > 0 ? wide : 0);
}

static int months_between(struct day a, struct day b)
{
    int ya, ma, da, yb, mb, db;
    day_to_ymd(a, &ya, &ma, &da);
    day_to_ymd(b, &yb, &mb, &db);
    return (yb - ya) * 12 + mb - ma;
}

size_t lanes_months(const struct lanes *l)
{
    int n = months_between(l->first, l->last) + 1;
    return n > 0 ? (size_t)n : 0;
}

struct day lanes_month(const struct lanes *l, size_t i)
{
    int year, month, day;
    struct day d = l->first;
    day_to_ymd(l->first, &year, &month, &day);
    int at = year * 12 + month - 1 + (int)i;
    (void)day_from_ymd(at / 12, at % 12 + 1, 1, &d);
    return d;
}

static size_t label_step(const struct lanes *l)
{
    size_t step = (lanes_months(l) + LANES_LABELS - 1) / LANES_LABELS;
    return step > 0 ? step : 1;
}

bool lanes_labelled(const struct lanes *l, size_t i)
{
    return i % label_step(l) == 0;
}

struct str lanes_label_class(const struct lanes *l, size_t i)
{
    return i / label_step(l) % 2 ? STR("lanes__label lanes__label--wide") : STR("lanes__label");
}

bool lanes_has(const struct lanes *l, struct day d)
{
    return d.n >= l->first.n && d.n <= l->last.n;
}

struct str month_short(const struct html *h, struct day d)
{
    int year, month, day;
    day_to_ymd(d, &year, &month, &day);
    return str_fmt(h->arena, "%d/%d", month, year);
}

/* ---- marks: a shape for each kind, so that colour only repeats it ---- */

static const struct {
    struct str class, path, label;
} marks[LANE_MARKS_] = {
    [LANE_DUE] = { STR_INIT("lane__due"), STR_INIT("M0-8 8 0 0 8-8 0z"), MSG("Hạn trong kế hoạch") },
    [LANE_DUE_OTHER] = { STR_INIT("lane__other"), STR_INIT("M0-8 8 0 0 8-8 0z"), MSG("Hạn chưa quyết định") },
    [LANE_STEP] = { STR_INIT("lane__step"), STR_INIT("M0-6 6 5H-6z"), MSG("Mốc công việc") },
    [LANE_STEP_DONE] = { STR_INIT("lane__step lane__step--done"), STR_INIT("M0-6 6 5H-6z"), MSG("Mốc đã xong") },
    [LANE_DONE] = { STR_INIT("lane__done"), STR_INIT("M-7 0A7 7 0 1 1 7 0 7 7 0 1 1-7 0z"), MSG("Đã hoàn thành") },
};

struct str lane_mark_class(enum lane_mark_kind k)
{
    return marks[k].class;
}

struct str lane_mark_path(enum lane_mark_kind k)
{
    return marks[k].path;
}

struct str lane_mark_label(enum lane_mark_kind k)
{
    return marks[k].label;
}

enum { LANE_WORDS_MAX = 4096 };

struct str lane_words(struct html *h, const struct lane *l)
{
    struct buf b;
    buf_init(&b, h->arena, LANE_WORDS_MAX);
    for (size_t i = 0; i < l->marks.n; i++) {
        buf_put(&b, i > 0 ? STR("; ") : STR(""));
        buf_put(&b, tr(h->lang, l->marks.v[i].say));
        buf_put(&b, STR(" "));
        buf_put(&b, html_day(h, l->marks.v[i].on));
    }
    return b.n > 0 ? buf_str(&b) : tr(h->lang, MSGS("không có ngày nào"));
}

/* ---- shares ---- */

static const struct {
    struct str class;
    const char *icon;
} share_looks[SHARES_] = {
    [SHARE_DONE] = { STR_INIT("done"), "check" }, [SHARE_SAID] = { STR_INIT("said"), "pencil" },
    [SHARE_OPEN] = { STR_INIT("open"), "send" },  [SHARE_SOON] = { STR_INIT("soon"), "clock" },
    [SHARE_LATE] = { STR_INIT("late"), "alert" }, [SHARE_STANDING] = { STR_INIT("standing"), "calendar" },
};

struct str share_class(enum share_kind k)
{
    return share_looks[k].class;
}

const char *share_icon(enum share_kind k)
{
    return share_looks[k].icon;
}

int64_t shares_total(const struct shares *s)
{
    int64_t n = 0;
    for (size_t i = 0; i < s->parts.n; i++)
        n += s->parts.v[i].n;
    return n;
}

static double share_of(const struct shares *s, int64_t n)
{
    int64_t all = shares_total(s);
    return all > 0 ? 100.0 * (double)n / (double)all : 0;
}

struct str share_x(const struct html *h, const struct shares *s, size_t i)
{
    int64_t before = 0;
    for (size_t j = 0; j < i; j++)
        before += s->parts.v[j].n;
    return percent(h, share_of(s, before));
}

struct str share_width(const struct html *h, const struct shares *s, size_t i)
{
    return percent(h, share_of(s, s->parts.v[i].n));
}
