#include "models/m02_kiosk/replay.h"

#include "base/json.h"
#include "platform/crypto/crypto.h"

#include <jansson.h>

/* What every page carries besides what it asks for; on the line the server's own parser takes it away (platform/http/form_body.c). */
static void take_marks(struct kiosk_post *p)
{
    size_t kept = 0;
    for (size_t i = 0; i < p->n_fields; i++) {
        if (str_eq(p->fields[i].name, STR("_key")))
            p->key = p->fields[i].value;
        else if (!str_eq(p->fields[i].name, STR("_csrf")))
            p->fields[kept++] = p->fields[i];
    }
    p->n_fields = kept;
}

static int post_read(struct arena *a, const json_t *j, struct kiosk_post *out, struct err *e)
{
    *out = (struct kiosk_post) { .path = json_str_at(j, "path"), .body = json_str_at(j, "body") };
    if (!str_starts(out->path, STR("/kiosk/")) || !out->body.p)
        return ERR(e, ERR_INPUT, "a post without path or body");
    if (parse_urlencoded(a, out->body, &out->fields, &out->n_fields, e))
        return -1;
    take_marks(out);
    return 0;
}

int kiosk_posts_read(struct arena *a, struct str plain, struct kiosk_posts *out, struct err *e)
{
    json_t *j = NULL;
    if (plain.n > EDGE_PLAIN_MAX)
        return ERR(e, ERR_TOO_LARGE, "%zu bytes of posts", plain.n);
    if (json_read(a, plain, &j, e))
        return -1;
    const json_t *posts = json_object_get(j, "posts");
    size_t n = json_array_size(posts);
    int result = n > 0 && n <= REPLAY_POSTS_MAX ? 0 : ERR(e, ERR_INPUT, "%zu posts", n);
    for (out->n = 0; result == 0 && out->n < n; out->n++)
        result = post_read(a, json_array_get(posts, out->n), &out->v[out->n], e);
    return result;
}

struct str kiosk_posts_write(struct arena *a, const struct kiosk_posts *p)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, a, EDGE_PLAIN_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_array(&j, "posts");
    for (size_t i = 0; i < p->n; i++) {
        json_out_item_object(&j);
        json_out_str(&j, "body", p->v[i].body);
        json_out_str(&j, "path", p->v[i].path);
        json_out_end(&j);
    }
    json_out_end(&j);
    json_out_end(&j);
    return b.full ? STR_NONE : buf_str(&b);
}
