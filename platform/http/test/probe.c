/* probe.c: a module whose routes do, on purpose, everything that can go well or wrong. */
#include "platform/http/page.h"
#include "platform/http/probe_queries.h"
#include "platform/http/test/world.h"

#include <jansson.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

/* ---- who is asking ---- */
static struct grant keeper_grant[] = { { .role = MSG("probe_keeper") } };
static struct grant guest_grant[] = { { .role = MSG("probe_guest") } };

static int authenticate(struct req *q, struct actor *out, struct err *e)
{
    (void)e;
    struct str session = req_cookie(q, SESSION_COOKIE), bearer = req_header(q, "authorization");
    if (str_eq(session, STR("keeper")) || str_eq(bearer, STR("Bearer keeper")))
        *out = (struct actor) { .account = 1, .name = STR("Chị Giữ"), .grants = keeper_grant, .n_grants = 1 };
    else if (str_eq(session, STR("vault"))) /* holds the keeper's role, without the passkey it asks for; two factors an hour ago */
        *out = (struct actor) { .account = 3, .name = STR("Cô Két"), .waiting = keeper_grant, .n_waiting = 1, .assurance = 2,
                                .methods = STR("pwd otp mfa"), .authenticated_at = { q->now.us - US_PER_HOUR } };
    else if (str_eq(session, STR("hardware"))) /* a passkey, just now */
        *out = (struct actor) { .account = 4, .name = STR("Bà Khoá"), .grants = keeper_grant, .n_grants = 1, .assurance = 2,
                                .methods = STR("hwk user mfa"), .authenticated_at = q->now };
    else if (str_eq(session, STR("guest")))
        *out = (struct actor) { .account = 2, .name = STR("Anh Khách"), .grants = guest_grant, .n_grants = 1 };
    return 0;
}

/* ---- reading ---- */
static int show(struct req *q, struct res *s, const char *what)
{
    struct html h = res_html(q, s);
    html_text(&h, str_fmt(q->arena, "%s|%.*s|", what, STR_ARG(q->actor->name)));
    return 0;
}

static int home(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return show(q, s, "home");
}

static int one(struct req *q, struct res *s, struct err *e)
{
    int64_t id;
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "no number");
    return show(q, s, str_cstr(q->arena, str_fmt(q->arena, "one %lld", (long long)id)));
}

static int fixed(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return show(q, s, "new");
}

static int echo(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return show(q, s, str_cstr(q->arena, str_fmt(q->arena, "x=%.*s", STR_ARG(req_query(q, "x")))));
}

static int hungry(struct req *q, struct res *s, struct err *e)
{
    (void)s;
    for (int i = 0; i < 1000000; i++)
        memset(arena_alloc(q->arena, 65536), 1, 65536);
    return ERR(e, ERR_INTERNAL, "the arena has no cap");
}

static int live(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_live(s, STR("probe"));
}

static int slow(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    nanosleep(&(struct timespec) { .tv_nsec = 200 * 1000 * 1000 }, NULL);
    return show(q, s, "slow");
}

static int with_form(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct html h = res_html(q, s);
    html_text(&h, html_csrf(&h));
    html_text(&h, STR(" "));
    html_text(&h, req_form_key(q));
    return 0;
}

/* Says how often it was drawn, and repeats a header, as no such page should. */
static int drawn_again(struct req *q, struct res *s, struct err *e)
{
    static _Atomic int times;
    (void)e;
    if (str_eq(req_param(q, "whose"), STR("mine")))
        res_cookie(q, s, "mine", STR("1"), 60);
    struct str said = req_header(q, "x-probe");
    return show(q, s, str_cstr(q->arena, str_fmt(q->arena, "%.*sdrawn=%d", STR_ARG(said), ++times)));
}

/* ---- writing ---- */
static _Atomic int closed;

static void close_one(void *unused)
{
    (void)unused;
    closed++;
}

int probe_closed(void)
{
    return closed;
}

/* As many do that look whether what is asked for is still to be done. */
static int refuse_second(struct req *q, struct err *e)
{
    struct probe_notes_named_row row;
    struct dbr *r = req_read(q, e);
    if (!r || probe_notes_named(r, q->arena, &(struct probe_notes_named_in) { .name = req_form(q, "name") }, &row, e) < 0)
        return -1;
    return row.n == 0 ? 0 : ERR_SAY(e, ERR_CONFLICT, MSGS("Tên này bị cấm."), "done already");
}

static int note_prepare(struct req *q, struct err *e)
{
    req_defer(q, close_one, NULL);
    if (str_eq(req_form(q, "name"), STR("một lần")) && refuse_second(q, e) < 0)
        return -1;
    if (str_eq(req_form(q, "name"), STR("cấm")))
        return req_refuse_field(q, e, "name", MSGS("Tên này bị cấm."));
    return 0;
}

static int seen_write(struct req *q, struct tx *tx, struct err *e)
{
    (void)q;
    int64_t id;
    tx_unaudited(tx, "a test");
    return probe_note_add(tx, &(struct probe_note_add_in) { .name = STR("đã xem") }, &id, e);
}

static int note_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id;
    tx_unaudited(tx, "a test");
    if (probe_note_add(tx, &(struct probe_note_add_in) { .name = req_form(q, "name") }, &id, e) < 0)
        return -1;
    if (str_eq(req_form(q, "name"), STR("trùng")))
        return ERR(e, ERR_CONFLICT, "the test wants a conflict");
    req_outcome(q, str_fmt(q->arena, "%lld", (long long)id));
    return 0;
}

static int note_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/probe/%.*s%s", STR_ARG(q->outcome), q->replayed ? "?again=1" : ""));
}

static int note_again(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct html h = res_html(q, s);
    const struct page_frame *f = page_of(&h);
    html_text(&h, STR("again|"));
    html_tr(&h, f->notice);
    for (size_t i = 0; i < f->n_field_errors; i++) {
        html_text(&h, str_fmt(q->arena, "|%.*s: ", STR_ARG(f->field_errors[i].field)));
        html_tr(&h, f->field_errors[i].say);
    }
    html_text(
        &h, str_fmt(q->arena, "|typed=%.*s|secret=%.*s|", STR_ARG(page_typed(&h, "name")), STR_ARG(page_typed(&h, "word"))));
    return 0;
}

static int broken(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)s;
    return ERR(e, ERR_INTERNAL, "the test wants the reply to fail");
}

static int slow_prepare(struct req *q, struct err *e)
{
    (void)q, (void)e;
    nanosleep(&(struct timespec) { .tv_nsec = 100 * 1000 * 1000 }, NULL);
    return 0;
}

/* "Xa" finds out on the way that it must wait, for another name: which can come only where others than those who answer do the waiting. */
static _Atomic bool near_came;

static int perhaps_far_prepare(struct req *q, struct err *e)
{
    if (!str_eq(req_form(q, "name"), STR("Xa"))) {
        atomic_store(&near_came, true);
        return 0;
    }
    if (!req_may_wait(q))
        return ERR(e, ERR_INTERNAL, "nobody reads this");
    for (int i = 0; i < 2000 && !atomic_load(&near_came); i++)
        nanosleep(&(struct timespec) { .tv_nsec = 10 * 1000 * 1000 }, NULL);
    return atomic_load(&near_came) ? 0 : ERR(e, ERR_INTERNAL, "those who wait hold up those who answer");
}

static int hungry_write(struct req *q, struct tx *tx, struct err *e)
{
    if (note_write(q, tx, e) < 0)
        return -1;
    return hungry(q, NULL, e);
}

static int upload_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    const struct part *file = req_file(q, "paper");
    return show(q, s,
                str_cstr(q->arena, str_fmt(q->arena, "%.*s %zu bytes %.*s", STR_ARG(req_form(q, "name")),
                                           file ? file->bytes.n : 0, STR_ARG(file ? file->filename : STR("none")))));
}

static int api_reply(struct req *q, struct res *s, struct err *e)
{
    json_t *j = json_pack("{s:s%, s:s%, s:b}", "name", req_form(q, "name").p, req_form(q, "name").n, "outcome",
                          q->outcome.p ? q->outcome.p : "", q->outcome.n, "replayed", q->replayed);
    int rc = res_json(q, s, j, e);
    json_decref(j);
    return rc;
}

/* ---- a protocol ---- */
static int protocol_refuse(struct req *q, struct res *s, const struct err *why)
{
    s->status = why->code == ERR_INPUT ? 400 : s->status;
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    return res_text(s, "application/json", str_fmt(q->arena, "{\"error\":\"%s\",\"about\":\"%s\"}", err_name(why->code), why->field));
}

static int protocol_say(struct req *q, struct res *s, struct err *e)
{
    struct str a = q->method == METHOD_GET ? req_query(q, "a") : req_form(q, "a");
    if (str_eq(a, STR("no")))
        return ERR(e, ERR_FORBIDDEN, "the test wants a refusal");
    s->status = q->method == METHOD_PUT ? 201 : 200;
    return res_text(s, "text/plain", str_fmt(q->arena, "%s %.*s by %.*s|", method_name(q->method), STR_ARG(a), STR_ARG(q->actor->name)));
}

static const struct form protocol_form = {
    .name = "protocol",
    .fields = (const struct field[]) { { "a", FIELD_TEXT }, { "resource", FIELD_TEXT, .many = true }, { NULL } },
};
static const struct form protocol_json = { .name = "protocol_json" };

static int check_name(struct req *q, struct str value, struct err *e)
{
    (void)q;
    if (str_eq(value, STR("lạ")))
        return ERR_SAY(e, ERR_FORM, MSGS("Không ai tên như vậy."), "odd");
    return 0;
}

static const struct choice kinds[] = { { "red", MSG("Đỏ") }, { "blue", MSG("Xanh") }, { NULL } };

static const struct form note_form = {
    .name = "note",
    .fields =
        (const struct field[]) {
            { "name", FIELD_TEXT, .required = true, .max = 20, .min = 2, .label = MSG("Tên"), .check = check_name },
            { "day", FIELD_DAY },
            { "at", FIELD_INSTANT },
            { "kind", FIELD_CHOICE, .choices = kinds },
            { "count", FIELD_INT, .min = 1, .max = 10 },
            { "agree", FIELD_CHECK },
            { "pid", FIELD_PID },
            { "tag", FIELD_TEXT, .many = true, .max = 10 },
            { "word", FIELD_SECRET, .max = 30 },
            { "story", FIELD_LINES, .max = 100 },
            { NULL },
        },
};

static const struct form upload_form = {
    .name = "upload",
    .max_body = 100000,
    .multipart = true,
    .fields =
        (const struct field[]) {
            { "name", FIELD_TEXT, .required = true, .max = 20 },
            { "paper", FIELD_FILE, .max = 2048 },
            { NULL },
        },
};

static const struct form big_form = {
    .name = "big",
    .max_body = 2 * 1024 * 1024,
    .fields = (const struct field[]) { { "story", FIELD_LINES, .max = 2000000 }, { NULL } },
};

const struct module probe_module = {
    .name = "probe",
    .title = MSG("Thử"),
    .needs = NEEDS("platform"),
    .menu =
        (const struct menu_entry[]) {
            { MENU_ADMIN, 10, MSG("Sổ thử"), "/probe", "probe.keep" },
            { MENU_CITIZEN, 10, MSG("Trang thử"), "/probe/new", NULL },
            { .label = { NULL, 0 } },
        },
    .routes =
        (const struct route[]) {
            GET("/", home, .open = "a test"),
            GET("/probe", home, .may = "probe.keep"),
            GET("/probe/sure", home, .may = "probe.any", .assurance = 2),
            GET("/probe/fresh", home, .may = "probe.any", .assurance = 2, .fresh_s = 600),
            GET("/api/v1/probe-sure", home, .may = "probe.any", .assurance = 2, .json = true),
            POST("/sure", .may = "probe.any", .assurance = 2, .form = &note_form, .write = note_write, .reply = note_reply,
                 .again = note_again),
            GET("/probe/new", fixed, .open = "a test"),
            GET("/probe/{id}", one, .open = "a test"),
            GET("/probe/{id}/of/{other}", one, .open = "a test"),
            GET("/echo", echo, .open = "a test"),
            GET("/form", with_form, .open = "a test"),
            GET("/shared/{whose}", drawn_again, .open = "a test", .shared = true),
            GET("/hungry", hungry, .open = "a test"),
            GET("/live", live, .open = "a test"),
            GET("/slow", slow, .open = "a test", .slow = true),
            GET_RECORDED("/seen", .may = "probe.keep", .write = seen_write, .reply = home),
            GET_RECORDED("/seen-broken", .may = "probe.keep", .write = seen_write, .reply = broken),
            POST("/notes", .open = "a test", .form = &note_form, .prepare = note_prepare, .write = note_write,
                 .reply = note_reply, .again = note_again),
            POST("/slow-notes", .open = "a test", .form = &note_form, .prepare = slow_prepare, .write = note_write,
                 .reply = note_reply, .slow = true),
            POST("/perhaps-far-notes", .open = "a test", .form = &note_form, .prepare = perhaps_far_prepare,
                 .write = note_write, .reply = note_reply),
            POST("/keep", .may = "probe.keep", .form = &note_form, .write = note_write, .reply = note_reply),
            POST("/broken", .open = "a test", .form = &note_form, .write = note_write, .reply = broken),
            POST("/hungry-write", .open = "a test", .form = &note_form, .write = hungry_write, .reply = note_reply),
            POST("/upload", .open = "a test", .form = &upload_form, .reply = upload_reply),
            POST("/big", .open = "a test", .form = &big_form, .reply = upload_reply),
            GET("/api/v1/probe/{id}", one, .may = "probe.keep", .json = true),
            POST("/api/v1/notes", .may = "probe.keep", .form = &note_form, .write = note_write, .reply = api_reply,
                 .json = true, .title = MSG("Ghi một dòng")),
            GET("/protocol", protocol_say, .open = "a test", .machine = protocol_refuse),
            POST("/protocol", .open = "a test", .form = &protocol_form, .reply = protocol_say, .machine = protocol_refuse),
            PUT("/protocol", .may = "probe.keep", .form = &protocol_json, .reply = protocol_say, .machine = protocol_refuse,
                .json = true),
            DELETE("/protocol", .may = "probe.keep", .reply = protocol_say, .machine = protocol_refuse),
            POST("/protocol/own", .open = "a test", .form = &protocol_form, .reply = protocol_say, .machine = protocol_refuse,
                 .own_key = true),
            ROUTE_END,
        },
    .permissions =
        (const struct permission[]) {
            { "probe.any", ROLES(ROLE_ANY), MSG("Đã đăng nhập") },
            { "probe.keep", ROLES("probe_keeper"), MSG("Giữ sổ") },
            { NULL },
        },
    .roles =
        (const struct role[]) {
            { .name = "probe_keeper", .title = MSG("Người giữ sổ"), .function = "probe.keep", .home = "/probe" },
            { .name = "probe_guest", .title = MSG("Khách"), .function = "probe.visit", .home = "/" },
            { .name = NULL },
        },
    .authenticate = authenticate,
};
