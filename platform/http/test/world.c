#include "platform/http/test/world.h"

#include "base/test/directory.h"
#include "platform/crypto/crypto.h"
#include "platform/http/probe_queries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct module *const modules[] = { &platform_module, &probe_module, NULL };

/* 22:10 on 16/02/2024 in Vietnam. */
static struct instant test_clock(void *unused)
{
    (void)unused;
    return (struct instant) { INT64_C(1708096200) * US_PER_SECOND };
}

static struct db_migration *all_migrations(struct arena *a)
{
    struct db_migration *all = arena_new_array(a, struct db_migration, 32);
    size_t n = 0;
    for (const struct db_migration *m = platform_module.migrations; m->module; m++)
        all[n++] = *m;
    for (const struct db_migration *m = probe_migrations; m->module; m++)
        all[n++] = *m;
    return all;
}

static void must(int rc, const struct err *e)
{
    if (rc == 0)
        return;
    fprintf(stderr, "world: %s: %s\n", err_name(e->code), e->detail);
    abort();
}

int world_open(void **state)
{
    struct world *w = calloc(1, sizeof(*w));
    struct err e = { 0 };
    arena_init(&w->arena, (size_t)64 << 20);
    arena_init(&w->app.arena, (size_t)16 << 20);
    if (!test_directory(w->dir, "http"))
        return -1;
    w->app.modules = modules;
    w->app.settings = (struct settings) { .base_url = "http://bon.test", .mode = "MÔ PHỎNG" };
    w->app.log = (struct log) { .fd = 2, .least = LOG_ERROR + 1 };
    w->app.clock = test_clock;
    struct db_options o = {
        .address = str_cstr(&w->arena, str_fmt(&w->arena, "%s/t.db", w->dir)),
        .migrations = all_migrations(&w->app.arena),
        .create = true,
    };
    must(db_open(&o, &w->app.db, &e), &e);
    must(app_build(&w->app, &e), &e);
    must(platform_module.start(&w->app, &e), &e);
    *state = w;
    return 0;
}

int world_close(void **state)
{
    struct world *w = *state;
    app_unbuild(&w->app);
    db_close(w->app.db);
    char command[128];
    snprintf(command, sizeof(command), "rm -rf %s", w->dir);
    int rc = system(command);
    arena_release(&w->app.arena);
    arena_release(&w->arena);
    free(w);
    return rc;
}

/* ---- asking ---- */
struct str ask(struct world *w, const char *first, const char *headers, const char *body)
{
    struct str text =
        str_fmt(&w->arena, "%s HTTP/1.1\nhost: bon.test\n%s\n%s", first, headers ? headers : "", body ? body : "");
    return http_once(&w->app, &w->arena, text);
}

int status_of(struct str reply)
{
    int64_t status = 0;
    str_to_i64(str_head(str_from(reply, 9), 3), &status);
    return (int)status;
}

struct str header_of(struct world *w, struct str reply, const char *name)
{
    struct str wanted = str_fmt(&w->arena, "\r\n%s: ", name), head = str_head(reply, (size_t)(reply.n - body_of(reply).n));
    ptrdiff_t at = str_find(head, wanted);
    if (at < 0)
        return STR_NONE;
    struct str rest = str_from(head, (size_t)at + wanted.n), line;
    str_cut(&rest, '\r', &line);
    return line;
}

struct str body_of(struct str reply)
{
    ptrdiff_t at = str_find(reply, STR("\r\n\r\n"));
    return at < 0 ? STR_NONE : str_from(reply, (size_t)at + 4);
}

struct str token_for(struct world *w, const char *cookie_value)
{
    struct str text = str_fmt(&w->arena, "csrf %s", cookie_value);
    struct hash32 mac = hmac_sha256(w->app.secret, text);
    return str_base64url(&w->arena, mac.b, sizeof(mac.b));
}

struct str post_form(struct world *w, const char *path, const char *session, const char *fields)
{
    const char *name = session ? SESSION_COOKIE : "bon_pre", *value = session ? session : "abc";
    struct str headers = str_fmt(&w->arena, "cookie: %s=%s\ncontent-type: application/x-www-form-urlencoded\n", name, value);
    struct str body = str_fmt(&w->arena, "_csrf=%.*s&%s", STR_ARG(token_for(w, value)), fields);
    return ask(w, str_cstr(&w->arena, str_fmt(&w->arena, "POST %s", path)), str_cstr(&w->arena, headers),
               str_cstr(&w->arena, body));
}

int64_t notes(struct world *w)
{
    struct err e = { 0 };
    struct dbr *r;
    struct probe_notes_count_row row;
    must(db_read_begin(w->app.db, &r, &e), &e);
    if (probe_notes_count(r, &w->arena, &row, &e) != 1)
        must(-1, &e);
    db_read_end(r);
    return row.n;
}

bool has(struct str text, const char *part, const char *file, int line)
{
    if (str_find(text, str_of(part)) >= 0)
        return true;
    fprintf(stderr, "%s:%d: no \"%s\" in:\n%.*s\n", file, line, part, STR_ARG(text));
    return false;
}
