/* audit.h: shared by the files of `bon paper audit`: a scratch province, answers that fit any form, and one run from form to acceptance. */
#ifndef BON_MODELS_PAPERLESS_SERVICES_AUDIT_H
#define BON_MODELS_PAPERLESS_SERVICES_AUDIT_H

#include "engines/people/people.h"
#include "engines/sources/sim.h"
#include "models/m03_paperless_services/paperless.h"

/* A province of its own in a directory that is thrown away: the real one is never written to. */
struct audit_world {
    struct app app;
    char dir[64];
    struct instant now; /* its clock: only the audit moves it */
    struct sources_sim *sim;
    struct person person; /* who applies */
    struct unit_code unit;
};
int audit_world_open(struct audit_world *w, const struct app *from, struct err *e);
void audit_world_close(struct audit_world *w); /* also of one that was opened half way */

/* Answers every question that these answers lead to. variant: which choices are taken, and whether optional questions are answered. */
enum { AUDIT_VARIANTS = 8 };
int audit_fill(struct service_answers *s, const struct person *who, int variant, struct err *e);
/* The variant whose papers come from the most sources; answers of it. */
int audit_answers(struct audit_world *w, struct dbr *r, struct arena *a, const struct service_def *def,
                  struct service_answers *out, struct err *e);

/* One filing from its answers to acceptance by the first officer, with one source dead or (none) all alive. */
struct audit_run {
    struct str killed;
    unsigned taken;    /* SERVICE_WAIT … or-ed: the ways out that were taken */
    struct str number; /* of the case; empty: it did not get there */
    struct str why;    /* what went wrong; empty: nothing */
};
void audit_run(struct audit_world *w, struct arena *a, const struct service_answers *s, struct str killed,
               struct audit_run *out);

#endif
