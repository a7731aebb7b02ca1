/* sms_sim.c: POST /messages {"id","to","text"} answers {"no"}; GET /messages/{no} answers {"state"}: "sent", then "delivered", or "failed"
 * for a number that ends in 000. The same id is the same message, however often it comes. GET /phones/{number} is the screen of an invented
 * phone: {"text"} of the last message that came to it.
 */
#include "engines/notices/sms_sim.h"

#include "engines/notices/inside.h"

#include "base/json.h"
#include "platform/sim/sim.h"

#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>

enum { MESSAGES = 4096, TEXT_BYTES = 600, NUMBER_BYTES = 16 };

struct kept {
    int64_t id;
    bool fails;
    char to[NUMBER_BYTES], text[TEXT_BYTES + 1];
};

struct sms_sim {
    struct sim sim;
    struct sms_sim_options o;
    pthread_mutex_t lock; /* over all below */
    struct fault_draw draw;
    struct kept kept[MESSAGES];
    size_t n;
};

/* Its place; a new one is kept. MESSAGES: full. */
static size_t keep(struct sms_sim *s, int64_t id, struct str to, struct str text)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->kept[i].id == id)
            return i;
    if (s->n < MESSAGES) {
        struct kept *k = &s->kept[s->n++];
        *k = (struct kept) { .id = id, .fails = str_ends(to, STR("000")) };
        snprintf(k->to, sizeof k->to, "%.*s", STR_ARG(to));
        snprintf(k->text, sizeof k->text, "%.*s", STR_ARG(text));
    }
    return s->n - 1;
}

static int take(struct req *q, struct res *s, struct err *e)
{
    struct sms_sim *sim = sim_self(q);
    struct str to = req_form(q, "to");
    int64_t id;
    if (!str_to_i64(req_form(q, "id"), &id) || !str_is_digits(to))
        return ERR(e, ERR_INPUT, "no number to send to");
    pthread_mutex_lock(&sim->lock);
    unsigned fault = fault_draw(&sim->draw);
    bool before = fault == FAULT_OUTAGE || (fault == FAULT_500 && rng_below(&sim->draw.rng, 2) == 0);
    size_t place = before ? 0 : keep(sim, id, to, req_form(q, "text"));
    pthread_mutex_unlock(&sim->lock);
    if (fault == FAULT_SLOW)
        sim_wait_ms(sim->o.slow_ms ? sim->o.slow_ms : 3000);
    if (fault == FAULT_OUTAGE)
        return sim_answer(s, 503, STR("{}"));
    if (fault == FAULT_500)
        return sim_answer(s, 500, STR("{}"));
    if (fault == FAULT_SCHEMA)
        return sim_answer(s, 200, STR("{\"ok\":true}"));
    return sim_answer(s, 200, str_fmt(q->arena, "{\"no\":\"M%zu\"}", place));
}

static int tell(struct req *q, struct res *s, struct err *e)
{
    struct sms_sim *sim = sim_self(q);
    uint64_t place;
    if (!str_to_u64(str_from(req_param(q, "no"), 1), &place))
        return ERR(e, ERR_NOT_FOUND, "no such message");
    pthread_mutex_lock(&sim->lock);
    bool known = place < sim->n, fails = known && sim->kept[place].fails;
    pthread_mutex_unlock(&sim->lock);
    if (!known)
        return ERR(e, ERR_NOT_FOUND, "no such message");
    return sim_answer(s, 200, fails ? STR("{\"state\":\"failed\"}") : STR("{\"state\":\"delivered\"}"));
}

static int show(struct req *q, struct res *s, struct err *e)
{
    struct sms_sim *sim = sim_self(q);
    struct str text = STR_NONE;
    pthread_mutex_lock(&sim->lock);
    for (size_t i = sim->n; i-- > 0 && !text.p;)
        if (str_eq(str_of(sim->kept[i].to), req_param(q, "number")) && !sim->kept[i].fails)
            text = str_dup(q->arena, str_of(sim->kept[i].text));
    pthread_mutex_unlock(&sim->lock);
    if (!text.p)
        return ERR(e, ERR_NOT_FOUND, "nothing came to this phone");
    struct json_out j;
    s->type = STR("application/json");
    json_out_init(&j, &s->body);
    json_out_open(&j);
    json_out_str(&j, "text", text);
    json_out_end(&j);
    return 0;
}

static const struct field fields[] = {
    { .name = "id", .type = FIELD_TEXT, .required = true, .max = 20, .label = STR_INIT("id") },
    { .name = "to", .type = FIELD_TEXT, .required = true, .max = 15, .label = STR_INIT("to") },
    { .name = "text", .type = FIELD_LINES, .required = true, .max = 600, .label = STR_INIT("text") },
    { .name = NULL },
};
static const struct form message_form = { .name = "sms_message", .fields = fields, .max_body = 8 * 1024 };

static const struct route routes[] = {
    POST("/messages", .open = "a simulator on loopback", .form = &message_form, .reply = take, .json = true, .slow = true,
         .no_idempotency = true),
    GET("/messages/{no}", tell, .open = "a simulator on loopback", .json = true),
    GET("/phones/{number}", show, .open = "a simulator on loopback", .json = true),
    ROUTE_END,
};
static const struct module sms_sim_module = { .name = "sms_sim", .title = STR_INIT("SMS"), .routes = routes };

int sms_sim_open(const struct sms_sim_options *o, struct sms_sim **out, struct err *e)
{
    struct sms_sim *s = calloc(1, sizeof *s);
    if (!s)
        return ERR(e, ERR_INTERNAL, "no memory for the simulator");
    s->o = *o;
    pthread_mutex_init(&s->lock, NULL);
    fault_draw_init(&s->draw, &o->faults, o->seed);
    const struct sim_options sim = { .module = &sms_sim_module, .site_name = "SMS", .port = o->port, .self = s };
    if (sim_open(&s->sim, &sim, e) != 0) {
        sms_sim_close(s);
        return -1;
    }
    *out = s;
    return 0;
}

int sms_sim_port(const struct sms_sim *s)
{
    return sim_port(&s->sim);
}

void sms_sim_counts(struct sms_sim *s, int64_t *messages, int64_t *requests)
{
    pthread_mutex_lock(&s->lock);
    *messages = (int64_t)s->n;
    *requests = s->draw.requests;
    pthread_mutex_unlock(&s->lock);
}

void sms_sim_close(struct sms_sim *s)
{
    if (!s)
        return;
    sim_close(&s->sim);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

/* ---- the command ---- */

const struct cli_option notices_sim_options[] = {
    { "port", "P", "8016", MSG("Cổng trên 127.0.0.1; 0 là cổng nào cũng được") },
    { "faults", "LỖI", "", MSG("Lỗi cố ý, cách nhau dấu phẩy, có thể kèm số phần trăm: slow,500:20,schema,outage") },
    { "seed", "S", "511", MSG("Hạt giống của các lỗi") },
    { .name = NULL },
};

int notices_sim_main(struct cli *c, struct err *e)
{
    int64_t port, seed;
    struct sms_sim_options o = { 0 };
    struct sms_sim *s;
    sigset_t ends;
    if (cli_opt_i64(c, "port", 0, 65535, &port, e) != 0 || cli_opt_i64(c, "seed", 0, INT64_MAX, &seed, e) != 0)
        return -1;
    if (!faults_parse(common_faults, cli_opt(c, "faults"), &o.faults))
        return ERR_SAY(e, ERR_INPUT, MSGS("Lỗi cố ý chỉ gồm slow, 500, schema, outage; tất cả không quá 100 phần trăm."), "--faults");
    o.port = (int)port;
    o.seed = (uint64_t)seed;
    sim_hold_signals(&ends);
    if (sms_sim_open(&o, &s, e) != 0)
        return -1;
    struct tr_arg args[] = { { "port", str_fmt(c->arena, "%d", sms_sim_port(s)) }, { NULL, { NULL, 0 } } };
    struct str line = cli_say(c, MSGS("MÔ PHỎNG: cổng tin nhắn tại http://127.0.0.1:{port}"), args);
    printf("%.*s\n", STR_ARG(line));
    fflush(stdout);
    sim_wait_for_end(&ends);
    sms_sim_close(s);
    return 0;
}

const struct cli_command notices_commands[] = {
    { .name = "sim sms",
      .synopsis = "[--port P] [--faults …] [--seed S]",
      .what = MSG("Mô phỏng cổng gửi tin nhắn SMS"),
      .help = MSG("Một tiến trình trên 127.0.0.1 nhận tin nhắn và không gửi cho ai. Các lỗi cố ý: slow, 500, schema, outage."),
      .options = notices_sim_options,
      .needs = CLI_NOTHING,
      .run = notices_sim_main },
    { .name = NULL },
};
