/* api.c: one case for a program: an officer of the place, or the applicant. The look is on the log. */
#include "engines/cases/inside.h"

#include "base/json.h"

struct json_work {
    struct case_view c;
    struct case_steps steps;
    struct case_papers papers;
    struct str why; /* it is due when it is */
};

int case_json_prepare(struct req *q, struct err *e)
{
    struct json_work *w = arena_new(q->arena, struct json_work);
    struct case_number n;
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    if (!case_number_parse(q->arena, req_param(q, "number"), &n))
        return ERR(e, ERR_NOT_FOUND, "no number of a case");
    int got = case_by_number(q->app, r, q->arena, &n, &w->c, e);
    if (got < 0)
        return -1;
    if (got == 0 || !case_may_read(q, &w->c))
        return ERR(e, ERR_NOT_FOUND, "no such case, or not theirs");
    q->work = w;
    return case_steps_of(q->app, r, q->arena, &w->c, 0, &w->steps, e) ||
                   case_papers_of(r, q->arena, w->c.id, false, &w->papers, e) ||
                   case_explain(q->app, r, q->arena, w->c.id, &w->why, e)
               ? -1
               : 0;
}

int case_json_write(struct req *q, struct tx *tx, struct err *e)
{
    struct json_work *w = q->work;
    struct case_by by = case_by_request(q);
    return case_seen(tx, &by, &w->c, e);
}

static void put_time(struct json_out *j, struct arena *a, const char *key, struct instant t)
{
    json_out_str(j, key, t.us ? instant_iso(a, t) : STR_NONE);
}

static struct str hash_or_none(struct arena *a, const struct case_paper *p)
{
    return p->has_file || p->body.n ? str_hex(a, p->hash.b, sizeof p->hash.b) : STR_NONE;
}

static void put_papers(struct json_out *j, struct arena *a, const struct case_papers *papers)
{
    json_out_array(j, "papers");
    for (size_t i = 0; i < papers->n; i++) {
        const struct case_paper *p = &papers->v[i];
        json_out_item_object(j);
        put_time(j, a, "as_of", p->as_of);
        json_out_str(j, "name", p->name);
        json_out_str(j, "sha256", hash_or_none(a, p));
        json_out_str(j, "slot", p->slot);
        json_out_str(j, "source", p->source);
        json_out_end(j);
    }
    json_out_end(j);
}

static void put_steps(struct json_out *j, struct arena *a, const struct case_steps *steps)
{
    json_out_array(j, "steps");
    for (size_t i = 0; i < steps->n; i++) {
        const struct case_step *s = &steps->v[i];
        json_out_item_object(j);
        put_time(j, a, "at", s->at);
        json_out_int(j, "audit", s->audit);
        json_out_str(j, "label", s->label);
        json_out_str(j, "move", s->move);
        json_out_str(j, "name", s->name);
        json_out_str(j, "to", s->to_state);
        json_out_end(j);
    }
    json_out_end(j);
}

int case_json_reply(struct req *q, struct res *s, struct err *e)
{
    const struct json_work *w = q->work;
    const struct case_view *c = &w->c;
    struct json_out j;
    (void)e;
    s->type = STR("application/json");
    json_out_init(&j, &s->body);
    json_out_open(&j);
    json_out_str(&j, "agency", c->agency);
    json_out_str(&j, "channel", case_channel_name(c->channel));
    put_time(&j, q->arena, "due", c->due);
    json_out_str(&j, "due_because", w->why);
    put_time(&j, q->arena, "ended", c->ended_at);
    json_out_int(&j, "fee", c->fee.dong);
    json_out_str(&j, "mode", c->mode);
    put_time(&j, q->arena, "made", c->made_at);
    json_out_str(&j, "name", c->name);
    json_out_int(&j, "national", c->state->national);
    json_out_str(&j, "number", c->number_text);
    json_out_str(&j, "owner", case_owner_name(c->owner));
    put_papers(&j, q->arena, &w->papers);
    json_out_str(&j, "promised", c->has_promise ? day_iso(q->arena, c->promised) : STR_NONE);
    put_time(&j, q->arena, "received", c->received_at);
    json_out_int(&j, "revision", c->revision);
    json_out_str(&j, "service", c->service.code);
    json_out_str(&j, "service_name", c->service.name);
    json_out_str(&j, "state", c->state->id);
    put_steps(&j, q->arena, &w->steps);
    json_out_str(&j, "unit", unit_code_str(&c->unit));
    json_out_int(&j, "version", c->service.version);
    json_out_end(&j);
    return 0;
}
