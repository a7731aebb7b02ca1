/* scim_user.c: an officer as a SCIM User and back. */
#include "engines/staff/scim.h"

#include "base/json.h"
#include "base/text.h"

#include <jansson.h>

struct str scim_etag(struct arena *a, int64_t version)
{
    return str_fmt(a, "W/\"%lld\"", (long long)version);
}

/* ---- out ---- */

static void put_email(struct json_out *j, struct str email)
{
    if (email.n == 0)
        return;
    json_out_array(j, "emails");
    json_out_item_object(j);
    json_out_bool(j, "primary", true);
    json_out_str(j, "type", STR("work"));
    json_out_str(j, "value", email);
    json_out_end(j);
    json_out_end(j);
}

static void put_groups(struct req *q, struct json_out *j, const struct staff_roles_rows *roles)
{
    if (roles->n == 0)
        return;
    json_out_array(j, "groups");
    for (size_t i = 0; i < roles->n; i++) {
        const struct staff_roles_row *x = &roles->v[i];
        json_out_item_object(j);
        json_out_str(j, "value",
                     x->territory.n > 0 ? str_fmt(q->arena, "%.*s@%.*s", STR_ARG(x->role), STR_ARG(x->territory)) : x->role);
        json_out_end(j);
    }
    json_out_end(j);
}

static void put_meta(struct req *q, struct json_out *j, const struct staff_row *s)
{
    json_out_object(j, "meta");
    json_out_str(j, "created", instant_iso(q->arena, s->made_at));
    json_out_str(j, "lastModified", instant_iso(q->arena, s->changed_at));
    json_out_str(j, "location", str_fmt(q->arena, "%s/scim/v2/Users/%lld", q->app->settings.base_url, (long long)s->id));
    json_out_str(j, "resourceType", STR("User"));
    json_out_str(j, "version", scim_etag(q->arena, s->version));
    json_out_end(j);
}

int scim_user_put(struct req *q, struct dbr *r, const struct staff_row *s, struct buf *out, struct err *e)
{
    struct staff_roles_rows roles;
    struct json_out j;
    if (staff_roles(r, q->arena, &(struct staff_roles_in) { .staff = s->id }, &roles, e) != 0)
        return -1;
    json_out_init(&j, out);
    json_out_open(&j);
    json_out_bool(&j, "active", s->active);
    json_out_str(&j, "displayName", s->name);
    put_email(&j, s->email);
    json_out_str(&j, "externalId", s->external_id);
    put_groups(q, &j, &roles);
    json_out_str(&j, "id", str_fmt(q->arena, "%lld", (long long)s->id));
    put_meta(q, &j, s);
    json_out_object(&j, "name");
    json_out_str(&j, "formatted", s->name);
    json_out_end(&j);
    json_out_array(&j, "schemas");
    json_out_item_str(&j, STR(SCIM_USER));
    json_out_item_str(&j, STR(SCIM_ENTERPRISE));
    json_out_end(&j);
    json_out_str(&j, "title", s->title.n > 0 ? s->title : STR_NONE);
    json_out_object(&j, SCIM_ENTERPRISE);
    json_out_str(&j, "department", s->agency.n > 0 ? s->agency : STR_NONE);
    json_out_str(&j, "employeeNumber", s->external_id);
    json_out_end(&j);
    json_out_str(&j, "userName", s->login);
    json_out_end(&j);
    return 0;
}

/* ---- in ---- */

int scim_agency(struct arena *a, const struct agency_names *names, struct str text, struct str *code, struct err *e)
{
    *code = STR("");
    if (text.n == 0)
        return 0;
    struct str key = text_fold(a, text);
    for (size_t i = 0; i < names->n; i++)
        if (str_eq(names->v[i].code, text) || str_eq(names->v[i].key, key)) {
            *code = names->v[i].code;
            return 0;
        }
    return scim_fail(e, ERR_INPUT, 400, "invalidValue",
                     MSGS("Không có cơ quan nào mang tên hoặc mã này hôm nay. Xem bon agencies list."));
}

static struct str email_of(const json_t *body)
{
    const json_t *emails = json_object_get(body, "emails"), *one;
    size_t i;
    struct str found = STR("");
    json_array_foreach(emails, i, one)
    {
        if (i == 0 || json_is_true(json_object_get(one, "primary")))
            found = str_or_empty(json_str_at(one, "value"));
    }
    return found;
}

bool scim_truth(const json_t *v, bool *out)
{
    struct str s = json_str(v);
    *out = json_is_true(v) || str_eq_nocase(s, STR("true"));
    return *out || json_is_false(v) || str_eq_nocase(s, STR("false"));
}

int scim_user_read(struct arena *a, const json_t *body, const struct agency_names *names, struct staff_record *out,
                   bool *active, struct err *e)
{
    const json_t *extension = json_object_get(body, SCIM_ENTERPRISE), *truth = json_object_get(body, "active");
    struct str name = str_or_empty(json_str_at(json_object_get(body, "name"), "formatted"));
    if (!json_is_object(body))
        return scim_fail(e, ERR_INPUT, 400, "invalidSyntax", MSGS("Nội dung phải là một đối tượng JSON."));
    *out = (struct staff_record) { .external_id = str_or_empty(json_str_at(body, "externalId")),
                                   .login = str_or_empty(json_str_at(body, "userName")),
                                   .name = name.n > 0 ? name : str_or_empty(json_str_at(body, "displayName")),
                                   .title = str_or_empty(json_str_at(body, "title")),
                                   .email = email_of(body) };
    if (out->external_id.n == 0)
        out->external_id = str_or_empty(json_str_at(extension, "employeeNumber"));
    *active = true;
    if (truth && !scim_truth(truth, active))
        return scim_fail(e, ERR_INPUT, 400, "invalidValue", MSGS("active chỉ nhận true hoặc false."));
    return scim_agency(a, names, str_or_empty(json_str_at(extension, "department")), &out->agency, e);
}
