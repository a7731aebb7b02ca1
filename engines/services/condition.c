/* condition.c: what is asked of whom. A condition asks earlier fields only (read_condition.c), so asking whether those are asked ends. */
#include "engines/services/form.h"

struct asker {
    const struct service_answers *s;
    size_t page; /* SERVICE_NO_FIELD: nobody on a page */
    int item;
};

static bool holds(const struct asker *k, const struct service_condition *c);

bool services_condition(const struct service_answers *s, const struct service_condition *when, size_t page, int item)
{
    struct asker k = { s, page, item };
    return !when || holds(&k, when);
}

bool services_page_asked(const struct service_answers *s, size_t page)
{
    return services_condition(s, s->def->pages[page].when, SERVICE_NO_FIELD, 0);
}

bool services_field_asked(const struct service_answers *s, size_t field, int item)
{
    const struct service_field *f = &s->def->fields[field];
    return services_page_asked(s, f->page) && services_condition(s, f->when, f->page, item);
}

/* ---- one answer ---- */

static bool is_among(const struct service_condition *c, const struct service_answer *x)
{
    for (size_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < c->n_values; k++)
            if (str_eq(x->values[i], c->values[k]))
                return true;
    return false;
}

static bool years_of(const struct service_answers *s, const struct service_answer *x, int *years)
{
    struct birth born;
    bool person = s->def->fields[x->field].type == SERVICE_PERSON;
    struct str value = !person ? x->values[0] : x->n > 2 ? x->values[2] : STR("");
    if (!birth_parse(value, &born))
        return false;
    *years = birth_age(born, s->on);
    return true;
}

static bool answer_holds(const struct asker *k, const struct service_condition *c, int item)
{
    const struct service_answer *x = services_answer(k->s, c->field, item);
    int years = 0;
    if (!x || !services_field_asked(k->s, c->field, item))
        return false;
    switch (c->kind) {
    case SERVICE_IS:
    case SERVICE_IN:
        return is_among(c, x);
    case SERVICE_AGE_UNDER:
        return years_of(k->s, x, &years) && years < c->years;
    case SERVICE_AGE_AT_LEAST:
        return years_of(k->s, x, &years) && years >= c->years;
    default:
        return true; /* answered */
    }
}

/* The asker's own item on its own page, item 0 where nothing repeats, any item elsewhere. */
static bool question_holds(const struct asker *k, const struct service_condition *c)
{
    size_t page = k->s->def->fields[c->field].page;
    if (page == k->page)
        return answer_holds(k, c, k->item);
    if (!k->s->def->pages[page].repeat_max)
        return answer_holds(k, c, 0);
    for (int i = 0, n = services_items(k->s, page); i < n; i++)
        if (answer_holds(k, c, i))
            return true;
    return false;
}

static bool holds(const struct asker *k, const struct service_condition *c)
{
    if (c->kind == SERVICE_NOT)
        return !holds(k, c->parts[0]);
    if (c->kind != SERVICE_ALL && c->kind != SERVICE_SOME)
        return question_holds(k, c);
    for (size_t i = 0; i < c->n_parts; i++)
        if (holds(k, c->parts[i]) != (c->kind == SERVICE_ALL))
            return c->kind == SERVICE_SOME;
    return c->kind == SERVICE_ALL;
}
