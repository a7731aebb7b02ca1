/* main.c: files and arguments around one run. See README.md. */
#include "tools/sqlc/sqlc.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 8 << 20, ARENA_MAX = 512 << 20 };

static const char usage[] =
    "sqlc --module NAME --header OUT.h --source OUT.c [--include-as PATH] [--stats]\n"
    "     --migrations FILES… --own FILES… [--queries queries.sql]\n"
    "sqlc --module NAME --check-pg CONNINFO --migrations FILES… --own FILES… [--queries queries.sql]\n";

struct options {
    struct sqlc_job job;
    const char *header, *check_pg;
    bool stats;
};

static int fail(const char *what, const char *name)
{
    fprintf(stderr, "sqlc: %s: %s\n", name, what);
    return 2;
}

/* ---- files ---- */

static bool read_file(struct arena *a, const char *path, struct source *out)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        fail(strerror(errno), path);
        return false;
    }
    struct buf b;
    buf_init(&b, a, FILE_MAX);
    char piece[8192];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, f)) > 0)
        buf_put_bytes(&b, piece, n);
    bool ok = !ferror(f) && !b.full;
    fclose(f);
    if (!ok)
        fail("it cannot be read whole (8 MiB at most)", path);
    *out = (struct source) { path, buf_str(&b) };
    return ok;
}

static bool write_file(const char *path, struct str text)
{
    FILE *f = fopen(path, "wb");
    bool ok = f != NULL && fwrite(text.p, 1, text.n, f) == text.n;
    if (f != NULL && fclose(f) != 0)
        ok = false;
    if (!ok)
        fail(strerror(errno), path);
    return ok;
}

/* ---- arguments ---- */

static const char *one_argument(char **argv, int *i)
{
    return argv[*i + 1] ? argv[++*i] : NULL;
}

static bool file_arguments(struct arena *a, char **argv, int *i, struct sources *list)
{
    while (argv[*i + 1] != NULL && strncmp(argv[*i + 1], "--", 2) != 0) {
        struct source *slot = vec_push(a, list);
        if (!read_file(a, argv[++*i], slot))
            return false;
    }
    return true;
}

static bool argument(struct arena *a, struct options *o, char **argv, int *i)
{
    const char *name = argv[*i];
    struct {
        const char *name, **value;
    } words[] = { { "--module", &o->job.module },
                  { "--header", &o->header },
                  { "--source", &o->job.source_path },
                  { "--include-as", &o->job.include_as },
                  { "--check-pg", &o->check_pg } };
    for (size_t w = 0; w < sizeof words / sizeof *words; w++)
        if (strcmp(name, words[w].name) == 0)
            return (*words[w].value = one_argument(argv, i)) != NULL;
    if (strcmp(name, "--migrations") == 0)
        return file_arguments(a, argv, i, &o->job.earlier);
    if (strcmp(name, "--own") == 0)
        return file_arguments(a, argv, i, &o->job.own);
    if (strcmp(name, "--queries") == 0) {
        const char *path = one_argument(argv, i);
        return path != NULL && read_file(a, path, &o->job.queries);
    }
    o->stats |= strcmp(name, "--stats") == 0;
    return strcmp(name, "--stats") == 0;
}

static bool arguments(struct arena *a, struct options *o, char **argv)
{
    for (int i = 1; argv[i] != NULL; i++)
        if (!argument(a, o, argv, &i))
            return false;
    if (o->job.include_as == NULL && o->header != NULL) {
        const char *slash = strrchr(o->header, '/');
        o->job.include_as = slash ? slash + 1 : o->header;
    }
    bool outputs = o->header != NULL && o->job.source_path != NULL;
    if (o->job.module == NULL || (!outputs && o->check_pg == NULL))
        return false;
    if (!outputs)
        o->job.include_as = o->job.source_path = "";
    return true;
}

/* ---- the run ---- */

static void print_stats(const struct sqlc *q)
{
    printf("sqlc: %s: %zu statements, %d with a text for each engine; %zu migrations, %d pieces for one engine\n",
           q->job->module, q->statements.n, q->variants, q->migrations.n - q->n_earlier, q->parts);
}

static int compile(struct arena *a, struct options *o)
{
    struct sqlc q;
    int rc = sqlc_run(&q, a, &o->job);
    if (rc == 0 && o->check_pg != NULL)
        rc = check_pg(&q, o->check_pg);
    if (rc != 0) {
        struct str said = buf_str(&q.complaints);
        fprintf(stderr, "%.*s", STR_ARG(said));
        return 1;
    }
    if (o->stats)
        print_stats(&q);
    if (o->header == NULL)
        return 0;
    return write_file(o->header, q.header) && write_file(o->job.source_path, q.source) ? 0 : 2;
}

int main(int argc, char **argv)
{
    (void)argc;
    struct arena a;
    struct options o = { 0 };
    arena_init(&a, ARENA_MAX);
    int status = 2;
    if (arguments(&a, &o, argv))
        status = compile(&a, &o);
    else
        fputs(usage, stderr);
    arena_release(&a);
    return status;
}
