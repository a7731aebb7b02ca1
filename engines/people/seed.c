/* seed.c: people_seed: blocks of rows out of the generating thread, into the store. */
#include "base/json.h"
#include "engines/audit/audit.h"
#include "engines/people/load.h"
#include "engines/people/people.h"
#include "engines/people/seed_line.h"
#include "gen/people_queries.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { WORLD_ARENA = 64 * 1024 * 1024 };

struct loading {
    struct db *db;
    struct db_bulk *bulk[ROWS_TABLES_]; /* those that are open */
    /* On PostgreSQL each load is a transaction of its own that sees only what others have committed, and it checks foreign
     * keys: so there one table follows the other, many blocks at a time. On SQLite all stay open and share one transaction. */
    bool one_by_one;
    FILE *truth;
    const struct seed_options *options;
    int64_t people;
};

static int load_rows(struct db_bulk *bulk, const struct rows *rows, int columns, struct err *e)
{
    size_t at = 0;
    for (int64_t row = 0; row < rows->count; row++) {
        for (int i = 0; i < columns; i++) {
            struct row_value v = rows_next(rows, &at);
            if (v.tag == 1)
                db_bulk_int(bulk, v.number);
            else if (v.tag == 2)
                db_bulk_text(bulk, v.text);
            else
                db_bulk_null(bulk);
        }
        if (db_bulk_row(bulk, e))
            return -1;
    }
    return 0;
}

static int bulk_begin(struct loading *l, size_t table, struct err *e)
{
    const struct seed_columns *c = &seed_columns[table];
    return db_bulk_begin(l->db, c->table, c->names, c->types, c->n, &l->bulk[table], e);
}

static int bulk_end(struct loading *l, size_t table, struct err *e)
{
    struct db_bulk *bulk = l->bulk[table];
    l->bulk[table] = NULL;
    return db_bulk_end(bulk, e);
}

static int load_table(struct loading *l, const struct seed_block **blocks, int n, size_t table, struct err *e)
{
    if (!l->bulk[table] && bulk_begin(l, table, e))
        return -1;
    for (int i = 0; i < n; i++)
        if (load_rows(l->bulk[table], &blocks[i]->t[table], seed_columns[table].n, e))
            return -1;
    return l->one_by_one ? bulk_end(l, table, e) : 0;
}

static int write_truth(struct loading *l, const struct rows *truth, struct err *e)
{
    if (l->truth && truth->n && fwrite(truth->p, 1, truth->n, l->truth) != truth->n)
        return ERR(e, ERR_DISK_FULL, "truth file %s: %s", l->options->truth_path, strerror(errno));
    return 0;
}

static int load_blocks(struct loading *l, const struct seed_block **blocks, int n, struct err *e)
{
    for (size_t table = 0; table < ROWS_TABLES_; table++)
        if (load_table(l, blocks, n, table, e))
            return -1;
    for (int i = 0; i < n; i++) {
        if (write_truth(l, &blocks[i]->truth, e))
            return -1;
        l->people += blocks[i]->people;
    }
    if (l->options->progress)
        l->options->progress(l->options->ctx, l->people, l->options->people);
    return 0;
}

static int load_all(struct loading *l, struct seed_line *line, struct err *e)
{
    const struct seed_block *blocks[LINE_BLOCKS];
    int n;
    while ((n = seed_line_take(line, l->one_by_one ? LINE_BLOCKS : 1, blocks, e)) > 0) {
        if (load_blocks(l, blocks, n, e))
            return -1;
        seed_line_give_back(line, n);
    }
    return n;
}

/* Ends the loads that are open; the first error is the one that is told. */
static int end_all(struct loading *l, int failed, struct err *e)
{
    for (size_t table = 0; table < ROWS_TABLES_; table++)
        if (l->bulk[table] && bulk_end(l, table, failed ? NULL : e))
            failed = -1;
    return failed;
}

static int run_both(struct loading *l, struct seed_generation *g, struct err *e)
{
    struct seed_line line;
    if (seed_line_start(&line, g, e))
        return -1;
    int failed = load_all(l, &line, e);
    failed = end_all(l, failed, e);
    seed_line_end(&line, failed != 0);
    return failed;
}

static int load_people(struct loading *l, struct seed_generation *g, struct err *e)
{
    const char *tables[ROWS_TABLES_ + 1] = { 0 };
    for (size_t i = 0; i < ROWS_TABLES_; i++)
        tables[i] = seed_columns[i].table;
    if (db_bulk_indexes_drop(l->db, tables, e))
        return -1;
    int failed = run_both(l, g, e);
    /* Also after a failure: a store without its indexes would be slow for good. */
    if (db_bulk_indexes_build(l->db, failed ? NULL : e))
        failed = -1;
    return failed;
}

/* ---- the whole ---- */

static int refuse_if_peopled(struct db *db, struct arena *a, struct err *e)
{
    struct dbr *r;
    if (db_read_begin(db, &r, e))
        return -1;
    struct person_any_row row = { 0 };
    int got = person_any(r, a, &row, e);
    db_read_end(r);
    if (got < 0)
        return -1;
    if (row.n)
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Cơ sở dữ liệu này đã có dân cư. Dữ liệu mô phỏng chỉ được tạo trong cơ sở dữ liệu trống."),
                       "seed: table person is not empty");
    return 0;
}

struct noting {
    struct arena *arena;
    const struct seed_options *options;
    const struct seed_result *result;
};

/* The register says what it is made of, and the log says when. */
static int note_synthetic(struct tx *tx, void *arg, struct err *e)
{
    struct noting *n = arg;
    struct people_synthetic_insert_in in = { .people = n->result->people,
                                             .households = n->result->households,
                                             .seed = (int64_t)n->options->seed,
                                             .as_of = n->options->as_of,
                                             .digest = n->result->digest,
                                             .took_us = n->result->us };
    struct people_ids_follow_row follow;
    if (people_synthetic_insert(tx, &in, NULL, e) || people_ids_follow(tx_reader(tx), n->arena, &follow, e) < 0)
        return -1;
    struct buf detail;
    struct json_out j;
    buf_init(&detail, n->arena, 512);
    json_out_init(&j, &detail);
    json_out_open(&j);
    json_out_str(&j, "digest", str_hex(n->arena, n->result->digest.b, sizeof n->result->digest.b));
    json_out_int(&j, "people", n->result->people);
    json_out_end(&j);
    struct audit_record record = { .action = STR("people.seeded"),
                                   .mode = STR("MÔ PHỎNG"),
                                   .detail = buf_str(&detail),
                                   .object =
                                       str_fmt(n->arena, "people-synthetic/%llu", (unsigned long long)n->options->seed) };
    return audit_write(tx, n->arena, &record, NULL, e);
}

static void fill_result(struct seed_result *r, const struct seed_generation *g, int64_t us)
{
    *r = (struct seed_result) { .people = g->counters.person - 1,
                                .households = g->counters.households,
                                .cards = g->counters.cards,
                                .residences = g->counters.residences,
                                .digest = g->digest,
                                .us = us };
}

static int seed_in(struct arena *a, struct db *db, const struct seed_options *o, struct seed_result *out, struct err *e)
{
    int64_t began = monotonic_us();
    struct seed_world world;
    if (units_load(db, o->pack_dir, e) || refuse_if_peopled(db, a, e) ||
        seed_world_load(a, o->pack_dir, o->seed, o->as_of, &world, e))
        return -1;
    struct loading l = { .db = db, .options = o, .one_by_one = db_engine(db) == DB_POSTGRES };
    if (o->truth_path && !(l.truth = fopen(o->truth_path, "wbe")))
        return ERR(e, ERR_INPUT, "truth file %s: %s", o->truth_path, strerror(errno));
    struct seed_generation g;
    seed_generation_begin(&g, &world, o->people, o->truth_path != NULL);
    int failed = load_people(&l, &g, e);
    if (l.truth && fclose(l.truth) != 0 && !failed)
        failed = ERR(e, ERR_DISK_FULL, "truth file %s: %s", o->truth_path, strerror(errno));
    if (failed)
        return -1;
    struct seed_result result;
    fill_result(&result, &g, monotonic_us() - began);
    if (db_write(db, note_synthetic, &(struct noting) { a, o, &result }, e))
        return -1;
    *out = result;
    return 0;
}

int people_seed(struct db *db, const struct seed_options *o, struct seed_result *out, struct err *e)
{
    if (o->people < 1 || o->people > SEED_PEOPLE_MOST)
        return ERR(e, ERR_INPUT, "seed: 1 to %d people", SEED_PEOPLE_MOST);
    struct arena a;
    arena_init(&a, WORLD_ARENA);
    int failed = seed_in(&a, db, o, out, e);
    arena_release(&a);
    return failed;
}
