/* result.c: what was applied for as the paper that comes out, filled from the answers: a draft until it is signed. Opening it is
 * recorded.
 */
#include "engines/counter/inside.h"

#include "gen/counter_pages.h"

static int find_signed(struct req *q, struct dbr *r, struct result_view *v, struct err *e)
{
    struct case_letters letters;
    v->pdf = STR("");
    if (case_letters_of(r, q->arena, v->c.id, &letters, e))
        return -1;
    for (size_t i = 0; i < letters.n; i++)
        if (letters.v[i].kind == PAPER_RESULT)
            v->pdf = str_fmt(q->arena, "%.*s%lld", STR_ARG(counter_case_path(q->arena, &v->c.number, "/letters/")),
                             (long long)letters.v[i].id);
    return 0;
}

int counter_result_prepare(struct req *q, struct err *e)
{
    struct result_view *v = q->work = arena_new(q->arena, struct result_view);
    struct str json;
    struct dbr *r = req_read(q, e);
    if (!r || counter_case_find(q, &v->c, e))
        return -1;
    const struct service_def *def = services_version(q->app, r, v->c.service.version_id, e);
    int got = def ? case_answers_of(r, q->arena, v->c.id, &json, e) : -1;
    if (got < 0)
        return -1;
    if (got == 0 || def->result.name.n == 0)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Thủ tục này không có giấy kết quả."), "no result");
    services_answers_init(&v->answers, q->arena, def, instant_day(v->c.made_at));
    if (services_answers_read(&v->answers, json, e) || services_answers_places(&v->answers, r, e) || find_signed(q, r, v, e))
        return -1;
    v->def = def;
    v->is_signed = v->c.clock == CLOCK_OVER && v->c.state->national >= 9;
    v->paper = (struct paper_view) { .org = counter_unit_name(q, &v->c.unit),
                                     .number = v->c.number_text,
                                     .place = counter_unit_name(q, &v->c.unit),
                                     .on = instant_day(v->c.ended_at.us ? v->c.ended_at : q->now) };
    return 0;
}

int counter_result_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct result_view *v = q->work;
    struct case_by by = case_by_request(q);
    return case_seen(tx, &by, &v->c, e);
}

int counter_result_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct html h = res_html(q, s);
    counter_result(&h, q->work);
    return 0;
}
