/* client.c: an app's metadata as JSON. What is taken must keep what signon.h promises: addresses of one spelling, no secret
 * where a key is asked for, keys where they are needed; and an address by itself, compared with its own bare form.
 */
#include "fuzz/fuzz.h"
#include "engines/signon/signon.h"
#include "engines/signon/uri.h"

#include <jansson.h>

void fuzz_start(void)
{
}

static void check_list(const struct str_list *l)
{
    for (size_t i = 0; i < l->n; i++) {
        struct uri u;
        ASSERT(uri_is_redirect(l->v[i]) && uri_parse(l->v[i], &u));
        ASSERT(str_find_char(l->v[i], '#') < 0 && str_find(l->v[i], STR("/../")) < 0 && str_find_char(u.host, '@') < 0);
    }
}

static void check_client(const struct signon_client *c)
{
    check_list(&c->redirect_uris);
    check_list(&c->post_logout_uris);
    ASSERT(c->name.n > 0 && c->purpose.n > 0 && c->owner.n > 0 && c->legal_basis.n > 0);
    ASSERT(c->auth != CLIENT_AUTH_KEY || c->keys);
    ASSERT(!c->fapi2 || (c->auth == CLIENT_AUTH_KEY && c->needs_par && c->needs_dpop && (c->id_token_alg & JOSE_FAPI)));
    ASSERT(c->id_token_alg != 0 && (c->id_token_alg & (c->id_token_alg - 1)) == 0);
}

static void check_uri(struct arena *a, struct str s)
{
    struct uri u;
    struct str bare = uri_bare(a, s);
    ASSERT(str_eq(uri_bare(a, bare), bare));
    if (uri_parse(s, &u) && u.host.n > 0)
        ASSERT(str_starts(s, uri_origin(a, &u)));
}

void fuzz_one(struct arena *a, struct str input)
{
    json_t *j;
    struct signon_client c;
    struct err e = { 0 };
    check_uri(a, str_head(input, 200));
    if (json_read(a, input, &j, &e) != 0) {
        fuzz_check_refusal(&e);
        return;
    }
    if (client_parse(a, j, &c, &e) == 0) {
        check_client(&c);
    } else {
        fuzz_check_refusal(&e);
        ASSERT(e.field[0] != '\0');
    }
}
