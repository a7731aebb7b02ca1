/* promise.c: acts on a case that are no step of its flow: the new day with an apology, who works on it, its fee. */
#include "engines/cases/inside.h"

/* The case as it is now, and as the actor saw it: 0, or a refusal. */
static int seen_case(struct tx *tx, const struct case_by *by, int64_t id, int64_t revision, struct case_view *c,
                     struct err *e)
{
    int got = case_by_id(by->app, tx_reader(tx), by->arena, id, c, e);
    if (got != 1)
        return got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "case %lld", (long long)id);
    return c->revision == revision ? 0 : case_was_changed(cases_state(by->app), tx_reader(tx), by->arena, c, e);
}

static int changed_one(int64_t changed, int64_t id, struct err *e)
{
    return changed == 1 ? 0 : ERR(e, ERR_CONFLICT, "case %lld changed under way", (long long)id);
}

/* NĐ 61/2018/NĐ-CP Điều 19 khoản 9: before the day is over, with a reason and an apology, and only once. */
static int check_promise(const struct case_by *by, const struct case_view *c, struct instant now, struct day promised,
                         struct str reason, struct err *e)
{
    const struct work_calendar *cal = case_calendar(by->app);
    if (str_trim(str_or_empty(reason)).n < 5)
        return ERR_SAY(e, ERR_FORM, MSGS("Xin ghi lý do hẹn lại."), "no reason");
    if (!calendar_works(cal, cal->editions, promised))
        return ERR_SAY(e, ERR_FORM, MSGS("Ngày hẹn lại là ngày nghỉ. Xin chọn một ngày làm việc."), "promised on a day off");
    if (promised.n < instant_day(now).n || (c->due.us && promised.n > instant_day(c->due).n + CLOCK_DAYS_MAX))
        return ERR_SAY(e, ERR_FORM, MSGS("Ngày hẹn lại không được ở quá khứ hoặc quá xa."), "promised day");
    return 0;
}

int case_promise(struct tx *tx, const struct case_by *by, int64_t id, int64_t revision, struct day promised,
                 struct str reason, struct case_moved *out, struct err *e)
{
    struct case_view c;
    struct case_clock_log log;
    struct case_clock clock;
    struct clock_event ev = { .kind = CLOCK_PROMISED, .at = tx_now(tx), .promised = promised };
    const struct work_calendar *cal = case_calendar(by->app);
    struct case_moved moved = { 0 };
    int64_t changed;
    if (seen_case(tx, by, id, revision, &c, e) || check_promise(by, &c, ev.at, promised, reason, e) ||
        case_clock_of(tx_reader(tx), by->arena, id, &log, e) || clock_run(cal, log.v, log.n, &clock, e))
        return -1;
    if (ev.at.us < clock.last.us)
        ev.at = clock.last;
    struct case_record_move_in row = case_unmoved(&c);
    if (clock_step(&clock, cal, &ev, e) || case_clock_put(tx, id, &ev, tx_now(tx), e))
        return -1;
    case_clock_show(&clock, &row);
    if (case_record_move(tx, &row, &changed, e) || changed_one(changed, id, e))
        return -1;
    c.has_promise = true;
    c.promised = promised;
    if (case_record_act(tx, by, &c, "cases.promised", STR_NONE, &moved.audit_seq, e) ||
        case_letter_put(tx, by, &c, PAPER_APOLOGY, reason, promised, moved.audit_seq, &moved.letter, e) ||
        case_tell(tx, moved.audit_seq, id, "promised", c.state, STR(""), e))
        return -1;
    moved.revision = revision + 1;
    moved.state = c.state;
    moved.due = c.due;
    *out = moved;
    return 0;
}

int case_assign(struct tx *tx, const struct case_by *by, int64_t id, int64_t revision, int64_t officer,
                struct str officer_name, struct err *e)
{
    struct case_view c;
    int64_t changed, seq;
    struct case_record_assign_in in = { .id = id,
                                        .seen = revision,
                                        .has_officer = officer != 0,
                                        .officer = officer,
                                        .officer_name = str_or_empty(officer_name) };
    return seen_case(tx, by, id, revision, &c, e) || case_record_assign(tx, &in, &changed, e) ||
                   changed_one(changed, id, e) || case_record_act(tx, by, &c, "cases.assigned", STR_NONE, &seq, e)
               ? -1
               : 0;
}

/* ---- the fee ---- */

int case_pay(struct tx *tx, const struct case_by *by, int64_t id, struct money sum, struct str receipt, struct err *e)
{
    struct case_view c;
    int64_t changed, seq;
    struct case_by with = *by;
    int got = case_by_id(by->app, tx_reader(tx), by->arena, id, &c, e);
    if (got != 1)
        return got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "case %lld", (long long)id);
    if (c.payment != CASE_UNPAID)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Hồ sơ này không còn phí phải trả."), "payment %d", (int)c.payment);
    if (sum.dong != c.fee.dong)
        return ERR_SAY(e, ERR_FORM, MSGS("Số tiền không bằng phí của hồ sơ. Xin thu đúng số phí đã báo."), "%lld of %lld",
                       (long long)sum.dong, (long long)c.fee.dong);
    struct case_record_pay_in in = { .id = id, .seen = c.revision, .paid = sum, .payment = CASE_PAID };
    with.record.purpose = str_fmt(by->arena, "Biên lai %.*s", STR_ARG(receipt));
    return case_record_pay(tx, &in, &changed, e) || changed_one(changed, id, e) ||
                   case_record_act(tx, &with, &c, "cases.paid", STR_NONE, &seq, e) ||
                   case_tell(tx, seq, id, "paid", c.state, STR(""), e)
               ? -1
               : 0;
}

int case_fees_of(struct dbr *r, struct arena *a, int64_t id, struct case_fee_line **out, size_t *n, struct err *e)
{
    struct case_fee_line_rows rows;
    if (case_fee_rows(r, a, &(struct case_fee_rows_in) { .case_id = id }, &rows, e))
        return -1;
    *out = rows.v;
    *n = rows.n;
    return 0;
}
