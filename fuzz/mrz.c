/* mrz.c: the machine-readable zone by itself. A reading stands only on check digits that hold, so one changed digit of a field
 * they cover must be refused.
 */
#include "engines/identity/identity_internal.h"
#include "fuzz/fuzz.h"

#include <string.h>

void fuzz_start(void)
{
}

/* The digit of each weight is found again by trying all: 7-3-1 is a sum modulo 10. */
static void check_digit_agrees(struct str s)
{
    static const int weights[3] = { 7, 3, 1 };
    int sum = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        int v = c == '<' ? 0 : c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : -1;
        if (v < 0) {
            ASSERT(mrz_check_digit(s) == -1);
            return;
        }
        sum = (sum + v * weights[i % 3]) % 10;
    }
    ASSERT(mrz_check_digit(s) == sum);
}

void fuzz_one(struct arena *a, struct str input)
{
    struct identity_read r;
    struct err e = { 0 };
    memset(&r, 0, sizeof(r));
    check_digit_agrees(str_head(input, 88));
    mrz_looks_like(a, input);
    qr_looks_like(input);
    if (mrz_parse(a, input, fuzz_today(), &r, &e) != 0) {
        fuzz_check_refusal(&e);
        return;
    }
    ASSERT(r.level == EVIDENCE_L1 && r.source >= SOURCE_MRZ_TD1 && r.source <= SOURCE_MRZ_TD3);
    ASSERT(r.name.n > 0 && r.document.n > 0 && r.nationality.n == 3);
    for (size_t i = 0; i < r.name.n; i++)
        ASSERT((r.name.p[i] >= 'A' && r.name.p[i] <= 'Z') || r.name.p[i] == ' ');
}
