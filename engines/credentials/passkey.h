/* passkey.h: challenges, and what pages tell the browser's script. */
#ifndef BON_ENGINES_CREDENTIALS_PASSKEY_H
#define BON_ENGINES_CREDENTIALS_PASSKEY_H

#include "engines/credentials/webauthn.h"
#include "platform/http/module.h"

/* What the script of a page with a passkey button reads from its JSON island. */
struct passkey_offer {
    struct str options;   /* JSON; empty: this address cannot have passkeys */
    struct str elsewhere; /* where it can: "http://localhost:8006"; empty: here */
};
/* For signing in: whoever's passkey it is. The challenge is bound to this browser by a cookie that *s may have to set. */
void passkey_offer_use(struct req *q, struct res *s, struct passkey_offer *o);
/* For a new one of the signed-in person. */
int passkey_offer_new(struct req *q, struct passkey_offer *o, struct err *e);

/* The answer's challenge is one that was given to this browser (or session) for this, not long ago. Its ticket is spent at the
 * door: 0 spent now, -1 (ERR_CONFLICT) it was before. */
int passkey_challenge_check(struct req *q, const struct relying_party *rp, struct str client_data, bool fresh_key, struct hash32 *ticket,
                            struct err *e);
int ticket_spend(struct tx *tx, const struct hash32 *ticket, struct err *e);

#endif
