/* world.h: cases on a store of their own, with the pack's units, calendar and agencies, one small flow, and a clock that only the test
 * moves.
 */
#ifndef BON_ENGINES_CASES_TEST_WORLD_H
#define BON_ENGINES_CASES_TEST_WORLD_H

#include "engines/cases/inside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct world {
    struct app app;
    struct arena arena;
    struct err e;
    struct instant now;
    struct dbr *r;
    char dir[64];
    bool whole;
    VEC(struct req *) requests; /* made so far: each may have begun to read */
};

int world_open(void **state);
/* The same with the real catalogue, the pack's own flows, two thousand made-up people, and November 2026 as the present. */
int world_open_whole(void **state);
int world_close(void **state);
void must(int result, const struct err *e);
void set_time(struct world *w, const char *iso_day, int hour, int minute);
struct dbr *reader(struct world *w); /* begun anew: sees all that is written */

/* Whoever is signed in, by a word: "clerk-24763" (one-stop desk of that commune), "work-24763", "sign-24763", "police-24763",
 * "dept-so-tp" (specialist of an agency), "citizen-7" (account 7), "" (nobody). */
struct req *a_request(struct world *w, const char *who);

/* An application for a service of five days in commune 24763, filed by account 7; change what the test is about. */
struct case_new an_application(struct world *w);
int submit(struct world *w, const char *who, const struct case_new *in, struct case_made *out);
struct case_made submitted(struct world *w, const struct case_new *in); /* must succeed, by the clerk */

struct case_view case_now(struct world *w, int64_t id);
/* One move by somebody, with the revision of now. -1: refused, w->e says why. */
int move(struct world *w, const char *who, int64_t id, const char *move, const char *reason);
void moved(struct world *w, const char *who, int64_t id, const char *move, const char *reason); /* must succeed */
void due_is(struct world *w, int64_t id, const char *expected); /* "17:00 16/02/2024", "" none */
void refused_with(struct world *w, int result, enum err_code code, const char *in_the_sentence);

#endif
