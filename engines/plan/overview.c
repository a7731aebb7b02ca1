/* overview.c: the plan's rows on a day, put together from some eight short lists: the board, the reports and the roll-up all read
 * this one picture. Lists come ordered by model, so each is handed out in one walk.
 */
#include "engines/plan/measure.h"

enum { SOON_DAYS = 30 };

struct gathering {
    const struct app *app;
    struct dbr *r;
    struct arena *a;
    struct plan_overview *o;
};

static struct plan_line *line_of(const struct gathering *g, int64_t number)
{
    for (size_t i = 0; i < g->o->n_lines; i++)
        if (g->o->lines[i].number == number)
            return &g->o->lines[i];
    return NULL;
}

/* ---- rows and groups ---- */

static int gather_models(struct gathering *g, struct err *e)
{
    struct plan_models_rows rows;
    struct plan_groups_rows groups;
    if (plan_models(g->r, g->a, &rows, e) || plan_groups(g->r, g->a, &groups, e))
        return -1;
    g->o->lines = arena_new_array(g->a, struct plan_line, rows.n);
    g->o->n_lines = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        const struct plan_models_row *m = &rows.v[i];
        g->o->lines[i] = (struct plan_line) { .number = m->number,
                                              .group = m->group_code,
                                              .name = m->name,
                                              .name_en = m->name_en,
                                              .goal = m->goal,
                                              .goal_source = m->goal_source,
                                              .note = m->note,
                                              .ongoing = m->ongoing };
    }
    g->o->groups = arena_new_array(g->a, struct plan_group, groups.n);
    g->o->n_groups = groups.n;
    for (size_t i = 0; i < groups.n; i++)
        g->o->groups[i] = (struct plan_group) { groups.v[i].code, groups.v[i].name };
    return 0;
}

/* ---- what the paper says, and what was decided ---- */

static enum plan_field field_named(struct str name)
{
    enum plan_field f = 0;
    while (f < PLAN_FIELDS_ && !str_eq(name, str_of(plan_field_name(f))))
        f++;
    return f;
}

static void take_reading(struct plan_said *s, const struct plan_readings_row *row)
{
    if (str_eq(row->place, STR("body"))) {
        s->body = row->words;
        s->has_body_day = row->has_day;
        s->body_day = row->day;
    } else {
        s->appendix = row->words;
        s->has_appendix_day = row->has_day;
        s->appendix_day = row->day;
    }
}

/* Before anybody decides the appendix counts: it has every row. */
static void settle(struct plan_said *s)
{
    bool appendix = s->appendix.n > 0;
    s->counts = appendix ? s->appendix : s->body;
    s->has_day = appendix && s->has_appendix_day ? true : s->has_body_day;
    s->day = appendix && s->has_appendix_day ? s->appendix_day : s->body_day;
}

static int gather_readings(struct gathering *g, struct err *e)
{
    struct plan_readings_rows rows;
    if (plan_readings(g->r, g->a, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        struct plan_line *l = line_of(g, rows.v[i].model);
        enum plan_field f = field_named(rows.v[i].field);
        if (l && f < PLAN_FIELDS_)
            take_reading(&l->said[f], &rows.v[i]);
    }
    for (size_t i = 0; i < g->o->n_lines; i++)
        for (enum plan_field f = 0; f < PLAN_FIELDS_; f++)
            settle(&g->o->lines[i].said[f]);
    return 0;
}

static void take_conflict(struct plan_line *l, const struct plan_conflicts_row *c)
{
    enum plan_field f = field_named(c->field);
    bool decided = c->words.p != NULL;
    l->conflicts++;
    l->undecided += !decided;
    if (f == PLAN_FIELDS_)
        return;
    struct plan_said *s = &l->said[f];
    s->decided = decided;
    s->disputed = !decided;
    if (!decided)
        return;
    s->counts = c->words;
    if (f == PLAN_NAME)
        l->name = c->words;
    if (f == PLAN_DEADLINE) {
        s->has_day = c->has_day;
        s->day = c->day;
    }
}

static int gather_conflicts(struct gathering *g, struct err *e)
{
    struct plan_conflicts_rows rows;
    if (plan_conflicts(g->r, g->a, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        struct plan_line *l = rows.v[i].has_model ? line_of(g, rows.v[i].model) : NULL;
        if (l)
            take_conflict(l, &rows.v[i]);
    }
    return 0;
}

/* ---- who ---- */

static void push_agency(struct gathering *g, struct plan_agencies *list, const struct plan_assignments_on_row *row)
{
    struct plan_agency *more = arena_new_array(g->a, struct plan_agency, list->n + 1);
    for (size_t i = 0; i < list->n; i++) {
        if (str_eq(list->v[i].code, row->agency))
            return; /* it took over what it had already */
        more[i] = list->v[i];
    }
    more[list->n] = (struct plan_agency) { row->agency, row->name, row->short_name };
    *list = (struct plan_agencies) { more, list->n + 1 };
}

static int gather_assignments(struct gathering *g, struct err *e)
{
    struct plan_assignments_on_rows rows;
    if (plan_assignments_on(g->r, g->a, &(struct plan_assignments_on_in) { .today = g->o->on }, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        struct plan_line *l = line_of(g, rows.v[i].model);
        if (l)
            push_agency(g, str_eq(rows.v[i].part, STR("lead")) ? &l->leads : &l->partners, &rows.v[i]);
    }
    return 0;
}

/* ---- numbers ---- */

static void push_number(struct gathering *g, struct plan_line *l, struct plan_number n)
{
    struct plan_number *more = arena_new_array(g->a, struct plan_number, l->n_numbers + 1);
    for (size_t i = 0; i < l->n_numbers; i++)
        more[i] = l->numbers[i];
    more[l->n_numbers++] = n;
    l->numbers = more;
}

static void take_measures(struct gathering *g, const struct plan_kept *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct measure *m = v[i].measure;
        struct plan_line *l = line_of(g, m->plan_model);
        if (l)
            push_number(g, l,
                        (struct plan_number) { .measure = m,
                                               .what = m->what,
                                               .unit = m->unit,
                                               .target = m->target,
                                               .goal = m->goal,
                                               .counted = v[i].counted,
                                               .numerator = v[i].count.numerator,
                                               .denominator = v[i].count.denominator,
                                               .on = v[i].on });
    }
}

/* A number that the plan asks for and a module counts is one number. */
static bool counts_target(const struct plan_line *l, int64_t kind)
{
    for (size_t i = 0; i < l->n_numbers; i++)
        if (l->numbers[i].measure && (int64_t)l->numbers[i].target == kind)
            return true;
    return false;
}

static int gather_targets(struct gathering *g, struct err *e)
{
    struct plan_targets_rows rows;
    if (plan_targets(g->r, g->a, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        const struct plan_targets_row *t = &rows.v[i];
        struct plan_line *l = line_of(g, t->model);
        if (l && !counts_target(l, t->kind))
            push_number(g, l,
                        (struct plan_number) { .what = t->what,
                                               .unit = t->unit,
                                               .target = (enum measure_target)t->kind,
                                               .goal = t->goal,
                                               .on = g->o->on });
    }
    return 0;
}

static int gather_numbers(struct gathering *g, bool count, struct err *e)
{
    struct plan_kept *v;
    size_t n;
    if (count ? plan_kept_or_count(g->app, g->r, g->a, g->o->on, &v, &n, e)
              : plan_kept_read(g->app, g->r, g->a, g->o->on, &v, &n, e))
        return -1;
    take_measures(g, v, n);
    return gather_targets(g, e);
}

int plan_number_progress(const struct plan_number *n)
{
    int64_t whole = n->target == TARGET_AT_LEAST || n->target == TARGET_LEVEL ? n->goal : n->denominator;
    if (!n->counted || whole <= 0)
        return -1;
    int64_t share = n->numerator * 1000 / whole;
    if (n->target == TARGET_PERCENT && n->goal > 0)
        share = share * 100 / n->goal;
    return share > 1000 ? 1000 : (int)share;
}

const struct plan_number *plan_line_number(const struct plan_line *l)
{
    const struct plan_number *any = NULL;
    for (size_t i = 0; i < l->n_numbers; i++) {
        if (l->numbers[i].target != TARGET_NONE)
            return &l->numbers[i];
        if (!any)
            any = &l->numbers[i];
    }
    return any;
}

/* ---- claims and tasks ---- */

/* Two leads of one model may claim differently: the lower word counts. */
static int gather_claims(struct gathering *g, struct err *e)
{
    struct plan_rows_signed_rows rows;
    if (plan_rows_signed(g->r, g->a, &(struct plan_rows_signed_in) { .month = g->o->month }, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        const struct plan_rows_signed_row *row = &rows.v[i];
        struct plan_line *l = line_of(g, row->model);
        if (!l)
            continue;
        if (row->has_claim && (!l->claimed || row->claim < l->claim)) {
            l->claimed = true;
            l->claim = (int)row->claim;
        }
        l->did = l->did.n ? str_fmt(g->a, "%.*s\n%.*s", STR_ARG(l->did), STR_ARG(row->did)) : row->did;
        l->next = l->next.n ? str_fmt(g->a, "%.*s\n%.*s", STR_ARG(l->next), STR_ARG(row->next)) : row->next;
    }
    return 0;
}

static int gather_tasks(struct gathering *g, struct err *e)
{
    struct plan_tasks_by_model_rows rows;
    if (plan_tasks_by_model(g->r, g->a, &(struct plan_tasks_by_model_in) { .today = g->o->on }, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        struct plan_line *l = line_of(g, rows.v[i].model);
        if (!l)
            continue;
        l->tasks = rows.v[i].n;
        l->tasks_done = rows.v[i].done;
        l->tasks_late = rows.v[i].late;
        l->risks = rows.v[i].risks;
    }
    return 0;
}

/* ---- where a row stands ---- */

static bool has_met_goal(const struct plan_number *n)
{
    return n && n->target != TARGET_NONE && plan_number_progress(n) == 1000;
}

static enum plan_status status_of(const struct plan_line *l, struct day on)
{
    const struct plan_number *n = plan_line_number(l);
    const struct plan_said *deadline = &l->said[PLAN_DEADLINE];
    if (has_met_goal(n))
        return PLAN_MET;
    if (l->claimed && l->claim == 100 && !(n && n->counted))
        return PLAN_SAID_DONE;
    if (l->ongoing || !deadline->has_day)
        return PLAN_ONGOING;
    if (deadline->day.n < on.n)
        return PLAN_LATE;
    return deadline->day.n - on.n <= SOON_DAYS ? PLAN_SOON : PLAN_WAITING;
}

static void judge(struct plan_overview *o)
{
    for (size_t i = 0; i < o->n_lines; i++) {
        struct plan_line *l = &o->lines[i];
        const struct plan_number *n = plan_line_number(l);
        int measured = n ? plan_number_progress(n) : -1;
        l->has_gap = l->claimed && measured >= 0;
        l->gap = l->has_gap ? l->claim * 10 - measured : 0;
        l->status = status_of(l, o->on);
    }
}

int plan_overview_read(const struct app *app, struct dbr *r, struct arena *a, int64_t month, struct day on, bool count,
                       struct plan_overview *out, struct err *e)
{
    *out = (struct plan_overview) { .month = month, .on = on };
    struct gathering g = { app, r, a, out };
    if (gather_models(&g, e) || gather_readings(&g, e) || gather_conflicts(&g, e) || gather_assignments(&g, e) ||
        gather_numbers(&g, count, e) || gather_claims(&g, e) || gather_tasks(&g, e))
        return -1;
    judge(out);
    return 0;
}

const struct plan_line *plan_line_of(const struct plan_overview *o, int64_t number)
{
    for (size_t i = 0; i < o->n_lines; i++)
        if (o->lines[i].number == number)
            return &o->lines[i];
    return NULL;
}
