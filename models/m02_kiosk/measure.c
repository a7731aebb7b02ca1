/* measure.c: how much the kiosks are used: sessions within the thirty days up to the day. */
#include "models/m02_kiosk/kiosk.h"

enum { PERIOD_DAYS = 30 };

static int count_sessions(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct measure_count *out,
                          struct err *e)
{
    struct kiosk_sessions_between_row row;
    struct kiosk_sessions_between_in in = { .from = day_at((struct day) { on.n - PERIOD_DAYS + 1 }, 0, 0),
                                            .until = day_at((struct day) { on.n + 1 }, 0, 0) };
    (void)app;
    if (kiosk_sessions_between(r, a, &in, &row, e) < 0)
        return -1;
    *out = (struct measure_count) { row.n, 0 };
    return row.n > 0;
}

const struct measure kiosk_measures[] = {
    { .name = "kiosk.sessions",
      .plan_model = 2,
      .what = MSG("Lượt người dùng kiốt trong 30 ngày"),
      .unit = MSG("lượt"),
      .target = TARGET_NONE,
      .count = count_sessions },
    { .name = NULL },
};
