/* money.h: whole đồng. No floating point, no hidden rounding; sums that would overflow are refused. */
#ifndef BON_BASE_MONEY_H
#define BON_BASE_MONEY_H

#include "base/str.h"

struct money {
    int64_t dong;
};

bool money_add(struct money a, struct money b, struct money *sum); /* false on overflow, *sum untouched */
bool money_parse(struct str s, struct money *out);                 /* "12000", "12.000", "12.000đ", "12 000 đ" */
struct str money_vi(struct arena *a, struct money m);              /* 12.000 đ */

#endif
