/* farewell.h: telling apps that a session has ended. */
#ifndef BON_ENGINES_SIGNON_FAREWELL_H
#define BON_ENGINES_SIGNON_FAREWELL_H

#include "engines/signon/state.h"

enum { FAREWELLS_AT_ONCE = 8, FAREWELL_TRIES = 6, FAREWELL_TIMEOUT_MS = 2000 };

struct farewell {
    struct farewells_due_row row;
    struct signon_client c;
    struct str token;  /* logout token, signed */
    bool ready;        /* the app still listens, and the token is made */
    char outcome[160]; /* "HTTP 200", "the name leads to …" */
    bool done;         /* it heard */
};

/* Sends all that are ready, side by side, and waits for them at most FAREWELL_TIMEOUT_MS. */
void farewells_send(struct job_run *j, struct farewell *v, size_t n);

#endif
