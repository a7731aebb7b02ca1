/* tax_code.c: tax codes as people type them: what is taken is 10, 12 or 13 digits and is taken again as itself; what is refused has its
 * sentence and leaves nothing behind; and of a code with a check digit no other last digit is taken.
 */
#include "engines/organisations/organisations.h"

#include "fuzz/fuzz.h"

#include <string.h>

void fuzz_start(void)
{
}

static void one_digit_only(const struct tax_code *code)
{
    for (char digit = '0'; digit <= '9'; digit++) {
        struct tax_code other = *code, again;
        other.v[9] = digit;
        ASSERT((tax_code_parse(tax_code_str(&other), &again, NULL) == 0) == (digit == code->v[9]));
    }
}

void fuzz_one(struct arena *a, struct str input)
{
    struct tax_code code = { "" }, again;
    struct err e = { 0 };
    (void)a;
    if (tax_code_parse(input, &code, &e) != 0) {
        ASSERT(e.code == ERR_FORM && err_sentence(&e).n > 0 && code.v[0] == 0);
        return;
    }
    size_t n = strlen(code.v);
    ASSERT((n == 10 || n == 12 || n == 13) && str_is_digits(tax_code_str(&code)));
    ASSERT(tax_code_parse(tax_code_str(&code), &again, &e) == 0 && strcmp(code.v, again.v) == 0);
    if (n != 12)
        one_digit_only(&code);
}
