/* request_store.c: requests that were pushed, or wait while their person signs in and decides. A pushed one waits a minute
 * and a half for the browser; once the browser has come, it waits as long as a person may need. */
#include "engines/signon/request.h"

#include "base/json.h"

#include <jansson.h>

enum { PARAMS_MAX = 32 * 1024, PARAMS_MOST = 64 };

/* An array of names and values in turn: order and repetition stay. */
static struct str params_text(struct arena *a, struct params p)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, a, PARAMS_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_array(&j, "params");
    for (size_t i = 0; i < p.n; i++) {
        json_out_item_str(&j, p.v[i].name);
        json_out_item_str(&j, p.v[i].value);
    }
    json_out_end(&j);
    json_out_end(&j);
    return b.full ? STR_NONE : buf_str(&b);
}

static int params_read(struct req *q, struct str text, struct params *out, struct err *e)
{
    json_t *j;
    if (json_read(q->arena, text, &j, e))
        return -1;
    const json_t *list = json_object_get(j, "params");
    struct param *v = arena_new_array(q->arena, struct param, json_array_size(list) / 2);
    size_t n = 0;
    for (size_t i = 0; i + 1 < json_array_size(list); i += 2) {
        const json_t *name = json_array_get(list, i), *value = json_array_get(list, i + 1);
        v[n++] = (struct param) { json_str(name), json_str(value) };
    }
    *out = (struct params) { v, n };
    return 0;
}

/* The proof that came with the push binds the code as dpop_jkt does (RFC 9449 section 10.1). */
static int bind_to_proof(struct auth_request *r, struct str jkt, struct err *e)
{
    if (!jkt.p)
        return 0;
    if (r->jkt.p && !str_eq(r->jkt, jkt))
        return oauth_refuse(e, "invalid_dpop_proof", "dpop_jkt is not the key of the proof");
    r->jkt = jkt;
    return 0;
}

int request_load(struct req *q, struct str handle, struct auth_request *out, struct err *e)
{
    struct request_find_row row;
    struct hash32 key;
    struct params p;
    const struct signon_client *client;
    struct dbr *r = req_read(q, e);
    *out = (struct auth_request) { 0 };
    if (!r)
        return -1;
    int found = handle_key(handle, &key) ? request_find(r, q->arena, &(struct request_find_in) { .key = key }, &row, e) : 0;
    if (found < 0)
        return -1;
    if (found == 0 || row.has_used_at || row.expires_at.us <= q->now.us)
        return oauth_refuse(e, "invalid_request_uri", "the request is not known, is over or has had its answer");
    int known = client_of(q, row.client, &client, e);
    if (known < 0 || params_read(q, row.params, &p, e))
        return -1;
    if (known == 0)
        return oauth_refuse(e, "invalid_request_uri", "its client is gone");
    if (request_read(q, p, client, true, out, e) || bind_to_proof(out, row.jkt, e))
        return -1;
    out->handle = handle;
    out->key = key;
    out->made_at = row.made_at;
    out->expires_at = row.expires_at;
    out->stored = true;
    return 0;
}

int request_keep(struct tx *tx, struct arena *a, struct auth_request *r, int64_t seconds, struct err *e)
{
    struct instant until = { tx_now(tx).us + seconds * US_PER_SECOND };
    if (r->stored) {
        struct instant most = { r->made_at.us + PENDING_S * US_PER_SECOND };
        return request_extend(tx, &(struct request_extend_in) { .key = r->key, .expires_at = most }, NULL, e);
    }
    struct hash32 key;
    r->handle = handle_new(a, tx_now(tx), &key);
    struct request_insert_in in = { .key = key,
                                    .client = r->client->id,
                                    .params = params_text(a, r->params),
                                    .jkt = r->jkt,
                                    .made_at = tx_now(tx),
                                    .expires_at = until };
    if (!in.params.p)
        return oauth_refuse(e, "invalid_request", "the request is longer than %d bytes", PARAMS_MAX);
    return request_insert(tx, &in, NULL, e);
}

int request_use(struct tx *tx, const struct auth_request *r, struct err *e)
{
    int64_t changed = 0;
    if (!r->stored)
        return 0;
    if (request_used(tx, &(struct request_used_in) { .key = r->key, .now = tx_now(tx) }, &changed, e))
        return -1;
    return changed == 1 ? 0 : oauth_refuse(e, "invalid_request_uri", "the request has had its answer");
}
