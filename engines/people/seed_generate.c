/* seed_generate.c: see seed_generate.h. */
#include "engines/people/seed_generate.h"
#include "platform/crypto/crypto.h"

#include <string.h>

void seed_generation_begin(struct seed_generation *g, const struct seed_world *w, int64_t people, bool truth)
{
    *g = (struct seed_generation) { .w = w, .people = people, .truth = truth, .counters = { .person = 1 } };
}

static void emit(struct seed_generation *g, struct seed_block *b, struct family *f)
{
    papers_make(g->w, f, g->counters.person);
    put_family(b, g->w, f, &g->counters, g->truth);
}

/* Hamlets and the fixed people come first. */
static void start(struct seed_generation *g, struct seed_block *b)
{
    const struct seed_world *w = g->w;
    g->started = true;
    if (g->truth)
        truth_line(&b->truth, "kind,a,b,c,d,e,f,g,h\n");
    put_hamlets(b, w);
    int64_t left = g->people;
    for (size_t i = 0; i < w->n_demo && left >= w->demo[i].n; i++) {
        struct family f = w->demo[i];
        left -= f.n;
        emit(g, b, &f);
    }
    g->people = left; /* what the communes share */
    g->left = seed_share(w, left, 0);
}

static bool go_to_next_commune(struct seed_generation *g)
{
    while (!g->left) {
        if (++g->commune == g->w->n_communes)
            return false;
        g->k = 0;
        g->left = seed_share(g->w, g->people, g->commune);
    }
    return true;
}

static void finish_block(struct seed_generation *g, struct seed_block *b)
{
    struct hash32 all[ROWS_TABLES_ + 1] = { g->digest };
    for (size_t i = 0; i < ROWS_TABLES_; i++) {
        const struct rows *t = &b->t[i];
        all[1 + i] = sha256((struct str) { (const char *)t->p, t->n });
    }
    g->digest = sha256((struct str) { (const char *)all, sizeof all });
    g->counters.cards += b->t[ROWS_CARD].count;
    g->counters.residences += b->t[ROWS_RESIDENCE].count;
    g->counters.households += b->t[ROWS_HOUSEHOLD].count;
    b->last = g->done;
}

static bool has_failed(const struct seed_block *b)
{
    bool failed = b->truth.failed;
    for (size_t i = 0; i < ROWS_TABLES_; i++)
        failed = failed || b->t[i].failed;
    return failed;
}

bool seed_generation_next(struct seed_generation *g, struct seed_block *b)
{
    for (size_t i = 0; i < ROWS_TABLES_; i++)
        rows_clear(&b->t[i]);
    rows_clear(&b->truth);
    b->people = 0;
    if (!g->started)
        start(g, b);
    for (int i = 0; i < SEED_BLOCK_HOUSEHOLDS; i++) {
        if (!go_to_next_commune(g)) {
            g->done = true;
            break;
        }
        struct family f;
        family_make(g->w, g->commune, g->k++, g->left < FAMILY_MAX ? (int)g->left : FAMILY_MAX, &f);
        g->left -= f.n;
        emit(g, b, &f);
    }
    finish_block(g, b);
    return !has_failed(b);
}

void seed_block_release(struct seed_block *b)
{
    for (size_t i = 0; i < ROWS_TABLES_; i++)
        rows_release(&b->t[i]);
    rows_release(&b->truth);
}
