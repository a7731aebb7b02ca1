/* record.c: one person's evidence: recorded by who saw it, withdrawn by the commune when it proves wrong. */
#include "models/m22_digital_citizens/pages.h"

#include "gen/digital_citizens_pages.h"

#include <string.h>

static int check_asset(struct req *q, struct str value, struct err *e)
{
    enum asset a;
    (void)q;
    return asset_named(value, &a) ? 0 : ERR_SAY(e, ERR_FORM, MSGS("Xin chọn một trong bốn điều kiện."), "asset");
}

static const struct field evidence_fields[] = {
    { .name = "asset", .type = FIELD_TEXT, .required = true, .max = 20, .label = MSG("Điều kiện"), .check = check_asset },
    { .name = "source", .type = FIELD_TEXT, .required = true, .max = 20, .label = MSG("Bằng chứng từ đâu") },
    { .name = "reference",
      .type = FIELD_TEXT,
      .required = true,
      .max = 120,
      .label = MSG("Số tham chiếu"),
      .check = secret_check,
      .help = MSG("Để người khác tra lại được: số văn bản, tên ngân hàng, mã trên biển. Không ghi số tài khoản, mật khẩu, "
                  "mã PIN, OTP.") },
    { .name = "seen_on", .type = FIELD_DAY, .required = true, .label = MSG("Ngày của bằng chứng") },
    { .name = NULL },
};
const struct form asset_evidence_form = { .name = "evidence", .fields = evidence_fields };

static const struct field withdraw_fields[] = {
    { .name = "evidence", .type = FIELD_INT, .required = true, .min = 1, .max = 2147483647, .label = MSG("Bằng chứng") },
    { .name = "why",
      .type = FIELD_TEXT,
      .required = true,
      .min = 5,
      .max = 200,
      .label = MSG("Vì sao rút"),
      .check = secret_check },
    { .name = NULL },
};
const struct form asset_withdraw_form = { .name = "withdraw", .fields = withdraw_fields };

/* ---- the page ---- */

/* Somebody outside one's communes is answered like somebody who does not exist. */
static int person_of_request(struct req *q, struct resident *out, const char *permission, struct err *e)
{
    int64_t id;
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    int got = req_param_id(q, "id", &id) ? resident_by_id(r, q->arena, id, instant_day(q->now), out, e) : 0;
    if (got < 0)
        return -1;
    if (got == 0 || out->household == 0 || out->unit.v[0] == '\0' || !req_may(q, permission, &out->unit, 0))
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không có người này trong địa bàn của bạn."), "person");
    return 0;
}

static int load(struct req *q, struct evidence_view *v, struct err *e)
{
    memset(v, 0, sizeof(*v));
    v->today = instant_day(q->now);
    if (person_of_request(q, &v->person, DIGITAL_VISIT, e) != 0)
        return -1;
    struct dbr *r = req_read(q, e);
    struct digital_evidence_of_person_in in = { .person = v->person.id };
    if (!r || digital_evidence_of_person(r, q->arena, &in, &v->evidence, e) != 0)
        return -1;
    v->needs = v->lacks = assets_needed(asset_ages_of(q->app), v->person.born, v->today);
    for (size_t i = 0; i < v->evidence.n; i++)
        if (v->evidence.v[i].counts_until.n > v->today.n)
            v->lacks &= ~v->evidence.v[i].kind;
    v->may_settle = req_may(q, DIGITAL_SETTLE, &v->person.unit, 0) != NULL;
    v->key = req_form_key(q);
    return 0;
}

int evidence_page_prepare(struct req *q, struct err *e)
{
    struct evidence_view *v = arena_new(q->arena, struct evidence_view);
    q->work = v;
    return load(q, v, e);
}

int evidence_page_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct evidence_view *v = q->work;
    struct audit_record rec = audit_of(q, STR("digital.person_seen"));
    rec.unit = v->person.unit;
    rec.subject = v->person.id;
    rec.purpose = MSGS("Hỗ trợ có đủ điều kiện công dân số");
    rec.object = str_fmt(q->arena, "person/%lld", (long long)v->person.id);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int evidence_page_get(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct html h = res_html(q, s);
    digital_evidence_page(&h, q->work);
    return 0;
}

int evidence_again(struct req *q, struct res *s, struct err *e)
{
    struct evidence_view v;
    if (load(q, &v, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    digital_evidence_page(&h, &v);
    return 0;
}

/* ---- recording ---- */

struct recording {
    struct resident person;
    struct evidence_new evidence;
};

int asset_evidence_prepare(struct req *q, struct err *e)
{
    struct recording *w = arena_new(q->arena, struct recording);
    q->work = w;
    if (person_of_request(q, &w->person, DIGITAL_VISIT, e) != 0)
        return -1;
    w->evidence = (struct evidence_new) { .person = w->person.id,
                                          .source = req_form(q, "source"),
                                          .reference = req_form(q, "reference"),
                                          .seen_on = req_form_day(q, "seen_on"),
                                          .by = q->actor->account,
                                          .by_name = q->actor->name };
    asset_named(req_form(q, "asset"), &w->evidence.asset);
    struct err why = { .code = ERR_NONE };
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    if (evidence_check(r, q->arena, asset_ages_of(q->app), &w->evidence, instant_day(q->now), &why) == 0)
        return 0;
    if (why.code == ERR_FORM)
        return req_refuse_field(q, e, why.field, why.say);
    *e = why;
    return -1;
}

int asset_evidence_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct recording *w = q->work;
    struct audit_record rec = audit_of(q, STR("digital.evidence_recorded"));
    rec.unit = w->person.unit;
    return asset_evidence_add(tx, q->arena, &w->evidence, &rec, e);
}

int to_evidence(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/digital-citizens/people/%.*s", STR_ARG(req_param(q, "id"))));
}

/* ---- withdrawing ---- */

struct withdrawing {
    struct resident person;
    struct digital_evidence_by_id_row evidence;
};

int withdraw_prepare(struct req *q, struct err *e)
{
    struct withdrawing *w = arena_new(q->arena, struct withdrawing);
    struct digital_evidence_by_id_in in = { .id = req_form_int(q, "evidence") };
    q->work = w;
    if (person_of_request(q, &w->person, DIGITAL_SETTLE, e) != 0)
        return -1;
    struct dbr *r = req_read(q, e);
    int got = r ? digital_evidence_by_id(r, q->arena, &in, &w->evidence, e) : -1;
    if (got < 0)
        return -1;
    if (got == 0 || w->evidence.person != w->person.id)
        return ERR(e, ERR_NOT_FOUND, "evidence %lld is not this person's", (long long)in.id);
    return 0;
}

/* Past days keep their figures: it stops counting from today on. */
int asset_withdraw_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct withdrawing *w = q->work;
    struct day today = instant_day(tx_now(tx));
    int64_t changed;
    struct digital_evidence_withdraw_in in = { .id = w->evidence.id,
                                               .counts_until = today,
                                               .withdrawn_why = req_form(q, "why") };
    if (digital_evidence_withdraw(tx, &in, &changed, e) != 0)
        return -1;
    if (changed == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Bằng chứng này đã được rút trước đó."), "withdrawn");
    struct audit_record rec = audit_of(q, STR("digital.evidence_withdrawn"));
    rec.unit = w->person.unit;
    rec.subject = w->person.id;
    rec.purpose = MSGS("Hỗ trợ có đủ điều kiện công dân số");
    rec.object = str_fmt(q->arena, "evidence/%lld", (long long)w->evidence.id);
    return audit_write(tx, q->arena, &rec, NULL, e);
}
