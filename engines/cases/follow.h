/* follow.h: what the page for following a case shows. */
#ifndef BON_ENGINES_CASES_FOLLOW_H
#define BON_ENGINES_CASES_FOLLOW_H

#include "engines/cases/inside.h"
#include "platform/html/components.h"

struct follow_step {
    struct instant at;
    struct str words; /* as the applicant reads it */
};
struct follow_view {
    struct str number; /* as typed */
    bool asked, found;
    struct case_view c;
    struct str place;
    VEC(struct follow_step) steps;
};

#endif
