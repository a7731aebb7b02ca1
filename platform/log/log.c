/* A line is put together on the stack and leaves in one write(2): below PIPE_BUF such writes do not mix, so that threads and
 * processes share the descriptor without a lock. A line that would grow longer is cut and says so. */
#include "platform/log/log.h"

#include "base/date.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 4096, LINE_TAIL = 20 }; /* PIPE_BUF on Linux; room for the end of a cut line */

struct line {
    char p[LINE_MAX_BYTES];
    size_t n;
    bool cut;
};

static void put(struct line *l, const char *p, size_t n)
{
    if (l->cut || n > sizeof l->p - LINE_TAIL - l->n) {
        l->cut = true;
        return;
    }
    memcpy(l->p + l->n, p, n);
    l->n += n;
}

static void put_text(struct line *l, const char *text)
{
    put(l, text, strlen(text));
}

/* Length of the UTF-8 character at p, 0 when there is none. Overlong forms and surrogates are left to the reader: a log line
 * must be JSON that parses, and these do. */
static size_t utf8_at(const unsigned char *p, size_t n)
{
    size_t want = p[0] < 0x80 ? 1 : p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : p[0] < 0xF5 ? 4 : 0;
    if (want == 0 || want > n)
        return 0;
    for (size_t i = 1; i < want; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return want;
}

/* A JSON string. Bytes that are no UTF-8 become "?": a log may not be broken by what an attacker sends. */
static void put_string(struct line *l, struct str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    put_text(l, "\"");
    for (size_t i = 0; i < s.n;) {
        size_t n = utf8_at(p + i, s.n - i);
        char escaped[8];
        if (n == 0) {
            put_text(l, "?");
        } else if (p[i] == '"' || p[i] == '\\') {
            put(l, (const char[]) { '\\', (char)p[i] }, 2);
        } else if (p[i] < 0x20 || p[i] == 0x7f) {
            snprintf(escaped, sizeof escaped, "\\u%04x", p[i]);
            put_text(l, escaped);
        } else {
            put(l, s.p + i, n);
        }
        i += n ? n : 1;
    }
    put_text(l, "\"");
}

static void put_field(struct line *l, const char *name, struct str value)
{
    size_t before = l->n;
    put_text(l, ",");
    put_string(l, str_of(name));
    put_text(l, ":");
    put_string(l, value);
    if (l->cut)
        l->n = before; /* a field is whole or absent */
}

static void put_moment(struct line *l, struct instant t)
{
    int year, month, day;
    int64_t second = t.us / US_PER_SECOND, in_day = second % 86400;
    char text[64];
    day_to_ymd((struct day) { (int32_t)(second / 86400) }, &year, &month, &day);
    snprintf(text, sizeof text, "{\"at\":\"%04d-%02d-%02dT%02d:%02d:%02d.%06dZ\"", year, month, day, (int)(in_day / 3600),
             (int)(in_day / 60 % 60), (int)(in_day % 60), (int)(t.us % US_PER_SECOND));
    put_text(l, text);
}

static const char *level_name(enum log_level level)
{
    static const char *const names[] = { "debug", "info", "warn", "error" };
    return names[level];
}

static void send_line(int fd, const struct line *l)
{
    size_t done = 0;
    while (done < l->n) {
        ssize_t n = write(fd, l->p + done, l->n - done);
        if (n <= 0)
            return; /* nowhere to complain to */
        done += (size_t)n;
    }
}

void log_write(const struct log *l, enum log_level level, const char *event, const struct log_field *fields)
{
    if (level < l->least)
        return;
    struct line line;
    line.n = 0;
    line.cut = false;
    put_moment(&line, instant_now());
    put_field(&line, "level", str_of(level_name(level)));
    put_field(&line, "event", str_of(event));
    for (; fields && fields->name && !line.cut; fields++)
        put_field(&line, fields->name, fields->value);
    const char *end = line.cut ? ",\"cut\":true}\n" : "}\n";
    memcpy(line.p + line.n, end, strlen(end)); /* LINE_TAIL keeps this free */
    line.n += strlen(end);
    send_line(l->fd, &line);
}

void log_err(const struct log *l, enum log_level level, const char *event, struct str id, const struct err *e)
{
    char where[128];
    snprintf(where, sizeof where, "%s:%d", e->file ? e->file : "?", e->line);
    const struct log_field fields[] = {
        LF("id", id),
        LF("code", str_of(err_name(e->code))),
        LF("where", str_of(where)),
        LF("field", str_of(e->field)),
        LF("detail", str_of(e->detail)),
        { NULL, { NULL, 0 } },
    };
    log_write(l, level, event, fields);
}
