/* entry.c: from libFuzzer's call to fuzz_one. */
#include "fuzz/fuzz.h"

#include "base/text.h"

#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    fuzz_start();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena a;
    jmp_buf full;
    arena_init(&a, FUZZ_ARENA);
    a.on_full = &full;
    /* A stop at the cap is what the arena promises; nothing is left behind but the arena. */
    if (setjmp(full) == 0)
        fuzz_one(&a, (struct str) { n ? (const char *)bytes : "", n });
    arena_release(&a);
    return 0;
}

void fuzz_check_refusal(const struct err *e)
{
    ASSERT(e->code > ERR_NONE && e->code < ERR_COUNT_);
    ASSERT(e->file != NULL && e->line > 0);
    ASSERT(memchr(e->field, '\0', sizeof(e->field)) != NULL && memchr(e->detail, '\0', sizeof(e->detail)) != NULL);
    struct str say = err_sentence(e);
    ASSERT(say.n > 0 && text_is_utf8(say));
}

struct str fuzz_line(struct str *rest)
{
    struct str line;
    if (!str_cut(rest, '\n', &line)) {
        *rest = STR("");
        return STR("");
    }
    if (rest->p == NULL)
        *rest = STR("");
    return line;
}
