/* follow.c: what follows from answers: what it costs, which papers it takes, which services go on from it. */
#include "engines/services/form.h"

static int times_of(const struct service_answers *s, const struct service_fee *f, int64_t *times, struct err *e)
{
    struct str value = f->times == SERVICE_NO_FIELD ? STR("1") : services_value(s, f->times, 0);
    *times = 0;
    if (!value.n || !services_condition(s, f->when, SERVICE_NO_FIELD, 0))
        return 0;
    if (!str_to_i64(value, times) || *times < 0)
        return ERR(e, ERR_INPUT, "fee %.*s times \"%.*s\"", STR_ARG(f->id), STR_ARG(str_head(value, 40)));
    return 0;
}

int services_fee(const struct service_answers *s, struct service_fees *out, struct err *e)
{
    struct service_fees fees = { .confirmed = true };
    for (size_t i = 0; i < s->def->n_fees; i++) {
        struct service_fee_line line = { .fee = &s->def->fees[i] };
        if (times_of(s, line.fee, &line.times, e))
            return -1;
        if (line.times == 0)
            continue;
        if (__builtin_mul_overflow(line.fee->amount.dong, line.times, &line.sum.dong) ||
            !money_add(fees.total, line.sum, &fees.total))
            return ERR(e, ERR_INPUT, "fee %.*s: the sum is too large", STR_ARG(line.fee->id));
        fees.confirmed = fees.confirmed && line.fee->confirmed;
        *vec_push(s->arena, &fees.lines) = line;
    }
    *out = fees;
    return 0;
}

void services_papers(const struct service_answers *s, service_places *out)
{
    *out = (service_places) { 0 };
    for (size_t i = 0; i < s->def->n_papers; i++)
        if (services_condition(s, s->def->papers[i].when, SERVICE_NO_FIELD, 0))
            *vec_push(s->arena, out) = i;
}

void services_children(const struct service_answers *s, service_places *out)
{
    *out = (service_places) { 0 };
    for (size_t i = 0; i < s->def->n_children; i++)
        if (services_condition(s, s->def->children[i].when, SERVICE_NO_FIELD, 0))
            *vec_push(s->arena, out) = i;
}

size_t services_sheets(const struct service_def *def)
{
    size_t n = 0;
    for (size_t i = 0; i < def->n_papers; i++)
        n += def->papers[i].source == SERVICE_PAPER;
    return n;
}

bool services_is_paperless(const struct service_def *def)
{
    return def->level != SERVICE_INFO && services_sheets(def) == 0;
}
