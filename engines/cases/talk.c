/* talk.c: words between applicant and authority: messages, a rating, a complaint. */
#include "engines/cases/inside.h"

#include "base/text.h"

enum { WORDS_MAX = 2000, CITIZEN_MESSAGES_MAX = 50 };

static int clean(const struct case_by *by, struct str in, struct str *out, struct err *e)
{
    if (text_clean(by->arena, str_trim(str_or_empty(in)), TEXT_MANY_LINES, WORDS_MAX, out, e))
        return -1;
    return out->n ? 0 : ERR_SAY(e, ERR_FORM, MSGS("Xin ghi nội dung."), "no words");
}

static int find(struct tx *tx, const struct case_by *by, int64_t id, struct case_view *c, struct err *e)
{
    int got = case_by_id(by->app, tx_reader(tx), by->arena, id, c, e);
    return got == 1 ? 0 : got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "case %lld", (long long)id);
}

static int refuse_a_flood(struct tx *tx, const struct case_by *by, int64_t id, struct err *e)
{
    struct case_message_count_row count;
    if (case_message_count(tx_reader(tx), by->arena, &(struct case_message_count_in) { .case_id = id, .from_citizen = true },
                           &count, e) < 0)
        return -1;
    return count.n < CITIZEN_MESSAGES_MAX
               ? 0
               : ERR_SAY(e, ERR_RATE, MSGS("Hồ sơ này đã có quá nhiều tin nhắn. Xin gọi hoặc đến một cửa."), "%d messages",
                         CITIZEN_MESSAGES_MAX);
}

int case_say(struct tx *tx, const struct case_by *by, int64_t id, bool from_citizen, struct str body, struct err *e)
{
    struct case_view c;
    struct case_message_insert_in in = { .case_id = id,
                                         .at = tx_now(tx),
                                         .from_citizen = from_citizen,
                                         .account = by->record.account,
                                         .name = str_or_empty(by->record.account_name) };
    int64_t seq;
    if (find(tx, by, id, &c, e) || clean(by, body, &in.body, e) || (from_citizen && refuse_a_flood(tx, by, id, e)))
        return -1;
    return case_message_insert(tx, &in, NULL, e) || case_record_act(tx, by, &c, "cases.message", STR_NONE, &seq, e) ||
                   case_tell(tx, seq, id, "message", c.state, STR(""), e)
               ? -1
               : 0;
}

int case_messages_of(struct dbr *r, struct arena *a, int64_t id, struct case_messages *out, struct err *e)
{
    struct case_message_rows_rows rows;
    if (case_message_rows(r, a, &(struct case_message_rows_in) { .case_id = id }, &rows, e))
        return -1;
    *out = (struct case_messages) { arena_new_array(a, struct case_message, rows.n), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        out->v[i] = (struct case_message) { .id = rows.v[i].id,
                                            .at = rows.v[i].at,
                                            .seen_at = rows.v[i].has_seen_at ? rows.v[i].seen_at : (struct instant) { 0 },
                                            .from_citizen = rows.v[i].from_citizen,
                                            .name = rows.v[i].name,
                                            .body = rows.v[i].body };
    return 0;
}

/* Of the officer who had it, once the case is over; a later one replaces it. */
int case_rate(struct tx *tx, const struct case_by *by, int64_t id, int stars, struct str words, struct err *e)
{
    struct case_view c;
    struct case_rating_set_in in = { .case_id = id, .at = tx_now(tx), .stars = stars };
    int64_t seq;
    if (find(tx, by, id, &c, e))
        return -1;
    if (c.clock != CLOCK_OVER)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Hồ sơ chưa giải quyết xong nên chưa đánh giá được."), "rated before the end");
    if (stars < 1 || stars > 5)
        return ERR_SAY(e, ERR_FORM, MSGS("Xin chọn từ một đến năm sao."), "%d stars", stars);
    if (text_clean(by->arena, str_trim(str_or_empty(words)), TEXT_MANY_LINES, WORDS_MAX, &in.words, e))
        return -1;
    in.has_officer = c.officer != 0;
    in.officer = c.officer;
    return case_rating_set(tx, &in, NULL, e) || case_record_act(tx, by, &c, "cases.rated", STR_NONE, &seq, e) ? -1 : 0;
}

int case_complain(struct tx *tx, const struct case_by *by, int64_t id, struct str body, struct err *e)
{
    struct case_view c;
    struct case_complaint_insert_in in = { .case_id = id, .at = tx_now(tx) };
    int64_t seq, complaint;
    if (find(tx, by, id, &c, e) || clean(by, body, &in.body, e))
        return -1;
    in.name = c.filer_name.n ? c.filer_name : c.name;
    return case_complaint_insert(tx, &in, &complaint, e) ||
                   case_record_act(tx, by, &c, "cases.complained", STR_NONE, &seq, e) ||
                   case_tell(tx, seq, id, "complaint", c.state, STR(""), e)
               ? -1
               : 0;
}

int case_messages_seen(struct tx *tx, int64_t id, bool from_citizen, struct err *e)
{
    struct case_message_see_in in = { .case_id = id, .from_citizen = from_citizen, .seen_at = tx_now(tx) };
    return case_message_see(tx, &in, NULL, e);
}

int case_rating_of(struct dbr *r, struct arena *a, int64_t id, struct case_rating *out, struct err *e)
{
    struct case_rating_row_row row;
    int got = case_rating_row(r, a, &(struct case_rating_row_in) { .case_id = id }, &row, e);
    if (got == 1)
        *out = (struct case_rating) { row.at, (int)row.stars, row.words };
    return got;
}

int case_complaints_of(struct dbr *r, struct arena *a, int64_t id, struct case_complaints *out, struct err *e)
{
    struct case_complaint_rows_rows rows;
    if (case_complaint_rows(r, a, &(struct case_complaint_rows_in) { .case_id = id }, &rows, e))
        return -1;
    *out = (struct case_complaints) { arena_new_array(a, struct case_complaint, rows.n), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        out->v[i] = (struct case_complaint) { .id = rows.v[i].id,
                                              .at = rows.v[i].at,
                                              .answered_at =
                                                  rows.v[i].has_answered_at ? rows.v[i].answered_at : (struct instant) { 0 },
                                              .name = rows.v[i].name,
                                              .body = rows.v[i].body,
                                              .answer = rows.v[i].answer,
                                              .answered_by = rows.v[i].answered_by };
    return 0;
}

int case_answer_complaint(struct tx *tx, const struct case_by *by, int64_t id, int64_t complaint, struct str answer,
                          struct err *e)
{
    struct case_view c;
    struct case_complaint_answer_in in = {
        .id = complaint, .case_id = id, .answered_at = tx_now(tx), .answered_by = str_or_empty(by->record.account_name)
    };
    int64_t changed, seq;
    if (find(tx, by, id, &c, e) || clean(by, answer, &in.answer, e) || case_complaint_answer(tx, &in, &changed, e))
        return -1;
    if (changed != 1)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Phản ánh này đã được trả lời."), "complaint %lld", (long long)complaint);
    return case_record_act(tx, by, &c, "cases.answered", STR_NONE, &seq, e) ||
                   case_tell(tx, seq, id, "answered", c.state, STR(""), e)
               ? -1
               : 0;
}
