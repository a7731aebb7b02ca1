/* introspect.c: a resource server asks whether a token is good (RFC 7662). One row is read; whoever has no business with the token learns
 * no more than that it is not good. A client assertion is not kept here: an answer gives nothing that could be used twice. */
#include "engines/signon/endpoints.h"

#include "base/json.h"
#include "engines/signon/check.h"
#include "engines/signon/client_auth.h"
#include "engines/signon/resource.h"

static const struct field introspect_fields[] = {
    { .name = "token", .type = FIELD_SECRET, .required = true },
    { .name = "token_type_hint", .type = FIELD_TEXT },
    { .name = "client_id", .type = FIELD_TEXT },
    { .name = "client_secret", .type = FIELD_SECRET },
    { .name = "client_assertion", .type = FIELD_SECRET },
    { .name = "client_assertion_type", .type = FIELD_TEXT },
    { .name = NULL },
};
const struct form introspect_form = { .name = "introspect", .fields = introspect_fields };

static bool may_know(const struct signon_client *asker, const struct token_find_by_key_row *row)
{
    struct str rest = row->resource, word;
    bool serves = false;
    while (rest.n > 0 && str_cut(&rest, ' ', &word))
        serves |= str_list_has(&asker->serves, word);
    return serves || str_eq(asker->id, row->client);
}

/* The name under which the asker's sector knows the person. */
static int subject(struct req *q, const struct token_find_by_key_row *row, struct str *out, struct err *e)
{
    const struct signon_client *c;
    int known = client_of(q, row->client, &c, e);
    *out = known == 1 && row->has_account ? subject_of(q, c, row->account) : row->client;
    return known < 0 ? -1 : 0;
}

static int put_good(struct req *q, struct json_out *j, const struct token_find_by_key_row *row, struct err *e)
{
    struct str sub;
    if (subject(q, row, &sub, e))
        return -1;
    json_out_bool(j, "active", true);
    json_out_raw(j, "aud", resources_audience(q->arena, row->resource, str_of(q->app->settings.base_url)));
    json_out_str(j, "client_id", row->client);
    if (row->jkt.p) {
        json_out_object(j, "cnf");
        json_out_str(j, "jkt", row->jkt);
        json_out_end(j);
    }
    json_out_int(j, "exp", row->expires_at.us / US_PER_SECOND);
    json_out_int(j, "iat", row->made_at.us / US_PER_SECOND);
    json_out_str(j, "iss", str_of(q->app->settings.base_url));
    json_out_str(j, "scope", row->scope);
    json_out_str(j, "sub", sub);
    json_out_str(j, "token_type", row->jkt.p ? STR("DPoP") : STR("Bearer"));
    return 0;
}

int introspect_reply(struct req *q, struct res *s, struct err *e)
{
    struct client_proof proof;
    struct token_find_by_key_row row;
    struct hash32 key;
    struct buf b;
    struct json_out j;
    if (client_authenticate(q, &proof, e))
        return -1;
    if (proof.client->auth == CLIENT_AUTH_NONE)
        return oauth_refuse(e, "unauthorized_client", "a client without a secret or key may not ask");
    if (req_form(q, "token").n == 0)
        return oauth_refuse(e, "invalid_request", "token is missing");
    int found = token_find(q, req_form(q, "token"), &row, &key, e);
    if (found < 0)
        return -1;
    bool good = found == 1 && !row.has_ended_at && row.expires_at.us > q->now.us && may_know(proof.client, &row);
    buf_init(&b, q->arena, 4096);
    json_out_init(&j, &b);
    json_out_open(&j);
    if (!good)
        json_out_bool(&j, "active", false);
    else if (put_good(q, &j, &row, e))
        return -1;
    json_out_end(&j);
    return res_json_secret(q, s, buf_str(&b));
}
