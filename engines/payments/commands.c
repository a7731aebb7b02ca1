/* commands.c: bon sim pay. */
#include "engines/payments/inside.h"
#include "engines/payments/pay_sim.h"

#include "platform/sim/sim.h"

const struct cli_option payments_sim_options[] = {
    { "port", "P", "8014", MSG("Cổng trên 127.0.0.1; 0 là cổng nào cũng được") },
    { "bon", "URL", "http://127.0.0.1:8006", MSG("Địa chỉ của bon, nơi báo kết quả") },
    { "data-dir", "D", "var", MSG("Thư mục dữ liệu của bon: khoá chung nằm ở đó") },
    { "faults", "LỖI", "", MSG("Lỗi cố ý, cách nhau dấu phẩy, có thể kèm số phần trăm: slow,duplicate,reorder,wrong_sum") },
    { "seed", "S", "511", MSG("Hạt giống của các lỗi") },
    { .name = NULL },
};

int payments_sim_main(struct cli *c, struct err *e)
{
    int64_t port, seed;
    struct pay_sim_options o = { 0 };
    struct pay_sim *s;
    sigset_t ends;
    if (cli_opt_i64(c, "port", 0, 65535, &port, e) != 0 || cli_opt_i64(c, "seed", 0, INT64_MAX, &seed, e) != 0 ||
        pay_key_file(c->arena, str_cstr(c->arena, cli_opt(c, "data-dir")), &o.key, e))
        return -1;
    if (!faults_parse(pay_fault_words, cli_opt(c, "faults"), &o.faults))
        return ERR_SAY(e, ERR_INPUT, MSGS("Lỗi cố ý chỉ gồm slow, duplicate, reorder, wrong_sum; tất cả không quá 100 phần trăm."),
                       "--faults");
    o.port = (int)port;
    o.seed = (uint64_t)seed;
    o.notice_url = str_fmt(c->arena, "%.*s/api/v1/payments/notices", STR_ARG(cli_opt(c, "bon")));
    sim_hold_signals(&ends);
    if (pay_sim_open(&o, &s, e) != 0)
        return -1;
    struct tr_arg args[] = { { "port", str_fmt(c->arena, "%d", pay_sim_port(s)) }, { NULL, { NULL, 0 } } };
    struct str line = cli_say(c, MSGS("MÔ PHỎNG: mạng thanh toán tại http://127.0.0.1:{port}, POST /pay với mã VietQR"), args);
    printf("%.*s\n", STR_ARG(line));
    fflush(stdout);
    sim_wait_for_end(&ends);
    pay_sim_close(s);
    return 0;
}

const struct cli_command payments_commands[] = {
    { .name = "sim pay",
      .synopsis = "[--port P] [--bon URL] [--data-dir D] [--faults …] [--seed S]",
      .what = MSG("Mô phỏng mạng thanh toán quét mã VietQR"),
      .help = MSG("Một tiến trình trên 127.0.0.1: nhận chữ của mã VietQR, không chuyển đồng nào, báo kết quả cho bon có chữ ký. "
                  "Các lỗi cố ý: slow, duplicate, reorder, wrong_sum."),
      .options = payments_sim_options,
      .needs = CLI_NOTHING,
      .run = payments_sim_main },
    { .name = NULL },
};
