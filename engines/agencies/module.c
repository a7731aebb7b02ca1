/* module.c: the agencies engine's contract. */
#include "engines/agencies/inside.h"

static const struct event events[] = {
    { "agencies.succeeded", MSG("Chuyển giao nhiệm vụ giữa hai cơ quan") },
    { "agencies.succession_undone", MSG("Hoàn tác một lần chuyển giao") },
    { .name = NULL },
};

/* A new store gets the pack's agencies at once: roles and duties name them. */
static int start(struct app *app, struct err *e)
{
    if (!app->db || !app->settings.pack_dir)
        return 0;
    return agencies_load(app->db, app->settings.pack_dir, e);
}

static int choices(struct req *q, struct agency_choice **out, size_t *n, struct err *e)
{
    struct agency_list list;
    struct dbr *r = req_read(q, e);
    if (!r || agencies_on(r, q->arena, instant_day(q->now), &list, e))
        return -1;
    *out = arena_new_array(q->arena, struct agency_choice, list.n);
    *n = list.n;
    for (size_t i = 0; i < list.n; i++)
        (*out)[i] = (struct agency_choice) { list.v[i].code, list.v[i].name };
    return 0;
}

const struct module agencies_module = {
    .name = "agencies",
    .title = MSG("Cơ quan và kế thừa"),
    .needs = NEEDS("audit", "people"),
    .migrations = agencies_migrations,
    .statements = agencies_statements,
    .events = events,
    .succession = &agencies_own_part,
    .commands = agencies_commands,
    .agencies = choices,
    .start = start,
};
