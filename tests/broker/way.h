/* way.h: the whole program with a VNeID stand-in beside it, and a browser that walks from one to the other: the program through the
 * dispatcher as in .http files, the stand-in over its socket.
 */
#ifndef BON_TESTS_BROKER_WAY_H
#define BON_TESTS_BROKER_WAY_H

#include "tests/fixture.h"

#include "engines/broker/vneid_sim.h"

/* Places in packs/dak_nong/demo-people.csv, the living in order. */
enum { DEMO = 0, MAU = 1, VI_DU = 2, Y_DEMO = 5 };
#define DEMO_PID "067090000123" /* Nguyễn Văn Demo: account congdan */
#define MAU_PID  "067085000201" /* Trần Văn Mẫu: account congdan.khac */

enum { COOKIES = 12 };
struct cookie {
    struct str name, value;
};
struct browser {
    struct cookie jar[COOKIES];
    size_t n;
};

struct reply {
    int status;
    struct str location; /* STR_NONE: none */
    struct str body;     /* with entities as they are */
};

struct way {
    struct fixture f;
    struct vneid_sim *sim;
    struct browser browser;
};

void way_open(struct way *w);
void way_open_with(struct way *w, const char *more); /* further members of the upstream "vneid" */
/* Beside a stand-in that somebody else opened and closes; the fixture is open. Ends with fixture_close. */
void way_open_beside(struct way *w, struct vneid_sim *sim);
void way_close(struct way *w);
void way_configure(struct way *w, const char *name, const char *more); /* further members, ",\"join\":true" or "" */

/* A browser of nobody's; or one that this persona has signed in with. */
void browser_fresh(struct way *w);
void browser_as(struct way *w, const char *login);
void browser_cookie(struct way *w, const char *name, struct str value);
bool browser_signed_in(const struct way *w);

struct reply browser_get(struct way *w, struct str target);
/* Sends the form with the CSRF token of the page last seen at `from`. */
struct reply browser_post(struct way *w, struct str from, struct str target, struct str form);
struct reply program_post(struct way *w, struct str target, struct str form);
struct reply program_post_json(struct way *w, struct str target, struct str json);

/* From this path through the stand-in and back: the address that the stand-in sends the browser to. */
struct str way_to_callback(struct way *w, struct str start, int person, int level);
/* …and what the program says to it. */
struct reply way_through(struct way *w, const char *upstream, int person, int level);

/* How many records of this kind are in the log. */
int64_t way_records(struct way *w, const char *action);
/* The account that a person's subject opens now; 0: none. */
int64_t way_linked_account(struct way *w, int person);

#endif
