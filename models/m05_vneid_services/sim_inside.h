/* sim_inside.h: what the stand-in's files share. */
#ifndef BON_MODELS_VNEID_SERVICES_SIM_INSIDE_H
#define BON_MODELS_VNEID_SERVICES_SIM_INSIDE_H

#include "base/map.h"
#include "base/vec.h"
#include "models/m05_vneid_services/sim.h"
#include "platform/sim/sim.h"

#include <jansson.h>
#include <pthread.h>

enum { SIM_LIST_PAGE = 500, SIM_BOOK_ARENA = 256 << 20 };

struct sim_case {
    struct str number, state, result;
    int64_t sequence;     /* of the last message that was applied */
    VEC(struct day) days; /* on which something was applied, ascending */
    bool forgotten;
};
struct sim_message {
    struct str id, number;
    int64_t no;
};
struct sim_did {
    int64_t no;
    struct str type, number, of, pid, words;
    struct instant at;
};

struct vneid_services_sim {
    struct sim sim;
    struct vneid_services_sim_options o;
    struct vneid_sim *vneid;
    pthread_mutex_t lock; /* over all below */
    pthread_cond_t applied_more;
    struct arena book;
    struct fault_draw draw;
    struct rng rng; /* duplicates, order */
    struct map cases, messages;
    VEC(struct sim_case *) list;
    VEC(struct sim_message *) applied;
    VEC(struct sim_did) did;
    size_t told; /* of did */
    int64_t dids, links;
    bool outage;
    struct vneid_services_sim_counts counts;
};

/* ---- sim_book.c: under the lock ---- */
/* Takes a batch and writes the answer. False: it is no batch. */
bool sim_take(struct vneid_services_sim *s, struct arena *a, struct str body, struct instant now, struct str *answer);
struct str sim_list(struct vneid_services_sim *s, struct arena *a, struct day day, struct str after);
struct str sim_list_one(struct vneid_services_sim *s, struct arena *a, struct str number);
void sim_touch(struct vneid_services_sim *s, struct sim_case *c, struct instant now);
bool sim_chance(struct vneid_services_sim *s, unsigned fault);
void sim_did_put(struct vneid_services_sim *s, const char *type, struct str number, struct str of, struct str pid,
                 struct str words, struct instant at);

/* ---- sim_page.c ---- */
struct sim_app_view {
    struct str said, bon;
    VEC(struct sim_app_choice) choices;
};
struct sim_app_choice {
    struct str name, service, href;
};
int sim_app_get(struct req *q, struct res *s, struct err *e);
int sim_open_get(struct req *q, struct res *s, struct err *e);

extern const struct cli_option vneid_services_sim_cli_options[];
struct cli;
int vneid_services_sim_main(struct cli *c, struct err *e);

#endif
