/* commands.c: bon case list, show, explain, replay, move: a case from the terminal, as git shows a commit. */
#include "engines/cases/commands.h"

#include "base/json.h"
#include "engines/cases/replay.h"

#include <stdio.h>

enum { LINE_BYTES = 256 << 10 };

void case_print(struct str line)
{
    printf("%.*s\n", STR_ARG(line));
}

static void say(struct cli *c, struct str text, const struct tr_arg *args)
{
    case_print(cli_say(c, text, args));
}

static struct str time_or_dash(struct cli *c, struct instant t)
{
    return t.us ? instant_vi(c->arena, t) : STR("–");
}

int case_named(struct cli *c, struct dbr *r, struct str text, struct case_view *out, struct err *e)
{
    struct case_number n;
    if (!case_number_parse(c->arena, text, &n))
        return ERR_SAY(e, ERR_INPUT, MSGS("Đây không phải số hồ sơ. Xin ghi như 24763.H16-240304-0001."), "%.*s",
                       STR_ARG(text));
    int got = case_by_number(c->app, r, c->arena, &n, out, e);
    return got == 1  ? 0
           : got < 0 ? -1
                     : ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không có hồ sơ mang số này."), "%.*s", STR_ARG(text));
}

/* ---- list ---- */

static void print_line(struct cli *c, const struct case_line *l)
{
    struct buf b;
    struct json_out j;
    struct str number = case_number_str(c->arena, &l->number);
    if (!c->json) {
        printf("%.*s\t%.*s\t%s%.*s\t%.*s\t%.*s\n", STR_ARG(number), STR_ARG(time_or_dash(c, l->due)), l->late ? "! " : "",
               STR_ARG(l->state_label), STR_ARG(l->name), STR_ARG(l->service_name));
        return;
    }
    buf_init(&b, c->arena, LINE_BYTES);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "due", l->due.us ? instant_iso(c->arena, l->due) : STR_NONE);
    json_out_bool(&j, "late", l->late);
    json_out_str(&j, "name", l->name);
    json_out_str(&j, "number", number);
    json_out_str(&j, "service", l->service);
    json_out_str(&j, "state", l->state_label);
    json_out_end(&j);
    case_print(buf_str(&b));
}

static int run_list(struct cli *c, struct err *e)
{
    struct case_list list;
    struct dbr *r;
    int64_t most;
    struct case_queue_ask ask = { .owner = case_owner_named(cli_opt(c, "owner")), .agency = cli_opt(c, "agency") };
    if (ask.owner == OWNERS_)
        return ERR_SAY(e, ERR_INPUT, MSGS("--owner là one_stop, specialist, approver hoặc citizen."), "--owner");
    if (!unit_code_parse(cli_opt(c, "unit"), &ask.unit))
        return ERR_SAY(e, ERR_INPUT, MSGS("Không có đơn vị này. Xin ghi mã xã, ví dụ 24763."), "--unit");
    if (cli_opt_i64(c, "most", 1, 200, &most, e) || db_read_begin(c->app->db, &r, e))
        return -1;
    ask.most = (int)most;
    int result = case_queue(c->app, r, c->arena, &ask, app_now(c->app), &list, e);
    db_read_end(r);
    for (size_t i = 0; result == 0 && i < list.n; i++)
        print_line(c, &list.v[i]);
    return result;
}

/* ---- show ---- */

static void print_head(struct cli *c, const struct case_view *v)
{
    printf("%.*s  %.*s\n", STR_ARG(v->number_text), STR_ARG(v->service.name));
    printf("  %.*s  (%.*s)\n", STR_ARG(v->state->label), STR_ARG(tr(c->lang, case_owner_label(v->owner))));
    printf("  %.*s  %.*s\n", STR_ARG(v->name), STR_ARG(tr(c->lang, case_channel_label(v->channel))));
    printf("  %.*s → %.*s\n", STR_ARG(time_or_dash(c, v->received_at)), STR_ARG(time_or_dash(c, v->due)));
}

static int print_case(struct cli *c, struct dbr *r, const struct case_view *v, struct err *e)
{
    struct case_steps steps;
    struct case_papers papers;
    if (case_steps_of(c->app, r, c->arena, v, 0, &steps, e) || case_papers_of(r, c->arena, v->id, false, &papers, e))
        return -1;
    print_head(c, v);
    for (size_t i = 0; i < papers.n; i++)
        printf("  + %.*s  %.*s\n", STR_ARG(papers.v[i].name), STR_ARG(tr(c->lang, case_given_label(papers.v[i].kind))));
    for (size_t i = 0; i < steps.n; i++)
        printf("  * %.*s  %.*s  %.*s\n", STR_ARG(instant_vi(c->arena, steps.v[i].at)), STR_ARG(steps.v[i].label),
               STR_ARG(steps.v[i].name));
    return 0;
}

static void print_json(struct cli *c, const struct case_view *v)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, c->arena, LINE_BYTES);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "agency", v->agency);
    json_out_str(&j, "due", v->due.us ? instant_iso(c->arena, v->due) : STR_NONE);
    json_out_str(&j, "name", v->name);
    json_out_str(&j, "number", v->number_text);
    json_out_str(&j, "owner", case_owner_name(v->owner));
    json_out_int(&j, "revision", v->revision);
    json_out_str(&j, "service", v->service.code);
    json_out_str(&j, "state", v->state->id);
    json_out_str(&j, "unit", unit_code_str(&v->unit));
    json_out_end(&j);
    case_print(buf_str(&b));
}

static int run_show(struct cli *c, struct err *e)
{
    struct case_view v;
    struct dbr *r;
    if (db_read_begin(c->app->db, &r, e))
        return -1;
    int result = case_named(c, r, c->args[0], &v, e);
    if (result == 0 && c->json)
        print_json(c, &v);
    else if (result == 0)
        result = print_case(c, r, &v, e);
    db_read_end(r);
    return result;
}

static int run_explain(struct cli *c, struct err *e)
{
    struct case_view v;
    struct str sentence;
    struct dbr *r;
    if (db_read_begin(c->app->db, &r, e))
        return -1;
    int result = case_named(c, r, c->args[0], &v, e) || case_explain(c->app, r, c->arena, v.id, &sentence, e) ? -1 : 0;
    db_read_end(r);
    if (result == 0)
        case_print(sentence);
    return result;
}

/* ---- replay ---- */

static int print_wrong(void *ctx, struct str number, struct instant stored, struct instant counted, struct err *e)
{
    struct cli *c = ctx;
    (void)e;
    printf("%.*s\t%.*s\t%.*s\n", STR_ARG(number), STR_ARG(time_or_dash(c, stored)), STR_ARG(time_or_dash(c, counted)));
    return 0;
}

static int run_replay(struct cli *c, struct err *e)
{
    struct case_replay p = { .app = c->app, .found = print_wrong, .ctx = c };
    int64_t began = monotonic_us();
    if (case_replay_all(&p, e))
        return -1;
    struct tr_arg args[] = { { "n", str_fmt(c->arena, "%lld", (long long)p.cases) },
                             { "events", str_fmt(c->arena, "%lld", (long long)p.events) },
                             { "wrong", str_fmt(c->arena, "%lld", (long long)p.wrong) },
                             { "ms", str_fmt(c->arena, "%lld", (long long)(monotonic_us() - began) / 1000) },
                             { NULL, { NULL, 0 } } };
    if (c->json)
        printf("{\"cases\":%lld,\"events\":%lld,\"wrong\":%lld}\n", (long long)p.cases, (long long)p.events,
               (long long)p.wrong);
    else
        say(c, MSGS("Đã tính lại {n} hồ sơ từ {events} mốc thời hạn trong {ms} mili giây: {wrong} hồ sơ lệch."), args);
    return p.wrong == 0 ? 0
                        : ERR_SAY(e, ERR_CONFLICT,
                                  MSGS("Có hồ sơ mà ngày hẹn đang ghi không khớp với các mốc của nó; xem danh sách trên."),
                                  "%lld cases differ", (long long)p.wrong);
}

/* ---- move ---- */

struct moving {
    struct case_by by;
    struct case_moving moving;
    struct case_moved out;
};

static int move_write(struct tx *tx, void *arg, struct err *e)
{
    struct moving *m = arg;
    return case_move(tx, &m->by, &m->moving, &m->out, e);
}

static int run_move(struct cli *c, struct err *e)
{
    struct moving m = { .by = case_by_system(c->app, c->arena, str_of("bon case move")) };
    struct case_view v;
    struct dbr *r;
    struct case_move_in in = { .move = c->args[1], .reason = str_or_empty(cli_opt(c, "reason")) };
    if (db_read_begin(c->app->db, &r, e))
        return -1;
    int result = case_named(c, r, c->args[0], &v, e);
    in.id = result == 0 ? v.id : 0;
    in.revision = result == 0 ? v.revision : 0;
    result = result || case_move_check(r, &m.by, &in, &m.moving, e) ? -1 : 0;
    db_read_end(r);
    if (result || db_write_in(c->app->db, c->arena, move_write, &m, e))
        return -1;
    struct tr_arg args[] = { { "state", m.out.state->label }, { "due", time_or_dash(c, m.out.due) }, { NULL, { NULL, 0 } } };
    say(c, MSGS("Hồ sơ nay ở trạng thái: {state}. Hẹn trả: {due}."), args);
    return 0;
}

/* ---- papers ---- */

static int write_file(struct cli *c, struct str dir, struct str name, struct str bytes, struct err *e)
{
    struct str path = str_fmt(c->arena, "%.*s/%.*s", STR_ARG(dir), STR_ARG(name));
    FILE *f = fopen(str_cstr(c->arena, path), "wbe");
    bool good = f && fwrite(bytes.p, 1, bytes.n, f) == bytes.n;
    if ((f && fclose(f)) || !good)
        return ERR_SAY(e, ERR_INPUT, MSGS("Không ghi được tệp vào thư mục này."), "%.*s", STR_ARG(path));
    case_print(path);
    return 0;
}

static int write_letter(struct cli *c, struct dbr *r, const struct case_view *v, const struct case_letter *l, struct err *e)
{
    struct str pdf;
    struct str name = str_fmt(c->arena, "%.*s-%lld-%.*s.pdf", STR_ARG(v->number_text), (long long)l->id,
                              STR_ARG(case_paper_name(l->kind)));
    return case_letter_pdf(c->app, r, c->arena, v, l, &pdf, e) || write_file(c, cli_opt(c, "out"), name, pdf, e) ? -1 : 0;
}

static int run_papers(struct cli *c, struct err *e)
{
    struct case_view v;
    struct case_letters letters;
    struct dbr *r;
    if (db_read_begin(c->app->db, &r, e))
        return -1;
    int result = case_named(c, r, c->args[0], &v, e) || case_letters_of(r, c->arena, v.id, &letters, e) ? -1 : 0;
    for (size_t i = 0; result == 0 && i < letters.n; i++) {
        const struct case_letter *l = &letters.v[i];
        if (cli_has(c, "out"))
            result = write_letter(c, r, &v, l, e);
        else
            printf("%lld\t%.*s\t%.*s\n", (long long)l->id, STR_ARG(instant_vi(c->arena, l->at)),
                   STR_ARG(tr(c->lang, case_paper_label(l->kind))));
    }
    db_read_end(r);
    return result;
}

/* ---- the table ---- */

static const struct cli_option list_options[] = {
    { "unit", "MÃ", "67", MSG("Xã, hoặc tỉnh") },
    { "owner", "AI", "one_stop", MSG("Đến lượt ai: one_stop, specialist, approver, citizen") },
    { "agency", "MÃ", "any", MSG("Cơ quan đang giữ; any: mọi cơ quan") },
    { "most", "N", "50", MSG("Nhiều nhất bao nhiêu dòng") },
    { .name = NULL },
};
static const struct cli_option papers_options[] = {
    { "out", "THƯ MỤC", NULL, MSG("Ghi từng phiếu ra tệp PDF ở đây") },
    { .name = NULL },
};
static const struct cli_option replay_options[] = {
    { "all", NULL, NULL, MSG("Mọi hồ sơ; cũng là mặc định") },
    { .name = NULL },
};
static const struct cli_option move_options[] = {
    { "reason", "LÝ DO", NULL, MSG("Lý do, khi bước này cần") },
    { .name = NULL },
};

const struct cli_command cases_commands[] = {
    { .name = "case new",
      .synopsis = "--service MÃ --unit MÃ --name TÊN [--answers TỆP] [--receive] [--json]",
      .what = MSG("Nộp một hồ sơ"),
      .help = MSG("In số hồ sơ và mã theo dõi; mã chỉ hiện một lần."),
      .options = case_new_options,
      .needs = CLI_DB | CLI_SIGNER,
      .run = case_new_command },
    { .name = "case list",
      .synopsis = "[--unit U] [--owner AI] [--agency A] [--most N] [--json]",
      .what = MSG("Hồ sơ đang chờ, gấp nhất trước"),
      .help = MSG("Mỗi dòng một hồ sơ: số, hạn, trạng thái (! là quá hạn), người nộp, thủ tục."),
      .options = list_options,
      .needs = CLI_DB_READ,
      .run = run_list },
    { .name = "case show",
      .synopsis = "[--json] SỐ",
      .what = MSG("Một hồ sơ: trạng thái, giấy tờ, các bước"),
      .help = MSG("Ví dụ: bon case show 24763.H16-240304-0001"),
      .min_args = 1,
      .max_args = 1,
      .needs = CLI_DB_READ,
      .run = run_show },
    { .name = "case explain",
      .synopsis = "SỐ",
      .what = MSG("Vì sao hồ sơ hẹn trả ngày ấy"),
      .help = MSG("Nói bằng một câu: ngày nào được tính, ngày nào không và vì sao, theo lịch làm việc nào."),
      .min_args = 1,
      .max_args = 1,
      .needs = CLI_DB_READ,
      .run = run_explain },
    { .name = "case replay",
      .synopsis = "[--all] [--json]",
      .what = MSG("Tính lại ngày hẹn của mọi hồ sơ và so với ngày đang ghi"),
      .help = MSG("Ngày hẹn chỉ suy ra từ các mốc (tiếp nhận, dừng, tiếp tục, chuyển) và lịch làm việc. Hồ sơ lệch được nêu "
                  "số; khi có, mã "
                  "thoát khác 0."),
      .options = replay_options,
      .needs = CLI_DB_READ,
      .run = run_replay },
    { .name = "case move",
      .synopsis = "[--reason LÝ DO] SỐ BƯỚC",
      .what = MSG("Chuyển hồ sơ một bước theo quy trình"),
      .help = MSG("Ghi nhật ký dưới tên lệnh này. Ví dụ: bon case move 24763.H16-240304-0001 receive"),
      .options = move_options,
      .min_args = 2,
      .max_args = 2,
      .needs = CLI_DB,
      .run = run_move },
    { .name = "case papers",
      .synopsis = "[--out THƯ MỤC] SỐ",
      .what = MSG("Các phiếu cơ quan đã trao: tiếp nhận, bổ sung, từ chối, xin lỗi, kiểm soát"),
      .help = MSG("Không có --out: liệt kê. Các phiếu khổ A5 như mẫu 01 đến 05."),
      .options = papers_options,
      .min_args = 1,
      .max_args = 1,
      .needs = CLI_DB_READ,
      .run = run_papers },
    { .name = "case generate",
      .synopsis = "[--count N] [--seed S] [--from NGÀY] [--until NGÀY] [--codes TỆP] [--json]",
      .what = MSG("Tạo hồ sơ mô phỏng theo thời gian, cho những ngày chưa có hồ sơ"),
      .help = MSG("Người nộp là người trong dân cư mô phỏng; mỗi hồ sơ đi theo quy trình của thủ tục qua cùng một đồng hồ "
                  "như hồ sơ thật, có "
                  "mã theo dõi, phí và các phiếu."),
      .options = case_generate_options,
      .needs = CLI_DB | CLI_SIGNER,
      .run = case_generate_command },
    { .name = NULL },
};
