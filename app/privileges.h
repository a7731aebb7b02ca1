/* privileges.h: started as root, the server and the signer become users of their own, and neither is root. */
#ifndef BON_APP_PRIVILEGES_H
#define BON_APP_PRIVILEGES_H

#include "app/program.h"

#include <sys/types.h>

/* For good: groups, group, user. Not root, or no user named: does nothing. */
int become_server_user(struct program *p, struct err *e);
int become_signer_user(struct program *p, struct err *e);

/* For a command: its own signer, running as the signer's user while this process may still choose. */
int spawn_signer_as_its_user(struct program *p, struct err *e);

/* Makes the directory when it is missing, owned by the server's (or the signer's) user when root. */
int make_directory(struct program *p, const char *path, bool for_signer, mode_t mode, struct err *e);

#endif
