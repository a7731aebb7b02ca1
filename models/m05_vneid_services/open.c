/* open.c: what everyone may know of the channel: the services in it, what each door can do, how states are called there. */
#include "models/m05_vneid_services/doors.h"

#include "gen/vneid_services_pages.h"

int vneid_public_get(struct req *q, struct res *s, struct err *e)
{
    const struct vneid_channel *c = vneid_channel(q->app);
    struct vneid_public_view v = { .channel = c };
    struct day today = instant_day(q->now);
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    for (size_t i = 0; i < c->services.n; i++) {
        struct vneid_service x;
        if (vneid_service_on(q->app, r, q->arena, c->services.v[i].code, today, &x, e))
            return -1;
        if (x.state == VNEID_OFFERED)
            *vec_push(q->arena, &v.services) = x;
    }
    for (int national = 1; national <= 10; national++) {
        const struct vneid_state *state = vneid_state_on(c, national, today);
        if (state)
            *vec_push(q->arena, &v.states) = state;
    }
    struct html h = res_html(q, s);
    vneid_public(&h, &v);
    return 0;
}
