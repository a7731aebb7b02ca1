/* seed_demo.c: the fixed people of the demo (demo-people.csv): guides, tests and the acceptance check name them. */
#include "base/text.h"
#include "base/vec.h"
#include "engines/people/pack.h"
#include "engines/people/seed_make.h"

#include <string.h>

enum column {
    HOUSEHOLD,
    COMMUNE,
    HAMLET,
    ROLE,
    PID,
    NAME,
    BORN,
    SEX,
    ETHNIC,
    RELIGION,
    CARD_KIND,
    CARD_ISSUED,
    CMND9,
    DIED,
    SINCE,
    COLUMNS
};
static const char *const names[] = { "household", "code_commune", "hamlet", "role",        "pid",
                                     "name",      "born",         "sex",    "ethnic_code", "religion",
                                     "card_kind", "card_issued",  "cmnd9",  "died",        "since" };

static bool place(const struct seed_world *w, const struct pack_list *l, struct family *f)
{
    for (size_t c = 0; c < w->n_communes; c++) {
        if (!str_eq(unit_code_str(&w->communes[c].code), pack_cell(l, COMMUNE)))
            continue;
        f->commune = c;
        for (size_t h = 0; h < w->communes[c].n_hamlets; h++) {
            struct str name = w->communes[c].hamlets[h].name;
            /* "Bon" alone means the first bon there is. */
            bool first_bon = str_eq(pack_cell(l, HAMLET), STR("Bon")) && str_starts(name, STR("Bon "));
            if (!first_bon && !str_eq(name, pack_cell(l, HAMLET)))
                continue;
            f->hamlet = h;
            return true;
        }
    }
    return false;
}

static const struct seed_people *people_of(const struct seed_world *w, struct str code)
{
    for (size_t i = 0; i < w->n_peoples; i++)
        if (str_eq(w->peoples[i].ethnic_code, code))
            return &w->peoples[i];
    return NULL;
}

static bool copy_text(char *to, size_t room, struct str s)
{
    if (s.n >= room)
        return false;
    memcpy(to, s.p, s.n);
    to[s.n] = 0;
    return true;
}

static bool read_name(struct arena *a, struct str text, struct seed_name *out)
{
    struct str key = text_fold(a, text), given = key;
    for (ptrdiff_t space; (space = str_find_char(given, ' ')) >= 0;)
        given = str_from(given, (size_t)space + 1);
    return copy_text(out->text, sizeof out->text, text) && copy_text(out->key, sizeof out->key, key) &&
           copy_text(out->given, sizeof out->given, given);
}

static bool read_person(const struct seed_world *w, const struct pack_list *l, const struct family *f, struct kin *k)
{
    *k = (struct kin) { .mother = NOBODY, .father = NOBODY };
    k->sex = str_eq(pack_cell(l, SEX), STR("F")) ? SEX_FEMALE : SEX_MALE;
    k->people = people_of(w, pack_cell(l, ETHNIC));
    k->origin = w->communes[f->commune].unit;
    k->registered = w->home;
    k->dead = pack_cell(l, DIED).n > 0;
    uint32_t card = 0;
    if (!k->people || !day_parse_iso(pack_cell(l, BORN), &k->born) || !day_parse_iso(pack_cell(l, SINCE), &k->since) ||
        (k->dead && !day_parse_iso(pack_cell(l, DIED), &k->died)) ||
        !copy_text(k->pid.v, sizeof k->pid.v, pack_cell(l, PID)) ||
        !copy_text(k->cmnd9, sizeof k->cmnd9, pack_cell(l, CMND9)) || !read_name(w->arena, pack_cell(l, NAME), &k->name))
        return false;
    for (size_t i = 0; i < k->people->religions.n; i++)
        if (str_eq(k->people->religions.v[i].fold, pack_cell(l, RELIGION)))
            k->religion = &k->people->religions.v[i];
    struct day issued;
    if (pack_number(l, CARD_KIND, &card) && day_parse_iso(pack_cell(l, CARD_ISSUED), &issued)) {
        k->cards[0] = paper_card((int)card, k->born, issued);
        k->cmnd9_until = issued;
        k->cmnd9_issued = birthday(k->born, 16).n > birthday(issued, -12).n ? birthday(k->born, 16) : birthday(issued, -12);
    }
    return true;
}

/* Children come after their parents in the list. */
static void link_child(struct family *f, int child)
{
    for (int i = 0; i < child && i < 2; i++)
        *(f->m[i].sex == SEX_MALE ? &f->m[child].father : &f->m[child].mother) = i;
}

int seed_demo_load(struct seed_world *w, const char *pack_dir, struct err *e)
{
    struct pack_list l;
    if (pack_list_open(w->arena, pack_dir, "demo-people.csv", names, COLUMNS, &l, e))
        return -1;
    VEC(struct family) families = { 0 };
    VEC(struct str) reserved = { 0 };
    uint32_t last = 0;
    int got;
    while ((got = pack_list_next(&l, e)) == 1) {
        uint32_t household;
        if (!pack_number(&l, HOUSEHOLD, &household) || !household || household > 900)
            return pack_refuse(&l, e, "household");
        if (household != last)
            *vec_push(w->arena, &families) = (struct family) { .kind = FAMILY_SETTLED };
        last = household;
        struct family *f = &families.v[families.n - 1];
        if (f->n == FAMILY_MAX || !place(w, &l, f) || !read_person(w, &l, f, &f->m[f->n]))
            return pack_refuse(&l, e, "place or person");
        f->household = family_household_id(f->commune, 99000 + household);
        if (str_eq(pack_cell(&l, ROLE), STR("child")))
            link_child(f, f->n);
        f->n++;
        *vec_push(w->arena, &reserved) = pack_cell(&l, PID);
        if (pack_cell(&l, CMND9).n)
            *vec_push(w->arena, &reserved) = pack_cell(&l, CMND9);
    }
    w->demo = families.v;
    w->n_demo = families.n;
    w->reserved = reserved.v;
    w->n_reserved = reserved.n;
    return got;
}
