/* module.c: identity has no pages of its own; desks and kiosks call its parsers. */
#include "engines/identity/identity.h"

const struct module identity_module = {
    .name = "identity",
    .title = MSG("Bằng chứng danh tính"),
    .routes = (const struct route[]){ ROUTE_END },
};
