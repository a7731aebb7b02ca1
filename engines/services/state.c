/* state.c: versions in memory. A case asks for its version at every step; reading JSON again each time would cost more than the step. */
#include "engines/services/state.h"

#include <stdlib.h>

enum { VERSION_ARENA = 64 << 20 };

struct services_state *services_state(const struct app *app)
{
    return app_engine(app, "services");
}

static struct kept_version **place_of(struct services_state *s, int64_t id)
{
    return &s->kept[(uint64_t)id % KEPT_PLACES];
}

static const struct service_def *find(struct services_state *s, int64_t id)
{
    const struct service_def *def = NULL;
    pthread_mutex_lock(&s->lock);
    for (const struct kept_version *k = *place_of(s, id); k && !def; k = k->next)
        def = k->id == id ? k->def : NULL;
    pthread_mutex_unlock(&s->lock);
    return def;
}

static void free_kept(struct kept_version *k)
{
    arena_release(&k->arena);
    free(k);
}

/* Two threads may have read it at the same moment: the first one's stays. */
static const struct service_def *keep(struct services_state *s, struct kept_version *k)
{
    struct kept_version **at = place_of(s, k->id);
    pthread_mutex_lock(&s->lock);
    const struct service_def *there = NULL;
    for (const struct kept_version *x = *at; x && !there; x = x->next)
        there = x->id == k->id ? x->def : NULL;
    if (!there) {
        k->next = *at;
        *at = k;
    }
    pthread_mutex_unlock(&s->lock);
    if (there)
        free_kept(k);
    return there ? there : k->def;
}

/* What is stored has passed the reader when it was published; a fault now is a damaged row. */
static int read_stored(struct dbr *r, struct kept_version *k, struct err *e)
{
    struct service_version_body_row row;
    service_faults faults = { 0 };
    int got = service_version_body(r, &k->arena, &(struct service_version_body_in) { .id = k->id }, &row, e);
    if (got != 1)
        return got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "no service version %lld", (long long)k->id);
    struct service_file head = { .code = row.service,
                                 .name = row.name,
                                 .sector = row.sector,
                                 .sector_name = row.sector_name,
                                 .national_code = str_or_empty(row.national_code) };
    if (services_read_version(&k->arena, &head, row.body, &k->def, &faults, e))
        return -1;
    k->def->id = k->id;
    return faults.n == 0 ? 0
                         : ERR(e, ERR_INTERNAL, "service version %lld: %.*s", (long long)k->id, STR_ARG(faults.v[0].path));
}

const struct service_def *services_version(const struct app *app, struct dbr *r, int64_t version_id, struct err *e)
{
    struct services_state *s = services_state(app);
    const struct service_def *def = find(s, version_id);
    if (def)
        return def;
    struct kept_version *k = calloc(1, sizeof(*k));
    if (!k) {
        ERR(e, ERR_BUSY, "no memory for a service");
        return NULL;
    }
    k->id = version_id;
    arena_init(&k->arena, VERSION_ARENA);
    if (read_stored(r, k, e)) {
        free_kept(k);
        return NULL;
    }
    return keep(s, k);
}

int services_in_force(const struct app *app, struct dbr *r, struct str code, struct day on, const struct service_def **out,
                      struct err *e)
{
    struct service_version_on_row row;
    struct arena a;
    arena_init(&a, 64 << 10);
    int got = service_version_on(r, &a, &(struct service_version_on_in) { .service = code, .today = on }, &row, e);
    arena_release(&a);
    if (got != 1 || row.until.n <= on.n)
        return got < 0 ? -1 : 0;
    const struct service_def *def = services_version(app, r, row.id, e);
    if (!def)
        return -1;
    *out = def;
    return 1;
}

int services_on(struct app *app, struct dbr *r, struct arena *a, struct day on, service_defs *out, struct err *e)
{
    struct services_listed_rows rows;
    if (services_listed(r, a, &(struct services_listed_in) { .today = on }, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        const struct service_def *def = services_version(app, r, rows.v[i].id, e);
        if (!def)
            return -1;
        *vec_push(a, out) = def;
    }
    return 0;
}

int services_versions_each(const struct app *app, struct dbr *r, struct arena *a,
                           int (*each)(void *ctx, const struct service_def *def, struct err *e), void *ctx, struct err *e)
{
    struct service_version_ids_rows rows;
    if (service_version_ids(r, a, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        const struct service_def *def = services_version(app, r, rows.v[i].id, e);
        if (!def || each(ctx, def, e))
            return -1;
    }
    return 0;
}

void services_forget(struct kept_version *k)
{
    for (struct kept_version *next; k; k = next) {
        next = k->next;
        free_kept(k);
    }
}

int services_online_on(struct dbr *r, struct arena *a, struct day on, int64_t *n, struct err *e)
{
    struct services_online_count_row row;
    struct services_online_count_in in = { .today = on, .info = SERVICE_INFO };
    if (services_online_count(r, a, &in, &row, e) < 0)
        return -1;
    *n = row.n;
    return 0;
}
