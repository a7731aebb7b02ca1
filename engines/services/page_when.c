/* page_when.c: questions that depend on another question of the same page. Without JavaScript they stand there with the condition in words;
 * with it ui/js/answers.js shows them when it is their turn, from the condition as JSON. The server asks the same condition again.
 */
#include "engines/services/form.h"

#include "base/json.h"

enum { WHEN_MAX = 16 << 10 };

static bool asks_page(const struct service_def *def, const struct service_condition *c, size_t page)
{
    if (c->kind != SERVICE_ALL && c->kind != SERVICE_SOME && c->kind != SERVICE_NOT)
        return def->fields[c->field].page == page;
    for (size_t i = 0; i < c->n_parts; i++)
        if (asks_page(def, c->parts[i], page))
            return true;
    return false;
}

bool services_when_here(const struct service_def *def, const struct service_condition *when, size_t page)
{
    return when && asks_page(def, when, page);
}

struct writing {
    const struct service_answers *s;
    struct buf *b;
    size_t page;
    int item;
};

static void put_condition(struct writing *w, const struct service_condition *c);

static void put_text(struct writing *w, const char *key, struct str value)
{
    buf_fmt(w->b, "\"%s\":", key);
    buf_put_json_string(w->b, value);
}

static void put_parts(struct writing *w, const struct service_condition *c)
{
    buf_fmt(w->b, "{\"%s\":[", c->kind == SERVICE_ALL ? "all" : c->kind == SERVICE_SOME ? "any" : "none");
    for (size_t i = 0; i < c->n_parts; i++) {
        if (i)
            buf_put_char(w->b, ',');
        put_condition(w, c->parts[i]);
    }
    buf_lit(w->b, "]}");
}

static struct str age_control(const struct writing *w, const struct service_field *f)
{
    return services_control_name(w->s->arena, f, f->type == SERVICE_PERSON ? 2 : 0);
}

/* {"field":"kind","in":["plastic"]}, {"field":"born","under":16,"on":"2026-11-23"}, {"field":"x","answered":true} */
static void put_question(struct writing *w, const struct service_condition *c)
{
    const struct service_field *f = &w->s->def->fields[c->field];
    bool age = c->kind == SERVICE_AGE_UNDER || c->kind == SERVICE_AGE_AT_LEAST;
    buf_put_char(w->b, '{');
    put_text(w, "field", age ? age_control(w, f) : services_control_name(w->s->arena, f, 0));
    if (age) {
        buf_fmt(w->b, ",\"%s\":%d,", c->kind == SERVICE_AGE_UNDER ? "under" : "least", c->years);
        put_text(w, "on", day_iso(w->s->arena, w->s->on));
    } else if (c->kind == SERVICE_ANSWERED) {
        buf_lit(w->b, ",\"answered\":true");
    } else {
        buf_lit(w->b, ",\"in\":[");
        for (size_t i = 0; i < c->n_values; i++) {
            if (i)
                buf_put_char(w->b, ',');
            buf_put_json_string(w->b, c->values[i]);
        }
        buf_put_char(w->b, ']');
    }
    buf_put_char(w->b, '}');
}

/* What asks elsewhere is known already. */
static void put_condition(struct writing *w, const struct service_condition *c)
{
    if (!asks_page(w->s->def, c, w->page))
        buf_fmt(w->b, "%s", services_condition(w->s, c, w->page, w->item) ? "true" : "false");
    else if (c->kind == SERVICE_ALL || c->kind == SERVICE_SOME || c->kind == SERVICE_NOT)
        put_parts(w, c);
    else
        put_question(w, c);
}

struct str services_when_json(const struct service_answers *s, const struct service_condition *when, size_t page, int item)
{
    struct buf b;
    struct writing w = { s, &b, page, item };
    buf_init(&b, s->arena, WHEN_MAX);
    put_condition(&w, when);
    return b.full ? STR("") : buf_str(&b);
}
