/* offline.c: visits without a network: doors that a phone takes along, and visits that it brings back. What a phone sends is taken as it
 * comes, as often as it comes: its own number of a visit makes it one. What no longer fits what the register says (somebody died,
 * moved, the household lies in another commune) is kept for a person to look at; only what must never be kept is refused.
 */
#include "models/m22_digital_citizens/offline.h"

#include "base/json.h"
#include "base/text.h"
#include "gen/digital_citizens_pages.h"
#include "gen/digital_citizens_queries.h"
#include "models/m22_digital_citizens/pages.h"

#include <jansson.h>

/* ---- doors to take along ---- */

int doors_prepare(struct req *q, struct err *e)
{
    struct doors_taken *t = arena_new(q->arena, struct doors_taken);
    if (hamlet_prepare(q, e) != 0)
        return -1;
    t->list = q->work;
    t->doors = arena_new_array(q->arena, struct household_view, t->list->doors.n);
    for (size_t i = 0; i < t->list->doors.n; i++)
        if (household_view_load(q, t->list->doors.v[i].household, &t->doors[i], e) != 0)
            return -1;
    q->work = t;
    return 0;
}

/* Everyone whose name goes along is recorded as seen. */
int doors_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct doors_taken *t = q->work;
    struct audit_record rec = audit_of(q, STR("digital.doors_taken"));
    rec.unit = t->list->hamlet.unit;
    rec.object = str_fmt(q->arena, "hamlet/%lld", (long long)t->list->hamlet.id);
    rec.detail = str_fmt(q->arena, "{\"doors\":%zu}", t->list->doors.n);
    for (size_t i = 0; i < t->list->doors.n; i++)
        if (household_record_look(q, tx, &t->doors[i], e) != 0)
            return -1;
    return audit_write(tx, q->arena, &rec, NULL, e);
}

static void put_person(struct req *q, struct json_out *j, const struct member_view *m)
{
    struct asset_list lacks = assets_in(m->lacks);
    json_out_item_object(j);
    json_out_array(j, "lacks");
    for (size_t i = 0; i < lacks.n; i++)
        json_out_item_str(j, tr(q->lang, asset_title(lacks.v[i])));
    json_out_end(j);
    json_out_str(j, "name", m->person.name);
    json_out_int(j, "person", m->person.id);
    json_out_end(j);
}

/* No more than a visit needs: no numbers, no days of birth, nobody who lacks nothing. */
static void put_door(struct req *q, struct json_out *j, const struct household_view *v)
{
    json_out_item_object(j);
    json_out_str(j, "code", v->household.code);
    json_out_str(j, "head", str_or_empty(v->household.head));
    json_out_int(j, "household", v->household.id);
    json_out_int(j, "last", v->last_visit);
    json_out_array(j, "people");
    for (size_t i = 0; i < v->members.n; i++)
        if (v->members.v[i].lacks != 0)
            put_person(q, j, &v->members.v[i]);
    json_out_end(j);
    json_out_end(j);
}

static void put_reasons(struct req *q, struct json_out *j)
{
    json_out_array(j, "reasons");
    for (const struct left_reason *r = left_reasons; r->name; r++) {
        json_out_item_object(j);
        json_out_str(j, "name", str_of(r->name));
        json_out_str(j, "title", tr(q->lang, r->title));
        json_out_end(j);
    }
    json_out_end(j);
}

int doors_json(struct req *q, struct res *s, struct err *e)
{
    const struct doors_taken *t = q->work;
    struct json_out j;
    (void)e;
    s->type = STR("application/json");
    json_out_init(&j, &s->body);
    json_out_open(&j);
    json_out_str(&j, "account", q->actor->login);
    json_out_array(&j, "doors");
    for (size_t i = 0; i < t->list->doors.n; i++)
        put_door(q, &j, &t->doors[i]);
    json_out_end(&j);
    json_out_int(&j, "hamlet", t->list->hamlet.id);
    json_out_str(&j, "name", t->list->hamlet.name);
    put_reasons(q, &j);
    json_out_str(&j, "taken", instant_iso(q->arena, q->now));
    json_out_int(&j, "until_ms", (q->now.us + OFFLINE_KEPT_DAYS * US_PER_DAY) / 1000);
    json_out_end(&j);
    return 0;
}

/* The same doors on paper, for those who carry no phone: what is written there is typed at the household's page later. */
int sheet_get(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct html h = res_html(q, s);
    digital_sheet_page(&h, q->work);
    return 0;
}

struct left_reason_list all_reasons(void)
{
    struct left_reason_list out = { left_reasons, 0 };
    while (left_reasons[out.n].name)
        out.n++;
    return out;
}

/* ---- visits brought back ---- */

const struct form offline_form = { .name = "digital_offline", .max_body = 256 * 1024 };

struct brought {
    int64_t seq;
    struct visit_new visit;
    struct instant visited_at;
    struct str said;     /* as it came: "17=away 18=no_phone" */
    struct str look;     /* MSG: why a person must look; empty: it may be recorded */
    struct str refused;  /* MSG: what must not be kept; nothing of it is */
    enum offline_outcome outcome;
};
struct bringing {
    struct str client;
    struct brought *v;
    size_t n;
};

static bool number_of(const json_t *o, const char *key, int64_t *out)
{
    const json_t *v = json_object_get(o, key);
    *out = json_is_integer(v) ? json_integer_value(v) : -1;
    return *out >= 0;
}

static bool is_client(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-'))
            return false;
    return s.n >= 16 && s.n <= 64;
}

static int read_reasons(struct req *q, const json_t *list, struct brought *b, struct err *e)
{
    struct buf said;
    const json_t *one;
    size_t i;
    buf_init(&said, q->arena, 4096);
    json_array_foreach(list, i, one)
    {
        int64_t person;
        struct str reason = str_or_empty(json_str_at(one, "reason"));
        if (!number_of(one, "person", &person) || !left_reason_named(reason) || b->visit.n == VISIT_PEOPLE_MOST)
            return ERR_SAY(e, ERR_FORM, MSGS("Xin chọn một lý do trong danh sách."), "reason of visit %lld", (long long)b->seq);
        b->visit.v[b->visit.n].person = person;
        b->visit.v[b->visit.n++].reason = str_of(left_reason_named(reason)->name);
        buf_fmt(&said, "%s%lld=%.*s", i ? " " : "", (long long)person, STR_ARG(reason));
    }
    b->said = buf_str(&said);
    return 0;
}

static int read_visit(struct req *q, const json_t *o, struct brought *b, struct err *e)
{
    if (!number_of(o, "seq", &b->seq) || !number_of(o, "household", &b->visit.household) ||
        !number_of(o, "last", &b->visit.seen_last) || !instant_parse(str_or_empty(json_str_at(o, "at")), &b->visited_at))
        return ERR_SAY(e, ERR_FORM, MSGS("Máy gửi một lần đến không đọc được. Xin báo người quản trị."), "visit");
    b->visit.offline = true;
    b->visit.by = q->actor->account;
    b->visit.by_name = q->actor->name;
    return read_reasons(q, json_object_get(o, "reasons"), b, e) != 0 ||
                   text_clean(q->arena, str_or_empty(json_str_at(o, "note")), TEXT_MANY_LINES, VISIT_NOTE_MOST,
                              &b->visit.note, e) != 0
               ? -1
               : 0;
}

static int check_members(struct req *q, struct dbr *r, struct brought *b, struct err *e)
{
    struct day today = instant_day(q->now);
    struct resident *people;
    size_t n;
    if (household_members(r, q->arena, b->visit.household, today, &people, &n, e) != 0)
        return -1;
    for (size_t i = 0; i < b->visit.n; i++)
        if (!household_has_member(people, n, b->visit.v[i].person))
            b->look = MSGS("Có người đã chuyển khỏi hộ này.");
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < b->visit.n; k++)
            if (people[i].id == b->visit.v[k].person && people[i].has_died && people[i].died.n <= today.n)
                b->look = MSGS("Sổ dân cư ghi có người trong hộ đã mất.");
    return 0;
}

/* The phone's clock may be wrong; a day that cannot be is taken as today. */
static struct day visited_day(const struct req *q, const struct brought *b)
{
    struct day today = instant_day(q->now), told = instant_day(b->visited_at);
    return told.n > today.n ? today : told;
}

static int judge(struct req *q, struct brought *b, struct err *e)
{
    struct household at;
    struct dbr *r = req_read(q, e);
    b->look = b->refused = STR("");
    b->visit.visited_on = visited_day(q, b);
    if (secret_in(q->arena, b->visit.note, &b->refused))
        return 0;
    int got = r ? household_by_id(r, q->arena, b->visit.household, &at, e) : -1;
    if (got < 0)
        return -1;
    if (got == 0 || !req_may(q, DIGITAL_VISIT, &at.unit, 0)) {
        b->refused = MSGS("Hộ này không còn trong địa bàn của bạn.");
        return 0;
    }
    b->visit.unit = at.unit;
    if (b->visit.visited_on.n < instant_day(q->now).n - VISIT_BACK_DAYS)
        b->look = MSGS("Lần đến đã quá 60 ngày mới gửi.");
    return check_members(q, r, b, e);
}

int offline_prepare(struct req *q, struct err *e)
{
    struct bringing *w = arena_new(q->arena, struct bringing);
    const json_t *visits = json_object_get(q->json, "visits"), *one;
    size_t i;
    q->work = w;
    w->client = str_or_empty(json_str_at(q->json, "client"));
    w->n = json_array_size(visits);
    if (!is_client(w->client) || w->n == 0 || w->n > OFFLINE_VISITS_MOST)
        return ERR_SAY(e, ERR_FORM, MSGS("Mỗi lần gửi từ 1 đến 50 lần đến, kèm mã của máy."), "%zu visits", w->n);
    w->v = arena_new_array(q->arena, struct brought, w->n);
    json_array_foreach(visits, i, one)
    {
        if (read_visit(q, one, &w->v[i], e) != 0 || judge(q, &w->v[i], e) != 0)
            return -1;
    }
    return 0;
}

/* What the same phone brought before is no news to it. */
static int know_own(struct req *q, struct tx *tx, struct str client, struct visit_new *visit, struct err *e)
{
    struct digital_offline_last_row own;
    struct digital_offline_last_in in = { .household = visit->household, .client = client };
    if (digital_offline_last(tx_reader(tx), q->arena, &in, &own, e) < 0)
        return -1;
    if (own.visit > visit->seen_last)
        visit->seen_last = own.visit;
    return 0;
}

static int keep(struct req *q, struct tx *tx, struct str client, const struct brought *b, int64_t visit, struct err *e)
{
    struct digital_offline_insert_in in = { .client = client,
                                            .seq = b->seq,
                                            .household = b->visit.household,
                                            .unit = b->visit.unit,
                                            .said = b->said,
                                            .note = b->visit.note,
                                            .visited_at = b->visited_at,
                                            .received_at = tx_now(tx),
                                            .recorded_by = q->actor->account,
                                            .recorded_name = q->actor->name,
                                            .outcome = (int64_t)b->outcome,
                                            .why = b->look,
                                            .has_visit = visit > 0,
                                            .visit = visit };
    return digital_offline_insert(tx, &in, NULL, e);
}

static int take_look(struct req *q, struct tx *tx, struct str client, struct brought *b, struct err *e)
{
    struct audit_record rec = audit_of(q, STR("digital.offline_waits"));
    b->outcome = OFFLINE_LOOK;
    rec.unit = b->visit.unit;
    rec.object = str_fmt(q->arena, "offline_visit/%.*s/%lld", STR_ARG(client), (long long)b->seq);
    return keep(q, tx, client, b, 0, e) != 0 ? -1 : audit_write(tx, q->arena, &rec, NULL, e);
}

static int take_one(struct req *q, struct tx *tx, struct str client, struct brought *b, struct err *e)
{
    struct digital_offline_row_row before;
    struct visit_recorded done;
    struct audit_record by = audit_of(q, STR("digital.visited"));
    struct digital_offline_row_in key = { .client = client, .seq = b->seq };
    int got = digital_offline_row(tx_reader(tx), q->arena, &key, &before, e);
    if (got < 0)
        return -1;
    if (got == 1) {
        b->outcome = (enum offline_outcome)before.outcome;
        return 0;
    }
    if (b->look.n > 0)
        return take_look(q, tx, client, b, e);
    if (know_own(q, tx, client, &b->visit, e) != 0 || visit_record(tx, q->arena, &b->visit, &by, &done, e) != 0)
        return -1;
    b->outcome = done.twice ? OFFLINE_DOUBLE : OFFLINE_RECORDED;
    return keep(q, tx, client, b, done.id, e);
}

int offline_write(struct req *q, struct tx *tx, struct err *e)
{
    struct bringing *w = q->work;
    bool any = false;
    for (size_t i = 0; i < w->n; i++) {
        if (w->v[i].refused.n > 0)
            continue;
        if (take_one(q, tx, w->client, &w->v[i], e) != 0)
            return -1;
        any = true;
    }
    struct audit_record rec = audit_of(q, STR("digital.offline_sent"));
    rec.detail = str_fmt(q->arena, "{\"visits\":%zu,\"taken\":%s}", w->n, any ? "true" : "false");
    return audit_write(tx, q->arena, &rec, NULL, e);
}

static const char *outcome_word(const struct brought *b)
{
    if (b->refused.n > 0)
        return "refused";
    return b->outcome == OFFLINE_DOUBLE ? "double" : b->outcome == OFFLINE_LOOK ? "look" : "recorded";
}

int offline_reply(struct req *q, struct res *s, struct err *e)
{
    const struct bringing *w = q->work;
    struct json_out j;
    (void)e;
    s->type = STR("application/json");
    json_out_init(&j, &s->body);
    json_out_open(&j);
    json_out_array(&j, "visits");
    for (size_t i = 0; i < w->n; i++) {
        const struct brought *b = &w->v[i];
        struct str say = b->refused.n > 0 ? b->refused : b->look;
        json_out_item_object(&j);
        json_out_str(&j, "outcome", str_of(outcome_word(b)));
        json_out_str(&j, "say", say.n > 0 ? tr(q->lang, say) : STR_NONE);
        json_out_int(&j, "seq", b->seq);
        json_out_end(&j);
    }
    json_out_end(&j);
    json_out_end(&j);
    return 0;
}
