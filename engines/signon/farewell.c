/* farewell.c: a session that has ended, however it ended, is told to the apps that were signed in by it (OpenID Connect Back-Channel Logout
 * 1.0). Which ones have not heard yet stands in the store, so a restart loses nothing; each is tried again, ever later. */
#include "engines/signon/farewell.h"

#include "base/rng.h"
#include "engines/signon/claim_set.h"
#include "engines/signon/endpoints.h"

#include <string.h>

/* ENDED_LATE_S: a session's end may be written down later than it says, and by a server whose clock is behind. */
enum { ANNOUNCE_MOST = 200, ENDED_LATE_S = 300, LEASE_S = 60, FIRST_WAIT_S = 10, LOGOUT_TOKEN_S = 120 };

#define LOGOUT_EVENT "{\"http://schemas.openid.net/event/backchannel-logout\":{}}"

/* ---- which sessions have ended ---- */

struct announcing {
    struct sessions_ended_rows rows;
    bool *listens; /* its app wants to hear */
};

/* What the app got ends too, unless the person allowed it to act alone. */
static int announce_one(struct tx *tx, const struct sessions_ended_row *row, bool listens, struct err *e)
{
    const struct instant now = tx_now(tx);
    struct farewell_insert_in in = {
        .client = row->client, .account = row->account, .session = row->session, .made_at = now, .next_at = now
    };
    if (listens && farewell_insert(tx, &in, NULL, e))
        return -1;
    return session_tokens_end(
                       tx, &(struct session_tokens_end_in) { .now = now, .session = row->session, .client = row->client },
                       NULL, e) ||
                   session_told(tx, &(struct session_told_in) { .now = now, .session = row->session, .client = row->client },
                                NULL, e)
               ? -1
               : 0;
}

static int announce_write(struct tx *tx, void *arg, struct err *e)
{
    const struct announcing *w = arg;
    tx_unaudited(tx, "prepares messages about sessions whose end is recorded");
    for (size_t i = 0; i < w->rows.n; i++)
        if (announce_one(tx, &w->rows.v[i], w->listens[i], e))
            return -1;
    return 0;
}

/* This comes round every second: only what has ended since the last look, a day at the first one (families_settle). */
static struct instant announced_until(struct job_run *j)
{
    int64_t at = signon_state(j->app)->announced_at.us;
    return (struct instant) { at ? at - ENDED_LATE_S * US_PER_SECOND : j->now.us - US_PER_DAY };
}

static int announce(struct job_run *j, struct dbr *r, struct announcing *w, struct err *e)
{
    if (sessions_ended(r, j->arena, &(struct sessions_ended_in) { .since = announced_until(j), .most = ANNOUNCE_MOST },
                       &w->rows, e))
        return -1;
    w->listens = arena_new_array(j->arena, bool, w->rows.n);
    for (size_t i = 0; i < w->rows.n; i++) {
        struct signon_client c = { 0 };
        if (signon_client_read(r, j->arena, w->rows.v[i].client, &c, e) < 0)
            return -1;
        w->listens[i] = c.backchannel_uri.p != NULL;
    }
    return 0;
}

/* ---- messages ---- */

static struct str logout_token_claims(struct job_run *j, const struct farewell *f)
{
    struct claim_set set = { .a = j->arena };
    uint8_t jti[16];
    random_bytes(jti, sizeof jti);
    claim_put(&set, "iss", str_of(j->app->settings.base_url));
    claim_put(&set, "aud", f->c.id);
    claim_put(&set, "sub", subject_name(j->app, j->arena, &f->c, f->row.account));
    claim_put(&set, "sid", session_name_of(j->app, j->arena, &f->c, f->row.session));
    claim_put(&set, "jti", str_base64url(j->arena, jti, sizeof jti));
    claim_put_int(&set, "iat", j->now.us / US_PER_SECOND);
    claim_put_int(&set, "exp", j->now.us / US_PER_SECOND + LOGOUT_TOKEN_S);
    claim_put_json(&set, "events", STR(LOGOUT_EVENT));
    return claim_set_json(&set);
}

static int make_ready(struct job_run *j, struct dbr *r, struct farewell *f, struct err *e)
{
    int found = signon_client_read(r, j->arena, f->row.client, &f->c, e);
    if (found < 0)
        return -1;
    if (found == 0 || f->c.status != CLIENT_ACTIVE || !f->c.backchannel_uri.p) {
        snprintf(f->outcome, sizeof f->outcome, "the app does not listen any more");
        f->row.attempts = FAREWELL_TRIES;
        return 0;
    }
    const struct token_order t = { .purpose = "signon",
                                   .alg = (enum jose_alg)f->c.id_token_alg,
                                   .typ = "logout+jwt",
                                   .claims = logout_token_claims(j, f),
                                   .now = j->now };
    f->ready = true;
    return signer_token(j->app->signer, j->arena, &t, &f->token, e);
}

struct batch {
    struct job_run *j;
    struct farewell v[FAREWELLS_AT_ONCE];
    size_t n;
};

/* Another server may be at it: the first to take the lease sends. */
static int claim_write(struct tx *tx, void *arg, struct err *e)
{
    struct batch *b = arg;
    tx_unaudited(tx, "takes turns at telling apps");
    for (size_t i = 0; i < b->n; i++) {
        int64_t changed = 0;
        struct farewell_claim_in in = { .id = b->v[i].row.id,
                                        .next_at = b->v[i].row.next_at,
                                        .lease = { b->j->now.us + LEASE_S * US_PER_SECOND } };
        if (farewell_claim(tx, &in, &changed, e))
            return -1;
        if (changed == 0)
            b->v[i].ready = false;
    }
    return 0;
}

static int64_t wait_us(int64_t attempts)
{
    return (FIRST_WAIT_S * US_PER_SECOND) << (2 * (attempts < FAREWELL_TRIES ? attempts : FAREWELL_TRIES));
}

static int settle_one(struct tx *tx, const struct batch *b, const struct farewell *f, struct err *e)
{
    bool over = f->done || f->row.attempts + 1 >= FAREWELL_TRIES;
    struct farewell_settle_in in = { .id = f->row.id,
                                     .attempts = f->row.attempts + 1,
                                     .outcome = str_of(f->outcome),
                                     .has_next_at = !over,
                                     .next_at = { b->j->now.us + wait_us(f->row.attempts) } };
    if (farewell_settle(tx, &in, NULL, e))
        return -1;
    if (!over)
        return 0;
    struct audit_record rec = { .action = f->done ? STR("signon.app_told") : STR("signon.app_not_told"),
                                .object = str_fmt(b->j->arena, "app/%.*s", STR_ARG(f->row.client)),
                                .mode = str_of(b->j->app->settings.mode) };
    return audit_write(tx, b->j->arena, &rec, NULL, e);
}

static int settle_write(struct tx *tx, void *arg, struct err *e)
{
    struct batch *b = arg;
    tx_unaudited(tx, "notes a try; the last one is recorded");
    for (size_t i = 0; i < b->n; i++)
        if (b->v[i].outcome[0] && settle_one(tx, b, &b->v[i], e))
            return -1;
    return 0;
}

static int gather(struct job_run *j, struct dbr *r, struct batch *b, struct err *e)
{
    struct farewells_due_rows rows;
    if (farewells_due(r, j->arena, &(struct farewells_due_in) { .now = j->now, .most = FAREWELLS_AT_ONCE }, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        b->v[b->n] = (struct farewell) { .row = rows.v[i] };
        if (make_ready(j, r, &b->v[b->n++], e))
            return -1;
    }
    return 0;
}

static int read_turn(struct job_run *j, struct announcing *w, struct batch *b, struct err *e)
{
    struct dbr *r;
    if (db_read_in(j->db, j->arena, &r, e))
        return -1;
    int result = announce(j, r, w, e) || gather(j, r, b, e) ? -1 : 0;
    db_read_end(r);
    return result;
}

int farewell_job(struct job_run *j, struct err *e)
{
    struct announcing w = { 0 };
    struct batch *b = arena_new(j->arena, struct batch);
    b->j = j;
    int result = read_turn(j, &w, b, e);
    if (result == 0 && w.rows.n > 0)
        result = db_write_in(j->db, j->arena, announce_write, &w, e);
    if (result == 0 && w.rows.n < ANNOUNCE_MOST)
        signon_state(j->app)->announced_at = j->now;
    if (result == 0 && b->n > 0) {
        result = db_write_in(j->db, j->arena, claim_write, b, e);
        if (result == 0)
            farewells_send(j, b->v, b->n);
        if (result == 0)
            result = db_write_in(j->db, j->arena, settle_write, b, e);
    }
    return result;
}
