/* book.c: the book of cases (form 06 of TT 01/2018/TT-VPCP): what was received on these days, by number. It names people, so that
 * reading it is recorded.
 */
#include "engines/counter/office.h"

#include "gen/counter_pages.h"
#include "platform/office/export.h"

enum { BOOK_PAGE = 100, BOOK_FILE = 5000, BOOK_DAYS = 31 };

static void read_days(const struct req *q, struct book_days *d)
{
    d->until = d->from = instant_day(q->now);
    if (!day_typed(req_query(q, "until"), &d->until) || d->until.n > d->from.n)
        d->until = d->from;
    if (!day_typed(req_query(q, "from"), &d->from) || d->from.n > d->until.n || d->from.n < d->until.n - BOOK_DAYS + 1)
        d->from.n = d->until.n - BOOK_DAYS + 1;
}

static bool is_file(const struct req *q)
{
    return str_ends(q->path, STR(".csv")) || str_ends(q->path, STR(".xlsx"));
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
                           is_file(q) ? BOOK_FILE : BOOK_PAGE, &v->book, e))
        return -1;
    struct str days = str_fmt(q->arena, "?from=%.*s&until=%.*s", STR_ARG(day_iso(q->arena, v->days.from)),
                              STR_ARG(day_iso(q->arena, v->days.until)));
    v->csv = str_fmt(q->arena, "/counter/book.csv%.*s", STR_ARG(days));
    v->xlsx = str_fmt(q->arena, "/counter/book.xlsx%.*s", STR_ARG(days));
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

/* ---- as a file ---- */

static const struct sheet_column columns[] = {
    { MSG("Số hồ sơ"), SHEET_TEXT, 26 },       { MSG("Thủ tục"), SHEET_TEXT, 50 },      { MSG("Số giấy tờ"), SHEET_WHOLE, 0 },
    { MSG("Người nộp"), SHEET_TEXT, 30 },      { MSG("Điện thoại"), SHEET_TEXT, 14 },   { MSG("Lúc tiếp nhận"), SHEET_MOMENT, 0 },
    { MSG("Hẹn trả kết quả"), SHEET_MOMENT, 0 }, { MSG("Đã trả kết quả"), SHEET_MOMENT, 0 }, { MSG("Cách nhận kết quả"), SHEET_TEXT, 20 },
    { MSG("Trạng thái"), SHEET_TEXT, 24 },     { MSG("Phí, lệ phí"), SHEET_WHOLE, 0 },  { MSG("Ghi chú"), SHEET_TEXT, 24 },
};
static const struct sheet_def book_sheet_def = { MSG("Sổ theo dõi hồ sơ"), columns, sizeof columns / sizeof columns[0] };

static void put_moment(struct book *b, struct instant t)
{
    if (t.us)
        sheet_moment(b, t);
    else
        sheet_text(b, STR_NONE);
}

struct str book_remark(const struct case_book_line *l)
{
    if (l->has_promise)
        return MSGS("đã xin lỗi và hẹn lại");
    if (!l->ended_at.us)
        return STR("");
    return l->on_time ? MSGS("đúng hạn") : MSGS("quá hạn");
}

static void put_line(struct req *q, struct book *b, const struct case_book_line *l)
{
    sheet_text(b, case_number_str(q->arena, &l->number));
    sheet_text(b, l->service_name);
    sheet_whole(b, l->papers);
    sheet_text(b, l->name);
    sheet_text(b, l->phone);
    put_moment(b, l->received_at);
    put_moment(b, l->due);
    put_moment(b, l->result_at);
    sheet_text(b, tr(q->lang, case_delivery_label(l->delivery)));
    sheet_text(b, tr(q->lang, l->state_label));
    sheet_whole(b, l->fee.dong);
    sheet_text(b, tr(q->lang, book_remark(l)));
    sheet_row_end(b);
}

int counter_book_file(struct req *q, struct res *s, struct err *e)
{
    const struct case_book_view *v = q->work;
    struct book *b = export_begin(q, book_sheet_def.name);
    book_sheet(b, &book_sheet_def);
    for (size_t i = 0; i < v->book.n; i++)
        put_line(q, b, &v->book.v[i]);
    return export_end(q, s, b, STR("so-theo-doi-ho-so"), e);
}
