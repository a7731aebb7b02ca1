/* push.c: messages on their way to VNeID (platform/jobs/outbox.h), in batches. A message is done only when VNeID's answer is in its row;
 * VNeID knows a key again, and takes a case's messages in their order only, so trying again is harmless.
 */
#include "models/m05_vneid_services/vneid.h"

#include "base/json.h"
#include "platform/crypto/signer.h"
#include "platform/jobs/outbox.h"

enum {
    BATCH = 100,
    BATCHES_A_TURN = 20,
    HOLD_MINUTES = 2,
    WAIT_FIRST_S = 30,
    WAIT_MOST_S = 15 * 60,
    BATCH_BYTES = BATCH * 4200
};

/* VNeID may be away for days: a message is never given up. */
static int64_t wait_us(void *self, const struct outbox_message *m)
{
    (void)self;
    return outbox_doubled_us(m->tries + 1, WAIT_FIRST_S, WAIT_MOST_S);
}

int vneid_own_token(struct app *app, struct arena *a, struct instant now, struct str body, struct str *token, struct err *e)
{
    struct buf b;
    struct json_out j;
    struct hash32 hash = sha256(body);
    int64_t at = now.us / US_PER_SECOND;
    buf_init(&b, a, 2048);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "aud", vneid_channel(app)->base);
    json_out_str(&j, "body", str_hex(a, hash.b, sizeof hash.b));
    json_out_int(&j, "exp", at + VNEID_SKEW_S);
    json_out_int(&j, "iat", at);
    json_out_str(&j, "iss", str_of(app->settings.base_url));
    json_out_str(&j, "jti", token_new(a));
    json_out_end(&j);
    struct token_order order = { .purpose = "broker", .alg = JOSE_ES256, .typ = "JWT", .claims = buf_str(&b), .now = now };
    return signer_token(app->signer, a, &order, token, e);
}

/* ---- one batch ---- */

static int hold(struct tx *tx, const struct outbox_message *m, struct instant now, struct instant until, bool *held,
                struct err *e)
{
    int64_t changed;
    if (vneid_out_hold(tx, &(struct vneid_out_hold_in) { .id = m->id, .until = until, .now = now }, &changed, e))
        return -1;
    *held = changed == 1;
    return 0;
}

static int settle(struct tx *tx, void *self, const struct outbox_message *m, struct instant now, struct instant again,
                  struct err *e)
{
    (void)self;
    if (m->result == OUTBOX_AGAIN || m->result == OUTBOX_LATER)
        return vneid_out_again(tx, &(struct vneid_out_again_in) { .next_at = again, .answer = m->why, .id = m->id }, NULL,
                               e);
    bool taken = m->result == OUTBOX_TAKEN;
    struct vneid_out_done_in in = {
        .state = taken ? OUT_TAKEN : OUT_REFUSED, .answered_at = now, .answer = taken ? m->number : m->why, .id = m->id
    };
    return vneid_out_done(tx, &in, NULL, e);
}

static struct str batch_body(struct arena *a, struct outbox_message *const *v, size_t n)
{
    struct buf b;
    buf_init(&b, a, BATCH_BYTES);
    for (size_t i = 0; i < n; i++) {
        const struct vneid_out_due_row *row = v[i]->row;
        buf_put_char(&b, i ? ',' : '[');
        buf_put(&b, row->body);
    }
    buf_put_char(&b, ']');
    return buf_str(&b);
}

/* 0: an answer of the agreed shape came. */
static int ask(struct job_run *j, struct arena *a, struct outbox_message *const *v, size_t n, struct vneid_answered *answers,
               struct err *e)
{
    struct ask_answer answer;
    struct str *keys = arena_new_array(a, struct str, n);
    struct str body = batch_body(a, v, n);
    struct ask question = { .url = str_fmt(a, "%.*s/v1/events", STR_ARG(vneid_channel(j->app)->base)),
                            .body = body };
    for (size_t i = 0; i < n; i++)
        keys[i] = ((const struct vneid_out_due_row *)v[i]->row)->said_as;
    if (vneid_own_token(j->app, a, j->now, body, &question.bearer, e) || ask_over_http(a, &question, &answer, e))
        return -1;
    if (answer.status != 200)
        return ERR(e, ERR_SOURCE, "HTTP %ld", answer.status);
    return vneid_answer_read(a, answer.body, keys, n, answers, e);
}

static void send(struct job_run *j, void *self, struct outbox_message **v, size_t n)
{
    (void)self;
    struct err e = { 0 };
    struct vneid_answered *answers = arena_new_array(j->arena, struct vneid_answered, n);
    bool came = ask(j, j->arena, v, n, answers, &e) == 0;
    for (size_t i = 0; i < n; i++) {
        enum vneid_answer x = came ? answers[i].answer : ANSWER_NONE;
        v[i]->result = x == ANSWER_TAKEN     ? OUTBOX_TAKEN
                       : x == ANSWER_REFUSED ? OUTBOX_NEVER
                       : x == ANSWER_GAP     ? OUTBOX_LATER
                                             : OUTBOX_AGAIN;
        v[i]->number = x == ANSWER_TAKEN ? answers[i].text : STR("");
        v[i]->why = x == ANSWER_REFUSED ? answers[i].text
                    : x == ANSWER_GAP   ? STR(VNEID_GAP)
                                        : str_dup(j->arena, str_of(came ? "no answer about this one" : e.detail));
    }
}

static const struct outbox vneid_outbox = {
    .at_once = BATCH,
    .hold_us = HOLD_MINUTES * US_PER_MINUTE,
    .hold = hold,
    .send = send,
    .settle = settle,
    .wait_us = wait_us,
    .why_unaudited = "a message to VNeID on its way; what it tells is on the log",
};

/* ---- up and down ---- */

struct noting {
    bool down;
    struct instant at;
};

static int note_write(struct tx *tx, void *arg, struct err *e)
{
    const struct noting *n = arg;
    tx_unaudited(tx, "whether VNeID answers");
    return n->down ? case_channel_down(tx, CASE_VNEID, n->at, e) : case_channel_up(tx, CASE_VNEID, e);
}

static int note(struct job_run *j, bool down, struct err *e)
{
    struct noting n = { down, j->now };
    return db_write_in(j->db, j->arena, note_write, &n, e);
}

/* 1 messages were due and the other side answered, 0 none were due, 2 it did not answer; -1. */
static int push_batch(struct job_run *j, struct err *e)
{
    struct vneid_out_due_rows rows;
    struct dbr *r;
    bool open;
    if (db_read_in(j->db, j->arena, &r, e))
        return -1;
    int result = vneid_out_due(r, j->arena, &(struct vneid_out_due_in) { .now = j->now, .most = BATCH }, &rows, e);
    db_read_end(r);
    if (result || rows.n == 0)
        return result;
    struct outbox_message *v = arena_new_array(j->arena, struct outbox_message, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        v[i] = (struct outbox_message) { .id = rows.v[i].id, .tries = rows.v[i].tries, .row = &rows.v[i] };
    if (outbox_send(j, &vneid_outbox, NULL, v, rows.n, &open, e))
        return -1;
    return open ? 1 : 2;
}

/* One batch at a time while VNeID is away; pages of its cases say so until all that waited has been taken. */
int vneid_push_job(struct job_run *j, struct err *e)
{
    struct vneid_channel *c = vneid_channel(j->app);
    struct job_run turn = *j;
    struct instant since;
    struct dbr *r;
    int went = 1;
    if (c->base.n == 0 || j->now.us < c->closed_until.us)
        return 0;
    for (int i = 0; i < BATCHES_A_TURN && went == 1; i++) {
        turn.arena = arena_child(j->arena);
        went = push_batch(&turn, e);
        arena_release(turn.arena);
    }
    c->failures = went == 2 ? c->failures + 1 : 0;
    c->closed_until.us = went == 2 ? j->now.us + outbox_doubled_us(c->failures, WAIT_FIRST_S, WAIT_MOST_S) : 0;
    if (went < 0 || went == 2)
        return went < 0 ? -1 : note(j, true, e);
    if (db_read_in(j->db, j->arena, &r, e))
        return -1;
    int down = case_channel_down_since(r, j->arena, CASE_VNEID, &since, e);
    db_read_end(r);
    return down < 0 ? -1 : down == 1 && went == 0 ? note(j, false, e) : 0;
}
