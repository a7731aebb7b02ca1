/* The floors: base < platform < engines < models < app. An include goes down, or stays in its own directory; from an engine or a model it
 * goes only to the engines that module.c declares. */
#include "tools/tidy/tidy.h"

enum floor { FLOOR_BASE, FLOOR_PLATFORM, FLOOR_ENGINES, FLOOR_MODELS, FLOOR_APP, FLOOR_TOOLS, FLOOR_UI, FLOOR_OUTSIDE };

static const struct str FLOORS[] = {
    STR_INIT("base"), STR_INIT("platform"), STR_INIT("engines"), STR_INIT("models"),
    STR_INIT("app"),  STR_INIT("tools"),    STR_INIT("ui"),
};

static enum floor floor_of(struct str path)
{
    struct str rest = path, first;
    if (!str_cut(&rest, '/', &first) || !rest.p)
        return FLOOR_OUTSIDE;
    for (unsigned i = 0; i < FLOOR_OUTSIDE; i++)
        if (str_eq(first, FLOORS[i]))
            return (enum floor)i;
    return FLOOR_OUTSIDE; /* tests, fuzz, bench: they may see everything */
}

/* "engines/stays" of "engines/stays/pages.c". */
static struct str unit_dir(struct str path)
{
    struct str rest = path, floor, name;
    if (!str_cut(&rest, '/', &floor) || !str_cut(&rest, '/', &name) || !rest.p)
        return STR_NONE;
    return str_head(path, floor.n + 1 + name.n);
}

static bool contains(const struct str_list *list, struct str s, size_t *at)
{
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(list->v[i], s)) {
            *at = i;
            return true;
        }
    return false;
}

void tidy_read_list(struct tidy *t, struct str text)
{
    struct str rest = text, line;
    while (str_cut(&rest, '\n', &line)) {
        line = str_trim(line);
        if (line.n && line.p[0] != '#')
            *vec_push(t->arena, &t->engines) = str_dup(t->arena, line);
    }
}

/* The quoted names between NEEDS( and its closing bracket. */
static void read_needs(struct tidy *t, struct unit *u, struct str text)
{
    ptrdiff_t at = str_find(text, STR("NEEDS("));
    u->declares = at >= 0;
    if (at < 0)
        return;
    struct str rest = str_from(text, (size_t)at);
    ptrdiff_t end = str_find_char(rest, ')');
    rest = str_head(rest, end < 0 ? rest.n : (size_t)end);
    struct str before, name;
    while (str_cut(&rest, '"', &before) && rest.p && str_cut(&rest, '"', &name))
        *vec_push(t->arena, &u->needs) = str_dup(t->arena, name);
}

void tidy_read_module(struct tidy *t, struct str path, struct str text)
{
    struct unit u = { .dir = str_dup(t->arena, unit_dir(path)) };
    read_needs(t, &u, text);
    *vec_push(t->arena, &t->units) = u;
}

static const struct unit *unit_of(const struct tidy *t, struct str dir)
{
    for (size_t i = 0; i < t->units.n; i++)
        if (str_eq(t->units.v[i].dir, dir))
            return &t->units.v[i];
    return NULL;
}

/* From an engine or a model to an engine. */
static void to_engine(struct tidy *t, struct str path, int line, struct str target)
{
    struct str from = unit_dir(path), name = str_from(unit_dir(target), sizeof "engines/" - 1);
    const struct unit *u = unit_of(t, from);
    size_t own = 0, theirs = 0, unused;
    bool declared = u && contains(&u->needs, name, &unused);
    if (u && u->declares && !declared)
        tidy_complain(t, path, line, "includes %.*s, but module.c does not say that it needs \"%.*s\"", STR_ARG(target),
                      STR_ARG(name));
    if (!contains(&t->engines, name, &theirs))
        tidy_complain(t, path, line, "includes %.*s, but engines/LIST has no %.*s", STR_ARG(target), STR_ARG(name));
    else if (contains(&t->engines, str_from(from, sizeof "engines/" - 1), &own) && floor_of(path) == FLOOR_ENGINES &&
             theirs > own)
        tidy_complain(t, path, line, "goes up: %.*s comes after this engine in engines/LIST", STR_ARG(name));
}

/* Tools know base only, with two exceptions: sqlc the header whose types and calls it writes, i18nc the reader of templates. */
static bool tool_may(struct str path, struct str target)
{
    return floor_of(target) == FLOOR_BASE ||
           (str_starts(path, STR("tools/sqlc/")) && str_eq(target, STR("platform/db/db.h"))) ||
           (str_starts(path, STR("tools/i18nc/")) && str_starts(target, STR("tools/tmplc/")));
}

static bool is_test(struct str path)
{
    return str_find(path, STR("/test/")) >= 0;
}

/* "gen/stays_queries.h" and "gen/stays_pages.h" are a module's own: another one asks its functions, not its tables. */
static void generated(struct tidy *t, struct str path, int line, struct str target)
{
    struct str owner = str_from(target, sizeof "gen/" - 1), dir = unit_dir(path);
    ptrdiff_t slash = str_find_char(str_from(dir, 1), '/');
    struct str name = str_from(dir, (size_t)(slash + 2));
    if (floor_of(path) == FLOOR_MODELS)
        name = str_from(name, sizeof "m09_" - 1);
    if (str_ends(owner, STR("_queries.h")))
        owner.n -= sizeof "_queries.h" - 1;
    else if (str_ends(owner, STR("_pages.h")))
        owner.n -= sizeof "_pages.h" - 1;
    else
        return;
    if (!str_eq(owner, name))
        tidy_complain(t, path, line, "goes sideways: statements and templates of %.*s are its own", STR_ARG(owner));
}

static void downward(struct tidy *t, struct str path, int line, struct str target)
{
    enum floor from = floor_of(path), to = floor_of(target);
    if (to > from)
        tidy_complain(t, path, line, "goes up: %.*s must not know %.*s", STR_ARG(FLOORS[from]), STR_ARG(target));
    else if (from == FLOOR_MODELS && to == FLOOR_MODELS)
        tidy_complain(t, path, line, "goes sideways: models never know each other (%.*s)", STR_ARG(target));
    else if (to == FLOOR_ENGINES && (from == FLOOR_ENGINES || from == FLOOR_MODELS) && !is_test(path))
        to_engine(t, path, line, target);
}

void tidy_include(struct tidy *t, struct str path, int line, struct str target)
{
    enum floor from = floor_of(path), to = floor_of(target);
    if (str_find(target, STR("..")) >= 0) {
        tidy_complain(t, path, line, "names files from the top of the tree, not by ..: %.*s", STR_ARG(target));
        return;
    }
    if (str_ends(target, STR(".c")))
        tidy_complain(t, path, line, "includes a .c file; what a test needs stands in a small internal header");
    if (str_starts(target, STR("gen/")) && (from == FLOOR_ENGINES || from == FLOOR_MODELS) && unit_dir(path).p &&
        !is_test(path))
        generated(t, path, line, target);
    bool same_unit = unit_dir(path).p && str_eq(unit_dir(path), unit_dir(target));
    if (from == FLOOR_OUTSIDE || to == FLOOR_OUTSIDE || same_unit)
        return;
    if (from == FLOOR_TOOLS ? !tool_may(path, target) : to == FLOOR_TOOLS)
        tidy_complain(t, path, line, "tools know base only, and nobody knows tools: %.*s", STR_ARG(target));
    else if (to == FLOOR_UI ? from != FLOOR_APP : from == FLOOR_UI)
        tidy_complain(t, path, line, "ui knows nobody, and only app knows ui: %.*s", STR_ARG(target));
    else if (from <= FLOOR_APP && to <= FLOOR_APP)
        downward(t, path, line, target);
}
