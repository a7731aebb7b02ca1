/* commands.c: bon digital-citizens coverage. */
#include "models/m22_digital_citizens/citizens.h"

#include "base/json.h"

#include <stdio.h>

enum { OUTPUT_MAX = 256 * 1024 };

static const char *const keys[ASSETS_ + 1] = { "1_eid", "2_payment", "3_address", "4_signature", "5_all" };

static void put_unit(struct json_out *j, const struct coverage_unit *u)
{
    for (int a = 0; a <= ASSET_ALL; a++) {
        json_out_object(j, keys[a]);
        json_out_int(j, "holders", u->holders[a]);
        json_out_int(j, "people", u->people[a]);
        json_out_end(j);
    }
}

static void print_json(struct cli *c, const struct coverage *v)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, c->arena, OUTPUT_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "on", day_iso(c->arena, v->on));
    json_out_object(&j, "total");
    put_unit(&j, &v->total);
    json_out_end(&j);
    json_out_array(&j, "units");
    for (size_t i = 0; i < v->n; i++) {
        json_out_item_object(&j);
        put_unit(&j, &v->v[i]);
        json_out_str(&j, "unit", unit_code_str(&v->v[i].unit));
        json_out_end(&j);
    }
    json_out_end(&j);
    json_out_end(&j);
    printf("%.*s\n", STR_ARG(buf_str(&b)));
}

static void print_line(struct cli *c, struct str title, int64_t holders, int64_t people)
{
    struct tr_arg args[] = { { "what", tr(c->lang, title) },
                             { "holders", str_fmt(c->arena, "%lld", (long long)holders) },
                             { "people", str_fmt(c->arena, "%lld", (long long)people) },
                             { NULL, { NULL, 0 } } };
    struct str say = cli_say(c, MSGS("{what}: {holders} trên {people} người"), args);
    printf("%.*s\n", STR_ARG(say));
}

static int run_coverage(struct cli *c, struct err *e)
{
    struct coverage v;
    struct dbr *r;
    struct day on = instant_day(app_now(c->app));
    if (cli_has(c, "on") && !day_parse_iso(cli_opt(c, "on"), &on))
        return ERR_SAY(e, ERR_INPUT, MSGS("Ngày ở --on cần có dạng năm-tháng-ngày, thí dụ 2024-02-16."), "--on");
    if (!asset_ages_of(c->app))
        return ERR(e, ERR_NOT_FOUND, "no pack, no ages");
    if (db_read_begin(c->app->db, &r, e) != 0)
        return -1;
    int result = coverage_count(r, c->arena, asset_ages_of(c->app), on, &v, e);
    db_read_end(r);
    if (result != 0)
        return -1;
    if (c->json) {
        print_json(c, &v);
        return 0;
    }
    for (enum asset a = 0; a < ASSETS_; a++)
        print_line(c, asset_texts[a].title, v.total.holders[a], v.total.people[a]);
    print_line(c, MSGS("Đủ mọi điều kiện"), v.total.holders[ASSET_ALL], v.total.people[ASSET_ALL]);
    return 0;
}

static const struct cli_option coverage_options[] = {
    { "on", "NGÀY", NULL, MSG("ngày cần đếm; để trống là hôm nay") },
    { .name = NULL },
};

const struct cli_command digital_commands[] = {
    { .name = "digital-citizens coverage",
      .synopsis = "[--on NGÀY] [--json]",
      .what = MSG("Độ phủ bốn điều kiện của công dân số vào một ngày"),
      .help = MSG("Đếm lại từ sổ dân cư và bằng chứng: ai đủ tuổi, còn sống, thường trú trong tỉnh ngày đó, và ai có bằng "
                  "chứng được ghi "
                  "đến ngày đó. Với --json có từng xã."),
      .options = coverage_options,
      .needs = CLI_DB_READ,
      .run = run_coverage },
    { .name = "sim ca",
      .synopsis = "[--port P] [--faults …] [--seed S] [--refuse]",
      .what = MSG("Mô phỏng cổng của các tổ chức chứng thực chữ ký số"),
      .help = MSG("Một tiến trình trên 127.0.0.1 nhận yêu cầu cấp chữ ký số. Các lỗi cố ý: slow, 500, duplicate, reorder, schema."),
      .options = ca_sim_options,
      .needs = CLI_NOTHING,
      .run = ca_sim_main },
    { .name = NULL },
};
