/* commands.c: bon signon …: apps for the one who runs the place, and the keys that sign tokens. */
#include "engines/signon/commands.h"

#include "engines/signon/inside.h"
#include "engines/signon/registration.h"
#include "platform/crypto/signer.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MAX = 64 * 1024, SECRET_DAYS = 365 };

static struct audit_record by_command(const struct cli *c)
{
    return (struct audit_record) { .account_name = STR("bon"), .mode = str_of(c->app->settings.mode) };
}

static int read_file(struct cli *c, struct str path, struct str *out, struct err *e)
{
    char *text = arena_alloc(c->arena, FILE_MAX);
    int fd = open(str_cstr(c->arena, path), O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, text, FILE_MAX);
    if (fd >= 0)
        close(fd);
    if (n < 0 || n == FILE_MAX)
        return ERR_SAY(e, ERR_INPUT, MSGS("Không đọc được tệp mô tả ứng dụng, hoặc tệp lớn hơn 64 KB."), "%.*s",
                       STR_ARG(path));
    *out = (struct str) { text, (size_t)n };
    return 0;
}

/* ---- client add ---- */

struct adding {
    struct cli *c;
    struct client_new in;
    bool with_secret;
    struct str id, secret;
};

static int add_write(struct tx *tx, void *arg, struct err *e)
{
    struct adding *w = arg;
    struct instant until = { tx_now(tx).us + SECRET_DAYS * US_PER_DAY };
    if (signon_client_create(tx, w->c->arena, &w->in, by_command(w->c), &w->id, e))
        return -1;
    return w->with_secret ? signon_secret_add(tx, w->c->arena, w->id, until, by_command(w->c), &w->secret, e) : 0;
}

static int client_add(struct cli *c, struct err *e)
{
    struct adding w = { .c = c,
                        .in = { .id = cli_opt(c, "id"), .status = CLIENT_ACTIVE },
                        .with_secret = cli_has(c, "secret") };
    struct str path = cli_opt(c, "file");
    if (!path.p)
        return ERR_SAY(e, ERR_INPUT, MSGS("Xin cho biết tệp mô tả ứng dụng: --file TỆP."), "--file is missing");
    if (read_file(c, path, &w.in.metadata, e) || db_write_in(c->app->db, c->arena, add_write, &w, e))
        return -1;
    if (c->json)
        printf("{\"client_id\":\"%.*s\"%s%.*s%s}\n", STR_ARG(w.id), w.secret.p ? ",\"client_secret\":\"" : "",
               STR_ARG(w.secret), w.secret.p ? "\"" : "");
    else
        printf("%.*s%s%.*s\n", STR_ARG(w.id), w.secret.p ? "\n" : "", STR_ARG(w.secret));
    return 0;
}

/* ---- client list, show, status ---- */

static int client_list(struct cli *c, struct err *e)
{
    struct dbr *r;
    struct clients_all_rows rows;
    if (db_read_begin(c->app->db, &r, e))
        return -1;
    int result = clients_all(r, c->arena, &rows, e);
    db_read_end(r);
    for (size_t i = 0; result == 0 && i < rows.n; i++) {
        const struct clients_all_row *row = &rows.v[i];
        printf("%-24.*s %-10.*s %.*s  %.*s, %.*s\n", STR_ARG(row->id), STR_ARG(row->status),
               STR_ARG(day_iso(c->arena, row->valid_until)), STR_ARG(row->name), STR_ARG(row->owner));
    }
    return result;
}

static int client_show(struct cli *c, struct err *e)
{
    struct dbr *r;
    struct client_by_id_row row;
    if (db_read_begin(c->app->db, &r, e))
        return -1;
    int found = client_by_id(r, c->arena, &(struct client_by_id_in) { .id = c->args[0] }, &row, e);
    db_read_end(r);
    if (found == 0)
        return ERR(e, ERR_NOT_FOUND, "no client %.*s", STR_ARG(c->args[0]));
    if (found == 1)
        printf("%.*s\n", STR_ARG(row.metadata));
    return found < 0 ? -1 : 0;
}

struct turning {
    struct cli *c;
    enum client_status status;
};

static int status_write(struct tx *tx, void *arg, struct err *e)
{
    struct turning *w = arg;
    return signon_client_set_status(tx, w->c->arena, w->c->args[0], w->status, by_command(w->c), e);
}

static int set_status(struct cli *c, enum client_status status, struct err *e)
{
    struct turning w = { c, status };
    return db_write_in(c->app->db, c->arena, status_write, &w, e);
}

static int client_suspend(struct cli *c, struct err *e)
{
    return set_status(c, CLIENT_SUSPENDED, e);
}

static int client_resume(struct cli *c, struct err *e)
{
    return set_status(c, CLIENT_ACTIVE, e);
}

static int secret_write(struct tx *tx, void *arg, struct err *e)
{
    struct adding *w = arg;
    struct instant until = { tx_now(tx).us + SECRET_DAYS * US_PER_DAY };
    return signon_secret_add(tx, w->c->arena, w->c->args[0], until, by_command(w->c), &w->secret, e);
}

static int client_secret_add(struct cli *c, struct err *e)
{
    struct adding w = { .c = c };
    if (db_write_in(c->app->db, c->arena, secret_write, &w, e))
        return -1;
    printf("%.*s\n", STR_ARG(w.secret));
    return 0;
}

/* ---- keys ---- */

static const char *state_of(const struct ring_key *keys, size_t n, size_t i, struct instant now)
{
    if (ring_key_is_gone(&keys[i], now))
        return "gone";
    if (keys[i].from.us > now.us)
        return "next";
    for (size_t k = 0; k < n; k++)
        if (keys[k].alg == keys[i].alg && keys[k].from.us > keys[i].from.us && keys[k].from.us <= now.us)
            return "retired";
    return "current";
}

static int keys_show(struct cli *c, struct err *e)
{
    struct ring_key *keys = arena_new_array(c->arena, struct ring_key, RING_KEYS_MAX);
    struct instant now = app_now(c->app);
    size_t n;
    if (signer_ring(c->app->signer, c->arena, "signon", keys, &n, RING_KEYS_MAX, e))
        return -1;
    for (size_t i = 0; i < n; i++)
        printf("%-6s %-8s %s  %.*s  %.*s\n", jose_alg_name(keys[i].alg), state_of(keys, n, i, now), keys[i].kid,
               STR_ARG(keys[i].from.us ? instant_vi(c->arena, keys[i].from) : STR("-")),
               STR_ARG(keys[i].until.us ? instant_vi(c->arena, keys[i].until) : STR("-")));
    return 0;
}

static int keys_rotate(struct cli *c, struct err *e)
{
    unsigned alg = jose_alg_named(cli_opt(c, "alg"));
    if (!alg)
        return ERR_SAY(e, ERR_INPUT, MSGS("Thuật toán ký phải là ES256, PS256, EdDSA hoặc RS256."), "--alg");
    return signer_rotate(c->app->settings.key_dir, "signon", (enum jose_alg)alg, app_now(c->app), cli_has(c, "now"), e);
}

static const struct cli_option add_options[] = {
    { "file", "TỆP", NULL, MSG("Mô tả ứng dụng, JSON") },
    { "id", "MÃ", NULL, MSG("Mã ứng dụng; không cho thì chọn ngẫu nhiên") },
    { "secret", NULL, NULL, MSG("Tạo mã bí mật, dùng 365 ngày, in ra một lần") },
    { .name = NULL },
};

static const struct cli_option rotate_options[] = {
    { "alg", "TÊN", "ES256", MSG("ES256, PS256, EdDSA hoặc RS256") },
    { "now", NULL, NULL, MSG("Khoá cũ có thể đã lộ: khoá mới ký ngay") },
    { .name = NULL },
};

const struct cli_command signon_commands[] = {
    { .name = "signon client-add",
      .synopsis = "--file TỆP [--id MÃ] [--secret]",
      .what = MSG("Thêm một ứng dụng đăng nhập qua hệ thống này"),
      .help = MSG("Tệp là JSON theo RFC 7591 với các mục riêng: purpose, owner, legal_basis, valid_until. "
                  "engines/signon/README.md kể hết."),
      .options = add_options,
      .needs = CLI_DB,
      .run = client_add },
    { .name = "signon client-list",
      .synopsis = "",
      .what = MSG("Các ứng dụng"),
      .help = MSG("Mã, trạng thái, ngày hết hạn, tên, cơ quan."),
      .needs = CLI_DB_READ,
      .run = client_list },
    { .name = "signon client-show",
      .synopsis = "MÃ",
      .what = MSG("Mô tả của một ứng dụng"),
      .help = MSG("In JSON đã lưu."),
      .min_args = 1,
      .max_args = 1,
      .needs = CLI_DB_READ,
      .run = client_show },
    { .name = "signon client-suspend",
      .synopsis = "MÃ",
      .what = MSG("Tạm dừng một ứng dụng"),
      .help = MSG("Mọi thẻ truy cập đã cấp cho ứng dụng hết hiệu lực ngay."),
      .min_args = 1,
      .max_args = 1,
      .needs = CLI_DB,
      .run = client_suspend },
    { .name = "signon client-resume",
      .synopsis = "MÃ",
      .what = MSG("Cho một ứng dụng hoạt động lại"),
      .help = MSG("Thẻ đã hết hiệu lực không sống lại; mọi người đăng nhập lại."),
      .min_args = 1,
      .max_args = 1,
      .needs = CLI_DB,
      .run = client_resume },
    { .name = "signon client-secret",
      .synopsis = "MÃ",
      .what = MSG("Tạo mã bí mật mới cho một ứng dụng"),
      .help = MSG("In ra một lần, dùng 365 ngày. Nhiều nhất hai mã cùng sống, để ứng dụng kịp đổi."),
      .min_args = 1,
      .max_args = 1,
      .needs = CLI_DB,
      .run = client_secret_add },
    { .name = "signon keys",
      .synopsis = "",
      .what = MSG("Khoá ký thẻ: kế tiếp, đang dùng, đã nghỉ"),
      .help = MSG("Mỗi dòng: thuật toán, trạng thái, tên khoá, ký từ lúc, công bố đến lúc."),
      .needs = CLI_SIGNER,
      .run = keys_show },
    { .name = "signon rotate",
      .synopsis = "[--alg TÊN] [--now]",
      .what = MSG("Đổi khoá ký thẻ"),
      .help = MSG(
          "Tạo khoá kế tiếp: công bố ngay, ký sau một ngày; khoá cũ còn công bố 30 ngày. Sau đó nạp lại dịch vụ (SIGHUP)."),
      .options = rotate_options,
      .needs = CLI_SIGNER,
      .run = keys_rotate },
    { .name = "signon invite",
      .synopsis = "--owner CƠ QUAN --purpose VIỆC --legal-basis CĂN CỨ",
      .what = MSG("Mời một cơ quan đăng ký ứng dụng"),
      .help = MSG("In ra một mã dùng một lần trong 7 ngày. Ứng dụng tự đăng ký bằng mã ấy (RFC 7591) và chờ duyệt."),
      .options = invite_options,
      .needs = CLI_DB,
      .run = run_invite },
    { .name = NULL },
};
