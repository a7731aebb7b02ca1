/* paper_book.c: papers over all cases: what earlier cases of a person gave, how many papers a service really takes, and whether what
 * is kept is still what was kept.
 */
#include "engines/cases/inside.h"

#include "engines/services/services.h"

#include <string.h>

int case_results_of(const struct app *app, struct dbr *r, struct arena *a, const struct pid *pid, struct case_results *out,
                    struct err *e)
{
    struct case_result_rows_rows rows;
    if (case_result_rows(r, a, &(struct case_result_rows_in) { .pid = *pid, .kind = PAPER_RESULT }, &rows, e))
        return -1;
    *out = (struct case_results) { arena_new_array(a, struct case_result, rows.n), 0 };
    for (size_t i = 0; i < rows.n; i++) {
        const struct case_result_rows_row *x = &rows.v[i];
        const struct service_def *def = services_version((struct app *)app, r, x->version_id, e);
        struct case_number n = { x->organ, x->day, x->n };
        if (!def)
            return -1;
        out->v[out->n++] = (struct case_result) { .id = x->id,
                                                  .number = case_number_str(a, &n),
                                                  .name = def->result.name,
                                                  .mode = x->mode,
                                                  .hash = sha256(x->body),
                                                  .at = x->at };
    }
    return 0;
}

int case_paper_count_of(struct dbr *r, struct arena *a, struct str service, struct instant from, struct instant until,
                        struct case_paper_count *out, struct err *e)
{
    struct case_paper_count_row_row row;
    struct case_paper_count_row_in in = { .service = service,
                                          .from = from,
                                          .until = until,
                                          .scan = CASE_SCAN,
                                          .sheet = CASE_SHEET,
                                          .declared = CASE_DECLARED,
                                          .fetched = CASE_FETCHED,
                                          .cached = CASE_CACHED };
    if (case_paper_count_row(r, a, &in, &row, e) < 0)
        return -1;
    *out = (struct case_paper_count) { row.cases, row.papers, row.declared, row.fetched, row.cached };
    return 0;
}

/* ---- is it still what it was? ---- */

enum { SLICE = 500, SLICE_ARENA = 256 << 20 };

static int check_row(struct dbr *r, struct arena *a, const struct case_paper_kept_rows_row *x, struct case_paper_kept *k,
                     struct err *e)
{
    struct case_number n = { x->organ, x->day, x->n };
    struct str bytes = x->body, media;
    int got = x->kind == CASE_SCAN ? case_paper_bytes(r, a, x->case_id, x->id, &bytes, &media, e) : 1;
    if (got < 0)
        return -1;
    struct hash32 now = got == 1 ? sha256(bytes) : (struct hash32) { { 0 } };
    bool good = got == 1 && memcmp(now.b, x->hash.b, sizeof now.b) == 0;
    k->checked++;
    if (k->oldest.us == 0 || x->as_of.us < k->oldest.us)
        k->oldest = x->as_of;
    k->bad += !good;
    return good || !k->found ? 0 : k->found(k->ctx, case_number_str(a, &n), x->slot, x->source);
}

static int check_slice(struct dbr *r, struct arena *a, int64_t *after, size_t *n, struct case_paper_kept *k, struct err *e)
{
    struct case_paper_kept_rows_rows rows;
    if (case_paper_kept_rows(r, a, &(struct case_paper_kept_rows_in) { .after = *after, .most = SLICE }, &rows, e))
        return -1;
    *n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        if (check_row(r, a, &rows.v[i], k, e))
            return -1;
        *after = rows.v[i].id;
    }
    return 0;
}

int case_papers_check_kept(struct db *db, struct case_paper_kept *k, struct err *e)
{
    int64_t after = 0;
    size_t n = SLICE;
    int result = 0;
    while (result == 0 && n == SLICE) {
        struct arena a;
        struct dbr *r;
        arena_init(&a, SLICE_ARENA);
        result = db_read_begin(db, &r, e);
        if (result == 0) {
            result = check_slice(r, &a, &after, &n, k, e);
            db_read_end(r);
        }
        arena_release(&a);
    }
    return result;
}
