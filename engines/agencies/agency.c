/* agency.c: agencies as they are on a day. */
#include "engines/agencies/inside.h"

int agency_by_code(struct dbr *r, struct arena *a, struct str code, struct agency *out, struct err *e)
{
    return agency_row(r, a, &(struct agency_row_in) { .code = code }, out, e);
}

int agencies_on(struct dbr *r, struct arena *a, struct day on, struct agency_list *out, struct err *e)
{
    struct agency_rows rows;
    if (agencies_in_force(r, a, &(struct agencies_in_force_in) { .today = on }, &rows, e))
        return -1;
    *out = (struct agency_list) { rows.v, rows.n };
    return 0;
}

int agencies_ever(struct dbr *r, struct arena *a, struct agency_list *out, struct err *e)
{
    struct agency_rows rows;
    if (agencies_recorded(r, a, &rows, e))
        return -1;
    *out = (struct agency_list) { rows.v, rows.n };
    return 0;
}

int agency_successors_expected(struct dbr *r, struct arena *a, struct str code, struct agency_expected_list *out,
                               struct err *e)
{
    struct agency_expected_rows rows;
    if (agency_expected_of(r, a, &(struct agency_expected_of_in) { .agency = code }, &rows, e))
        return -1;
    *out = (struct agency_expected_list) { rows.v, rows.n };
    return 0;
}

int agencies_open(struct dbr *r, struct arena *a, struct agency_open_list *out, struct err *e)
{
    struct agency_expected_open_rows rows;
    if (agency_expected_open(r, a, &rows, e))
        return -1;
    *out = (struct agency_open_list) { arena_new_array(a, struct agency_open, rows.n), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const struct agency_expected_open_row *w = &rows.v[i];
        out->v[i] = (struct agency_open) { w->agency, w->agency_name, { w->successor, w->name, w->source, w->on_day } };
    }
    return 0;
}

bool agency_in_force(const struct agency *g, struct day on)
{
    return g->since.n <= on.n && on.n < g->until.n;
}

struct str agency_kind_label(struct str kind)
{
    static const struct {
        struct str kind, label;
    } labels[] = {
        { STR_INIT("committee"), MSG("Ủy ban nhân dân") },
        { STR_INIT("department"), MSG("Sở, ban, ngành") },
        { STR_INIT("police"), MSG("Công an tỉnh") },
        { STR_INIT("task_force"), MSG("Tổ công tác") },
        { STR_INIT("office"), MSG("Đơn vị trực thuộc") },
        { STR_INIT("vertical"), MSG("Cơ quan ngành dọc") },
        { STR_INIT("mass"), MSG("Tổ chức chính trị - xã hội") },
        { STR_INIT("district"), MSG("Ủy ban nhân dân cấp huyện") },
        { STR_INIT("district_police"), MSG("Công an cấp huyện") },
    };
    for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
        if (str_eq(labels[i].kind, kind))
            return labels[i].label;
    return kind;
}
