/* move.c: one move of a case along its flow: state, clock, owner, paper, log, in one transaction. */
#include "engines/cases/inside.h"

#include "base/json.h"
#include "base/text.h"

/* ---- what the clock hears ---- */

/* Days of the service are kept with the start, so that a new catalogue changes nothing for what has begun. */
struct clock_event case_start_event(const struct cases_state *s, const struct case_service *service, struct instant at)
{
    const struct case_rule *rule = case_rule_on(s, instant_day(at));
    bool own_hour = service->days == 0 && service->same_day_before > 0;
    return (struct clock_event) { .kind = CLOCK_STARTED,
                                  .at = at,
                                  .days = service->days,
                                  .late_minute = own_hour ? service->same_day_before : rule->late_minute,
                                  .end_minute = rule->end_minute,
                                  .edition = s->calendar.editions };
}

static size_t events_of(const struct case_making *m, struct str to_agency, struct clock_event ev[2])
{
    static const enum clock_event_kind kinds[EFFECTS_] = { [EFFECT_START] = CLOCK_STARTED,
                                                           [EFFECT_STOP] = CLOCK_STOPPED,
                                                           [EFFECT_RESUME] = CLOCK_RESUMED,
                                                           [EFFECT_END] = CLOCK_ENDED };
    size_t n = 0;
    if (m->move->effect == EFFECT_START)
        ev[n++] = m->start;
    else if (m->move->effect != EFFECT_NONE)
        ev[n++] = (struct clock_event) { .kind = kinds[m->move->effect], .at = m->at, .stop = m->move->stop };
    if (m->move->share_days >= 0)
        ev[n++] = (struct clock_event) { .kind = CLOCK_HANDED, .at = m->at, .days = m->move->share_days, .who = to_agency };
    return n;
}

static int run_clock(const struct case_making *m, const struct case_view *c, struct str to_agency, struct case_clock *out,
                     struct err *e)
{
    struct case_clock_log log;
    struct clock_event ev[2];
    const struct work_calendar *cal = case_calendar(m->by->app);
    size_t n = events_of(m, to_agency, ev);
    if (case_clock_of(tx_reader(m->tx), m->by->arena, c->id, &log, e) || clock_run(cal, log.v, log.n, out, e))
        return -1;
    for (size_t i = 0; i < n; i++) {
        if (ev[i].at.us < out->last.us) /* another server's clock may be a little ahead */
            ev[i].at = out->last;
        if (clock_step(out, cal, &ev[i], e) || case_clock_put(m->tx, c->id, &ev[i], tx_now(m->tx), e))
            return -1;
    }
    return 0;
}

/* ---- the record ---- */

static bool is_open(const struct case_flow *f, const struct case_flow_state *s)
{
    for (size_t i = 0; i < f->n_moves; i++)
        if (case_move_leaves(f, &f->move[i], s))
            return true;
    return false;
}

struct case_record_move_in case_unmoved(const struct case_view *c)
{
    return (struct case_record_move_in) { .id = c->id,
                                          .seen = c->revision,
                                          .state = c->state->id,
                                          .owner = c->owner,
                                          .open = c->open,
                                          .function = c->function,
                                          .unit = c->unit,
                                          .agency = c->agency,
                                          .has_officer = c->officer != 0,
                                          .officer = c->officer,
                                          .officer_name = str_or_empty(c->officer_name),
                                          .has_received_at = c->received_at.us != 0,
                                          .received_at = c->received_at,
                                          .turn_at = c->made_at,
                                          .has_promised_on = c->has_promise,
                                          .promised_on = c->promised,
                                          .clock = c->clock,
                                          .stop = c->stop,
                                          .has_result_at = c->result_at.us != 0,
                                          .result_at = c->result_at };
}

/* In a chain the turn goes to whoever carries the next function. */
static int settle_holder(const struct case_making *m, const struct case_view *c, const struct case_flow_state *to,
                         struct case_record_move_in *row, struct err *e)
{
    const struct cases_state *s = cases_state(m->by->app);
    struct str function = to->function.n ? to->function : c->service.function;
    bool of_province = to->unit_level.n ? str_eq(to->unit_level, STR("province")) : unit_code_eq(&c->unit, &s->province);
    row->function = function;
    if (str_eq(function, c->function))
        return 0; /* whoever holds it keeps it: successions move it by an act of their own */
    return case_holder(s, tx_reader(m->tx), m->by->arena, function, of_province, instant_day(m->at), &row->agency, e);
}

static void show_row(const struct case_record_move_in *row, const struct case_flow_state *to, struct case_view *c)
{
    c->revision++;
    c->state = to;
    c->owner = to->owner;
    c->open = row->open;
    c->function = row->function;
    c->agency = row->agency;
    c->officer = row->has_officer ? row->officer : 0;
    c->officer_name = row->officer_name;
    c->clock = (enum clock_state)row->clock;
    c->stop = (enum clock_stop)row->stop;
    c->received_at = row->received_at;
    c->due = row->has_due_at ? row->due_at : (struct instant) { 0 };
    c->share_due = row->has_share_due_at ? row->share_due_at : (struct instant) { 0 };
    c->has_promise = row->has_promised_on;
    c->promised = row->promised_on;
    c->ended_at = row->has_ended_at ? row->ended_at : (struct instant) { 0 };
    c->on_time = row->has_on_time && row->on_time;
    c->result_at = row->has_result_at ? row->result_at : (struct instant) { 0 };
}

static int keep_row(const struct case_making *m, struct case_view *c, struct case_record_move_in *row,
                    const struct case_flow_state *to, struct err *e)
{
    int64_t changed;
    if (case_record_move(m->tx, row, &changed, e))
        return -1;
    if (changed != 1)
        return ERR(e, ERR_CONFLICT, "case %lld changed under way", (long long)c->id);
    show_row(row, to, c);
    return 0;
}

/* ---- what it leaves behind ---- */

static struct str move_detail(const struct case_making *m, const struct case_view *c, const struct case_flow_state *from)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, m->by->arena, 4096);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "due", c->due.us ? instant_iso(m->by->arena, c->due) : STR_NONE);
    json_out_str(&j, "from", from->id);
    json_out_str(&j, "move", m->move->id);
    json_out_int(&j, "revision", c->revision);
    json_out_str(&j, "to", c->state->id);
    json_out_end(&j);
    return buf_str(&b);
}

static int leave_traces(const struct case_making *m, const struct case_view *c, const struct case_flow_state *from,
                        struct case_moved *out, struct err *e)
{
    const struct audit_record *who = &m->by->record;
    struct case_step_insert_in step = { .case_id = c->id,
                                        .at = m->at,
                                        .move = m->move->id,
                                        .from_state = from->id,
                                        .to_state = c->state->id,
                                        .account = who->account,
                                        .name = str_or_empty(who->account_name),
                                        .role = str_or_empty(who->role),
                                        .agency = str_or_empty(c->agency),
                                        .reason = str_or_empty(m->reason) };
    int64_t id;
    if (case_record_act(m->tx, m->by, c, "cases.moved", move_detail(m, c, from), &out->audit_seq, e))
        return -1;
    step.audit = out->audit_seq;
    if (case_step_insert(m->tx, &step, &id, e) || case_tell(m->tx, out->audit_seq, c->id, "moved", c->state, m->move->id, e))
        return -1;
    if (m->move->paper == PAPER_NONE)
        return 0;
    return case_letter_put(m->tx, m->by, c, m->move->paper, m->words.n ? m->words : m->reason, c->promised, out->audit_seq,
                           &out->letter, e);
}

int case_make_move(const struct case_making *m, struct case_view *c, struct case_moved *out, struct err *e)
{
    const struct case_flow_state *from = c->state, *to = &c->flow->state[m->move->to];
    struct case_record_move_in row = case_unmoved(c);
    struct case_clock clock;
    row.state = to->id;
    row.owner = to->owner;
    row.open = is_open(c->flow, to);
    row.turn_at = m->at;
    if (settle_holder(m, c, to, &row, e) || run_clock(m, c, str_or_empty(row.agency), &clock, e))
        return -1;
    case_clock_show(&clock, &row);
    if (to->owner != c->owner || !str_eq(str_or_empty(row.agency), str_or_empty(c->agency))) {
        row.has_officer = false;
        row.officer_name = STR("");
    }
    if (to->national == 10 && !row.has_result_at) { /* "Đã trả kết quả" */
        row.has_result_at = true;
        row.result_at = m->at;
    }
    *out = (struct case_moved) { .state = to };
    if (keep_row(m, c, &row, to, e) || leave_traces(m, c, from, out, e))
        return -1;
    out->revision = c->revision;
    out->due = c->due;
    return 0;
}

/* ---- asked for by somebody ---- */

static int refuse_move(const struct case_view *c, const struct case_flow_move *m, struct err *e)
{
    if (!m || !case_move_leaves(c->flow, m, c->state))
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Từ trạng thái hiện nay của hồ sơ không làm được việc này. Xin xem lại hồ sơ."),
                       "no such move from %.*s", STR_ARG(c->state->id));
    return 0;
}

static int check_right(const struct case_by *by, const struct case_view *c, const struct case_flow_move *m, struct err *e)
{
    if (!by->q || case_may_work(by->q, c, m->role) || (m->citizen_may && case_may_work(by->q, c, OWNER_CITIZEN)))
        return 0;
    if (!case_may_read(by->q, c))
        return ERR(e, ERR_NOT_FOUND, "case %lld is not theirs", (long long)c->id);
    return ERR_SAY(e, ERR_FORBIDDEN, MSGS("Việc này thuộc người khác: chức năng hoặc địa bàn không phải của bạn."),
                   "move %.*s", STR_ARG(m->id));
}

/* NĐ 61/2018/NĐ-CP Điều 17: everything that is missing is asked for at once. So more papers are asked for one time in the whole life of
 * a case, whichever move does it, before or after it was received. */
static int check_once(struct dbr *r, struct arena *a, const struct case_view *c, const struct case_flow_move *m,
                      struct err *e)
{
    struct case_step_made_row made;
    struct case_letters_given_row given = { 0 };
    if (!m->once && m->paper != PAPER_SUPPLEMENT)
        return 0;
    if (case_step_made(r, a, &(struct case_step_made_in) { .case_id = c->id, .move = m->id }, &made, e) < 0 ||
        case_letters_given(r, a, &(struct case_letters_given_in) { .case_id = c->id, .kind = PAPER_SUPPLEMENT }, &given, e) <
            0)
        return -1;
    if (made.n == 0 && (given.n == 0 || m->paper != PAPER_SUPPLEMENT))
        return 0;
    return ERR_SAY(
        e, ERR_CONFLICT,
        MSGS("Việc này chỉ làm được một lần cho mỗi hồ sơ và đã làm rồi. Xin giải quyết theo những gì đang có, hoặc từ chối "
             "và nêu lý do."),
        "%.*s a second time", STR_ARG(m->id));
}

static int check_given(const struct case_view *c, const struct case_flow_move *m, const struct case_move_in *in,
                       struct err *e)
{
    if (m->reason && text_length(str_trim(str_or_empty(in->reason))) < 5 &&
        text_length(str_trim(str_or_empty(in->words))) < 5)
        return ERR_SAY(e, ERR_FORM, MSGS("Xin ghi lý do, ít nhất năm chữ."), "no reason");
    if (m->effect == EFFECT_RESUME && c->stop == CLOCK_STOP_PAYMENT && c->payment == CASE_UNPAID)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Phí của hồ sơ này chưa được trả. Xin thu phí rồi làm tiếp."), "unpaid");
    return 0;
}

int case_move_check(struct dbr *r, const struct case_by *by, const struct case_move_in *in, struct case_moving *out,
                    struct err *e)
{
    struct case_view c;
    int got = case_by_id(by->app, r, by->arena, in->id, &c, e);
    if (got != 1)
        return got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "case %lld", (long long)in->id);
    const struct case_flow_move *m = case_move_named(c.flow, in->move);
    if (by->q && !case_may_read(by->q, &c))
        return ERR(e, ERR_NOT_FOUND, "case %lld is not theirs", (long long)c.id);
    if (c.revision != in->revision)
        return case_was_changed(cases_state(by->app), r, by->arena, &c, e);
    if (refuse_move(&c, m, e) || check_right(by, &c, m, e) || check_once(r, by->arena, &c, m, e) ||
        check_given(&c, m, in, e))
        return -1;
    *out = (struct case_moving) { .seen = c, .move = m, .in = *in };
    return 0;
}

/* Received now, by the term that it was filed with. */
static int start_of(struct tx *tx, const struct case_by *by, const struct case_view *c, struct clock_event *ev,
                    struct err *e)
{
    struct case_term_row term;
    int got = case_term(tx_reader(tx), by->arena, &(struct case_term_in) { .id = c->id }, &term, e);
    if (got != 1)
        return got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "case %lld", (long long)c->id);
    struct case_service service = { .days = (int)term.days, .same_day_before = (int)term.same_day_before };
    *ev = case_start_event(cases_state(by->app), &service, tx_now(tx));
    return 0;
}

int case_move(struct tx *tx, const struct case_by *by, const struct case_moving *m, struct case_moved *out, struct err *e)
{
    struct case_view c;
    struct case_making making = {
        .tx = tx, .by = by, .move = m->move, .reason = m->in.reason, .words = m->in.words, .at = tx_now(tx)
    };
    int got = case_by_id(by->app, tx_reader(tx), by->arena, m->seen.id, &c, e);
    if (got != 1)
        return got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "case %lld", (long long)m->seen.id);
    if (c.revision != m->seen.revision)
        return case_was_changed(cases_state(by->app), tx_reader(tx), by->arena, &c, e);
    if (m->move->effect == EFFECT_START && start_of(tx, by, &c, &making.start, e))
        return -1;
    return case_make_move(&making, &c, out, e);
}
