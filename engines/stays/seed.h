/* seed.h: the made-up lodging places and their last five weeks; shared by the files seed*.c. Nothing here reads a clock. */
#ifndef BON_ENGINES_STAYS_SEED_H
#define BON_ENGINES_STAYS_SEED_H

#include "engines/people/seed.h"
#include "engines/stays/stays_internal.h"

enum { SEED_PLACES = 600, SEED_DAYS = 37, SEED_ARRIVALS_A_DAY = 1200, SEED_WORDS_MAX = 64 };

struct seed_list {
    struct str v[SEED_WORDS_MAX];
    uint32_t n;
};

struct seed_party { /* people who come together and are declared together */
    int32_t place;  /* of places */
    int32_t size;
    int64_t label; /* of its stream of chance */
    struct instant arrives, due, declared;
    struct day leaves;
    bool late;
    int64_t month, n; /* of the receipt's number */
};

struct stays_seeding {
    struct db *db;
    struct arena *arena;
    struct seed_world world;
    struct day today;
    struct seed_list first, second, causes, reasons, foreigners;
    struct facility *places;
    uint32_t *weights_upto; /* cumulative: how many guests a place draws */
    size_t n_places;
    struct seed_party *parties;
    size_t n_parties;
    int64_t people, audit;
    int64_t guests;      /* rows written so far */
    int32_t *away_until; /* by person: the day on which the last stay ends, so that few are in two places at once */
};

int seed_words_load(struct stays_seeding *s, const char *pack_dir, struct err *e);
void seed_places(struct stays_seeding *s);                   /* seed_places.c */
void seed_parties(struct stays_seeding *s);                  /* seed_parties.c: in the order in which they were declared */
int seed_put_guests(struct stays_seeding *s, struct err *e); /* seed_guests.c */

#endif
