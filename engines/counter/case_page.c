/* case_page.c: everything about one case on one page: whose turn, when due and why, answers with their sources, papers, steps,
 * words, and what may be done now. Opening it is recorded, and the applicant sees that it was opened.
 */
#include "engines/counter/inside.h"

#include "gen/counter_pages.h"

bool case_page_is_paper(const struct case_flow_move *m)
{
    return m->paper == PAPER_SUPPLEMENT || m->paper == PAPER_REFUSAL;
}

bool case_page_needs_words(const struct case_flow_move *m)
{
    return m->reason || case_page_is_paper(m) || m->paper == PAPER_CONTROL;
}

enum tag_kind case_page_state_tag(const struct case_view *c)
{
    static const enum tag_kind tags[] = { [CLOCK_WAITING] = TAG_QUEUED,
                                          [CLOCK_RUNNING] = TAG_SENT,
                                          [CLOCK_STANDING] = TAG_PLAIN,
                                          [CLOCK_OVER] = TAG_ACCEPTED };
    return tags[c->clock];
}

struct str case_page_words(const struct case_view *c)
{
    static const struct str words[] = { [CLOCK_WAITING] = MSG("Chưa tính thời hạn: hồ sơ chưa được tiếp nhận."),
                                        [CLOCK_RUNNING] = MSG("Đang tính thời hạn."),
                                        [CLOCK_STANDING] = MSG("Đồng hồ dừng: chờ người nộp."),
                                        [CLOCK_OVER] = MSG("Đã giải quyết xong.") };
    return words[c->clock];
}

struct str case_page_paper_words(struct html *h, const struct case_paper *p)
{
    struct tr_arg args[] = { { "kind", tr(h->lang, case_given_label(p->kind)) },
                             { "at", instant_vi(h->arena, p->as_of.us ? p->as_of : p->added_at) },
                             { "mode", p->mode } };
    bool made_up = p->mode.n > 0 && !str_eq(p->mode, STR("THẬT")); /* the source's own mark, whatever the case's is */
    return tr_fill(h->arena, h->lang, made_up ? MSGS("{kind}, {at}, {mode}") : MSGS("{kind}, {at}"), args, made_up ? 3 : 2);
}

struct str case_page_href(struct html *h, const struct case_view *c, const char *part, int64_t id)
{
    struct str path = counter_case_path(h->arena, &c->number, part);
    return id ? str_fmt(h->arena, "%.*s%lld", STR_ARG(path), (long long)id) : path;
}

struct str case_page_move(struct html *h, const struct case_view *c, const struct case_flow_move *m)
{
    return str_fmt(h->arena, "%.*s%.*s", STR_ARG(case_page_href(h, c, "/moves/", 0)), STR_ARG(m->id));
}

bool case_page_is_raised(const struct case_page *v)
{
    return v->raises.n > 0 && !v->raises.v[v->raises.n - 1].settled_at.us;
}

static int read_answers(struct req *q, struct dbr *r, struct case_page *v, struct err *e)
{
    struct str json;
    struct service_answers answers;
    struct err gone = { 0 };
    const struct service_def *def = services_version(q->app, r, v->c.service.version_id, &gone);
    int got = case_answers_of(r, q->arena, v->c.id, &json, e);
    v->def = def;
    if (got < 0)
        return -1;
    if (!def || got == 0)
        return 0;
    v->has_result = def->result.name.n > 0;
    services_answers_init(&answers, q->arena, def, instant_day(v->c.made_at));
    if (services_answers_read(&answers, json, &gone))
        return 0;
    v->answers.known = true;
    return services_answers_places(&answers, r, e) || services_summary_of(&answers, q->lang, STR_NONE, &v->answers.summary, e) ? -1
                                                                                                                                 : 0;
}

static int read_complaints(struct req *q, struct dbr *r, struct case_page *v, struct err *e)
{
    struct case_complaints all;
    if (case_complaints_of(r, q->arena, v->c.id, &all, e))
        return -1;
    for (size_t i = 0; i < all.n; i++)
        *vec_push(q->arena, &v->complaints) = (struct complaint_line) { all.v[i], case_complaint_due(q->app, all.v[i].at) };
    return 0;
}

static int read_rest(struct req *q, struct dbr *r, struct case_page *v, struct err *e)
{
    int64_t id = v->c.id;
    return case_steps_of(q->app, r, q->arena, &v->c, 0, &v->steps, e) || case_papers_of(r, q->arena, id, false, &v->papers, e) ||
                   case_letters_of(r, q->arena, id, &v->letters, e) || case_messages_of(r, q->arena, id, &v->messages, e) ||
                   case_raises_of(r, q->arena, id, &v->raises, e) || read_complaints(q, r, v, e) ||
                   case_explain(q->app, r, q->arena, id, &v->why, e) < 0
               ? -1
               : 0;
}

static int read_desk(struct req *q, struct case_page *v, struct err *e)
{
    struct counter_desks all;
    counter_desks_of(q, &all);
    const struct counter_desk *desk = counter_desk_of(&all, &v->c);
    v->may_give = v->c.open && desk && case_may_work(q, &v->c, v->c.owner);
    v->may_raise = counter_may_raise(q, &v->c);
    v->may_guide = counter_may_guide(q, &v->c);
    v->may_answer = counter_may_answer(q, &v->c);
    v->may_scan = counter_may_add_scan(q, &v->c);
    v->may_pay = v->c.payment == CASE_UNPAID && case_may_work(q, &v->c, OWNER_ONE_STOP);
    return v->may_give ? counter_colleagues(q, desk, &v->colleagues, e) : 0;
}

int counter_case_prepare(struct req *q, struct err *e)
{
    struct case_page *v = q->work = arena_new(q->arena, struct case_page);
    if (counter_case_find(q, &v->c, e))
        return -1;
    struct dbr *r = req_read(q, e);
    v->place_name = counter_unit_name(q, &v->c.unit);
    v->key = req_form_key(q);
    case_moves_of(q, &v->c, &v->moves);
    return !r || read_answers(q, r, v, e) || read_rest(q, r, v, e) || read_desk(q, v, e) ? -1 : 0;
}

int counter_case_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct case_page *v = q->work;
    struct case_by by = case_by_request(q);
    return case_seen(tx, &by, &v->c, e);
}

int counter_case_reply(struct req *q, struct res *s, struct err *e)
{
    struct case_page *v = q->work;
    (void)e;
    struct html h = res_html(q, s);
    counter_scan_slots(&h, v->def, &v->slot);
    v->may_look_up = counter_look_up_slots(&h, v->def, &v->looked_up) && v->may_scan;
    counter_case__head(&h, v);
    if (v->answers.known)
        services_draw_summary(&h, &v->answers.summary);
    counter_case__tail(&h, v);
    return 0;
}
