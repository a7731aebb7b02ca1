/* asm_sim.c: the stand-in's book and its answers. It is served by the same http as bon itself, as a program of one module. */
#include "engines/stays/asm_sim.h"
#include "engines/stays/asm_sim_book.h"

#include "platform/sim/sim.h"

#include <pthread.h>
#include <stdlib.h>

struct asm_sim {
    struct sim sim;
    struct asm_sim_options o;
    pthread_mutex_t lock; /* over all below */
    struct fault_draw draw;
    struct asm_book book;
};

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
    if (fault == FAULT_SCHEMA)
        return wrong_shape(s, chance);
    if (fault == FAULT_SLOW)
        sim_wait_ms(sim->o.slow_ms ? sim->o.slow_ms : 3000);
    s->status = hold ? 202 : 200;
    return res_text(s, "application/json",
                    asm_results_json(q->arena, said, n, fault == FAULT_DUPLICATE, fault == FAULT_REORDER));
}

static int unavailable(struct res *s)
{
    return sim_answer(s, 503, STR("{}"));
}

static int take_guests(struct req *q, struct res *s, struct err *e)
{
    struct asm_sim *sim = sim_self(q);
    struct asm_said said[ASM_BOOK_MESSAGE];
    size_t n = 0;
    pthread_mutex_lock(&sim->lock);
    unsigned fault = fault_draw(&sim->draw);
    uint32_t chance = rng_below(&sim->draw.rng, 1000);
    /* Half of the failures come before anything was done, half when all is done but the answer. */
    bool lost_before = fault == FAULT_OUTAGE || (fault == FAULT_500 && chance % 2 == 0);
    bool hold = chance % 5 == 0;
    int result = lost_before ? 0 : asm_book_take(&sim->book, q->json, hold, said, &n, e);
    pthread_mutex_unlock(&sim->lock);
    if (result != 0)
        return -1;
    if (fault == FAULT_OUTAGE)
        return unavailable(s);
    if (fault == FAULT_500)
        return ERR(e, ERR_INTERNAL, "a fault on purpose");
    return answer(sim, q, s, said, n, fault, chance, hold);
}

static int tell_status(struct req *q, struct res *s, struct err *e)
{
    struct asm_sim *sim = sim_self(q);
    struct asm_said said[ASM_BOOK_MESSAGE];
    size_t n = 0;
    pthread_mutex_lock(&sim->lock);
    unsigned fault = fault_draw(&sim->draw);
    uint32_t chance = rng_below(&sim->draw.rng, 1000);
    asm_book_ask(&sim->book, req_query(q, "ids"), said, &n);
    pthread_mutex_unlock(&sim->lock);
    if (fault == FAULT_OUTAGE)
        return unavailable(s);
    if (fault == FAULT_500)
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

/* ---- running ---- */

int asm_sim_open(const struct asm_sim_options *o, struct asm_sim **out, struct err *e)
{
    struct asm_sim *s = calloc(1, sizeof(*s));
    if (!s)
        return ERR(e, ERR_INTERNAL, "no memory for the simulator");
    s->o = *o;
    pthread_mutex_init(&s->lock, NULL);
    fault_draw_init(&s->draw, &o->faults, o->seed);
    asm_book_init(&s->book);
    const struct sim_options sim = {
        .module = &asm_sim_module, .site_name = "ASM", .port = o->port, .arena = 64 << 20, .self = s
    };
    if (sim_open(&s->sim, &sim, e) != 0) {
        asm_sim_close(s);
        return -1;
    }
    *out = s;
    return 0;
}

int asm_sim_port(const struct asm_sim *s)
{
    return sim_port(&s->sim);
}

void asm_sim_counts(struct asm_sim *s, struct asm_sim_counts *out)
{
    pthread_mutex_lock(&s->lock);
    *out = asm_book_counts(&s->book);
    out->requests = s->draw.requests;
    out->faults = s->draw.faults;
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
    sim_close(&s->sim);
    asm_book_release(&s->book);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

/* ---- the command ---- */

const struct cli_option stays_sim_options[] = {
    { "port", "P", "8012", MSG("Cổng trên 127.0.0.1; 0 là cổng nào cũng được") },
    { "faults", "LỖI", "", MSG("Lỗi cố ý, cách nhau dấu phẩy, có thể kèm số phần trăm: slow,500:20,duplicate,reorder,schema,outage") },
    { "seed", "S", "511", MSG("Hạt giống của các lỗi") },
    { .name = NULL },
};

int stays_sim_main(struct cli *c, struct err *e)
{
    int64_t port, seed;
    struct asm_sim_options o = { 0 };
    struct asm_sim *s;
    sigset_t ends;
    if (cli_opt_i64(c, "port", 0, 65535, &port, e) != 0 || cli_opt_i64(c, "seed", 0, INT64_MAX, &seed, e) != 0)
        return -1;
    if (!faults_parse(common_faults, cli_opt(c, "faults"), &o.faults))
        return ERR_SAY(e, ERR_INPUT,
                       MSGS("Lỗi cố ý chỉ gồm slow, 500, duplicate, reorder, schema, outage; mỗi lỗi có thể kèm số phần trăm, "
                            "tất cả không quá 100."),
                       "--faults");
    o.port = (int)port;
    o.seed = (uint64_t)seed;
    sim_hold_signals(&ends);
    if (asm_sim_open(&o, &s, e) != 0)
        return -1;
    struct tr_arg args[] = { { "port", str_fmt(c->arena, "%d", asm_sim_port(s)) }, { NULL, { NULL, 0 } } };
    struct str line = cli_say(c, MSGS("MÔ PHỎNG: hệ thống quốc gia (ASM) tại http://127.0.0.1:{port}"), args);
    printf("%.*s\n", STR_ARG(line));
    fflush(stdout);
    sim_wait_for_end(&ends);
    asm_sim_close(s);
    return 0;
}
