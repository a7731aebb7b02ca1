#include "base/buf.h"
#include "base/vec.h"
#include "tools/new-model/new_model.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_MOST = 4 * 1024 * 1024 };

int file_read(struct arena *a, struct str path, struct str *out, struct err *e)
{
    FILE *f = fopen(str_cstr(a, path), "rb");
    if (!f)
        return ERR(e, ERR_NOT_FOUND, "%.*s: %s", STR_ARG(path), strerror(errno));
    struct buf b;
    char piece[8192];
    buf_init(&b, a, FILE_MOST);
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
        buf_put_bytes(&b, piece, n);
    bool broken = ferror(f) || b.full;
    fclose(f);
    if (broken)
        return ERR(e, ERR_INPUT, "%.*s: could not be read whole", STR_ARG(path));
    *out = buf_str(&b);
    return 0;
}

static int make_directories(struct arena *a, struct str path, struct err *e)
{
    for (size_t i = 1; i < path.n; i++) {
        const char *dir = path.p[i] == '/' ? str_cstr(a, str_head(path, i)) : NULL;
        if (dir && mkdir(dir, 0777) && errno != EEXIST)
            return ERR(e, ERR_INTERNAL, "%s: %s", dir, strerror(errno));
    }
    return 0;
}

int file_write(struct arena *a, struct str path, struct str content, struct err *e)
{
    if (make_directories(a, path, e))
        return -1;
    FILE *f = fopen(str_cstr(a, path), "wb");
    if (!f)
        return ERR(e, ERR_INTERNAL, "%.*s: %s", STR_ARG(path), strerror(errno));
    size_t wrote = fwrite(content.p, 1, content.n, f);
    if (fclose(f) || wrote != content.n)
        return ERR(e, ERR_DISK_FULL, "%.*s: could not be written whole", STR_ARG(path));
    return 0;
}

static int walk(struct arena *a, struct str top, struct str below, struct str_list *out, struct err *e)
{
    struct str dir = below.n ? str_fmt(a, "%.*s/%.*s", STR_ARG(top), STR_ARG(below)) : top;
    DIR *d = opendir(str_cstr(a, dir));
    if (!d)
        return ERR(e, ERR_NOT_FOUND, "%.*s: %s", STR_ARG(dir), strerror(errno));
    int rc = 0;
    for (struct dirent *entry; rc == 0 && (entry = readdir(d));) {
        struct stat st;
        if (entry->d_name[0] == '.')
            continue;
        struct str path = str_fmt(a, "%.*s%s%s", STR_ARG(below), below.n ? "/" : "", entry->d_name);
        if (stat(str_cstr(a, str_fmt(a, "%.*s/%.*s", STR_ARG(top), STR_ARG(path))), &st))
            rc = ERR(e, ERR_NOT_FOUND, "%.*s: %s", STR_ARG(path), strerror(errno));
        else if (S_ISDIR(st.st_mode))
            rc = walk(a, top, path, out, e);
        else
            *vec_push(a, out) = path;
    }
    closedir(d);
    return rc;
}

static int by_bytes(const void *x, const void *y)
{
    return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

int files_below(struct arena *a, struct str dir, struct str_list *out, struct err *e)
{
    if (walk(a, dir, STR(""), out, e))
        return -1;
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, by_bytes);
    return 0;
}
