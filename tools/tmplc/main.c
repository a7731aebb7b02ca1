#include "tools/tmplc/tmplc.h"

#include <stdio.h>
#include <string.h>

static const char usage[] = "usage: tmplc --header OUT.h --source OUT.c --include-as NAME.h [--components-header NAME.h] "
                            "[--components FILE…] -- FILE…\n";

struct options {
    const char *header, *source;
    bool components; /* names without an option are components until -- */
};

static const char **option_target(struct options *o, struct unit *u, const char *arg)
{
    if (strcmp(arg, "--header") == 0)
        return &o->header;
    if (strcmp(arg, "--source") == 0)
        return &o->source;
    if (strcmp(arg, "--include-as") == 0)
        return &u->header_as;
    if (strcmp(arg, "--components-header") == 0)
        return &u->components_as;
    return NULL;
}

static bool add_file(struct unit *u, const char *path, bool own)
{
    struct source src;
    if (!source_read(u->arena, path, &src, u->report))
        return false;
    unit_add(u, src, own);
    return true;
}

/* False: wrong usage or a file that cannot be read. */
static bool read_arguments(struct unit *u, struct options *o, int argc, char **argv)
{
    int i = 1;
    bool ok = true;
    for (; i < argc && strcmp(argv[i], "--") != 0; i++) {
        const char **to = option_target(o, u, argv[i]);
        if (strcmp(argv[i], "--components") == 0)
            o->components = true;
        else if (to && i + 1 < argc)
            *to = argv[++i];
        else if (o->components && argv[i][0] != '-')
            ok = add_file(u, argv[i], false) && ok;
        else
            return false;
    }
    bool any = false;
    for (i++; i < argc; i++) {
        ok = add_file(u, argv[i], true) && ok;
        any = true;
    }
    return ok && any && o->header && o->source && u->header_as;
}

static bool compile(struct unit *u, const struct options *o)
{
    enum { OUT_MAX = 16 << 20 };
    if (!unit_parse(u))
        return false;
    struct buf header, source;
    buf_init(&header, u->arena, OUT_MAX);
    buf_init(&source, u->arena, OUT_MAX);
    emit_header(u, &header);
    emit_source(u, &source);
    return file_write(o->header, buf_str(&header), u->report) && file_write(o->source, buf_str(&source), u->report);
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct report report;
    struct unit unit;
    struct options options = { 0 };
    arena_init(&arena, (size_t)512 << 20);
    report_init(&report, &arena);
    unit_init(&unit, &arena, &report);
    bool read = read_arguments(&unit, &options, argc, argv);
    bool ok = read && compile(&unit, &options);
    fprintf(stderr, "%.*s", STR_ARG(report.text.n ? buf_str(&report.text) : STR("")));
    if (!read && report.errors == 0)
        fputs(usage, stderr);
    arena_release(&arena);
    return ok ? 0 : read || report.errors ? 1 : 2;
}
