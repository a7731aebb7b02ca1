/* metrics.c: numbers of this engine for /metrics. Each is one cheap statement, since they are read every few seconds. */
#include "engines/stays/commands.h"

/* Declarations count up without gaps, so the last one's id is how many there were. */
static int declared(struct app *app, double *out, struct err *e)
{
    struct dbr *r;
    struct arena a;
    struct stay_declared_most_row row = { 0 };
    if (db_read_begin(app->db, &r, e) != 0)
        return -1;
    arena_init(&a, 64 * 1024);
    int got = stay_declared_most(r, &a, &row, e);
    arena_release(&a);
    db_read_end(r);
    *out = (double)row.n;
    return got < 0 ? -1 : 0;
}

static int waiting(struct app *app, double *out, struct err *e)
{
    struct dbr *r;
    struct arena a;
    struct stay_waiting_count_row row = { 0 };
    if (db_read_begin(app->db, &r, e) != 0)
        return -1;
    arena_init(&a, 64 * 1024);
    int got = stay_waiting_count(r, &a, &row, e);
    arena_release(&a);
    db_read_end(r);
    *out = (double)row.n;
    return got < 0 ? -1 : 0;
}

const struct metric stays_metrics[] = {
    { "bon_stays_declared_total", "counter", MSG("Số lần thông báo lưu trú đã ghi nhận"), declared },
    { "bon_stays_waiting", "gauge", MSG("Số khách chờ hệ thống quốc gia trả lời"), waiting },
    { .name = NULL },
};
