/* book.c: the facility's own register of guests, as NĐ 96/2016 Điều 44 asks it to keep, newest first, and as a file. */
#include "models/m09_hotel_stays/desk.h"

#include "gen/hotel_stays_pages.h"

#include "platform/office/export.h"

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

static const struct sheet_column columns[] = {
    { MSG("Biên nhận"), SHEET_TEXT, 28 }, { MSG("Khai lúc"), SHEET_MOMENT, 0 }, { MSG("Khách"), SHEET_TEXT, 30 },
    { MSG("Quốc tịch"), SHEET_TEXT, 10 }, { MSG("Phòng"), SHEET_TEXT, 10 },     { MSG("Đến lúc"), SHEET_MOMENT, 0 },
    { MSG("Ngày đi"), SHEET_DAY, 0 },     { MSG("Trạng thái"), SHEET_TEXT, 16 },
};
static const struct sheet_def guest_book = { MSG("Sổ khách"), columns, sizeof(columns) / sizeof(columns[0]) };

static void put_guest(struct req *q, struct book *b, const struct stay_guests_of_facility_row *g)
{
    sheet_text(b, stay_number(q->arena, g->facility, g->month, g->n));
    sheet_moment(b, g->made_at);
    sheet_text(b, g->name);
    sheet_text(b, g->nationality);
    sheet_text(b, g->room);
    sheet_moment(b, g->arrives_at);
    sheet_day(b, g->leaves_on);
    sheet_text(b, tr(q->lang, stay_state_label((enum stay_state)g->state)));
    sheet_row_end(b);
}

int book_file(struct req *q, struct res *s, struct err *e)
{
    struct book_view v;
    memset(&v, 0, sizeof(v));
    if (load_book(q, EXPORT_ROWS, &v, e) != 0)
        return -1;
    struct book *b = export_begin(q, guest_book.name);
    book_sheet(b, &guest_book);
    for (size_t i = 0; i < v.guests.n; i++)
        put_guest(q, b, &v.guests.v[i]);
    return export_end(q, s, b, STR("so-khach-luu-tru"), e);
}
