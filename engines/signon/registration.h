/* registration.h: apps register themselves (RFC 7591) and look after that registration (RFC 7592).
 *
 * Whoever registers must hold an invitation: a one-time token that the desk gave to an agency. Open registration would let anybody put a
 * name of his choice before a reviewer, and rate limits only slow that down. What comes in waits as "proposed" until an
 * administrator has looked; software statements are not read, since nobody is trusted here to vouch for another.
 */
#ifndef BON_ENGINES_SIGNON_REGISTRATION_H
#define BON_ENGINES_SIGNON_REGISTRATION_H

#include "engines/signon/signon.h"

enum { INVITATION_DAYS = 7, REGISTRATION_DAYS = 365, REGISTRATION_MAX = 16 * 1024 };

/* What the desk decides about an app, whatever the app says of itself. */
struct registration_terms {
    struct str owner, purpose, legal_basis;
    struct day valid_until;
};

/* A one-time token for these terms (its end apart), to be shown once. */
int invitation_add(struct tx *tx, struct arena *a, const struct registration_terms *terms, struct audit_record by,
                   struct str *token, struct err *e);

/* What an app sent, brought to metadata of ours: the members that it may choose, and the terms. e->field names what was refused. */
int registration_metadata(struct arena *a, const struct json_t *sent, const struct registration_terms *terms,
                          struct str *metadata, struct err *e);

extern const struct form registration_form;
int register_prepare(struct req *q, struct err *e);
int register_write(struct req *q, struct tx *tx, struct err *e);
int register_reply(struct req *q, struct res *s, struct err *e);
int registration_get(struct req *q, struct res *s, struct err *e);
int registration_put_prepare(struct req *q, struct err *e);
int registration_put_write(struct req *q, struct tx *tx, struct err *e);
int registration_put_reply(struct req *q, struct res *s, struct err *e);
int registration_delete_prepare(struct req *q, struct err *e);
int registration_delete_write(struct req *q, struct tx *tx, struct err *e);
int registration_delete_reply(struct req *q, struct res *s, struct err *e);
route_refuse_fn registration_refuse;

extern const struct cli_option invite_options[];
int run_invite(struct cli *c, struct err *e);

#endif
