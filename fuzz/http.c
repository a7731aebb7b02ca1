/* http.c: whole requests to the whole program, on a store of its own with the people of tests/fixture.c.
 *
 * In an input @LOGIN@ (say @letan@) stands for that person's session cookie and @csrf@ for the form token of the person named
 * before it, so that inputs stay readable and get past the door. The store stays from input to input.
 */
#include "fuzz/fuzz.h"
#include "tests/fixture.h"

#include "base/text.h"
#include "platform/crypto/crypto.h"

#include <stdlib.h>

enum { REQUEST_MAX = 1 << 20 };

static struct fixture world; /* the one world of this program; a fuzz target has nowhere else to keep it */

static void close_world(void)
{
    fixture_close(&world);
}

void fuzz_start(void)
{
    fixture_open(&world);
    atexit(close_world);
}

static struct str token_of(struct arena *a, const struct persona *p)
{
    struct str text = str_fmt(a, "csrf %.*s", STR_ARG(p->token));
    struct hash32 mac = hmac_sha256(world.p.app.secret, text);
    return str_base64url(a, mac.b, sizeof(mac.b));
}

static struct str filled_in(struct arena *a, struct str input)
{
    struct buf b;
    struct str piece;
    const struct persona *who = &world.personas[0];
    bool mark = false; /* the piece stands after an odd @ */
    buf_init(&b, a, REQUEST_MAX);
    while (str_cut(&input, '@', &piece)) {
        const struct persona *named = mark ? persona_named(&world, piece) : NULL;
        bool csrf = mark && str_eq(piece, STR("csrf"));
        who = named ? named : who;
        if (mark && !named && !csrf)
            buf_put_char(&b, '@');
        buf_put(&b, named ? named->token : csrf ? token_of(a, who) : piece);
        mark = named || csrf ? false : true;
    }
    return buf_str(&b);
}

static struct str header(struct str head, struct str name)
{
    struct str line, rest = head;
    while (str_cut(&rest, '\n', &line)) {
        ptrdiff_t colon = str_find_char(line, ':');
        if (colon > 0 && str_eq_nocase(str_head(line, (size_t)colon), name))
            return str_trim(str_from(line, (size_t)colon + 1));
    }
    return STR_NONE;
}

/* One line a header, each "name: value", and lengths that agree: nothing of the input became a header of its own. */
static void check_head(struct str head, size_t body_n, bool has_body)
{
    struct str line, rest = head;
    int64_t length = 0;
    str_cut(&rest, '\n', &line);
    while (str_cut(&rest, '\n', &line)) {
        ptrdiff_t colon = str_find_char(line, ':');
        ASSERT(colon > 0 && line.p[line.n - 1] == '\r' && str_find_char(str_head(line, line.n - 1), '\r') < 0);
        ASSERT(!str_eq(str_head(line, (size_t)colon), STR("x-fuzz")));
    }
    struct str told = header(head, STR("content-length"));
    ASSERT(!told.p || !has_body || (str_to_i64(told, &length) && (size_t)length == body_n));
}

void fuzz_one(struct arena *a, struct str input)
{
    int64_t status;
    struct str request = filled_in(a, input);
    struct str reply = http_once(&world.p.app, a, request);
    ASSERT(str_starts(reply, STR("HTTP/1.1 ")) && str_to_i64(str_head(str_from(reply, 9), 3), &status));
    ASSERT(status >= 200 && status < 600 && status != 500); /* a 500 is a mistake of ours, whatever was sent */
    ptrdiff_t end = str_find(reply, STR("\r\n\r\n"));
    ASSERT(end > 0);
    struct str head = str_head(reply, (size_t)end + 2), body = str_from(reply, (size_t)end + 4);
    ASSERT(text_is_utf8(head));
    head.n -= 1; /* without the last LF, so that cutting ends with the last header */
    check_head(head, body.n, body.n > 0);
    struct str type = header(head, STR("content-type"));
    if (!str_starts(type, STR("text/html")))
        return;
    ASSERT(text_is_utf8(body));
    /* What was typed never becomes markup. */
    ASSERT(str_find(body, STR("<fuzz")) < 0);
}
