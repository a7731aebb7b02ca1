#include "platform/crypto/signer_ring.h"

#include "platform/crypto/jose_internal.h"
#include "platform/crypto/key_file.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A relying party's copy of the set is at most this old before the new key signs; what the old one signed may be shown this long
 * after (an ID token as a hint at sign-out). */
#define RING_LEAD_US    US_PER_DAY
#define RING_RETIRED_US (30 * US_PER_DAY)

#define SAY_NOT_DUE MSGS("Khoá kế tiếp đã công bố và đang chờ đến lượt; chưa cần khoá mới.")

/* What a ring signs with from its first day. Apps that know only OpenID Connect's own preset ask for RS256 (Core section 15.1); what
 * this province asks of others is signed with short keys. */
static const struct {
    const char *purpose;
    unsigned algs;
} from_the_start[] = {
    { "signon", JOSE_ES256 | JOSE_RS256 | JOSE_EDDSA },
    { "broker", JOSE_ES256 | JOSE_EDDSA },
};

bool ring_key_is_gone(const struct ring_key *k, struct instant now)
{
    return k->until.us != 0 && k->until.us <= now.us;
}

static void key_name(const char *purpose, const char *kid, char out[128])
{
    snprintf(out, 128, "%s-%s.key", purpose, kid);
}

void key_ring_release(struct key_ring *r)
{
    for (size_t i = 0; i < r->n; i++)
        EVP_PKEY_free(r->v[i].private_key);
    r->n = 0;
}

/* ---- the list ---- */

static int describe(struct ring_entry *entry, struct err *e)
{
    struct arena scratch;
    struct str members;
    arena_init(&scratch, 16 * 1024);
    int result = jose_public_members(&scratch, entry->private_key, &members, e);
    if (result == 0) {
        jose_thumbprint_of(members, entry->k.kid);
        snprintf(entry->k.members, sizeof entry->k.members, "%.*s", STR_ARG(members));
    }
    arena_release(&scratch);
    return result;
}

static int take_entry(const char *dir, struct key_ring *r, const json_t *j, struct err *e)
{
    char name[128];
    const char *kid = json_string_value(json_object_get(j, "kid"));
    struct ring_entry *entry = &r->v[r->n];
    unsigned alg = jose_alg_named(str_of(json_string_value(json_object_get(j, "alg"))));
    if (!kid || strlen(kid) != JOSE_THUMBPRINT || !alg || r->n == RING_KEYS_MAX)
        return ERR(e, ERR_SIGNER, "%s.ring: an entry that is not understood, or more than %d", r->purpose, RING_KEYS_MAX);
    *entry = (struct ring_entry) { 0 };
    entry->k.alg = (enum jose_alg)alg;
    entry->k.from.us = json_integer_value(json_object_get(j, "from")) * US_PER_SECOND;
    entry->k.until.us = json_integer_value(json_object_get(j, "until")) * US_PER_SECOND;
    key_name(r->purpose, kid, name);
    int found = private_key_read(dir, name, &entry->private_key, e);
    if (found <= 0)
        return found < 0 ? -1 : ERR(e, ERR_SIGNER, "%s/%s is missing", dir, name);
    r->n++;
    if (describe(entry, e))
        return -1;
    return strcmp(entry->k.kid, kid) == 0 ? 0 : ERR(e, ERR_SIGNER, "%s/%s is another key than its name says", dir, name);
}

static int take_list(struct arena *a, const char *dir, struct key_ring *r, struct str text, struct err *e)
{
    json_t *j;
    if (json_read(a, text, &j, e))
        return -1;
    const json_t *keys = json_object_get(j, "keys");
    int result = json_is_array(keys) ? 0 : ERR(e, ERR_SIGNER, "%s.ring has no \"keys\"", r->purpose);
    for (size_t i = 0; result == 0 && i < json_array_size(keys); i++)
        result = take_entry(dir, r, json_array_get(keys, i), e);
    return result;
}

static int write_list(const char *dir, const struct key_ring *r, struct err *e)
{
    struct arena scratch;
    struct buf b;
    char name[64];
    arena_init(&scratch, 64 * 1024);
    buf_init(&b, &scratch, 32 * 1024);
    buf_lit(&b, "{\"keys\":[");
    for (size_t i = 0; i < r->n; i++) {
        const struct ring_key *k = &r->v[i].k;
        buf_fmt(&b, "%s\n{\"alg\":\"%s\",\"from\":%lld,\"kid\":\"%s\",\"until\":%lld}", i ? "," : "", jose_alg_name(k->alg),
                (long long)(k->from.us / US_PER_SECOND), k->kid, (long long)(k->until.us / US_PER_SECOND));
    }
    buf_lit(&b, "\n]}\n");
    snprintf(name, sizeof name, "%s.ring", r->purpose);
    int result = key_file_write(dir, name, buf_str(&b), 0600, true, e);
    arena_release(&scratch);
    return result < 0 ? -1 : 0;
}

static int read_ring(const char *dir, struct key_ring *r, struct err *e)
{
    struct arena scratch;
    char name[64];
    size_t n = 0;
    arena_init(&scratch, 2 * KEY_FILE_MAX);
    char *text = arena_alloc(&scratch, KEY_FILE_MAX);
    snprintf(name, sizeof name, "%s.ring", r->purpose);
    int found = key_file_read(dir, name, true, text, KEY_FILE_MAX, &n, e);
    int result = found <= 0 ? found : take_list(&scratch, dir, r, (struct str) { text, n }, e);
    arena_release(&scratch);
    return result;
}

/* ---- lives ---- */

/* The key of an algorithm that signs at `now`: the youngest whose time has come. */
static const struct ring_entry *current(const struct key_ring *r, enum jose_alg alg, struct instant now)
{
    const struct ring_entry *best = NULL;
    for (size_t i = 0; i < r->n; i++) {
        const struct ring_key *k = &r->v[i].k;
        if (k->alg == alg && k->from.us <= now.us && (!best || k->from.us >= best->k.from.us))
            best = &r->v[i];
    }
    return best;
}

static const struct ring_entry *waiting(const struct key_ring *r, enum jose_alg alg, struct instant now)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->v[i].k.alg == alg && r->v[i].k.from.us > now.us)
            return &r->v[i];
    return NULL;
}

static void drop_gone(const char *dir, struct key_ring *r, struct instant now)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->n; i++) {
        char name[128], path[4096];
        if (!ring_key_is_gone(&r->v[i].k, now)) {
            r->v[kept++] = r->v[i];
            continue;
        }
        key_name(r->purpose, r->v[i].k.kid, name);
        snprintf(path, sizeof path, "%s/%s", dir, name);
        unlink(path);
        EVP_PKEY_free(r->v[i].private_key);
    }
    r->n = kept;
}

/* The file of the key is there before the list names it. */
static int add_key(const char *dir, struct key_ring *r, enum jose_alg alg, struct instant from, struct err *e)
{
    char name[128];
    if (r->n == RING_KEYS_MAX)
        return ERR(e, ERR_SIGNER, "%s holds %d keys already", r->purpose, RING_KEYS_MAX);
    struct ring_entry entry = { .private_key = private_key_make(alg), .k = { .alg = alg, .from = from } };
    if (!entry.private_key)
        return ERR(e, ERR_SIGNER, "no new key for %s", jose_alg_name(alg));
    r->v[r->n++] = entry;
    if (describe(&r->v[r->n - 1], e))
        return -1;
    key_name(r->purpose, r->v[r->n - 1].k.kid, name);
    return private_key_write(dir, name, entry.private_key, e);
}

static void retire_others(struct key_ring *r, enum jose_alg alg, struct instant from)
{
    for (size_t i = 0; i + 1 < r->n; i++)
        if (r->v[i].k.alg == alg && r->v[i].k.until.us == 0)
            r->v[i].k.until.us = from.us + RING_RETIRED_US;
}

static struct instant whole_second(struct instant t)
{
    return (struct instant) { t.us - t.us % US_PER_SECOND };
}

static int rotate(const char *dir, struct key_ring *r, enum jose_alg alg, struct instant now, bool at_once, struct err *e)
{
    struct instant from = whole_second(now);
    if (waiting(r, alg, now) && !at_once)
        return ERR_SAY(e, ERR_CONFLICT, SAY_NOT_DUE, "a next %s key is waiting", jose_alg_name(alg));
    if (current(r, alg, now) && !at_once)
        from.us += RING_LEAD_US;
    drop_gone(dir, r, now);
    if (add_key(dir, r, alg, from, e))
        return -1;
    retire_others(r, alg, from);
    return write_list(dir, r, e);
}

int key_ring_rotate(const char *dir, const char *purpose, enum jose_alg alg, struct instant now, bool at_once, struct err *e)
{
    struct key_ring r = { .purpose = purpose };
    int result = read_ring(dir, &r, e) || rotate(dir, &r, alg, now, at_once, e) ? -1 : 0;
    key_ring_release(&r);
    return result;
}

static unsigned first_algs(const char *purpose)
{
    for (size_t i = 0; i < sizeof from_the_start / sizeof *from_the_start; i++)
        if (strcmp(from_the_start[i].purpose, purpose) == 0)
            return from_the_start[i].algs;
    return 0;
}

static int add_first_keys(const char *dir, struct key_ring *r, struct instant now, struct err *e)
{
    unsigned algs = first_algs(r->purpose);
    for (unsigned alg = JOSE_ES256; alg <= JOSE_EDDSA; alg <<= 1) {
        bool there = current(r, (enum jose_alg)alg, now) || waiting(r, (enum jose_alg)alg, now);
        if ((algs & alg) && !there && (add_key(dir, r, (enum jose_alg)alg, (struct instant) { 0 }, e) || write_list(dir, r, e)))
            return -1;
    }
    return 0;
}

int key_ring_load(const char *dir, const char *purpose, struct instant now, struct key_ring *out, struct err *e)
{
    struct key_ring r = { .purpose = purpose };
    int result = read_ring(dir, &r, e) || add_first_keys(dir, &r, now, e) ? -1 : 0;
    if (result)
        key_ring_release(&r);
    else
        *out = r;
    return result;
}

int key_ring_sign(const struct key_ring *r, struct arena *a, enum jose_alg alg, struct str typ, struct str payload,
                  struct instant now, struct str *head, struct str *signature, struct err *e)
{
    uint8_t raw[RSA_BITS_MOST / 8];
    size_t n;
    const struct ring_entry *entry = current(r, alg, now);
    if (!entry)
        return ERR(e, ERR_SIGNER, "%s has no key for %s", r->purpose, jose_alg_name(alg));
    struct str header =
        str_fmt(a, "{\"alg\":\"%s\",\"kid\":\"%s\",\"typ\":\"%.*s\"}", jose_alg_name(alg), entry->k.kid, STR_ARG(typ));
    struct str coded = str_base64url(a, header.p, header.n);
    struct str text = str_fmt(a, "%.*s.%.*s", STR_ARG(coded), STR_ARG(payload));
    if (private_key_sign(entry->private_key, alg, text, raw, &n))
        return ERR(e, ERR_SIGNER, "%s key %s did not sign", r->purpose, entry->k.kid);
    *head = coded;
    *signature = str_base64url(a, raw, n);
    return 0;
}
