/* sign.h: what changing and signing a report share. */
#ifndef BON_ENGINES_PLAN_SIGN_H
#define BON_ENGINES_PLAN_SIGN_H

#include "engines/plan/month.h"

int report_for_change(const struct app *app, struct tx *tx, struct arena *a, int64_t id, struct report *out, struct err *e);

/* Signing at a moment that is not now: the synthetic year. */
struct report_signing {
    int64_t report, edit;
    struct instant at;
};
int report_sign_at(const struct app *app, struct tx *tx, struct arena *a, const struct report_signing *in, const struct audit_record *by,
                   struct err *e);

int refuse_stale(struct err *e); /* ERR_CONFLICT: somebody else was faster */

#endif
