/* Which part of a URL the next hole of an attribute stands in. A literal beginning decides; after it a value can only be one
 * component of the path or of the query, so no value can name another scheme or host. */
#include "tools/tmplc/machine.h"

static bool has_any(struct str s, const char *set)
{
    for (; *set; set++)
        if (str_find_char(s, *set) >= 0)
            return true;
    return false;
}

/* "https://host/…": the path, or STR_NONE while the host is not ended. */
static struct str behind_host(struct str s)
{
    if (!str_starts(s, STR("https://")) && !str_starts(s, STR("http://")))
        return STR_NONE;
    struct str rest = str_from(s, (size_t)str_find(s, STR("://")) + 3);
    ptrdiff_t slash = str_find_char(rest, '/');
    return slash > 0 ? str_from(rest, (size_t)slash) : STR_NONE;
}

/* URL_PATH or URL_QUERY; URL_PREFIX when no hole may follow such a beginning. */
static enum url_phase phase_of_prefix(struct str s)
{
    if (s.n == 0)
        return URL_START;
    if (s.p[0] == '?' || s.p[0] == '#')
        return URL_QUERY;
    if (str_starts(s, STR("mailto:")) || str_starts(s, STR("tel:")))
        return URL_QUERY;
    struct str path = s.p[0] == '/' ? s : behind_host(s);
    if (!path.p || (path.n > 1 && s.p[0] == '/' && (s.p[1] == '/' || s.p[1] == '\\')))
        return URL_PREFIX;
    return has_any(path, "?#") ? URL_QUERY : URL_PATH;
}

static struct str joined(struct arena *a, struct str x, struct str y)
{
    return str_fmt(a, "%.*s%.*s", STR_ARG(x), STR_ARG(y));
}

void url_literal(struct ctx *c, size_t off, struct url *u, struct str s)
{
    if (s.n == 0)
        return;
    if (u->phase == URL_WHOLE && s.p[0] != '?' && s.p[0] != '#' && s.p[0] != '&') {
        refuse(c, off, "behind a value that is the whole beginning of a URL only ?, # or &amp; may follow.");
        return;
    }
    if (u->phase == URL_WHOLE) {
        u->phase = URL_QUERY;
        return;
    }
    if (u->phase == URL_PATH && u->after_hole) {
        if (u->first_component && s.p[0] == '/') {
            refuse(c, off,
                   "an empty value here would make this // and another site; put a literal word first: \"/word/{{…}}\".");
            return;
        }
        u->after_hole = false;
        u->prefix = STR("");
    }
    if (u->phase == URL_PATH && has_any(s, "?#"))
        u->phase = URL_QUERY;
    if (u->phase == URL_PATH)
        u->prefix = joined(c->a, u->prefix, s);
    if (u->phase == URL_START || u->phase == URL_PREFIX) {
        u->prefix = joined(c->a, u->prefix, s);
        u->phase = phase_of_prefix(u->prefix);
    }
}

static bool path_hole(struct ctx *c, size_t off, struct url *u, bool digits)
{
    if (u->after_hole) {
        refuse(c, off, "two values cannot stand side by side in a path: put a literal character between them.");
        return false;
    }
    if (str_ends(u->prefix, STR("/.")) || str_ends(u->prefix, STR("/.."))) {
        refuse(c, off, "a path component cannot begin with a dot before a value.");
        return false;
    }
    u->first_component = str_eq(u->prefix, STR("/")) && !digits;
    u->after_hole = true;
    return true;
}

bool url_hole(struct ctx *c, size_t off, struct url *u, bool digits, enum place *place)
{
    switch (u->phase) {
    case URL_START:
        u->phase = URL_WHOLE;
        *place = PLACE_URL;
        return true;
    case URL_PATH:
        *place = PLACE_PATH;
        return path_hole(c, off, u, digits);
    case URL_QUERY:
        *place = PLACE_QUERY;
        return true;
    case URL_PREFIX:
        refuse(c, off,
               "a value cannot stand here in a URL: begin the URL with a path of this site (\"/word\"), ?, #, "
               "https://host/, mailto: or tel:.");
        return false;
    case URL_WHOLE:
        refuse(c, off,
               "a second value cannot follow a value that is the whole beginning of a URL; write ? or &amp; between.");
        return false;
    case URL_MIXED:
        refuse(c, off, "the branches before this value end in different parts of the URL.");
        return false;
    }
    return false;
}

struct url url_join(struct url a, struct url b)
{
    bool same = a.phase == b.phase && a.after_hole == b.after_hole && a.first_component == b.first_component;
    if (same && a.phase == URL_PREFIX)
        same = str_eq(a.prefix, b.prefix);
    if (same && a.phase == URL_PATH && str_eq(b.prefix, STR("/")))
        a.prefix = b.prefix; /* the stricter of the two */
    if (!same)
        a = (struct url) { .phase = URL_MIXED };
    return a;
}
