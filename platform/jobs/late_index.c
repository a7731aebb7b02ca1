#include "platform/jobs/late_index.h"

enum {
    AT_ONCE = 4096, /* rows in one write, so that it holds the door for a few milliseconds only */
    TURNS = 64,     /* writes in one run: others of its kind wait for it */
};

struct entering {
    const struct late_index *of;
    struct arena *arena;
    bool more;
};

static int enter_write(struct tx *tx, void *arg, struct err *e)
{
    struct entering *w = arg;
    struct late_index_span span = { 0 };
    int64_t moved = 0;
    tx_unaudited(tx, w->of->what);
    w->more = false;
    if (w->of->span(tx_reader(tx), w->arena, &span, e) != 0)
        return -1;
    int64_t last = span.most < span.entered + AT_ONCE ? span.most : span.entered + AT_ONCE;
    if (last <= span.entered)
        return 0;
    if (w->of->move(tx, span.entered, last, &moved, e) != 0)
        return -1;
    w->more = last < span.most;
    return moved == 0 ? 0 : w->of->enter(tx, span.entered, last, e);
}

int late_index_enter(struct job_run *j, const struct late_index *of, struct err *e)
{
    struct entering w = { .of = of, .arena = j->arena, .more = true };
    for (int turn = 0; w.more && turn < TURNS; turn++)
        if (db_write_in(j->db, j->arena, enter_write, &w, e) != 0)
            return -1;
    return 0;
}
