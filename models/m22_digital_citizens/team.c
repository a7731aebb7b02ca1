/* team.c: where the team goes: hamlets of its communes, and in a hamlet the doors where somebody still lacks something. */
#include "models/m22_digital_citizens/pages.h"

#include "gen/digital_citizens_pages.h"

#include <string.h>

enum { PAGE_ROWS = 50 };

/* ---- hamlets ---- */

static int load_commune(struct req *q, struct dbr *r, const struct asset_births *b, const struct scope_unit *u,
                        struct team_view *v, struct err *e)
{
    struct digital_hamlets_rows rows;
    struct digital_hamlets_in in = { .on = instant_day(q->now),
                                     .unit = u->id,
                                     .born_1 = b->v[ASSET_EID],
                                     .born_2 = b->v[ASSET_PAYMENT],
                                     .born_4 = b->v[ASSET_ADDRESS],
                                     .born_8 = b->v[ASSET_SIGNATURE] };
    if (digital_hamlets(r, q->arena, &in, &rows, e) != 0)
        return -1;
    struct commune_lines *c = vec_push(q->arena, &v->communes);
    c->label = scope_unit_label(q->arena, u);
    for (size_t i = 0; i < rows.n; i++) {
        struct hamlet_line line = { .id = rows.v[i].id,
                                    .people = rows.v[i].people,
                                    .left = rows.v[i].people - rows.v[i].complete,
                                    .name = rows.v[i].name };
        *vec_push(q->arena, &c->hamlets) = line;
        v->people += line.people;
        v->left += line.left;
    }
    return 0;
}

static int count_doubles(struct req *q, struct dbr *r, struct team_view *v, struct err *e)
{
    struct digital_doubles_rows rows;
    if (digital_doubles(r, q->arena, &rows, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++)
        v->doubles += req_may(q, DIGITAL_SETTLE, &rows.v[i].unit, 0) != NULL;
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
    struct asset_births b = asset_births_on(asset_ages_of(q->app), q->arena, instant_day(q->now));
    for (size_t i = 0; i < units.n; i++)
        if (load_commune(q, r, &b, &units.v[i], &v, e) != 0)
            return -1;
    v.may_settle = req_may(q, DIGITAL_SETTLE, NULL, 0) != NULL;
    if (v.may_settle && count_doubles(q, r, &v, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    digital_team(&h, &v);
    return 0;
}

/* ---- doors of a hamlet ---- */

/* What lies in another commune is answered as what does not exist. */
static int hamlet_of_request(struct req *q, struct dbr *r, struct digital_hamlet_row *out, struct err *e)
{
    int64_t id;
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "hamlet id");
    int got = digital_hamlet(r, q->arena, &(struct digital_hamlet_in) { .id = id }, out, e);
    if (got < 0)
        return -1;
    if (got == 0 || !req_may(q, DIGITAL_VISIT, &out->code, 0))
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
    v->pager = (struct pager_view) { .from = listed > 0 ? from + 1 : 0, .to = to, .total = listed };
    if (page > 1)
        v->pager.previous = str_fmt(q->arena, "%.*spage=%lld", STR_ARG(here), (long long)page - 1);
    if (to < listed)
        v->pager.next = str_fmt(q->arena, "%.*spage=%lld", STR_ARG(here), (long long)page + 1);
    v->households.v += from;
    v->households.n = (size_t)(to - from);
}

static void fill_doors(struct req *q, struct hamlet_view *v, const struct digital_households_rows *rows)
{
    int64_t with_left = 0;
    for (size_t i = 0; i < rows->n; i++) {
        const struct digital_households_row *d = &rows->v[i];
        int64_t left = d->people - d->complete;
        v->people += d->people;
        v->left += left;
        with_left += left > 0;
        if (left > 0 || all_asked(q))
            *vec_push(q->arena, &v->households) = *d;
    }
    fill_tabs(q, v, with_left, (int64_t)rows->n);
    turn_page(q, v, (int64_t)v->households.n);
}

int hamlet_prepare(struct req *q, struct err *e)
{
    struct hamlet_view *v = arena_new(q->arena, struct hamlet_view);
    struct digital_households_rows rows;
    struct dbr *r = req_read(q, e);
    if (!r || hamlet_of_request(q, r, &v->hamlet, e) != 0)
        return -1;
    struct asset_births b = asset_births_on(asset_ages_of(q->app), q->arena, instant_day(q->now));
    struct digital_households_in in = { .on = instant_day(q->now),
                                        .unit = v->hamlet.unit,
                                        .hamlet = v->hamlet.id,
                                        .born_1 = b.v[ASSET_EID],
                                        .born_2 = b.v[ASSET_PAYMENT],
                                        .born_4 = b.v[ASSET_ADDRESS],
                                        .born_8 = b.v[ASSET_SIGNATURE] };
    if (digital_households(r, q->arena, &in, &rows, e) != 0)
        return -1;
    fill_doors(q, v, &rows);
    q->work = v;
    return 0;
}

/* The list shows heads of households by name: one record for the list. */
int hamlet_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct hamlet_view *v = q->work;
    struct audit_record rec = audit_of(q, STR("digital.list_seen"));
    rec.unit = v->hamlet.code;
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
