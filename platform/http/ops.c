/* ops.c: the module that every program of this kind has: is it well, how much did it serve, what can be called, in which
 * language. Its routes are open; none shows anything about anyone.
 */
#include "platform/http/inside.h"
#include "platform/http/openapi.h"
#include "platform/http/queries.h"

#include "base/rng.h"
#include "platform/crypto/signer.h"

#include <pthread.h>

#define HEALTH_FRESH_US US_PER_SECOND /* an open address must not let a stranger write more often than this */
#define HEALTH_MOST     32
#define KEPT_US         (2 * US_PER_DAY)
#define FORGET_EVERY_US (10 * US_PER_MINUTE)

/* ---- health ---- */
struct health_line {
    const char *name;
    bool ok;
    int64_t us;
};

struct ops {
    pthread_mutex_t lock;
    bool checked;
    int64_t checked_us;
    struct health_line lines[HEALTH_MOST];
    size_t n;
};

static struct ops *ops_of(struct app *app)
{
    return *app_engine_slot(app, "platform");
}

static int can_read(struct app *app, struct err *e)
{
    struct dbr *r;
    struct arena a;
    struct pulse_read_row row;
    if (db_read_begin(app->db, &r, e) < 0)
        return -1;
    arena_init(&a, 4096);
    int found = pulse_read(r, &a, &row, e);
    arena_release(&a);
    db_read_end(r);
    return found < 0 ? -1 : 0;
}

static int beat(struct tx *tx, void *arg, struct err *e)
{
    (void)arg;
    tx_unaudited(tx, "a health check touches one row of its own");
    return pulse_beat(tx, &(struct pulse_beat_in) { .at = tx_now(tx) }, NULL, e);
}

static int can_write(struct app *app, struct err *e)
{
    return db_write(app->db, beat, NULL, e);
}

static int can_sign(struct app *app, struct err *e)
{
    if (!app->signer || !signer_alive(app->signer))
        return ERR(e, ERR_SIGNER, "the signer does not answer");
    return 0;
}

static void check_one(struct app *app, struct ops *ops, const struct health *h)
{
    if (ops->n == HEALTH_MOST)
        return;
    struct err e = { 0 };
    int64_t from = monotonic_us();
    bool ok = h->check(app, &e) == 0;
    ops->lines[ops->n++] = (struct health_line) { h->name, ok, monotonic_us() - from };
    if (!ok)
        log_err(&app->log, LOG_ERROR, "health.failed", str_of(h->name), &e);
}

static void check_all(struct app *app, struct ops *ops)
{
    ops->n = 0;
    for (size_t i = 0; app->modules[i]; i++)
        for (const struct health *h = app->modules[i]->health; h && h->name; h++)
            check_one(app, ops, h);
    ops->checked = true;
    ops->checked_us = monotonic_us();
}

/* At most one round of checks a second, whoever asks. No arena is touched under the lock: a full one would leave it shut. */
static size_t health_now(struct app *app, struct health_line out[HEALTH_MOST])
{
    struct ops *ops = ops_of(app);
    pthread_mutex_lock(&ops->lock);
    if (!ops->checked || monotonic_us() - ops->checked_us > HEALTH_FRESH_US)
        check_all(app, ops);
    size_t n = ops->n;
    for (size_t i = 0; i < n; i++)
        out[i] = ops->lines[i];
    pthread_mutex_unlock(&ops->lock);
    return n;
}

static int healthz(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct buf lines;
    bool well = true;
    buf_init(&lines, q->arena, 8192);
    struct health_line kept[HEALTH_MOST];
    size_t n = health_now(q->app, kept);
    for (size_t i = 0; i < n; i++) {
        well = well && kept[i].ok;
        buf_fmt(&lines, "%s{\"name\":\"%s\",\"ok\":%s,\"us\":%lld}", i ? "," : "", kept[i].name,
                kept[i].ok ? "true" : "false", (long long)kept[i].us);
    }
    s->status = well ? 200 : 503;
    s->type = STR("application/json");
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    buf_fmt(&s->body, "{\"status\":\"%s\",\"checks\":[", well ? "ok" : "failing");
    buf_put(&s->body, buf_str(&lines));
    buf_lit(&s->body, "]}");
    return 0;
}

/* ---- metrics, Prometheus text format 0.0.4 ---- */
static void put_metric(struct buf *b, const char *name, const char *kind, const char *help, double value)
{
    buf_fmt(b, "# HELP %s %s\n# TYPE %s %s\n%s %.17g\n", name, help, name, kind, name, value);
}

static void put_http(struct buf *b, const struct http_stats *st)
{
    struct stats_sum total = stats_sum(st);
    buf_lit(b, "# HELP bon_http_requests_total Replies by class of status.\n# TYPE bon_http_requests_total counter\n");
    for (int class = 1; class <= 5; class ++)
        buf_fmt(b, "bon_http_requests_total{class=\"%dxx\"} %llu\n", class, (unsigned long long)total.by_class[class]);
    buf_lit(b,
            "# HELP bon_http_seconds From the first line of a request to its reply.\n# TYPE bon_http_seconds histogram\n");
    uint64_t sum = 0;
    for (int i = 0; i < STATS_BUCKETS; i++) {
        sum += total.latency[i];
        buf_fmt(b, "bon_http_seconds_bucket{le=\"%g\"} %llu\n", (double)stats_bounds_us[i] / 1e6, (unsigned long long)sum);
    }
    sum += total.latency[STATS_BUCKETS];
    buf_fmt(b, "bon_http_seconds_bucket{le=\"+Inf\"} %llu\n", (unsigned long long)sum);
    buf_fmt(b, "bon_http_seconds_sum %.6f\nbon_http_seconds_count %llu\n", (double)total.latency_us_sum / 1e6,
            (unsigned long long)sum);
    put_metric(b, "bon_http_connections", "gauge", "Open connections.", (double)atomic_load(&st->connections));
    put_metric(b, "bon_http_live_listeners", "gauge", "Open live streams.", (double)atomic_load(&st->listeners));
    put_metric(b, "bon_http_refused_connections_total", "counter", "Connections refused: too many from one address.",
               (double)atomic_load(&st->refused_connections));
    put_metric(b, "bon_http_closed_slow_total", "counter", "Connections closed because they made no progress.",
               (double)atomic_load(&st->closed_slow));
}

static void put_db(struct buf *b, struct db *db)
{
    struct db_stats st = { 0 };
    db_stats(db, &st);
    put_metric(b, "bon_db_writes_total", "counter", "Writes made durable.", (double)st.writes);
    put_metric(b, "bon_db_groups_total", "counter", "Commits; each carries one or more writes.", (double)st.groups);
    put_metric(b, "bon_db_retries_total", "counter", "Writes run again after a conflict.", (double)st.retries);
    put_metric(b, "bon_db_refused_total", "counter", "Writes refused because the door was full.", (double)st.refused);
    put_metric(b, "bon_db_waiting", "gauge", "Writes at the door now.", (double)st.waiting);
    put_metric(b, "bon_db_write_seconds_max", "gauge", "Longest single write at the door.", (double)st.write_us_max / 1e6);
    put_metric(b, "bon_db_wal_bytes", "gauge", "Size of the write-ahead log.", (double)st.wal_bytes);
}

static void put_value(struct req *q, struct buf *b, const struct metric *m)
{
    struct err e = { 0 };
    double value = 0;
    struct arena *own = arena_child(q->arena);
    if (m->value(q->app, own, &value, &e) == 0)
        put_metric(b, m->name, m->kind, str_cstr(q->arena, tr(LANG_EN, m->what)), value);
    else
        log_err(q->log, LOG_WARN, "metric.failed", str_of(m->name), &e);
    arena_release(own);
}

static void put_modules(struct req *q, struct buf *b)
{
    for (size_t i = 0; q->app->modules[i]; i++)
        for (const struct metric *m = q->app->modules[i]->metrics; m && m->name; m++)
            put_value(q, b, m);
}

/* How busy a place is, when it fails and what waits is nothing for the world: this machine, or who carries the setting's token. */
static bool may_see_metrics(const struct req *q)
{
    static const struct str bearer = STR_INIT("Bearer ");
    const char *token = q->app->settings.metrics_token;
    struct str header = req_header(q, "authorization");
    if (str_starts(q->remote, STR("127.")) || str_starts(q->remote, STR("::ffff:127.")) || str_eq(q->remote, STR("::1")))
        return true;
    if (!token || !*token || !str_eq_nocase(str_head(header, bearer.n), bearer))
        return false;
    struct hash32 shown = sha256(str_trim(str_from(header, bearer.n))), wanted = sha256(str_of(token));
    return hash32_eq(&shown, &wanted);
}

static int metrics(struct req *q, struct res *s, struct err *e)
{
    if (!may_see_metrics(q))
        return ERR_SAY(e, ERR_FORBIDDEN,
                       MSGS("Số đo chỉ đọc được từ chính máy chủ này, hoặc với mã ghi ở thiết lập metrics_token."),
                       "metrics asked from %.*s", STR_ARG(q->remote));
    s->type = STR("text/plain; version=0.0.4; charset=utf-8");
    put_http(&s->body, &q->app->router->stats);
    put_db(&s->body, q->db);
    put_modules(q, &s->body);
    return 0;
}

/* ---- small things ---- */
static int robots(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_text(s, "text/plain; charset=utf-8", STR("User-agent: *\nDisallow: /\n"));
}

static int choose_language(struct req *q, struct res *s, struct err *e)
{
    enum lang lang;
    struct str to = req_param(q, "to"), next = req_query(q, "next");
    if (!lang_parse(to, &lang))
        return ERR(e, ERR_NOT_FOUND, "no language of that name");
    res_cookie(q, s, LANG_COOKIE, str_of(lang_tag(lang)), 365 * 24 * 3600);
    return res_redirect(s, is_own_path(next) ? next : STR("/"));
}

/* ---- keys are forgotten, the secret is kept ---- */
struct forgetting {
    struct instant before;
    struct idempotency_old_rows old;
};

/* Another server may have forgotten a key and taken it anew meanwhile: only what is still old goes. */
static int forget(struct tx *tx, void *arg, struct err *e)
{
    const struct forgetting *f = arg;
    tx_unaudited(tx, "idempotency keys older than two days are forgotten");
    for (size_t i = 0; i < f->old.n; i++)
        if (idempotency_forget(tx, &(struct idempotency_forget_in) { .key = f->old.v[i].key, .before = f->before }, NULL, e) < 0)
            return -1;
    return 0;
}

static int old_keys(struct job_run *j, struct forgetting *f, struct err *e)
{
    struct dbr *r;
    if (db_read_in(j->db, j->arena, &r, e) < 0)
        return -1;
    int result = idempotency_old(r, j->arena, &(struct idempotency_old_in) { .before = f->before }, &f->old, e);
    db_read_end(r);
    return result;
}

/* A few at a time: nobody waits long at the door behind them. */
static int forget_keys(struct job_run *j, struct err *e)
{
    struct forgetting f = { .before = { j->now.us - KEPT_US } };
    do {
        if (old_keys(j, &f, e) < 0 || (f.old.n > 0 && db_write_in(j->db, j->arena, forget, &f, e) < 0))
            return -1;
    } while (f.old.n > 0);
    return 0;
}

struct secret {
    struct arena *arena;
    struct str value;
};

static int find_or_make(struct tx *tx, void *arg, struct err *e)
{
    struct secret *secret = arg;
    struct secret_find_row row;
    tx_unaudited(tx, "the program's own secret, about nobody");
    int found = secret_find(tx_reader(tx), secret->arena, &(struct secret_find_in) { .name = STR("csrf") }, &row, e);
    if (found != 0) {
        if (found > 0)
            secret->value = row.value;
        return found < 0 ? -1 : 0;
    }
    uint8_t bytes[32];
    random_bytes(bytes, sizeof(bytes));
    secret->value = str_dup(secret->arena, (struct str) { (const char *)bytes, sizeof(bytes) });
    return secret_keep(tx, &(struct secret_keep_in) { .name = STR("csrf"), .value = secret->value }, NULL, e);
}

static int start(struct app *app, struct err *e)
{
    struct secret secret = { .arena = &app->arena };
    if (db_write(app->db, find_or_make, &secret, e) < 0)
        return -1;
    app->secret = secret.value;
    struct ops *ops = arena_new(&app->arena, struct ops);
    pthread_mutex_init(&ops->lock, NULL);
    *app_engine_slot(app, "platform") = ops;
    return 0;
}

const struct module platform_module = {
    .name = "platform",
    .title = MSG("Nền tảng"),
    .routes =
        (const struct route[]) {
            GET("/healthz", healthz, .open = "operations: says only whether the program is well", .slow = true),
            GET("/metrics", metrics, .open = "operations: this machine or the token of a setting; the handler looks"),
            GET("/openapi.json", openapi, .open = "what can be called is no secret"),
            GET("/robots.txt", robots, .open = "for crawlers"),
            GET("/language/{to}", choose_language, .open = "before signing in too"),
            ROUTE_END,
        },
    .health =
        (const struct health[]) {
            { "read", can_read },
            { "write", can_write },
            { "sign", can_sign },
            { NULL, NULL },
        },
    .jobs =
        (const struct job[]) {
            { .name = "platform.forget_keys",
              .every_us = FORGET_EVERY_US,
              .run = forget_keys,
              .what = MSG("Xoá khoá chống gửi lặp đã quá hai ngày") },
            { .name = NULL },
        },
    .migrations = platform_migrations,
    .statements = platform_statements,
    .start = start,
};
