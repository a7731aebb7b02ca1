/* household.c: one door: who lives there, what each lacks, and what a visit found. Works on the cheapest phone: one page, one form. */
#include "models/m22_digital_citizens/pages.h"

#include "gen/digital_citizens_pages.h"

#include <string.h>

/* ---- the page ---- */

int household_of_request(struct req *q, struct household *out, struct err *e)
{
    int64_t id;
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    int got =
        req_param_id(q, "id", &id) ? household_by_id(r, q->arena, id, out, e) : 0;
    if (got < 0)
        return -1;
    if (got == 0 || !req_may(q, DIGITAL_VISIT, &out->unit, 0))
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không có hộ này trong địa bàn của bạn."), "household");
    return 0;
}

static struct str typed_reason(const struct req *q, int64_t person)
{
    int64_t id;
    for (size_t i = 0; str_to_i64(req_form_nth(q, "person", i), &id); i++)
        if (id == person)
            return req_form_nth(q, "reason", i);
    return STR("");
}

static int add_member(struct req *q, struct dbr *r, struct household_view *v, const struct resident *p, struct err *e)
{
    struct digital_marks_row marks;
    struct digital_marks_in in = { .person = p->id, .on = v->today };
    if (digital_marks(r, q->arena, &in, &marks, e) < 0)
        return -1;
    struct member_view m = { .person = *p,
                             .held = marks.held,
                             .claimed = marks.claimed,
                             .dead = p->has_died && p->died.n <= v->today.n,
                             .resident = unit_code_eq(&p->unit, &v->household.unit),
                             .said = str_or_empty(marks.reason) };
    if (!m.dead && m.resident)
        m.needs = assets_needed(asset_ages_of(q->app), p->born, v->today);
    m.lacks = m.needs & ~m.held;
    m.reason = q->refused ? typed_reason(q, p->id) : m.said;
    v->lacking += m.lacks != 0;
    *vec_push(q->arena, &v->members) = m;
    return 0;
}

int visit_reasons_read(struct req *q, int64_t visit, visit_reasons *out, struct err *e)
{
    struct digital_visit_reasons_rows rows;
    struct dbr *r = req_read(q, e);
    if (!r || digital_visit_reasons(r, q->arena, &(struct digital_visit_reasons_in) { .visit = visit }, &rows, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        struct resident p = { .name = STR("") };
        if (resident_by_id(r, q->arena, rows.v[i].person, instant_day(q->now), &p, e) < 0)
            return -1;
        *vec_push(q->arena, out) = (struct visit_reason) { rows.v[i].person, p.name, rows.v[i].reason };
    }
    return 0;
}

static int load_visits(struct req *q, struct dbr *r, struct household_view *v, struct err *e)
{
    struct digital_visits_rows rows;
    if (digital_visits(r, q->arena, &(struct digital_visits_in) { .household = v->household.id }, &rows, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        struct visit_view *visit = vec_push(q->arena, &v->visits);
        visit->row = rows.v[i];
        if (visit_reasons_read(q, rows.v[i].id, &visit->reasons, e) != 0)
            return -1;
    }
    v->last_visit = rows.n > 0 ? rows.v[0].id : 0;
    return 0;
}

int household_view_load(struct req *q, int64_t id, struct household_view *v, struct err *e)
{
    struct resident *people;
    size_t n;
    struct dbr *r = req_read(q, e);
    memset(v, 0, sizeof(*v));
    v->today = instant_day(q->now);
    int got = r ? household_by_id(r, q->arena, id, &v->household, e) : -1;
    if (got != 1)
        return got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "household %lld", (long long)id);
    if (household_members(r, q->arena, id, v->today, &people, &n, e) != 0 || load_visits(q, r, v, e) != 0)
        return -1;
    for (size_t i = 0; i < n; i++)
        if (add_member(q, r, v, &people[i], e) != 0)
            return -1;
    v->may_settle = req_may(q, DIGITAL_SETTLE, &v->household.unit, 0) != NULL;
    return 0;
}

static int load(struct req *q, struct household_view *v, struct err *e)
{
    struct household at;
    if (household_of_request(q, &at, e) != 0 || household_view_load(q, at.id, v, e) != 0)
        return -1;
    v->key = req_form_key(q);
    return 0;
}

int household_prepare(struct req *q, struct err *e)
{
    struct household_view *v = arena_new(q->arena, struct household_view);
    q->work = v;
    return load(q, v, e);
}

int household_record_look(struct req *q, struct tx *tx, const struct household_view *v, struct err *e)
{
    for (size_t i = 0; i < v->members.n; i++) {
        struct audit_record rec = audit_of(q, STR("digital.person_seen"));
        rec.unit = v->household.unit;
        rec.subject = v->members.v[i].person.id;
        rec.purpose = MSGS("Hỗ trợ có đủ điều kiện công dân số");
        rec.object = str_fmt(q->arena, "household/%lld", (long long)v->household.id);
        if (audit_write(tx, q->arena, &rec, NULL, e) != 0)
            return -1;
    }
    return v->members.n > 0 ? 0 : ERR(e, ERR_NOT_FOUND, "an empty household");
}

int household_write(struct req *q, struct tx *tx, struct err *e)
{
    return household_record_look(q, tx, q->work, e);
}

int household_page_get(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct html h = res_html(q, s);
    digital_household_page(&h, q->work);
    return 0;
}

/* After a refusal the same person sees the same household that was just recorded as seen. */
int household_again(struct req *q, struct res *s, struct err *e)
{
    struct household_view v;
    if (load(q, &v, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    digital_household_page(&h, &v);
    return 0;
}

/* ---- a visit ---- */

static int check_reason(struct req *q, struct str value, struct err *e)
{
    (void)q;
    return left_reason_named(value) ? 0 : ERR_SAY(e, ERR_FORM, MSGS("Xin chọn một lý do trong danh sách."), "reason");
}

static const struct field visit_fields[] = {
    { .name = "visited_on", .type = FIELD_DAY, .required = true, .label = MSG("Ngày đến") },
    { .name = "person", .type = FIELD_INT, .many = true, .min = 1, .max = 2147483647, .label = MSG("Người") },
    { .name = "reason", .type = FIELD_TEXT, .many = true, .max = 20, .label = MSG("Vì sao chưa đủ"), .check = check_reason },
    { .name = "note",
      .type = FIELD_LINES,
      .max = 500,
      .label = MSG("Ghi chú"),
      .check = secret_check,
      .help = MSG("Ví dụ: hẹn tối thứ bảy. Không bao giờ ghi mật khẩu, mã PIN, mã OTP của bà con.") },
    { .name = "last", .type = FIELD_INT, .min = 0, .max = 2147483647, .label = MSG("Lần đến trước") },
    { .name = NULL },
};
const struct form visit_form = { .name = "visit", .fields = visit_fields };

bool household_has_member(const struct resident *people, size_t n, int64_t person)
{
    for (size_t i = 0; i < n; i++)
        if (people[i].id == person)
            return true;
    return false;
}

static int read_reasons(struct req *q, struct visit_new *w, struct err *e)
{
    struct resident *people;
    size_t n;
    struct dbr *r = req_read(q, e);
    int64_t person;
    if (!r || household_members(r, q->arena, w->household, instant_day(q->now), &people, &n, e) != 0)
        return -1;
    for (size_t i = 0; str_to_i64(req_form_nth(q, "person", i), &person); i++) {
        struct str reason = req_form_nth(q, "reason", i);
        if (!household_has_member(people, n, person) || w->n == VISIT_PEOPLE_MOST)
            return ERR_SAY(e, ERR_FORM, MSGS("Danh sách người của hộ vừa thay đổi. Xin mở lại trang của hộ."), "person %lld",
                           (long long)person);
        if (reason.n == 0)
            continue;
        w->v[w->n].person = person;
        w->v[w->n++].reason = reason;
    }
    return 0;
}

int visit_prepare(struct req *q, struct err *e)
{
    struct visit_new *w = arena_new(q->arena, struct visit_new);
    struct day today = instant_day(q->now);
    struct household at;
    q->work = w;
    w->by = q->actor->account;
    w->by_name = q->actor->name;
    w->visited_on = req_form_day(q, "visited_on");
    w->note = req_form(q, "note").p ? req_form(q, "note") : STR("");
    w->seen_last = req_form_has(q, "last") ? req_form_int(q, "last") : 0;
    if (household_of_request(q, &at, e) != 0)
        return -1;
    w->household = at.id;
    w->unit = at.unit;
    if (w->visited_on.n > today.n || w->visited_on.n < today.n - VISIT_BACK_DAYS)
        return req_refuse_field(q, e, "visited_on", MSGS("Ngày đến phải là hôm nay hoặc trong 60 ngày qua."));
    if (read_reasons(q, w, e) != 0)
        return -1;
    if (w->n == 0 && w->note.n == 0)
        return req_refuse_field(q, e, "note",
                                MSGS("Chưa có gì để ghi. Xin chọn lý do của ít nhất một người hoặc viết ghi chú."));
    return 0;
}

int visit_write(struct req *q, struct tx *tx, struct err *e)
{
    struct visit_recorded done;
    struct audit_record by = audit_of(q, STR("digital.visited"));
    return visit_record(tx, q->arena, q->work, &by, &done, e);
}

int to_household(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/digital-citizens/households/%.*s", STR_ARG(req_param(q, "id"))));
}
