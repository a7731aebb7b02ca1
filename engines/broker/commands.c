/* commands.c: `bon broker …` and `bon sim vneid`. */
#include "engines/broker/pages.h"
#include "engines/broker/vneid_sim.h"

#include "platform/crypto/crypto.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int read_file(struct cli *c, struct str path, struct str *out, struct err *e)
{
    char *bytes = arena_alloc(c->arena, UPSTREAM_CONFIG_MAX);
    int fd = open(str_cstr(c->arena, path), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return ERR_SAY(e, ERR_INPUT, MSGS("Không mở được tệp."), "%.*s: %s", STR_ARG(path), strerror(errno));
    ssize_t n = read(fd, bytes, UPSTREAM_CONFIG_MAX);
    close(fd);
    if (n < 0 || n == UPSTREAM_CONFIG_MAX)
        return ERR_SAY(e, ERR_INPUT, MSGS("Không đọc được tệp, hoặc tệp quá lớn."), "%.*s", STR_ARG(path));
    *out = str_trim((struct str) { bytes, (size_t)n });
    return 0;
}

struct putting {
    struct cli *c;
    struct upstream u;
    struct str config;
    int put;
};

static int put_write(struct tx *tx, void *arg, struct err *e)
{
    struct putting *w = arg;
    w->put = upstream_put(tx, w->c->arena, &w->u, w->config, 0, e);
    if (w->put < 0)
        return -1;
    struct audit_record rec = { .action = STR("broker.upstream_set"),
                                .account_name = STR("bon broker set"),
                                .mode = str_of(w->c->app->settings.mode),
                                .object = w->u.name };
    if (w->put == 1)
        return audit_write(tx, w->c->arena, &rec, NULL, e);
    tx_unaudited(tx, "the same configuration is there already");
    return 0;
}

static int run_set(struct cli *c, struct err *e)
{
    struct putting w = { .c = c };
    if (read_file(c, c->args[0], &w.config, e) != 0 || upstream_parse(c->arena, w.config, &w.u, e) != 0 ||
        db_write_in(c->app->db, c->arena, put_write, &w, e) != 0)
        return -1;
    struct tr_arg args[] = { { "label", w.u.label }, { "day", day_vi(c->arena, w.u.from) }, { NULL, { NULL, 0 } } };
    struct str line = cli_say(
        c, w.put ? MSGS("Đã ghi cấu hình {label}, có hiệu lực từ {day}.") : MSGS("Cấu hình {label} từ {day} đã có sẵn."),
        args);
    printf("%.*s\n", STR_ARG(line));
    return 0;
}

static int run_list(struct cli *c, struct err *e)
{
    struct upstream all[UPSTREAMS_MAX];
    size_t n;
    struct dbr *r;
    if (db_read_begin(c->app->db, &r, e) != 0)
        return -1;
    int result = upstreams_in_force(r, c->arena, instant_day(app_now(c->app)), all, &n, e);
    db_read_end(r);
    for (size_t i = 0; result == 0 && i < n; i++)
        printf("%.*s\t%.*s\t%.*s\t%.*s\t%.*s\n", STR_ARG(all[i].name), STR_ARG(all[i].label), STR_ARG(all[i].mode),
               STR_ARG(day_iso(c->arena, all[i].from)), STR_ARG(all[i].issuer));
    return result;
}

const struct cli_command broker_commands[] = {
    { .name = "broker set",
      .synopsis = "FILE",
      .what = MSG("Ghi một cấu hình của nơi xác thực bên ngoài (VNeID)"),
      .help = MSG("FILE là một đối tượng JSON; engines/broker/README.md nói từng mục. Ghi lại cùng một tệp không thay đổi "
                  "gì; cùng ngày mà "
                  "khác nội dung thì bị từ chối."),
      .min_args = 1,
      .max_args = 1,
      .needs = CLI_DB,
      .run = run_set },
    { .name = "broker list",
      .what = MSG("Những nơi xác thực bên ngoài đang có hiệu lực"),
      .help = MSG("Mỗi nơi một dòng: tên, nhãn, chế độ, từ ngày, địa chỉ."),
      .needs = CLI_DB_READ,
      .run = run_list },
    { .name = "sim vneid",
      .synopsis = "[--port P] [--faults …] [--people FILE] [--client ID] [--secret-file FILE]",
      .what = MSG("Mô phỏng VNeID: một nơi xác thực OpenID với những người không có thật"),
      .help = MSG("Một tiến trình trên 127.0.0.1 nói OpenID Connect. Trang đăng nhập cho chọn một người không có thật. Các "
                  "lỗi cố ý: slow, "
                  "500, down, wrong-iss, wrong-aud, wrong-nonce, no-sub, no-iat, expired, alg-none, bad-signature, no-kid, "
                  "rs256, two-keys, "
                  "userinfo-sub, other-person, mix-up, refresh-sub, logout-no-event, logout-wrong-event, logout-nonce."),
      .options = vneid_sim_cli_options,
      .needs = CLI_NOTHING,
      .run = vneid_sim_main },
    { .name = NULL },
};
