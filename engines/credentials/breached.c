/* breached.c: the passwords that everybody tries first and those that have leaked elsewhere: looked up, and made from the public form.
 *
 * The public lists have a billion lines; eight bytes of each hash are kept, so a password that never leaked is called leaked about
 * once in 10^10 tries. A look-up reads some thirty places of the file and keeps none of it in memory.
 */
#include "engines/credentials/password.h"

#include "engines/credentials/common_passwords.h"

#include "platform/crypto/crypto.h"
#include "platform/http/module.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char magic[8] = { 'b', 'o', 'n', 'l', 'e', 'a', 'k', '1' };
enum { ENTRY = 8, PREFIXES = 1 << 20, HASH_DIGITS = 40, PREFIX_DIGITS = 5 };

const char *breached_path(struct arena *a, const struct settings *s)
{
    return str_cstr(a, str_fmt(a, "%s/breached.list", s->data_dir));
}

static uint64_t entry_read(const uint8_t *b)
{
    uint64_t v = 0;
    for (int i = 0; i < ENTRY; i++)
        v = v << 8 | b[i];
    return v;
}

/* ---- looking up ---- */
static int search(int fd, int64_t n, uint64_t wanted, bool *found)
{
    int64_t low = 0, high = n;
    uint8_t b[ENTRY];
    *found = false;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (pread(fd, b, ENTRY, (off_t)sizeof(magic) + middle * ENTRY) != ENTRY)
            return -1;
        uint64_t v = entry_read(b);
        if (v == wanted) {
            *found = true;
            return 0;
        }
        if (v < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

static bool is_common(uint64_t wanted)
{
    size_t low = 0, high = common_passwords_n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (common_passwords[middle] == wanted)
            return true;
        if (common_passwords[middle] < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* 1 open, *n entries; 0 there is none; -1 it is none. */
static int list_open(const char *path, int *fd, struct stat *st, int64_t *n, struct err *e)
{
    uint8_t head[sizeof(magic)];
    *fd = open(path, O_RDONLY | O_CLOEXEC);
    if (*fd < 0 && errno == ENOENT)
        return 0;
    bool good = *fd >= 0 && fstat(*fd, st) == 0 && pread(*fd, head, sizeof(head), 0) == (ssize_t)sizeof(head) &&
                memcmp(head, magic, sizeof(magic)) == 0 && (st->st_size - (off_t)sizeof(magic)) % ENTRY == 0;
    if (good) {
        *n = (st->st_size - (off_t)sizeof(magic)) / ENTRY;
        return 1;
    }
    if (*fd >= 0)
        close(*fd);
    return ERR(e, ERR_INTERNAL, "%s is no list of breached passwords, or cannot be read", path);
}

int breached_has(const char *path, struct str password, bool *found, struct err *e)
{
    uint8_t digest[20];
    struct stat st;
    int64_t n = 0;
    int fd;
    sha1(password, digest);
    uint64_t wanted = entry_read(digest);
    int there = list_open(path, &fd, &st, &n, e);
    if (there < 0)
        return -1;
    *found = is_common(wanted);
    if (there == 0)
        return 0;
    int result = *found ? 0 : search(fd, n, wanted, found);
    close(fd);
    return result == 0 ? 0 : ERR(e, ERR_INTERNAL, "%s cannot be read", path);
}

int breached_list_of(const char *path, struct breached_list *out, struct err *e)
{
    struct stat st;
    int64_t n = 0;
    int fd, there = list_open(path, &fd, &st, &n, e);
    if (there < 0)
        return -1;
    *out = (struct breached_list) { .common = (int64_t)common_passwords_n };
    if (there == 0)
        return 0;
    close(fd);
    out->loaded = n;
    out->loaded_at.us = st.st_mtim.tv_sec * US_PER_SECOND;
    return 0;
}

/* ---- making ---- */
struct making {
    FILE *out;
    uint64_t last;
    int64_t n;
    bool any;
};

/* One hash, as 40 hexadecimal digits. Two that begin alike are kept once. */
static int take_hash(struct making *m, const char *hex, const char *file, int64_t line, struct err *e)
{
    uint8_t digest[20];
    if (!str_unhex((struct str){ hex, HASH_DIGITS }, digest, sizeof(digest)))
        return ERR(e, ERR_INPUT, "%s:%lld: no SHA-1", file, (long long)line);
    uint64_t v = entry_read(digest);
    if (m->any && v == m->last)
        return 0;
    if (m->any && v < m->last)
        return ERR(e, ERR_INPUT, "%s:%lld: the hashes do not ascend; sort the list first", file, (long long)line);
    if (fwrite(digest, 1, ENTRY, m->out) != ENTRY)
        return ERR(e, ERR_DISK_FULL, "the list cannot be written: %s", strerror(errno));
    m->last = v;
    m->any = true;
    m->n++;
    return 0;
}

/* Lines "HASH:COUNT", where the first `known` digits of each hash stand in prefix already. */
static int take_lines(struct making *m, FILE *in, const char *file, const char *prefix, struct err *e)
{
    char line[256], hex[HASH_DIGITS + 1];
    size_t known = strlen(prefix);
    memcpy(hex, prefix, known);
    for (int64_t number = 1; fgets(line, sizeof(line), in); number++) {
        size_t n = strcspn(line, ":\r\n");
        if (n == 0 && line[0] != ':')
            continue;
        if (n != HASH_DIGITS - known)
            return ERR(e, ERR_INPUT, "%s:%lld: %zu digits, %zu are needed", file, (long long)number, n, HASH_DIGITS - known);
        memcpy(hex + known, line, n);
        if (take_hash(m, hex, file, number, e) != 0)
            return -1;
    }
    return ferror(in) ? ERR(e, ERR_INPUT, "%s: %s", file, strerror(errno)) : 0;
}

/* 1 taken, 0 there is none, -1 failed. */
static int take_file(struct making *m, const char *file, const char *prefix, struct err *e)
{
    FILE *in = fopen(file, "re");
    if (!in)
        return errno == ENOENT ? 0 : ERR(e, ERR_INPUT, "%s: %s", file, strerror(errno));
    int result = take_lines(m, in, file, prefix, e);
    fclose(in);
    return result != 0 ? -1 : 1;
}

static int take_directory(struct making *m, const char *dir, struct err *e)
{
    char file[4096], prefix[PREFIX_DIGITS + 1];
    for (unsigned i = 0; i < PREFIXES; i++) {
        snprintf(prefix, sizeof(prefix), "%05X", i);
        snprintf(file, sizeof(file), "%s/%s", dir, prefix);
        int taken = take_file(m, file, prefix, e);
        snprintf(file, sizeof(file), "%s/%s.txt", dir, prefix);
        if (taken < 0 || (taken == 0 && take_file(m, file, prefix, e) < 0))
            return -1;
    }
    return 0;
}

static int take_all(struct making *m, const char *from, struct err *e)
{
    struct stat st;
    if (stat(from, &st) != 0)
        return ERR(e, ERR_NOT_FOUND, "%s: %s", from, strerror(errno));
    if (S_ISDIR(st.st_mode) ? take_directory(m, from, e) != 0 : take_file(m, from, "", e) < 0)
        return -1;
    return m->n > 0 ? 0 : ERR(e, ERR_INPUT, "%s: no hash in it", from);
}

int breached_make(const char *from, const char *path, int64_t *n, struct err *e)
{
    char beside[4096];
    if (snprintf(beside, sizeof(beside), "%s.new", path) >= (int)sizeof(beside))
        return ERR(e, ERR_INPUT, "the path is too long");
    struct making m = { .out = fopen(beside, "we") };
    if (!m.out)
        return ERR(e, ERR_INPUT, "%s: %s", beside, strerror(errno));
    int result = fwrite(magic, 1, sizeof(magic), m.out) == sizeof(magic) ? take_all(&m, from, e) : ERR(e, ERR_DISK_FULL, "%s", beside);
    bool kept = fflush(m.out) == 0 && fsync(fileno(m.out)) == 0;
    if (fclose(m.out) != 0 || !kept)
        result = result != 0 ? result : ERR(e, ERR_DISK_FULL, "%s: %s", beside, strerror(errno));
    if (result == 0 && rename(beside, path) != 0)
        result = ERR(e, ERR_DISK_FULL, "%s: %s", path, strerror(errno));
    if (result != 0)
        unlink(beside);
    else
        *n = m.n;
    return result;
}
