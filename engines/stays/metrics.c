/* metrics.c: numbers of this engine for /metrics. Each is one cheap statement, since they are read every few seconds. */
#include "engines/stays/commands.h"

/* Declarations count up without gaps, so the last one's id is how many there were. */
static int declared(struct app *app, struct arena *a, double *out, struct err *e)
{
    struct dbr *r;
    struct stay_declared_most_row row = { 0 };
    if (db_read_in(app->db, a, &r, e) != 0)
        return -1;
    int got = stay_declared_most(r, a, &row, e);
    db_read_end(r);
    *out = (double)row.n;
    return got < 0 ? -1 : 0;
}

static int waiting(struct app *app, struct arena *a, double *out, struct err *e)
{
    struct dbr *r;
    struct stay_waiting_count_row row = { 0 };
    if (db_read_in(app->db, a, &r, e) != 0)
        return -1;
    int got = stay_waiting_count(r, a, &row, e);
    db_read_end(r);
    *out = (double)row.n;
    return got < 0 ? -1 : 0;
}

const struct metric stays_metrics[] = {
    { "bon_stays_declared_total", "counter", MSG("Số lần thông báo lưu trú đã ghi nhận"), declared },
    { "bon_stays_waiting", "gauge", MSG("Số khách chờ hệ thống quốc gia trả lời"), waiting },
    { .name = NULL },
};
