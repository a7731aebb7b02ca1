/* uri.h: addresses that browsers are sent to, and that this server sends to: compared to the letter, so each must have one spelling. */
#ifndef BON_ENGINES_SIGNON_URI_H
#define BON_ENGINES_SIGNON_URI_H

#include "base/err.h"

struct uri {
    struct str scheme, host, port, path, query;
};
/* Absolute, printable ASCII, without user, fragment, dot segments, backslash or escaped dots and slashes. false: not so. */
bool uri_parse(struct str s, struct uri *out);
/* A redirect address: https; http to this machine only; or an app's own scheme, which has a dot in it (RFC 8252 section 7.1). */
bool uri_is_redirect(struct str s);
bool uri_is_https(struct str s); /* https, or http to this machine */
struct str uri_origin(struct arena *a, const struct uri *u);
/* Scheme and host in small letters, default port left off, query and fragment cut: how DPoP compares htu (RFC 9449 section 4.3). */
struct str uri_bare(struct arena *a, struct str s);

#endif
