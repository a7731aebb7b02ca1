/* move_page.c: a move that goes with words: form 02 as a checklist of what may be asked for, a refusal with its reason, a hand-
 * over with who took the result. What the authority can get itself is never asked of the citizen: an attempt is refused, and kept
 * in the log.
 */
#include "engines/counter/inside.h"

#include "gen/counter_pages.h"

enum { WORDS = 2000 };

static const struct choice takers[] = {
    { "self", MSG("Chính người nộp hồ sơ") },
    { "proxy", MSG("Người được uỷ quyền") },
    { .value = NULL },
};
static const struct field move_fields[] = {
    { .name = "revision", .type = FIELD_INT, .max = 1000000, .min = 1, .required = true },
    { .name = "move", .type = FIELD_HIDDEN, .max = 60 },
    { .name = "missing", .type = FIELD_HIDDEN, .max = 60, .many = true, .label = MSG("Giấy tờ còn thiếu") },
    { .name = "reason",
      .type = FIELD_LINES,
      .max = WORDS,
      .label = MSG("Lý do, hướng dẫn"),
      .help = MSG("Mỗi dòng một điểm. Ghi rõ thiếu gì, sai ở đâu và làm thế nào để đúng; chỉ được yêu cầu một lần.") },
    { .name = "taker", .type = FIELD_CHOICE, .choices = takers, .label = MSG("Ai nhận kết quả") },
    { .name = "taker_name", .type = FIELD_TEXT, .max = 100, .label = MSG("Họ và tên người nhận thay") },
    { .name = "taker_paper", .type = FIELD_TEXT, .max = 60, .label = MSG("Số định danh hoặc giấy uỷ quyền") },
    { .name = NULL },
};
const struct form counter_move_form = { .name = "counter_move", .fields = move_fields };

/* ---- what may be asked for ---- */

static bool is_marked(const struct req *q, struct str id)
{
    struct str v;
    for (size_t i = 0; (v = req_form_nth(q, "missing", i)).n > 0; i++)
        if (str_eq(v, id))
            return true;
    return false;
}

static void list_papers(struct req *q, const struct service_def *def, struct move_page *v)
{
    for (size_t i = 0; def && i < def->n_papers; i++) {
        const struct service_paper *p = &def->papers[i];
        struct ask_paper line = { p->id, p->name, p->note, is_marked(q, p->id) };
        if (counter_is_by_data(p))
            *vec_push(q->arena, &v->by_data) = line;
        else
            *vec_push(q->arena, &v->may_ask) = line;
    }
}

/* ---- the page ---- */

struct moving {
    struct move_page page;
    const struct service_def *def;
    struct case_moving check;
    struct str asks_for; /* what data replaces; empty: nothing of that kind */
};

static int open_page(struct req *q, struct moving *m, struct err *e)
{
    struct move_page *v = &m->page;
    struct err gone = { 0 };
    if (counter_case_find(q, &v->c, e))
        return -1;
    v->move = case_move_named(v->c.flow, req_param(q, "move"));
    if (!v->move)
        return ERR(e, ERR_NOT_FOUND, "move %.*s", STR_ARG(str_head(req_param(q, "move"), 40)));
    m->def = services_version(q->app, req_read(q, e), v->c.service.version_id, &gone);
    v->key = req_form_key(q);
    v->back = counter_case_path(q->arena, &v->c.number, "");
    v->action = str_fmt(q->arena, "%.*s/moves/%.*s", STR_ARG(v->back), STR_ARG(v->move->id));
    v->hands_over = v->c.flow->state[v->move->to].national == 10;
    v->preview = v->move->paper == PAPER_NONE ? STR("") : str_fmt(q->arena, "%.*s/preview", STR_ARG(v->action));
    if (v->move->paper == PAPER_SUPPLEMENT)
        list_papers(q, m->def, v);
    return 0;
}

static int show(struct req *q, struct res *s, struct move_page *v)
{
    struct html h = res_html(q, s);
    counter_move(&h, v);
    return 0;
}

int counter_move_get(struct req *q, struct res *s, struct err *e)
{
    struct moving m = { .def = NULL };
    return open_page(q, &m, e) ? -1 : show(q, s, &m.page);
}

int counter_move_again(struct req *q, struct res *s, struct err *e)
{
    return counter_move_get(q, s, e);
}

/* ---- what was asked ---- */

static struct str words_of(struct req *q, struct moving *m)
{
    struct buf b;
    struct str reason = str_trim(str_or_empty(req_form(q, "reason")));
    buf_init(&b, q->arena, 8 * WORDS);
    for (size_t i = 0; i < m->page.may_ask.n; i++)
        if (m->page.may_ask.v[i].ticked)
            buf_fmt(&b, "%.*s\n", STR_ARG(m->page.may_ask.v[i].name));
    buf_put(&b, reason);
    return str_trim(buf_str(&b));
}

static void find_forbidden(struct req *q, struct moving *m)
{
    for (size_t i = 0; i < m->page.by_data.n; i++)
        if (m->page.by_data.v[i].ticked)
            m->asks_for = m->page.by_data.v[i].name;
    if (m->asks_for.n == 0)
        m->asks_for = m->page.move->paper == PAPER_SUPPLEMENT ? counter_asks_for_data(q->arena, m->def, req_form(q, "reason"))
                                                              : counter_asks_to_bring(q->arena, m->def, req_form(q, "reason"));
}

/* Who took the result stands in the step, so that nobody can say later that it was never given. */
static int taker_words(struct req *q, struct str *out, struct err *e)
{
    bool proxy = str_eq(req_form(q, "taker"), STR("proxy"));
    struct str name = str_trim(str_or_empty(req_form(q, "taker_name"))), paper = str_trim(str_or_empty(req_form(q, "taker_paper")));
    if (!req_form_has(q, "taker"))
        return req_refuse_field(q, e, "taker", MSGS("Xin chọn ai nhận kết quả."));
    if (proxy && name.n == 0)
        return req_refuse_field(q, e, "taker_name", MSGS("Xin ghi họ và tên người nhận thay."));
    if (proxy && paper.n == 0)
        return req_refuse_field(q, e, "taker_paper", MSGS("Xin ghi số định danh của người nhận thay hoặc số giấy uỷ quyền."));
    *out = proxy ? str_fmt(q->arena, "Người nhận thay: %.*s, %.*s", STR_ARG(name), STR_ARG(paper))
                 : STR("Người nộp hồ sơ đã nhận kết quả");
    return 0;
}

int counter_move_prepare(struct req *q, struct err *e)
{
    struct moving *m = q->work = arena_new(q->arena, struct moving);
    struct case_by by = case_by_request(q);
    struct case_move_in in = { .revision = req_form_int(q, "revision") };
    if (open_page(q, m, e))
        return -1;
    in.id = m->page.c.id;
    in.move = m->page.move->id;
    in.words = words_of(q, m);
    in.reason = in.words;
    if (m->page.hands_over && taker_words(q, &in.reason, e))
        return -1;
    find_forbidden(q, m);
    return case_move_check(req_read(q, e), &by, &in, &m->check, e);
}

int counter_move_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct moving *m = q->work;
    struct case_by by = case_by_request(q);
    struct case_moved moved;
    return m->asks_for.n ? counter_try_record(q, tx, &m->page.c, m->asks_for, req_form(q, "reason"), e)
                         : case_move(tx, &by, &m->check, &moved, e);
}

int counter_move_reply(struct req *q, struct res *s, struct err *e)
{
    struct moving *m = q->work;
    struct case_number number;
    if (m && m->asks_for.n) {
        m->page.refused = m->asks_for;
        m->page.key = req_form_key(q);
        s->status = 422;
        return show(q, s, &m->page);
    }
    if (!case_number_parse(q->arena, req_param(q, "number"), &number))
        return ERR(e, ERR_INTERNAL, "number");
    return res_redirect(s, counter_case_path(q->arena, &number, ""));
}

/* ---- the letter before it is given ---- */

struct preview {
    struct moving m;
    struct str pdf;
};

int counter_preview_prepare(struct req *q, struct err *e)
{
    struct preview *w = q->work = arena_new(q->arena, struct preview);
    struct case_by by = case_by_request(q);
    if (open_page(q, &w->m, e))
        return -1;
    enum case_paper_kind kind = w->m.page.move->paper;
    if (kind == PAPER_NONE || kind == PAPER_RESULT)
        return ERR(e, ERR_NOT_FOUND, "this move gives no letter");
    return case_letter_preview(&by, req_read(q, e), q->now, &w->m.page.c, kind, words_of(q, &w->m), &w->pdf, e);
}

int counter_preview_reply(struct req *q, struct res *s, struct err *e)
{
    const struct preview *w = q->work;
    (void)e;
    s->type = STR("application/pdf");
    res_header(q, s, STR("Content-Disposition"), STR("inline"));
    res_body(q, s, w->pdf);
    return 0;
}
