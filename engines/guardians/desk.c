/* desk.c: the commune's civil-status officer records a guardianship, or its end. Only for wards who live in the officer's own commune. */
#include "engines/guardians/inside.h"
#include "gen/guardians_pages.h"

#include "base/json.h"
#include "engines/people/people.h"

#define NO_END "9999-12-31"

static const struct choice kinds[] = {
    { "minor", MSG("Người chưa đủ 18 tuổi") },
    { "incapacity", MSG("Người thành niên, theo quyết định của Toà án") },
    { .value = NULL },
};
static const struct field guardianship_fields[] = {
    { .name = "ward", .type = FIELD_PID, .required = true, .label = MSG("Số định danh của người được giám hộ") },
    { .name = "ward_name", .type = FIELD_TEXT, .required = true, .max = 100, .label = MSG("Họ và tên người được giám hộ") },
    { .name = "guardian", .type = FIELD_PID, .required = true, .label = MSG("Số định danh của người giám hộ") },
    { .name = "guardian_name", .type = FIELD_TEXT, .required = true, .max = 100, .label = MSG("Họ và tên người giám hộ") },
    { .name = "kind", .type = FIELD_CHOICE, .required = true, .choices = kinds, .label = MSG("Giám hộ cho ai") },
    { .name = "from", .type = FIELD_DAY, .required = true, .label = MSG("Từ ngày") },
    { .name = "until", .type = FIELD_DAY, .label = MSG("Đến hết ngày"),
      .help = MSG("Để trống: đến khi đủ 18 tuổi, hoặc đến khi có quyết định khác") },
    { .name = "basis", .type = FIELD_TEXT, .required = true, .min = 5, .max = 200, .label = MSG("Căn cứ"),
      .help = MSG("Số, ngày và nơi cấp của trích lục hoặc quyết định") },
    { .name = NULL },
};
const struct form guardianship_form = { .name = "guardianship", .fields = guardianship_fields };

static const struct field guardianship_end_fields[] = {
    { .name = "reason", .type = FIELD_TEXT, .required = true, .min = 5, .max = 200, .label = MSG("Vì sao kết thúc") },
    { .name = NULL },
};
const struct form guardianship_end_form = { .name = "guardianship_end", .fields = guardianship_end_fields };

/* ---- the list ---- */

static struct day no_end(void)
{
    struct day d = { 0 };
    day_parse_iso(STR(NO_END), &d);
    return d;
}

struct day guardianship_last_day(const struct guardianships_of_unit_row *g)
{
    return (struct day){ g->until_day.n - 1 };
}

bool guardianship_was_held(const struct guardianships_of_unit_row *g)
{
    return g->until_day.n > g->from_day.n;
}

bool guardianship_has_end(const struct guardianships_of_unit_row *g)
{
    return g->until_day.n < no_end().n;
}

bool guardianship_is_over(const struct guardianships_view *v, const struct guardianships_of_unit_row *g)
{
    return g->until_day.n <= v->today.n;
}

static const struct unit_code *own_unit(const struct req *q)
{
    const struct grant *g = req_may(q, MAY_RECORD, NULL, 0);
    ASSERT(g != NULL); /* the route asks for it */
    return &g->territory;
}

int guardianships_get(struct req *q, struct res *s, struct err *e)
{
    struct guardianships_view v = { .today = instant_day(q->now), .key = req_form_key(q) };
    struct guardianships_of_unit_in in = { .unit = *own_unit(q) };
    struct dbr *r = req_read(q, e);
    if (!str_to_i64(req_query(q, "before"), &in.before))
        in.before = INT64_MAX;
    if (!r || guardianships_of_unit(r, q->arena, &in, &v.rows, e) != 0)
        return -1;
    if (v.rows.n == 50)
        v.next_href = str_fmt(q->arena, "/guardianships?before=%lld", (long long)v.rows.v[49].id);
    struct html h = res_html(q, s);
    guardianships(&h, &v);
    return 0;
}

int guardianship_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_redirect(s, STR("/guardianships"));
}

/* ---- recording ---- */

struct guardianship_act {
    struct guardianship_insert_in row;
    struct person ward, guardian;
};

static int check_ward(struct req *q, struct guardianship_act *w, struct err *e)
{
    struct day of_age = majority_day(w->ward.born), today = instant_day(q->now);
    bool minor = str_eq(w->row.kind, STR("minor"));
    if (!req_may(q, MAY_RECORD, &w->ward.unit, 0))
        return req_refuse_field(q, e, "ward",
                                MSGS("Người được giám hộ không thường trú ở xã của bạn. Xin chuyển việc này cho xã nơi họ cư trú."));
    if (minor && of_age.n <= today.n)
        return req_refuse_field(q, e, "ward",
                                MSGS("Người này đã đủ 18 tuổi. Giám hộ cho người thành niên cần quyết định của Toà án: xin chọn mục ấy."));
    if (!minor && of_age.n > today.n)
        return req_refuse_field(q, e, "kind", MSGS("Người này chưa đủ 18 tuổi: xin chọn giám hộ cho người chưa thành niên."));
    if (minor && w->row.until_day.n > of_age.n)
        w->row.until_day = of_age;
    return 0;
}

static int check_guardian(struct req *q, struct guardianship_act *w, struct err *e)
{
    if (w->guardian.id == w->ward.id)
        return req_refuse_field(q, e, "guardian", MSGS("Một người không thể tự giám hộ cho mình."));
    if (majority_day(w->guardian.born).n > instant_day(q->now).n)
        return req_refuse_field(q, e, "guardian", MSGS("Người giám hộ phải đủ 18 tuổi."));
    return 0;
}

static int check_days(struct req *q, struct guardianship_act *w, struct err *e)
{
    if (w->row.from_day.n > instant_day(q->now).n + 366)
        return req_refuse_field(q, e, "from", MSGS("Ngày bắt đầu không quá một năm sau hôm nay."));
    if (w->row.until_day.n <= w->row.from_day.n)
        return req_refuse_field(q, e, "until", MSGS("Ngày cuối phải sau ngày đầu, và trước ngày người được giám hộ đủ 18 tuổi."));
    return 0;
}

int guardianship_prepare(struct req *q, struct err *e)
{
    struct guardianship_act *w = arena_new(q->arena, struct guardianship_act);
    q->work = w;
    w->row = (struct guardianship_insert_in){ .kind = req_form(q, "kind"), .unit = *own_unit(q), .from_day = req_form_day(q, "from"),
                                              .until_day = no_end(), .basis = req_form(q, "basis"), .made_name = q->actor->name };
    if (req_form_has(q, "until"))
        w->row.until_day.n = req_form_day(q, "until").n + 1;
    if (person_of_form(q, "ward", "ward_name", &w->ward, e) != 0 || check_ward(q, w, e) != 0 ||
        person_of_form(q, "guardian", "guardian_name", &w->guardian, e) != 0 || check_guardian(q, w, e) != 0 ||
        check_days(q, w, e) != 0)
        return -1;
    w->row.ward = w->ward.id;
    w->row.ward_name = w->ward.name;
    w->row.guardian = w->guardian.id;
    w->row.guardian_name = w->guardian.name;
    return 0;
}

/* 0: nothing stands in the way. */
static int refuse_twice(struct req *q, struct tx *tx, const struct guardianship_act *w, struct err *e)
{
    struct guardianship_meeting_row row;
    struct guardianship_meeting_in in = { .guardian = w->row.guardian, .ward = w->row.ward, .from = w->row.from_day,
                                          .until = w->row.until_day };
    int found = guardianship_meeting(tx_reader(tx), q->arena, &in, &row, e);
    if (found < 0)
        return -1;
    return found == 0 ? 0 : req_refuse_field(q, e, "guardian", MSGS("Việc giám hộ giữa hai người này đã được ghi cho khoảng ngày ấy."));
}

static int refuse_too_many(struct req *q, struct tx *tx, const struct guardianship_act *w, struct err *e)
{
    struct guardianships_of_guardian_rows rows;
    struct guardianships_of_guardian_in in = { .guardian = w->row.guardian, .today = instant_day(tx_now(tx)) };
    if (guardianships_of_guardian(tx_reader(tx), q->arena, &in, &rows, e) != 0)
        return -1;
    return rows.n < PAPER_WARDS_MOST
               ? 0
               : req_refuse_field(q, e, "guardian", MSGS("Người này đang giám hộ cho 100 người, không thể nhận thêm. Xin ghi người khác."));
}

static int record(struct req *q, struct tx *tx, const char *action, int64_t id, int64_t ward, struct err *e)
{
    struct audit_record rec = audit_of(q, str_of(action));
    rec.object = str_fmt(q->arena, "guardianship/%lld", (long long)id);
    rec.unit = *own_unit(q);
    rec.subject = ward;
    rec.purpose = MSGS("Ghi việc giám hộ");
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int guardianship_write(struct req *q, struct tx *tx, struct err *e)
{
    struct guardianship_act *w = q->work;
    int64_t id;
    w->row.made_at = tx_now(tx);
    if (refuse_twice(q, tx, w, e) != 0 || refuse_too_many(q, tx, w, e) != 0 || guardianship_insert(tx, &w->row, &id, e) != 0 ||
        guardians_tell_accounts(tx, q->arena, w->row.guardian, e) != 0)
        return -1;
    return record(q, tx, "guardians.recorded", id, w->row.ward, e);
}

/* ---- ending ---- */

int guardianship_end_prepare(struct req *q, struct err *e)
{
    struct guardianship_by_id_row *row = arena_new(q->arena, struct guardianship_by_id_row);
    struct dbr *r = req_read(q, e);
    int64_t id;
    q->work = row;
    if (!r)
        return -1;
    int found = req_param_id(q, "id", &id) ? guardianship_by_id(r, q->arena, &(struct guardianship_by_id_in){ .id = id }, row, e) : 0;
    if (found < 0)
        return -1;
    if (found == 0 || !req_may(q, MAY_RECORD, &row->unit, 0))
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Xã của bạn không ghi việc giám hộ này."), "guardianship");
    return 0;
}

int guardianship_end_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct guardianship_by_id_row *row = q->work;
    struct guardianship_end_in in = { .until_day = instant_day(tx_now(tx)), .end_reason = req_form(q, "reason"), .id = row->id };
    int64_t changed;
    if (guardianship_end(tx, &in, &changed, e) != 0)
        return -1;
    if (changed == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Việc giám hộ này đã kết thúc."), "guardianship %lld", (long long)row->id);
    return guardians_tell_accounts(tx, q->arena, row->guardian, e) != 0 ? -1
                                                                         : record(q, tx, "guardians.ended", row->id, row->ward, e);
}
