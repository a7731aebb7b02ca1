/* doubles.c: two cases about one thing, until somebody has looked at them. */
#include "engines/cases/inside.h"

#include "base/text.h"

enum { WORDS_MAX = 500 };

int case_doubles_open(struct dbr *r, struct arena *a, struct instant since, struct case_double_list *out, struct err *e)
{
    struct case_double_rows_rows rows;
    if (case_double_rows(r, a, &(struct case_double_rows_in) { .since = since }, &rows, e))
        return -1;
    *out = (struct case_double_list) { arena_new_array(a, struct case_double, rows.n), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        out->v[i] = (struct case_double) { .id = rows.v[i].case_id,
                                           .other = rows.v[i].other,
                                           .found_at = rows.v[i].found_at,
                                           .other_number = { rows.v[i].organ, rows.v[i].day, rows.v[i].n },
                                           .other_name = rows.v[i].name };
    return 0;
}

int case_settle_double(struct tx *tx, const struct case_by *by, int64_t id, int64_t other, struct str words, struct err *e)
{
    struct case_view c;
    int64_t changed, seq;
    struct case_double_settle_in in = {
        .case_id = id, .other = other, .settled_at = tx_now(tx), .settled_by = str_or_empty(by->record.account_name)
    };
    int got = case_by_id(by->app, tx_reader(tx), by->arena, id, &c, e);
    if (got != 1)
        return got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "case %lld", (long long)id);
    if (text_clean(by->arena, str_trim(str_or_empty(words)), TEXT_ONE_LINE, WORDS_MAX, &in.words, e))
        return -1;
    if (in.words.n == 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Xin ghi đã giải quyết hồ sơ trùng này thế nào."), "no words");
    if (case_double_settle(tx, &in, &changed, e))
        return -1;
    if (changed != 1)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Cặp hồ sơ này đã có người giải quyết."), "settled before");
    return case_record_act(tx, by, &c, "cases.double_settled", STR_NONE, &seq, e);
}
