/* measure.c: what the plan office shows of row 1. The plan asks for all 53 services; how well they work is counted beside it. */
#include "models/m01_essential_services/portal.h"

enum { SERVICES_OF_THE_PLAN = 53 };

static int count_services(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct measure_count *out,
                          struct err *e)
{
    (void)app;
    *out = (struct measure_count) { .numerator = 0 };
    return services_online_on(r, a, on, &out->numerator, e) ? -1 : 1;
}

static struct measure_count share(int64_t part, int64_t whole)
{
    return (struct measure_count) { whole > 0 ? part : MEASURE_NOTHING, whole };
}

static int count_cases(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct measure_count *out,
                       struct err *e)
{
    struct case_totals t;
    (void)app;
    if (case_totals_on(r, a, on, &t, e))
        return -1;
    out[0] = share(t.online, t.made);
    out[1] = share(t.on_time, t.ended);
    out[2] = share(t.first_time, t.received);
    return t.made > 0;
}

const struct measure portal_measures[] = {
    { .name = "essential.services",
      .plan_model = 1,
      .what = MSG("Dịch vụ thiết yếu nộp trực tuyến được"),
      .unit = MSG("dịch vụ"),
      .target = TARGET_AT_LEAST,
      .goal = SERVICES_OF_THE_PLAN,
      .count = count_services },
    { .name = "essential.online",
      .plan_model = 1,
      .what = MSG("Hồ sơ do người dân tự nộp trực tuyến"),
      .unit = MSG("hồ sơ"),
      .target = TARGET_NONE,
      .count = count_cases },
    { .name = "essential.on_time",
      .plan_model = 1,
      .what = MSG("Hồ sơ đã tiếp nhận được giải quyết đúng hẹn"),
      .unit = MSG("hồ sơ"),
      .target = TARGET_NONE },
    { .name = "essential.first_time",
      .plan_model = 1,
      .what = MSG("Hồ sơ được nhận ngay, không phải bổ sung lần nào"),
      .unit = MSG("hồ sơ"),
      .target = TARGET_NONE },
    { .name = NULL },
};
