/* secret.c: a helper at the door must never carry away a password, a PIN or a one-time code. Whatever people may write freely passes
 * here first, and what looks like a secret is refused before anything is stored. It errs on the side of refusing: a lone number
 * of four to eight digits is taken for a code unless it is a year, a part of a date or an amount of money.
 */
#include "models/m22_digital_citizens/citizens.h"

#include "base/text.h"

#include <string.h>

enum { WORDS_MOST = 400, NEAR = 4, CODE_LEAST = 4, CODE_MOST = 8 };

struct word {
    struct str text;
    char before, after; /* the characters around it; 0 at the ends */
};
struct words {
    struct word v[WORDS_MOST];
    size_t n;
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static void cut_words(struct str folded, struct words *out)
{
    out->n = 0;
    for (size_t i = 0; i < folded.n && out->n < WORDS_MOST;) {
        size_t from = i;
        while (i < folded.n && is_letter(folded.p[i]))
            i++;
        if (i > from)
            out->v[out->n++] = (struct word) { { folded.p + from, i - from },
                                               from > 0 ? folded.p[from - 1] : '\0',
                                               i < folded.n ? folded.p[i] : '\0' };
        else
            i++;
    }
}

/* What secrets are called, folded; two words where one would be too common. */
static const char *const names[][2] = {
    { "mat", "khau" }, { "passwd", NULL }, { "password", NULL }, { "passcode", NULL }, { "pass", NULL },
    { "pwd", NULL },   { "mk", NULL },     { "pin", NULL },      { "otp", NULL },      { "cvv", NULL },
    { "cvc", NULL },   { "ma", "xac" },    { "ma", "kich" },
};

/* How many words from i on name a secret; 0: none. */
static size_t names_secret(const struct words *w, size_t i)
{
    for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++) {
        if (!str_eq(w->v[i].text, str_of(names[k][0])))
            continue;
        if (!names[k][1])
            return 1;
        if (i + 1 < w->n && str_eq(w->v[i + 1].text, str_of(names[k][1])))
            return 2;
    }
    return 0;
}

static bool has_digit(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9')
            return true;
    return false;
}

/* "mật khẩu là hoa123", "OTP: 482913", "pin 4821". Naming a secret without its value is no harm: "quên mật khẩu". */
static bool value_follows(const struct words *w, size_t i)
{
    char sign = w->v[i - 1].after;
    if (i < w->n && (sign == ':' || sign == '='))
        return true;
    for (size_t k = i; k < w->n && k < i + NEAR; k++) {
        if (has_digit(w->v[k].text) && w->v[k].text.n >= CODE_LEAST)
            return true;
        if (str_eq(w->v[k].text, STR("la")) && k + 1 < w->n && !str_eq(w->v[k + 1].text, STR("gi")))
            return true;
    }
    return false;
}

static bool is_year(struct str digits)
{
    return digits.n == 4 && (str_starts(digits, STR("19")) || str_starts(digits, STR("20")));
}

static bool is_money(const struct words *w, size_t i)
{
    if (i + 1 >= w->n)
        return false;
    struct str next = w->v[i + 1].text;
    return str_eq(next, STR("dong")) || str_eq(next, STR("d")) || str_eq(next, STR("vnd"));
}

static bool joins(char c)
{
    return c == '/' || c == '.' || c == ',' || c == '-' || c == ':';
}

static bool is_lone_code(const struct words *w, size_t i)
{
    const struct word *x = &w->v[i];
    return x->text.n >= CODE_LEAST && x->text.n <= CODE_MOST && str_is_digits(x->text) && !is_year(x->text) &&
           !is_money(w, i) && !(joins(x->before) && i > 0 && str_is_digits(w->v[i - 1].text)) &&
           !(joins(x->after) && i + 1 < w->n && str_is_digits(w->v[i + 1].text));
}

/* text_fold drops '-' and would join "12-3456"; what keeps numbers apart must stay. */
static struct str fold_keeping_signs(struct arena *a, struct str text)
{
    struct buf b;
    struct str rest = text, piece;
    buf_init(&b, a, 2 * text.n + 16);
    for (bool first = true; str_cut(&rest, '-', &piece); first = false) {
        if (!first)
            buf_put_char(&b, '-');
        buf_put(&b, text_fold(a, piece));
    }
    return buf_str(&b);
}

bool secret_in(struct arena *a, struct str text, struct str *say)
{
    struct words *w = arena_new(a, struct words);
    cut_words(fold_keeping_signs(a, text), w);
    for (size_t i = 0; i < w->n; i++) {
        size_t n = names_secret(w, i);
        if (n > 0 && value_follows(w, i + n)) {
            *say = MSGS("Chỗ này giống như đang ghi một mật khẩu, mã PIN hoặc mã OTP. Xin xoá đi: tổ không bao giờ giữ mã "
                        "của bà con.");
            return true;
        }
        if (is_lone_code(w, i)) {
            *say = MSGS(
                "Có một dãy 4 đến 8 chữ số đứng riêng, giống mã PIN hoặc OTP nên không được lưu. Xin xoá đi, hoặc viết rõ "
                "là gì, ví dụ số văn bản 118/DS, ngày 14/03/2024.");
            return true;
        }
    }
    return false;
}

int secret_check(struct req *q, struct str value, struct err *e)
{
    struct str say;
    return secret_in(q->arena, value, &say) ? ERR_SAY(e, ERR_FORM, say, "looks like a secret") : 0;
}
