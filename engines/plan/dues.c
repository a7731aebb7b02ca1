/* dues.c: who owes a report in a month, and where it stands. Each agency that leads something on the day of its numbers owes one. */
#include "engines/plan/inside.h"

static enum plan_report_state state_of(const struct plan_reports_of_month_row *row, bool over)
{
    if (row && row->has_signed)
        return row->signed_late ? REPORT_LATE : REPORT_SIGNED;
    if (over)
        return REPORT_MISSING;
    return row ? REPORT_DRAFT : REPORT_NONE;
}

static struct plan_due due_of(const struct plan_leads_on_row *lead, const struct plan_reports_of_month_rows *reports,
                              bool over)
{
    struct plan_due d = { .agency = { lead->agency, lead->name, lead->short_name }, .models = (size_t)lead->models };
    const struct plan_reports_of_month_row *row = NULL;
    for (size_t i = 0; i < reports->n; i++)
        if (str_eq(reports->v[i].agency, lead->agency))
            row = &reports->v[i];
    d.state = state_of(row, over);
    if (!row)
        return d;
    d.report = row->id;
    d.version = row->version;
    d.signed_at = row->first_signed_at;
    d.signed_by = row->signed_name;
    return d;
}

int plan_dues_read(const struct app *app, struct dbr *r, struct arena *a, int64_t month, struct day today,
                   struct plan_dues *out, struct err *e)
{
    struct plan_leads_on_rows leads;
    struct plan_reports_of_month_rows reports;
    struct plan_month_row_row row;
    struct day first = plan_month_day(month, 1), last = plan_measured_day(app, month);
    int opened = plan_month_row(r, a, &(struct plan_month_row_in) { .month = month }, &row, e);
    if (opened < 0 || plan_leads_on(r, a, &(struct plan_leads_on_in) { .today = last }, &leads, e) ||
        plan_reports_of_month(r, a, &(struct plan_reports_of_month_in) { .month = month }, &reports, e))
        return -1;
    bool over = today.n >= plan_month_day(month, plan_clock_on(app, first).before_day).n;
    *out = (struct plan_dues) { .v = arena_new_array(a, struct plan_due, leads.n), .n = leads.n, .open = opened == 1 };
    if (opened == 1 && row.has_closed_at) {
        out->closed = true;
        out->closed_at = row.closed_at;
        out->closed_by = row.closed_by;
    }
    for (size_t i = 0; i < leads.n; i++)
        out->v[i] = due_of(&leads.v[i], &reports, over);
    return 0;
}

int plan_months_read(struct dbr *r, struct arena *a, struct plan_months *out, struct err *e)
{
    struct plan_months_rows rows;
    if (plan_months(r, a, &rows, e))
        return -1;
    *out = (struct plan_months) { arena_new_array(a, int64_t, rows.n), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        out->v[i] = rows.v[i].month;
    return 0;
}
