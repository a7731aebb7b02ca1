/* my_data.c: "Ai đã xem dữ liệu của tôi": the citizen's own view of the log, or a guardian's of the ward's. */
#include "engines/accounts/accounts_pages.h"
#include "gen/accounts_pages.h"

#include <string.h>

enum { SEEN_ROWS = 50 };

/* The number of a receipt or a case is on a paper that people have; a row's number says nothing to them. */
static struct str number_on_paper(struct str object)
{
    static const struct str kinds[] = { STR_INIT("stay/"), STR_INIT("case/") };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_starts(object, kinds[i]))
            return str_from(object, kinds[i].n);
    return STR("");
}

int my_data_get(struct req *q, struct res *s, struct err *e)
{
    struct hat hat = hat_of(q);
    struct my_data_view v;
    int64_t before;
    memset(&v, 0, sizeof(v));
    v.app = q->app;
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    if (!str_to_i64(req_query(q, "before"), &before))
        before = INT64_MAX;
    v.linked = hat.person != 0;
    v.ward = hat.kind == HAT_GUARDIAN ? hat.behalf : STR("");
    if (v.linked && audit_seen_by_subject(r, q->arena, hat.person, before, SEEN_ROWS, &v.seen.v, &v.seen.n, e) != 0)
        return -1;
    for (size_t i = 0; i < v.seen.n; i++)
        v.seen.v[i].object = number_on_paper(v.seen.v[i].object);
    if (v.seen.n == SEEN_ROWS)
        v.next_href = str_fmt(q->arena, "/my-data?before=%lld", (long long)v.seen.v[v.seen.n - 1].id);
    struct html h = res_html(q, s);
    my_data(&h, &v);
    return 0;
}
