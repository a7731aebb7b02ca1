/* identity.c: what a scanner, a camera or a paste brings to the counter: QR text, MRZ lines, anything. */
#include "engines/identity/identity_internal.h"
#include "fuzz/fuzz.h"

#include "base/text.h"

#include <string.h>

void fuzz_start(void)
{
}

static void check_read(struct arena *a, const struct identity_read *r)
{
    struct str again;
    ASSERT(r->level == EVIDENCE_L1 && r->source > SOURCE_TYPED && r->source < SOURCES_);
    ASSERT(r->name.n > 0 && text_length(r->name) <= IDENTITY_NAME_MAX);
    ASSERT(text_clean(a, r->name, TEXT_ONE_LINE, IDENTITY_NAME_MAX, &again, NULL) == 0 && str_eq(again, r->name));
    ASSERT(text_is_utf8(r->address) && text_length(r->address) <= IDENTITY_ADDRESS_MAX);
    ASSERT(pid_str(&r->pid).p == NULL || (pid_str(&r->pid).n == 12 && str_is_digits(pid_str(&r->pid))));
    ASSERT(r->document.n > 0);
    ASSERT(r->born.year == 0 || birth_age(r->born, fuzz_today()) >= 0);
    ASSERT((size_t)__builtin_popcount((unsigned)r->warnings) == identity_warnings(r->warnings).n);
    ASSERT(evidence_label(r->level, r->source).n > 0);
}

void fuzz_one(struct arena *a, struct str input)
{
    struct identity_read r, untouched;
    struct err e = { 0 };
    memset(&r, 0x5a, sizeof(r));
    untouched = r;
    if (identity_parse(a, input, fuzz_today(), &r, &e) == 0) {
        check_read(a, &r);
        return;
    }
    fuzz_check_refusal(&e);
    ASSERT(memcmp(&r, &untouched, sizeof(r)) == 0);
}
