/* box_disk.c: files of the box. Each is written beside its place, synced, renamed, and the directory synced: after a power cut it is
 * the old one or the new one.
 */
#include "models/m02_kiosk/box.h"

#include "base/json.h"
#include "platform/crypto/crypto.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { NAME_MAX_ = 512, MESSAGE_RESERVE = 1000 };

static int refuse(struct err *e, const char *what, const char *path)
{
    return ERR_SAY(e, errno == ENOSPC ? ERR_DISK_FULL : ERR_INTERNAL, MSGS("Máy không ghi được vào đĩa. Xin báo kỹ thuật viên."),
                   "%s %s: %s", what, path, strerror(errno));
}

int box_directory_sync(const char *dir, struct err *e)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int result = fd >= 0 && fsync(fd) == 0 ? 0 : refuse(e, "sync", dir);
    if (fd >= 0)
        close(fd);
    return result;
}

static int write_synced(const char *path, struct str bytes, struct err *e)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return refuse(e, "open", path);
    size_t at = 0;
    while (at < bytes.n) {
        ssize_t n = write(fd, bytes.p + at, bytes.n - at);
        if (n <= 0 && errno != EINTR)
            break;
        at += n > 0 ? (size_t)n : 0;
    }
    int result = at == bytes.n && fsync(fd) == 0 ? 0 : refuse(e, "write", path);
    close(fd);
    return result;
}

int box_file_write(const char *dir, const char *name, struct str bytes, struct err *e)
{
    char half[NAME_MAX_], path[NAME_MAX_];
    snprintf(half, sizeof(half), "%s/%s.half", dir, name);
    snprintf(path, sizeof(path), "%s/%s", dir, name);
    if (write_synced(half, bytes, e))
        return -1;
    return rename(half, path) ? refuse(e, "rename", path) : box_directory_sync(dir, e);
}

int box_file_read(struct arena *a, const char *dir, const char *name, struct str *out, struct err *e)
{
    char path[NAME_MAX_];
    snprintf(path, sizeof(path), "%s/%s", dir, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? 0 : refuse(e, "open", path);
    char *bytes = arena_alloc(a, BOX_FILE_MAX);
    size_t at = 0;
    ssize_t n;
    while (at < BOX_FILE_MAX && (n = read(fd, bytes + at, BOX_FILE_MAX - at)) > 0)
        at += (size_t)n;
    close(fd);
    *out = (struct str) { bytes, at };
    return 1;
}

int64_t box_disk_free_mb(const char *dir)
{
    struct statvfs s;
    return statvfs(dir, &s) == 0 ? (int64_t)(s.f_bavail * s.f_frsize >> 20) : 0;
}

/* ---- who the device is ---- */

static void put_bytes(struct arena *a, struct json_out *j, const char *key, const uint8_t *bytes, size_t n)
{
    json_out_str(j, key, str_base64url(a, bytes, n));
}

int box_identity_save(struct arena *a, const char *dir, const struct box_identity *d, struct err *e)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, a, 16 * 1024);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_int(&j, "device", d->device);
    json_out_array(&j, "keys");
    for (size_t i = 0; i < d->n_keys; i++)
        json_out_item_str(&j, jwk_json(a, &d->keys[i]));
    json_out_end(&j);
    json_out_str(&j, "mode", d->mode);
    put_bytes(a, &j, "public_key", d->public_key, sizeof(d->public_key));
    put_bytes(a, &j, "seal_key", d->seal_key, sizeof(d->seal_key));
    put_bytes(a, &j, "secret", d->secret, sizeof(d->secret));
    json_out_str(&j, "server", d->server);
    json_out_end(&j);
    int result = box_file_write(dir, "device.json", buf_str(&b), e);
    secret_wipe(b.p, b.n);
    return result;
}

static bool bytes_of(struct arena *a, const json_t *j, const char *key, uint8_t *to, size_t n)
{
    struct str bytes;
    if (!str_unbase64url(a, str_or_empty(json_str_at(j, key)), &bytes) || bytes.n != n)
        return false;
    memcpy(to, bytes.p, n);
    return true;
}

static bool identity_of(struct arena *a, const json_t *j, struct box_identity *out)
{
    const json_t *keys = json_object_get(j, "keys");
    *out = (struct box_identity) { .device = json_integer_value(json_object_get(j, "device")),
                                   .server = str_or_empty(json_str_at(j, "server")),
                                   .mode = str_or_empty(json_str_at(j, "mode")) };
    for (size_t i = 0; i < json_array_size(keys) && out->n_keys < BOX_KEYS_MAX; i++) {
        const json_t *key = json_array_get(keys, i);
        struct str text = json_str(key);
        if (!text.p || jwk_read(a, text, &out->keys[out->n_keys++], NULL))
            return false;
    }
    return out->device > 0 && out->server.n > 0 && out->n_keys > 0 &&
           bytes_of(a, j, "secret", out->secret, sizeof(out->secret)) &&
           bytes_of(a, j, "public_key", out->public_key, sizeof(out->public_key)) &&
           bytes_of(a, j, "seal_key", out->seal_key, sizeof(out->seal_key));
}

int box_identity_load(struct arena *a, const char *dir, struct box_identity *out, struct err *e)
{
    struct str text;
    json_t *j = NULL;
    int got = box_file_read(a, dir, "device.json", &text, e);
    if (got != 1)
        return got;
    bool good = json_read(a, text, &j, NULL) == 0 && identity_of(a, j, out);
    secret_wipe((char *)(uintptr_t)text.p, text.n);
    return good ? 1 : ERR(e, ERR_INPUT, "%s/device.json is damaged: enrol the device again", dir);
}

/* ---- numbers ---- */

static int numbers_save(struct arena *a, const char *dir, const struct box_numbers *n, struct err *e)
{
    struct str text = str_fmt(a, "{\"at\":%lld,\"first\":%lld,\"last\":%lld,\"reserved\":%lld}", (long long)n->at, (long long)n->first,
                              (long long)n->last, (long long)n->reserved);
    return box_file_write(dir, "numbers.json", text, e);
}

int box_numbers_load(struct arena *a, const char *dir, struct box_numbers *n, struct err *e)
{
    struct str text;
    json_t *j = NULL;
    *n = (struct box_numbers) { .next = 1 };
    int got = box_file_read(a, dir, "numbers.json", &text, e);
    if (got != 1)
        return got;
    if (json_read(a, text, &j, e))
        return -1;
    *n = (struct box_numbers) { .reserved = json_integer_value(json_object_get(j, "reserved")),
                                .first = json_integer_value(json_object_get(j, "first")),
                                .last = json_integer_value(json_object_get(j, "last")),
                                .at = json_integer_value(json_object_get(j, "at")) };
    n->next = n->reserved + 1; /* what was reserved before the power went may have been used */
    return 1;
}

int box_message_number(struct arena *a, const char *dir, struct box_numbers *n, int64_t *out, struct err *e)
{
    if (n->next > n->reserved) {
        struct box_numbers more = *n;
        more.reserved = n->next + MESSAGE_RESERVE;
        if (numbers_save(a, dir, &more, e))
            return -1;
        *n = more;
    }
    *out = n->next++;
    return 0;
}

int box_block_take(struct arena *a, const char *dir, struct box_numbers *n, int64_t first, int64_t last, struct err *e)
{
    struct box_numbers more = *n;
    more.first = first;
    more.last = last;
    more.at = first - 1;
    if (first <= 0 || last < first)
        return ERR(e, ERR_SOURCE, "a block from %lld to %lld", (long long)first, (long long)last);
    if (numbers_save(a, dir, &more, e))
        return -1;
    *n = more;
    return 0;
}

int box_provisional(struct arena *a, const char *dir, struct box_numbers *n, int64_t *out, struct err *e)
{
    struct box_numbers more = *n;
    if (n->first == 0 || n->at >= n->last)
        return 0;
    more.at++;
    if (numbers_save(a, dir, &more, e))
        return -1;
    *n = more;
    *out = n->at;
    return 1;
}
