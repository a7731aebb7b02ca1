/* admin.c: lodging places are added, corrected and closed; none is ever deleted, since declarations stand on it. */
#include "engines/stays/admin.h"
#include "gen/stays_pages.h"

#include "base/text.h"

#include <string.h>

enum { PAGE_ROWS = 50 };

static const struct choice kinds[] = {
    { "hotel", MSG("Khách sạn") },     { "nha_nghi", MSG("Nhà nghỉ") },
    { "homestay", MSG("Homestay") },   { "rental", MSG("Nhà cho thuê") },
    { "hospital", MSG("Cơ sở khám, chữa bệnh") }, { "coach", MSG("Xe khách đường dài") },
    { .value = NULL },
};

#define FACILITY_FIELDS                                                                                                      \
    { .name = "name", .type = FIELD_TEXT, .required = true, .max = 100, .label = MSG("Tên cơ sở") },                        \
        { .name = "kind", .type = FIELD_CHOICE, .required = true, .choices = kinds, .label = MSG("Loại cơ sở") },           \
        { .name = "address", .type = FIELD_TEXT, .required = true, .max = 200, .label = MSG("Địa chỉ") },                   \
        { .name = "phone", .type = FIELD_TEXT, .max = 30, .label = MSG("Điện thoại") },                                     \
        { .name = "rooms", .type = FIELD_INT, .required = true, .min = 1, .max = 5000, .label = MSG("Số phòng") }

static const struct field new_fields[] = {
    { .name = "code", .type = FIELD_TEXT, .required = true, .max = 20, .label = MSG("Mã cơ sở"),
      .help = MSG("Ví dụ 24763-014; không đổi về sau") },
    { .name = "unit", .type = FIELD_TEXT, .required = true, .max = 10, .label = MSG("Mã xã"),
      .help = MSG("Mã xã, phường trước 1/7/2025, ví dụ 24763") },
    FACILITY_FIELDS,
    { .name = NULL },
};
const struct form facility_new_form = { .name = "facility_new", .fields = new_fields };

static const struct field change_fields[] = {
    FACILITY_FIELDS,
    { .name = "open", .type = FIELD_CHECK, .label = MSG("Đang hoạt động") },
    { .name = NULL },
};
const struct form facility_change_form = { .name = "facility_change", .fields = change_fields };

int admin_facilities(struct req *q, struct res *s, struct err *e)
{
    struct facilities_view v = { .query = req_query(q, "q") };
    struct facilities_search_in in = { .key = v.query.n ? text_fold(q->arena, v.query) : STR(""), .in_unit = STR(""), .most = PAGE_ROWS };
    struct dbr *r = req_read(q, e);
    if (!str_to_i64(req_query(q, "after"), &in.after))
        in.after = 0;
    if (!r || facilities_search(r, q->arena, &in, &v.rows, e) != 0)
        return -1;
    if (v.rows.n == PAGE_ROWS)
        v.next_href = str_fmt(q->arena, "/admin/facilities?after=%lld", (long long)v.rows.v[PAGE_ROWS - 1].id);
    struct html h = res_html(q, s);
    admin_facilities_page(&h, &v);
    return 0;
}

int admin_facility_new(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct html h = res_html(q, s);
    admin_facility_new_page(&h, req_form_key(q));
    return 0;
}

/* Facilities carry the commune codes in force before 1/7/2025. 1 there is such a commune, 0 none, -1 failed. */
static int commune_of_2023(struct req *q, struct unit_code code, struct unit *out, struct err *e)
{
    struct day before_merger;
    day_from_ymd(2023, 8, 7, &before_merger);
    struct dbr *r = req_read(q, e);
    int found = r ? unit_by_code(r, q->arena, code, before_merger, out, e) : -1;
    return found == 1 ? out->level == 3 : found;
}

int admin_facility(struct req *q, struct res *s, struct err *e)
{
    int64_t id;
    struct unit u;
    struct facility_view v;
    memset(&v, 0, sizeof(v));
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "facility id");
    struct dbr *r = req_read(q, e);
    int found = r ? facility_by_id(r, q->arena, id, &v.facility, e) : -1;
    int named = found == 1 ? commune_of_2023(q, v.facility.unit, &u, e) : 0;
    if (found < 0 || named < 0)
        return -1;
    if (found == 0)
        return ERR(e, ERR_NOT_FOUND, "facility %lld", (long long)id);
    v.unit_name = named ? u.name : STR("");
    v.key = req_form_key(q);
    struct html h = res_html(q, s);
    admin_facility_page(&h, &v);
    return 0;
}

int admin_facility_add_prepare(struct req *q, struct err *e)
{
    struct unit u;
    struct unit_code *code = arena_new(q->arena, struct unit_code);
    q->work = code;
    int found = unit_code_parse(req_form(q, "unit"), code) ? commune_of_2023(q, *code, &u, e) : 0;
    if (found < 0)
        return -1;
    return found == 1 ? 0 : req_refuse_field(q, e, "unit", MSGS("Không có xã, phường nào mang mã này trước 1/7/2025."));
}

static int record(struct req *q, struct tx *tx, struct str action, int64_t id, struct err *e)
{
    struct audit_record rec = audit_of(q, action);
    rec.facility = id;
    rec.facility_name = req_form(q, "name");
    rec.object = str_fmt(q->arena, "facility/%lld", (long long)id);
    req_outcome(q, str_fmt(q->arena, "%lld", (long long)id));
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int admin_facility_add_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id;
    struct facility_insert_in in = { .code = req_form(q, "code"), .name = req_form(q, "name"),
                                     .name_key = text_fold(q->arena, req_form(q, "name")), .kind = req_form(q, "kind"),
                                     .unit = *(const struct unit_code *)q->work, .address = req_form(q, "address"),
                                     .phone = req_form_has(q, "phone") ? req_form(q, "phone") : STR(""),
                                     .rooms = req_form_int(q, "rooms"), .open = true };
    if (facility_insert(tx, &in, &id, e) != 0)
        return e->code == ERR_CONFLICT ? req_refuse_field(q, e, "code", MSGS("Đã có cơ sở mang mã này.")) : -1;
    return record(q, tx, STR("stays.facility_added"), id, e);
}

int admin_facility_change_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id, changed;
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "facility id");
    struct facility_update_in in = { .name = req_form(q, "name"), .name_key = text_fold(q->arena, req_form(q, "name")),
                                     .kind = req_form(q, "kind"), .address = req_form(q, "address"),
                                     .phone = req_form_has(q, "phone") ? req_form(q, "phone") : STR(""),
                                     .rooms = req_form_int(q, "rooms"), .open = req_form_has(q, "open"), .id = id };
    if (facility_update(tx, &in, &changed, e) != 0)
        return -1;
    if (changed == 0)
        return ERR(e, ERR_NOT_FOUND, "facility %lld", (long long)id);
    return record(q, tx, STR("stays.facility_changed"), id, e);
}

int admin_facility_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/admin/facilities/%.*s", STR_ARG(q->outcome)));
}
