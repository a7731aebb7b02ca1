/* index_inside.h: the words of the search as they lie in memory. */
#ifndef BON_ENGINES_SERVICES_INDEX_INSIDE_H
#define BON_ENGINES_SERVICES_INDEX_INSIDE_H

#include "base/map.h"
#include "engines/services/index.h"

enum { INDEX_SYLLABLES = 40, QUERY_SYLLABLES = 16 };
#define LITTLE 0.25 /* weight of a word that says little */

struct index_place {
    uint32_t phrase, at;
};
struct index_word {
    struct str text, sound;
    float weight;
    size_t docs, last_doc; /* last_doc: while building */
    VEC(struct index_place) places;
};
struct index_phrase {
    size_t doc;
    bool name; /* the service's own name */
    struct index_word **words;
    size_t n;
    float weight; /* of all its words */
};
struct service_index {
    struct arena arena;
    int users;     /* state.c */
    int64_t stamp; /* of the catalogue it was made from */
    struct day day;
    struct service_hit *docs;
    size_t n_docs;
    struct map known;
    VEC(struct index_word *) words;
    VEC(struct index_phrase) phrases;
};

/* Folded syllables of a text, at most `most`. */
size_t services_syllables(struct arena *a, struct str text, struct str *out, size_t most);

#endif
