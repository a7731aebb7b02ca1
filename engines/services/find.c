/* find.c: the search over the catalogue in force. Its index is kept in memory until the catalogue's stamp moves or another day is asked
 * for; a reader that still uses the old one gives it back last.
 */
#include "engines/services/index_inside.h"
#include "engines/services/state.h"

#include "base/map.h"

enum { GATHER_ARENA = 64 << 20 };

/* Phrases of one service while they are gathered. */
struct phrase_list {
    VEC(struct str) v;
};
struct gathering {
    struct arena *a;
    struct map by_code;
};

static void add_phrase(struct gathering *g, struct str code, struct str phrase)
{
    struct phrase_list *l = map_get(&g->by_code, code);
    if (l) /* else a service that is not in force today */
        *vec_push(g->a, &l->v) = str_dup(g->a, phrase);
}

static int add_keyword(void *ctx, const struct services_keywords_row *row)
{
    add_phrase(ctx, row->service, row->phrase);
    return 0;
}

static int gather_events(struct dbr *r, struct gathering *g, struct err *e)
{
    struct services_events_rows rows;
    if (services_events(r, g->a, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++)
        add_phrase(g, rows.v[i].service, service_event_label(rows.v[i].event));
    return 0;
}

static struct service_index *build(struct dbr *r, struct arena *a, struct day on, struct err *e)
{
    struct services_listed_rows rows;
    struct gathering g = { .a = a };
    if (services_listed(r, a, &(struct services_listed_in) { .today = on }, &rows, e))
        return NULL;
    struct phrase_list *lists = arena_new_array(a, struct phrase_list, rows.n);
    map_init(&g.by_code, a, 1, 2);
    for (size_t i = 0; i < rows.n; i++)
        map_set(&g.by_code, rows.v[i].service, &lists[i]);
    if (services_keywords(r, a, add_keyword, &g, e) || gather_events(r, &g, e))
        return NULL;
    struct service_index_doc *docs = arena_new_array(a, struct service_index_doc, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        const struct services_listed_row *v = &rows.v[i];
        docs[i] = (struct service_index_doc) { .hit = { v->service, v->name, v->sector_name, v->id,
                                                        (enum service_level)v->level, 0 },
                                               .phrases = lists[i].v.v,
                                               .n_phrases = lists[i].v.n };
    }
    return services_index_build(docs, rows.n, e);
}

static struct service_index *build_anew(struct dbr *r, struct day on, struct err *e)
{
    struct arena a;
    arena_init(&a, GATHER_ARENA);
    struct service_index *x = build(r, &a, on, e);
    arena_release(&a);
    return x;
}

/* ---- one index for all threads ---- */

static struct service_index *take(struct services_state *s, int64_t stamp, struct day on)
{
    pthread_mutex_lock(&s->lock);
    struct service_index *x = s->index && s->index->stamp == stamp && s->index->day.n == on.n ? s->index : NULL;
    if (x)
        x->users++;
    pthread_mutex_unlock(&s->lock);
    return x;
}

static void give_back(struct services_state *s, struct service_index *x)
{
    pthread_mutex_lock(&s->lock);
    bool last = --x->users == 0;
    pthread_mutex_unlock(&s->lock);
    if (last)
        services_index_free(x);
}

static void keep(struct services_state *s, struct service_index *x)
{
    pthread_mutex_lock(&s->lock);
    struct service_index *old = s->index;
    s->index = x;
    x->users = 2; /* the state's and the asker's */
    pthread_mutex_unlock(&s->lock);
    if (old)
        give_back(s, old);
}

static void copy_texts(struct arena *a, service_hits *hits)
{
    for (size_t i = 0; i < hits->n; i++) {
        hits->v[i].code = str_dup(a, hits->v[i].code);
        hits->v[i].name = str_dup(a, hits->v[i].name);
        hits->v[i].sector_name = str_dup(a, hits->v[i].sector_name);
    }
}

int services_search(struct app *app, struct dbr *r, struct arena *a, struct str text, struct day on, size_t limit,
                    service_hits *out, struct err *e)
{
    struct services_state *s = services_state(app);
    struct services_stamp_row stamp;
    if (services_stamp(r, a, &stamp, e) != 1)
        return -1;
    struct service_index *x = take(s, stamp.n, on);
    if (!x) {
        x = build_anew(r, on, e);
        if (!x)
            return -1;
        x->stamp = stamp.n;
        x->day = on;
        keep(s, x);
    }
    services_index_search(x, a, text, limit, out);
    copy_texts(a, out);
    give_back(s, x);
    return 0;
}
