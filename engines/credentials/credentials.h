/* credentials.h: how people prove who they are. What they may do then is engines/accounts' matter: every way in here ends in its
 * session_open.
 *
 * One-time links and passwords · codes of an authenticator app · passkeys · recovery at a desk by two officers · a signed-in phone.
 */
#ifndef BON_ENGINES_CREDENTIALS_H
#define BON_ENGINES_CREDENTIALS_H

#include "platform/http/module.h"

extern const struct module credentials_module;

#endif
