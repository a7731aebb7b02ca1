/* seed_put.c: a family as rows. */
#include "engines/people/seed_rows.h"

#include <stdio.h>
#include <string.h>

enum { RESIDENCE_PERMANENT = 1, RESIDENCE_TEMPORARY = 2, IDENTIFIER_CMND9 = 1, IDENTIFIER_CANCELLED = 2, CARD_CMND9 = 1 };

void put_hamlets(struct seed_block *b, const struct seed_world *w)
{
    struct rows *t = &b->t[ROWS_HAMLET];
    for (size_t c = 0; c < w->n_communes; c++) {
        for (size_t h = 0; h < w->communes[c].n_hamlets; h++) {
            rows_int(t, w->communes[c].hamlets[h].id);
            rows_int(t, w->communes[c].unit);
            rows_text(t, w->communes[c].hamlets[h].name);
            rows_end(t);
        }
    }
}

static void put_household(struct seed_block *b, const struct seed_world *w, const struct family *f, int64_t first)
{
    struct rows *t = &b->t[ROWS_HOUSEHOLD];
    char code[24];
    snprintf(code, sizeof code, "%s%07lld", w->provinces[w->home].code.v, (long long)f->household);
    rows_int(t, f->household);
    rows_text(t, str_of(code));
    rows_int(t, w->communes[f->commune].unit);
    rows_int(t, w->communes[f->commune].hamlets[f->hamlet].id);
    rows_int(t, first + f->head);
    rows_end(t);
}

static void put_born(struct rows *t, const struct kin *k)
{
    if (!k->year_only) {
        rows_day(t, k->born);
        return;
    }
    int year = year_of(k->born);
    const char text[4] = { (char)('0' + year / 1000), (char)('0' + year / 100 % 10), (char)('0' + year / 10 % 10),
                           (char)('0' + year % 10) };
    rows_text(t, (struct str) { text, sizeof text });
}

static void put_relative(struct rows *t, int64_t first, int i)
{
    if (i == NOBODY)
        rows_null(t);
    else
        rows_int(t, first + i);
}

static void put_person(struct seed_block *b, const struct family *f, const struct kin *k, int64_t first, int64_t id)
{
    struct rows *t = &b->t[ROWS_PERSON];
    rows_int(t, id);
    rows_text(t, pid_str(&k->pid));
    rows_text(t, str_of(k->name.text));
    rows_text(t, str_of(k->name.key));
    rows_text(t, str_of(k->name.given));
    put_born(t, k);
    rows_int(t, k->sex);
    rows_text(t, k->people->ethnic_code);
    rows_text(t, k->religion ? k->religion->text : STR_NONE);
    rows_int(t, k->origin);
    put_relative(t, first, k->mother);
    put_relative(t, first, k->father);
    if (k->dead && !k->listed)
        rows_null(t);
    else
        rows_int(t, f->household);
    if (k->dead)
        rows_day(t, k->died);
    else
        rows_null(t);
    rows_end(t);
}

/* until NULL: still in force */
static void put_residence(struct seed_block *b, int64_t person, int kind, int64_t unit, struct str address, struct day since,
                          const struct day *until)
{
    struct rows *t = &b->t[ROWS_RESIDENCE];
    rows_int(t, person);
    rows_int(t, kind);
    rows_int(t, unit);
    rows_text(t, address);
    rows_day(t, since);
    if (until)
        rows_day(t, *until);
    else
        rows_null(t);
    rows_end(t);
}

/* Where somebody lived and lives. A dead person whom the household still lists also still has an open residence. */
static void put_residences(struct seed_block *b, const struct seed_world *w, const struct family *f, const struct kin *k,
                           int64_t id)
{
    const struct seed_commune *here = &w->communes[f->commune];
    const struct day *ended = k->dead && !k->listed ? &k->died : NULL;
    if (f->kind == FAMILY_LODGERS) {
        put_residence(b, id, RESIDENCE_PERMANENT, w->provinces[f->lodgers_from].unit, STR("Xã ngoài tỉnh (dữ liệu mẫu)"),
                      k->born, ended);
        put_residence(b, id, RESIDENCE_TEMPORARY, here->unit, here->hamlets[f->hamlet].name, k->since,
                      ended ? ended : &f->lodging_until);
        return;
    }
    bool lived_there = f->moved && k->since.n < f->moved_day.n;
    bool died_there = lived_there && ended && ended->n <= f->moved_day.n;
    if (lived_there) {
        const struct seed_commune *from = &w->communes[f->moved_from];
        put_residence(b, id, RESIDENCE_PERMANENT, from->unit, from->hamlets[f->moved_hamlet].name, k->since,
                      died_there ? ended : &f->moved_day);
    }
    if (!died_there)
        put_residence(b, id, RESIDENCE_PERMANENT, here->unit, here->hamlets[f->hamlet].name,
                      lived_there ? f->moved_day : k->since, ended);
}

static void put_cards(struct seed_block *b, const struct kin *k, int64_t id)
{
    struct rows *t = &b->t[ROWS_CARD];
    for (int i = CARDS_MAX - 1; i >= 0; i--) {
        const struct paper *card = &k->cards[i];
        if (!card->kind)
            continue;
        rows_int(t, id);
        rows_int(t, card->kind);
        rows_text(t, card->kind == CARD_CMND9 ? str_of(k->cmnd9) : pid_str(&k->pid));
        rows_day(t, card->issued);
        if (card->no_term)
            rows_null(t);
        else
            rows_day(t, card->expires);
        rows_end(t);
    }
}

enum reason { REASON_NONE, REASON_REPLACED, REASON_WRONG_SEX };

static void put_identifier(struct seed_block *b, int64_t id, int kind, const char *value, struct day since,
                           const struct day *until, enum reason reason)
{
    struct rows *t = &b->t[ROWS_IDENTIFIER];
    rows_int(t, id);
    rows_int(t, kind);
    rows_text(t, str_of(value));
    rows_day(t, since);
    if (until)
        rows_day(t, *until);
    else
        rows_null(t);
    if (reason == REASON_NONE)
        rows_null(t);
    else
        rows_int(t, reason);
    rows_end(t);
}

static void put_identifiers(struct seed_block *b, const struct kin *k, int64_t id)
{
    bool replaced = k->cmnd9_until.n != 0;
    if (k->cmnd9[0])
        put_identifier(b, id, IDENTIFIER_CMND9, k->cmnd9, k->cmnd9_issued, replaced ? &k->cmnd9_until : NULL,
                       replaced ? REASON_REPLACED : REASON_NONE);
    if (k->cancelled[0])
        put_identifier(b, id, IDENTIFIER_CANCELLED, k->cancelled, day_plus(k->cancelled_on, -60), &k->cancelled_on,
                       REASON_WRONG_SEX);
}

static void put_truth(struct seed_block *b, const struct family *f, const struct kin *k, int64_t first, int64_t id)
{
    struct rows *t = &b->truth;
    int y, m, d;
    day_to_ymd(k->born, &y, &m, &d);
    truth_line(t, "person,%lld,%s,%s,%04d-%02d-%02d,%d,%lld,%lld,%lld\n", (long long)id, k->pid.v, k->name.text, y, m, d,
               (int)k->sex, (long long)(k->mother == NOBODY ? 0 : first + k->mother),
               (long long)(k->father == NOBODY ? 0 : first + k->father), (long long)f->household);
    if (k->year_only)
        truth_line(t, "planted,birth_year_only,%lld,\n", (long long)id);
    if (k->dead && k->listed)
        truth_line(t, "planted,dead_but_listed,%lld,%lld\n", (long long)id, (long long)f->household);
    if (k->cancelled[0])
        truth_line(t, "planted,number_cancelled,%lld,%s\n", (long long)id, k->cancelled);
}

void put_family(struct seed_block *b, const struct seed_world *w, const struct family *f, struct seed_counters *c,
                bool truth)
{
    int64_t first = c->person;
    struct rng old_records = rng_fork(&w->rng, SEED_OLD_RECORDS);
    struct rng r = rng_fork(&old_records, (uint64_t)f->household);
    put_household(b, w, f, first);
    for (int i = 0; i < f->n; i++) {
        const struct kin *k = &f->m[i];
        int64_t id = c->person++;
        put_person(b, f, k, first, id);
        put_residences(b, w, f, k, id);
        put_cards(b, k, id);
        put_identifiers(b, k, id);
        if (truth)
            put_truth(b, f, k, first, id);
        if (seed_chance(&r, 30))
            put_old_record(b, w, f, i, id, c, &r, truth);
    }
    if (truth && f->namesake_of)
        truth_line(&b->truth, "planted,namesake_of_head,%lld,%lld\n", (long long)first, (long long)f->namesake_of);
    b->people += f->n;
}
