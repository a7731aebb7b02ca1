/* measure.c: what the plan office shows of this model, counted from declarations. The plan says "các cơ sở lưu trú sử dụng phần
 * mềm thông báo lưu trú" and names no number, so there is no goal to miss.
 */
#include "models/m09_hotel_stays/desk.h"

static const struct stay_kinds kinds = { { STR_INIT("hotel"), STR_INIT("nha_nghi"), STR_INIT("homestay") } };

static int count_declaring(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct measure_count *out,
                           struct err *e)
{
    (void)app;
    return stays_count_declaring(r, a, &kinds, on, out, e);
}

static int count_on_time(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct measure_count *out,
                           struct err *e)
{
    (void)app;
    return stays_count_on_time(r, a, &kinds, on, out, e);
}

const struct measure hotel_stays_measures[] = {
    { .name = "hotel_stays.declaring",
      .plan_model = 9,
      .what = MSG("Cơ sở lưu trú có thông báo trong 30 ngày"),
      .unit = MSG("cơ sở"),
      .count = count_declaring },
    { .name = "hotel_stays.on_time",
      .plan_model = 9,
      .what = MSG("Khách được thông báo đúng hạn trong 30 ngày"),
      .unit = MSG("khách"),
      .count = count_on_time },
    { .name = NULL },
};
