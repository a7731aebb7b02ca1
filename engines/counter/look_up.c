/* look_up.c: what an officer finds in the place of a paper that data replaces: in words, with who looked and when, in its slot. So no
 * scan of a screen stands for data, and what was found can be defended later.
 */
#include "engines/counter/inside.h"

#include "base/json.h"

enum { FOUND_BYTES = 8 << 10 };

static const struct field fields[] = {
    { .name = "revision", .type = FIELD_INT, .required = true, .min = 1, .max = 1000000 },
    { .name = "slot", .type = FIELD_HIDDEN, .required = true, .max = 60, .label = MSG("Đã tra cứu giấy tờ nào?") },
    { .name = "where", .type = FIELD_TEXT, .required = true, .max = 200, .label = MSG("Tra ở đâu") },
    { .name = "found", .type = FIELD_LINES, .required = true, .max = 1000, .label = MSG("Thấy gì") },
    { .name = NULL },
};
const struct form counter_look_up_form = { .name = "counter_look_up", .fields = fields };

struct look_up {
    struct case_view c;
    struct case_paper_new paper;
};

static const struct service_paper *paper_of(const struct service_def *def, struct str slot)
{
    for (size_t i = 0; def && i < def->n_papers; i++)
        if (counter_is_by_data(&def->papers[i]) && str_eq(def->papers[i].id, slot))
            return &def->papers[i];
    return NULL;
}

static struct str found_json(struct req *q)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, q->arena, FOUND_BYTES);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_object(&j, "values");
    json_out_str(&j, "found", req_form(q, "found"));
    json_out_str(&j, "officer", q->actor->name);
    json_out_str(&j, "where", req_form(q, "where"));
    json_out_end(&j);
    json_out_end(&j);
    return buf_str(&b);
}

int counter_look_up_prepare(struct req *q, struct err *e)
{
    struct look_up *w = q->work = arena_new(q->arena, struct look_up);
    struct err gone = { 0 };
    if (counter_case_find(q, &w->c, e))
        return -1;
    if (!counter_may_add_scan(q, &w->c))
        return counter_refuse_elsewhere(e);
    const struct service_def *def = services_version(q->app, req_read(q, e), w->c.service.version_id, &gone);
    const struct service_paper *p = paper_of(def, req_form(q, "slot"));
    if (!p)
        return req_refuse_field(q, e, "slot", MSGS("Xin chọn một giấy tờ trong danh sách."));
    w->paper = (struct case_paper_new) { .slot = p->id,
                                         .name = p->name,
                                         .kind = CASE_LOOKED_UP,
                                         .source = p->system.n ? p->system : STR("officer"),
                                         .body = found_json(q),
                                         .as_of = q->now,
                                         .level = q->actor->assurance };
    return 0;
}

int counter_look_up_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct look_up *w = q->work;
    struct case_by by = case_by_request(q);
    int64_t paper;
    return case_paper_add(tx, &by, w->c.id, req_form_int(q, "revision"), &w->paper, true, &paper, e);
}

bool counter_look_up_slots(struct html *h, const struct service_def *def, struct field_view *out)
{
    *out = field_of(h, &counter_look_up_form, "slot");
    out->type = FIELD_CHOICE;
    out->as_select = true;
    for (size_t i = 0; def && i < def->n_papers; i++)
        if (counter_is_by_data(&def->papers[i]))
            field_option(h, out, def->papers[i].id, def->papers[i].name);
    *out = field_row(h, *out, 1);
    return out->options.n > 0;
}
