/* decide.h: a decision about one conflict. */
#ifndef BON_ENGINES_PLAN_DECIDE_H
#define BON_ENGINES_PLAN_DECIDE_H

#include "engines/plan/inside.h"

struct plan_deciding {
    int64_t conflict;
    struct str reading; /* body, appendix, other */
    struct str words;   /* other: what counts */
    bool has_day;
    struct day day; /* other, for a deadline */
    struct str reason;
};
/* Row and audit record. Refuses with a sentence: an empty reading, a deadline without a day. */
int plan_decide(struct tx *tx, struct arena *a, const struct plan_deciding *d, const struct audit_record *by, int64_t *id,
                struct err *e);

#endif
