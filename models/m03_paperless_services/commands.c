/* commands.c: bon paper verify, and the table of commands. */
#include "models/m03_paperless_services/paperless.h"

#include <stdio.h>

static int print_bad(void *ctx, struct str number, struct str slot, struct str source)
{
    (void)ctx;
    printf("%.*s\t%.*s\t%.*s\n", STR_ARG(number), STR_ARG(slot), STR_ARG(source));
    return 0;
}

static int64_t days_since(struct instant then, struct day now)
{
    return then.us ? now.n - instant_day(then).n : 0;
}

/* --at: as it will be read on that day; nothing that is kept may have changed until then, and its age is said. */
static int run_verify(struct cli *c, struct err *e)
{
    struct case_paper_kept k = { .found = print_bad };
    struct day at = instant_day(app_now(c->app));
    if (cli_has(c, "at") && !day_typed(cli_opt(c, "at"), &at))
        return ERR_SAY(e, ERR_INPUT, MSGS("Không có ngày này. Xin ghi như 01/03/2025 hoặc 2025-03-01."), "--at");
    if (case_papers_check_kept(c->app->db, &k, e))
        return -1;
    struct tr_arg args[] = { { "n", str_fmt(c->arena, "%lld", (long long)k.checked) },
                             { "bad", str_fmt(c->arena, "%lld", (long long)k.bad) },
                             { "days", str_fmt(c->arena, "%lld", (long long)days_since(k.oldest, at)) },
                             { "at", day_vi(c->arena, at) },
                             { NULL, { NULL, 0 } } };
    struct str line =
        cli_say(c, MSGS("Đã băm lại {n} giấy tờ: {bad} không khớp. Cũ nhất {days} ngày, tính đến {at}."), args);
    if (c->json)
        printf("{\"bad\":%lld,\"checked\":%lld,\"oldest_days\":%lld}\n", (long long)k.bad, (long long)k.checked,
               (long long)days_since(k.oldest, at));
    else
        printf("%.*s\n", STR_ARG(line));
    return k.bad == 0 ? 0
                      : ERR_SAY(e, ERR_UNMET, MSGS("Có giấy tờ không còn như lúc được giữ: xem các dòng trên."),
                                "%lld papers", (long long)k.bad);
}

static const struct cli_option audit_options[] = {
    { "min", "N", "20", MSG("Ít nhất bao nhiêu dịch vụ không giấy phải chạy hết") },
    { .name = NULL },
};
static const struct cli_option verify_options[] = {
    { "at", "NGÀY", NULL, MSG("Đọc lại như vào ngày này; mặc định hôm nay") },
    { .name = NULL },
};

const struct cli_command paper_commands[] = {
    { .name = "paper audit",
      .synopsis = "[--min N] [--json]",
      .what = MSG("Chạy thử mọi dịch vụ không giấy, khi nguồn dữ liệu sống và khi từng nguồn ngừng"),
      .help = MSG("Dùng một kho tạm rồi xoá, không ghi gì vào kho của tỉnh. Mỗi dòng: dịch vụ, nguồn bị ngừng (–: không), "
                  "cách đã chọn, "
                  "số hồ sơ. Mã thoát 1 khi ít hơn N dịch vụ đi hết đến lúc được tiếp nhận, kèm tên những chỗ hỏng."),
      .options = audit_options,
      .needs = CLI_SETTINGS,
      .run = paper_audit_command },
    { .name = "paper verify",
      .synopsis = "[--at NGÀY] [--json]",
      .what = MSG("Băm lại mọi giấy tờ và dữ liệu đã giữ trong hồ sơ"),
      .help = MSG("So SHA-256 của từng bản chụp, từng câu trả lời của nguồn với giá trị ghi lúc giữ. Bản không khớp được "
                  "nêu: số hồ sơ, "
                  "giấy tờ, nguồn; khi có, mã thoát 1."),
      .options = verify_options,
      .needs = CLI_DB_READ,
      .run = run_verify },
    { .name = NULL },
};
