/* sms_sim.h: a stand-in for an SMS gateway: takes messages under their sender's number, keeps each once, and says later that they
 * arrived. */
#ifndef BON_ENGINES_NOTICES_SMS_SIM_H
#define BON_ENGINES_NOTICES_SMS_SIM_H

#include "platform/http/module.h"
#include "platform/sim/faults.h"

struct sms_sim_options {
    int port; /* 0: any */
    struct fault_plan faults;
    uint64_t seed;
    int slow_ms; /* 0 = 3000 */
};
struct sms_sim;
int sms_sim_open(const struct sms_sim_options *o, struct sms_sim **out, struct err *e);
int sms_sim_port(const struct sms_sim *s);
/* How many phones have rung, and how many requests came for that. For tests. */
void sms_sim_counts(struct sms_sim *s, int64_t *messages, int64_t *requests);
void sms_sim_close(struct sms_sim *s); /* NULL-safe */

struct cli;
int notices_sim_main(struct cli *c, struct err *e); /* bon sim sms */
extern const struct cli_option notices_sim_options[];

#endif
