/* commands.c: bon agencies list, succeed, undo, history. */
#include "engines/agencies/inside.h"

#include "base/json.h"

#include <stdio.h>

enum { LINE_MAX_BYTES = 8192 };

static void say(struct cli *c, struct str text, const struct tr_arg *args)
{
    struct str line = cli_say(c, text, args);
    printf("%.*s\n", STR_ARG(line));
}

static struct str number(struct cli *c, int64_t n)
{
    return str_fmt(c->arena, "%lld", (long long)n);
}

static int day_opt(struct cli *c, const char *name, struct day otherwise, struct day *out, struct err *e)
{
    *out = otherwise;
    if (!cli_has(c, name) || day_typed(cli_opt(c, name), out))
        return 0;
    return ERR_SAY(e, ERR_INPUT, MSGS("Không có ngày này. Xin ghi như 01/03/2025 hoặc 2025-03-01."), "--%s", name);
}

/* ---- list ---- */

static void print_agency_json(struct cli *c, const struct agency *g)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, c->arena, LINE_MAX_BYTES);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "code", g->code);
    json_out_str(&j, "kind", g->kind);
    json_out_str(&j, "name", g->name);
    json_out_str(&j, "parent", g->parent);
    json_out_str(&j, "short_name", g->short_name);
    json_out_str(&j, "since", day_iso(c->arena, g->since));
    json_out_str(&j, "until", day_iso(c->arena, g->until));
    json_out_end(&j);
    printf("%.*s\n", STR_ARG(buf_str(&b)));
}

static int run_list(struct cli *c, struct err *e)
{
    struct agency_list list;
    struct day on;
    struct dbr *r;
    if (day_opt(c, "on", instant_day(app_now(c->app)), &on, e) || db_read_begin(c->app->db, &r, e))
        return -1;
    int result = cli_has(c, "all") ? agencies_ever(r, c->arena, &list, e) : agencies_on(r, c->arena, on, &list, e);
    db_read_end(r);
    for (size_t i = 0; result == 0 && i < list.n; i++) {
        const struct agency *g = &list.v[i];
        if (c->json)
            print_agency_json(c, g);
        else
            printf("%.*s\t%.*s\t%.*s\n", STR_ARG(g->code), STR_ARG(g->short_name), STR_ARG(g->name));
    }
    return result;
}

/* ---- succeed, undo ---- */

struct acting {
    struct cli *c;
    struct succession_new in;
    int64_t id;
};

static struct audit_record by_command(struct cli *c)
{
    return (struct audit_record) { .account_name = str_of(c->command->name), .mode = str_of(c->app->settings.mode) };
}

static int succeed_write(struct tx *tx, void *arg, struct err *e)
{
    struct acting *t = arg;
    struct audit_record by = by_command(t->c);
    return agencies_succeed(t->c->app, tx, t->c->arena, &t->in, &by, &t->id, e);
}

static int undo_write(struct tx *tx, void *arg, struct err *e)
{
    struct acting *t = arg;
    struct audit_record by = by_command(t->c);
    return agencies_undo(t->c->app, tx, t->c->arena, t->id, &by, e);
}

static void print_row(struct cli *c, const struct succession_change *row)
{
    struct buf b;
    struct json_out j;
    if (!c->json) {
        printf("%.*s\t%.*s\t%.*s -> %.*s\n", STR_ARG(row->module), STR_ARG(row->object), STR_ARG(row->was),
               STR_ARG(row->became));
        return;
    }
    buf_init(&b, c->arena, LINE_MAX_BYTES);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "became", row->became);
    json_out_str(&j, "module", row->module);
    json_out_str(&j, "object", row->object);
    json_out_str(&j, "was", row->was);
    json_out_end(&j);
    printf("%.*s\n", STR_ARG(buf_str(&b)));
}

static int print_rows(struct cli *c, int64_t id, size_t *n, struct err *e)
{
    struct succession_change_rows rows;
    struct dbr *r;
    if (db_read_begin(c->app->db, &r, e))
        return -1;
    int result = succession_rows(r, c->arena, &(struct succession_rows_in) { .succession = id }, &rows, e);
    db_read_end(r);
    if (result)
        return -1;
    for (size_t i = 0; i < rows.n; i++)
        print_row(c, &rows.v[i]);
    *n = rows.n;
    return 0;
}

int agencies_succeed_command(struct cli *c, struct err *e)
{
    struct acting t = { .c = c, .in = { .from = c->args[0], .to = c->args[1], .decree = cli_opt(c, "decree") } };
    size_t n;
    if (cli_has(c, "only"))
        t.in.covers = cli_opt(c, "only");
    if (!cli_has(c, "day"))
        return ERR_SAY(e, ERR_INPUT, MSGS("Xin cho biết ngày chuyển giao, ví dụ --day 2025-03-01."), "--day");
    if (day_opt(c, "day", (struct day) { 0 }, &t.in.on, e) || db_write_in(c->app->db, c->arena, succeed_write, &t, e) ||
        print_rows(c, t.id, &n, e))
        return -1;
    struct tr_arg args[] = { { "n", number(c, (int64_t)n) }, { "id", number(c, t.id) }, { NULL, { NULL, 0 } } };
    if (!c->json)
        say(c, MSGS("Đã chuyển {n} mục, ghi là lần chuyển giao số {id}."), args);
    return 0;
}

int agencies_undo_command(struct cli *c, struct err *e)
{
    struct acting t = { .c = c };
    if (!str_to_i64(c->args[0], &t.id))
        return ERR_SAY(e, ERR_INPUT, MSGS("Xin cho biết số của lần chuyển giao; bon agencies history liệt kê chúng."),
                       "%.*s", STR_ARG(c->args[0]));
    if (db_write_in(c->app->db, c->arena, undo_write, &t, e))
        return -1;
    struct tr_arg args[] = { { "id", number(c, t.id) }, { NULL, { NULL, 0 } } };
    if (!c->json)
        say(c, MSGS("Đã hoàn tác lần chuyển giao số {id}; mọi mục trở lại như trước."), args);
    return 0;
}

static int run_history(struct cli *c, struct err *e)
{
    struct succession_act_rows rows;
    struct dbr *r;
    if (db_read_begin(c->app->db, &r, e))
        return -1;
    int result = successions(r, c->arena, &rows, e);
    db_read_end(r);
    for (size_t i = 0; result == 0 && i < rows.n; i++) {
        const struct succession_act *s = &rows.v[i];
        printf("%lld\t%.*s\t%.*s -> %.*s\t%.*s%s\n", (long long)s->id, STR_ARG(day_iso(c->arena, s->on)),
               STR_ARG(s->from), STR_ARG(s->to), STR_ARG(s->decree), s->undone ? "\t(x)" : "");
    }
    return result;
}

/* ---- the table ---- */

static const struct cli_option list_options[] = {
    { "on", "NGÀY", NULL, MSG("Cơ quan hoạt động vào ngày đó, mặc định hôm nay") },
    { "all", NULL, NULL, MSG("Cả cơ quan đã chấm dứt và chưa thành lập") },
    { .name = NULL },
};
const struct cli_option agencies_succeed_options[] = {
    { "day", "NGÀY", NULL, MSG("Từ ngày này cơ quan mới chịu trách nhiệm") },
    { "decree", "SỐ", "", MSG("Số và ngày của quyết định") },
    { "only", "MỤC", NULL,
      MSG("Chỉ chuyển những mục này, cách nhau bằng dấu cách: \"model/35 model/37\"; cơ quan cũ vẫn hoạt động") },
    { .name = NULL },
};

const struct cli_command agencies_commands[] = {
    { .name = "agencies list",
      .synopsis = "[--on NGÀY] [--all] [--json]",
      .what = MSG("Danh sách cơ quan của tỉnh"),
      .help = MSG("Mỗi cơ quan một dòng: mã, tên viết tắt, tên đầy đủ."),
      .options = list_options,
      .needs = CLI_DB_READ,
      .run = run_list },
    { .name = "agencies succeed",
      .synopsis = "CŨ MỚI --day NGÀY --decree SỐ [--only MỤC] [--json]",
      .what = MSG("Chuyển nhiệm vụ của một cơ quan sang cơ quan khác"),
      .help = MSG(
          "Mọi mô-đun có việc của cơ quan cũ cùng chuyển trong một giao dịch và báo từng mục. Hợp nhất là nhiều lần chuyển "
          "vào một cơ quan; chia tách là nhiều lần chuyển với --only."),
      .options = agencies_succeed_options,
      .min_args = 2,
      .max_args = 2,
      .needs = CLI_DB,
      .run = agencies_succeed_command },
    { .name = "agencies undo",
      .synopsis = "SỐ",
      .what = MSG("Hoàn tác một lần chuyển giao"),
      .help = MSG("Bị từ chối khi những mục đã chuyển có thay đổi sau đó."),
      .min_args = 1,
      .max_args = 1,
      .needs = CLI_DB,
      .run = agencies_undo_command },
    { .name = "agencies history",
      .what = MSG("Các lần chuyển giao đã ghi"),
      .help = MSG("Mới nhất trước: số, ngày, từ đâu đến đâu, căn cứ; (x) là đã hoàn tác."),
      .needs = CLI_DB_READ,
      .run = run_history },
    { .name = NULL },
};
