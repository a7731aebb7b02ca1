/* run.c: one run of the compiler, from texts to texts. */
#include "tools/sqlc/sqlc.h"

enum { COMPLAINTS_MAX = 1 << 20 };

void complain(struct sqlc *q, const char *path, int line, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct str what = str_vfmt(q->a, fmt, ap);
    va_end(ap);
    buf_fmt(&q->complaints, "%s:%d: error: %.*s\n", path, line, STR_ARG(what));
    q->n_complaints++;
}

int sqlc_run(struct sqlc *q, struct arena *a, const struct sqlc_job *job)
{
    *q = (struct sqlc) { .a = a, .job = job };
    buf_init(&q->complaints, a, COMPLAINTS_MAX);
    migrations_read(q);
    if (q->n_complaints == 0 && schema_open(q))
        schema_apply(q);
    if (q->n_complaints == 0 && job->queries.path != NULL)
        queries_read(q);
    schema_close(q);
    if (q->n_complaints > 0)
        return -1;
    q->header = emit_header(q);
    q->source = emit_source(q);
    return 0;
}
