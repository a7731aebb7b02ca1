/* build.c: app_build reads every module's tables once, refuses what is wrong in them by name, and leaves the router. */
#include "platform/http/build.h"
#include "base/embedded.h"

#include <stdlib.h>
#include <string.h>

struct instant app_now(const struct app *app)
{
    return app->clock(app->clock_ctx);
}

static struct instant machine_clock(void *unused)
{
    (void)unused;
    return instant_now();
}

static size_t place_of_module(const struct app *app, const char *module)
{
    for (size_t i = 0; app->modules[i]; i++)
        if (strcmp(app->modules[i]->name, module) == 0)
            return i;
    assert_failed(module, __FILE__, __LINE__); /* no such module: a misspelling */
}

static size_t modules_number(const struct app *app)
{
    size_t n = 0;
    while (app->modules[n])
        n++;
    return n;
}

void **app_engine_slot(struct app *app, const char *module)
{
    if (!app->engine)
        app->engine = arena_new_array(&app->arena, void *, modules_number(app));
    return &app->engine[place_of_module(app, module)];
}

void *app_engine(const struct app *app, const char *module)
{
    size_t place = place_of_module(app, module);
    return app->engine ? app->engine[place] : NULL;
}

/* ---- modules ---- */
static int take_modules(struct app *app, struct router *r, struct err *e)
{
    for (size_t i = 0; app->modules[i]; i++) {
        const struct module *m = app->modules[i];
        if (map_get(&r->modules, str_of(m->name)))
            return ERR(e, ERR_INTERNAL, "two modules are named %s", m->name);
        for (const char *const *need = m->needs; need && *need; need++)
            if (!map_get(&r->modules, str_of(*need)))
                return ERR(e, ERR_INTERNAL, "module %s needs %s, which does not stand before it in the list", m->name,
                           *need);
        map_set(&r->modules, str_of(m->name), (void *)m);
        if (m->authenticate && r->authenticator)
            return ERR(e, ERR_INTERNAL, "modules %s and %s both authenticate", r->authenticator->name, m->name);
        if (m->authenticate)
            r->authenticator = m;
        if (m->unit_covers && r->geographer)
            return ERR(e, ERR_INTERNAL, "modules %s and %s both say which unit covers which", r->geographer->name, m->name);
        if (m->unit_covers)
            r->geographer = m;
    }
    return 0;
}

static int take_roles(const struct module *m, struct router *r, struct err *e)
{
    for (const struct role *role = m->roles; role && role->name; role++) {
        const struct role *other = map_get(&r->roles, str_of(role->name));
        if (other && strcmp(other->function ? other->function : "", role->function ? role->function : "") != 0)
            return ERR(e, ERR_INTERNAL, "module %s: role %s serves another function elsewhere", m->name, role->name);
        if (!other)
            map_set(&r->roles, str_of(role->name), (void *)role);
    }
    return 0;
}

static const char *who_declares(const struct app *app, const struct permission *wanted)
{
    for (size_t i = 0; app->modules[i]; i++)
        for (const struct permission *p = app->modules[i]->permissions; p && p->name; p++)
            if (p == wanted)
                return app->modules[i]->name;
    return "?";
}

static int take_rights(const struct app *app, const struct module *m, struct router *r, struct err *e)
{
    for (const struct permission *p = m->permissions; p && p->name; p++) {
        const struct permission *other = map_set(&r->rights, str_of(p->name), (void *)p);
        if (other)
            return ERR(e, ERR_INTERNAL, "module %s: permission %s is declared by module %s already", m->name, p->name,
                       who_declares(app, other));
        for (const char *const *role = p->roles; role && *role; role++)
            if (strcmp(*role, ROLE_ANY) != 0 && !map_get(&r->roles, str_of(*role)))
                return ERR(e, ERR_INTERNAL, "module %s: permission %s names role %s, which nobody declares", m->name,
                           p->name, *role);
    }
    return 0;
}

static const struct permission *right_named(const struct router *r, const char *may)
{
    return may ? map_get(&r->rights, str_of(may)) : NULL;
}

/* ---- routes ---- */
static int check_access(const struct router *r, struct route_slot *slot, struct err *e)
{
    const struct route *route = slot->route;
    if (!route->may && !route->open)
        return ERR(e, ERR_INTERNAL, "module %s: route %s says neither who may call it (.may) nor why all may (.open)",
                   slot->module->name, route->path);
    if (route->may && route->open)
        return ERR(e, ERR_INTERNAL, "module %s: route %s says both .may and .open", slot->module->name, route->path);
    if (route->open && (route->assurance > 0 || route->fresh_s > 0))
        return ERR(e, ERR_INTERNAL, "module %s: route %s is open to all, so it cannot ask how they signed in", slot->module->name,
                   route->path);
    slot->right = right_named(r, route->may);
    if (route->may && !slot->right)
        return ERR(e, ERR_INTERNAL, "module %s: route %s asks for permission %s, which nobody declares", slot->module->name,
                   route->path, route->may);
    return 0;
}

static int check_steps(const struct route_slot *slot, struct err *e)
{
    const struct route *route = slot->route;
    const char *module = slot->module->name;
    if (route->method == METHOD_GET && !route->read && !(route->write && route->reply))
        return ERR(e, ERR_INTERNAL, "module %s: GET %s has neither a read function nor write and reply", module,
                   route->path);
    if (route->method == METHOD_GET && route->read && (route->write || route->reply))
        return ERR(e, ERR_INTERNAL, "module %s: GET %s has both a read function and a write", module, route->path);
    if (route->method == METHOD_GET && route->form)
        return ERR(e, ERR_INTERNAL, "module %s: GET %s has a form; only a POST has one", module, route->path);
    if (route->method != METHOD_GET && route->method != METHOD_DELETE && !route->form)
        return ERR(e, ERR_INTERNAL, "module %s: %s %s has no form", module, method_name(route->method), route->path);
    if (route->method != METHOD_GET && !route->reply)
        return ERR(e, ERR_INTERNAL, "module %s: %s %s has no reply", module, method_name(route->method), route->path);
    if (route->method > METHOD_POST && !route->machine)
        return ERR(e, ERR_INTERNAL, "module %s: %s %s: only programs send that, say .machine", module,
                   method_name(route->method), route->path);
    if (route->own_key && (!route->open || !route->machine))
        return ERR(e, ERR_INTERNAL, "module %s: %s %s has .own_key without .open and .machine", module,
                   method_name(route->method), route->path);
    if (route->shared && (!route->open || !route->read || slot->api || route->machine))
        return ERR(e, ERR_INTERNAL, "module %s: %s %s has .shared and is not an open page", module, method_name(route->method),
                   route->path);
    return 0;
}

static int take_routes(struct app *app, const struct module *m, struct router *r, struct err *e)
{
    for (const struct route *route = m->routes; route && route->path; route++) {
        struct route_slot *slot = &r->slots[r->n_slots++];
        *slot = (struct route_slot) { .route = route, .module = m };
        slot->api = route->json || str_starts(str_of(route->path), STR("/api/"));
        if (route_path_check(slot, e) < 0 || check_access(r, slot, e) < 0 || check_steps(slot, e) < 0)
            return -1;
        if (route->form && form_declared_well(slot, e) < 0)
            return -1;
        if (router_add(r, &app->arena, slot, e) < 0)
            return -1;
    }
    return 0;
}

static size_t count_routes(const struct app *app)
{
    size_t n = 0;
    for (size_t i = 0; app->modules[i]; i++)
        for (const struct route *route = app->modules[i]->routes; route && route->path; route++)
            n++;
    return n;
}

/* ---- measures ---- */
size_t measures_together(const struct measure *m)
{
    size_t n = 1;
    while (m[n].name && !m[n].count)
        n++;
    return n;
}

static int check_measures(const struct module *m, struct err *e)
{
    if (m->measures && m->measures->name && !m->measures->count)
        return ERR(e, ERR_INTERNAL, "module %s: measure %s has no .count, and none above it counts it", m->name,
                   m->measures->name);
    return 0;
}

/* ---- menu ---- */
static int by_group_and_order(const void *x, const void *y)
{
    const struct menu_entry *a = ((const struct menu_slot *)x)->entry, *b = ((const struct menu_slot *)y)->entry;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return strcmp(a->path, b->path);
}

static int check_menu_entry(const struct router *r, const struct module *m, const struct menu_entry *entry, struct err *e)
{
    const struct route_slot *slot;
    struct str values[ROUTE_PARAMS_MOST];
    if (entry->may && !right_named(r, entry->may))
        return ERR(e, ERR_INTERNAL, "module %s: menu entry %s asks for permission %s, which nobody declares", m->name,
                   entry->path, entry->may);
    if (router_find(r, METHOD_GET, str_of(entry->path), &slot, values) != ROUTE_FOUND)
        return ERR(e, ERR_INTERNAL, "module %s: menu entry %s leads to no page", m->name, entry->path);
    return 0;
}

static int take_menu(struct app *app, struct router *r, struct err *e)
{
    size_t n = 0;
    for (size_t i = 0; app->modules[i]; i++)
        for (const struct menu_entry *entry = app->modules[i]->menu; entry && entry->label.p; entry++)
            n++;
    r->menu = arena_new_array(&app->arena, struct menu_slot, n);
    for (size_t i = 0; app->modules[i]; i++) {
        const struct module *m = app->modules[i];
        for (const struct menu_entry *entry = m->menu; entry && entry->label.p; entry++) {
            if (check_menu_entry(r, m, entry, e) < 0)
                return -1;
            r->menu[r->n_menu++] = (struct menu_slot) { entry, str_of(entry->path), right_named(r, entry->may) };
        }
    }
    if (r->n_menu > 1)
        qsort(r->menu, r->n_menu, sizeof(*r->menu), by_group_and_order);
    return 0;
}

/* ---- the whole ---- */
static void router_init(struct router *r, struct app *app)
{
    uint64_t key[2];
    random_bytes(key, sizeof(key));
    map_init(&r->rights, &app->arena, key[0], key[1]);
    map_init(&r->roles, &app->arena, key[0], key[1]);
    map_init(&r->modules, &app->arena, key[0], key[1]);
    map_init(&r->files, &app->arena, key[0], key[1]);
    stats_init(&r->stats);
}

static int take_all(struct app *app, struct router *r, struct err *e)
{
    if (take_modules(app, r, e) < 0)
        return -1;
    for (size_t i = 0; app->modules[i]; i++)
        if (take_roles(app->modules[i], r, e) < 0)
            return -1;
    for (size_t i = 0; app->modules[i]; i++)
        if (take_rights(app, app->modules[i], r, e) < 0)
            return -1;
    r->slots = arena_new_array(&app->arena, struct route_slot, count_routes(app));
    for (size_t i = 0; app->modules[i]; i++)
        if (take_routes(app, app->modules[i], r, e) < 0 || check_measures(app->modules[i], e) < 0)
            return -1;
    static_take(app, r);
    return take_menu(app, r, e);
}

int app_build(struct app *app, struct err *e)
{
    struct router *r = arena_new(&app->arena, struct router);
    router_init(r, app);
    if (!app->clock)
        app->clock = machine_clock;
    if (take_all(app, r, e) < 0)
        return -1;
    if (live_open(&app->live, &r->stats, e) < 0)
        return -1;
    app->router = r;
    return 0;
}

void app_unbuild(struct app *app)
{
    if (!app)
        return;
    for (size_t i = 0; app->router && app->modules[i]; i++)
        if (app->modules[i]->stop)
            app->modules[i]->stop(app);
    live_close(app->live);
    app->live = NULL;
    app->router = NULL;
}
