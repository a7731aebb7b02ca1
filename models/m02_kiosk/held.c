/* held.c: what a session holds, as sealed bytes. The key is made from the cookie's token, which the store does not have: a row, a backup
 * or a page of the disk that is left behind cannot be opened once the browser has dropped the cookie.
 */
#include "models/m02_kiosk/held.h"

#include "base/json.h"
#include "platform/crypto/crypto.h"

#include <jansson.h>

static struct hash32 held_key(struct str token)
{
    return hmac_sha256(token, STR("kiosk held 1"));
}

struct str kiosk_held_seal(struct arena *a, struct str token, const struct kiosk_held *h)
{
    struct buf b;
    struct json_out j;
    struct hash32 key = held_key(token);
    buf_init(&b, a, KIOSK_HELD_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "answers", h->answers);
    json_out_str(&j, "born", h->born);
    json_out_int(&j, "case", h->case_id);
    json_out_str(&j, "code", h->code);
    json_out_int(&j, "level", h->level);
    json_out_str(&j, "name", h->name);
    json_out_str(&j, "number", h->number);
    json_out_str(&j, "pid", h->pid);
    json_out_int(&j, "version", h->version);
    json_out_end(&j);
    struct str sealed = secret_seal(a, &key, STR("kiosk"), buf_str(&b));
    secret_wipe(b.p, b.n);
    secret_wipe(&key, sizeof(key));
    return b.full ? STR_NONE : sealed;
}

bool kiosk_held_open(struct arena *a, struct str token, struct str sealed, struct kiosk_held *out)
{
    struct str plain;
    struct hash32 key = held_key(token);
    json_t *j = NULL;
    bool good = secret_open(a, &key, STR("kiosk"), sealed, &plain) && json_read(a, plain, &j, NULL) == 0;
    secret_wipe(&key, sizeof(key));
    if (!good)
        return false;
    *out = (struct kiosk_held) { .name = json_str_at(j, "name"),
                                 .pid = json_str_at(j, "pid"),
                                 .born = json_str_at(j, "born"),
                                 .level = (int)json_integer_value(json_object_get(j, "level")),
                                 .version = json_integer_value(json_object_get(j, "version")),
                                 .answers = json_str_at(j, "answers"),
                                 .case_id = json_integer_value(json_object_get(j, "case")),
                                 .number = json_str_at(j, "number"),
                                 .code = json_str_at(j, "code") };
    return true;
}
