/* identity_typed.c: a guest typed by hand: number, name, birth, sex, nationality, one a line. */
#include "engines/identity/identity_internal.h"
#include "fuzz/fuzz.h"

#include "base/text.h"

#include <string.h>

void fuzz_start(void)
{
}

void fuzz_one(struct arena *a, struct str input)
{
    struct identity_read r, untouched;
    struct err e = { 0 };
    struct str number = fuzz_line(&input), name = fuzz_line(&input), born = fuzz_line(&input), sex = fuzz_line(&input);
    memset(&r, 0x5a, sizeof(r));
    untouched = r;
    if (identity_child(a, name, born, sex, input, fuzz_today(), &r, &e) == 0)
        ASSERT(birth_age(r.born, fuzz_today()) >= 0 && birth_age(r.born, fuzz_today()) < 14 && pid_str(&r.pid).n == 0 && r.name.n > 0);
    else
        ASSERT(memcmp(&r, &untouched, sizeof(r)) == 0);
    r = untouched;
    e = (struct err) { 0 };
    if (identity_typed(a, number, name, born, sex, input, fuzz_today(), &r, &e) != 0) {
        fuzz_check_refusal(&e);
        ASSERT(memcmp(&r, &untouched, sizeof(r)) == 0);
        return;
    }
    ASSERT(r.level == EVIDENCE_L0 && r.source == SOURCE_TYPED);
    ASSERT(r.name.n > 0 && text_is_utf8(r.name) && text_length(r.name) <= IDENTITY_NAME_MAX);
    ASSERT(r.nationality.n == 3 && r.document.n > 0);
    /* Without a personal number it is a passport: at most nine characters, ICAO 9303-3. */
    ASSERT(!str_eq(r.nationality, STR("VNM")) || pid_str(&r.pid).n == 12 || r.document.n <= 9);
    ASSERT(birth_age(r.born, fuzz_today()) >= 0);
}
