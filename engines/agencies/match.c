/* match.c: from how a paper writes an agency to its code. The plan of 2023 alone has "CA tỉnh", "CA TỈNH", "Công an tỉnh",
 * "Sở LĐTB&XH", "Sở LĐT&BXH", "Sở LDTB&XH" …: names are compared folded, and the list of them is data of the pack.
 */
#include "base/text.h"
#include "base/vec.h"
#include "engines/agencies/inside.h"

int agency_names_on(struct dbr *r, struct arena *a, struct day on, struct agency_names *out, struct err *e)
{
    struct agency_name_rows rows;
    if (agency_keys_on(r, a, &(struct agency_keys_on_in) { .today = on }, &rows, e))
        return -1;
    *out = (struct agency_names) { rows.v, rows.n };
    return 0;
}

int agency_named(struct dbr *r, struct arena *a, struct str text, struct day on, struct agency *out, struct err *e)
{
    struct agency_rows rows;
    struct agencies_by_key_in in = { .key = text_fold(a, text), .today = on };
    int got = agency_by_code(r, a, text, out, e);
    if (got != 0)
        return got;
    if (agencies_by_key(r, a, &in, &rows, e))
        return -1;
    if (rows.n > 1)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Tên này chỉ nhiều cơ quan. Xin ghi mã cơ quan."), "%.*s", STR_ARG(text));
    return rows.n == 0 ? 0 : agency_by_code(r, a, rows.v[0].code, out, e);
}

/* ---- names inside a phrase ---- */

enum { NAME_WORDS = 16 }; /* the longest name has twelve */

/* A letter or digit; what is beyond ASCII is part of one in Vietnamese. */
static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static size_t word_end(struct str s, size_t at)
{
    while (at < s.n && is_word(s.p[at]))
        at++;
    return at;
}

static size_t word_start(struct str s, size_t at)
{
    while (at < s.n && !is_word(s.p[at]))
        at++;
    return at;
}

/* A name begins with its capital: "các cơ sở y tế" are no Sở Y tế, although both fold to "so y te". */
static const struct agency_name *name_of(struct arena *a, const struct agency_names *names, struct str text)
{
    struct str key = text_fold(a, text);
    for (size_t i = 0; i < names->n; i++)
        if (text.p[0] == names->v[i].alias.p[0] && str_eq(names->v[i].key, key))
            return &names->v[i];
    return NULL;
}

/* The longest name that stands at the head of `s`, and how many bytes it takes. */
static const struct agency_name *name_at(struct arena *a, const struct agency_names *names, struct str s, size_t *took)
{
    const struct agency_name *best = NULL;
    size_t end = 0;
    for (int words = 0; words < NAME_WORDS && end < s.n; words++) {
        end = word_end(s, word_start(s, end));
        const struct agency_name *n = name_of(a, names, str_head(s, end));
        if (n) {
            best = n;
            *took = end;
        }
    }
    return best;
}

static bool has_code(const struct str *v, size_t n, struct str code)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i], code))
            return true;
    return false;
}

void agencies_in_text(struct arena *a, const struct agency_names *names, struct str text, struct agency_codes *out)
{
    VEC(struct str) found = { 0 };
    for (size_t at = word_start(text, 0); at < text.n;) {
        size_t took = word_end(text, at) - at;
        const struct agency_name *n = name_at(a, names, str_from(text, at), &took);
        if (n && !has_code(found.v, found.n, n->code))
            *vec_push(a, &found) = n->code;
        at = word_start(text, at + took);
    }
    *out = (struct agency_codes) { found.v, found.n };
}
