/* fuzz.h: what every fuzz target has. A target is one function, fuzz_one, over untrusted bytes: it must neither crash nor leak
 * nor break what the headers promise (checked with ASSERT, which aborts). Linked with libFuzzer it searches; linked with
 * replay.c it reads the corpus again as a test.
 */
#ifndef BON_FUZZ_H
#define BON_FUZZ_H

#include "base/date.h"
#include "base/err.h"

#include <setjmp.h>

enum { FUZZ_ARENA = 16 << 20 };

/* `a` is empty at each call, holds FUZZ_ARENA bytes and jumps back to the entry when it is full: that ends the input. */
void fuzz_one(struct arena *a, struct str input);

/* Called once, before the first input; a target without a world does nothing in it. */
void fuzz_start(void);

/* 23/11/2026: the day on which every target lives. */
static inline struct day fuzz_today(void)
{
    return (struct day) { 20780 };
}

/* What a failed call must have left: a known code, a place, a sentence in UTF-8, ended texts. */
void fuzz_check_refusal(const struct err *e);

/* Splits at the first line end; what follows goes to *rest (empty when there is none). */
struct str fuzz_line(struct str *rest);

#endif
