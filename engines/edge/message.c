/* message.c: what a device signs, and how the server knows that it did and that it has not heard this before. */
#include "engines/edge/inside.h"

#include "platform/crypto/crypto.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

struct str edge_message_text(struct arena *a, const char *method, struct str path, const struct edge_message *m,
                             struct str body)
{
    struct hash32 digest = sha256(body);
    struct str hex = str_hex(a, digest.b, sizeof(digest.b));
    return str_fmt(a, "bon-edge-1\n%s\n%.*s\n%lld\n%lld\n%lld\n%.*s\n", method, STR_ARG(path), (long long)m->device,
                   (long long)m->sequence, (long long)m->at_ms, STR_ARG(hex));
}

struct str edge_message_sign(struct arena *a, const uint8_t secret[EDGE_SECRET], const char *method, struct str path,
                             const struct edge_message *m, struct str body)
{
    uint8_t signature[EDGE_SIGNATURE];
    struct str text = edge_message_text(a, method, path, m, body);
    ASSERT(sodium_init() >= 0);
    crypto_sign_detached(signature, NULL, (const unsigned char *)text.p, text.n, secret);
    struct str coded = str_base64url(a, signature, sizeof(signature));
    return str_fmt(a, "%lld;%lld;%lld;%.*s", (long long)m->device, (long long)m->sequence, (long long)m->at_ms,
                   STR_ARG(coded));
}

static bool header_read(struct str header, struct edge_message *m, struct str *signature)
{
    struct str rest = header, device, sequence, at;
    if (!header.p || !str_cut(&rest, ';', &device) || !str_cut(&rest, ';', &sequence) || !str_cut(&rest, ';', &at))
        return false;
    *signature = rest;
    return str_to_i64(device, &m->device) && str_to_i64(sequence, &m->sequence) && str_to_i64(at, &m->at_ms) &&
           m->device > 0 && m->sequence > 0 && m->at_ms > 0;
}

static bool signature_fits(struct req *q, const struct edge_device *d, const struct edge_message *m, struct str coded)
{
    struct str signature, text = edge_message_text(q->arena, method_name(q->method), q->path, m, q->body);
    ASSERT(sodium_init() >= 0);
    return d->public_key.n == EDGE_KEY && str_unbase64url(q->arena, coded, &signature) &&
           signature.n == EDGE_SIGNATURE &&
           crypto_sign_verify_detached((const unsigned char *)signature.p, (const unsigned char *)text.p, text.n,
                                       (const unsigned char *)d->public_key.p) == 0;
}

/* One sentence for all of them: who tries keys learns nothing. */
static int refuse_stranger(struct err *e, const char *why)
{
    return ERR_SAY(e, ERR_SIGN_IN,
                   MSGS("Máy này chưa được ghi danh, đã bị thu hồi, hoặc khoá của máy không đúng. Xin báo kỹ thuật viên."), "%s",
                   why);
}

int edge_message_read(struct req *q, struct edge_device *who, struct edge_message *m, struct err *e)
{
    struct str signature;
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    if (!header_read(req_header(q, EDGE_SIGNED_HEADER), m, &signature))
        return refuse_stranger(e, "no signed header");
    int got = edge_device_by_id(r, q->arena, m->device, who, e);
    if (got < 0)
        return -1;
    if (got == 0 || who->revoked || !signature_fits(q, who, m, signature))
        return refuse_stranger(e, got == 0 ? "no such device" : who->revoked ? "revoked" : "signature");
    int64_t skew = m->at_ms - q->now.us / 1000;
    if (skew > EDGE_SKEW_MS || skew < -EDGE_SKEW_MS) {
        ERR_SAY(e, ERR_INPUT, MSGS("Đồng hồ của máy lệch quá hai phút so với máy chủ. Máy sẽ tự chỉnh theo giờ máy chủ."),
                "device %lld is off by %lld ms", (long long)m->device, (long long)skew);
        snprintf(e->field, sizeof(e->field), "clock");
        return -1;
    }
    return 0;
}

int edge_message_take(struct tx *tx, const struct edge_message *m, struct err *e)
{
    int64_t changed;
    if (edge_device_step(tx, &(struct edge_device_step_in) { .id = m->device, .sequence = m->sequence }, &changed, e))
        return -1;
    if (changed == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Tin này của máy đã được nhận trước đó."), "message %lld of device %lld again",
                       (long long)m->sequence, (long long)m->device);
    return 0;
}
