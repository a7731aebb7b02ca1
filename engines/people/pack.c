/* pack.c: files and settings of a pack. */
#include "engines/people/pack.h"

#include "base/vec.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { PACK_FILE_MAX = 16 * 1024 * 1024 };

static int read_all(FILE *f, struct arena *a, struct str path, struct str *out, struct err *e)
{
    if (fseek(f, 0, SEEK_END) != 0)
        return ERR(e, ERR_INTERNAL, "%.*s: %s", STR_ARG(path), strerror(errno));
    long size = ftell(f);
    if (size < 0 || size > PACK_FILE_MAX)
        return ERR(e, ERR_TOO_LARGE, "%.*s: %ld bytes", STR_ARG(path), size);
    rewind(f);
    char *p = arena_alloc(a, (size_t)size);
    if (fread(p, 1, (size_t)size, f) != (size_t)size)
        return ERR(e, ERR_INTERNAL, "%.*s: cannot be read whole", STR_ARG(path));
    *out = (struct str) { p, (size_t)size };
    return 0;
}

int pack_file(struct arena *a, const char *pack_dir, const char *name, struct str *out, struct err *e)
{
    struct str path = str_fmt(a, "%s/%s", pack_dir, name);
    FILE *f = fopen(str_cstr(a, path), "rbe");
    if (!f)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không đọc được gói dữ liệu của tỉnh. Xin kiểm tra thiết lập pack_dir."), "%.*s: %s",
                       STR_ARG(path), strerror(errno));
    int failed = read_all(f, a, path, out, e);
    fclose(f);
    return failed;
}

int pack_conf_read(struct arena *a, const char *pack_dir, struct pack_conf *out, struct err *e)
{
    struct str rest, line;
    if (pack_file(a, pack_dir, "pack.conf", &rest, e))
        return -1;
    VEC(struct pack_setting) settings = { 0 };
    for (int number = 1; str_cut(&rest, '\n', &line); number++) {
        line = str_trim(line);
        if (!line.n || line.p[0] == '#')
            continue;
        struct str key, value = line;
        if (!str_cut(&value, '=', &key) || key.n == line.n)
            return ERR(e, ERR_INPUT, "%s/pack.conf:%d: not `key = value`", pack_dir, number);
        ptrdiff_t comment = str_find(value, STR(" ;"));
        if (comment >= 0)
            value = str_head(value, (size_t)comment);
        *vec_push(a, &settings) = (struct pack_setting) { str_trim(key), str_trim(value) };
    }
    *out = (struct pack_conf) { settings.v, settings.n };
    return 0;
}

struct str pack_value(const struct pack_conf *c, const char *key)
{
    for (size_t i = 0; i < c->n; i++)
        if (str_eq(c->v[i].key, str_of(key)))
            return c->v[i].value;
    return STR_NONE;
}

struct str pack_value_on(const struct pack_conf *c, const char *key, struct day on)
{
    struct str prefix = str_of(key), found = STR_NONE;
    struct day best = { INT32_MIN };
    for (size_t i = 0; i < c->n; i++) {
        struct str rest = str_from(c->v[i].key, prefix.n);
        struct day from;
        if (!str_starts(c->v[i].key, prefix) || !str_starts(rest, STR(".")) || !day_parse_iso(str_from(rest, 1), &from))
            continue;
        if (from.n > on.n || from.n < best.n)
            continue;
        best = from;
        found = c->v[i].value;
    }
    return found;
}

int pack_list_open(struct arena *a, const char *pack_dir, const char *file, const char *const *names, size_t n,
                   struct pack_list *out, struct err *e)
{
    struct pack_list l = { .arena = a, .dir = pack_dir, .file = file };
    ASSERT(n <= sizeof l.at / sizeof *l.at);
    struct str text;
    if (pack_file(a, pack_dir, file, &text, e))
        return -1;
    csv_init(&l.csv, text, &(struct csv_limits) { .columns = 24 });
    if (csv_columns(&l.csv, a, names, n, l.at, e))
        return -1;
    *out = l;
    return 0;
}

int pack_list_next(struct pack_list *l, struct err *e)
{
    return csv_next(&l->csv, l->arena, &l->row, e);
}

struct str pack_cell(const struct pack_list *l, size_t i)
{
    return csv_cell(&l->row, l->at[i]);
}

bool pack_number(const struct pack_list *l, size_t i, uint32_t *out)
{
    int64_t v;
    if (!str_to_i64(pack_cell(l, i), &v) || v < 0 || v > 100000000)
        return false;
    *out = (uint32_t)v;
    return true;
}

int pack_refuse(const struct pack_list *l, struct err *e, const char *what)
{
    return ERR(e, ERR_INPUT, "%s/%s: row %lld: %s", l->dir, l->file, (long long)l->row.number, what);
}
