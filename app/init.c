/* bon init: a data directory, keys, an empty store, and a way in for the first administrator. */
#include "app/privileges.h"
#include "app/program.h"
#include "engines/accounts/accounts.h"
#include "engines/audit/audit.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* With a signer of another user the way to the keys leads through the data directory: others may pass, not look. */
static int make_places(struct program *p, struct err *e)
{
    mode_t mode = p->serving.signer_user[0] ? 0711 : 0700;
    return make_directory(p, p->app.settings.data_dir, false, mode, e) ||
                   make_directory(p, program_path(p, "tmp"), false, 0700, e) ||
                   make_directory(p, p->app.settings.key_dir, true, 0700, e)
               ? -1
               : 0;
}

static int refuse_second_time(struct program *p, struct err *e)
{
    struct stat s;
    const char *db = p->app.settings.db_address;
    if (!program_on_sqlite(p) || stat(db, &s))
        return 0;
    return ERR_SAY(e, ERR_CONFLICT, MSGS("Ở đây đã có dữ liệu. Lệnh này không ghi đè."), "%s is there", db);
}

/* ---- the first administrator ---- */

struct first_admin {
    struct program *p;
    struct arena *a;
    struct str login, name, token;
};

static int write_first_admin(struct tx *tx, void *arg, struct err *e)
{
    struct first_admin *f = arg;
    struct account_new account = { .login = f->login, .name = f->name };
    struct grant_new grant = { .role = STR("administrator"), .from = instant_day(tx_now(tx)) };
    struct audit_record record = { .action = STR("accounts.created"),
                                   .account_name = STR("bon init"),
                                   .mode = str_of(f->p->app.settings.mode) };
    day_from_ymd(9999, 12, 31, &grant.until);
    if (account_create(tx, f->a, &account, &grant.account, e) || grant_create(tx, &grant, NULL, e) ||
        account_invite(tx, f->a, grant.account, &f->token, e))
        return -1;
    record.object = str_fmt(f->a, "account/%lld", (long long)grant.account);
    return audit_write(tx, f->a, &record, NULL, e);
}

static void say_link(const struct cli *c, const struct first_admin *f)
{
    struct str link = str_fmt(c->arena, "%s/invite/%.*s", f->p->app.settings.base_url, STR_ARG(f->token));
    if (c->json) {
        printf("{\"link\":\"%.*s\",\"login\":\"%.*s\"}\n", STR_ARG(link), STR_ARG(f->login));
        return;
    }
    struct tr_arg args[] = { { "login", f->login }, { "link", link }, { NULL, { NULL, 0 } } };
    struct str text = cli_say(c,
                              MSGS("Người quản trị đầu tiên: {login}. Mở liên kết này một lần trong 24 giờ để đặt mật khẩu "
                                   "(sau khi chạy bon serve):"),
                              args);
    printf("%.*s\n  %.*s\n", STR_ARG(text), STR_ARG(link));
}

static int make_first_admin(struct cli *c, struct program *p, struct err *e)
{
    struct first_admin f = { .p = p, .a = c->arena, .login = cli_opt(c, "login"), .name = cli_opt(c, "name") };
    if (db_write(p->app.db, write_first_admin, &f, e))
        return -1;
    say_link(c, &f);
    return 0;
}

static const char *mode_of(const struct cli *c, bool demo)
{
    return demo ? "MÔ PHỎNG" : cli_has(c, "real") ? "THẬT" : "THỬ";
}

int cmd_init(struct cli *c, struct err *e)
{
    struct program *p = program_of(c->app);
    bool demo = cli_has(c, "demo");
    struct stat s;
    if (demo && cli_has(c, "real"))
        return ERR_SAY(e, ERR_INPUT, MSGS("Tham số không đúng."), "--demo and --real exclude each other");
    if (program_settings(p, e) || refuse_second_time(p, e) || make_places(p, e))
        return -1;
    if (stat(p->conf_path, &s) && program_write_conf(p, mode_of(c, demo), demo, e))
        return -1;
    p->settings_read = false; /* again, now with the file */
    if (program_open(c->app, CLI_CREATE_DB | CLI_SIGNER, e))
        return -1;
    if (!demo)
        return make_first_admin(c, p, e);
    struct tr_arg args[] = { { "dir", str_of(p->app.settings.data_dir) }, { NULL, { NULL, 0 } } };
    struct str text = cli_say(c, MSGS("Đã tạo nơi chứa dữ liệu MÔ PHỎNG: {dir}"), args);
    if (!c->json)
        printf("%.*s\n", STR_ARG(text));
    return 0;
}
