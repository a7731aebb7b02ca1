/* privileges.h: started as root, the server and the signer become users of their own, and neither is root. */
#ifndef BON_APP_PRIVILEGES_H
#define BON_APP_PRIVILEGES_H

#include "app/program.h"

#include <sys/types.h>

/* For good: groups, group, user. Not root, or no user named: does nothing. */
int become_server_user(struct program *p, struct err *e);
int become_signer_user(struct program *p, struct err *e);

/* For a while: the effective user only, so that root comes back. Not root, or no user named: does nothing. */
int borrow_user(struct program *p, bool for_signer, struct err *e);
int return_user(struct err *e);

/* For a command: its own signer, running as the signer's user. */
int spawn_signer_as_its_user(struct program *p, struct err *e);

/* A file that root made for the server or the signer. */
int give_file(struct program *p, const char *path, bool for_signer, struct err *e);

/* Makes the directory when it is missing, owned by the server's (or the signer's) user when root. */
int make_directory(struct program *p, const char *path, bool for_signer, mode_t mode, struct err *e);

#endif
