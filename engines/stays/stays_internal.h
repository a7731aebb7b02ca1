/* stays_internal.h: shapes shared by the files of this engine. */
#ifndef BON_ENGINES_STAYS_INTERNAL_H
#define BON_ENGINES_STAYS_INTERNAL_H

#include "engines/audit/audit.h"
#include "engines/people/people.h"
#include "engines/stays/stays.h"
#include "gen/stays_queries.h"

/* The receipt's own facts inside the audit record: canonical JSON. */
struct str stay_receipt_detail(struct arena *a, const struct stay_receipt *r);

bool stay_number_parse(struct str number, int64_t *facility, int64_t *month, int64_t *n);

struct facility facility_of(const struct facility_row *row); /* facility.c */

/* A guest as a draft row; the declaration turns it into a declared one. */
struct stay_guest_insert_in stay_guest_row(struct tx *tx, const struct req *q, const struct facility *f,
                                           const struct stay_guest_in *g);

/* What tells one guest from another: the personal number, else the document and who issued it (twice.c). */
struct stay_paper {
    struct pid pid;
    struct str document, nationality;
};
struct stay_paper stay_paper_of(const struct identity_read *id);
bool stay_paper_is_same(const struct stay_paper *one, const struct stay_paper *other);
/* Names both places of who stands twice among new guests. */
int stay_refuse_twice(struct arena *a, const struct req *q, const struct stay_guest_in *guests, size_t n, struct err *e);

/* What the engine keeps for the process: app_engine_slot(app, "stays"). Zeroed until stays_start. */
struct stays_state {
    struct stay_clock_rule *rules; /* by rising day */
    size_t n_rules;
    struct dispatcher *dispatcher; /* dispatch.c */
};
struct stays_state *stays_state(struct app *app);
int stays_start(struct app *app, struct err *e);
void stays_stop(struct app *app);

/* "due 23, late 8, warn 22, early same_morning" -> *out (without its day). false: not of that shape. */
bool stay_clock_rule_parse(struct str text, struct stay_clock_rule *out);

#endif
