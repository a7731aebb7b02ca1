/* metrics.c: numbers of this model for /metrics: what piles up when VNeID is away, and when nobody does the morning's duties. */
#include "models/m05_vneid_services/vneid.h"

static int waiting(struct app *app, struct arena *a, double *out, struct err *e)
{
    struct dbr *r;
    struct vneid_out_waiting_row row = { .n = 0 };
    if (db_read_in(app->db, a, &r, e))
        return -1;
    int got = vneid_out_waiting(r, a, &row, e);
    db_read_end(r);
    *out = (double)row.n;
    return got < 0 ? -1 : 0;
}

static int open_differences(struct app *app, struct arena *a, double *out, struct err *e)
{
    struct dbr *r;
    struct vneid_diffs_open_row row = { .n = 0 };
    if (db_read_in(app->db, a, &r, e))
        return -1;
    int got = vneid_diffs_open(r, a, &row, e);
    db_read_end(r);
    *out = (double)row.n;
    return got < 0 ? -1 : 0;
}

const struct metric vneid_metrics[] = {
    { "bon_vneid_waiting", "gauge", MSG("Tin chờ VNeID nhận"), waiting },
    { "bon_vneid_differences", "gauge", MSG("Chỗ khác nhau với VNeID chưa xử lý xong"), open_differences },
    { .name = NULL },
};
