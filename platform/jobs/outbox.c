/* outbox.c: hold, send, settle. */
#include "platform/jobs/outbox.h"

int64_t outbox_doubled_us(int64_t tries, int64_t first_s, int64_t most_s)
{
    int64_t s = first_s;
    for (int64_t i = 1; i < tries && s < most_s; i++)
        s *= 2;
    return (s < most_s ? s : most_s) * US_PER_SECOND;
}

struct holding {
    struct job_run *j;
    const struct outbox *o;
    struct outbox_message *v;
    size_t n;
};

static int hold_write(struct tx *tx, void *arg, struct err *e)
{
    struct holding *h = arg;
    struct instant until = { h->j->now.us + h->o->hold_us };
    tx_unaudited(tx, h->o->why_unaudited);
    for (size_t i = 0; i < h->n; i++)
        if (h->o->hold(tx, &h->v[i], h->j->now, until, &h->v[i].held, e))
            return -1;
    return 0;
}

int outbox_hold(struct job_run *j, const struct outbox *o, struct outbox_message *v, size_t n, struct err *e)
{
    return db_write_in(j->db, j->arena, hold_write, &(struct holding) { j, o, v, n }, e);
}

struct settling {
    struct job_run *j;
    const struct outbox *o;
    void *self;
    const struct outbox_message *v;
    size_t n;
};

static bool is_over(enum outbox_result r)
{
    return r == OUTBOX_TAKEN || r == OUTBOX_NEVER;
}

/* A message that has been tried often enough is given up. */
static int settle_one(struct tx *tx, const struct settling *s, const struct outbox_message *m, struct err *e)
{
    struct outbox_message ended = *m;
    int64_t wait = is_over(m->result) ? 0 : s->o->wait_us(s->self, m);
    if (wait == 0 && !is_over(m->result))
        ended.result = OUTBOX_NEVER;
    return s->o->settle(tx, s->self, &ended, s->j->now, (struct instant) { s->j->now.us + wait }, e);
}

static int settle_write(struct tx *tx, void *arg, struct err *e)
{
    const struct settling *s = arg;
    tx_unaudited(tx, s->o->why_unaudited);
    for (size_t i = 0; i < s->n; i++)
        if (s->v[i].held && settle_one(tx, s, &s->v[i], e))
            return -1;
    return 0;
}

int outbox_settle(struct job_run *j, const struct outbox *o, void *self, const struct outbox_message *v, size_t n, struct err *e)
{
    return db_write_in(j->db, j->arena, settle_write, &(struct settling) { j, o, self, v, n }, e);
}

/* *came: about how many the other side has answered. */
static int send_together(struct job_run *j, const struct outbox *o, void *self, struct outbox_message *v, size_t n, size_t *held,
                         size_t *came, struct err *e)
{
    struct outbox_message **ours = arena_new_array(j->arena, struct outbox_message *, n);
    *held = *came = 0;
    if (outbox_hold(j, o, v, n, e))
        return -1;
    for (size_t i = 0; i < n; i++)
        if (v[i].held)
            ours[(*held)++] = &v[i];
    if (*held == 0)
        return 0;
    o->send(j, self, ours, *held);
    for (size_t i = 0; i < *held; i++)
        *came += ours[i]->result != OUTBOX_AGAIN;
    return outbox_settle(j, o, self, v, n, e);
}

int outbox_send(struct job_run *j, const struct outbox *o, void *self, struct outbox_message *v, size_t n, bool *open,
                struct err *e)
{
    size_t most = o->at_once ? o->at_once : 1, held, came;
    *open = true;
    for (size_t i = 0; i < n && *open; i += most) {
        if (send_together(j, o, self, &v[i], n - i < most ? n - i : most, &held, &came, e))
            return -1;
        *open = held == 0 || came > 0;
    }
    return 0;
}
