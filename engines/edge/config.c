#include "engines/edge/config.h"

#include "engines/edge/inside.h"

#include "base/json.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/signer.h"

#include <jansson.h>
#include <stdio.h>

static struct str config_text(struct arena *a, const struct edge_device *d, int64_t number)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, a, EDGE_CONFIG_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_int(&j, "device", d->id);
    json_out_str(&j, "format", STR(EDGE_CONFIG_FORMAT));
    json_out_int(&j, "idle_s", EDGE_IDLE_S);
    json_out_str(&j, "name", d->name);
    json_out_int(&j, "number", number);
    json_out_str(&j, "place", d->place);
    json_out_str(&j, "unit", unit_code_str(&d->unit));
    json_out_end(&j);
    return buf_str(&b);
}

int edge_config_of(struct dbr *r, struct arena *a, int64_t device, struct edge_config_signed *out, struct err *e)
{
    struct edge_config_last_row row;
    int got = edge_config_last(r, a, &(struct edge_config_last_in) { .device = device }, &row, e);
    *out = (struct edge_config_signed) { 0 };
    if (got == 1)
        *out = (struct edge_config_signed) { row.number, row.body, row.signature };
    return got < 0 ? -1 : 0;
}

int edge_config_make(struct req *q, const struct edge_device *d, struct edge_config_signed *out, struct err *e)
{
    struct edge_config_signed last;
    struct dbr *r = req_read(q, e);
    if (!r || edge_config_of(r, q->arena, d->id, &last, e))
        return -1;
    out->number = last.number + 1;
    out->body = config_text(q->arena, d, out->number);
    return signer_sign(q->signer, q->arena, EDGE_PURPOSE, out->body, &out->signature, e);
}

int edge_config_store(struct tx *tx, int64_t device, const struct edge_config_signed *c, struct err *e)
{
    return edge_config_insert(tx,
                              &(struct edge_config_insert_in) { .device = device,
                                                                .number = c->number,
                                                                .body = c->body,
                                                                .signature = c->signature,
                                                                .now = tx_now(tx) },
                              NULL, e);
}

/* ---- on the device ---- */

static int refuse(struct err *e, const char *field, struct str say, const char *why)
{
    ERR_SAY(e, ERR_FORBIDDEN, say, "%s", why);
    if (e)
        snprintf(e->field, sizeof(e->field), "%s", field);
    return -1;
}

static bool signed_by_one(struct arena *a, const struct edge_config_signed *c, const struct jwk *keys, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (jws_check_detached(a, c->signature, c->body, &keys[i], NULL) == 0)
            return true;
    return false;
}

static int64_t number_of(const json_t *j, const char *key)
{
    const json_t *v = json_object_get(j, key);
    return json_is_integer(v) ? json_integer_value(v) : 0;
}

static bool config_read(struct arena *a, struct str body, struct edge_config *out)
{
    json_t *j = NULL;
    if (json_read(a, body, &j, NULL))
        return false;
    *out = (struct edge_config) { .device = number_of(j, "device"),
                                  .number = number_of(j, "number"),
                                  .idle_s = number_of(j, "idle_s"),
                                  .name = str_or_empty(json_str_at(j, "name")),
                                  .place = str_or_empty(json_str_at(j, "place")) };
    return str_eq(json_str_at(j, "format"), STR(EDGE_CONFIG_FORMAT)) &&
           unit_code_parse(str_or_empty(json_str_at(j, "unit")), &out->unit) && out->idle_s >= 10 && out->idle_s <= 600;
}

int edge_config_check(struct arena *a, const struct edge_config_signed *c, const struct jwk *keys, size_t n_keys, int64_t device,
                      int64_t held, struct edge_config *out, struct err *e)
{
    struct edge_config read;
    if (c->body.n > EDGE_CONFIG_MAX || !signed_by_one(a, c, keys, n_keys))
        return refuse(e, "signature", MSGS("Cấu hình không do máy chủ đã ghi danh máy này ký, hoặc đã bị sửa. Máy giữ cấu hình cũ."),
                      "signature");
    if (!config_read(a, c->body, &read))
        return refuse(e, "format", MSGS("Cấu hình không đúng dạng. Máy giữ cấu hình cũ."), "format");
    if (read.device != device)
        return refuse(e, "device", MSGS("Cấu hình này dành cho máy khác. Máy giữ cấu hình cũ."), "another device's");
    if (read.number < held)
        return refuse(e, "number", MSGS("Cấu hình này cũ hơn cấu hình máy đang giữ."), "older than what is held");
    *out = read;
    return 0;
}
