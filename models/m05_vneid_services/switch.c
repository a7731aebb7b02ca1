/* switch.c: the administrator's list of services on the channel, and switching one off or on. */
#include "models/m05_vneid_services/doors.h"

#include "gen/vneid_services_pages.h"

static const struct choice offered_choices[] = {
    { "on", MSG("Mở trong VNeID") },
    { "off", MSG("Tắt trong VNeID") },
    { NULL, { NULL, 0 } },
};
static const struct field switch_fields[] = {
    { .name = "service", .type = FIELD_TEXT, .required = true, .max = 40, .label = MSG("Dịch vụ") },
    { .name = "offered", .type = FIELD_CHOICE, .required = true, .choices = offered_choices, .label = MSG("Mở hay tắt") },
    { .name = "reason", .type = FIELD_TEXT, .required = true, .max = 200, .label = MSG("Vì sao") },
    { .name = NULL },
};
const struct form vneid_switch_form = { .name = "vneid_switch", .fields = switch_fields };

struct listing {
    struct req *q;
    struct dbr *r;
    struct vneid_services_view *v;
};

/* One line a service: its newest version stands for it. */
static int add_service(void *ctx, const struct service_def *def, struct err *e)
{
    struct listing *l = ctx;
    struct vneid_service s;
    size_t n = l->v->services.n;
    if (n && str_eq(l->v->services.v[n - 1].code, def->code))
        return 0;
    if (vneid_service_on(l->q->app, l->r, l->q->arena, def->code, instant_day(l->q->now), &s, e))
        return -1;
    *vec_push(l->q->arena, &l->v->services) = s;
    return 0;
}

int vneid_services_get(struct req *q, struct res *s, struct err *e)
{
    struct vneid_services_view v = { .said = str_eq(req_query(q, "xong"), STR("dich-vu"))
                                                 ? MSGS("Đã đổi. Từ bây giờ VNeID mở dịch vụ theo danh sách này.")
                                                 : STR("") };
    struct listing l = { q, req_read(q, e), &v };
    if (!l.r || services_versions_each(q->app, l.r, q->arena, add_service, &l, e))
        return -1;
    v.key = req_form_key(q);
    struct html h = res_html(q, s);
    v.service = field_of(&h, &vneid_switch_form, "service");
    v.service.type = FIELD_CHOICE;
    v.service.as_select = true;
    for (size_t i = 0; i < v.services.n; i++)
        field_option(&h, &v.service, v.services.v[i].code, v.services.v[i].name);
    vneid_services(&h, &v);
    return 0;
}

int vneid_switch_prepare(struct req *q, struct err *e)
{
    struct vneid_service s;
    struct dbr *r = req_read(q, e);
    if (!r || vneid_service_on(q->app, r, q->arena, req_form(q, "service"), instant_day(q->now), &s, e))
        return -1;
    if (!str_eq(req_form(q, "offered"), STR("on")))
        return s.state == VNEID_OFFERED
                   ? 0
                   : ERR_SAY(e, ERR_CONFLICT, MSGS("Dịch vụ này đang không mở trong VNeID nên không có gì để tắt."),
                             "not on");
    if (s.state == VNEID_UNFINISHED || s.state == VNEID_NO_SERVICE)
        return ERR_SAY(
            e, ERR_CONFLICT,
            MSGS("Không mở được: dịch vụ này có bước phải làm tại quầy, hoặc không có hiệu lực hôm nay. Người dân sẽ đi nửa "
                 "đường rồi phải quay lại."),
            "cannot be finished");
    return 0;
}

int vneid_switch_write(struct req *q, struct tx *tx, struct err *e)
{
    struct audit_record rec = audit_of(q, STR("vneid.switched"));
    struct vneid_switch_insert_in in = { .service = req_form(q, "service"),
                                         .offered = str_eq(req_form(q, "offered"), STR("on")),
                                         .reason = req_form(q, "reason"),
                                         .at = tx_now(tx),
                                         .by_name = q->actor->name };
    rec.object = str_fmt(q->arena, "service/%.*s", STR_ARG(in.service));
    return vneid_switch_insert(tx, &in, NULL, e) || audit_write(tx, q->arena, &rec, NULL, e) ? -1 : 0;
}

int vneid_switch_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q;
    (void)e;
    return res_redirect(s, STR("/admin/vneid/dich-vu?xong=dich-vu"));
}
