/* box.c: what the box knows, and its regular turn with the server. */
#include "models/m02_kiosk/box.h"

#include "base/json.h"
#include "platform/crypto/crypto.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LASTING = 1 << 20, SEND_ACTS = 20, SEND_BYTES = 700 * 1000, BLOCK_LOW = 20 };

struct instant box_now(const struct box *b)
{
    return (struct instant) { instant_now().us + b->offset_ms * 1000 };
}

/* ---- the device's own files ---- */

static int config_load(struct box *b, struct err *e)
{
    struct edge_config_signed c = { .number = 1 };
    int got = box_file_read(&b->arena, b->dir, "config.json", &c.body, e);
    if (got == 1)
        got = box_file_read(&b->arena, b->dir, "config.jws", &c.signature, e);
    if (got != 1)
        return got < 0 ? -1 : 0;
    struct err why = { 0 };
    if (edge_config_check(&b->arena, &c, b->me.keys, b->me.n_keys, b->me.device, 0, &b->config, &why))
        fprintf(stderr, "bon kiosk: the configuration on the disk is not believed: %s\n", why.detail);
    return 0;
}

/* Guard pages around it, not in core files, not swapped; wiped when given back. */
static struct box_held *held_new(void)
{
    return sodium_init() < 0 ? NULL : sodium_malloc(sizeof(struct box_held));
}

int box_open(struct box *b, const char *dir, const char *health, struct err *e)
{
    *b = (struct box) { .dir = dir, .health = health, .away = true };
    arena_init(&b->arena, LASTING + 4 * BOX_FILE_MAX);
    pthread_mutex_init(&b->lock, NULL);
    b->held = held_new();
    if (!b->held)
        return ERR(e, ERR_INTERNAL, "no locked memory");
    memset(b->held, 0, sizeof(*b->held));
    int got = box_identity_load(&b->arena, dir, &b->me, e);
    if (got == 0)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Máy chưa ghi danh. Xin chạy: bon kiosk enrol MÃ."), "%s/device.json is not there", dir);
    if (got < 0 || box_numbers_load(&b->arena, dir, &b->numbers, e) < 0 || config_load(b, e))
        return -1;
    return box_spool_open(dir, e);
}

void box_close(struct box *b)
{
    sodium_free(b->held);
    secret_wipe(&b->me, sizeof(b->me));
    secret_wipe(b->token, sizeof(b->token));
    pthread_mutex_destroy(&b->lock);
    arena_release(&b->arena);
}

/* ---- health ---- */

static struct str word_of(const json_t *j, const char *key)
{
    struct str word = json_str_at(j, key);
    return word.p ? word : STR("none");
}

/* Written by the drivers of printer and reader; a machine without them has none. */
void box_health_read(const struct box *b, struct arena *a, struct box_health *out)
{
    struct str text;
    json_t *j = NULL;
    *out = (struct box_health) { .paper = STR("none"), .ink = STR("none"), .reader = STR("none") };
    if (!b->health || box_file_read(a, "/", b->health, &text, NULL) != 1 || json_read(a, text, &j, NULL))
        return;
    *out = (struct box_health) { .paper = word_of(j, "paper"),
                                 .ink = word_of(j, "ink"),
                                 .reader = word_of(j, "reader"),
                                 .temperature = json_integer_value(json_object_get(j, "temperature")),
                                 .card = json_is_true(json_object_get(j, "card")) };
}

/* ---- signed messages ---- */

static int64_t number_of(const json_t *j, const char *key)
{
    return json_integer_value(json_object_get(j, key));
}

static void hear(struct box *b, long status, const json_t *j)
{
    int64_t now_ms = number_of(j, "now_ms");
    pthread_mutex_lock(&b->lock);
    b->away = false;
    if (status == 401)
        b->revoked = true;
    if (status == 200)
        b->revoked = false;
    if (now_ms > 0)
        b->offset_ms = now_ms - instant_now().us / 1000;
    pthread_mutex_unlock(&b->lock);
}

static int ask_once(struct box *b, struct arena *a, struct str path, struct str body, struct ask_answer *out, struct err *e)
{
    struct edge_message m = { .device = b->me.device };
    pthread_mutex_lock(&b->lock);
    int result = box_message_number(a, b->dir, &b->numbers, &m.sequence, e);
    m.at_ms = box_now(b).us / 1000;
    pthread_mutex_unlock(&b->lock);
    if (result)
        return -1;
    struct box_ask ask = { .method = "POST",
                           .path = path,
                           .body = body,
                           .type = STR("application/json"),
                           .signature = edge_message_sign(a, b->me.secret, "POST", path, &m, body) };
    return box_link_ask(a, b->me.server, &ask, out, e);
}

/* A clock that was off is put right and the message sent again. */
static int ask(struct box *b, struct arena *a, struct str path, struct str body, json_t **out, struct err *e)
{
    struct ask_answer answer;
    for (int round = 0; round < 2; round++) {
        json_t *j = NULL;
        if (ask_once(b, a, path, body, &answer, e)) {
            b->away = true;
            return -1;
        }
        if (json_read(a, answer.body, &j, NULL))
            return ERR(e, ERR_SOURCE, "%.*s answered %ld without JSON", STR_ARG(path), answer.status);
        hear(b, answer.status, j);
        if (answer.status == 200) {
            *out = j;
            return 0;
        }
        if (!str_eq(json_str_at(j, "field"), STR("clock")))
            break;
    }
    return ERR(e, ERR_SOURCE, "%.*s answered %ld", STR_ARG(path), answer.status);
}

/* ---- the turn ---- */

static struct str beat_text(struct box *b, struct arena *a)
{
    struct box_health h;
    struct buf text;
    struct json_out j;
    box_health_read(b, a, &h);
    buf_init(&text, a, 4096);
    json_out_init(&j, &text);
    json_out_open(&j);
    json_out_int(&j, "config", b->config.number);
    json_out_int(&j, "disk_mb", box_disk_free_mb(b->dir));
    json_out_str(&j, "ink", h.ink);
    json_out_str(&j, "paper", h.paper);
    json_out_str(&j, "reader", h.reader);
    json_out_int(&j, "skew_ms", -b->offset_ms);
    json_out_int(&j, "temperature", h.temperature);
    json_out_str(&j, "version", STR("1"));
    json_out_int(&j, "waiting", box_spool_count(b->dir));
    json_out_end(&j);
    return buf_str(&text);
}

/* On the disk first the words, then their signature: half of a new pair is not believed, and the server sends it again. */
static void config_take(struct box *b, struct arena *a, const json_t *j)
{
    struct err why = { 0 };
    struct edge_config config;
    struct edge_config_signed c = { number_of(j, "number"), str_or_empty(json_str_at(j, "body")),
                                    str_or_empty(json_str_at(j, "signature")) };
    struct arena *lasting = &b->arena;
    if (edge_config_check(a, &c, b->me.keys, b->me.n_keys, b->me.device, b->config.number, &config, &why) ||
        box_file_write(b->dir, "config.json", c.body, &why) || box_file_write(b->dir, "config.jws", c.signature, &why)) {
        fprintf(stderr, "bon kiosk: a configuration was refused: %s\n", why.detail);
        return;
    }
    pthread_mutex_lock(&b->lock);
    b->config = config;
    b->config.name = str_dup(lasting, config.name);
    b->config.place = str_dup(lasting, config.place);
    pthread_mutex_unlock(&b->lock);
}

static int beat(struct box *b, struct arena *a, struct err *e)
{
    json_t *j;
    if (ask(b, a, STR("/api/v1/edge/beat"), beat_text(b, a), &j, e))
        return -1;
    struct str token = str_or_empty(json_str_at(j, "token"));
    pthread_mutex_lock(&b->lock);
    b->locked = json_is_true(json_object_get(j, "locked"));
    b->token_us = monotonic_us();
    if (token.n < sizeof(b->token))
        snprintf(b->token, sizeof(b->token), "%.*s", STR_ARG(token));
    pthread_mutex_unlock(&b->lock);
    if (json_object_get(j, "config"))
        config_take(b, a, json_object_get(j, "config"));
    return 0;
}

static int block(struct box *b, struct arena *a, struct err *e)
{
    json_t *j;
    if (b->numbers.first > 0 && b->numbers.last - b->numbers.at >= BLOCK_LOW)
        return 0;
    if (ask(b, a, STR("/api/v1/edge/block"), STR("{}"), &j, e))
        return -1;
    pthread_mutex_lock(&b->lock);
    int result = box_block_take(a, b->dir, &b->numbers, number_of(j, "first"), number_of(j, "last"), e);
    pthread_mutex_unlock(&b->lock);
    return result;
}

static int settle(struct box *b, struct arena *a, const json_t *acts, struct err *e)
{
    for (size_t i = 0; i < json_array_size(acts); i++) {
        const json_t *act = json_array_get(acts, i);
        struct str state = str_or_empty(json_str_at(act, "state"));
        bool there = str_eq(state, STR("taken")) || str_eq(state, STR("again"));
        if (box_spool_drop(a, b->dir, number_of(act, "sequence"), !there, e))
            return -1;
    }
    return 0;
}

/* One message of acts; 1 there may be more, 0 the spool is empty. */
static int send_some(struct box *b, struct arena *a, struct err *e)
{
    struct box_acts acts;
    struct buf body;
    json_t *j;
    size_t sent = 0;
    if (box_spool_list(a, b->dir, SEND_ACTS, &acts, e))
        return -1;
    buf_init(&body, a, 2 * BOX_FILE_MAX);
    buf_lit(&body, "{\"acts\":[");
    while (sent < acts.n && (sent == 0 || body.n + acts.v[sent].body.n < SEND_BYTES)) {
        if (sent > 0)
            buf_put_char(&body, ',');
        buf_put(&body, acts.v[sent++].body);
    }
    buf_lit(&body, "]}");
    if (sent == 0)
        return 0;
    if (ask(b, a, STR("/api/v1/edge/acts"), buf_str(&body), &j, e))
        return -1;
    return settle(b, a, json_object_get(j, "acts"), e) ? -1 : 1;
}

int box_turn(struct box *b, struct arena *a, struct err *e)
{
    int more = 1;
    if (beat(b, a, e) || block(b, a, e))
        return -1;
    while (more == 1) {
        arena_clear(a);
        more = send_some(b, a, e);
    }
    return more;
}

/* ---- enrolment ---- */

static int enrolled(struct arena *a, const char *dir, struct box_identity *me, const json_t *j, struct err *e)
{
    struct str seal;
    const json_t *keys = json_object_get(j, "keys");
    me->device = number_of(j, "device");
    me->mode = str_or_empty(json_str_at(j, "mode"));
    if (!str_unbase64url(a, str_or_empty(json_str_at(j, "seal_key")), &seal) || seal.n != EDGE_SEAL_KEY)
        return ERR(e, ERR_SOURCE, "the server gave no key to seal to");
    memcpy(me->seal_key, seal.p, seal.n);
    for (size_t i = 0; i < json_array_size(keys) && me->n_keys < BOX_KEYS_MAX; i++) {
        const json_t *key = json_array_get(keys, i);
        struct str text = json_str(key);
        if (!text.p || jwk_read(a, text, &me->keys[me->n_keys++], e))
            return ERR(e, ERR_SOURCE, "the server gave a key that is none");
    }
    return box_identity_save(a, dir, me, e);
}

int box_enrol(struct arena *a, const char *dir, struct str server, struct str code, struct err *e)
{
    struct box_identity me = { .server = server };
    struct ask_answer answer;
    json_t *j = NULL;
    if ((mkdir(dir, 0700) && errno != EEXIST) || sodium_init() < 0)
        return ERR(e, ERR_INTERNAL, "%s: %s", dir, strerror(errno));
    crypto_sign_keypair(me.public_key, me.secret);
    struct str key = str_base64url(a, me.public_key, sizeof(me.public_key));
    struct box_ask ask = { .method = "POST",
                           .path = STR("/api/v1/edge/enrol"),
                           .type = STR("application/json"),
                           .body = str_fmt(a, "{\"code\":\"%.*s\",\"public_key\":\"%.*s\",\"version\":\"1\"}", STR_ARG(code),
                                           STR_ARG(key)) };
    if (box_link_ask(a, server, &ask, &answer, e))
        return -1;
    if (answer.status != 200 || json_read(a, answer.body, &j, NULL))
        return ERR_SAY(e, ERR_FORBIDDEN,
                       MSGS("Mã ghi danh không đúng, đã dùng hoặc quá 24 giờ. Xin tạo mã mới ở trang quản trị."), "the server answered %ld",
                       answer.status);
    int result = enrolled(a, dir, &me, j, e);
    secret_wipe(&me, sizeof(me));
    return result;
}
