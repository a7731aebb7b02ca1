/* dispatch.c: the way of one request, in order. Each stage runs under its own jump target, so that an arena that is full
 * ends the stage and not the program; every refusal ends in one place that logs it once and draws it.
 */
#include "platform/http/inside.h"

#include <string.h>

/* ---- stages under a guard ---- */
static int arena_was_full(struct passage *p, enum err_code code)
{
    struct arena *a = p->q->arena;
    if (!p->reserve_opened) {
        a->cap += ARENA_RESERVE;
        p->reserve_opened = true;
    }
    a->refused = false;
    return ERR(&p->e, code, "the request's memory is full: %zu bytes", a->used);
}

struct staging {
    struct passage *p;
    stage_fn *stage;
    int result;
};

static void run_stage(void *ctx)
{
    struct staging *w = ctx;
    w->result = w->stage(w->p);
}

/* Runs one stage; when its arena is full the stage has failed with `code`. */
int guarded(struct passage *p, stage_fn *stage, enum err_code code)
{
    struct staging w = { .p = p, .stage = stage };
    return arena_holds(p->q->arena, run_stage, &w) ? w.result : arena_was_full(p, code);
}

/* ---- refusing ---- */
bool wants_json(const struct passage *p)
{
    if (p->slot)
        return p->slot->api;
    return str_starts(p->q->path, STR("/api/"));
}

static void log_refusal(const struct passage *p)
{
    int status = err_http_status(p->e.code);
    enum log_level level = status >= 500 ? LOG_ERROR : status == 404 || status == 422 ? LOG_DEBUG : LOG_INFO;
    if (p->e.code == ERR_BUSY) /* "in a few seconds": nothing is broken */
        level = LOG_WARN;
    if (level >= p->q->log->least)
        log_err(p->q->log, level, status >= 500 ? "request.failed" : "request.refused", p->q->id, &p->e);
}

static void reset_reply(struct passage *p, int status)
{
    res_init(p->s, p->q->arena);
    p->s->status = status;
}

static int draw_error(struct passage *p)
{
    error_page(p);
    return 0;
}

/* When not even the error page can be drawn: no arena, no template. */
static void last_word(struct passage *p)
{
    static const char text[] = "Hệ thống gặp lỗi và không vẽ được trang. Xin thử lại sau ít giây.\n";
    *p->s = (struct res) { .status = err_http_status(p->e.code), .type = STR("text/plain; charset=utf-8") };
    p->s->body = (struct buf) { .p = (char *)(uintptr_t)text, .n = sizeof(text) - 1, .room = sizeof(text) - 1 };
}

static void show_error(struct passage *p)
{
    struct err why = p->e;
    reset_reply(p, err_http_status(why.code));
    int drawn = guarded(p, draw_error, ERR_INTERNAL);
    bool cut = drawn == 0 && p->s->body.full;
    p->e = why;
    if (drawn < 0 || cut)
        last_word(p);
}

/* A browser without a session that opens a page, or with one that has shown too little, is led to the sign-in page and comes
 * back. */
static int lead_to_sign_in(struct passage *p)
{
    struct proof_wanted wanted = passage_wants(p);
    res_redirect(p->s, sign_in_url(p->q, path_here(p->q), &wanted));
    return 0;
}

/* …or whose owner has several hats and none on. */
static int lead_to_hats(struct passage *p)
{
    res_redirect(p->s, hat_url(p->q, path_here(p->q)));
    return 0;
}

static int draw_again(struct passage *p)
{
    struct req *q = p->q;
    if (p->e.field[0] && q->n_field_errors == p->field_errors)
        req_refuse_field(q, NULL, p->e.field, err_sentence(&p->e));
    struct err why = p->e, e = { 0 };
    struct err *kept = arena_new(q->arena, struct err);
    *kept = why;
    q->refused = kept;
    if (q->route->again(q, p->s, &e) == 0)
        return 0;
    log_err(q->log, LOG_ERROR, "form.not_shown_again", q->id, &e);
    return -1;
}

/* The form is shown again with what was typed, so that a busy disk or a stale token costs nobody their work. A forged
 * submission is not shown: its content is a stranger's. */
static bool may_show_again(const struct passage *p)
{
    const struct route *route = p->q->route;
    if (!route || !route->again || p->slot->api)
        return false;
    if (p->e.code == ERR_CSRF)
        return p->trusted_origin;
    return p->e.code != ERR_SIGN_IN && p->e.code != ERR_STEP_UP && p->e.code != ERR_HAT && p->e.code != ERR_FORBIDDEN &&
           p->e.code != ERR_NOT_FOUND && p->e.code != ERR_TOO_LARGE && !p->reserve_opened;
}

static int draw_machine(struct passage *p)
{
    struct err why = p->e;
    return p->q->route->machine(p->q, p->s, &why);
}

/* A program is told in its protocol's words. */
static bool machine_told(struct passage *p)
{
    struct err why = p->e;
    if (!p->q->route || !p->q->route->machine)
        return false;
    reset_reply(p, err_http_status(why.code));
    bool told = guarded(p, draw_machine, ERR_INTERNAL) == 0 && !p->s->body.full;
    p->e = why;
    return told;
}

static enum way refuse(struct passage *p)
{
    if (p->e.code == ERR_NONE)
        ERR(&p->e, ERR_INTERNAL, "a stage failed without saying why");
    log_refusal(p);
    if (machine_told(p))
        return WAY_DONE;
    struct err why = p->e;
    if (may_show_again(p)) {
        reset_reply(p, 200);
        bool shown = guarded(p, draw_again, ERR_INTERNAL) == 0 && !p->s->body.full;
        p->e = why;
        if (shown) {
            if (p->s->status == 200)
                p->s->status = err_http_status(why.code);
            return WAY_DONE;
        }
    }
    show_error(p);
    return WAY_DONE;
}

void dispatch_refuse(struct passage *p, const struct err *e)
{
    p->e = *e;
    refuse(p);
}

/* A reply that outgrew its buffer must not go out as if it were whole. */
static enum way finish(struct passage *p, int result)
{
    if (result == 0 && p->s->body.full)
        result = ERR(&p->e, ERR_INTERNAL, "the reply is longer than %zu bytes", p->s->body.max);
    return result == 0 ? WAY_DONE : refuse(p);
}

/* ---- admission: before the body ---- */
static int find_route(struct passage *p)
{
    struct req *q = p->q;
    struct str values[ROUTE_PARAMS_MOST];
    enum route_found found = router_find(q->app->router, q->method, q->path, &p->slot, values);
    if (found == ROUTE_NO_PATH)
        return ERR(&p->e, ERR_NOT_FOUND, "no route for this path");
    if (found == ROUTE_NO_METHOD)
        return ERR(&p->e, ERR_METHOD, "%s takes %s", p->slot->route->path,
                   method_name(p->slot->route->method));
    q->route = p->slot->route;
    q->n_params = p->slot->n_names;
    if (q->n_params == 0)
        return 0;
    q->params = arena_new_array(q->arena, struct param, q->n_params);
    for (size_t i = 0; i < q->n_params; i++)
        q->params[i] = (struct param) { p->slot->names[i], values[i] };
    return 0;
}

static void choose_language(struct passage *p)
{
    struct req *q = p->q;
    if (lang_parse(req_cookie(q, LANG_COOKIE), &q->lang) || lang_parse(req_cookie(q, LANG_ASKED_COOKIE), &q->lang))
        return;
    /* Pages are Vietnamese until the reader says otherwise; a machine says so in its header. */
    if (wants_json(p))
        lang_parse(req_header(q, "accept-language"), &q->lang);
}

/* A foreign page can make a browser post with its cookie; it cannot make it send a bearer token. */
static bool may_carry_session(const struct req *q)
{
    const struct route *route = q->route;
    if (route && route->own_key)
        return false;
    if (route && route->machine && q->method != METHOD_GET)
        return str_eq_nocase(str_head(req_header(q, "authorization"), 7), STR("Bearer "));
    return req_header(q, "cookie").p || req_header(q, "authorization").p;
}

static int know_actor(struct passage *p)
{
    struct req *q = p->q;
    const struct module *m = q->app->router->authenticator;
    if (!m || !may_carry_session(q))
        return 0;
    /* In the arena: headers of the reply are still asked for the actor when the passage is over. */
    struct actor *known = arena_new(q->arena, struct actor);
    if (m->authenticate(q, known, &p->e) < 0)
        return -1;
    if (known->account)
        q->actor = known;
    return 0;
}

/* What is missing may lie under another of the actor's hats; which is on, only the actor says. */
static int refuse_for_the_hat(struct passage *p)
{
    const struct route *route = p->slot->route;
    const struct actor *actor = p->q->actor;
    if (actor_hat_ended(actor))
        return ERR_SAY(&p->e, ERR_HAT, MSGS("Tư cách đang dùng đã kết thúc. Xin chọn tư cách khác rồi làm tiếp."),
                       "%s asks for %s, grant %lld has ended", route->path, route->may, (long long)actor->hat_chosen);
    if (actor_must_choose_hat(actor))
        return ERR_SAY(&p->e, ERR_HAT, MSGS("Xin chọn bạn đang làm việc với tư cách nào rồi làm tiếp."),
                       "%s asks for %s, no hat is on", route->path, route->may);
    return ERR(&p->e, ERR_HAT, "%s asks for %s, which another hat carries", route->path, route->may);
}

static int check_right(struct passage *p)
{
    const struct route *route = p->slot->route;
    const struct actor *actor = p->q->actor;
    if (!right_held(p->slot->right, actor)) {
        if (!actor->account)
            return ERR(&p->e, ERR_SIGN_IN, "%s asks for %s", route->path, route->may);
        if (actor_hat_ended(actor) || (right_elsewhere(p->slot->right, actor) && !right_waiting(p->slot->right, actor)))
            return refuse_for_the_hat(p);
        if (!right_waiting(p->slot->right, actor))
            return ERR(&p->e, ERR_FORBIDDEN, "%s asks for %s", route->path, route->may);
        return ERR_SAY(&p->e, ERR_STEP_UP, MSGS("Vai trò này chỉ dùng được khi đăng nhập bằng khoá truy cập."),
                       "%s asks for %s, held by a role that wants a passkey", route->path, route->may);
    }
    struct proof_wanted wanted = passage_wants(p);
    if (proof_suffices(actor, &wanted))
        return 0;
    return ERR(&p->e, ERR_STEP_UP, "%s wants level %d within %d s", route->path, route->assurance, route->fresh_s);
}

static int admit(struct passage *p)
{
    /* The language is known before anything can be refused; the actor too, for the frame of the error page. */
    int found = find_route(p);
    struct err not_found = p->e;
    choose_language(p);
    if (know_actor(p) < 0)
        return -1;
    p->e = not_found;
    return found < 0 ? -1 : check_right(p);
}

/* "/stays/" was meant as "/stays". */
static bool slash_too_many(struct passage *p)
{
    struct req *q = p->q;
    const struct route_slot *slot;
    struct str values[ROUTE_PARAMS_MOST];
    if (p->e.code != ERR_NOT_FOUND || q->method != METHOD_GET || q->path.n < 2 || !str_ends(q->path, STR("/")))
        return false;
    struct str shorter = str_head(q->path, q->path.n - 1);
    return router_find(q->app->router, METHOD_GET, shorter, &slot, values) == ROUTE_FOUND && slot->n_names == 0;
}

static int lead_without_slash(struct passage *p)
{
    res_redirect(p->s, str_head(p->q->path, p->q->path.n - 1));
    return 0;
}

enum way dispatch_admit(struct passage *p)
{
    res_init(p->s, p->q->arena);
    if (static_serve(p->q, p->s))
        return WAY_DONE;
    if (guarded(p, admit, ERR_BUSY) == 0)
        return WAY_ON;
    bool page = p->q->method == METHOD_GET && !wants_json(p) && !(p->q->route && p->q->route->machine);
    if ((p->e.code == ERR_SIGN_IN || p->e.code == ERR_STEP_UP) && page)
        return finish(p, guarded(p, lead_to_sign_in, ERR_BUSY));
    if (p->e.code == ERR_HAT && page && actor_must_choose_hat(p->q->actor))
        return finish(p, guarded(p, lead_to_hats, ERR_BUSY));
    if (slash_too_many(p))
        return finish(p, guarded(p, lead_without_slash, ERR_BUSY));
    return refuse(p);
}

size_t dispatch_body_limit(const struct passage *p)
{
    const struct form *form = p->q->route ? p->q->route->form : NULL;
    if (!form)
        return 0;
    return form->max_body ? form->max_body : LIMIT_BODY;
}

bool dispatch_is_slow(const struct passage *p)
{
    return p->q->route && p->q->route->slow;
}

bool dispatch_is_far(const struct passage *p)
{
    return p->q->route && p->q->route->far;
}

/* A reply with a header of its own is this browser's: a cookie, a place to go. */
bool dispatch_is_shared(const struct passage *p)
{
    const struct res *s = p->s;
    return p->q->route && p->q->route->shared && s->status == 200 && s->n_headers == 0 && !s->location.p && s->live_topic.n == 0 &&
           !s->body.full;
}

/* ---- the act ---- */
static int take_form(struct passage *p)
{
    struct req *q = p->q;
    if (q->body.n > dispatch_body_limit(p))
        return ERR(&p->e, ERR_TOO_LARGE, "a body of %zu bytes, %s takes %zu", q->body.n, q->route->path,
                   dispatch_body_limit(p));
    if (q->route->machine)
        return machine_take(p, &p->e);
    if (!q->route->form)
        return 0;
    if (form_read(p, &p->e) < 0)
        return -1;
    struct err wrong = { 0 };
    int checked = form_check(q, &wrong);
    if (csrf_check(p, &p->e) < 0)
        return -1;
    p->field_errors = q->n_field_errors;
    if (checked < 0) {
        p->e = wrong;
        return -1;
    }
    return idempotency_prepare(p, &p->e);
}

static int prepare(struct passage *p)
{
    struct req *q = p->q;
    if (q->route->prepare && q->route->prepare(q, &p->e) < 0)
        return -1;
    if (q->n_field_errors > 0) /* a prepare that refused a field and forgot to say so */
        return ERR(&p->e, ERR_FORM, "%zu fields", q->n_field_errors);
    p->field_errors = q->n_field_errors;
    return 0;
}

static int read_or_reply(struct passage *p)
{
    const struct route *route = p->q->route;
    route_read_fn *fn = route->read ? route->read : route->reply;
    return fn(p->q, p->s, &p->e);
}

static int draw_recorded(struct passage *p)
{
    recorded_page(p);
    return 0;
}

/* Prepare has refused what this very submission did before, and its owner sends it again because the answer never came: "already
 * done by somebody" would be the wrong answer, theirs is that it is done. */
static bool told_done(struct passage *p)
{
    struct err why = p->e;
    bool done = guarded(p, idempotency_recall, ERR_BUSY) == 1;
    if (done) {
        reset_reply(p, 200);
        done = guarded(p, draw_recorded, ERR_INTERNAL) == 0 && !p->s->body.full;
    }
    if (!done)
        p->q->replayed = false;
    p->e = why;
    return done;
}

/* It has found out that it must wait, where it may not. */
static bool must_move(struct passage *p)
{
    struct req *q = p->q;
    if (!q->wants_wait || q->may_wait)
        return false;
    db_read_end(q->reader);
    q->reader = NULL;
    return true;
}

static enum way act(struct passage *p)
{
    if (guarded(p, prepare, ERR_BUSY) < 0)
        return must_move(p) ? WAY_FAR : told_done(p) ? WAY_DONE : refuse(p);
    if (!p->q->route->write) {
        int result = guarded(p, read_or_reply, ERR_BUSY);
        return result < 0 && must_move(p) ? WAY_FAR : finish(p, result);
    }
    /* No read transaction is held while waiting at the door: readers are few, and an old one keeps the WAL from shrinking. */
    db_read_end(p->q->reader);
    p->q->reader = NULL;
    return WAY_WRITE;
}

enum way dispatch_act(struct passage *p)
{
    p->q->may_wait |= dispatch_is_far(p);
    return guarded(p, take_form, ERR_TOO_LARGE) < 0 ? refuse(p) : act(p);
}

enum way dispatch_act_far(struct passage *p)
{
    p->q->may_wait = true;
    p->q->n_field_errors = 0;
    return act(p);
}

/* ---- at the door, on the writer's thread ---- */

struct writing {
    struct passage *p;
    struct tx *tx;
    struct err *e;
    int result;
};

static void run_write(void *ctx)
{
    struct writing *w = ctx;
    w->result = idempotency_write(w->p, w->tx, w->e);
}

int passage_write(struct tx *tx, void *arg, struct err *e)
{
    struct passage *p = arg;
    struct req *q = p->q;
    /* It may run again: what an earlier run left is forgotten. */
    q->outcome = STR_NONE;
    q->replayed = false;
    q->n_field_errors = p->field_errors;
    struct writing w = { .p = p, .tx = tx, .e = e };
    if (arena_holds(q->arena, run_write, &w))
        return w.result;
    arena_was_full(p, ERR_BUSY);
    *e = p->e;
    return -1;
}

/* ---- once durable ---- */
/* The disk has it, but the reply could not be made: saying "failed" would be a lie that makes people send it again. */
static void tell_recorded(struct passage *p)
{
    log_refusal(p);
    struct err why = p->e;
    reset_reply(p, 200);
    if (guarded(p, draw_recorded, ERR_INTERNAL) == 0 && !p->s->body.full)
        return;
    p->e = why;
    static const char text[] = "Việc này đã được ghi nhưng trang kết quả chưa hiện được. Xin đừng gửi lại.\n";
    *p->s = (struct res) { .status = 200, .type = STR("text/plain; charset=utf-8") };
    p->s->body = (struct buf) { .p = (char *)(uintptr_t)text, .n = sizeof(text) - 1, .room = sizeof(text) - 1 };
}

void dispatch_reply(struct passage *p, int written, const struct err *e)
{
    if (written < 0) {
        p->e = *e;
        refuse(p);
        return;
    }
    int result = guarded(p, read_or_reply, ERR_BUSY);
    if (result == 0 && !p->s->body.full)
        return;
    if (p->q->method != METHOD_GET && !p->q->route->machine)
        tell_recorded(p);
    else
        finish(p, result);
}

/* ---- the whole way, waiting for the disk ---- */
void http_dispatch(struct req *q, struct res *s)
{
    struct passage p = { .q = q, .s = s };
    q->may_wait = true; /* its caller waits for everything */
    if (dispatch_admit(&p) == WAY_ON && dispatch_act(&p) == WAY_WRITE) {
        struct err e = { 0 };
        int written = db_write(q->db, passage_write, &p, &e);
        dispatch_reply(&p, written, &e);
    }
    dispatch_close(&p);
}
