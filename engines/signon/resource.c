#include "engines/signon/resource.h"

#include "base/json.h"

enum { RESOURCES_MAX = 20 * 501 }; /* as many and as long as a client may have (client.c) */

int resources_read(struct arena *a, struct params p, const struct signon_client *c, struct str *out, struct err *e)
{
    struct buf b;
    *out = STR("");
    buf_init(&b, a, RESOURCES_MAX);
    for (size_t i = 0; i < p.n; i++) {
        struct str named = p.v[i].value;
        if (!str_eq(p.v[i].name, STR("resource")) || scope_has(buf_str(&b), named))
            continue;
        if (!str_list_has(&c->resources, named))
            return oauth_refuse(e, "invalid_target", "not one of this client's resources: %.150s", str_cstr(a, named));
        if (b.n > 0)
            buf_put_char(&b, ' ');
        buf_put(&b, named);
    }
    if (b.n > 0)
        *out = buf_str(&b);
    return 0;
}

int resources_narrow(struct req *q, struct token_act *t, struct err *e)
{
    struct str asked;
    if (resources_read(q->arena, (struct params) { q->form, q->n_form }, t->c, &asked, e))
        return -1;
    if (asked.n == 0)
        return 0;
    if (!scope_covers(t->resource, asked))
        return oauth_refuse(e, "invalid_target", "a resource that was not asked for at the sign-in");
    t->resource = asked;
    return 0;
}

struct str resources_audience(struct arena *a, struct str resources, struct str issuer)
{
    struct buf b;
    struct str rest = resources.n > 0 ? resources : issuer, word;
    bool several = str_find_char(rest, ' ') >= 0, first = true;
    buf_init(&b, a, 2 * RESOURCES_MAX);
    if (several)
        buf_put_char(&b, '[');
    while (rest.n > 0 && str_cut(&rest, ' ', &word)) {
        if (!first)
            buf_put_char(&b, ',');
        buf_put_json_string(&b, word);
        first = false;
    }
    if (several)
        buf_put_char(&b, ']');
    return buf_str(&b);
}
