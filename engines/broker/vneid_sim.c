/* vneid_sim.c: the stand-in as a program: one module served by the same http as bon itself, with a page to choose who one is. */
#include "engines/broker/vneid_sim_inside.h"

#include "platform/crypto/crypto.h"
#include "platform/sim/faults.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOW_MS = 8000 };

/* ---- faults ---- */

/* Each is on or off here, not drawn: a test wants to know which answer was wrong. */
static const struct fault_word fault_words[] = {
    { STR_INIT("slow"), VNEID_SLOW }, /* tokens come after slow_ms */
    { STR_INIT("500"), VNEID_500 },   /* token and userinfo fail */
    { STR_INIT("down"), VNEID_DOWN }, /* everything answers 503 */
    { STR_INIT("wrong-iss"), VNEID_WRONG_ISS },
    { STR_INIT("wrong-aud"), VNEID_WRONG_AUD },
    { STR_INIT("wrong-nonce"), VNEID_WRONG_NONCE },
    { STR_INIT("no-sub"), VNEID_NO_SUB },
    { STR_INIT("no-iat"), VNEID_NO_IAT },
    { STR_INIT("expired"), VNEID_EXPIRED },
    { STR_INIT("alg-none"), VNEID_ALG_NONE },
    { STR_INIT("bad-signature"), VNEID_BAD_SIGNATURE },
    { STR_INIT("no-kid"), VNEID_NO_KID },
    { STR_INIT("rs256"), VNEID_RS256 },                /* signs with RSA instead of P-256 */
    { STR_INIT("two-keys"), VNEID_TWO_KEYS },          /* publishes a second key that fits the algorithm */
    { STR_INIT("userinfo-sub"), VNEID_USERINFO_SUB },  /* userinfo is about another subject */
    { STR_INIT("other-person"), VNEID_OTHER_PERSON },  /* the subject is the same, the number somebody else's */
    { STR_INIT("mix-up"), VNEID_MIX_UP },              /* iss of the authorization response is another's */
    { STR_INIT("refresh-sub"), VNEID_NO_REFRESH_SUB }, /* a refreshed ID token is about another subject */
    { STR_INIT("refresh-refused"), VNEID_REFRESH_REFUSED }, /* the account was closed over there */
    { STR_INIT("logout-no-event"), VNEID_LOGOUT_NO_EVENT },
    { STR_INIT("logout-wrong-event"), VNEID_LOGOUT_WRONG_EVENT },
    { STR_INIT("logout-nonce"), VNEID_LOGOUT_NONCE },
    { .word = { NULL, 0 } },
};

bool vneid_faults_parse(struct str text, unsigned *out)
{
    struct fault_plan plan;
    if (!faults_parse(fault_words, text, &plan) || plan.rated)
        return false;
    *out = plan.faults;
    return true;
}

unsigned sim_faults(struct vneid_sim *sim)
{
    pthread_mutex_lock(&sim->lock);
    unsigned faults = sim->faults;
    pthread_mutex_unlock(&sim->lock);
    return faults;
}

static int fail(struct res *s, int status)
{
    sim_answer(s, status, STR("{\"error\":\"server_error\"}"));
    return 1;
}

int sim_misbehave(struct vneid_sim *sim, struct res *s)
{
    unsigned faults = sim_faults(sim);
    if (faults & VNEID_SLOW)
        sim_wait_ms(sim->o.slow_ms ? sim->o.slow_ms : SLOW_MS);
    return faults & VNEID_DOWN ? fail(s, 503) : faults & VNEID_500 ? fail(s, 500) : 0;
}

/* ---- grants ---- */

struct sim_grant *sim_grant_by(struct vneid_sim *s, struct str token, size_t at)
{
    for (size_t i = 0; i < SIM_GRANTS && token.n > 0; i++)
        if (str_eq(str_of((const char *)&s->grants[i] + at), token))
            return &s->grants[i];
    return NULL;
}

/* ---- running ---- */

static const struct module sim_module = { .name = "vneid_sim", .title = STR_INIT("VNeID"), .routes = sim_routes };

static int start(struct vneid_sim *s, struct err *e)
{
    const struct sim_options sim = { .module = &sim_module,
                                     .site_name = "VNeID (mô phỏng)",
                                     .port = s->o.port,
                                     .self = s,
                                     .files = s->o.files,
                                     .clock = s->o.clock,
                                     .clock_ctx = s->o.clock_ctx };
    return sim_keys_new(&s->keys, e) != 0 || sim_people_load(s, e) != 0 || sim_open(&s->sim, &sim, e) != 0 ? -1 : 0;
}

int vneid_sim_open(const struct vneid_sim_options *o, struct vneid_sim **out, struct err *e)
{
    struct vneid_sim *s = calloc(1, sizeof(*s));
    if (!s)
        return ERR(e, ERR_INTERNAL, "no memory for the stand-in");
    s->o = *o;
    s->faults = o->faults;
    s->generation = 1;
    pthread_mutex_init(&s->lock, NULL);
    arena_init(&s->texts, 1 << 20);
    if (start(s, e) != 0) {
        vneid_sim_close(s);
        return -1;
    }
    *out = s;
    return 0;
}

int vneid_sim_port(const struct vneid_sim *s)
{
    return sim_port(&s->sim);
}

void vneid_sim_fault(struct vneid_sim *s, unsigned faults)
{
    pthread_mutex_lock(&s->lock);
    s->faults = faults;
    pthread_mutex_unlock(&s->lock);
}

static void replace_keys(struct vneid_sim *s, int generations)
{
    struct err e = { 0 };
    struct sim_keys *fresh;
    ASSERT(sim_keys_new(&fresh, &e) == 0);
    pthread_mutex_lock(&s->lock);
    sim_keys_free(s->keys);
    s->keys = fresh;
    s->generation += generations;
    sim_keys_rename(fresh, s->generation);
    pthread_mutex_unlock(&s->lock);
}

void vneid_sim_rotate(struct vneid_sim *s)
{
    replace_keys(s, 1);
}

void vneid_sim_reuse_kid(struct vneid_sim *s)
{
    replace_keys(s, 0);
}

struct str vneid_sim_subject(struct vneid_sim *s, struct arena *a, int person)
{
    ASSERT(person >= 0 && person < (int)s->n_people);
    return sim_subject(a, &s->people[person]);
}

bool vneid_sim_person_at(const struct vneid_sim *s, size_t i, struct vneid_sim_person *out)
{
    if (i >= s->n_people)
        return false;
    *out = (struct vneid_sim_person) { s->people[i].pid, s->people[i].name, s->people[i].born, s->people[i].sex };
    return true;
}

struct str vneid_sim_sign(struct vneid_sim *s, struct arena *a, const char *type, bool spoiled, struct str claims)
{
    pthread_mutex_lock(&s->lock);
    struct str token = sim_sign(s->keys, a, SIM_ES256, type, true, spoiled, claims);
    pthread_mutex_unlock(&s->lock);
    return token;
}

struct str vneid_sim_logout_token(struct vneid_sim *s, struct arena *a, struct str pid)
{
    struct str token = STR_NONE;
    pthread_mutex_lock(&s->lock);
    for (size_t i = 0; i < s->n_people && !token.p; i++)
        if (str_eq(s->people[i].pid, pid))
            token = sim_logout_token(s, a, &s->people[i], NULL);
    pthread_mutex_unlock(&s->lock);
    return token;
}

void vneid_sim_counts(struct vneid_sim *s, struct vneid_sim_counts *out)
{
    pthread_mutex_lock(&s->lock);
    *out = s->counts;
    pthread_mutex_unlock(&s->lock);
}

void vneid_sim_close(struct vneid_sim *s)
{
    if (!s)
        return;
    sim_close(&s->sim);
    sim_keys_free(s->keys);
    arena_release(&s->texts);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

/* ---- the command ---- */

const struct cli_option vneid_sim_cli_options[] = {
    { "port", "P", "8013", MSG("Cổng trên 127.0.0.1; 0 là cổng nào cũng được") },
    { "faults", "LỖI", "",
      MSG("Lỗi cố ý, cách nhau dấu phẩy: slow,500,down,wrong-nonce,wrong-aud,expired,other-person,alg-none …") },
    { "people", "TỆP", "packs/dak_nong/demo-people.csv", MSG("Những người không có thật để chọn khi đăng nhập") },
    { "client", "TÊN", "bon", MSG("Tên ứng dụng được phép hỏi") },
    { "secret-file", "TỆP", NULL, MSG("Tệp giữ mật khẩu của ứng dụng; không có thì không hỏi") },
    { .name = NULL },
};

int vneid_sim_secret(struct arena *a, const char *path, struct str *out, struct err *e)
{
    if (sim_file_read(a, path, out, e) != 0)
        return -1;
    *out = str_trim(*out);
    return 0;
}

static int options_of(struct cli *c, struct vneid_sim_options *o, struct err *e)
{
    int64_t port;
    if (cli_opt_i64(c, "port", 0, 65535, &port, e) != 0)
        return -1;
    if (!vneid_faults_parse(cli_opt(c, "faults"), &o->faults))
        return ERR_SAY(e, ERR_INPUT, MSGS("Không có lỗi cố ý nào tên như vậy. Xin xem bon help sim vneid."), "--faults");
    if (cli_has(c, "secret-file") &&
        vneid_sim_secret(c->arena, str_cstr(c->arena, cli_opt(c, "secret-file")), &o->secret, e) != 0)
        return -1;
    o->port = (int)port;
    o->client_id = cli_opt(c, "client");
    o->people = str_cstr(c->arena, cli_opt(c, "people"));
    o->files = c->app->files;
    return 0;
}

int vneid_sim_main(struct cli *c, struct err *e)
{
    struct vneid_sim_options o = { 0 };
    struct vneid_sim *s;
    sigset_t ends;
    if (options_of(c, &o, e) != 0)
        return -1;
    sim_hold_signals(&ends);
    if (vneid_sim_open(&o, &s, e) != 0)
        return -1;
    struct tr_arg args[] = { { "port", str_fmt(c->arena, "%d", vneid_sim_port(s)) }, { NULL, { NULL, 0 } } };
    struct str line = cli_say(c, MSGS("MÔ PHỎNG: VNeID tại http://127.0.0.1:{port}"), args);
    printf("%.*s\n", STR_ARG(line));
    fflush(stdout);
    sim_wait_for_end(&ends);
    vneid_sim_close(s);
    return 0;
}
