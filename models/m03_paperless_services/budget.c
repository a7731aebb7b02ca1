/* budget.c: which papers a service takes by its rules, and how many its cases really took. A service is paperless when none is a sheet. */
#include "models/m03_paperless_services/paperless.h"

#include "gen/paperless_services_pages.h"

int64_t paper_per_100(const struct case_paper_count *c)
{
    return c->cases > 0 ? (c->papers * 100 + c->cases / 2) / c->cases : -1;
}

static void take_count(struct paper_line *l, const struct paper_count_rows_rows *counts, struct paper_lines *all)
{
    for (size_t i = 0; i < counts->n; i++) {
        const struct paper_count_rows_row *c = &counts->v[i];
        if (!str_eq(c->service, l->def->code))
            continue;
        l->counted = (struct case_paper_count) { c->cases, c->papers, c->declared, c->fetched, c->cached };
        all->counted_at = c->counted_at;
    }
    l->per_100 = paper_per_100(&l->counted);
}

static int read_line(struct dbr *r, struct arena *a, const struct service_def *def, struct paper_line *l, struct err *e)
{
    *l = (struct paper_line) {
        .def = def, .n = def->n_papers, .sheets = services_sheets(def), .paperless = services_is_paperless(def)
    };
    for (size_t i = 0; i < def->n_papers; i++)
        l->by_source[def->papers[i].source]++;
    return paper_check_totals(r, a, &(struct paper_check_totals_in) { .service = def->code }, &l->checks, e) < 0 ? -1 : 0;
}

int paper_lines_read(const struct app *app, struct dbr *r, struct arena *a, struct instant now, struct paper_lines *out,
                     struct err *e)
{
    service_defs defs = { 0 };
    struct paper_count_rows_rows counts;
    struct day today = instant_day(now);
    *out = (struct paper_lines) { .from = paper_first_day(today), .until = { today.n + 1 } };
    if (services_on((struct app *)app, r, a, today, &defs, e) || paper_count_rows(r, a, &counts, e))
        return -1;
    for (size_t i = 0; i < defs.n; i++) {
        if (defs.v[i]->level == SERVICE_INFO)
            continue;
        struct paper_line *l = vec_push(a, &out->v);
        if (read_line(r, a, defs.v[i], l, e))
            return -1;
        take_count(l, &counts, out);
        out->offered++;
        out->paperless += l->paperless;
    }
    return 0;
}

int paper_budget_get(struct req *q, struct res *s, struct err *e)
{
    struct budget_view v = { .app = q->app,
                             .today = instant_day(q->now),
                             .key = req_form_key(q),
                             .may_stop = req_may(q, PAPER_STOP, NULL, 0) != NULL };
    struct dbr *r = req_read(q, e);
    if (!r || paper_lines_read(q->app, r, q->arena, q->now, &v.lines, e) || sources_outages(r, q->arena, &v.outages, e))
        return -1;
    struct html h = res_html(q, s);
    paper_budget(&h, &v);
    return 0;
}

/* ---- who asks for what need not be asked ---- */

enum { TRIES_A_PAGE = 50 };

int paper_tries_get(struct req *q, struct res *s, struct err *e)
{
    struct tries_view v = { .next = STR("") };
    int64_t before = 0;
    struct dbr *r = req_read(q, e);
    if (req_query(q, "before").n && (!str_to_i64(req_query(q, "before"), &before) || before <= 0))
        return ERR(e, ERR_NOT_FOUND, "before");
    if (!r || counter_tries_of(r, q->arena, before, TRIES_A_PAGE, &v.tries, e))
        return -1;
    if (v.tries.n == TRIES_A_PAGE)
        v.next = str_fmt(q->arena, "/admin/papers/tries?before=%lld", (long long)v.tries.v[v.tries.n - 1].id);
    struct html h = res_html(q, s);
    paper_tries(&h, &v);
    return 0;
}

/* ---- outages ---- */

static const struct field outage_fields[] = {
    { .name = "system",
      .type = FIELD_TEXT,
      .required = true,
      .max = 60,
      .label = MSG("Mã nguồn dữ liệu"),
      .help = MSG("Ví dụ hotich, bhxh, dancu") },
    { .name = "reason", .type = FIELD_TEXT, .max = 200, .label = MSG("Lý do, dự kiến đến khi nào") },
    { .name = "end", .type = FIELD_HIDDEN, .max = 1 },
    { .name = NULL },
};
const struct form paper_outage_form = { .name = "paper_outage", .fields = outage_fields };

/* Only what some service asks is a source. */
static bool is_source(const service_defs *defs, struct str system)
{
    for (size_t i = 0; i < defs->n; i++)
        for (size_t k = 0; k < defs->v[i]->n_papers; k++)
            if (str_eq(defs->v[i]->papers[k].system, system))
                return true;
    return str_eq(system, SOURCE_REGISTER) || str_eq(system, SOURCE_VAULT);
}

int paper_outage_prepare(struct req *q, struct err *e)
{
    service_defs defs = { 0 };
    struct dbr *r = req_read(q, e);
    if (!r || services_on(q->app, r, q->arena, instant_day(q->now), &defs, e))
        return -1;
    if (!is_source(&defs, req_form(q, "system")))
        return req_refuse_field(q, e, "system",
                                MSGS("Không có nguồn dữ liệu mang mã này. Xin ghi như hotich, bhxh, datdai, dancu."));
    if (!req_form_has(q, "end") && !req_form_has(q, "reason"))
        return req_refuse_field(q, e, "reason", MSGS("Xin ghi lý do: người nộp và người trực sau đọc dòng này."));
    return 0;
}

int paper_outage_write(struct req *q, struct tx *tx, struct err *e)
{
    bool ends = req_form_has(q, "end");
    struct audit_record rec = audit_of(q, ends ? STR("paperless.source_back") : STR("paperless.source_out"));
    struct str system = req_form(q, "system");
    rec.object = str_fmt(q->arena, "source/%.*s", STR_ARG(system));
    int result = ends ? sources_outage_end(tx, system, e)
                      : sources_outage_begin(tx, system, req_form(q, "reason"), q->actor->name, e);
    return result || audit_write(tx, q->arena, &rec, NULL, e) ? -1 : 0;
}

int paper_outage_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q;
    (void)e;
    return res_redirect(s, STR("/admin/papers"));
}
