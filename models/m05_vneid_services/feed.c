/* feed.c: what happens to a case that came through VNeID becomes a message to VNeID. Events are read by cursor; a message and the cursor
 * behind it are one transaction, so none is lost and none comes twice.
 */
#include "models/m05_vneid_services/vneid.h"

#include "platform/crypto/crypto.h"

#include <string.h>

enum { EVENTS_A_TURN = 500 };

struct feeding {
    const struct app *app;
    struct arena *arena;
    struct vneid_message *v; /* kind SAY_KINDS_: nothing to say */
    int64_t *case_ids;
    size_t n;
    int64_t cursor;
};

/* ---- at the door ---- */

static int put_message(struct tx *tx, struct arena *a, int64_t case_id, struct vneid_message *m, struct err *e)
{
    struct vneid_out_said_row said;
    struct vneid_case_next_row next;
    int there = vneid_out_said(tx_reader(tx), a, &(struct vneid_out_said_in) { .said_as = m->key }, &said, e);
    if (there != 0)
        return there < 0 ? -1 : 0;
    struct vneid_case_insert_in known = { .case_id = case_id, .number = m->number, .made_at = tx_now(tx), .mode = m->mode };
    if (vneid_case_insert(tx, &known, NULL, e) ||
        vneid_case_next(tx, a, &(struct vneid_case_next_in) { .case_id = case_id }, &next, e) != 1)
        return -1;
    m->sequence = next.sequence;
    struct vneid_out_insert_in in = { .case_id = case_id,
                                      .sequence = m->sequence,
                                      .said_as = m->key,
                                      .kind = vneid_kind_name(m->kind),
                                      .national = m->national,
                                      .result = m->result,
                                      .body = vneid_message_json(a, m),
                                      .at = m->at,
                                      .next_at = tx_now(tx),
                                      .mode = m->mode };
    return vneid_out_insert(tx, &in, NULL, e);
}

static int feed_write(struct tx *tx, void *arg, struct err *e)
{
    const struct feeding *f = arg;
    tx_unaudited(tx, "tells VNeID of what is on the log already");
    for (size_t i = 0; i < f->n; i++)
        if (f->v[i].kind != SAY_KINDS_ && put_message(tx, f->arena, f->case_ids[i], &f->v[i], e))
            return -1;
    return case_follower_set(tx, VNEID, f->cursor, e);
}

/* ---- what is said ---- */

int vneid_result_of(struct dbr *r, struct arena *a, int64_t case_id, struct str *hash, struct err *e)
{
    struct case_letters letters;
    *hash = STR("");
    if (case_letters_of(r, a, case_id, &letters, e))
        return -1;
    for (size_t i = 0; i < letters.n; i++)
        if (letters.v[i].kind == PAPER_RESULT) {
            struct hash32 h = sha256(letters.v[i].body);
            *hash = str_hex(a, h.b, sizeof h.b);
        }
    return 0;
}

static int is_from_officer(struct dbr *r, struct arena *a, int64_t id, bool *yes, struct err *e)
{
    struct case_messages all;
    if (case_messages_of(r, a, id, &all, e))
        return -1;
    *yes = all.n > 0 && !all.v[all.n - 1].from_citizen;
    return 0;
}

/* Kind and words of an event; SAY_KINDS_: of no interest there (the citizen's own words, papers). */
static enum vneid_kind kind_of(struct arena *a, const struct case_event *ev, const struct case_view *c, bool from_officer,
                               struct str *words)
{
    const struct case_flow_state *state = case_state_named(c->flow, ev->state);
    *words = state ? state->citizen : c->state->citizen;
    if (str_eq(ev->kind, STR("submitted")))
        return SAY_STATUS;
    if (str_eq(ev->kind, STR("moved")))
        return ev->national == 9 || ev->national == 10 ? SAY_RESULT : SAY_STATUS;
    if (str_eq(ev->kind, STR("paid"))) {
        *words = STR("Đã nhận phí");
        return SAY_PAYMENT;
    }
    if (str_eq(ev->kind, STR("promised")) && c->has_promise) {
        *words = str_fmt(a, "Xin lỗi và hẹn lại ngày %.*s", STR_ARG(day_vi(a, c->promised)));
        return SAY_NOTICE;
    }
    if (str_eq(ev->kind, STR("answered"))) {
        *words = STR("Cơ quan giải quyết đã trả lời phản ánh của bạn");
        return SAY_NOTICE;
    }
    if (str_eq(ev->kind, STR("message")) && from_officer) {
        *words = STR("Cơ quan giải quyết nhắn cho bạn");
        return SAY_NOTICE;
    }
    return SAY_KINDS_;
}

static struct vneid_message message_of(const struct app *app, struct arena *a, const struct case_view *c, int national,
                                       struct instant at)
{
    const struct vneid_state *there = vneid_state_on(vneid_channel(app), national, instant_day(at));
    return (struct vneid_message) { .national = national,
                                    .number = c->number_text,
                                    .theirs = there ? there->theirs : str_fmt(a, "%d", national),
                                    .result = STR(""),
                                    .mode = c->mode,
                                    .source = str_of(app->settings.base_url),
                                    .pid = c->filer_pid.v[0] ? c->filer_pid : c->pid,
                                    .at = at,
                                    .paid = c->paid };
}

static int fill(const struct feeding *f, struct dbr *r, const struct case_event *ev, struct vneid_message *m, struct err *e)
{
    struct case_view c;
    bool from_officer = false;
    struct str words;
    m->kind = SAY_KINDS_;
    int got = case_by_id(f->app, r, f->arena, ev->case_id, &c, e);
    if (got != 1 || c.channel != CASE_VNEID)
        return got < 0 ? -1 : 0;
    if (str_eq(ev->kind, STR("message")) && is_from_officer(r, f->arena, c.id, &from_officer, e))
        return -1;
    enum vneid_kind kind = kind_of(f->arena, ev, &c, from_officer, &words);
    if (kind == SAY_KINDS_)
        return 0;
    *m = message_of(f->app, f->arena, &c, ev->national, ev->at);
    m->kind = kind;
    m->words = words;
    m->key = str_fmt(f->arena, "case/%.*s/event/%lld", STR_ARG(c.number_text), (long long)ev->cursor);
    return kind == SAY_RESULT ? vneid_result_of(r, f->arena, c.id, &m->result, e) : 0;
}

/* *more: as many as a turn takes were there. */
static int feed_turn(struct job_run *j, bool *more, struct err *e)
{
    struct case_events events = { .n = 0 };
    struct dbr *r;
    int64_t after = 0;
    struct feeding f = { .app = j->app, .arena = arena_child(j->arena) };
    *more = false;
    if (db_read_in(j->db, j->arena, &r, e))
        return -1;
    int result =
        case_follower_at(r, f.arena, VNEID, &after, e) || case_events_after(r, f.arena, after, EVENTS_A_TURN, &events, e);
    f.n = events.n;
    f.v = arena_new_array(f.arena, struct vneid_message, events.n);
    f.case_ids = arena_new_array(f.arena, int64_t, events.n);
    for (size_t i = 0; result == 0 && i < events.n; i++) {
        f.case_ids[i] = events.v[i].case_id;
        f.cursor = events.v[i].cursor;
        result = fill(&f, r, &events.v[i], &f.v[i], e);
    }
    db_read_end(r);
    if (result == 0 && events.n > 0)
        result = db_write_in(j->db, j->arena, feed_write, &f, e);
    *more = events.n == EVENTS_A_TURN;
    arena_release(f.arena);
    return result ? -1 : 0;
}

int vneid_feed_job(struct job_run *j, struct err *e)
{
    bool more = true;
    while (more)
        if (feed_turn(j, &more, e))
            return -1;
    return 0;
}

int vneid_say_whole(struct tx *tx, const struct case_by *by, int64_t case_id, struct str key, struct err *e)
{
    struct case_view c;
    int got = case_by_id(by->app, tx_reader(tx), by->arena, case_id, &c, e);
    if (got != 1)
        return got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "case %lld", (long long)case_id);
    struct vneid_message m = message_of(by->app, by->arena, &c, c.state->national, tx_now(tx));
    m.kind = SAY_WHOLE;
    m.words = c.state->citizen;
    m.key = key;
    struct vneid_out_supersede_in waiting = { .answered_at = tx_now(tx), .case_id = case_id };
    return vneid_result_of(tx_reader(tx), by->arena, c.id, &m.result, e) || vneid_out_supersede(tx, &waiting, NULL, e) ||
                   put_message(tx, by->arena, c.id, &m, e)
               ? -1
               : 0;
}
