/* import_write.c: checked rows into an empty plan: rows, both readings, conflicts, and who leads and helps from that day on. */
#include "engines/plan/import.h"

static int put_group(struct tx *tx, const struct plan_import *p, size_t i, struct err *e)
{
    const struct import_row *row = &p->rows.v[i];
    int64_t n = 1;
    for (size_t k = 0; k < i; k++) {
        if (str_eq(p->rows.v[k].group, row->group))
            return 0;
        n += k == 0 || !str_eq(p->rows.v[k].group, p->rows.v[k - 1].group);
    }
    struct plan_group_insert_in in = { .code = row->group, .n = n, .name = row->group_name };
    return plan_group_insert(tx, &in, NULL, e);
}

static int put_model(struct tx *tx, const struct import_row *row, struct err *e)
{
    struct plan_model_insert_in in = { .number = row->number,
                                       .group_code = row->group,
                                       .name = row->name_appendix,
                                       .name_en = row->name_en,
                                       .goal = row->goal,
                                       .goal_source = row->goal_source,
                                       .assignments = row->assignments,
                                       .tools = row->tools,
                                       .ongoing = row->ongoing,
                                       .note = row->note };
    return plan_model_insert(tx, &in, NULL, e);
}

/* ---- readings ---- */

static int put_reading(struct tx *tx, const struct import_row *row, enum plan_field f, const char *place, struct str words,
                       const struct import_deadline *d, struct err *e)
{
    struct plan_reading_insert_in in = { .model = row->number,
                                         .field = str_of(plan_field_name(f)),
                                         .place = str_of(place),
                                         .words = words,
                                         .has_day = d && d->has_day,
                                         .day = d ? d->day : (struct day) { 0 } };
    return words.n ? plan_reading_insert(tx, &in, NULL, e) : 0; /* the paper is silent there */
}

static int put_readings(struct tx *tx, const struct import_row *row, struct err *e)
{
    const struct {
        enum plan_field field;
        struct str body, appendix;
        const struct import_deadline *body_day, *appendix_day;
    } all[] = {
        { PLAN_NAME, row->name, row->name_appendix, NULL, NULL },
        { PLAN_LEAD, STR_NONE, row->lead, NULL, NULL },
        { PLAN_COORDINATING, STR_NONE, row->coordinating, NULL, NULL },
        { PLAN_FORCE, row->force_body, row->force_appendix, NULL, NULL },
        { PLAN_DEADLINE, row->body.words, row->appendix.words, &row->body, &row->appendix },
        { PLAN_PLATFORM, row->tools, row->platform, NULL, NULL },
    };
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        if (put_reading(tx, row, all[i].field, "body", all[i].body, all[i].body_day, e) ||
            put_reading(tx, row, all[i].field, "appendix", all[i].appendix, all[i].appendix_day, e))
            return -1;
    return 0;
}

static int put_conflicts(struct tx *tx, struct arena *a, const struct import_row *row, struct err *e)
{
    import_conflicts found = { 0 };
    plan_conflicts_find(a, row, &found);
    for (size_t i = 0; i < found.n; i++) {
        int64_t id;
        const struct import_conflict *c = &found.v[i];
        struct plan_conflict_insert_in in = { .has_model = true,
                                              .model = row->number,
                                              .field = str_of(plan_field_name(c->field)),
                                              .body = c->body,
                                              .appendix = c->appendix,
                                              .question = c->question };
        if (plan_conflict_insert(tx, &in, &id, e))
            return -1;
    }
    return 0;
}

/* ---- assignments ---- */

static int assign(struct tx *tx, const struct plan_importing *in, int64_t model, const struct agency_codes *agencies,
                  const char *part, const struct agency_codes *except, struct err *e)
{
    for (size_t i = 0; i < agencies->n; i++) {
        int64_t id;
        bool leads = false;
        for (size_t k = 0; except && k < except->n; k++)
            leads = leads || str_eq(except->v[k], agencies->v[i]);
        struct plan_assignment_insert_in row = { .model = model,
                                                 .agency = agencies->v[i],
                                                 .part = str_of(part),
                                                 .since = in->since,
                                                 .until = plan_open_end(),
                                                 .source = STR("plan") };
        if (!leads && plan_assignment_insert(tx, &row, &id, e))
            return -1;
    }
    return 0;
}

static int put_row(struct tx *tx, const struct plan_importing *in, size_t i, struct err *e)
{
    const struct import_row *row = &in->import->rows.v[i];
    return put_group(tx, in->import, i, e) || put_model(tx, row, e) || put_readings(tx, row, e) ||
                   put_conflicts(tx, in->arena, row, e) || assign(tx, in, row->number, &row->leads, "lead", NULL, e) ||
                   assign(tx, in, row->number, &row->partners, "coordinating", &row->leads, e)
               ? -1
               : 0;
}

int plan_import_write(struct tx *tx, const struct plan_importing *in, struct err *e)
{
    struct plan_models_count_row there = { 0 };
    ASSERT(in->import->faults.n == 0);
    if (plan_models_count(tx_reader(tx), in->arena, &there, e) < 0)
        return -1;
    if (there.n > 0)
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Đã có kế hoạch. Kế hoạch thay đổi bằng quyết định ở từng điểm, không nhập đè."), "%lld models",
                       (long long)there.n);
    for (size_t i = 0; i < in->import->rows.n; i++)
        if (put_row(tx, in, i, e))
            return -1;
    return 0;
}
