#include "tools/i18nc/i18nc.h"

#include <stdio.h>
#include <string.h>

static const char usage[] =
    "usage: i18nc --out i18n_table.c [--allow-missing] [--print-missing] --po FILE… --sources FILE…\n";

struct options {
    const char *out;
    bool allow_missing, print_missing;
    enum { READ_NOTHING, READ_PO, READ_SOURCES } reading; /* what the names without an option are */
};

static void read_file(struct catalog *c, const char *path, bool po)
{
    struct source *src = arena_new(c->a, struct source);
    if (!source_read(c->a, path, src, c->report))
        return;
    if (po)
        read_po(c, src);
    else if (str_ends(str_of(path), STR(".html")))
        collect_html(c, src);
    else
        collect_c(c, src, src->text);
}

/* False: wrong usage. */
static bool read_arguments(struct catalog *c, struct options *o, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        const char *arg = argv[i];
        if (strcmp(arg, "--out") == 0 && i + 1 < argc)
            o->out = argv[++i];
        else if (strcmp(arg, "--allow-missing") == 0)
            o->allow_missing = true;
        else if (strcmp(arg, "--print-missing") == 0)
            o->print_missing = true;
        else if (strcmp(arg, "--po") == 0)
            o->reading = READ_PO;
        else if (strcmp(arg, "--sources") == 0)
            o->reading = READ_SOURCES;
        else if (arg[0] == '-' || o->reading == READ_NOTHING)
            return false;
        else
            read_file(c, arg, o->reading == READ_PO);
    }
    return o->out || o->print_missing;
}

static bool write_table(struct catalog *c, const struct options *o)
{
    enum { OUT_MAX = 16 << 20 };
    struct buf out;
    buf_init(&out, c->a, OUT_MAX);
    catalog_check(c, o->allow_missing);
    if (c->report->errors)
        return false;
    catalog_emit(c, &out);
    return file_write(o->out, buf_str(&out), c->report);
}

static void print_missing(const struct catalog *c)
{
    struct buf out;
    buf_init(&out, c->a, 16 << 20);
    catalog_print_missing(c, &out);
    if (out.n)
        fwrite(out.p, 1, out.n, stdout);
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct report report;
    struct catalog catalog;
    struct options options = { 0 };
    arena_init(&arena, (size_t)512 << 20);
    report_init(&report, &arena);
    catalog_init(&catalog, &arena, &report);
    bool usable = read_arguments(&catalog, &options, argc, argv);
    bool ok = usable && report.errors == 0;
    if (ok && options.print_missing)
        print_missing(&catalog);
    else if (ok)
        ok = write_table(&catalog, &options);
    if (report.text.n)
        fprintf(stderr, "%.*s", STR_ARG(buf_str(&report.text)));
    if (!usable)
        fputs(usage, stderr);
    arena_release(&arena);
    return ok ? 0 : usable ? 1 : 2;
}
