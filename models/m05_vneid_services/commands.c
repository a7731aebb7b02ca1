/* commands.c: bon vneid reconcile, bon sim vneid-services. */
#include "models/m05_vneid_services/sim_inside.h"
#include "models/m05_vneid_services/vneid.h"

#include <stdio.h>

static const struct cli_option reconcile_options[] = {
    { "day", "NGÀY", NULL, MSG("Ngày nào; mặc định hôm qua") },
    { .name = NULL },
};

static int reconcile_main(struct cli *c, struct err *e)
{
    struct instant now = app_now(c->app);
    struct day day = { instant_day(now).n - 1 };
    struct vneid_run_result r;
    if (cli_has(c, "day") && !day_typed(cli_opt(c, "day"), &day))
        return ERR_SAY(e, ERR_INPUT, MSGS("Không có ngày này. Xin ghi như 01/03/2025 hoặc 2025-03-01."), "--day");
    if (vneid_reconcile(c->app, c->arena, day, now, &r, e))
        return -1;
    struct tr_arg args[] = { { "ours", str_fmt(c->arena, "%lld", (long long)r.ours) },
                             { "theirs", str_fmt(c->arena, "%lld", (long long)r.theirs) },
                             { "same", str_fmt(c->arena, "%lld", (long long)r.same) },
                             { "way", str_fmt(c->arena, "%lld", (long long)r.on_way) },
                             { "found", str_fmt(c->arena, "%lld", (long long)r.found) },
                             { "fresh", str_fmt(c->arena, "%lld", (long long)r.new_found) },
                             { NULL, { NULL, 0 } } };
    if (c->json)
        printf("{\"ours\":%lld,\"theirs\":%lld,\"same\":%lld,\"on_way\":%lld,\"found\":%lld,\"new\":%lld}\n",
               (long long)r.ours, (long long)r.theirs, (long long)r.same, (long long)r.on_way, (long long)r.found,
               (long long)r.new_found);
    else {
        struct str line = cli_say(c,
                                  MSGS("{ours} hồ sơ bên này, {theirs} bên VNeID: {same} giống nhau, {way} đang trên đường, "
                                       "{found} khác nhau ({fresh} mới)."),
                                  args);
        printf("%.*s\n", STR_ARG(line));
    }
    return 0;
}

const struct cli_command vneid_commands[] = {
    { .name = "vneid reconcile",
      .synopsis = "[--day NGÀY] [--json]",
      .what = MSG("So danh sách hồ sơ của một ngày với VNeID"),
      .help = MSG("Hỏi VNeID danh sách của ngày, so hai chiều, ghi mỗi chỗ khác nhau thành một việc có người xử lý. Khi máy "
                  "chủ đang chạy thì "
                  "việc này tự chạy mỗi đêm."),
      .options = reconcile_options,
      .needs = CLI_DB | CLI_SIGNER,
      .run = reconcile_main },
    { .name = "sim vneid-services",
      .synopsis = "[--port P] [--vneid-port P] [--bon ĐỊA CHỈ] [--faults …] [--seed S]",
      .what = MSG("Mô phỏng kênh dịch vụ của VNeID, cùng phần đăng nhập"),
      .help = MSG("Hai cổng trên 127.0.0.1: phần đăng nhập như bon sim vneid, và kênh dịch vụ nhận tin, đưa danh sách của "
                  "ngày, mở dịch vụ "
                  "cho người trong danh sách. Lỗi cố ý: slow, 500, duplicate, reorder, schema, outage, lost (đã nhận mà mất "
                  "câu trả lời), "
                  "signature (chữ ký sai)."),
      .options = vneid_services_sim_cli_options,
      .needs = CLI_NOTHING,
      .run = vneid_services_sim_main },
    { .name = NULL },
};
