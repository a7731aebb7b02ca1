/* asm_sim.c: the stand-in's book and its answers. It is served by the same http as bon itself, as a program of one module. */
#include "engines/stays/asm_sim.h"
#include "engines/stays/asm_sim_book.h"

#include "base/rng.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct asm_sim {
    struct app app;
    struct http *http;
    struct asm_sim_options o;
    pthread_mutex_t lock; /* over all below */
    struct rng rng;
    int bad_in_a_row;
    struct asm_book book;
};

static struct asm_sim *sim_of(const struct req *q)
{
    return *app_engine_slot(q->app, "asm_sim");
}

/* ---- faults ---- */

static const struct {
    struct str word;
    unsigned bit;
} fault_words[] = {
    { STR_INIT("slow"), ASM_FAULT_SLOW },           { STR_INIT("500"), ASM_FAULT_500 },
    { STR_INIT("duplicate"), ASM_FAULT_DUPLICATE }, { STR_INIT("reorder"), ASM_FAULT_REORDER },
    { STR_INIT("schema"), ASM_FAULT_SCHEMA },
};
enum { FAULT_WORDS = sizeof(fault_words) / sizeof(fault_words[0]), FAULT_PERCENT = 40, BAD_IN_A_ROW = 2 };

bool asm_faults_parse(struct str text, unsigned *out)
{
    struct str word;
    unsigned bits = 0;
    while (text.n > 0 && str_cut(&text, ',', &word)) {
        size_t i = 0;
        while (i < FAULT_WORDS && !str_eq(fault_words[i].word, str_trim(word)))
            i++;
        if (i == FAULT_WORDS)
            return false;
        bits |= fault_words[i].bit;
    }
    *out = bits;
    return true;
}

/* At most one of the faults that were asked for. */
static unsigned draw_fault(struct asm_sim *s)
{
    unsigned fault = fault_words[rng_below(&s->rng, FAULT_WORDS)].bit;
    bool bad = rng_below(&s->rng, 100) < FAULT_PERCENT;
    s->book.counts.requests++;
    if (!bad || !(s->o.faults & fault) || s->bad_in_a_row >= BAD_IN_A_ROW) {
        s->bad_in_a_row = 0;
        return 0;
    }
    s->bad_in_a_row++;
    s->book.counts.faults++;
    return fault;
}

static void wait_ms(int ms)
{
    nanosleep(&(struct timespec) { .tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000 }, NULL);
}

/* ---- answers ---- */

static int wrong_shape(struct res *s, uint32_t which)
{
    static const struct str texts[] = {
        STR_INIT("{\"results\":"),
        STR_INIT("{\"ok\":true}"),
        STR_INIT("{\"results\":{\"id\":\"x\"}}"),
        STR_INIT("{\"results\":[{\"id\":1,\"state\":\"accepted\"}]}"),
        STR_INIT("<html>504</html>"),
    };
    return res_text(s, "application/json", texts[which % (sizeof(texts) / sizeof(texts[0]))]);
}

static int answer(struct asm_sim *sim, struct req *q, struct res *s, const struct asm_said *said, size_t n, unsigned fault,
                  uint32_t chance, bool hold)
{
    if (fault == ASM_FAULT_SCHEMA)
        return wrong_shape(s, chance);
    if (fault == ASM_FAULT_SLOW)
        wait_ms(sim->o.slow_ms ? sim->o.slow_ms : 3000);
    s->status = hold ? 202 : 200;
    return res_text(s, "application/json",
                    asm_results_json(q->arena, said, n, fault == ASM_FAULT_DUPLICATE, fault == ASM_FAULT_REORDER));
}

static int take_guests(struct req *q, struct res *s, struct err *e)
{
    struct asm_sim *sim = sim_of(q);
    struct asm_said said[ASM_BOOK_MESSAGE];
    size_t n = 0;
    pthread_mutex_lock(&sim->lock);
    unsigned fault = draw_fault(sim);
    uint32_t chance = rng_below(&sim->rng, 1000);
    /* Half of the failures come before anything was done, half when all is done but the answer. */
    bool lost_before = fault == ASM_FAULT_500 && chance % 2 == 0;
    bool hold = chance % 5 == 0;
    int result = lost_before ? 0 : asm_book_take(&sim->book, q->json, hold, said, &n, e);
    pthread_mutex_unlock(&sim->lock);
    if (result != 0)
        return -1;
    if (fault == ASM_FAULT_500)
        return ERR(e, ERR_INTERNAL, "a fault on purpose");
    return answer(sim, q, s, said, n, fault, chance, hold);
}

static int tell_status(struct req *q, struct res *s, struct err *e)
{
    struct asm_sim *sim = sim_of(q);
    struct asm_said said[ASM_BOOK_MESSAGE];
    size_t n = 0;
    pthread_mutex_lock(&sim->lock);
    unsigned fault = draw_fault(sim);
    uint32_t chance = rng_below(&sim->rng, 1000);
    asm_book_ask(&sim->book, req_query(q, "ids"), said, &n);
    pthread_mutex_unlock(&sim->lock);
    if (fault == ASM_FAULT_500)
        return ERR(e, ERR_INTERNAL, "a fault on purpose");
    return answer(sim, q, s, said, n, fault, chance, false);
}

static const struct form any_json = { .name = "asm_guests", .max_body = 1 << 20 }; /* no fields: the handler reads q->json */

static const struct route routes[] = {
    POST("/api/v1/guests", .open = "a simulator on loopback", .form = &any_json, .reply = take_guests, .json = true,
         .slow = true, .no_idempotency = true),
    GET("/api/v1/guests/status", tell_status, .open = "a simulator on loopback", .json = true, .slow = true),
    ROUTE_END,
};
static const struct module asm_sim_module = { .name = "asm_sim", .title = STR_INIT("ASM"), .routes = routes };
static const struct module *const modules[] = { &asm_sim_module, NULL };

/* ---- running ---- */

static int start(struct asm_sim *s, struct err *e)
{
    struct http_options o = { .host = "127.0.0.1", .port = s->o.port, .threads = 2, .listen_fd = -1 };
    if (app_build(&s->app, e) != 0)
        return -1;
    *app_engine_slot(&s->app, "asm_sim") = s;
    return http_start(&s->app, &o, &s->http, e);
}

int asm_sim_open(const struct asm_sim_options *o, struct asm_sim **out, struct err *e)
{
    struct asm_sim *s = calloc(1, sizeof(*s));
    if (!s)
        return ERR(e, ERR_INTERNAL, "no memory for the simulator");
    s->o = *o;
    pthread_mutex_init(&s->lock, NULL);
    rng_seed(&s->rng, o->seed);
    arena_init(&s->app.arena, 64 << 20);
    asm_book_init(&s->book);
    s->app.modules = modules;
    s->app.settings = (struct settings) { .base_url = "http://127.0.0.1", .mode = "MÔ PHỎNG", .site_name = "ASM" };
    s->app.log = (struct log) { .fd = 2, .least = LOG_ERROR + 1 };
    if (start(s, e) != 0) {
        asm_sim_close(s);
        return -1;
    }
    *out = s;
    return 0;
}

int asm_sim_port(const struct asm_sim *s)
{
    return http_port(s->http);
}

void asm_sim_counts(struct asm_sim *s, struct asm_sim_counts *out)
{
    pthread_mutex_lock(&s->lock);
    *out = asm_book_counts(&s->book);
    pthread_mutex_unlock(&s->lock);
}

int asm_sim_state_of(struct asm_sim *s, struct str id)
{
    pthread_mutex_lock(&s->lock);
    int state = asm_book_state(&s->book, id);
    pthread_mutex_unlock(&s->lock);
    return state;
}

void asm_sim_close(struct asm_sim *s)
{
    if (!s)
        return;
    if (s->http)
        http_stop(s->http);
    app_unbuild(&s->app);
    asm_book_release(&s->book);
    arena_release(&s->app.arena);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

/* ---- the command ---- */

const struct cli_option stays_sim_options[] = {
    { "port", "P", "8012", MSG("Cổng trên 127.0.0.1; 0 là cổng nào cũng được") },
    { "faults", "LỖI", "", MSG("Lỗi cố ý, cách nhau dấu phẩy: slow,500,duplicate,reorder,schema") },
    { "seed", "S", "511", MSG("Hạt giống của các lỗi") },
    { .name = NULL },
};

int stays_sim_main(struct cli *c, struct err *e)
{
    int64_t port, seed;
    struct asm_sim_options o = { 0 };
    struct asm_sim *s;
    sigset_t ends;
    int signal_number;
    if (cli_opt_i64(c, "port", 0, 65535, &port, e) != 0 || cli_opt_i64(c, "seed", 0, INT64_MAX, &seed, e) != 0)
        return -1;
    if (!asm_faults_parse(cli_opt(c, "faults"), &o.faults))
        return ERR_SAY(e, ERR_INPUT, MSGS("Lỗi cố ý chỉ gồm: slow, 500, duplicate, reorder, schema."), "--faults");
    o.port = (int)port;
    o.seed = (uint64_t)seed;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, NULL); /* before the first thread, which inherits it */
    if (asm_sim_open(&o, &s, e) != 0)
        return -1;
    struct tr_arg args[] = { { "port", str_fmt(c->arena, "%d", asm_sim_port(s)) }, { NULL, { NULL, 0 } } };
    struct str line = cli_say(c, MSGS("MÔ PHỎNG: hệ thống quốc gia (ASM) tại http://127.0.0.1:{port}"), args);
    printf("%.*s\n", STR_ARG(line));
    fflush(stdout);
    sigwait(&ends, &signal_number);
    asm_sim_close(s);
    return 0;
}
