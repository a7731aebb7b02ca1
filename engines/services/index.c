/* index.c: phrases of the catalogue as lists of syllables, and for each syllable where it stands. */
#include "engines/services/index_inside.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { INDEX_ARENA = 256 << 20 };

/* Words that say that somebody wants something, not what. Folded words that also mean a thing ("the" is thẻ, "can" is căn) are not here. */
static bool says_little(struct str s)
{
    static const struct str words[] = { STR_INIT("toi"),  STR_INIT("muon"),  STR_INIT("minh"), STR_INIT("dau"),
                                        STR_INIT("nao"),  STR_INIT("nhu"),   STR_INIT("gi"),   STR_INIT("phai"),
                                        STR_INIT("duoc"), STR_INIT("khong"), STR_INIT("va"),   STR_INIT("cua"),
                                        STR_INIT("lam"),  STR_INIT("xin"),   STR_INIT("cho"),  STR_INIT("o"),
                                        STR_INIT("thi"),  STR_INIT("la"),    STR_INIT("giay"), STR_INIT("dang"),
                                        STR_INIT("ky"),   STR_INIT("ki"),    STR_INIT("to") };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_eq(s, words[i]))
            return true;
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

size_t services_syllables(struct arena *a, struct str text, struct str *out, size_t most)
{
    struct str key = text_fold(a, text);
    size_t n = 0;
    for (size_t at = 0; at < key.n && n < most;) {
        size_t from = at;
        while (at < key.n && is_letter(key.p[at]))
            at++;
        if (at > from)
            out[n++] = (struct str) { key.p + from, at - from };
        at += at == from;
    }
    return n;
}

/* ---- building ---- */

static struct index_word *word_of(struct service_index *x, struct str s)
{
    struct index_word *w = map_get(&x->known, s);
    if (w)
        return w;
    w = arena_new(&x->arena, struct index_word);
    char *sound = arena_alloc(&x->arena, s.n + 4);
    w->text = str_dup(&x->arena, s);
    w->sound = (struct str) { sound, services_sound(w->text, sound) };
    w->last_doc = SIZE_MAX;
    map_set(&x->known, w->text, w);
    *vec_push(&x->arena, &x->words) = w;
    return w;
}

static void add_phrase(struct service_index *x, size_t doc, struct str text, bool name)
{
    struct str parts[INDEX_SYLLABLES];
    struct index_phrase p = { .doc = doc, .name = name };
    p.n = services_syllables(&x->arena, text, parts, INDEX_SYLLABLES);
    p.words = (struct index_word **)arena_array(&x->arena, p.n, sizeof(*p.words));
    for (size_t i = 0; i < p.n; i++) {
        struct index_word *w = p.words[i] = word_of(x, parts[i]);
        *vec_push(&x->arena, &w->places) = (struct index_place) { (uint32_t)x->phrases.n, (uint32_t)i };
        w->docs += w->last_doc != doc;
        w->last_doc = doc;
    }
    if (p.n)
        *vec_push(&x->arena, &x->phrases) = p;
}

/* A syllable weighs more the fewer services use it. */
static void weigh(struct service_index *x)
{
    for (size_t i = 0; i < x->words.n; i++) {
        struct index_word *w = x->words.v[i];
        w->weight = (float)(log(1.0 + (double)x->n_docs / (double)w->docs) * (says_little(w->text) ? LITTLE : 1.0));
    }
    for (size_t i = 0; i < x->phrases.n; i++)
        for (size_t k = 0; k < x->phrases.v[i].n; k++)
            x->phrases.v[i].weight += x->phrases.v[i].words[k]->weight;
}

static void build(struct service_index *x, const struct service_index_doc *docs, size_t n)
{
    x->docs = arena_new_array(&x->arena, struct service_hit, n);
    x->n_docs = n;
    map_init(&x->known, &x->arena, 0x73657276, 0x69636573);
    for (size_t d = 0; d < n; d++) {
        x->docs[d] = docs[d].hit;
        x->docs[d].code = str_dup(&x->arena, docs[d].hit.code);
        x->docs[d].name = str_dup(&x->arena, docs[d].hit.name);
        x->docs[d].sector_name = str_dup(&x->arena, docs[d].hit.sector_name);
        add_phrase(x, d, docs[d].hit.name, true);
        add_phrase(x, d, docs[d].hit.code, false);
        for (size_t i = 0; i < docs[d].n_phrases; i++)
            add_phrase(x, d, docs[d].phrases[i], false);
    }
    weigh(x);
}

struct service_index *services_index_build(const struct service_index_doc *docs, size_t n, struct err *e)
{
    struct service_index *x = calloc(1, sizeof(*x));
    if (!x) {
        ERR(e, ERR_BUSY, "no memory for the search");
        return NULL;
    }
    arena_init(&x->arena, INDEX_ARENA);
    x->users = 1;
    build(x, docs, n);
    return x;
}

void services_index_free(struct service_index *x)
{
    if (!x)
        return;
    arena_release(&x->arena);
    free(x);
}
