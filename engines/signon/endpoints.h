/* endpoints.h: handlers of the smaller endpoints, for the table of routes. */
#ifndef BON_ENGINES_SIGNON_ENDPOINTS_H
#define BON_ENGINES_SIGNON_ENDPOINTS_H

#include "engines/signon/inside.h"

/* userinfo.c */
extern const struct form userinfo_form;
int userinfo_prepare(struct req *q, struct err *e);
int userinfo_write(struct req *q, struct tx *tx, struct err *e);
int userinfo_reply(struct req *q, struct res *s, struct err *e);

/* introspect.c */
extern const struct form introspect_form;
int introspect_reply(struct req *q, struct res *s, struct err *e);

/* revoke.c */
int revoke_prepare(struct req *q, struct err *e);
int revoke_write(struct req *q, struct tx *tx, struct err *e);
int revoke_reply(struct req *q, struct res *s, struct err *e);

/* discovery.c */
int discovery_get(struct req *q, struct res *s, struct err *e);
int jwks_get(struct req *q, struct res *s, struct err *e);

/* logout.c */
extern const struct form logout_form, sign_out_form;
int logout_prepare(struct req *q, struct err *e);
int logout_write(struct req *q, struct tx *tx, struct err *e);
int logout_reply(struct req *q, struct res *s, struct err *e);
int logout_posted(struct req *q, struct res *s, struct err *e);
int sign_out_prepare(struct req *q, struct err *e);
int sign_out_of_all_write(struct req *q, struct tx *tx, struct err *e);
int sign_out_of_all_reply(struct req *q, struct res *s, struct err *e);

/* farewell.c */
int farewell_job(struct job_run *j, struct err *e);
/* client_keys.c */
int client_keys_job(struct job_run *j, struct err *e);
/* tidy_up.c */
int forget_job(struct job_run *j, struct err *e);

#endif
