/* start.c: the province's account out of the pack, and the key that this program and the payment network share. */
#include "engines/payments/inside.h"

#include "base/rng.h"
#include "platform/crypto/crypto.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { KEY_BYTES = 32, KEY_HEX = 2 * KEY_BYTES };

static int make_key(const char *path, struct err *e)
{
    unsigned char key[KEY_BYTES];
    char hex[KEY_HEX + 1];
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno == EEXIST ? 0 : ERR(e, ERR_INTERNAL, "%s: %s", path, strerror(errno));
    random_bytes(key, sizeof key);
    for (size_t i = 0; i < sizeof key; i++)
        snprintf(hex + 2 * i, 3, "%02x", (unsigned)key[i]);
    ssize_t n = write(fd, hex, KEY_HEX);
    secret_wipe(key, sizeof key);
    secret_wipe(hex, sizeof hex);
    return close(fd) != 0 || n != KEY_HEX ? ERR(e, ERR_INTERNAL, "%s: %s", path, strerror(errno)) : 0;
}

int pay_key_file(struct arena *a, const char *data_dir, struct str *key, struct err *e)
{
    const char *path = str_cstr(a, str_fmt(a, "%s/payments.secret", data_dir));
    char *hex = arena_alloc(a, KEY_HEX);
    unsigned char bytes[KEY_BYTES];
    if (make_key(path, e))
        return -1;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, hex, KEY_HEX);
    if (fd >= 0)
        close(fd);
    *key = (struct str) { hex, KEY_HEX };
    if (n != KEY_HEX || !str_unhex(*key, bytes, sizeof bytes))
        return ERR(e, ERR_INTERNAL, "%s: 64 hex digits are wanted", path);
    secret_wipe(bytes, sizeof bytes);
    return 0;
}

struct str pay_signature(struct arena *a, struct str key, struct str body)
{
    struct hash32 mac = hmac_sha256(key, body);
    return str_hex(a, mac.b, sizeof mac.b);
}

struct str pay_key(const struct app *app)
{
    const struct payments_state *s = app_engine(app, "payments");
    return s ? s->key : STR_NONE;
}

int payments_start(struct app *app, struct err *e)
{
    void **slot = app_engine_slot(app, "payments");
    struct payments_state *s = *slot ? *slot : arena_new(&app->arena, struct payments_state);
    if (pack_conf_read(&app->arena, app->settings.pack_dir, &s->conf, e) ||
        pay_key_file(&app->arena, app->settings.data_dir, &s->key, e))
        return -1;
    *slot = s;
    return 0;
}
