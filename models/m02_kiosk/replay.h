/* replay.h: what a kiosk took while it was cut off: the pages that somebody posted, in order, as the browser sent them. */
#ifndef BON_MODELS_KIOSK_REPLAY_H
#define BON_MODELS_KIOSK_REPLAY_H

#include "models/m02_kiosk/kiosk.h"

enum { REPLAY_POSTS_MAX = 64 };
struct kiosk_post {
    struct str path, body; /* "/kiosk/file/child/0"; urlencoded */
    struct str key; /* of the page: what the browser carries beside the fields */
    struct param *fields;
    size_t n_fields;
};
struct kiosk_posts {
    struct kiosk_post v[REPLAY_POSTS_MAX];
    size_t n;
};
/* {"posts":[{"body":…,"path":…}]}: bytes from outside, though sealed. ERR_INPUT. */
int kiosk_posts_read(struct arena *a, struct str plain, struct kiosk_posts *out, struct err *e);
struct str kiosk_posts_write(struct arena *a, const struct kiosk_posts *p); /* canonical JSON; STR_NONE: too much */

#endif
