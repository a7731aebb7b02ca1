/* follow.c: anyone who has a case's number and code sees where it stands, without an account: as a page and for programs. What comes back
 * says nothing of the applicant. Numbers can be guessed, codes cannot: wrong ones cost time (engines/credentials/throttle.h), and the page
 * answers a wrong number and a wrong code alike.
 */
#include "engines/cases/follow.h"

#include "base/json.h"
#include "engines/credentials/throttle.h"
#include "gen/cases_pages.h"

static const struct field follow_fields[] = {
    { .name = "number",
      .type = FIELD_TEXT,
      .required = true,
      .max = CASE_NUMBER_MAX + 4,
      .label = MSG("Số hồ sơ"),
      .help = MSG("Ghi trên giấy tiếp nhận, ví dụ 24763.H16-240304-0001.") },
    { .name = "code",
      .type = FIELD_TEXT,
      .required = true,
      .max = 20,
      .label = MSG("Mã theo dõi"),
      .help = MSG("Mười chữ và số, ví dụ K7MQ-2XPA-9D. Không phân biệt chữ hoa, chữ thường.") },
    { .name = NULL },
};
const struct form case_follow_form = { .name = "case_follow", .fields = follow_fields, .max_body = 4 * 1024 };

struct follow_work {
    struct case_number number;
    bool readable; /* the number has the form of one */
    struct guess guess;
    struct follow_view view;
};

int case_follow_get(struct req *q, struct res *s, struct err *e)
{
    struct follow_view v = { .number = str_head(req_query(q, "number"), CASE_NUMBER_MAX) };
    struct html h = res_html(q, s);
    (void)e;
    case_follow_html(&h, &v);
    return 0;
}

int case_follow_prepare(struct req *q, struct err *e)
{
    struct follow_work *w = arena_new(q->arena, struct follow_work);
    struct dbr *r = req_read(q, e);
    int64_t seconds;
    w->view.number = req_form(q, "number");
    w->readable = case_number_parse(q->arena, w->view.number, &w->number);
    w->guess = guess_of(q, 0, str_fmt(q->arena, "case/%.*s", STR_ARG(str_head(w->view.number, CASE_NUMBER_MAX))));
    q->work = w;
    if (!r || guess_wait_s(q, r, &w->guess, &seconds, e))
        return -1;
    if (seconds > 0)
        return ERR_SAY(e, ERR_RATE,
                       MSGS("Đã thử sai nhiều lần. Xin chờ một lát rồi thử lại với mã ghi trên giấy tiếp nhận."), "%lld s",
                       (long long)seconds);
    return 0;
}

static int fill_view(struct req *q, struct dbr *r, const struct case_view *c, struct follow_view *v, struct err *e)
{
    struct case_steps steps;
    if (case_place_name(cases_state(q->app), r, q->arena, &c->unit, instant_day(c->made_at), &v->place, e) ||
        case_steps_of(q->app, r, q->arena, c, 0, &steps, e))
        return -1;
    v->found = true;
    v->c = *c;
    for (size_t i = 0; i < steps.n; i++) {
        const struct case_flow_state *to = case_state_named(c->flow, steps.v[i].to_state);
        *vec_push(q->arena, &v->steps) = (struct follow_step) { steps.v[i].at, to ? to->citizen : steps.v[i].to_label };
    }
    return 0;
}

int case_follow_write(struct req *q, struct tx *tx, struct err *e)
{
    struct follow_work *w = q->work;
    struct case_view c;
    tx_unaudited(tx, "whoever has number and code sees the state and nothing of a person; wrong tries are counted");
    w->view.found = false;
    w->view.steps.n = 0;
    int got = w->readable ? case_follow(q->app, tx_reader(tx), q->arena, &w->number, req_form(q, "code"), &c, e) : 0;
    if (got < 0 || (got == 1 && fill_view(q, tx_reader(tx), &c, &w->view, e)))
        return -1;
    return got == 1 ? guess_right(tx, &w->guess, e) : guess_wrong(tx, &w->guess, e);
}

int case_follow_reply(struct req *q, struct res *s, struct err *e)
{
    struct follow_work *w = q->work;
    struct html h = res_html(q, s);
    (void)e;
    w->view.asked = true;
    if (!w->view.found)
        s->status = 422;
    case_follow_html(&h, &w->view);
    return 0;
}

/* ---- for programs ---- */

static void put_time(struct json_out *j, struct arena *a, const char *key, struct instant t)
{
    json_out_str(j, key, t.us ? instant_iso(a, t) : STR_NONE);
}

/* The write has counted the wrong try, so this is a reply and no refusal. */
static int reply_not_found(struct req *q, struct res *s, struct json_out *j)
{
    s->status = 404;
    json_out_open(j);
    json_out_object(j, "error");
    json_out_str(j, "code", STR("not_found"));
    json_out_str(j, "id", q->id);
    json_out_str(j, "message", tr(q->lang, MSGS("Không có hồ sơ nào với số và mã này. Xin xem lại giấy tiếp nhận.")));
    json_out_end(j);
    json_out_end(j);
    return 0;
}

int case_follow_json(struct req *q, struct res *s, struct err *e)
{
    const struct follow_work *w = q->work;
    const struct case_view *c = &w->view.c;
    struct json_out j;
    s->type = STR("application/json");
    json_out_init(&j, &s->body);
    (void)e;
    if (!w->view.found)
        return reply_not_found(q, s, &j);
    json_out_open(&j);
    put_time(&j, q->arena, "due", c->due);
    json_out_str(&j, "mode", c->mode);
    json_out_int(&j, "national", c->state->national);
    json_out_str(&j, "number", c->number_text);
    json_out_str(&j, "place", w->view.place);
    json_out_str(&j, "promised", c->has_promise ? day_iso(q->arena, c->promised) : STR_NONE);
    put_time(&j, q->arena, "received", c->received_at);
    json_out_str(&j, "service", c->service.name);
    json_out_str(&j, "state", c->state->id);
    json_out_str(&j, "words", c->state->citizen);
    json_out_end(&j);
    return 0;
}
