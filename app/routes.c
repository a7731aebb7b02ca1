/* bon routes: who may call what, as the contracts say: the matrix that the contract test compares with reality. */
#include "app/program.h"
#include "app/routes.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct permission *permission_named(const struct app *app, const char *name)
{
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct permission *p = (*m)->permissions; p && p->name; p++)
            if (strcmp(p->name, name) == 0)
                return p;
    return NULL;
}

const char *route_method(const struct route *r)
{
    return method_name(r->method);
}

static json_t *roles_json(const struct app *app, const struct route *r)
{
    json_t *list = json_array();
    const struct permission *p = r->may ? permission_named(app, r->may) : NULL;
    for (const char *const *role = p ? p->roles : NULL; role && *role; role++)
        json_array_append_new(list, json_string(*role));
    return list;
}

static json_t *route_json(const struct app *app, const struct module *m, const struct route *r)
{
    json_t *j = json_object();
    json_object_set_new(j, "method", json_string(route_method(r)));
    json_object_set_new(j, "path", json_string(r->path));
    json_object_set_new(j, "module", json_string(m->name));
    json_object_set_new(j, "may", r->may ? json_string(r->may) : json_null());
    json_object_set_new(j, "open", r->open ? json_string(r->open) : json_null());
    json_object_set_new(j, "form", r->form ? json_string(r->form->name) : json_null());
    json_object_set_new(j, "roles", roles_json(app, r));
    return j;
}

static json_t *all_routes(const struct app *app)
{
    json_t *list = json_array();
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct route *r = (*m)->routes; r && r->path; r++)
            json_array_append_new(list, route_json(app, *m, r));
    return list;
}

static json_t *all_roles(const struct app *app)
{
    json_t *list = json_array();
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct role *r = (*m)->roles; r && r->name; r++)
            json_array_append_new(list, json_string(r->name));
    return list;
}

static void print_json(struct arena *a, const struct app *app)
{
    json_t *j = json_kept(a, json_object());
    json_object_set_new(j, "roles", all_roles(app));
    json_object_set_new(j, "routes", all_routes(app));
    json_dumpf(j, stdout, JSON_COMPACT);
    putchar('\n');
}

static void print_line(const struct app *app, const struct route *r)
{
    const struct permission *p = r->may ? permission_named(app, r->may) : NULL;
    printf("%-4s %-44s ", route_method(r), r->path);
    if (!r->may) {
        printf("open: %s\n", r->open ? r->open : "?");
        return;
    }
    printf("%s:", r->may);
    for (const char *const *role = p ? p->roles : NULL; role && *role; role++)
        printf(" %s", *role);
    putchar('\n');
}

int cmd_routes(struct cli *c, struct err *e)
{
    (void)e;
    if (c->json) {
        print_json(c->arena, c->app);
        return 0;
    }
    if (cli_has(c, "markdown")) {
        routes_markdown(c->app);
        return 0;
    }
    for (const struct module *const *m = c->app->modules; *m; m++) {
        if ((*m)->routes && (*m)->routes->path)
            printf("%s\n", (*m)->name);
        for (const struct route *r = (*m)->routes; r && r->path; r++)
            print_line(c->app, r);
    }
    return 0;
}
