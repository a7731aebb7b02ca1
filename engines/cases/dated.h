/* dated.h: small tables of the pack whose rows hold from a day on, and say whether somebody has compared them with the original:
 * "subject,from,value,source,confirmed". Pure.
 */
#ifndef BON_ENGINES_CASES_DATED_H
#define BON_ENGINES_CASES_DATED_H

#include "base/date.h"
#include "base/err.h"

struct dated_row {
    struct str subject, value, source;
    struct day from;
    bool confirmed; /* false: from memory, or made up until the authority says it */
};
struct dated_rows {
    struct dated_row *v; /* by subject, then day */
    size_t n;
};
/* Refused: a day that is none, an empty subject or value, a subject twice from one day. name: of the file, for the message. */
int dated_read(struct arena *a, struct str text, const char *name, struct dated_rows *out, struct err *e);
/* What holds on that day; NULL: nothing yet. */
const struct dated_row *dated_on(const struct dated_rows *rows, struct str subject, struct day on);

#endif
