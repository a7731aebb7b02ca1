/* openapi.c: what programs may call, read off the modules' tables, so it cannot be out of date. */
#include "platform/http/openapi.h"

#include "platform/crypto/crypto.h"
#include "platform/http/router.h"

#include <jansson.h>
#include <string.h>

/* Nothing here allocates in an arena until the document is whole. */
static json_t *text(struct str s)
{
    return json_stringn(s.p ? s.p : "", s.n);
}

static const char *type_name(enum field_type t)
{
    return t == FIELD_INT ? "integer" : t == FIELD_CHECK ? "boolean" : "string";
}

static const char *format_name(enum field_type t)
{
    return t == FIELD_DAY ? "date" : t == FIELD_SECRET ? "password" : NULL;
}

static json_t *choices_of(const struct field *f)
{
    json_t *all = json_array();
    for (const struct choice *c = f->choices; c && c->value; c++)
        json_array_append_new(all, json_string(c->value));
    return all;
}

static json_t *field_schema(const struct field *f, enum lang lang)
{
    json_t *one = json_object();
    json_object_set_new(one, "type", json_string(type_name(f->type)));
    if (f->label.p)
        json_object_set_new(one, "title", text(tr(lang, f->label)));
    if (f->help.p)
        json_object_set_new(one, "description", text(tr(lang, f->help)));
    if (format_name(f->type))
        json_object_set_new(one, "format", json_string(format_name(f->type)));
    if (f->type == FIELD_PID)
        json_object_set_new(one, "pattern", json_string("^[0-9]{12}$"));
    if (f->type == FIELD_CHOICE)
        json_object_set_new(one, "enum", choices_of(f));
    if (f->max > 0)
        json_object_set_new(one, f->type == FIELD_INT ? "maximum" : "maxLength", json_integer(f->max));
    if (f->min > 0)
        json_object_set_new(one, f->type == FIELD_INT ? "minimum" : "minLength", json_integer(f->min));
    if (!f->many)
        return one;
    json_t *array = json_object();
    json_object_set_new(array, "type", json_string("array"));
    json_object_set_new(array, "items", one);
    return array;
}

static json_t *form_schema(const struct form *form, enum lang lang)
{
    json_t *schema = json_object(), *properties = json_object(), *required = json_array();
    json_object_set_new(schema, "type", json_string("object"));
    for (const struct field *f = form->fields; f && f->name; f++) {
        json_object_set_new(properties, f->name, field_schema(f, lang));
        if (f->required)
            json_array_append_new(required, json_string(f->name));
    }
    json_object_set_new(schema, "additionalProperties", json_boolean(form->open || form->fields == NULL));
    json_object_set_new(schema, "properties", properties);
    if (json_array_size(required) > 0)
        json_object_set(schema, "required", required);
    json_decref(required);
    return schema;
}

static json_t *parameters_of(const struct route_slot *slot)
{
    json_t *all = json_array();
    for (size_t i = 0; i < slot->n_names; i++)
        json_array_append_new(all, json_pack("{s:s%, s:s, s:b, s:{s:s}}", "name", slot->names[i].p, slot->names[i].n, "in",
                                             "path", "required", 1, "schema", "type", "string"));
    return all;
}

static json_t *operation_of(const struct route_slot *slot, enum lang lang)
{
    const struct route *route = slot->route;
    json_t *op = json_pack("{s:[s], s:{s:{s:s}, s:{s:s}}}", "tags", slot->module->name, "responses", "200", "description",
                           "OK", "default", "$ref", "#/components/responses/refused");
    json_object_set_new(op, "summary", text(tr(lang, route->title)));
    json_object_set_new(op, "parameters", parameters_of(slot));
    if (route->may)
        json_object_set_new(op, "x-permission", json_string(route->may));
    else
        json_object_set_new(op, "security", json_array());
    if (route->form)
        json_object_set_new(op, "requestBody",
                            json_pack("{s:b, s:{s:{s:o}}}", "required", 1, "content", "application/json", "schema",
                                      form_schema(route->form, lang)));
    return op;
}

static const char *const operation_name[METHODS_] = { "get", "post", "put", "patch", "delete" };

static void put_paths(const struct router *r, json_t *paths, enum lang lang)
{
    for (size_t i = 0; i < r->n_slots; i++) {
        const struct route_slot *slot = &r->slots[i];
        if (!slot->route->json)
            continue;
        json_t *item = json_object_get(paths, slot->route->path);
        if (!item) {
            item = json_object();
            json_object_set_new(paths, slot->route->path, item);
        }
        json_object_set_new(item, operation_name[slot->route->method], operation_of(slot, lang));
    }
}

static json_t *components(void)
{
    json_t *error =
        json_pack("{s:s, s:{s:{s:s, s:[s,s,s], s:{s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}}}}}", "type", "object", "properties",
                  "error", "type", "object", "required", "code", "message", "id", "properties", "code", "type", "string",
                  "message", "type", "string", "id", "type", "string", "fields", "type", "array");
    json_t *refused =
        json_pack("{s:s, s:{s:{s:o}}}", "description", "refused", "content", "application/json", "schema", error);
    return json_pack("{s:{s:o}, s:{s:{s:s, s:s}, s:{s:s, s:s, s:s}}}", "responses", "refused", refused, "securitySchemes",
                     "bearer", "type", "http", "scheme", "bearer", "session", "type", "apiKey", "in", "cookie", "name",
                     SESSION_COOKIE);
}

int openapi(struct req *q, struct res *s, struct err *e)
{
    json_t *paths = json_object();
    put_paths(q->app->router, paths, q->lang);
    json_t *doc = json_pack("{s:s, s:{s:s, s:s}, s:[{s:[]}, {s:[]}], s:o, s:o}", "openapi", "3.1.0", "info", "title", "bon",
                            "version", "1", "security", "bearer", "session", "paths", paths, "components", components());
    return res_json(q, s, json_kept(q->arena, doc), e);
}
