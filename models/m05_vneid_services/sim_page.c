/* sim_page.c: the stand-in's app: somebody taps a service; VNeID announces them, server to server, and sends their browser off with a
 * code. */
#include "models/m05_vneid_services/sim_inside.h"

#include "base/json.h"
#include "gen/vneid_services_pages.h"
#include "platform/ask/ask.h"
#include "platform/crypto/jose.h"

#include <stdio.h>

enum { PEOPLE_SHOWN = 4, CALLBACK_S = 1 };

static const struct {
    const char *code;
    struct str name;
} shown[] = {
    { "DVC12", MSG("Đăng ký khai sinh") },
    { "DVC04", MSG("Đăng ký tạm trú") },
    { "DVC06", MSG("Thông báo lưu trú") },
};
enum { SHOWN = sizeof shown / sizeof *shown };

int sim_app_get(struct req *q, struct res *s, struct err *e)
{
    const struct vneid_services_sim *sim = sim_self(q);
    struct sim_app_view v = { .said = str_or_empty(req_query(q, "said")), .bon = sim->o.bon };
    struct vneid_sim_person p;
    (void)e;
    for (size_t i = 0; i < PEOPLE_SHOWN && vneid_sim_person_at(sim->vneid, i, &p); i++)
        for (size_t k = 0; k < SHOWN; k++)
            *vec_push(q->arena, &v.choices) =
                (struct sim_app_choice) { p.name, shown[k].name,
                                          str_fmt(q->arena, "/mo?person=%zu&service=%s", i, shown[k].code) };
    struct html h = res_html(q, s);
    vneid_sim_app(&h, &v);
    return 0;
}

static struct str member(struct arena *a, struct str json, const char *name)
{
    json_t *j;
    return json_read(a, json, &j, NULL) == 0 ? str_or_empty(json_str_at(j, name)) : STR("");
}

static int post_token(const struct vneid_services_sim *sim, struct arena *a, const char *path, struct str token,
                      struct ask_answer *out, struct err *e)
{
    struct ask question = { .url = str_fmt(a, "%.*s%s", STR_ARG(sim->o.bon), path),
                            .body = str_fmt(a, "{\"token\":\"%.*s\"}", STR_ARG(token)) };
    return ask_over_http(a, &question, out, e);
}

int sim_open_get(struct req *q, struct res *s, struct err *e)
{
    struct vneid_services_sim *sim = sim_self(q);
    struct ask_answer answer;
    int64_t person = 0;
    const char *service = str_cstr(q->arena, str_or_empty(req_query(q, "service")));
    str_to_i64(req_query(q, "person"), &person);
    struct str token = vneid_services_sim_link(sim, q->arena, (size_t)person, service, "");
    if (post_token(sim, q->arena, "/api/v1/vneid/links", token, &answer, e))
        return -1;
    struct str code = member(q->arena, answer.body, "code");
    if (answer.status == 201)
        return res_redirect(
            s, str_fmt(q->arena, "%.*s?ma=%.*s", STR_ARG(member(q->arena, answer.body, "open")), STR_ARG(code)));
    struct buf said;
    buf_init(&said, q->arena, 2048);
    urlencode_param(&said, "said", member(q->arena, answer.body, "say"));
    return res_redirect(s, str_fmt(q->arena, "/?%.*s", STR_ARG(buf_str(&said))));
}

/* ---- as a command ---- */

const struct cli_option vneid_services_sim_cli_options[] = {
    { "port", "P", "8017", MSG("Cổng trên 127.0.0.1; 0 là cổng nào cũng được") },
    { "vneid-port", "P", "8013", MSG("Cổng của phần đăng nhập VNeID đi kèm") },
    { "bon", "ĐỊA CHỈ", "http://127.0.0.1:8006", MSG("Máy chủ được báo khi người dân mở dịch vụ, đọc tin") },
    { "faults", "LỖI", "",
      MSG("Lỗi cố ý, cách nhau dấu phẩy, có thể kèm số phần trăm: slow,500,duplicate:20,reorder:10,outage,lost,signature") },
    { "seed", "S", "511", MSG("Hạt giống của các lỗi") },
    { "people", "TỆP", "packs/dak_nong/demo-people.csv", MSG("Những người không có thật để chọn khi đăng nhập") },
    { "secret-file", "TỆP", NULL, MSG("Tệp giữ mật khẩu của ứng dụng; không có thì không hỏi") },
    { .name = NULL },
};

static int options_of(struct cli *c, struct vneid_services_sim_options *o, struct err *e)
{
    int64_t port, vneid_port, seed;
    if (cli_opt_i64(c, "port", 0, 65535, &port, e) || cli_opt_i64(c, "vneid-port", 0, 65535, &vneid_port, e) ||
        cli_opt_i64(c, "seed", 0, INT64_MAX, &seed, e))
        return -1;
    if (!faults_parse(vneid_services_fault_words, cli_opt(c, "faults"), &o->faults))
        return ERR_SAY(e, ERR_INPUT, MSGS("Không có lỗi cố ý nào tên như vậy. Xin xem bon help sim vneid-services."),
                       "--faults");
    if (cli_has(c, "secret-file") &&
        vneid_sim_secret(c->arena, str_cstr(c->arena, cli_opt(c, "secret-file")), &o->vneid.secret, e))
        return -1;
    o->port = (int)port;
    o->seed = (uint64_t)seed;
    o->bon = cli_opt(c, "bon");
    o->vneid.port = (int)vneid_port;
    o->vneid.client_id = STR("bon");
    o->vneid.people = str_cstr(c->arena, cli_opt(c, "people"));
    o->vneid.files = c->app->files;
    return 0;
}

/* All that waits to be told; what the other side does not take is told again by nobody: it is a demonstration. */
static void tell_all(struct vneid_services_sim *s, struct arena *a)
{
    struct ask_answer answer;
    struct str token;
    while (s->o.bon.n && vneid_services_sim_tell(s, a, &token)) {
        post_token(s, a, "/api/v1/vneid/events", token, &answer, NULL);
        arena_clear(a);
    }
}

static void run_until_end(struct vneid_services_sim *s, const sigset_t *ends)
{
    struct arena a;
    arena_init(&a, 8 << 20);
    while (sigtimedwait(ends, NULL, &(struct timespec) { .tv_sec = CALLBACK_S }) < 0)
        tell_all(s, &a);
    arena_release(&a);
}

int vneid_services_sim_main(struct cli *c, struct err *e)
{
    struct vneid_services_sim_options o = { 0 };
    struct vneid_services_sim *s;
    sigset_t ends;
    if (options_of(c, &o, e))
        return -1;
    sim_hold_signals(&ends);
    if (vneid_services_sim_open(&o, &s, e))
        return -1;
    struct tr_arg args[] = { { "port", str_fmt(c->arena, "%d", vneid_services_sim_port(s)) },
                             { "vneid", str_fmt(c->arena, "%d", vneid_sim_port(s->vneid)) },
                             { NULL, { NULL, 0 } } };
    struct str line = cli_say(
        c, MSGS("MÔ PHỎNG: kênh dịch vụ VNeID tại http://127.0.0.1:{port}, đăng nhập tại http://127.0.0.1:{vneid}"), args);
    printf("%.*s\n", STR_ARG(line));
    fflush(stdout);
    run_until_end(s, &ends);
    vneid_services_sim_close(s);
    return 0;
}
