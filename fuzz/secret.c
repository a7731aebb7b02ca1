/* secret.c: notes and references of the hamlet team. Whatever is refused has its sentence, and a code put behind any note that is let
 * through makes it refused.
 */
#include "models/m22_digital_citizens/citizens.h"

#include "base/text.h"
#include "fuzz/fuzz.h"

void fuzz_start(void)
{
}

void fuzz_one(struct arena *a, struct str input)
{
    struct str note, say = STR_NONE;
    if (text_clean(a, input, TEXT_MANY_LINES, 500, &note, NULL) != 0)
        return;
    if (secret_in(a, note, &say)) {
        ASSERT(say.n > 0 && text_is_utf8(say));
        return;
    }
    ASSERT(secret_in(a, str_fmt(a, "%.*s\nOTP: 482913", STR_ARG(note)), &say));
}
