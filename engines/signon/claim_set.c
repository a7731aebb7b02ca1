#include "engines/signon/claim_set.h"

#include "base/err.h"
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

enum { CLAIMS_MAX = 16 * 1024, TEXT_ROOM = 6 };

void claim_put_json(struct claim_set *s, const char *name, struct str canonical)
{
    ASSERT(s->n < CLAIM_SET_MOST);
    if (!canonical.p || claim_is_put(s, name))
        return;
    s->v[s->n].name = name;
    s->v[s->n++].json = canonical;
}

void claim_put(struct claim_set *s, const char *name, struct str text)
{
    struct buf b;
    if (!text.p)
        return;
    buf_init(&b, s->a, text.n * TEXT_ROOM + 2);
    buf_put_json_string(&b, text);
    claim_put_json(s, name, buf_str(&b));
}

void claim_put_int(struct claim_set *s, const char *name, int64_t n)
{
    claim_put_json(s, name, str_fmt(s->a, "%lld", (long long)n));
}

bool claim_is_put(const struct claim_set *s, const char *name)
{
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->v[i].name, name) == 0)
            return true;
    return false;
}

static int by_name(const void *x, const void *y)
{
    return strcmp(*(const char *const *)x, *(const char *const *)y);
}

struct str claim_set_json(struct claim_set *s)
{
    struct buf b;
    struct json_out j;
    qsort(s->v, s->n, sizeof *s->v, by_name);
    buf_init(&b, s->a, CLAIMS_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    for (size_t i = 0; i < s->n; i++)
        json_out_raw(&j, s->v[i].name, s->v[i].json);
    json_out_end(&j);
    ASSERT(!b.full);
    return buf_str(&b);
}
