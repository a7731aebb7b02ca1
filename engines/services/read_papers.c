/* read_papers.c: what a service asks to see, and where each comes from; what it costs. */
#include "engines/services/read.h"

enum { PAPERS = 40, MEMBERS = 40, FEES = 20, LETTERS = 300, NOTE_LETTERS = 1000 };
#define DONG_MOST INT64_C(1000000000000)

static void read_members(struct service_reader *r, const struct service_at *source, const struct service_def *def,
                         struct service_paper *p)
{
    const char *key;
    json_t *value;
    struct service_at fields = service_read_member(source, "fields");
    if (!fields.j)
        return;
    if (!json_is_object(fields.j) || json_object_size(fields.j) > MEMBERS) {
        service_read_fault(r, &fields, MSGS("Chỗ này phải là một đối tượng trong ngoặc nhọn."), STR_NONE);
        return;
    }
    p->fields = arena_new_array(r->a, struct service_paper_field, json_object_size(fields.j));
    json_object_foreach((json_t *)(uintptr_t)fields.j, key, value)
    {
        struct service_at member = { .up = &fields, .key = key, .j = value };
        size_t field = service_read_field_name(r, &member, str_of(key), def, def->n_fields);
        p->fields[p->n_fields++] = (struct service_paper_field) { field, service_read_text_at(r, &member, 60) };
    }
}

static void read_source(struct service_reader *r, const struct service_at *at, const struct service_def *def,
                        struct service_paper *p)
{
    static const char *const known[] = { "kind", "system", "fields", NULL };
    struct service_at source = service_read_member(at, "source"), system = service_read_member(&source, "system");
    p->source = SERVICE_PAPER;
    if (!source.j)
        service_read_fault(r, &source, MSGS("Thiếu mục này."), STR_NONE);
    if (!service_read_object(r, &source, known))
        return;
    p->source = (enum service_source)service_read_word(r, &source, "kind", JSON_MUST, service_sources, SERVICE_PAPER);
    p->system = service_read_text(r, &source, "system", p->source == SERVICE_EXCHANGE ? JSON_MUST : JSON_MAY, 60);
    if (p->system.n && (p->source == SERVICE_PAPER || p->source == SERVICE_DECLARATION))
        service_read_fault(r, &system, MSGS("Giấy nộp hoặc lời cam đoan không đến từ hệ thống nào."), p->system);
    read_members(r, &source, def, p);
}

static void read_paper(struct service_reader *r, const struct service_at *at, struct service_def *def)
{
    static const char *const known[] = { "id",   "name",   "note",     "form_no",    "required",
                                         "when", "source", "fallback", "post_check", NULL };
    struct service_at id = service_read_member(at, "id");
    if (!service_read_object(r, at, known))
        return;
    struct service_paper p = { .id = service_read_id(r, at, "id", JSON_MUST),
                               .name = service_read_text(r, at, "name", JSON_MUST, LETTERS),
                               .note = service_read_text(r, at, "note", JSON_MAY, NOTE_LETTERS),
                               .form_no = service_read_text(r, at, "form_no", JSON_MAY, 60),
                               .required = service_read_bool(r, at, "required", false),
                               .when = service_read_condition(r, at, "when", def, def->n_fields),
                               .fallbacks = service_read_words(r, at, "fallback", service_fallbacks),
                               .post_check = service_read_bool(r, at, "post_check", false) };
    read_source(r, at, def, &p);
    for (size_t i = 0; i < def->n_papers; i++)
        if (str_eq(def->papers[i].id, p.id))
            service_read_fault(r, &id, MSGS("Mục này đứng hai lần."), p.id);
    def->papers[def->n_papers++] = p;
}

void service_read_papers(struct service_reader *r, const struct service_at *version, struct service_def *def)
{
    struct service_at at = service_read_member(version, "papers");
    size_t n = service_read_array(r, &at, PAPERS);
    def->papers = arena_new_array(r->a, struct service_paper, n);
    for (size_t i = 0; i < n; i++) {
        struct service_at item = service_read_item(&at, i);
        read_paper(r, &item, def);
    }
}

static size_t read_times(struct service_reader *r, const struct service_at *at, const struct service_def *def)
{
    struct service_at times = service_read_member(at, "times");
    struct str id = service_read_text(r, at, "times", JSON_MAY, 60);
    size_t field = id.n ? service_read_field_name(r, &times, id, def, def->n_fields) : SERVICE_NO_FIELD;
    if (field != SERVICE_NO_FIELD && def->fields[field].type != SERVICE_INT)
        service_read_fault(r, &times, MSGS("Chỉ nhân với câu kiểu số (int)."), id);
    return field;
}

static void read_fee(struct service_reader *r, const struct service_at *at, struct service_def *def)
{
    static const char *const known[] = { "id", "label", "note", "amount", "times", "when", "confirmed", NULL };
    struct service_at id = service_read_member(at, "id");
    if (!service_read_object(r, at, known))
        return;
    struct service_fee f = { .id = service_read_id(r, at, "id", JSON_MUST),
                             .label = service_read_text(r, at, "label", JSON_MUST, LETTERS),
                             .note = service_read_text(r, at, "note", JSON_MAY, NOTE_LETTERS),
                             .times = read_times(r, at, def),
                             .when = service_read_condition(r, at, "when", def, def->n_fields),
                             .confirmed = service_read_bool(r, at, "confirmed", false) };
    service_read_int(r, at, "amount", JSON_MUST, 0, DONG_MOST, &f.amount.dong);
    for (size_t i = 0; i < def->n_fees; i++)
        if (str_eq(def->fees[i].id, f.id))
            service_read_fault(r, &id, MSGS("Mục này đứng hai lần."), f.id);
    def->fees[def->n_fees++] = f;
}

void service_read_fees(struct service_reader *r, const struct service_at *version, struct service_def *def)
{
    struct service_at at = service_read_member(version, "fee");
    size_t n = service_read_array(r, &at, FEES);
    def->fees = arena_new_array(r->a, struct service_fee, n);
    for (size_t i = 0; i < n; i++) {
        struct service_at item = service_read_item(&at, i);
        read_fee(r, &item, def);
    }
}
