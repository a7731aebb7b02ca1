/* upstream.c: what an identity provider, or who configures one, may send: by its first letter a configuration, a discovery document or the
 * answer of a token endpoint.
 */
#include "engines/broker/arrival.h"
#include "fuzz/fuzz.h"

#include "base/text.h"

#include <string.h>

void fuzz_start(void)
{
}

static void check_config(struct arena *a, struct str input)
{
    struct upstream u, untouched;
    struct err e = { 0 };
    memset(&u, 0x5a, sizeof(u));
    untouched = u;
    if (upstream_parse(a, input, &u, &e) != 0) {
        fuzz_check_refusal(&e);
        ASSERT(e.field[0] != '\0' && memcmp(&u, &untouched, sizeof(u)) == 0);
        return;
    }
    ASSERT(u.name.n > 0 && u.name.n <= 30 && str_find_char(u.name, '/') < 0);
    ASSERT(upstream_address_is_safe(u.issuer) && str_find_char(u.secret_file, '/') < 0);
    ASSERT(u.algs.n > 0 && u.algs.n <= UPSTREAM_TEXTS && u.level2.n > 0);
    ASSERT(u.auth == AUTH_PRIVATE_KEY_JWT || u.secret_file.n > 0);
    ASSERT(text_is_utf8(u.label));
}

static void check_discovery(struct arena *a, struct str input)
{
    struct upstream u = { .name = STR("vneid"), .issuer = STR("https://sso.example") };
    struct provider p;
    struct err e = { 0 };
    if (provider_read(a, &u, input, &p, &e) != 0) {
        fuzz_check_refusal(&e);
        return;
    }
    ASSERT(upstream_address_is_safe(p.authorize) && upstream_address_is_safe(p.token) && upstream_address_is_safe(p.jwks));
    ASSERT(p.userinfo.n == 0 || upstream_address_is_safe(p.userinfo));
    ASSERT(p.logout.n == 0 || upstream_address_is_safe(p.logout));
}

static void check_tokens(struct arena *a, struct str input)
{
    struct tokens t;
    struct err e = { 0 };
    /* A first letter more: the answer to a refresh token. */
    bool renewed = input.n > 0 && input.p[0] == 'r';
    if (tokens_read(a, renewed ? str_from(input, 1) : input, renewed ? TOKENS_RENEWED : TOKENS_FIRST, &t, &e) != 0) {
        fuzz_check_refusal(&e);
        ASSERT(e.field[0] != '\0');
        return;
    }
    ASSERT(t.access.n > 0 && (renewed || t.id.n > 0) && t.access.n + t.id.n + t.refresh.n <= 2 * JOSE_TOKEN_MAX);
}

void fuzz_one(struct arena *a, struct str input)
{
    static void (*const by_letter[128])(
        struct arena *, struct str) = { ['c'] = check_config, ['d'] = check_discovery, ['t'] = check_tokens };
    unsigned char letter = input.n > 0 ? (unsigned char)input.p[0] : 0;
    if (letter < 128 && by_letter[letter])
        by_letter[letter](a, str_from(input, 1));
}
