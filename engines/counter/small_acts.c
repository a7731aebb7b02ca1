/* small_acts.c: acts on one case that are no move of its flow: who has it, a word to the applicant, money at the desk. */
#include "engines/counter/inside.h"

#include "gen/counter_pages.h"

static const struct field assign_fields[] = {
    { .name = "revision", .type = FIELD_INT, .max = 1000000, .min = 1, .required = true },
    { .name = "to", .type = FIELD_HIDDEN, .max = 20, .label = MSG("Giao cho") },
    { .name = NULL },
};
const struct form counter_assign_form = { .name = "counter_assign", .fields = assign_fields };

static const struct field say_fields[] = {
    { .name = "body", .type = FIELD_LINES, .required = true, .max = 2000, .label = MSG("Nhắn cho người nộp hồ sơ") },
    { .name = NULL },
};
const struct form counter_say_form = { .name = "counter_say", .fields = say_fields };

static const struct field pay_fields[] = {
    { .name = "receipt", .type = FIELD_TEXT, .required = true, .max = 60, .label = MSG("Số biên lai") },
    { .name = NULL },
};
const struct form counter_pay_form = { .name = "counter_pay", .fields = pay_fields };

struct small_act {
    struct case_view c;
    struct str asks_for; /* what data replaces and a message wants brought; empty: nothing of that kind */
    int64_t officer;
    struct str officer_name;
};

static int open_act(struct req *q, struct small_act *w, struct err *e)
{
    q->work = w;
    return counter_case_find(q, &w->c, e);
}

int counter_refuse_elsewhere(struct err *e)
{
    return ERR_SAY(e, ERR_FORBIDDEN, MSGS("Việc này thuộc người khác: chức năng hoặc địa bàn không phải của bạn."), "not theirs");
}

/* ---- who has it ---- */

static int find_colleague(struct req *q, struct small_act *w, struct err *e)
{
    struct counter_desks all;
    struct role_holders colleagues;
    counter_desks_of(q, &all);
    const struct counter_desk *desk = counter_desk_of(&all, &w->c);
    if (!str_to_i64(req_form(q, "to"), &w->officer))
        return req_refuse_field(q, e, "to", MSGS("Xin chọn người nhận."));
    if (w->officer == 0)
        return 0;
    if (!desk || counter_colleagues(q, desk, &colleagues, e))
        return desk ? -1 : counter_refuse_elsewhere(e);
    for (size_t i = 0; i < colleagues.n; i++)
        if (colleagues.v[i].id == w->officer) {
            w->officer_name = colleagues.v[i].name;
            return 0;
        }
    return req_refuse_field(q, e, "to", MSGS("Người này hôm nay không làm ở bộ phận này. Xin chọn người khác."));
}

int counter_assign_prepare(struct req *q, struct err *e)
{
    struct small_act *w = arena_new(q->arena, struct small_act);
    if (open_act(q, w, e))
        return -1;
    if (!case_may_work(q, &w->c, w->c.owner))
        return counter_refuse_elsewhere(e);
    return find_colleague(q, w, e);
}

int counter_assign_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct small_act *w = q->work;
    struct case_by by = case_by_request(q);
    return case_assign(tx, &by, w->c.id, req_form_int(q, "revision"), w->officer, str_or_empty(w->officer_name), e);
}

/* ---- a word to the applicant ---- */

int counter_say_prepare(struct req *q, struct err *e)
{
    struct small_act *w = arena_new(q->arena, struct small_act);
    struct err gone = { 0 };
    if (open_act(q, w, e))
        return -1;
    const struct service_def *def = services_version(q->app, req_read(q, e), w->c.service.version_id, &gone);
    w->asks_for = counter_asks_to_bring(q->arena, def, req_form(q, "body"));
    return 0;
}

int counter_say_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct small_act *w = q->work;
    struct case_by by = case_by_request(q);
    return w->asks_for.n ? counter_try_record(q, tx, &w->c, w->asks_for, req_form(q, "body"), e)
                         : case_say(tx, &by, w->c.id, false, req_form(q, "body"), e);
}

int counter_say_reply(struct req *q, struct res *s, struct err *e)
{
    const struct small_act *w = q->work;
    struct err *why = arena_new(q->arena, struct err);
    if (!w || !w->asks_for.n)
        return counter_act_reply(q, s, e);
    struct tr_arg args[] = { { "paper", w->asks_for } };
    ERR_SAY(why, ERR_CONFLICT,
            tr_fill(q->arena, q->lang,
                    MSGS("\"{paper}\" đã có trong dữ liệu nhà nước: cơ quan tự tra cứu, không yêu cầu người nộp. Việc hỏi này đã được "
                         "ghi nhật ký. Xin bỏ mục ấy rồi gửi lại."),
                    args, 1),
            "asks for what data replaces");
    q->refused = why;
    s->status = err_http_status(ERR_FORM);
    return counter_act_again(q, s, e);
}

/* ---- money at the desk ---- */

int counter_pay_prepare(struct req *q, struct err *e)
{
    struct small_act *w = arena_new(q->arena, struct small_act);
    if (open_act(q, w, e))
        return -1;
    if (!case_may_work(q, &w->c, OWNER_ONE_STOP))
        return counter_refuse_elsewhere(e);
    if (w->c.payment != CASE_UNPAID)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Hồ sơ này không còn khoản nào phải thu."), "nothing to pay");
    return 0;
}

int counter_pay_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct small_act *w = q->work;
    struct case_by by = case_by_request(q);
    struct money rest = { w->c.fee.dong - w->c.paid.dong };
    return case_pay(tx, &by, w->c.id, rest, req_form(q, "receipt"), e);
}

int counter_act_reply(struct req *q, struct res *s, struct err *e)
{
    struct case_number number;
    if (!case_number_parse(q->arena, req_param(q, "number"), &number))
        return ERR(e, ERR_INTERNAL, "number");
    return res_redirect(s, counter_case_path(q->arena, &number, ""));
}

/* What the page carried itself is carried again; files and secrets are chosen anew. */
static void fill_again(struct req *q, struct html *h, struct small_again *v)
{
    for (const struct field *f = v->form->fields; f->name; f++) {
        if (f->type == FIELD_INT || f->type == FIELD_HIDDEN)
            *vec_push(q->arena, &v->hidden) = (struct param) { str_of(f->name), str_or_empty(req_form(q, f->name)) };
        else
            *vec_push(q->arena, &v->fields) = field_of(h, v->form, f->name);
    }
}

/* Refused: the same form alone, with what was typed; nothing of the case but its number, since opening it is recorded. */
int counter_act_again(struct req *q, struct res *s, struct err *e)
{
    struct small_again v = { .form = q->route->form, .number = req_param(q, "number"), .key = req_form_key(q) };
    (void)e;
    v.action = q->path;
    v.back = str_fmt(q->arena, "/counter/cases/%.*s", STR_ARG(v.number));
    struct html h = res_html(q, s);
    fill_again(q, &h, &v);
    counter_small(&h, &v);
    return 0;
}
