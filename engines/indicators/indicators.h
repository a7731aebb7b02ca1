/* indicators.h: numbers for those who decide: measures with a name, a unit and a query, from aggregates only, with small cells
 * hidden by one function that every output passes.
 */
#ifndef BON_ENGINES_INDICATORS_H
#define BON_ENGINES_INDICATORS_H

#include "platform/http/module.h"

/* A count that may be published, or hidden because it is 1 … threshold-1 (or because a hidden one could be computed from it). */
struct cell {
    int64_t n;
    bool hidden;
};

/* Primary and complementary suppression over a table of rows with a published total: 0 stays 0, small cells are hidden; when
 * exactly one cell of a group is hidden, the next smallest is hidden too. group[i] names the subtotal cell i belongs to. */
void cells_suppress(struct cell *cells, const int *group, size_t n, int64_t threshold);

extern const struct module indicators_module;

#endif
