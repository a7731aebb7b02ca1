/* import.h: a plan comes in: a table with one row a model, as packs/dak_nong/models.csv. All rows or none; every fault is listed by
 * row and column.
 */
#ifndef BON_ENGINES_PLAN_IMPORT_H
#define BON_ENGINES_PLAN_IMPORT_H

#include "engines/plan/inside.h"

struct import_deadline {
    struct str words;
    bool has_day;
    struct day day;
};
struct import_row {
    int64_t row; /* in the file */
    int64_t number;
    struct str group, group_name, name, name_appendix, name_en, goal, goal_source;
    struct str lead, coordinating, force_appendix, force_body, platform, tools, assignments, note;
    struct import_deadline body, appendix;
    bool ongoing, same_deadline; /* same_deadline: the file says that both mean the same */
    struct agency_codes leads, partners, body_leads;
};
struct import_fault {
    int64_t row;
    struct str column;
    struct str say;  /* source text */
    struct str cell; /* what stood there */
};
struct plan_import {
    VEC(struct import_row) rows;
    VEC(struct import_fault) faults; /* at most IMPORT_FAULTS */
};
enum { IMPORT_ROWS = 500, IMPORT_FAULTS = 100, IMPORT_BYTES = 4 << 20 };

/* Reads and checks; what is wrong in rows stands in out->faults. -1 when it is no table at all. names: agencies of the plan's day. */
int plan_import_read(struct arena *a, struct str bytes, const struct agency_names *names, struct plan_import *out,
                     struct err *e);

/* The heading of such a table as CSV. */
struct str plan_import_heading(struct arena *a);

/* Writes rows, readings, assignments from `since` on, and the conflicts that the rows show. ERR_CONFLICT when there is a plan. */
struct plan_importing {
    struct arena *arena;
    const struct plan_import *import;
    struct day since;
};
int plan_import_write(struct tx *tx, const struct plan_importing *in, struct err *e);

/* Where the two readings of a row differ: pure. */
struct import_conflict {
    enum plan_field field;
    struct str body, appendix, question;
};
typedef VEC(struct import_conflict) import_conflicts;
void plan_conflicts_find(struct arena *a, const struct import_row *row, import_conflicts *out);

/* The pack's plan into a store that has none: models.csv, plan-conflicts.csv, plan-targets.csv. */
int plan_load_pack(struct app *app, struct err *e);

#endif
