/* view.c: an organisation and who may act for it, as its own people and the register's desk are shown it. */
#include "engines/organisations/pages.h"

#include <string.h>

enum { SHOWN_DAYS = 366 };

static struct day no_end(void)
{
    struct day d = { 0 };
    day_from_ymd(9999, 12, 31, &d);
    return d;
}

struct str_of_scope scope_titles(const struct parts_of_organisation_row *p)
{
    struct str_of_scope out = { .n = 0 };
    const struct agent_scope *s;
    if (part_of_word(p->part) == PART_REPRESENTATIVE)
        out.v[out.n++] = MSGS("Mọi việc của tổ chức");
    else
        for (size_t i = 0; (s = agent_scope_at(i)) && out.n < sizeof(out.v) / sizeof(out.v[0]); i++)
            if (str_has_word(p->scope, str_of(s->word)))
                out.v[out.n++] = s->title;
    return out;
}

bool part_is_over(const struct organisation_view *v, const struct parts_of_organisation_row *p)
{
    return p->until_day.n <= v->today.n;
}

struct day part_last_day(const struct parts_of_organisation_row *p)
{
    return (struct day){ p->until_day.n - 1 };
}

bool part_was_held(const struct parts_of_organisation_row *p)
{
    return p->until_day.n > p->from_day.n;
}

bool part_has_end(const struct parts_of_organisation_row *p)
{
    return p->until_day.n < no_end().n;
}

int organisation_view_load(struct req *q, int64_t id, struct organisation_view *v, struct err *e)
{
    struct dbr *r = req_read(q, e);
    struct parts_of_organisation_in in = { .organisation = id, .since = { instant_day(q->now).n - SHOWN_DAYS } };
    memset(v, 0, sizeof(*v));
    int found = r ? organisation_by_id(r, q->arena, id, &v->organisation, e) : -1;
    if (found < 0 || (found == 1 && parts_of_organisation(r, q->arena, &in, &v->parts, e) != 0))
        return -1;
    if (found == 0)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không tìm thấy tổ chức này trong sổ."), "organisation %lld", (long long)id);
    v->today = instant_day(q->now);
    v->open_end = v->organisation.until.n >= no_end().n;
    v->over = v->organisation.until.n <= v->today.n;
    v->key = req_form_key(q);
    return 0;
}
