#include "base/err.h"
#include "tools/tidy/tidy.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { FILE_MOST = 4 * 1024 * 1024, LIST_MOST = 16 * 1024 * 1024 };

/* The whole stream; -1 when it fails or is longer than max. */
static int read_stream(struct arena *a, FILE *f, size_t max, struct str *out)
{
    struct buf b;
    char piece[16384];
    buf_init(&b, a, max);
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
        buf_put_bytes(&b, piece, n);
    if (ferror(f) || b.full)
        return -1;
    *out = buf_str(&b);
    return 0;
}

/* 1 read, 0 the file is not there (deleted, but not yet committed), -1 failed with a message. */
static int read_file(struct arena *a, struct str path, struct str *out)
{
    FILE *f = fopen(str_cstr(a, path), "rb");
    if (!f && errno == ENOENT)
        return 0;
    if (!f || read_stream(a, f, FILE_MOST, out)) {
        fprintf(stderr, "tidy: cannot read %.*s\n", STR_ARG(path));
        if (f)
            fclose(f);
        return -1;
    }
    fclose(f);
    return 1;
}

static int collect_paths(struct arena *a, int argc, char **argv, struct str_list *paths)
{
    struct str all, line;
    for (int i = 1; i < argc; i++)
        *vec_push(a, paths) = str_of(argv[i]);
    if (argc > 1)
        return 0;
    if (read_stream(a, stdin, LIST_MOST, &all))
        return -1;
    while (str_cut(&all, '\n', &line))
        if (line.n)
            *vec_push(a, paths) = line;
    return 0;
}

static bool is_module_file(struct str path)
{
    return str_starts(path, STR("engines/")) || str_starts(path, STR("models/"));
}

/* A module's contract, migrations or statements. */
static int read_module_file(struct tidy *t, struct str path)
{
    struct str text;
    bool contract = str_ends(path, STR("/module.c")), queries = str_ends(path, STR("/queries.sql"));
    bool migration = str_find(path, STR("/sql/")) >= 0 && str_ends(path, STR(".sql"));
    int got = contract || queries || migration ? read_file(t->arena, path, &text) : 0;
    if (got > 0 && contract)
        tidy_read_module(t, path, text);
    else if (got > 0 && queries)
        tidy_queries(t, path, text);
    else if (got > 0)
        tidy_read_migration(t, path, text);
    return got;
}

/* Two rounds over the modules: their statements are looked at when all tables are known. */
static int read_modules(struct tidy *t, const struct str_list *paths, bool statements)
{
    for (size_t i = 0; i < paths->n; i++)
        if (is_module_file(paths->v[i]) && str_ends(paths->v[i], STR("/queries.sql")) == statements &&
            read_module_file(t, paths->v[i]) < 0)
            return -1;
    return 0;
}

/* LIST, the module.c files and whose tables are whose, before any rule asks for them. */
static int read_contracts(struct tidy *t, const struct str_list *paths)
{
    struct str text;
    int got = read_file(t->arena, STR("engines/LIST"), &text);
    if (got > 0)
        tidy_read_list(t, text);
    got = got < 0 ? -1 : read_file(t->arena, STR("tools/tidy/borrowed"), &text);
    if (got > 0)
        tidy_read_borrowed(t, text);
    return got < 0 || read_modules(t, paths, false) < 0 || read_modules(t, paths, true) < 0 ? -1 : 0;
}

/* whole: these are all files of the tree. */
static int check(struct tidy *t, const struct str_list *paths, bool whole)
{
    if (read_contracts(t, paths))
        return -1;
    for (size_t i = 0; i < paths->n; i++) {
        struct str text;
        int got = tidy_wants(paths->v[i]) ? read_file(t->arena, paths->v[i], &text) : 0;
        if (got < 0)
            return -1;
        if (got > 0)
            tidy_file(t, paths->v[i], text);
    }
    tidy_tree(t, paths);
    tidy_tables(t);
    if (whole)
        tidy_statements(t);
    return 0;
}

int main(int argc, char **argv)
{
    struct arena a;
    struct tidy t;
    struct str_list paths = { 0 };
    arena_init(&a, (size_t)1 << 30);
    tidy_init(&t, &a);
    if (collect_paths(&a, argc, argv, &paths) || check(&t, &paths, argc == 1)) {
        arena_release(&a);
        return 2;
    }
    struct str out = buf_str(&t.out);
    fwrite(out.p, 1, out.n, stdout);
    if (t.complaints)
        printf("tidy: %zu files, %zu complaints\n", paths.n, t.complaints);
    else
        printf("tidy: %zu files, nothing to complain of\n", paths.n);
    int status = t.complaints ? 1 : 0;
    arena_release(&a);
    return status;
}
