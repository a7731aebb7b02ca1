/* index.h: the words of the catalogue, made for search. Built once from names, keywords and life events, then read by all threads.
 *
 * People write "lam giay khai sih": without tones, with a letter missing, in words of their own. Text is folded (text_fold), cut into
 * syllables and compared with every phrase of every service; a syllable also finds those that sound alike (x and s, tr and ch) or are a
 * letter away. docs/decisions has why.
 */
#ifndef BON_ENGINES_SERVICES_INDEX_H
#define BON_ENGINES_SERVICES_INDEX_H

#include "engines/services/inside.h"

struct service_index_doc {
    struct service_hit hit; /* score not used */
    struct str *phrases;    /* keywords and life events, as written */
    size_t n_phrases;
};

struct service_index;

/* Everything is copied. NULL with ERR_BUSY: no memory. */
struct service_index *services_index_build(const struct service_index_doc *docs, size_t n, struct err *e);
void services_index_free(struct service_index *x); /* NULL-safe */
/* Best first; hits lie in a, their texts in the index. */
void services_index_search(const struct service_index *x, struct arena *a, struct str text, size_t limit, service_hits *out);

/* ---- spelling.c ---- */
/* How a folded syllable sounds, so that "xinh" meets "sinh" and "tre" meets "che": written into to (room for s.n bytes). */
size_t services_sound(struct str s, char *to);
/* Letters that must change to make one of the other (insert, drop, change, swap neighbours); most + 1 when it is more than `most`. */
int services_distance(struct str x, struct str y, int most);

#endif
