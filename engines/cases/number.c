/* number.c: what a case is known by: its number on papers, and the code that only its applicant has. */
#include "engines/cases/inside.h"

#include "base/rng.h"

/* ---- the number: NĐ 107/2021/NĐ-CP, "mã số hồ sơ": organ-YYMMDD-XXXX ---- */

bool case_is_organ(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'A' && s.p[i] <= 'Z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '.'))
            return false;
    return s.n > 0 && s.n <= CASE_ORGAN_MAX;
}

static bool short_day(struct str s, struct day *out)
{
    int64_t n;
    return s.n == 6 && str_is_digits(s) && str_to_i64(s, &n) &&
           day_from_ymd((int)(2000 + n / 10000), (int)(n / 100 % 100), (int)(n % 100), out);
}

static struct str upper_ascii(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n);
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 'a' + 'A') : s.p[i];
    return (struct str) { p, s.n };
}

bool case_number_parse(struct arena *a, struct str text, struct case_number *out)
{
    struct case_number n = { 0 };
    struct str rest = str_trim(text), day;
    if (rest.n == 0 || rest.n > CASE_NUMBER_MAX)
        return false;
    rest = upper_ascii(a, rest);
    if (!str_cut(&rest, '-', &n.organ) || !case_is_organ(n.organ) || !str_cut(&rest, '-', &day) || !short_day(day, &n.day))
        return false;
    if (rest.n < 4 || rest.n > 6 || !str_is_digits(rest) || !str_to_i64(rest, &n.n) || n.n == 0)
        return false;
    if (rest.n > 4 && rest.p[0] == '0') /* one number has one spelling */
        return false;
    *out = n;
    return true;
}

struct str case_number_str(struct arena *a, const struct case_number *n)
{
    int y, m, d;
    day_to_ymd(n->day, &y, &m, &d);
    return str_fmt(a, "%.*s-%02d%02d%02d-%04lld", STR_ARG(n->organ), y % 100, m, d, (long long)n->n);
}

/* A unit without a row of its own is known by its code below the province's. */
struct str case_organ(const struct cases_state *s, struct arena *a, const struct unit_code *unit, struct day on)
{
    struct str code = unit_code_str(unit);
    const struct dated_row *own = dated_on(&s->organs, code, on);
    const struct dated_row *province = dated_on(&s->organs, unit_code_str(&s->province), on);
    if (own)
        return own->value;
    return province ? str_fmt(a, "%.*s.%.*s", STR_ARG(code), STR_ARG(province->value)) : code;
}

/* ---- the code: no letters that look like others or like digits; 30 of them, ten places: 49 bits ---- */

static const char letters[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
enum { LETTERS = sizeof letters - 1, CODE_PLACES = 10 };

static struct str code_in_groups(struct arena *a, const char code[CODE_PLACES])
{
    return str_fmt(a, "%.4s-%.4s-%.2s", code, code + 4, code + 8);
}

struct str case_code_new(struct arena *a)
{
    char code[CODE_PLACES];
    for (size_t i = 0; i < CODE_PLACES;) {
        uint8_t b;
        random_bytes(&b, 1);
        if (b < 256 / LETTERS * LETTERS) /* without bias */
            code[i++] = letters[b % LETTERS];
    }
    return code_in_groups(a, code);
}

struct str case_code_drawn(struct arena *a, struct rng *r)
{
    char code[CODE_PLACES];
    for (size_t i = 0; i < CODE_PLACES; i++)
        code[i] = letters[rng_below(r, LETTERS)];
    return code_in_groups(a, code);
}

struct str case_code_plain(struct arena *a, struct str typed)
{
    struct str up = upper_ascii(a, str_head(str_or_empty(typed), 40));
    char *p = arena_alloc(a, CODE_PLACES);
    size_t n = 0;
    for (size_t i = 0; i < up.n; i++) {
        if (up.p[i] == '-' || up.p[i] == ' ')
            continue;
        if (n == CODE_PLACES || str_find_char(((struct str) { letters, LETTERS }), up.p[i]) < 0)
            return STR_NONE;
        p[n++] = up.p[i];
    }
    return n == CODE_PLACES ? (struct str) { p, n } : STR_NONE;
}

struct hash32 case_code_hash(const struct cases_state *s, struct arena *a, const struct case_number *n, struct str code)
{
    struct str number = case_number_str(a, n);
    struct str key = { (const char *)s->follow_key.b, sizeof s->follow_key.b };
    return hmac_sha256(key, str_fmt(a, "%.*s|%.*s", STR_ARG(number), STR_ARG(code)));
}
