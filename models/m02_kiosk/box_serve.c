/* box_serve.c: what the browser on the kiosk sees: the server's pages, and the box's own when the server is away. Every body that passes is
 * wiped from the request's memory when it has been answered.
 */
#include "models/m02_kiosk/box.h"

#include "gen/kiosk_pages.h"
#include "platform/crypto/crypto.h"
#include "platform/sandbox/sandbox.h"
#include "platform/sim/sim.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

enum { BOX_BODY_MAX = 64 * 1024, TURN_ARENA = 16 << 20, TOKEN_LEFT_S = 30 };

static const struct form box_form = { .name = "kiosk_box", .open = true, .max_body = BOX_BODY_MAX };

/* ---- what a post is to the box ---- */
enum box_kind {
    BOX_PASSES, /* the server's alone: a number, a payment, a call */
    BOX_BEGINS, /* a card: whoever was before is forgotten */
    BOX_HELD,   /* a page of an application */
    BOX_FILES,  /* handing in */
    BOX_ENDS,   /* forget */
};
static const struct {
    const char *path;
    bool whole;
    enum box_kind kind;
} kinds[] = { { "/kiosk/card", true, BOX_BEGINS },     { "/kiosk/typed", true, BOX_BEGINS },
              { "/kiosk/services/", false, BOX_HELD }, { "/kiosk/file/", false, BOX_HELD },
              { "/kiosk/check", true, BOX_FILES },     { "/kiosk/forget", true, BOX_ENDS } };

static enum box_kind kind_of(struct str path)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (kinds[i].whole ? str_eq(path, str_of(kinds[i].path)) : str_starts(path, str_of(kinds[i].path)))
            return kinds[i].kind;
    return BOX_PASSES;
}

/* ---- the box's own pages ---- */

static struct kiosk_bar bar_of(struct req *q, const struct box *b)
{
    struct kiosk_bar bar = { .idle_s = b->config.idle_s ? b->config.idle_s : KIOSK_IDLE_S, .warn_s = KIOSK_WARN_S, .key = req_form_key(q) };
    bar.place.device.place = b->config.place;
    bar.place.boxed = true;
    return bar;
}

static int draw_away(struct req *q, struct res *s, struct box *b)
{
    struct box_view v = { .bar = bar_of(q, b), .may_write = b->config.number > 0 && b->numbers.at < b->numbers.last };
    struct html h = res_html(q, s);
    s->status = 503;
    kiosk_away_page(&h, &v);
    return 0;
}

static int draw_kept(struct req *q, struct res *s, struct box *b, struct str number)
{
    struct box_view v = { .bar = bar_of(q, b), .number = number };
    struct html h = res_html(q, s);
    kiosk_kept_page(&h, &v);
    return 0;
}

static int draw_gone(struct req *q, struct res *s, struct box *b)
{
    struct kiosk_gone_view v = { .bar = bar_of(q, b) };
    struct html h = res_html(q, s);
    res_header(q, s, STR("Clear-Site-Data"), STR("\"cache\", \"cookies\", \"storage\""));
    kiosk_gone_page(&h, &v);
    return 0;
}

static int refuse_draw(struct req *q, struct res *s, const struct err *why)
{
    struct box *b = sim_self(q);
    struct box_view v = { .bar = bar_of(q, b) };
    struct html h = res_html(q, s);
    s->status = err_http_status(why->code);
    kiosk_out_page(&h, &v, err_sentence(why));
    return 0;
}

/* ---- passing on ---- */

/* Names that a page's path may have are letters, digits and few others: what is decoded is written again. */
static struct str path_again(struct arena *a, const struct req *q)
{
    struct buf b;
    buf_init(&b, a, 3 * q->path.n + q->query_raw.n + 2);
    for (size_t i = 0; i < q->path.n; i++) {
        unsigned char c = (unsigned char)q->path.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '-' || c == '_' ||
                     c == '.';
        if (plain)
            buf_put_char(&b, (char)c);
        else
            buf_fmt(&b, "%%%02X", c);
    }
    if (q->query_raw.n > 0) {
        buf_put_char(&b, '?');
        buf_put(&b, q->query_raw);
    }
    return buf_str(&b);
}

static const char *const passed_on[] = { "set-cookie", "cache-control", "clear-site-data", NULL };

static int pass_answer(struct req *q, struct res *s, const struct ask_answer *from)
{
    s->status = (int)from->status;
    for (size_t i = 0; i < from->n_headers; i++) {
        const struct ask_header *h = &from->headers[i];
        if (str_eq(h->name, STR("content-type")))
            s->type = h->value;
        else if (str_eq(h->name, STR("location")))
            s->location = h->value;
        for (const char *const *name = passed_on; *name; name++)
            if (str_eq(h->name, str_of(*name)))
                res_header(q, s, h->name, h->value);
    }
    res_body(q, s, from->body);
    return 0;
}

static int ask_server(struct req *q, struct box *b, struct ask_answer *out, struct err *e)
{
    char token[sizeof(b->token)];
    pthread_mutex_lock(&b->lock);
    bool fresh = b->token[0] && monotonic_us() - b->token_us < (EDGE_TOKEN_S - TOKEN_LEFT_S) * US_PER_SECOND;
    memcpy(token, b->token, sizeof(token));
    pthread_mutex_unlock(&b->lock);
    if (!fresh) /* the server would not know whose page it is; the next turn brings another */
        return ERR(e, ERR_SOURCE, "no token yet");
    struct box_ask ask = { .method = method_name(q->method),
                           .path = path_again(q->arena, q),
                           .body = q->body,
                           .type = req_header(q, "content-type"),
                           .cookie = req_header(q, "cookie"),
                           .language = req_header(q, "accept-language"),
                           .token = str_dup(q->arena, str_of(token)) };
    int result = box_link_ask(q->arena, b->me.server, &ask, out, e);
    b->away = result != 0 || out->status == 502 || out->status == 503 || out->status == 504;
    return b->away ? -1 : 0;
}

static int out_of_service(const struct box *b, struct err *e)
{
    if (b->revoked)
        return ERR_SAY(e, ERR_FORBIDDEN, MSGS("Máy này đã ngừng phục vụ. Xin đến quầy một cửa bên cạnh."), "revoked");
    if (b->locked)
        return ERR_SAY(e, ERR_FORBIDDEN, MSGS("Máy này đang tạm khoá để kiểm tra. Xin đến quầy một cửa bên cạnh."), "locked");
    if (b->config.number == 0)
        return ERR_SAY(e, ERR_BUSY, MSGS("Máy chưa có cấu hình từ máy chủ. Xin đến quầy một cửa bên cạnh."), "no configuration");
    return 0;
}

static int page_get(struct req *q, struct res *s, struct err *e)
{
    struct box *b = sim_self(q);
    struct ask_answer answer;
    struct err why = { 0 };
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    if (out_of_service(b, e))
        return -1;
    if (ask_server(q, b, &answer, &why))
        return draw_away(q, s, b);
    s->n_headers = 0;
    return pass_answer(q, s, &answer);
}

/* ---- posts ---- */

static void wipe_body(void *body)
{
    struct str *b = body;
    secret_wipe((char *)(uintptr_t)b->p, b->n);
}

static void hold(struct req *q, struct box *b, enum box_kind kind)
{
    pthread_mutex_lock(&b->lock);
    if (kind == BOX_ENDS)
        box_forget(b);
    else if (kind != BOX_PASSES)
        box_hold(b, q->path, q->body, kind == BOX_BEGINS);
    pthread_mutex_unlock(&b->lock);
}

/* The server has heard it: what it refused was no step, and what it filed is not ours to keep. */
static void heard(struct box *b, enum box_kind kind, long status)
{
    pthread_mutex_lock(&b->lock);
    if (kind == BOX_FILES && status == 303)
        box_forget(b);
    else if (kind != BOX_PASSES && kind != BOX_ENDS && status != 303)
        box_hold_undo(b);
    pthread_mutex_unlock(&b->lock);
}

/* What somebody handed in while the server was away; a post whose answer was lost may have been filed all the same: the server knows the
 * page it came from (filed.c), and both are one case. */
static int keep(struct req *q, struct res *s, struct box *b, struct err *e)
{
    struct str number;
    pthread_mutex_lock(&b->lock);
    int kept = b->held->n > 0 ? box_keep(b, q->arena, &number, e) : 0;
    pthread_mutex_unlock(&b->lock);
    if (kept < 0)
        return -1;
    return kept == 1 ? draw_kept(q, s, b, number) : draw_away(q, s, b);
}

static int post_reply(struct req *q, struct res *s, struct err *e)
{
    struct box *b = sim_self(q);
    enum box_kind kind = kind_of(q->path);
    struct ask_answer answer;
    struct err why = { 0 };
    struct str *body = arena_new(q->arena, struct str);
    *body = q->body;
    req_defer(q, wipe_body, body);
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    if (out_of_service(b, e))
        return -1;
    hold(q, b, kind);
    if (ask_server(q, b, &answer, &why) == 0) {
        heard(b, kind, answer.status);
        s->n_headers = 0;
        return pass_answer(q, s, &answer);
    }
    if (kind == BOX_ENDS)
        return draw_gone(q, s, b);
    return kind == BOX_PASSES ? draw_away(q, s, b) : keep(q, s, b, e);
}

/* Words for a window, when the server was away from the beginning. */
static int offline_reply(struct req *q, struct res *s, struct err *e)
{
    struct box *b = sim_self(q);
    struct str *body = arena_new(q->arena, struct str);
    *body = q->body;
    req_defer(q, wipe_body, body);
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    if (out_of_service(b, e))
        return -1;
    pthread_mutex_lock(&b->lock);
    box_hold(b, q->path, q->body, true);
    pthread_mutex_unlock(&b->lock);
    return keep(q, s, b, e);
}

static int state_get(struct req *q, struct res *s, struct err *e)
{
    struct box *b = sim_self(q);
    struct box_health health;
    (void)e;
    box_health_read(b, q->arena, &health);
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    return res_text(s, "application/json",
                    str_fmt(q->arena, "{\"away\":%s,\"card\":%s,\"waiting\":%lld}", b->away ? "true" : "false",
                            health.card ? "true" : "false", (long long)box_spool_count(b->dir)));
}

#define BOX .open = "the browser of this machine", .machine = refuse_draw, .own_key = true, .far = true
static const struct route routes[] = {
    GET("/kiosk", page_get, BOX),
    GET("/kiosk/box/state", state_get, BOX),
    GET("/kiosk/{a}", page_get, BOX),
    GET("/kiosk/{a}/{b}", page_get, BOX),
    GET("/kiosk/{a}/{b}/{c}", page_get, BOX),
    POST("/kiosk/offline", BOX, .form = &box_form, .reply = offline_reply),
    POST("/kiosk/{a}", BOX, .form = &box_form, .reply = post_reply),
    POST("/kiosk/{a}/{b}", BOX, .form = &box_form, .reply = post_reply),
    POST("/kiosk/{a}/{b}/{c}", BOX, .form = &box_form, .reply = post_reply),
    ROUTE_END,
};
const struct module kiosk_box_module = { .name = "kiosk_box", .routes = routes };

/* ---- the process ---- */

struct turning {
    struct box *box;
    int64_t beat_ms;
};

static void *turn_for_ever(void *arg)
{
    struct turning *t = arg;
    struct arena a;
    arena_init(&a, TURN_ARENA);
    for (;;) {
        struct err e = { 0 };
        arena_clear(&a);
        box_turn(t->box, &a, &e);
        nanosleep(&(struct timespec) { .tv_sec = t->beat_ms / 1000, .tv_nsec = (long)(t->beat_ms % 1000) * 1000000 }, NULL);
    }
    return NULL;
}

/* No core file, not readable by others of the same user; all memory in RAM where the limit allows it (deploy/kiosk raises it). */
static int harden(struct err *e)
{
    if (mlockall(MCL_CURRENT | MCL_FUTURE))
        fprintf(stderr, "bon kiosk: memory may be swapped: raise LimitMEMLOCK, or have no swap\n");
    return sandbox_harden(e);
}

int box_serve(struct cli *c, struct box *b, int port, int64_t beat_ms, struct err *e)
{
    sigset_t ends;
    struct sim sim = { 0 };
    pthread_t turner;
    struct turning t = { b, beat_ms };
    struct sim_options o = { .module = &kiosk_box_module,
                             .site_name = "Kiốt dịch vụ công",
                             .mode = str_cstr(c->arena, b->me.mode),
                             .port = port,
                             .self = b,
                             .files = c->app->files };
    if (harden(e))
        return -1;
    sim_hold_signals(&ends);
    int result = sim_open(&sim, &o, e);
    if (result == 0 && pthread_create(&turner, NULL, turn_for_ever, &t))
        result = ERR(e, ERR_INTERNAL, "no thread for the server's turn");
    if (result == 0) {
        printf("bon kiosk: http://127.0.0.1:%d/kiosk\n", sim_port(&sim));
        fflush(stdout);
        sim_wait_for_end(&ends);
        pthread_cancel(turner);
        pthread_join(turner, NULL);
    }
    sim_close(&sim);
    return result;
}
