/* declare.c: one to sixty guests become a declaration with a receipt, in one transaction: the audit record that is the
 * receipt, the declaration, its guests (queued for the dispatcher), and one record for each guest whose register entry
 * it touches.
 */
#include "engines/stays/stays_internal.h"

#include "base/json.h"
#include "base/text.h"

#include <string.h>

/* A guest on the way to being declared: fresh, or a draft that is a row already. */
struct declared {
    const struct stay_guest_in *fresh;
    const struct stay_drafts_row *draft;
    struct instant due;
    bool late;
    struct str late_cause;
    int64_t person;
};

struct declaring {
    struct tx *tx;
    struct arena *arena;
    const struct req *q;
    const struct stay_declaration *d;
    struct declared *all;
    size_t n;
    int64_t month, n_in_month;
    struct stay_receipt receipt;
};

struct str stay_receipt_detail(struct arena *a, const struct stay_receipt *r)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, a, 1024);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_int(&j, "guests", r->guests);
    json_out_int(&j, "late", r->late);
    json_out_str(&j, "number", r->number);
    json_out_end(&j);
    ASSERT(!b.full);
    return buf_str(&b);
}

static struct instant due_of(const struct req *q, struct instant arrival)
{
    return stay_due(stay_clock_rule_on(q->app, instant_day(arrival)), arrival);
}

static const struct stay_drafts_row *draft_by_id(const struct stay_drafts_rows *drafts, int64_t id)
{
    for (size_t i = 0; i < drafts->n; i++)
        if (drafts->v[i].id == id)
            return &drafts->v[i];
    return NULL;
}

static int gather_drafts(struct declaring *w, struct err *e)
{
    struct stay_drafts_rows *drafts = arena_new(w->arena, struct stay_drafts_rows);
    struct stay_drafts_in in = { .facility = w->d->facility->id };
    if (stay_drafts(tx_reader(w->tx), w->arena, &in, drafts, e) != 0)
        return -1;
    for (size_t i = 0; i < w->d->n_drafts; i++) {
        const struct stay_drafts_row *row = draft_by_id(drafts, w->d->drafts[i]);
        if (!row)
            return ERR_SAY(e, ERR_CONFLICT,
                           MSGS("Có khách trong danh sách vừa được người khác gửi hoặc xoá. Xin xem lại danh sách rồi gửi."),
                           "draft %lld is gone", (long long)w->d->drafts[i]);
        w->all[w->n++] = (struct declared){ .draft = row, .due = row->due_at,
                                            .late_cause = str_or_empty(row->late_cause), .person = row->person };
    }
    return 0;
}

static int gather(struct declaring *w, struct err *e)
{
    const struct stay_declaration *d = w->d;
    size_t n = d->n_guests + d->n_drafts;
    if (!d->facility->open)
        return ERR_SAY(e, ERR_FORBIDDEN, MSGS("Cơ sở này đã ngừng hoạt động, không khai báo được."), "facility closed");
    if (n == 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Chưa có khách nào để gửi."), "no guest");
    if (n > STAY_GUESTS_MAX)
        return ERR_SAY(e, ERR_FORM, MSGS("Mỗi lần gửi tối đa 60 khách. Xin chia thành nhiều lần."), "%zu guests", n);
    if (stay_refuse_twice(w->arena, w->q, d->guests, d->n_guests, e) != 0)
        return -1;
    w->all = arena_new_array(w->arena, struct declared, n);
    if (d->n_drafts > 0 && gather_drafts(w, e) != 0)
        return -1;
    for (size_t i = 0; i < d->n_guests; i++)
        w->all[w->n++] = (struct declared){ .fresh = &d->guests[i], .due = due_of(w->q, d->guests[i].arrives),
                                            .late_cause = str_or_empty(d->guests[i].late_cause), .person = d->guests[i].person };
    return 0;
}

static int settle_lateness(struct declaring *w, struct err *e)
{
    for (size_t i = 0; i < w->n; i++) {
        struct declared *g = &w->all[i];
        g->late = tx_now(w->tx).us > g->due.us;
        if (!g->late)
            continue;
        w->receipt.late++;
        if (g->late_cause.n == 0)
            g->late_cause = str_or_empty(w->d->late_cause);
        if (g->late_cause.n == 0)
            return ERR_SAY(e, ERR_FORM, MSGS("Có khách đã quá hạn khai báo. Xin ghi lý do muộn rồi gửi."), "late without a cause");
    }
    return 0;
}

struct str stay_number(struct arena *a, int64_t facility, int64_t month, int64_t n)
{
    return str_fmt(a, "LT-67-%06lld-%04lld-%06lld", (long long)facility, (long long)(month % 10000), (long long)n);
}

static int number_receipt(struct declaring *w, struct err *e)
{
    int y, m, d;
    struct stay_last_number_row last;
    struct stay_receipt *r = &w->receipt;
    const struct facility *f = w->d->facility;
    r->at = tx_now(w->tx);
    day_to_ymd(instant_day(r->at), &y, &m, &d);
    w->month = y * 100 + m;
    struct stay_last_number_in in = { .facility = f->id, .month = w->month };
    if (stay_last_number(tx_reader(w->tx), w->arena, &in, &last, e) < 0)
        return -1;
    w->n_in_month = last.n + 1;
    r->number = stay_number(w->arena, f->id, w->month, w->n_in_month);
    r->facility = f->id;
    r->facility_name = f->name;
    r->unit = f->unit;
    r->guests = (int64_t)w->n;
    r->mode = str_of(w->q->app->settings.mode);
    return 0;
}

static struct audit_record record_of(const struct declaring *w, struct str action)
{
    struct audit_record rec = audit_of(w->q, action);
    rec.facility = w->receipt.facility;
    rec.facility_name = w->receipt.facility_name;
    rec.unit = w->receipt.unit;
    rec.object = str_fmt(w->arena, "stay/%.*s", STR_ARG(w->receipt.number));
    return rec;
}

static void about_person(struct audit_record *rec, int64_t person)
{
    rec->subject = person;
    rec->purpose = MSGS("Thông báo lưu trú");
}

/* The receipt's record. A lone guest's own record is this one. */
static int record_receipt(struct declaring *w, struct err *e)
{
    struct audit_record rec = record_of(w, STR("stays.declared"));
    rec.detail = stay_receipt_detail(w->arena, &w->receipt);
    if (w->n == 1 && w->all[0].person != 0)
        about_person(&rec, w->all[0].person);
    return audit_write(w->tx, w->arena, &rec, &w->receipt.audit_seq, e);
}

static int record_guests(struct declaring *w, struct err *e)
{
    for (size_t i = 0; w->n > 1 && i < w->n; i++) {
        if (w->all[i].person == 0)
            continue;
        struct audit_record rec = record_of(w, STR("stays.guest_declared"));
        about_person(&rec, w->all[i].person);
        if (audit_write(w->tx, w->arena, &rec, NULL, e) != 0)
            return -1;
    }
    return 0;
}

static int keep_declaration(struct declaring *w, struct err *e)
{
    const struct stay_receipt *r = &w->receipt;
    struct stay_declaration_insert_in in = { .facility = r->facility, .month = w->month, .n = w->n_in_month, .made_at = r->at,
                                             .account = w->q->actor->account, .guests = r->guests, .late = r->late,
                                             .audit = r->audit_seq, .mode = r->mode };
    return stay_declaration_insert(w->tx, &in, &w->receipt.declaration, e);
}

struct stay_guest_insert_in stay_guest_row(struct tx *tx, const struct req *q, const struct facility *f,
                                           const struct stay_guest_in *g)
{
    const struct identity_read *id = &g->id;
    return (struct stay_guest_insert_in){
        .facility = f->id, .unit = f->unit, .state = STAY_DRAFT,
        .source = id->source, .level = id->level, .has_raw = id->source != SOURCE_TYPED, .raw = id->raw,
        .pid = id->pid, .document = str_or_empty(id->document), .name = id->name, .name_key = id->name_key,
        .born = id->born, .sex = id->sex, .nationality = id->nationality, .address = str_or_empty(id->address),
        .is_child = g->is_child, .guardian = str_or_empty(g->guardian), .room = str_or_empty(g->room), .reason = str_or_empty(g->reason),
        .arrives_at = g->arrives, .leaves_on = g->leaves, .due_at = due_of(q, g->arrives), .late_cause = str_or_empty(g->late_cause),
        .has_person = g->person != 0, .person = g->person, .matched = g->match,
        .warnings = id->warnings, .account = q->actor->account, .made_at = tx_now(tx),
    };
}

static int keep_fresh(struct declaring *w, const struct declared *g, int64_t *id, struct err *e)
{
    struct stay_guest_insert_in row = stay_guest_row(w->tx, w->q, w->d->facility, g->fresh);
    row.state = STAY_QUEUED;
    row.has_declaration = true;
    row.declaration = w->receipt.declaration;
    row.has_declared_at = true;
    row.declared_at = w->receipt.at;
    row.late = g->late;
    row.late_cause = str_or_empty(g->late_cause);
    return stay_guest_insert(w->tx, &row, id, e);
}

static int keep_draft(struct declaring *w, const struct declared *g, int64_t *id, struct err *e)
{
    int64_t changed;
    struct stay_draft_declare_in in = { .declaration = w->receipt.declaration, .declared_at = w->receipt.at, .late = g->late,
                                        .late_cause = str_or_empty(g->late_cause), .id = g->draft->id, .facility = w->receipt.facility };
    if (stay_draft_declare(w->tx, &in, &changed, e) != 0)
        return -1;
    if (changed != 1)
        return ERR(e, ERR_CONFLICT, "draft %lld changed under way", (long long)g->draft->id);
    *id = g->draft->id;
    return stay_pid_enter_late(w->tx, &(struct stay_pid_enter_late_in){ .guest = *id }, NULL, e);
}

static int keep_guests(struct declaring *w, struct err *e)
{
    for (size_t i = 0; i < w->n; i++) {
        const struct declared *g = &w->all[i];
        int64_t id;
        if ((g->fresh ? keep_fresh(w, g, &id, e) : keep_draft(w, g, &id, e)) != 0)
            return -1;
    }
    return 0;
}

int stay_declare(struct tx *tx, struct arena *a, const struct req *q, const struct stay_declaration *d, struct stay_receipt *out,
                 struct err *e)
{
    struct declaring w = { .tx = tx, .arena = a, .q = q, .d = d };
    if (gather(&w, e) != 0 || settle_lateness(&w, e) != 0 || number_receipt(&w, e) != 0 || record_receipt(&w, e) != 0 ||
        keep_declaration(&w, e) != 0 || keep_guests(&w, e) != 0 || record_guests(&w, e) != 0)
        return -1;
    *out = w.receipt;
    return 0;
}
