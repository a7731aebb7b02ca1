/* JSON from outside under hard limits, and canonical JSON (RFC 8785) for everything that is hashed or signed. */
#include "platform/crypto/crypto.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { JSON_DEPTH = 32, JSON_BYTES = 1 << 20, CANONICAL_BYTES = 8 << 20 };

/* 2^53: beyond it a reader that keeps numbers as doubles sees another number (RFC 8785 section 3.2.2.3, RFC 7493). */
#define JSON_INTEGER_MAX (INT64_C(1) << 53)

/* ---- reading ---- */

/* Nesting is counted before parsing: jansson's own limit is 2048 levels of C recursion. */
static bool depth_within(struct str s, int most)
{
    int depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (in_string) {
            if (c == '\\')
                i++;
            else if (c == '"')
                in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > most)
                return false;
        } else if (c == '}' || c == ']') {
            depth--;
        }
    }
    return true;
}

static void drop(void *tree)
{
    json_decref(tree);
}

json_t *json_kept(struct arena *a, json_t *tree)
{
    if (!tree)
        arena_full(a);
    arena_defer(a, drop, tree);
    return tree;
}

int json_read_most(struct arena *a, struct str s, size_t most, struct json_t **out, struct err *e)
{
    if (s.n > most)
        return ERR(e, ERR_TOO_LARGE, "JSON of %zu bytes, at most %zu", s.n, most);
    if (!depth_within(s, JSON_DEPTH))
        return ERR(e, ERR_INPUT, "JSON nested deeper than %d", JSON_DEPTH);
    json_error_t why;
    json_t *j = json_loadb(s.p ? s.p : "", s.n, JSON_REJECT_DUPLICATES, &why);
    if (!j)
        return ERR(e, ERR_INPUT, "JSON line %d column %d: %s", why.line, why.column, why.text);
    *out = json_kept(a, j);
    return 0;
}

int json_read(struct arena *a, struct str s, struct json_t **out, struct err *e)
{
    return json_read_most(a, s, JSON_BYTES, out, e);
}

struct str json_str(const json_t *j)
{
    return (struct str) { json_string_value(j), json_string_length(j) };
}

struct str json_str_at(const json_t *object, const char *name)
{
    return json_str(json_object_get(object, name));
}

/* ---- writing ---- */

struct member {
    struct str key;
    const json_t *value;
};

/* RFC 8785 sorts by UTF-16 code units. That is the order of UTF-8 bytes except that U+E000…U+FFFF (lead bytes EE, EF) come
 * after everything beyond U+FFFF (lead bytes F0…F4), which UTF-16 writes with surrogates D800…DFFF. */
static int utf16_weight(unsigned char byte)
{
    return byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte;
}

static int by_key(const void *x, const void *y)
{
    struct str a = ((const struct member *)x)->key, b = ((const struct member *)y)->key;
    size_t n = a.n < b.n ? a.n : b.n;
    for (size_t i = 0; i < n; i++)
        if (a.p[i] != b.p[i])
            return utf16_weight((unsigned char)a.p[i]) - utf16_weight((unsigned char)b.p[i]);
    return (a.n > b.n) - (a.n < b.n);
}

static void put_escaped(struct buf *b, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char named[] = "\bb\tt\nn\ff\rr\"\"\\\\";
    for (const char *p = named; *p; p += 2)
        if ((unsigned char)*p == c) {
            buf_put_char(b, '\\');
            buf_put_char(b, p[1]);
            return;
        }
    buf_lit(b, "\\u00");
    buf_put_char(b, hex[c >> 4]);
    buf_put_char(b, hex[c & 15]);
}

static void put_string(struct buf *b, struct str s)
{
    buf_put_char(b, '"');
    size_t done = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buf_put_bytes(b, s.p + done, i - done);
        put_escaped(b, c);
        done = i + 1;
    }
    buf_put_bytes(b, s.p + done, s.n - done);
    buf_put_char(b, '"');
}

static int put_value(struct arena *a, struct buf *b, const json_t *j, int depth, struct err *e);

static int put_array(struct arena *a, struct buf *b, const json_t *j, int depth, struct err *e)
{
    buf_put_char(b, '[');
    for (size_t i = 0; i < json_array_size(j); i++) {
        if (i > 0)
            buf_put_char(b, ',');
        if (put_value(a, b, json_array_get(j, i), depth + 1, e))
            return -1;
    }
    buf_put_char(b, ']');
    return 0;
}

static int put_object(struct arena *a, struct buf *b, const json_t *j, int depth, struct err *e)
{
    size_t n = 0;
    struct member *members = arena_new_array(a, struct member, json_object_size(j));
    json_t *walked = (json_t *)j; /* jansson's iterators take no const; they change nothing */
    for (void *at = json_object_iter(walked); at; at = json_object_iter_next(walked, at))
        members[n++] = (struct member) { str_of(json_object_iter_key(at)), json_object_iter_value(at) };
    qsort(members, n, sizeof *members, by_key);
    buf_put_char(b, '{');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_put_char(b, ',');
        put_string(b, members[i].key);
        buf_put_char(b, ':');
        if (put_value(a, b, members[i].value, depth + 1, e))
            return -1;
    }
    buf_put_char(b, '}');
    return 0;
}

static int put_integer(struct buf *b, int64_t v, struct err *e)
{
    if (v > JSON_INTEGER_MAX || v < -JSON_INTEGER_MAX)
        return ERR(e, ERR_INPUT, "canonical JSON carries integers up to 2^53 only");
    buf_put_i64(b, v);
    return 0;
}

static int put_value(struct arena *a, struct buf *b, const json_t *j, int depth, struct err *e)
{
    if (!j)
        return ERR(e, ERR_INTERNAL, "canonical JSON of nothing");
    if (depth > JSON_DEPTH)
        return ERR(e, ERR_INPUT, "JSON nested deeper than %d", JSON_DEPTH);
    switch (json_typeof(j)) {
    case JSON_OBJECT:
        return put_object(a, b, j, depth, e);
    case JSON_ARRAY:
        return put_array(a, b, j, depth, e);
    case JSON_STRING:
        put_string(b, json_str(j));
        return 0;
    case JSON_INTEGER:
        return put_integer(b, json_integer_value(j), e);
    case JSON_TRUE:
        buf_lit(b, "true");
        return 0;
    case JSON_FALSE:
        buf_lit(b, "false");
        return 0;
    case JSON_NULL:
        buf_lit(b, "null");
        return 0;
    case JSON_REAL:
    default:
        return ERR(e, ERR_INPUT, "canonical JSON carries whole numbers only");
    }
}

/* Measured first, then written: jansson's own frames must not be jumped across when the arena is full. */
struct str json_text(struct arena *a, const struct json_t *j, size_t flags)
{
    size_t n = json_dumpb(j, NULL, 0, flags);
    char *text = n > 0 ? arena_alloc(a, n) : NULL;
    return text && json_dumpb(j, text, n, flags) == n ? (struct str) { text, n } : STR_NONE;
}

int json_canonical(struct arena *a, const struct json_t *j, struct str *out, struct err *e)
{
    struct buf b;
    buf_init(&b, a, CANONICAL_BYTES);
    if (put_value(a, &b, j, 1, e))
        return -1;
    if (b.full)
        return ERR(e, ERR_TOO_LARGE, "canonical JSON of more than %d bytes", CANONICAL_BYTES);
    *out = buf_str(&b);
    return 0;
}
