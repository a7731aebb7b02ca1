/* count.c: papers of the last days, service by service, counted by a job and read by the pages. */
#include "models/m03_paperless_services/paperless.h"

struct counted {
    struct paper_count_set_in *v;
    size_t n;
};

struct day paper_first_day(struct day today)
{
    return (struct day) { today.n - PAPER_DAYS };
}

static int count_service(struct dbr *r, struct job_run *j, const struct service_def *def, struct counted *out, struct err *e)
{
    struct case_paper_count c;
    struct day today = instant_day(j->now);
    struct instant from = day_at(paper_first_day(today), 0, 0), until = day_at((struct day) { today.n + 1 }, 0, 0);
    if (case_paper_count_of(r, j->arena, def->code, from, until, &c, e))
        return -1;
    out->v[out->n++] = (struct paper_count_set_in) { .service = def->code,
                                                     .counted_at = j->now,
                                                     .cases = c.cases,
                                                     .papers = c.papers,
                                                     .declared = c.declared,
                                                     .fetched = c.fetched,
                                                     .cached = c.cached };
    return 0;
}

static int keep(struct tx *tx, void *arg, struct err *e)
{
    const struct counted *all = arg;
    tx_unaudited(tx, "numbers of papers; nothing about anyone");
    for (size_t i = 0; i < all->n; i++)
        if (paper_count_set(tx, &all->v[i], NULL, e))
            return -1;
    return 0;
}

int paper_count_job(struct job_run *j, struct err *e)
{
    service_defs defs = { 0 };
    struct counted all = { NULL, 0 };
    struct dbr *r;
    if (db_read_in(j->db, j->arena, &r, e))
        return -1;
    int result = services_on(j->app, r, j->arena, instant_day(j->now), &defs, e);
    all.v = arena_new_array(j->arena, struct paper_count_set_in, defs.n);
    for (size_t i = 0; result == 0 && i < defs.n; i++)
        result = count_service(r, j, defs.v[i], &all, e);
    db_read_end(r);
    return result ? -1 : db_write_in(j->db, j->arena, keep, &all, e);
}
