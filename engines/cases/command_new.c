/* command_new.c: bon case new: files a case from the terminal, with answers from a file; prints number and code. */
#include "engines/cases/commands.h"

#include "engines/services/services.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { ANSWERS_MAX = 256 << 10 };

struct filing {
    struct case_by by;
    struct case_new in;
    struct case_made made;
};

static int read_answers(struct cli *c, struct str *out, struct err *e)
{
    struct str path = cli_opt(c, "answers");
    *out = STR("{\"answers\":{},\"sources\":{}}");
    if (!path.p)
        return 0;
    char *bytes = arena_alloc(c->arena, ANSWERS_MAX);
    FILE *f = fopen(str_cstr(c->arena, path), "rbe");
    if (!f)
        return ERR_SAY(e, ERR_INPUT, MSGS("Không mở được tệp."), "%.*s: %s", STR_ARG(path), strerror(errno));
    size_t n = fread(bytes, 1, ANSWERS_MAX, f);
    bool failed = ferror(f) != 0;
    fclose(f);
    if (failed || n == ANSWERS_MAX)
        return ERR_SAY(e, ERR_TOO_LARGE, MSGS("Tệp câu trả lời quá lớn."), "%.*s", STR_ARG(path));
    *out = (struct str) { bytes, n };
    return 0;
}

/* The service as it is offered today, and the answers as its form takes them. */
static int fill_from_service(struct cli *c, struct dbr *r, struct filing *f, struct err *e)
{
    const struct service_def *def;
    struct service_answers s;
    struct str json;
    struct day today = instant_day(app_now(c->app));
    int got = services_in_force(c->app, r, cli_opt(c, "service"), today, &def, e);
    if (got != 1)
        return got < 0 ? -1
                       : ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không có thủ tục này. Xem các mã bằng bon services list."),
                                 "--service");
    services_answers_init(&s, c->arena, def, today);
    return read_answers(c, &json, e) || services_answers_read(&s, json, e) || case_from_answers(&s, &f->in, e) ? -1 : 0;
}

static int fill_from_options(struct cli *c, struct filing *f, struct err *e)
{
    f->in.channel = CASE_COUNTER;
    f->in.name = cli_opt(c, "name");
    f->in.phone = cli_opt(c, "phone");
    f->in.code = case_code_new(c->arena);
    f->in.receive = cli_has(c, "receive");
    f->in.despite_double = cli_has(c, "despite-double");
    if (!unit_code_parse(str_or_empty(cli_opt(c, "unit")), &f->in.unit))
        return ERR_SAY(e, ERR_INPUT, MSGS("Không có đơn vị này. Xin ghi mã xã, ví dụ 24763."), "--unit");
    if (cli_has(c, "pid") && pid_parse(cli_opt(c, "pid"), instant_day(app_now(c->app)), &f->in.pid, e))
        return -1;
    return 0;
}

static int file_write(struct tx *tx, void *arg, struct err *e)
{
    struct filing *f = arg;
    return case_submit(tx, &f->by, &f->in, &f->made, e);
}

static void print_made(struct cli *c, const struct filing *f)
{
    struct str number = case_number_str(c->arena, &f->made.number);
    struct str due = f->made.due.us ? instant_vi(c->arena, f->made.due) : STR("–");
    struct tr_arg args[] = { { "number", number }, { "code", f->in.code }, { "due", due }, { NULL, { NULL, 0 } } };
    if (c->json)
        printf("{\"code\":\"%.*s\",\"number\":\"%.*s\"}\n", STR_ARG(f->in.code), STR_ARG(number));
    else
        case_print(cli_say(c, MSGS("Hồ sơ {number}, mã theo dõi {code}. Hẹn trả: {due}."), args));
}

int case_new_command(struct cli *c, struct err *e)
{
    struct filing f = { .by = case_by_system(c->app, c->arena, str_of("bon case new")) };
    struct dbr *r;
    if (fill_from_options(c, &f, e) || db_read_begin(c->app->db, &r, e))
        return -1;
    int result = fill_from_service(c, r, &f, e);
    db_read_end(r);
    if (result || case_check(c->app, c->arena, &f.in, e) || db_write_in(c->app->db, c->arena, file_write, &f, e))
        return -1;
    print_made(c, &f);
    return 0;
}

const struct cli_option case_new_options[] = {
    { "service", "MÃ", NULL, MSG("Mã thủ tục, ví dụ DVC12") },
    { "unit", "MÃ", NULL, MSG("Xã nhận hồ sơ, hoặc tỉnh") },
    { "name", "TÊN", NULL, MSG("Họ và tên người nộp") },
    { "pid", "SỐ", NULL, MSG("Số định danh của người nộp") },
    { "phone", "SỐ", NULL, MSG("Số điện thoại") },
    { "answers", "TỆP", NULL, MSG("Câu trả lời của biểu mẫu, dạng JSON") },
    { "receive", NULL, NULL, MSG("Tiếp nhận ngay") },
    { "despite-double", NULL, NULL, MSG("Nộp dù đã có hồ sơ về cùng việc") },
    { .name = NULL },
};
