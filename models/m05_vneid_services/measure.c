/* measure.c: what the plan office shows of row 5. */
#include "models/m05_vneid_services/vneid.h"

static int count_offered(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct measure_count *out,
                         struct err *e)
{
    const struct vneid_channel *c = vneid_channel(app);
    *out = (struct measure_count) { .numerator = 0 };
    for (size_t i = 0; i < c->services.n; i++) {
        struct vneid_service s;
        if (vneid_service_on(app, r, a, c->services.v[i].code, on, &s, e))
            return -1;
        out->numerator += s.state == VNEID_OFFERED;
    }
    return 1;
}

const struct measure vneid_measures[] = {
    { .name = "vneid.services",
      .plan_model = 5,
      .what = MSG("Dịch vụ công làm trọn được trong VNeID"),
      .unit = MSG("dịch vụ"),
      .target = TARGET_NONE,
      .count = count_offered },
    { .name = NULL },
};
