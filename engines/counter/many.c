/* many.c: one act on several chosen cases: take them, give them to a colleague, put them back, or sign them. Those that somebody
 * was quicker with, or that may not be signed, are left out and listed with the reason; the others are done in one transaction.
 */
#include "engines/counter/inside.h"

#include "gen/counter_pages.h"

enum { MANY_MOST = 200 };

static const struct choice acts[] = {
    { "take", MSG("Nhận các hồ sơ đã chọn") },
    { "give", MSG("Giao các hồ sơ đã chọn") },
    { "release", MSG("Trả lại hàng chờ chung") },
    { "approve", MSG("Ký duyệt các hồ sơ đã chọn") },
    { "give_all", MSG("Giao mọi hồ sơ của một người") },
    { .value = NULL },
};
static const struct field many_fields[] = {
    { .name = "desk", .type = FIELD_INT, .max = COUNTER_DESKS },
    { .name = "case", .type = FIELD_HIDDEN, .max = 60, .many = true },
    { .name = "act", .type = FIELD_CHOICE, .required = true, .choices = acts, .label = MSG("Việc cần làm") },
    { .name = "from", .type = FIELD_HIDDEN, .max = 20, .label = MSG("Đang ở người") },
    { .name = "to", .type = FIELD_HIDDEN, .max = 20, .label = MSG("Giao cho") },
    { .name = NULL },
};
const struct form counter_many_form = { .name = "counter_many", .fields = many_fields };

struct chosen {
    int64_t id, revision;
    struct case_moving moving; /* of a signature */
    bool left_out;
};
struct many {
    struct many_view view;
    struct chosen v[MANY_MOST];
    size_t n;
    bool assigns;
    int64_t to;
    struct str to_name;
    const struct counter_desk *desk;
};

/* ---- which ---- */

static int choose_marked(struct req *q, struct many *m, struct err *e)
{
    struct str mark, id;
    for (size_t i = 0; (mark = req_form_nth(q, "case", i)).n > 0; i++) {
        struct chosen *c = &m->v[m->n];
        if (m->n == MANY_MOST)
            return ERR_SAY(e, ERR_FORM, MSGS("Mỗi lần xin chọn không quá 200 hồ sơ."), "%d cases", MANY_MOST);
        str_cut(&mark, ':', &id);
        if (!str_to_i64(id, &c->id) || !str_to_i64(mark, &c->revision))
            return ERR(e, ERR_INPUT, "case mark");
        m->n++;
    }
    if (m->n == 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Chưa chọn hồ sơ nào. Xin đánh dấu ít nhất một hồ sơ."), "none chosen");
    return 0;
}

/* All that a colleague who is away has taken on at this desk. */
static int choose_all_of(struct req *q, struct dbr *r, struct many *m, struct err *e)
{
    struct case_list list;
    int64_t from;
    if (!str_to_i64(req_form(q, "from"), &from) || from <= 0)
        return req_refuse_field(q, e, "from", MSGS("Xin chọn người đang giữ hồ sơ."));
    struct case_queue_ask ask = {
        .unit = m->desk->unit, .agency = m->desk->agency, .owner = m->desk->owner, .officer = from, .most = MANY_MOST
    };
    if (case_queue(q->app, r, q->arena, &ask, q->now, &list, e))
        return -1;
    for (size_t i = 0; i < list.n; i++)
        m->v[m->n++] = (struct chosen) { .id = list.v[i].id, .revision = list.v[i].revision };
    if (m->n == 0)
        return req_refuse_field(q, e, "from", MSGS("Người này không giữ hồ sơ nào ở bộ phận này."));
    return 0;
}

/* ---- to whom ---- */

static int find_receiver(struct req *q, struct many *m, struct err *e)
{
    struct role_holders colleagues;
    m->assigns = true;
    if (str_eq(m->view.act, STR("release")))
        return 0;
    m->to = q->actor->account;
    m->to_name = q->actor->name;
    if (str_eq(m->view.act, STR("take")))
        return 0;
    if (!str_to_i64(req_form(q, "to"), &m->to) || counter_colleagues(q, m->desk, &colleagues, e))
        return e->code ? -1 : req_refuse_field(q, e, "to", MSGS("Xin chọn người nhận."));
    for (size_t i = 0; i < colleagues.n; i++)
        if (colleagues.v[i].id == m->to) {
            m->to_name = colleagues.v[i].name;
            return 0;
        }
    return req_refuse_field(q, e, "to", MSGS("Người này hôm nay không làm ở bộ phận này. Xin chọn người khác."));
}

/* ---- one by one ---- */

static const struct case_flow_move *signing_move(const struct case_view *c)
{
    for (size_t i = 0; i < c->flow->n_moves; i++) {
        const struct case_flow_move *m = &c->flow->move[i];
        if (case_move_leaves(c->flow, m, c->state) && m->role == OWNER_APPROVER && m->effect == EFFECT_END &&
            m->paper == PAPER_RESULT)
            return m;
    }
    return NULL;
}

static struct str why_not(struct req *q, struct dbr *r, struct many *m, struct chosen *one, const struct case_view *c)
{
    struct err why = { 0 };
    struct case_by by = case_by_request(q);
    if (m->assigns && !case_may_work(q, c, c->owner))
        return MSGS("Việc này thuộc người khác.");
    if (m->assigns)
        return c->revision == one->revision ? STR("") : MSGS("Hồ sơ vừa có thay đổi. Xin xem lại rồi làm tiếp.");
    const struct case_flow_move *move = signing_move(c);
    if (!move)
        return MSGS("Hồ sơ này không ở bước ký.");
    struct case_move_in in = { .id = c->id, .revision = one->revision, .move = move->id };
    if (case_move_check(r, &by, &in, &one->moving, &why) == 0)
        return STR("");
    return err_sentence(&why);
}

static int check_one(struct req *q, struct dbr *r, struct many *m, struct chosen *one, struct err *e)
{
    struct case_view c;
    int got = case_by_id(q->app, r, q->arena, one->id, &c, e);
    if (got < 0)
        return -1;
    if (got == 0 || !case_may_read(q, &c))
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không có hồ sơ này ở nơi bạn làm việc. Xin xem lại số hồ sơ."), "case %lld",
                       (long long)one->id);
    struct many_line *line = vec_push(q->arena, &m->view.lines);
    *line = (struct many_line) { c.number, c.service.name, c.name, why_not(q, r, m, one, &c) };
    one->left_out = line->why.n > 0;
    m->view.done += line->why.n == 0;
    return 0;
}

int counter_many_prepare(struct req *q, struct err *e)
{
    struct many *m = q->work = arena_new(q->arena, struct many);
    struct counter_desks *all = arena_new(q->arena, struct counter_desks);
    struct dbr *r = req_read(q, e);
    if (!r || counter_desk_asked(q, all, &m->desk, e))
        return -1;
    m->view.act = req_form(q, "act");
    m->view.back = str_fmt(q->arena, "/counter?desk=%zu", (size_t)(m->desk - all->v));
    bool whole = str_eq(m->view.act, STR("give_all"));
    if ((whole ? choose_all_of(q, r, m, e) : choose_marked(q, m, e)) ||
        (!str_eq(m->view.act, STR("approve")) && find_receiver(q, m, e)))
        return -1;
    for (size_t i = 0; i < m->n; i++)
        if (check_one(q, r, m, &m->v[i], e))
            return -1;
    m->view.to_name = m->to_name;
    return 0;
}

int counter_many_write(struct req *q, struct tx *tx, struct err *e)
{
    struct many *m = q->work;
    struct case_by by = case_by_request(q);
    struct case_moved moved;
    if (m->view.done == 0)
        tx_unaudited(tx, "none of the chosen cases can be done; nothing is written");
    for (size_t i = 0; i < m->n; i++) {
        const struct chosen *c = &m->v[i];
        if (c->left_out)
            continue;
        if (m->assigns ? case_assign(tx, &by, c->id, c->revision, m->to, str_or_empty(m->to_name), e)
                       : case_move(tx, &by, &c->moving, &moved, e))
            return -1;
    }
    return 0;
}

int counter_many_reply(struct req *q, struct res *s, struct err *e)
{
    const struct many *m = q->work;
    (void)e;
    if (!m || q->replayed)
        return res_redirect(s, STR("/counter"));
    struct html h = res_html(q, s);
    counter_many_done(&h, &m->view);
    return 0;
}
