/* indicators.h: numbers for those who decide: measures with a name, a unit and a query, from aggregates only, with small cells
 * hidden by one function that every output passes.
 *
 * A day of a measure runs from 08:00 to 08:00 of the next morning, as the law's clock of stays does: whoever comes at 01:30 comes
 * in the night before (Luật Cư trú 68/2020 Điều 30). Counts are kept by commune of 2023; the communes of 2025 are sums of whole
 * old ones, so both are hidden together, or the difference of two maps would tell what one of them hides.
 */
#ifndef BON_ENGINES_INDICATORS_H
#define BON_ENGINES_INDICATORS_H

#include "engines/people/people.h"

/* A count that may be published, or hidden because it is 1 … threshold-1 (or because a hidden one could be computed from it). */
struct cell {
    int64_t n; /* not negative */
    bool hidden;
};

/* Published sums: cells[total].n is the sum of cells[parts[i]].n. */
struct cell_sum {
    size_t total;
    const size_t *parts;
    size_t n;
};

/* Hides what must not be seen in a table whose cells, subtotals and totals are all among `cells`, related by `sums`. Afterwards
 *   - 0 is shown as 0, and 1 … threshold-1 is hidden;
 *   - no hidden cell can be computed from the shown ones;
 *   - nobody can tell that a hidden cell is below the threshold, knowing that it is at least 1.
 * What is hidden besides is the smallest that helps. Scratch memory is taken from the arena. */
void cells_protect(struct arena *a, struct cell *cells, size_t n, const struct cell_sum *sums, size_t n_sums, int64_t threshold);

/* The same for rows in groups whose totals are published in any case: group[i] names the subtotal that cell i belongs to. False: a
 * total is small itself and gives its cells away; the table must not be published with it. */
bool cells_suppress(struct arena *a, struct cell *cells, const int *group, size_t n, int64_t threshold);

/* Two groupings at once: rows and columns, both with their totals published. */
bool cells_suppress_table(struct arena *a, struct cell *cells, const int *row, const int *column, size_t n, int64_t threshold);

/* ---- measures ---- */
enum indicator { GUESTS_TONIGHT, GUESTS_DECLARED, GUESTS_LATE, FACILITIES_DECLARED, FACILITIES_OPEN, MEASURES_ };
struct measure_text {
    struct str name;         /* "stays.guests_tonight" */
    struct str title, unit;  /* MSG: "Khách lưu trú trong đêm", "khách" */
    struct str definition;   /* MSG: what is counted */
};
extern const struct measure_text measure_texts[MEASURES_];
bool measure_named(struct str name, enum indicator *out);

/* The day that an instant belongs to, and its two ends. */
struct day indicator_day_of(struct instant t);
struct instant indicator_day_begins(struct day d);

/* ---- published tables ---- */
struct indicator_area {
    struct unit_code code;
    struct str name;
    struct cell cell;
};
struct indicator_areas {
    struct indicator_area *v;
    size_t n;
};
/* One measure on one day as it may be shown to anybody who may see numbers at all. A hidden cell has n = 0: what is not in here
 * cannot be shown by mistake. */
struct indicator_table {
    enum indicator measure;
    struct day day;
    bool known;                     /* the day has been counted */
    bool closed;                    /* and is over */
    struct instant computed_at;
    struct cell total;
    struct indicator_areas areas[2]; /* by enum geography, in order of code */
};
/* The days first … last (at most 400) of a measure; *out has one table a day, all of them suppressed. */
int indicator_tables(struct app *app, struct dbr *r, struct arena *a, enum indicator m, struct day first, struct day last,
                     struct indicator_table **out, struct err *e);
/* ---- shares of other modules ---- */
/* How many of those concerned have something, by commune of 2023; rows of one commune are added up. */
struct indicator_share_count {
    struct unit_code unit;
    int64_t with, all;
};
struct indicator_layer {
    struct indicator_areas areas[2]; /* by enum geography, in order of code */
    struct cell total;
};
struct indicator_share {
    struct indicator_layer with, without, all; /* hidden together: two of them would tell the third */
};
int indicator_share_publish(struct app *app, struct arena *a, const struct indicator_share_count *counts, size_t n,
                            struct indicator_share *out, struct err *e);

/* The island of map_box for published areas; words: what stands beside a commune's name, with {n}: MSG("{n} khách"). */
struct str indicator_map_json(const struct req *q, const struct indicator_areas *areas, struct str words);

/* Outlines of the communes for map_box, to be named in a route of the module that shows a map. */
int indicator_outline_2023(struct req *q, struct res *s, struct err *e);
int indicator_outline_2025(struct req *q, struct res *s, struct err *e);

int64_t indicators_threshold(struct app *app); /* pack.conf, indicators.threshold; else 5 */

/* Counts days again from the stays: today and `days` before it. */
int indicators_rebuild(struct app *app, int days, struct err *e);

extern const struct module indicators_module;

#endif
