/* vietqr.c: the text of a VietQR as a reader is given it. What is read and can be written again says the same. */
#include "engines/payments/payments.h"

#include "fuzz/fuzz.h"

void fuzz_start(void)
{
}

void fuzz_one(struct arena *a, struct str input)
{
    struct err e = { 0 };
    struct vietqr v, again;
    if (vietqr_read(a, input, &v, &e) != 0) {
        ASSERT(e.code == ERR_INPUT);
        return;
    }
    struct str text = vietqr_text(a, &v);
    if (!text.p) /* letters that others allow and we do not write */
        return;
    ASSERT(vietqr_read(a, text, &again, &e) == 0);
    ASSERT(str_eq(v.account, again.account) && str_eq(v.purpose, again.purpose) && v.amount.dong == again.amount.dong);
}
