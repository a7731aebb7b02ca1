/* command_generate.c: bon case generate. */
#include "engines/cases/commands.h"
#include "engines/cases/generate.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct telling {
    struct cli *c;
    FILE *codes;
};

static void tell_progress(void *ctx, int64_t done, int64_t total)
{
    const struct telling *t = ctx;
    if (!t->c->json)
        fprintf(stderr, "\r%lld / %lld", (long long)done, (long long)total);
}

static void tell_code(void *ctx, struct str number, struct str code)
{
    const struct telling *t = ctx;
    fprintf(t->codes, "%.*s,%.*s\n", STR_ARG(number), STR_ARG(code));
}

/* Opened before a case is made, so that a name that cannot be written costs nothing. */
static int open_codes(struct cli *c, struct telling *t, struct err *e)
{
    if (!cli_has(c, "codes"))
        return 0;
    t->codes = fopen(str_cstr(c->arena, cli_opt(c, "codes")), "we");
    if (!t->codes)
        return ERR_SAY(e, ERR_INPUT, MSGS("Không ghi được tệp này. Xin chọn chỗ khác."), "%s", strerror(errno));
    fprintf(t->codes, "number,code\n");
    return 0;
}

static int close_codes(const struct telling *t, struct err *e)
{
    return !t->codes || fclose(t->codes) == 0 ? 0 : ERR(e, ERR_DISK_FULL, "--codes: %s", strerror(errno));
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
    struct telling t = { .c = c };
    struct case_generating g = { .app = c->app, .progress = tell_progress, .ctx = &t };
    int64_t seed, began = monotonic_us();
    if (cli_opt_i64(c, "count", 1, 5000000, &g.count, e) || cli_opt_i64(c, "seed", 0, INT64_MAX, &seed, e) ||
        day_opt(c, "from", (struct day) { today.n - 270 }, &g.from, e) || day_opt(c, "until", today, &g.until, e))
        return -1;
    if (g.from.n > g.until.n)
        return ERR_SAY(e, ERR_INPUT, MSGS("Ngày đầu phải trước ngày cuối."), "--from after --until");
    g.seed = (uint64_t)seed;
    if (open_codes(c, &t, e))
        return -1;
    g.code = t.codes ? tell_code : NULL;
    int result = case_generate(&g, e);
    if (close_codes(&t, result == 0 ? e : NULL) || result)
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
    { "codes", "TỆP", NULL, MSG("Ghi số và mã theo dõi của từng hồ sơ vào tệp CSV này") },
    { .name = NULL },
};
