/* bridge.h: what the bridge's parts share. */
#ifndef BON_BRIDGES_SAML_BRIDGE_H
#define BON_BRIDGES_SAML_BRIDGE_H

#include "bridges/saml/idp.h"
#include "bridges/saml/memory.h"

struct bridge {
    struct saml_config config;
    struct idp *idp;
    struct saml_memory *memory;
};

struct bridge *bridge_of(const struct req *q);
/* Of what bon calls somebody, or a session: in memory only hashes of it are kept. */
struct hash32 bridge_subject(struct arena *a, struct str subject);
struct hash32 bridge_sid(struct arena *a, struct str sid);
int bridge_refuse_page(struct req *q, struct res *s, const struct err *why);
/* The signed answer that an app waits for, by the binding it came with. */
int bridge_deliver(struct req *q, struct res *s, struct str url, struct str message, struct str relay);

/* ---- signing out in both directions: leave.c ---- */
/* The app has signed somebody out here: the browser goes to bon, which ends that session too, and comes back for the answer. False: it need
 * not, or cannot. */
bool leave_by_bon(struct req *q, struct res *s, const struct saml_session *session, const struct idp_answer *answer, struct str relay);
int left_get(struct req *q, struct res *s, struct err *e);
extern const struct form leave_notice_form;
int leave_notice(struct req *q, struct res *s, struct err *e);
int leave_notice_refuse(struct req *q, struct res *s, const struct err *why);

extern const struct module saml_module;

#endif
