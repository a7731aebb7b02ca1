/* ground.h: what a test of a module stands on: a store of its own with the tables of the modules it names. It is always noon of
 * 23 November 2026 there.
 */
#ifndef BON_HTTP_TEST_GROUND_H
#define BON_HTTP_TEST_GROUND_H

#include "platform/http/module.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct ground {
    struct app app;
    struct arena arena;
    struct err e; /* of the last call that was given it: must() tells what it says */
    struct dbr *r;
    char dir[64];
};
extern struct ground ground;

/* For a group's setup; the modules end with NULL. The reading begins with what the store has then: empty tables. */
void ground_open(const char *name, const struct module *const *modules);
int ground_close(void **state); /* a group's teardown */

void must(int result); /* 0, or the test fails with ground.e */
void look_again(void); /* what was written meanwhile is seen by ground.r */
struct day day(const char *iso);

#endif
