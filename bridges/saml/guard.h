/* guard.h: what a SAML message must look like before lasso sees it. Signature wrapping lives on trees that two readers walk differently: so
 * anything but one plain message with at most one signature, as a child of its root and over the whole of it, is refused here; also
 * document types, entities, comments, processing instructions and CDATA, none of which an honest message has.
 */
#ifndef BON_BRIDGES_SAML_GUARD_H
#define BON_BRIDGES_SAML_GUARD_H

#include "base/buf.h"
#include "base/err.h"

enum { SAML_MESSAGE_MAX = 64 * 1024, SAML_DEPTH_MAX = 12, SAML_ELEMENTS_MAX = 200 };
enum saml_kind { SAML_AUTHN_REQUEST, SAML_LOGOUT_REQUEST, SAML_KINDS_ };

struct saml_message {
    enum saml_kind kind;
    struct str id, issuer, destination, issued; /* attributes and Issuer of the root */
    struct str name_id, session_index;          /* of a logout request */
    bool is_signed;                             /* a signature stands in it (POST binding) */
};

/* Refusals name their cause in err.field: "size" "markup" "xml" "root" "id" "signature" "depth" "issuer" "name-id". */
int saml_guard(struct arena *a, struct str xml, struct saml_message *out, struct err *e);

/* base64, and raw DEFLATE with a bound on what comes out (redirect binding). */
int saml_unbase64(struct arena *a, struct str text, struct str *out, struct err *e);
int saml_inflate(struct arena *a, struct str deflated, struct str *out, struct err *e);

#endif
