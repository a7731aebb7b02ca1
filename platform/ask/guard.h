/* guard.h: where this server may be made to send something. Somebody else, an app for instance, names an address; it must not lead to where
 * only this server can go: this machine, the inner network, a cloud's metadata. */
#ifndef BON_PLATFORM_GUARD_H
#define BON_PLATFORM_GUARD_H

#include "base/err.h"

#include <sys/socket.h>

bool address_is_special(
    const struct sockaddr *a); /* IANA special-purpose registries, also inside mapped and translated IPv6 */

/* Resolves once; the connection must then go to *text, whatever the name says a moment later (DNS rebinding). Every address of the name
 * must be public, unless `inner` ("app.lan, 10.1.2.3:8443") lists the host. */
int guard_resolve(const char *inner, struct str host, struct str port, char text[64], struct err *e);
bool guard_is_inner(const char *inner, struct str host, struct str port);

#endif
