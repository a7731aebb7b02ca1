/* seed.h: what the synthetic province is made from, for the generators of other engines (lodging places, vehicles …):
 * communes with approximate centres, hamlets, names, and streams of chance. Pure: no database, no clock, no floating point
 * where it would show in a row, so the same pack and seed give the same bytes on any machine. Nobody real is in it.
 *
 * A generator forks its own stream, `rng_fork(&w->rng, SEED_FACILITIES)`, and from that one stream per thing it makes, so
 * that neither order nor other generators change its rows.
 */
#ifndef BON_ENGINES_PEOPLE_SEED_H
#define BON_ENGINES_PEOPLE_SEED_H

#include "base/ident.h"
#include "base/rng.h"

/* Labels of the streams forked from seed_world.rng; a new generator takes the next number. */
enum seed_stream {
    SEED_PEOPLE = 1,
    SEED_NUMBERS = 2,
    SEED_OLD_RECORDS = 3,
    SEED_HAMLETS = 4,
    SEED_FACILITIES = 5,
    SEED_STAYS = 6,
    SEED_PLAN = 7,
    SEED_DIGITAL = 8,
    SEED_ORGANISATIONS = 9,
    SEED_CASES = 10,
};

struct seed_word {
    struct str text, fold; /* fold: text_fold(text) */
    uint32_t upto;         /* weights of this word and all before it */
};
struct seed_words {
    struct seed_word *v;
    size_t n;
};
/* By weight; NULL when the list is empty. */
const struct seed_word *seed_pick(const struct seed_words *w, struct rng *r);
bool seed_chance(struct rng *r, uint32_t per_mille);
int32_t seed_between(struct rng *r, int32_t low, int32_t high); /* both included; low when high is not above it */

struct seed_hamlet {
    int64_t id;
    struct str name; /* "Thôn 3", "Bon Pi Krơng", "Tổ dân phố 2": made up */
};

struct seed_commune {
    int64_t unit; /* unit.id */
    struct unit_code code, district;
    struct str name, path;  /* "Đắk Ru", "Đắk Ru, Đắk R'Lấp, Đắk Nông" */
    int32_t lat_e6, lon_e6; /* approximate centre */
    uint32_t weight;        /* its share of the province's people; all together: seed_world.weight */
    uint32_t minority;      /* per mille */
    bool urban;
    struct seed_hamlet *hamlets;
    size_t n_hamlets;
    uint32_t peoples_upto[16]; /* cumulative weights of the minority peoples here */
};

struct seed_province {
    int64_t unit;
    struct unit_code code; /* GSO, two digits */
    char id_code[4];       /* first three digits of personal numbers registered there */
    struct str name;       /* short */
};

enum seed_naming {
    NAMING_KINH,  /* family, middle, given */
    NAMING_CLAN,  /* the same with the people's own family names */
    NAMING_MNONG, /* Điểu X, Thị X, Y X, H'X: no family name */
    NAMING_EDE,   /* Y X Niê, H'X Niê: the mother's family name stands last */
    NAMING_MA     /* K'X, Ka X */
};
struct seed_people {
    struct str ethnic_code;
    enum seed_naming naming;
    uint32_t weight, native;                                /* native: per mille whose family has always lived here */
    struct seed_words family, lead[3], middle[3], given[3]; /* by enum sex */
    struct seed_words origins;                              /* text: GSO code of the province the family came from */
    struct seed_words religions;                            /* text: the religion's name; up to 1000, the rest has none */
    uint32_t religious;                                     /* per mille with a religion */
};

struct seed_world {
    struct arena *arena;
    struct rng rng;
    uint64_t numbers_key; /* for papers only */
    struct day as_of;
    struct seed_commune *communes;
    size_t n_communes;
    uint32_t weight;
    struct seed_province *provinces;
    size_t n_provinces;
    size_t home; /* place of this province among them */
    struct str cmnd9_prefix;
    struct seed_people *peoples; /* [0] is the majority */
    size_t n_peoples;
    struct seed_words compound[3]; /* two-word given names by sex */
    struct family *demo;           /* fixed households of the pack (demo-people.csv), written before all others */
    size_t n_demo;
    struct str *reserved; /* their numbers: nobody else gets them */
    size_t n_reserved;
};
struct family;

/* Reads the pack. Everything lives in the arena (about 2 MiB). */
int seed_world_load(struct arena *a, const char *pack_dir, uint64_t seed, struct day as_of, struct seed_world *out,
                    struct err *e);

/* A name as its people give it. family NULL: one is drawn; else the child's family name (ignored where there is none). */
struct seed_name {
    char text[96], key[96], given[32]; /* NUL-ended; key is text_fold(text), given its given name */
    const struct seed_word *family;
};
void seed_person_name(const struct seed_world *w, const struct seed_people *p, struct rng *r, enum sex sex, int birth_year,
                      const struct seed_word *family, const struct seed_word *middle, struct seed_name *out);

/* How many of `total` things a commune gets by its weight: sums to total exactly over all communes. */
int64_t seed_share(const struct seed_world *w, int64_t total, size_t commune);

#endif
