/* static.c: the style sheet, scripts, fonts and icons that are built into the program. Their address carries their hash, so
 * a browser keeps them for ever and a new build has new addresses.
 */
#include "base/embedded.h"
#include "platform/http/build.h"
#include "platform/http/inside.h"

#define STATIC_PREFIX STR("/static/")

struct static_entry {
    const struct embedded_file *file;
    struct str hash, href;
};

void static_take(struct app *app, struct router *r)
{
    for (const struct embedded_file *f = app->files; f && f->path; f++) {
        struct static_entry *entry = arena_new(&app->arena, struct static_entry);
        entry->file = f;
        entry->hash = str_of(f->hash);
        entry->href = str_fmt(&app->arena, "/static/%s/%s", f->hash, f->path);
        map_set(&r->files, str_of(f->path), entry);
    }
}

struct str static_path(const struct router *r, const char *path)
{
    const struct static_entry *entry = map_get(&r->files, str_of(path));
    return entry ? entry->href : STR("#missing");
}

struct str static_href(const struct html *h, const char *path)
{
    return static_path(page_of(h)->q->app->router, path);
}

bool req_takes_gzip(const struct req *q)
{
    struct str rest = req_header(q, "accept-encoding"), piece;
    while (rest.n > 0 && str_cut(&rest, ',', &piece)) {
        struct str coding;
        str_cut(&piece, ';', &coding);
        if (str_eq_nocase(str_trim(coding), STR("gzip")))
            return !str_eq(str_trim(piece), STR("q=0"));
    }
    return false;
}

static void put_file(struct req *q, struct res *s, const struct static_entry *entry, bool current)
{
    const struct embedded_file *f = entry->file;
    bool gzip = f->gzip && req_takes_gzip(q);
    const uint8_t *bytes = gzip ? f->gzip : f->bytes;
    size_t n = gzip ? f->gzip_n : f->n;
    /* The program's own bytes are lent to the reply; nobody writes to a reply that is complete. */
    s->body = (struct buf) { .p = (char *)(uintptr_t)bytes, .n = n, .room = n, .max = n, .arena = q->arena };
    s->type = str_of(f->type);
    /* A page of the build before still asks for the old hash: it gets today's file, but does not keep it. */
    res_header(q, s, STR("Cache-Control"), current ? STR("public, max-age=31536000, immutable") : STR("no-cache"));
    /* A service worker serves pages, which lie elsewhere than under /static/. */
    if (str_ends(str_of(f->path), STR("-worker.js")))
        res_header(q, s, STR("Service-Worker-Allowed"), STR("/"));
    if (f->gzip)
        res_header(q, s, STR("Vary"), STR("Accept-Encoding"));
    if (gzip)
        res_header(q, s, STR("Content-Encoding"), STR("gzip"));
}

bool static_serve(struct req *q, struct res *s)
{
    if (q->method != METHOD_GET || !str_starts(q->path, STATIC_PREFIX))
        return false;
    struct str hash, rest = str_from(q->path, STATIC_PREFIX.n);
    str_cut(&rest, '/', &hash);
    const struct static_entry *entry = map_get(&q->app->router->files, rest);
    if (!entry)
        return false;
    put_file(q, s, entry, str_eq(hash, entry->hash));
    return true;
}
