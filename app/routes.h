/* routes.h: what `bon routes` and its page share. */
#ifndef BON_APP_ROUTES_H
#define BON_APP_ROUTES_H

#include "platform/http/module.h"

const char *route_method(const struct route *r); /* "GET", "POST" */
void routes_markdown(const struct app *app);     /* docs/permissions.md, on standard output */

#endif
