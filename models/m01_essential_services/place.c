/* place.c: where a filing goes, and how the result is wanted. */
#include "models/m01_essential_services/portal.h"

#include "engines/people/people.h"
#include "gen/essential_services_pages.h"

static const struct field place_fields[] = {
    { .name = "unit", .type = FIELD_TEXT, .required = true, .max = 8, .label = MSG("Nơi nhận hồ sơ") },
    { .name = "delivery", .type = FIELD_TEXT, .required = true, .max = 12, .label = MSG("Bạn muốn nhận kết quả thế nào?") },
    { .name = "address",
      .type = FIELD_TEXT,
      .max = 300,
      .label = MSG("Địa chỉ nhận qua bưu điện"),
      .help = MSG("Chỉ điền khi chọn gửi qua bưu điện.") },
    { .name = NULL },
};
const struct form portal_place_form = { .name = "portal_place", .fields = place_fields };

static const struct {
    unsigned bit;
    enum case_delivery delivery;
    struct str word;
} ways[] = {
    { SERVICE_ELECTRONIC, CASE_ELECTRONIC, STR_INIT("electronic") },
    { SERVICE_COUNTER, CASE_AT_COUNTER, STR_INIT("counter") },
    { SERVICE_POST, CASE_BY_POST, STR_INIT("post") },
};
enum { WAYS = sizeof ways / sizeof *ways };

/* What lies nearest: where the applicant lives, as the form has it, in a commune of the province. */
static struct str likely_unit(const struct filing *f)
{
    struct str unit = unit_code_str(&f->row.unit);
    for (size_t i = 0; i < f->def->n_fields && !unit.n; i++) {
        struct str value = services_value(&f->answers, i, 0);
        if ((f->def->fields[i].type == SERVICE_ADDRESS || f->def->fields[i].type == SERVICE_UNIT) && value.n &&
            !str_eq(value, SERVICE_ELSEWHERE))
            unit = value;
    }
    return unit;
}

static struct field_view choice_view(struct html *h, const char *name, struct str stored)
{
    struct field_view f = field_with(h, &portal_place_form, name, stored);
    f.type = FIELD_CHOICE;
    return f;
}

int portal_place_get(struct req *q, struct res *s, struct err *e)
{
    struct filing f;
    if (filing_of_request(q, &f, e))
        return -1;
    struct html h = res_html(q, s);
    struct place_view v = { .f = &f, .key = req_form_key(q) };
    v.unit = choice_view(&h, "unit", likely_unit(&f));
    v.unit.as_select = true;
    for (size_t i = 0; i < f.answers.communes.n; i++)
        field_option(&h, &v.unit, f.answers.communes.codes[i], f.answers.communes.names[i]);
    v.delivery = choice_view(&h, "delivery", unit_code_str(&f.row.unit).n ? ways[f.row.delivery].word : STR_NONE);
    for (size_t i = 0; i < WAYS; i++)
        if (f.def->result.delivery & ways[i].bit)
            field_option(&h, &v.delivery, ways[i].word, case_delivery_label(ways[i].delivery));
    portal_place(&h, &v);
    return 0;
}

struct place_work {
    struct filing f;
    struct filing_place_in in;
};

static bool is_commune(const struct filing *f, struct str code)
{
    for (size_t i = 0; i < f->answers.communes.n; i++)
        if (str_eq(f->answers.communes.codes[i], code))
            return true;
    return false;
}

int portal_place_prepare(struct req *q, struct err *e)
{
    struct place_work *w = arena_new(q->arena, struct place_work);
    bool known = false;
    q->work = w;
    if (filing_of_request(q, &w->f, e))
        return -1;
    w->in = (struct filing_place_in) { .draft = w->f.draft.id, .address = str_trim(str_or_empty(req_form(q, "address"))) };
    if (!is_commune(&w->f, req_form(q, "unit")) || !unit_code_parse(req_form(q, "unit"), &w->in.unit))
        req_refuse_field(q, NULL, "unit", MSGS("Xin chọn một xã, phường trong danh sách."));
    for (size_t i = 0; i < WAYS; i++)
        if (str_eq(req_form(q, "delivery"), ways[i].word) && (w->f.def->result.delivery & ways[i].bit)) {
            w->in.delivery = ways[i].delivery;
            known = true;
        }
    if (!known)
        req_refuse_field(q, NULL, "delivery", MSGS("Xin chọn một cách nhận kết quả."));
    if (known && w->in.delivery == CASE_BY_POST && !w->in.address.n)
        req_refuse_field(q, NULL, "address", MSGS("Xin ghi địa chỉ để bưu điện đưa kết quả đến."));
    return q->n_field_errors ? ERR(e, ERR_FORM, "place: %zu fields", q->n_field_errors) : 0;
}

int portal_place_write(struct req *q, struct tx *tx, struct err *e)
{
    struct place_work *w = q->work;
    tx_unaudited(tx, "a draft that its owner goes on with; nothing is filed yet");
    return filing_place(tx, &w->in, NULL, e);
}

int portal_place_reply(struct req *q, struct res *s, struct err *e)
{
    struct filing f;
    if (filing_of_request(q, &f, e))
        return -1;
    slot_views slots = { 0 };
    filing_slots(&f, &slots);
    return res_redirect(s, str_fmt(q->arena, "%.*s%s", STR_ARG(f.base), slots.n ? "giay-to" : "kiem-tra"));
}
