/* api.c: what devices say to the server: that they are there, how they are, and what they took while they were cut off. Each message
 * is signed and numbered (message.c); enrolment alone goes by a one-time code.
 */
#include "engines/edge/config.h"
#include "engines/edge/inside.h"

#include "base/json.h"
#include "engines/credentials/throttle.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/signer.h"

#include <jansson.h>

enum { ACTS_MOST = 20, API_BODY_MAX = 1000 * 1000, ANSWER_MAX = 32 * 1024, KEYS_MOST = 4 };

const struct form edge_json_form = { .name = "edge_json", .max_body = API_BODY_MAX };

static int64_t number_of(const json_t *j, const char *key)
{
    const json_t *v = json_object_get(j, key);
    return json_is_integer(v) ? json_integer_value(v) : 0;
}

struct answer {
    struct buf b;
    struct json_out j;
};

static struct answer *answer_open(struct req *q)
{
    struct answer *out = arena_new(q->arena, struct answer);
    buf_init(&out->b, q->arena, ANSWER_MAX);
    json_out_init(&out->j, &out->b);
    json_out_open(&out->j);
    return out;
}

static int answer_send(struct req *q, struct res *s, struct answer *a)
{
    json_out_end(&a->j);
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    return res_text(s, "application/json", buf_str(&a->b));
}

/* With the server's time: a device whose clock is off puts it right by that. */
int edge_refuse(struct req *q, struct res *s, const struct err *why)
{
    struct answer *a = answer_open(q);
    json_out_str(&a->j, "error", str_of(err_name(why->code)));
    json_out_str(&a->j, "field", str_of(why->field));
    json_out_int(&a->j, "now_ms", q->now.us / 1000);
    json_out_str(&a->j, "say", tr(q->lang, err_sentence(why)));
    s->status = err_http_status(why->code);
    return answer_send(q, s, a);
}

static void put_config(struct answer *a, const struct edge_config_signed *c)
{
    json_out_object(&a->j, "config");
    json_out_str(&a->j, "body", c->body);
    json_out_int(&a->j, "number", c->number);
    json_out_str(&a->j, "signature", c->signature);
    json_out_end(&a->j);
}

/* ---- enrolment ---- */

struct enrolling {
    struct hash32 code;
    struct str public_key;
    struct guess guess;
    struct edge_device device;
    struct edge_config_signed config;
    bool good;
};

static int code_device(struct req *q, struct dbr *r, struct enrolling *w, struct err *e)
{
    struct edge_code_row_row row;
    int got = edge_code_row(r, q->arena, &(struct edge_code_row_in) { .hash = w->code }, &row, e);
    if (got != 1 || row.has_used_at || row.expires_at.us <= q->now.us)
        return got < 0 ? -1 : 0;
    got = edge_device_by_id(r, q->arena, row.device, &w->device, e);
    return got == 1 ? !w->device.revoked : got;
}

int edge_enrol_prepare(struct req *q, struct err *e)
{
    struct enrolling *w = arena_new(q->arena, struct enrolling);
    struct dbr *r = req_read(q, e);
    int64_t seconds;
    q->work = w;
    w->guess = guess_of(q, 0, STR("edge/code"));
    if (!r || guess_wait_s(q, r, &w->guess, &seconds, e))
        return -1;
    if (seconds > 0)
        return ERR_SAY(e, ERR_RATE, MSGS("Mã ghi danh đã sai nhiều lần. Xin chờ một lát rồi thử lại."), "%lld s", (long long)seconds);
    if (!str_unbase64url(q->arena, json_str_at(q->json, "public_key"), &w->public_key) || w->public_key.n != EDGE_KEY)
        return ERR(e, ERR_INPUT, "public_key is not 32 bytes as base64url");
    w->code = edge_code_hash(q->arena, json_str_at(q->json, "code"));
    int got = code_device(q, r, w, e);
    if (got == 1 && edge_config_make(q, &w->device, &w->config, e))
        return -1;
    w->good = got == 1;
    return got < 0 ? -1 : 0;
}

static int enrol_rows(struct req *q, struct tx *tx, struct enrolling *w, struct err *e)
{
    int64_t used, changed;
    struct audit_record rec = audit_of(q, STR("edge.enrolled"));
    rec.account_name = w->device.name;
    rec.unit = w->device.unit;
    rec.object = str_fmt(q->arena, "device/%lld", (long long)w->device.id);
    if (edge_code_use(tx, &(struct edge_code_use_in) { .hash = w->code, .now = tx_now(tx) }, &used, e) ||
        edge_device_enrol(tx,
                          &(struct edge_device_enrol_in) { .id = w->device.id, .public_key = w->public_key, .now = tx_now(tx) },
                          &changed, e))
        return -1;
    if (used == 0 || changed == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Mã ghi danh vừa được dùng. Xin tạo mã mới ở trang quản trị."), "code used meanwhile");
    return edge_config_store(tx, w->device.id, &w->config, e) || guess_right(tx, &w->guess, e) ||
                   audit_write(tx, q->arena, &rec, NULL, e)
               ? -1
               : 0;
}

int edge_enrol_write(struct req *q, struct tx *tx, struct err *e)
{
    struct enrolling *w = q->work;
    if (w->good)
        return enrol_rows(q, tx, w, e);
    tx_unaudited(tx, "a wrong code is counted");
    return guess_wrong(tx, &w->guess, e);
}

static int put_keys(struct req *q, struct answer *a, struct err *e)
{
    struct jwk keys[KEYS_MOST];
    size_t n;
    if (signer_keys(q->signer, q->arena, EDGE_PURPOSE, keys, &n, KEYS_MOST, e))
        return -1;
    json_out_array(&a->j, "keys");
    for (size_t i = 0; i < n; i++)
        json_out_item_str(&a->j, jwk_json(q->arena, &keys[i]));
    json_out_end(&a->j);
    return 0;
}

int edge_enrol_reply(struct req *q, struct res *s, struct err *e)
{
    struct enrolling *w = q->work;
    uint8_t public_key[EDGE_SEAL_KEY], secret[EDGE_SEAL_KEY];
    if (!w->good)
        return ERR_SAY(e, ERR_FORBIDDEN,
                       MSGS("Mã ghi danh không đúng, đã dùng hoặc quá 24 giờ. Xin tạo mã mới ở trang quản trị."), "code");
    if (edge_seal_pair(q->app, q->arena, public_key, secret, e))
        return -1;
    secret_wipe(secret, sizeof(secret));
    struct answer *a = answer_open(q);
    put_config(a, &w->config);
    json_out_int(&a->j, "device", w->device.id);
    if (put_keys(q, a, e))
        return -1;
    json_out_str(&a->j, "mode", str_of(q->app->settings.mode));
    json_out_int(&a->j, "now_ms", q->now.us / 1000);
    json_out_str(&a->j, "seal_key", str_base64url(q->arena, public_key, sizeof(public_key)));
    return answer_send(q, s, a);
}

/* ---- heartbeat ---- */

struct signed_work {
    struct edge_device device;
    struct edge_message message;
    struct edge_beat_put_in beat;
    struct edge_config_signed config;
    int64_t held;        /* configuration that the device has */
    int64_t first, last; /* of the new block */
    struct edge_act_insert_in *acts;
    struct str *states;
    size_t n_acts;
};

static struct signed_work *signed_begin(struct req *q, struct err *e)
{
    struct signed_work *w = arena_new(q->arena, struct signed_work);
    q->work = w;
    return edge_message_read(q, &w->device, &w->message, e) ? NULL : w;
}

/* A word of the device's, if it is one we know. */
static bool word_of(const json_t *j, const char *key, const char *const *known, struct str *out)
{
    struct str word = json_str_at(j, key);
    for (; *known; known++)
        if (str_eq(word, str_of(*known)))
            *out = str_of(*known);
    return out->p != NULL;
}

int edge_beat_prepare(struct req *q, struct err *e)
{
    static const char *const papers[] = { "ok", "low", "out", "jam", "none", NULL };
    static const char *const inks[] = { "ok", "low", "out", "none", NULL };
    static const char *const readers[] = { "ok", "down", "none", NULL };
    struct signed_work *w = signed_begin(q, e);
    if (!w)
        return -1;
    struct edge_beat_put_in *b = &w->beat;
    *b = (struct edge_beat_put_in) { .device = w->device.id,
                                     .disk_mb = number_of(q->json, "disk_mb"),
                                     .temperature = number_of(q->json, "temperature"),
                                     .waiting = number_of(q->json, "waiting"),
                                     .skew_ms = w->message.at_ms - q->now.us / 1000,
                                     .version = str_head(str_or_empty(json_str_at(q->json, "version")), 40) };
    if (json_is_integer(json_object_get(q->json, "skew_ms"))) /* its own clock's, before it was put right */
        b->skew_ms = number_of(q->json, "skew_ms");
    w->held = number_of(q->json, "config");
    if (!word_of(q->json, "paper", papers, &b->paper) || !word_of(q->json, "ink", inks, &b->ink) ||
        !word_of(q->json, "reader", readers, &b->reader))
        return ERR(e, ERR_INPUT, "paper, ink or reader is no word of a heartbeat");
    return edge_config_of(req_read(q, e), q->arena, w->device.id, &w->config, e);
}

int edge_beat_write(struct req *q, struct tx *tx, struct err *e)
{
    struct signed_work *w = q->work;
    tx_unaudited(tx, "how a device is says nothing of anyone");
    w->beat.now = tx_now(tx);
    return edge_message_take(tx, &w->message, e) || edge_beat_put(tx, &w->beat, NULL, e) ? -1 : 0;
}

int edge_beat_reply(struct req *q, struct res *s, struct err *e)
{
    const struct signed_work *w = q->work;
    struct answer *a = answer_open(q);
    (void)e;
    if (w->config.number > w->held)
        put_config(a, &w->config);
    json_out_bool(&a->j, "locked", w->device.locked);
    json_out_int(&a->j, "now_ms", q->now.us / 1000);
    json_out_str(&a->j, "token", edge_token_new(q->app, q->arena, &w->device, q->now));
    return answer_send(q, s, a);
}

/* ---- number blocks ---- */

int edge_block_prepare(struct req *q, struct err *e)
{
    return signed_begin(q, e) ? 0 : -1;
}

int edge_block_write(struct req *q, struct tx *tx, struct err *e)
{
    struct signed_work *w = q->work;
    struct edge_block_top_row top;
    struct audit_record rec = audit_of(q, STR("edge.block_given"));
    if (edge_message_take(tx, &w->message, e) ||
        edge_block_top(tx_reader(tx), q->arena, &(struct edge_block_top_in) { .unit = w->device.unit }, &top, e) < 0)
        return -1;
    w->first = top.top + 1;
    w->last = top.top + EDGE_BLOCK;
    rec.account_name = w->device.name;
    rec.unit = w->device.unit;
    rec.object = str_fmt(q->arena, "device/%lld", (long long)w->device.id);
    rec.detail = str_fmt(q->arena, "{\"first\":%lld,\"last\":%lld}", (long long)w->first, (long long)w->last);
    return edge_block_insert(tx,
                             &(struct edge_block_insert_in) { .unit = w->device.unit,
                                                              .first_n = w->first,
                                                              .last_n = w->last,
                                                              .device = w->device.id,
                                                              .now = tx_now(tx) },
                             NULL, e) ||
                   audit_write(tx, q->arena, &rec, NULL, e)
               ? -1
               : 0;
}

int edge_block_reply(struct req *q, struct res *s, struct err *e)
{
    const struct signed_work *w = q->work;
    struct answer *a = answer_open(q);
    (void)e;
    json_out_int(&a->j, "first", w->first);
    json_out_int(&a->j, "last", w->last);
    return answer_send(q, s, a);
}

/* ---- acts taken while cut off ---- */

static int act_read(struct req *q, const struct signed_work *w, const json_t *j, struct edge_act_insert_in *out, struct err *e)
{
    struct str sealed;
    *out = (struct edge_act_insert_in) { .device = w->device.id,
                                         .sequence = number_of(j, "sequence"),
                                         .number = json_str_at(j, "number") };
    if (!str_unbase64url(q->arena, json_str_at(j, "sealed"), &sealed) || sealed.n == 0 || sealed.n > EDGE_SEALED_MAX ||
        out->sequence <= 0 || !out->number.p || out->number.n > 40 ||
        !instant_parse(str_or_empty(json_str_at(j, "made_at")), &out->made_at))
        return ERR(e, ERR_INPUT, "an act without sealed bytes, sequence, number or time");
    out->sealed = sealed;
    out->digest = sha256(sealed);
    return 0;
}

int edge_acts_prepare(struct req *q, struct err *e)
{
    struct signed_work *w = signed_begin(q, e);
    if (!w)
        return -1;
    const json_t *acts = json_object_get(q->json, "acts");
    w->n_acts = json_array_size(acts);
    if (w->n_acts == 0 || w->n_acts > ACTS_MOST)
        return ERR(e, ERR_INPUT, "%zu acts in one message, at least 1 and at most %d", w->n_acts, ACTS_MOST);
    w->acts = arena_new_array(q->arena, struct edge_act_insert_in, w->n_acts);
    w->states = arena_new_array(q->arena, struct str, w->n_acts);
    for (size_t i = 0; i < w->n_acts; i++)
        if (act_read(q, w, json_array_get(acts, i), &w->acts[i], e))
            return -1;
    return 0;
}

/* Of a block that was given to this device: nobody gives out a neighbour's numbers. */
static int number_is_own(struct req *q, struct tx *tx, const struct signed_work *w, struct str number, struct err *e)
{
    struct edge_block_holder_in in;
    struct edge_block_holder_row row;
    if (!edge_provisional_read(number, &in.unit, &in.n))
        return 0;
    int got = edge_block_holder(tx_reader(tx), q->arena, &in, &row, e);
    return got == 1 ? row.device == w->device.id : got;
}

/* "taken": it is in the store; "again": it was already; "clash": another act has this number of the device's; "foreign": not its number. */
static int act_take(struct req *q, struct tx *tx, const struct signed_work *w, struct edge_act_insert_in *act, struct str *state,
                    struct err *e)
{
    struct edge_act_same_row same;
    int64_t id;
    int got = edge_act_same(tx_reader(tx), q->arena,
                            &(struct edge_act_same_in) { .device = w->device.id, .sequence = act->sequence }, &same, e);
    if (got < 0)
        return -1;
    if (got == 1) {
        *state = hash32_eq(&same.digest, &act->digest) ? STR("again") : STR("clash");
        return 0;
    }
    int own = number_is_own(q, tx, w, act->number, e);
    *state = own ? STR("taken") : STR("foreign");
    act->now = tx_now(tx);
    return own < 0 || (own && edge_act_insert(tx, act, &id, e)) ? -1 : 0;
}

int edge_acts_write(struct req *q, struct tx *tx, struct err *e)
{
    struct signed_work *w = q->work;
    struct audit_record rec = audit_of(q, STR("edge.acts_came"));
    rec.account_name = w->device.name;
    rec.unit = w->device.unit;
    rec.object = str_fmt(q->arena, "device/%lld", (long long)w->device.id);
    rec.detail = str_fmt(q->arena, "{\"acts\":%zu}", w->n_acts);
    if (edge_message_take(tx, &w->message, e))
        return -1;
    for (size_t i = 0; i < w->n_acts; i++)
        if (act_take(q, tx, w, &w->acts[i], &w->states[i], e))
            return -1;
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int edge_acts_reply(struct req *q, struct res *s, struct err *e)
{
    const struct signed_work *w = q->work;
    struct answer *a = answer_open(q);
    (void)e;
    json_out_array(&a->j, "acts");
    for (size_t i = 0; i < w->n_acts; i++) {
        json_out_item_object(&a->j);
        json_out_int(&a->j, "sequence", w->acts[i].sequence);
        json_out_str(&a->j, "state", w->states[i]);
        json_out_end(&a->j);
    }
    json_out_end(&a->j);
    return answer_send(q, s, a);
}
