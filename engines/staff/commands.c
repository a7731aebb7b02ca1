/* commands.c: bon staff import. */
#include "engines/staff/staff.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { FILE_MOST = 16 << 20 };

static int read_file(struct cli *c, struct str path, struct str *out, struct err *e)
{
    FILE *f = fopen(str_cstr(c->arena, path), "rbe");
    struct buf b;
    char piece[8192];
    if (!f)
        return ERR_SAY(e, ERR_INPUT, MSGS("Không mở được tệp này."), "%.*s: %s", STR_ARG(path), strerror(errno));
    buf_init(&b, c->arena, FILE_MOST);
    for (size_t n; (n = fread(piece, 1, sizeof(piece), f)) > 0;)
        buf_put_bytes(&b, piece, n);
    int failed = ferror(f);
    fclose(f);
    *out = buf_str(&b);
    return failed || b.full
               ? ERR_SAY(e, ERR_TOO_LARGE, MSGS("Tệp không đọc hết được hoặc lớn quá 16 MiB."), "%.*s", STR_ARG(path))
               : 0;
}

static void print_plan(struct cli *c, const struct staff_plan *p)
{
    static const char signs[] = { [STAFF_JOINS] = '+', [STAFF_MOVES] = '~', [STAFF_LEAVES] = '-' };
    for (size_t i = 0; i < p->faults.n; i++) {
        struct str say = cli_say(c, p->faults.v[i].say, NULL);
        printf("! %lld  %.*s: %.*s\n", (long long)p->faults.v[i].row, STR_ARG(p->faults.v[i].who), STR_ARG(say));
    }
    for (size_t i = 0; i < p->changes.n; i++) {
        const struct staff_change *x = &p->changes.v[i];
        printf("%c %.*s  %.*s  %.*s\n", signs[x->kind], STR_ARG(x->record.external_id), STR_ARG(x->record.name),
               STR_ARG(x->what));
    }
    struct tr_arg args[] = { { "joins", str_fmt(c->arena, "%lld", (long long)p->count[STAFF_JOINS]) },
                             { "moves", str_fmt(c->arena, "%lld", (long long)p->count[STAFF_MOVES]) },
                             { "leaves", str_fmt(c->arena, "%lld", (long long)p->count[STAFF_LEAVES]) },
                             { "same", str_fmt(c->arena, "%lld", (long long)p->same) },
                             { "faults", str_fmt(c->arena, "%zu", p->faults.n) },
                             { NULL, { NULL, 0 } } };
    struct str say = cli_say(
        c, MSGS("{joins} mới đến, {moves} thay đổi, {leaves} nghỉ, {same} giữ nguyên, {faults} dòng cần sửa."), args);
    printf("%.*s\n", STR_ARG(say));
}

static int make_plan(struct cli *c, struct str file, struct staff_plan *out, struct err *e)
{
    struct dbr *r;
    if (db_read_begin(c->app->db, &r, e) != 0)
        return -1;
    struct staff_asking ask = { .r = r, .a = c->arena, .app = c->app, .today = instant_day(app_now(c->app)) };
    int result = staff_plan_make(&ask, file, out, e);
    db_read_end(r);
    return result;
}

struct applying {
    struct cli *cli;
    const struct staff_plan *plan;
};

static int apply_write(struct tx *tx, void *arg, struct err *e)
{
    struct applying *w = arg;
    struct staff_acting act = { .app = w->cli->app,
                                .tx = tx,
                                .a = w->cli->arena,
                                .by = { .account_name = STR("bon staff import"),
                                        .mode = str_of(w->cli->app->settings.mode) } };
    return staff_plan_apply(&act, w->plan, e);
}

static int check_leavers(struct cli *c, const struct staff_plan *p, struct err *e)
{
    int64_t typed = -1;
    if (p->count[STAFF_LEAVES] <= staff_leavers_most(p->active))
        return 0;
    if (cli_has(c, "leavers") && cli_opt_i64(c, "leavers", 0, 1000000, &typed, e) != 0)
        return -1;
    return typed == p->count[STAFF_LEAVES]
               ? 0
               : ERR_SAY(
                     e, ERR_CONFLICT,
                     MSGS(
                         "Quá nhiều người nghỉ cùng lúc. Xin kiểm tra danh sách rồi thêm --leavers với đúng số người nghỉ."),
                     "%lld leavers of %lld", (long long)p->count[STAFF_LEAVES], (long long)p->active);
}

static int run_import(struct cli *c, struct err *e)
{
    struct str file;
    struct staff_plan plan;
    if (read_file(c, c->args[0], &file, e) != 0 || make_plan(c, file, &plan, e) != 0)
        return -1;
    print_plan(c, &plan);
    if (plan.faults.n > 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Có dòng cần sửa nên chưa làm gì."), "%zu faults", plan.faults.n);
    if (!cli_has(c, "confirm"))
        return 0;
    if (check_leavers(c, &plan, e) != 0)
        return -1;
    return db_write_in(c->app->db, c->arena, apply_write, &(struct applying) { c, &plan }, e);
}

static const struct cli_option import_options[] = {
    { "confirm", NULL, NULL, MSG("làm những gì vừa liệt kê; không có thì chỉ xem") },
    { "leavers", "N", NULL, MSG("xác nhận đúng số người nghỉ khi vượt mức") },
    { .name = NULL },
};

const struct cli_command staff_commands[] = {
    { .name = "staff import",
      .synopsis = "[--confirm [--leavers N]] TỆP",
      .what = MSG("So danh sách nhân sự với hệ thống: ai đến, ai đổi, ai nghỉ"),
      .help = MSG("Đọc XLSX hoặc CSV có toàn bộ cán bộ. Liệt kê + mới đến, ~ thay đổi, - nghỉ, ! dòng cần sửa. Chỉ với "
                  "--confirm mới làm; "
                  "khi đó tài khoản, vai trò và phiên đổi theo trong một giao dịch."),
      .options = import_options,
      .min_args = 1,
      .max_args = 1,
      .needs = CLI_DB,
      .run = run_import },
    { .name = NULL },
};
