/* intake_person.c: who stands at the counter: the QR or machine-readable lines of a card, or a number, name and day of birth as
 * they say them. Declaring is not looking up: the register says only whether it agrees, and that it was asked is recorded.
 */
#include "engines/counter/intake.h"

#include "gen/counter_pages.h"

static const struct field person_fields[] = {
    { .name = "text",
      .type = FIELD_LINES,
      .max = 1000,
      .label = MSG("Quét thẻ căn cước"),
      .help = MSG("Đặt con trỏ vào ô này rồi quét mã QR trên thẻ.") },
    { .name = "pid", .type = FIELD_PID, .label = MSG("Số định danh") },
    { .name = "name", .type = FIELD_TEXT, .max = 100, .label = MSG("Họ, chữ đệm và tên") },
    { .name = "born", .type = FIELD_TEXT, .max = 12, .label = MSG("Ngày, tháng, năm sinh"), .help = MSG("Ví dụ 02/03/1990") },
    { .name = NULL },
};
const struct form intake_person_form = { .name = "counter_person", .fields = person_fields };

struct str intake_path(struct arena *a, int64_t id, const char *rest)
{
    return str_fmt(a, "/counter/intake/%lld%s", (long long)id, rest);
}

int intake_start_get(struct req *q, struct res *s, struct err *e)
{
    struct intake_start_view v = { .key = req_form_key(q) };
    struct dbr *r = req_read(q, e);
    struct counter_intakes_open_in in = { .account = q->actor->account, .now = q->now };
    if (!r || counter_intakes_open(r, q->arena, &in, &v.open, e))
        return -1;
    struct html h = res_html(q, s);
    counter_intake_start(&h, &v);
    return 0;
}

struct arrival {
    struct identity_read read;
    enum person_match match;
    int64_t person, id;
};

static int read_typed(struct req *q, struct identity_read *out, struct err *e)
{
    if (!req_form_has(q, "pid"))
        return req_refuse_field(q, e, "text", MSGS("Xin quét thẻ, hoặc gõ số định danh, họ tên và ngày sinh."));
    if (!req_form_has(q, "name"))
        return req_refuse_field(q, e, "name", MSGS("Xin ghi họ và tên như trên thẻ: chỉ có số thì chưa biết là ai."));
    if (!req_form_has(q, "born"))
        return req_refuse_field(q, e, "born", MSGS("Xin ghi ngày sinh, hoặc năm sinh nếu thẻ chỉ ghi năm."));
    return identity_typed(q->arena, req_form(q, "pid"), req_form(q, "name"), req_form(q, "born"), STR(""), STR("VNM"),
                          instant_day(q->now), out, e);
}

int intake_person_prepare(struct req *q, struct err *e)
{
    struct arrival *w = q->work = arena_new(q->arena, struct arrival);
    struct dbr *r = req_read(q, e);
    struct err why = { 0 };
    bool scanned = str_trim(str_or_empty(req_form(q, "text"))).n > 0;
    int failed = scanned ? identity_parse(q->arena, req_form(q, "text"), instant_day(q->now), &w->read, &why)
                         : read_typed(q, &w->read, e);
    if (failed && scanned)
        return req_refuse_field(q, e, "text", err_sentence(&why));
    if (failed || !r)
        return -1;
    struct person_claim claim = { .pid = w->read.pid, .name = w->read.name, .name_key = w->read.name_key, .born = w->read.born,
                                  .sex = w->read.sex };
    if (w->read.pid.v[0] && person_match(r, q->arena, &claim, &w->match, &w->person, e))
        return -1;
    if (w->match == PERSON_DEAD)
        return req_refuse_field(q, e, scanned ? "text" : "pid",
                                MSGS("Sổ dân cư ghi người này đã mất. Xin xem lại thẻ; nếu sổ sai, xin báo Công an xã."));
    return 0;
}

int intake_person_write(struct req *q, struct tx *tx, struct err *e)
{
    struct arrival *w = q->work;
    bool matched = w->match == PERSON_MATCH;
    struct counter_intake_insert_in in = { .account = q->actor->account,
                                           .unit = *counter_intake_unit(q),
                                           .made_at = tx_now(tx),
                                           .expires_at = { tx_now(tx).us + INTAKE_HOURS * US_PER_HOUR },
                                           .has_person = matched,
                                           .person = w->person,
                                           .pid = w->read.pid,
                                           .name = w->read.name,
                                           .born = w->read.born,
                                           .level = w->read.level,
                                           .source = w->read.source };
    struct audit_record rec = audit_of(q, STR("counter.matched"));
    if (counter_intake_insert(tx, &in, &w->id, e))
        return -1;
    rec.unit = in.unit;
    rec.object = str_fmt(q->arena, "intake/%lld", (long long)w->id);
    if (matched) {
        rec.subject = w->person;
        rec.purpose = MSGS("Nhận hồ sơ tại một cửa");
    }
    req_outcome(q, str_fmt(q->arena, "%lld", (long long)w->id));
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int intake_person_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/counter/intake/%.*s", STR_ARG(q->outcome)));
}

/* ---- the one that is being taken in ---- */

static int open_service(struct req *q, struct intake *k, struct err *e)
{
    k->def = services_version(q->app, req_read(q, e), k->row.version_id, e);
    if (!k->def)
        return -1;
    services_answers_init(&k->answers, q->arena, k->def, instant_day(k->row.made_at));
    return services_answers_read(&k->answers, k->row.answers, e);
}

int intake_find(struct req *q, struct intake *k, struct err *e)
{
    int64_t id;
    struct dbr *r = req_read(q, e);
    *k = (struct intake) { .def = NULL };
    if (!r)
        return -1;
    int got = 0;
    if (req_param_id(q, "id", &id)) {
        struct counter_intake_row_in in = { .id = id, .account = q->actor->account, .now = q->now };
        got = counter_intake_row(r, q->arena, &in, &k->row, e);
    }
    if (got == 0)
        return ERR_SAY(e, ERR_NOT_FOUND,
                       MSGS("Lần nhận này đã xong hoặc đã quá một ngày. Xin tìm hồ sơ trong danh sách, hoặc nhận lại từ đầu."),
                       "intake");
    return got < 0 ? -1 : k->row.version_id ? open_service(q, k, e) : 0;
}

int intake_find_chosen(struct req *q, struct intake *k, struct err *e)
{
    if (intake_find(q, k, e))
        return -1;
    return k->def ? 0 : ERR_SAY(e, ERR_CONFLICT, MSGS("Chưa chọn thủ tục. Xin chọn thủ tục trước."), "no service");
}

struct str intake_who(struct arena *a, const struct intake *k)
{
    return k->row.born.year ? str_fmt(a, "%.*s, %.*s", STR_ARG(k->row.name), STR_ARG(birth_vi(a, k->row.born))) : k->row.name;
}

/* ---- those that nobody finished ---- */

static int expire_write(struct tx *tx, void *arg, struct err *e)
{
    const struct instant *now = arg;
    tx_unaudited(tx, "applications that were begun at a counter and not handed in");
    return counter_intake_papers_expire(tx, &(struct counter_intake_papers_expire_in) { .now = *now }, NULL, e) ||
                   counter_intakes_expire(tx, &(struct counter_intakes_expire_in) { .now = *now }, NULL, e)
               ? -1
               : 0;
}

int counter_expire_job(struct job_run *j, struct err *e)
{
    return db_write_in(j->db, j->arena, expire_write, &j->now, e);
}
