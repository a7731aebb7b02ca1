/* jobs.c: messages on their way (platform/jobs/outbox.h), and what became of them. The carrier knows a message by the number of its row. */
#include "engines/notices/inside.h"

#include "platform/jobs/outbox.h"

enum { A_TURN = 20, HOLD_US_MINUTES = 2, ASK_DAYS = 3 };

static int hold(struct tx *tx, const struct outbox_message *m, struct instant now, struct instant until, bool *held,
                struct err *e)
{
    int64_t changed;
    if (notice_out_hold(tx, &(struct notice_out_hold_in) { .id = m->id, .now = now, .until = until }, &changed, e))
        return -1;
    *held = changed == 1;
    return 0;
}

static int settle(struct tx *tx, void *self, const struct outbox_message *m, struct instant now, struct instant again,
                  struct err *e)
{
    (void)self;
    if (m->result == OUTBOX_TAKEN)
        return notice_out_sent(tx, &(struct notice_out_sent_in) { .id = m->id, .carrier_no = m->number, .changed_at = now },
                               NULL, e);
    if (m->result == OUTBOX_NEVER)
        return notice_out_end(
            tx, &(struct notice_out_end_in) { .id = m->id, .state = NOTICE_FAILED, .reason = m->why, .changed_at = now },
            NULL, e);
    return notice_out_again(
        tx, &(struct notice_out_again_in) { .id = m->id, .next_at = again, .reason = m->why, .changed_at = now }, NULL, e);
}

static enum outbox_result result_of(int carrier)
{
    return carrier == 0 ? OUTBOX_TAKEN : carrier > 0 ? OUTBOX_AGAIN : OUTBOX_NEVER;
}

/* One channel of this process. */
struct sending {
    const struct notices_state *state;
    enum notice_channel channel;
};

static void send(struct job_run *j, void *self, struct outbox_message **v, size_t n)
{
    const struct sending *s = self;
    for (size_t i = 0; i < n; i++) {
        const struct notice_out_due_row *row = v[i]->row;
        struct notice_message m = { row->id, row->address, row->text };
        v[i]->result =
            result_of(s->channel == NOTICE_SMS ? notice_sms_send(j->arena, s->state->sms, &m, &v[i]->number, &v[i]->why)
                                               : notice_mail_send(j->arena, s->state->smtp, s->state->from, &m, &v[i]->why));
    }
}

static int64_t wait_us(void *self, const struct outbox_message *m)
{
    (void)self;
    return notice_wait_us(m->tries + 1);
}

static const struct outbox notices_outbox = {
    .hold_us = HOLD_US_MINUTES * US_PER_MINUTE,
    .hold = hold,
    .send = send,
    .settle = settle,
    .wait_us = wait_us,
    .why_unaudited = "a message on its way; what it is about is on the log",
};

static int send_channel(struct job_run *j, enum notice_channel channel, struct err *e)
{
    struct sending s = { notices_state(j->app), channel };
    struct notice_out_due_rows rows;
    struct dbr *r;
    struct notice_out_due_in in = { .channel = channel, .now = j->now, .most = A_TURN };
    if (db_read_in(j->db, j->arena, &r, e))
        return -1;
    int result = notice_out_due(r, j->arena, &in, &rows, e);
    db_read_end(r);
    if (result)
        return -1;
    bool open;
    struct outbox_message *v = arena_new_array(j->arena, struct outbox_message, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        v[i] = (struct outbox_message) {
            .id = rows.v[i].id, .tries = rows.v[i].tries, .row = &rows.v[i], .number = STR(""), .why = STR("")
        };
    return outbox_send(j, &notices_outbox, &s, v, rows.n, &open, e);
}

int notices_send_job(struct job_run *j, struct err *e)
{
    const struct notices_state *s = notices_state(j->app);
    return (s->sms.n && send_channel(j, NOTICE_SMS, e)) || (s->smtp.n && send_channel(j, NOTICE_EMAIL, e)) ? -1 : 0;
}

/* ---- what became of those that were sent ---- */

struct fate {
    int64_t id;
    struct instant now;
    struct str why;
    enum notice_state end;
};

static int end_write(struct tx *tx, void *arg, struct err *e)
{
    const struct fate *s = arg;
    tx_unaudited(tx, "what the carrier says of a message");
    return notice_out_end(
        tx, &(struct notice_out_end_in) { .id = s->id, .state = s->end, .reason = s->why, .changed_at = s->now }, NULL, e);
}

int notices_ask_job(struct job_run *j, struct err *e)
{
    const struct notices_state *s = notices_state(j->app);
    struct notice_out_asked_rows rows;
    struct dbr *r;
    struct notice_out_asked_in in = { .since = { j->now.us - ASK_DAYS * US_PER_DAY }, .most = A_TURN };
    if (!s->sms.n)
        return 0;
    if (db_read_in(j->db, j->arena, &r, e))
        return -1;
    int result = notice_out_asked(r, j->arena, &in, &rows, e);
    db_read_end(r);
    for (size_t i = 0; result == 0 && i < rows.n; i++) {
        bool delivered = false;
        struct fate fate = { .id = rows.v[i].id, .now = j->now, .why = STR("") };
        if (!notice_sms_ask(j->arena, s->sms, rows.v[i].carrier_no, &delivered, &fate.why))
            continue;
        fate.end = delivered ? NOTICE_DELIVERED : NOTICE_FAILED;
        if (delivered)
            fate.why = STR("");
        result = db_write_in(j->db, j->arena, end_write, &fate, e);
    }
    return result;
}
