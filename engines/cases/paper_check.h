/* paper_check.h: what the page that checks a signed result shows. */
#ifndef BON_ENGINES_CASES_PAPER_CHECK_H
#define BON_ENGINES_CASES_PAPER_CHECK_H

#include "engines/cases/inside.h"
#include "platform/html/components.h"

enum { PAPER_FILE_MAX = 2 << 20 };
struct paper_check_view {
    struct case_view c;
    struct str place, by, path, hex;
    struct instant at;
    struct hash32 hash;
    int64_t audit;
    bool compared, same;
};
struct field_view paper_check_field(struct html *h);

#endif
