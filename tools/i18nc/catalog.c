#include "tools/i18nc/i18nc.h"

#include <stdlib.h>

void catalog_init(struct catalog *c, struct arena *a, struct report *r)
{
    *c = (struct catalog) { .a = a, .report = r };
    map_init(&c->by_vi, a, 1, 2);
}

static struct text *text_of(struct catalog *c, struct str vi)
{
    struct text *t = map_get(&c->by_vi, vi);
    if (t)
        return t;
    t = arena_new(c->a, struct text);
    t->vi = vi;
    map_set(&c->by_vi, vi, t);
    *vec_push(c->a, &c->texts) = t;
    return t;
}

void catalog_use(struct catalog *c, struct str vi, struct place at)
{
    struct text *t = text_of(c, vi);
    if (!t->used.src)
        t->used = at;
}

void catalog_translate(struct catalog *c, struct str vi, struct str en, struct place at)
{
    struct text *t = text_of(c, vi);
    if (en.n == 0)
        return; /* an empty msgstr is a translation still to be written */
    if (t->translated.src && !str_eq(t->en, en)) {
        int line, column;
        source_place(t->translated.src, t->translated.off, &line, &column);
        report_error(c->report, at.src, at.off, "\"%.*s\" has another translation at %s:%d; one text has one English.",
                     STR_ARG(vi), t->translated.src->path, line);
        return;
    }
    t->en = en;
    t->translated = at;
}

static int by_bytes(const void *x, const void *y)
{
    return str_cmp((*(struct text *const *)x)->vi, (*(struct text *const *)y)->vi);
}

static void put_entry(struct buf *out, const struct text *t)
{
    buf_lit(out, "    { STR_INIT(");
    put_c_string(out, t->vi);
    buf_lit(out, "), STR_INIT(");
    put_c_string(out, t->en);
    buf_lit(out, ") },\n");
}

void catalog_emit(const struct catalog *c, struct buf *out)
{
    struct text **sorted = arena_new_array(c->a, struct text *, c->texts.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < c->texts.n; i++)
        if (c->texts.v[i]->translated.src && c->texts.v[i]->used.src)
            sorted[n++] = c->texts.v[i];
    qsort(sorted, n, sizeof(sorted[0]), by_bytes);
    buf_lit(out,
            "/* Made by i18nc. */\n#include \"platform/i18n/i18n_table.h\"\n\nconst struct i18n_entry i18n_table[] = {\n");
    for (size_t i = 0; i < n; i++)
        put_entry(out, sorted[i]);
    if (n == 0)
        buf_lit(out, "    { STR_INIT(\"\"), STR_INIT(\"\") },\n");
    buf_fmt(out, "};\nconst size_t i18n_table_n = %zu;\n", n);
}

void catalog_print_missing(const struct catalog *c, struct buf *out)
{
    for (size_t i = 0; i < c->texts.n; i++) {
        const struct text *t = c->texts.v[i];
        if (t->translated.src || !t->used.src)
            continue;
        int line, column;
        source_place(t->used.src, t->used.off, &line, &column);
        buf_fmt(out, "# %s:%d\nmsgid ", t->used.src->path, line);
        put_c_string(out, t->vi);
        buf_lit(out, "\nmsgstr \"\"\n\n");
    }
}
