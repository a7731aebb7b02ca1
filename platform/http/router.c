/* router.c: from a path to a route: a tree of segments, fixed text before {name}. */
#include "platform/http/router.h"

#include <string.h>

static const char *const methods[METHODS_] = {
    [METHOD_GET] = "GET",
    [METHOD_POST] = "POST",
    [METHOD_PUT] = "PUT",
    [METHOD_PATCH] = "PATCH",
    [METHOD_DELETE] = "DELETE",
};

const char *method_name(enum method m)
{
    return m < METHODS_ ? methods[m] : "?";
}

enum method method_named(struct str name)
{
    for (int m = 0; m < METHODS_; m++)
        if (str_eq(name, str_of(methods[m])))
            return (enum method)m;
    return METHODS_;
}

static bool is_param(struct str segment)
{
    return segment.n > 2 && segment.p[0] == '{' && segment.p[segment.n - 1] == '}';
}

static struct route_node *child_of(const struct route_node *node, struct str text)
{
    for (struct route_node *c = node->children; c; c = c->next)
        if (c->text.n == text.n && memcmp(c->text.p, text.p, text.n) == 0)
            return c;
    return NULL;
}

static struct route_node *child_made(struct route_node *node, struct arena *a, struct str segment)
{
    if (is_param(segment)) {
        if (!node->any)
            node->any = arena_new(a, struct route_node);
        return node->any;
    }
    struct route_node *c = child_of(node, segment);
    if (c)
        return c;
    c = arena_new(a, struct route_node);
    c->text = segment;
    c->next = node->children;
    node->children = c;
    return c;
}

int router_add(struct router *r, struct arena *a, const struct route_slot *slot, struct err *e)
{
    struct str rest = str_from(str_of(slot->route->path), 1), segment;
    struct route_node *node = &r->root;
    while (rest.n > 0 && str_cut(&rest, '/', &segment))
        node = child_made(node, a, segment);
    const struct route_slot **place = &node->slots[slot->route->method];
    if (*place)
        return ERR(e, ERR_INTERNAL, "module %s: %s %s is already a route of module %s (%s)", slot->module->name,
                   method_name(slot->route->method), slot->route->path, (*place)->module->name,
                   (*place)->route->path);
    *place = slot;
    return 0;
}

/* Depth first, fixed text before {name}: /stays/new is found before /stays/{id}, and /stays/new/x may still be {id}/x. */
static const struct route_node *walk(const struct route_node *node, struct str rest, struct str *values, size_t n)
{
    if (rest.n == 0) {
        for (int m = 0; m < METHODS_; m++)
            if (node->slots[m])
                return node;
        return NULL;
    }
    ptrdiff_t slash = str_find_char(rest, '/');
    struct str segment = slash < 0 ? rest : str_head(rest, (size_t)slash);
    struct str after = slash < 0 ? STR("") : str_from(rest, (size_t)slash + 1);
    if (segment.n == 0 || (slash >= 0 && after.n == 0))
        return NULL;
    const struct route_node *c = child_of(node, segment);
    const struct route_node *found = c ? walk(c, after, values, n) : NULL;
    if (found || !node->any || n == ROUTE_PARAMS_MOST)
        return found;
    values[n] = segment;
    return walk(node->any, after, values, n + 1);
}

enum route_found router_find(const struct router *r, enum method m, struct str path, const struct route_slot **slot,
                             struct str values[ROUTE_PARAMS_MOST])
{
    if (path.n == 0 || path.p[0] != '/')
        return ROUTE_NO_PATH;
    const struct route_node *node = walk(&r->root, str_from(path, 1), values, 0);
    if (!node)
        return ROUTE_NO_PATH;
    *slot = NULL;
    if (m >= METHODS_ || !node->slots[m]) {
        /* Some other method lives here: whether its errors are JSON is known from it. */
        for (int other = METHODS_ - 1; other >= 0; other--)
            *slot = node->slots[other] ? node->slots[other] : *slot;
        return ROUTE_NO_METHOD;
    }
    *slot = node->slots[m];
    return ROUTE_FOUND;
}

/* A path is "/" or segments of lower-case letters, digits, '-', '_', '.', or whole {names}. A protocol may prescribe capitals: SCIM's
 * /ServiceProviderConfig. */
static bool segment_ok(struct str s, bool capitals)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool ok = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
                  (capitals && c >= 'A' && c <= 'Z');
        if (!ok)
            return false;
    }
    return s.n > 0;
}

int route_path_check(struct route_slot *slot, struct err *e)
{
    struct str path = str_of(slot->route->path), rest = str_from(path, 1), segment;
    if (path.n == 0 || path.p[0] != '/' || (path.n > 1 && path.p[path.n - 1] == '/'))
        return ERR(e, ERR_INTERNAL, "module %s: path \"%s\" must begin with / and not end with it", slot->module->name,
                   slot->route->path);
    while (rest.n > 0 && str_cut(&rest, '/', &segment)) {
        struct str name = is_param(segment) ? (struct str) { segment.p + 1, segment.n - 2 } : segment;
        if (!segment_ok(name, slot->route->machine != NULL))
            return ERR(e, ERR_INTERNAL,
                       "module %s: path %s: segment \"%.*s\" is not lower-case letters, digits, - _ . or {name}",
                       slot->module->name, slot->route->path, STR_ARG(segment));
        if (!is_param(segment))
            continue;
        if (slot->n_names == ROUTE_PARAMS_MOST)
            return ERR(e, ERR_INTERNAL, "module %s: path %s has more than %d names", slot->module->name, slot->route->path,
                       ROUTE_PARAMS_MOST);
        slot->names[slot->n_names++] = name;
    }
    return 0;
}

/* ---- rights ---- */
static bool role_carries(const struct permission *right, struct str role)
{
    for (const char *const *r = right->roles; r && *r; r++)
        if (role.n > 0 && strncmp(*r, role.p, role.n) == 0 && (*r)[role.n] == '\0')
            return true;
    return false;
}

static bool some_grant_carries(const struct permission *right, const struct grant *grants, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (role_carries(right, grants[i].role))
            return true;
    return false;
}

bool right_held(const struct permission *right, const struct actor *actor)
{
    if (!right)
        return true;
    if (!actor->account && actor->n_grants == 0)
        return false;
    if (role_carries(right, STR(ROLE_ANY)))
        return actor->account != 0;
    return some_grant_carries(right, actor->grants, actor->n_grants);
}

bool right_elsewhere(const struct permission *right, const struct actor *actor)
{
    return right && some_grant_carries(right, actor->hats, actor->n_hats);
}

bool right_waiting(const struct permission *right, const struct actor *actor)
{
    return right && some_grant_carries(right, actor->waiting, actor->n_waiting);
}

/* A role bound to facilities reaches only its own; a grant of such a role that names none reaches none. */
static bool covers_facility(const struct router *r, const struct grant *g, int64_t facility)
{
    if (facility == 0 || g->facility == facility)
        return true;
    const struct role *role = map_get(&r->roles, g->role);
    return g->facility == 0 && role && !role->facility;
}

/* As covers_facility. */
static bool covers_agency(const struct router *r, const struct grant *g, struct str agency)
{
    const struct role *role = map_get(&r->roles, g->role);
    return g->agency.n ? str_eq(g->agency, agency) : role && !role->agency;
}

static bool covers_unit(struct req *q, const struct grant *g, const struct unit_code *unit)
{
    if (!unit || g->territory.v[0] == 0 || unit_code_eq(&g->territory, unit))
        return true;
    const struct module *m = q->app->router->geographer;
    return m && m->unit_covers(q, &g->territory, unit);
}

const struct grant *req_may(const struct req *q, const char *permission, const struct unit_code *unit, int64_t facility)
{
    const struct router *r = q->app->router;
    const struct permission *right = map_get(&r->rights, str_of(permission));
    ASSERT(right != NULL); /* a permission nobody declared is a misspelling */
    for (size_t i = 0; i < q->actor->n_grants; i++) {
        const struct grant *g = &q->actor->grants[i];
        if (role_carries(right, g->role) && covers_facility(r, g, facility) && covers_unit((struct req *)q, g, unit))
            return g;
    }
    return NULL;
}

const struct grant *req_may_agency(const struct req *q, const char *permission, struct str agency)
{
    const struct router *r = q->app->router;
    const struct permission *right = map_get(&r->rights, str_of(permission));
    ASSERT(right != NULL);
    for (size_t i = 0; i < q->actor->n_grants; i++) {
        const struct grant *g = &q->actor->grants[i];
        if (role_carries(right, g->role) && covers_agency(r, g, agency))
            return g;
    }
    return NULL;
}
