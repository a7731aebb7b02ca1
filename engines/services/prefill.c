/* prefill.c: what is known of somebody already, into answers that are not there yet, each with where it comes from. */
#include "engines/services/form.h"

#include "base/text.h"
#include "engines/people/people.h"

#define REGISTER MSGS("Cơ sở dữ liệu dân cư")

static void know(struct arena *a, service_knowns *out, const char *who, const char *part, struct str value, struct day as_of)
{
    if (value.n)
        *vec_push(a, out) = (struct service_known) {
            .name = str_fmt(a, "%s.%s", who, part), .values = { value }, .source = REGISTER, .as_of = as_of
        };
}

static struct str sex_word(enum sex sex)
{
    return sex == SEX_MALE ? STR("Nam") : sex == SEX_FEMALE ? STR("Nữ") : STR("");
}

int services_know_person(struct dbr *r, struct arena *a, const char *who, const struct person *p, struct day as_of,
                         service_knowns *out, struct err *e)
{
    struct unit_code unit;
    struct str pid = str_dup(a, pid_str(&p->pid)), born = birth_iso(a, p->born);
    if (unit_in_force(r, a, p->unit, as_of, &unit, e)) /* the register keeps communes of 2023 */
        return -1;
    know(a, out, who, "name", p->name, as_of);
    know(a, out, who, "birth_day", born, as_of);
    know(a, out, who, "sex", sex_word(p->sex), as_of);
    know(a, out, who, "pid", pid, as_of);
    know(a, out, who, "ethnic", p->ethnic, as_of);
    know(a, out, who, "religion", p->religion, as_of);
    know(a, out, who, "origin", p->origin, as_of);
    know(a, out, who, "nationality", STR("Việt Nam"), as_of);
    struct service_known *person = vec_push(a, out), *residence = vec_push(a, out);
    *person = (struct service_known) { str_fmt(a, "%s.person", who), { pid, p->name, born }, REGISTER, as_of };
    *residence = (struct service_known) {
        str_fmt(a, "%s.residence", who), { str_dup(a, unit_code_str(&unit)), p->address }, REGISTER, as_of
    };
    return 0;
}

/* ---- into the answers ---- */

/* A choice is known by its value or by its label: "Nam" is the choice whose label is "Nam". */
static struct str choice_of(struct arena *a, const struct service_field *f, struct str known)
{
    struct str key = text_fold(a, known);
    for (size_t i = 0; i < f->n_choices; i++)
        if (str_eq(f->choices[i].value, known) || str_eq(text_fold(a, f->choices[i].label), key))
            return f->choices[i].value;
    return STR("");
}

static struct str line_of(const struct service_known *k)
{
    return k->values[1].n ? k->values[1] : k->values[0];
}

/* Nothing, when what is known does not fit the question: a birth year alone is no day. */
static size_t fit(struct arena *a, const struct service_field *f, const struct service_known *k, struct str *values)
{
    struct day d;
    const char *const *names;
    size_t parts = service_parts(f->type, &names);
    if (parts > 1) {
        for (size_t i = 0; i < parts; i++)
            values[i] = str_or_empty(k->values[i]);
        return values[0].n ? parts : 0;
    }
    values[0] = f->type == SERVICE_CHOICE ? choice_of(a, f, k->values[0])
                : f->type == SERVICE_TEXT ? line_of(k)
                                          : k->values[0];
    if (f->type == SERVICE_DAY && !day_parse_iso(values[0], &d))
        return 0;
    return values[0].n ? 1 : 0;
}

static const struct service_known *known_of(const service_knowns *known, struct str name)
{
    for (size_t i = 0; i < known->n; i++)
        if (str_eq(known->v[i].name, name))
            return &known->v[i];
    return NULL;
}

static void prefill_field(struct service_answers *s, size_t field, const service_knowns *known)
{
    const struct service_field *f = &s->def->fields[field];
    const struct service_known *k = known_of(known, f->prefill);
    struct str *values = arena_new_array(s->arena, struct str, SERVICE_PARTS);
    if (!k || services_answer(s, field, 0))
        return;
    size_t n = fit(s->arena, f, k, values);
    if (n == 0)
        return;
    services_answer_set(s, field, 0, values, n);
    struct service_answer *x = &s->v.v[s->v.n - 1];
    x->source = k->source;
    x->as_of = k->as_of;
}

void services_prefill(struct service_answers *s, const service_knowns *known)
{
    for (size_t i = 0; i < s->def->n_fields; i++)
        if (s->def->fields[i].prefill.n && !s->def->pages[s->def->fields[i].page].repeat_max)
            prefill_field(s, i, known);
}
