/* json.c: canonical JSON by construction. */
#include "base/json.h"

#include "base/err.h"

#include <string.h>

void buf_put_json_string(struct buf *b, struct str s)
{
    static const char hex[] = "0123456789abcdef";
    static const char short_form[] = "btn\0fr"; /* for 0x08 to 0x0d; 0x0b has none */
    buf_put_char(b, '"');
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buf_put_bytes(b, s.p + from, i - from);
        from = i + 1;
        buf_put_char(b, '\\');
        if (c == '"' || c == '\\') {
            buf_put_char(b, (char)c);
        } else if (c >= 0x08 && c <= 0x0d && c != 0x0b) {
            buf_put_char(b, short_form[c - 0x08]);
        } else {
            buf_lit(b, "u00");
            buf_put_char(b, hex[c >> 4]);
            buf_put_char(b, hex[c & 15]);
        }
    }
    if (from < s.n)
        buf_put_bytes(b, s.p + from, s.n - from);
    buf_put_char(b, '"');
}

void json_out_init(struct json_out *j, struct buf *b)
{
    memset(j, 0, sizeof(*j));
    j->b = b;
    j->depth = -1;
}

static void json_open(struct json_out *j, char open, char close)
{
    ASSERT(j->depth + 1 < JSON_DEPTH_MAX);
    j->depth++;
    j->last_key[j->depth] = NULL;
    j->close[j->depth] = close;
    buf_put_char(j->b, open);
}

void json_out_open(struct json_out *j)
{
    json_open(j, '{', '}');
}

void json_out_end(struct json_out *j)
{
    ASSERT(j->depth >= 0);
    buf_put_char(j->b, j->close[j->depth--]);
}

static void json_key(struct json_out *j, const char *key)
{
    ASSERT(j->depth >= 0 && j->close[j->depth] == '}');
    const char *last = j->last_key[j->depth];
    if (last) {
        ASSERT(strcmp(last, key) < 0);
        buf_put_char(j->b, ',');
    }
    j->last_key[j->depth] = key;
    buf_put_char(j->b, '"');
    buf_put_bytes(j->b, key, strlen(key));
    buf_lit(j->b, "\":");
}

static void json_item(struct json_out *j)
{
    ASSERT(j->depth >= 0 && j->close[j->depth] == ']');
    if (j->last_key[j->depth])
        buf_put_char(j->b, ',');
    j->last_key[j->depth] = "";
}

void json_out_str(struct json_out *j, const char *key, struct str v)
{
    if (!v.p)
        return;
    json_key(j, key);
    buf_put_json_string(j->b, v);
}

void json_out_int(struct json_out *j, const char *key, int64_t v)
{
    ASSERT(v < (INT64_C(1) << 53) && v > -(INT64_C(1) << 53));
    json_key(j, key);
    buf_put_i64(j->b, v);
}

void json_out_bool(struct json_out *j, const char *key, bool v)
{
    json_key(j, key);
    buf_put(j->b, v ? STR("true") : STR("false"));
}

void json_out_raw(struct json_out *j, const char *key, struct str canonical)
{
    if (!canonical.p)
        return;
    json_key(j, key);
    buf_put(j->b, canonical);
}

void json_out_object(struct json_out *j, const char *key)
{
    json_key(j, key);
    json_open(j, '{', '}');
}

void json_out_array(struct json_out *j, const char *key)
{
    json_key(j, key);
    json_open(j, '[', ']');
}

void json_out_item_str(struct json_out *j, struct str v)
{
    json_item(j);
    buf_put_json_string(j->b, v);
}

void json_out_item_int(struct json_out *j, int64_t v)
{
    json_item(j);
    buf_put_i64(j->b, v);
}

void json_out_item_object(struct json_out *j)
{
    json_item(j);
    json_open(j, '{', '}');
}
