/* desk.c: the register's desk: organisations are entered with their first representative, get another one, and end. */
#include "engines/organisations/pages.h"
#include "gen/organisations_pages.h"

#include "base/json.h"
#include "base/text.h"
#include "engines/people/people.h"

enum { PAGE_ROWS = 50 };

static int check_code(struct req *q, struct str value, struct err *e)
{
    struct tax_code c;
    (void)q;
    return tax_code_parse(value, &c, e);
}

static int check_unit(struct req *q, struct str value, struct err *e)
{
    struct unit_code code;
    struct unit unit;
    struct dbr *r = req_read(q, e);
    int found = r && unit_code_parse(value, &code) ? unit_by_code(r, q->arena, code, instant_day(q->now), &unit, e) : 0;
    if (!r || found < 0)
        return -1;
    return found == 1 && unit.level == 3 ? 0 : ERR_SAY(e, ERR_FORM, MSGS("Không có xã, phường nào mang mã này hôm nay."), "unit");
}

#define HEAD_FIELDS                                                                                                                     \
    { .name = "pid", .type = FIELD_PID, .required = true, .label = MSG("Số định danh của người đại diện theo pháp luật") },             \
        { .name = "head", .type = FIELD_TEXT, .required = true, .max = 100, .label = MSG("Họ và tên người đại diện") },                 \
        { .name = "basis", .type = FIELD_TEXT, .required = true, .min = 3, .max = 200, .label = MSG("Căn cứ"),                          \
          .help = MSG("Số và ngày của giấy chứng nhận hoặc quyết định") }

static const struct field organisation_fields[] = {
    { .name = "code", .type = FIELD_TEXT, .required = true, .max = 20, .label = MSG("Mã số thuế"), .check = check_code,
      .help = MSG("10 chữ số; chi nhánh 13; hộ kinh doanh 12") },
    { .name = "name", .type = FIELD_TEXT, .required = true, .min = 3, .max = 200, .label = MSG("Tên tổ chức") },
    { .name = "kind", .type = FIELD_CHOICE, .required = true, .choices = organisation_kinds, .label = MSG("Loại") },
    { .name = "unit", .type = FIELD_TEXT, .required = true, .max = 10, .label = MSG("Mã xã, phường của trụ sở"), .check = check_unit },
    { .name = "address", .type = FIELD_TEXT, .required = true, .min = 3, .max = 200, .label = MSG("Địa chỉ trụ sở") },
    HEAD_FIELDS,
    { .name = NULL },
};
const struct form organisation_form = { .name = "organisation", .fields = organisation_fields };

static const struct field head_fields[] = { HEAD_FIELDS, { .name = NULL } };
const struct form head_form = { .name = "head", .fields = head_fields };

/* ---- pages ---- */

int organisations_get(struct req *q, struct res *s, struct err *e)
{
    struct organisations_view v = { .query = req_query(q, "q"), .today = instant_day(q->now) };
    struct organisations_search_in in = { .key = v.query.n ? text_fold(q->arena, v.query) : STR(""), .most = PAGE_ROWS };
    struct dbr *r = req_read(q, e);
    if (!str_to_i64(req_query(q, "after"), &in.after))
        in.after = 0;
    if (!r || organisations_search(r, q->arena, &in, &v.rows, e) != 0)
        return -1;
    if (v.rows.n == PAGE_ROWS)
        v.next_href = str_fmt(q->arena, "/organisations?after=%lld", (long long)v.rows.v[PAGE_ROWS - 1].id);
    struct html h = res_html(q, s);
    organisations(&h, &v);
    return 0;
}

int organisation_new_get(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct html h = res_html(q, s);
    organisation_new_page(&h, req_form_key(q));
    return 0;
}

int organisation_get(struct req *q, struct res *s, struct err *e)
{
    struct organisation_view v;
    int64_t id;
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "organisation id");
    if (organisation_view_load(q, id, &v, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    organisation_page(&h, &v);
    return 0;
}

int organisation_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/organisations/%.*s", STR_ARG(q->outcome)));
}

/* ---- acts ---- */

struct entering {
    struct organisation_insert_in row;
    struct part_new head;
};

static int find_head(struct req *q, struct part_new *head, struct err *e)
{
    struct person p;
    if (person_of_form(q, "pid", "head", &p, e) != 0)
        return -1;
    if (majority_day(p.born).n > instant_day(q->now).n)
        return req_refuse_field(q, e, "pid", MSGS("Người đại diện theo pháp luật phải đủ 18 tuổi."));
    *head = (struct part_new){ .person = p.id, .name = p.name, .part = PART_REPRESENTATIVE, .basis = req_form(q, "basis"),
                               .given_name = q->actor->name, .from = instant_day(q->now) };
    day_from_ymd(9999, 12, 31, &head->until);
    return 0;
}

int organisation_prepare(struct req *q, struct err *e)
{
    struct entering *w = arena_new(q->arena, struct entering);
    struct tax_code *code = arena_new(q->arena, struct tax_code);
    q->work = w;
    if (tax_code_parse(req_form(q, "code"), code, e) != 0)
        return -1;
    w->row = (struct organisation_insert_in){ .code = tax_code_str(code), .name = req_form(q, "name"),
                                              .name_key = text_fold(q->arena, req_form(q, "name")), .kind = req_form(q, "kind"),
                                              .address = req_form(q, "address"), .since = instant_day(q->now) };
    day_from_ymd(9999, 12, 31, &w->row.until);
    unit_code_parse(req_form(q, "unit"), &w->row.unit);
    return find_head(q, &w->head, e);
}

static int record(struct req *q, struct tx *tx, const char *action, int64_t organisation, const struct part_new *head, struct err *e)
{
    struct audit_record rec = audit_of(q, str_of(action));
    rec.object = str_fmt(q->arena, "organisation/%lld", (long long)organisation);
    if (head) {
        rec.subject = head->person;
        rec.purpose = MSGS("Ghi người đại diện theo pháp luật của tổ chức");
    }
    req_outcome(q, str_fmt(q->arena, "%lld", (long long)organisation));
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int organisation_write(struct req *q, struct tx *tx, struct err *e)
{
    struct entering *w = q->work;
    int64_t id, part;
    if (organisation_insert(tx, &w->row, &id, e) != 0)
        return e->code == ERR_CONFLICT ? req_refuse_field(q, e, "code", MSGS("Trong sổ đã có tổ chức mang mã số thuế này.")) : -1;
    w->head.organisation = id;
    if (organisation_part_give(tx, q->arena, &w->head, &part, e) != 0)
        return -1;
    return record(q, tx, "organisations.entered", id, &w->head, e);
}

int head_prepare(struct req *q, struct err *e)
{
    struct entering *w = arena_new(q->arena, struct entering);
    struct organisation_view v;
    int64_t id;
    q->work = w;
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "organisation id");
    if (organisation_view_load(q, id, &v, e) != 0)
        return -1;
    if (v.over)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Tổ chức này đã chấm dứt hoạt động."), "organisation %lld", (long long)id);
    if (find_head(q, &w->head, e) != 0)
        return -1;
    w->head.organisation = id;
    return 0;
}

int head_write(struct req *q, struct tx *tx, struct err *e)
{
    struct entering *w = q->work;
    int64_t part;
    if (organisation_head_change(tx, q->arena, &w->head, &part, e) != 0)
        return -1;
    return record(q, tx, "organisations.head_changed", w->head.organisation, &w->head, e);
}

int organisation_end_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id;
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "organisation id");
    return organisation_close(tx, q->arena, id, e) != 0 ? -1 : record(q, tx, "organisations.closed", id, NULL, e);
}
