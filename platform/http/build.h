/* build.h: the pieces app_build puts together. */
#ifndef BON_PLATFORM_HTTP_BUILD_H
#define BON_PLATFORM_HTTP_BUILD_H

#include "base/rng.h"
#include "platform/http/live.h"
#include "platform/http/router.h"

/* Names of a form's fields, their types and limits: refuses what could never be filled in. */
int form_declared_well(const struct route_slot *slot, struct err *e);

/* Indexes app->files. */
void static_take(struct app *app, struct router *r);

#endif
