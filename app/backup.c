/* bon backup: a consistent copy of the store while it serves, with what checking old signatures needs, under a signed list of
 * hashes. Private keys are not in it: a restored place makes new ones and still knows the old public halves. */
#include "app/archive.h"
#include "app/control.h"
#include "app/manifest.h"
#include "app/privileges.h"
#include "app/program.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct backup {
    struct cli *c;
    struct program *p;
    const char *copy; /* of the store, in <data_dir>/tmp */
    struct manifest m;
    const char *paths[MANIFEST_FILES]; /* where m.files lie now */
};

static void show_progress(void *ctx, int done, int total)
{
    const struct cli *c = ctx;
    if (!c->json && isatty(STDERR_FILENO) && total > 0)
        fprintf(stderr, "\r%3d %%%s", (int)((int64_t)done * 100 / total), done >= total ? "\n" : "");
}

static int copy_here(struct backup *b, struct err *e)
{
    struct program *p = b->p;
    p->snapshot = str_cstr(
        &p->app.arena, str_fmt(&p->app.arena, "%s/tmp/copy-%lld.db", p->app.settings.data_dir, (long long)monotonic_us()));
    if (make_directory(p, program_path(p, "tmp"), false, 0700, e) || borrow_user(p, false, e))
        return -1;
    int result = program_open_store(p, p->app.settings.db_address, false, e) ||
                         db_backup(p->app.db, p->snapshot, show_progress, b->c, e)
                     ? -1
                     : 0;
    db_close(p->app.db);
    p->app.db = NULL;
    return return_user(result ? NULL : e) || result ? -1 : 0;
}

/* The server makes the copy when it has the store; otherwise this command opens it. */
static int copy_store(struct backup *b, struct err *e)
{
    if (program_store_is_taken(b->p))
        return control_snapshot(b->p, show_progress, b->c, &b->p->snapshot, e);
    return copy_here(b, e);
}

static int add_file(struct backup *b, struct str name, const char *path, struct err *e)
{
    struct manifest_file *f = &b->m.files[b->m.n_files];
    ASSERT(b->m.n_files < MANIFEST_FILES);
    if (archive_measure(path, &f->size, &f->sha, e))
        return -1;
    f->name = name;
    b->paths[b->m.n_files++] = path;
    return 0;
}

static int add_if_there(struct backup *b, struct str name, const char *path, struct err *e)
{
    struct stat s;
    return stat(path, &s) && errno == ENOENT ? 0 : add_file(b, name, path, e);
}

static int add_files(struct backup *b, struct err *e)
{
    static const char *const purposes[] = { "seal", "receipt", "backup", "device", "paper" };
    struct arena *a = b->c->arena;
    bool sqlite = program_on_sqlite(b->p);
    if (add_file(b, sqlite ? STR("bon.db") : STR("bon.dump"), b->p->snapshot, e))
        return -1;
    for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++) {
        const char *path = str_cstr(a, str_fmt(a, "%s/%s.jwks", b->p->app.settings.key_dir, purposes[i]));
        if (add_if_there(b, str_fmt(a, "keys/%s.jwks", purposes[i]), path, e))
            return -1;
    }
    return add_if_there(b, STR("bon.conf"), b->p->conf_path, e);
}

static int describe(struct backup *b, struct str *text, struct str *jws, struct err *e)
{
    size_t n;
    struct arena *a = b->c->arena;
    if (signer_keys(b->p->app.signer, a, "backup", &b->m.key, &n, 1, e) || add_files(b, e))
        return -1;
    b->m.at = instant_iso(a, app_now(&b->p->app));
    b->m.engine = program_on_sqlite(b->p) ? STR("sqlite") : STR("postgres");
    b->m.mode = str_of(b->p->app.settings.mode);
    b->m.program = STR(BON_VERSION);
    return manifest_write(a, &b->m, text, e) || signer_sign(b->p->app.signer, a, "backup", *text, jws, e) ? -1 : 0;
}

static int put_all(struct backup *b, int fd, struct str manifest, struct str jws, struct err *e)
{
    if (archive_put_bytes(fd, "manifest.json", manifest, e) || archive_put_bytes(fd, "manifest.jws", jws, e))
        return -1;
    for (size_t i = 0; i < b->m.n_files; i++)
        if (archive_put_file(fd, str_cstr(b->c->arena, b->m.files[i].name), b->paths[i], b->m.files[i].size, e))
            return -1;
    return archive_end(fd, e);
}

/* Written beside and renamed: a file of that name is a whole backup. */
static int write_archive(struct backup *b, const char *path, struct str manifest, struct str jws, struct err *e)
{
    const char *part = str_cstr(b->c->arena, str_fmt(b->c->arena, "%s.part", path));
    int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return ERR(e, ERR_DISK_FULL, "%s: %s", part, strerror(errno));
    int result = put_all(b, fd, manifest, jws, e);
    close(fd);
    if (result == 0 && rename(part, path))
        result = ERR(e, ERR_DISK_FULL, "%s: %s", path, strerror(errno));
    if (result)
        unlink(part);
    return result;
}

static void say_done(const struct backup *b, const char *path, struct str manifest)
{
    struct arena *a = b->c->arena;
    struct hash32 sha = sha256(manifest);
    if (b->c->json) {
        printf("{\"file\":\"%s\",\"key\":\"%s\",\"manifest\":%.*s}\n", path, b->m.key.kid, STR_ARG(manifest));
        return;
    }
    struct tr_arg args[] = { { "file", str_of(path) },
                             { "bytes", str_fmt(a, "%lld", (long long)b->m.files[0].size) },
                             { "key", str_of(b->m.key.kid) },
                             { "sha", str_hex(a, sha.b, 8) },
                             { NULL, { NULL, 0 } } };
    struct str text = cli_say(b->c,
                              MSGS("Đã sao lưu vào {file} ({bytes} byte dữ liệu, bản kê {sha}…). Ghi lại mã khoá này ở nơi "
                                   "khác, khi phục hồi sẽ cần: {key}"),
                              args);
    printf("%.*s\n", STR_ARG(text));
}

int cmd_backup(struct cli *c, struct err *e)
{
    struct backup b = { .c = c, .p = program_of(c->app) };
    struct str manifest, jws;
    const char *path = str_cstr(c->arena, c->args[0]);
    if (copy_store(&b, e) || describe(&b, &manifest, &jws, e) || write_archive(&b, path, manifest, jws, e))
        return -1;
    say_done(&b, path, manifest);
    return 0;
}
