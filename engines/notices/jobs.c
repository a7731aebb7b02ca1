/* jobs.c: messages on their way. Each is taken in hand in one write, sent outside of any, and settled in another; who dies in
 * between leaves it to be sent again under the same number when the hold is over.
 */
#include "engines/notices/inside.h"

enum { A_TURN = 20, HOLD_US_MINUTES = 2, ASK_DAYS = 3 };

struct step {
    int64_t id;
    struct instant now, until;
    bool held;
    int result;
    bool quiet_ends;
    int64_t tries;
    struct str carrier_no, why;
    enum notice_state end;
};

static int hold_write(struct tx *tx, void *arg, struct err *e)
{
    struct step *s = arg;
    int64_t changed;
    tx_unaudited(tx, "a message on its way; what it is about is on the log");
    struct notice_out_hold_in in = { .id = s->id, .now = s->now, .until = s->until };
    if (notice_out_hold(tx, &in, &changed, e))
        return -1;
    s->held = changed == 1;
    return 0;
}

static int settle_write(struct tx *tx, void *arg, struct err *e)
{
    struct step *s = arg;
    int64_t wait = notice_wait_us(s->tries + 1);
    tx_unaudited(tx, "a message on its way; what it is about is on the log");
    if (s->result == 0)
        return notice_out_sent(tx, &(struct notice_out_sent_in) { .id = s->id, .carrier_no = s->carrier_no, .changed_at = s->now },
                               NULL, e);
    if (s->result < 0 || wait == 0)
        return notice_out_end(
            tx, &(struct notice_out_end_in) { .id = s->id, .state = NOTICE_FAILED, .reason = s->why, .changed_at = s->now }, NULL, e);
    return notice_out_again(
        tx, &(struct notice_out_again_in) { .id = s->id, .next_at = { s->now.us + wait }, .reason = s->why, .changed_at = s->now },
        NULL, e);
}

static int send_one(struct job_run *j, const struct notices_state *s, enum notice_channel channel,
                    const struct notice_out_due_row *row, struct err *e)
{
    struct step step = { .id = row->id,
                         .now = j->now,
                         .until = { j->now.us + HOLD_US_MINUTES * US_PER_MINUTE },
                         .tries = row->tries,
                         .carrier_no = STR(""),
                         .why = STR("") };
    struct notice_message m = { row->id, row->address, row->text };
    if (db_write(j->db, hold_write, &step, e))
        return -1;
    if (!step.held) /* another server has it */
        return 0;
    step.result = channel == NOTICE_SMS ? notice_sms_send(j->arena, s->sms, &m, &step.carrier_no, &step.why)
                                        : notice_mail_send(j->arena, s->smtp, s->from, &m, &step.why);
    return db_write(j->db, settle_write, &step, e);
}

static int send_channel(struct job_run *j, const struct notices_state *s, enum notice_channel channel, struct err *e)
{
    struct notice_out_due_rows rows;
    struct dbr *r;
    struct notice_out_due_in in = { .channel = channel, .now = j->now, .most = A_TURN };
    if (db_read_begin(j->db, &r, e))
        return -1;
    int result = notice_out_due(r, j->arena, &in, &rows, e);
    db_read_end(r);
    for (size_t i = 0; result == 0 && i < rows.n; i++)
        result = send_one(j, s, channel, &rows.v[i], e);
    return result;
}

int notices_send_job(struct job_run *j, struct err *e)
{
    const struct notices_state *s = notices_state(j->app);
    return (s->sms.n && send_channel(j, s, NOTICE_SMS, e)) || (s->smtp.n && send_channel(j, s, NOTICE_EMAIL, e)) ? -1 : 0;
}

/* ---- what became of those that were sent ---- */

static int end_write(struct tx *tx, void *arg, struct err *e)
{
    const struct step *s = arg;
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
    if (db_read_begin(j->db, &r, e))
        return -1;
    int result = notice_out_asked(r, j->arena, &in, &rows, e);
    db_read_end(r);
    for (size_t i = 0; result == 0 && i < rows.n; i++) {
        bool delivered = false;
        struct step step = { .id = rows.v[i].id, .now = j->now, .why = STR("") };
        if (!notice_sms_ask(j->arena, s->sms, rows.v[i].carrier_no, &delivered, &step.why))
            continue;
        step.end = delivered ? NOTICE_DELIVERED : NOTICE_FAILED;
        if (delivered)
            step.why = STR("");
        result = db_write(j->db, end_write, &step, e);
    }
    return result;
}
