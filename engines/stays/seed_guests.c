/* seed_guests.c: who the parties were: persons of the register with their household, a few guests from abroad. */
#include "engines/stays/seed.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { TRIES = 40, ADULT = 16, FOREIGN_PER_MILLE = 12, REFUSED_PER_MILLE = 7, VOID_PER_MILLE = 5, FAMILY_PER_MILLE = 550 };

struct writing {
    struct stays_seeding *s;
    struct dbr *r;
    struct db_bulk *bulk;
    struct arena *arena; /* of one party */
    const struct seed_party *party;
    int64_t declaration;
    struct rng rng;
    struct str room, reason, guardian;
};

struct who {
    int64_t person;
    struct pid pid;
    struct str document, name, name_key, address, nationality;
    struct birth born;
    int64_t sex;
    bool is_child;
    enum evidence_source source;
};

static const char *const columns[] = {
    "id",       "declaration", "facility", "unit",     "state",      "state_note", "source",      "level",
    "pid",      "document",    "name",     "name_key", "born",       "sex",        "nationality", "address",
    "is_child", "guardian",    "room",     "reason",   "arrives_at", "leaves_on",  "due_at",      "declared_at",
    "late",     "late_cause",  "person",   "matched",  "account",    "made_at",
};
static const enum db_type types[] = {
    DB_INT,     DB_INT,  DB_INT,     DB_UNIT,    DB_INT,  DB_TEXT, DB_INT,  DB_INT,  DB_PID,  DB_TEXT,
    DB_TEXT,    DB_TEXT, DB_BIRTH,   DB_INT,     DB_TEXT, DB_TEXT, DB_BOOL, DB_TEXT, DB_TEXT, DB_TEXT,
    DB_INSTANT, DB_DAY,  DB_INSTANT, DB_INSTANT, DB_BOOL, DB_TEXT, DB_INT,  DB_INT,  DB_INT,  DB_INSTANT,
};
_Static_assert(sizeof(columns) / sizeof(columns[0]) == sizeof(types) / sizeof(types[0]), "one type for each column");

static void draw_state(struct writing *w, int64_t *state, struct str *note)
{
    uint32_t at = rng_below(&w->rng, 1000);
    *state = STAY_ACCEPTED;
    *note = STR("");
    if (at < REFUSED_PER_MILLE) {
        *state = STAY_REFUSED;
        *note = STR("R01 thiếu số định danh cá nhân");
    } else if (at < REFUSED_PER_MILLE + VOID_PER_MILLE) {
        *state = STAY_VOID;
        *note = STR("Khách không đến, đã huỷ");
    }
}

static int put_guest(struct writing *w, const struct who *g, struct err *e)
{
    struct stays_seeding *s = w->s;
    const struct seed_party *p = w->party;
    const struct facility *f = &s->places[p->place];
    struct db_bulk *b = w->bulk;
    struct str note;
    int64_t state;
    draw_state(w, &state, &note);
    db_bulk_int(b, ++s->guests);
    db_bulk_int(b, w->declaration);
    db_bulk_int(b, f->id);
    db_bulk_text(b, unit_code_str(&f->unit));
    db_bulk_int(b, state);
    db_bulk_text(b, note);
    db_bulk_int(b, g->source);
    db_bulk_int(b, g->source == SOURCE_TYPED ? EVIDENCE_L0 : EVIDENCE_L1);
    db_bulk_text(b, pid_str(&g->pid));
    db_bulk_text(b, g->document);
    db_bulk_text(b, g->name);
    db_bulk_text(b, g->name_key);
    db_bulk_text(b, birth_iso(w->arena, g->born));
    db_bulk_int(b, g->sex);
    db_bulk_text(b, g->nationality);
    db_bulk_text(b, g->address);
    db_bulk_int(b, g->is_child);
    db_bulk_text(b, g->is_child ? w->guardian : STR(""));
    db_bulk_text(b, w->room);
    db_bulk_text(b, w->reason);
    db_bulk_int(b, p->arrives.us);
    db_bulk_text(b, day_iso(w->arena, p->leaves));
    db_bulk_int(b, p->due.us);
    db_bulk_int(b, p->declared.us);
    db_bulk_int(b, p->late);
    db_bulk_text(b, p->late ? s->causes.v[(uint64_t)p->label % s->causes.n] : STR(""));
    if (g->person)
        db_bulk_int(b, g->person);
    else
        db_bulk_null(b);
    db_bulk_int(b, g->person ? PERSON_MATCH : PERSON_NO_MATCH);
    db_bulk_int(b, 0);
    db_bulk_int(b, p->declared.us);
    return db_bulk_row(b, e);
}

/* ---- who they are ---- */

static int put_foreigner(struct writing *w, struct err *e)
{
    struct str line = w->s->foreigners.v[rng_below(&w->rng, w->s->foreigners.n)];
    struct who g = {
        .nationality = str_head(line, 3), .name = str_from(line, 4), .source = SOURCE_MRZ_TD3, .address = STR("")
    };
    g.name_key = text_fold(w->arena, g.name);
    g.document = str_fmt(w->arena, "X%07u", rng_below(&w->rng, 10000000));
    g.born.year = (int16_t)seed_between(&w->rng, 1955, 2003);
    g.born.month = (int8_t)seed_between(&w->rng, 1, 12);
    g.born.day = (int8_t)seed_between(&w->rng, 1, 28);
    g.sex = seed_between(&w->rng, 1, 2);
    return put_guest(w, &g, e);
}

/* Nobody sleeps in two places, but one in two thousand seems to: the police's page has something to look at. */
static bool is_free(struct writing *w, int64_t person)
{
    int32_t *until = &w->s->away_until[person];
    if (*until > instant_day(w->party->arrives).n && rng_below(&w->rng, 2000) != 0)
        return false;
    *until = w->party->leaves.n;
    return true;
}

/* A living adult, drawn anew until one is found: 1 found, 0 none in some tries, -1 failed. In a small register, where everyone
 * free is hard to meet, the later tries take somebody who is away already. */
static int draw_adult(struct writing *w, struct seed_person_row *out, struct err *e)
{
    for (int i = 0; i < TRIES; i++) {
        struct seed_person_in in = { .id = 1 + (int64_t)rng_below(&w->rng, (uint32_t)w->s->people) };
        int got = seed_person(w->r, w->arena, &in, out, e);
        if (got < 0)
            return -1;
        if (got == 1 && !out->has_died && birth_age(out->born, instant_day(w->party->arrives)) >= ADULT &&
            (is_free(w, out->id) || i > TRIES / 2))
            return 1;
    }
    return 0;
}

static struct who who_of(const struct seed_person_row *p)
{
    return (struct who) { .person = p->id,
                          .pid = p->pid,
                          .document = pid_str(&p->pid),
                          .name = p->name,
                          .name_key = p->name_key,
                          .address = p->address.p ? p->address : STR(""),
                          .nationality = STR("VNM"),
                          .born = p->born,
                          .sex = p->sex,
                          .source = SOURCE_QR_CCCD };
}

/* The rest of the party from the first one's household, as long as it goes. */
static int put_family(struct writing *w, const struct seed_person_row *first, int32_t *left, struct err *e)
{
    struct seed_family_rows family;
    if (seed_family(w->r, w->arena, &(struct seed_family_in) { .household = first->household }, &family, e) != 0)
        return -1;
    for (size_t i = 0; i<family.n && * left> 0; i++) {
        const struct seed_family_row *m = &family.v[i];
        if (m->id == first->id || !is_free(w, m->id))
            continue;
        struct who g = { .person = m->id,
                         .pid = m->pid,
                         .document = pid_str(&m->pid),
                         .name = m->name,
                         .name_key = m->name_key,
                         .address = first->address.p ? first->address : STR(""),
                         .nationality = STR("VNM"),
                         .born = m->born,
                         .sex = m->sex,
                         .source = SOURCE_QR_CCCD };
        g.is_child = birth_age(m->born, instant_day(w->party->arrives)) < ADULT;
        g.source = g.is_child ? SOURCE_TYPED : SOURCE_QR_CCCD;
        if (put_guest(w, &g, e) != 0)
            return -1;
        *left -= 1;
    }
    return 0;
}

static int put_party(struct writing *w, struct err *e)
{
    int32_t left = w->party->size;
    struct seed_person_row first;
    struct rng all = rng_fork(&w->s->world.rng, SEED_STAYS);
    w->rng = rng_fork(&all, UINT64_C(2) << 40 | (uint64_t)w->party->label);
    int floor = (int)rng_below(&w->rng, 3) + 1, door = (int)rng_below(&w->rng, 12) + 1;
    w->room = str_fmt(w->arena, "%d%02d", floor, door);
    w->reason = w->s->reasons.v[rng_below(&w->rng, w->s->reasons.n)];
    bool family = seed_chance(&w->rng, FAMILY_PER_MILLE), foreign = seed_chance(&w->rng, FOREIGN_PER_MILLE);
    for (; foreign && left > 0; left--)
        if (put_foreigner(w, e) != 0)
            return -1;
    while (left > 0) {
        int got = draw_adult(w, &first, e);
        if (got < 0)
            return -1;
        if (got == 0)
            return ERR(e, ERR_CONFLICT, "no adults in the register: seed the people first");
        struct who g = who_of(&first);
        w->guardian = first.name;
        if (put_guest(w, &g, e) != 0)
            return -1;
        left--;
        if (family && first.has_household && put_family(w, &first, &left, e) != 0)
            return -1;
    }
    return 0;
}

int seed_put_guests(struct stays_seeding *s, struct err *e)
{
    struct writing w = { .s = s, .arena = arena_child(s->arena) };
    s->away_until = arena_new_array(s->arena, int32_t, (size_t)s->people + 1);
    if (db_read_begin(s->db, &w.r, e) != 0)
        return -1;
    int result = db_bulk_begin(s->db, "stay_guest", columns, types, (int)(sizeof(types) / sizeof(types[0])), &w.bulk, e);
    for (size_t i = 0; result == 0 && i < s->n_parties; i++) {
        w.party = &s->parties[i];
        w.declaration = (int64_t)i + 1;
        result = put_party(&w, e);
        arena_clear(w.arena);
    }
    if (w.bulk && db_bulk_end(w.bulk, result == 0 ? e : NULL) != 0)
        result = -1;
    db_read_end(w.r);
    return result;
}
