/* sim.c: the stand-in as a server, and what its citizens do. */
#include "models/m05_vneid_services/sim_inside.h"

#include "base/json.h"
#include "base/rng.h"
#include "platform/crypto/crypto.h"

#include <stdlib.h>

enum { SLOW_MS = 3000, TELL_MAX = 20, TOKEN_S = 120 };

const struct fault_word vneid_services_fault_words[] = {
    { STR_INIT("slow"), FAULT_SLOW },
    { STR_INIT("500"), FAULT_500 },
    { STR_INIT("duplicate"), FAULT_DUPLICATE },
    { STR_INIT("reorder"), FAULT_REORDER },
    { STR_INIT("schema"), FAULT_SCHEMA },
    { STR_INIT("outage"), FAULT_OUTAGE },
    { STR_INIT("lost"), FAULT_LOST },
    { STR_INIT("signature"), FAULT_SIGNATURE },
    { .word = { NULL, 0 } },
};

static struct instant now_of(struct vneid_services_sim *s)
{
    return app_now(&s->sim.app);
}

/* ---- answering ---- */

static unsigned draw(struct vneid_services_sim *s)
{
    pthread_mutex_lock(&s->lock);
    unsigned fault = s->outage ? FAULT_OUTAGE : fault_draw(&s->draw);
    s->counts.requests++;
    pthread_mutex_unlock(&s->lock);
    return fault;
}

static int take(struct req *q, struct res *s, struct err *e)
{
    struct vneid_services_sim *sim = sim_self(q);
    struct str answer = STR("");
    unsigned fault = draw(sim);
    (void)e;
    if (fault == FAULT_OUTAGE || fault == FAULT_500)
        return sim_answer(s, fault == FAULT_500 ? 500 : 503, STR("{}"));
    pthread_mutex_lock(&sim->lock);
    bool good = sim_take(sim, q->arena, q->body, q->now, &answer);
    pthread_mutex_unlock(&sim->lock);
    if (fault == FAULT_SLOW)
        sim_wait_ms(sim->o.slow_ms ? sim->o.slow_ms : SLOW_MS);
    if (fault == FAULT_LOST)
        return sim_answer(s, 500, STR("{}"));
    if (fault == FAULT_SCHEMA)
        return sim_answer(s, 200, STR("{\"results\":\"ok\"}"));
    return sim_answer(s, good ? 200 : 400, good ? answer : STR("{}"));
}

static int list(struct req *q, struct res *s, struct err *e)
{
    struct vneid_services_sim *sim = sim_self(q);
    struct day day = { 0 };
    unsigned fault = draw(sim);
    if (fault == FAULT_OUTAGE || fault == FAULT_500)
        return sim_answer(s, fault == FAULT_500 ? 500 : 503, STR("{}"));
    struct str one = req_query(q, "case");
    if (!one.n && !day_parse_iso(req_query(q, "day"), &day))
        return ERR(e, ERR_INPUT, "which day?");
    pthread_mutex_lock(&sim->lock);
    struct str answer =
        one.n ? sim_list_one(sim, q->arena, one) : sim_list(sim, q->arena, day, str_or_empty(req_query(q, "after")));
    pthread_mutex_unlock(&sim->lock);
    return sim_answer(s, 200, answer);
}

/* A mistake over there, by hand: "state" of a case, or none: it is forgotten. */
static int spoil(struct req *q, struct res *s, struct err *e)
{
    struct vneid_services_sim *sim = sim_self(q);
    struct str number = str_or_empty(req_query(q, "case")), state = str_or_empty(req_query(q, "state"));
    (void)e;
    if (state.n)
        vneid_services_sim_set(sim, number, state);
    else
        vneid_services_sim_forget(sim, number);
    return sim_answer(s, 200, STR("{}"));
}

static const struct form batch_form = { .name = "vneid_batch", .max_body = 1 << 20 };

#define LOOPBACK .open = "a simulator on loopback"
static const struct route routes[] = {
    POST("/v1/events", LOOPBACK, .form = &batch_form, .reply = take, .json = true, .slow = true, .no_idempotency = true),
    GET("/v1/cases", list, LOOPBACK, .json = true),
    GET("/sim/case", spoil, LOOPBACK, .json = true),
    GET("/", sim_app_get, LOOPBACK, .title = STR_INIT("VNeID (mô phỏng)")),
    GET("/mo", sim_open_get, LOOPBACK, .far = true, .title = STR_INIT("VNeID (mô phỏng)")),
    ROUTE_END,
};
static const struct module sim_module = { .name = "vneid_services_sim", .title = STR_INIT("VNeID"), .routes = routes };

/* ---- what its citizens do ---- */

void vneid_services_sim_do(struct vneid_services_sim *s, const char *type, struct str number, struct str pid,
                           struct str words)
{
    pthread_mutex_lock(&s->lock);
    sim_did_put(s, type, number, STR(""), pid, words, now_of(s));
    pthread_mutex_unlock(&s->lock);
}

static void put_did(struct json_out *j, struct arena *a, const struct sim_did *d)
{
    json_out_item_object(j);
    json_out_str(j, "case", d->number);
    json_out_str(j, "id", str_fmt(a, "vneid-%lld", (long long)d->no));
    json_out_str(j, "of", d->of);
    json_out_str(j, "person", d->pid);
    json_out_str(j, "time", instant_iso(a, d->at));
    json_out_str(j, "type", d->type);
    json_out_str(j, "words", d->words);
    json_out_end(j);
}

/* Up to twenty; some again that were told already, some before their turn. */
static size_t choose(struct vneid_services_sim *s, const struct sim_did **chosen)
{
    size_t n = 0;
    while (n < TELL_MAX && s->told < s->did.n) {
        if (s->told > 0 && sim_chance(s, FAULT_DUPLICATE)) {
            chosen[n++] = &s->did.v[rng_below(&s->rng, (uint32_t)s->told)];
            s->counts.duplicated++;
            continue;
        }
        chosen[n++] = &s->did.v[s->told++];
        if (n > 1 && sim_chance(s, FAULT_REORDER)) {
            const struct sim_did *last = chosen[n - 1];
            chosen[n - 1] = chosen[n - 2];
            chosen[n - 2] = last;
            s->counts.reordered++;
        }
    }
    return n;
}

static void put_head(struct json_out *j, struct vneid_services_sim *s, struct arena *a, const char *jti)
{
    int64_t now = now_of(s).us / US_PER_SECOND;
    json_out_int(j, "exp", now + TOKEN_S);
    json_out_int(j, "iat", now);
    json_out_str(j, "iss", str_fmt(a, "http://127.0.0.1:%d", vneid_sim_port(s->vneid)));
    json_out_str(j, "jti", jti && *jti ? str_of(jti) : token_new(a));
}

bool vneid_services_sim_tell(struct vneid_services_sim *s, struct arena *a, struct str *token)
{
    const struct sim_did *chosen[TELL_MAX];
    struct buf b;
    struct json_out j;
    pthread_mutex_lock(&s->lock);
    size_t n = choose(s, chosen);
    buf_init(&b, a, 16 * 1024);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "aud", s->o.vneid.client_id);
    json_out_array(&j, "events");
    for (size_t i = 0; i < n; i++)
        put_did(&j, a, chosen[i]);
    json_out_end(&j);
    put_head(&j, s, a, NULL);
    json_out_end(&j);
    bool spoiled = sim_chance(s, FAULT_SIGNATURE);
    pthread_mutex_unlock(&s->lock);
    if (n)
        *token = vneid_sim_sign(s->vneid, a, "vneid-events+jwt", spoiled, buf_str(&b));
    return n > 0;
}

struct str vneid_services_sim_link(struct vneid_services_sim *s, struct arena *a, size_t person, const char *service,
                                   const char *jti)
{
    struct vneid_sim_person p = { STR(""), STR(""), STR(""), STR("") };
    struct buf b;
    struct json_out j;
    vneid_sim_person_at(s->vneid, person, &p);
    buf_init(&b, a, 4096);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "GioiTinh", str_eq(p.sex, STR("F")) ? STR("Nữ") : STR("Nam"));
    json_out_str(&j, "HoVaTen", p.name);
    json_out_str(&j, "NgayThangNamSinh", p.born);
    json_out_str(&j, "QuocTich", STR("Việt Nam"));
    json_out_str(&j, "SoDienThoai", STR("0912000001"));
    json_out_str(&j, "SoDinhDanh", p.pid);
    json_out_str(&j, "acr", STR("2"));
    json_out_str(&j, "aud", s->o.vneid.client_id);
    put_head(&j, s, a, jti);
    json_out_str(&j, "service", str_of(service));
    json_out_str(&j, "sub", vneid_sim_subject(s->vneid, a, (int)person));
    json_out_end(&j);
    return vneid_sim_sign(s->vneid, a, "vneid-link+jwt", false, buf_str(&b));
}

/* ---- running ---- */

int vneid_services_sim_open(const struct vneid_services_sim_options *o, struct vneid_services_sim **out, struct err *e)
{
    struct vneid_services_sim *s = calloc(1, sizeof *s);
    struct fault_plan questions = o->faults;
    if (!s)
        return ERR(e, ERR_INTERNAL, "no memory for the stand-in");
    s->o = *o;
    questions.faults &= ~(unsigned)(FAULT_DUPLICATE | FAULT_REORDER | FAULT_SIGNATURE);
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->applied_more, NULL);
    arena_init(&s->book, SIM_BOOK_ARENA);
    map_init(&s->cases, &s->book, o->seed, 1);
    map_init(&s->messages, &s->book, o->seed, 2);
    fault_draw_init(&s->draw, &questions, o->seed);
    rng_seed(&s->rng, o->seed + 1);
    const struct sim_options sim = { .module = &sim_module,
                                     .site_name = "VNeID (mô phỏng)",
                                     .port = o->port,
                                     .self = s,
                                     .files = o->vneid.files,
                                     .clock = o->vneid.clock,
                                     .clock_ctx = o->vneid.clock_ctx };
    if (vneid_sim_open(&o->vneid, &s->vneid, e) || sim_open(&s->sim, &sim, e)) {
        vneid_services_sim_close(s);
        return -1;
    }
    *out = s;
    return 0;
}

int vneid_services_sim_port(const struct vneid_services_sim *s)
{
    return sim_port(&s->sim);
}

struct vneid_sim *vneid_services_sim_vneid(struct vneid_services_sim *s)
{
    return s->vneid;
}

void vneid_services_sim_outage(struct vneid_services_sim *s, bool on)
{
    pthread_mutex_lock(&s->lock);
    s->outage = on;
    pthread_mutex_unlock(&s->lock);
}

void vneid_services_sim_forget(struct vneid_services_sim *s, struct str number)
{
    pthread_mutex_lock(&s->lock);
    struct sim_case *c = map_get(&s->cases, number);
    if (c)
        c->forgotten = true;
    pthread_mutex_unlock(&s->lock);
}

void vneid_services_sim_set(struct vneid_services_sim *s, struct str number, struct str state)
{
    pthread_mutex_lock(&s->lock);
    struct sim_case *c = map_get(&s->cases, number);
    if (!c) {
        c = arena_new(&s->book, struct sim_case);
        *c = (struct sim_case) { .number = str_dup(&s->book, number), .result = STR("") };
        map_set(&s->cases, c->number, c);
        *vec_push(&s->book, &s->list) = c;
    }
    c->state = str_dup(&s->book, state);
    sim_touch(s, c, now_of(s));
    pthread_mutex_unlock(&s->lock);
}

void vneid_services_sim_counts(struct vneid_services_sim *s, struct vneid_services_sim_counts *out)
{
    pthread_mutex_lock(&s->lock);
    *out = s->counts;
    out->cases = (int64_t)s->list.n;
    pthread_mutex_unlock(&s->lock);
}

void vneid_services_sim_await(struct vneid_services_sim *s, int64_t applied)
{
    pthread_mutex_lock(&s->lock);
    while (s->counts.applied < applied)
        pthread_cond_wait(&s->applied_more, &s->lock);
    pthread_mutex_unlock(&s->lock);
}

size_t vneid_services_sim_result(struct vneid_services_sim *s, struct str number)
{
    pthread_mutex_lock(&s->lock);
    const struct sim_case *c = map_get(&s->cases, number);
    size_t n = c ? c->result.n : 0;
    pthread_mutex_unlock(&s->lock);
    return n;
}

struct str vneid_services_sim_applied(struct vneid_services_sim *s, struct arena *a, size_t i)
{
    pthread_mutex_lock(&s->lock);
    struct str id = i < s->applied.n ? str_dup(a, s->applied.v[i]->id) : STR_NONE;
    pthread_mutex_unlock(&s->lock);
    return id;
}

void vneid_services_sim_close(struct vneid_services_sim *s)
{
    if (!s)
        return;
    sim_close(&s->sim);
    vneid_sim_close(s->vneid);
    pthread_cond_destroy(&s->applied_more);
    pthread_mutex_destroy(&s->lock);
    arena_release(&s->book);
    free(s);
}
