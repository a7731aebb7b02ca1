/* ticket.h: a short text that only this site could have written, for one purpose, one holder and a while. It travels through the
 * browser instead of lying in the store, so whoever only opens pages writes nothing. It is signed, not secret.
 */
#ifndef BON_ENGINES_CREDENTIALS_TICKET_H
#define BON_ENGINES_CREDENTIALS_TICKET_H

#include "platform/http/http.h"

/* holder: what binds it, "session 12" or "" for whoever has it. */
struct str ticket_make(const struct req *q, const char *purpose, struct str holder, struct str payload, int64_t seconds);
bool ticket_read(const struct req *q, const char *purpose, struct str holder, struct str ticket, struct str *payload);

#endif
