#include "base/ident.h"

#include <string.h>

/* One sentence for each count: a sentence is a text to be translated, so the number cannot be put in afterwards. */
static const struct str TOO_SHORT[] = {
    MSG("Xin điền số định danh cá nhân: 12 chữ số trên thẻ căn cước."),
    MSG("Số định danh có 12 chữ số; ở đây mới có 1 chữ số."),
    MSG("Số định danh có 12 chữ số; ở đây mới có 2 chữ số."),
    MSG("Số định danh có 12 chữ số; ở đây mới có 3 chữ số."),
    MSG("Số định danh có 12 chữ số; ở đây mới có 4 chữ số."),
    MSG("Số định danh có 12 chữ số; ở đây mới có 5 chữ số."),
    MSG("Số định danh có 12 chữ số; ở đây mới có 6 chữ số."),
    MSG("Số định danh có 12 chữ số; ở đây mới có 7 chữ số."),
    MSG("Số định danh có 12 chữ số; ở đây mới có 8 chữ số."),
    MSG("Số định danh có 12 chữ số; ở đây có 9 chữ số, có thể là số CMND cũ."),
    MSG("Số định danh có 12 chữ số; ở đây mới có 10 chữ số."),
    MSG("Số định danh có 12 chữ số; ở đây mới có 11 chữ số."),
};

static int century_of(char g)
{
    return 1900 + (g - '0') / 2 * 100;
}

/* The digits alone: people type and print the number in groups. Gives how many there were, 13 for too many, -1 for a sign
 * that is no digit. */
static int collect_digits(struct str s, char digits[13])
{
    int n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == ' ')
            continue;
        if (s.p[i] < '0' || s.p[i] > '9')
            return -1;
        if (n == 12)
            return 13;
        digits[n++] = s.p[i];
    }
    return n;
}

int pid_parse(struct str s, struct day today, struct pid *out, struct err *e)
{
    struct pid p = { { 0 } };
    int year, month, day, n = collect_digits(str_trim(s), p.v);
    if (n < 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Số định danh chỉ gồm chữ số; ở đây có chữ hoặc dấu khác."), "pid: not a digit");
    if (n > 12)
        return ERR_SAY(e, ERR_FORM, MSGS("Số định danh có 12 chữ số; ở đây có nhiều hơn."), "pid: more than 12 digits");
    if (n < 12)
        return ERR_SAY(e, ERR_FORM, TOO_SHORT[n], "pid: %d digits", n);
    day_to_ymd(today, &year, &month, &day);
    if (pid_birth_year(&p) > year)
        return ERR_SAY(e, ERR_FORM, MSGS("Số định danh cho năm sinh ở tương lai. Xin xem lại các chữ số thứ 4, 5 và 6."),
                       "pid: born in %d", pid_birth_year(&p));
    *out = p;
    return 0;
}

struct str pid_str(const struct pid *p)
{
    return p->v[0] ? (struct str) { p->v, 12 } : STR_NONE;
}

bool pid_eq(const struct pid *a, const struct pid *b)
{
    return memcmp(a->v, b->v, sizeof a->v) == 0;
}

int pid_birth_year(const struct pid *p)
{
    if (!p->v[0])
        return 0;
    return century_of(p->v[3]) + (p->v[4] - '0') * 10 + (p->v[5] - '0');
}

enum sex pid_sex(const struct pid *p)
{
    if (!p->v[0])
        return SEX_UNKNOWN;
    return (p->v[3] - '0') % 2 ? SEX_FEMALE : SEX_MALE;
}

struct str pid_masked(struct arena *a, const struct pid *p)
{
    return p->v[0] ? str_fmt(a, "%.3s*****%.4s", p->v, p->v + 8) : STR_NONE;
}

bool unit_code_parse(struct str s, struct unit_code *out)
{
    struct unit_code u = { { 0 } };
    if (s.n < 2 || s.n > 10)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool allowed = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
        if (!allowed)
            return false;
        u.v[i] = c;
    }
    *out = u;
    return true;
}

struct str unit_code_str(const struct unit_code *u)
{
    return u->v[0] ? (struct str) { u->v, strnlen(u->v, sizeof u->v) } : STR_NONE;
}

bool unit_code_eq(const struct unit_code *a, const struct unit_code *b)
{
    return strncmp(a->v, b->v, sizeof a->v) == 0;
}

bool hash32_eq(const struct hash32 *a, const struct hash32 *b)
{
    return memcmp(a->b, b->b, sizeof a->b) == 0;
}
