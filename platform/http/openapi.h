#ifndef BON_PLATFORM_HTTP_OPENAPI_H
#define BON_PLATFORM_HTTP_OPENAPI_H

#include "platform/http/module.h"

/* GET /openapi.json: OpenAPI 3.1 of all JSON routes, from the routes and forms themselves. */
route_read_fn openapi;

#endif
