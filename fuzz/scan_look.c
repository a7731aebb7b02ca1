/* scan_look.c: whatever bytes a scan has, its size is read without leaving them, and a doubt is said only of a size that was read. */
#include "engines/counter/scan_quality.h"
#include "fuzz/fuzz.h"

void fuzz_start(void)
{
}

void fuzz_one(struct arena *a, struct str input)
{
    (void)a;
    struct scan_look look = scan_look(input);
    ASSERT(look.doubt < SCAN_DOUBTS_);
    ASSERT(look.doubt == SCAN_UNKNOWN || (look.width > 0 && look.height > 0));
    ASSERT((scan_doubt_label(look.doubt).n > 0) == (look.doubt == SCAN_SMALL || look.doubt == SCAN_EMPTY));
}
