/* command_generate.c: bon case generate. */
#include "engines/cases/commands.h"
#include "engines/cases/generate.h"

#include <stdio.h>

static void tell_progress(void *ctx, int64_t done, int64_t total)
{
    const struct cli *c = ctx;
    if (!c->json)
        fprintf(stderr, "\r%lld / %lld", (long long)done, (long long)total);
}

static int day_opt(struct cli *c, const char *name, struct day otherwise, struct day *out, struct err *e)
{
    *out = otherwise;
    if (!cli_has(c, name) || day_typed(cli_opt(c, name), out))
        return 0;
    return ERR_SAY(e, ERR_INPUT, MSGS("Không có ngày này. Xin ghi như 01/03/2025 hoặc 2025-03-01."), "--%s", name);
}

int case_generate_command(struct cli *c, struct err *e)
{
    struct day today = instant_day(app_now(c->app));
    struct case_generating g = { .app = c->app, .progress = tell_progress, .ctx = c };
    int64_t seed, began = monotonic_us();
    if (cli_opt_i64(c, "count", 1, 5000000, &g.count, e) || cli_opt_i64(c, "seed", 0, INT64_MAX, &seed, e) ||
        day_opt(c, "from", (struct day) { today.n - 270 }, &g.from, e) || day_opt(c, "until", today, &g.until, e))
        return -1;
    if (g.from.n > g.until.n)
        return ERR_SAY(e, ERR_INPUT, MSGS("Ngày đầu phải trước ngày cuối."), "--from after --until");
    g.seed = (uint64_t)seed;
    if (case_generate(&g, e))
        return -1;
    struct tr_arg args[] = { { "n", str_fmt(c->arena, "%lld", (long long)g.made) },
                             { "open", str_fmt(c->arena, "%lld", (long long)g.open) },
                             { "s", str_fmt(c->arena, "%lld", (long long)(monotonic_us() - began) / US_PER_SECOND) },
                             { NULL, { NULL, 0 } } };
    if (c->json)
        printf("{\"cases\":%lld,\"open\":%lld}\n", (long long)g.made, (long long)g.open);
    else
        case_print(cli_say(c, MSGS("Đã tạo {n} hồ sơ mô phỏng, {open} đang giải quyết, trong {s} giây."), args));
    return 0;
}

const struct cli_option case_generate_options[] = {
    { "count", "N", "3000", MSG("Bao nhiêu hồ sơ") },
    { "seed", "S", "511", MSG("Cùng số này, cùng dân cư và ngày: cùng hồ sơ") },
    { "from", "NGÀY", NULL, MSG("Từ ngày; mặc định chín tháng trước") },
    { "until", "NGÀY", NULL, MSG("Đến ngày; mặc định hôm nay") },
    { .name = NULL },
};
