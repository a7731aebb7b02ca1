/* looks.c: visits from phones that no longer fit: a person of the commune reads what was said and decides. Also the shell that a phone
 * opens without a network.
 */
#include "models/m22_digital_citizens/offline.h"

#include "gen/digital_citizens_pages.h"
#include "gen/digital_citizens_queries.h"

#include <string.h>

/* ---- the list ---- */

/* "17=away 18=no_phone" */
static int read_said(struct req *q, struct dbr *r, struct str said, visit_reasons *out, struct err *e)
{
    struct str rest = said, piece, person;
    while (rest.n > 0 && str_cut(&rest, ' ', &piece)) {
        struct visit_reason x = { .name = STR("") };
        struct resident who;
        if (!str_cut(&piece, '=', &person) || !str_to_i64(person, &x.person))
            return ERR(e, ERR_INTERNAL, "said: %.*s", STR_ARG(said));
        int got = resident_by_id(r, q->arena, x.person, instant_day(q->now), &who, e);
        if (got < 0)
            return -1;
        if (got == 1)
            x.name = who.name;
        x.reason = piece;
        *vec_push(q->arena, out) = x;
    }
    return 0;
}

int looks_get(struct req *q, struct res *s, struct err *e)
{
    struct looks_view v;
    struct digital_offline_looks_rows rows;
    struct dbr *r = req_read(q, e);
    memset(&v, 0, sizeof(v));
    if (!r || digital_offline_looks(r, q->arena, &rows, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        if (!req_may(q, DIGITAL_SETTLE, &rows.v[i].unit, 0))
            continue;
        struct look_line *line = vec_push(q->arena, &v.lines);
        line->row = rows.v[i];
        if (household_by_id(r, q->arena, rows.v[i].household, &line->at, e) < 0 ||
            read_said(q, r, rows.v[i].said, &line->said, e) != 0)
            return -1;
    }
    v.key = req_form_key(q);
    struct html h = res_html(q, s);
    digital_looks_page(&h, &v);
    return 0;
}

/* ---- the decision ---- */

static const struct choice look_choices[] = {
    { "record", MSG("Ghi cho những người còn ở hộ") },
    { "aside", MSG("Bỏ, không ghi") },
    { .value = NULL },
};
static const struct field look_fields[] = {
    { .name = "client", .type = FIELD_HIDDEN, .required = true, .max = 64, .label = MSG("Mã của máy") },
    { .name = "seq", .type = FIELD_INT, .required = true, .min = 0, .max = 2147483647, .label = MSG("Lần thứ") },
    { .name = "what", .type = FIELD_CHOICE, .required = true, .choices = look_choices, .label = MSG("Quyết định") },
    { .name = NULL },
};
const struct form look_form = { .name = "digital_look", .fields = look_fields };

struct looking {
    struct digital_offline_row_row row;
    struct visit_new visit;
    bool record;
};

static void keep_members(struct looking *w, const visit_reasons *said, const struct resident *people, size_t n, struct day today)
{
    for (size_t i = 0; i < said->n; i++)
        for (size_t k = 0; k < n; k++)
            if (people[k].id == said->v[i].person && !(people[k].has_died && people[k].died.n <= today.n) &&
                w->visit.n < VISIT_PEOPLE_MOST) {
                w->visit.v[w->visit.n].person = said->v[i].person;
                w->visit.v[w->visit.n++].reason = said->v[i].reason;
            }
}

int look_prepare(struct req *q, struct err *e)
{
    struct looking *w = arena_new(q->arena, struct looking);
    struct digital_offline_row_in key = { .client = req_form(q, "client"), .seq = req_form_int(q, "seq") };
    struct day today = instant_day(q->now);
    struct resident *people;
    visit_reasons said = { 0 };
    size_t n;
    struct dbr *r = req_read(q, e);
    q->work = w;
    int got = r ? digital_offline_row(r, q->arena, &key, &w->row, e) : -1;
    if (got < 0)
        return -1;
    if (got == 0 || !req_may(q, DIGITAL_SETTLE, &w->row.unit, 0))
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không có lần đến này trong địa bàn của bạn."), "offline visit");
    w->record = str_eq(req_form(q, "what"), STR("record"));
    w->visit = (struct visit_new) { .household = w->row.household,
                                    .unit = w->row.unit,
                                    .visited_on = instant_day(w->row.visited_at),
                                    .note = w->row.note,
                                    .by = w->row.recorded_by,
                                    .by_name = w->row.recorded_name,
                                    .offline = true };
    if (w->visit.visited_on.n > today.n)
        w->visit.visited_on = today;
    if (read_said(q, r, w->row.said, &said, e) != 0 ||
        household_members(r, q->arena, w->row.household, today, &people, &n, e) != 0)
        return -1;
    keep_members(w, &said, people, n, today);
    return 0;
}

/* Whoever decides has seen the household's visits: it is recorded as knowing the last one. */
static int record_it(struct req *q, struct tx *tx, struct looking *w, struct visit_recorded *done, struct err *e)
{
    struct digital_visit_last_row last;
    struct digital_visit_last_in in = { .household = w->row.household };
    struct audit_record who = audit_of(q, STR("digital.visited"));
    if (digital_visit_last(tx_reader(tx), q->arena, &in, &last, e) < 0)
        return -1;
    w->visit.seen_last = last.id;
    return visit_record(tx, q->arena, &w->visit, &who, done, e);
}

int look_write(struct req *q, struct tx *tx, struct err *e)
{
    struct looking *w = q->work;
    struct visit_recorded done = { 0 };
    int64_t changed;
    if (w->record && record_it(q, tx, w, &done, e) != 0)
        return -1;
    struct digital_offline_settle_in in = { .outcome = w->record ? OFFLINE_SETTLED : OFFLINE_SET_ASIDE,
                                            .has_visit = w->record,
                                            .visit = done.id,
                                            .settled_by = q->actor->account,
                                            .settled_at = tx_now(tx),
                                            .client = w->row.client,
                                            .seq = w->row.seq };
    if (digital_offline_settle(tx, &in, &changed, e) != 0)
        return -1;
    if (changed == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Lần đến này vừa có người khác xem. Xin xem lại danh sách."), "settled");
    struct audit_record rec = audit_of(q, STR("digital.offline_settled"));
    rec.unit = w->row.unit;
    rec.object = str_fmt(q->arena, "offline_visit/%.*s/%lld", STR_ARG(w->row.client), (long long)w->row.seq);
    rec.detail = w->record ? STR("{\"record\":true}") : STR("{\"record\":false}");
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int to_looks(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_redirect(s, STR("/digital-citizens/looks"));
}

/* ---- the shell on a phone ---- */

int offline_shell_get(struct req *q, struct res *s, struct err *e)
{
    struct offline_shell v = { .account = q->actor->login, .doors_href = STR("") };
    int64_t hamlet, page;
    (void)e;
    if (str_to_i64(req_query(q, "hamlet"), &hamlet) && hamlet > 0) {
        if (!str_to_i64(req_query(q, "page"), &page) || page < 1)
            page = 1;
        v.doors_href = str_fmt(q->arena, "/api/v1/digital-citizens/hamlets/%lld/doors?page=%lld", (long long)hamlet, (long long)page);
    }
    struct html h = res_html(q, s);
    digital_offline_page(&h, &v);
    return 0;
}
