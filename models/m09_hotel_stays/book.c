/* book.c: the facility's own register of guests, as NĐ 96/2016 Điều 44 asks it to keep, newest first, and as CSV. */
#include "models/m09_hotel_stays/desk.h"

#include "gen/hotel_stays_pages.h"

#include "base/csv.h"

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

int book_csv(struct req *q, struct res *s, struct err *e)
{
    static const struct str head[] = { MSG("Biên nhận"), MSG("Khai lúc"),  MSG("Khách"),   MSG("Quốc tịch"),
                                       MSG("Phòng"),     MSG("Đến lúc"),   MSG("Ngày đi"), MSG("Trạng thái") };
    struct book_view v;
    memset(&v, 0, sizeof(v));
    if (load_book(q, EXPORT_ROWS, &v, e) != 0 ||
        res_download(q, s, "text/csv; charset=utf-8", STR("so-khach-luu-tru.csv")) != 0)
        return -1;
    buf_lit(&s->body, CSV_MARK);
    for (size_t i = 0; i < sizeof(head) / sizeof(head[0]); i++)
        csv_put(&s->body, tr(q->lang, head[i]), i + 1 < sizeof(head) / sizeof(head[0]) ? ',' : '\n');
    for (size_t i = 0; i < v.guests.n; i++) {
        const struct stay_guests_of_facility_row *g = &v.guests.v[i];
        csv_put(&s->body, stay_number(q->arena, g->facility, g->month, g->n), ',');
        csv_put(&s->body, instant_vi(q->arena, g->made_at), ',');
        csv_put(&s->body, g->name, ',');
        csv_put(&s->body, g->nationality, ',');
        csv_put(&s->body, g->room, ',');
        csv_put(&s->body, instant_vi(q->arena, g->arrives_at), ',');
        csv_put(&s->body, day_vi(q->arena, g->leaves_on), ',');
        csv_put(&s->body, tr(q->lang, stay_state_label((enum stay_state)g->state)), '\n');
    }
    return 0;
}
