/* words.c: text that is put into requests, and the text that a reader of the reply sees. */
#include "tests/http_run.h"

#include "engines/credentials/totp.h"
#include "engines/payments/inside.h"
#include "gen/notices_queries.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

void words_set(struct http_run *r, struct str name, struct str value)
{
    struct str *kept = arena_new(r->arena, struct str);
    *kept = str_dup(r->arena, value);
    map_set(&r->words, str_dup(r->arena, name), kept);
}

static bool repeat(struct http_run *r, struct str rest, struct str *out)
{
    struct str times, what = rest;
    int64_t n;
    if (!str_cut(&what, ' ', &times) || !str_to_i64(times, &n) || n < 0 || n > 300 * 1024 * 1024 || what.n == 0)
        return fault(r, "{{repeat N TEXT}}: %.*s", STR_ARG(rest));
    struct buf b;
    buf_init(&b, r->arena, (size_t)n * what.n + 1);
    for (int64_t i = 0; i < n; i++)
        buf_put(&b, what);
    *out = buf_str(&b);
    return true;
}

static bool decomposed(struct http_run *r, struct str s, struct str *out)
{
    uint8_t *nfd = NULL;
    utf8proc_ssize_t n = utf8proc_map((const uint8_t *)s.p, (utf8proc_ssize_t)s.n, &nfd, UTF8PROC_DECOMPOSE);
    if (n >= 0)
        *out = str_dup(r->arena, (struct str) { (const char *)nfd, (size_t)n });
    free(nfd);
    return n >= 0 || fault(r, "{{nfd …}}: not UTF-8");
}

/* A kept word with one letter in its middle changed. */
static bool spoiled(struct http_run *r, struct str name, struct str *out)
{
    const struct str *kept = map_get(&r->words, name);
    if (!kept || kept->n == 0)
        return fault(r, "{{spoil %.*s}} has not been set", STR_ARG(name));
    struct str copy = str_dup(r->arena, *kept);
    char *middle = (char *)(uintptr_t)copy.p + copy.n / 2;
    *middle = *middle == 'A' ? 'B' : 'A';
    *out = copy;
    return true;
}

/* {{paid NAME}}: what the payment network sends beside the body that this word holds. */
static bool paid_signature(struct http_run *r, struct str name, struct str *out)
{
    const struct str *body = map_get(&r->words, name);
    if (!body)
        return fault(r, "{{paid %.*s}} has not been set", STR_ARG(name));
    *out = pay_signature(r->arena, pay_key(&r->f->p.app), *body);
    return true;
}

/* The code that an authenticator app with this key (base32, as the page shows it) shows at the test's time. */
static bool app_code(struct http_run *r, struct str name, struct str *out)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const struct str *key = map_get(&r->words, name);
    char *seed = arena_alloc(r->arena, TOTP_SEED + 1);
    uint32_t held = 0;
    int bits = 0;
    size_t n = 0;
    if (!key)
        return fault(r, "{{totp %.*s}} has not been set", STR_ARG(name));
    for (size_t i = 0; i < key->n && n < TOTP_SEED; i++) {
        const char *at = strchr(letters, key->p[i]);
        if (!at)
            return fault(r, "{{totp %.*s}}: no base32", STR_ARG(name));
        held = held << 5 | (uint32_t)(at - letters);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            seed[n++] = (char)(held >> bits & 0xff);
        }
    }
    *out = str_fmt(r->arena, "%06u", totp_value((struct str) { seed, n }, totp_step(r->f->now), TOTP_DIGITS));
    return true;
}

/* {{sms NUMBER}}: the six digits of a code that waits to be sent to this number. */
static bool sent_code(struct http_run *r, struct str number, struct str *out)
{
    struct dbr *reader;
    struct err e = { 0 };
    struct notice_out_due_rows rows = { .n = 0 };
    struct notice_out_due_in in = { .channel = 0, .now = r->f->now, .most = 50 };
    if (db_read_begin(r->f->p.app.db, &reader, &e) == 0) {
        notice_out_due(reader, r->arena, &in, &rows, &e);
        db_read_end(reader);
    }
    for (size_t i = rows.n; i-- > 0;)
        for (size_t k = 0; str_eq(rows.v[i].address, number) && k + 6 <= rows.v[i].text.n; k++) {
            *out = (struct str) { rows.v[i].text.p + k, 6 };
            if (str_is_digits(*out))
                return true;
        }
    return fault(r, "no code waits for %.*s", STR_ARG(number));
}

static bool word_value(struct http_run *r, struct str word, struct str *out)
{
    struct str rest = word, head;
    str_cut(&rest, ' ', &head);
    if (str_eq(head, STR("repeat")))
        return repeat(r, rest, out);
    if (str_eq(head, STR("spoil")))
        return spoiled(r, rest, out);
    if (str_eq(head, STR("totp")))
        return app_code(r, rest, out);
    if (str_eq(head, STR("sms")))
        return sent_code(r, rest, out);
    if (str_eq(head, STR("paid")))
        return paid_signature(r, rest, out);
    if (str_eq(head, STR("nfd")))
        return decomposed(r, rest, out);
    if (str_eq(head, STR("token"))) {
        const struct persona *p = persona_named(r->f, rest);
        *out = p ? p->token : STR_NONE;
        return p || fault(r, "nobody is called %.*s", STR_ARG(rest));
    }
    const struct str *kept = map_get(&r->words, word);
    if (!kept)
        return fault(r, "{{%.*s}} has not been set", STR_ARG(word));
    *out = *kept;
    return true;
}

bool words_fill(struct http_run *r, struct str s, struct str *out)
{
    struct buf b;
    if (str_find(s, STR("{{")) < 0) {
        *out = s;
        return true;
    }
    buf_init(&b, r->arena, (size_t)400 * 1024 * 1024);
    for (;;) {
        ptrdiff_t from = str_find(s, STR("{{")), to = from < 0 ? -1 : str_find(str_from(s, (size_t)from), STR("}}"));
        struct str value;
        if (to < 0)
            break;
        buf_put(&b, str_head(s, (size_t)from));
        if (!word_value(r, str_head(str_from(s, (size_t)from + 2), (size_t)to - 2), &value))
            return false;
        buf_put(&b, value);
        s = str_from(s, (size_t)(from + to) + 2);
    }
    buf_put(&b, s);
    *out = buf_str(&b);
    return true;
}

struct str words_unescape(struct arena *a, struct str s)
{
    struct buf b;
    buf_init(&b, a, s.n + 1);
    for (size_t i = 0; i < s.n; i++) {
        char next = i + 1 < s.n ? s.p[i + 1] : '\0';
        uint8_t byte;
        if (s.p[i] != '\\' || next == '\0') {
            buf_put(&b, (struct str) { s.p + i, 1 });
        } else if (next == 'x' && str_unhex(str_head(str_from(s, i + 2), 2), &byte, 1)) {
            buf_put_bytes(&b, &byte, 1);
            i += 3;
        } else {
            char c = next == 'n' ? '\n' : next == 'r' ? '\r' : next == 't' ? '\t' : next;
            buf_put_bytes(&b, &c, 1);
            i++;
        }
    }
    return buf_str(&b);
}

/* ---- what a reader sees ---- */

static const struct {
    struct str entity, text;
} entities[] = {
    { STR_INIT("&amp;"), STR_INIT("&") },   { STR_INIT("&lt;"), STR_INIT("<") },   { STR_INIT("&gt;"), STR_INIT(">") },
    { STR_INIT("&quot;"), STR_INIT("\"") }, { STR_INIT("&#34;"), STR_INIT("\"") }, { STR_INIT("&#39;"), STR_INIT("'") },
    { STR_INIT("&#x27;"), STR_INIT("'") },  { STR_INIT("&nbsp;"), STR_INIT(" ") }, { STR_INIT("&#x2F;"), STR_INIT("/") },
    { STR_INIT("&#96;"), STR_INIT("`") },
};

static size_t put_entity(struct buf *b, struct str s)
{
    for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
        if (str_starts(s, entities[i].entity)) {
            buf_put(b, entities[i].text);
            return entities[i].entity.n;
        }
    buf_put(b, STR("&"));
    return 1;
}

static size_t skip_element(struct str s, struct str open, struct str close)
{
    if (!str_starts(s, open))
        return 0;
    ptrdiff_t end = str_find(s, close);
    return end < 0 ? s.n : (size_t)end + close.n;
}

static size_t skip_tag(struct str s)
{
    size_t hidden = skip_element(s, STR("<script"), STR("</script>"));
    hidden = hidden ? hidden : skip_element(s, STR("<style"), STR("</style>"));
    hidden = hidden ? hidden : skip_element(s, STR("<template"), STR("</template>"));
    if (hidden)
        return hidden;
    ptrdiff_t end = str_find_char(s, '>');
    return end < 0 ? s.n : (size_t)end + 1;
}

static struct str fold_space(struct arena *a, struct str s)
{
    struct buf b;
    bool space = true;
    buf_init(&b, a, s.n + 1);
    for (size_t i = 0; i < s.n; i++) {
        bool is = s.p[i] == ' ' || s.p[i] == '\n' || s.p[i] == '\t' || s.p[i] == '\r';
        if (!is || !space)
            buf_put(&b, is ? STR(" ") : (struct str) { s.p + i, 1 });
        space = is;
    }
    return buf_str(&b);
}

/* Tags end words, except those that only mark up a part of one. */
static bool within_words(struct str tag)
{
    static const struct str marks[] = { STR_INIT("<b>"), STR_INIT("</b>"), STR_INIT("<strong"), STR_INIT("</strong"),
                                        STR_INIT("<em"), STR_INIT("</em"), STR_INIT("<span"),   STR_INIT("</span") };
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (str_starts(tag, marks[i]))
            return true;
    return false;
}

struct str words_visible(struct arena *a, struct str html)
{
    struct buf b;
    buf_init(&b, a, 2 * html.n + 16);
    while (html.n > 0) {
        size_t n = 1;
        if (html.p[0] == '<') {
            n = skip_tag(html);
            if (!within_words(html))
                buf_put(&b, STR(" "));
        } else if (html.p[0] == '&') {
            n = put_entity(&b, html);
        } else {
            buf_put(&b, str_head(html, 1));
        }
        html = str_from(html, n);
    }
    return fold_space(a, buf_str(&b));
}
