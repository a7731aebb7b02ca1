/* tell.c: what happens to a case becomes a notice to its applicant. Events are read by cursor; each notice and the cursor behind it are one
 * transaction, so none is lost and none comes twice.
 */
#include "models/m01_essential_services/own.h"

#include "engines/notices/notices.h"

#define FOLLOWER STR("notices")
enum { EVENTS_A_TURN = 100 };

struct telling {
    struct arena *arena;
    struct notice_new notice; /* key empty: nothing to tell */
    int64_t cursor;
};

static int tell_write(struct tx *tx, void *arg, struct err *e)
{
    struct telling *t = arg;
    bool made;
    tx_unaudited(tx, "a notice of what is on the log already");
    return (t->notice.key.n && notice_put(tx, t->arena, &t->notice, &made, e)) || case_follower_set(tx, FOLLOWER, t->cursor, e)
               ? -1
               : 0;
}

/* Words of the applicant's own are not told back. */
static int is_from_officer(struct dbr *r, struct arena *a, int64_t id, bool *yes, struct err *e)
{
    struct case_messages all;
    if (case_messages_of(r, a, id, &all, e))
        return -1;
    *yes = all.n > 0 && !all.v[all.n - 1].from_citizen;
    return 0;
}

static struct str words_of(struct arena *a, const struct case_event *ev, const struct case_view *c, bool from_officer)
{
    const struct case_flow_state *state = case_state_named(c->flow, ev->state);
    if (str_eq(ev->kind, STR("submitted")) || str_eq(ev->kind, STR("moved")))
        return state ? state->label : c->state->label;
    if (str_eq(ev->kind, STR("message")) && from_officer)
        return STR("Cơ quan giải quyết nhắn cho bạn");
    if (str_eq(ev->kind, STR("answered")))
        return STR("Phản ánh của bạn đã được trả lời");
    if (str_eq(ev->kind, STR("paid")))
        return STR("Đã nhận phí");
    if (str_eq(ev->kind, STR("promised")) && c->has_promise)
        return str_fmt(a, "Xin lỗi và hẹn lại ngày %.*s", STR_ARG(day_vi(a, c->promised)));
    return STR("");
}

static int fill(const struct app *app, struct dbr *r, struct telling *t, const struct case_event *ev, struct err *e)
{
    struct case_view c;
    bool from_officer = false;
    t->cursor = ev->cursor;
    t->notice = (struct notice_new) { .key = STR("") };
    int got = case_by_id(app, r, t->arena, ev->case_id, &c, e);
    if (got != 1 || (str_eq(ev->kind, STR("message")) && is_from_officer(r, t->arena, c.id, &from_officer, e)))
        return got < 0 || got == 1 ? -1 : 0;
    struct str words = words_of(t->arena, ev, &c, from_officer);
    if (!c.account || !words.n)
        return 0;
    t->notice = (struct notice_new) {
        .account = c.account,
        .kind = STR("case"),
        .title = str_fmt(t->arena, "%.*s: %.*s", STR_ARG(c.service.name), STR_ARG(words)),
        .path = own_path(t->arena, &c),
        .text = str_fmt(t->arena, "Hồ sơ %.*s: %.*s.", STR_ARG(c.number_text), STR_ARG(words)),
        .subject = str_fmt(t->arena, "case/%.*s", STR_ARG(c.number_text)),
        .key = str_fmt(t->arena, "case/%lld/event/%lld", (long long)c.id, (long long)ev->cursor),
    };
    return 0;
}

int portal_tell_job(struct job_run *j, struct err *e)
{
    struct case_events events = { .n = 0 };
    struct dbr *r;
    int64_t after = 0;
    if (db_read_in(j->db, j->arena, &r, e))
        return -1;
    int result = case_follower_at(r, j->arena, FOLLOWER, &after, e) ||
                 case_events_after(r, j->arena, after, EVENTS_A_TURN, &events, e);
    struct telling *all = arena_new_array(j->arena, struct telling, events.n);
    for (size_t i = 0; result == 0 && i < events.n; i++) {
        all[i].arena = j->arena;
        result = fill(j->app, r, &all[i], &events.v[i], e);
    }
    db_read_end(r);
    for (size_t i = 0; result == 0 && i < events.n; i++)
        result = db_write_in(j->db, j->arena, tell_write, &all[i], e);
    return result ? -1 : 0;
}
