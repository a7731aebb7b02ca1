/* asm_sim.h: a stand-in for the national residence system: a process on loopback that speaks the contract of README.md and can be
 * slow, fail, say things twice, out of order or in a wrong shape. Faults are drawn from a seed and bounded: after two bad
 * answers in a row comes a good one.
 */
#ifndef BON_ENGINES_STAYS_ASM_SIM_H
#define BON_ENGINES_STAYS_ASM_SIM_H

#include "platform/http/module.h"
#include "platform/sim/faults.h"

struct asm_sim_options {
    int port;        /* 0: any */
    struct fault_plan faults;
    uint64_t seed;
    int slow_ms; /* how long a slow answer waits; 0 = 3000 */
};
struct asm_sim_counts {
    int64_t requests, faults;
    int64_t guests; /* distinct ids */
    int64_t accepted, refused, pending, void_;
    int64_t repeats;         /* entries that came again with the same revision */
    int64_t changed_content; /* the same id and revision with other content: never with an honest client */
};

struct asm_sim;
int asm_sim_open(const struct asm_sim_options *o, struct asm_sim **out, struct err *e);
int asm_sim_port(const struct asm_sim *s);
void asm_sim_counts(struct asm_sim *s, struct asm_sim_counts *out);
/* accepted, refused or pending for a name; 0: unknown. For tests. */
int asm_sim_state_of(struct asm_sim *s, struct str id);
void asm_sim_close(struct asm_sim *s); /* NULL-safe */

struct cli;
int stays_sim_main(struct cli *c, struct err *e); /* bon sim asm: runs until SIGINT or SIGTERM */
extern const struct cli_option stays_sim_options[];

#endif
