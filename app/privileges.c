#include "app/privileges.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *signer_name(const struct program *p)
{
    return p->serving.signer_user[0] ? p->serving.signer_user : p->serving.user;
}

/* 1 found, 0 nothing to do, -1 no such user. getpwnam is called before any thread exists. */
static int user_of(const char *name, uid_t *uid, gid_t *gid, struct err *e)
{
    if (geteuid() != 0 || !name[0])
        return 0;
    const struct passwd *pw = getpwnam(name);
    if (!pw)
        return ERR_SAY(e, ERR_INPUT, MSGS("Thiết lập không đúng."), "there is no user %s", name);
    *uid = pw->pw_uid;
    *gid = pw->pw_gid;
    return 1;
}

static int become(const char *name, struct err *e)
{
    uid_t uid;
    gid_t gid;
    int found = user_of(name, &uid, &gid, e);
    if (found <= 0)
        return found;
    if (setgroups(0, NULL) || setresgid(gid, gid, gid) || setresuid(uid, uid, uid))
        return ERR(e, ERR_INTERNAL, "becoming %s: %s", name, strerror(errno));
    return 0;
}

int become_server_user(struct program *p, struct err *e)
{
    return become(p->serving.user, e);
}

int become_signer_user(struct program *p, struct err *e)
{
    return become(signer_name(p), e);
}

/* The child inherits the borrowed user as its effective one; after its seccomp filter it can no longer change any. */
int spawn_signer_as_its_user(struct program *p, struct err *e)
{
    uid_t uid;
    gid_t gid;
    int found = user_of(signer_name(p), &uid, &gid, e);
    if (found < 0)
        return -1;
    if (found && (setegid(gid) || seteuid(uid)))
        return ERR(e, ERR_INTERNAL, "becoming %s: %s", signer_name(p), strerror(errno));
    int result = signer_spawn(p->app.settings.key_dir, &p->app.signer, e);
    if (found && (seteuid(0) || setegid(0)))
        return ERR(e, ERR_INTERNAL, "becoming root again: %s", strerror(errno));
    return result;
}

int make_directory(struct program *p, const char *path, bool for_signer, mode_t mode, struct err *e)
{
    uid_t uid;
    gid_t gid;
    if (mkdir(path, mode) && errno != EEXIST)
        return ERR(e, ERR_DISK_FULL, "%s: %s", path, strerror(errno));
    int found = user_of(for_signer ? signer_name(p) : p->serving.user, &uid, &gid, e);
    if (found < 0)
        return -1;
    if (found && (chown(path, uid, gid) || chmod(path, mode)))
        return ERR(e, ERR_DISK_FULL, "%s: %s", path, strerror(errno));
    return 0;
}
