/* idp.h: the identity provider's side of SAML 2.0, through liblasso. Everything that lasso interprets has passed guard.h before. lasso
 * is not thread-safe in its server object, so calls are taken one at a time.
 */
#ifndef BON_BRIDGES_SAML_IDP_H
#define BON_BRIDGES_SAML_IDP_H

#include "bridges/saml/config.h"
#include "bridges/saml/guard.h"

struct idp;
int idp_open(struct arena *a, struct saml_config *c, struct idp **out, struct err *e);
void idp_close(struct idp *i); /* NULL-safe */
struct str idp_metadata(const struct idp *i);

/* A request as it arrived: the raw query of a GET, or the form field of a POST. */
struct idp_input {
    bool post;
    struct str raw;
    struct str relay_state;
};

struct idp_asked {
    const struct saml_app *app;
    struct str dump; /* lasso's own memory of the request */
    bool force, passive;
};
/* Verifies signature and metadata of a request to sign in. err.field as guard.h, and "app" "lasso". */
int idp_take_request(struct idp *i, struct arena *a, const struct idp_input *in, struct idp_asked *out, struct err *e);

struct idp_person {
    struct str name_id; /* pairwise */
    struct str session_index;
    struct instant at; /* when it was shown who this is */
    int level;
    const struct saml_attribute *attributes; /* name and value in .claim */
    size_t n_attributes;
};
struct idp_answer {
    struct str url;     /* where the browser goes */
    struct str message; /* POST binding: base64; else none and url has all */
    struct str session; /* for a later logout: lasso's dump */
};
/* who NULL: the answer says that nobody was signed in. */
int idp_answer(struct idp *i, struct arena *a, struct str dump, const struct idp_person *who, struct idp_answer *out,
               struct err *e);

/* A request to sign out, checked against the session that was opened; partial: sessions elsewhere live on. */
int idp_logout(struct idp *i, struct arena *a, const struct idp_input *in, struct str session, struct idp_answer *out,
               struct err *e);

#endif
