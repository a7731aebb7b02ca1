/* contract_test.c: what the modules' contracts say against what the program does.
 *
 * Every route is asked by every role, by somebody without a role, and by nobody. Every page is looked at for what each page
 * must have. The contracts of all modules must close: no right without a role, no menu entry that leads nowhere.
 */
#include "platform/crypto/crypto.h"
#include "tests/fixture.h"
#include "tests/tap.h"

#include <stdio.h>
#include <string.h>

struct contract {
    struct fixture f;
    struct tap tap;
    struct str receipt; /* number of a declaration that exists */
};

/* ---- asking ---- */

struct answer {
    int status;
    struct str head, body;
};

static struct str value_of(const struct contract *c, struct str name, struct str otherwise)
{
    if (str_eq(name, STR("number")))
        return c->receipt;
    if (str_eq(name, STR("agency")))
        return STR(AGENCY_HERE);
    if (str_eq(name, STR("to")))
        return STR("vi");
    if (str_eq(name, STR("unit")) || str_eq(name, STR("code")))
        return STR(COMMUNE_HERE);
    return otherwise;
}

/* "/stays/receipts/{number}" with values of things that exist. */
static struct str target_of(struct contract *c, const char *path)
{
    struct buf b;
    bool account = str_starts(str_of(path), STR("/admin/accounts/"));
    struct str spare = str_fmt(&c->f.arena, "%lld", (long long)persona_named(&c->f, STR("du.bi"))->account);
    struct str rest = str_of(path);
    buf_init(&b, &c->f.arena, 1024);
    while (rest.n > 0) {
        ptrdiff_t open = str_find_char(rest, '{'), close = str_find_char(rest, '}');
        if (open < 0 || close < 0)
            break;
        struct str name = str_head(str_from(rest, (size_t)open + 1), (size_t)(close - open) - 1);
        buf_put(&b, str_head(rest, (size_t)open));
        buf_put(&b, value_of(c, name, account ? spare : STR("1")));
        rest = str_from(rest, (size_t)close + 1);
    }
    buf_put(&b, rest);
    return buf_str(&b);
}

static struct str body_for(struct contract *c, const struct route *r, const struct persona *p)
{
    if (r->method == METHOD_GET || r->method == METHOD_DELETE)
        return STR("");
    if (r->json)
        return STR("{}");
    struct hash32 mac = hmac_sha256(c->f.p.app.secret, str_fmt(&c->f.arena, "csrf %.*s", STR_ARG(p ? p->token : STR("abc"))));
    return str_fmt(&c->f.arena, "_csrf=%.*s", STR_ARG(str_base64url(&c->f.arena, mac.b, sizeof(mac.b))));
}

/* A program carries its session as a bearer token, a browser as a cookie. */
static struct str session_of(struct contract *c, const struct route *r, const struct persona *p)
{
    const char *how = r->machine ? "authorization: Bearer " : "cookie: " SESSION_COOKIE "=";
    return p ? str_fmt(&c->f.arena, "%s%.*s", how, STR_ARG(p->token)) : STR("cookie: bon_pre=abc");
}

static struct answer ask(struct contract *c, const struct route *r, const struct persona *p)
{
    struct arena *a = &c->f.arena;
    struct str target = target_of(c, r->path), session = session_of(c, r, p), body = body_for(c, r, p);
    struct str text = str_fmt(a, "%s %.*s HTTP/1.1\r\nhost: bon.test\r\n%.*s\r\ncontent-type: %s\r\n\r\n%.*s",
                              method_name(r->method), STR_ARG(target), STR_ARG(session),
                              r->json ? "application/json" : "application/x-www-form-urlencoded", STR_ARG(body));
    struct str reply = http_once(&c->f.p.app, a, text);
    struct answer out = { 0 };
    int64_t status = 0;
    ptrdiff_t end = str_find(reply, STR("\r\n\r\n"));
    if (end > 0 && str_to_i64(str_head(str_from(reply, 9), 3), &status)) {
        out.status = (int)status;
        out.head = str_head(reply, (size_t)end + 2);
        out.body = str_from(reply, (size_t)end + 4);
    }
    return out;
}

/* One declaration, one draft, one seal: so that pages have something to show. */
static bool live_a_little(struct contract *c)
{
    static const char guests[] = "{\"guests\":[{\"scan\":\"067090000123||Nguyễn Văn Demo|01021990|Nam|Thôn 3|15062021\"}]}";
    struct arena *a = &c->f.arena;
    struct err e = { 0 };
    const struct persona *p = persona_named(&c->f, STR("letan"));
    struct str text = str_fmt(a,
                              "POST /api/v1/stays HTTP/1.1\r\nhost: bon.test\r\ncookie: " SESSION_COOKIE
                              "=%.*s\r\ncontent-type: application/json\r\n\r\n%s",
                              STR_ARG(p->token), guests);
    struct str reply = http_once(&c->f.p.app, a, text);
    ptrdiff_t at = str_find(reply, STR("\"number\":\""));
    struct str rest = at < 0 ? STR_NONE : str_from(reply, (size_t)at + 10);
    return at >= 0 && str_cut(&rest, '"', &c->receipt) && fixture_run_job(&c->f, STR("audit.seal"), &e) == 0;
}

/* ---- routes and roles ---- */

static const struct permission *permission_named(const struct app *app, const char *name)
{
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct permission *p = (*m)->permissions; p && p->name; p++)
            if (strcmp(p->name, name) == 0)
                return p;
    return NULL;
}

static bool carries(const struct permission *p, const char *role)
{
    for (const char *const *r = p->roles; *r; r++)
        if (strcmp(*r, ROLE_ANY) == 0 || (role && strcmp(*r, role) == 0))
            return true;
    return false;
}

static bool declared_allowed(const struct app *app, const struct route *r, const struct persona *p)
{
    const struct permission *right = r->may ? permission_named(app, r->may) : NULL;
    return !r->may || (p && right && carries(right, p->role));
}

static bool is_denied(const struct answer *x)
{
    return x->status == 401 || x->status == 403 || str_find(x->head, STR("\r\nLocation: /sign-in?")) >= 0;
}

/* A protocol's own route answers programs that have no key with its own refusals; that it stands and does not fail is all that
 * its contract says. */
static bool as_declared(const struct route *r, const struct answer *x, bool allowed)
{
    if (x->status <= 0 || x->status >= 500)
        return false;
    if (r->machine && r->open)
        return true;
    return allowed ? !is_denied(x) : is_denied(x);
}

static void check_cell(struct contract *c, const struct route *r, struct persona *p)
{
    if (p)
        fixture_sign_in(&c->f, p);
    struct answer x = ask(c, r, p);
    bool allowed = declared_allowed(&c->f.p.app, r, p);
    char why[256];
    snprintf(why, sizeof(why), "declared %s, answered %d %.*s", allowed ? "allowed" : "denied", x.status,
             STR_ARG(str_head(x.body, 120)));
    tap_case(&c->tap, as_declared(r, &x, allowed), why, "%s %s is %s to %s", method_name(r->method), r->path, allowed ? "open" : "closed",
             !p        ? "nobody"
             : p->role ? p->role
                       : "somebody without a role");
}

static void check_matrix(struct contract *c, const struct route *r)
{
    const struct app *app = &c->f.p.app;
    check_cell(c, r, NULL);
    check_cell(c, r, persona_named(&c->f, STR("khongvai")));
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct role *role = (*m)->roles; role && role->name; role++)
            check_cell(c, r, persona_with(&c->f, str_of(role->name)));
}

/* ---- pages ---- */

static size_t count(struct str all, const char *part)
{
    size_t n = 0;
    struct str needle = str_of(part);
    for (ptrdiff_t at; (at = str_find(all, needle)) >= 0; n++)
        all = str_from(all, (size_t)at + needle.n);
    return n;
}

static const char *page_lacks(const struct answer *x)
{
    static const struct {
        const char *part;
        size_t least, most;
        const char *say;
    } wants[] = {
        { "<!doctype html>", 1, 1, "no doctype" },
        { "<html lang=\"vi\"", 1, 1, "the language is not said" },
        { "<title>", 1, 1000, "no title" },
        { "<title></title>", 0, 0, "an empty title" },
        { "<main", 1, 1, "not one main" },
        { "<h1", 1, 1, "not one h1" },
        { "{{", 0, 0, "a hole of a template" },
        { "MÔ PHỎNG", 1, 1000, "no word on the mode" },
        { " style=\"", 0, 0, "an inline style that the policy blocks" },
        { "(null)", 0, 0, "a null" },
        { "href=\"#refused\"", 0, 0, "an address that the escaper refused" },
    };
    for (size_t i = 0; i < sizeof(wants) / sizeof(wants[0]); i++) {
        size_t n = count(x->body, wants[i].part);
        if (n < wants[i].least || n > wants[i].most)
            return wants[i].say;
    }
    if (str_find(x->head, STR("Content-Security-Policy:")) < 0)
        return "no content security policy";
    return NULL;
}

/* Two elements with one id: labels and links would reach the wrong one. */
static const char *id_twice(struct contract *c, struct str body)
{
    struct str rest = body, id;
    static const struct str before = STR_INIT(" id=\"");
    for (ptrdiff_t at; (at = str_find(rest, before)) >= 0;) {
        rest = str_from(rest, (size_t)at + before.n);
        if (!str_cut(&rest, '"', &id))
            break;
        struct str again = str_fmt(&c->f.arena, " id=\"%.*s\"", STR_ARG(id));
        if (str_find(rest, again) >= 0)
            return str_cstr(&c->f.arena, str_fmt(&c->f.arena, "two elements have id %.*s", STR_ARG(id)));
    }
    return NULL;
}

static void check_page(struct contract *c, const struct route *r)
{
    struct persona *p = NULL;
    for (size_t i = 0; r->may && i < c->f.n_personas && !p; i++)
        if (c->f.personas[i].role && declared_allowed(&c->f.p.app, r, &c->f.personas[i]))
            p = &c->f.personas[i];
    if (p)
        fixture_sign_in(&c->f, p);
    struct answer x = ask(c, r, p);
    bool page = str_find(x.head, STR("Content-Type: text/html")) >= 0;
    if (!page || x.status >= 300)
        return;
    const char *lacks = page_lacks(&x);
    if (!lacks)
        lacks = id_twice(c, x.body);
    tap_case(&c->tap, !lacks, lacks, "the page %s has what each page must have", r->path);
}

/* ---- what a page wants to have seen ---- */

static void check_proof(struct contract *c, const struct route *r)
{
    struct persona *p = NULL;
    for (size_t i = 0; i < c->f.n_personas && !p; i++)
        if (c->f.personas[i].role && declared_allowed(&c->f.p.app, r, &c->f.personas[i]))
            p = &c->f.personas[i];
    if (!p || (r->assurance < 2 && r->fresh_s == 0))
        return;
    fixture_sign_in_weakly(&c->f, p);
    struct answer x = ask(c, r, p);
    tap_case(&c->tap, is_denied(&x), "a password of yesterday is enough", "%s %s wants more than a password of yesterday",
             method_name(r->method), r->path);
}

static void check_routes(struct contract *c)
{
    for (const struct module *const *m = c->f.p.app.modules; *m; m++)
        for (const struct route *r = (*m)->routes; r && r->path; r++) {
            check_matrix(c, r);
            check_proof(c, r);
            if (r->method == METHOD_GET)
                check_page(c, r);
        }
}

/* ---- the contracts close ---- */

static const struct role *role_named(const struct app *app, const char *name)
{
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct role *r = (*m)->roles; r && r->name; r++)
            if (strcmp(r->name, name) == 0)
                return r;
    return NULL;
}

static const struct route *page_at(const struct app *app, const char *path)
{
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct route *r = (*m)->routes; r && r->path; r++)
            if (r->method == METHOD_GET && strcmp(r->path, path) == 0)
                return r;
    return NULL;
}

static void check_permissions(struct contract *c, const struct module *m)
{
    for (const struct permission *p = m->permissions; p && p->name; p++)
        for (const char *const *role = p->roles; *role; role++)
            tap_case(&c->tap, strcmp(*role, ROLE_ANY) == 0 || role_named(&c->f.p.app, *role), "no module declares that role",
                     "%s is carried by a role that exists: %s", p->name, *role);
}

static void check_roles(struct contract *c, const struct module *m)
{
    const struct app *app = &c->f.p.app;
    for (const struct role *r = m->roles; r && r->name; r++) {
        const struct route *home = r->home ? page_at(app, r->home) : NULL;
        struct persona *p = persona_with(&c->f, str_of(r->name));
        tap_case(&c->tap, home && declared_allowed(app, home, p), "no page there, or closed to that very role",
                 "the role %s begins at a page of its own: %s", r->name, r->home ? r->home : "none");
    }
}

static void check_menu(struct contract *c, const struct module *m)
{
    for (const struct menu_entry *e = m->menu; e && e->label.p; e++) {
        const struct route *page = page_at(&c->f.p.app, e->path);
        bool same = page && (!page->may || (e->may && strcmp(e->may, page->may) == 0));
        tap_case(&c->tap, same, page ? "the page asks for another right" : "no page has that path",
                 "the menu entry %s leads to a page that its readers may open", e->path);
    }
}

static void check_needs(struct contract *c, const struct module *m)
{
    for (const char *const *need = m->needs; need && *need; need++) {
        bool before = false;
        for (const struct module *const *o = c->f.p.app.modules; *o != m; o++)
            before |= strcmp((*o)->name, *need) == 0;
        tap_case(&c->tap, before, "it is not in the list before it", "%s finds %s, which it needs", m->name, *need);
    }
}

static void check_closure(struct contract *c)
{
    for (const struct module *const *m = c->f.p.app.modules; *m; m++) {
        check_permissions(c, *m);
        check_roles(c, *m);
        check_menu(c, *m);
        check_needs(c, *m);
    }
}

/* ---- what does not boot ---- */

static int nothing(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)s, (void)e;
    return 0;
}

static void check_refusal(struct contract *c, const struct route *route, const char *part, const char *sentence)
{
    const struct module *modules[64];
    struct module bad = { .name = "bad", .routes = route };
    size_t n = 0;
    struct app app = c->f.p.app;
    struct err e = { 0 };
    for (; c->f.p.app.modules[n] && n < 62; n++)
        modules[n] = c->f.p.app.modules[n];
    modules[n] = &bad;
    modules[n + 1] = NULL;
    app.modules = modules;
    app.router = NULL;
    app.live = NULL;
    arena_init(&app.arena, 16 << 20);
    int rc = app_build(&app, &e);
    app_unbuild(&app);
    arena_release(&app.arena);
    tap_case(&c->tap, rc != 0 && strstr(e.detail, part), rc ? e.detail : "it boots", "%s does not boot", sentence);
}

static void check_boot(struct contract *c)
{
    const struct route neither[] = { GET("/bad", nothing), ROUTE_END };
    const struct route unknown[] = { GET("/bad", nothing, .may = "no.such.right"), ROUTE_END };
    const struct route formless[] = { POST("/bad", .open = "a test", .reply = nothing), ROUTE_END };
    const struct route taken[] = { GET("/sign-in", nothing, .open = "a test"), ROUTE_END };
    check_refusal(c, neither, "/bad", "a route that says neither who may nor why all may");
    check_refusal(c, unknown, "no.such.right", "a route with a right that nobody declares");
    check_refusal(c, formless, "/bad", "a POST without a form");
    check_refusal(c, taken, "/sign-in", "a second route of one path");
}

int main(void)
{
    static struct contract c;
    fixture_open(&c.f);
    if (tap_case(&c.tap, live_a_little(&c), "the API refused", "a stay is declared and sealed")) {
        check_routes(&c);
        check_closure(&c);
        check_boot(&c);
    }
    fixture_close(&c.f);
    return tap_end(&c.tap);
}
