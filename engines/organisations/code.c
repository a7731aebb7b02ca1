/* code.c: tax codes (mã số thuế): ten digits of which the last checks the others; three more number a branch. Twelve digits are the
 * personal number of a household business's owner, which has no check digit (README.md says what is confirmed).
 */
#include "engines/organisations/organisations.h"

#include "base/ident.h"

#include <string.h>

enum { BASE_DIGITS = 10, PERSON_DIGITS = 12, BRANCH_DIGITS = 13 };

int tax_code_check_digit(const char nine[9])
{
    static const int weights[9] = { 31, 29, 23, 19, 17, 13, 7, 5, 3 };
    int sum = 0;
    for (size_t i = 0; i < 9; i++)
        sum += weights[i] * (nine[i] - '0');
    int digit = 10 - sum % 11;
    return digit > 9 ? -1 : digit;
}

struct str tax_code_str(const struct tax_code *c)
{
    return str_of(c->v);
}

/* Digits without the dash, dots or spaces that people write between them. False: something else, or too many. */
static bool digits_of(struct str s, struct tax_code *out, size_t *n)
{
    memset(out, 0, sizeof(*out));
    *n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '-' || c == ' ' || c == '.')
            continue;
        if (c < '0' || c > '9' || *n == BRANCH_DIGITS)
            return false;
        out->v[(*n)++] = c;
    }
    return true;
}

static int refuse_digits(struct err *e)
{
    return ERR_SAY(e, ERR_FORM, MSGS("Mã số thuế không đúng: chữ số cuối (thứ mười) không khớp các số trước. Xin xem lại từng số."),
                   "tax code: check digit");
}

int tax_code_parse(struct str s, struct tax_code *out, struct err *e)
{
    struct tax_code c;
    size_t n;
    if (!digits_of(s, &c, &n) || (n != BASE_DIGITS && n != PERSON_DIGITS && n != BRANCH_DIGITS))
        return ERR_SAY(e, ERR_FORM,
                       MSGS("Mã số thuế gồm 10 chữ số, 13 chữ số nếu là chi nhánh; hộ kinh doanh dùng số định danh 12 chữ số của chủ hộ."),
                       "tax code: %zu digits", n);
    if (n == PERSON_DIGITS) {
        *out = c;
        return 0;
    }
    int digit = tax_code_check_digit(c.v);
    if (digit < 0 || c.v[9] - '0' != digit || memcmp(c.v + 2, "0000000", 7) == 0)
        return refuse_digits(e);
    if (n == BRANCH_DIGITS && memcmp(c.v + BASE_DIGITS, "000", 3) == 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Ba chữ số cuối của mã chi nhánh bắt đầu từ 001."), "tax code: branch 000");
    *out = c;
    return 0;
}
