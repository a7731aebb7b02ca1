/* world.h: a small province for the tests of the presence log: an SQLite store of its own with the pack's units, three lodging
 * places, a signer, and people who are signed in by the name in their cookie.
 */
#ifndef BON_ENGINES_STAYS_TEST_WORLD_H
#define BON_ENGINES_STAYS_TEST_WORLD_H

#include "engines/stays/stays_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { PLACE_A = 1, PLACE_B = 2, PLACE_FAR = 3, PLACE_CLOSED = 4 }; /* A, B in Đắk Ru 24763; FAR in Nghĩa Đức 24611 */

struct world {
    struct app app;
    struct arena arena;
    char dir[64];
    struct actor clerk; /* of PLACE_A */
};

int world_open(void **state);
int world_open_empty(void **state); /* units, but no lodging places */
int world_close(void **state);
void must(int result, const struct err *e); /* fails the test with the error's words */

/* A guest read from a card, who came `hours` hours ago and stays two nights; born 1990, a number from n. */
struct stay_guest_in a_guest(struct world *w, int n, int hours_ago);
void name_guest(struct world *w, struct stay_guest_in *g, struct str name); /* with the key that identity would have read */
struct facility place(struct world *w, int64_t id);
/* As the clerk of that place; -1 with *e. */
int declare(struct world *w, int64_t at, const struct stay_guest_in *guests, size_t n, struct stay_receipt *out,
            struct err *e);
/* What a handler would pass on: actor and arena of the test. */
struct req a_request(struct world *w);

/* GET or POST through the dispatcher; who: "police-24763", "desk-1", NULL. */
struct str ask(struct world *w, const char *who, const char *target);
int status_of(struct str reply);
bool has(struct str text, const char *part);

int64_t count_in_state(struct world *w, enum stay_state s);

#endif
