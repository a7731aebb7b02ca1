/* api.c: the same numbers as JSON, CSV and XLSX. */
#include "engines/indicators/pages.h"

#include "base/json.h"
#include "platform/office/export.h"

enum { SERIES_MOST = 92 };

static int load(struct req *q, const struct question *asked, int days, const struct indicator_table **out, struct err *e)
{
    struct indicator_table *tables;
    struct dbr *r = req_read(q, e);
    struct day first = { asked->day.n - days + 1 };
    if (!r || indicator_tables(q->app, r, q->arena, asked->measure, first, asked->day, &tables, e) != 0)
        return -1;
    *out = tables;
    return 0;
}

/* ---- JSON ---- */

static void put_cell(struct json_out *j, struct cell c)
{
    if (c.hidden)
        json_out_bool(j, "hidden", true);
    else
        json_out_int(j, "n", c.n);
}

static void put_areas(struct json_out *j, const struct indicator_areas *areas)
{
    json_out_array(j, "areas");
    for (size_t i = 0; i < areas->n; i++) {
        json_out_item_object(j);
        json_out_str(j, "code", unit_code_str(&areas->v[i].code));
        if (areas->v[i].cell.hidden)
            json_out_bool(j, "hidden", true);
        else
            json_out_int(j, "n", areas->v[i].cell.n);
        json_out_str(j, "name", areas->v[i].name);
        json_out_end(j);
    }
    json_out_end(j);
}

static void put_series(struct req *q, struct json_out *j, const struct indicator_table *days, size_t n)
{
    json_out_array(j, "series");
    for (size_t i = 0; i < n; i++) {
        if (!days[i].known)
            continue;
        json_out_item_object(j);
        json_out_str(j, "day", day_iso(q->arena, days[i].day));
        put_cell(j, days[i].total);
        json_out_end(j);
    }
    json_out_end(j);
}

static int series_days(struct req *q, int *out, struct err *e)
{
    int64_t days = 1;
    struct str typed = req_query(q, "days");
    if (typed.n > 0 && (!str_to_i64(typed, &days) || days < 1 || days > SERIES_MOST))
        return ERR_SAY(e, ERR_INPUT, MSGS("Số ngày của chuỗi là từ 1 đến 92."), "days");
    *out = (int)days;
    return 0;
}

static void put_answer(struct req *q, struct json_out *j, const struct question *asked, const struct indicator_table *days, int n)
{
    const struct indicator_table *t = &days[n - 1];
    json_out_open(j);
    put_areas(j, &t->areas[asked->geography]);
    json_out_bool(j, "closed", t->closed);
    if (t->known)
        json_out_str(j, "computed_at", instant_iso(q->arena, t->computed_at));
    json_out_str(j, "day", day_iso(q->arena, t->day));
    json_out_str(j, "definition", tr(q->lang, measure_texts[asked->measure].definition));
    json_out_str(j, "geography", geography_text(asked->geography));
    json_out_bool(j, "known", t->known);
    json_out_str(j, "measure", measure_texts[asked->measure].name);
    json_out_str(j, "mode", str_of(q->app->settings.mode));
    if (n > 1)
        put_series(q, j, days, (size_t)n);
    json_out_int(j, "threshold", indicators_threshold(q->app));
    json_out_str(j, "title", tr(q->lang, measure_texts[asked->measure].title));
    json_out_object(j, "total");
    put_cell(j, t->total);
    json_out_end(j);
    json_out_str(j, "unit", tr(q->lang, measure_texts[asked->measure].unit));
    json_out_end(j);
}

int indicators_api(struct req *q, struct res *s, struct err *e)
{
    struct question asked;
    struct json_out j;
    const struct indicator_table *tables;
    int days = 1;
    if (question_read(q, &asked, e) != 0 || series_days(q, &days, e) != 0 || load(q, &asked, days, &tables, e) != 0)
        return -1;
    s->type = STR("application/json");
    json_out_init(&j, &s->body);
    put_answer(q, &j, &asked, tables, days);
    return 0;
}

/* ---- as a file ---- */

static void put_row(struct req *q, struct book *b, struct str code, struct str name, struct cell c)
{
    sheet_text(b, code);
    sheet_text(b, name);
    if (c.hidden)
        sheet_text(b, tr(q->lang, MSGS("ẩn")));
    else
        sheet_whole(b, c.n);
    sheet_row_end(b);
}

int leader_file(struct req *q, struct res *s, struct err *e)
{
    struct question asked;
    const struct indicator_table *t;
    if (question_read(q, &asked, e) != 0 || load(q, &asked, 1, &t, e) != 0)
        return -1;
    struct str title = measure_texts[asked.measure].title;
    const struct sheet_column columns[] = {
        { MSG("Mã"), SHEET_TEXT, 10 },
        { MSG("Xã, phường"), SHEET_TEXT, 32 },
        { title, SHEET_WHOLE, 24 },
    };
    const struct indicator_areas *areas = &t->areas[asked.geography];
    struct book *b = export_begin(q, title);
    book_sheet(b, &(struct sheet_def) { MSGS("Số liệu theo xã"), columns, 3 });
    for (size_t i = 0; i < areas->n; i++)
        put_row(q, b, unit_code_str(&areas->v[i].code), areas->v[i].name, areas->v[i].cell);
    put_row(q, b, STR_NONE, tr(q->lang, MSGS("Toàn tỉnh")), t->total);
    return export_end(q, s, b,
                      str_fmt(q->arena, "%.*s-%.*s-%.*s", STR_ARG(measure_texts[asked.measure].name), STR_ARG(day_iso(q->arena, asked.day)),
                              STR_ARG(geography_text(asked.geography))),
                      e);
}
