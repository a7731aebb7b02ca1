/* load.c: the pack's plan into a new store: its rows through the same door as anybody's file, then what a reader of the paper noted:
 * disagreements that no rule sees, and the numbers that its words ask for.
 */
#include "engines/people/pack.h"
#include "engines/plan/import.h"

enum { LOAD_ARENA = 16 << 20 };

struct loading {
    struct plan_importing importing;
    struct pack_list conflicts, targets;
    struct audit_record by;
};

static int put_conflict(struct tx *tx, const struct pack_list *l, struct err *e)
{
    int64_t id;
    uint32_t model = 0;
    bool whole = pack_cell(l, 0).n == 0;
    if (!whole && !pack_number(l, 0, &model))
        return pack_refuse(l, e, "model");
    struct plan_conflict_insert_in in = { .has_model = !whole,
                                          .model = model,
                                          .field = pack_cell(l, 1),
                                          .body = pack_cell(l, 2),
                                          .appendix = pack_cell(l, 3),
                                          .question = pack_cell(l, 4) };
    return plan_conflict_insert(tx, &in, &id, e);
}

static int put_target(struct tx *tx, const struct pack_list *l, struct err *e)
{
    static const struct {
        struct str word;
        enum measure_target kind;
    } kinds[] = { { STR_INIT("at_least"), TARGET_AT_LEAST },
                  { STR_INIT("percent"), TARGET_PERCENT },
                  { STR_INIT("level"), TARGET_LEVEL } };
    uint32_t model, goal;
    struct plan_target_insert_in in = { .what = pack_cell(l, 3), .unit = pack_cell(l, 4), .source = pack_cell(l, 5) };
    for (size_t i = 0; i < 3; i++)
        if (str_eq(kinds[i].word, pack_cell(l, 1)))
            in.kind = kinds[i].kind;
    if (!pack_number(l, 0, &model) || !pack_number(l, 2, &goal) || in.kind == TARGET_NONE)
        return pack_refuse(l, e, "model, kind or goal");
    in.model = model;
    in.goal = goal;
    return plan_target_insert(tx, &in, NULL, e);
}

static int put_list(struct tx *tx, struct pack_list *l, int (*put)(struct tx *tx, const struct pack_list *l, struct err *e),
                    struct err *e)
{
    int got;
    while ((got = pack_list_next(l, e)) == 1)
        if (put(tx, l, e))
            return -1;
    return got;
}

static int write_all(struct tx *tx, void *arg, struct err *e)
{
    struct loading *l = arg;
    struct plan_models_count_row there = { 0 };
    if (plan_models_count(tx_reader(tx), l->importing.arena, &there, e) < 0)
        return -1;
    if (there.n > 0) { /* another server that started at the same moment was first */
        tx_unaudited(tx, "nothing is written");
        return 0;
    }
    return plan_import_write(tx, &l->importing, e) || put_list(tx, &l->conflicts, put_conflict, e) ||
                   put_list(tx, &l->targets, put_target, e) || audit_write(tx, l->importing.arena, &l->by, NULL, e)
               ? -1
               : 0;
}

static int refuse_faults(const struct plan_import *p, struct err *e)
{
    const struct import_fault *f = p->faults.v;
    return p->faults.n == 0 ? 0
                            : ERR(e, ERR_INPUT, "models.csv: row %lld, %.*s: %.*s", (long long)f->row, STR_ARG(f->column),
                                  STR_ARG(f->say));
}

static int read_plan(struct app *app, struct arena *a, struct plan_import *out, struct err *e)
{
    struct agency_names names;
    struct str bytes;
    struct dbr *r;
    const char *pack = app->settings.pack_dir;
    if (pack_file(a, pack, "models.csv", &bytes, e) || db_read_begin(app->db, &r, e))
        return -1;
    int result = agency_names_on(r, a, plan_state(app)->day, &names, e);
    db_read_end(r);
    return result || plan_import_read(a, bytes, &names, out, e) || refuse_faults(out, e) ? -1 : 0;
}

static int load(struct app *app, struct arena *a, struct err *e)
{
    static const char *const conflicts[] = { "model", "field", "body", "appendix", "question" };
    static const char *const targets[] = { "model", "kind", "goal", "what", "unit", "source" };
    const char *pack = app->settings.pack_dir;
    struct plan_import import;
    struct loading l = { .importing = { a, &import, plan_state(app)->day },
                         .by = { .action = STR("plan.imported"),
                                 .account_name = STR("bon"),
                                 .object = plan_state(app)->number,
                                 .mode = str_of(app->settings.mode) } };
    if (read_plan(app, a, &import, e) || pack_list_open(a, pack, "plan-conflicts.csv", conflicts, 5, &l.conflicts, e) ||
        pack_list_open(a, pack, "plan-targets.csv", targets, 6, &l.targets, e))
        return -1;
    return db_write(app->db, write_all, &l, e);
}

static int has_plan(struct db *db, struct arena *a, bool *yes, struct err *e)
{
    struct dbr *r;
    struct plan_models_count_row row = { 0 };
    if (db_read_begin(db, &r, e))
        return -1;
    int got = plan_models_count(r, a, &row, e);
    db_read_end(r);
    *yes = row.n > 0;
    return got < 0 ? -1 : 0;
}

int plan_load_pack(struct app *app, struct err *e)
{
    struct arena a;
    bool there = true;
    arena_init(&a, LOAD_ARENA);
    int failed = has_plan(app->db, &a, &there, e) || (!there && load(app, &a, e)) ? -1 : 0;
    arena_release(&a);
    return failed;
}
