/* answers_json.c: answers as canonical JSON, the form in which a case and a draft keep them. */
#include "engines/services/form.h"

#include "base/json.h"
#include "platform/crypto/crypto.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

enum { ANSWERS_MAX = 512 << 10, VALUES_MOST = 120 };

/* ---- writing ---- */

/* Parts of an object in ascending order of name: an address is line, unit; a person born, name, pid. */
static void put_parts(struct json_out *j, const struct service_field *f, const struct service_answer *x)
{
    const char *const *names;
    size_t n = service_parts(f->type, &names), order[SERVICE_PARTS] = { 0 };
    for (size_t i = 0; i < n; i++) {
        size_t before = 0;
        for (size_t k = 0; k < n; k++)
            before += str_cmp(str_of(names[k]), str_of(names[i])) < 0;
        order[before] = i;
    }
    for (size_t i = 0; i < n; i++)
        json_out_str(j, names[order[i]], order[i] < x->n && x->values[order[i]].n ? x->values[order[i]] : STR_NONE);
}

#define SAFE_INTEGER (INT64_C(1) << 53)

static void put_answer(struct json_out *j, struct arena *a, const struct service_field *f, const struct service_answer *x)
{
    const char *key = str_cstr(a, f->id);
    int64_t n;
    bool number = (f->type == SERVICE_INT || f->type == SERVICE_MONEY) && str_to_i64(x->values[0], &n) && n < SAFE_INTEGER &&
                  n > -SAFE_INTEGER;
    if (f->type == SERVICE_CHECKS) {
        json_out_array(j, key);
        for (size_t i = 0; i < x->n; i++)
            json_out_item_str(j, x->values[i]);
        json_out_end(j);
    } else if (f->type == SERVICE_PERSON || f->type == SERVICE_ADDRESS) {
        json_out_object(j, key);
        put_parts(j, f, x);
        json_out_end(j);
    } else if (number) {
        json_out_int(j, key, n);
    } else {
        json_out_str(j, key, x->values[0]);
    }
}

/* Fields and repeated pages by name. */
struct member {
    struct str id;
    size_t place;
    bool page;
};

static int by_id(const void *x, const void *y)
{
    return str_cmp(((const struct member *)x)->id, ((const struct member *)y)->id);
}

static struct member *members_of(struct arena *a, const struct service_def *def, size_t *n)
{
    struct member *v = arena_new_array(a, struct member, def->n_fields + def->n_pages);
    *n = 0;
    for (size_t i = 0; i < def->n_pages; i++)
        if (def->pages[i].repeat_max)
            v[(*n)++] = (struct member) { def->pages[i].id, i, true };
    for (size_t i = 0; i < def->n_fields; i++)
        if (!def->pages[def->fields[i].page].repeat_max)
            v[(*n)++] = (struct member) { def->fields[i].id, i, false };
    if (*n > 1)
        qsort(v, *n, sizeof(*v), by_id);
    return v;
}

static void put_item(struct json_out *j, const struct service_answers *s, size_t page, int item)
{
    const struct service_page *p = &s->def->pages[page];
    struct member *v = arena_new_array(s->arena, struct member, p->n);
    for (size_t i = 0; i < p->n; i++)
        v[i] = (struct member) { s->def->fields[p->first + i].id, p->first + i, false };
    qsort(v, p->n, sizeof(*v), by_id);
    json_out_item_object(j);
    for (size_t i = 0; i < p->n; i++) {
        const struct service_answer *x = services_answer(s, v[i].place, item);
        if (x)
            put_answer(j, s->arena, &s->def->fields[v[i].place], x);
    }
    json_out_end(j);
}

static void put_member(struct json_out *j, const struct service_answers *s, const struct member *m)
{
    int items = m->page ? services_items(s, m->place) : 0;
    if (!m->page) {
        const struct service_answer *x = services_answer(s, m->place, 0);
        if (x)
            put_answer(j, s->arena, &s->def->fields[m->place], x);
        return;
    }
    if (items == 0)
        return;
    json_out_array(j, str_cstr(s->arena, m->id));
    for (int i = 0; i < items; i++)
        put_item(j, s, m->place, i);
    json_out_end(j);
}

/* "sibling_name/1": the second item's. */
static struct str source_key(const struct service_answers *s, const struct service_answer *x)
{
    const struct service_field *f = &s->def->fields[x->field];
    return s->def->pages[f->page].repeat_max ? str_fmt(s->arena, "%.*s/%d", STR_ARG(f->id), x->item) : f->id;
}

static void put_sources(struct json_out *j, const struct service_answers *s)
{
    struct member *v = arena_new_array(s->arena, struct member, s->v.n);
    size_t n = 0;
    for (size_t i = 0; i < s->v.n; i++)
        if (s->v.v[i].source.n)
            v[n++] = (struct member) { source_key(s, &s->v.v[i]), i, false };
    if (n > 1)
        qsort(v, n, sizeof(*v), by_id);
    json_out_object(j, "sources");
    for (size_t i = 0; i < n; i++) {
        const struct service_answer *x = &s->v.v[v[i].place];
        json_out_object(j, str_cstr(s->arena, v[i].id));
        json_out_str(j, "as_of", day_iso(s->arena, x->as_of));
        json_out_str(j, "from", x->source);
        json_out_end(j);
    }
    json_out_end(j);
}

int services_answers_json(const struct service_answers *s, struct str *out, struct err *e)
{
    struct buf b;
    struct json_out j;
    size_t n;
    struct member *v = members_of(s->arena, s->def, &n);
    buf_init(&b, s->arena, ANSWERS_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_object(&j, "answers");
    for (size_t i = 0; i < n; i++)
        put_member(&j, s, &v[i]);
    json_out_end(&j);
    put_sources(&j, s);
    json_out_end(&j);
    if (b.full)
        return ERR(e, ERR_TOO_LARGE, "answers of %.*s", STR_ARG(s->def->code));
    *out = buf_str(&b);
    return 0;
}

/* ---- reading ---- */

int services_name_error(struct err *e, struct str name)
{
    if (e)
        snprintf(e->field, sizeof(e->field), "%.*s", STR_ARG(name));
    return -1;
}

static int refuse(struct err *e, struct str name, const char *why)
{
    ERR(e, ERR_INPUT, "%.*s: %s", STR_ARG(str_head(name, 60)), why);
    return services_name_error(e, name);
}

static bool scalar(struct arena *a, const json_t *j, struct str *out)
{
    if (json_is_string(j))
        *out = str_dup(a, json_str(j));
    else if (json_is_integer(j))
        *out = str_fmt(a, "%lld", (long long)json_integer_value(j));
    else if (json_is_boolean(j))
        *out = json_is_true(j) ? STR("yes") : STR("no");
    else
        return false;
    return true;
}

static int read_parts(struct service_answers *s, const struct service_field *f, const json_t *j, struct str *values,
                      struct err *e)
{
    const char *const *names;
    size_t n = service_parts(f->type, &names), there = 0;
    for (size_t i = 0; i < n; i++) {
        const json_t *part = json_object_get(j, names[i]);
        values[i] = STR("");
        there += part != NULL;
        if (part && !scalar(s->arena, part, &values[i]))
            return refuse(e, f->id, "a part is no text");
    }
    return json_is_object(j) && there == json_object_size(j) ? 0 : refuse(e, f->id, "not the parts of this kind of answer");
}

static int read_answer(struct service_answers *s, size_t field, int item, const json_t *j, struct err *e)
{
    const struct service_field *f = &s->def->fields[field];
    const char *const *names;
    size_t n = f->type == SERVICE_CHECKS ? json_array_size(j) : service_parts(f->type, &names);
    struct str *values = arena_new_array(s->arena, struct str, n);
    if (f->type == SERVICE_CHECKS) {
        if (!json_is_array(j) || n > VALUES_MOST)
            return refuse(e, f->id, "not a list");
        for (size_t i = 0; i < n; i++)
            if (!scalar(s->arena, json_array_get(j, i), &values[i]))
                return refuse(e, f->id, "an item is no text");
    } else if (n > 1) {
        if (read_parts(s, f, j, values, e))
            return -1;
    } else if (!scalar(s->arena, j, &values[0])) {
        return refuse(e, f->id, "not a text or number");
    }
    services_answer_set(s, field, item, values, n);
    return 0;
}

static int read_item(struct service_answers *s, size_t page, int item, const json_t *j, struct err *e)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)j, key, value)
    {
        size_t field = service_field_named(s->def, str_of(key));
        if (field == SERVICE_NO_FIELD || s->def->fields[field].page != page)
            return refuse(e, str_of(key), "not asked here");
        if (read_answer(s, field, item, value, e))
            return -1;
    }
    return json_is_object(j) ? 0 : refuse(e, s->def->pages[page].id, "an item is no object");
}

static int read_items(struct service_answers *s, size_t page, const json_t *j, struct err *e)
{
    const struct service_page *p = &s->def->pages[page];
    size_t n = json_array_size(j);
    if (!p->repeat_max || !json_is_array(j) || n > (size_t)p->repeat_max)
        return refuse(e, p->id, "not a list, or too long");
    for (size_t i = 0; i < n; i++)
        if (read_item(s, page, (int)i, json_array_get(j, i), e))
            return -1;
    return 0;
}

static int read_answers(struct service_answers *s, const json_t *j, struct err *e)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)j, key, value)
    {
        size_t field = service_field_named(s->def, str_of(key)), page = service_page_named(s->def, str_of(key));
        bool plain = field != SERVICE_NO_FIELD && !s->def->pages[s->def->fields[field].page].repeat_max;
        if (!plain && page == SERVICE_NO_FIELD)
            return refuse(e, str_of(key), "not asked");
        if (plain ? read_answer(s, field, 0, value, e) : read_items(s, page, value, e))
            return -1;
    }
    return 0;
}

static int read_sources(struct service_answers *s, const json_t *j, struct err *e)
{
    for (size_t i = 0; i < s->v.n; i++) {
        struct service_answer *x = &s->v.v[i];
        const json_t *source = json_object_get(j, str_cstr(s->arena, source_key(s, x)));
        struct str day = STR_NONE;
        if (source && (!scalar(s->arena, json_object_get(source, "from"), &x->source) ||
                       !scalar(s->arena, json_object_get(source, "as_of"), &day) || !day_parse_iso(day, &x->as_of)))
            return refuse(e, s->def->fields[x->field].id, "not a source");
    }
    return 0;
}

int services_answers_read(struct service_answers *s, struct str json, struct err *e)
{
    json_t *j;
    if (json_read(s->arena, json, &j, e))
        return -1;
    const json_t *answers = json_object_get(j, "answers"), *sources = json_object_get(j, "sources");
    s->v.n = 0;
    if (!json_is_object(answers))
        return refuse(e, STR("answers"), "not there");
    return read_answers(s, answers, e) || (sources && read_sources(s, sources, e)) ? -1 : 0;
}
