/* flow.h: one way to an upstream and back. The browser carries it in a cookie under our MAC; nothing is stored until it comes back, so
 * strangers who only set out cost no row. State, nonce and PKCE verifier are derived from the flow's random name and the secret that
 * all servers of one database share: the cookie gives none of them away.
 */
#ifndef BON_ENGINES_BROKER_FLOW_H
#define BON_ENGINES_BROKER_FLOW_H

#include "engines/broker/provider.h"

#define FLOW_COOKIE "bon_flow"

enum { FLOW_MINUTES = 15, FLOW_NEXT_MAX = 3000 };
enum flow_aim { FLOW_SIGN_IN, FLOW_LINK };

struct flow {
    struct str name; /* 32 random bytes, base64url */
    struct str upstream;
    enum flow_aim aim;
    int64_t account; /* FLOW_LINK: whose */
    struct instant started;
    struct str next; /* own path, or "/home" */
};

void flow_begin(struct req *q, const struct upstream *u, enum flow_aim aim, struct str next, struct flow *out);
struct str flow_cookie(struct req *q, const struct flow *f);
/* The browser's own flow to this upstream, when state is its state and it is not too old. ERR_CONFLICT otherwise, with a sentence. */
int flow_read(struct req *q, struct str upstream, struct str state, struct flow *out, struct err *e);

struct str flow_state(struct req *q, const struct flow *f);
struct str flow_nonce(struct req *q, const struct flow *f);
struct str flow_verifier(struct req *q, const struct flow *f); /* 43 characters, RFC 7636 */
struct hash32 flow_spent(const struct flow *f);                /* what marks it as used */

struct str flow_back_uri(struct req *q, const struct upstream *u); /* redirect_uri: one for each upstream */
/* Where the browser goes. fresh: the provider asks again, whatever session it has. */
struct str flow_authorize_url(struct req *q, const struct upstream *u, const struct provider *p, const struct flow *f,
                              bool fresh);

#endif
