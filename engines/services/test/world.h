/* world.h: the sample service for tests. */
#ifndef BON_ENGINES_SERVICES_TEST_WORLD_H
#define BON_ENGINES_SERVICES_TEST_WORLD_H

#include "engines/services/inside.h"

/* "packs/dak_nong" or a file of this directory, from wherever a test runs. */
const char *world_path(struct arena *a, const char *path);
struct str world_text(struct arena *a, const char *path);
/* First version of test/DVC12.json. */
const struct service_def *world_sample(struct arena *a);

#endif
