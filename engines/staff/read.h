/* read.h: lines of a personnel list as they were read. */
#ifndef BON_ENGINES_STAFF_READ_H
#define BON_ENGINES_STAFF_READ_H

#include "engines/staff/staff.h"

enum { STAFF_FAULTS_MOST = 200 };
struct staff_line {
    int64_t row;
    struct staff_record record;
};
struct staff_lines {
    VEC(struct staff_line) lines;
    VEC(struct staff_fault) faults;
};
/* What cannot be read is a fault; never fails otherwise. */
void staff_lines_read(struct arena *a, const struct app *app, const struct agency_names *names,
                      struct str file, struct staff_lines *out);

#endif
