/* generate_papers.c: fees and letters of made-up cases, as a real case has them: what the service costs, and each paper that a move of its
 * flow gives, with the days that the clock said then.
 */
#include "engines/cases/generate_rows.h"

enum { CASE_ARENA = 4 << 20, READ_TURN = 1000 };

struct papering {
    struct case_making_up *m;
    struct dbr *r;
    struct arena *arena; /* of one case */
    struct db_bulk *fees, *letters;
    struct map places; /* unit and month → what it is called */
    int64_t id, letter;
};

static const char *const fee_columns[] = { "case_id", "fee", "label", "amount", "confirmed" };
static const enum db_type fee_types[] = { DB_INT, DB_TEXT, DB_TEXT, DB_MONEY, DB_BOOL };
static const char *const letter_columns[] = { "id", "case_id", "kind", "at", "account", "name", "body", "audit" };
static const enum db_type letter_types[] = { DB_INT, DB_INT, DB_INT, DB_INSTANT, DB_INT, DB_TEXT, DB_TEXT, DB_INT };

static int put_fees(struct papering *w, const struct made_case *c, struct err *e)
{
    for (size_t i = 0; i < c->service->n_fees; i++) {
        const struct case_fee_line *f = &c->service->fees[i];
        db_bulk_int(w->fees, w->id);
        db_bulk_text(w->fees, f->fee);
        db_bulk_text(w->fees, f->label);
        db_bulk_int(w->fees, f->amount.dong);
        db_bulk_int(w->fees, f->confirmed);
        if (db_bulk_row(w->fees, e))
            return -1;
    }
    return 0;
}

struct place {
    struct str name;
};

static int place_of(struct papering *w, const struct case_view *c, struct str *out, struct err *e)
{
    struct arena *kept = w->m->arena;
    struct day on = instant_day(c->made_at);
    struct str key = str_fmt(w->arena, "%.*s %.*s", STR_ARG(unit_code_str(&c->unit)), STR_ARG(str_head(day_iso(w->arena, on), 7)));
    struct place *p = map_get(&w->places, key);
    if (!p) {
        p = arena_new(kept, struct place);
        if (case_place_name(w->m->state, w->r, kept, &c->unit, on, &p->name, e))
            return -1;
        map_set(&w->places, str_dup(kept, key), p);
    }
    *out = p->name;
    return 0;
}

static int put_letter(struct papering *w, const struct case_view *now, const struct made_step *s, struct str officer, struct err *e)
{
    struct case_view then = *now;
    struct case_letter_facts facts = { .c = &then, .words = s->words };
    struct str body;
    then.received_at = s->received;
    then.due = s->due;
    if (place_of(w, now, &facts.place, e) || case_letter_body(w->arena, &facts, &body, e))
        return -1;
    db_bulk_int(w->letters, ++w->letter);
    db_bulk_int(w->letters, w->id);
    db_bulk_int(w->letters, s->move->paper);
    db_bulk_int(w->letters, s->at.us);
    db_bulk_int(w->letters, 0);
    db_bulk_text(w->letters, officer);
    db_bulk_text(w->letters, body);
    db_bulk_int(w->letters, w->m->audit);
    return db_bulk_row(w->letters, e);
}

static int put_letters(struct papering *w, const struct made_case *c, struct err *e)
{
    struct case_view now;
    bool known = false;
    for (size_t i = 0; i < c->life.steps.n; i++) {
        const struct made_step *s = &c->life.steps.v[i];
        if (s->move->paper == PAPER_NONE)
            continue;
        if (!known && case_by_id(w->m->g->app, w->r, w->arena, w->id, &now, e) != 1)
            return -1;
        known = true;
        if (put_letter(w, &now, s, case_owner_label(c->life.flow->state[s->from].owner), e))
            return -1;
    }
    return 0;
}

static int put_all(struct papering *w, struct err *e)
{
    struct arena a;
    int result = 0;
    arena_init(&a, CASE_ARENA);
    w->arena = &a;
    for (size_t i = 0; result == 0 && i < w->m->kept.n; i++, arena_clear(&a)) {
        struct made_case c;
        w->id = w->m->last.cases + (int64_t)i + 1;
        if (i % READ_TURN == 0) { /* short read transactions */
            db_read_end(w->r);
            w->r = NULL;
            result = db_read_begin(w->m->g->app->db, &w->r, e);
        }
        ASSERT(case_make_up(w->m, &a, w->m->kept.v[i], &c)); /* as it was made for its record */
        if (result == 0 && (put_fees(w, &c, e) || put_letters(w, &c, e)))
            result = -1;
    }
    db_read_end(w->r);
    arena_release(&a);
    return result;
}

#define COUNT_OF(a) (int)(sizeof(a) / sizeof *(a))

int case_rows_papers(struct case_making_up *m, struct err *e)
{
    struct papering w = { .m = m, .letter = m->last.letters };
    struct db *db = m->g->app->db;
    map_init(&w.places, m->arena, 5, 6);
    int result = db_bulk_begin(db, "case_fee", fee_columns, fee_types, COUNT_OF(fee_types), &w.fees, e) ||
                         db_bulk_begin(db, "case_letter", letter_columns, letter_types, COUNT_OF(letter_types), &w.letters, e) ||
                         put_all(&w, e)
                     ? -1
                     : 0;
    struct db_bulk *all[] = { w.fees, w.letters };
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (all[i] && db_bulk_end(all[i], result == 0 ? e : NULL))
            result = -1;
    return result;
}
