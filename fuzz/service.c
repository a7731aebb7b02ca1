/* service.c: a public service's file behind a line of answers as JSON. A file without faults keeps the promises of services.h: places
 * lie inside, conditions ask earlier fields; answers that are taken and written are read again as the same, and whatever they say, what
 * follows from them can be asked. A file with faults can still be shown, since drafts are.
 */
#include "fuzz/fuzz.h"
#include "engines/services/catalogue.h"

void fuzz_start(void)
{
}

static void check_condition(const struct service_def *def, const struct service_condition *c, size_t before)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->n_parts; i++)
        check_condition(def, c->parts[i], before);
    if (c->kind == SERVICE_ALL || c->kind == SERVICE_SOME || c->kind == SERVICE_NOT)
        ASSERT(c->n_parts > 0);
    else
        ASSERT(c->field < before);
}

static void check_def(const struct service_def *def)
{
    ASSERT(def->until.n > def->from.n && def->version > 0);
    ASSERT(def->level != SERVICE_INFO || def->reason.n > 0);
    for (size_t i = 0; i < def->n_pages; i++) {
        ASSERT(def->pages[i].n > 0 && def->pages[i].first + def->pages[i].n <= def->n_fields);
        check_condition(def, def->pages[i].when, def->pages[i].first);
    }
    for (size_t i = 0; i < def->n_fields; i++) {
        ASSERT(def->fields[i].page < def->n_pages && service_field_named(def, def->fields[i].id) == i);
        check_condition(def, def->fields[i].when, i);
    }
    for (size_t i = 0; i < def->n_papers; i++)
        check_condition(def, def->papers[i].when, def->n_fields);
    for (size_t i = 0; i < def->n_fees; i++)
        ASSERT(def->fees[i].times == SERVICE_NO_FIELD || def->fees[i].times < def->n_fields);
}

static void check_again(struct arena *a, const struct service_answers *s)
{
    struct service_answers again;
    struct str first, second;
    struct err e = { 0 };
    if (services_answers_json(s, &first, &e))
        return;
    services_answers_init(&again, a, s->def, s->on);
    ASSERT(services_answers_read(&again, first, &e) == 0);
    ASSERT(services_answers_json(&again, &second, &e) == 0 && str_eq(first, second));
}

static void check_answers(struct arena *a, const struct service_def *def, struct str json)
{
    struct service_answers s;
    struct service_summary summary;
    service_errors errors = { 0 };
    struct err e = { 0 };
    size_t page;
    int item;
    services_answers_init(&s, a, def, fuzz_today());
    if (services_answers_read(&s, json, &e)) {
        fuzz_check_refusal(&e);
        return;
    }
    check_again(a, &s);
    bool complete = services_check(&s, SERVICE_ALL_PAGES, 0, LANG_VI, &errors) == 0;
    ASSERT(complete == !services_next(&s, &page, &item));
    services_answers_prune(&s);
    services_summary_of(&s, LANG_VI, STR_NONE, &summary, &e);
    for (size_t i = 0; i < def->result.n_blocks; i++)
        services_fill(&s, str_or_empty(def->result.blocks[i].paragraph));
}

/* What a draft's page shows of it, faults or not. */
static void show(struct arena *a, const struct service_def *def)
{
    for (size_t i = 0; i < def->n_pages; i++)
        services_condition_words(a, LANG_VI, def, def->pages[i].when);
    for (size_t i = 0; i < def->n_fields; i++)
        services_condition_words(a, LANG_VI, def, def->fields[i].when);
    services_time_words(a, LANG_VI, def);
}

void fuzz_one(struct arena *a, struct str input)
{
    struct str rest = input, answers;
    struct service_file f;
    service_faults faults = { 0 };
    struct err e = { 0 };
    str_cut(&rest, '\n', &answers);
    if (services_read_file(a, str_or_empty(rest), &f, &faults, &e)) {
        fuzz_check_refusal(&e);
        return;
    }
    for (size_t i = 0; i < faults.n; i++)
        ASSERT(faults.v[i].say.n > 0);
    for (size_t i = 0; i < f.n_versions; i++) {
        show(a, f.versions[i]);
        if (faults.n == 0)
            check_def(f.versions[i]);
    }
    if (faults.n == 0)
        check_answers(a, f.versions[0], answers);
}
