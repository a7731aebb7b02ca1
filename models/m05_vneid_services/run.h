/* run.h: one night's comparison under way, shared by reconcile.c and duties.c. */
#ifndef BON_MODELS_VNEID_SERVICES_RUN_H
#define BON_MODELS_VNEID_SERVICES_RUN_H

#include "engines/accounts/accounts.h"
#include "models/m05_vneid_services/vneid.h"

struct vneid_run {
    struct app *app;
    struct arena *a;
    struct day day;
    struct instant now;
    VEC(struct vneid_ours) ours;
    struct vneid_theirs_list theirs;
    struct vneid_comparison found;
    struct role_holders officers;
    struct vneid_run_result result;
};

#endif
