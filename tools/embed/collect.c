#include "tools/embed/embed.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

static int read_all(struct arena *a, int fd, size_t n, struct str name, struct str *out, struct err *e)
{
    char *p = arena_array(a, n + 1, 1);
    for (size_t at = 0; at < n;) {
        ssize_t got = read(fd, p + at, n - at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return ERR(e, ERR_INTERNAL, "%.*s: %s", STR_ARG(name),
                       got ? strerror(errno) : "became shorter while it was read");
        at += (size_t)got;
    }
    *out = (struct str) { p, n };
    return 0;
}

static int read_file(struct arena *a, struct str name, struct str *out, struct err *e)
{
    struct stat st;
    int fd = open(str_cstr(a, name), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return ERR(e, ERR_NOT_FOUND, "%.*s: %s", STR_ARG(name), strerror(errno));
    int rc;
    if (fstat(fd, &st) || !S_ISREG(st.st_mode))
        rc = ERR(e, ERR_INPUT, "%.*s is no regular file", STR_ARG(name));
    else if (st.st_size > EMBED_FILE_MOST)
        rc = ERR(e, ERR_TOO_LARGE, "%.*s has %lld bytes, more than a program should carry", STR_ARG(name),
                 (long long)st.st_size);
    else
        rc = read_all(a, fd, (size_t)st.st_size, name, out, e);
    close(fd);
    return rc;
}

static int path_under(struct str root, struct str where, struct str *path, struct err *e)
{
    while (str_ends(root, STR("/")))
        root.n--;
    *path = str_from(where, root.n + 1);
    if (!str_starts(where, root) || where.n <= root.n + 1 || where.p[root.n] != '/' || str_find(*path, STR("..")) >= 0)
        return ERR(e, ERR_INPUT, "%.*s does not lie under %.*s", STR_ARG(where), STR_ARG(root));
    return 0;
}

static int collect_file(struct arena *a, struct str root, struct str where, struct source_files *out, struct err *e)
{
    struct source_file f = { .disk = where };
    if (path_under(root, where, &f.path, e) || read_file(a, where, &f.bytes, e))
        return -1;
    *vec_push(a, out) = f;
    return 0;
}

static int collect_directory(struct arena *a, struct str root, struct str where, struct source_files *out, struct err *e)
{
    DIR *d = opendir(str_cstr(a, where));
    if (!d)
        return ERR(e, ERR_NOT_FOUND, "%.*s: %s", STR_ARG(where), strerror(errno));
    int rc = 0;
    for (struct dirent *entry; rc == 0 && (entry = readdir(d));)
        if (entry->d_name[0] != '.')
            rc = embed_collect(a, root, str_fmt(a, "%.*s/%s", STR_ARG(where), entry->d_name), out, e);
    closedir(d);
    return rc;
}

int embed_collect(struct arena *a, struct str root, struct str where, struct source_files *out, struct err *e)
{
    struct stat st;
    while (where.n > 1 && str_ends(where, STR("/")))
        where.n--;
    if (stat(str_cstr(a, where), &st))
        return ERR(e, ERR_NOT_FOUND, "%.*s: %s", STR_ARG(where), strerror(errno));
    return S_ISDIR(st.st_mode) ? collect_directory(a, root, where, out, e) : collect_file(a, root, where, out, e);
}

struct str embed_gzip(struct arena *a, struct str bytes)
{
    enum { GZIP_WINDOW = 15 + 16, MOST_MEMORY = 9 };
    z_stream z = { .next_in = (Bytef *)(uintptr_t)bytes.p, .avail_in = (uInt)bytes.n };
    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, MOST_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return STR_NONE;
    size_t room = deflateBound(&z, (uLong)bytes.n);
    char *p = arena_alloc(a, room);
    z.next_out = (Bytef *)p;
    z.avail_out = (uInt)room;
    int rc = deflate(&z, Z_FINISH);
    size_t n = z.total_out;
    deflateEnd(&z);
    return rc == Z_STREAM_END && n < bytes.n ? (struct str) { p, n } : STR_NONE;
}

static int by_path(const void *a, const void *b)
{
    return str_cmp(((const struct source_file *)a)->path, ((const struct source_file *)b)->path);
}

static int hash(struct arena *a, struct source_file *f, struct err *e)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    if (!EVP_Digest(f->bytes.p, f->bytes.n, digest, NULL, EVP_sha256(), NULL))
        return ERR(e, ERR_INTERNAL, "%.*s: SHA-256 failed", STR_ARG(f->disk));
    struct str hex = str_hex(a, digest, 8);
    memcpy(f->hash, hex.p, hex.n);
    f->hash[hex.n] = 0;
    return 0;
}

int embed_finish(struct arena *a, struct source_files *files, struct err *e)
{
    if (files->n)
        qsort(files->v, files->n, sizeof *files->v, by_path);
    for (size_t i = 0; i < files->n; i++) {
        struct source_file *f = &files->v[i];
        if (i && str_eq(f->path, files->v[i - 1].path))
            return ERR(e, ERR_CONFLICT, "two files are called %.*s", STR_ARG(f->path));
        if (hash(a, f, e))
            return -1;
        f->gzip = embed_gzip(a, f->bytes);
    }
    return 0;
}
