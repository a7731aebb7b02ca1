/* visit.h: a visit to a household, before and after it is recorded. */
#ifndef BON_MODELS_DIGITAL_CITIZENS_VISIT_H
#define BON_MODELS_DIGITAL_CITIZENS_VISIT_H

#include "engines/audit/audit.h"
#include "models/m22_digital_citizens/citizens.h"

enum { VISIT_PEOPLE_MOST = 60, VISIT_BACK_DAYS = 60, VISIT_NOTE_MOST = 500 };
enum visit_state { VISIT_COUNTS = 1, VISIT_WAITS = 2, VISIT_SET_ASIDE = 3 };

struct visit_new {
    int64_t household;
    struct unit_code unit; /* its commune */
    struct day visited_on;
    struct str note;
    int64_t by; /* account of whoever was at the door, and the name */
    struct str by_name;
    int64_t seen_last; /* the latest visit that whoever wrote it knew of */
    bool offline;
    size_t n;
    struct {
        int64_t person;
        struct str reason; /* of left_reasons */
    } v[VISIT_PEOPLE_MOST];
};
struct visit_recorded {
    int64_t id;
    bool twice; /* it waits beside another visit */
};
/* Writes the visit with its record; `who` does so now. Members and reasons have been checked. */
int visit_record(struct tx *tx, struct arena *a, const struct visit_new *in, const struct audit_record *who,
                 struct visit_recorded *out, struct err *e);
bool household_has_member(const struct resident *people, size_t n, int64_t person);

#endif
