/* guest.c: one declared guest of this facility, and what can still change: stays longer, has left, another room, a mistake. */
#include "models/m09_hotel_stays/desk.h"

#include "gen/hotel_stays_pages.h"

#include <string.h>

struct change_work {
    struct facility facility;
    struct stay_change change;
};

/* 0 found, -1 failed; another facility's guest is as unknown as one that does not exist. */
static int load_guest(struct req *q, int64_t id, struct guest_view *v, struct err *e)
{
    struct dbr *r = req_read(q, e);
    if (!r || desk_facility(q, &v->facility, e) != 0)
        return -1;
    struct stay_guest_of_facility_in in = { .id = id, .facility = v->facility.id };
    int found = stay_guest_of_facility(r, q->arena, &in, &v->guest, e);
    if (found == 0)
        return ERR(e, ERR_NOT_FOUND, "guest %lld of facility %lld", (long long)id, (long long)v->facility.id);
    return found < 0 ? -1 : stay_changes_of_guest(r, q->arena, &(struct stay_changes_of_guest_in){ .guest = id }, &v->changes, e);
}

int guest_get(struct req *q, struct res *s, struct err *e)
{
    int64_t id;
    struct guest_view v;
    memset(&v, 0, sizeof(v));
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "guest id");
    if (load_guest(q, id, &v, e) != 0)
        return -1;
    v.key = req_form_key(q);
    struct html h = res_html(q, s);
    guest_page(&h, &v);
    return 0;
}

int change_prepare(struct req *q, struct err *e)
{
    struct change_work *w = arena_new(q->arena, struct change_work);
    q->work = w;
    return desk_facility(q, &w->facility, e) != 0 ? -1 : stay_change_read(q, &w->change, e);
}

int change_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct change_work *w = q->work;
    req_outcome(q, str_fmt(q->arena, "%lld", (long long)w->change.guest));
    return stay_change(tx, q->arena, q, &w->facility, &w->change, e);
}

int change_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    stays_changed(q->app, &((const struct change_work *)q->work)->facility.unit);
    return res_redirect(s, str_fmt(q->arena, "/stays/guests/%.*s", STR_ARG(q->outcome)));
}
