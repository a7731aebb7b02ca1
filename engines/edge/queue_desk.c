/* queue_desk.c: the window: next number, once more, done, did not come; who asks for help at a kiosk; what came in while kiosks were cut
 * off. And the screen on the hall's wall, which anyone may see: numbers and windows, nobody's name.
 */
#include "engines/edge/ticket.h"

#include "engines/people/people.h"
#include "gen/edge_pages.h"

static const struct field desk_fields[] = {
    { .name = "unit", .type = FIELD_HIDDEN, .max = 10 },
    { .name = "desk", .type = FIELD_TEXT, .required = true, .max = 8, .label = MSG("Cửa số"), .help = MSG("Số ghi trên quầy của bạn.") },
    { .name = "ticket", .type = FIELD_HIDDEN, .max = 20 },
    { .name = "call", .type = FIELD_HIDDEN, .max = 20 },
    { .name = NULL },
};
const struct form edge_desk_form = { .name = "edge_desk", .fields = desk_fields, .max_body = 4 * 1024 };

static const struct choice lane_choices[] = {
    { "plain", MSG("Lấy số thường") },
    { "old", MSG("Người từ 60 tuổi") },
    { "pregnant", MSG("Phụ nữ mang thai, có con nhỏ") },
    { "disabled", MSG("Người khuyết tật") },
    { .value = NULL },
};
static const struct field ticket_fields[] = {
    { .name = "unit", .type = FIELD_HIDDEN, .max = 10 },
    { .name = "desk", .type = FIELD_HIDDEN, .max = 8 },
    { .name = "lane", .type = FIELD_CHOICE, .required = true, .label = MSG("Phát số cho"), .choices = lane_choices },
    { .name = NULL },
};
const struct form edge_ticket_form = { .name = "edge_ticket", .fields = ticket_fields, .max_body = 4 * 1024 };

struct str edge_queue_topic(struct arena *a, const struct unit_code *unit)
{
    struct str code = unit_code_str(unit);
    return str_fmt(a, "queue/%.*s", STR_ARG(code));
}

/* ---- which hall ---- */

/* The commune of the clerk's own grant; who has several names one. */
static int desk_unit(struct req *q, struct str asked, struct unit_code *out, struct err *e)
{
    if (unit_code_parse(asked, out)) {
        if (req_may(q, EDGE_MAY_QUEUE, out, 0))
            return 0;
        return ERR_SAY(e, ERR_FORBIDDEN, MSGS("Hàng đợi này của xã khác."), "queue of another commune");
    }
    const struct grant *g = req_may(q, EDGE_MAY_QUEUE, NULL, 0);
    if (!g || unit_code_str(&g->territory).n == 0)
        return ERR_SAY(e, ERR_FORBIDDEN, MSGS("Vai trò này chưa gắn với xã nào nên chưa có hàng đợi."), "no territory");
    *out = g->territory;
    return 0;
}

/* ---- the window ---- */

static void put_now(struct req *q, const struct queue_state *s, struct dbr *r, struct queue_desk_view *v)
{
    struct edge_ticket_at_desk_row row;
    struct edge_ticket_at_desk_in in = { .unit = s->unit, .day = s->day, .called_by = q->actor->account };
    if (edge_ticket_at_desk(r, q->arena, &in, &row, NULL) != 1)
        return;
    v->now_id = row.id;
    v->now_calls = row.calls;
    v->now_text = edge_ticket_text(q->arena, row.priority, row.number);
}

static struct str priority_words(struct str name)
{
    enum edge_lane l;
    return edge_lane_named(name, &l) ? edge_lane_label(l) : STR("");
}

static int put_calls(struct req *q, struct dbr *r, const struct unit_code *unit, struct queue_desk_view *v, struct err *e)
{
    struct edge_calls_open_rows calls;
    struct edge_acts acts;
    if (edge_calls_open(r, q->arena, &(struct edge_calls_open_in) { .unit = *unit }, &calls, e) ||
        edge_acts_for_desk(r, q->arena, unit, &acts, e))
        return -1;
    for (size_t i = 0; i < calls.n; i++)
        *vec_push(q->arena, &v->calls) =
            (struct queue_call_line) { calls.v[i].id, calls.v[i].name, calls.v[i].place, calls.v[i].at };
    for (size_t i = 0; i < acts.n; i++)
        *vec_push(q->arena, &v->acts) =
            (struct queue_act_line) { acts.v[i].id, acts.v[i].number, acts.v[i].device_name, acts.v[i].why, acts.v[i].made_at };
    return 0;
}

static int unit_name(struct req *q, struct dbr *r, const struct unit_code *unit, struct str *out, struct err *e)
{
    struct unit u;
    int got = edge_commune(r, q->arena, *unit, q->now, &u, e);
    *out = got == 1 ? u.name : str_dup(q->arena, unit_code_str(unit));
    return got < 0 ? -1 : 0;
}

/* After a refusal the fields of the post say which window; else the query. */
static struct str asked_of(struct req *q, const char *name)
{
    return q->n_form > 0 ? req_form(q, name) : req_query(q, name);
}

int edge_queue_desk_get(struct req *q, struct res *s, struct err *e)
{
    struct unit_code unit;
    struct queue_state state;
    struct queue_desk_view v = { .desk = str_head(str_or_empty(asked_of(q, "desk")), 8), .key = req_form_key(q) };
    struct dbr *r = req_read(q, e);
    if (!r || desk_unit(q, asked_of(q, "unit"), &unit, e) || edge_queue_state_read(r, q->arena, &unit, q->now, &state, e) ||
        unit_name(q, r, &unit, &v.unit_name, e) || put_calls(q, r, &unit, &v, e))
        return -1;
    v.unit = str_dup(q->arena, unit_code_str(&unit));
    put_now(q, &state, r, &v);
    for (size_t i = 0; i < state.waiting.n; i++) {
        const struct edge_tickets_waiting_row *w = &state.waiting.v[i];
        *vec_push(q->arena, &v.waiting) = (struct queue_desk_line) {
            w->id, edge_ticket_text(q->arena, w->priority, w->number), w->priority ? priority_words(w->lane) : STR(""), w->taken_at
        };
    }
    v.taken = state.totals.taken;
    v.served = state.totals.served;
    v.skipped = state.totals.skipped;
    v.desks = state.desks;
    v.wait_minutes = edge_queue_wait_last(&state);
    struct html h = res_html(q, s);
    edge_queue_page(&h, &v);
    return 0;
}

/* ---- acts ---- */

int edge_queue_prepare(struct req *q, struct err *e)
{
    struct unit_code *unit = arena_new(q->arena, struct unit_code);
    q->work = unit;
    return desk_unit(q, req_form(q, "unit"), unit, e);
}

static int record(struct req *q, struct tx *tx, const char *action, int64_t ticket, struct err *e)
{
    const struct unit_code *unit = q->work;
    struct audit_record rec = audit_of(q, str_of(action));
    rec.unit = *unit;
    rec.object = str_fmt(q->arena, "ticket/%lld", (long long)ticket);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

static int call(struct req *q, struct tx *tx, int64_t ticket, struct err *e)
{
    int64_t changed;
    struct edge_ticket_call_in in = { .id = ticket, .now = tx_now(tx), .called_by = q->actor->account, .desk = req_form(q, "desk") };
    if (edge_ticket_call(tx, &in, &changed, e))
        return -1;
    if (changed == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Số này đã do cửa khác gọi. Xin bấm gọi số tiếp theo."), "ticket %lld", (long long)ticket);
    return record(q, tx, "edge.number_called", ticket, e);
}

static int64_t ticket_of(const struct req *q)
{
    int64_t id;
    return str_to_i64(req_form(q, "ticket"), &id) && id > 0 ? id : 0;
}

static int end(struct req *q, struct tx *tx, int64_t ticket, const char *state, struct err *e)
{
    return edge_ticket_end(
        tx,
        &(struct edge_ticket_end_in) { .id = ticket, .state = str_of(state), .now = tx_now(tx), .called_by = q->actor->account },
        NULL, e);
}

/* Whoever was at the window is served by that. */
int edge_queue_next_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct unit_code *unit = q->work;
    struct queue_state s;
    if (edge_queue_state_read(tx_reader(tx), q->arena, unit, tx_now(tx), &s, e))
        return -1;
    const struct edge_tickets_waiting_row *next = edge_queue_next(&s);
    if (!next)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Không còn ai chờ."), "nobody waits");
    return end(q, tx, ticket_of(q), "served", e) || call(q, tx, next->id, e) ? -1 : 0;
}

int edge_queue_again_write(struct req *q, struct tx *tx, struct err *e)
{
    return call(q, tx, ticket_of(q), e);
}

int edge_queue_done_write(struct req *q, struct tx *tx, struct err *e)
{
    return end(q, tx, ticket_of(q), "served", e) || record(q, tx, "edge.number_served", ticket_of(q), e) ? -1 : 0;
}

int edge_queue_skip_write(struct req *q, struct tx *tx, struct err *e)
{
    return end(q, tx, ticket_of(q), "skipped", e) || record(q, tx, "edge.number_skipped", ticket_of(q), e) ? -1 : 0;
}

/* A number from the window, for who does not get on with the kiosk. */
int edge_queue_ticket_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct unit_code *unit = q->work;
    struct edge_device desk = { .unit = *unit };
    struct edge_ticket t;
    enum edge_lane lane;
    if (!edge_lane_named(req_form(q, "lane"), &lane))
        return ERR(e, ERR_INPUT, "no such lane");
    return edge_ticket_take(tx, q->arena, &desk, lane, &t, e) || record(q, tx, "edge.number_taken", t.id, e) ? -1 : 0;
}

int edge_queue_call_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct unit_code *unit = q->work;
    struct edge_call_of_row row;
    int64_t id, changed;
    int got = str_to_i64(req_form(q, "call"), &id)
                  ? edge_call_of(tx_reader(tx), q->arena, &(struct edge_call_of_in) { .id = id }, &row, e)
                  : 0;
    if (got < 0)
        return -1;
    if (got == 0 || !unit_code_eq(&row.unit, unit))
        return ERR(e, ERR_NOT_FOUND, "no such call in this commune");
    struct audit_record rec = audit_of(q, STR("edge.call_answered"));
    rec.unit = *unit;
    rec.object = str_fmt(q->arena, "call/%lld", (long long)id);
    return edge_call_answer(tx, &(struct edge_call_answer_in) { .id = id, .now = tx_now(tx), .by = q->actor->account }, &changed, e) ||
                   audit_write(tx, q->arena, &rec, NULL, e)
               ? -1
               : 0;
}

int edge_queue_reply(struct req *q, struct res *s, struct err *e)
{
    struct str unit = req_form(q, "unit"), desk = req_form(q, "desk");
    struct unit_code code;
    if (desk_unit(q, unit, &code, e))
        return -1;
    live_publish(q->app, edge_queue_topic(q->arena, &code), STR("{}"));
    struct str text = unit_code_str(&code);
    struct buf b;
    buf_init(&b, q->arena, 256);
    buf_fmt(&b, "/counter/queue?unit=%.*s", STR_ARG(text));
    buf_lit(&b, "&desk=");
    for (size_t i = 0; i < desk.n; i++)
        buf_fmt(&b, "%%%02X", (unsigned char)desk.p[i]);
    return res_redirect(s, buf_str(&b));
}

/* ---- the wall ---- */

static void put_hall_line(struct req *q, const struct edge_tickets_called_row *c, struct hall_view *v)
{
    struct hall_line *l = vec_push(q->arena, &v->lines);
    struct str text = edge_ticket_text(q->arena, c->priority, c->number), desk = str_or_empty(c->desk);
    *l = (struct hall_line) { .text = text, .desk = desk, .now = str_eq(c->state, STR("called")) };
    struct tr_arg args[] = { { "number", text }, { "desk", desk } };
    l->say = tr_fill(q->arena, q->lang, MSGS("Mời số {number} đến cửa {desk}."), args, 2);
}

static int hall_unit(struct req *q, struct dbr *r, struct unit_code *unit, struct unit *u, struct err *e)
{
    int got = unit_code_parse(req_param(q, "unit"), unit) ? edge_commune(r, q->arena, *unit, q->now, u, e) : 0;
    return got == 0 ? ERR(e, ERR_NOT_FOUND, "no such commune") : got < 0 ? -1 : 0;
}

int edge_hall_get(struct req *q, struct res *s, struct err *e)
{
    struct unit_code unit;
    struct unit u;
    struct queue_state state;
    struct hall_view v = { 0 };
    struct dbr *r = req_read(q, e);
    if (!r || hall_unit(q, r, &unit, &u, e) || edge_queue_state_read(r, q->arena, &unit, q->now, &state, e))
        return -1;
    struct str code = str_dup(q->arena, unit_code_str(&unit));
    v.unit = code;
    v.unit_name = u.name;
    v.live = str_fmt(q->arena, "/queue/%.*s/live", STR_ARG(code));
    v.waiting = state.priority_waiting + state.plain_waiting;
    v.wait_minutes = edge_queue_wait_last(&state);
    for (size_t i = 0; i < state.called.n && v.lines.n < 6; i++)
        if (!str_eq(state.called.v[i].state, STR("skipped")))
            put_hall_line(q, &state.called.v[i], &v);
    struct html h = res_html(q, s);
    edge_hall_page(&h, &v);
    return 0;
}

int edge_hall_live(struct req *q, struct res *s, struct err *e)
{
    struct unit_code unit;
    struct unit u;
    struct dbr *r = req_read(q, e);
    return !r || hall_unit(q, r, &unit, &u, e) ? -1 : res_live(s, edge_queue_topic(q->arena, &unit));
}
