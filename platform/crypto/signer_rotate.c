/* signer_rotate.c: the next key, made in a process of its own: a private key never lives in a command's memory either. */
#include "platform/crypto/signer_ring.h"
#include "platform/sandbox/sandbox.h"

#include <errno.h>
#include <grp.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Started by root, the key belongs to whoever owns the directory. */
static int become_owner(const char *dir, struct err *e)
{
    struct stat st;
    if (stat(dir, &st))
        return ERR(e, ERR_SIGNER, "%s: %s", dir, strerror(errno));
    if (geteuid() != 0 || st.st_uid == 0)
        return 0;
    if (setgroups(0, NULL) || setgid(st.st_gid) || setuid(st.st_uid))
        return ERR(e, ERR_SIGNER, "not the user of %s: %s", dir, strerror(errno));
    return 0;
}

/* A sentence for the person is a literal of this program: its address means the same in the parent. */
static _Noreturn void run(int fd, const char *dir, const char *purpose, enum jose_alg alg, struct instant now, bool at_once)
{
    struct err e = { 0 };
    if (sandbox_harden(&e) == 0 && become_owner(dir, &e) == 0)
        key_ring_rotate(dir, purpose, alg, now, at_once, &e);
    ssize_t sent = write(fd, &e, sizeof e);
    _exit(sent == (ssize_t)sizeof e ? 0 : 1);
}

int signer_rotate(const char *key_dir, const char *purpose, enum jose_alg alg, struct instant now, bool at_once,
                  struct err *e)
{
    int ends[2], status = 0;
    struct err said;
    if (pipe(ends))
        return ERR(e, ERR_SIGNER, "pipe: %s", strerror(errno));
    pid_t child = fork();
    if (child == 0)
        run(ends[1], key_dir, purpose, alg, now, at_once);
    close(ends[1]);
    ssize_t got = child < 0 ? -1 : read(ends[0], &said, sizeof said);
    close(ends[0]);
    if (child > 0)
        waitpid(child, &status, 0);
    if (got != (ssize_t)sizeof said || status != 0)
        return ERR(e, ERR_SIGNER, "the process that makes keys ended early");
    if (said.code == ERR_NONE)
        return 0;
    if (e)
        *e = said;
    return -1;
}
