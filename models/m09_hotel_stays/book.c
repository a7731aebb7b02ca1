/* book.c: the facility's own register of guests, as NĐ 96/2016 Điều 44 asks it to keep, newest first, and as CSV. */
#include "models/m09_hotel_stays/desk.h"

#include "gen/hotel_stays_pages.h"

#include <string.h>

enum { PAGE_ROWS = 100, EXPORT_ROWS = 5000 };

static int load_book(struct req *q, int64_t most, struct book_view *v, struct err *e)
{
    struct stay_guests_of_facility_in in = { .most = most, .before = INT64_MAX };
    struct dbr *r = req_read(q, e);
    int64_t before;
    if (!r || desk_facility(q, &v->facility, e) != 0)
        return -1;
    in.facility = v->facility.id;
    if (str_to_i64(req_query(q, "before"), &before) && before > 0)
        in.before = before;
    return stay_guests_of_facility(r, q->arena, &in, &v->guests, e);
}

int book_get(struct req *q, struct res *s, struct err *e)
{
    struct book_view v;
    memset(&v, 0, sizeof(v));
    if (load_book(q, PAGE_ROWS, &v, e) != 0)
        return -1;
    if (v.guests.n == PAGE_ROWS)
        v.next_href = str_fmt(q->arena, "/stays/book?before=%lld", (long long)v.guests.v[PAGE_ROWS - 1].declaration);
    struct html h = res_html(q, s);
    book(&h, &v);
    return 0;
}

/* A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
static void put_cell(struct buf *b, struct str s, bool last)
{
    bool formula = s.n > 0 && (s.p[0] == '=' || s.p[0] == '+' || s.p[0] == '-' || s.p[0] == '@');
    buf_put_char(b, '"');
    if (formula)
        buf_put_char(b, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_put_char(b, '"');
        buf_put_char(b, s.p[i]);
    }
    buf_put(b, last ? STR("\"\r\n") : STR("\","));
}

int book_csv(struct req *q, struct res *s, struct err *e)
{
    struct book_view v;
    memset(&v, 0, sizeof(v));
    if (load_book(q, EXPORT_ROWS, &v, e) != 0 ||
        res_download(q, s, "text/csv; charset=utf-8", STR("so-khach-luu-tru.csv")) != 0)
        return -1;
    buf_lit(&s->body, "\xEF\xBB\xBF" "Biên nhận,Khai lúc,Họ tên,Quốc tịch,Phòng,Đến lúc,Ngày đi,Trạng thái\r\n");
    for (size_t i = 0; i < v.guests.n; i++) {
        const struct stay_guests_of_facility_row *g = &v.guests.v[i];
        put_cell(&s->body, stay_number(q->arena, g->facility, g->month, g->n), false);
        put_cell(&s->body, instant_vi(q->arena, g->made_at), false);
        put_cell(&s->body, g->name, false);
        put_cell(&s->body, g->nationality, false);
        put_cell(&s->body, g->room, false);
        put_cell(&s->body, instant_vi(q->arena, g->arrives_at), false);
        put_cell(&s->body, day_vi(q->arena, g->leaves_on), false);
        put_cell(&s->body, tr(q->lang, stay_state_label((enum stay_state)g->state)), true);
    }
    return 0;
}
