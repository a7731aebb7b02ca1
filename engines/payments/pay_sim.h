/* pay_sim.h: a stand-in for the payment network: it is given the text of a VietQR, as a bank's app would scan it, moves no money, and tells
 * bon over HTTP with a signature. On purpose it may be slow, tell twice, tell a wrong sum, or tell "failed" after "paid".
 */
#ifndef BON_ENGINES_PAYMENTS_PAY_SIM_H
#define BON_ENGINES_PAYMENTS_PAY_SIM_H

#include "platform/http/module.h"
#include "platform/sim/faults.h"

struct pay_sim_options {
    int port; /* 0: any */
    struct fault_plan faults;
    uint64_t seed;
    int slow_ms;          /* 0 = 2000 */
    struct str notice_url; /* "http://127.0.0.1:8006/api/v1/payments/notices" */
    struct str key;       /* hex, shared with bon */
};
enum { FAULT_WRONG_SUM = FAULT_OWN };
extern const struct fault_word pay_fault_words[];

struct pay_sim;
int pay_sim_open(const struct pay_sim_options *o, struct pay_sim **out, struct err *e);
int pay_sim_port(const struct pay_sim *s);
void pay_sim_close(struct pay_sim *s); /* NULL-safe */

struct cli;
int payments_sim_main(struct cli *c, struct err *e); /* bon sim pay */
extern const struct cli_option payments_sim_options[];

#endif
