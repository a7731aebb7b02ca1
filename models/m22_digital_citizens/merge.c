/* merge.c: two phones wrote a visit at one door, the second without knowing of the first. Neither is thrown away by the program: a
 * person of the commune looks at both and says which counts, or that there were two visits.
 */
#include "models/m22_digital_citizens/pages.h"

#include "gen/digital_citizens_pages.h"

#include <string.h>

static const struct choice merge_choices[] = {
    { "first", MSG("Lần ghi thứ nhất đúng, bỏ lần thứ hai") },
    { "second", MSG("Lần ghi thứ hai đúng, bỏ lần thứ nhất") },
    { "both", MSG("Đó là hai lần đến khác nhau, giữ cả hai") },
    { .value = NULL },
};
static const struct field merge_fields[] = {
    { .name = "keep", .type = FIELD_CHOICE, .required = true, .choices = merge_choices, .label = MSG("Lần nào đúng?") },
    { .name = NULL },
};
const struct form merge_form = { .name = "merge", .fields = merge_fields };

int doubles_read(struct req *q, double_lines *out, struct err *e)
{
    struct digital_doubles_rows rows;
    struct dbr *r = req_read(q, e);
    if (!r || digital_doubles(r, q->arena, &rows, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        struct household at;
        int got = household_by_id(r, q->arena, rows.v[i].household, &at, e);
        if (got < 0)
            return -1;
        if (got == 1 && req_may(q, DIGITAL_SETTLE, &at.unit, 0))
            *vec_push(q->arena, out) = (struct double_line) { rows.v[i], at };
    }
    return 0;
}

int doubles_get(struct req *q, struct res *s, struct err *e)
{
    struct doubles_view v;
    memset(&v, 0, sizeof(v));
    if (doubles_read(q, &v.doubles, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    digital_doubles_page(&h, &v);
    return 0;
}

static int visit_by_id(struct req *q, int64_t id, struct digital_visit_row *out, struct err *e)
{
    struct dbr *r = req_read(q, e);
    return r ? digital_visit(r, q->arena, &(struct digital_visit_in) { .id = id }, out, e) : -1;
}

static int load(struct req *q, struct merge_view *v, struct err *e)
{
    int64_t id;
    memset(v, 0, sizeof(*v));
    struct dbr *r = req_read(q, e);
    int got = !r ? -1 : req_param_id(q, "id", &id) ? visit_by_id(q, id, &v->second, e) : 0;
    if (got == 1)
        got = household_by_id(r, q->arena, v->second.household, &v->at, e);
    if (got < 0)
        return -1;
    if (got == 0 || !v->second.has_double_of || !req_may(q, DIGITAL_SETTLE, &v->at.unit, 0))
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không có cặp ghi trùng này trong địa bàn của bạn."), "double");
    if (visit_by_id(q, v->second.double_of, &v->first, e) != 1 ||
        visit_reasons_read(q, v->first.id, &v->first_reasons, e) != 0 ||
        visit_reasons_read(q, v->second.id, &v->second_reasons, e) != 0)
        return -1;
    v->key = req_form_key(q);
    return 0;
}

int merge_get(struct req *q, struct res *s, struct err *e)
{
    struct merge_view v;
    if (load(q, &v, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    digital_merge_page(&h, &v);
    return 0;
}

int merge_prepare(struct req *q, struct err *e)
{
    struct merge_view *v = arena_new(q->arena, struct merge_view);
    q->work = v;
    return load(q, v, e);
}

static int set_state(struct tx *tx, int64_t visit, int64_t was, int64_t state, struct err *e)
{
    int64_t changed;
    struct digital_visit_state_set_in in = { .id = visit, .was = was, .state = state };
    if (digital_visit_state_set(tx, &in, &changed, e) != 0)
        return -1;
    return changed == 1 ? 0
                        : ERR_SAY(e, ERR_CONFLICT, MSGS("Cặp này vừa có người khác giải quyết. Xin xem lại danh sách."),
                                  "visit %lld", (long long)visit);
}

static int let_count(struct tx *tx, const struct merge_view *v, struct err *e)
{
    for (size_t i = 0; i < v->second_reasons.n; i++) {
        struct digital_reason_set_in in = { .person = v->second_reasons.v[i].person,
                                            .reason = v->second_reasons.v[i].reason,
                                            .visit = v->second.id,
                                            .said_on = v->second.visited_on };
        if (digital_reason_set(tx, &in, NULL, e) != 0)
            return -1;
    }
    return 0;
}

/* What the set-aside first visit said of people whom the second does not name goes with it. */
static int take_back(struct tx *tx, const struct merge_view *v, struct err *e)
{
    return digital_reason_drop(tx, &(struct digital_reason_drop_in) { .visit = v->first.id }, NULL, e);
}

int merge_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct merge_view *v = q->work;
    struct str keep = req_form(q, "keep");
    bool first = str_eq(keep, STR("first")), second = str_eq(keep, STR("second"));
    if (set_state(tx, v->second.id, VISIT_WAITS, first ? VISIT_SET_ASIDE : VISIT_COUNTS, e) != 0)
        return -1;
    if (second && (set_state(tx, v->first.id, v->first.state, VISIT_SET_ASIDE, e) != 0 || take_back(tx, v, e) != 0))
        return -1;
    if (!first && let_count(tx, v, e) != 0)
        return -1;
    struct audit_record rec = audit_of(q, STR("digital.visits_settled"));
    rec.unit = v->at.unit;
    rec.object = str_fmt(q->arena, "visit/%lld+%lld", (long long)v->first.id, (long long)v->second.id);
    rec.detail = str_fmt(q->arena, "{\"keep\":\"%s\"}", first ? "first" : second ? "second" : "both");
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int to_doubles(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_redirect(s, STR("/digital-citizens/doubles"));
}
