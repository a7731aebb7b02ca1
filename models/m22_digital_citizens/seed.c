/* seed.c: plausible evidence and visits for the synthetic province. Every person has a stream of chance of their own, so the rows of
 * a person depend on nothing but the person, and on a later `today` the same evidence is there, and more. Two walks over the register:
 * one writes the evidence, one the visits; what the visits heard is held until then, because on PostgreSQL a load sees only what was
 * committed before it.
 */
#include "engines/people/seed.h"

#include "engines/audit/audit.h"
#include "gen/digital_citizens_queries.h"
#include "models/m22_digital_citizens/citizens.h"

#include <string.h>

enum {
    SEED_ARENA = 256 << 20,
    SPREAD_DAYS = 1500,      /* over which people come by an asset, from the first day on */
    VISITED_PER_MILLE = 550, /* households with somebody left that were visited */
    OLD_AGE = 72
};

/* How many of a thousand ever come by it, and how long it takes: made up. */
static const struct {
    uint32_t per_mille;
    const char *sources[3];
    const char *references[3];
} habits[ASSETS_] = {
    [ASSET_EID] = { 880,
                    { "police_list", "own_screen", "police_list" },
                    { "DS 14/CAX", "Tổ trưởng cùng xem", "DS 31/CAX" } },
    [ASSET_PAYMENT] = { 760,
                        { "bank_list", "opening_paper", "paid_into" },
                        { "Agribank DS 118/NHNo", "Giấy của BIDV", "Chi trợ cấp qua tài khoản" } },
    [ASSET_ADDRESS] = { 640, { "plate", "address_list", "plate" }, { "Biển ở cửa chính", "DS 7/BĐ", "Biển ở cổng" } },
    [ASSET_SIGNATURE] = { 130,
                          { "certificate", "ca_list", "certificate" },
                          { "VNPT-CA, sê-ri ở giấy", "DS 2/CA", "Viettel-CA, sê-ri ở giấy" } },
};

enum pass { PASS_EVIDENCE, PASS_VISIT, PASS_REASON, PASS_LATEST, PASSES_ };

/* Why somebody lacks something, as a visit heard it. */
struct heard {
    int64_t visit, person;
    struct day on;
    const char *reason;
};

struct seeding {
    struct arena *arena; /* of one person */
    struct rng rng;
    const struct asset_ages *ages;
    struct day first, today;
    enum pass pass;
    struct db_bulk *bulk;
    int64_t household, visit; /* of the household at hand: 0 when it was not visited */
    int64_t visits, evidence;
    struct day visited_on;
    struct arena *all; /* of the whole */
    VEC(struct heard) heard;
    struct err err;
};

/* ---- chance ---- */

static struct day age_day(struct birth born, int age)
{
    struct day d;
    int year = born.year + age, month = born.month ? born.month : 1, day = born.day ? born.day : 1;
    if (!day_from_ymd(year, month, day, &d))
        day_from_ymd(year, 3, 1, &d);
    return d;
}

/* The day on which evidence of an asset was recorded; false: never, or not yet. */
static bool draw_evidence(const struct seeding *s, const struct resident_at *p, enum asset a, struct rng *r,
                          struct day *on)
{
    bool ever = seed_chance(r, habits[a].per_mille);
    int32_t one = seed_between(r, 0, SPREAD_DAYS), other = seed_between(r, 0, SPREAD_DAYS);
    int age = asset_age_on(s->ages, a, s->today);
    struct day old_enough = age_day(p->born, age > 0 ? age : 0);
    on->n = s->first.n + (one < other ? one : other); /* more at the beginning */
    if (on->n < old_enough.n + 20)
        on->n = old_enough.n + 20;
    return ever && age >= 0 && p->resident && on->n <= s->today.n && (!p->has_died || on->n < p->died.n);
}

static struct rng person_stream(const struct seeding *s, int64_t id)
{
    struct rng all = rng_fork(&s->rng, SEED_DIGITAL);
    return rng_fork(&all, (uint64_t)id);
}

static const char *draw_reason(struct rng *r, int age)
{
    static const char *const young[] = { "away",     "away",    "needs_help", "waiting",
                                         "no_phone", "refuses", "no_card",    "no_network" };
    static const char *const old[] = { "bedridden",    "no_phone", "no_phone",  "needs_help",
                                       "wrong_record", "refuses",  "bedridden", "no_network" };
    uint32_t at = rng_below(r, 8);
    return age >= OLD_AGE ? old[at] : young[at];
}

/* Does this person lack something today, and what would a visit have heard? */
static bool draw_left(const struct seeding *s, const struct resident_at *p, const char **reason)
{
    struct rng r = person_stream(s, p->person);
    struct day on;
    int64_t lacks = p->resident && !(p->has_died && p->died.n <= s->today.n) ? assets_needed(s->ages, p->born, s->today) : 0;
    int64_t unclosed = lacks;
    for (enum asset a = 0; a < ASSETS_; a++)
        if (draw_evidence(s, p, a, &r, &on)) {
            lacks &= ~asset_bit(a);
            if (on.n <= s->visited_on.n) /* what came after the visit closed a reason */
                unclosed &= ~asset_bit(a);
        }
    *reason = draw_reason(&r, birth_age(p->born, s->today));
    return unclosed & ~asset_bit(ASSET_SIGNATURE) || (lacks && seed_chance(&r, 40));
}

/* ---- rows ---- */

static int put_evidence(struct seeding *s, const struct resident_at *p, struct err *e)
{
    struct rng r = person_stream(s, p->person);
    struct db_bulk *b = s->bulk;
    for (enum asset a = 0; a < ASSETS_; a++) {
        struct day on;
        bool there = draw_evidence(s, p, a, &r, &on);
        uint32_t how = (uint32_t)(on.n % 3 + 3) % 3;
        if (!there)
            continue;
        db_bulk_int(b, p->person);
        db_bulk_int(b, asset_bit(a));
        db_bulk_text(b, str_of(habits[a].sources[how]));
        db_bulk_text(b, str_of(habits[a].references[how]));
        db_bulk_text(b, day_iso(s->arena, (struct day) { on.n - 3 }));
        db_bulk_text(b, day_iso(s->arena, on));
        db_bulk_text(b, STR("9999-12-31"));
        db_bulk_text(b, STR("Danh sách ban đầu"));
        db_bulk_int(b, day_at(on, 9, 0).us);
        s->evidence++;
        if (db_bulk_row(b, e) != 0)
            return -1;
    }
    return 0;
}

static int put_visit(struct seeding *s, struct err *e)
{
    struct db_bulk *b = s->bulk;
    db_bulk_int(b, s->visit);
    db_bulk_int(b, s->household);
    db_bulk_text(b, day_iso(s->arena, s->visited_on));
    db_bulk_text(b, STR(""));
    db_bulk_text(b, STR("Tổ công nghệ số cộng đồng"));
    db_bulk_int(b, day_at(s->visited_on, 16, 30).us);
    db_bulk_int(b, 1);
    return db_bulk_row(b, e);
}

static int put_reason(struct seeding *s, const struct heard *h, struct err *e)
{
    struct db_bulk *b = s->bulk;
    if (s->pass == PASS_REASON)
        db_bulk_int(b, h->visit);
    db_bulk_int(b, h->person);
    db_bulk_text(b, str_of(h->reason));
    if (s->pass == PASS_LATEST) {
        db_bulk_int(b, h->visit);
        db_bulk_text(b, day_iso(s->arena, h->on));
    }
    arena_clear(s->arena);
    return db_bulk_row(b, e);
}

static int put_reasons(struct seeding *s, struct err *e)
{
    for (size_t i = 0; i < s->heard.n; i++)
        if (put_reason(s, &s->heard.v[i], e) != 0)
            return -1;
    return 0;
}

/* ---- passes ---- */

/* Whether and when the household of this person was visited follows from the household alone. */
static int enter_household(struct seeding *s, int64_t household, struct err *e)
{
    struct rng all = rng_fork(&s->rng, SEED_DIGITAL), r = rng_fork(&all, UINT64_C(1) << 40 | (uint64_t)household);
    bool visited = seed_chance(&r, VISITED_PER_MILLE);
    int32_t after = seed_between(&r, 200, SPREAD_DAYS);
    s->household = household;
    s->visited_on.n = s->first.n + after;
    if (!visited || s->visited_on.n > s->today.n) {
        s->visit = 0;
        return 0;
    }
    s->visit = ++s->visits;
    return put_visit(s, e);
}

static int take_person(struct seeding *s, const struct resident_at *p, struct err *e)
{
    const char *reason;
    if (s->pass == PASS_EVIDENCE)
        return put_evidence(s, p, e);
    if (p->household != s->household && enter_household(s, p->household, e) != 0)
        return -1;
    if (s->visit != 0 && draw_left(s, p, &reason))
        *vec_push(s->all, &s->heard) = (struct heard) { s->visit, p->person, s->visited_on, reason };
    return 0;
}

static int each_person(void *ctx, const struct resident_at *p)
{
    struct seeding *s = ctx;
    int result = take_person(s, p, &s->err);
    arena_clear(s->arena);
    return result;
}

static const struct {
    const char *table;
    const char *columns[9];
    enum db_type types[9];
    int n;
} passes[PASSES_] = {
    [PASS_EVIDENCE] = { "digital_evidence",
                        { "person", "kind", "source", "reference", "seen_on", "counts_from", "counts_until", "recorded_name",
                          "recorded_at" },
                        { DB_INT, DB_INT, DB_TEXT, DB_TEXT, DB_DAY, DB_DAY, DB_DAY, DB_TEXT, DB_INSTANT },
                        9 },
    [PASS_VISIT] = { "digital_visit",
                     { "id", "household", "visited_on", "note", "recorded_name", "recorded_at", "state" },
                     { DB_INT, DB_INT, DB_DAY, DB_TEXT, DB_TEXT, DB_INSTANT, DB_INT },
                     7 },
    [PASS_REASON] = { "digital_visit_reason", { "visit", "person", "reason" }, { DB_INT, DB_INT, DB_TEXT }, 3 },
    [PASS_LATEST] = { "digital_reason", { "person", "reason", "visit", "said_on" }, { DB_INT, DB_TEXT, DB_INT, DB_DAY }, 4 },
};

static int walk_register(struct seeding *s, struct dbr *r, struct err *e)
{
    int result = register_each(r, s->all, each_person, s, e);
    if (result != 0 && s->err.code != ERR_NONE)
        *e = s->err;
    return result;
}

static int run_pass(struct seeding *s, struct db *db, struct err *e)
{
    struct dbr *r;
    if (db_read_begin(db, &r, e) != 0)
        return -1;
    int result = db_bulk_begin(db, passes[s->pass].table, passes[s->pass].columns, passes[s->pass].types, passes[s->pass].n,
                               &s->bulk, e);
    if (result == 0) {
        result = s->pass == PASS_EVIDENCE || s->pass == PASS_VISIT ? walk_register(s, r, e) : put_reasons(s, e);
        if (db_bulk_end(s->bulk, result == 0 ? e : NULL) != 0)
            result = -1;
    }
    db_read_end(r);
    return result;
}

static int run_passes(struct seeding *s, struct db *db, struct err *e)
{
    const char *tables[PASSES_ + 1] = { 0 };
    for (enum pass p = 0; p < PASSES_; p++)
        tables[p] = passes[p].table;
    int result = db_bulk_indexes_drop(db, tables, e);
    for (s->pass = 0; result == 0 && s->pass < PASSES_; s->pass++)
        result = run_pass(s, db, e);
    /* Also after a failure: a store without its indexes would be slow for good. */
    if (db_bulk_indexes_build(db, result == 0 ? e : NULL) != 0)
        result = -1;
    return result;
}

/* ---- the record, and PostgreSQL's counters ---- */

static int record_write(struct tx *tx, void *arg, struct err *e)
{
    struct seeding *s = arg;
    struct digital_ids_follow_row row;
    struct audit_record rec = { .action = STR("digital.seeded"),
                                .account_name = STR("bon seed"),
                                .object = STR("digital_evidence"),
                                .mode = STR("MÔ PHỎNG"),
                                .detail = str_fmt(s->arena, "{\"evidence\":%lld,\"visits\":%lld}", (long long)s->evidence,
                                                  (long long)s->visits) };
    return digital_ids_follow(tx_reader(tx), s->arena, &row, e) < 0 ? -1 : audit_write(tx, s->arena, &rec, NULL, e);
}

static int check_empty(struct db *db, struct arena *a, struct err *e)
{
    struct dbr *r;
    struct digital_any_row row = { 0 };
    if (db_read_begin(db, &r, e) != 0)
        return -1;
    int got = digital_any(r, a, &row, e);
    db_read_end(r);
    if (got < 0)
        return -1;
    return row.n == 0
               ? 0
               : ERR_SAY(e, ERR_CONFLICT, MSGS("Đã có bằng chứng: chỉ tạo dữ liệu mô phỏng khi chưa có."), "evidence");
}

int digital_seed(struct db *db, const struct seed_world *w, const struct asset_ages *ages, struct day today, struct err *e)
{
    struct arena a;
    struct seeding s = { .rng = w->rng, .ages = ages, .today = today };
    day_from_ymd(2022, 11, 1, &s.first);
    arena_init(&a, SEED_ARENA);
    s.all = &a;
    s.arena = arena_child(&a);
    int result = check_empty(db, &a, e);
    if (result == 0)
        result = run_passes(&s, db, e);
    if (result == 0)
        result = db_write(db, record_write, &s, e);
    arena_release(&a);
    return result;
}
