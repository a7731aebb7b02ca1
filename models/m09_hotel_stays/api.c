/* api.c: the hotel's own software declares: one to sixty guests as JSON, the receipt back. Idempotency-Key makes a repeated call
 * harmless. Same rules as the desk; the answer says match or no match for nobody.
 */
#include "models/m09_hotel_stays/desk.h"

#include "base/json.h"
#include "base/text.h"

#include <jansson.h>
#include <string.h>

/* The list of guests is nested, so the handler reads it itself. */
const struct form api_form = { .name = "stays_api", .max_body = 256 * 1024 };

struct api_work {
    struct new_guests guests;
    struct str late_cause;
    struct stay_receipt receipt;
};

/* Sentence of a guest's fault with its place in the list, so that a program can tell its user which one. */
static int refuse_guest(struct req *q, size_t i, const struct err *why, struct err *e)
{
    struct tr_arg args[] = { { "n", str_fmt(q->arena, "%zu", i + 1) }, { "why", tr(q->lang, err_sentence(why)) } };
    return ERR_SAY(e, ERR_FORM, tr_fill(q->arena, q->lang, MSGS("Khách thứ {n}: {why}"), args, 2), "guest %zu", i);
}

static int read_identity(struct req *q, const json_t *o, struct identity_read *id, struct err *e)
{
    struct day today = instant_day(q->now);
    if (json_object_get(o, "scan"))
        return identity_parse(q->arena, str_or_empty(json_str_at(o, "scan")), today, id, e);
    if (str_trim(str_or_empty(json_str_at(o, "number"))).n == 0 && str_trim(str_or_empty(json_str_at(o, "guardian"))).n > 0)
        return identity_child(q->arena, str_or_empty(json_str_at(o, "name")), str_or_empty(json_str_at(o, "born")),
                              str_or_empty(json_str_at(o, "sex")), str_or_empty(json_str_at(o, "nationality")), today, id,
                              e);
    return identity_typed(q->arena, str_or_empty(json_str_at(o, "number")), str_or_empty(json_str_at(o, "name")),
                          str_or_empty(json_str_at(o, "born")), str_or_empty(json_str_at(o, "sex")),
                          str_or_empty(json_str_at(o, "nationality")), today, id, e);
}

static int read_stay(struct req *q, const json_t *o, struct stay_guest_in *g, struct err *e)
{
    struct str reason;
    if (text_clean(q->arena, str_or_empty(json_str_at(o, "room")), TEXT_ONE_LINE, 20, &g->room, e) != 0 ||
        text_clean(q->arena, str_or_empty(json_str_at(o, "reason")), TEXT_ONE_LINE, 60, &reason, e) != 0 ||
        text_clean(q->arena, str_or_empty(json_str_at(o, "guardian")), TEXT_ONE_LINE, 100, &g->guardian, e) != 0)
        return -1;
    if (reason.n > 0)
        g->reason = reason;
    g->is_child = g->guardian.n > 0;
    if (json_object_get(o, "arrives") && !instant_parse(str_or_empty(json_str_at(o, "arrives")), &g->arrives) &&
        !instant_typed(str_or_empty(json_str_at(o, "arrives")), &g->arrives))
        return ERR_SAY(e, ERR_FORM, MSGS("Giờ đến chưa đúng. Ví dụ 2026-11-23T20:47:00+07:00."), "arrives");
    g->leaves.n = instant_day(g->arrives).n + 1;
    if (json_object_get(o, "leaves") && !day_typed(str_or_empty(json_str_at(o, "leaves")), &g->leaves))
        return ERR_SAY(e, ERR_FORM, MSGS("Ngày đi chưa đúng. Ví dụ 2026-11-24."), "leaves");
    if (g->leaves.n < instant_day(g->arrives).n)
        return ERR_SAY(e, ERR_FORM, MSGS("Ngày đi phải từ ngày đến trở đi."), "leaves before arrival");
    return 0;
}

static int read_guest(struct req *q, const json_t *o, struct stay_guest_in *g, struct err *why)
{
    struct identity_read id;
    return json_is_object(o) && read_identity(q, o, &id, why) == 0 && desk_guest(q, &id, g, why) == 0 && read_stay(q, o, g, why) == 0
               ? 0
               : -1;
}

int api_declare_prepare(struct req *q, struct err *e)
{
    struct api_work *w = arena_new(q->arena, struct api_work);
    const json_t *guests = json_object_get(q->json, "guests");
    q->work = w;
    if (desk_facility(q, &w->guests.facility, e) != 0)
        return -1;
    size_t n = json_array_size(guests);
    if (n == 0 || n > STAY_GUESTS_MAX)
        return ERR_SAY(e, ERR_FORM, MSGS("Mỗi lần khai từ 1 đến 60 khách, trong mảng guests."), "%zu guests", n);
    if (text_clean(q->arena, str_or_empty(json_str_at(q->json, "late_cause")), TEXT_ONE_LINE, 200, &w->late_cause, e) != 0)
        return -1;
    for (size_t i = 0; i < n; i++) {
        struct err why = { .code = ERR_INPUT };
        if (read_guest(q, json_array_get(guests, i), vec_push(q->arena, &w->guests), &why) == 0)
            continue;
        if (why.code != ERR_DB && why.code != ERR_BUSY)
            return refuse_guest(q, i, &why, e);
        *e = why;
        return -1;
    }
    return 0;
}

int api_declare_write(struct req *q, struct tx *tx, struct err *e)
{
    struct api_work *w = q->work;
    struct stay_declaration d = { .facility = &w->guests.facility, .guests = w->guests.v, .n_guests = w->guests.n,
                                  .late_cause = w->late_cause };
    if (stay_declare(tx, q->arena, q, &d, &w->receipt, e) != 0)
        return -1;
    req_outcome(q, w->receipt.number);
    return 0;
}

/* What does not go together on each guest's paper, so that the facility's program can show it at the desk. It comes from what was
 * sent; of the register there is nothing in it. */
static void put_warnings(struct req *q, struct json_out *j, const struct new_guests *guests)
{
    json_out_array(j, "warnings");
    for (size_t i = 0; i < guests->n; i++) {
        struct identity_warning_list list = identity_warnings(guests->v[i].id.warnings);
        for (size_t k = 0; k < list.n; k++) {
            json_out_item_object(j);
            json_out_str(j, "code", str_of(list.v[k].code));
            json_out_int(j, "guest", (int64_t)i + 1);
            json_out_str(j, "message", tr(q->lang, list.v[k].say));
            json_out_end(j);
        }
    }
    json_out_end(j);
}

int api_declare_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    const struct api_work *w = q->work;
    struct json_out j;
    stays_changed(q->app, &w->guests.facility.unit);
    s->status = 201;
    s->type = STR("application/json");
    json_out_init(&j, &s->body);
    json_out_open(&j);
    json_out_str(&j, "evidence", str_fmt(q->arena, "/stays/receipts/%.*s/evidence", STR_ARG(q->outcome)));
    json_out_str(&j, "number", q->outcome);
    json_out_str(&j, "receipt", str_fmt(q->arena, "/stays/receipts/%.*s", STR_ARG(q->outcome)));
    json_out_bool(&j, "replayed", q->replayed);
    put_warnings(q, &j, &w->guests);
    json_out_end(&j);
    return 0;
}
