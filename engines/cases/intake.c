/* intake.c: a filled form (engines/services) becomes what a case is filed with. */
#include "engines/cases/inside.h"

#include "base/text.h"
#include "engines/services/services.h"

enum { FACTS_BYTES = 4096 };

struct case_service case_service_of(const struct service_def *def)
{
    return (struct case_service) { .code = def->code,
                                   .name = def->name,
                                   .flow = def->flow,
                                   .function = def->function,
                                   .unit_level = def->unit_level == SERVICE_COMMUNE ? STR("commune") : STR("province"),
                                   .version_id = def->id,
                                   .version = def->version,
                                   .days = def->days,
                                   .same_day_before = def->same_day_before };
}

/* Who and what the case is about: persons, numbers, days and names that were asked, save those of whoever applies: father and mother
 * who both register one child are found. */
static bool is_fact(const struct service_field *f)
{
    bool of_applicant = str_starts(str_or_empty(f->prefill), STR("applicant."));
    bool names = f->type == SERVICE_TEXT && str_find(f->id, STR("name")) >= 0;
    return !of_applicant && (names || f->type == SERVICE_PID || f->type == SERVICE_PERSON || f->type == SERVICE_DAY);
}

static struct str facts_of_answers(const struct service_answers *s)
{
    struct buf b;
    buf_init(&b, s->arena, FACTS_BYTES);
    for (size_t i = 0; i < s->v.n; i++) {
        const struct service_answer *answer = &s->v.v[i];
        if (!is_fact(&s->def->fields[answer->field]))
            continue;
        for (size_t k = 0; k < answer->n; k++) {
            buf_put(&b, text_fold(s->arena, str_or_empty(answer->values[k])));
            buf_put_char(&b, '|');
        }
    }
    return buf_str(&b); /* cut when very long: then two cases look alike a little sooner */
}

static int fees_of_answers(const struct service_answers *s, struct case_new *out, struct err *e)
{
    struct service_fees fees;
    if (services_fee(s, &fees, e))
        return -1;
    struct case_fee_line *lines = arena_new_array(s->arena, struct case_fee_line, fees.lines.n + 1);
    for (size_t i = 0; i < fees.lines.n; i++) {
        const struct service_fee_line *l = &fees.lines.v[i];
        lines[i] = (struct case_fee_line) { l->fee->id, l->fee->label, l->sum, l->fee->confirmed };
    }
    out->fees = lines;
    out->n_fees = fees.lines.n;
    return 0;
}

int case_from_answers(const struct service_answers *s, struct case_new *out, struct err *e)
{
    service_places papers = { 0 };
    services_papers(s, &papers);
    out->service = case_service_of(s->def);
    out->papers_needed = papers.n;
    out->facts = facts_of_answers(s);
    return services_answers_json(s, &out->answers, e) || fees_of_answers(s, out, e) ? -1 : 0;
}
