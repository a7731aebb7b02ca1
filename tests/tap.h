/* tap.h: results as the Test Anything Protocol, one line a case. */
#ifndef BON_TESTS_TAP_H
#define BON_TESTS_TAP_H

#include <stdbool.h>

struct tap {
    int cases, failures;
};

/* Returns what it was given. The text after a failure says why; NULL or "": nothing more to say. */
bool tap_case(struct tap *t, bool good, const char *why, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* The plan line; returns the exit status. */
int tap_end(const struct tap *t);

#endif
