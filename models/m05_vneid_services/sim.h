/* sim.h: a stand-in for the part of VNeID that carries services: it takes what it is told under the same rules (numbers known again, a
 * case's messages in their order only), lists what it has of a day, says who is about to come, and tells what its citizens did; with faults
 * on request. Whoever signs in, and the keys, are those of the stand-in in engines/broker, which it brings up beside itself.
 */
#ifndef BON_MODELS_VNEID_SERVICES_SIM_H
#define BON_MODELS_VNEID_SERVICES_SIM_H

#include "engines/broker/vneid_sim.h"
#include "platform/sim/faults.h"

enum {
    FAULT_LOST = FAULT_OWN,           /* all was taken, the answer does not arrive */
    FAULT_SIGNATURE = FAULT_OWN << 1, /* what it tells is signed wrongly */
};
/* slow 500 duplicate reorder schema outage lost signature; duplicate, reorder and signature have their rate of messages, the others of
 * questions. */
extern const struct fault_word vneid_services_fault_words[];

struct vneid_services_sim_options {
    int port; /* 0: any */
    struct fault_plan faults;
    uint64_t seed;
    int slow_ms;    /* 0: 3000 */
    struct str bon; /* "http://127.0.0.1:8006": whom it tells; none: nobody */
    struct vneid_sim_options vneid;
};

struct vneid_services_sim;
int vneid_services_sim_open(const struct vneid_services_sim_options *o, struct vneid_services_sim **out, struct err *e);
int vneid_services_sim_port(const struct vneid_services_sim *s);
struct vneid_sim *vneid_services_sim_vneid(struct vneid_services_sim *s); /* who signs */
/* From now on nothing but 503, or no longer so. */
void vneid_services_sim_outage(struct vneid_services_sim *s, bool on);
/* The case is forgotten, or is in another state, as after a mistake over there. */
void vneid_services_sim_forget(struct vneid_services_sim *s, struct str number);
void vneid_services_sim_set(struct vneid_services_sim *s, struct str number, struct str state);
struct vneid_services_sim_counts {
    int64_t requests, came, applied, known, gaps, duplicated, reordered, cases;
    int64_t out_of_order; /* applied although it was not the next of its case: must stay 0 */
};
void vneid_services_sim_counts(struct vneid_services_sim *s, struct vneid_services_sim_counts *out);
/* Waits until so many messages have been applied. */
void vneid_services_sim_await(struct vneid_services_sim *s, int64_t applied);
/* Key of the i-th message that it applied; STR_NONE past the last. */
struct str vneid_services_sim_applied(struct vneid_services_sim *s, struct arena *a, size_t i);
/* How long the result is that it has of a case; 0: none. */
size_t vneid_services_sim_result(struct vneid_services_sim *s, struct str number);
/* A signed token with the next things that its citizens did; false: none. */
bool vneid_services_sim_tell(struct vneid_services_sim *s, struct arena *a, struct str *token);
/* One thing more for its citizens to have done: type "withdraw", "supplement" … */
void vneid_services_sim_do(struct vneid_services_sim *s, const char *type, struct str number, struct str pid,
                           struct str words);
/* A link token for the n-th person and a service; jti "": a new one. */
struct str vneid_services_sim_link(struct vneid_services_sim *s, struct arena *a, size_t person, const char *service,
                                   const char *jti);
void vneid_services_sim_close(struct vneid_services_sim *s); /* NULL-safe */

#endif
