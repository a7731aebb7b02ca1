#include "engines/signon/client_keys.h"

#include "engines/signon/endpoints.h"
#include "platform/ask/ask.h"
#include "platform/crypto/crypto.h"

#include <jansson.h>
#include <time.h>

/* Longer than a fetch can take: whoever took the turn has ended by then, however it ended. */
#define FETCH_US (2 * CLIENT_KEYS_TIMEOUT_MS * INT64_C(1000))

int client_keys_follow(struct tx *tx, struct str client, struct str uri, struct err *e)
{
    if (uri.n == 0)
        return client_keys_end(tx, &(struct client_keys_end_in) { .client = client }, NULL, e);
    return client_keys_place(tx, &(struct client_keys_place_in) { .client = client, .uri = uri }, NULL, e);
}

int client_keys_load(struct dbr *r, struct arena *a, struct instant now, struct signon_client *c, struct err *e)
{
    struct client_keys_find_row row;
    if (c->jwks_uri.n == 0)
        return 0;
    int found = client_keys_find(r, a, &(struct client_keys_find_in) { .client = c->id }, &row, e);
    if (found < 0)
        return -1;
    bool good = found == 1 && row.has_fetched_at && row.jwks.p &&
                now.us - row.fetched_at.us < CLIENT_KEYS_STALE_S * US_PER_SECOND;
    if (!good)
        return 0;
    c->keys_at = row.fetched_at;
    return jose_keys_read(a, row.jwks, &c->keys, e);
}

/* ---- one fetch ---- */

struct fetching {
    struct app *app;
    struct arena *arena;
    struct str client, uri;
    struct instant now;
    bool mine;        /* the turn was taken */
    struct str jwks;  /* canonical */
    struct err failed; /* code ERR_NONE: jwks are good */
};

static int claim_write(struct tx *tx, void *arg, struct err *e)
{
    struct fetching *f = arg;
    int64_t changed;
    tx_unaudited(tx, "takes a turn at asking an app's own address");
    struct client_keys_claim_in in = {
        .now = f->now, .client = f->client, .before = { f->now.us - CLIENT_KEYS_AGAIN_S * US_PER_SECOND }
    };
    if (client_keys_claim(tx, &in, &changed, e))
        return -1;
    f->mine = changed == 1;
    return 0;
}

/* Public keys only, and something that can be checked with. */
static int read_keys(struct fetching *f, struct str body, struct err *e)
{
    json_t *j;
    struct jose_keys *keys;
    if (jose_keys_read(f->arena, body, &keys, e))
        return -1;
    size_t n = jose_keys_count(keys);
    if (n == 0)
        return ERR(e, ERR_SOURCE, "no key in it that can be used");
    return json_read(f->arena, body, &j, e) ? -1 : json_canonical(f->arena, j, &f->jwks, e);
}

static void ask(struct fetching *f)
{
    struct ask_answer said;
    const struct ask in = { .url = f->uri,
                            .foreign = true,
                            .inner_hosts = f->app->settings.inner_hosts,
                            .timeout_ms = CLIENT_KEYS_TIMEOUT_MS,
                            .connect_ms = CLIENT_KEYS_TIMEOUT_MS,
                            .most = JOSE_KEYS_BYTES };
    f->failed = (struct err) { 0 };
    if (ask_over_http(f->arena, &in, &said, &f->failed))
        return;
    if (said.status == 200)
        read_keys(f, said.body, &f->failed);
    else
        ERR(&f->failed, ERR_SOURCE, "HTTP %ld", said.status);
}

/* Another set is by what the app proves itself from now on: that is recorded; the same set again is not. */
static int record_change(struct tx *tx, const struct fetching *f, struct err *e)
{
    struct audit_record rec = { .action = STR("signon.app_keys_fetched"),
                                .object = str_fmt(f->arena, "app/%.*s", STR_ARG(f->client)),
                                .mode = str_of(f->app->settings.mode),
                                .detail = str_fmt(f->arena, "{\"keys\":\"%.*s\"}",
                                                  STR_ARG(str_hex(f->arena, sha256(f->jwks).b, 32))) };
    return client_touch(tx, &(struct client_touch_in) { .id = f->client }, NULL, e) ||
                   audit_write(tx, f->arena, &rec, NULL, e)
               ? -1
               : 0;
}

static int keep_write(struct tx *tx, void *arg, struct err *e)
{
    const struct fetching *f = arg;
    struct client_keys_find_row row;
    int found = client_keys_find(tx_reader(tx), f->arena, &(struct client_keys_find_in) { .client = f->client }, &row, e);
    if (found < 0)
        return -1;
    tx_unaudited(tx, "notes when an app's own address was asked; another set of keys is recorded");
    if (f->failed.code != ERR_NONE) {
        struct client_keys_failed_in in = { .outcome = str_of(f->failed.detail), .client = f->client };
        return client_keys_failed(tx, &in, NULL, e);
    }
    struct client_keys_keep_in in = { .jwks = f->jwks, .now = f->now, .client = f->client, .uri = f->uri };
    if (client_keys_keep(tx, &in, NULL, e))
        return -1;
    bool same = found == 1 && row.jwks.p && str_eq(row.jwks, f->jwks);
    /* A set that had grown too old was dropped from memories: they must look again. */
    bool was_old = found == 1 && row.has_fetched_at && f->now.us - row.fetched_at.us >= CLIENT_KEYS_STALE_S * US_PER_SECOND;
    if (same && !was_old)
        return 0;
    return record_change(tx, f, e);
}

/* 1 fetched, 0 another has the turn or it is too early, -1 the store failed. */
static int fetch(struct db *db, struct fetching *f, struct err *e)
{
    if (db_write_in(db, f->arena, claim_write, f, e))
        return -1;
    if (!f->mine)
        return 0;
    ask(f);
    if (db_write_in(db, f->arena, keep_write, f, e))
        return -1;
    signon_client_changed(f->app, f->client);
    return 1;
}

/* ---- when a token names a key that nobody knows ---- */

enum { LOOK_EVERY_MS = 50 };

/* The reader must not stay open while waiting. */
static void close_reader(struct req *q)
{
    db_read_end(q->reader);
    q->reader = NULL;
}

static int find_row(struct req *q, const struct signon_client *c, struct client_keys_find_row *row, struct err *e)
{
    struct dbr *r = req_read(q, e);
    return r ? client_keys_find(r, q->arena, &(struct client_keys_find_in) { .client = c->id }, row, e) : -1;
}

/* Another request, or another server, has done it meanwhile. */
static bool is_newer(const struct client_keys_find_row *row, const struct signon_client *c)
{
    return row->has_fetched_at && row->fetched_at.us > c->keys_at.us;
}

static bool is_under_way(const struct client_keys_find_row *row, struct instant now)
{
    bool answered = (row->has_fetched_at && row->fetched_at.us >= row->tried_at.us) || row->outcome.n > 0;
    return !answered && now.us - row->tried_at.us < FETCH_US;
}

/* Somebody else asks: 1 it has come, 0 it came to nothing, -1. */
static int wait_for_other(struct req *q, const struct signon_client *c, struct err *e)
{
    struct client_keys_find_row row;
    for (int64_t ms = 0; ms * 1000 < FETCH_US; ms += LOOK_EVERY_MS) {
        nanosleep(&(struct timespec) { .tv_nsec = LOOK_EVERY_MS * 1000000L }, NULL);
        int found = find_row(q, c, &row, e);
        close_reader(q);
        if (found <= 0)
            return found;
        if (is_newer(&row, c))
            return 1;
        if (!is_under_way(&row, q->now))
            return 0;
    }
    return ERR(e, ERR_BUSY, "the client's keys are being fetched");
}

static int fetch_now(struct req *q, const struct signon_client *c, struct str uri, struct err *e)
{
    struct fetching f = { .app = q->app, .arena = q->arena, .client = c->id, .uri = uri, .now = q->now };
    int fetched = fetch(q->db, &f, e);
    if (fetched == 1 && f.failed.code != ERR_NONE)
        return oauth_refuse(e, "invalid_client", "jwks_uri: %.150s", f.failed.detail);
    return fetched != 0 ? fetched : wait_for_other(q, c, e);
}

int client_keys_again(struct req *q, const struct signon_client *c, struct err *e)
{
    struct client_keys_find_row row;
    int found = find_row(q, c, &row, e);
    if (found <= 0)
        return found;
    int result = 1;
    if (!is_newer(&row, c)) {
        bool under_way = is_under_way(&row, q->now);
        if (!under_way && q->now.us - row.tried_at.us < CLIENT_KEYS_AGAIN_S * US_PER_SECOND)
            return 0;
        if (!req_may_wait(q))
            return ERR(e, ERR_BUSY, "its keys must be fetched first");
        close_reader(q);
        result = under_way ? wait_for_other(q, c, e) : fetch_now(q, c, row.uri, e);
    }
    if (result == 1)
        signon_client_changed(q->app, c->id);
    return result;
}

/* ---- those that grow old, and those never asked ---- */

static int read_due(struct job_run *j, struct client_keys_due_rows *rows, struct err *e)
{
    struct dbr *r;
    if (db_read_in(j->db, j->arena, &r, e))
        return -1;
    struct client_keys_due_in in = { .tried_before = { j->now.us - CLIENT_KEYS_AGAIN_S * US_PER_SECOND },
                                     .fetched_before = { j->now.us - CLIENT_KEYS_FRESH_S * US_PER_SECOND },
                                     .most = CLIENT_KEYS_AT_ONCE };
    int result = client_keys_due(r, j->arena, &in, rows, e);
    db_read_end(r);
    return result;
}

int client_keys_job(struct job_run *j, struct err *e)
{
    struct client_keys_due_rows rows;
    if (read_due(j, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        struct fetching f = {
            .app = j->app, .arena = j->arena, .client = rows.v[i].client, .uri = rows.v[i].uri, .now = j->now
        };
        if (fetch(j->db, &f, e) < 0)
            return -1;
    }
    return 0;
}
