/* scim_meta.c: what this SCIM service can do, said the way RFC 7643 sections 5 to 7 ask: tables, written out. */
#include "engines/staff/scim.h"

#include "base/json.h"

enum { META_MOST = 32 * 1024 };

static void put_supported(struct json_out *j, const char *what, bool supported)
{
    json_out_object(j, what);
    json_out_bool(j, "supported", supported);
    json_out_end(j);
}

int scim_config_get(struct req *q, struct res *s, struct err *e)
{
    struct buf b;
    struct json_out j;
    (void)e;
    buf_init(&b, q->arena, META_MOST);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_array(&j, "authenticationSchemes");
    json_out_item_object(&j);
    json_out_str(&j, "description", STR("A token of the personnel system, made by an administrator"));
    json_out_str(&j, "name", STR("Bearer token"));
    json_out_str(&j, "type", STR("oauthbearertoken"));
    json_out_end(&j);
    json_out_end(&j);
    json_out_object(&j, "bulk");
    json_out_int(&j, "maxOperations", 0);
    json_out_int(&j, "maxPayloadSize", 0);
    json_out_bool(&j, "supported", false);
    json_out_end(&j);
    put_supported(&j, "changePassword", false);
    put_supported(&j, "etag", true);
    json_out_object(&j, "filter");
    json_out_int(&j, "maxResults", SCIM_PAGE_MOST);
    json_out_bool(&j, "supported", true);
    json_out_end(&j);
    put_supported(&j, "patch", true);
    scim_schemas(&j, "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig");
    put_supported(&j, "sort", false);
    json_out_end(&j);
    return scim_reply(q, s, 200, &b);
}

/* ---- lists ---- */

static const struct {
    const char *name, *endpoint, *schema, *extension;
} types[] = {
    { "User", "/Users", SCIM_USER, SCIM_ENTERPRISE },
    { "Group", "/Groups", SCIM_GROUP, NULL },
};

int scim_types_get(struct req *q, struct res *s, struct err *e)
{
    struct buf b;
    struct json_out j;
    (void)e;
    buf_init(&b, q->arena, META_MOST);
    scim_list_open(&j, &b);
    for (size_t i = 0; i < 2; i++) {
        json_out_item_object(&j);
        json_out_str(&j, "endpoint", str_of(types[i].endpoint));
        json_out_str(&j, "id", str_of(types[i].name));
        json_out_str(&j, "name", str_of(types[i].name));
        json_out_str(&j, "schema", str_of(types[i].schema));
        if (types[i].extension) {
            json_out_array(&j, "schemaExtensions");
            json_out_item_object(&j);
            json_out_bool(&j, "required", false);
            json_out_str(&j, "schema", str_of(types[i].extension));
            json_out_end(&j);
            json_out_end(&j);
        }
        scim_schemas(&j, "urn:ietf:params:scim:schemas:core:2.0:ResourceType");
        json_out_end(&j);
    }
    scim_list_close(&j, &(struct scim_list) { .start = 1, .n = 2, .total = 2 });
    return scim_reply(q, s, 200, &b);
}

/* ---- schemas ---- */

struct attribute {
    const char *schema, *name, *type, *mutability, *uniqueness;
    bool many, required;
};
static const struct attribute attributes[] = {
    { SCIM_USER, "userName", "string", "immutable", "server", false, true },
    { SCIM_USER, "displayName", "string", "readWrite", "none", false, false },
    { SCIM_USER, "name", "complex", "readWrite", "none", false, true },
    { SCIM_USER, "title", "string", "readWrite", "none", false, false },
    { SCIM_USER, "emails", "complex", "readWrite", "none", true, false },
    { SCIM_USER, "active", "boolean", "readWrite", "none", false, false },
    { SCIM_USER, "groups", "complex", "readOnly", "none", true, false },
    { SCIM_ENTERPRISE, "employeeNumber", "string", "immutable", "server", false, false },
    { SCIM_ENTERPRISE, "department", "string", "readWrite", "none", false, false },
    { SCIM_GROUP, "displayName", "string", "readOnly", "none", false, true },
    { SCIM_GROUP, "members", "complex", "readWrite", "none", true, false },
};
static const char *const schemas[] = { SCIM_USER, SCIM_ENTERPRISE, SCIM_GROUP };

static void put_attribute(struct json_out *j, const struct attribute *x)
{
    json_out_item_object(j);
    json_out_bool(j, "caseExact", false);
    json_out_bool(j, "multiValued", x->many);
    json_out_str(j, "mutability", str_of(x->mutability));
    json_out_str(j, "name", str_of(x->name));
    json_out_bool(j, "required", x->required);
    json_out_str(j, "returned", STR("default"));
    json_out_str(j, "type", str_of(x->type));
    json_out_str(j, "uniqueness", str_of(x->uniqueness));
    json_out_end(j);
}

static void put_schema(struct json_out *j, const char *id)
{
    json_out_item_object(j);
    json_out_array(j, "attributes");
    for (size_t i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++)
        if (str_eq(str_of(attributes[i].schema), str_of(id)))
            put_attribute(j, &attributes[i]);
    json_out_end(j);
    json_out_str(j, "id", str_of(id));
    json_out_str(j, "name", str_eq(str_of(id), STR(SCIM_GROUP)) ? STR("Group") : STR("User"));
    scim_schemas(j, "urn:ietf:params:scim:schemas:core:2.0:Schema");
    json_out_end(j);
}

int scim_schemas_get(struct req *q, struct res *s, struct err *e)
{
    struct buf b;
    struct json_out j;
    (void)e;
    buf_init(&b, q->arena, META_MOST);
    scim_list_open(&j, &b);
    for (size_t i = 0; i < 3; i++)
        put_schema(&j, schemas[i]);
    scim_list_close(&j, &(struct scim_list) { .start = 1, .n = 3, .total = 3 });
    return scim_reply(q, s, 200, &b);
}
