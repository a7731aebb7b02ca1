/* commands.c: bon plan import, list, conflicts, draft, measure, succeed, undo. */
#include "engines/plan/import.h"
#include "engines/plan/rollup_paper.h"

#include "base/json.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { LINE_BYTES = 64 << 10 };

static void say(struct cli *c, struct str text, const struct tr_arg *args)
{
    struct str line = cli_say(c, text, args);
    printf("%.*s\n", STR_ARG(line));
}

static struct str number(struct cli *c, int64_t n)
{
    return str_fmt(c->arena, "%lld", (long long)n);
}

static int month_opt(struct cli *c, int64_t *month, struct err *e)
{
    *month = plan_month_of(instant_day(app_now(c->app)));
    if (!cli_has(c, "month") || plan_month_parse(cli_opt(c, "month"), month))
        return 0;
    return ERR_SAY(e, ERR_INPUT, MSGS("Không có tháng này. Xin ghi như 2023-09."), "--month");
}

/* ---- import ---- */

static int read_file(struct cli *c, struct str *out, struct err *e)
{
    char *bytes = arena_alloc(c->arena, IMPORT_BYTES);
    FILE *f = fopen(str_cstr(c->arena, c->args[0]), "rbe");
    if (!f)
        return ERR_SAY(e, ERR_INPUT, MSGS("Không mở được tệp."), "%.*s: %s", STR_ARG(c->args[0]), strerror(errno));
    size_t n = fread(bytes, 1, IMPORT_BYTES, f);
    bool failed = ferror(f);
    fclose(f);
    if (failed || n == IMPORT_BYTES)
        return ERR_SAY(e, ERR_INPUT, MSGS("Không đọc được tệp, hoặc tệp quá lớn (tối đa 4 MB)."), "%.*s",
                       STR_ARG(c->args[0]));
    *out = (struct str) { bytes, n };
    return 0;
}

static int import_write(struct tx *tx, void *arg, struct err *e)
{
    struct cli *c = ((void **)arg)[0];
    const struct plan_importing *in = ((void **)arg)[1];
    struct audit_record rec = { .action = STR("plan.imported"),
                                .account_name = STR("bon plan import"),
                                .object = plan_state(c->app)->number,
                                .mode = str_of(c->app->settings.mode) };
    return plan_import_write(tx, in, e) || audit_write(tx, c->arena, &rec, NULL, e) ? -1 : 0;
}

static void print_faults(struct cli *c, const struct plan_import *p)
{
    for (size_t i = 0; i < p->faults.n; i++) {
        const struct import_fault *f = &p->faults.v[i];
        struct tr_arg args[] = { { "row", number(c, f->row) },
                                 { "column", f->column },
                                 { "say", tr(c->lang, f->say) },
                                 { "cell", str_head(f->cell, 80) },
                                 { NULL, { NULL, 0 } } };
        say(c, MSGS("Dòng {row}, cột {column}: {say} [{cell}]"), args);
    }
}

static int run_import(struct cli *c, struct err *e)
{
    struct plan_import import;
    struct agency_names names;
    struct str bytes;
    struct dbr *r;
    struct day since = plan_state(c->app)->day;
    if (read_file(c, &bytes, e) || db_read_begin(c->app->db, &r, e))
        return -1;
    int result = agency_names_on(r, c->arena, since, &names, e);
    db_read_end(r);
    if (result || plan_import_read(c->arena, bytes, &names, &import, e))
        return -1;
    print_faults(c, &import);
    if (import.faults.n > 0)
        return ERR_SAY(e, ERR_INPUT, MSGS("Tệp có lỗi ở các dòng nêu trên; chưa ghi dòng nào."), "%zu faults",
                       import.faults.n);
    struct plan_importing in = { c->arena, &import, since };
    void *arg[] = { c, &in };
    if (!cli_has(c, "dry-run") && db_write_in(c->app->db, c->arena, import_write, arg, e))
        return -1;
    struct tr_arg args[] = { { "n", number(c, (int64_t)import.rows.n) }, { NULL, { NULL, 0 } } };
    say(c, cli_has(c, "dry-run") ? MSGS("Đọc được {n} mô hình, không có lỗi; chưa ghi gì.") : MSGS("Đã nhập {n} mô hình."),
        args);
    return 0;
}

/* ---- list ---- */

static void print_line(struct cli *c, const struct plan_line *l)
{
    const struct plan_number *n = plan_line_number(l);
    struct buf b;
    struct json_out j;
    if (!c->json) {
        struct str status = tr(c->lang, plan_status_label(l->status));
        printf("%lld\t%.*s\t%.*s\t%.*s\n", (long long)l->number, STR_ARG(l->said[PLAN_DEADLINE].counts), STR_ARG(status),
               STR_ARG(l->name));
        return;
    }
    buf_init(&b, c->arena, LINE_BYTES);
    json_out_init(&j, &b);
    json_out_open(&j);
    if (l->claimed)
        json_out_int(&j, "claim", l->claim);
    json_out_int(&j, "conflicts", (int64_t)l->conflicts);
    json_out_str(&j, "deadline", l->said[PLAN_DEADLINE].has_day ? day_iso(c->arena, l->said[PLAN_DEADLINE].day) : STR_NONE);
    if (n && n->counted) {
        json_out_int(&j, "measured_denominator", n->denominator);
        json_out_int(&j, "measured_numerator", n->numerator);
    }
    json_out_int(&j, "model", l->number);
    json_out_str(&j, "name", l->name);
    json_out_int(&j, "status", l->status);
    json_out_int(&j, "undecided", (int64_t)l->undecided);
    json_out_end(&j);
    printf("%.*s\n", STR_ARG(buf_str(&b)));
}

static int run_list(struct cli *c, struct err *e)
{
    struct plan_overview o;
    struct dbr *r;
    int64_t month;
    struct day on = instant_day(app_now(c->app));
    if (month_opt(c, &month, e) || db_read_begin(c->app->db, &r, e))
        return -1;
    if (cli_has(c, "month"))
        on = plan_measured_day(c->app, month);
    int result = plan_overview_read(c->app, r, c->arena, month, on, cli_has(c, "month"), &o, e);
    db_read_end(r);
    for (size_t i = 0; result == 0 && i < o.n_lines; i++)
        print_line(c, &o.lines[i]);
    return result;
}

static int run_conflicts(struct cli *c, struct err *e)
{
    struct plan_conflicts all;
    struct dbr *r;
    if (db_read_begin(c->app->db, &r, e))
        return -1;
    int result = plan_conflicts_read(r, c->arena, -1, &all, e);
    db_read_end(r);
    for (size_t i = 0; result == 0 && i < all.n; i++) {
        const struct plan_conflict *x = &all.v[i];
        printf("%lld\t%lld\t%.*s\t%.*s\t%.*s\t%.*s\n", (long long)x->id, (long long)x->model, STR_ARG(x->field),
               STR_ARG(x->body), STR_ARG(x->appendix), STR_ARG(x->words));
    }
    return result;
}

/* ---- the month ---- */

static int run_draft(struct cli *c, struct err *e)
{
    int64_t month, made = 0;
    if (month_opt(c, &month, e) || plan_draft(c->app, c->arena, month, &made, e))
        return -1;
    struct tr_arg args[] = { { "n", number(c, made) }, { "month", plan_month_vi(c->arena, month) }, { NULL, { NULL, 0 } } };
    say(c, MSGS("Tháng {month}: đã soạn thêm {n} báo cáo."), args);
    return 0;
}

static int run_measure(struct cli *c, struct err *e)
{
    struct day on = instant_day(app_now(c->app));
    if (cli_has(c, "day") && !day_typed(cli_opt(c, "day"), &on))
        return ERR_SAY(e, ERR_INPUT, MSGS("Không có ngày này. Xin ghi như 2023-09-09."), "--day");
    if (plan_measure(c->app, c->arena, on, e))
        return -1;
    struct tr_arg args[] = { { "day", day_vi(c->arena, on) }, { NULL, { NULL, 0 } } };
    say(c, MSGS("Đã đếm số đo của ngày {day}."), args);
    return 0;
}

/* ---- the table ---- */

static const struct cli_option import_options[] = {
    { "dry-run", NULL, NULL, MSG("Chỉ đọc và kiểm tra, không ghi") },
    { .name = NULL },
};
static const struct cli_option month_options[] = {
    { "month", "THÁNG", NULL, MSG("Ví dụ 2023-09; mặc định tháng này") },
    { .name = NULL },
};
static const struct cli_option day_options[] = {
    { "day", "NGÀY", NULL, MSG("Đếm cho hết ngày này; mặc định hôm nay") },
    { .name = NULL },
};

const struct cli_command plan_commands[] = {
    { .name = "plan import",
      .synopsis = "TỆP [--dry-run]",
      .what = MSG("Nhập các mô hình của một kế hoạch"),
      .help = MSG("Tệp có các cột như packs/dak_nong/models.csv. Đúng hết thì ghi hết, có lỗi thì không ghi dòng nào và mỗi "
                  "lỗi được "
                  "nêu theo dòng và cột."),
      .options = import_options,
      .min_args = 1,
      .max_args = 1,
      .needs = CLI_DB,
      .run = run_import },
    { .name = "plan list",
      .synopsis = "[--month THÁNG] [--json]",
      .what = MSG("Các mô hình: thời hạn, tình trạng"),
      .help = MSG("Với --month: theo số đo của kỳ báo cáo tháng đó; không có thì hôm nay."),
      .options = month_options,
      .needs = CLI_DB_READ,
      .run = run_list },
    { .name = "plan conflicts",
      .what = MSG("Những chỗ kế hoạch tự mâu thuẫn, và quyết định"),
      .help = MSG("Mỗi chỗ một dòng: số, mô hình, mục, phần II, phụ lục, nội dung đã quyết."),
      .needs = CLI_DB_READ,
      .run = run_conflicts },
    { .name = "plan draft",
      .synopsis = "[--month THÁNG]",
      .what = MSG("Soạn báo cáo tháng cho các cơ quan chủ trì"),
      .help = MSG("Máy chủ tự làm từ ngày soạn; cơ quan nào có báo cáo rồi thì giữ nguyên."),
      .options = month_options,
      .needs = CLI_DB,
      .run = run_draft },
    { .name = "plan report",
      .synopsis = "--month THÁNG [--out THƯ-MỤC]",
      .what = MSG("Báo cáo tổng hợp tháng gửi Bộ Công an và UBND tỉnh"),
      .help = MSG("Ghi bao-cao-THÁNG.pdf, .docx, .xlsx và .json: các mô hình, số đo, mức cơ quan tự báo, chỗ kế hoạch chưa thống nhất, "
                  "việc gửi báo cáo. Bốn tệp cùng một số liệu. Tháng chưa khóa thì ngày ký là hôm nay."),
      .options = plan_report_options,
      .needs = CLI_DB_READ,
      .run = plan_report_command },
    { .name = "plan measure",
      .synopsis = "[--day NGÀY]",
      .what = MSG("Đếm số đo của các mô hình"),
      .help = MSG("Máy chủ tự đếm mỗi giờ. Số của một ngày đã qua được đếm một lần rồi giữ nguyên."),
      .options = day_options,
      .needs = CLI_DB,
      .run = run_measure },
    { .name = "plan succeed",
      .synopsis = "CŨ MỚI --day NGÀY --decree SỐ [--only MỤC] [--json]",
      .what = MSG("Chuyển việc của một cơ quan trong kế hoạch sang cơ quan khác"),
      .help = MSG("Như bon agencies succeed: mọi mô-đun cùng chuyển trong một giao dịch."),
      .options = agencies_succeed_options,
      .min_args = 2,
      .max_args = 2,
      .needs = CLI_DB,
      .run = agencies_succeed_command },
    { .name = "plan undo",
      .synopsis = "SỐ",
      .what = MSG("Hoàn tác một lần chuyển giao trong kế hoạch"),
      .help = MSG("Như bon agencies undo."),
      .min_args = 1,
      .max_args = 1,
      .needs = CLI_DB,
      .run = agencies_undo_command },
    { .name = NULL },
};
