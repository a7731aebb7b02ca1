/* checks.c: declarations that were drawn, as duties of the desk that decides such cases: right or wrong, in words. A wrong one stays
 * on the list until somebody has said what was done about it.
 */
#include "models/m03_paperless_services/paperless.h"

#include "engines/people/people.h"
#include "gen/paperless_services_pages.h"

static const struct choice results[] = {
    { "right", MSG("Đúng như đã khai") },
    { "wrong", MSG("Sai so với dữ liệu") },
    { .value = NULL },
};
static const struct field check_fields[] = {
    { .name = "result", .type = FIELD_CHOICE, .required = true, .choices = results, .label = MSG("Kết quả kiểm tra") },
    { .name = "words", .type = FIELD_LINES, .max = 1000, .label = MSG("Đã đối chiếu với gì, khác ở đâu") },
    { .name = NULL },
};
const struct form check_form = { .name = "paper_check", .fields = check_fields };

static const struct field duty_fields[] = {
    { .name = "words", .type = FIELD_LINES, .required = true, .max = 1000, .label = MSG("Đã xử lý thế nào") },
    { .name = NULL },
};
const struct form check_duty_form = { .name = "paper_duty", .fields = duty_fields };

struct str check_why_label(struct str why)
{
    static const struct {
        struct str why, label;
    } all[] = {
        { STR_INIT("down"), MSG("nguồn gián đoạn khi nộp") },
        { STR_INIT("nothing"), MSG("nguồn không có dữ liệu") },
        { STR_INIT("other_person"), MSG("nguồn trả lời nhầm người") },
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (str_eq(all[i].why, why))
            return all[i].label;
    return MSGS("lời cam đoan theo biểu mẫu");
}

/* ---- whose duty ---- */

struct desk {
    struct unit_code unit, now; /* as the grant names it, and what lies in its place today: cases name either */
    struct str agency;
    bool of_agency; /* wherever the case lies */
};

/* 1, 0: a grant without such a duty, -1. */
static int desk_of(struct req *q, struct dbr *r, const struct grant *g, struct desk *out, struct err *e)
{
    *out = (struct desk) { .unit = g->territory, .now = g->territory, .agency = STR("") };
    bool police = str_eq(g->role, STR("commune_police"));
    if (police)
        out->agency = STR(CASE_COMMUNE_POLICE);
    if (police || str_eq(g->role, STR("commune_specialist")))
        return unit_in_force(r, q->arena, g->territory, instant_day(q->now), &out->now, e) ? -1 : 1;
    out->agency = str_or_empty(g->agency);
    out->of_agency = true;
    return str_eq(g->role, STR("agency_specialist")) && out->agency.n > 0;
}

static bool is_unit(const struct unit_code *one, const struct unit_code *other)
{
    return str_eq(unit_code_str(one), unit_code_str(other));
}

/* 1 0 -1. */
static int is_own(struct req *q, struct dbr *r, const struct paper_check_by_id_row *row, struct err *e)
{
    struct desk d;
    for (size_t i = 0; i < q->actor->n_grants; i++) {
        int got = desk_of(q, r, &q->actor->grants[i], &d, e);
        if (got < 0)
            return -1;
        if (got && str_eq(d.agency, row->agency) &&
            (d.of_agency || is_unit(&d.unit, &row->unit) || is_unit(&d.now, &row->unit)))
            return 1;
    }
    return 0;
}

/* ---- the list ---- */

static int read_desk(struct req *q, struct dbr *r, const struct desk *d, const struct unit_code *unit,
                     struct paper_check_listed_rows *rows, struct err *e)
{
    struct paper_checks_of_unit_in here = { .unit = *unit, .agency = d->agency };
    struct paper_checks_of_agency_in all = { .agency = d->agency };
    return d->of_agency ? paper_checks_of_agency(r, q->arena, &all, rows, e)
                        : paper_checks_of_unit(r, q->arena, &here, rows, e);
}

static int add_unit(struct req *q, struct dbr *r, const struct desk *d, const struct unit_code *unit, struct checks_view *v,
                    struct err *e)
{
    struct paper_check_listed_rows rows;
    if (read_desk(q, r, d, unit, &rows, e))
        return -1;
    v->has_desk = true;
    for (size_t i = 0; i < rows.n; i++)
        *vec_push(q->arena, &v->lines) =
            (struct check_line) { .id = rows.v[i].id,
                                  .number = rows.v[i].number,
                                  .service_name = rows.v[i].service_name,
                                  .paper_name = rows.v[i].paper_name,
                                  .why = rows.v[i].why,
                                  .words = rows.v[i].words,
                                  .checked_name = rows.v[i].checked_name,
                                  .drawn_at = rows.v[i].drawn_at,
                                  .due_on = rows.v[i].due_on,
                                  .state = (enum check_state)rows.v[i].state,
                                  .late = rows.v[i].state == CHECK_OPEN && rows.v[i].due_on.n < instant_day(q->now).n };
    return 0;
}

static int add_desk(struct req *q, struct dbr *r, const struct desk *d, struct checks_view *v, struct err *e)
{
    if (add_unit(q, r, d, &d->unit, v, e))
        return -1;
    return d->of_agency || is_unit(&d->unit, &d->now) ? 0 : add_unit(q, r, d, &d->now, v, e);
}

int checks_get(struct req *q, struct res *s, struct err *e)
{
    struct checks_view v = { .has_desk = false };
    struct desk d;
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    for (size_t i = 0; i < q->actor->n_grants; i++) {
        int got = desk_of(q, r, &q->actor->grants[i], &d, e);
        if (got < 0 || (got && add_desk(q, r, &d, &v, e)))
            return -1;
    }
    struct html h = res_html(q, s);
    paper_checks(&h, &v);
    return 0;
}

/* ---- one ---- */

static int find(struct req *q, struct paper_check_by_id_row *row, struct err *e)
{
    int64_t id;
    struct dbr *r = req_read(q, e);
    int got = !r ? -1
              : !req_param_id(q, "id", &id)
                  ? 0
                  : paper_check_by_id(r, q->arena, &(struct paper_check_by_id_in) { .id = id }, row, e);
    if (got < 0)
        return -1;
    int own = got == 1 ? is_own(q, r, row, e) : 0;
    if (own < 0)
        return -1;
    return own ? 0 : ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không có lời khai này trong việc kiểm tra của bạn."), "check");
}

static int read_paper(struct req *q, struct check_page *v, struct err *e)
{
    struct case_papers papers;
    if (case_papers_of(req_read(q, e), q->arena, v->row.case_id, true, &papers, e))
        return -1;
    for (size_t i = 0; i < papers.n; i++)
        if (papers.v[i].id == v->row.paper)
            v->paper = papers.v[i];
    return 0;
}

int check_prepare(struct req *q, struct err *e)
{
    struct check_page *v = q->work = arena_new(q->arena, struct check_page);
    v->key = req_form_key(q);
    if (find(q, &v->row, e) || read_paper(q, v, e))
        return -1;
    v->source = v->row.system.n > 0 ? source_label(q->app, v->row.system, instant_day(q->now)) : STR("");
    return 0;
}

int check_seen_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct check_page *v = q->work;
    struct audit_record rec = audit_of(q, STR("paperless.check_seen"));
    rec.object = str_fmt(q->arena, "case/%.*s", STR_ARG(v->row.number));
    rec.unit = v->row.unit;
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int check_reply(struct req *q, struct res *s, struct err *e)
{
    const struct check_page *v = q->work;
    (void)e;
    struct html h = res_html(q, s);
    paper_check_one(&h, v);
    return 0;
}

int check_again(struct req *q, struct res *s, struct err *e)
{
    return check_prepare(q, e) ? -1 : check_reply(q, s, e);
}

/* ---- the result ---- */

struct settling {
    struct paper_check_by_id_row row;
    enum check_state state;
};

int check_settle_prepare(struct req *q, struct err *e)
{
    struct settling *w = q->work = arena_new(q->arena, struct settling);
    if (find(q, &w->row, e))
        return -1;
    w->state = str_eq(req_form(q, "result"), STR("wrong")) ? CHECK_WRONG : CHECK_RIGHT;
    if (w->state == CHECK_WRONG && !req_form_has(q, "words"))
        return req_refuse_field(q, e, "words",
                                MSGS("Xin ghi đã đối chiếu với gì và khác ở đâu: người xử lý sau đọc dòng này."));
    return 0;
}

static int refuse_second(int64_t changed, struct err *e)
{
    return changed == 1
               ? 0
               : ERR_SAY(e, ERR_CONFLICT, MSGS("Người khác vừa ghi kết quả của lời khai này. Xin xem lại danh sách."),
                         "settled already");
}

int check_settle_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct settling *w = q->work;
    int64_t changed;
    struct audit_record rec =
        audit_of(q, w->state == CHECK_WRONG ? STR("paperless.check_wrong") : STR("paperless.check_right"));
    struct paper_check_settle_in in = { .id = w->row.id,
                                        .state = w->state,
                                        .words = str_or_empty(req_form(q, "words")),
                                        .checked_at = tx_now(tx),
                                        .checked_by = q->actor->account,
                                        .checked_name = q->actor->name };
    rec.object = str_fmt(q->arena, "case/%.*s", STR_ARG(w->row.number));
    rec.unit = w->row.unit;
    return paper_check_settle(tx, &in, &changed, e) || refuse_second(changed, e) || audit_write(tx, q->arena, &rec, NULL, e)
               ? -1
               : 0;
}

int check_duty_prepare(struct req *q, struct err *e)
{
    struct settling *w = q->work = arena_new(q->arena, struct settling);
    return find(q, &w->row, e);
}

int check_duty_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct settling *w = q->work;
    int64_t changed;
    struct audit_record rec = audit_of(q, STR("paperless.wrong_settled"));
    struct paper_check_duty_done_in in = {
        .id = w->row.id, .settled_at = tx_now(tx), .settled_words = req_form(q, "words"), .settled_name = q->actor->name
    };
    rec.object = str_fmt(q->arena, "case/%.*s", STR_ARG(w->row.number));
    rec.unit = w->row.unit;
    return paper_check_duty_done(tx, &in, &changed, e) || refuse_second(changed, e) ||
                   audit_write(tx, q->arena, &rec, NULL, e)
               ? -1
               : 0;
}

int check_done_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q;
    (void)e;
    return res_redirect(s, STR("/post-checks"));
}
