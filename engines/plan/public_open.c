/* public_open.c: what is published as open data: one row for each row of the plan in each closed month. Names of columns and keys
 * are fixed and English, so that a program of last year reads the file of next year. An absent number is an empty cell or an
 * absent key, never 0.
 */
#include "engines/plan/public.h"

#include "base/csv.h"
#include "base/json.h"
#include "engines/plan/inside.h"

enum { MONTHS_EXPORTED = 120 };

static int read_months(struct req *q, struct public_months *months, struct err *e)
{
    struct dbr *r = req_read(q, e);
    return r ? public_months_read(q->app, r, q->arena, MONTHS_EXPORTED, months, e) : -1;
}

static void put_licence_header(struct req *q, struct res *s)
{
    res_header(q, s, STR("Link"), STR("<" PLAN_LICENCE_URL ">; rel=\"license\""));
}

/* ---- CSV ---- */

static struct str int_text(struct arena *a, bool there, int64_t n)
{
    return there ? str_fmt(a, "%lld", (long long)n) : STR("");
}

static void put_line(struct req *q, struct buf *b, const struct plan_overview *o, const struct plan_line *l)
{
    struct arena *a = q->arena;
    const struct plan_said *due = &l->said[PLAN_DEADLINE];
    const struct plan_number *n = plan_line_number(l);
    bool counted = n && n->counted;
    csv_put(b, plan_month_iso(a, o->month), ',');
    csv_put(b, int_text(a, true, l->number), ',');
    csv_put(b, l->group, ',');
    csv_put(b, l->name, ',');
    csv_put(b, agencies_words(a, &l->leads), ',');
    csv_put(b, due->has_day && !due->disputed ? day_iso(a, due->day) : STR(""), ',');
    csv_put(b, str_of(status_name(l->status)), ',');
    csv_put(b, int_text(a, l->claimed, l->claim), ',');
    csv_put(b, counted && n->measure ? str_of(n->measure->name) : STR(""), ',');
    csv_put(b, int_text(a, counted, counted ? n->numerator : 0), ',');
    csv_put(b, int_text(a, counted && n->denominator > 0, counted ? n->denominator : 0), ',');
    csv_put(b, counted ? day_iso(a, n->on) : STR(""), ',');
    csv_put(b, STR(PLAN_LICENCE), '\n');
}

int public_csv(struct req *q, struct res *s, struct err *e)
{
    struct public_months months;
    if (read_months(q, &months, e) != 0 || res_download(q, s, "text/csv; charset=utf-8", STR("ke-hoach-de-an-06.csv")) != 0)
        return -1;
    put_licence_header(q, s);
    buf_lit(&s->body, CSV_MARK "month,model,group,name,lead,due,status,claimed_percent,"
                               "measure,numerator,denominator,measured_on,licence\r\n");
    for (size_t i = 0; i < months.n; i++)
        for (size_t j = 0; j < months.v[i].n_lines; j++)
            put_line(q, &s->body, &months.v[i], &months.v[i].lines[j]);
    return 0;
}

/* ---- JSON ---- */

static void put_count(struct req *q, struct json_out *j, const struct plan_number *n)
{
    json_out_object(j, "counted");
    if (n->denominator > 0)
        json_out_int(j, "denominator", n->denominator);
    if (n->measure)
        json_out_str(j, "measure", str_of(n->measure->name));
    json_out_int(j, "numerator", n->numerator);
    json_out_str(j, "on", day_iso(q->arena, n->on));
    json_out_str(j, "unit", n->unit);
    json_out_str(j, "what", n->what);
    json_out_end(j);
}

static void put_due(struct req *q, struct json_out *j, const struct plan_said *due)
{
    json_out_object(j, "due");
    json_out_str(j, "appendix", due->appendix);
    json_out_str(j, "body", due->body);
    if (due->has_day && !due->disputed)
        json_out_str(j, "day", day_iso(q->arena, due->day));
    json_out_bool(j, "disputed", due->disputed);
    json_out_end(j);
}

static void put_model(struct req *q, struct json_out *j, const struct plan_line *l)
{
    const struct plan_number *n = plan_line_number(l);
    json_out_item_object(j);
    if (l->claimed)
        json_out_int(j, "claimed_percent", l->claim);
    if (n && n->counted)
        put_count(q, j, n);
    json_out_str(j, "done", l->did);
    put_due(q, j, &l->said[PLAN_DEADLINE]);
    json_out_str(j, "group", l->group);
    json_out_array(j, "lead");
    for (size_t i = 0; i < l->leads.n; i++)
        json_out_item_str(j, l->leads.v[i].name);
    json_out_end(j);
    json_out_str(j, "name", l->name);
    json_out_int(j, "number", l->number);
    json_out_str(j, "promise", l->goal);
    json_out_str(j, "status", str_of(status_name(l->status)));
    json_out_end(j);
}

static void put_month(struct req *q, struct json_out *j, const struct plan_overview *o)
{
    json_out_item_object(j);
    json_out_array(j, "models");
    for (size_t i = 0; i < o->n_lines; i++)
        put_model(q, j, &o->lines[i]);
    json_out_end(j);
    json_out_str(j, "month", plan_month_iso(q->arena, o->month));
    json_out_end(j);
}

int public_json(struct req *q, struct res *s, struct err *e)
{
    struct public_months months;
    struct json_out j;
    if (read_months(q, &months, e) != 0)
        return -1;
    put_licence_header(q, s);
    s->type = STR("application/json");
    json_out_init(&j, &s->body);
    json_out_open(&j);
    json_out_str(&j, "licence", STR(PLAN_LICENCE));
    json_out_str(&j, "licence_url", STR(PLAN_LICENCE_URL));
    json_out_str(&j, "mode", str_of(q->app->settings.mode));
    json_out_array(&j, "months");
    for (size_t i = 0; i < months.n; i++)
        put_month(q, &j, &months.v[i]);
    json_out_end(&j);
    json_out_str(&j, "plan", plan_state(q->app)->number);
    json_out_end(&j);
    return 0;
}
