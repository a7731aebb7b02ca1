#include "tools/tmplc/source.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { SOURCE_MAX = 4 << 20, REPORT_MAX = 1 << 20 };

static void say_file(struct report *r, const char *path, const char *what)
{
    r->errors++;
    buf_fmt(&r->text, "%s: %s\n", path, what);
}

bool source_read(struct arena *a, const char *path, struct source *out, struct report *r)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        say_file(r, path, strerror(errno));
        return false;
    }
    struct buf b;
    buf_init(&b, a, SOURCE_MAX);
    char part[8192];
    for (size_t n; (n = fread(part, 1, sizeof(part), f)) > 0;)
        buf_put_bytes(&b, part, n);
    bool bad = ferror(f) != 0;
    fclose(f);
    if (bad || b.full) {
        say_file(r, path, bad ? "cannot be read to its end" : "is larger than 4 MiB");
        return false;
    }
    *out = (struct source) { path, b.n ? buf_str(&b) : STR("") };
    return true;
}

void report_init(struct report *r, struct arena *a)
{
    *r = (struct report) { 0 };
    buf_init(&r->text, a, REPORT_MAX);
}

void source_place(const struct source *src, size_t off, int *line, int *column)
{
    *line = *column = 1;
    for (size_t i = 0; i < off && i < src->text.n; i++) {
        unsigned char c = (unsigned char)src->text.p[i];
        if (c == '\n') {
            ++*line;
            *column = 1;
        } else if ((c & 0xC0) != 0x80) {
            ++*column;
        }
    }
}

void report_error(struct report *r, const struct source *src, size_t off, const char *fmt, ...)
{
    char sentence[1024];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(sentence, sizeof(sentence), fmt, ap);
    va_end(ap);
    int line, column;
    source_place(src, off, &line, &column);
    buf_fmt(&r->text, "%s:%d:%d: %s\n", src->path, line, column, sentence);
    r->errors++;
}

void put_c_string(struct buf *b, struct str s)
{
    buf_put_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '\n')
            buf_lit(b, "\\n");
        else if (c == '"' || c == '\\')
            buf_fmt(b, "\\%c", c);
        else if (c == '?' && i > 0 && s.p[i - 1] == '?')
            buf_lit(b, "\\?"); /* no trigraph */
        else if (c < 0x20 || c == 0x7F)
            buf_fmt(b, "\\%03o", (unsigned)c);
        else
            buf_put_char(b, (char)c);
    }
    buf_put_char(b, '"');
}

bool file_write(const char *path, struct str text, struct report *r)
{
    char part[4096];
    if (snprintf(part, sizeof(part), "%s.part", path) >= (int)sizeof(part)) {
        say_file(r, path, "the name is too long");
        return false;
    }
    FILE *f = fopen(part, "wb");
    if (!f) {
        say_file(r, part, strerror(errno));
        return false;
    }
    bool ok = fwrite(text.p, 1, text.n, f) == text.n;
    ok = fclose(f) == 0 && ok;
    if (ok && rename(part, path) == 0)
        return true;
    say_file(r, path, strerror(errno));
    remove(part);
    return false;
}
