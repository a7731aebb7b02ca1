/* router.h: what app_build makes of the modules' tables: paths, rights, menu, roles. Read-only once built, so every worker
 * looks things up without a lock; the counters in it are atomic.
 */
#ifndef BON_PLATFORM_HTTP_ROUTER_H
#define BON_PLATFORM_HTTP_ROUTER_H

#include "platform/http/module.h"
#include "platform/http/stats.h"

#define ROUTE_PARAMS_MOST 8

struct route_slot {
    const struct route *route;
    const struct module *module;
    const struct permission *right; /* of route->may; NULL when open */
    bool api;                       /* errors as JSON */
    struct str names[ROUTE_PARAMS_MOST];
    size_t n_names;
};

/* One path segment. Fixed text goes before {name}. */
struct route_node {
    struct str text;
    struct route_node *children, *next; /* fixed children in a list; a node has few */
    struct route_node *any;             /* {name} */
    const struct route_slot *slots[METHODS_];
};

struct menu_slot {
    const struct menu_entry *entry;
    struct str path;
    const struct permission *right;
};

struct router {
    struct route_node root;
    struct map rights;      /* permission name -> struct permission */
    struct map roles;       /* role name -> struct role */
    struct map modules;     /* name -> its place + 1, as a pointer-sized number */
    struct map files;       /* embedded path -> struct static_entry */
    struct menu_slot *menu; /* by group, then order */
    size_t n_menu;
    struct route_slot *slots; /* all, in module order */
    size_t n_slots;
    const struct module *authenticator, *geographer; /* those with .authenticate and .unit_covers; may be NULL */
    struct http_stats stats;
};

enum route_found { ROUTE_FOUND, ROUTE_NO_PATH, ROUTE_NO_METHOD };
/* values gets as many entries as the slot has names; they are slices of path. */
enum route_found router_find(const struct router *r, enum method m, struct str path, const struct route_slot **slot,
                             struct str values[ROUTE_PARAMS_MOST]);

/* Puts one route into the tree; refuses a second with the same method and shape. */
int router_add(struct router *r, struct arena *a, const struct route_slot *slot, struct err *e);

/* Whether some grant carries the right, wherever it holds. NULL right: true. */
bool right_held(const struct permission *right, const struct actor *actor);
/* Whether it would be held under another of the actor's hats. */
bool right_elsewhere(const struct permission *right, const struct actor *actor);
/* Whether it would be held, had the actor signed in with a passkey. */
bool right_waiting(const struct permission *right, const struct actor *actor);

/* Fills names of a route's path; refuses a malformed one. */
int route_path_check(struct route_slot *slot, struct err *e);

#endif
