#include "base/buf.h"
#include "tools/embed/embed.h"

struct str embed_type(struct str path)
{
    static const struct {
        struct str ending, type;
    } TYPES[] = {
        { STR_INIT(".css"), STR_INIT("text/css; charset=utf-8") },
        { STR_INIT(".csv"), STR_INIT("text/csv; charset=utf-8") },
        { STR_INIT(".geojson"), STR_INIT("application/geo+json") },
        { STR_INIT(".html"), STR_INIT("text/html; charset=utf-8") },
        { STR_INIT(".ico"), STR_INIT("image/x-icon") },
        { STR_INIT(".jpeg"), STR_INIT("image/jpeg") },
        { STR_INIT(".jpg"), STR_INIT("image/jpeg") },
        { STR_INIT(".js"), STR_INIT("text/javascript; charset=utf-8") },
        { STR_INIT(".json"), STR_INIT("application/json") },
        { STR_INIT(".map"), STR_INIT("application/json") },
        { STR_INIT(".md"), STR_INIT("text/markdown; charset=utf-8") },
        { STR_INIT(".mjs"), STR_INIT("text/javascript; charset=utf-8") },
        { STR_INIT(".pdf"), STR_INIT("application/pdf") },
        { STR_INIT(".png"), STR_INIT("image/png") },
        { STR_INIT(".svg"), STR_INIT("image/svg+xml") },
        { STR_INIT(".ttf"), STR_INIT("font/ttf") },
        { STR_INIT(".txt"), STR_INIT("text/plain; charset=utf-8") },
        { STR_INIT(".wasm"), STR_INIT("application/wasm") },
        { STR_INIT(".webmanifest"), STR_INIT("application/manifest+json") },
        { STR_INIT(".webp"), STR_INIT("image/webp") },
        { STR_INIT(".woff"), STR_INIT("font/woff") },
        { STR_INIT(".woff2"), STR_INIT("font/woff2") },
        { STR_INIT(".xml"), STR_INIT("application/xml") },
    };
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (str_ends(path, TYPES[i].ending))
            return TYPES[i].type;
    return STR("application/octet-stream");
}

/* Three octal digits always: a shorter escape would swallow a digit that follows. '?' is escaped because of trigraphs. */
static void put_literal_char(struct buf *b, unsigned char c)
{
    static const char digit[] = "01234567";
    if (c >= ' ' && c < 0x7F && c != '"' && c != '\\' && c != '?') {
        buf_put_char(b, (char)c);
        return;
    }
    const char octal[] = { '\\', digit[c >> 6], digit[c >> 3 & 7], digit[c & 7] };
    buf_put_bytes(b, octal, sizeof octal);
}

static void put_array(struct buf *b, const char *kind, size_t number, struct str bytes)
{
    enum { LINE_MOST = 116 };
    buf_fmt(b, "static const uint8_t %s_%zu[%zu] =", kind, number, bytes.n + 1);
    size_t line = LINE_MOST;
    bool open = false;
    for (size_t i = 0; i < bytes.n; i++) {
        if (line >= LINE_MOST) {
            buf_put(b, open ? STR("\"\n    \"") : STR("\n    \""));
            open = true;
            line = 0;
        }
        size_t before = b->n;
        put_literal_char(b, (unsigned char)bytes.p[i]);
        line += b->n - before;
    }
    buf_put(b, open ? STR("\";\n") : STR(" \"\";\n"));
}

static void put_row(struct buf *b, size_t number, const struct source_file *f)
{
    struct str type = embed_type(f->path);
    buf_lit(b, "    { \"");
    for (size_t i = 0; i < f->path.n; i++)
        put_literal_char(b, (unsigned char)f->path.p[i]);
    buf_fmt(b, "\", bytes_%zu, %zu, \"%s\", ", number, f->bytes.n, f->hash);
    if (f->gzip.p)
        buf_fmt(b, "gzip_%zu, %zu, ", number, f->gzip.n);
    else
        buf_lit(b, "NULL, 0, ");
    buf_fmt(b, "\"%.*s\" },\n", STR_ARG(type));
}

struct str embed_source(struct arena *a, const struct source_files *files, struct str name, struct str header)
{
    struct buf b;
    buf_init(&b, a, SIZE_MAX / 2);
    buf_fmt(&b, "/* Made by tools/embed; not to be edited. */\n#include \"%.*s\"\n\n", STR_ARG(header));
    for (size_t i = 0; i < files->n; i++) {
        put_array(&b, "bytes", i, files->v[i].bytes);
        if (files->v[i].gzip.p)
            put_array(&b, "gzip", i, files->v[i].gzip);
    }
    buf_fmt(&b, "\nconst struct embedded_file %.*s[] = {\n", STR_ARG(name));
    for (size_t i = 0; i < files->n; i++)
        put_row(&b, i, &files->v[i]);
    buf_fmt(&b, "    { NULL, NULL, 0, \"\", NULL, 0, NULL },\n};\nconst size_t %.*s_count = %zu;\n", STR_ARG(name),
            files->n);
    return buf_str(&b);
}

struct str embed_header(struct arena *a, struct str name)
{
    return str_fmt(a,
                   "/* Made by tools/embed; not to be edited. */\n#pragma once\n\n#include \"base/embedded.h\"\n\n"
                   "extern const struct embedded_file %.*s[]; /* sorted by path, ended by path NULL */\n"
                   "extern const size_t %.*s_count;\n",
                   STR_ARG(name), STR_ARG(name));
}

struct str embed_depfile(struct arena *a, const struct source_files *files, struct str target)
{
    struct buf b;
    buf_init(&b, a, SIZE_MAX / 2);
    buf_put(&b, target);
    buf_put_char(&b, ':');
    for (size_t i = 0; i < files->n; i++) {
        buf_lit(&b, " \\\n  ");
        for (size_t k = 0; k < files->v[i].disk.n; k++) {
            if (files->v[i].disk.p[k] == ' ')
                buf_put_char(&b, '\\');
            buf_put_char(&b, files->v[i].disk.p[k]);
        }
    }
    buf_put_char(&b, '\n');
    return buf_str(&b);
}
