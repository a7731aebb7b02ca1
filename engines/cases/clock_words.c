/* clock_words.c: why a case is due when it is: each day's fate, and all of it as a Vietnamese sentence. */
#include "engines/cases/clock.h"

#include "base/buf.h"
#include "base/vec.h"

enum { EXPLAIN_BYTES = 16 << 10 };

/* ---- each day's fate ---- */

struct walking {
    struct arena *arena;
    const struct work_calendar *cal;
    struct case_clock clock;
    int edition;
    VEC(struct clock_span) spans;
    struct day upto; /* days up to here have their fate */
};

static void put_day(struct walking *w, struct day d, enum clock_why why, struct str name, enum clock_stop stop)
{
    struct clock_span *last = w->spans.n ? &w->spans.v[w->spans.n - 1] : NULL;
    if (last && last->why == why && last->stop == stop && str_eq(last->name, name) && last->last.n + 1 == d.n)
        last->last = d;
    else
        *vec_push(w->arena, &w->spans) = (struct clock_span) { d, d, why, name, stop };
}

static void put_running(struct walking *w, struct day until)
{
    static const enum clock_why fate[] = { [WORK_DAY] = CLOCK_COUNTED,
                                           [WORK_DAY_IN_EXCHANGE] = CLOCK_COUNTED,
                                           [DAY_WEEKEND] = CLOCK_WEEKEND,
                                           [DAY_HOLIDAY] = CLOCK_HOLIDAY,
                                           [DAY_OFF_IN_EXCHANGE] = CLOCK_HOLIDAY };
    for (struct day d = { w->upto.n + 1 }; d.n <= until.n; d.n++) {
        struct str name;
        enum work_day_kind kind = calendar_kind(w->cal, w->edition, d, &name);
        put_day(w, d, fate[kind], name, CLOCK_STOP_NONE);
    }
    if (until.n > w->upto.n)
        w->upto = until;
}

static void put_standing(struct walking *w, struct day until, enum clock_stop stop)
{
    for (struct day d = { w->upto.n + 1 }; d.n <= until.n; d.n++)
        put_day(w, d, CLOCK_STOOD, STR(""), stop);
    if (until.n > w->upto.n)
        w->upto = until;
}

static int walk(struct walking *w, const struct clock_event *ev, struct err *e)
{
    struct clock_event one = *ev;
    enum clock_stop stood = w->clock.stop;
    one.edition = w->edition;
    if (one.kind == CLOCK_CALENDAR)
        return 0;
    if (clock_step(&w->clock, w->cal, &one, e))
        return -1;
    if (w->clock.term.missed)
        return 0;
    if (ev->kind == CLOCK_STARTED)
        w->upto = w->clock.term.base;
    if (ev->kind == CLOCK_STOPPED)
        put_running(w, instant_day(ev->at));
    if (ev->kind == CLOCK_RESUMED)
        put_standing(w, w->clock.term.base, stood);
    return 0;
}

int clock_spans(struct arena *a, const struct work_calendar *cal, const struct clock_event *ev, size_t n,
                struct clock_spans *out, struct err *e)
{
    struct walking w = { .arena = a, .cal = cal };
    struct case_clock whole;
    if (clock_run(cal, ev, n, &whole, e))
        return -1;
    w.edition = whole.edition;
    for (size_t i = 0; i < n; i++)
        if (walk(&w, &ev[i], e))
            return -1;
    if (whole.state != CLOCK_WAITING && whole.state != CLOCK_STANDING)
        put_running(&w, instant_day(whole.term.due));
    *out = (struct clock_spans) { w.spans.v, w.spans.n };
    return 0;
}

/* ---- the sentence ---- */

static const struct str weekdays[] = { STR_INIT(""),        STR_INIT("thứ Hai"), STR_INIT("thứ Ba"),  STR_INIT("thứ Tư"),
                                       STR_INIT("thứ Năm"), STR_INIT("thứ Sáu"), STR_INIT("thứ Bảy"), STR_INIT("Chủ nhật") };
static const struct str stops[] = { STR_INIT(""), STR_INIT("chờ người nộp bổ sung giấy tờ"),
                                    STR_INIT("chờ người nộp trả phí"), STR_INIT("chờ kết quả từ nơi khác") };

static void put_span_days(struct arena *a, struct buf *b, const struct clock_span *s)
{
    buf_put(b, str_head(day_vi(a, s->first), 5));
    if (s->last.n > s->first.n) {
        buf_lit(b, "–");
        buf_put(b, str_head(day_vi(a, s->last), 5));
    }
}

static int days_of(const struct clock_span *s)
{
    return s->last.n - s->first.n + 1;
}

static void put_counted(struct arena *a, struct buf *b, const struct clock_spans *spans, int days)
{
    int n = 0;
    for (size_t i = 0; i < spans->n; i++) {
        const struct clock_span *s = &spans->v[i];
        if (s->why != CLOCK_COUNTED)
            continue;
        buf_put(b, n ? STR(", ") : STR(" Các ngày được tính: "));
        put_span_days(a, b, s);
        if (s->name.n)
            buf_fmt(b, " (%.*s)", STR_ARG(s->name));
        n += days_of(s);
    }
    if (n)
        buf_fmt(b, " (%d trên %d ngày).", n, days);
}

static void put_skipped(struct arena *a, struct buf *b, const struct clock_spans *spans)
{
    bool any = false;
    for (size_t i = 0; i < spans->n; i++) {
        const struct clock_span *s = &spans->v[i];
        if (s->why == CLOCK_COUNTED)
            continue;
        buf_put(b, any ? STR("; ") : STR(" Không tính: "));
        put_span_days(a, b, s);
        struct str why = s->why == CLOCK_WEEKEND ? STR("cuối tuần") : s->why == CLOCK_HOLIDAY ? s->name : stops[s->stop];
        buf_fmt(b, " (%.*s)", STR_ARG(why));
        any = true;
    }
    if (any)
        buf_put_char(b, '.');
}

static void put_start(struct arena *a, struct buf *b, const struct work_calendar *cal, const struct case_clock *c,
                      struct day base)
{
    struct day d = instant_day(c->started);
    buf_fmt(b, "Nhận lúc %.*s %.*s %.*s", STR_ARG(clock_vi(a, c->started)), STR_ARG(weekdays[day_of_week(d)]),
            STR_ARG(day_vi(a, d)));
    if (base.n == d.n)
        buf_lit(b, ".");
    else if (calendar_works(cal, c->edition, d))
        buf_fmt(b, ", từ %02d:%02d trở đi nên coi như nhận ngày làm việc kế tiếp %.*s.", c->late_minute / 60,
                c->late_minute % 60, STR_ARG(day_vi(a, base)));
    else
        buf_fmt(b, ", ngày nghỉ nên coi như nhận ngày làm việc kế tiếp %.*s.", STR_ARG(day_vi(a, base)));
    if (c->term.days == 0)
        buf_lit(b, " Thủ tục trả kết quả trong ngày.");
    else
        buf_fmt(b, " Thời hạn %d ngày làm việc, tính từ ngày làm việc sau ngày nhận.", c->term.days);
}

static void put_end(struct arena *a, struct buf *b, const struct work_calendar *cal, const struct case_clock *c)
{
    struct instant due = clock_due(c);
    if (due.us == 0)
        buf_fmt(b, " Thời hạn đang dừng (%.*s), còn %d ngày làm việc; ngày hẹn sẽ tính lại khi nhận đủ.",
                STR_ARG(stops[c->stop]), c->term.left);
    else
        buf_fmt(b, " Hẹn trả: %.*s ngày %.*s.", STR_ARG(clock_vi(a, due)), STR_ARG(day_vi(a, instant_day(due))));
    if (c->has_promise)
        buf_fmt(b, " Đã xin lỗi và hẹn lại một lần: ngày %.*s.", STR_ARG(day_vi(a, c->promised)));
    if (due.us != 0 && instant_day(due).n > cal->edition[c->edition].last.n)
        buf_fmt(b, " Lịch chưa công bố ngày nghỉ sau %.*s nên ngày hẹn có thể phải tính lại.",
                STR_ARG(day_vi(a, cal->edition[c->edition].last)));
    buf_fmt(b, " Lịch làm việc: lần công bố %d (%.*s).", c->edition, STR_ARG(cal->edition[c->edition].name));
}

/* Each agency's share of the term. */
static void put_shares(struct arena *a, struct buf *b, const struct case_clock *c)
{
    for (size_t i = 0; i < c->shares; i++) {
        const struct clock_share *s = &c->share[i];
        buf_fmt(b, " Phần của %.*s: %d ngày, từ %.*s, đến hạn %.*s", STR_ARG(s->who), s->term.days,
                STR_ARG(instant_vi(a, s->from)), STR_ARG(instant_vi(a, s->term.due)));
        if (s->until.us != 0)
            buf_fmt(b, ", xong %.*s (%s)", STR_ARG(instant_vi(a, s->until)),
                    s->until.us > s->term.due.us ? "quá hạn" : "trong hạn");
        buf_put_char(b, '.');
    }
}

int clock_explain(struct arena *a, const struct work_calendar *cal, const struct clock_event *ev, size_t n, struct str *out,
                  struct err *e)
{
    struct case_clock c;
    struct clock_spans spans;
    struct buf b;
    buf_init(&b, a, EXPLAIN_BYTES);
    if (clock_run(cal, ev, n, &c, e) || clock_spans(a, cal, ev, n, &spans, e))
        return -1;
    if (c.state == CLOCK_WAITING || c.started.us == 0) {
        *out = STR("Hồ sơ chưa được tiếp nhận nên thời hạn chưa bắt đầu tính.");
        return 0;
    }
    put_start(a, &b, cal, &c, clock_received(&c, cal, c.started));
    put_counted(a, &b, &spans, c.term.days);
    put_skipped(a, &b, &spans);
    put_end(a, &b, cal, &c);
    put_shares(a, &b, &c);
    *out = buf_str(&b);
    return 0;
}
