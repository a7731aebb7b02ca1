/* indicators_internal.h: shapes shared by the files of this engine. */
#ifndef BON_ENGINES_INDICATORS_INTERNAL_H
#define BON_ENGINES_INDICATORS_INTERNAL_H

#include "engines/indicators/indicators.h"
#include "gen/indicators_queries.h"

#include <pthread.h>

#define NO_PLACE SIZE_MAX

/* ---- places.c: the communes of both geographies, as the pack has them ---- */
struct place {
    struct unit_code code;
    struct str name;
    int32_t lat_e6, lon_e6;
    size_t successor; /* of a commune of 2023: place among those of 2025 */
};
struct places {
    struct place *v[2]; /* by enum geography, in order of code */
    size_t n[2];
};
int places_read(struct arena *a, const char *pack_dir, struct places *out, int64_t *threshold, struct err *e);
size_t place_of(const struct places *p, enum geography g, const struct unit_code *code); /* NO_PLACE: none of ours */

/* ---- sums.c: one layer of cells: communes of 2023, then those of 2025, then the province ---- */
struct geography_sums {
    const struct places *places;
    size_t n_old, n_new, n;
    struct cell_sum *sums; /* one for each commune of 2025, then the province's: n_new + 1 */
};
/* shift: where the layer's first cell stands among all cells. */
void geography_sums_init(struct geography_sums *s, struct arena *a, const struct places *p, size_t shift);
void sums_add_up(const struct geography_sums *s, struct cell *cells); /* sums from the communes of 2023 */
void cells_blank_hidden(struct cell *cells, size_t n);                /* a hidden cell keeps no number */
struct indicator_areas areas_of(struct arena *a, const struct places *p, enum geography g, const struct cell *cells);

/* A file as it is sent: made at its first use, then kept. */
struct kept_file {
    struct str plain, gzip;
};

/* What the engine keeps for the process: app_engine_slot(app, "indicators"). */
struct indicators_state {
    struct places places;
    int64_t threshold;
    pthread_mutex_t lock; /* guards what follows */
    struct arena *arena; /* lives as long as the program */
    struct kept_file outlines[2]; /* by enum geography */
    int64_t rests_until_us; /* of the job alone: monotonic */
};
struct indicators_state *indicators_state(struct app *app);
int indicators_start(struct app *app, struct err *e);

/* ---- count.c: numbers out of rows ---- */
/* n[measure][day][place]: days from `first` on, places of 2023. */
struct counts {
    const struct places *places;
    struct day first;
    size_t days;
    int64_t *n;
    int64_t strangers; /* rows in a commune that the pack does not know: in no number */
};
void counts_init(struct counts *c, struct arena *a, const struct places *p, struct day first, struct day last);
int64_t *count_at(const struct counts *c, enum indicator m, size_t day, size_t place);
/* One stay: it counts on each night from its arrival's to the one before it ends. */
void count_nights(struct counts *c, const struct unit_code *unit, struct instant arrives, struct day leaves, const struct instant *left);
int counts_read(struct counts *c, struct dbr *r, struct arena *a, struct err *e);

/* ---- roll.c ---- */
int indicators_roll(struct app *app, struct arena *a, struct instant now, bool *changed, struct err *e);
int roll_job(struct job_run *j, struct err *e);

#endif
