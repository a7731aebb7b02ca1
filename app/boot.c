/* Opening what a command or the server needs, in order: settings, signer, store, modules. */
#include "app/control.h"
#include "app/privileges.h"
#include "app/program.h"
#include "ui/ui_files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { APP_ARENA = 64 << 20 };

static struct instant machine_clock(void *ctx)
{
    (void)ctx;
    return instant_now();
}

void program_init(struct program *p)
{
    memset(p, 0, sizeof *p);
    arena_init(&p->app.arena, APP_ARENA);
    p->app.modules = program_modules;
    p->app.files = ui_files;
    p->app.clock = machine_clock;
    p->app.log = (struct log) { STDERR_FILENO, LOG_INFO };
}

const char *program_path(struct program *p, const char *name)
{
    return str_cstr(&p->app.arena, str_fmt(&p->app.arena, "%s/%s", p->app.settings.data_dir, name));
}

bool program_on_sqlite(const struct program *p)
{
    struct str address = str_of(p->app.settings.db_address);
    return !str_starts(address, STR("postgres:")) && !str_starts(address, STR("postgresql:"));
}

/* platform/db holds this lock as long as it has the store open. */
bool program_store_is_taken(struct program *p)
{
    if (!program_on_sqlite(p))
        return false;
    struct str path = str_fmt(&p->app.arena, "%s-lock", p->app.settings.db_address);
    int fd = open(str_cstr(&p->app.arena, path), O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool taken = flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    close(fd);
    return taken;
}

/* ---- the store and the modules ---- */

int program_open_store(struct program *p, const char *address, bool create, struct err *e)
{
    return app_open_store(&p->app, address, create, e);
}

/* A command that only reads may run beside a server: it reads a copy that the server makes for it. */
static int open_for_reading(struct program *p, struct err *e)
{
    const char *address = p->app.settings.db_address;
    if (program_store_is_taken(p)) {
        if (control_snapshot(p, NULL, NULL, &p->snapshot, e))
            return -1;
        address = p->snapshot;
    }
    return program_open_store(p, address, false, e);
}

static int check_keys_are_there(const struct program *p, struct err *e)
{
    struct stat s;
    if (stat(p->app.settings.key_dir, &s) == 0)
        return 0;
    return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Chưa có dữ liệu để phục vụ. Xin chạy “bon init” trước."), "%s is missing",
                   p->app.settings.key_dir);
}

int program_open(struct app *app, int needs, struct err *e)
{
    struct program *p = program_of(app);
    if (program_settings(p, e))
        return -1;
    if ((needs & CLI_SIGNER) && (check_keys_are_there(p, e) || spawn_signer_as_its_user(p, e)))
        return -1;
    if (!(needs & (CLI_DB | CLI_CREATE_DB | CLI_DB_READ)))
        return 0;
    if (become_server_user(p, e)) /* what is made in the store's directory must be the server's to open */
        return -1;
    if (needs & CLI_DB_READ)
        return open_for_reading(p, e);
    if (program_store_is_taken(p))
        return ERR_SAY(e, ERR_BUSY, MSGS("Máy chủ đang chạy trên cơ sở dữ liệu này. Xin dừng máy chủ rồi chạy lại lệnh."),
                       "%s is open in another process", app->settings.db_address);
    return program_open_store(p, app->settings.db_address, needs & CLI_CREATE_DB, e);
}

/* A copy of the store leaves files of its own beside it. */
static void remove_snapshot(struct program *p)
{
    static const char *const ends[] = { "", "-lock", "-wal", "-shm" };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        unlink(str_cstr(&p->app.arena, str_fmt(&p->app.arena, "%s%s", p->snapshot, ends[i])));
    p->snapshot = NULL;
}

void program_release(struct program *p)
{
    app_unbuild(&p->app);
    db_close(p->app.db);
    signer_close(p->app.signer);
    p->app.db = NULL;
    p->app.signer = NULL;
    if (p->snapshot)
        remove_snapshot(p);
    arena_release(&p->app.arena);
}
