/* read_result.c: what the citizen gets, and which services go on from here. */
#include "engines/services/read.h"

enum { BLOCKS = 40, ROWS = 60, CHILDREN = 8, MAP = 60, LETTERS = 300, TEXT_LETTERS = 1000 };

/* Every {name} in a text must be a field; {result.number} and the like are the case's and allowed. */
static void check_holes(struct service_reader *r, const struct service_at *at, struct str text,
                        const struct service_def *def)
{
    struct str rest = text, before, hole;
    while (str_cut(&rest, '{', &before) && rest.p && str_find_char(rest, '}') >= 0 && str_cut(&rest, '}', &hole)) {
        if (!str_starts(hole, STR("case.")) && service_field_named(def, hole) == SERVICE_NO_FIELD)
            service_read_fault(r, at, MSGS("Không có câu hỏi nào mang tên này."), hole);
    }
}

static struct str read_line(struct service_reader *r, const struct service_at *at, const struct service_def *def)
{
    struct str text = service_read_text_at(r, at, TEXT_LETTERS);
    check_holes(r, at, text, def);
    return text;
}

static void read_table(struct service_reader *r, const struct service_at *at, const struct service_def *def,
                       struct service_block *b)
{
    size_t n = service_read_array(r, at, ROWS);
    b->rows = arena_array(r->a, n, sizeof(*b->rows));
    for (size_t i = 0; i < n; i++) {
        struct service_at row = service_read_item(at, i), label = service_read_item(&row, 0),
                          text = service_read_item(&row, 1);
        if (service_read_array(r, &row, 2) != 2) {
            service_read_fault(r, &row, MSGS("Mỗi dòng của bảng có đúng hai ô."), STR_NONE);
            continue;
        }
        b->rows[b->n_rows][0] = read_line(r, &label, def);
        b->rows[b->n_rows++][1] = read_line(r, &text, def);
    }
}

static void read_block(struct service_reader *r, const struct service_at *at, const struct service_def *def,
                       struct service_result *result)
{
    static const char *const known[] = { "p", "table", NULL };
    struct service_at p = service_read_member(at, "p"), table = service_read_member(at, "table");
    struct service_block b = { .paragraph = STR_NONE };
    if (!service_read_object(r, at, known))
        return;
    if ((p.j != NULL) == (table.j != NULL))
        service_read_fault(r, at, MSGS("Mỗi phần là một đoạn (p) hoặc một bảng (table)."), STR_NONE);
    if (p.j)
        b.paragraph = read_line(r, &p, def);
    else
        read_table(r, &table, def, &b);
    result->blocks[result->n_blocks++] = b;
}

void service_read_result(struct service_reader *r, const struct service_at *version, struct service_def *def)
{
    static const char *const known[] = { "name", "form_no", "delivery", "paper", "signer_title", NULL };
    struct service_at at = service_read_member(version, "result"), paper = service_read_member(&at, "paper");
    struct service_result *result = &def->result;
    if (!at.j && def->level != SERVICE_INFO)
        service_read_fault(r, &at, MSGS("Thiếu mục này."), STR_NONE);
    if (!service_read_object(r, &at, known))
        return;
    result->name = service_read_text(r, &at, "name", JSON_MUST, LETTERS);
    result->form_no = service_read_text(r, &at, "form_no", JSON_MAY, 60);
    result->signer_title = service_read_text(r, &at, "signer_title", JSON_MAY, LETTERS);
    result->delivery = service_read_words(r, &at, "delivery", service_deliveries);
    size_t n = service_read_array(r, &paper, BLOCKS);
    result->blocks = arena_new_array(r->a, struct service_block, n);
    for (size_t i = 0; i < n; i++) {
        struct service_at item = service_read_item(&paper, i);
        read_block(r, &item, def, result);
    }
}

/* ---- bundle ---- */

static const struct service_word afters[] = { { STR_INIT("result"), { NULL, 0 }, 1 },
                                              { STR_INIT("submit"), { NULL, 0 }, 0 },
                                              { { NULL, 0 }, { NULL, 0 }, 0 } };

static void read_map(struct service_reader *r, const struct service_at *at, const struct service_def *def,
                     struct service_child *c)
{
    const char *key;
    json_t *value;
    struct service_at map = service_read_member(at, "map");
    if (!map.j)
        return;
    if (!json_is_object(map.j) || json_object_size(map.j) > MAP) {
        service_read_fault(r, &map, MSGS("Chỗ này phải là một đối tượng trong ngoặc nhọn."), STR_NONE);
        return;
    }
    c->map = arena_new_array(r->a, struct service_map, json_object_size(map.j));
    json_object_foreach((json_t *)(uintptr_t)map.j, key, value)
    {
        struct service_at member = { .up = &map, .key = key, .j = value };
        struct str from = service_read_text_at(r, &member, 60);
        size_t field = service_read_field_name(r, &member, from, def, def->n_fields);
        c->map[c->n_map++] = (struct service_map) { str_dup(r->a, str_of(key)), field };
    }
}

void service_read_bundle(struct service_reader *r, const struct service_at *version, struct service_def *def)
{
    static const char *const bundle_known[] = { "children", NULL }, *const known[] = { "service", "when", "after", "map",
                                                                                       NULL };
    struct service_at bundle = service_read_member(version, "bundle"), children = service_read_member(&bundle, "children");
    if (!service_read_object(r, &bundle, bundle_known))
        return;
    size_t n = service_read_array(r, &children, CHILDREN);
    def->children = arena_new_array(r->a, struct service_child, n);
    for (size_t i = 0; i < n; i++) {
        struct service_at at = service_read_item(&children, i), service = service_read_member(&at, "service");
        if (!service_read_object(r, &at, known))
            continue;
        struct service_child c = { .service = service_read_text(r, &at, "service", JSON_MUST, 20),
                                   .when = service_read_condition(r, &at, "when", def, def->n_fields),
                                   .after_result = service_read_word(r, &at, "after", JSON_MAY, afters, 1) == 1 };
        if (str_eq(c.service, def->code))
            service_read_fault(r, &service, MSGS("Dịch vụ không thể gọi chính nó."), c.service);
        read_map(r, &at, def, &c);
        def->children[def->n_children++] = c;
    }
}
