/* str.h: text as pointer + length. A struct str never owns its bytes; they belong to the arena or literal they came from.
 * Bytes are UTF-8 where the text came through text_clean (text.h), and need no final NUL.
 */
#ifndef BON_BASE_STR_H
#define BON_BASE_STR_H

#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
    const char *p; /* NULL means "no value", which is not the same as empty */
    size_t n;
};

#define STR(literal) ((struct str){ "" literal, sizeof(literal) - 1 })
#define STR_INIT(literal) { "" literal, sizeof(literal) - 1 } /* for static tables */
#define STR_NONE ((struct str){ NULL, 0 })
#define STR_ARG(s) (int)(s).n, (s).p ? (s).p : "" /* for "%.*s" */

struct str str_of(const char *cstring); /* NULL gives STR_NONE */
struct str str_or_empty(struct str s);  /* "" for STR_NONE: columns that are NOT NULL */
bool str_eq(struct str a, struct str b);        /* STR_NONE equals only STR_NONE */
bool str_eq_nocase(struct str a, struct str b); /* ASCII letters only */
int str_cmp(struct str a, struct str b);        /* bytewise, <0 0 >0; STR_NONE first */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
struct str str_trim(struct str s); /* ASCII white space, both ends */
struct str str_from(struct str s, size_t at); /* the rest from byte `at`, empty when past the end */
struct str str_head(struct str s, size_t n);  /* the first n bytes, or all */

/* Position of the first `needle`, or -1. */
ptrdiff_t str_find(struct str s, struct str needle);
ptrdiff_t str_find_char(struct str s, char c);

/* Takes what stands before `sep` off *rest. False when *rest is used up. "a|b" gives "a", "b"; "" gives one "". */
bool str_cut(struct str *rest, char sep, struct str *piece);
/* Is `word` one of the words of "see file pay"? The empty word never is. */
bool str_has_word(struct str words, struct str word);

/* Whole-string decimal numbers; false on anything else, on overflow, on an empty string. */
bool str_to_i64(struct str s, int64_t *out);
bool str_to_u64(struct str s, uint64_t *out);
bool str_to_double(struct str s, double *out);

bool str_is_digits(struct str s); /* at least one, all ASCII 0-9 */

struct str str_dup(struct arena *a, struct str s);
char *str_cstr(struct arena *a, struct str s); /* NUL-ended copy; an inner NUL ends the C string early */
struct str str_fmt(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
struct str str_vfmt(struct arena *a, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
struct str str_hex(struct arena *a, const void *bytes, size_t n);
bool str_unhex(struct str s, void *bytes, size_t n); /* exactly 2n hex digits */
struct str str_base64url(struct arena *a, const void *bytes, size_t n); /* no padding, RFC 4648 section 5 */
bool str_unbase64url(struct arena *a, struct str s, struct str *out);

/* Equal in constant time for equal lengths: for secrets. */
bool str_eq_secret(struct str a, struct str b);

#endif
