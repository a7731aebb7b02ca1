/* sim.h: a stand-in for every system that papers come from: one server, POST /{system}. What it says is made out of the question and
 * is true of nobody. On purpose it may be slow, fail, speak of another person, say something of a wrong shape, know nothing, or be out
 * for a while.
 */
#ifndef BON_ENGINES_SOURCES_SIM_H
#define BON_ENGINES_SOURCES_SIM_H

#include "platform/http/module.h"
#include "platform/sim/faults.h"

enum { FAULT_WRONG_PERSON = FAULT_OWN, FAULT_NOTHING = FAULT_OWN << 1 };
extern const struct fault_word sources_fault_words[];

struct sources_sim_options {
    int port; /* 0: any */
    struct fault_plan faults;
    uint64_t seed;
    int slow_ms;                     /* 0 = 6000: longer than bon waits */
    struct instant (*clock)(void *); /* NULL: the machine's */
    void *clock_ctx;
};
struct sources_sim;
int sources_sim_open(const struct sources_sim_options *o, struct sources_sim **out, struct err *e);
int sources_sim_port(const struct sources_sim *s);
void sources_sim_fault(struct sources_sim *s, unsigned always); /* this fault with every answer; 0: none */
void sources_sim_kill(struct sources_sim *s,
                      struct str system); /* one system answers 503 from now on; none: all answer again */
int64_t sources_sim_requests(struct sources_sim *s);
void sources_sim_close(struct sources_sim *s); /* NULL-safe */

#endif
