/* known_json.c: what is known of somebody as JSON: it comes from another channel, waits, and fills in a form later. */
#include "engines/services/form.h"

#include "platform/crypto/crypto.h"

#include <jansson.h>
#include <string.h>

enum { KNOWN_MAX = 60, VALUE_MAX = 400 };

static json_t *values_of(const struct service_known *k)
{
    json_t *list = json_array();
    size_t n = SERVICE_PARTS;
    while (n > 1 && k->values[n - 1].n == 0)
        n--;
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, json_stringn(k->values[i].p ? k->values[i].p : "", k->values[i].n));
    return list;
}

int services_known_json(struct arena *a, const service_knowns *known, struct str *out, struct err *e)
{
    json_t *all = json_kept(a, json_object());
    for (size_t i = 0; i < known->n; i++)
        json_object_setn_new(all, known->v[i].name.p, known->v[i].name.n, values_of(&known->v[i]));
    return json_canonical(a, all, out, e);
}

/* "applicant.birth_day": letters, one dot, underscores. */
static bool is_word(const char *s)
{
    return strchr(s, '.') && strspn(s, "abcdefghijklmnopqrstuvwxyz._") == strlen(s) && strlen(s) < 60;
}

static int read_one(struct arena *a, const char *name, const json_t *values, struct service_known *k, struct err *e)
{
    size_t n = json_array_size(values);
    bool good = is_word(name) && n >= 1 && n <= SERVICE_PARTS;
    for (size_t i = 0; good && i < n; i++) {
        const json_t *v = json_array_get(values, i);
        good = json_is_string(v) && json_string_length(v) <= VALUE_MAX;
        if (good)
            k->values[i] = str_dup(a, json_str(v));
    }
    k->name = str_dup(a, str_of(name));
    if (good)
        return 0;
    ERR(e, ERR_INPUT, "%.*s is not known of anybody", STR_ARG(str_head(k->name, 60)));
    return services_name_error(e, str_head(k->name, 60));
}

int services_known_read(struct arena *a, struct str json, struct str source, struct day as_of, service_knowns *out,
                        struct err *e)
{
    json_t *all, *values;
    const char *name;
    if (json_read(a, json, &all, e))
        return -1;
    int result =
        json_is_object(all) && json_object_size(all) <= KNOWN_MAX ? 0 : ERR(e, ERR_INPUT, "what is known is no object");
    json_object_foreach(all, name, values)
    {
        struct service_known k = { .source = source, .as_of = as_of };
        if (result == 0)
            result = read_one(a, name, values, &k, e);
        if (result == 0)
            *vec_push(a, out) = k;
    }
    return result;
}
