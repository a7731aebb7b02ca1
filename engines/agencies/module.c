/* module.c: the agencies engine's contract. */
#include "engines/agencies/pages.h"

static const struct event events[] = {
    { "agencies.succeeded", MSG("Chuyển giao nhiệm vụ giữa hai cơ quan") },
    { "agencies.succession_undone", MSG("Hoàn tác một lần chuyển giao") },
    { .name = NULL },
};

static const struct role roles[] = {
    { .name = "plan_office",
      .title = MSG("Cơ quan thường trực Tổ công tác Đề án 06"),
      .function = "project06.standing",
      .home = "/plan" },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { AGENCIES_REORGANISE, ROLES("administrator", "plan_office"), MSG("Chuyển vai trò và việc giữa hai cơ quan, hoàn tác") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_ADMIN, 18, MSG("Sắp xếp cơ quan"), "/admin/agencies", AGENCIES_REORGANISE },
    { .path = NULL },
};

static const struct route routes[] = {
    GET("/admin/agencies", agencies_get, .may = AGENCIES_REORGANISE, .title = MSG("Sắp xếp cơ quan")),
    POST("/admin/agencies/preview", .may = AGENCIES_REORGANISE, .form = &agencies_preview_form,
         .prepare = agencies_preview_prepare, .reply = agencies_preview_reply, .again = agencies_get, .slow = true,
         .no_idempotency = true, .title = MSG("Xem trước chuyển giao")),
    POST("/admin/agencies/succeed", .may = AGENCIES_REORGANISE, .form = &agencies_succeed_form,
         .prepare = agencies_succeed_prepare, .write = agencies_succeed_write, .reply = agencies_to_act, .again = agencies_get,
         .title = MSG("Chuyển giao nhiệm vụ")),
    GET("/admin/agencies/acts/{id}", agencies_act_get, .may = AGENCIES_REORGANISE, .title = MSG("Một lần chuyển giao")),
    POST("/admin/agencies/acts/{id}/undo", .may = AGENCIES_REORGANISE, .form = &empty_form, .write = agencies_undo_write,
         .reply = agencies_to_act, .again = agencies_act_get, .title = MSG("Hoàn tác một lần chuyển giao")),
    ROUTE_END,
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

static bool place_name(struct req *q, const struct grant *g, struct str *out)
{
    struct err e = { 0 };
    struct agency agency;
    struct dbr *r = g->agency.n > 0 ? req_read(q, &e) : NULL;
    if (!r || agency_by_code(r, q->arena, g->agency, &agency, &e) != 1)
        return false;
    *out = agency.name;
    return true;
}

const struct module agencies_module = {
    .name = "agencies",
    .title = MSG("Cơ quan và kế thừa"),
    .needs = NEEDS("audit", "accounts", "people"),
    .menu = menu,
    .routes = routes,
    .roles = roles,
    .permissions = permissions,
    .migrations = agencies_migrations,
    .statements = agencies_statements,
    .events = events,
    .succession = &agencies_own_part,
    .commands = agencies_commands,
    .agencies = choices,
    .place_name = place_name,
    .start = start,
};
