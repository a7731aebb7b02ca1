/* counter.h: the one-stop counter: pages over engines/cases for those who take in, decide and sign. */
#ifndef BON_ENGINES_COUNTER_H
#define BON_ENGINES_COUNTER_H

#include "platform/http/module.h"

/* An officer set out to ask a citizen for what data replaces, and was refused. */
struct counter_try {
    int64_t id;
    struct instant at;
    struct str number, service_name, account_name;
    struct str asked, words; /* the paper; the officer's own words, or empty: it was ticked */
    struct unit_code unit;
};
struct counter_tries {
    struct counter_try *v;
    size_t n;
};
/* Newest first. before: an id; 0: the newest. */
int counter_tries_of(struct dbr *r, struct arena *a, int64_t before, int most, struct counter_tries *out, struct err *e);

extern const struct module counter_module;

#endif
