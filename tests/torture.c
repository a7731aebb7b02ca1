/* torture.c: whatever fails in a request, the answer is one that can be sent, the store stays whole, and the same request without the
 * failure does what it would have done.
 */
#include "tests/torture.h"

#include "base/arena_fault.h"
#include "platform/http/router.h"

enum { REQUEST_ARENA = 64 << 20, ROUNDS_MOST = 2000 };

enum what { FAIL_STORE, FAIL_ARENA, FAILS_ };
static const char *const what_words[FAILS_] = { "call of the store", "allocation" };

static const struct route *route_of(struct http_run *r, enum method m)
{
    const struct route_slot *slot = NULL;
    struct str values[ROUTE_PARAMS_MOST];
    struct str target = r->request.first, word, path;
    str_cut(&target, ' ', &word);
    str_cut(&target, '?', &path);
    return router_find(r->f->p.app.router, m, path, &slot, values) == ROUTE_FOUND ? slot->route : NULL;
}

/* GET pages, and forms whose key makes them one act. */
static bool can_be_sent_again(struct http_run *r)
{
    bool reads = str_starts(r->request.first, STR("GET ")), posts = str_starts(r->request.first, STR("POST "));
    const struct route *route = reads || posts ? route_of(r, reads ? METHOD_GET : METHOD_POST) : NULL;
    return route && !route->machine && !route->far && (reads || !route->no_idempotency);
}

struct str torture_key(struct http_run *r)
{
    static const struct str name = STR_INIT("idempotency-key");
    if (!r->torture || !str_starts(r->request.first, STR("POST ")))
        return STR("");
    for (size_t i = 0; i < r->request.headers.n; i++)
        if (str_eq_nocase(r->request.headers.v[i].name, name))
            return STR("");
    return str_fmt(r->arena, "idempotency-key: torture-%d-%d\r\n", r->line, ++r->sent);
}

static int status_of(struct str reply)
{
    int64_t status;
    return reply.n > 12 && str_to_i64(str_head(str_from(reply, 9), 3), &status) ? (int)status : 0;
}

/* One round. false: nothing was left to fail. */
static bool fail_at(struct http_run *r, struct str text, enum what what, unsigned nth)
{
    struct arena own, out;
    struct db *db = r->f->p.app.db;
    arena_init(&own, REQUEST_ARENA);
    arena_init(&out, REQUEST_ARENA);
    if (what == FAIL_STORE)
        db_fail_at(db, nth);
    else
        arena_fail_at(&own, nth);
    struct str reply = http_once_in(&r->f->p.app, &own, &out, text);
    bool struck = what == FAIL_STORE ? !db_fault_waits(db) : !arena_fault_waits(&own);
    db_fail_at(db, 0);
    int status = status_of(reply);
    if (reply.n > 0 && (status < 200 || status > 599))
        r->wrong += !fault(r, "%s %u fails: the answer is %.*s", what_words[what], nth, STR_ARG(str_head(reply, 60)));
    r->struck += struck;
    arena_release(&out);
    arena_release(&own);
    return struck;
}

void torture_request(struct http_run *r, struct str text)
{
    if (!can_be_sent_again(r))
        return;
    for (enum what what = 0; what < FAILS_; what++)
        for (unsigned nth = 1; nth < ROUNDS_MOST && fail_at(r, text, what, nth);)
            nth += what == FAIL_STORE ? 1 : 1 + nth / 8; /* a page takes hundreds of allocations: the later ones by steps */
}
