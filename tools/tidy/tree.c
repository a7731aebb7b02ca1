/* Rules about the list of files, and the gathering of complaints. */
#include "tools/tidy/tidy.h"

#include "base/map.h"

void tidy_init(struct tidy *t, struct arena *a)
{
    *t = (struct tidy) { .arena = a };
    buf_init(&t->out, a, SIZE_MAX / 2);
    map_init(&t->words, a, 1, 2);
}

void tidy_complain(struct tidy *t, struct str path, int line, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct str what = str_vfmt(t->arena, fmt, ap);
    va_end(ap);
    buf_put(&t->out, path);
    if (line)
        buf_fmt(&t->out, ":%d", line);
    buf_fmt(&t->out, ": %.*s\n", STR_ARG(what));
    t->complaints++;
}

void tidy_file(struct tidy *t, struct str path, struct str text)
{
    if (!tidy_wants(path))
        return;
    tidy_lines(t, path, text);
    if (str_ends(path, STR(".c")) || str_ends(path, STR(".h")))
        tidy_c(t, path, text);
    if (str_ends(path, STR("/queries.sql")))
        tidy_read_statements(t, path, text);
}

/* Directories that owe their reader a page: those at the top, and each part of the floors below. */
static struct str documented_dir(struct str path)
{
    static const struct str PARTED[] = { STR_INIT("platform/"), STR_INIT("engines/"), STR_INIT("models/"),
                                         STR_INIT("tools/"), STR_INIT("packs/") };
    ptrdiff_t top = str_find_char(path, '/');
    if (top <= 0 || path.p[0] == '.')
        return STR_NONE;
    ptrdiff_t below = str_find_char(str_from(path, (size_t)top + 1), '/');
    for (size_t i = 0; below > 0 && i < sizeof PARTED / sizeof *PARTED; i++)
        if (str_starts(path, PARTED[i]))
            return str_head(path, (size_t)(top + 1 + below));
    return str_head(path, (size_t)top);
}

void tidy_tree(struct tidy *t, const struct str_list *paths)
{
    struct map have, asked;
    static const char yes[] = "yes";
    map_init(&have, t->arena, 1, 2);
    map_init(&asked, t->arena, 3, 4);
    for (size_t i = 0; i < paths->n; i++)
        map_set(&have, paths->v[i], (void *)(uintptr_t)yes);
    for (size_t i = 0; i < paths->n; i++) {
        struct str dir = documented_dir(paths->v[i]);
        if (!dir.p || map_set(&asked, dir, (void *)(uintptr_t)yes))
            continue;
        if (!map_get(&have, str_fmt(t->arena, "%.*s/README.md", STR_ARG(dir))))
            tidy_complain(t, dir, 0, "no README.md: who uses it, what it is for, how to try it");
    }
}
