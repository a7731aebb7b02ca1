/* box_spool.c: sealed acts on the disk, one file each, named by its number. */
#include "models/m02_kiosk/box.h"

#include "base/json.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ACT_END ".act"
enum { ACT_DIGITS = 12, PATH_MAX_ = 512 };

static void spool_path(char *to, const char *dir)
{
    snprintf(to, PATH_MAX_, "%s/spool", dir);
}

static struct str act_name(struct arena *a, int64_t sequence, const char *end)
{
    return str_fmt(a, "%0*lld%s", ACT_DIGITS, (long long)sequence, end);
}

static bool is_act(const char *name, int64_t *sequence)
{
    struct str s = str_of(name);
    return s.n == ACT_DIGITS + sizeof(ACT_END) - 1 && str_ends(s, STR(ACT_END)) && str_to_i64(str_head(s, ACT_DIGITS), sequence);
}

int box_spool_open(const char *dir, struct err *e)
{
    char path[PATH_MAX_], file[2 * PATH_MAX_];
    spool_path(path, dir);
    if (mkdir(path, 0700) && errno != EEXIST)
        return ERR(e, ERR_INTERNAL, "%s: %s", path, strerror(errno));
    if (box_directory_sync(dir, e)) /* the spool itself must be there after a power cut */
        return -1;
    DIR *d = opendir(path);
    if (!d)
        return ERR(e, ERR_INTERNAL, "%s: %s", path, strerror(errno));
    for (struct dirent *x; (x = readdir(d));) {
        if (!str_ends(str_of(x->d_name), STR(".half")))
            continue;
        snprintf(file, sizeof(file), "%s/%s", path, x->d_name);
        unlink(file);
    }
    closedir(d);
    return 0;
}

int box_spool_put(struct arena *a, const char *dir, int64_t sequence, struct str number, struct str sealed, struct instant at,
                  struct err *e)
{
    char path[PATH_MAX_];
    struct buf b;
    struct json_out j;
    buf_init(&b, a, BOX_FILE_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "made_at", instant_iso(a, at));
    json_out_str(&j, "number", number);
    json_out_str(&j, "sealed", str_base64url(a, sealed.p, sealed.n));
    json_out_int(&j, "sequence", sequence);
    json_out_end(&j);
    if (b.full)
        return ERR(e, ERR_TOO_LARGE, "a sealed act of %zu bytes", sealed.n);
    spool_path(path, dir);
    return box_file_write(path, str_cstr(a, act_name(a, sequence, ACT_END)), buf_str(&b), e);
}

static int by_sequence(const void *x, const void *y)
{
    const struct box_act *a = x, *b = y;
    return a->sequence < b->sequence ? -1 : a->sequence > b->sequence;
}

int box_spool_list(struct arena *a, const char *dir, size_t most, struct box_acts *out, struct err *e)
{
    char path[PATH_MAX_];
    VEC(struct box_act) acts = { 0 };
    int64_t sequence;
    spool_path(path, dir);
    DIR *d = opendir(path);
    if (!d)
        return ERR(e, ERR_INTERNAL, "%s: %s", path, strerror(errno));
    for (struct dirent *x; (x = readdir(d));)
        if (is_act(x->d_name, &sequence))
            vec_push(a, &acts)->sequence = sequence;
    closedir(d);
    if (acts.n > 1)
        qsort(acts.v, acts.n, sizeof(*acts.v), by_sequence);
    *out = (struct box_acts) { acts.v, acts.n < most ? acts.n : most };
    for (size_t i = 0; i < out->n; i++)
        if (box_file_read(a, path, str_cstr(a, act_name(a, out->v[i].sequence, ACT_END)), &out->v[i].body, e) != 1)
            return -1;
    return 0;
}

/* What the server will never take stays, sealed, for the technician. */
int box_spool_drop(struct arena *a, const char *dir, int64_t sequence, bool refused, struct err *e)
{
    char path[PATH_MAX_];
    spool_path(path, dir);
    const char *file = str_cstr(a, str_fmt(a, "%s/%0*lld%s", path, ACT_DIGITS, (long long)sequence, ACT_END));
    int result = refused ? rename(file, str_cstr(a, str_fmt(a, "%s.refused", file))) : unlink(file);
    return result == 0 || errno == ENOENT ? 0 : ERR(e, ERR_INTERNAL, "%s: %s", file, strerror(errno));
}

int64_t box_spool_count(const char *dir)
{
    char path[PATH_MAX_];
    int64_t n = 0, sequence;
    spool_path(path, dir);
    DIR *d = opendir(path);
    for (struct dirent *x; d && (x = readdir(d));)
        n += is_act(x->d_name, &sequence);
    if (d)
        closedir(d);
    return n;
}
