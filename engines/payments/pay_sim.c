/* pay_sim.c: POST /pay with {"qr":"0002…"} pays what the code asks for: the answer has the transaction and what bon said to each notice. */
#include "engines/payments/pay_sim.h"

#include "engines/payments/inside.h"

#include "base/json.h"
#include "platform/ask/ask.h"
#include "platform/sim/sim.h"

#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>

struct pay_sim {
    struct sim sim;
    struct pay_sim_options o;
    pthread_mutex_t lock; /* over both below */
    struct fault_draw draw;
    int64_t transactions;
};

const struct fault_word pay_fault_words[] = {
    { STR_INIT("slow"), FAULT_SLOW },
    { STR_INIT("duplicate"), FAULT_DUPLICATE },
    { STR_INIT("reorder"), FAULT_REORDER },
    { STR_INIT("wrong_sum"), FAULT_WRONG_SUM },
    { { NULL, 0 }, 0 },
};

/* ---- telling bon ---- */

enum { SAID_MAX = 1024, TELL_MS = 10000 };

static struct str notice_body(struct arena *a, struct str transaction, const struct vietqr *v, int64_t sum, bool paid)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, a, 1024);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "reference", v->purpose);
    json_out_str(&j, "state", paid ? STR("paid") : STR("failed"));
    json_out_str(&j, "sum", str_fmt(a, "%lld", (long long)sum));
    json_out_str(&j, "transaction", transaction);
    json_out_end(&j);
    return buf_str(&b);
}

static int tell(const struct pay_sim *s, struct arena *a, struct str body, struct str *said, struct err *e)
{
    const struct ask_header signature = { STR("X-Signature"), pay_signature(a, s->o.key, body) };
    const struct ask in = { .url = s->o.notice_url,
                            .body = body,
                            .headers = &signature,
                            .n_headers = 1,
                            .timeout_ms = TELL_MS,
                            .most = SAID_MAX };
    struct ask_answer out;
    if (ask_over_http(a, &in, &out, e))
        return -1;
    *said = out.body;
    return 0;
}

/* ---- paying ---- */

static int pay(struct req *q, struct res *s, struct err *e)
{
    struct pay_sim *sim = sim_self(q);
    struct vietqr v;
    struct str said = STR(""), more = STR("");
    struct str text = json_str_at(q->json, "qr");
    if (vietqr_read(q->arena, text, &v, e))
        return -1;
    pthread_mutex_lock(&sim->lock);
    unsigned fault = fault_draw(&sim->draw);
    int64_t n = ++sim->transactions;
    pthread_mutex_unlock(&sim->lock);
    struct str transaction = str_fmt(q->arena, "FT%llu%06lld", (unsigned long long)sim->o.seed, (long long)n);
    int64_t sum = v.amount.dong + (fault == FAULT_WRONG_SUM ? 1000 : 0);
    struct str body = notice_body(q->arena, transaction, &v, sum, true);
    if (fault == FAULT_SLOW)
        sim_wait_ms(sim->o.slow_ms ? sim->o.slow_ms : 2000);
    if (tell(sim, q->arena, body, &said, e) || (fault == FAULT_DUPLICATE && tell(sim, q->arena, body, &more, e)) ||
        (fault == FAULT_REORDER && tell(sim, q->arena, notice_body(q->arena, transaction, &v, sum, false), &more, e)))
        return -1;
    return sim_answer(s, 200,
                      str_fmt(q->arena, "{\"said\":[%.*s%s%.*s],\"transaction\":\"%.*s\"}", STR_ARG(said), more.n ? "," : "",
                              STR_ARG(more), STR_ARG(transaction)));
}

static const struct form pay_form = { .name = "pay_sim", .max_body = 4096 }; /* no fields: the handler reads q->json */

static const struct route routes[] = {
    POST("/pay", .open = "a simulator on loopback", .form = &pay_form, .reply = pay, .json = true, .slow = true,
         .no_idempotency = true),
    ROUTE_END,
};
static const struct module pay_sim_module = { .name = "pay_sim", .title = STR_INIT("NAPAS"), .routes = routes };

/* ---- running ---- */

int pay_sim_open(const struct pay_sim_options *o, struct pay_sim **out, struct err *e)
{
    struct pay_sim *s = calloc(1, sizeof *s);
    if (!s)
        return ERR(e, ERR_INTERNAL, "no memory for the simulator");
    s->o = *o;
    pthread_mutex_init(&s->lock, NULL);
    fault_draw_init(&s->draw, &o->faults, o->seed);
    const struct sim_options sim = { .module = &pay_sim_module, .site_name = "NAPAS", .port = o->port, .self = s };
    if (sim_open(&s->sim, &sim, e) != 0) {
        pay_sim_close(s);
        return -1;
    }
    *out = s;
    return 0;
}

int pay_sim_port(const struct pay_sim *s)
{
    return sim_port(&s->sim);
}

void pay_sim_close(struct pay_sim *s)
{
    if (!s)
        return;
    sim_close(&s->sim);
    pthread_mutex_destroy(&s->lock);
    free(s);
}
