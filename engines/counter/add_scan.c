/* add_scan.c: a scan into a case that is filed: what somebody brings later, or what the desk has forgotten to scan. */
#include "engines/counter/inside.h"

#include "engines/counter/scan_quality.h"

static const struct field fields[] = {
    { .name = "revision", .type = FIELD_INT, .required = true, .min = 1, .max = 1000000 },
    { .name = "slot", .type = FIELD_HIDDEN, .required = true, .max = 60, .label = MSG("Là giấy tờ nào?") },
    { .name = "scan",
      .type = FIELD_FILE,
      .required = true,
      .max = CASE_FILE_MAX,
      .label = MSG("Bản chụp hoặc tệp PDF"),
      .help = MSG("Quét từ 150 DPI, tối đa 4 MB.") },
    { .name = "keep", .type = FIELD_CHECK, .label = MSG("Vẫn dùng bản chụp khó đọc") },
    { .name = NULL },
};
const struct form counter_scan_form = {
    .name = "counter_scan", .fields = fields, .multipart = true, .max_body = CASE_FILE_MAX + (64 << 10)
};

bool counter_may_add_scan(struct req *q, const struct case_view *c)
{
    return c->open && ((c->owner != OWNER_CITIZEN && case_may_work(q, c, c->owner)) || case_may_work(q, c, OWNER_ONE_STOP));
}

struct add_scan {
    struct case_view c;
    struct case_paper_new paper;
};

/* Its name in the service's list; what stands in no list is "another paper". */
struct str counter_slot_name(const struct service_def *def, struct str slot)
{
    for (size_t i = 0; def && i < def->n_papers; i++)
        if (str_eq(def->papers[i].id, slot))
            return def->papers[i].name;
    return str_eq(slot, STR(COUNTER_OTHER_SLOT)) ? MSGS("Giấy tờ khác") : STR("");
}

/* No scan of a screen stands for data. */
static bool is_by_data(const struct service_def *def, struct str slot)
{
    for (size_t i = 0; def && i < def->n_papers; i++)
        if (str_eq(def->papers[i].id, slot))
            return counter_is_by_data(&def->papers[i]);
    return false;
}

int counter_scan_prepare(struct req *q, struct err *e)
{
    struct add_scan *w = q->work = arena_new(q->arena, struct add_scan);
    const struct part *file = req_file(q, "scan");
    struct err why = { 0 };
    if (counter_case_find(q, &w->c, e))
        return -1;
    if (!counter_may_add_scan(q, &w->c))
        return counter_refuse_elsewhere(e);
    const struct service_def *def = services_version(q->app, req_read(q, e), w->c.service.version_id, &why);
    w->paper = (struct case_paper_new) { .slot = req_form(q, "slot"),
                                         .name = counter_slot_name(def, req_form(q, "slot")),
                                         .kind = CASE_SCAN,
                                         .source = STR("counter"),
                                         .file_name = file ? str_head(str_or_empty(file->filename), 120) : STR(""),
                                         .bytes = file ? file->bytes : STR("") };
    if (!w->paper.name.n || is_by_data(def, w->paper.slot))
        return req_refuse_field(q, e, "slot", MSGS("Xin chọn một giấy tờ trong danh sách."));
    if (case_paper_check(&w->paper, &why))
        return req_refuse_field(q, e, "scan", err_sentence(&why));
    struct str why_not = scan_objection(scan_look(w->paper.bytes).doubt, req_form_has(q, "keep"));
    return why_not.n ? req_refuse_field(q, e, "scan", why_not) : 0;
}

int counter_scan_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct add_scan *w = q->work;
    struct case_by by = case_by_request(q);
    int64_t paper;
    return case_paper_add(tx, &by, w->c.id, req_form_int(q, "revision"), &w->paper, false, &paper, e);
}

void counter_scan_slots(struct html *h, const struct service_def *def, struct field_view *out)
{
    *out = field_of(h, &counter_scan_form, "slot");
    out->type = FIELD_CHOICE;
    out->as_select = true;
    for (size_t i = 0; def && i < def->n_papers; i++)
        if (!counter_is_by_data(&def->papers[i]))
            field_option(h, out, def->papers[i].id, def->papers[i].name);
    field_option(h, out, STR(COUNTER_OTHER_SLOT), MSGS("Giấy tờ khác"));
}

struct field_view counter_scan_file(struct html *h)
{
    struct field_view f = field_of(h, &counter_scan_form, "scan");
    f.accept = STR("image/jpeg,image/png,image/webp,application/pdf");
    return f;
}
