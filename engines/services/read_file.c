/* read_file.c: one service's file: its names and the words people use for it, and its versions, which may not overlap in time. */
#include "engines/services/read.h"

#include "platform/crypto/crypto.h"

enum { VERSIONS = 50, KEYWORDS = 60, EVENTS = 8, LETTERS = 400 };

static void read_events(struct service_reader *r, const struct service_at *file, struct service_file *out)
{
    struct service_at at = service_read_member(file, "life_events");
    out->n_life_events = service_read_texts(r, file, "life_events", EVENTS, &out->life_events);
    for (size_t i = 0; i < out->n_life_events; i++)
        if (!service_word_named(service_life_events, out->life_events[i]))
            service_read_fault(r, &at, MSGS("Không có từ này trong danh sách của định dạng."), out->life_events[i]);
}

/* "DVC12": capitals and digits, so that it can stand in a path and in a case's number. */
static bool plain_code(struct str code)
{
    for (size_t i = 0; i < code.n; i++)
        if (!((code.p[i] >= 'A' && code.p[i] <= 'Z') ||
              (i > 0 && ((code.p[i] >= '0' && code.p[i] <= '9') || code.p[i] == '-'))))
            return false;
    return code.n > 1 && code.n <= 20;
}

static void read_head(struct service_reader *r, const struct service_at *file, struct service_file *out)
{
    struct service_at code = service_read_member(file, "code");
    out->code = service_read_text(r, file, "code", JSON_MUST, 20);
    if (out->code.n && !plain_code(out->code))
        service_read_fault(r, &code, MSGS("Mã dịch vụ gồm chữ hoa và số, như DVC12."), out->code);
    out->name = service_read_text(r, file, "name", JSON_MUST, LETTERS);
    out->sector = service_read_id(r, file, "sector", JSON_MUST);
    out->sector_name = service_read_text(r, file, "sector_name", JSON_MUST, LETTERS);
    out->national_code = service_read_text(r, file, "national_code", JSON_MAY, 40);
    read_events(r, file, out);
    out->n_keywords = service_read_texts(r, file, "keywords", KEYWORDS, &out->keywords);
}

static struct service_def *def_of(struct service_reader *r, const struct service_file *head,
                                  const struct service_at *version)
{
    struct service_def *def = arena_new(r->a, struct service_def);
    def->code = head->code;
    def->name = head->name;
    def->sector = head->sector;
    def->sector_name = head->sector_name;
    def->national_code = head->national_code;
    service_read_version(r, version, def);
    return def;
}

static struct str canonical_of(struct service_reader *r, const struct service_at *version)
{
    struct str body = STR("");
    if (json_canonical(r->a, version->j, &body, NULL)) /* read_version has said why */
        return STR("");
    return body;
}

/* An open end is ended by the next version's first day; an end that was said must lie before it. */
static void check_order(struct service_reader *r, const struct service_at *versions, const struct service_file *out)
{
    struct day open;
    day_from_ymd(9999, 12, 31, &open);
    for (size_t i = 1; i < out->n_versions; i++) {
        const struct service_def *was = out->versions[i - 1], *is = out->versions[i];
        struct service_at at = service_read_item(versions, i);
        if (is->version <= was->version)
            service_read_fault(r, &at, MSGS("Các phiên bản xếp theo số tăng dần, mỗi số một lần."),
                               str_fmt(r->a, "%d", is->version));
        else if (is->from.n <= was->from.n || (was->until.n != open.n && was->until.n > is->from.n))
            service_read_fault(r, &at, MSGS("Hai phiên bản cùng có hiệu lực trong một thời gian."), day_iso(r->a, is->from));
    }
}

static void read_file(struct service_reader *r, const struct service_at *file, struct service_file *out)
{
    static const char *const known[] = { "code",        "name",     "sector",   "sector_name", "national_code",
                                         "life_events", "keywords", "versions", NULL };
    struct service_at versions = service_read_member(file, "versions");
    *out = (struct service_file) { .code = STR("") };
    if (!service_read_object(r, file, known))
        return;
    read_head(r, file, out);
    size_t n = service_read_array(r, &versions, VERSIONS);
    if (n == 0)
        service_read_fault(r, &versions, MSGS("Tệp không có phiên bản nào."), STR_NONE);
    out->versions = (struct service_def **)arena_array(r->a, n, sizeof(*out->versions));
    out->bodies = arena_new_array(r->a, struct str, n);
    for (size_t i = 0; i < n; i++) {
        struct service_at at = service_read_item(&versions, i);
        out->versions[out->n_versions] = def_of(r, out, &at);
        out->bodies[out->n_versions++] = canonical_of(r, &at);
    }
    check_order(r, &versions, out);
}

int services_read_file(struct arena *a, struct str json, struct service_file *out, service_faults *faults, struct err *e)
{
    struct service_reader r = { a, faults };
    json_t *j;
    if (json_read(a, json, &j, e))
        return -1;
    struct service_at at = { .j = j };
    bool object = json_is_object(j);
    if (object)
        read_file(&r, &at, out);
    return object ? 0 : ERR(e, ERR_INPUT, "a service file is an object");
}

int services_read_version(struct arena *a, const struct service_file *head, struct str json, struct service_def **out,
                          service_faults *faults, struct err *e)
{
    struct service_reader r = { a, faults };
    json_t *j;
    if (json_read(a, json, &j, e))
        return -1;
    struct service_at at = { .j = j };
    *out = def_of(&r, head, &at);
    if (!json_is_object(j))
        service_read_fault(&r, &at, MSGS("Chỗ này phải là một đối tượng trong ngoặc nhọn."), STR_NONE);
    return 0;
}

size_t service_field_named(const struct service_def *def, struct str id)
{
    for (size_t i = 0; i < def->n_fields; i++)
        if (str_eq(def->fields[i].id, id))
            return i;
    return SERVICE_NO_FIELD;
}

size_t service_page_named(const struct service_def *def, struct str id)
{
    for (size_t i = 0; i < def->n_pages; i++)
        if (str_eq(def->pages[i].id, id))
            return i;
    return SERVICE_NO_FIELD;
}
