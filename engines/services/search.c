/* search.c: from what somebody typed to the services it may mean. A phrase scores by how much of the question it answers and how much of it
 * was asked; syllables side by side in both count more, since in Vietnamese the pair is the word ("khai sinh").
 */
#include "engines/services/index_inside.h"

#include <stdlib.h>
#include <string.h>

/* How sure we are that a syllable was meant. */
#define SAME      1.0F
#define SOUNDS    0.8F
#define ONE_AWAY  0.7F
#define BEGINS    0.6F
#define TWO_AWAY  0.45F
#define BY_CHANCE 0.45F /* of the above when the syllable exists as it was typed */

enum { SHORT = 2, LONG = 6, LEAST_SCORE = 220, CANDIDATES = 96 };

struct candidate {
    const struct index_word *word;
    float sure;
};

struct reached {
    float question, phrase; /* weight of the question's syllables found here, of the phrase's own that were asked */
    uint32_t by, at;        /* last syllable of the question that found something here, and where; by counts from 1 */
    uint32_t pairs;
};

struct searching {
    const struct service_index *x;
    struct reached *reached; /* by phrase */
    float *doc_question;     /* by service: weight found in any of its phrases */
    uint32_t *doc_by;
    float asked;    /* weight of the question */
    uint32_t pairs; /* neighbours in the question */
};

/* ---- syllables that may be meant ---- */

static float how_sure(struct str typed, struct str sound, bool last, const struct index_word *w)
{
    if (str_eq(typed, w->text))
        return SAME;
    if (typed.n > SHORT && str_eq(sound, w->sound))
        return SOUNDS;
    if (typed.n > SHORT && w->text.n > SHORT) {
        int most = typed.n >= LONG ? 2 : 1, away = services_distance(typed, w->text, most);
        if (away <= most)
            return away == 1 ? ONE_AWAY : TWO_AWAY;
    }
    return last && typed.n >= SHORT && str_starts(w->text, typed) ? BEGINS : 0;
}

static int by_sureness(const void *p, const void *q)
{
    const struct candidate *x = p, *y = q;
    return (x->sure < y->sure) - (x->sure > y->sure);
}

static size_t find_candidates(const struct service_index *x, struct str typed, bool last, struct candidate *out)
{
    char heard[64];
    struct str sound = typed.n < sizeof(heard) - 4 ? (struct str) { heard, services_sound(typed, heard) } : typed;
    const struct index_word *exact = map_get(&x->known, typed);
    size_t n = 0;
    for (size_t i = 0; i < x->words.n && n < CANDIDATES; i++) {
        float sure = how_sure(typed, sound, last, x->words.v[i]);
        if (sure > 0)
            out[n++] = (struct candidate) { x->words.v[i], x->words.v[i] == exact || !exact ? sure : sure * BY_CHANCE };
    }
    if (n > 1)
        qsort(out, n, sizeof(*out), by_sureness);
    return n;
}

/* ---- phrases that have them ---- */

static void reach(struct searching *k, uint32_t number, const struct candidate *c, float weight)
{
    for (size_t i = 0; i < c->word->places.n; i++) {
        struct index_place place = c->word->places.v[i];
        struct reached *r = &k->reached[place.phrase];
        size_t doc = k->x->phrases.v[place.phrase].doc;
        if (r->by == number)
            continue; /* found here by a better word already */
        r->pairs += r->by + 1 == number && r->by > 0 && r->at + 1 == place.at;
        r->question += weight * c->sure;
        r->phrase += c->word->weight * c->sure;
        r->by = number;
        r->at = place.at;
        if (k->doc_by[doc] == number)
            continue;
        k->doc_by[doc] = number;
        k->doc_question[doc] += weight * c->sure;
    }
}

/* A syllable that nobody uses still asks for something: it weighs like a rare one. */
static float weight_of(const struct service_index *x, const struct candidate *c, size_t n)
{
    float rare = 0;
    if (n > 0)
        return c[0].word->weight;
    for (size_t i = 0; i < x->words.n; i++)
        rare = x->words.v[i]->weight > rare ? x->words.v[i]->weight : rare;
    return rare / 3;
}

static void ask(struct searching *k, struct str typed, uint32_t number, bool last)
{
    struct candidate c[CANDIDATES];
    size_t n = find_candidates(k->x, typed, last, c);
    float weight = weight_of(k->x, c, n);
    k->asked += weight;
    for (size_t i = 0; i < n; i++)
        reach(k, number, &c[i], weight);
}

/* ---- from phrases to services ---- */

static float score_of(const struct searching *k, const struct index_phrase *p, const struct reached *r)
{
    float recall = r->question / k->asked, precision = p->weight > 0 ? r->phrase / p->weight : 0;
    float together = k->pairs ? (float)r->pairs / (float)k->pairs : recall;
    float both = recall * (0.62F + 0.23F * (precision > 1 ? 1 : precision)) + 0.15F * together * recall;
    return p->name ? both * 1.02F : both;
}

static int by_score(const void *p, const void *q)
{
    const struct service_hit *x = p, *y = q;
    return x->score != y->score ? (x->score < y->score) - (x->score > y->score) : str_cmp(x->code, y->code);
}

static void rank(const struct searching *k, struct arena *a, size_t limit, service_hits *out)
{
    float *best = arena_new_array(a, float, k->x->n_docs);
    for (size_t i = 0; i < k->x->phrases.n; i++) {
        const struct index_phrase *p = &k->x->phrases.v[i];
        float score = k->reached[i].by ? score_of(k, p, &k->reached[i]) : 0;
        best[p->doc] = score > best[p->doc] ? score : best[p->doc];
    }
    for (size_t d = 0; d < k->x->n_docs; d++) {
        int score = (int)(1000 * (0.8F * best[d] + 0.2F * k->doc_question[d] / k->asked));
        if (score < LEAST_SCORE)
            continue;
        struct service_hit *hit = vec_push(a, out);
        *hit = k->x->docs[d];
        hit->score = score;
    }
    if (out->n > 1)
        qsort(out->v, out->n, sizeof(*out->v), by_score);
    while (out->n > 1 && out->v[out->n - 1].score * 2 < out->v[0].score)
        out->n--; /* half as good as the best is noise */
    out->n = out->n < limit ? out->n : limit;
}

void services_index_search(const struct service_index *x, struct arena *a, struct str text, size_t limit, service_hits *out)
{
    struct str typed[QUERY_SYLLABLES];
    size_t n = services_syllables(a, text, typed, QUERY_SYLLABLES);
    struct searching k = { .x = x, .pairs = n > 1 ? (uint32_t)n - 1 : 0 };
    *out = (service_hits) { 0 };
    if (n == 0 || x->n_docs == 0)
        return;
    k.reached = arena_new_array(a, struct reached, x->phrases.n);
    k.doc_question = arena_new_array(a, float, x->n_docs);
    k.doc_by = arena_new_array(a, uint32_t, x->n_docs);
    for (size_t i = 0; i < n; i++)
        ask(&k, typed[i], (uint32_t)i + 1, i + 1 == n);
    rank(&k, a, limit, out);
}
