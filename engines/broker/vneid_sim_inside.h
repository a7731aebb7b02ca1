/* vneid_sim_inside.h: what the stand-in's files share. */
#ifndef BON_ENGINES_BROKER_VNEID_SIM_INSIDE_H
#define BON_ENGINES_BROKER_VNEID_SIM_INSIDE_H

#include "engines/broker/vneid_sim.h"
#include "engines/broker/vneid_sim_token.h"

#include "base/vec.h"
#include "platform/sim/sim.h"

#include <pthread.h>

enum { SIM_GRANTS = 256, SIM_PEOPLE = 24, SIM_TOKEN = 44 };

struct sim_person {
    struct str pid, name, born, sex;
};

/* One sign-in: the code, and what it was changed into. The oldest makes room for the newest. */
struct sim_grant {
    char code[SIM_TOKEN], access[SIM_TOKEN], refresh[SIM_TOKEN], sid[SIM_TOKEN];
    char client[128], redirect[400], nonce[200], challenge[64];
    const struct sim_person *person;
    int level;
    bool code_used, offline;
    struct instant at;
};

struct vneid_sim {
    struct sim sim;
    struct arena texts; /* its people */
    struct vneid_sim_options o;
    struct sim_person people[SIM_PEOPLE];
    size_t n_people;
    pthread_mutex_t lock; /* over all below */
    struct sim_keys *keys;
    int generation;
    unsigned faults;
    struct sim_grant grants[SIM_GRANTS];
    size_t next;
    struct vneid_sim_counts counts;
};

struct str sim_issuer(struct vneid_sim *s, struct arena *a);
/* The subject this provider knows a person by: no number, and stable. */
struct str sim_subject(struct arena *a, const struct sim_person *p);
/* The other person than this one. */
const struct sim_person *sim_other(const struct vneid_sim *s, const struct sim_person *p);

/* ---- vneid_sim_claims.c ---- */
struct str sim_id_token(struct vneid_sim *s, struct arena *a, const struct sim_grant *g, bool refreshed);
struct str sim_userinfo(struct vneid_sim *s, struct arena *a, const struct sim_grant *g);
struct str sim_logout_token(struct vneid_sim *s, struct arena *a, const struct sim_person *p, const char *sid);
struct str sim_discovery(struct vneid_sim *s, struct arena *a);

/* ---- vneid_sim_token_endpoint.c ---- */
int sim_token(struct req *q, struct res *s, struct err *e);
int sim_userinfo_answer(struct req *q, struct res *s, struct err *e);

/* ---- vneid_sim_people.c ---- */
int sim_file_read(struct arena *a, const char *path, struct str *out, struct err *e);
int sim_people_load(struct vneid_sim *s, struct err *e);

/* ---- vneid_sim_pages.c ---- */
extern const struct route sim_routes[];

unsigned sim_faults(struct vneid_sim *s);
/* 0, or the answer of a fault is in *s already: 1. */
int sim_misbehave(struct vneid_sim *sim, struct res *s);
struct sim_grant *sim_grant_by(struct vneid_sim *s, struct str token, size_t at); /* at: offsetof the kind of token */

/* The page. */
struct sim_page_view {
    struct str why;  /* refused: nothing to choose */
    struct str asks; /* redirect address that asks */
    VEC(struct sim_choice) choices;
    struct str deny;
};
struct sim_choice {
    struct str name, pid, level2, level1; /* level…: where the browser goes */
};

#endif
