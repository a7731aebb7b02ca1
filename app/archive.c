#include "app/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 512, SLICE = 256 * 1024 };

/* POSIX.1-1988 ustar header: 512 bytes, numbers in octal. */
struct header {
    char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], checksum[8], type, link[100], magic[6], version[2],
        user[32], group[32], major[8], minor[8], prefix[155], rest[12];
};
_Static_assert(sizeof(struct header) == BLOCK, "a tar header is one block");

/* ---- bytes ---- */

static int write_all(int fd, const void *p, size_t n, struct err *e)
{
    const char *at = p;
    while (n > 0) {
        ssize_t done = write(fd, at, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return ERR(e, errno == ENOSPC ? ERR_DISK_FULL : ERR_DB, "writing the copy: %s", strerror(errno));
        at += done;
        n -= (size_t)done;
    }
    return 0;
}

/* 1 all, 0 nothing (the end), -1 broken off. */
static int read_all(int fd, void *p, size_t n, struct err *e)
{
    char *at = p;
    size_t left = n;
    while (left > 0) {
        ssize_t got = read(fd, at, left);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return ERR(e, ERR_INPUT, "reading the copy: %s", strerror(errno));
        if (got == 0)
            return left == n ? 0 : ERR(e, ERR_INPUT, "the copy breaks off");
        at += got;
        left -= (size_t)got;
    }
    return 1;
}

static size_t padding(int64_t size)
{
    return (size_t)((BLOCK - size % BLOCK) % BLOCK);
}

static int put_padding(int fd, int64_t size, struct err *e)
{
    static const char zeros[BLOCK];
    return write_all(fd, zeros, padding(size), e);
}

static int skip_padding(int fd, int64_t size, struct err *e)
{
    char nothing[BLOCK];
    size_t n = padding(size);
    return n == 0 || read_all(fd, nothing, n, e) == 1 ? 0 : ERR(e, ERR_INPUT, "the copy breaks off");
}

/* ---- hashing while bytes pass ---- */

/* Moves size bytes from one descriptor to another (to < 0: nowhere) and hashes them. */
static int pass(int from, int to, int64_t size, struct hash32 *sha, struct err *e)
{
    static const size_t slice = SLICE;
    struct arena a;
    arena_init(&a, 2 * SLICE);
    char *p = arena_alloc(&a, slice);
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    int result = c && EVP_DigestInit_ex(c, EVP_sha256(), NULL) == 1 ? 0 : ERR(e, ERR_INTERNAL, "no SHA-256");
    while (result == 0 && size > 0) {
        size_t n = size < (int64_t)slice ? (size_t)size : slice;
        if (read_all(from, p, n, e) != 1)
            result = ERR(e, ERR_INPUT, "the copy breaks off");
        else if (EVP_DigestUpdate(c, p, n) != 1 || (to >= 0 && write_all(to, p, n, e)))
            result = -1;
        size -= (int64_t)n;
    }
    if (result == 0 && EVP_DigestFinal_ex(c, sha->b, NULL) != 1)
        result = ERR(e, ERR_INTERNAL, "no SHA-256");
    EVP_MD_CTX_free(c);
    arena_release(&a);
    return result;
}

int archive_measure(const char *path, int64_t *size, struct hash32 *sha, struct err *e)
{
    struct stat s;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return ERR(e, ERR_NOT_FOUND, "%s: %s", path, strerror(errno));
    int result = fstat(fd, &s) ? ERR(e, ERR_DB, "%s: %s", path, strerror(errno)) : pass(fd, -1, s.st_size, sha, e);
    close(fd);
    if (result == 0)
        *size = s.st_size;
    return result;
}

/* ---- headers ---- */

/* The sum of the header's bytes with the checksum field read as spaces. */
static unsigned checksum(const struct header *h)
{
    struct header copy = *h;
    memset(copy.checksum, ' ', sizeof copy.checksum);
    unsigned sum = 0;
    for (size_t i = 0; i < BLOCK; i++)
        sum += ((const unsigned char *)&copy)[i];
    return sum;
}

/* Past 8 GiB octal has no room: the GNU form, binary with the top bit set. */
static void put_size(struct header *h, int64_t size)
{
    if (size < INT64_C(1) << 33) {
        char text[16];
        snprintf(text, sizeof text, "%011llo", (unsigned long long)size);
        memcpy(h->size, text, sizeof h->size);
        return;
    }
    for (size_t i = 0; i < 8; i++)
        h->size[sizeof h->size - 1 - i] = (char)(size >> 8 * i);
    h->size[0] = (char)0x80;
}

static bool get_size(const struct header *h, int64_t *size)
{
    int64_t v = 0;
    if ((unsigned char)h->size[0] == 0x80) {
        for (size_t i = 4; i < sizeof h->size; i++)
            v = (int64_t)((uint64_t)v << 8 | (unsigned char)h->size[i]);
        *size = v;
        return v >= 0;
    }
    for (size_t i = 0; i < sizeof h->size - 1; i++) {
        if (h->size[i] < '0' || h->size[i] > '7')
            return false;
        v = v * 8 + (h->size[i] - '0');
    }
    *size = v;
    return true;
}

static int put_header(int fd, const char *name, int64_t size, struct err *e)
{
    struct header h = {
        .mode = "0000600", .uid = "0000000", .gid = "0000000", .mtime = "00000000000", .type = '0', .magic = "ustar"
    };
    char sum[16];
    ASSERT(strlen(name) < sizeof h.name);
    memcpy(h.name, name, strlen(name));
    memcpy(h.version, "00", 2);
    put_size(&h, size);
    snprintf(sum, sizeof sum, "%06o", checksum(&h));
    memcpy(h.checksum, sum, 7);
    h.checksum[7] = ' ';
    return write_all(fd, &h, sizeof h, e);
}

/* Names come from an untrusted file: letters, digits, dot, dash, one level of directory, never upwards. */
static bool is_plain_name(const char *name)
{
    size_t n = strnlen(name, 100);
    if (n == 0 || n == 100 || name[0] == '/' || name[0] == '.' || strstr(name, "/.") || strstr(name, ".."))
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = name[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
                     c == '_' || c == '/';
        if (!plain)
            return false;
    }
    return true;
}

static bool is_zero(const struct header *h)
{
    static const struct header zero;
    return memcmp(h, &zero, sizeof zero) == 0;
}

int archive_next(int fd, struct archive_entry *out, struct err *e)
{
    struct header h;
    struct archive_entry entry = { .size = 0 };
    int got = read_all(fd, &h, sizeof h, e);
    if (got < 0)
        return -1;
    if (got == 0 || is_zero(&h))
        return 0;
    char digits[7] = { 0 };
    memcpy(digits, h.checksum, 6);
    char want[16];
    snprintf(want, sizeof want, "%06o", checksum(&h));
    if (memcmp(h.magic, "ustar", 5) != 0 || strcmp(digits, want) != 0)
        return ERR(e, ERR_INPUT, "not a copy made by bon backup: no tar header where one must be");
    memcpy(entry.name, h.name, sizeof entry.name);
    if (h.type != '0' || h.prefix[0] || !is_plain_name(entry.name) || !get_size(&h, &entry.size))
        return ERR(e, ERR_INPUT, "the copy holds something that bon backup never writes");
    *out = entry;
    return 1;
}

/* ---- entries ---- */

int archive_put_bytes(int fd, const char *name, struct str bytes, struct err *e)
{
    if (put_header(fd, name, (int64_t)bytes.n, e) || write_all(fd, bytes.p, bytes.n, e))
        return -1;
    return put_padding(fd, (int64_t)bytes.n, e);
}

int archive_put_file(int fd, const char *name, const char *path, int64_t size, struct err *e)
{
    struct hash32 unused;
    int from = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (from < 0)
        return ERR(e, ERR_NOT_FOUND, "%s: %s", path, strerror(errno));
    int result = put_header(fd, name, size, e) || pass(from, fd, size, &unused, e) || put_padding(fd, size, e) ? -1 : 0;
    close(from);
    return result;
}

int archive_end(int fd, struct err *e)
{
    static const char zeros[2 * BLOCK];
    if (write_all(fd, zeros, sizeof zeros, e))
        return -1;
    return fsync(fd) ? ERR(e, ERR_DISK_FULL, "writing the copy: %s", strerror(errno)) : 0;
}

int archive_take_bytes(int fd, struct arena *a, const struct archive_entry *entry, size_t max, struct str *out,
                       struct err *e)
{
    if (entry->size > (int64_t)max)
        return ERR(e, ERR_INPUT, "%s in the copy is larger than %zu bytes", entry->name, max);
    char *p = arena_alloc(a, (size_t)entry->size + 1);
    if (entry->size > 0 && read_all(fd, p, (size_t)entry->size, e) != 1)
        return ERR(e, ERR_INPUT, "the copy breaks off");
    if (skip_padding(fd, entry->size, e))
        return -1;
    *out = (struct str) { p, (size_t)entry->size };
    return 0;
}

int archive_take_file(int fd, const struct archive_entry *entry, const char *path, struct hash32 *sha, struct err *e)
{
    int to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (to < 0)
        return ERR(e, ERR_DISK_FULL, "%s: %s", path, strerror(errno));
    int result = pass(fd, to, entry->size, sha, e);
    if (result == 0 && fsync(to))
        result = ERR(e, ERR_DISK_FULL, "%s: %s", path, strerror(errno));
    close(to);
    return result ? -1 : skip_padding(fd, entry->size, e);
}
