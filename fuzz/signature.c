/* signature.c: what a certification authority's gateway answers about request 22-17. What is taken has a plain reference, a certificate
 * with a serial number and days in their order, words without a code in them; anything else leaves the result untouched.
 */
#include "models/m22_digital_citizens/signature.h"

#include "base/text.h"
#include "fuzz/fuzz.h"

void fuzz_start(void)
{
}

static void check_plain(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        ASSERT(s.p[i] > ' ' && s.p[i] < 0x7f && s.p[i] != '"' && s.p[i] != '<');
}

void fuzz_one(struct arena *a, struct str input)
{
    struct signature_answer out = { .reference = STR("as before") };
    struct str say;
    if (!signature_answer_read(a, input, STR("22-17"), &out)) {
        ASSERT(str_eq(out.reference, STR("as before")));
        return;
    }
    ASSERT(out.reference.n > 0 && out.reference.n <= 60);
    check_plain(out.reference);
    ASSERT(out.state == SIGNATURE_SENT || out.state == SIGNATURE_ISSUED || out.state == SIGNATURE_REFUSED);
    if (out.state == SIGNATURE_ISSUED) {
        ASSERT(out.serial.n >= 8 && out.serial.n <= 40 && out.issued_on.n < out.expires_on.n);
        check_plain(out.serial);
    }
    if (out.why.n > 0)
        ASSERT(text_is_utf8(out.why) && !secret_in(a, out.why, &say));
}
