/* torture.c: whatever fails in a request, the answer is one that can be sent, the store stays whole, and the same request without the
 * failure does what it would have done.
 */
#include "tests/torture.h"

#include "platform/http/router.h"
#include "tests/full_disk.h"

enum { REQUEST_ARENA = 64 << 20, ROUNDS_MOST = 20000 };

enum what { FAIL_STORE, FAIL_DISK, FAIL_ARENA, FAILS_ };
static const char *const what_words[FAILS_] = { "call of the store", "write", "allocation" };

/* ---- which allocation fails ---- */

/* Frames by their pointers, which sanitizers' builds keep: a caller's frame lies above. Looked at up to `base`, a frame of the test's own
 * thread; on the store's writer the chain ends where its thread began. */
static uint64_t stack_hash(const void *base)
{
    const void *const *frame = __builtin_frame_address(0);
    uint64_t h = UINT64_C(14695981039346656037);
    for (;;) {
        const void *const *up = frame[0];
        h = (h ^ (uint64_t)(uintptr_t)frame[1]) * UINT64_C(1099511628211);
        if (up <= frame || (const void *)up >= base || (uintptr_t)up % sizeof(void *))
            return h ? h : 1;
        frame = up;
    }
}

static bool is_new_stack(struct torture *t, uint64_t h)
{
    size_t at = h % TORTURE_STACKS;
    for (; t->stacks[at] && t->stacks[at] != h; at = (at + 1) % TORTURE_STACKS)
        ;
    if (t->stacks[at] == h)
        return false;
    ASSERT(++t->n_stacks < TORTURE_STACKS);
    t->stacks[at] = h;
    return true;
}

static bool strikes(struct arena_fault *f)
{
    struct torture *t = (struct torture *)f;
    if (t->struck || !is_new_stack(t, stack_hash(t->base) ^ t->route))
        return false;
    return t->struck = true;
}

struct torture *torture_new(struct arena *a)
{
    struct torture *t = arena_new(a, struct torture);
    t->fault.strikes = strikes;
    t->stacks = arena_new_array(a, uint64_t, TORTURE_STACKS);
    return t;
}

/* ---- which request ---- */

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
    if (!route || route->machine || route->far || (!reads && route->no_idempotency))
        return false;
    r->torture->route = (uint64_t)(uintptr_t)route;
    return true;
}

struct str torture_key(struct http_run *r)
{
    static const struct str name = STR_INIT("idempotency-key");
    if (!r->torture || !str_starts(r->request.first, STR("POST ")))
        return STR("");
    for (size_t i = 0; i < r->request.headers.n; i++)
        if (str_eq_nocase(r->request.headers.v[i].name, name))
            return STR("");
    return str_fmt(r->arena, "idempotency-key: torture-%d-%d\r\n", r->line, ++r->torture->sent);
}

static int status_of(struct str reply)
{
    int64_t status;
    return reply.n > 12 && str_to_i64(str_head(str_from(reply, 9), 3), &status) ? (int)status : 0;
}

/* ---- one thing goes wrong ---- */

static void arm(struct http_run *r, struct arena *own, enum what what, int nth)
{
    switch (what) {
    case FAIL_STORE:
        db_fail_at(r->f->p.app.db, nth);
        break;
    case FAIL_DISK:
        full_disk_at(nth);
        break;
    default:
        r->torture->struck = false;
        r->torture->base = __builtin_frame_address(0);
        own->fault = &r->torture->fault;
    }
}

/* Whether it struck. */
static bool disarm(struct http_run *r, enum what what)
{
    struct db *db = r->f->p.app.db;
    bool struck = what == FAIL_STORE ? !db_fault_waits(db) : what == FAIL_DISK ? !full_disk_waits() : r->torture->struck;
    db_fail_at(db, 0);
    full_disk_at(0);
    return struck;
}

/* Does it once. false: what came is no answer, and fault() has said so. */
typedef bool torture_act(struct http_run *r, struct arena *own, struct str what);

static bool send(struct http_run *r, struct arena *own, struct str text)
{
    struct arena out;
    arena_init(&out, REQUEST_ARENA);
    struct str reply = http_once_in(&r->f->p.app, own, &out, text);
    int status = status_of(reply);
    bool good = reply.n == 0 || (status >= 200 && status <= 599) || fault(r, "the answer is %.*s", STR_ARG(str_head(reply, 60)));
    arena_release(&out);
    return good;
}

static bool run(struct http_run *r, struct arena *own, struct str name)
{
    struct err e = { 0 };
    int result = fixture_run_job_in(r->f, own, name, &e);
    return (result == 0) == (e.code == ERR_NONE) || fault(r, "job %.*s: %d with %s", STR_ARG(name), result, err_name(e.code));
}

/* One round. false: nothing was left to fail. */
static bool fail_at(struct http_run *r, torture_act *act, struct str text, enum what what, int nth)
{
    struct arena own;
    arena_init(&own, REQUEST_ARENA);
    arm(r, &own, what, nth);
    bool good = act(r, &own, text), struck = disarm(r, what);
    if (!good)
        r->torture->wrong += !fault(r, "%s %d failed", what_words[what], nth);
    r->torture->failed += struck;
    arena_release(&own);
    return struck;
}

static void fail_all(struct http_run *r, torture_act *act, struct str text)
{
    for (enum what what = 0; what < FAILS_; what++) {
        int nth = 1;
        while (fail_at(r, act, text, what, nth))
            ASSERT(nth++ < ROUNDS_MOST);
    }
}

void torture_request(struct http_run *r, struct str text)
{
    if (can_be_sent_again(r))
        fail_all(r, send, text);
}

void torture_job(struct http_run *r, struct str name)
{
    r->torture->route = siphash24(0, 0, name.p, name.n);
    fail_all(r, run, name);
}
