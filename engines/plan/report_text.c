/* report_text.c: see report_text.h. */
#include "engines/plan/report_text.h"

#include "base/json.h"

enum { TEXT_MAX = 1 << 20 };

/* ---- loading ---- */

struct finding {
    struct str name;
    const struct measure *found;
};

static int match_measure(void *ctx, const struct measure *m, struct err *e)
{
    (void)e;
    struct finding *f = ctx;
    if (str_eq(str_of(m->name), f->name))
        f->found = m;
    return 0;
}

static struct report_number number_of(const struct app *app, const struct plan_report_numbers_row *row)
{
    struct finding f = { .name = row->measure };
    struct report_number n = {
        .measure = row->measure, .counted = row->counted, .numerator = row->numerator, .denominator = row->denominator
    };
    plan_measures_each(app, match_measure, &f, NULL);
    if (f.found) {
        n.what = f.found->what;
        n.unit = f.found->unit;
        n.target = f.found->target;
        n.goal = f.found->goal;
    }
    return n;
}

static void give_numbers(const struct app *app, struct arena *a, const struct plan_report_numbers_rows *all,
                         struct report_row *row)
{
    row->numbers = arena_new_array(a, struct report_number, all->n);
    for (size_t i = 0; i < all->n; i++)
        if (all->v[i].model == row->model)
            row->numbers[row->n_numbers++] = number_of(app, &all->v[i]);
}

int report_load(const struct app *app, struct dbr *r, struct arena *a, int64_t id, struct report *out, struct err *e)
{
    struct plan_report_rows_rows rows;
    struct plan_report_numbers_rows numbers;
    int got = plan_report_by_id(r, a, &(struct plan_report_by_id_in) { .id = id }, &out->head, e);
    if (got != 1)
        return got;
    if (plan_report_rows(r, a, &(struct plan_report_rows_in) { .report = id }, &rows, e) ||
        plan_report_numbers(r, a, &(struct plan_report_numbers_in) { .report = id }, &numbers, e))
        return -1;
    out->rows = arena_new_array(a, struct report_row, rows.n);
    out->n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        const struct plan_report_rows_row *w = &rows.v[i];
        out->rows[i] = (struct report_row) { .model = w->model,
                                             .name = w->name,
                                             .has_claim = w->has_claim,
                                             .claim = (int)w->claim,
                                             .did = w->did,
                                             .next = w->next,
                                             .tasks = w->tasks,
                                             .tasks_done = w->tasks_done,
                                             .tasks_late = w->tasks_late };
        give_numbers(app, a, &numbers, &out->rows[i]);
    }
    return 1;
}

/* ---- texts ---- */

struct str report_numbers_text(struct arena *a, const struct report_row *row)
{
    struct buf b;
    buf_init(&b, a, 8192);
    for (size_t i = 0; i < row->n_numbers; i++) {
        const struct report_number *n = &row->numbers[i];
        buf_fmt(&b, "%s%.*s=", i ? ";" : "", STR_ARG(n->measure));
        if (n->counted)
            buf_fmt(&b, "%lld/%lld", (long long)n->numerator, (long long)n->denominator);
        else
            buf_lit(&b, "-");
    }
    return buf_str(&b);
}

static void put_number(struct json_out *j, const struct report_number *n)
{
    json_out_item_object(j);
    json_out_bool(j, "counted", n->counted);
    json_out_int(j, "denominator", n->denominator);
    json_out_str(j, "measure", n->measure);
    json_out_int(j, "numerator", n->numerator);
    json_out_end(j);
}

static void put_row(struct json_out *j, const struct report_row *row)
{
    json_out_item_object(j);
    if (row->has_claim)
        json_out_int(j, "claim", row->claim);
    json_out_str(j, "did", row->did);
    json_out_int(j, "model", row->model);
    json_out_str(j, "next", row->next);
    json_out_array(j, "numbers");
    for (size_t i = 0; i < row->n_numbers; i++)
        put_number(j, &row->numbers[i]);
    json_out_end(j);
    json_out_int(j, "tasks", row->tasks);
    json_out_int(j, "tasks_done", row->tasks_done);
    json_out_int(j, "tasks_late", row->tasks_late);
    json_out_end(j);
}

struct str report_text(struct arena *a, const struct report *x)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, a, TEXT_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "agency", x->head.agency);
    json_out_str(&j, "measured", day_iso(a, x->head.measured));
    json_out_int(&j, "month", x->head.month);
    json_out_str(&j, "reason", x->head.reason);
    json_out_array(&j, "rows");
    for (size_t i = 0; i < x->n; i++)
        put_row(&j, &x->rows[i]);
    json_out_end(&j);
    json_out_int(&j, "version", x->head.version);
    json_out_str(&j, "words", x->head.words);
    json_out_end(&j);
    return buf_str(&b);
}
