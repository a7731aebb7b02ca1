/* bundle.h: one form, several cases. Each part of a bundle waits, is filed, or could not be, and says why; nothing is pretended. */
#ifndef BON_MODELS_ESSENTIAL_SERVICES_BUNDLE_H
#define BON_MODELS_ESSENTIAL_SERVICES_BUNDLE_H

#include "models/m01_essential_services/portal.h"

/* National status codes (engines/cases, flow.h): what an end means for whoever waits for it. */
enum { NATIONAL_REFUSED = 3, NATIONAL_WITHDRAWN = 7, NATIONAL_STOPPED = 8, NATIONAL_DONE = 9, NATIONAL_RETURNED = 10 };

enum part_state { PART_WAITS, PART_FILED, PART_STOPPED, PART_STATES_ };

/* A part made ready outside the door. */
struct bundle_part {
    size_t place; /* in the version's children */
    struct str service, name;
    bool after_result;
    bool ready; /* in can be filed now */
    struct case_new in;
    struct str reason; /* why it cannot be */
};
struct bundle_parts {
    struct bundle_part *v;
    size_t n;
};
/* Every part that the parent's answers ask for. like: the parent's own filing, from which party, place and delivery are taken. */
int bundle_make(struct app *app, struct dbr *r, const struct service_answers *parent, const struct case_new *like,
                struct bundle_parts *out, struct err *e);
/* At the door, after the parent was filed: rows for all, and those that need not wait are filed. */
int bundle_begin(struct tx *tx, const struct case_by *by, int64_t parent, const struct bundle_parts *parts, struct err *e);

/* What the page of a case shows. */
struct part_view {
    struct str name, service;
    enum part_state state;
    struct str reason, number; /* number: of the child's case */
    struct str words;          /* how its case stands, or that it waits: source text */
    bool good, bad;
};
struct bundle_view {
    VEC(struct part_view) parts;
    struct str parent; /* number of the bundle that this case is a part of, or empty */
};
int bundle_view_of(const struct app *app, struct dbr *r, struct arena *a, int64_t case_id, struct bundle_view *out,
                   struct err *e);

/* Follows what happens to parents and parts: begins what waited for a result, and stops what can no longer come. */
int portal_bundle_job(struct job_run *j, struct err *e);

#endif
