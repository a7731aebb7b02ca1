/* book.c: the one-stop desk's book (form 06 of TT 01/2018/TT-VPCP) for one unit and some days, as CSV or XLSX (book_paper.c: as a
 * paper). It names people, so taking it is on the log.
 */
#include "engines/cases/book.h"

#include "platform/office/export.h"

enum { BOOK_DAYS_MOST = 92 };

static const struct sheet_column book_columns[] = {
    { MSG("Mã hồ sơ"), SHEET_TEXT, 24 },           { MSG("Thủ tục"), SHEET_TEXT, 40 },
    { MSG("Người nộp"), SHEET_TEXT, 26 },          { MSG("Điện thoại"), SHEET_TEXT, 14 },
    { MSG("Cơ quan giải quyết"), SHEET_TEXT, 18 }, { MSG("Nhận hồ sơ"), SHEET_MOMENT, 0 },
    { MSG("Hẹn trả"), SHEET_MOMENT, 0 },           { MSG("Xong"), SHEET_MOMENT, 0 },
    { MSG("Trả kết quả"), SHEET_MOMENT, 0 },       { MSG("Cách nhận"), SHEET_TEXT, 18 },
    { MSG("Trạng thái"), SHEET_TEXT, 22 },
};
static const struct sheet_def book_def = { MSG("Sổ theo dõi hồ sơ"), book_columns,
                                           sizeof book_columns / sizeof *book_columns };

struct case_book_rows_in case_book_asked_rows(const struct book_asked *b)
{
    return (struct case_book_rows_in) { .unit = b->unit,
                                        .from = day_at(b->from, 0, 0),
                                        .until = day_at((struct day) { b->until.n + 1 }, 0, 0) };
}

static bool day_asked(const struct req *q, const char *name, struct day otherwise, struct day *out)
{
    struct str typed = req_query(q, name);
    *out = otherwise;
    return typed.n == 0 || day_typed(typed, out);
}

int case_book_prepare(struct req *q, struct err *e)
{
    struct book_asked *b = arena_new(q->arena, struct book_asked);
    struct day today = instant_day(q->now);
    struct str unit = req_query(q, "unit");
    const struct grant *own = req_may(q, CASE_MAY_RECEIVE, NULL, 0);
    q->work = b;
    if (unit.n == 0 && own)
        b->unit = own->territory; /* the clerk's own desk */
    else if (!unit_code_parse(str_or_empty(unit), &b->unit) || !req_may(q, CASE_MAY_RECEIVE, &b->unit, 0))
        return ERR_SAY(e, ERR_FORBIDDEN, MSGS("Xin chọn một đơn vị trong địa bàn của bạn."), "unit");
    if (!day_asked(q, "from", (struct day) { today.n - 30 }, &b->from) || !day_asked(q, "until", today, &b->until) ||
        b->from.n > b->until.n || b->until.n - b->from.n > BOOK_DAYS_MOST)
        return ERR_SAY(e, ERR_INPUT, MSGS("Xin chọn từ ngày đến ngày, nhiều nhất 92 ngày."), "days");
    return 0;
}

int case_book_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct book_asked *b = q->work;
    struct audit_record rec = audit_of(q, STR("cases.exported"));
    rec.unit = b->unit;
    rec.object = str_fmt(q->arena, "cases/%.*s/%.*s/%.*s", STR_ARG(unit_code_str(&b->unit)),
                         STR_ARG(day_iso(q->arena, b->from)), STR_ARG(day_iso(q->arena, b->until)));
    return audit_write(tx, q->arena, &rec, NULL, e);
}

struct putting {
    struct req *q;
    struct book *b;
};

static void put_moment(struct book *b, bool has, struct instant t)
{
    if (has)
        sheet_moment(b, t);
    else
        sheet_text(b, STR_NONE);
}

static int put_row(void *ctx, const struct case_book_rows_row *row)
{
    struct putting *p = ctx;
    struct case_number n = { row->organ, row->day, row->n };
    const struct case_flow *f = case_flow_version(p->q->app, row->flow, row->flow_version);
    const struct case_flow_state *state = f ? case_state_named(f, row->state) : NULL;
    sheet_text(p->b, case_number_str(p->q->arena, &n));
    sheet_text(p->b, row->service_name);
    sheet_text(p->b, row->name);
    sheet_text(p->b, row->phone);
    sheet_text(p->b, row->agency);
    put_moment(p->b, row->has_received_at, row->received_at);
    put_moment(p->b, row->has_due_at, row->due_at);
    put_moment(p->b, row->has_ended_at, row->ended_at);
    put_moment(p->b, row->has_result_at, row->result_at);
    sheet_text(p->b, tr(p->q->lang, case_delivery_label((enum case_delivery)row->delivery)));
    sheet_text(p->b, state ? state->label : row->state);
    sheet_row_end(p->b);
    return 0;
}

int case_book_reply(struct req *q, struct res *s, struct err *e)
{
    const struct book_asked *asked = q->work;
    struct dbr *r = req_read(q, e);
    struct putting p = { q, export_begin(q, book_def.name) };
    struct case_book_rows_in in = case_book_asked_rows(asked);
    book_sheet(p.b, &book_def);
    if (!r || case_book_rows(r, q->arena, &in, put_row, &p, e))
        return -1;
    return export_end(q, s, p.b, STR("so-theo-doi-ho-so"), e);
}
