/* rollup_page.c: the month's roll-up as a download; the path's end says in which form. */
#include "engines/plan/rollup_paper.h"

struct str rollup_href(const struct html *h, int64_t month, enum rollup_form f)
{
    return str_fmt(h->arena, "/plan/months/%.*s/report.%s", STR_ARG(plan_month_iso(h->arena, month)), rollup_extension(f));
}

static bool form_of(struct str path, enum rollup_form *out)
{
    for (enum rollup_form f = 0; f < ROLLUP_FORMS_; f++)
        if (str_ends(path, str_of(rollup_extension(f)))) {
            *out = f;
            return true;
        }
    return false;
}

int rollup_file(struct req *q, struct res *s, struct err *e)
{
    struct plan_rollup u;
    struct str bytes, iso = req_param(q, "month");
    enum rollup_form form;
    int64_t month;
    if (!plan_month_parse(iso, &month) || !form_of(q->path, &form))
        return ERR(e, ERR_NOT_FOUND, "no month %.*s", STR_ARG(iso));
    struct dbr *r = req_read(q, e);
    if (!r || plan_rollup_read(q->app, r, q->arena, month, instant_day(q->now), &u, e) ||
        rollup_render(&u, form, q->arena, &bytes, e))
        return -1;
    struct str name = str_fmt(q->arena, "bao-cao-%.*s.%s", STR_ARG(iso), rollup_extension(form));
    if (res_download(q, s, rollup_type(form), name) != 0)
        return -1;
    return res_text(s, rollup_type(form), bytes);
}
