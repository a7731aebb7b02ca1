#include "engines/sources/sim.h"

#include "engines/sources/inside.h"

#include "base/json.h"
#include "platform/sim/sim.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { SLOW_MS = 6000, SYSTEM_MAX = 60 };

struct sources_sim {
    struct sim sim;
    struct sources_sim_options o;
    pthread_mutex_t lock; /* over all below */
    struct fault_draw draw;
    unsigned always;
    char killed[SYSTEM_MAX + 1];
    int64_t requests;
};

const struct fault_word sources_fault_words[] = {
    { STR_INIT("slow"), FAULT_SLOW },
    { STR_INIT("500"), FAULT_500 },
    { STR_INIT("schema"), FAULT_SCHEMA },
    { STR_INIT("outage"), FAULT_OUTAGE },
    { STR_INIT("wrong_person"), FAULT_WRONG_PERSON },
    { STR_INIT("nothing"), FAULT_NOTHING },
    { { NULL, 0 }, 0 },
};

/* Made out of name and number, so that the same question always has the same answer. */
static struct str value_of(struct arena *a, const struct source_question *q, struct str member)
{
    uint32_t n = 0;
    for (size_t i = 0; i < member.n; i++)
        n = n * 31 + (unsigned char)member.p[i];
    struct str pid = pid_str(&q->pid);
    for (size_t i = 0; i < pid.n; i++)
        n = n * 31 + (unsigned char)pid.p[i];
    if (str_eq(member, STR("name")))
        return q->name;
    if (str_ends(member, STR("_date")) || str_ends(member, STR("_day")) || str_eq(member, STR("issued")))
        return str_fmt(a, "20%02u-%02u-%02u", n % 20 + 1, n % 12 + 1, n % 28 + 1);
    return str_fmt(a, "MP-%.*s-%04u", STR_ARG(q->system), n % 10000);
}

static struct str say(struct arena *a, const struct source_question *asked, struct instant now, unsigned fault)
{
    struct str values[SOURCE_MEMBERS_MAX];
    struct source_question q = *asked;
    for (size_t i = 0; i < q.n; i++)
        values[i] = value_of(a, &q, q.members[i]);
    if (fault == FAULT_WRONG_PERSON)
        q.name = STR("Người Khác Hẳn");
    return source_snapshot(a, &q, values, now, STR("MÔ PHỎNG"));
}

static unsigned draw(struct sources_sim *s, struct str system)
{
    pthread_mutex_lock(&s->lock);
    unsigned fault = fault_draw(&s->draw);
    s->requests++;
    if (s->always)
        fault = s->always;
    if (s->killed[0] && str_eq(system, str_of(s->killed)))
        fault = FAULT_OUTAGE;
    pthread_mutex_unlock(&s->lock);
    return fault;
}

static int answer(struct req *q, struct res *res, struct err *e)
{
    struct sources_sim *s = sim_self(q);
    struct source_question asked;
    unsigned fault = draw(s, req_param(q, "system"));
    if (!source_question_read(q->arena, q->body, &asked) || !str_eq(asked.system, req_param(q, "system")))
        return ERR(e, ERR_INPUT, "no question to this system");
    if (fault == FAULT_SLOW)
        sim_wait_ms(s->o.slow_ms ? s->o.slow_ms : SLOW_MS);
    if (fault == FAULT_500 || fault == FAULT_OUTAGE)
        return sim_answer(res, fault == FAULT_500 ? 500 : 503, STR("{\"error\":\"MÔ PHỎNG\"}"));
    if (fault == FAULT_NOTHING)
        return sim_answer(res, 404, STR("{\"found\":false,\"mode\":\"MÔ PHỎNG\"}"));
    if (fault == FAULT_SCHEMA)
        return sim_answer(res, 200, STR("{\"ketqua\":[1,2,3]}"));
    return sim_answer(res, 200, say(q->arena, &asked, q->now, fault));
}

static const struct form answer_form = { .name = "sources_sim", .max_body = SOURCE_ANSWER_MAX };
static const struct route routes[] = {
    POST("/{system}", .open = "a simulator on loopback", .form = &answer_form, .reply = answer, .json = true, .slow = true,
         .no_idempotency = true),
    ROUTE_END,
};
static const struct module sources_sim_module = { .name = "sources_sim",
                                                  .title = STR_INIT("Nguồn dữ liệu"),
                                                  .routes = routes };

int sources_sim_open(const struct sources_sim_options *o, struct sources_sim **out, struct err *e)
{
    struct sources_sim *s = calloc(1, sizeof *s);
    if (!s)
        return ERR(e, ERR_INTERNAL, "no memory for the simulator");
    s->o = *o;
    pthread_mutex_init(&s->lock, NULL);
    fault_draw_init(&s->draw, &o->faults, o->seed);
    const struct sim_options sim = { .module = &sources_sim_module,
                                     .site_name = "Nguồn dữ liệu (mô phỏng)",
                                     .port = o->port,
                                     .self = s,
                                     .clock = o->clock,
                                     .clock_ctx = o->clock_ctx };
    if (sim_open(&s->sim, &sim, e)) {
        sources_sim_close(s);
        return -1;
    }
    *out = s;
    return 0;
}

int sources_sim_port(const struct sources_sim *s)
{
    return sim_port(&s->sim);
}

void sources_sim_fault(struct sources_sim *s, unsigned always)
{
    pthread_mutex_lock(&s->lock);
    s->always = always;
    pthread_mutex_unlock(&s->lock);
}

void sources_sim_kill(struct sources_sim *s, struct str system)
{
    struct str name = str_head(system, SYSTEM_MAX);
    pthread_mutex_lock(&s->lock);
    if (name.n > 0)
        memcpy(s->killed, name.p, name.n);
    s->killed[name.n] = 0;
    pthread_mutex_unlock(&s->lock);
}

int64_t sources_sim_requests(struct sources_sim *s)
{
    pthread_mutex_lock(&s->lock);
    int64_t n = s->requests;
    pthread_mutex_unlock(&s->lock);
    return n;
}

void sources_sim_close(struct sources_sim *s)
{
    if (!s)
        return;
    sim_close(&s->sim);
    pthread_mutex_destroy(&s->lock);
    free(s);
}
