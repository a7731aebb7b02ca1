/* bon serve */
#include "app/serve.h"

#include "app/privileges.h"
#include "platform/office/document.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static int take_options(struct cli *c, struct program *p, struct err *e)
{
    if (cli_has(c, "host"))
        p->serving.host = str_cstr(&p->app.arena, cli_opt(c, "host"));
    return cli_has(c, "port") ? cli_opt_i64(c, "port", 0, 65535, &p->serving.port, e) : 0;
}

static int check_initialised(struct program *p, struct err *e)
{
    struct stat s;
    const char *missing = stat(p->app.settings.data_dir, &s)                             ? p->app.settings.data_dir
                          : program_on_sqlite(p) && stat(p->app.settings.db_address, &s) ? p->app.settings.db_address
                                                                                         : NULL;
    if (!missing)
        return 0;
    return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Chưa có dữ liệu để phục vụ. Xin chạy “bon init” trước."), "%s is missing",
                   missing);
}

static int make_directories(struct program *p, struct err *e)
{
    return make_directory(p, program_path(p, "tmp"), false, 0700, e);
}

/* One supervisor for one data directory, also in the moments when its server is being started again. */
static int take_serve_lock(struct program *p, int *fd, struct err *e)
{
    const char *path = program_path(p, "serve.lock");
    *fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (*fd < 0)
        return ERR(e, ERR_DISK_FULL, "%s: %s", path, strerror(errno));
    if (flock(*fd, LOCK_EX | LOCK_NB) == 0)
        return 0;
    close(*fd);
    return ERR_SAY(e, ERR_BUSY, MSGS("Đã có một máy chủ đang phục vụ thư mục dữ liệu này."), "%s is held", path);
}

int cmd_serve(struct cli *c, struct err *e)
{
    struct program *p = program_of(c->app);
    int lock_fd, listen_fd;
    if (program_settings(p, e) || take_options(c, p, e) || check_initialised(p, e) || document_fonts_check(e) ||
        make_directories(p, e))
        return -1;
    if (take_serve_lock(p, &lock_fd, e))
        return -1;
    if (listen_open(p, &listen_fd, e)) {
        close(lock_fd);
        return -1;
    }
    int status = supervise(p, listen_fd);
    close(listen_fd);
    close(lock_fd);
    /* The server's own log line says why. */
    return status == 0 ? 0
                       : ERR_SAY(e,
                                 status == 6   ? ERR_BUSY
                                 : status == 2 ? ERR_INPUT
                                               : ERR_DB,
                                 MSGS("Máy chủ đã dừng vì lỗi. Xin xem dòng nhật ký phía trên."),
                                 "the server ended with status %d", status);
}
