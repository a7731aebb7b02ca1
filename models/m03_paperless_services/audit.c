/* audit.c: bon paper audit: which services are paperless, and each of them run with its sources alive and with every one of them dead
 * in turn. */
#include "models/m03_paperless_services/audit.h"

#include "base/json.h"

#include <stdio.h>

enum { RUN_ARENA = 64 << 20, SYSTEMS_MOST = 20, LINE_BYTES = 16 << 10 };

struct counting {
    int64_t offered, paperless, runs;
    int64_t good;          /* services all of whose runs got to acceptance */
    VEC(struct str) wrong; /* what was in the way, one line a service */
};

static struct str ways_words(struct cli *c, unsigned taken)
{
    struct buf b;
    buf_init(&b, c->arena, 1024);
    for (unsigned one = 1; one <= SERVICE_DECLARE; one <<= 1)
        if (taken & one)
            buf_fmt(&b, "%s%.*s", b.n ? ", " : "", STR_ARG(tr(c->lang, service_fallback_label(one))));
    return b.n ? buf_str(&b) : STR("–");
}

static void print_run(struct cli *c, const struct service_def *def, const struct audit_run *x)
{
    struct buf b;
    struct json_out j;
    struct str killed = x->killed.n ? x->killed : STR("–");
    if (!c->json) {
        printf("%.*s\t%.*s\t%.*s\t%.*s\t%.*s\n", STR_ARG(def->code), STR_ARG(killed), STR_ARG(ways_words(c, x->taken)),
               STR_ARG(x->number.n ? x->number : STR("–")), STR_ARG(x->why));
        return;
    }
    buf_init(&b, c->arena, LINE_BYTES);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_bool(&j, "accepted", x->why.n == 0);
    json_out_str(&j, "killed", x->killed);
    json_out_str(&j, "number", str_or_empty(x->number));
    json_out_str(&j, "service", def->code);
    json_out_str(&j, "why", str_or_empty(x->why));
    json_out_end(&j);
    printf("%.*s\n", STR_ARG(buf_str(&b)));
}

/* The sources that this filing really asks, each once. */
static size_t systems_of(struct audit_world *w, struct arena *a, const struct service_answers *s, struct str *out)
{
    struct source_desk desk = {
        .app = &w->app, .arena = a, .holder = STR("audit"), .path = STR(""), .person = w->person.id, .answers = s
    };
    source_takes takes = { 0 };
    struct dbr *r;
    struct err e = { 0 };
    size_t n = 0;
    if (db_read_begin(w->app.db, &r, &e))
        return 0;
    int failed = sources_of(r, &desk, w->now, &takes, &e);
    db_read_end(r);
    for (size_t i = 0; !failed && i < takes.n && n < SYSTEMS_MOST; i++) {
        bool known = false;
        for (size_t k = 0; k < n; k++)
            known = known || str_eq(out[k], takes.v[i].system);
        if (!known)
            out[n++] = takes.v[i].system;
    }
    return n;
}

/* All alive first: what it says is what a dead source's last answer is taken from. */
static bool run_service(struct cli *c, struct audit_world *w, struct arena *a, const struct service_answers *s,
                        struct counting *n)
{
    struct str systems[SYSTEMS_MOST];
    size_t n_systems = systems_of(w, a, s, systems);
    bool good = true;
    for (size_t i = 0; i <= n_systems; i++) {
        struct audit_run x;
        audit_run(w, a, s, i == 0 ? STR("") : systems[i - 1], &x);
        print_run(c, s->def, &x);
        n->runs++;
        if (x.why.n > 0 && good)
            *vec_push(c->arena, &n->wrong) =
                str_fmt(c->arena, "%.*s (%.*s): %.*s", STR_ARG(s->def->code), STR_ARG(x.killed), STR_ARG(x.why));
        good = good && x.why.n == 0;
    }
    return good;
}

static int audit_service(struct cli *c, struct audit_world *w, const struct service_def *def, struct counting *n,
                         struct err *e)
{
    struct service_answers s;
    struct arena a;
    struct dbr *r;
    struct err why = { 0 };
    arena_init(&a, RUN_ARENA);
    if (db_read_begin(w->app.db, &r, e)) {
        arena_release(&a);
        return -1;
    }
    int result = audit_answers(w, r, &a, def, &s, &why);
    db_read_end(r);
    if (result)
        *vec_push(c->arena, &n->wrong) = str_fmt(c->arena, "%.*s: %s", STR_ARG(def->code), why.detail);
    else
        n->good += run_service(c, w, &a, &s, n);
    arena_release(&a);
    return 0;
}

static int audit_all(struct cli *c, struct audit_world *w, struct counting *n, struct err *e)
{
    service_defs defs = { 0 };
    struct dbr *r;
    if (db_read_begin(w->app.db, &r, e))
        return -1;
    int result = services_on(&w->app, r, c->arena, instant_day(w->now), &defs, e);
    db_read_end(r);
    for (size_t i = 0; result == 0 && i < defs.n; i++) {
        n->offered += defs.v[i]->level != SERVICE_INFO;
        if (!services_is_paperless(defs.v[i]))
            continue;
        n->paperless++;
        result = audit_service(c, w, defs.v[i], n, e);
    }
    return result;
}

static void print_count(struct cli *c, const struct counting *n, int64_t min)
{
    struct tr_arg args[] = { { "offered", str_fmt(c->arena, "%lld", (long long)n->offered) },
                             { "paperless", str_fmt(c->arena, "%lld", (long long)n->paperless) },
                             { "good", str_fmt(c->arena, "%lld", (long long)n->good) },
                             { "runs", str_fmt(c->arena, "%lld", (long long)n->runs) },
                             { "min", str_fmt(c->arena, "%lld", (long long)min) },
                             { NULL, { NULL, 0 } } };
    struct str line = cli_say(
        c,
        MSGS("{offered} dịch vụ nộp trực tuyến, {paperless} không giấy; {good} chạy hết trong {runs} lượt, kể cả khi từng "
             "nguồn ngừng (cần ít nhất {min})."),
        args);
    for (size_t i = 0; i < n->wrong.n; i++)
        fprintf(stderr, "%.*s\n", STR_ARG(n->wrong.v[i]));
    if (c->json)
        printf("{\"good\":%lld,\"min\":%lld,\"offered\":%lld,\"paperless\":%lld,\"runs\":%lld}\n", (long long)n->good,
               (long long)min, (long long)n->offered, (long long)n->paperless, (long long)n->runs);
    else
        printf("%.*s\n", STR_ARG(line));
}

int paper_audit_command(struct cli *c, struct err *e)
{
    struct audit_world *w = arena_new(c->arena, struct audit_world);
    struct counting n = { 0 };
    int64_t min;
    if (cli_opt_i64(c, "min", 0, 10000, &min, e))
        return -1;
    int result = audit_world_open(w, c->app, e) || audit_all(c, w, &n, e) ? -1 : 0;
    audit_world_close(w);
    if (result)
        return -1;
    print_count(c, &n, min);
    if (n.good < min || n.wrong.n > 0)
        return ERR_SAY(e, ERR_UNMET, MSGS("Chưa đạt: xem các dịch vụ nêu tên ở trên."), "%lld of %lld, %zu named",
                       (long long)n.good, (long long)min, n.wrong.n);
    return 0;
}
