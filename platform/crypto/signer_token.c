/* signer_token.c: tokens and the ring, asked of the signer. */
#include "platform/crypto/jose_internal.h"
#include "platform/crypto/signer_internal.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int answer_refused(const json_t *j, struct err *e)
{
    const char *why = json_string_value(json_object_get(j, "error"));
    return ERR(e, ERR_SIGNER, "the signer refused: %s", why ? why : "an answer that is not understood");
}

/* head "." payload "." signature, without a jump over jansson's memory. */
static int join(struct arena *a, const json_t *j, struct str payload, struct str *token, struct err *e)
{
    struct str head = json_str_at(j, "head"), signature = json_str_at(j, "signature");
    if (!head.p || !signature.p)
        return answer_refused(j, e);
    *token = str_fmt(a, "%.*s.%.*s.%.*s", STR_ARG(head), STR_ARG(payload), STR_ARG(signature));
    return 0;
}

int signer_token(struct signer *s, struct arena *a, const struct token_order *t, struct str *token, struct err *e)
{
    json_t *j;
    if (t->claims.n > SIGNER_PAYLOAD_MAX)
        return ERR(e, ERR_TOO_LARGE, "claims of %zu bytes, at most %d", t->claims.n, SIGNER_PAYLOAD_MAX);
    struct str payload = str_base64url(a, t->claims.p, t->claims.n);
    struct str question =
        str_fmt(a, "{\"alg\":\"%s\",\"at\":%lld,\"op\":\"token\",\"payload\":\"%.*s\",\"purpose\":\"%s\",\"typ\":\"%s\"}",
                jose_alg_name(t->alg), (long long)t->now.us, STR_ARG(payload), t->purpose, t->typ);
    if (signer_ask(s, a, question, &j, e))
        return -1;
    return join(a, j, payload, token, e);
}

static int read_key(const json_t *j, struct ring_key *out, struct err *e)
{
    struct jose_key checked;
    struct str kid = json_str_at(j, "kid"), members;
    const json_t *jwk = json_object_get(j, "jwk");
    struct ring_key k = { .alg = (enum jose_alg)jose_alg_named(json_str_at(j, "alg")),
                          .from = { json_integer_value(json_object_get(j, "from")) },
                          .until = { json_integer_value(json_object_get(j, "until")) } };
    if (!k.alg || jose_key_read(jwk, &checked, e) != 1)
        return answer_refused(j, e);
    char *text = json_dumps(jwk, JSON_COMPACT | JSON_SORT_KEYS);
    members = str_of(text);
    bool same = str_eq(kid, str_of(checked.thumbprint)) && members.n > 2 && members.n - 2 < sizeof k.members;
    if (same) {
        snprintf(k.kid, sizeof k.kid, "%.*s", STR_ARG(kid));
        snprintf(k.members, sizeof k.members, "%.*s", (int)(members.n - 2), members.p + 1);
    }
    free(text);
    EVP_PKEY_free(checked.key);
    if (!same)
        return answer_refused(j, e);
    *out = k;
    return 0;
}

int signer_ring(struct signer *s, struct arena *a, const char *purpose, struct ring_key *keys, size_t *n, size_t max,
                struct err *e)
{
    json_t *j;
    struct str question = str_fmt(a, "{\"op\":\"ring\",\"purpose\":\"%s\"}", purpose);
    if (signer_ask(s, a, question, &j, e))
        return -1;
    const json_t *list = json_object_get(j, "keys");
    int result = json_is_array(list) ? 0 : answer_refused(j, e);
    size_t count = json_array_size(list) < max ? json_array_size(list) : max;
    for (size_t i = 0; result == 0 && i < count; i++)
        result = read_key(json_array_get(list, i), &keys[i], e);
    if (result == 0)
        *n = count;
    return result;
}
