/* box_commands.c: `bon kiosk enrol`, `bon kiosk serve`: what runs on the kiosk itself; `bon kiosk money` on the server. */
#include "models/m02_kiosk/box.h"

#include <stdio.h>

static int run_enrol(struct cli *c, struct err *e)
{
    const char *dir = str_cstr(c->arena, cli_opt(c, "dir"));
    struct str server = cli_opt(c, "server");
    if (server.n > 0 && server.p[server.n - 1] == '/')
        server.n--;
    if (box_enrol(c->arena, dir, server, c->args[0], e))
        return -1;
    printf("bon kiosk: %s\n", dir);
    return 0;
}

static int run_serve(struct cli *c, struct err *e)
{
    struct box b;
    int64_t port, beat_ms;
    if (cli_opt_i64(c, "port", 0, 65535, &port, e) || cli_opt_i64(c, "beat-ms", 50, 600000, &beat_ms, e))
        return -1;
    const char *health = cli_has(c, "health") ? str_cstr(c->arena, cli_opt(c, "health")) : NULL;
    int result = box_open(&b, str_cstr(c->arena, cli_opt(c, "dir")), health, e) ? -1 : box_serve(c, &b, (int)port, beat_ms, e);
    box_close(&b);
    return result;
}

#define DIR_OPTION { .name = "dir", .value = "DIR", .preset = "/var/lib/bon-kiosk", .help = MSG("Thư mục của kiốt.") }

const struct cli_command kiosk_commands[] = {
    { .name = "kiosk enrol",
      .synopsis = "[--server URL] [--dir DIR] CODE",
      .what = MSG("Ghi danh kiốt này bằng mã một lần"),
      .help = MSG("Máy tự tạo khoá, gửi phần công khai cùng mã, và giữ khoá của máy chủ để tin từ đó về sau."),
      .options = (const struct cli_option[]) { DIR_OPTION,
                                               { .name = "server",
                                                 .value = "URL",
                                                 .preset = "http://127.0.0.1:8006",
                                                 .help = MSG("Địa chỉ máy chủ.") },
                                               { .name = NULL } },
      .min_args = 1,
      .max_args = 1,
      .run = run_enrol },
    { .name = "kiosk serve",
      .synopsis = "[--dir DIR] [--port N] [--health FILE]",
      .what = MSG("Chạy kiốt: trình duyệt của máy chỉ nói với chương trình này"),
      .help = MSG("Chuyển trang từ máy chủ; khi mất mạng, niêm phong phiếu bằng khoá của máy chủ và gửi sau."),
      .options = (const struct cli_option[]) {
          DIR_OPTION,
          { .name = "port", .value = "N", .preset = "8090", .help = MSG("Cổng trên 127.0.0.1.") },
          { .name = "health", .value = "FILE", .help = MSG("Tệp JSON mà trình điều khiển máy in, đầu đọc ghi tình trạng.") },
          { .name = "beat-ms", .value = "N", .preset = "30000", .help = MSG("Bao lâu nói với máy chủ một lần, mili giây.") },
          { .name = NULL } },
      .max_args = 0,
      .run = run_serve },
    { .name = "kiosk money",
      .what = MSG("Đếm tiền trả ở kiốt: biên lai, khoản phải trả lại"),
      .help = MSG("In một dòng JSON. Kết thúc có lỗi khi một phiên đã trả tiền mà không có biên lai, cũng không có dòng phải trả lại."),
      .max_args = 0,
      .needs = CLI_DB,
      .run = kiosk_money_main },
    { .name = NULL },
};
