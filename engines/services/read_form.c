/* read_form.c: pages and fields. Read twice: first all that is asked, then when, since a condition names a field. */
#include "engines/services/read.h"

enum {
    PAGES = 40,
    FIELDS_OF_PAGE = 12,
    FIELDS = 200,
    CHOICES = 120,
    REPEAT_MOST = 50,
    LABEL_LETTERS = 300,
    HELP_LETTERS = 1000,
    TEXT_MOST = 4000,
};

static bool wants_choices(enum service_field_type t)
{
    return t == SERVICE_CHOICE || t == SERVICE_CHECKS;
}

static void read_choices(struct service_reader *r, const struct service_at *at, struct service_field *f)
{
    static const char *const known[] = { "value", "label", NULL };
    struct service_at list = service_read_member(at, "choices");
    size_t n = service_read_array(r, &list, CHOICES);
    if (wants_choices(f->type) != (list.j != NULL))
        service_read_fault(r, &list, MSGS("Chỉ câu kiểu choice và checks có danh sách lựa chọn, và bắt buộc phải có."),
                           f->id);
    f->choices = arena_new_array(r->a, struct service_choice, n);
    for (size_t i = 0; i < n; i++) {
        struct service_at item = service_read_item(&list, i);
        if (!service_read_object(r, &item, known))
            continue;
        struct service_choice c = { service_read_text(r, &item, "value", JSON_MUST, 60),
                                    service_read_text(r, &item, "label", JSON_MUST, LABEL_LETTERS) };
        for (size_t k = 0; k < f->n_choices; k++)
            if (str_eq(f->choices[k].value, c.value))
                service_read_fault(r, &item, MSGS("Mục này đứng hai lần."), c.value);
        f->choices[f->n_choices++] = c;
    }
}

static void read_limits(struct service_reader *r, const struct service_at *at, struct service_field *f)
{
    bool number = f->type == SERVICE_INT || f->type == SERVICE_MONEY;
    int64_t most = number ? INT64_C(1000000000000000) : TEXT_MOST;
    f->has_min = service_read_int(r, at, "min", JSON_MAY, number ? -most : 0, most, &f->min);
    f->has_max = service_read_int(r, at, "max", JSON_MAY, number ? -most : 1, most, &f->max);
    if (f->has_min && f->has_max && f->min > f->max)
        service_read_fault(r, at, MSGS("min lớn hơn max."), f->id);
}

static void read_prefill(struct service_reader *r, const struct service_at *at, struct service_field *f)
{
    struct service_at prefill = service_read_member(at, "prefill");
    f->prefill = service_read_text(r, at, "prefill", JSON_MAY, 60);
    if (f->prefill.n && !service_prefill_known(f->prefill))
        service_read_fault(r, &prefill, MSGS("Không biết lấy sẵn từ đâu. Xin ghi như applicant.name, mother.birth_day."),
                           f->prefill);
}

static void read_rule(struct service_reader *r, const struct service_at *at, struct service_field *f)
{
    struct service_at check = service_read_member(at, "check");
    f->rule = (enum service_rule)service_read_word(r, at, "check", JSON_MAY, service_rules, SERVICE_ANY_DAY);
    if (check.j && f->type != SERVICE_DAY)
        service_read_fault(r, &check, MSGS("Chỉ câu kiểu ngày (day) có phép kiểm tra này."), f->id);
}

/* What a posted page says besides its answers: take.c. */
static bool is_reserved(struct str id)
{
    return str_eq(id, STR("page")) || str_eq(id, STR("item")) || str_eq(id, STR("go")) || str_eq(id, STR(SERVICES_CARRIED));
}

static void read_field(struct service_reader *r, const struct service_at *at, struct service_def *def)
{
    static const char *const known[] = { "id",  "type", "label",   "help",    "required", "min",
                                         "max", "when", "choices", "prefill", "check",    NULL };
    struct service_at id = service_read_member(at, "id");
    if (!service_read_object(r, at, known))
        return;
    struct service_field f = { .id = service_read_id(r, at, "id", JSON_MUST),
                               .label = service_read_text(r, at, "label", JSON_MUST, LABEL_LETTERS),
                               .help = service_read_text(r, at, "help", JSON_MAY, HELP_LETTERS),
                               .type = (enum service_field_type)service_read_word(r, at, "type", JSON_MUST,
                                                                                  service_field_types, SERVICE_TEXT),
                               .required = service_read_bool(r, at, "required", false),
                               .page = def->n_pages };
    read_choices(r, at, &f);
    read_limits(r, at, &f);
    read_prefill(r, at, &f);
    read_rule(r, at, &f);
    if (is_reserved(f.id))
        service_read_fault(r, &id, MSGS("Tên này trang biểu mẫu đã dùng. Xin chọn tên khác."), f.id);
    if (f.id.n && (service_field_named(def, f.id) != SERVICE_NO_FIELD || service_page_named(def, f.id) != SERVICE_NO_FIELD))
        service_read_fault(r, &id, MSGS("Tên này đã dùng cho một câu hỏi hoặc một trang khác."), f.id);
    def->fields[def->n_fields++] = f;
}

static void read_repeat(struct service_reader *r, const struct service_at *at, struct service_page *p)
{
    static const char *const known[] = { "max", "item", NULL };
    struct service_at repeat = service_read_member(at, "repeat");
    int64_t most = 0;
    if (!service_read_object(r, &repeat, known))
        return;
    service_read_int(r, &repeat, "max", JSON_MUST, 1, REPEAT_MOST, &most);
    p->repeat_max = (int)most;
    p->item = service_read_text(r, &repeat, "item", JSON_MUST, 60);
}

static void read_page(struct service_reader *r, const struct service_at *at, struct service_def *def)
{
    static const char *const known[] = { "id", "title", "intro", "when", "repeat", "fields", NULL };
    struct service_at fields = service_read_member(at, "fields"), id = service_read_member(at, "id");
    if (!service_read_object(r, at, known))
        return;
    struct service_page p = { .id = service_read_id(r, at, "id", JSON_MUST),
                              .title = service_read_text(r, at, "title", JSON_MUST, LABEL_LETTERS),
                              .intro = service_read_text(r, at, "intro", JSON_MAY, HELP_LETTERS),
                              .first = def->n_fields };
    if (p.id.n && (service_page_named(def, p.id) != SERVICE_NO_FIELD || service_field_named(def, p.id) != SERVICE_NO_FIELD))
        service_read_fault(r, &id, MSGS("Tên này đã dùng cho một câu hỏi hoặc một trang khác."), p.id);
    read_repeat(r, at, &p);
    size_t n = service_read_array(r, &fields, FIELDS_OF_PAGE);
    for (size_t i = 0; i < n && def->n_fields < FIELDS; i++) {
        struct service_at item = service_read_item(&fields, i);
        read_field(r, &item, def);
    }
    p.n = def->n_fields - p.first;
    if (p.n == 0)
        service_read_fault(r, &fields, MSGS("Trang này không hỏi câu nào."), p.id);
    def->pages[def->n_pages++] = p;
}

/* The same walk again: pages and fields that were no objects were not counted then and are not now. */
static void read_whens(struct service_reader *r, const struct service_at *pages, struct service_def *def)
{
    size_t page = 0, field = 0;
    for (size_t i = 0; page < def->n_pages; i++) {
        struct service_at at = service_read_item(pages, i), fields = service_read_member(&at, "fields");
        if (!json_is_object(at.j))
            continue;
        struct service_page *p = &def->pages[page++];
        p->when = service_read_condition(r, &at, "when", def, p->first);
        for (size_t k = 0; field < p->first + p->n; k++) {
            struct service_at item = service_read_item(&fields, k);
            if (!json_is_object(item.j))
                continue;
            def->fields[field].when = service_read_condition(r, &item, "when", def, field);
            field++;
        }
    }
}

/* Room for what is there: most forms have a tenth of what one may have. */
static size_t count_fields(const struct service_at *pages)
{
    size_t n = 0;
    for (size_t i = 0; i < json_array_size(pages->j); i++)
        n += json_array_size(json_object_get(json_array_get(pages->j, i), "fields"));
    return n < FIELDS ? n : FIELDS;
}

void service_read_form(struct service_reader *r, const struct service_at *version, struct service_def *def)
{
    static const char *const known[] = { "pages", NULL };
    struct service_at form = service_read_member(version, "form"), pages = service_read_member(&form, "pages");
    def->pages = arena_new_array(r->a, struct service_page, json_array_size(pages.j));
    def->fields = arena_new_array(r->a, struct service_field, count_fields(&pages));
    if (!form.j && def->level != SERVICE_INFO)
        service_read_fault(r, &form, MSGS("Thiếu mục này."), STR_NONE);
    if (!service_read_object(r, &form, known))
        return;
    size_t n = service_read_array(r, &pages, PAGES);
    for (size_t i = 0; i < n; i++) {
        struct service_at item = service_read_item(&pages, i);
        read_page(r, &item, def);
    }
    if (def->n_pages == 0)
        service_read_fault(r, &pages, MSGS("Biểu mẫu không có trang nào."), STR_NONE);
    if (def->n_fields >= FIELDS)
        service_read_fault(r, &pages, MSGS("Biểu mẫu có quá nhiều câu hỏi."), STR_NONE);
    read_whens(r, &pages, def);
}
