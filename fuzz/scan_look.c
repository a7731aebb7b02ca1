/* scan_look.c: whatever bytes a scan has, it is unpacked within bounds or not at all, and a doubt is said only of a size that was read. */
#include "engines/counter/scan_quality.h"
#include "fuzz/fuzz.h"

void fuzz_start(void)
{
}

void fuzz_one(struct arena *a, struct str input)
{
    (void)a;
    struct scan_look look = scan_look(input);
    ASSERT(look.doubt <= SCAN_TOO_LARGE);
    ASSERT(look.doubt == SCAN_UNKNOWN || (look.width > 0 && look.height > 0));
    ASSERT((scan_doubt_label(look.doubt).n > 0) == (look.doubt != SCAN_FINE && look.doubt != SCAN_UNKNOWN));
    ASSERT(scan_objection(look.doubt, true).n > 0 ? scan_is_refused(look.doubt) : !scan_is_refused(look.doubt));
}
