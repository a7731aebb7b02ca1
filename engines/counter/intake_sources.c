/* intake_sources.c: at the counter, too, data is asked from where it lies; a source that is down is a choice that the citizen makes at
 * the desk. */
#include "engines/counter/intake.h"

#include "gen/counter_pages.h"

int intake_sources_read(struct req *q, struct intake *k, struct err *e)
{
    struct dbr *r = req_read(q, e);
    k->desk = (struct source_desk) { .app = q->app,
                                     .arena = q->arena,
                                     .holder = str_fmt(q->arena, "intake/%lld", (long long)k->row.id),
                                     .path = intake_path(q->arena, k->row.id, "/receive"),
                                     .person = k->row.has_person ? k->row.person : 0,
                                     .answers = &k->answers };
    return r ? sources_of(r, &k->desk, q->now, &k->takes, e) : -1;
}

int intake_sources_ask(struct req *q, struct intake *k, struct err *e)
{
    if (sources_far(&k->takes, q->now) && !req_may_wait(q))
        return ERR(e, ERR_BUSY, "another system is to be waited for");
    db_read_end(q->reader); /* not held while waiting for another system */
    q->reader = NULL;
    return sources_ask(&k->desk, q->now, &k->takes, e);
}

int intake_sources_refuse(struct req *q, const struct intake *k, struct err *e)
{
    const struct source_take *t = sources_open(&k->takes);
    if (!t)
        return 0;
    struct tr_arg args[] = { { "source", t->label }, { "paper", t->paper->name } };
    return ERR_SAY(
        e, ERR_CONFLICT,
        tr_fill(q->arena, q->lang,
                MSGS("{source} chưa cho dữ liệu về: {paper}. Xin hỏi người nộp rồi chọn ở thẻ của giấy tờ đó; không yêu cầu "
                     "mang giấy."),
                args, 2),
        "slot %.*s is open", STR_ARG(t->paper->id));
}

void intake_sources_draw(struct html *h, const struct intake *k, struct str key)
{
    struct str action = intake_path(h->arena, k->row.id, "/sources");
    for (size_t i = 0; i < k->takes.n; i++) {
        counter_intake_source__head(h, &k->takes.v[i]);
        sources_draw_take(h, &k->takes.v[i], action, str_fmt(h->arena, "%.*s-s", STR_ARG(key)), (int64_t)i);
        counter_intake_source__tail(h, &k->takes.v[i]);
    }
}

/* ---- the last look asks ---- */

struct looking {
    struct intake k;
    bool asked;
};

int intake_look_prepare(struct req *q, struct err *e)
{
    struct looking *w = q->work = arena_new(q->arena, struct looking);
    if (intake_find_chosen(q, &w->k, e))
        return -1;
    services_answers_prune(&w->k.answers);
    if (intake_sources_read(q, &w->k, e))
        return -1;
    w->asked = sources_to_ask(&w->k.takes, q->now);
    return w->asked ? intake_sources_ask(q, &w->k, e) : 0;
}

int intake_look_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct looking *w = q->work;
    struct audit_record rec = audit_of(q, STR("sources.asked"));
    if (w->asked)
        return sources_keep(tx, &rec, &w->k.desk, &w->k.takes, e);
    tx_unaudited(tx, "an application that its clerk goes on with; no source was asked");
    return 0;
}

/* ---- the citizen's choice ---- */

struct choosing {
    struct intake k;
    struct source_choice choice;
};

int intake_source_prepare(struct req *q, struct err *e)
{
    struct choosing *w = q->work = arena_new(q->arena, struct choosing);
    if (intake_find_chosen(q, &w->k, e))
        return -1;
    services_answers_prune(&w->k.answers);
    return intake_sources_read(q, &w->k, e) ||
                   sources_choice(&w->k.takes, req_form(q, "slot"), str_or_empty(req_form(q, "choice")), &w->choice, e)
               ? -1
               : 0;
}

int intake_source_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct choosing *w = q->work;
    return sources_choose(tx, &w->k.desk, &w->choice, e);
}
