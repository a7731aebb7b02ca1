#include "app/privileges.h"

#include <errno.h>
#include <fcntl.h>
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
    uid_t uid = (uid_t)-1;
    gid_t gid = (gid_t)-1;
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

static int owner(struct program *p, bool for_signer, uid_t *uid, gid_t *gid, struct err *e)
{
    return user_of(for_signer ? signer_name(p) : p->serving.user, uid, gid, e);
}

int borrow_user(struct program *p, bool for_signer, struct err *e)
{
    uid_t uid = (uid_t)-1;
    gid_t gid = (gid_t)-1;
    int found = owner(p, for_signer, &uid, &gid, e);
    if (found <= 0)
        return found;
    return setegid(gid) || seteuid(uid) ? ERR(e, ERR_INTERNAL, "borrowing a user: %s", strerror(errno)) : 0;
}

int return_user(struct err *e)
{
    if (getuid() != 0)
        return 0;
    return seteuid(0) || setegid(0) ? ERR(e, ERR_INTERNAL, "becoming root again: %s", strerror(errno)) : 0;
}

/* The child inherits the borrowed user as its effective one; after its seccomp filter it can no longer change any. */
int spawn_signer_as_its_user(struct program *p, struct err *e)
{
    if (borrow_user(p, true, e))
        return -1;
    int result = signer_spawn(p->app.settings.key_dir, &p->app.signer, e);
    return return_user(result ? NULL : e) || result ? -1 : 0;
}

int give_file(struct program *p, const char *path, bool for_signer, struct err *e)
{
    uid_t uid = (uid_t)-1;
    gid_t gid = (gid_t)-1;
    int found = owner(p, for_signer, &uid, &gid, e);
    if (found <= 0)
        return found;
    return lchown(path, uid, gid) ? ERR(e, ERR_DISK_FULL, "%s: %s", path, strerror(errno)) : 0;
}

/* Root does not follow links here: the directories above may belong to the less trusted user. */
static int own_directory(const char *path, uid_t uid, gid_t gid, mode_t mode, struct err *e)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int failed = fd < 0 || fchown(fd, uid, gid) || fchmod(fd, mode);
    int why = errno;
    if (fd >= 0)
        close(fd);
    return failed ? ERR(e, ERR_DISK_FULL, "%s: %s", path, strerror(why)) : 0;
}

int make_directory(struct program *p, const char *path, bool for_signer, mode_t mode, struct err *e)
{
    uid_t uid = (uid_t)-1;
    gid_t gid = (gid_t)-1;
    if (mkdir(path, mode) && errno != EEXIST)
        return ERR(e, ERR_DISK_FULL, "%s: %s", path, strerror(errno));
    int found = owner(p, for_signer, &uid, &gid, e);
    return found <= 0 ? found : own_directory(path, uid, gid, mode, e);
}
