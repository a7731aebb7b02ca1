/* facts.c: what an application is about, in words that are the same whoever files it, so that two about one thing find each other:
 * father and mother who both register the same newborn, at two counters or once online.
 */
#include "engines/services/services.h"

#include "base/text.h"

enum { FACTS_BYTES = 16 << 10 };

static struct str answered(const struct service_answers *s, const char *id)
{
    size_t field = service_field_named(s->def, str_of(id));
    return field == SERVICE_NO_FIELD ? STR("") : str_or_empty(services_value(s, field, 0));
}

/* Somebody else than who applies: a spouse, a child, a deceased. */
static bool names_somebody(const struct service_field *f)
{
    bool of_applicant = str_starts(f->prefill, STR("applicant."));
    if (f->type == SERVICE_PID || f->type == SERVICE_PERSON)
        return !of_applicant;
    return f->type == SERVICE_TEXT && str_ends(f->id, STR("_name")) && !of_applicant;
}

struct str services_facts(const struct service_answers *s, struct str applicant)
{
    struct buf b;
    struct str child = answered(s, "child_name"), born = answered(s, "child_birth");
    if (child.n && born.n) /* a newborn has no number yet */
        return str_fmt(s->arena, "child|%.*s|%.*s", STR_ARG(text_fold(s->arena, child)), STR_ARG(born));
    buf_init(&b, s->arena, FACTS_BYTES);
    buf_put(&b, applicant);
    for (size_t i = 0; i < s->def->n_fields; i++) {
        struct str value = services_value(s, i, 0);
        if (value.n && names_somebody(&s->def->fields[i]) && services_field_asked(s, i, 0)) {
            buf_put_char(&b, '|');
            buf_put(&b, text_fold(s->arena, value));
        }
    }
    return buf_str(&b);
}
