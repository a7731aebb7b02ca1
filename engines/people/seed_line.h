/* seed_line.h: inside the generator: full blocks of rows on their way from the thread that makes them to the one that loads
 * them. A few blocks go round, so memory stays small whatever the number of people.
 */
#ifndef BON_ENGINES_PEOPLE_SEED_LINE_H
#define BON_ENGINES_PEOPLE_SEED_LINE_H

#include "engines/people/seed_generate.h"

#include <pthread.h>

enum { LINE_BLOCKS = 12 };

struct seed_line {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t maker;
    struct seed_block blocks[LINE_BLOCKS];
    int64_t made, loaded; /* blocks so far: those between are full */
    bool ended;           /* no more will be made */
    bool stop;            /* the loading side gave up */
    bool failed;          /* the making side had no memory */
    struct seed_generation *generation;
};

int seed_line_start(struct seed_line *l, struct seed_generation *g, struct err *e);
/* Waits until `least` blocks are full, or the last one is. Fills `blocks` with all full ones; 0: there are no more; -1: the
 * making side failed. */
int seed_line_take(struct seed_line *l, int least, const struct seed_block **blocks, struct err *e);
void seed_line_give_back(struct seed_line *l, int n);
/* Ends the maker (at once when stop) and gives the memory back. */
void seed_line_end(struct seed_line *l, bool stop);

#endif
