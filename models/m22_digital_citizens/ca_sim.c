/* ca_sim.c: the stand-in's book and its answers; served by the same http as bon itself, as a program of one module. */
#include "models/m22_digital_citizens/ca_sim.h"

#include "base/rng.h"
#include "models/m22_digital_citizens/citizens.h"

#include <jansson.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BOOK_MOST = 4096, ID_MOST = 40, FAULT_PERCENT = 40, BAD_IN_A_ROW = 2, YEARS_VALID = 3 };

struct ca_request {
    char id[ID_MOST + 1];
    uint32_t serial;
    int asked; /* how often its state was asked: the first time it is still being worked on */
};
struct ca_sim {
    struct app app;
    struct http *http;
    struct ca_sim_options o;
    pthread_mutex_t lock; /* over all below */
    struct rng rng;
    int bad_in_a_row;
    size_t n;
    struct ca_request book[BOOK_MOST];
};

static struct ca_sim *sim_of(const struct req *q)
{
    return app_engine(q->app, "ca_sim");
}

/* ---- faults ---- */

static const struct {
    struct str word;
    unsigned bit;
} fault_words[] = {
    { STR_INIT("slow"), CA_FAULT_SLOW },       { STR_INIT("500"), CA_FAULT_500 },       { STR_INIT("duplicate"), CA_FAULT_DUPLICATE },
    { STR_INIT("reorder"), CA_FAULT_REORDER }, { STR_INIT("schema"), CA_FAULT_SCHEMA },
};
enum { FAULT_WORDS = sizeof(fault_words) / sizeof(fault_words[0]) };

static bool faults_parse(struct str text, unsigned *out)
{
    struct str word;
    *out = 0;
    while (text.n > 0 && str_cut(&text, ',', &word)) {
        size_t i = 0;
        while (i < FAULT_WORDS && !str_eq(fault_words[i].word, str_trim(word)))
            i++;
        if (i == FAULT_WORDS)
            return false;
        *out |= fault_words[i].bit;
    }
    return true;
}

/* At most one of those asked for. */
static unsigned draw_fault(struct ca_sim *s)
{
    unsigned fault = fault_words[rng_below(&s->rng, FAULT_WORDS)].bit;
    bool bad = rng_below(&s->rng, 100) < FAULT_PERCENT;
    if (!bad || !(s->o.faults & fault) || s->bad_in_a_row >= BAD_IN_A_ROW) {
        s->bad_in_a_row = 0;
        return 0;
    }
    s->bad_in_a_row++;
    return fault;
}

static void wait_ms(int ms)
{
    nanosleep(&(struct timespec) { .tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000 }, NULL);
}

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
    r->serial = rng_below(&s->rng, UINT32_MAX);
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
    struct ca_sim *sim = sim_of(q);
    pthread_mutex_lock(&sim->lock);
    unsigned fault = draw_fault(sim);
    uint32_t chance = rng_below(&sim->rng, 1000);
    struct ca_request *r = taking ? take(sim, id) : find(sim, id);
    /* Out of order: what is told is older than what was told before. */
    bool done = r && !taking && r->asked++ > 0 && fault != CA_FAULT_REORDER;
    struct str text = r ? answer_json(q, sim, r, done || (r && fault == CA_FAULT_DUPLICATE && r->asked > 1)) : STR("");
    pthread_mutex_unlock(&sim->lock);
    if (!r)
        return ERR(e, ERR_NOT_FOUND, "no such request");
    if (fault == CA_FAULT_500)
        return ERR(e, ERR_INTERNAL, "a fault on purpose");
    if (fault == CA_FAULT_SCHEMA)
        return wrong_shape(s, chance);
    if (fault == CA_FAULT_SLOW)
        wait_ms(sim->o.slow_ms ? sim->o.slow_ms : 3000);
    return res_text(s, "application/json", text);
}

static int take_request(struct req *q, struct res *s, struct err *e)
{
    const json_t *id = json_object_get(q->json, "id");
    return reply(q, s, json_is_string(id) ? (struct str) { json_string_value(id), json_string_length(id) } : STR(""), true, e);
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
static const struct module *const modules[] = { &ca_sim_module, NULL };

/* ---- running ---- */

static int start(struct ca_sim *s, struct err *e)
{
    struct http_options o = { .host = "127.0.0.1", .port = s->o.port, .threads = 2, .listen_fd = -1 };
    if (app_build(&s->app, e) != 0)
        return -1;
    *app_engine_slot(&s->app, "ca_sim") = s;
    return http_start(&s->app, &o, &s->http, e);
}

int ca_sim_open(const struct ca_sim_options *o, struct ca_sim **out, struct err *e)
{
    struct ca_sim *s = calloc(1, sizeof(*s));
    if (!s)
        return ERR(e, ERR_INTERNAL, "no memory for the simulator");
    s->o = *o;
    pthread_mutex_init(&s->lock, NULL);
    rng_seed(&s->rng, o->seed);
    arena_init(&s->app.arena, 64 << 20);
    s->app.modules = modules;
    s->app.settings = (struct settings) { .base_url = "http://127.0.0.1", .mode = "MÔ PHỎNG", .site_name = "CA" };
    s->app.log = (struct log) { .fd = 2, .least = LOG_ERROR + 1 };
    if (start(s, e) != 0) {
        ca_sim_close(s);
        return -1;
    }
    *out = s;
    return 0;
}

int ca_sim_port(const struct ca_sim *s)
{
    return http_port(s->http);
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
    if (s->http)
        http_stop(s->http);
    app_unbuild(&s->app);
    arena_release(&s->app.arena);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

/* ---- the command ---- */

const struct cli_option ca_sim_options[] = {
    { "port", "P", "8015", MSG("Cổng trên 127.0.0.1; 0 là cổng nào cũng được") },
    { "faults", "LỖI", "", MSG("Lỗi cố ý, cách nhau dấu phẩy: slow,500,duplicate,reorder,schema") },
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
    int signal_number;
    if (cli_opt_i64(c, "port", 0, 65535, &port, e) != 0 || cli_opt_i64(c, "seed", 0, INT64_MAX, &seed, e) != 0)
        return -1;
    if (!faults_parse(cli_opt(c, "faults"), &o.faults))
        return ERR_SAY(e, ERR_INPUT, MSGS("Lỗi cố ý chỉ gồm: slow, 500, duplicate, reorder, schema."), "--faults");
    o.port = (int)port;
    o.seed = (uint64_t)seed;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, NULL); /* before the first thread, which inherits it */
    if (ca_sim_open(&o, &s, e) != 0)
        return -1;
    struct tr_arg args[] = { { "port", str_fmt(c->arena, "%d", ca_sim_port(s)) }, { NULL, { NULL, 0 } } };
    struct str line = cli_say(c, MSGS("MÔ PHỎNG: cổng của các tổ chức chứng thực chữ ký số tại http://127.0.0.1:{port}"), args);
    printf("%.*s\n", STR_ARG(line));
    fflush(stdout);
    sigwait(&ends, &signal_number);
    ca_sim_close(s);
    return 0;
}
