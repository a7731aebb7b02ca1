/* handle.c: names that are secrets: codes, tokens, pushed requests. The store has only their hashes. */
#include "engines/signon/inside.h"

#include "base/rng.h"
#include "platform/crypto/crypto.h"

#include <string.h>

enum { HANDLE_BYTES = 32, TIME_BYTES = 4, HANDLE_TEXT = 43 };

static void put_time(uint8_t *to, int64_t seconds)
{
    for (int i = 0; i < TIME_BYTES; i++)
        to[i] = (uint8_t)(seconds >> (24 - 8 * i));
}

/* Neighbours in time are neighbours in the index; 224 bits of the hash remain. */
static struct hash32 key_of(struct str handle, const uint8_t *time)
{
    struct hash32 key = sha256(handle);
    memcpy(key.b, time, TIME_BYTES);
    return key;
}

struct str handle_new(struct arena *a, struct instant now, struct hash32 *key)
{
    uint8_t bytes[HANDLE_BYTES];
    put_time(bytes, now.us / US_PER_SECOND);
    random_bytes(bytes + TIME_BYTES, sizeof bytes - TIME_BYTES);
    struct str handle = str_base64url(a, bytes, sizeof bytes);
    *key = key_of(handle, bytes);
    secret_wipe(bytes, sizeof bytes);
    return handle;
}

bool handle_key(struct str handle, struct hash32 *key)
{
    struct arena scratch;
    struct str bytes;
    if (handle.n != HANDLE_TEXT)
        return false;
    arena_init(&scratch, 1024);
    bool good = str_unbase64url(&scratch, handle, &bytes) && bytes.n == HANDLE_BYTES;
    if (good)
        *key = key_of(handle, (const uint8_t *)bytes.p);
    arena_release(&scratch);
    return good;
}

struct hash32 shown_key(struct arena *a, const char *kind, struct str who, struct str what, int64_t seconds)
{
    uint8_t time[TIME_BYTES];
    put_time(time, seconds);
    return key_of(str_fmt(a, "%s|%.*s|%.*s", kind, STR_ARG(who), STR_ARG(what)), time);
}
