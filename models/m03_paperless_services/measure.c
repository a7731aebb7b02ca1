/* measure.c: what the plan office shows of row 3: "at least 20 services without paper". */
#include "models/m03_paperless_services/paperless.h"

static int count_paperless(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct measure_count *out,
                           struct err *e)
{
    service_defs defs = { 0 };
    if (services_on((struct app *)app, r, a, on, &defs, e))
        return -1;
    *out = (struct measure_count) { .numerator = 0 };
    for (size_t i = 0; i < defs.n; i++)
        out->numerator += services_is_paperless(defs.v[i]);
    return 1;
}

const struct measure paper_measures[] = {
    { .name = "paperless.services",
      .plan_model = 3,
      .what = MSG("Dịch vụ không cần nộp giấy"),
      .unit = MSG("dịch vụ"),
      .target = TARGET_AT_LEAST,
      .goal = PAPER_GOAL,
      .count = count_paperless },
    { .name = NULL },
};
