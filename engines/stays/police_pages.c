/* police_pages.c: the lists of one night for the commune police. */
#include "engines/stays/police.h"

#include "base/text.h"
#include "gen/stays_pages.h"

#include <string.h>

enum { SEARCH_MAX = 60, LATE_DAYS = 7, FACILITIES_MAX = 1000 };

const struct form police_filter_form = {
    .name = "police_filter",
    .fields =
        (const struct field[]) {
            { .name = "day", .type = FIELD_DAY, .required = true, .label = MSG("Đêm") },
            { .name = "unit", .type = FIELD_CHOICE, .required = true, .label = MSG("Địa bàn") },
            { .name = "q",
              .type = FIELD_TEXT,
              .required = true,
              .max = SEARCH_MAX,
              .label = MSG("Tên, số giấy tờ, phòng, cơ sở") },
            { .name = NULL },
        },
};

/* ---- what was asked for ---- */

static struct day asked_day(const struct req *q, struct day today)
{
    struct day d;
    struct str text = req_query(q, "day");
    if (!text.p || (!day_parse_iso(text, &d) && !day_parse_vi(text, &d)) || d.n > today.n)
        return today;
    return d;
}

static struct str asked_search(struct req *q)
{
    struct str text;
    if (text_clean(q->arena, req_query(q, "q").p ? req_query(q, "q") : STR(""), TEXT_ONE_LINE, SEARCH_MAX, &text, NULL) != 0)
        return STR("");
    return text;
}

static struct scope_units chosen(struct req *q, const struct scope_units *all)
{
    struct str code = req_query(q, "unit");
    for (size_t i = 0; code.n > 0 && i < all->n; i++)
        if (str_eq(code, unit_code_str(&all->v[i].code)))
            return (struct scope_units) { &all->v[i], 1 };
    return *all;
}

static struct str link_with(struct req *q, const char *path, const struct police_frame *f, struct day d)
{
    struct buf b;
    buf_init(&b, q->arena, 1024);
    buf_fmt(&b, "%s?day=%.*s", path, STR_ARG(day_iso(q->arena, d)));
    if (f->unit_text.n > 0)
        buf_fmt(&b, "&unit=%.*s", STR_ARG(f->unit_text));
    if (f->search.n > 0) {
        struct html h = { .out = &b, .arena = q->arena };
        buf_lit(&b, "&q=");
        html_query(&h, f->search);
    }
    return buf_str(&b);
}

static struct str place_of(struct arena *a, const struct scope_units *units)
{
    struct buf b;
    buf_init(&b, a, 16 * 1024);
    for (size_t i = 0; i < units->n; i++) {
        if (i > 0)
            buf_lit(&b, ", ");
        buf_put(&b, scope_unit_label(a, &units->v[i]));
    }
    return buf_str(&b);
}

static const struct {
    const char *path;
    struct str label;
} tabs[POLICE_TABS_] = {
    [POLICE_TONIGHT] = { "/police/stays", MSG("Khách trong đêm") },
    [POLICE_LATE] = { "/police/late", MSG("Khai muộn 7 ngày") },
    [POLICE_OVERLAPS] = { "/police/overlaps", MSG("Một người hai nơi") },
    [POLICE_FACILITIES] = { "/police/facilities", MSG("Cơ sở lưu trú") },
};

static int frame(struct req *q, enum police_tab tab, struct police_frame *f, struct err *e)
{
    memset(f, 0, sizeof(*f));
    if (police_units(q, &f->all, e) != 0)
        return -1;
    f->units = chosen(q, &f->all);
    f->today = stay_night_on(q->now);
    f->day = asked_day(q, f->today);
    f->day_text = day_vi(q->arena, f->day);
    f->unit_text = f->units.n == 1 && f->all.n > 1 ? unit_code_str(&f->units.v[0].code) : STR("");
    f->search = asked_search(q);
    f->place = place_of(q->arena, &f->units);
    f->path = str_of(tabs[tab].path);
    f->form = &police_filter_form;
    f->live = f->units.n == 1 ? str_fmt(q->arena, "/police/live?unit=%s", f->units.v[0].code.v) : STR("/police/live");
    f->csv = link_with(q, "/police/stays.csv", f, f->day);
    f->xlsx = link_with(q, "/police/stays.xlsx", f, f->day);
    f->before = link_with(q, tabs[tab].path, f, (struct day) { f->day.n - 1 });
    f->after = f->day.n < f->today.n ? link_with(q, tabs[tab].path, f, (struct day) { f->day.n + 1 }) : STR("");
    f->tabs.label = MSGS("Danh sách lưu trú");
    for (int i = 0; i < POLICE_TABS_; i++)
        *vec_push(q->arena, &f->tabs.tabs) = (struct tab_view) { .label = tabs[i].label,
                                                                 .href = link_with(q, tabs[i].path, f, f->day),
                                                                 .current = i == (int)tab };
    return 0;
}

struct field_view police_unit_field(struct html *h, const struct police_frame *f)
{
    struct field_view v = field_select(field_with(h, &police_filter_form, "unit", f->unit_text));
    field_option(h, &v, STR(""), MSGS("Mọi xã trong địa bàn"));
    for (size_t i = 0; i < f->all.n; i++)
        field_option(h, &v, unit_code_str(&f->all.v[i].code), scope_unit_label(h->arena, &f->all.v[i]));
    v.value = v.value.n > 0 ? v.value : STR("-"); /* the empty choice is one of the list: no "choose one" */
    return v;
}

/* ---- tonight ---- */

static int64_t asked_page(const struct req *q)
{
    int64_t page = 1;
    return str_to_i64(req_query(q, "page"), &page) && page > 0 && page <= NIGHT_ROWS_MAX ? page : 1;
}

static void turn_page(struct req *q, struct police_night_view *v)
{
    size_t page = (size_t)asked_page(q), total = v->night.guests.n;
    v->first = (page - 1) * NIGHT_PAGE;
    if (v->first >= total)
        v->first = 0;
    v->last = v->first + NIGHT_PAGE < total ? v->first + NIGHT_PAGE : total;
    struct str here = link_with(q, "/police/stays", &v->f, v->f.day);
    v->pager = (struct pager_view) { .from = total > 0 ? (int64_t)v->first + 1 : 0,
                                     .to = (int64_t)v->last,
                                     .total = (int64_t)total };
    page = v->first / NIGHT_PAGE + 1;
    if (page > 1)
        v->pager.previous = str_fmt(q->arena, "%.*s&page=%zu", STR_ARG(here), page - 1);
    if (v->last < total)
        v->pager.next = str_fmt(q->arena, "%.*s&page=%zu", STR_ARG(here), page + 1);
}

bool begins_facility(const struct police_night_view *v, size_t i)
{
    return i == v->first || v->night.guests.v[i - 1].row->facility != v->night.guests.v[i].row->facility;
}

static int night_view(struct req *q, enum police_tab tab, struct police_night_view *v, struct err *e)
{
    memset(v, 0, sizeof(*v));
    if (frame(q, tab, &v->f, e) != 0)
        return -1;
    struct dbr *r = req_read(q, e);
    if (!r || night_load(r, q->arena, &v->f.units, v->f.day, &v->night, e) != 0)
        return -1;
    night_search(q->arena, &v->night, v->f.search);
    v->connected = q->app->settings.asm_url && *q->app->settings.asm_url;
    return 0;
}

int police_tonight(struct req *q, struct res *s, struct err *e)
{
    struct police_night_view v;
    if (night_view(q, POLICE_TONIGHT, &v, e) != 0)
        return -1;
    turn_page(q, &v);
    struct html h = res_html(q, s);
    police_night_page(&h, &v);
    return 0;
}

int police_overlaps(struct req *q, struct res *s, struct err *e)
{
    struct police_night_view v;
    if (night_view(q, POLICE_OVERLAPS, &v, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    police_overlaps_page(&h, &v);
    return 0;
}

int police_late(struct req *q, struct res *s, struct err *e)
{
    struct police_late_view v;
    struct night bounds;
    memset(&v, 0, sizeof(v));
    if (frame(q, POLICE_LATE, &v.f, e) != 0)
        return -1;
    night_bounds(v.f.day, &bounds);
    struct dbr *r = req_read(q, e);
    for (size_t i = 0; r && i < v.f.units.n; i++) {
        struct stay_late_rows rows;
        struct stay_late_in in = { .unit = v.f.units.v[i].code,
                                   .since = { bounds.until.us - LATE_DAYS * US_PER_DAY },
                                   .until = bounds.until };
        if (stay_late(r, q->arena, &in, &rows, e) != 0)
            return -1;
        for (size_t k = 0; k < rows.n; k++)
            *vec_push(q->arena, &v.rows) = rows.v[k];
    }
    if (!r)
        return -1;
    struct html h = res_html(q, s);
    police_late_page(&h, &v);
    return 0;
}

/* ---- the places ---- */

static void tell_guests(struct facility_line *line, const struct night *n)
{
    for (size_t i = 0; i < n->guests.n; i++) {
        if (n->guests.v[i].row->facility != line->facility.id)
            continue;
        line->guests++;
        line->late += n->guests.v[i].row->late;
    }
}

static int facilities_of(struct dbr *r, struct req *q, struct police_facilities_view *v, const struct unit_code *unit,
                         const struct night *n, struct err *e)
{
    struct facility_rows rows;
    struct facilities_search_in in = { .after = 0, .key = STR(""), .in_unit = str_of(unit->v), .most = FACILITIES_MAX };
    if (facilities_search(r, q->arena, &in, &rows, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        struct facility_line line = { .facility = facility_of(&rows.v[i]) };
        tell_guests(&line, n);
        v->silent += line.facility.open && line.guests == 0;
        *vec_push(q->arena, &v->lines) = line;
    }
    return 0;
}

int police_facilities(struct req *q, struct res *s, struct err *e)
{
    struct police_facilities_view v;
    struct night n;
    memset(&v, 0, sizeof(v));
    if (frame(q, POLICE_FACILITIES, &v.f, e) != 0)
        return -1;
    struct dbr *r = req_read(q, e);
    if (!r || night_load(r, q->arena, &v.f.units, v.f.day, &n, e) != 0)
        return -1;
    for (size_t i = 0; i < v.f.units.n; i++)
        if (facilities_of(r, q, &v, &v.f.units.v[i].code, &n, e) != 0)
            return -1;
    struct html h = res_html(q, s);
    police_facilities_page(&h, &v);
    return 0;
}

static int arrivals(struct dbr *r, struct req *q, struct police_facility_view *v, struct err *e)
{
    enum { DAYS = 30 };
    struct stay_arrivals_by_day_rows rows;
    struct day today = instant_day(q->now);
    struct stay_arrivals_by_day_in in = { .unit = v->facility.unit,
                                          .since = day_at((struct day) { today.n - DAYS + 1 }, 0, 0),
                                          .facility = v->facility.id };
    if (stay_arrivals_by_day(r, q->arena, &in, &rows, e) != 0)
        return -1;
    v->series.title = MSGS("Khách đến trong 30 ngày");
    v->series.unit = MSGS("khách");
    for (int i = 0; i < DAYS; i++) {
        struct day d = { today.n - DAYS + 1 + i };
        struct series_point p = { .label = str_head(day_vi(q->arena, d), 5) };
        for (size_t k = 0; k < rows.n; k++)
            p.value += rows.v[k].day_n == d.n ? rows.v[k].n : 0;
        v->arrivals += p.value;
        *vec_push(q->arena, &v->series.points) = p;
    }
    return 0;
}

int police_facility(struct req *q, struct res *s, struct err *e)
{
    struct police_facility_view v;
    int64_t id;
    memset(&v, 0, sizeof(v));
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    int found = req_param_id(q, "id", &id) ? facility_by_id(r, q->arena, id, &v.facility, e) : 0;
    if (found < 0)
        return -1;
    if (found == 0)
        return ERR(e, ERR_NOT_FOUND, "no facility");
    if (!police_may(q, &v.facility.unit))
        return ERR(e, ERR_FORBIDDEN, "facility %lld is in another commune", (long long)id);
    struct scope_unit unit = { .code = v.facility.unit };
    struct scope_units units = { &unit, 1 };
    if (night_load(r, q->arena, &units, stay_night_on(q->now), &v.night, e) != 0 || arrivals(r, q, &v, e) != 0)
        return -1;
    night_keep_facility(&v.night, id);
    struct html h = res_html(q, s);
    police_facility_page(&h, &v);
    return 0;
}

int police_live(struct req *q, struct res *s, struct err *e)
{
    struct unit_code unit;
    struct str asked = req_query(q, "unit");
    if (asked.n == 0)
        return res_live(s, STR("stays"));
    if (!unit_code_parse(asked, &unit) || !police_may(q, &unit))
        return ERR(e, ERR_FORBIDDEN, "another commune's line");
    return res_live(s, str_fmt(q->arena, "stays/%s", unit.v));
}
