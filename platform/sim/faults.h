/* faults.h: what a stand-in for another system does wrong on purpose. Asked for by name, each with a rate, drawn from a seed, so that the
 * same seed fails in the same way; bounded, so that whoever tries often enough gets through.
 *
 * In a process's arguments: --faults slow,500:20,outage:1   (a word alone has FAULT_PERCENT)
 */
#ifndef BON_PLATFORM_FAULTS_H
#define BON_PLATFORM_FAULTS_H

#include "base/rng.h"
#include "base/str.h"

enum fault {
    FAULT_SLOW = 1 << 0,      /* the answer comes late, perhaps after its reader has gone */
    FAULT_500 = 1 << 1,       /* it fails: before anything was done, or after all was done but the answer */
    FAULT_DUPLICATE = 1 << 2, /* things are said twice */
    FAULT_REORDER = 1 << 3,   /* … or in another order than they happened */
    FAULT_SCHEMA = 1 << 4,    /* the answer has a shape that nobody agreed to */
    FAULT_OUTAGE = 1 << 5,    /* nothing is answered but 503, OUTAGE_LENGTH requests long */
    FAULT_OWN = 1 << 6,       /* the first bit of what only one stand-in knows */
};
enum { FAULT_BITS = 32, FAULT_PERCENT = 8, FAULTS_IN_A_ROW = 2, OUTAGE_LENGTH = 5 };

struct fault_word {
    struct str word; /* none: the table ends */
    unsigned bit;
};
/* slow 500 duplicate reorder schema outage */
extern const struct fault_word common_faults[];

struct fault_plan {
    unsigned faults;              /* those that may come */
    uint8_t percent[FAULT_BITS];  /* of requests, by the bit's place */
    bool rated;                   /* some rate was named */
};
/* Words of a table, by commas, each with ":percent" or without. False, and *out untouched: a word that the table does not have, a rate
 * that is none, or more than 100 in all. "" is no fault. */
bool faults_parse(const struct fault_word *words, struct str text, struct fault_plan *out);
/* The same without text: each at FAULT_PERCENT. */
struct fault_plan faults_plan(unsigned faults);

struct fault_draw {
    struct fault_plan plan;
    struct rng rng;
    int in_a_row, outage_left;
    int64_t requests, faults; /* so far */
};
void fault_draw_init(struct fault_draw *d, const struct fault_plan *plan, uint64_t seed);
/* For one request: at most one bit. After FAULTS_IN_A_ROW, or an outage, comes a good answer. */
unsigned fault_draw(struct fault_draw *d);

#endif
