/* seed_make.h: inside the generator of synthetic people. The way of a household: family_make (who they are) -> papers_make
 * (numbers, cards) -> rows_put (rows of the tables, as bytes) -> digest and database. Every step is pure.
 */
#ifndef BON_ENGINES_PEOPLE_SEED_MAKE_H
#define BON_ENGINES_PEOPLE_SEED_MAKE_H

#include "engines/people/seed.h"

enum { FAMILY_MAX = 16, NOBODY = -1, CARDS_MAX = 2 };

struct paper { /* one card, or none: kind 0 */
    int kind;  /* as table card */
    struct day issued, expires;
    bool no_term;
};

struct kin {
    enum sex sex;
    struct day born;
    bool year_only; /* of old people the papers have only the year */
    struct day died;
    bool dead, listed;  /* listed: dead, and the household still counts him */
    int mother, father; /* places in the family, or NOBODY */
    const struct seed_people *people;
    const struct seed_word *religion;
    struct seed_name name;
    int64_t origin;    /* quê quán: a unit */
    size_t registered; /* province of birth registration: first digits of the number */
    struct day since;  /* lives at this address from */
    /* papers */
    struct pid pid;
    char cmnd9[10]; /* "" when never issued */
    struct day cmnd9_issued, cmnd9_until;
    struct paper cards[CARDS_MAX];
    char cancelled[13]; /* a number that was issued wrongly and cancelled, or "" */
    struct day cancelled_on;
};

enum family_kind { FAMILY_SETTLED, FAMILY_LODGERS };

struct family {
    int64_t household;
    enum family_kind kind;
    size_t commune, hamlet;
    struct kin m[FAMILY_MAX];
    int n, head;
    bool moved;        /* within the province: everybody born before came from there */
    size_t moved_from; /* commune */
    size_t moved_hamlet;
    struct day moved_day;
    size_t lodgers_from; /* province of the thường trú of lodgers */
    struct day lodging_until;
    int64_t namesake_of; /* household whose head was copied by name and day of birth; 0: none. For the truth file. */
};

/* The k-th household of a commune, with at most `most` members (>= 1). The same w, commune, k and most give the same family;
 * papers are left empty. */
void family_make(const struct seed_world *w, size_t commune, uint32_t k, int most, struct family *f);
int64_t family_household_id(size_t commune, uint32_t k);

/* The pack's fixed households, papers and all; sets demo and reserved. */
int seed_demo_load(struct seed_world *w, const char *pack_dir, struct err *e);

/* Numbers and cards of all members; first_person is the id of m[0]. */
void papers_make(const struct seed_world *w, struct family *f, int64_t first_person);
/* The number a person with this id gets: unique among all ids below SEED_PEOPLE_MOST. */
struct pid paper_pid(const struct seed_world *w, int64_t person, size_t province, enum sex sex, int year);
/* When a card issued on that day runs out: the birthday at 25, 40 or 60; within two years before such an age the next one
 * counts (Luật Căn cước công dân 2014 Điều 21). False: without term. */
bool paper_expiry(struct day born, struct day issued, struct day *expires);
struct paper paper_card(int kind, struct day born, struct day issued);

enum { SEED_PEOPLE_MOST = 990000 };

struct day day_plus(struct day d, int32_t days);
struct day birthday(struct day born, int age); /* 29 February becomes 1 March */
int age_on(struct day born, struct day on);
int year_of(struct day d);

#endif
