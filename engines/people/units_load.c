/* units_load.c: see load.h. */
#include "engines/people/load.h"
#include "engines/people/pack.h"
#include "gen/people_queries.h"

enum { LOAD_ARENA = 16 * 1024 * 1024 };

struct loading {
    struct arena *arena;
    const struct pack_units *units;
    const char *pack_dir;
};

static int insert_units(struct tx *tx, const struct pack_units *u, struct err *e)
{
    for (size_t i = 0; i < u->n; i++) {
        const struct pack_unit *p = &u->v[i];
        struct unit_insert_in in = { .id = p->id,
                                     .code = p->code,
                                     .level = p->level,
                                     .name = p->name,
                                     .short_name = p->short_name,
                                     .path = p->path,
                                     .parent_code = p->parent_code,
                                     .since = p->since,
                                     .until = p->until,
                                     .has_lat_e6 = p->has_centre,
                                     .lat_e6 = p->lat_e6,
                                     .has_lon_e6 = p->has_centre,
                                     .lon_e6 = p->lon_e6 };
        if (unit_insert(tx, &in, NULL, e))
            return -1;
    }
    for (size_t i = 0; i < u->n_successors; i++) {
        const struct pack_successor *s = &u->successors[i];
        struct unit_successor_insert_in in = { .unit = u->v[s->unit].id,
                                               .successor = u->v[s->successor].id,
                                               .extent = s->extent };
        if (unit_successor_insert(tx, &in, NULL, e))
            return -1;
    }
    return 0;
}

static int insert_reach(struct tx *tx, struct arena *a, const struct pack_units *u, struct err *e)
{
    size_t *at = arena_new_array(a, size_t, u->n);
    for (size_t i = 0; i < u->n; i++) {
        size_t n = pack_unit_reach(u, i, at);
        for (size_t j = 0; j < n; j++) {
            struct unit_reach_insert_in in = { .unit = u->v[i].id, .territory = u->v[at[j]].id };
            if (unit_reach_insert(tx, &in, NULL, e))
                return -1;
        }
    }
    return 0;
}

static int insert_peoples(struct tx *tx, struct arena *a, const char *pack_dir, struct err *e)
{
    static const char *const names[] = { "code", "name_vi" };
    struct pack_list l;
    if (pack_list_open(a, pack_dir, "ethnic-groups.csv", names, 2, &l, e))
        return -1;
    int got;
    while ((got = pack_list_next(&l, e)) == 1) {
        struct ethnic_group_insert_in in = { .code = pack_cell(&l, 0), .name = pack_cell(&l, 1) };
        if (ethnic_group_insert(tx, &in, NULL, e))
            return -1;
    }
    return got;
}

static int insert_all(struct tx *tx, void *arg, struct err *e)
{
    struct loading *l = arg;
    tx_unaudited(tx, "the pack's lists of units and peoples name nobody");
    if (insert_units(tx, l->units, e) || insert_reach(tx, l->arena, l->units, e) ||
        insert_peoples(tx, l->arena, l->pack_dir, e))
        return -1;
    return 0;
}

static int has_units(struct db *db, struct arena *a, bool *yes, struct err *e)
{
    struct dbr *r;
    if (db_read_begin(db, &r, e))
        return -1;
    struct units_count_row row = { 0 };
    int got = units_count(r, a, &row, e);
    db_read_end(r);
    *yes = row.n > 0;
    return got < 0 ? -1 : 0;
}

static int load(struct db *db, struct arena *a, const char *pack_dir, struct err *e)
{
    bool there;
    if (has_units(db, a, &there, e))
        return -1;
    if (there)
        return 0;
    struct pack_conf conf;
    struct pack_units units;
    if (pack_conf_read(a, pack_dir, &conf, e) || pack_units_read(a, pack_dir, &conf, &units, e))
        return -1;
    struct loading l = { a, &units, pack_dir };
    return db_write(db, insert_all, &l, e);
}

int units_load(struct db *db, const char *pack_dir, struct err *e)
{
    struct arena a;
    arena_init(&a, LOAD_ARENA);
    int failed = load(db, &a, pack_dir, e);
    arena_release(&a);
    return failed;
}
