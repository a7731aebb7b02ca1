/* pack.h: a province as data (packs/dak_nong): its settings and its units, read into memory. Nothing here touches the
 * database; units_load.c writes what this reads.
 */
#ifndef BON_ENGINES_PEOPLE_PACK_H
#define BON_ENGINES_PEOPLE_PACK_H

#include "base/csv.h"
#include "base/ident.h"

/* A whole file of the pack, at most 16 MiB, in the arena. ERR_NOT_FOUND with the path in the detail when it is missing. */
int pack_file(struct arena *a, const char *pack_dir, const char *name, struct str *out, struct err *e);

/* pack.conf: `key = value` lines; `;` after the value and `#` at the start of a line begin a comment. */
struct pack_setting {
    struct str key, value;
};
struct pack_conf {
    struct pack_setting *v;
    size_t n;
};
int pack_conf_read(struct arena *a, const char *pack_dir, struct pack_conf *out, struct err *e);
struct str pack_value(const struct pack_conf *c, const char *key); /* STR_NONE when it is not there */
/* A dated setting: of the keys "<key>.YYYY-MM-DD" the latest day not after `on`. STR_NONE before the first. */
struct str pack_value_on(const struct pack_conf *c, const char *key, struct day on);

/* ---- lists ---- */
/* A CSV file of the pack, its columns found by name. */
struct pack_list {
    struct csv csv;
    size_t at[16];
    struct csv_row row;
    struct arena *arena;
    const char *dir, *file; /* for messages */
};
int pack_list_open(struct arena *a, const char *pack_dir, const char *file, const char *const *names, size_t n,
                   struct pack_list *out, struct err *e);
int pack_list_next(struct pack_list *l, struct err *e);                      /* 1 0 -1, as csv_next */
struct str pack_cell(const struct pack_list *l, size_t i);                   /* the i-th named column of this row */
bool pack_number(const struct pack_list *l, size_t i, uint32_t *out);        /* false: no number, or above 100 million */
int pack_refuse(const struct pack_list *l, struct err *e, const char *what); /* -1, with file and row */

/* ---- units ---- */
struct pack_unit {
    int64_t id; /* the row's id in table unit: its place in the files, from 1 */
    struct unit_code code, parent_code;
    int level;
    struct str name, short_name, path;
    struct day since, until;
    size_t parent; /* place in pack_units.v, or PACK_NO_UNIT */
    bool has_centre;
    int32_t lat_e6, lon_e6;
};
struct pack_successor {
    size_t unit, successor; /* places in pack_units.v */
    struct str extent;
};
struct pack_units {
    struct pack_unit *v;
    size_t n, n_old; /* [0, n_old) are the units of 2023 */
    struct pack_successor *successors;
    size_t n_successors;
};
#define PACK_NO_UNIT SIZE_MAX

int pack_units_read(struct arena *a, const char *pack_dir, const struct pack_conf *conf, struct pack_units *out,
                    struct err *e);
size_t pack_unit_find(const struct pack_units *u, struct str code, bool of_2025); /* PACK_NO_UNIT when there is none */

/* Every place j for which unit i lies inside unit j: itself, what it lay in, where that went on 1/7/2025, and for a new unit
 * the old ones that held all of its parts. Returns how many of `at` (room for n) are filled, each once. */
size_t pack_unit_reach(const struct pack_units *u, size_t i, size_t *at);

#endif
