/* expect.c: what a reply must be. */
#include "tests/http_run.h"

#include "platform/crypto/crypto.h"

#include <jansson.h>

struct str reply_header(const struct http_reply *reply, struct str name, size_t nth)
{
    struct str rest = reply->head, line;
    while (rest.n > 0 && str_cut(&rest, '\n', &line)) {
        ptrdiff_t colon = str_find_char(line, ':');
        if (colon > 0 && str_eq_nocase(str_head(line, (size_t)colon), name) && nth-- == 0)
            return str_trim(str_from(line, (size_t)colon + 1));
    }
    return STR_NONE;
}

/* Every header of that name, one a line: a reply may set several cookies. */
static struct str header_lines(struct http_run *r, struct str name)
{
    struct str all = reply_header(&r->reply, name, 0), next;
    for (size_t i = 1; (next = reply_header(&r->reply, name, i)).p; i++)
        all = str_fmt(r->arena, "%.*s\n%.*s", STR_ARG(all), STR_ARG(next));
    return all;
}

static struct str visible(struct http_run *r)
{
    if (!r->reply.text.p)
        r->reply.text = words_visible(r->arena, r->reply.body);
    return r->reply.text;
}

static size_t count(struct str all, struct str part)
{
    size_t n = 0;
    for (ptrdiff_t at; part.n > 0 && (at = str_find(all, part)) >= 0; n++)
        all = str_from(all, (size_t)at + part.n);
    return n;
}

/* "no X" asks that X is absent. */
static bool holds(struct http_run *r, struct str all, struct str rest, const char *where)
{
    bool absent = str_starts(rest, STR("no "));
    struct str part = absent ? str_from(rest, 3) : rest;
    if ((str_find(all, part) >= 0) != absent)
        return true;
    return fault(r, "%s %s: %.*s", where, absent ? "has" : "lacks", STR_ARG(str_head(part, 300)));
}

static bool status(struct http_run *r, struct str rest)
{
    int64_t n;
    if (str_to_i64(rest, &n) && n == r->reply.status)
        return true;
    struct str say =
        r->reply.status >= 300 && r->reply.status < 400 ? reply_header(&r->reply, STR("location"), 0) : visible(r);
    return fault(r, "status is %d, not %.*s: %.*s", r->reply.status, STR_ARG(rest), STR_ARG(str_head(say, 900)));
}

/* NAME = value, NAME ~ part, NAME none */
static bool compare(struct http_run *r, struct str what, struct str rest, struct str got)
{
    if (str_eq(rest, STR("none")))
        return !got.p || fault(r, "%.*s is there: %.*s", STR_ARG(what), STR_ARG(str_head(got, 300)));
    if (rest.n < 2 || (rest.p[0] != '=' && rest.p[0] != '~') || rest.p[1] != ' ')
        return fault(r, "\"= value\", \"~ part\" or \"none\" is needed: %.*s", STR_ARG(rest));
    struct str wanted = str_from(rest, 2);
    bool good = got.p && (rest.p[0] == '=' ? str_eq(got, wanted) : str_find(got, wanted) >= 0);
    return good || fault(r, "%.*s is \"%.*s\", not %.*s", STR_ARG(what), STR_ARG(str_head(got, 300)), STR_ARG(rest));
}

/* ---- JSON ---- */

static const json_t *json_walk(const json_t *j, struct str path)
{
    struct str step;
    if (str_starts(path, STR(".")))
        path = str_from(path, 1);
    while (j && path.n > 0 && str_cut(&path, '.', &step)) {
        char key[128];
        int64_t i;
        if (step.n >= sizeof(key))
            return NULL;
        for (size_t k = 0; k <= step.n; k++)
            key[k] = k < step.n ? step.p[k] : '\0';
        j = json_is_array(j) && str_to_i64(step, &i) ? json_array_get(j, (size_t)i) : json_object_get(j, key);
    }
    return j;
}

static struct str json_value(struct http_run *r, struct str path)
{
    json_error_t why;
    struct str out = STR_NONE;
    json_t *all = json_loadb(r->reply.body.p, r->reply.body.n, 0, &why);
    const json_t *j = all ? json_walk(all, path) : NULL;
    if (json_is_string(j)) {
        out = str_dup(r->arena, json_str(j));
    } else if (j) {
        char *text = json_dumps(j, JSON_ENCODE_ANY | JSON_COMPACT | JSON_SORT_KEYS);
        out = str_dup(r->arena, str_of(text));
        free(text);
    }
    json_decref(all);
    return out;
}

/* ---- keeping for later ---- */

/* take NAME BEFORE{}AFTER: from the body; take NAME header NAME BEFORE{}; take NAME at .path; take NAME body */
static bool take(struct http_run *r, struct str rest)
{
    struct str name, word, all = r->reply.body;
    if (!str_cut(&rest, ' ', &name))
        return fault(r, "take NAME BEFORE{}AFTER");
    if (str_starts(rest, STR("at "))) {
        struct str value = json_value(r, str_from(rest, 3));
        if (!value.p)
            return fault(r, "the reply has no %.*s", STR_ARG(str_from(rest, 3)));
        words_set(r, name, value);
        return true;
    }
    if (str_eq(rest, STR("body"))) {
        words_set(r, name, all);
        return true;
    }
    if (str_starts(rest, STR("header "))) {
        rest = str_from(rest, 7);
        str_cut(&rest, ' ', &word);
        all = header_lines(r, word);
    }
    ptrdiff_t hole = str_find(rest, STR("{}"));
    if (hole < 0)
        return fault(r, "take needs {} where the value stands: %.*s", STR_ARG(rest));
    struct str before = str_head(rest, (size_t)hole), after = str_from(rest, (size_t)hole + 2);
    ptrdiff_t from = str_find(all, before);
    struct str value = from < 0 ? STR_NONE : str_from(all, (size_t)from + before.n);
    ptrdiff_t to = from < 0 ? -1 : after.n == 0 ? (ptrdiff_t)value.n : str_find(value, after);
    if (to < 0)
        return fault(r, "the reply has no %.*s", STR_ARG(rest));
    words_set(r, name, str_head(value, (size_t)to));
    return true;
}

static bool counted(struct http_run *r, struct str rest)
{
    struct str wanted;
    int64_t n;
    if (!str_cut(&rest, ' ', &wanted) || !str_to_i64(wanted, &n))
        return fault(r, "count N TEXT");
    size_t got = count(r->reply.body, rest);
    return (int64_t)got == n || fault(r, "%zu times instead of %lld: %.*s", got, (long long)n, STR_ARG(rest));
}

bool expect_line(struct http_run *r, struct str word, struct str raw)
{
    struct str rest, name;
    if (!words_fill(r, raw, &rest))
        return false;
    if (str_eq(word, STR("status")))
        return status(r, rest);
    if (str_eq(word, STR("sees")))
        return holds(r, visible(r), rest, "the page");
    if (str_eq(word, STR("has")))
        return holds(r, r->reply.body, rest, "the body");
    if (str_eq(word, STR("count")))
        return counted(r, rest);
    if (str_eq(word, STR("take")))
        return take(r, rest);
    if (str_eq(word, STR("header"))) {
        str_cut(&rest, ' ', &name);
        return compare(r, name, rest, header_lines(r, name));
    }
    if (str_eq(word, STR("at"))) {
        str_cut(&rest, ' ', &name);
        return compare(r, name, rest, json_value(r, name));
    }
    return fault(r, "this word is not known: %.*s", STR_ARG(word));
}
