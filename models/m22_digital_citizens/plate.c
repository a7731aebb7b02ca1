/* plate.c: codes, and what happens to a plate: assigned to households, seen on the door, taken down. */
#include "models/m22_digital_citizens/plate.h"

#include "gen/digital_citizens_pages.h"
#include "gen/digital_citizens_queries.h"

/* ---- codes ---- */

static bool next_product(int *product, char c)
{
    if (c < '0' || c > '9')
        return false;
    int sum = (*product + (c - '0')) % 10;
    *product = (sum == 0 ? 10 : sum) * 2 % 11;
    return true;
}

struct str plate_code(struct arena *a, const struct unit_code *unit, int64_t number)
{
    struct str digits = str_fmt(a, "%.*s-%05lld", STR_ARG(unit_code_str(unit)), (long long)number);
    int product = 10;
    for (size_t i = 0; i < digits.n; i++)
        if (digits.p[i] != '-')
            next_product(&product, digits.p[i]);
    return str_fmt(a, "%.*s-%d", STR_ARG(digits), (11 - product) % 10);
}

bool plate_code_sound(struct str code)
{
    int product = 10;
    if (code.n < 8 || code.n > 24 || code.p[code.n - 2] != '-')
        return false;
    for (size_t i = 0; i + 2 < code.n; i++)
        if (code.p[i] != '-' && !next_product(&product, code.p[i]))
            return false;
    return code.p[code.n - 1] == (char)('0' + (11 - product) % 10);
}

/* ---- assigning ---- */

struct assigning {
    struct hamlet hamlet;
    int64_t households[PLATES_AT_ONCE];
    size_t n;
};

struct collecting {
    struct assigning *w;
    const struct digital_plates_of_hamlet_rows *have;
    int64_t last;
};

static bool has_plate(const struct digital_plates_of_hamlet_rows *have, int64_t household)
{
    for (size_t i = 0; i < have->n; i++)
        if (have->v[i].household == household)
            return true;
    return false;
}

static int collect(void *ctx, const struct resident_at *p)
{
    struct collecting *c = ctx;
    if (p->household == c->last || c->w->n == PLATES_AT_ONCE)
        return 0;
    c->last = p->household;
    if (!has_plate(c->have, p->household))
        c->w->households[c->w->n++] = p->household;
    return 0;
}

int plates_assign_prepare(struct req *q, struct err *e)
{
    struct assigning *w = arena_new(q->arena, struct assigning);
    struct digital_plates_of_hamlet_rows have;
    struct collecting c = { w, &have, 0 };
    struct dbr *r = req_read(q, e);
    q->work = w;
    if (!r || hamlet_of_request(q, r, DIGITAL_SETTLE, &w->hamlet, e) != 0 ||
        digital_plates_of_hamlet(r, q->arena, &(struct digital_plates_of_hamlet_in) { .hamlet = w->hamlet.id }, &have, e) != 0)
        return -1;
    return hamlet_residents_each(r, q->arena, &w->hamlet, instant_day(q->now), collect, &c, e);
}

int plates_assign_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct assigning *w = q->work;
    struct digital_plate_last_row last;
    if (digital_plate_last(tx_reader(tx), q->arena, &(struct digital_plate_last_in) { .unit = w->hamlet.unit }, &last, e) < 0)
        return -1;
    for (size_t i = 0; i < w->n; i++) {
        int64_t number = last.number + (int64_t)i + 1, id;
        struct digital_plate_insert_in in = {
            .code = plate_code(q->arena, &w->hamlet.unit, number),
            .unit = w->hamlet.unit,
            .number = number,
            .household = w->households[i],
            .hamlet = w->hamlet.id,
            .place = str_fmt(q->arena, "%.*s, %.*s", STR_ARG(w->hamlet.name), STR_ARG(w->hamlet.commune)),
            .assigned_on = instant_day(tx_now(tx)),
            .assigned_name = q->actor->name
        };
        if (digital_plate_insert(tx, &in, &id, e) != 0)
            return -1;
    }
    struct audit_record rec = audit_of(q, STR("digital.plates_assigned"));
    rec.unit = w->hamlet.unit;
    rec.object = str_fmt(q->arena, "hamlet/%lld", (long long)w->hamlet.id);
    rec.detail = str_fmt(q->arena, "{\"plates\":%zu}", w->n);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

/* ---- seen on the door ---- */

static const struct field mount_fields[] = {
    { .name = "mounted_on", .type = FIELD_DAY, .required = true, .label = MSG("Ngày thấy biển đã gắn") },
    { .name = "seen_by",
      .type = FIELD_TEXT,
      .required = true,
      .min = 3,
      .max = 120,
      .label = MSG("Gắn ở đâu, ai cùng chứng kiến"),
      .check = secret_check,
      .help = MSG("Ví dụ: cửa chính, trưởng thôn cùng xem.") },
    { .name = NULL },
};
const struct form plate_mount_form = { .name = "plate_mount", .fields = mount_fields };

struct mounting {
    struct plate_view view;
    struct resident *people;
    size_t n;
};

static int plate_of_request(struct req *q, const char *permission, struct plate_view *v, struct err *e)
{
    struct digital_plate_by_code_in in = { .code = req_param(q, "code") };
    struct dbr *r = req_read(q, e);
    int got = r ? digital_plate_by_code(r, q->arena, &in, &v->plate, e) : -1;
    if (got == 1)
        got = household_by_id(r, q->arena, v->plate.household, &v->at, e);
    if (got < 0)
        return -1;
    if (got == 0 || !req_may(q, permission, &v->plate.unit, 0))
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không có biển này trong địa bàn của bạn."), "plate");
    v->may_settle = req_may(q, DIGITAL_SETTLE, &v->plate.unit, 0) != NULL;
    v->today = instant_day(q->now);
    v->key = req_form_key(q);
    return 0;
}

/* A plate and its household's code; who lives there stands on the household's page, where the look is recorded. */
int plate_get(struct req *q, struct res *s, struct err *e)
{
    struct plate_view v = { .today = { 0 } };
    if (plate_of_request(q, DIGITAL_VISIT, &v, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    digital_plate_page(&h, &v);
    return 0;
}

int plate_mount_prepare(struct req *q, struct err *e)
{
    struct mounting *w = arena_new(q->arena, struct mounting);
    struct day on = req_form_day(q, "mounted_on");
    q->work = w;
    if (plate_of_request(q, DIGITAL_VISIT, &w->view, e) != 0)
        return -1;
    if (on.n > w->view.today.n || on.n < w->view.plate.assigned_on.n)
        return req_refuse_field(q, e, "mounted_on", MSGS("Ngày gắn biển từ ngày cấp mã đến hôm nay."));
    return household_members(req_read(q, e), q->arena, w->view.plate.household, w->view.today, &w->people, &w->n, e);
}

/* Evidence for each member who needs an address and has none of this plate yet; those who cannot be counted are passed over. */
static int add_evidence(struct req *q, struct tx *tx, const struct mounting *w, const struct resident *p, struct err *e)
{
    struct evidence_new in = { .person = p->id,
                               .asset = ASSET_ADDRESS,
                               .source = STR("plate"),
                               .reference = w->view.plate.code,
                               .seen_on = req_form_day(q, "mounted_on"),
                               .by = q->actor->account,
                               .by_name = q->actor->name };
    struct audit_record rec = audit_of(q, STR("digital.evidence_recorded"));
    struct err why = { .code = ERR_NONE };
    rec.unit = w->view.plate.unit;
    if (!unit_code_eq(&p->unit, &w->view.at.unit))
        return 0;
    if (evidence_check(tx_reader(tx), q->arena, asset_ages_of(q->app), &in, w->view.today, &why) == 0)
        return asset_evidence_add(tx, q->arena, &in, &rec, e);
    if (why.code == ERR_FORM)
        return 0;
    *e = why;
    return -1;
}

int plate_mount_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct mounting *w = q->work;
    int64_t changed;
    struct digital_plate_mount_in in = { .mounted_on = req_form_day(q, "mounted_on"),
                                         .seen_by = req_form(q, "seen_by"),
                                         .recorded_by = q->actor->account,
                                         .recorded_name = q->actor->name,
                                         .recorded_at = tx_now(tx),
                                         .id = w->view.plate.id };
    if (digital_plate_mount(tx, &in, &changed, e) != 0)
        return -1;
    if (changed == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Biển này đã được ghi là đã gắn, hoặc đã gỡ."), "plate");
    for (size_t i = 0; i < w->n; i++)
        if (add_evidence(q, tx, w, &w->people[i], e) != 0)
            return -1;
    struct audit_record rec = audit_of(q, STR("digital.plate_mounted"));
    rec.unit = w->view.plate.unit;
    rec.object = str_fmt(q->arena, "plate/%.*s", STR_ARG(w->view.plate.code));
    return audit_write(tx, q->arena, &rec, NULL, e);
}

/* ---- taken down ---- */

static const struct field end_fields[] = {
    { .name = "why",
      .type = FIELD_TEXT,
      .required = true,
      .min = 5,
      .max = 200,
      .label = MSG("Vì sao gỡ biển"),
      .check = secret_check },
    { .name = NULL },
};
const struct form plate_end_form = { .name = "plate_end", .fields = end_fields };

int plate_end_prepare(struct req *q, struct err *e)
{
    struct mounting *w = arena_new(q->arena, struct mounting);
    q->work = w;
    if (plate_of_request(q, DIGITAL_SETTLE, &w->view, e) != 0)
        return -1;
    return household_members(req_read(q, e), q->arena, w->view.plate.household, w->view.today, &w->people, &w->n, e);
}

/* What stood on the plate stops counting today; figures of past days stay. */
static int withdraw_of(struct req *q, struct tx *tx, const struct mounting *w, int64_t person, struct err *e)
{
    struct digital_evidence_of_plate_rows rows;
    struct digital_evidence_of_plate_in in = { .person = person, .reference = w->view.plate.code };
    if (digital_evidence_of_plate(tx_reader(tx), q->arena, &in, &rows, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        struct digital_evidence_withdraw_in out = { .id = rows.v[i].id,
                                                    .counts_until = instant_day(tx_now(tx)),
                                                    .withdrawn_why = req_form(q, "why") };
        struct audit_record rec = audit_of(q, STR("digital.evidence_withdrawn"));
        rec.unit = w->view.plate.unit;
        rec.subject = person;
        rec.purpose = MSGS("Hỗ trợ có đủ điều kiện công dân số");
        rec.object = str_fmt(q->arena, "evidence/%lld", (long long)rows.v[i].id);
        if (digital_evidence_withdraw(tx, &out, NULL, e) != 0 || audit_write(tx, q->arena, &rec, NULL, e) != 0)
            return -1;
    }
    return 0;
}

int plate_end_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct mounting *w = q->work;
    int64_t changed;
    struct digital_plate_end_in in = { .ended_on = instant_day(tx_now(tx)), .ended_why = req_form(q, "why"), .id = w->view.plate.id };
    if (digital_plate_end(tx, &in, &changed, e) != 0)
        return -1;
    if (changed == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Biển này đã được gỡ trước đó."), "plate");
    for (size_t i = 0; i < w->n; i++)
        if (withdraw_of(q, tx, w, w->people[i].id, e) != 0)
            return -1;
    struct audit_record rec = audit_of(q, STR("digital.plate_ended"));
    rec.unit = w->view.plate.unit;
    rec.object = str_fmt(q->arena, "plate/%.*s", STR_ARG(w->view.plate.code));
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int to_plates(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/digital-citizens/hamlets/%.*s/plates", STR_ARG(req_param(q, "id"))));
}

int to_plate(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/digital-citizens/plates/%.*s", STR_ARG(req_param(q, "code"))));
}
