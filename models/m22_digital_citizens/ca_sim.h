/* ca_sim.h: a stand-in for the certification authorities' gateway (protocol: signature.h), with faults that are drawn from a seed and
 * bounded: after two bad answers in a row comes a good one. Each answer also carries a PIN that nobody asked for, as careless systems
 * do: it must not be found anywhere afterwards.
 */
#ifndef BON_MODELS_DIGITAL_CITIZENS_CA_SIM_H
#define BON_MODELS_DIGITAL_CITIZENS_CA_SIM_H

#include "platform/http/module.h"

enum ca_fault { CA_FAULT_SLOW = 1, CA_FAULT_500 = 2, CA_FAULT_DUPLICATE = 4, CA_FAULT_REORDER = 8, CA_FAULT_SCHEMA = 16 };
#define CA_SIM_PIN "74839201" /* in every answer */

struct ca_sim_options {
    int port;        /* 0: any */
    unsigned faults; /* enum ca_fault, or-ed */
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
