/* near.c: sources that lie in the same store: the register of people, and what earlier cases of the same person have given. */
#include "engines/sources/inside.h"

#include "base/text.h"

static struct str known_value(const service_knowns *known, struct arena *a, struct str member)
{
    struct str name = str_fmt(a, "applicant.%.*s", STR_ARG(member));
    for (size_t i = 0; i < known->n; i++)
        if (str_eq(known->v[i].name, name))
            return known->v[i].values[1].n ? known->v[i].values[1] : known->v[i].values[0];
    return STR_NONE;
}

static int ask_register(const struct app *app, struct dbr *r, struct arena *a, const struct source_question *q,
                        const struct person *about, struct instant now, struct source_answer *out, struct err *e)
{
    service_knowns known = { 0 };
    struct str values[SOURCE_MEMBERS_MAX];
    if (services_know_person(r, a, "applicant", about, instant_day(now), &known, e))
        return -1;
    for (size_t i = 0; i < q->n; i++)
        values[i] = known_value(&known, a, q->members[i]);
    struct str mode = str_of(app->settings.mode);
    *out = (struct source_answer) { .body = source_snapshot(a, q, values, now, mode), .mode = mode, .as_of = now };
    return 0;
}

/* Does that result stand for this paper? By its name, as the catalogue writes it. */
static bool is_that_paper(struct arena *a, struct str result, struct str paper)
{
    struct str x = text_fold(a, result), y = text_fold(a, paper);
    return x.n > 0 && (str_find(x, y) >= 0 || str_find(y, x) >= 0);
}

static struct source_answer of_result(struct arena *a, const struct source_question *q, const struct case_result *x)
{
    struct source_question only = *q;
    const struct str values[] = { str_hex(a, x->hash.b, sizeof x->hash.b), x->name, x->number };
    static const char *const members[] = { "hash", "name", "number" };
    only.n = sizeof members / sizeof *members;
    for (size_t i = 0; i < only.n; i++)
        only.members[i] = str_of(members[i]);
    return (
        struct source_answer) { .body = source_snapshot(a, &only, values, x->at, x->mode), .mode = x->mode, .as_of = x->at };
}

static int ask_vault(const struct app *app, struct dbr *r, struct arena *a, const struct source_question *q,
                     struct str paper_name, enum source_state *state, struct source_answer *out, struct err *e)
{
    struct case_results all;
    if (case_results_of(app, r, a, &q->pid, &all, e))
        return -1;
    *state = SOURCE_NOTHING;
    for (size_t i = 0; i < all.n && *state == SOURCE_NOTHING; i++)
        if (is_that_paper(a, all.v[i].name, paper_name)) {
            *out = of_result(a, q, &all.v[i]);
            *state = SOURCE_HERE;
        }
    return 0;
}

int source_ask_near(const struct app *app, struct dbr *r, struct arena *a, const struct source_question *q,
                    const struct person *about, struct str paper_name, struct instant now, enum source_state *state,
                    struct source_answer *out, struct err *e)
{
    if (str_eq(q->system, SOURCE_VAULT))
        return ask_vault(app, r, a, q, paper_name, state, out, e);
    *state = SOURCE_HERE;
    return ask_register(app, r, a, q, about, now, out, e);
}
