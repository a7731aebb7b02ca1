#include "tools/embed/embed.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct options {
    struct str name, out, header, include, root, depfile;
};

static int usage(void)
{
    fputs("usage: embed --name TABLE --out FILE.c --header FILE.h [--include NAME.h] --root DIR [--depfile FILE] PATH…\n"
          "  writes the files (and the files below the directories) PATH… as a table of struct embedded_file\n",
          stderr);
    return 2;
}

static struct str *option(struct options *o, const char *word)
{
    const struct {
        const char *word;
        struct str *value;
    } known[] = { { "--name", &o->name },       { "--out", &o->out },   { "--header", &o->header },
                  { "--include", &o->include }, { "--root", &o->root }, { "--depfile", &o->depfile } };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(word, known[i].word) == 0)
            return known[i].value;
    return NULL;
}

static int write_file(struct arena *a, struct str name, struct str content, struct err *e)
{
    FILE *f = fopen(str_cstr(a, name), "wb");
    if (!f)
        return ERR(e, ERR_INTERNAL, "%.*s: %s", STR_ARG(name), strerror(errno));
    size_t wrote = fwrite(content.p, 1, content.n, f);
    if (fclose(f) || wrote != content.n)
        return ERR(e, ERR_DISK_FULL, "%.*s: not written", STR_ARG(name));
    return 0;
}

/* The header as the source should name it: --include, or the header's own last part. */
static struct str include_name(const struct options *o)
{
    struct str name = o->header;
    for (ptrdiff_t at; !o->include.p && (at = str_find_char(name, '/')) >= 0;)
        name = str_from(name, (size_t)at + 1);
    return o->include.p ? o->include : name;
}

/* Root and paths come relative or absolute, as the build system likes; made absolute they can be compared. */
static int resolve(struct arena *a, struct str name, struct str *out, struct err *e)
{
    char *absolute = realpath(str_cstr(a, name), NULL);
    if (!absolute)
        return ERR(e, ERR_NOT_FOUND, "%.*s: %s", STR_ARG(name), strerror(errno));
    *out = str_dup(a, str_of(absolute));
    free(absolute);
    return 0;
}

static int run(struct arena *a, const struct options *o, char **paths, int n_paths, struct err *e)
{
    struct source_files files = { 0 };
    struct str root, where;
    if (resolve(a, o->root, &root, e))
        return -1;
    for (int i = 0; i < n_paths; i++)
        if (resolve(a, str_of(paths[i]), &where, e) || embed_collect(a, root, where, &files, e))
            return -1;
    if (embed_finish(a, &files, e) || write_file(a, o->header, embed_header(a, o->name), e) ||
        write_file(a, o->out, embed_source(a, &files, o->name, include_name(o)), e))
        return -1;
    return o->depfile.p ? write_file(a, o->depfile, embed_depfile(a, &files, o->out), e) : 0;
}

int main(int argc, char **argv)
{
    struct options o = { 0 };
    struct err e = { 0 };
    struct arena a;
    int at = 1;
    while (at + 1 < argc && argv[at][0] == '-') {
        struct str *value = option(&o, argv[at]);
        if (!value)
            return usage();
        *value = str_of(argv[at + 1]);
        at += 2;
    }
    if (!o.name.p || !o.out.p || !o.header.p || !o.root.p)
        return usage();
    arena_init(&a, (size_t)4 << 30);
    int rc = run(&a, &o, argv + at, argc - at, &e);
    if (rc)
        fprintf(stderr, "embed: %s\n", e.detail);
    arena_release(&a);
    return rc ? err_exit_status(e.code) : 0;
}
