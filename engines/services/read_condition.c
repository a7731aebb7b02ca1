/* read_condition.c: when something is asked. A condition asks earlier fields only: so a person never has to go back, and no two fields can
 * wait for each other.
 */
#include "engines/services/read.h"

enum { VALUES = 60, PARTS = 20, YEARS = 150, LETTERS = 200 };

struct asking {
    struct service_reader *r;
    const struct service_def *def;
    size_t before;
};

size_t service_read_field_name(struct service_reader *r, const struct service_at *at, struct str id,
                               const struct service_def *def, size_t before)
{
    size_t place = service_field_named(def, id);
    if (place == SERVICE_NO_FIELD)
        service_read_fault(r, at, MSGS("Không có câu hỏi nào mang tên này."), id);
    else if (place >= before)
        service_read_fault(r, at, MSGS("Điều kiện chỉ được hỏi về câu đứng trước nó."), id);
    else
        return place;
    return SERVICE_NO_FIELD;
}

/* "yes" for true, "12" for 12: a file may write what reads best. */
static struct str value_at(struct asking *k, const struct service_at *at)
{
    if (json_is_boolean(at->j))
        return json_is_true(at->j) ? STR("yes") : STR("no");
    if (json_is_integer(at->j))
        return str_fmt(k->r->a, "%lld", (long long)json_integer_value(at->j));
    return service_read_text_at(k->r, at, LETTERS);
}

static bool may_be(const struct service_field *f, struct str value)
{
    if (f->type == SERVICE_YES_NO)
        return str_eq(value, STR("yes")) || str_eq(value, STR("no"));
    if (f->type != SERVICE_CHOICE && f->type != SERVICE_CHECKS)
        return true;
    for (size_t i = 0; i < f->n_choices; i++)
        if (str_eq(f->choices[i].value, value))
            return true;
    return false;
}

static void put_value(struct asking *k, const struct service_at *at, struct service_condition *c)
{
    struct str value = value_at(k, at);
    if (c->field != SERVICE_NO_FIELD && !may_be(&k->def->fields[c->field], value))
        service_read_fault(k->r, at, MSGS("Câu được hỏi không có lựa chọn này."), value);
    c->values[c->n_values++] = value;
}

static const struct service_condition *read_one(struct asking *k, const struct service_at *at, int depth);

static void read_parts(struct asking *k, const struct service_at *at, struct service_condition *c, int depth)
{
    size_t n = service_read_array(k->r, at, PARTS);
    if (n == 0)
        service_read_fault(k->r, at, MSGS("Điều kiện này không có vế nào."), STR_NONE);
    c->parts = (const struct service_condition **)arena_array(k->r->a, n, sizeof(*c->parts));
    for (size_t i = 0; i < n; i++) {
        struct service_at item = service_read_item(at, i);
        const struct service_condition *part = read_one(k, &item, depth);
        if (part)
            c->parts[c->n_parts++] = part;
    }
}

static bool has_age(const struct service_field *f)
{
    return f->type == SERVICE_DAY || f->type == SERVICE_PERSON;
}

static void read_age(struct asking *k, const struct service_at *at, const char *key, struct service_condition *c)
{
    int64_t years = 0;
    service_read_int(k->r, at, key, JSON_MUST, 0, YEARS, &years);
    c->years = (int)years;
    c->kind = str_eq(str_of(key), STR("age_under")) ? SERVICE_AGE_UNDER : SERVICE_AGE_AT_LEAST;
    if (c->field != SERVICE_NO_FIELD && !has_age(&k->def->fields[c->field]))
        service_read_fault(k->r, at, MSGS("Chỉ hỏi tuổi của câu kiểu ngày (day) hoặc người (person)."),
                           k->def->fields[c->field].id);
}

static void read_values(struct asking *k, const struct service_at *at, struct service_condition *c)
{
    struct service_at list = service_read_member(at, "in");
    size_t n = service_read_array(k->r, &list, VALUES);
    c->kind = SERVICE_IN;
    c->values = arena_new_array(k->r->a, struct str, n);
    for (size_t i = 0; i < n; i++) {
        struct service_at item = service_read_item(&list, i);
        put_value(k, &item, c);
    }
}

/* {"field": …} with exactly one of the questions. */
static void read_question(struct asking *k, const struct service_at *at, struct service_condition *c)
{
    struct service_at is = service_read_member(at, "is"), field = service_read_member(at, "field");
    c->field = service_read_field_name(k->r, &field, service_read_text(k->r, at, "field", JSON_MUST, 60), k->def, k->before);
    if (json_object_size(at->j) != 2)
        service_read_fault(k->r, at,
                           MSGS("Điều kiện có đúng hai mục: field và một trong is, in, answered, age_under, age_at_least."),
                           STR_NONE);
    else if (is.j) {
        c->kind = SERVICE_IS;
        c->values = arena_new_array(k->r->a, struct str, 1);
        put_value(k, &is, c);
    } else if (service_read_member(at, "in").j)
        read_values(k, at, c);
    else if (service_read_member(at, "age_under").j)
        read_age(k, at, "age_under", c);
    else if (service_read_member(at, "age_at_least").j)
        read_age(k, at, "age_at_least", c);
    else {
        c->kind = SERVICE_ANSWERED;
        if (!service_read_bool(k->r, at, "answered", false))
            service_read_fault(k->r, at, MSGS("Xin ghi \"answered\": true; muốn ngược lại thì đặt trong \"not\"."),
                               STR_NONE);
    }
}

static const struct service_condition *read_one(struct asking *k, const struct service_at *at, int depth)
{
    static const char *const known[] = { "field",        "is",  "in",  "answered", "age_under",
                                         "age_at_least", "all", "any", "not",      NULL };
    struct service_condition *c = arena_new(k->r->a, struct service_condition);
    if (!service_read_object(k->r, at, known))
        return NULL;
    if (depth > SERVICE_DEPTH) {
        service_read_fault(k->r, at, MSGS("Điều kiện lồng nhau sâu quá."), STR_NONE);
        return NULL;
    }
    struct service_at all = service_read_member(at, "all"), any = service_read_member(at, "any"),
                      negated = service_read_member(at, "not");
    c->field = SERVICE_NO_FIELD;
    if ((all.j || any.j || negated.j) && json_object_size(at->j) != 1)
        service_read_fault(k->r, at, MSGS("Mỗi đối tượng điều kiện chỉ có một trong all, any, not."), STR_NONE);
    if (all.j || any.j) {
        c->kind = all.j ? SERVICE_ALL : SERVICE_SOME;
        read_parts(k, all.j ? &all : &any, c, depth + 1);
        return c;
    }
    if (!negated.j) {
        read_question(k, at, c);
        return c->field == SERVICE_NO_FIELD ? NULL : c; /* a faulty draft is shown without it */
    }
    const struct service_condition *part = read_one(k, &negated, depth + 1);
    c->kind = SERVICE_NOT;
    c->parts = (const struct service_condition **)arena_array(k->r->a, 1, sizeof(*c->parts));
    c->parts[0] = part;
    c->n_parts = part ? 1 : 0;
    return part ? c : NULL;
}

const struct service_condition *service_read_condition(struct service_reader *r, const struct service_at *object,
                                                       const char *key, const struct service_def *def, size_t before)
{
    struct asking k = { r, def, before };
    struct service_at at = service_read_member(object, key);
    return at.j ? read_one(&k, &at, 1) : NULL;
}
