/* box_hold.c: the posts of the session that is going on, in locked memory, and how they come into the spool. The caller has the lock. */
#include "models/m02_kiosk/box.h"

#include "platform/crypto/crypto.h"

#include <string.h>

void box_forget(struct box *b)
{
    secret_wipe(b->held, sizeof(*b->held));
}

void box_hold(struct box *b, struct str path, struct str body, bool begins)
{
    struct box_held *h = b->held;
    if (begins)
        box_forget(b);
    if (!begins && h->n == 0) /* this program has started since: the beginning is not here, so what follows is no whole application */
        return;
    if (h->n == REPLAY_POSTS_MAX || path.n + body.n > sizeof(h->text) - h->used)
        return;
    h->post[h->n].path = h->used;
    h->post[h->n].path_n = path.n;
    memcpy(h->text + h->used, path.p, path.n);
    h->used += path.n;
    h->post[h->n].body = h->used;
    h->post[h->n].body_n = body.n;
    if (body.n > 0)
        memcpy(h->text + h->used, body.p, body.n);
    h->used += body.n;
    h->n++;
}

void box_hold_undo(struct box *b)
{
    struct box_held *h = b->held;
    if (h->n == 0)
        return;
    h->n--;
    secret_wipe(h->text + h->post[h->n].path, h->used - h->post[h->n].path);
    h->used = h->post[h->n].path;
}

static struct str held_plain(const struct box_held *h, struct arena *a)
{
    struct kiosk_posts *posts = arena_new(a, struct kiosk_posts);
    for (posts->n = 0; posts->n < h->n; posts->n++)
        posts->v[posts->n] = (struct kiosk_post) { .path = { h->text + h->post[posts->n].path, h->post[posts->n].path_n },
                                                   .body = { h->text + h->post[posts->n].body, h->post[posts->n].body_n } };
    return kiosk_posts_write(a, posts);
}

/* First the number, then the act; when both are on the disk the words are wiped. A power cut between them costs a number. */
int box_keep(struct box *b, struct arena *a, struct str *number, struct err *e)
{
    int64_t n;
    int got = box_provisional(a, b->dir, &b->numbers, &n, e);
    if (got != 1)
        return got;
    struct str plain = held_plain(b->held, a);
    if (!plain.p)
        return ERR_SAY(e, ERR_TOO_LARGE, MSGS("Hồ sơ này dài hơn mức kiốt nhận được. Xin làm tiếp tại cửa."), "too much to seal");
    struct str sealed = edge_seal(a, b->me.seal_key, plain);
    secret_wipe((char *)(uintptr_t)plain.p, plain.n);
    struct str text = edge_provisional(a, &b->config.unit, n);
    if (box_spool_put(a, b->dir, n, text, sealed, box_now(b), e))
        return -1;
    box_forget(b);
    *number = text;
    return 1;
}
