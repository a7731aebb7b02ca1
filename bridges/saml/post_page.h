/* post_page.h: the page that carries a signed message to an app by the POST binding. */
#ifndef BON_BRIDGES_SAML_POST_PAGE_H
#define BON_BRIDGES_SAML_POST_PAGE_H

#include "platform/http/http.h"

int post_page(struct req *q, struct res *s, struct str url, struct str message, struct str relay_state);
extern const struct str post_script; /* /saml/post.js: presses its button */

#endif
