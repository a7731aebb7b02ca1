/* public.c: for everyone: how many papers 100 cases of a service took, as a page, CSV and JSON. Names of columns and keys are fixed. */
#include "models/m03_paperless_services/paperless.h"

#include "base/csv.h"
#include "base/json.h"
#include "gen/paperless_services_pages.h"

enum { JSON_BYTES = 256 << 10 };

static int read(struct req *q, struct paper_lines *out, struct err *e)
{
    struct dbr *r = req_read(q, e);
    return r ? paper_lines_read(q->app, r, q->arena, q->now, out, e) : -1;
}

int paper_public_get(struct req *q, struct res *s, struct err *e)
{
    struct paper_lines lines;
    if (read(q, &lines, e))
        return -1;
    struct html h = res_html(q, s);
    paper_public(&h, &lines);
    return 0;
}

static struct str number(struct arena *a, int64_t n)
{
    return n < 0 ? STR("") : str_fmt(a, "%lld", (long long)n);
}

int paper_public_csv(struct req *q, struct res *s, struct err *e)
{
    struct paper_lines lines;
    if (read(q, &lines, e) || res_download(q, s, "text/csv; charset=utf-8", STR("giay-to-phai-nop.csv")))
        return -1;
    buf_lit(&s->body, CSV_MARK
            "service,name,from,until,papers_by_rule,sheets_by_rule,paperless,cases,papers,papers_per_100_cases\r\n");
    for (size_t i = 0; i < lines.v.n; i++) {
        const struct paper_line *l = &lines.v.v[i];
        csv_put(&s->body, l->def->code, ',');
        csv_put(&s->body, l->def->name, ',');
        csv_put(&s->body, day_iso(q->arena, lines.from), ',');
        csv_put(&s->body, day_iso(q->arena, (struct day) { lines.until.n - 1 }), ',');
        csv_put(&s->body, number(q->arena, (int64_t)l->n), ',');
        csv_put(&s->body, number(q->arena, (int64_t)l->sheets), ',');
        csv_put(&s->body, l->paperless ? STR("yes") : STR("no"), ',');
        csv_put(&s->body, number(q->arena, l->counted.cases), ',');
        csv_put(&s->body, number(q->arena, l->counted.papers), ',');
        csv_put(&s->body, number(q->arena, l->per_100), '\n');
    }
    return 0;
}

static void put_line(struct json_out *j, const struct paper_line *l)
{
    json_out_item_object(j);
    json_out_int(j, "cases", l->counted.cases);
    json_out_str(j, "code", l->def->code);
    json_out_str(j, "name", l->def->name);
    json_out_bool(j, "paperless", l->paperless);
    json_out_int(j, "papers", l->counted.papers);
    json_out_int(j, "papers_by_rule", (int64_t)l->n);
    if (l->per_100 >= 0)
        json_out_int(j, "papers_per_100_cases", l->per_100);
    json_out_int(j, "sheets_by_rule", (int64_t)l->sheets);
    json_out_end(j);
}

int paper_public_json(struct req *q, struct res *s, struct err *e)
{
    struct paper_lines lines;
    struct buf b;
    struct json_out j;
    if (read(q, &lines, e))
        return -1;
    buf_init(&b, q->arena, JSON_BYTES);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "from", day_iso(q->arena, lines.from));
    json_out_int(&j, "offered", lines.offered);
    json_out_int(&j, "paperless", lines.paperless);
    json_out_array(&j, "services");
    for (size_t i = 0; i < lines.v.n; i++)
        put_line(&j, &lines.v.v[i]);
    json_out_end(&j);
    json_out_str(&j, "until", day_iso(q->arena, (struct day) { lines.until.n - 1 }));
    json_out_end(&j);
    return res_text(s, "application/json; charset=utf-8", buf_str(&b));
}
