#include "engines/credentials/commands.h"
#include "engines/credentials/password.h"
#include "engines/credentials/recovery.h"

#include "platform/http/module.h"

#include <stdio.h>

static int cmd_breached(struct cli *c, struct err *e)
{
    int64_t n;
    const char *path = breached_path(c->arena, &c->app->settings);
    if (breached_make(str_cstr(c->arena, c->args[0]), path, &n, e) != 0)
        return -1;
    if (c->json) {
        printf("{\"kept\":%lld}\n", (long long)n);
        return 0;
    }
    struct tr_arg args[] = { { "n", str_fmt(c->arena, "%lld", (long long)n) }, { "path", str_of(path) }, { NULL, { NULL, 0 } } };
    printf("%.*s\n", STR_ARG(cli_say(c, MSGS("Đã ghi {n} mật khẩu từng bị lộ vào {path}"), args)));
    return 0;
}

/* ---- bon credentials link ---- */
struct linking {
    struct cli *c;
    struct recovery_account_row account;
    struct str token;
};

static int write_link(struct tx *tx, void *arg, struct err *e)
{
    struct linking *w = arg;
    struct arena *a = w->c->arena;
    struct recovery_account_in in = { .login = w->c->args[0] };
    int found = recovery_account(tx_reader(tx), a, &in, &w->account, e);
    if (found == 0)
        return ERR(e, ERR_NOT_FOUND, "no account is called %.*s", STR_ARG(in.login));
    if (found < 0 || account_close_ways(tx, w->account.id, e) != 0 || account_invite(tx, a, w->account.id, &w->token, e) != 0)
        return -1;
    struct audit_record rec = { .action = STR("credentials.link_made"),
                                .account_name = STR("bon credentials link"),
                                .mode = str_of(w->c->app->settings.mode),
                                .object = str_fmt(a, "account/%lld", (long long)w->account.id) };
    if (w->account.has_person) {
        rec.subject = w->account.person;
        rec.purpose = RECOVERY_PURPOSE;
    }
    return audit_write(tx, a, &rec, NULL, e);
}

/* Whoever has the machine has everything on it anyway; the log says that this was done. */
static int cmd_link(struct cli *c, struct err *e)
{
    struct linking w = { .c = c };
    if (db_write_in(c->app->db, c->arena, write_link, &w, e) != 0)
        return -1;
    struct str link = str_fmt(c->arena, "%s/invite/%.*s", c->app->settings.base_url, STR_ARG(w.token));
    if (c->json) {
        printf("{\"link\":\"%.*s\"}\n", STR_ARG(link));
        return 0;
    }
    struct tr_arg none = { NULL, { NULL, 0 } };
    struct str say =
        cli_say(c, MSGS("Liên kết đặt mật khẩu, dùng một lần trong 24 giờ. Mọi cách đăng nhập cũ đã hết hiệu lực:"), &none);
    printf("%.*s\n  %.*s\n", STR_ARG(say), STR_ARG(link));
    return 0;
}

const struct cli_command credentials_commands[] = {
    { .name = "credentials link",
      .synopsis = "[--json] LOGIN",
      .what = MSG("Mở lại một tài khoản khi không còn cách nào khác"),
      .help = MSG("Cho người quản trị duy nhất mất hết khoá: xoá mọi cách đăng nhập của tài khoản LOGIN, kết thúc các phiên và in một liên "
                  "kết đặt mật khẩu. Chỉ chạy được tại máy chủ; nhật ký ghi lại. Có hai cán bộ hỗ trợ thì dùng trang Lấy lại tài khoản."),
      .min_args = 1,
      .max_args = 1,
      .needs = CLI_DB,
      .run = cmd_link },
    { .name = "credentials breached",
      .synopsis = "[--json] DIR|FILE",
      .what = MSG("Nạp danh sách mật khẩu đã bị lộ"),
      .help = MSG("DIR có các tệp tên năm chữ số hex đầu của SHA-1, FILE có các dòng SHA1:SỐ LẦN theo thứ tự tăng. Mật khẩu mới nằm trong "
                  "danh sách sẽ bị từ chối. Việc so diễn ra trên máy này, không gửi gì đi."),
      .min_args = 1,
      .max_args = 1,
      .needs = CLI_DB_READ,
      .run = cmd_breached },
    { .name = NULL },
};
