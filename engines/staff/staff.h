/* staff.h: officers as the personnel list knows them, and what happens to their accounts and roles when they join, move or leave. Two
 * doors lead here and both end in the same functions: a list in a file (import.c, `bon staff import`) and SCIM 2.0 (scim_*.c).
 *
 * A list gives only roles that follow from a post: never the administrator's, never one that is bound to a facility or to oneself.
 * Roles given by hand stay when somebody moves; all roles and sessions end when somebody leaves.
 */
#ifndef BON_ENGINES_STAFF_H
#define BON_ENGINES_STAFF_H

#include "base/vec.h"
#include "engines/agencies/agencies.h"
#include "engines/audit/audit.h"
#include "gen/staff_queries.h"
#include "platform/http/module.h"

#define STAFF_KEEP      "staff.keep"      /* an administrator's pages */
#define STAFF_PROVISION "staff.provision" /* a personnel system's SCIM */

/* ---- one line of a list: record.c ---- */
struct staff_role_wanted {
    struct str role, territory; /* territory: "" none */
};
typedef VEC(struct staff_role_wanted) staff_roles_wanted;
struct staff_record {
    struct str external_id, login, name, title, email;
    struct str agency; /* code; "" none */
    staff_roles_wanted roles;
};
/* "commune_police@24763; app_owner" out of a cell; role names of the contracts. Refuses with a sentence. */
int staff_roles_read(struct arena *a, struct str cell, staff_roles_wanted *out, struct err *e);
/* May a personnel list give it? Refuses with a sentence that names why not. */
int staff_role_check(const struct app *app, const struct staff_role_wanted *w, struct str agency, struct err *e);
int staff_record_check(struct arena *a, const struct app *app, const struct staff_record *in, struct err *e);
const struct role *staff_role_named(const struct app *app, struct str name); /* NULL: no such role, or not for a list */

/* ---- acts; each writes its own audit record: apply.c ---- */
struct staff_acting {
    const struct app *app;
    struct tx *tx;
    struct arena *a;
    struct audit_record by; /* who; action and object are set here */
};
int staff_join(struct staff_acting *act, const struct staff_record *in, int64_t *id, struct err *e);
/* Takes over name, title, email, agency; with_roles: and the list's roles. */
int staff_move(struct staff_acting *act, const struct staff_row *now, const struct staff_record *in, bool with_roles,
               struct err *e);
int staff_leave(struct staff_acting *act, int64_t id, bool gone, struct err *e);
int staff_return(struct staff_acting *act, int64_t id, struct err *e);
int staff_role_give(struct staff_acting *act, const struct staff_row *now, const struct staff_role_wanted *w,
                    struct err *e);
int staff_role_take(struct staff_acting *act, const struct staff_row *now, const struct staff_role_wanted *w,
                    struct err *e);

/* ---- a whole list against what is there: read.c, plan.c ---- */
enum staff_change_kind { STAFF_JOINS, STAFF_MOVES, STAFF_LEAVES, STAFF_CHANGES_ };
struct staff_change {
    enum staff_change_kind kind;
    int64_t row;                /* of the file; 0 for who is not in it */
    int64_t staff;              /* 0 for a joiner */
    struct staff_record record; /* as it shall be; of a leaver: as it is */
    struct str what;            /* in words: "Sở TT&TT → Sở KH&CN; +app_owner" */
};
struct staff_fault {
    int64_t row;
    struct str who, say; /* say: source text */
};
struct staff_plan {
    VEC(struct staff_change) changes;
    VEC(struct staff_fault) faults;
    int64_t count[STAFF_CHANGES_], same;
    int64_t active;  /* officers there are now */
    struct str mark; /* the same file against the same officers gives the same mark */
};
enum { STAFF_ROWS_MOST = 20000 };
/* Reads CSV or XLSX and compares. Faults are in the plan; -1 only when reading the store failed. */
struct staff_asking {
    struct dbr *r;
    struct arena *a;
    const struct app *app;
    struct day today;
};
int staff_plan_make(const struct staff_asking *ask, struct str file, struct staff_plan *out, struct err *e);
/* How many may leave at once without somebody typing the number. */
int64_t staff_leavers_most(int64_t active);
int staff_plan_apply(struct staff_acting *act, const struct staff_plan *plan, struct err *e);

extern const struct cli_command staff_commands[];
extern const struct module staff_module;

#endif
