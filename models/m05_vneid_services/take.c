/* take.c: what VNeID tells of its citizens becomes acts on their cases. Each id is taken once, whatever comes twice, late or in another
 * order; what no longer fits is answered with why, and changes nothing.
 */
#include "models/m05_vneid_services/doors.h"

#include "base/json.h"

#define OUTCOME_DONE     STR("done")
#define OUTCOME_AGAIN    STR("again")    /* this id was taken before */
#define OUTCOME_UNKNOWN  STR("unknown")  /* no such case of this person's here */
#define OUTCOME_TOO_LATE STR("too_late") /* the case is past it, or not there yet */
#define OUTCOME_REFUSED  STR("refused")  /* the case does not take it: too many words in an hour, a fee that is not paid */

struct taking {
    struct upstream u;
    struct jwt token;
    struct vneid_tellings told;
    struct str outcomes[VNEID_TOLD_MAX];
};

int vneid_take_prepare(struct req *q, struct err *e)
{
    struct taking *w = arena_new(q->arena, struct taking);
    q->work = w;
    return vneid_posted_token(q, &w->u, &w->token, e) || vneid_told_read(q->arena, &w->u, &w->token, q->now, &w->told, e)
               ? -1
               : 0;
}

/* The case, when it came through VNeID and is this person's: applicant or filer. 1 0 -1 */
static int case_of(struct req *q, struct tx *tx, const struct vneid_told *t, struct case_view *c, struct err *e)
{
    struct case_number n;
    if (!case_number_parse(q->arena, t->number, &n))
        return 0;
    int got = case_by_number(q->app, tx_reader(tx), q->arena, &n, c, e);
    if (got != 1)
        return got;
    bool theirs = pid_eq(&c->pid, &t->pid) || pid_eq(&c->filer_pid, &t->pid);
    return c->channel == CASE_VNEID && theirs;
}

/* The move by which the applicant leaves this state on this errand; NULL: there is none (any more). */
static const struct case_flow_move *move_for(const struct case_view *c, enum vneid_told_kind kind)
{
    for (size_t i = 0; i < c->flow->n_moves; i++) {
        const struct case_flow_move *m = &c->flow->move[i];
        bool withdraws = c->flow->state[m->to].national == 7;
        if (m->citizen_may && case_move_leaves(c->flow, m, c->state) && withdraws == (kind == TOLD_WITHDRAW) &&
            (withdraws || c->owner == OWNER_CITIZEN))
            return m;
    }
    return NULL;
}

/* A refusal that says something about this event alone; everything else is ours, and the whole is tried again. */
static bool is_of_the_event(const struct err *why)
{
    return why->code == ERR_INPUT || why->code == ERR_FORM || why->code == ERR_CONFLICT || why->code == ERR_RATE ||
           why->code == ERR_FORBIDDEN;
}

/* Words, then the move that they go with. What may refuse does so before anything is written: a refused event leaves nothing. */
static int move_with(struct req *q, struct tx *tx, const struct case_view *c, const struct vneid_told *t,
                     const struct case_flow_move *m, struct err *e)
{
    struct case_by by = case_by_system(q->app, q->arena, STR("VNeID"));
    struct case_moving moving;
    struct case_moved moved;
    struct case_move_in in = {
        .id = c->id, .revision = c->revision, .move = m->id, .reason = t->words.n ? t->words : STR("Người dân gửi từ VNeID")
    };
    bool says = t->kind == TOLD_SUPPLEMENT && t->words.n > 0;
    if (case_move_check(tx_reader(tx), &by, &in, &moving, e) || (says && case_say(tx, &by, c->id, true, t->words, e)))
        return -1;
    if (case_move(tx, &by, &moving, &moved, e)) {
        if (e)
            e->code = ERR_INTERNAL; /* something has been written: nothing of this request is kept */
        return -1;
    }
    return 0;
}

static int act(struct req *q, struct tx *tx, const struct vneid_told *t, struct str *outcome, struct err *e)
{
    struct case_view c;
    struct err why = { 0 };
    int got = case_of(q, tx, t, &c, e);
    if (got != 1) {
        *outcome = OUTCOME_UNKNOWN;
        return got;
    }
    *outcome = OUTCOME_DONE;
    if (t->kind == TOLD_READ)
        return vneid_out_read(tx, &(struct vneid_out_read_in) { .read_at = t->at, .said_as = t->of }, NULL, e);
    const struct case_flow_move *m = move_for(&c, t->kind);
    if (!m) {
        *outcome = OUTCOME_TOO_LATE;
        return 0;
    }
    if (move_with(q, tx, &c, t, m, &why) == 0)
        return 0;
    *outcome = OUTCOME_REFUSED;
    if (is_of_the_event(&why))
        return 0;
    *e = why;
    return -1;
}

static int take_one(struct req *q, struct tx *tx, const struct taking *w, const struct vneid_told *t, struct str *outcome,
                    struct err *e)
{
    struct vneid_in_row_row before;
    int there = vneid_in_row(tx_reader(tx), q->arena, &(struct vneid_in_row_in) { .said_as = t->id }, &before, e);
    if (there != 0) {
        *outcome = OUTCOME_AGAIN;
        return there < 0 ? -1 : 0;
    }
    if (act(q, tx, t, outcome, e) < 0)
        return -1;
    struct vneid_in_insert_in in = { .said_as = t->id,
                                     .kind = vneid_told_name(t->kind),
                                     .number = t->number,
                                     .at = t->at,
                                     .taken_at = tx_now(tx),
                                     .outcome = *outcome,
                                     .mode = w->u.mode };
    return vneid_in_insert(tx, &in, NULL, e);
}

int vneid_take_write(struct req *q, struct tx *tx, struct err *e)
{
    struct taking *w = q->work;
    struct audit_record rec = audit_of(q, STR("vneid.told"));
    for (size_t i = 0; i < w->told.n; i++)
        if (take_one(q, tx, w, &w->told.v[i], &w->outcomes[i], e))
            return -1;
    rec.account_name = STR("VNeID");
    rec.object = str_fmt(q->arena, "vneid/%zu", w->told.n);
    rec.mode = w->u.mode;
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int vneid_take_reply(struct req *q, struct res *s, struct err *e)
{
    const struct taking *w = q->work;
    struct json_out j;
    (void)e;
    s->type = STR("application/json");
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    json_out_init(&j, &s->body);
    json_out_open(&j);
    json_out_array(&j, "results");
    for (size_t i = 0; i < w->told.n; i++) {
        json_out_item_object(&j);
        json_out_str(&j, "id", w->told.v[i].id);
        json_out_str(&j, "outcome", w->outcomes[i]);
        json_out_end(&j);
    }
    json_out_end(&j);
    json_out_end(&j);
    return 0;
}
