/* team.c: where the team goes: hamlets of its communes, and in a hamlet the doors where somebody still lacks something. */
#include "models/m22_digital_citizens/pages.h"

#include "gen/digital_citizens_pages.h"

#include <string.h>

enum { PAGE_ROWS = 50 };

/* ---- hamlets ---- */

/* People who need something, sorted into places. */
struct gathering {
    struct req *q;
    struct day on;
    VEC(struct person_assets) people;
};

static void take_needs(struct gathering *g, const struct resident_at *p, int64_t place)
{
    int64_t needs = assets_needed(asset_ages_of(g->q->app), p->born, g->on);
    if (needs != 0)
        *vec_push(g->q->arena, &g->people) = (struct person_assets) { .person = p->person, .place = place, .needs = needs };
}

static int take_into_hamlet(void *ctx, const struct resident_at *p)
{
    take_needs(ctx, p, p->hamlet);
    return 0;
}

static struct hamlet_line *hamlet_in(struct hamlet_line *lines, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (lines[i].id == id)
            return &lines[i];
    return NULL;
}

static void count_people(struct hamlet_line *lines, size_t n, const struct gathering *g)
{
    struct hamlet_line *line = NULL;
    for (size_t i = 0; i < g->people.n; i++) {
        const struct person_assets *p = &g->people.v[i];
        if (!line || line->id != p->place)
            line = hamlet_in(lines, n, p->place);
        if (!line)
            continue;
        line->people++;
        line->left += (p->needs & p->held) != p->needs;
    }
}

static int load_commune(struct req *q, struct dbr *r, const struct scope_unit *u, struct team_view *v, struct err *e)
{
    struct gathering g = { .q = q, .on = instant_day(q->now) };
    struct hamlet *hamlets;
    size_t n;
    if (hamlets_of_commune(r, q->arena, u->id, &hamlets, &n, e) != 0 ||
        commune_residents_each(r, q->arena, u->id, g.on, take_into_hamlet, &g, e) != 0 ||
        assets_held(r, q->arena, g.on, g.people.v, g.people.n, e) != 0)
        return -1;
    struct hamlet_line *lines = arena_new_array(q->arena, struct hamlet_line, n);
    for (size_t i = 0; i < n; i++)
        lines[i] = (struct hamlet_line) { .id = hamlets[i].id, .name = hamlets[i].name };
    count_people(lines, n, &g);
    struct commune_lines *c = vec_push(q->arena, &v->communes);
    c->label = scope_unit_label(q->arena, u);
    for (size_t i = 0; i < n; i++) {
        if (lines[i].people == 0)
            continue;
        *vec_push(q->arena, &c->hamlets) = lines[i];
        v->people += lines[i].people;
        v->left += lines[i].left;
    }
    return 0;
}

static int count_waiting(struct req *q, struct dbr *r, struct team_view *v, struct err *e)
{
    struct digital_offline_looks_rows looks;
    double_lines doubles = { 0 };
    if (doubles_read(q, &doubles, e) != 0 || digital_offline_looks(r, q->arena, &looks, e) != 0)
        return -1;
    v->doubles = (int64_t)doubles.n;
    for (size_t i = 0; i < looks.n; i++)
        v->looks += req_may(q, DIGITAL_SETTLE, &looks.v[i].unit, 0) != NULL;
    return 0;
}

int team_get(struct req *q, struct res *s, struct err *e)
{
    struct team_view v;
    struct scope_units units;
    memset(&v, 0, sizeof(v));
    struct dbr *r = req_read(q, e);
    if (!r || scope_units_read(q, DIGITAL_VISIT, &units, e) != 0)
        return -1;
    for (size_t i = 0; i < units.n; i++)
        if (load_commune(q, r, &units.v[i], &v, e) != 0)
            return -1;
    v.may_settle = req_may(q, DIGITAL_SETTLE, NULL, 0) != NULL;
    if (v.may_settle && count_waiting(q, r, &v, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    digital_team(&h, &v);
    return 0;
}

/* ---- doors of a hamlet ---- */

/* What lies in another commune is answered as what does not exist. */
int hamlet_of_request(struct req *q, struct dbr *r, const char *permission, struct hamlet *out, struct err *e)
{
    int64_t id;
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "hamlet id");
    int got = hamlet_by_id(r, q->arena, id, out, e);
    if (got < 0)
        return -1;
    if (got == 0 || !req_may(q, permission, &out->unit, 0))
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không có thôn, bon, tổ dân phố này trong địa bàn của bạn."), "hamlet %lld",
                       (long long)id);
    return 0;
}

static bool all_asked(const struct req *q)
{
    return str_eq(req_query(q, "show"), STR("all"));
}

static void fill_tabs(struct req *q, struct hamlet_view *v, int64_t left, int64_t all)
{
    int64_t id = v->hamlet.id;
    v->tabs.label = MSGS("Hộ nào");
    *vec_push(q->arena, &v->tabs.tabs) =
        (struct tab_view) { .label = MSGS("Còn người thiếu"),
                            .counted = true,
                            .count = left,
                            .href = str_fmt(q->arena, "/digital-citizens/hamlets/%lld", (long long)id),
                            .current = !all_asked(q) };
    *vec_push(q->arena, &v->tabs.tabs) =
        (struct tab_view) { .label = MSGS("Mọi hộ"),
                            .counted = true,
                            .count = all,
                            .current = all_asked(q),
                            .href = str_fmt(q->arena, "/digital-citizens/hamlets/%lld?show=all", (long long)id) };
}

static void turn_page(struct req *q, struct hamlet_view *v, int64_t listed)
{
    int64_t page = 1;
    if (!str_to_i64(req_query(q, "page"), &page) || page < 1 || (page - 1) * PAGE_ROWS >= listed)
        page = 1;
    int64_t from = (page - 1) * PAGE_ROWS, to = from + PAGE_ROWS < listed ? from + PAGE_ROWS : listed;
    struct str here =
        str_fmt(q->arena, "/digital-citizens/hamlets/%lld?%s", (long long)v->hamlet.id, all_asked(q) ? "show=all&" : "");
    v->page = page;
    v->pager = (struct pager_view) { .from = listed > 0 ? from + 1 : 0, .to = to, .total = listed };
    if (page > 1)
        v->pager.previous = str_fmt(q->arena, "%.*spage=%lld", STR_ARG(here), (long long)page - 1);
    if (to < listed)
        v->pager.next = str_fmt(q->arena, "%.*spage=%lld", STR_ARG(here), (long long)page + 1);
    v->doors.v += from;
    v->doors.n = (size_t)(to - from);
}

/* Residents come household by household. */
struct door_gathering {
    struct gathering needs;
    VEC(struct door) doors;
};

static int take_into_door(void *ctx, const struct resident_at *p)
{
    struct door_gathering *g = ctx;
    struct arena *a = g->needs.q->arena;
    if (g->doors.n == 0 || g->doors.v[g->doors.n - 1].household != p->household)
        *vec_push(a, &g->doors) =
            (struct door) { .household = p->household, .code = str_dup(a, p->code), .head = str_dup(a, str_or_empty(p->head)) };
    take_needs(&g->needs, p, (int64_t)g->doors.n - 1);
    return 0;
}

static void count_doors(struct door_gathering *g)
{
    for (size_t i = 0; i < g->needs.people.n; i++) {
        const struct person_assets *p = &g->needs.people.v[i];
        struct door *d = &g->doors.v[p->place];
        d->people++;
        d->complete += (p->needs & p->held) == p->needs;
    }
}

static void fill_doors(struct req *q, struct hamlet_view *v, const struct door_gathering *g)
{
    int64_t with_left = 0, all = 0;
    for (size_t i = 0; i < g->doors.n; i++) {
        const struct door *d = &g->doors.v[i];
        int64_t left = d->people - d->complete;
        if (d->people == 0)
            continue;
        all++;
        v->people += d->people;
        v->left += left;
        with_left += left > 0;
        if (left > 0 || all_asked(q))
            *vec_push(q->arena, &v->doors) = *d;
    }
    fill_tabs(q, v, with_left, all);
    turn_page(q, v, (int64_t)v->doors.n);
}

static int fill_visits(struct req *q, struct dbr *r, struct hamlet_view *v, struct err *e)
{
    for (size_t i = 0; i < v->doors.n; i++) {
        struct door *d = &v->doors.v[i];
        struct digital_visited_on_row row;
        if (digital_visited_on(r, q->arena, &(struct digital_visited_on_in) { .household = d->household }, &row, e) < 0)
            return -1;
        d->has_visited_on = row.has_visited_on;
        d->visited_on = row.visited_on;
    }
    return 0;
}

int hamlet_prepare(struct req *q, struct err *e)
{
    struct hamlet_view *v = arena_new(q->arena, struct hamlet_view);
    struct door_gathering g = { .needs = { .q = q, .on = instant_day(q->now) } };
    struct dbr *r = req_read(q, e);
    if (!r || hamlet_of_request(q, r, DIGITAL_VISIT, &v->hamlet, e) != 0 ||
        hamlet_residents_each(r, q->arena, &v->hamlet, g.needs.on, take_into_door, &g, e) != 0 ||
        assets_held(r, q->arena, g.needs.on, g.needs.people.v, g.needs.people.n, e) != 0)
        return -1;
    count_doors(&g);
    fill_doors(q, v, &g);
    q->work = v;
    return fill_visits(q, r, v, e);
}

/* The list shows heads of households by name: one record for the list. */
int hamlet_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct hamlet_view *v = q->work;
    struct audit_record rec = audit_of(q, STR("digital.list_seen"));
    rec.unit = v->hamlet.unit;
    rec.object = str_fmt(q->arena, "hamlet/%lld", (long long)v->hamlet.id);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int hamlet_page(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct html h = res_html(q, s);
    digital_hamlet_page(&h, q->work);
    return 0;
}
