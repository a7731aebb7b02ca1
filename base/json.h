/* json.h: writes canonical JSON (RFC 8785) straight into a buffer, without building a tree. Keys of an object must be put in
 * ascending byte order (ASCII keys only): the writer asserts it, so that what it writes is canonical by construction.
 *
 *     struct json_out j;
 *     json_out_init(&j, &buf);
 *     json_out_open(&j);
 *     json_out_str(&j, "action", STR("stays.declared"));
 *     json_out_int(&j, "guests", 2);
 *     json_out_end(&j);                 // {"action":"stays.declared","guests":2}
 */
#ifndef BON_BASE_JSON_H
#define BON_BASE_JSON_H

#include "base/buf.h"

enum { JSON_DEPTH_MAX = 8 };

struct json_out {
    struct buf *b;
    const char *last_key[JSON_DEPTH_MAX]; /* NULL: nothing in this object yet; in an array: any non-NULL after the first */
    char close[JSON_DEPTH_MAX];
    int depth;
};

void json_out_init(struct json_out *j, struct buf *b);
void json_out_open(struct json_out *j);
void json_out_end(struct json_out *j); /* closes the innermost object or array */
void json_out_str(struct json_out *j, const char *key, struct str v); /* STR_NONE writes nothing: absent, not null */
void json_out_int(struct json_out *j, const char *key, int64_t v);    /* |v| < 2^53 */
void json_out_bool(struct json_out *j, const char *key, bool v);
void json_out_raw(struct json_out *j, const char *key, struct str canonical); /* a value that is canonical JSON already */
void json_out_object(struct json_out *j, const char *key);
void json_out_array(struct json_out *j, const char *key);
void json_out_item_str(struct json_out *j, struct str v);
void json_out_item_int(struct json_out *j, int64_t v);
void json_out_item_object(struct json_out *j);

/* A quoted, escaped JSON string. */
void buf_put_json_string(struct buf *b, struct str s);

#endif
