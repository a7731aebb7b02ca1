/* memory.h: what the bridge remembers, in its own memory and for a while only: requests on their way through bon, requests that came
 * already, sessions that may be signed out of. Restarted, it has forgotten: whoever was on the way begins again.
 */
#ifndef BON_BRIDGES_SAML_MEMORY_H
#define BON_BRIDGES_SAML_MEMORY_H

#include "base/buf.h"
#include "base/ident.h"

enum { MEMORY_PENDING = 2048, MEMORY_SEEN = 16384, MEMORY_SESSIONS = 8192 };
enum { PENDING_MINUTES = 15, SEEN_MINUTES = 15, SESSION_HOURS_KEPT = 12 };

struct saml_memory;
struct saml_memory *saml_memory_new(void);
void saml_memory_free(struct saml_memory *m); /* NULL-safe */

/* True the first time; false for what came within SEEN_MINUTES, and when so much came that nobody could tell any more. */
bool saml_memory_is_new(struct saml_memory *m, struct hash32 what, struct instant now);

/* Keeps two texts under a name; the oldest makes room. Taken once. */
void saml_memory_put(struct saml_memory *m, struct hash32 name, struct str dump, struct str relay, struct instant now);
bool saml_memory_take(struct saml_memory *m, struct arena *a, struct hash32 name, struct instant now, struct str *dump,
                      struct str *relay);

/* A session that an app has, and the session at bon that it came from. */
struct saml_session {
    struct str dump;     /* lasso's */
    struct str id_token; /* bon's: the hint with which it is ended there */
    struct hash32 subject, sid; /* of bon's names for the person and the session */
};
void saml_memory_open(struct saml_memory *m, struct hash32 name, const struct saml_session *s, struct instant now);
bool saml_memory_close(struct saml_memory *m, struct arena *a, struct hash32 name, struct instant now, struct saml_session *out);
/* bon says that a session (sid), or all of a person (sid NULL), have ended: how many of ours went with it. */
size_t saml_memory_end(struct saml_memory *m, struct hash32 subject, const struct hash32 *sid, struct instant now);

#endif
