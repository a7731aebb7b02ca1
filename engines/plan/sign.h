/* sign.h: what changing and signing a report share. */
#ifndef BON_ENGINES_PLAN_SIGN_H
#define BON_ENGINES_PLAN_SIGN_H

#include "engines/plan/month.h"

int report_for_change(const struct app *app, struct tx *tx, struct arena *a, int64_t id, struct report *out, struct err *e);
int refuse_stale(struct err *e); /* ERR_CONFLICT: somebody else was faster */

#endif
