/* apps.h: apps that sign in through the program, in the world of tests. */
#ifndef BON_TESTS_APPS_H
#define BON_TESTS_APPS_H

#include "platform/db/db.h"

#define APP_SECRET "bi-mat-cua-ung-dung" /* of each of them */

int world_add_apps(struct tx *tx, struct arena *a, int64_t inviter, struct err *e);

#endif
