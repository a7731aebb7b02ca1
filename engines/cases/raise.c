/* raise.c: a case put before the head: an officer who cannot go on alone says why, whoever signs there answers. The turn stays. */
#include "engines/cases/inside.h"

#include "base/text.h"

enum { RAISE_WORDS = 1000, RAISE_LEAST = 5 };

static int find(struct tx *tx, const struct case_by *by, int64_t id, struct case_view *c, struct err *e)
{
    int got = case_by_id(by->app, tx_reader(tx), by->arena, id, c, e);
    return got == 1 ? 0 : got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "case %lld", (long long)id);
}

static int clean(const struct case_by *by, struct str in, struct str *out, struct err *e)
{
    if (text_clean(by->arena, str_trim(str_or_empty(in)), TEXT_MANY_LINES, RAISE_WORDS, out, e))
        return -1;
    return text_length(*out) >= RAISE_LEAST ? 0 : ERR_SAY(e, ERR_FORM, MSGS("Xin ghi rõ, ít nhất năm chữ."), "too few words");
}

int case_raise_to_head(struct tx *tx, const struct case_by *by, int64_t id, struct str reason, struct err *e)
{
    struct case_view c;
    struct case_raised_open_row open;
    int64_t made;
    if (find(tx, by, id, &c, e))
        return -1;
    if (!c.open)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Hồ sơ này đã giải quyết xong, không còn gì để báo lên."), "case is over");
    int got = case_raised_open(tx_reader(tx), by->arena, &(struct case_raised_open_in) { .case_id = id }, &open, e);
    if (got != 0)
        return got < 0 ? -1
                       : ERR_SAY(e, ERR_CONFLICT, MSGS("Hồ sơ này đã được báo lên và đang chờ lãnh đạo trả lời."), "raised already");
    struct case_raised_insert_in in = { .case_id = id,
                                        .unit = c.unit,
                                        .agency = str_or_empty(c.agency),
                                        .at = tx_now(tx),
                                        .account = by->record.account,
                                        .name = str_or_empty(by->record.account_name) };
    return clean(by, reason, &in.reason, e) || case_raised_insert(tx, &in, &made, e) ||
                   case_record_act(tx, by, &c, "cases.raised", STR_NONE, NULL, e)
               ? -1
               : 0;
}

int case_raise_answer(struct tx *tx, const struct case_by *by, int64_t id, struct str answer, struct err *e)
{
    struct case_view c;
    int64_t changed;
    struct case_raised_settle_in in = {
        .case_id = id, .settled_at = tx_now(tx), .settled_by = str_or_empty(by->record.account_name)
    };
    if (find(tx, by, id, &c, e) || clean(by, answer, &in.answer, e) || case_raised_settle(tx, &in, &changed, e))
        return -1;
    if (changed != 1)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Không có gì đang chờ lãnh đạo trả lời ở hồ sơ này."), "nothing raised");
    return case_record_act(tx, by, &c, "cases.raise_answered", STR_NONE, NULL, e);
}

int case_raises_of(struct dbr *r, struct arena *a, int64_t id, struct case_raises *out, struct err *e)
{
    struct case_raised_rows_rows rows;
    if (case_raised_rows(r, a, &(struct case_raised_rows_in) { .case_id = id }, &rows, e))
        return -1;
    *out = (struct case_raises) { arena_new_array(a, struct case_raise, rows.n), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        out->v[i] = (struct case_raise) { .id = rows.v[i].id,
                                          .name = rows.v[i].name,
                                          .reason = rows.v[i].reason,
                                          .at = rows.v[i].at,
                                          .settled_at = rows.v[i].has_settled_at ? rows.v[i].settled_at : (struct instant) { 0 },
                                          .settled_by = rows.v[i].settled_by,
                                          .answer = rows.v[i].answer };
    return 0;
}

int case_raises_at(struct dbr *r, struct arena *a, const struct case_queue_ask *ask, struct case_raises *out, struct err *e)
{
    struct case_raised_waiting_rows rows;
    struct case_raised_in_unit_in in = {
        .unit = ask->unit, .any = str_eq(str_or_empty(ask->agency), STR(CASE_ANY_AGENCY)), .agency = str_or_empty(ask->agency)
    };
    struct case_raised_in_agency_in by = { .agency = in.agency };
    bool of_unit = unit_code_str(&ask->unit).n > 0;
    if (of_unit ? case_raised_in_unit(r, a, &in, &rows, e) : case_raised_in_agency(r, a, &by, &rows, e))
        return -1;
    *out = (struct case_raises) { arena_new_array(a, struct case_raise, rows.n), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const struct case_raised_waiting_row *x = &rows.v[i];
        out->v[i] = (struct case_raise) { .id = x->case_id,
                                          .number = { x->organ, x->day, x->n },
                                          .service_name = x->service_name,
                                          .name = x->name,
                                          .reason = x->reason,
                                          .at = x->at };
    }
    return 0;
}
