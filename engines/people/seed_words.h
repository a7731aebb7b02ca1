/* seed_words.h: inside the generator: lists of words, and the peoples' names read from the pack. */
#ifndef BON_ENGINES_PEOPLE_SEED_WORDS_H
#define BON_ENGINES_PEOPLE_SEED_WORDS_H

#include "base/vec.h"
#include "engines/people/seed.h"

typedef VEC(struct seed_word) seed_words_vec;
void seed_add_word(struct arena *a, seed_words_vec *words, struct str text, uint32_t weight);
struct seed_words seed_words_of(const seed_words_vec *v);

/* Fills peoples, their names and the two-word given names of a world whose arena is set. */
int seed_peoples_load(struct seed_world *w, const char *pack_dir, struct err *e);

#endif
