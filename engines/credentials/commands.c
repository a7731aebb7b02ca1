#include "engines/credentials/commands.h"
#include "engines/credentials/password.h"

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

const struct cli_command credentials_commands[] = {
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
