/* ca_sim.h: a stand-in for the certification authorities' gateway (protocol: signature.h), with the faults of
 * platform/sim. Each answer also carries a PIN that nobody asked for, as careless systems
 * do: it must not be found anywhere afterwards.
 */
#ifndef BON_MODELS_DIGITAL_CITIZENS_CA_SIM_H
#define BON_MODELS_DIGITAL_CITIZENS_CA_SIM_H

#include "platform/http/module.h"
#include "platform/sim/faults.h"

#define CA_SIM_PIN "74839201" /* in every answer */

struct ca_sim_options {
    int port; /* 0: any */
    struct fault_plan faults;
    uint64_t seed;
    int slow_ms;     /* 0 = 3000 */
    bool refuses;    /* every request, with a reason */
};
struct ca_sim;
int ca_sim_open(const struct ca_sim_options *o, struct ca_sim **out, struct err *e);
int ca_sim_port(const struct ca_sim *s);
int64_t ca_sim_requests(struct ca_sim *s); /* distinct ones it has taken */
void ca_sim_close(struct ca_sim *s);       /* NULL-safe */

#endif
