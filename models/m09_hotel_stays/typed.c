/* typed.c: a guest without a card at hand, typed: evidence level L0. A child is declared with a parent and may lack a number. */
#include "models/m09_hotel_stays/desk.h"

#include "gen/hotel_stays_pages.h"

#include "base/text.h"

#include <string.h>

static const struct choice sexes[] = { { "nam", MSG("Nam") }, { "nu", MSG("Nữ") }, { .value = NULL } };

static const struct field typed_fields[] = {
    { .name = "name", .type = FIELD_TEXT, .required = true, .max = 100, .label = MSG("Họ và tên"), .help = MSG("Ghi như trên giấy tờ") },
    { .name = "number", .type = FIELD_TEXT, .max = 20, .label = MSG("Số định danh hoặc số hộ chiếu"),
      .help = MSG("Trẻ em đi cùng cha mẹ có thể để trống") },
    { .name = "born", .type = FIELD_TEXT, .required = true, .max = 10, .label = MSG("Ngày sinh"),
      .help = MSG("Ví dụ 01/02/1990; chỉ biết năm thì ghi năm") },
    { .name = "sex", .type = FIELD_CHOICE, .required = true, .choices = sexes, .label = MSG("Giới tính") },
    { .name = "nationality", .type = FIELD_TEXT, .max = 3, .label = MSG("Quốc tịch"),
      .help = MSG("Ba chữ cái, ví dụ KOR, FRA. Để trống là Việt Nam") },
    { .name = "guardian", .type = FIELD_TEXT, .max = 100, .label = MSG("Trẻ em đi cùng"),
      .help = MSG("Họ tên cha, mẹ hoặc người đi cùng") },
    { .name = NULL },
};
const struct form typed_form = { .name = "typed", .fields = typed_fields };

int typed_get(struct req *q, struct res *s, struct err *e)
{
    struct typed_view v;
    memset(&v, 0, sizeof(v));
    if (desk_facility(q, &v.facility, e) != 0)
        return -1;
    v.key = req_form_key(q);
    struct html h = res_html(q, s);
    typed(&h, &v);
    return 0;
}

int typed_prepare(struct req *q, struct err *e)
{
    struct new_guests *w = arena_new(q->arena, struct new_guests);
    struct identity_read id;
    struct err why = { .code = ERR_NONE };
    q->work = w;
    if (desk_facility(q, &w->facility, e) != 0)
        return -1;
    struct day today = instant_day(q->now);
    struct str name = req_form(q, "name"), born = req_form(q, "born"), sex = req_form(q, "sex"), nation = req_form(q, "nationality");
    bool child = !req_form_has(q, "number") && req_form_has(q, "guardian");
    if (child ? identity_child(q->arena, name, born, sex, nation, today, &id, &why)
              : identity_typed(q->arena, req_form(q, "number"), name, born, sex, nation, today, &id, &why))
        return req_refuse_field(q, e, why.field[0] ? why.field : "name", err_sentence(&why));
    struct stay_guest_in *g = vec_push(q->arena, w);
    if (desk_guest(q, &id, g, e) != 0)
        return -1;
    g->guardian = req_form(q, "guardian");
    g->is_child = req_form_has(q, "guardian");
    return 0;
}
