/* workload.c: the desk's work as its head sees it: who holds how much, what is late, what was done in the last 30 days, by person and
 * by service; and as a file.
 */
#include "engines/counter/office.h"

#include "gen/counter_pages.h"
#include "platform/office/export.h"

static struct load_sum *sum_of(struct arena *a, load_sums *all, struct str key, struct str name)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->v[i].key, key))
            return &all->v[i];
    struct load_sum *sum = vec_push(a, all);
    *sum = (struct load_sum) { .key = key, .name = name };
    return sum;
}

static void add_to(struct load_sum *sum, const struct case_load *l)
{
    sum->waiting += l->waiting;
    sum->late += l->late;
    sum->done += l->done;
}

static int read_load(struct req *q, struct workload_view *v, struct err *e)
{
    struct counter_desks all;
    const struct counter_desk *desk;
    struct dbr *r = req_read(q, e);
    if (!r || counter_desk_asked(q, &all, &desk, e))
        return -1;
    struct case_queue_ask ask = { .unit = desk->unit, .agency = desk->agency, .owner = desk->owner };
    v->desk = *desk;
    v->place = (size_t)(desk - all.v);
    v->place_name = counter_unit_name(q, &desk->unit);
    if (case_load_of(r, q->arena, &ask, q->now, &v->loads, e) || case_raises_at(r, q->arena, &ask, &v->raises, e))
        return -1;
    for (size_t i = 0; i < v->loads.n; i++) {
        const struct case_load *l = &v->loads.v[i];
        struct str who = l->officer == CASE_NOBODYS ? MSGS("Chưa ai nhận") : l->officer_name;
        add_to(sum_of(q->arena, &v->people, str_fmt(q->arena, "%lld", (long long)l->officer), who), l);
        add_to(sum_of(q->arena, &v->services, l->service, l->service_name), l);
        v->waiting += l->waiting;
        v->late += l->late;
        v->done += l->done;
    }
    return 0;
}

int counter_workload_get(struct req *q, struct res *s, struct err *e)
{
    struct workload_view v = { .chart = { .title = MSGS("Hồ sơ đang giữ theo người"), .unit = MSGS("hồ sơ") } };
    if (read_load(q, &v, e))
        return -1;
    for (size_t i = 0; i < v.people.n; i++)
        if (v.people.v[i].waiting > 0)
            *vec_push(q->arena, &v.chart.points) =
                (struct series_point) { .label = tr(q->lang, v.people.v[i].name), .value = v.people.v[i].waiting };
    v.csv = str_fmt(q->arena, "/counter/workload.csv?desk=%zu", v.place);
    v.xlsx = str_fmt(q->arena, "/counter/workload.xlsx?desk=%zu", v.place);
    struct html h = res_html(q, s);
    counter_workload(&h, &v);
    return 0;
}

static const struct sheet_column columns[] = {
    { MSG("Người giữ"), SHEET_TEXT, 30 },    { MSG("Thủ tục"), SHEET_TEXT, 50 },       { MSG("Đang chờ"), SHEET_WHOLE, 0 },
    { MSG("Đã quá hạn"), SHEET_WHOLE, 0 }, { MSG("Đã làm trong 30 ngày"), SHEET_WHOLE, 0 },
};
static const struct sheet_def load_sheet = { MSG("Công việc"), columns, sizeof columns / sizeof columns[0] };

int counter_workload_file(struct req *q, struct res *s, struct err *e)
{
    struct workload_view v = { .place = 0 };
    if (read_load(q, &v, e))
        return -1;
    struct book *b = export_begin(q, load_sheet.name);
    book_sheet(b, &load_sheet);
    for (size_t i = 0; i < v.loads.n; i++) {
        const struct case_load *l = &v.loads.v[i];
        sheet_text(b, l->officer == CASE_NOBODYS ? tr(q->lang, MSGS("Chưa ai nhận")) : l->officer_name);
        sheet_text(b, l->service_name);
        sheet_whole(b, l->waiting);
        sheet_whole(b, l->late);
        sheet_whole(b, l->done);
        sheet_row_end(b);
    }
    return export_end(q, s, b, STR("cong-viec"), e);
}
