/* book.c: the book of cases (form 06 of TT 01/2018/TT-VPCP): what was received on these days, by number. It names people, so that
 * reading it is recorded.
 */
#include "engines/counter/office.h"

#include "gen/counter_pages.h"

enum { BOOK_PAGE = 100, BOOK_DAYS = 31 };

static void read_days(const struct req *q, struct book_days *d)
{
    d->until = d->from = instant_day(q->now);
    if (!day_typed(req_query(q, "until"), &d->until) || d->until.n > d->from.n)
        d->until = d->from;
    if (!day_typed(req_query(q, "from"), &d->from) || d->from.n > d->until.n || d->from.n < d->until.n - BOOK_DAYS + 1)
        d->from.n = d->until.n - BOOK_DAYS + 1;
}

int counter_book_prepare(struct req *q, struct err *e)
{
    struct case_book_view *v = q->work = arena_new(q->arena, struct case_book_view);
    struct case_number after;
    struct dbr *r = req_read(q, e);
    bool later = case_number_parse(q->arena, req_query(q, "after"), &after);
    read_days(q, &v->days);
    v->unit = *counter_intake_unit(q);
    v->place_name = counter_unit_name(q, &v->unit);
    if (!r || case_book_of(q->app, r, q->arena, &v->unit, v->days.from, v->days.until, later ? &after : NULL,
                           BOOK_PAGE, &v->book, e))
        return -1;
    struct str days = str_fmt(q->arena, "?from=%.*s&until=%.*s", STR_ARG(day_iso(q->arena, v->days.from)),
                              STR_ARG(day_iso(q->arena, v->days.until)));
    v->csv = str_fmt(q->arena, "/cases/book.csv%.*s", STR_ARG(days));
    v->xlsx = str_fmt(q->arena, "/cases/book.xlsx%.*s", STR_ARG(days));
    v->pdf = str_fmt(q->arena, "/cases/book.pdf%.*s", STR_ARG(days));
    v->docx = str_fmt(q->arena, "/cases/book.docx%.*s", STR_ARG(days));
    if (v->book.more)
        v->next = str_fmt(q->arena, "/counter/book%.*s&after=%.*s", STR_ARG(days),
                          STR_ARG(case_number_str(q->arena, &v->book.v[v->book.n - 1].number)));
    return 0;
}

int counter_book_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct case_book_view *v = q->work;
    struct audit_record rec = audit_of(q, STR("counter.book_read"));
    rec.unit = v->unit;
    rec.object = str_fmt(q->arena, "book/%.*s/%.*s", STR_ARG(day_iso(q->arena, v->days.from)),
                         STR_ARG(day_iso(q->arena, v->days.until)));
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int counter_book_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct html h = res_html(q, s);
    counter_book(&h, q->work);
    return 0;
}

struct str book_remark(const struct case_book_line *l)
{
    if (l->has_promise)
        return MSGS("đã xin lỗi và hẹn lại");
    if (!l->ended_at.us)
        return STR("");
    return l->on_time ? MSGS("đúng hạn") : MSGS("quá hạn");
}
