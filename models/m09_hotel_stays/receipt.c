/* receipt.c: the paper that protects the host: number, time, facility, count, and a proof that can be checked anywhere. */
#include "models/m09_hotel_stays/desk.h"

#include "gen/hotel_stays_pages.h"

#include <string.h>

int receipt_of_request(struct req *q, struct stay_receipt *out, struct err *e)
{
    struct facility own;
    struct dbr *r = req_read(q, e);
    if (!r || desk_facility(q, &own, e) != 0)
        return -1;
    int found = stay_receipt_by_number(r, q->arena, req_param(q, "number"), out, e);
    if (found < 0)
        return -1;
    if (found == 0 || out->facility != own.id) /* another facility's receipt: no hint that it exists */
        return ERR(e, ERR_NOT_FOUND, "receipt %.*s", STR_ARG(str_head(req_param(q, "number"), 40)));
    return 0;
}

static int load_unit_name(struct req *q, struct dbr *r, struct receipt_view *v, struct err *e)
{
    struct unit u;
    struct day before_merger;
    /* Facilities carry the commune codes of 2023. */
    day_from_ymd(2023, 8, 7, &before_merger);
    int found = unit_by_code(r, q->arena, v->facility.unit, before_merger, &u, e);
    v->unit_name = found == 1 ? u.name : STR("");
    return found < 0 ? -1 : 0;
}

int receipt_get(struct req *q, struct res *s, struct err *e)
{
    struct receipt_view v;
    struct str compact;
    struct dbr *r = req_read(q, e);
    memset(&v, 0, sizeof(v));
    if (!r || receipt_of_request(q, &v.receipt, e) != 0 || desk_facility(q, &v.facility, e) != 0 || load_unit_name(q, r, &v, e) != 0)
        return -1;
    struct stay_guests_of_declaration_in in = { .declaration = v.receipt.declaration };
    if (stay_guests_of_declaration(r, q->arena, &in, &v.guests, e) != 0)
        return -1;
    int sealed = audit_evidence_compact(r, q->arena, v.receipt.audit_seq, &compact, e);
    if (sealed < 0)
        return -1;
    v.sealed = sealed == 1;
    if (v.sealed)
        v.check_url = str_fmt(q->arena, "%s/check?e=%.*s", q->app->settings.base_url, STR_ARG(compact));
    v.paper = (struct paper_view){ .above = STR(""), .org = v.facility.name, .number = v.receipt.number, .place = v.unit_name,
                                   .on = instant_day(v.receipt.at) };
    struct html h = res_html(q, s);
    receipt(&h, &v);
    return 0;
}

int receipt_evidence(struct req *q, struct res *s, struct err *e)
{
    struct stay_receipt receipt;
    struct str json;
    struct dbr *r = req_read(q, e);
    if (!r || receipt_of_request(q, &receipt, e) != 0)
        return -1;
    int sealed = audit_evidence(r, q->signer, q->arena, receipt.audit_seq, &json, e);
    if (sealed < 0)
        return -1;
    if (sealed == 0)
        return ERR_SAY(e, ERR_BUSY, MSGS("Biên nhận đang được niêm phong. Xin tải lại sau một giây."), "not sealed yet");
    if (res_download(q, s, "application/json", str_fmt(q->arena, "%.*s.json", STR_ARG(receipt.number))) != 0)
        return -1;
    buf_put(&s->body, json);
    return 0;
}
