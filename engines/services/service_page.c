/* service_page.c: one service for everyone: who may, what it takes, where each paper comes from, what it costs, on which law. */
#include "engines/services/catalogue.h"
#include "engines/services/state.h"

#include "base/json.h"
#include "gen/services_pages.h"
#include "platform/http/router.h"

struct str services_function_holder(const struct app *app, struct str function, struct day on)
{
    struct services_state *s = services_state(app);
    char key[96];
    if (!function.n || !s || function.n + sizeof("function.") > sizeof(key))
        return STR("");
    size_t n = 0;
    for (const char *p = "function."; *p; p++)
        key[n++] = *p;
    for (size_t i = 0; i < function.n; i++)
        key[n++] = function.p[i];
    key[n] = 0;
    return str_or_empty(pack_value_on(&s->conf, key, on));
}

/* 1 found, 0 not offered today, -1. */
static int find(struct req *q, const struct service_def **out, struct err *e)
{
    struct dbr *r = req_read(q, e);
    int got = r ? services_in_force(q->app, r, req_param(q, "code"), instant_day(q->now), out, e) : -1;
    if (got == 0)
        return ERR_SAY(e, ERR_NOT_FOUND,
                       MSGS("Hôm nay không có dịch vụ nào mang mã này. Xin tìm trong danh mục dịch vụ công."),
                       "service %.*s", STR_ARG(str_head(req_param(q, "code"), 40)));
    return got < 0 ? -1 : 0;
}

/* What it costs at least and at most: fees that depend on answers may fall away or come more than once. */
static void sum_fees(struct service_view *v)
{
    v->fees_confirmed = true;
    for (size_t i = 0; i < v->def->n_fees; i++) {
        const struct service_fee *f = &v->def->fees[i];
        bool depends = f->when || f->times != SERVICE_NO_FIELD;
        v->by_answers = v->by_answers || (depends && f->amount.dong > 0);
        v->fees_confirmed = v->fees_confirmed && f->confirmed;
        if (!depends)
            money_add(v->least, f->amount, &v->least);
        money_add(v->most, f->amount, &v->most);
    }
    v->free = v->most.dong == 0;
}

static int add_versions(struct req *q, struct service_view *v, struct err *e)
{
    struct service_versions_rows rows;
    struct dbr *r = req_read(q, e);
    struct day open;
    day_from_ymd(9999, 12, 31, &open);
    if (!r || service_versions(r, q->arena, &(struct service_versions_in) { .service = v->def->code }, &rows, e))
        return -1;
    for (size_t i = rows.n; i-- > 0;) {
        struct day until = rows.v[i].until;
        if (i + 1 < rows.n && rows.v[i + 1].since.n < until.n)
            until = rows.v[i + 1].since;
        *vec_push(q->arena, &v->versions) = (struct service_version_line) { .version = rows.v[i].version,
                                                                            .since = rows.v[i].since,
                                                                            .until = { until.n - 1 },
                                                                            .open = until.n == open.n,
                                                                            .current = rows.v[i].id == v->def->id };
    }
    return 0;
}

static int add_children(struct req *q, struct service_view *v, struct err *e)
{
    struct dbr *r = req_read(q, e);
    for (size_t i = 0; r && i < v->def->n_children; i++) {
        struct service_row_row row;
        int got = service_row(r, q->arena, &(struct service_row_in) { .code = v->def->children[i].service }, &row, e);
        if (got < 0)
            return -1;
        if (got == 1)
            *vec_push(q->arena, &v->children) = (struct service_link) { row.code, row.name };
    }
    return r ? 0 : -1;
}

/* The link stands only where somebody takes forms: a program without that model shows what there is and no more. */
static struct str apply_path(struct req *q, const struct service_def *def)
{
    struct str path = str_fmt(q->arena, "/nop/%.*s", STR_ARG(def->code));
    const struct route_slot *slot;
    struct str values[ROUTE_PARAMS_MOST];
    return def->level != SERVICE_INFO && router_find(q->app->router, METHOD_GET, path, &slot, values) == ROUTE_FOUND
               ? path
               : STR("");
}

int services_one_get(struct req *q, struct res *s, struct err *e)
{
    const struct service_def *def;
    return find(q, &def, e) ? -1 : services_show(q, s, def, e);
}

int services_show(struct req *q, struct res *s, const struct service_def *def, struct err *e)
{
    struct service_view v = { .def = def };
    v.agency = services_function_holder(q->app, v.def->function, instant_day(q->now));
    v.time = v.def->level == SERVICE_INFO ? STR("") : services_time_words(q->arena, q->lang, v.def);
    v.delivery = services_delivery_words(q->arena, q->lang, v.def->result.delivery);
    v.apply = apply_path(q, v.def);
    sum_fees(&v);
    if (add_versions(q, &v, e) || add_children(q, &v, e))
        return -1;
    struct html h = res_html(q, s);
    services_one(&h, &v);
    return 0;
}

/* ---- JSON: what was published, with its names ---- */

int services_one_json(struct req *q, struct res *s, struct err *e)
{
    const struct service_def *def;
    struct service_version_body_row row;
    struct json_out j;
    if (find(q, &def, e) ||
        service_version_body(req_read(q, e), q->arena, &(struct service_version_body_in) { .id = def->id }, &row, e) != 1)
        return -1;
    json_out_init(&j, &s->body);
    json_out_open(&j);
    json_out_str(&j, "code", def->code);
    json_out_str(&j, "hash", str_hex(q->arena, def->hash.b, sizeof(def->hash.b)));
    json_out_str(&j, "name", row.name);
    json_out_str(&j, "national_code", row.national_code);
    json_out_str(&j, "sector", row.sector);
    json_out_str(&j, "sector_name", row.sector_name);
    json_out_raw(&j, "version", row.body);
    json_out_end(&j);
    s->type = STR("application/json; charset=utf-8");
    return 0;
}
