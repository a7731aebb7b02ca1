/* fixture.h: the whole program on a store of its own, as `bon serve` opens it, with a small world in it and a clock that only
 * the test moves. Nothing here sleeps.
 *
 * The store is a fresh SQLite file, or a fresh database of the PostgreSQL that BON_TEST_DB names (tests/pg.sh starts one). It
 * begins at 20:00 on 23/11/2026 in Vietnam with 2,000 made-up people, three lodging places and the accounts below.
 */
#ifndef BON_TESTS_FIXTURE_H
#define BON_TESTS_FIXTURE_H

#include "app/program.h"

/* The communes of the two first households of packs/dak_nong/demo-people.csv. */
#define COMMUNE_HERE  "24763" /* Xã Đắk Ru: facilities 1 and 3 */
#define COMMUNE_NOW   "24760" /* Xã Quảng Tín: what it lies in since 1/7/2025 */
#define COMMUNE_THERE "24612" /* the other commune: facility 2 */
#define AGENCY_HERE   "so-tttt"
#define PASSWORD      "thu-mat-khau-2026"

enum { FACILITY_HERE = 1, FACILITY_THERE = 2, FACILITY_CLOSED = 3 };

/* An account of the world. It is signed in already, with a passkey: its cookie opens a session that lasts longer than any test. */
struct persona {
    const char *login; /* "letan" */
    const char *name;
    const char *role;        /* NULL: signed in, but without any role */
    int facility;            /* 0: none */
    const char *agency;      /* code, NULL: none */
    const char *commune;     /* territory of the grant, NULL: none */
    const char *pid;         /* a citizen's own number */
    int from_day, until_day; /* counted from the day the world begins; until is exclusive; both 0: for ever */
    struct str token;        /* value of the session cookie */
    int64_t account;
};

struct fixture {
    struct program p;
    struct arena arena; /* texts of one test file */
    struct instant now; /* what app.clock tells */
    struct persona *personas;
    size_t n_personas;
    char dir[64];      /* data directory: keys, and the store when it is SQLite */
    char database[64]; /* the database made for this world; "": none */
    struct signer *signer;
};

/* Both die with a message when the world cannot be made: no test means anything without it. */
void fixture_open(struct fixture *f);
void fixture_close(struct fixture *f);
/* The store of another fixture, whose process has died: its directory and database become this one's. Nobody is signed in. */
void fixture_adopt(struct fixture *f, const char *dir, const char *database, struct instant now);

/* Signs a persona in once more: its token is a new one; whatever ended the old session does not matter. */
void fixture_sign_in(struct fixture *f, struct persona *p);
/* With a password, and a day ago: for pages that want more. */
void fixture_sign_in_weakly(struct fixture *f, struct persona *p);
/* Somebody with this role, first in the list; every declared role has one. */
struct persona *persona_with(struct fixture *f, struct str role);
struct persona *persona_named(struct fixture *f, struct str login); /* NULL: nobody is called so */

/* "2026-11-23 20:47", Vietnamese time. */
bool fixture_set_clock(struct fixture *f, struct str text);

/* Runs one job of the contracts now, as the server's clock would ("audit.seal"). */
int fixture_run_job(struct fixture *f, struct str name, struct err *e);
int fixture_run_job_in(struct fixture *f, struct arena *a, struct str name, struct err *e);

#endif
