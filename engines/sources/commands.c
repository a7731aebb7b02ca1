/* commands.c: bon sim sources. */
#include "engines/sources/sim.h"

#include "engines/sources/inside.h"

#include "platform/sim/sim.h"

#include <stdio.h>

static const struct cli_option sim_options[] = {
    { "port", "P", "8018", MSG("Cổng trên 127.0.0.1; 0 là cổng nào cũng được") },
    { "faults", "LỖI", "",
      MSG("Lỗi cố ý, cách nhau dấu phẩy, có thể kèm số phần trăm: slow,500:20,schema,outage,wrong_person,nothing") },
    { "seed", "S", "511", MSG("Hạt giống của các lỗi") },
    { .name = NULL },
};

static int read_options(struct cli *c, struct sources_sim_options *o, struct err *e)
{
    int64_t port, seed;
    if (cli_opt_i64(c, "port", 0, 65535, &port, e) || cli_opt_i64(c, "seed", 0, INT64_MAX, &seed, e))
        return -1;
    if (!faults_parse(sources_fault_words, cli_opt(c, "faults"), &o->faults))
        return ERR_SAY(
            e, ERR_INPUT,
            MSGS("Lỗi cố ý chỉ gồm slow, 500, schema, outage, wrong_person, nothing; tất cả không quá 100 phần trăm."),
            "--faults");
    o->port = (int)port;
    o->seed = (uint64_t)seed;
    return 0;
}

static int run_sim(struct cli *c, struct err *e)
{
    struct sources_sim_options o = { 0 };
    struct sources_sim *s;
    sigset_t ends;
    if (read_options(c, &o, e))
        return -1;
    sim_hold_signals(&ends);
    if (sources_sim_open(&o, &s, e))
        return -1;
    struct tr_arg args[] = { { "port", str_fmt(c->arena, "%d", sources_sim_port(s)) }, { NULL, { NULL, 0 } } };
    struct str line =
        cli_say(c, MSGS("MÔ PHỎNG: các nguồn dữ liệu tại http://127.0.0.1:{port}, POST /hotich, /bhxh, /yte.birth …"), args);
    printf("%.*s\n", STR_ARG(line));
    fflush(stdout);
    sim_wait_for_end(&ends);
    sources_sim_close(s);
    return 0;
}

const struct cli_command sources_commands[] = {
    { .name = "sim sources",
      .synopsis = "[--port P] [--faults …] [--seed S]",
      .what = MSG("Mô phỏng các hệ thống mà giấy tờ được lấy từ đó"),
      .help = MSG("Một tiến trình trên 127.0.0.1 trả lời thay hộ tịch, bảo hiểm, đất đai, y tế…; câu trả lời nào cũng mang "
                  "dấu MÔ PHỎNG. "
                  "Các lỗi cố ý: slow, 500, schema (sai cấu trúc), outage (ngừng), wrong_person (nói về người khác), "
                  "nothing (không có)."),
      .options = sim_options,
      .needs = CLI_NOTHING,
      .run = run_sim },
    { .name = NULL },
};
