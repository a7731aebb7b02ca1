/* part.c: parts begin and end, and the accounts of whom they concern hear of it in the same transaction. */
#include "engines/organisations/inside.h"

#include "engines/accounts/accounts.h"
#include "engines/people/people.h"

#define REGISTER "organisations"

enum { PARTS_MOST = 100 }; /* of one person at a time: as many as parts_of_person reads, so that none is overlooked */

static struct day earlier(struct day a, struct day b)
{
    return a.n < b.n ? a : b;
}

static struct capacity capacity_of(struct arena *a, const struct parts_of_person_row *row)
{
    bool head = part_of_word(row->part) == PART_REPRESENTATIVE;
    return (struct capacity){ .role = head ? STR(ROLE_HEAD) : STR(ROLE_AGENT),
                              .source = str_fmt(a, REGISTER ".part/%lld", (long long)row->id),
                              .behalf = row->name,
                              .scope = head ? STR_NONE : row->scope,
                              .organisation = row->organisation,
                              .from = row->from_day,
                              .until = earlier(row->until_day, row->until) };
}

static int capacities_read(struct tx *tx, struct arena *a, int64_t person, struct capacity **out, size_t *n, struct err *e)
{
    struct parts_of_person_rows rows;
    struct parts_of_person_in in = { .person = person, .today = instant_day(tx_now(tx)) };
    if (parts_of_person(tx_reader(tx), a, &in, &rows, e) != 0)
        return -1;
    *out = arena_new_array(a, struct capacity, rows.n);
    *n = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        (*out)[i] = capacity_of(a, &rows.v[i]);
    return 0;
}

int organisations_tell_accounts(struct tx *tx, struct arena *a, int64_t person, struct err *e)
{
    struct capacity *all;
    size_t n;
    struct person who;
    int found = person_by_id(tx_reader(tx), a, person, &who, e);
    if (found <= 0)
        return found;
    return capacities_read(tx, a, person, &all, &n, e) != 0
               ? -1
               : capacities_set_person(tx, a, who.pid, STR(REGISTER), all, n, e);
}

/* Somebody signs in: an account made after the appointment has its parts from now on. */
int organisations_session_rule(struct req *q, struct tx *tx, const struct proof *shown, struct session_limits *out, struct err *e)
{
    struct account account;
    struct capacity *all;
    size_t n;
    (void)out;
    int found = account_find(tx_reader(tx), q->arena, shown->account, &account, e);
    if (found <= 0 || account.person == 0)
        return found < 0 ? -1 : 0;
    return capacities_read(tx, q->arena, account.person, &all, &n, e) != 0
               ? -1
               : capacities_set(tx, q->arena, account.id, STR(REGISTER), all, n, e);
}

static int refuse_meeting(struct tx *tx, struct arena *a, const struct part_new *in, struct err *e)
{
    struct part_meeting_row row;
    struct part_meeting_in meets = { .organisation = in->organisation, .person = in->person, .part = part_word(in->part),
                                     .from = in->from, .until = in->until };
    int found = part_meeting(tx_reader(tx), a, &meets, &row, e);
    if (found <= 0)
        return found;
    return ERR_SAY(e, ERR_CONFLICT,
                   MSGS("Người này đã được cử cho tổ chức trong khoảng ngày ấy. Xin thu hồi lần cử trước, hoặc chọn ngày khác."),
                   "part %lld meets these days", (long long)row.id);
}

/* Every part is a hat to choose among; beyond so many nobody would find the right one. */
static int refuse_too_many(struct tx *tx, struct arena *a, const struct part_new *in, struct err *e)
{
    struct parts_of_person_rows rows;
    struct parts_of_person_in of = { .person = in->person, .today = instant_day(tx_now(tx)) };
    if (parts_of_person(tx_reader(tx), a, &of, &rows, e) != 0)
        return -1;
    return rows.n < PARTS_MOST
               ? 0
               : ERR_SAY(e, ERR_CONFLICT, MSGS("Người này đang làm việc thay 100 tổ chức, không thể nhận thêm. Xin cử người khác."),
                         "person %lld has %zu parts", (long long)in->person, rows.n);
}

int organisation_part_give(struct tx *tx, struct arena *a, const struct part_new *in, int64_t *id, struct err *e)
{
    struct part_insert_in row = { .organisation = in->organisation, .person = in->person, .name = in->name,
                                  .part = part_word(in->part), .scope = str_or_empty(in->scope), .from_day = in->from,
                                  .until_day = in->until, .basis = in->basis, .given_name = in->given_name,
                                  .given_at = tx_now(tx) };
    if (refuse_meeting(tx, a, in, e) != 0 || refuse_too_many(tx, a, in, e) != 0 || part_insert(tx, &row, id, e) != 0)
        return -1;
    return organisations_tell_accounts(tx, a, in->person, e);
}

static int end_part(struct tx *tx, struct arena *a, int64_t organisation, int64_t part, int64_t person, struct err *e)
{
    struct part_end_in end = { .until_day = instant_day(tx_now(tx)), .id = part, .organisation = organisation };
    return part_end(tx, &end, NULL, e) != 0 ? -1 : organisations_tell_accounts(tx, a, person, e);
}

int organisation_agent_end(struct tx *tx, struct arena *a, int64_t organisation, int64_t part, struct err *e)
{
    struct part_of_organisation_row row;
    struct part_of_organisation_in find = { .id = part, .organisation = organisation };
    int found = part_of_organisation(tx_reader(tx), a, &find, &row, e);
    if (found < 0)
        return -1;
    if (found == 0 || row.until_day.n <= instant_day(tx_now(tx)).n || part_of_word(row.part) != PART_AGENT)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Tổ chức này không có người được cử ấy, hoặc việc cử đã kết thúc."), "part %lld",
                       (long long)part);
    return end_part(tx, a, organisation, part, row.person, e);
}

/* All parts that are in force or to come, or the representatives' only. */
static int end_parts(struct tx *tx, struct arena *a, int64_t organisation, bool heads_only, struct err *e)
{
    struct parts_of_organisation_rows rows;
    struct day today = instant_day(tx_now(tx));
    struct parts_of_organisation_in in = { .organisation = organisation, .since = today };
    if (parts_of_organisation(tx_reader(tx), a, &in, &rows, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        bool wanted = !heads_only || part_of_word(rows.v[i].part) == PART_REPRESENTATIVE;
        if (wanted && rows.v[i].until_day.n > today.n && end_part(tx, a, organisation, rows.v[i].id, rows.v[i].person, e) != 0)
            return -1;
    }
    return 0;
}

int organisation_head_change(struct tx *tx, struct arena *a, const struct part_new *in, int64_t *id, struct err *e)
{
    return end_parts(tx, a, in->organisation, true, e) != 0 ? -1 : organisation_part_give(tx, a, in, id, e);
}

int organisation_close(struct tx *tx, struct arena *a, int64_t organisation, struct err *e)
{
    int64_t changed;
    struct organisation_end_in in = { .until = instant_day(tx_now(tx)), .id = organisation };
    if (organisation_end(tx, &in, &changed, e) != 0)
        return -1;
    if (changed == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Tổ chức này đã chấm dứt hoạt động."), "organisation %lld", (long long)organisation);
    return end_parts(tx, a, organisation, false, e);
}
