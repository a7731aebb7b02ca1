/* outbox.c: hold, send, settle. */
#include "platform/jobs/outbox.h"

struct together {
    struct job_run *j;
    const struct outbox *o;
    void *self;
    struct outbox_message *v;
    size_t n;
};

int64_t outbox_doubled_us(int64_t tries, int64_t first_s, int64_t most_s)
{
    int64_t s = first_s;
    for (int64_t i = 1; i < tries && s < most_s; i++)
        s *= 2;
    return (s < most_s ? s : most_s) * US_PER_SECOND;
}

static int hold_write(struct tx *tx, void *arg, struct err *e)
{
    struct together *t = arg;
    struct instant until = { t->j->now.us + t->o->hold_us };
    tx_unaudited(tx, t->o->why_unaudited);
    for (size_t i = 0; i < t->n; i++)
        if (t->o->hold(tx, &t->v[i], t->j->now, until, &t->v[i].held, e))
            return -1;
    return 0;
}

/* A message that has been tried often enough is given up. */
static int settle_one(struct tx *tx, const struct together *t, const struct outbox_message *m, struct err *e)
{
    struct outbox_message ended = *m;
    int64_t wait = t->o->wait_us(m->tries + 1);
    if ((m->result == OUTBOX_AGAIN || m->result == OUTBOX_LATER) && wait == 0)
        ended.result = OUTBOX_NEVER;
    return t->o->settle(tx, t->self, &ended, t->j->now, (struct instant) { t->j->now.us + wait }, e);
}

static int settle_write(struct tx *tx, void *arg, struct err *e)
{
    const struct together *t = arg;
    tx_unaudited(tx, t->o->why_unaudited);
    for (size_t i = 0; i < t->n; i++)
        if (t->v[i].held && settle_one(tx, t, &t->v[i], e))
            return -1;
    return 0;
}

/* *came: about how many the other side has answered. */
static int send_together(struct together *t, size_t *held, size_t *came, struct err *e)
{
    struct outbox_message **ours = arena_new_array(t->j->arena, struct outbox_message *, t->n);
    *held = *came = 0;
    if (db_write_in(t->j->db, t->j->arena, hold_write, t, e))
        return -1;
    for (size_t i = 0; i < t->n; i++)
        if (t->v[i].held)
            ours[(*held)++] = &t->v[i];
    if (*held == 0)
        return 0;
    t->o->send(t->j, t->self, ours, *held);
    for (size_t i = 0; i < *held; i++)
        *came += ours[i]->result != OUTBOX_AGAIN;
    return db_write_in(t->j->db, t->j->arena, settle_write, t, e);
}

int outbox_send(struct job_run *j, const struct outbox *o, void *self, struct outbox_message *v, size_t n, bool *open,
                struct err *e)
{
    size_t most = o->at_once ? o->at_once : 1, held, came;
    *open = true;
    for (size_t i = 0; i < n && *open; i += most) {
        struct together t = { j, o, self, &v[i], n - i < most ? n - i : most };
        if (send_together(&t, &held, &came, e))
            return -1;
        *open = held == 0 || came > 0;
    }
    return 0;
}
