/* server_mhd.c: the one file that knows libmicrohttpd. Its threads (one a core, epoll) read requests and run the dispatcher;
 * a write parks its connection (suspend) and the door's thread wakes it (resume), so no thread waits for the disk.
 *
 * libmicrohttpd calls on_uri (first line read), on_request (headers; each piece of the body; the end of the body; and again
 * after each resume), on_completed. A reply to a request whose body has not come can be queued only in the very first call
 * of on_request, and then it closes the connection.
 */
#include "platform/http/exchange.h"
#include "platform/http/rooms.h"
#include "platform/http/slow.h"

#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Request line, headers, and the window of a body. More than a head may have: one that is too long must still be answered, and
 * beyond this memory libmicrohttpd can only hang up. With less, a client that sends a megabyte too much lost its answer. */
#define MEMORY_PER_CONNECTION (2 * LIMIT_HEADER_BYTES)
#define SLOW_QUEUE            64
#define FAR_THREADS           16 /* they wait for other systems, most of the time */
#define LIVE_BLOCK            8192
#define ENTERING_US           (US_PER_SECOND / 5) /* a drain waits that long for requests of connections that are there */

struct http {
    struct app *app;
    struct MHD_Daemon *daemon;
    struct shelf shelf;
    struct rooms rooms;
    struct shared_pages shared;
    struct conns conns;
    struct slow_pool *slow, *far;
    pthread_t keeper;
    bool has_keeper;
    int fd, port, timeout_s;
    _Atomic bool draining, stopping;
    _Atomic int parked; /* suspended for the door or one of the pools */
};

/* ---- deadlines ---- */
static int64_t time_for(const struct http *h, int64_t from_us, uint64_t bytes)
{
    return from_us + ((int64_t)h->timeout_s + (int64_t)(bytes / SLOWEST_BYTES_PER_S)) * US_PER_SECOND;
}

/* Between two requests: the idle time-out is libmicrohttpd's; twice that for one who sends a byte now and then. */
static int64_t time_for_next(const struct http *h, int64_t from_us)
{
    return from_us + 2 * (int64_t)h->timeout_s * US_PER_SECOND;
}

/* ---- sending ---- */
static ssize_t live_read(void *cls, uint64_t pos, char *to, size_t most)
{
    (void)pos;
    struct exchange *x = cls;
    ptrdiff_t n = live_take(x->server->app->live, x->listener, to, most);
    return n < 0 ? MHD_CONTENT_READER_END_OF_STREAM : (ssize_t)n;
}

static void line_park(void *line)
{
    MHD_suspend_connection(line);
}

static void line_wake(void *line)
{
    MHD_resume_connection(line);
}

/* A stream takes its listener's place before its headers go out. */
static bool open_live(struct exchange *x)
{
    struct err e = { 0 };
    const struct live_wire wire = { line_park, line_wake, x->line };
    if (live_listen(x->server->app->live, x->s.live_topic, &wire, &x->listener, &e) == 0)
        return true;
    dispatch_refuse(&x->p, &e);
    return false;
}

static struct MHD_Response *response_new(struct exchange *x, bool keeps)
{
    if (x->s.live_topic.n > 0 && !x->head && open_live(x))
        return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, LIVE_BLOCK, live_read, x, NULL);
    /* The bytes stay in the arena until on_completed: nothing is copied, except what strangers share. */
    enum MHD_ResponseMemoryMode mode = keeps ? MHD_RESPMEM_MUST_COPY : MHD_RESPMEM_PERSISTENT;
    return MHD_create_response_from_buffer(x->s.body.n, x->s.body.p, mode);
}

static void put_header(struct exchange *x, struct MHD_Response *r, struct str name, struct str value)
{
    MHD_add_response_header(r, str_cstr(&x->arena, name), str_cstr(&x->arena, value));
}

static int put_headers(struct passage *p)
{
    struct exchange *x = p->owner;
    struct MHD_Response *r = x->response;
    struct res *s = p->s;
    if (s->body.n > 0 && !s->type.p)
        MHD_add_response_header(r, "Content-Type", TYPE_HTML);
    else if (s->body.n > 0 || x->listener)
        put_header(x, r, STR("Content-Type"), s->type);
    for (const struct fixed_header *h = NULL; (h = res_fixed_next(s, h));)
        MHD_add_response_header(r, h->name, h->value);
    const char *cache = res_cache_control(p);
    if (cache)
        MHD_add_response_header(r, "Cache-Control", cache);
    if (s->location.p)
        put_header(x, r, STR("Location"), s->location);
    for (size_t i = 0; i < s->n_headers; i++)
        put_header(x, r, s->headers[i].name, s->headers[i].value);
    if (x->close || atomic_load_explicit(&x->server->draining, memory_order_relaxed))
        MHD_add_response_header(r, "Connection", "close");
    return 0;
}

static enum MHD_Result queue(struct exchange *x, struct MHD_Response *r, int status, size_t n)
{
    struct http *h = x->server;
    x->sent_us = monotonic_us();
    conn_due(x->conn, x->listener ? 0 : time_for(h, x->sent_us, n));
    stats_count(&h->app->router->stats, status, x->sent_us - x->came.us);
    x->stage = STAGE_SENT;
    return MHD_queue_response(x->line, (unsigned)status, r);
}

static enum MHD_Result send_reply(struct exchange *x)
{
    struct http *h = x->server;
    bool keeps = x->is_stranger && dispatch_is_shared(&x->p) && shared_may_keep(x->target, x->s.body.n);
    x->response = response_new(x, keeps);
    if (!x->response)
        return MHD_NO;
    if (guarded(&x->p, put_headers, ERR_BUSY) < 0) {
        MHD_destroy_response(x->response);
        return MHD_NO;
    }
    dispatch_close(&x->p);
    enum MHD_Result queued = queue(x, x->response, x->s.status, x->s.body.n);
    if (keeps && queued == MHD_YES)
        shared_keep(&h->shared, x->target, &x->came, x->response);
    else
        MHD_destroy_response(x->response);
    x->response = NULL;
    return queued;
}

/* libmicrohttpd takes no reply while a body is coming, and one that it is given before the body it sends and hangs up: what the client
 * still sends then meets a closed socket, and the reset that comes back throws away the answer that the client has not read yet. So
 * a body that is too long is answered on the bare socket, our side is closed, and what still comes is read and thrown away, within
 * bounds of bytes and time: whoever sends to the end first finds the answer too. */
static enum MHD_Result say_and_drain(struct exchange *x)
{
    struct str text = res_wire(&x->arena, &x->p, false, true);
    ssize_t sent = send(x->conn->fd, text.p, text.n, MSG_NOSIGNAL | MSG_DONTWAIT);
    (void)sent; /* the connection ends either way */
    shutdown(x->conn->fd, SHUT_WR);
    dispatch_close(&x->p); /* no read transaction waits for the end of a body that nobody wants */
    x->sent_us = monotonic_us();
    conn_due(x->conn, time_for_next(x->server, x->sent_us));
    stats_count(&x->server->app->router->stats, x->s.status, x->sent_us - x->came.us);
    x->stage = STAGE_DRAIN;
    return MHD_YES;
}

/* ---- parked: the slow pool and the door ---- */
static void wake(struct exchange *x)
{
    struct http *h = x->server; /* x may be gone once its connection runs again */
    MHD_resume_connection(x->line);
    atomic_fetch_sub_explicit(&h->parked, 1, memory_order_release);
}

static void park(struct exchange *x)
{
    x->stage = STAGE_PARKED;
    conn_due(x->conn, 0);
    atomic_fetch_add_explicit(&x->server->parked, 1, memory_order_relaxed);
    MHD_suspend_connection(x->line);
}

static void written(void *owner, int result, const struct err *e)
{
    struct exchange *x = owner;
    x->written = result;
    if (result < 0)
        x->door_err = *e;
    x->stage = STAGE_WRITTEN;
    wake(x);
}

/* x is parked. */
static void go_to_door(struct exchange *x)
{
    x->ticket = (struct db_ticket) { .fn = passage_write, .arg = &x->p, .done = written, .owner = x };
    struct err e = { 0 };
    if (db_submit(x->q.db, &x->ticket, &e) < 0)
        written(x, -1, &e);
}

static void act_far(void *arg);

/* x is parked. */
static void submit(struct exchange *x, struct slow_pool *pool, void (*fn)(void *))
{
    if (slow_submit(pool, fn, x) == 0)
        return;
    struct err e = { 0 };
    ERR(&e, ERR_BUSY, "the queue of slow work is full");
    written(x, -1, &e);
}

/* Parked already: what comes after an act on another thread than the connection's. */
static void go_on(struct exchange *x, enum way way)
{
    switch (way) {
    case WAY_WRITE:
        go_to_door(x);
        return;
    case WAY_FAR:
        submit(x, x->server->far, act_far);
        return;
    case WAY_ON:
    case WAY_DONE:
        x->stage = STAGE_READY;
        wake(x);
    }
}

static void act_far(void *arg)
{
    struct exchange *x = arg;
    go_on(x, dispatch_act_far(&x->p));
}

static void act_slowly(void *arg)
{
    struct exchange *x = arg;
    go_on(x, dispatch_act(&x->p));
}

/* NULL: the worker does it itself. */
static struct slow_pool *pool_for(const struct exchange *x)
{
    return dispatch_is_far(&x->p) ? x->server->far : dispatch_is_slow(&x->p) ? x->server->slow : NULL;
}

static enum MHD_Result act(struct exchange *x)
{
    x->q.body = (struct str) { x->body, x->body_n };
    struct slow_pool *pool = pool_for(x);
    if (pool) {
        park(x);
        submit(x, pool, act_slowly);
        return MHD_YES;
    }
    enum way way = dispatch_act(&x->p);
    if (way == WAY_DONE)
        return send_reply(x);
    park(x);
    go_on(x, way);
    return MHD_YES;
}

/* ---- the request's head ---- */
static enum MHD_Result take_header(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_n, const char *value,
                                   size_t value_n)
{
    (void)kind;
    struct exchange *x = cls;
    /* No jump may cross libmicrohttpd's frames: arena_try. */
    char *lower = arena_try(&x->arena, name_n);
    x->head_cut = !lower || x->q.n_headers == x->room_headers;
    if (x->head_cut)
        return MHD_NO;
    for (size_t i = 0; i < name_n; i++)
        lower[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] + 32) : name[i];
    x->q.headers[x->q.n_headers++] = (struct param) { { lower, name_n }, { value ? value : "", value_n } };
    x->head_bytes += name_n + value_n + 4;
    return MHD_YES;
}

static int open_request(struct passage *p)
{
    struct exchange *x = p->owner;
    request_init(&x->q, x->server->app, &x->arena);
    x->q.rooms = &x->server->rooms;
    x->opened = true;
    int lines = MHD_get_connection_values_n(x->line, MHD_HEADER_KIND, NULL, NULL);
    x->room_headers = lines < LIMIT_HEADERS ? (size_t)lines : LIMIT_HEADERS;
    x->q.headers = arena_new_array(&x->arena, struct param, x->room_headers);
    MHD_get_connection_values_n(x->line, MHD_HEADER_KIND, take_header, x);
    exchange_read_headers(x);
    x->close = atomic_load_explicit(&x->server->draining, memory_order_relaxed);
    if (x->head_cut || x->head_bytes > LIMIT_HEADER_BYTES)
        return ERR(&p->e, ERR_TOO_LARGE, "%zu header lines or more, %zu bytes", x->q.n_headers, x->head_bytes);
    if (!x->target.p)
        return ERR(&p->e, ERR_TOO_LARGE, "the address is longer than %d bytes", LIMIT_URL);
    return request_target(&x->q, x->target, &p->e);
}

/* The reply is complete before the body came. A small body is let pass, so that the connection lives on and a browser, which
 * reads only after it has sent, sees the page; a large one is told at once and drained. Whoever asks first whether to send does not
 * begin to. */
static enum MHD_Result reply_early(struct exchange *x)
{
    bool has_body = x->chunked || x->length > 0;
    if (!has_body || (!x->expects && x->length <= DISCARD_MOST)) {
        x->stage = STAGE_DISCARD;
        return MHD_YES;
    }
    x->close = true;
    return x->expects ? send_reply(x) : say_and_drain(x);
}

static int refuse_body(struct err *e, uint64_t bytes, size_t limit)
{
    return ERR_SAY(e, ERR_TOO_LARGE, MSGS("Nội dung gửi lên quá lớn. Chưa có gì được ghi; xin chọn tệp nhỏ hơn rồi gửi lại."),
                   "a body of %llu bytes, %zu are taken", (unsigned long long)bytes, limit);
}

static enum MHD_Result begin(struct exchange *x)
{
    x->p = (struct passage) { .q = &x->q, .s = &x->s, .owner = x };
    x->q.arena = &x->arena;
    if (guarded(&x->p, open_request, ERR_TOO_LARGE) < 0) {
        struct err e = x->p.e;
        res_init(&x->s, &x->arena);
        dispatch_refuse(&x->p, &e);
        return reply_early(x);
    }
    if (dispatch_admit(&x->p) == WAY_DONE)
        return reply_early(x);
    x->body_limit = dispatch_body_limit(&x->p);
    uint64_t told = x->chunked ? 0 : x->length;
    conn_due(x->conn, time_for(x->server, x->came.us, x->chunked ? x->body_limit : told));
    if (told > x->body_limit) {
        struct err e = { 0 };
        refuse_body(&e, told, x->body_limit);
        dispatch_refuse(&x->p, &e);
        return reply_early(x);
    }
    if (told > LIMIT_BODY || x->chunked) {
        /* A long body may take minutes on a slow line: no read transaction stays open meanwhile. */
        db_read_end(x->q.reader);
        x->q.reader = NULL;
    }
    x->stage = STAGE_BODY;
    return MHD_YES;
}

/* ---- pages that strangers share ---- */

static enum MHD_Result tells_apart(void *cls, enum MHD_ValueKind kind, const char *name, size_t n, const char *value, size_t value_n)
{
    (void)kind, (void)value, (void)value_n;
    const struct str header = { name, n };
    static const struct str apart[] = { STR_INIT("cookie"), STR_INIT("authorization"), STR_INIT("content-length"),
                                        STR_INIT("transfer-encoding"), STR_INIT("expect") };
    bool *is_stranger = cls;
    for (size_t i = 0; *is_stranger && i < sizeof(apart) / sizeof(apart[0]); i++)
        *is_stranger = !str_eq_nocase(header, apart[i]);
    return *is_stranger ? MHD_YES : MHD_NO;
}

/* Asks for a page, and says nothing of itself that a page could depend on. */
static bool is_stranger(const struct exchange *x)
{
    bool is = str_eq(x->method, STR("GET")) && !atomic_load_explicit(&x->server->draining, memory_order_relaxed);
    if (is)
        MHD_get_connection_values_n(x->line, MHD_HEADER_KIND, tells_apart, &is);
    return is;
}

/* What is drawn for all does not hang on who happened to ask first: nobody can put a header of theirs into the page of others. */
static void forget_who_asks(struct exchange *x)
{
    if (!x->q.route || !x->q.route->shared)
        return;
    x->q.n_headers = 0;
    x->q.remote = STR("");
}

static void drop_shared(void *reply)
{
    MHD_destroy_response(reply);
}

static bool send_shared(void *ctx, void *reply)
{
    return queue(ctx, reply, 200, SHARED_MOST) == MHD_YES;
}

/* ---- the body ---- */
static enum MHD_Result take_body(struct exchange *x, const char *bytes, size_t n)
{
    if (x->stage == STAGE_BODY) {
        if (exchange_take_body(x, bytes, n))
            return MHD_YES;
        struct err e = { 0 };
        refuse_body(&e, x->body_limit + 1, x->body_limit);
        dispatch_refuse(&x->p, &e);
        x->stage = STAGE_DISCARD;
    }
    x->discarded += n;
    if (x->stage == STAGE_DRAIN)
        return x->discarded <= (x->chunked ? DRAIN_ENDLESS_MOST : DRAIN_MOST) ? MHD_YES : MHD_NO;
    return x->discarded <= DISCARD_MOST ? MHD_YES : say_and_drain(x);
}

/* ---- libmicrohttpd's calls ---- */
static void *on_uri(void *cls, const char *uri, struct MHD_Connection *line)
{
    struct http *h = cls;
    struct exchange *x = shelf_take(&h->shelf);
    if (!x)
        return NULL;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(line, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    x->server = h;
    x->line = line;
    x->conn = info ? info->socket_context : NULL;
    x->came = (struct shared_moment) { .us = monotonic_us(), .writes = h->app->db ? db_groups(h->app->db) : 0 };
    /* libmicrohttpd cuts the address to pieces in place afterwards. */
    size_t n = strnlen(uri, LIMIT_URL + 1);
    char *copy = n > LIMIT_URL ? NULL : arena_try(&x->arena, n + 1);
    if (copy) {
        memcpy(copy, uri, n);
        x->target = (struct str) { copy, n };
    }
    return x;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *line, const char *url, const char *method,
                                  const char *version, const char *upload, size_t *upload_n, void **con_cls)
{
    (void)line, (void)url, (void)version;
    struct http *h = cls;
    struct exchange *x = *con_cls;
    if (!x || !x->conn)
        return MHD_NO;
    if (x->stage == STAGE_NEW) {
        x->method = str_of(method);
        x->is_stranger = is_stranger(x);
        if (!x->is_stranger)
            return begin(x);
        x->stage = STAGE_STRANGER;
        return MHD_YES;
    }
    if (x->stage == STAGE_STRANGER) {
        if (shared_send(&h->shared, x->target, &x->came, send_shared, x))
            return MHD_YES;
        begin(x); /* there is no body to wait for */
        forget_who_asks(x);
    }
    if (*upload_n > 0) {
        size_t n = *upload_n;
        *upload_n = 0;
        return take_body(x, upload, n);
    }
    switch (x->stage) {
    case STAGE_BODY:
        return act(x);
    case STAGE_WRITTEN:
        dispatch_reply(&x->p, x->written, &x->door_err);
        return send_reply(x);
    case STAGE_DISCARD:
    case STAGE_READY:
        return send_reply(x);
    default:
        return MHD_NO;
    }
}

static void on_completed(void *cls, struct MHD_Connection *line, void **con_cls, enum MHD_RequestTerminationCode why)
{
    (void)line, (void)why;
    struct http *h = cls;
    struct exchange *x = *con_cls;
    if (!x)
        return;
    *con_cls = NULL;
    live_leave(h->app->live, x->listener);
    if (x->opened)
        dispatch_close(&x->p);
    if (x->conn)
        conn_due(x->conn, time_for_next(h, x->sent_us && !x->listener ? x->sent_us : monotonic_us()));
    shelf_put(&h->shelf, x);
}

static void on_connection(void *cls, struct MHD_Connection *line, void **context, enum MHD_ConnectionNotificationCode what)
{
    struct http *h = cls;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        if (*context)
            atomic_fetch_sub_explicit(&h->app->router->stats.connections, 1, memory_order_relaxed);
        conns_close(&h->conns, *context);
        *context = NULL;
        return;
    }
    const union MHD_ConnectionInfo *from = MHD_get_connection_info(line, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const union MHD_ConnectionInfo *fd = MHD_get_connection_info(line, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (!from || !fd)
        return;
    *context = conns_open(&h->conns, from->client_addr, fd->connect_fd, time_for_next(h, monotonic_us()));
    if (*context)
        atomic_fetch_add_explicit(&h->app->router->stats.connections, 1, memory_order_relaxed);
}

static enum MHD_Result on_accept(void *cls, const struct sockaddr *from, socklen_t n)
{
    (void)n;
    struct http *h = cls;
    if (conns_may_open(&h->conns, from))
        return MHD_YES;
    atomic_fetch_add_explicit(&h->app->router->stats.refused_connections, 1, memory_order_relaxed);
    return MHD_NO;
}

/* Paths and queries are decoded by our own parser, which refuses what is not well-formed. */
static size_t leave_escaped(void *cls, struct MHD_Connection *line, char *s)
{
    (void)cls, (void)line;
    return strlen(s);
}

__attribute__((format(printf, 2, 0))) static void on_log(void *cls, const char *fmt, va_list ap)
{
    struct http *h = cls;
    char text[256];
    int n = vsnprintf(text, sizeof(text), fmt, ap);
    if (n <= 0)
        return;
    struct str line = str_trim((struct str) { text, (size_t)n < sizeof(text) ? (size_t)n : sizeof(text) - 1 });
    LOG(&h->app->log, LOG_DEBUG, "socket.note", LF("text", line));
}

/* ---- the keeper: live topics, late connections ---- */
static void *keep(void *arg)
{
    struct http *h = arg;
    struct http_stats *stats = &h->app->router->stats;
    while (!atomic_load_explicit(&h->stopping, memory_order_relaxed)) {
        live_turn(h->app->live, monotonic_us(), US_PER_SECOND / 2);
        int shut = conns_shut_late(&h->conns, monotonic_us());
        atomic_fetch_add_explicit(&stats->closed_slow, (uint64_t)shut, memory_order_relaxed);
    }
    return NULL;
}

/* ---- starting and stopping ---- */
static int cores(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 2 ? 2 : n > 64 ? 64 : (int)n;
}

static int start_daemon(struct http *h, const struct http_options *o, struct err *e)
{
    const unsigned flags =
        MHD_USE_EPOLL | MHD_USE_INTERNAL_POLLING_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO | MHD_USE_ERROR_LOG;
    h->daemon = MHD_start_daemon(
        flags, 0, on_accept, h, on_request, h, MHD_OPTION_EXTERNAL_LOGGER, on_log, h, MHD_OPTION_LISTEN_SOCKET, h->fd,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)(o->threads > 0 ? o->threads : cores()), MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)(o->connections > 0 ? o->connections : 4096), MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)h->timeout_s,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, MEMORY_PER_CONNECTION, MHD_OPTION_URI_LOG_CALLBACK, on_uri, h,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, h, MHD_OPTION_NOTIFY_CONNECTION, on_connection, h,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, h, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    return h->daemon ? 0 : ERR(e, ERR_INTERNAL, "libmicrohttpd does not start on port %d", h->port);
}

static int start_all(struct http *h, const struct http_options *o, struct err *e)
{
    h->fd = o->listen_fd;
    if (h->fd < 0 && listen_on(o->host, o->port, &h->fd, e) < 0)
        return -1;
    h->port = port_of(h->fd);
    if (slow_open(2, SLOW_QUEUE, &h->slow, e) < 0 || slow_open(FAR_THREADS, SLOW_QUEUE, &h->far, e) < 0)
        return -1;
    if (start_daemon(h, o, e) < 0)
        return -1;
    h->has_keeper = pthread_create(&h->keeper, NULL, keep, h) == 0;
    return h->has_keeper ? 0 : ERR(e, ERR_INTERNAL, "no thread for the keeper");
}

int http_start(struct app *app, const struct http_options *o, struct http **out, struct err *e)
{
    ASSERT(app->router != NULL);
    struct http *h = calloc(1, sizeof(*h));
    if (!h)
        return ERR(e, ERR_INTERNAL, "no memory for the server");
    h->app = app;
    h->fd = -1;
    h->timeout_s = o->timeout_s > 0 ? o->timeout_s : 20;
    shelf_init(&h->shelf, o->arena_cap ? o->arena_cap : ARENA_CAP);
    rooms_init(&h->rooms);
    shared_init(&h->shared, drop_shared);
    conns_init(&h->conns);
    if (start_all(h, o, e) < 0) {
        http_stop(h);
        return -1;
    }
    *out = h;
    return 0;
}

int http_port(const struct http *h)
{
    return h->port;
}

static void nap(void)
{
    nanosleep(&(struct timespec) { .tv_nsec = 5 * 1000 * 1000 }, NULL);
}

static bool has_connections(const struct http *h)
{
    const union MHD_DaemonInfo *now = MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
    return now && now->num_connections > 0;
}

/* Whoever was let in a moment ago and has not said yet what for still gets an answer: a server that is replaced refuses nobody. */
void http_drain(struct http *h, int within_s)
{
    if (!h->daemon || atomic_exchange(&h->draining, true))
        return;
    MHD_quiesce_daemon(h->daemon); /* the socket stays ours; http_stop closes it */
    live_end(h->app->live);
    int64_t now = monotonic_us(), until = now + (int64_t)within_s * US_PER_SECOND;
    int64_t silent_until = now + ENTERING_US < until ? now + ENTERING_US : until;
    for (; now < until && (shelf_out(&h->shelf) > 0 || (now < silent_until && has_connections(h))); now = monotonic_us())
        nap();
}

void http_stop(struct http *h)
{
    if (!h)
        return;
    http_drain(h, 0);
    /* What is at the door is answered by the door; libmicrohttpd must not be stopped under a suspended connection. */
    while (atomic_load_explicit(&h->parked, memory_order_acquire) > 0)
        nap();
    atomic_store(&h->stopping, true);
    if (h->has_keeper)
        pthread_join(h->keeper, NULL);
    if (h->daemon)
        MHD_stop_daemon(h->daemon);
    slow_close(h->slow);
    slow_close(h->far);
    if (h->fd >= 0)
        close(h->fd);
    shelf_release(&h->shelf);
    rooms_release(&h->rooms);
    shared_release(&h->shared);
    conns_release(&h->conns);
    free(h);
}
