/* ca_sim.c: the stand-in's book and its answers; served by the same http as bon itself, as a program of one module. */
#include "models/m22_digital_citizens/ca_sim.h"

#include "models/m22_digital_citizens/citizens.h"
#include "platform/crypto/crypto.h"
#include "platform/sim/sim.h"

#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BOOK_MOST = 4096, ID_MOST = 40, YEARS_VALID = 3 };

struct ca_request {
    char id[ID_MOST + 1];
    uint32_t serial;
    int asked; /* how often its state was asked: the first time it is still being worked on */
};
struct ca_sim {
    struct sim sim;
    struct ca_sim_options o;
    pthread_mutex_t lock; /* over all below */
    struct fault_draw draw;
    size_t n;
    struct ca_request book[BOOK_MOST];
};

/* ---- the book ---- */

static struct ca_request *find(struct ca_sim *s, struct str id)
{
    for (size_t i = 0; i < s->n; i++)
        if (str_eq(str_of(s->book[i].id), id))
            return &s->book[i];
    return NULL;
}

static struct ca_request *take(struct ca_sim *s, struct str id)
{
    struct ca_request *r = find(s, id);
    if (r || s->n == BOOK_MOST || id.n == 0 || id.n > ID_MOST)
        return r;
    r = &s->book[s->n++];
    memcpy(r->id, id.p, id.n);
    r->serial = rng_below(&s->draw.rng, UINT32_MAX);
    return r;
}

/* ---- answers ---- */

static struct str answer_json(struct req *q, const struct ca_sim *s, const struct ca_request *r, bool done)
{
    struct day today = instant_day(q->now);
    struct str head = str_fmt(q->arena, "{\"id\":\"%s\",\"pin\":\"" CA_SIM_PIN "\",\"reference\":\"CA-%08X\"", r->id, r->serial);
    if (!done)
        return str_fmt(q->arena, "%.*s,\"state\":\"received\"}", STR_ARG(head));
    if (s->o.refuses)
        return str_fmt(q->arena, "%.*s,\"state\":\"refused\",\"why\":\"Ảnh giấy tờ không rõ\"}", STR_ARG(head));
    struct str from = day_iso(q->arena, today), until = day_iso(q->arena, (struct day) { today.n + YEARS_VALID * 365 });
    return str_fmt(q->arena,
                   "%.*s,\"state\":\"issued\",\"serial\":\"5404%08X\",\"issued_on\":\"%.*s\",\"expires_on\":\"%.*s\"}",
                   STR_ARG(head), r->serial, STR_ARG(from), STR_ARG(until));
}

static int wrong_shape(struct res *s, uint32_t which)
{
    static const struct str texts[] = {
        STR_INIT("{\"id\":"),
        STR_INIT("{\"ok\":true}"),
        STR_INIT("{\"id\":\"22-0\",\"reference\":\"CA-0\",\"state\":\"issued\"}"),
        STR_INIT("<html>504</html>"),
    };
    return res_text(s, "application/json", texts[which % (sizeof(texts) / sizeof(texts[0]))]);
}

static int reply(struct req *q, struct res *s, struct str id, bool taking, struct err *e)
{
    struct ca_sim *sim = sim_self(q);
    pthread_mutex_lock(&sim->lock);
    unsigned fault = fault_draw(&sim->draw);
    uint32_t chance = rng_below(&sim->draw.rng, 1000);
    struct ca_request *r = taking ? take(sim, id) : find(sim, id);
    /* Out of order: what is told is older than what was told before. */
    bool done = r && !taking && r->asked++ > 0 && fault != FAULT_REORDER;
    struct str text = r ? answer_json(q, sim, r, done || (r && fault == FAULT_DUPLICATE && r->asked > 1)) : STR("");
    pthread_mutex_unlock(&sim->lock);
    if (!r)
        return ERR(e, ERR_NOT_FOUND, "no such request");
    if (fault == FAULT_500 || fault == FAULT_OUTAGE)
        return sim_answer(s, fault == FAULT_500 ? 500 : 503, STR("{}"));
    if (fault == FAULT_SCHEMA)
        return wrong_shape(s, chance);
    if (fault == FAULT_SLOW)
        sim_wait_ms(sim->o.slow_ms ? sim->o.slow_ms : 3000);
    return res_text(s, "application/json", text);
}

static int take_request(struct req *q, struct res *s, struct err *e)
{
    return reply(q, s, str_or_empty(json_str_at(q->json, "id")), true, e);
}

static int tell_request(struct req *q, struct res *s, struct err *e)
{
    return reply(q, s, req_param(q, "id"), false, e);
}

static const struct form any_json = { .name = "ca_requests", .max_body = 1 << 16 };
static const struct route routes[] = {
    POST("/v1/requests", .open = "a simulator on loopback", .form = &any_json, .reply = take_request, .json = true, .slow = true,
         .no_idempotency = true),
    GET("/v1/requests/{id}", tell_request, .open = "a simulator on loopback", .json = true, .slow = true),
    ROUTE_END,
};
static const struct module ca_sim_module = { .name = "ca_sim", .title = STR_INIT("CA"), .routes = routes };
/* ---- running ---- */

int ca_sim_open(const struct ca_sim_options *o, struct ca_sim **out, struct err *e)
{
    struct ca_sim *s = calloc(1, sizeof(*s));
    if (!s)
        return ERR(e, ERR_INTERNAL, "no memory for the simulator");
    s->o = *o;
    pthread_mutex_init(&s->lock, NULL);
    fault_draw_init(&s->draw, &o->faults, o->seed);
    const struct sim_options sim = {
        .module = &ca_sim_module, .site_name = "CA", .port = o->port, .arena = 64 << 20, .self = s
    };
    if (sim_open(&s->sim, &sim, e) != 0) {
        ca_sim_close(s);
        return -1;
    }
    *out = s;
    return 0;
}

int ca_sim_port(const struct ca_sim *s)
{
    return sim_port(&s->sim);
}

int64_t ca_sim_requests(struct ca_sim *s)
{
    pthread_mutex_lock(&s->lock);
    int64_t n = (int64_t)s->n;
    pthread_mutex_unlock(&s->lock);
    return n;
}

void ca_sim_close(struct ca_sim *s)
{
    if (!s)
        return;
    sim_close(&s->sim);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

/* ---- the command ---- */

const struct cli_option ca_sim_options[] = {
    { "port", "P", "8015", MSG("Cổng trên 127.0.0.1; 0 là cổng nào cũng được") },
    { "faults", "LỖI", "", MSG("Lỗi cố ý, cách nhau dấu phẩy, có thể kèm số phần trăm: slow,500:20,duplicate,reorder,schema,outage") },
    { "seed", "S", "511", MSG("Hạt giống của các lỗi") },
    { "refuse", NULL, NULL, MSG("Từ chối mọi yêu cầu, có lý do") },
    { .name = NULL },
};

int ca_sim_main(struct cli *c, struct err *e)
{
    int64_t port, seed;
    struct ca_sim_options o = { .refuses = cli_has(c, "refuse") };
    struct ca_sim *s;
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
    if (ca_sim_open(&o, &s, e) != 0)
        return -1;
    struct tr_arg args[] = { { "port", str_fmt(c->arena, "%d", ca_sim_port(s)) }, { NULL, { NULL, 0 } } };
    struct str line = cli_say(c, MSGS("MÔ PHỎNG: cổng của các tổ chức chứng thực chữ ký số tại http://127.0.0.1:{port}"), args);
    printf("%.*s\n", STR_ARG(line));
    fflush(stdout);
    sim_wait_for_end(&ends);
    ca_sim_close(s);
    return 0;
}
