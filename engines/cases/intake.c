/* intake.c: a filled form (engines/services) becomes what a case is filed with. */
#include "engines/cases/inside.h"

#include "engines/services/services.h"

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

int case_fees_of_answers(const struct service_answers *s, struct case_new *out, struct err *e)
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
    struct str pid = pid_str(&out->pid);
    service_places papers = { 0 };
    services_papers(s, &papers);
    out->service = case_service_of(s->def);
    out->papers_needed = papers.n;
    out->facts = services_facts(s, pid.p ? pid : str_or_empty(out->name));
    return services_answers_json(s, &out->answers, e) || case_fees_of_answers(s, out, e) ? -1 : 0;
}
