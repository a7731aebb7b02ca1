/* client.c: how this program proves to a provider that it is the client: by a password from a file. */
#include "engines/broker/arrival.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { SECRET_MAX = 512 };

/* Read each time: who changes the file need not restart anything. */
static int read_secret(struct req *q, const struct upstream *u, struct str *out, struct err *e)
{
    char *bytes = arena_alloc(q->arena, SECRET_MAX);
    struct str path = str_fmt(q->arena, "%s/%.*s", q->app->settings.data_dir, STR_ARG(u->secret_file));
    int fd = open(str_cstr(q->arena, path), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return ERR(e, ERR_INTERNAL, "%.*s: %s", STR_ARG(path), strerror(errno));
    ssize_t n = read(fd, bytes, SECRET_MAX);
    close(fd);
    *out = str_trim((struct str) { bytes, n > 0 ? (size_t)n : 0 });
    return out->n > 0 && n < SECRET_MAX
               ? 0
               : ERR(e, ERR_INTERNAL, "%.*s is empty or longer than %d bytes", STR_ARG(path), SECRET_MAX);
}

static void wipe(void *secret)
{
    struct str *s = secret;
    secret_wipe((char *)(uintptr_t)s->p, s->n);
}

int client_prove(struct req *q, const struct upstream *u, struct buf *form, struct str *basic, struct err *e)
{
    struct str *secret = arena_new(q->arena, struct str);
    if (read_secret(q, u, secret, e) != 0)
        return -1;
    req_defer(q, wipe, secret);
    if (u->auth == AUTH_SECRET_POST) {
        wire_param(form, "client_id", u->client_id);
        wire_param(form, "client_secret", *secret);
        return 0;
    }
    struct buf b;
    buf_init(&b, q->arena, 4 * SECRET_MAX);
    wire_percent(&b, u->client_id);
    buf_put_char(&b, ':');
    wire_percent(&b, *secret);
    *basic = buf_str(&b);
    return 0;
}
