#include "platform/sandbox/sandbox.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

int sandbox_harden(struct err *e)
{
    struct rlimit none = { 0, 0 };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        return ERR(e, ERR_INTERNAL, "no_new_privs: %s", strerror(errno));
    if (setrlimit(RLIMIT_CORE, &none))
        return ERR(e, ERR_INTERNAL, "core limit: %s", strerror(errno));
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0))
        return ERR(e, ERR_INTERNAL, "not dumpable: %s", strerror(errno));
    return 0;
}
