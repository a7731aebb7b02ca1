/* people.h: the population register: persons, households, residence, cards, and the administrative units they live in, with
 * periods of validity and successors. A person's entry is looked at only through people_seen_* (which records the look);
 * matching a declaration answers match or no match and is counted, never shown.
 */
#ifndef BON_ENGINES_PEOPLE_H
#define BON_ENGINES_PEOPLE_H

#include "platform/http/module.h"

/* ---- units ---- */
struct unit {
    int64_t id;             /* a code alone does not name a unit; id does */
    struct unit_code code;
    int level;              /* 1 province, 2 district, 3 commune (since 1/7/2025 communes stand directly under the province) */
    struct str name;        /* "Xã Đắk Ru" */
    struct unit_code parent;/* code one level up on the same day */
    struct day from, until; /* until is exclusive; 9999-12-31: still in force */
};
enum geography { GEO_2023, GEO_2025 }; /* before and after 1/7/2025 */
int units_list(struct dbr *r, struct arena *a, enum geography g, int level, struct unit **out, size_t *n, struct err *e);
int unit_by_code(struct dbr *r, struct arena *a, struct unit_code code, struct day on, struct unit *out, struct err *e); /* 1 0 -1 */
/* Where the old commune lies now (one successor in Đắk Nông; nationally there may be several: the first and *n). */
int unit_successor(struct dbr *r, struct arena *a, int64_t unit_id, struct unit *out, size_t *n, struct err *e);
/* A code of before 1/7/2025 as the commune it has become by that day; a code that still holds stays. */
int unit_in_force(struct dbr *r, struct arena *a, struct unit_code held, struct day on, struct unit_code *out, struct err *e);
/* Is `unit` inside `territory` (itself, its district, its province) on that day? Also across 1/7/2025 by successor. */
int unit_within(struct dbr *r, struct unit_code unit, struct unit_code territory, struct day on, bool *yes, struct err *e);

/* ---- whose communes: scope.c ---- */
/* A commune of 2023 as somebody who works there is shown it: rows of the register keep the communes of 2023. */
struct scope_unit {
    int64_t id;
    struct unit_code code;
    struct str name; /* "Xã Đắk Ru" */
    struct str now;  /* where it lies since 1/7/2025: "Xã Quảng Tín" */
};
struct scope_units {
    struct scope_unit *v;
    size_t n;
};
/* The communes of 2023 that lie in the territories of the actor's grants for a permission; a grant may name a commune of 2023 or
 * 2025, a district, the province, or, when its role is not territorial, nothing: then all. */
int scope_units_read(struct req *q, const char *permission, struct scope_units *out, struct err *e);
struct str scope_unit_label(struct arena *a, const struct scope_unit *u); /* "Xã Đắk Ru → Xã Quảng Tín" */

/* ---- persons ---- */
struct person_claim { /* what a card or a typed form says */
    struct pid pid;
    struct str name;
    struct str name_key; /* text_fold of it, from whoever knows it already; else STR_NONE */
    struct birth born;
    enum sex sex;
};
enum person_match { PERSON_NO_MATCH = 0, PERSON_MATCH = 1, PERSON_DEAD = 2 };
/* Compares a claim with the register: number + folded name + birth date (a birth year alone matches its year). person gets
 * the id on a match, for linking rows; it must not reach the screen. */
int person_match(struct dbr *r, struct arena *a, const struct person_claim *c, enum person_match *m, int64_t *person, struct err *e);

struct person { /* one register entry */
    int64_t id;
    struct pid pid;
    struct str name;
    struct birth born;
    enum sex sex;
    struct str ethnic, religion, origin;
    struct unit_code unit;   /* thường trú */
    struct str address;
    int64_t household;
    struct day died;
    bool has_died;
};
/* Reads one entry; the caller is inside a write that records the look (audit). 1 0 -1. */
int person_by_id(struct dbr *r, struct arena *a, int64_t id, struct person *out, struct err *e);
int person_by_pid(struct dbr *r, struct arena *a, const struct pid *pid, struct person *out, struct err *e);

/* The living person whom two fields of a form name by number and full name; else a sentence beside the field that says what does not
 * fit. The caller records the look. */
int person_of_form(struct req *q, const char *pid_field, const char *name_field, struct person *out, struct err *e);

/* ---- family: family.c ---- */
enum { CHILDREN_MOST = 32, MAJORITY_AGE = 18 }; /* Bộ luật Dân sự 91/2015 Điều 20 */
/* The day on which somebody comes of age; of a birth known by its year only, the earliest it can be. */
struct day majority_day(struct birth born);
struct minor {
    int64_t id;
    struct str name;
    struct birth born;
};
/* Living children, by the mother and father that the register knows, who have not come of age on that day: the eldest first. `out` has
 * room for CHILDREN_MOST. */
int children_under_age(struct dbr *r, struct arena *a, int64_t parent, struct day on, struct minor *out, size_t *n, struct err *e);

/* ---- door by door: residents.c ----
 * For whoever works in hamlets. A resident has permanent residence in a commune of this province and lives on that day. A caller that
 * shows a name or who lives where has the look recorded. */
struct hamlet {
    int64_t id, unit_id;
    struct unit_code unit;
    struct str name, commune;
};
int hamlet_by_id(struct dbr *r, struct arena *a, int64_t id, struct hamlet *out, struct err *e); /* 1 0 -1; likewise below */
int hamlets_of_commune(struct dbr *r, struct arena *a, int64_t unit_id, struct hamlet **out, size_t *n, struct err *e);

struct household {
    int64_t id, hamlet;
    struct str code, hamlet_name, commune;
    struct str head; /* name; none: nobody is head */
    struct unit_code unit;
};
int household_by_id(struct dbr *r, struct arena *a, int64_t id, struct household *out, struct err *e);

struct resident {
    int64_t id, household; /* household 0: none */
    struct str name;
    struct birth born;
    struct day died;
    bool has_died;
    struct unit_code unit; /* where residence is permanent on the day; none: not in this province */
};
int resident_by_id(struct dbr *r, struct arena *a, int64_t id, struct day on, struct resident *out, struct err *e);
int resident_by_pid(struct dbr *r, struct arena *a, struct pid pid, struct day on, struct resident *out, struct err *e);
/* Everyone of a household, also who has died or lives elsewhere (unit is then not the household's); the oldest first, at most sixty. */
int household_members(struct dbr *r, struct arena *a, int64_t household, struct day on, struct resident **out, size_t *n,
                      struct err *e);

/* One of many, handed over one by one and gone when the function returns; it gives 0 to go on, -1 to fail. */
struct resident_at {
    int64_t person, household, hamlet, unit_id;
    struct birth born;
    struct unit_code unit;
    struct str code, head, hamlet_name; /* code and head of the household */
    struct day died;
    struct day since, until; /* of the residence, exclusive; a day that never comes: open */
    bool has_died, resident;
};
typedef int resident_fn(void *ctx, const struct resident_at *p);
/* All residents: person, born, unit. */
int residents_each(struct dbr *r, struct arena *a, struct day on, resident_fn *fn, void *ctx, struct err *e);
/* Each residence in which somebody was a resident on one of these days: also since, until, died, has_died. */
int residents_between(struct dbr *r, struct arena *a, struct day first, struct day last, resident_fn *fn, void *ctx, struct err *e);
bool resident_on(const struct resident_at *p, struct day on); /* of what residents_between hands over */
/* Of one commune, those with a household there: person, born, household, hamlet. */
int commune_residents_each(struct dbr *r, struct arena *a, int64_t unit_id, struct day on, resident_fn *fn, void *ctx, struct err *e);
/* Of one hamlet, by the household's code: person, born, household, code, head. */
int hamlet_residents_each(struct dbr *r, struct arena *a, const struct hamlet *h, struct day on, resident_fn *fn, void *ctx,
                          struct err *e);
/* Those of these people who live, by number: person, born, hamlet, hamlet_name, unit (the household's). ids: "[1,2,3]". */
int homes_each(struct dbr *r, struct arena *a, struct str ids, struct day on, resident_fn *fn, void *ctx, struct err *e);
/* Everyone of the register, household by household: person, born, died, household, unit_id, resident (there, without an end). For
 * generators. */
int register_each(struct dbr *r, struct arena *a, resident_fn *fn, void *ctx, struct err *e);

/* ---- the synthetic province (bon seed) ---- */
struct seed_options {
    int64_t people;
    uint64_t seed;
    struct day as_of;       /* 2023-08-07, the plan's day */
    const char *pack_dir;
    const char *truth_path; /* the truth file; NULL: none */
    void (*progress)(void *ctx, int64_t done, int64_t total);
    void *ctx;
};
struct seed_result {
    int64_t people, households, cards, residences, facilities;
    struct hash32 digest;   /* over every generated row in order: same seed, same digest, any machine */
    int64_t us;
};
int people_seed(struct db *db, const struct seed_options *o, struct seed_result *out, struct err *e);

extern const struct module people_module;

#endif
