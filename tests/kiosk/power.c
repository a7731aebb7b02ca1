/* power.c: a disk whose power may go. Loaded into the kiosk's program before the C library (LD_PRELOAD), it keeps beside the real
 * directory what would be on the platter: a file's bytes from the moment the file was synced, a directory's names from the moment the
 * directory was. When the program has been killed, the test puts this copy in the place of the real one: what was not synced is gone.
 *
 *     POWER_OF=/tmp/x/box POWER_TO=/tmp/x/platter      platter/tree is what a power cut leaves, platter/inodes are synced bytes
 */
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_ROOM = 2 * PATH_MAX };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* over the platter */

static const char *place_of(const char *variable)
{
    const char *value = getenv(variable);
    return value ? value : "";
}

static void join_path(char to[PATH_ROOM], const char *directory, const char *name)
{
    int n = snprintf(to, PATH_ROOM, "%s/%s", directory, name);
    if (n < 0 || n >= PATH_ROOM)
        abort();
}

static void inode_path(char to[PATH_ROOM], ino_t ino)
{
    char name[48];
    snprintf(name, sizeof name, "inodes/%llu", (unsigned long long)ino);
    join_path(to, place_of("POWER_TO"), name);
}

static bool copy_bytes(int from, const char *to)
{
    char room[8192];
    off_t at = 0;
    ssize_t n;
    int fd = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    while ((n = pread(from, room, sizeof room, at)) > 0) {
        if (write(fd, room, (size_t)n) != n)
            break;
        at += n;
    }
    close(fd);
    return n == 0;
}

/* The descriptor a program syncs may be open for writing only: its bytes are read through its name. */
static void keep_file(const char *path, ino_t ino)
{
    char to[PATH_ROOM], half[PATH_ROOM];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    inode_path(to, ino);
    join_path(half, place_of("POWER_TO"), "bytes");
    if (fd < 0 || !copy_bytes(fd, half) || rename(half, to))
        abort();
    close(fd);
}

/* A name of the directory comes to the platter with the bytes that were synced; with none it is an empty file, and one that lay there
 * before this program began stays as it was. */
static void keep_name(const char *tree, const char *name, const struct stat *s)
{
    char from[PATH_ROOM], to[PATH_ROOM], half[PATH_ROOM];
    join_path(to, tree, name);
    if (S_ISDIR(s->st_mode)) {
        mkdir(to, 0700);
        return;
    }
    inode_path(from, s->st_ino);
    join_path(half, place_of("POWER_TO"), "name");
    unlink(half);
    if (link(from, half) == 0) {
        if (rename(half, to))
            abort();
        unlink(half); /* rename of two links to one file leaves both */
    } else if (access(to, F_OK)) {
        close(open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    }
}

static void drop_gone(const char *path, const char *tree)
{
    char real[PATH_ROOM], old[PATH_ROOM];
    struct stat s;
    DIR *d = opendir(tree);
    for (struct dirent *x; d && (x = readdir(d));) {
        join_path(real, path, x->d_name);
        join_path(old, tree, x->d_name);
        if (lstat(real, &s))
            unlink(old);
    }
    if (d)
        closedir(d);
}

static void keep_directory(const char *path, const char *below)
{
    char tree[PATH_ROOM], real[PATH_ROOM];
    struct stat s;
    join_path(real, place_of("POWER_TO"), "tree");
    join_path(tree, real, below);
    if (access(tree, F_OK)) /* its own name is not on the platter: nor is what is in it */
        return;
    DIR *d = opendir(path);
    for (struct dirent *x; d && (x = readdir(d));) {
        join_path(real, path, x->d_name);
        if (strcmp(x->d_name, ".") != 0 && strcmp(x->d_name, "..") != 0 && lstat(real, &s) == 0)
            keep_name(tree, x->d_name, &s);
    }
    if (d)
        closedir(d);
    drop_gone(path, tree);
}

static void keep(int fd)
{
    char link_name[64], path[PATH_MAX];
    const char *of = place_of("POWER_OF");
    struct stat s;
    snprintf(link_name, sizeof link_name, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link_name, path, sizeof path - 1);
    if (!of[0] || n <= 0 || fstat(fd, &s))
        return;
    path[n] = '\0';
    if (strncmp(path, of, strlen(of)) != 0)
        return;
    pthread_mutex_lock(&lock);
    if (S_ISDIR(s.st_mode))
        keep_directory(path, path + strlen(of));
    else
        keep_file(path, s.st_ino);
    pthread_mutex_unlock(&lock);
}

int fsync(int fd);
int fsync(int fd)
{
    int (*real)(int);
    *(void **)&real = dlsym(RTLD_NEXT, "fsync");
    int result = real(fd);
    if (result == 0)
        keep(fd);
    return result;
}
