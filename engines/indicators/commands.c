/* commands.c: bon indicators rebuild. */
#include "engines/indicators/pages.h"

#include <stdio.h>

static int run_rebuild(struct cli *c, struct err *e)
{
    int64_t days, began = monotonic_us();
    if (cli_opt_i64(c, "days", 0, 400, &days, e) != 0 || indicators_rebuild(c->app, (int)days, e) != 0)
        return -1;
    int64_t ms = (monotonic_us() - began) / 1000;
    if (c->json) {
        printf("{\"days\":%lld,\"milliseconds\":%lld}\n", (long long)days + 1, (long long)ms);
        return 0;
    }
    struct tr_arg args[] = { { "days", str_fmt(c->arena, "%lld", (long long)days + 1) }, { "ms", str_fmt(c->arena, "%lld", (long long)ms) },
                             { NULL, { NULL, 0 } } };
    struct str say = cli_say(c, MSGS("Đã tính lại số liệu của {days} ngày trong {ms} mili giây."), args);
    printf("%.*s\n", STR_ARG(say));
    return 0;
}

static const struct cli_option rebuild_options[] = {
    { "days", "N", "37", MSG("số ngày trước hôm nay") },
    { .name = NULL },
};

const struct cli_command indicators_commands[] = {
    { .name = "indicators rebuild",
      .synopsis = "[--days N]",
      .what = MSG("Tính lại số liệu tổng hợp từ các thông báo lưu trú"),
      .help = MSG("Đếm lại hôm nay và N ngày trước đó, kể cả những ngày đã chốt: con số "
                  "đã công bố có thể đổi, vì khai báo muộn nay được tính."),
      .options = rebuild_options,
      .needs = CLI_DB,
      .run = run_rebuild },
    { .name = NULL },
};
