/* ask.c: what a poll is told, and the short code that a person carries from one screen to another. Pure. */
#include "engines/signon/ask.h"

#include "base/err.h"
#include "base/rng.h"

#include <string.h>

static const char letters[] = "BCDFGHJKLMNPQRSTVWXZ";

/* A line may be late or early by this much without the program having broken its word. */
enum { POLL_GRACE_US = 500 * 1000 };

static bool polled_too_early(const struct ask_poll *p, struct instant now)
{
    return p->polled_at.us > 0 && now.us < p->polled_at.us + p->wait_s * US_PER_SECOND - POLL_GRACE_US;
}

enum ask_answer ask_poll_answer(const struct ask_poll *p, struct instant now, int64_t *wait_s)
{
    *wait_s = p->wait_s;
    if (p->state == ASK_REDEEMED)
        return ASK_TELL_USED;
    if (p->state == ASK_DENIED)
        return ASK_TELL_DENIED;
    if (now.us >= p->expires_at.us)
        return ASK_TELL_EXPIRED;
    if (polled_too_early(p, now)) {
        *wait_s = p->wait_s + ASK_SLOWER_S;
        return ASK_TELL_SLOW_DOWN;
    }
    return p->state == ASK_AGREED ? ASK_TELL_TOKENS : ASK_TELL_PENDING;
}

struct str ask_answer_error(enum ask_answer answer)
{
    static const struct str errors[ASK_TELLS_] = {
        [ASK_TELL_PENDING] = STR_INIT("authorization_pending"),
        [ASK_TELL_SLOW_DOWN] = STR_INIT("slow_down"),
        [ASK_TELL_DENIED] = STR_INIT("access_denied"),
        [ASK_TELL_EXPIRED] = STR_INIT("expired_token"),
        [ASK_TELL_USED] = STR_INIT("invalid_grant"),
    };
    return errors[answer];
}

/* Bytes above the last whole multiple of the alphabet are thrown away, so that every letter is as likely as another. */
struct str user_code_new(struct arena *a)
{
    enum { KINDS = sizeof(letters) - 1, FAIR = 256 / KINDS * KINDS };
    char *code = arena_alloc(a, USER_CODE_LETTERS);
    for (int n = 0; n < USER_CODE_LETTERS;) {
        uint8_t byte;
        random_bytes(&byte, 1);
        if (byte < FAIR)
            code[n++] = letters[byte % KINDS];
    }
    return (struct str) { code, USER_CODE_LETTERS };
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool user_code_typed(struct arena *a, struct str typed, struct str *code)
{
    char *out = arena_alloc(a, USER_CODE_LETTERS);
    size_t n = 0;
    for (size_t i = 0; i < typed.n; i++) {
        char c = upper(typed.p[i]);
        if (c == '-' || c == ' ')
            continue;
        if (n == USER_CODE_LETTERS || !memchr(letters, c, sizeof(letters) - 1))
            return false;
        out[n++] = c;
    }
    *code = (struct str) { out, n };
    return n == USER_CODE_LETTERS;
}

struct str user_code_shown(struct arena *a, struct str code)
{
    ASSERT(code.n == USER_CODE_LETTERS);
    return str_fmt(a, "%.4s-%.4s", code.p, code.p + 4);
}
