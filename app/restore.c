/* bon restore: takes a copy back only when every byte is what the signed list says; until then nothing that stands is touched. */
#include "app/archive.h"
#include "app/manifest.h"
#include "app/privileges.h"
#include "app/program.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SMALL = 64 * 1024 };

#define SAY_BAD_COPY MSGS("Bản sao lưu không nguyên vẹn hoặc không do khoá đã biết ký. Chưa có gì bị thay đổi.")

struct restore {
    struct cli *c;
    struct program *p;
    int fd;
    struct manifest m;
    bool seen[MANIFEST_FILES];
    const char *staged;               /* the store's copy in <data_dir>/tmp */
    struct str small[MANIFEST_FILES]; /* the other files, in memory */
    const char *before;               /* what stood there, renamed */
    const char *made[4];              /* directories and locks that were not there before, as they were made */
    size_t n_made;
};

extern char **environ;

/* ---- whom to believe ---- */

/* Is the key among those this place already knows as its own? */
static bool is_known_here(struct restore *r)
{
    struct arena *a = r->c->arena;
    const char *path = str_cstr(a, str_fmt(a, "%s/backup.jwks", r->p->app.settings.key_dir));
    char *text = arena_alloc(a, SMALL);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, text, SMALL);
    if (fd >= 0)
        close(fd);
    return n > 0 && n < SMALL && str_find((struct str) { text, (size_t)n }, str_fmt(a, "\"kid\":\"%s\"", r->m.key.kid)) >= 0;
}

static int believe(struct restore *r, struct str manifest, struct str jws, struct err *e)
{
    struct str named = cli_opt(r->c, "key");
    struct err why = { 0 };
    if (jws_check_detached(r->c->arena, jws, manifest, &r->m.key, &why))
        return ERR_SAY(e, ERR_INPUT, SAY_BAD_COPY, "%s", why.detail);
    if (named.p ? str_eq(named, str_of(r->m.key.kid)) : is_known_here(r))
        return 0;
    return ERR_SAY(
        e, ERR_FORBIDDEN,
        MSGS("Khoá ký bản sao lưu này chưa được nơi đây biết. Nếu đúng là khoá đã ghi lại khi sao lưu, chạy lại với --key."),
        "signed by key %s", r->m.key.kid);
}

static int take_named(struct restore *r, const char *name, struct str *out, struct err *e)
{
    struct archive_entry entry;
    int got = archive_next(r->fd, &entry, e);
    if (got < 0)
        return -1;
    if (got == 0 || strcmp(entry.name, name) != 0)
        return ERR(e, ERR_INPUT, "%s is not where it must be in the copy", name);
    return archive_take_bytes(r->fd, r->c->arena, &entry, SMALL, out, e);
}

static int take_manifest(struct restore *r, struct err *e)
{
    struct str manifest, jws;
    if (take_named(r, "manifest.json", &manifest, e) || take_named(r, "manifest.jws", &jws, e) ||
        manifest_read(r->c->arena, manifest, &r->m, e) || believe(r, manifest, jws, e))
        return -1;
    struct str engine = program_on_sqlite(r->p) ? STR("sqlite") : STR("postgres");
    return str_eq(r->m.engine, engine)
               ? 0
               : ERR(e, ERR_INPUT, "the copy is of %.*s, the setting db says %.*s", STR_ARG(r->m.engine), STR_ARG(engine));
}

/* ---- the files ---- */

static bool is_store(const char *name)
{
    return strcmp(name, "bon.db") == 0 || strcmp(name, "bon.dump") == 0;
}

static int take_bytes(struct restore *r, const struct archive_entry *entry, size_t i, struct hash32 *sha, struct err *e)
{
    if (is_store(entry->name))
        return archive_take_file(r->fd, entry, r->staged, sha, e);
    if (archive_take_bytes(r->fd, r->c->arena, entry, SMALL, &r->small[i], e))
        return -1;
    *sha = sha256(r->small[i]);
    return 0;
}

static int take_file(struct restore *r, const struct archive_entry *entry, struct err *e)
{
    const struct manifest_file *f = manifest_file_named(&r->m, str_of(entry->name));
    struct hash32 sha;
    if (!f || f->size != entry->size || r->seen[f - r->m.files])
        return ERR_SAY(e, ERR_INPUT, SAY_BAD_COPY, "%s is not in the list, twice, or of another size", entry->name);
    if (take_bytes(r, entry, (size_t)(f - r->m.files), &sha, e))
        return -1;
    if (!hash32_eq(&sha, &f->sha))
        return ERR_SAY(e, ERR_INPUT, SAY_BAD_COPY, "%s has another SHA-256 than the list says", entry->name);
    r->seen[f - r->m.files] = true;
    return 0;
}

static int take_files(struct restore *r, struct err *e)
{
    struct archive_entry entry;
    int got;
    bool store = false;
    while ((got = archive_next(r->fd, &entry, e)) == 1) {
        if (take_file(r, &entry, e))
            return -1;
        store = store || is_store(entry.name);
    }
    for (size_t i = 0; got == 0 && i < r->m.n_files; i++)
        if (!r->seen[i])
            return ERR_SAY(e, ERR_INPUT, SAY_BAD_COPY, "%.*s is missing", STR_ARG(r->m.files[i].name));
    if (got == 0 && !store)
        return ERR_SAY(e, ERR_INPUT, SAY_BAD_COPY, "the copy holds no store");
    return got;
}

/* ---- putting it in place ---- */

/* Keys of the copy that this place does not have yet are added behind its own: old signatures stay checkable. */
static int merge_keys(json_t *here, const json_t *copy)
{
    json_t *list = json_object_get(here, "keys");
    const json_t *more = json_object_get(copy, "keys");
    if (!json_is_array(list))
        return -1;
    for (size_t i = 0; i < json_array_size(more); i++) {
        json_t *key = json_array_get(more, i);
        bool known = false;
        for (size_t k = 0; k < json_array_size(list); k++)
            known = known || json_equal(json_object_get(json_array_get(list, k), "kid"), json_object_get(key, "kid"));
        if (!known)
            json_array_append(list, key);
    }
    return 0;
}

static int write_new(const char *path, struct str s, struct err *e)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    bool good = fd >= 0 && write(fd, s.p, s.n) == (ssize_t)s.n && fsync(fd) == 0;
    int why = errno;
    if (fd >= 0)
        close(fd);
    return good ? 0 : ERR(e, ERR_DISK_FULL, "%s: %s", path, strerror(why));
}

static int put_keys(struct restore *r, const char *path, struct str text, struct err *e)
{
    json_t *here = json_load_file(path, JSON_REJECT_DUPLICATES, NULL), *copy;
    struct str merged;
    if (!here)
        return write_new(path, text, e);
    json_kept(r->c->arena, here);
    if (json_read(r->c->arena, text, &copy, e))
        return -1;
    if (merge_keys(here, copy))
        return ERR(e, ERR_INPUT, "%s is no list of keys", path);
    return json_canonical(r->c->arena, here, &merged, e) ? -1 : write_new(path, merged, e);
}

static int put_small_files(struct restore *r, struct err *e)
{
    struct arena *a = r->c->arena;
    for (size_t i = 0; i < r->m.n_files; i++) {
        struct str name = r->m.files[i].name;
        struct stat s;
        if (str_starts(name, STR("keys/"))) {
            struct str path = str_fmt(a, "%s/%.*s", r->p->app.settings.key_dir, STR_ARG(str_from(name, 5)));
            const char *keys = str_cstr(a, path);
            if (put_keys(r, keys, r->small[i], e) || give_file(r->p, keys, true, e))
                return -1;
        } else if (str_eq(name, STR("bon.conf")) && stat(r->p->conf_path, &s) &&
                   write_new(r->p->conf_path, r->small[i], e)) {
            return -1;
        }
    }
    return 0;
}

/* The store that stood here keeps its files under another name: nothing is deleted. */
static int set_aside(struct restore *r, struct err *e)
{
    static const char *const ends[] = { "", "-wal", "-shm" };
    struct arena *a = r->c->arena;
    const char *db = r->p->app.settings.db_address;
    struct stat s;
    if (stat(db, &s))
        return 0;
    r->before = str_cstr(a, str_fmt(a, "%s.before-%lld", db, (long long)(app_now(&r->p->app).us / US_PER_SECOND)));
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const char *from = str_cstr(a, str_fmt(a, "%s%s", db, ends[i])),
                   *to = str_cstr(a, str_fmt(a, "%s%s", r->before, ends[i]));
        if (rename(from, to) && errno != ENOENT)
            return ERR(e, ERR_DB, "%s: %s", from, strerror(errno));
    }
    return 0;
}

static int put_sqlite(struct restore *r, struct err *e)
{
    const char *db = r->p->app.settings.db_address;
    if (set_aside(r, e))
        return -1;
    if (give_file(r->p, r->staged, false, e))
        return -1;
    if (rename(r->staged, db))
        return ERR(e, ERR_DB, "%s: %s", db, strerror(errno));
    int dir = open(r->p->app.settings.data_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir >= 0) {
        fsync(dir);
        close(dir);
    }
    return 0;
}

/* One transaction: whoever reads meanwhile sees the old store or the new one. */
static int put_postgres(struct restore *r, struct err *e)
{
    char *argv[] = { (char[]) { "pg_restore" },
                     (char[]) { "--clean" },
                     (char[]) { "--if-exists" },
                     (char[]) { "--no-owner" },
                     (char[]) { "--single-transaction" },
                     (char[]) { "--dbname" },
                     (char *)(uintptr_t)r->p->app.settings.db_address,
                     (char *)(uintptr_t)r->staged,
                     NULL };
    pid_t pid;
    int status, failed = posix_spawnp(&pid, "pg_restore", NULL, NULL, argv, environ);
    if (failed)
        return ERR(e, ERR_DB, "pg_restore: %s", strerror(failed));
    if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return ERR(e, ERR_DB, "pg_restore failed; its own lines say why");
    unlink(r->staged);
    return 0;
}

static int put_in_place(struct restore *r, struct err *e)
{
    if (make_directory(r->p, r->p->app.settings.key_dir, true, 0700, e) || put_small_files(r, e))
        return -1;
    return program_on_sqlite(r->p) ? put_sqlite(r, e) : put_postgres(r, e);
}

/* ---- the command ---- */

/* A refusal leaves a place as it found it, also one that was not there: a directory with locks in it looks like a store. */
static void note_if_new(struct restore *r, const char *path)
{
    struct stat s;
    if (lstat(path, &s) == 0)
        return;
    ASSERT(r->n_made < sizeof r->made / sizeof *r->made);
    r->made[r->n_made++] = path;
}

static void leave_nothing(const struct restore *r)
{
    for (size_t i = r->n_made; i-- > 0;)
        if (unlink(r->made[i]))
            rmdir(r->made[i]); /* one that has got content meanwhile stays */
}

static int make_new_directory(struct restore *r, const char *path, mode_t mode, struct err *e)
{
    note_if_new(r, path);
    return make_directory(r->p, path, false, mode, e);
}

/* Two locks: the supervisor's, and the store's own against any other command. Held until this process ends. */
static int hold_alone(struct restore *r, struct err *e)
{
    struct arena *a = r->c->arena;
    const char *paths[] = { program_path(r->p, "serve.lock"),
                            str_cstr(a, str_fmt(a, "%s-lock", r->p->app.settings.db_address)) };
    for (size_t i = 0; i < (program_on_sqlite(r->p) ? 2u : 1u); i++) {
        note_if_new(r, paths[i]);
        int fd = open(paths[i], O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0)
            return ERR(e, ERR_DISK_FULL, "%s: %s", paths[i], strerror(errno));
        if (i == 1 && give_file(r->p, paths[i], false, e))
            return -1;
        if (flock(fd, LOCK_EX | LOCK_NB))
            return ERR_SAY(e, ERR_BUSY,
                           MSGS("Máy chủ đang chạy trên cơ sở dữ liệu này. Xin dừng máy chủ rồi chạy lại lệnh."),
                           "%s is held", paths[i]);
    }
    return 0;
}

static int restore_from(struct restore *r, struct err *e)
{
    struct arena *a = r->c->arena;
    if (make_new_directory(r, r->p->app.settings.data_dir, 0711, e) ||
        make_new_directory(r, program_path(r->p, "tmp"), 0700, e) || hold_alone(r, e))
        return -1;
    r->staged = str_cstr(a, str_fmt(a, "%s/tmp/restore-%lld", r->p->app.settings.data_dir, (long long)monotonic_us()));
    int result = take_manifest(r, e) || take_files(r, e) || put_in_place(r, e) ? -1 : 0;
    if (result)
        unlink(r->staged);
    return result;
}

static void say_done(const struct restore *r)
{
    if (r->c->json) {
        printf("{\"at\":\"%.*s\",\"before\":%s%s%s,\"files\":%zu}\n", STR_ARG(r->m.at), r->before ? "\"" : "",
               r->before ? r->before : "null", r->before ? "\"" : "", r->m.n_files);
        return;
    }
    struct tr_arg args[] = { { "at", r->m.at }, { "before", str_of(r->before) }, { NULL, { NULL, 0 } } };
    struct str text = cli_say(r->c, MSGS("Đã phục hồi bản sao lưu lúc {at}; từng byte khớp với bản kê đã ký."), args);
    printf("%.*s\n", STR_ARG(text));
    if (!r->before)
        return;
    text = cli_say(r->c, MSGS("Dữ liệu trước đó được giữ ở: {before}"), args);
    printf("%.*s\n", STR_ARG(text));
}

int cmd_restore(struct cli *c, struct err *e)
{
    struct restore r = { .c = c, .p = program_of(c->app) };
    const char *path = str_cstr(c->arena, c->args[0]);
    if (program_settings(r.p, e))
        return -1;
    r.fd = open(path, O_RDONLY | O_CLOEXEC);
    if (r.fd < 0)
        return ERR(e, ERR_NOT_FOUND, "%s: %s", path, strerror(errno));
    int result = restore_from(&r, e);
    close(r.fd);
    if (result)
        leave_nothing(&r);
    if (result == 0)
        say_done(&r);
    return result;
}
