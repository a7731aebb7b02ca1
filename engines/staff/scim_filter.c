/* scim_filter.c: the part of RFC 7644 section 3.4.2.2 that personnel systems send: attribute eq value, joined by and. Whatever else it
 * allows is refused by name rather than half understood: a filter that is read wrongly deactivates the wrong people.
 */
#include "engines/staff/scim.h"

#include <string.h>

struct scanner {
    struct arena *a;
    struct str rest;
    struct err *e;
};

static int refuse(struct scanner *s, struct str say)
{
    return scim_fail(s->e, ERR_INPUT, 400, "invalidFilter", say);
}

static void skip_spaces(struct scanner *s)
{
    while (s->rest.n > 0 && s->rest.p[0] == ' ')
        s->rest = str_from(s->rest, 1);
}

static struct str take_word(struct scanner *s)
{
    size_t n = 0;
    skip_spaces(s);
    while (n < s->rest.n && s->rest.p[n] != ' ' && s->rest.p[n] != '"' && s->rest.p[n] != '(' && s->rest.p[n] != ')')
        n++;
    struct str word = str_head(s->rest, n);
    s->rest = str_from(s->rest, n);
    return word;
}

static const char *const attribute_names[SCIM_ATTRIBUTES_] = {
    [SCIM_ID] = "id",
    [SCIM_USER_NAME] = "userName",
    [SCIM_EXTERNAL_ID] = "externalId",
    [SCIM_DISPLAY_NAME] = "displayName",
    [SCIM_EMAIL] = "emails.value",
    [SCIM_ACTIVE] = "active",
    [SCIM_DEPARTMENT] = "department",
};

/* The schema may stand before the name, each as a prefix of its own. */
static struct str bare_name(struct str word)
{
    static const char *const schemas[] = { SCIM_USER ":", SCIM_ENTERPRISE ":", SCIM_GROUP ":" };
    for (size_t i = 0; i < sizeof(schemas) / sizeof(schemas[0]); i++) {
        struct str schema = str_of(schemas[i]);
        if (str_eq_nocase(str_head(word, schema.n), schema))
            return str_from(word, schema.n);
    }
    return word;
}

static int take_attribute(struct scanner *s, enum scim_attribute *out)
{
    struct str name = bare_name(take_word(s));
    if (str_eq_nocase(name, STR("emails")))
        name = STR("emails.value");
    for (enum scim_attribute k = 0; k < SCIM_ATTRIBUTES_; k++)
        if (str_eq_nocase(name, str_of(attribute_names[k]))) {
            *out = k;
            return 0;
        }
    return refuse(s, MSGS("Bộ lọc chỉ hiểu id, userName, externalId, displayName, emails, active, department."));
}

/* A JSON string without \u: names and numbers never need one. */
static int take_text(struct scanner *s, struct str *out)
{
    struct buf b;
    size_t i = 1;
    buf_init(&b, s->a, SCIM_FILTER_MOST);
    for (; i < s->rest.n && s->rest.p[i] != '"'; i++) {
        if (s->rest.p[i] == '\\' &&
            (++i >= s->rest.n || (s->rest.p[i] != '"' && s->rest.p[i] != '\\' && s->rest.p[i] != '/')))
            return refuse(s, MSGS("Giá trị trong bộ lọc có ký tự thoát không được hỗ trợ."));
        buf_put_char(&b, s->rest.p[i]);
    }
    if (i >= s->rest.n)
        return refuse(s, MSGS("Giá trị trong bộ lọc thiếu dấu ngoặc kép đóng."));
    s->rest = str_from(s->rest, i + 1);
    *out = b.n > 0 ? buf_str(&b) : STR("");
    return 0;
}

static int take_truth(struct scanner *s, bool *out)
{
    struct str word = take_word(s);
    *out = str_eq_nocase(word, STR("true"));
    if (!*out && !str_eq_nocase(word, STR("false")))
        return refuse(s, MSGS("active chỉ so với true hoặc false."));
    return 0;
}

static int take_value(struct scanner *s, enum scim_attribute k, struct scim_filter *out)
{
    skip_spaces(s);
    bool quoted = s->rest.n > 0 && s->rest.p[0] == '"';
    if (k == SCIM_ACTIVE && !quoted)
        return take_truth(s, &out->active);
    if (!quoted)
        return refuse(s, MSGS("Giá trị trong bộ lọc phải nằm trong dấu ngoặc kép."));
    if (take_text(s, &out->value[k]) != 0)
        return -1;
    out->active = k == SCIM_ACTIVE ? str_eq_nocase(out->value[k], STR("true")) : out->active;
    /* Nobody has an empty name; in the queries it would ask for everybody. */
    return out->value[k].n > 0 ? 0 : refuse(s, MSGS("Giá trị trong bộ lọc không được để trống."));
}

static int take_comparison(struct scanner *s, struct scim_filter *out)
{
    enum scim_attribute k = SCIM_ACTIVE;
    if (take_attribute(s, &k) != 0)
        return -1;
    if (out->asked[k])
        return refuse(s, MSGS("Một thuộc tính chỉ được hỏi một lần trong bộ lọc."));
    if (!str_eq_nocase(take_word(s), STR("eq")))
        return refuse(s, MSGS("Bộ lọc chỉ hiểu phép so sánh eq."));
    out->asked[k] = true;
    return take_value(s, k, out);
}

int scim_filter_parse(struct arena *a, struct str text, struct scim_filter *out, struct err *e)
{
    struct scanner s = { a, text, e };
    memset(out, 0, sizeof(*out));
    if (text.n > SCIM_FILTER_MOST)
        return refuse(&s, MSGS("Bộ lọc quá dài."));
    skip_spaces(&s);
    if (s.rest.n == 0)
        return 0;
    for (;;) {
        if (take_comparison(&s, out) != 0)
            return -1;
        skip_spaces(&s);
        if (s.rest.n == 0)
            return 0;
        if (!str_eq_nocase(take_word(&s), STR("and")))
            return refuse(&s, MSGS("Các điều kiện của bộ lọc chỉ nối bằng and."));
    }
}
