#include "base/err.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct code_row {
    const char *name;
    int http_status, exit_status;
    struct str sentence;
};

static const struct code_row CODES[] = {
#define X(code, status, exit, sentence) [code] = { #code, status, exit, sentence },
    ERR_TABLE(X)
#undef X
};

static const struct code_row *row(enum err_code code)
{
    return &CODES[(unsigned)code < ERR_COUNT_ ? code : ERR_INTERNAL];
}

/* vsnprintf cuts between bytes; a log line wants whole letters. */
static void drop_broken_letter(char *s, size_t room)
{
    size_t n = strnlen(s, room);
    if (n + 1 < room)
        return;
    size_t at = n;
    while (at > 0 && ((unsigned char)s[at - 1] & 0xC0) == 0x80)
        at--;
    if (at == 0)
        return;
    unsigned char lead = (unsigned char)s[at - 1];
    size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (at - 1 + length > n)
        s[at - 1] = 0;
}

__attribute__((format(printf, 6, 0))) static int fill(struct err *e, enum err_code code, const char *file, int line,
                                                      struct str say, const char *fmt, va_list ap)
{
    if (!e)
        return -1;
    char detail[sizeof e->detail]; /* written aside: the arguments may point into *e */
    vsnprintf(detail, sizeof detail, fmt, ap);
    drop_broken_letter(detail, sizeof detail);
    *e = (struct err) { .code = code, .file = file, .line = line, .say = say };
    memcpy(e->detail, detail, strlen(detail) + 1);
    return -1;
}

int err_raise_say(struct err *e, enum err_code code, const char *file, int line, struct str say, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fill(e, code, file, line, say, fmt, ap);
    va_end(ap);
    return -1;
}

int err_raise(struct err *e, enum err_code code, const char *file, int line, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fill(e, code, file, line, STR_NONE, fmt, ap);
    va_end(ap);
    return -1;
}

int err_http_status(enum err_code code)
{
    return row(code)->http_status;
}

int err_exit_status(enum err_code code)
{
    return row(code)->exit_status;
}

struct str err_sentence(const struct err *e)
{
    return e->say.p ? e->say : row(e->code)->sentence;
}

const char *err_name(enum err_code code)
{
    return row(code)->name;
}

_Noreturn void assert_failed(const char *condition, const char *file, int line)
{
    fprintf(stderr, "bon: %s:%d: this must hold: %s\n", file, line, condition);
    abort();
}
