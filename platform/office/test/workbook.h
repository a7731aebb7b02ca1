/* workbook.h: workbooks for tests, put together by hand part by part, so that each may be wrong in one place. */
#ifndef BON_PLATFORM_OFFICE_TEST_WORKBOOK_H
#define BON_PLATFORM_OFFICE_TEST_WORKBOOK_H

#include "platform/office/package.h"

struct hand_made {
    const char *sheet;        /* what stands inside <worksheet> */
    const char *strings;      /* inside <sst>; NULL: no such part */
    const char *styles;       /* inside <styleSheet>; NULL: no such part */
    const char *book;         /* inside <workbook>; NULL: one visible sheet */
    const char *before;       /* before <worksheet>: a document type, say */
    struct package_part more; /* one more part; name NULL: none */
};

struct str workbook_by_hand(struct arena *a, const struct hand_made *h);

#endif
