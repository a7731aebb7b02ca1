/* clock.c: events of a case become its due day. */
#include "engines/cases/clock.h"

static int minute_of_day(struct instant t, struct day *d)
{
    int hour, minute, second;
    instant_local(t, d, &hour, &minute, &second);
    return hour * 60 + minute;
}

struct day clock_received(const struct case_clock *c, const struct work_calendar *cal, struct instant t)
{
    struct day d;
    int minute = minute_of_day(t, &d);
    return minute < c->late_minute && calendar_works(cal, c->edition, d) ? d : calendar_next_work_day(cal, c->edition, d);
}

static struct instant end_of(const struct case_clock *c, struct day d)
{
    return day_at(d, c->end_minute / 60, c->end_minute % 60);
}

/* ---- a term of days ---- */

static void term_go(const struct case_clock *c, const struct work_calendar *cal, struct clock_term *t, struct instant at)
{
    if (t->missed)
        return;
    t->base = clock_received(c, cal, at);
    t->due = end_of(c, calendar_add(cal, c->edition, t->base, t->left));
}

static void term_halt(const struct case_clock *c, const struct work_calendar *cal, struct clock_term *t, struct instant at)
{
    if (at.us > t->due.us)
        t->missed = true;
    if (t->missed)
        return;
    t->left -= calendar_between(cal, c->edition, t->base, instant_day(at));
    ASSERT(t->left >= 0);
}

static struct clock_share *share_now(struct case_clock *c)
{
    return c->shares > 0 && c->share[c->shares - 1].until.us == 0 ? &c->share[c->shares - 1] : NULL;
}

const struct clock_share *clock_share_now(const struct case_clock *c)
{
    return share_now((struct case_clock *)c);
}

struct instant clock_due(const struct case_clock *c)
{
    bool known = c->state == CLOCK_RUNNING || c->state == CLOCK_OVER || (c->state == CLOCK_STANDING && c->term.missed);
    return known ? c->term.due : (struct instant) { 0 };
}

/* ---- events ---- */

static int start(struct case_clock *c, const struct work_calendar *cal, const struct clock_event *ev, struct err *e)
{
    if (c->state != CLOCK_WAITING)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Hồ sơ này đã được tiếp nhận, thời hạn đã tính từ trước."),
                       "clock started twice");
    if (ev->days < 0 || ev->days > CLOCK_DAYS_MAX || ev->edition < 1 || ev->edition > cal->editions ||
        ev->late_minute <= 0 || ev->late_minute > ev->end_minute || ev->end_minute >= 24 * 60)
        return ERR(e, ERR_INTERNAL, "a clock of %d days by edition %d, %d/%d", ev->days, ev->edition, ev->late_minute,
                   ev->end_minute);
    c->state = CLOCK_RUNNING;
    c->edition = ev->edition;
    c->late_minute = ev->late_minute;
    c->end_minute = ev->end_minute;
    c->started = ev->at;
    c->term = (struct clock_term) { .days = ev->days, .left = ev->days };
    term_go(c, cal, &c->term, ev->at);
    return 0;
}

static int stop(struct case_clock *c, const struct work_calendar *cal, const struct clock_event *ev, struct err *e)
{
    if (c->state == CLOCK_STANDING)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Thời hạn của hồ sơ này đang dừng rồi."), "clock stopped twice");
    if (c->state != CLOCK_RUNNING)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Thời hạn của hồ sơ này không chạy nên không dừng được."),
                       "clock does not run");
    if (ev->stop <= CLOCK_STOP_NONE || ev->stop >= CLOCK_STOPS_)
        return ERR(e, ERR_INTERNAL, "a stop for nothing");
    if (ev->stop == CLOCK_STOP_SUPPLEMENT && c->supplemented)
        return ERR_SAY(
            e, ERR_CONFLICT,
            MSGS("Hồ sơ này đã được yêu cầu bổ sung một lần; luật chỉ cho một lần. Xin giải quyết theo giấy tờ đang có, "
                 "hoặc từ chối và nêu lý do."),
            "a second supplement");
    c->supplemented = c->supplemented || ev->stop == CLOCK_STOP_SUPPLEMENT;
    c->state = CLOCK_STANDING;
    c->stop = ev->stop;
    term_halt(c, cal, &c->term, ev->at);
    if (share_now(c))
        term_halt(c, cal, &share_now(c)->term, ev->at);
    return 0;
}

static int resume(struct case_clock *c, const struct work_calendar *cal, const struct clock_event *ev, struct err *e)
{
    if (c->state != CLOCK_STANDING)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Thời hạn của hồ sơ này không dừng nên không tính tiếp được."),
                       "clock not stopped");
    c->state = CLOCK_RUNNING;
    c->stop = CLOCK_STOP_NONE;
    term_go(c, cal, &c->term, ev->at);
    if (share_now(c))
        term_go(c, cal, &share_now(c)->term, ev->at);
    return 0;
}

static int hand(struct case_clock *c, const struct work_calendar *cal, const struct clock_event *ev, struct err *e)
{
    if (c->state != CLOCK_RUNNING)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Chỉ chuyển hồ sơ sang cơ quan khác khi thời hạn đang chạy."),
                       "handed while not running");
    if (c->shares == CLOCK_SHARES_MAX)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Hồ sơ này đã qua quá nhiều cơ quan. Xin báo người quản trị quy trình."),
                       "%d shares", CLOCK_SHARES_MAX);
    if (ev->days < 0 || ev->days > CLOCK_DAYS_MAX)
        return ERR(e, ERR_INTERNAL, "a share of %d days", ev->days);
    if (share_now(c))
        share_now(c)->until = ev->at;
    struct clock_share *s = &c->share[c->shares++];
    *s = (struct clock_share) { .who = ev->who, .from = ev->at, .term = { .days = ev->days, .left = ev->days } };
    term_go(c, cal, &s->term, ev->at);
    return 0;
}

static int promise(struct case_clock *c, const struct clock_event *ev, struct err *e)
{
    if (c->has_promise)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Hồ sơ này đã được hẹn lại một lần; luật chỉ cho một lần."),
                       "a second promise");
    if (c->state != CLOCK_RUNNING)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Chỉ hẹn lại khi thời hạn đang chạy."), "promised while not running");
    if (end_of(c, ev->promised).us <= c->term.due.us)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Ngày hẹn lại phải sau ngày hẹn cũ."), "promise not later");
    c->has_promise = true;
    c->promised = ev->promised;
    return 0;
}

static int end(struct case_clock *c, const struct clock_event *ev)
{
    if (share_now(c))
        share_now(c)->until = ev->at;
    c->state = CLOCK_OVER;
    c->ended = ev->at;
    return 0;
}

/* A later edition counts all days anew; that is clock_run's, which knows all events. Here the moment is only noted. */
static int apply(struct case_clock *c, const struct work_calendar *cal, const struct clock_event *ev, struct err *e)
{
    switch (ev->kind) {
    case CLOCK_STARTED:
        return start(c, cal, ev, e);
    case CLOCK_STOPPED:
        return stop(c, cal, ev, e);
    case CLOCK_RESUMED:
        return resume(c, cal, ev, e);
    case CLOCK_HANDED:
        return hand(c, cal, ev, e);
    case CLOCK_PROMISED:
        return promise(c, ev, e);
    case CLOCK_ENDED:
        return end(c, ev);
    case CLOCK_CALENDAR:
    case CLOCK_EVENT_KINDS_:
        break;
    }
    return ERR(e, ERR_INTERNAL, "clock event %d", (int)ev->kind);
}

int clock_step(struct case_clock *c, const struct work_calendar *cal, const struct clock_event *ev, struct err *e)
{
    struct case_clock next = *c;
    if (c->state == CLOCK_OVER)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Hồ sơ này đã giải quyết xong, thời hạn không đổi được nữa."), "clock is over");
    if (ev->at.us < c->last.us)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Không ghi lùi ngày: việc này được ghi trước một việc đã có của hồ sơ."),
                       "back-dated");
    next.last = ev->at;
    if (apply(&next, cal, ev, e))
        return -1;
    *c = next;
    return 0;
}

/* The edition by which all days count: the latest that an event names. */
static int edition_of(const struct clock_event *ev, size_t n)
{
    int edition = 0;
    for (size_t i = 0; i < n; i++)
        if (ev[i].kind == CLOCK_STARTED || ev[i].kind == CLOCK_CALENDAR)
            edition = ev[i].edition;
    return edition;
}

int clock_run(const struct work_calendar *cal, const struct clock_event *ev, size_t n, struct case_clock *out, struct err *e)
{
    struct case_clock c = { 0 };
    int edition = edition_of(ev, n);
    if (n > CLOCK_EVENTS_MAX)
        return ERR(e, ERR_TOO_LARGE, "%zu clock events", n);
    for (size_t i = 0; i < n; i++) {
        struct clock_event one = ev[i];
        if (one.kind == CLOCK_CALENDAR)
            continue;
        one.edition = edition;
        if (clock_step(&c, cal, &one, e))
            return -1;
    }
    *out = c;
    return 0;
}
