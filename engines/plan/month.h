/* month.h: what agencies and the standing office do with a month's reports. Each is a write at the door: rows and audit record. All
 * refuse with a sentence a closed month, a report that somebody else changed meanwhile (edit), and what is signed already.
 */
#ifndef BON_ENGINES_PLAN_MONTH_H
#define BON_ENGINES_PLAN_MONTH_H

#include "engines/plan/report_text.h"

struct report_edit_row {
    int64_t model;
    bool has_claim;
    int claim; /* 0 to 100 */
    struct str did, next;
    struct str numbers; /* as the form carried them */
};
struct report_edit {
    int64_t report, edit; /* edit: of the page that was filled in */
    struct str words;
    const struct report_edit_row *rows;
    size_t n;
};
/* Words and claims. A number that was changed by hand is not taken: *ignored (may be NULL) counts such rows, and the log names them. */
int report_save(const struct app *app, struct tx *tx, struct arena *a, const struct report_edit *in,
                const struct audit_record *by, int64_t *ignored, struct err *e);

/* The agency signs: the log's record holds the SHA-256 of report_text, and its evidence proves it. */
int report_sign(const struct app *app, struct tx *tx, struct arena *a, int64_t report, int64_t edit,
                const struct audit_record *by, struct err *e);

/* A new version with its reason, as a draft; only of what is signed. */
int report_correct(const struct app *app, struct tx *tx, struct arena *a, int64_t report, struct str reason,
                   const struct audit_record *by, int64_t *id, struct err *e);

/* From the day on which reports are due; afterwards the month stands. */
int month_close(const struct app *app, struct tx *tx, struct arena *a, int64_t month, const struct audit_record *by,
                struct err *e);

#endif
