/* seeded.h: a ground with two thousand made-up people, among them the demo's. */
#ifndef BON_ENGINES_PEOPLE_TEST_SEEDED_H
#define BON_ENGINES_PEOPLE_TEST_SEEDED_H

#include "engines/people/people.h"
#include "platform/http/test/ground.h"

void ground_open_seeded(const char *name, const struct module *const *modules);
int64_t person(const char *number); /* fails the test when nobody has it */

#endif
