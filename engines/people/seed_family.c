/* seed_family.c: who lives in a household. Shares are rough and only meant to be plausible; every draw is an integer, and no
 * call has two draws among its arguments, because C leaves their order to the compiler. */
#include "engines/people/seed_make.h"

#include <string.h>

enum { YEAR = 365, MARRIES = 18 * YEAR, LAST_BIRTH = 42 * YEAR };

struct day day_plus(struct day d, int32_t days)
{
    return (struct day) { d.n + days };
}

int year_of(struct day d)
{
    int y, m, day;
    day_to_ymd(d, &y, &m, &day);
    return y;
}

struct day birthday(struct day born, int age)
{
    int y, m, d;
    day_to_ymd(born, &y, &m, &d);
    struct day out;
    if (!day_from_ymd(y + age, m, d, &out))
        day_from_ymd(y + age, 3, 1, &out);
    return out;
}

int age_on(struct day born, struct day on)
{
    int age = year_of(on) - year_of(born);
    return birthday(born, age).n > on.n ? age - 1 : age;
}

static struct day later(struct day a, struct day b)
{
    return a.n > b.n ? a : b;
}

int64_t family_household_id(size_t commune, uint32_t k)
{
    return (int64_t)(commune + 1) * 100000 + k + 1;
}

/* What all members share while a family is being made. */
struct making {
    const struct seed_world *w;
    struct family *f;
    struct rng *r;
    int most;
    const struct seed_people *people;
    const struct seed_word *religion;
    int64_t origin;
    size_t province; /* the family came from here; w->home when it always lived here */
    struct day came; /* day it came; long ago for natives */
};

static const struct seed_people *draw_people(const struct seed_world *w, const struct seed_commune *c, uint32_t k,
                                             struct rng *r)
{
    /* Spread evenly over the households of a commune, so that small provinces have the right share too. */
    uint64_t phase = (uint64_t)c->unit * 377 % 1000;
    bool minority = (k * (uint64_t)c->minority + phase) / 1000 != ((k + 1) * (uint64_t)c->minority + phase) / 1000;
    if (!minority)
        return &w->peoples[0];
    uint32_t draw = rng_below(r, c->peoples_upto[w->n_peoples - 1]);
    size_t i = 1;
    while (draw >= c->peoples_upto[i])
        i++;
    return &w->peoples[i];
}

static size_t province_of(const struct seed_world *w, struct str code)
{
    for (size_t i = 0; i < w->n_provinces; i++)
        if (str_eq(unit_code_str(&w->provinces[i].code), code))
            return i;
    return w->home;
}

static const struct seed_word *draw_religion(const struct seed_people *p, struct rng *r)
{
    return seed_chance(r, p->religious) ? seed_pick(&p->religions, r) : NULL;
}

/* Natives have their quê quán in their commune; others in the province they came from, and so have their children. */
static void draw_origin(struct making *m, const struct seed_commune *c)
{
    m->province = m->w->home;
    m->origin = c->unit;
    day_from_ymd(1930, 1, 1, &m->came);
    bool native = seed_chance(m->r, m->people->native);
    const struct seed_word *from = seed_pick(&m->people->origins, m->r);
    if (!from)
        return;
    size_t province = province_of(m->w, from->text);
    if (!native || m->people->naming == NAMING_KINH) /* Kinh who were born here name their fathers' province */
        m->origin = m->w->provinces[province].unit;
    if (native)
        return;
    m->province = province;
    struct day first;
    day_from_ymd(1976, 1, 1, &first);
    m->came = day_plus(first, seed_between(m->r, 0, m->w->as_of.n - 200 - first.n));
}

static struct kin *add(struct making *m, enum sex sex, struct day born)
{
    struct kin *k = &m->f->m[m->f->n++];
    memset(k, 0, sizeof *k);
    k->sex = sex;
    k->born = born;
    k->mother = k->father = NOBODY;
    k->people = m->people;
    k->religion = m->religion;
    k->origin = m->origin;
    k->registered = born.n < m->came.n ? m->province : m->w->home;
    k->since = later(born, m->came);
    k->year_only = year_of(born) < 1962 && seed_chance(m->r, 140);
    return k;
}

static void name(struct making *m, struct kin *k, const struct seed_word *family, const struct seed_word *middle)
{
    seed_person_name(m->w, k->people, m->r, k->sex, year_of(k->born), family, middle, &k->name);
}

static bool has_room(const struct making *m)
{
    return m->f->n < m->most && m->f->n < FAMILY_MAX;
}

/* Age of the head of a family in days. */
static int32_t draw_age(struct rng *r)
{
    static const struct {
        uint32_t upto;
        int from, to;
    } bands[] = {
        { 40, 20, 24 },  { 135, 25, 29 }, { 275, 30, 34 }, { 425, 35, 39 }, { 560, 40, 44 }, { 675, 45, 49 },
        { 775, 50, 54 }, { 855, 55, 59 }, { 915, 60, 64 }, { 955, 65, 69 }, { 985, 70, 79 }, { 1000, 80, 92 },
    };
    uint32_t draw = rng_below(r, 1000);
    size_t i = 0;
    while (draw >= bands[i].upto)
        i++;
    return seed_between(r, bands[i].from * YEAR + 10, (bands[i].to + 1) * YEAR);
}

static int draw_children(struct rng *r, int mother_born, bool minority)
{
    int n = mother_born < 1955   ? seed_between(r, 2, 6)
            : mother_born < 1970 ? seed_between(r, 2, 5)
            : mother_born < 1985 ? seed_between(r, 1, 4)
                                 : seed_between(r, 0, 3);
    return minority && seed_chance(r, 250) ? n + 1 : n;
}

/* A child who is grown has mostly left for a household of its own. */
static bool lives_at_home(struct rng *r, int32_t age_days)
{
    if (age_days < 19 * YEAR)
        return true;
    return seed_chance(r, age_days < 24 * YEAR ? 620 : age_days < 30 * YEAR ? 220 : 60);
}

/* Children of the couple, oldest first: the first when the mother is 19 to 28, then every second to fourth year. Of one
 * parent's children only those are made whom the other one can have had too. */
static void add_children(struct making *m, int father, int mother)
{
    struct family *f = m->f;
    const struct kin *parent = &f->m[mother == NOBODY ? father : mother];
    const struct seed_word *middle = seed_chance(m->r, 450) ? seed_pick(&m->w->peoples[0].middle[SEX_MALE], m->r) : NULL;
    int wanted = draw_children(m->r, year_of(parent->born), m->people != &m->w->peoples[0]);
    struct day born = day_plus(parent->born, seed_between(m->r, 19 * YEAR, 28 * YEAR));
    for (int i = 0; i < wanted && has_room(m); i++) {
        bool too_old = born.n - parent->born.n > LAST_BIRTH;
        bool father_too_young = father != NOBODY && born.n - f->m[father].born.n < MARRIES;
        if (born.n > m->w->as_of.n - 20 || too_old)
            return;
        if (!father_too_young && lives_at_home(m->r, m->w->as_of.n - born.n)) {
            struct kin *child = add(m, seed_chance(m->r, 515) ? SEX_MALE : SEX_FEMALE, born);
            child->mother = mother;
            child->father = father;
            bool from_mother = m->people->naming == NAMING_EDE || father == NOBODY; /* the Ê Đê line is the mother's */
            const struct kin *namegiver = &f->m[from_mother && mother != NOBODY ? mother : father];
            name(m, child, namegiver->name.family, middle);
        }
        bool twin = seed_chance(m->r, 9);
        born = day_plus(born, twin ? 0 : seed_between(m->r, 500, 4 * YEAR));
    }
}

static struct day last_birth(const struct family *f, int parent)
{
    struct day last = f->m[parent].since;
    for (int i = 0; i < f->n; i++)
        if (f->m[i].mother == parent || f->m[i].father == parent)
            last = later(last, f->m[i].born);
    return last;
}

/* Dead people stay in the register. Some households still list them: an error of real registers, planted here on purpose. */
static void draw_death(struct making *m, int i, uint32_t per_mille)
{
    if (i == NOBODY || !seed_chance(m->r, per_mille))
        return;
    struct kin *k = &m->f->m[i];
    struct day died = day_plus(m->w->as_of, -seed_between(m->r, 30, 12 * YEAR));
    if (died.n <= last_birth(m->f, i).n + 300 || age_on(k->born, died) < 1)
        return;
    k->dead = true;
    k->died = died;
    k->listed = seed_chance(m->r, 80);
}

static int add_adult(struct making *m, enum sex sex, struct day born)
{
    struct kin *k = add(m, sex, born);
    name(m, k, NULL, NULL);
    return m->f->n - 1;
}

/* The wife keeps her name; three in a hundred are of another people. */
static int add_wife(struct making *m, struct day husband_born)
{
    struct day born = day_plus(husband_born, seed_between(m->r, -2 * YEAR, 6 * YEAR));
    if (m->w->as_of.n - born.n < MARRIES)
        born = day_plus(m->w->as_of, -MARRIES - 100);
    const struct seed_people *own = m->people;
    if (seed_chance(m->r, 30))
        m->people = &m->w->peoples[rng_below(m->r, (uint32_t)m->w->n_peoples)];
    int wife = add_adult(m, SEX_FEMALE, born);
    m->people = own;
    return wife;
}

/* The husband's parents, both at least eighteen at his birth. Parents are added before their children, here and everywhere,
 * so that a row never names a later one. */
static void add_grandparents(struct making *m, struct day husband_born, const struct seed_word *family, int *father,
                             int *mother)
{
    struct day born = day_plus(husband_born, -seed_between(m->r, 18 * YEAR + 300, 34 * YEAR));
    if (year_of(born) < 1928)
        return;
    *mother = add_adult(m, SEX_FEMALE, born);
    struct kin *grandfather = add(m, SEX_MALE, day_plus(born, -seed_between(m->r, 0, 5 * YEAR)));
    name(m, grandfather, m->people->naming == NAMING_EDE ? NULL : family, NULL);
    *father = m->f->n - 1;
}

static void make_couple(struct making *m, bool three_generations)
{
    struct family *f = m->f;
    int32_t age = draw_age(m->r);
    if (three_generations && age > 52 * YEAR)
        age = 26 * YEAR + age % (24 * YEAR);
    struct day born = day_plus(m->w->as_of, -age);
    const struct seed_word *family = seed_pick(&m->people->family, m->r);
    int grandfather = NOBODY, grandmother = NOBODY;
    if (three_generations && m->most >= 5)
        add_grandparents(m, born, family, &grandfather, &grandmother);

    int husband = f->n, wife = NOBODY;
    struct kin *k = add(m, SEX_MALE, born);
    k->father = grandfather;
    k->mother = grandmother;
    bool mothers_line = m->people->naming == NAMING_EDE && grandmother != NOBODY;
    name(m, k, mothers_line ? f->m[grandmother].name.family : family, NULL);
    if (has_room(m))
        wife = add_wife(m, born);
    add_children(m, husband, wife);

    uint32_t old = age > 60 * YEAR ? 200 : 9;
    draw_death(m, husband, old);
    draw_death(m, wife, old / 2);
    draw_death(m, grandfather, 140);
    draw_death(m, grandmother, 90);
    f->head = f->m[husband].dead && wife != NOBODY && !f->m[wife].dead ? wife : husband;
}

static void make_lone_parent(struct making *m)
{
    bool mother = seed_chance(m->r, 820);
    int32_t age = seed_between(m->r, 23 * YEAR, 58 * YEAR);
    int parent = add_adult(m, mother ? SEX_FEMALE : SEX_MALE, day_plus(m->w->as_of, -age));
    add_children(m, mother ? NOBODY : parent, mother ? parent : NOBODY);
}

static void make_single(struct making *m)
{
    int32_t age =
        seed_chance(m->r, 550) ? seed_between(m->r, 58 * YEAR, 90 * YEAR) : seed_between(m->r, 19 * YEAR, 45 * YEAR);
    int only = add_adult(m, seed_chance(m->r, 480) ? SEX_MALE : SEX_FEMALE, day_plus(m->w->as_of, -age));
    draw_death(m, only, age > 70 * YEAR ? 120 : 5);
}

/* Seasonal and factory workers: thường trú in another province, tạm trú here. */
static void make_lodgers(struct making *m)
{
    struct family *f = m->f;
    f->kind = FAMILY_LODGERS;
    size_t province = m->province;
    while (province == m->w->home)
        province = rng_below(m->r, (uint32_t)m->w->n_provinces);
    f->lodgers_from = m->province = province;
    m->origin = m->w->provinces[province].unit;
    m->came = day_plus(m->w->as_of, -seed_between(m->r, 30, 900));
    f->lodging_until = day_plus(m->came, 2 * YEAR); /* tạm trú is registered for two years at most */
    int n = seed_between(m->r, 1, 4);
    for (int i = 0; i < n && has_room(m); i++) {
        enum sex sex = seed_chance(m->r, 640) ? SEX_MALE : SEX_FEMALE;
        add_adult(m, sex, day_plus(m->w->as_of, -seed_between(m->r, 18 * YEAR + 5, 41 * YEAR)));
    }
}

static void draw_move(struct making *m)
{
    struct family *f = m->f;
    if (f->kind == FAMILY_LODGERS || !seed_chance(m->r, 65))
        return;
    struct day day = day_plus(m->w->as_of, -seed_between(m->r, 60, 11 * YEAR));
    size_t from = rng_below(m->r, (uint32_t)m->w->n_communes);
    size_t hamlet = rng_below(m->r, (uint32_t)m->w->communes[from].n_hamlets);
    if (day.n <= m->came.n + 300 || from == f->commune)
        return;
    f->moved = true;
    f->moved_from = from;
    f->moved_hamlet = hamlet;
    f->moved_day = day;
}

static void make_members(struct making *m, uint32_t k)
{
    uint32_t kind = rng_below(m->r, 1000);
    if (kind < 45 && k > 0)
        make_lodgers(m);
    else if (kind < 105)
        make_single(m);
    else if (kind < 165)
        make_lone_parent(m);
    else
        make_couple(m, kind < 290);
    draw_move(m);
}

/* Two people who share name and day of birth: the test of every matching rule. The head of this household takes both from
 * the head of an earlier one, who can be made again because a household depends on nothing but its number. */
static void plant_namesake(struct making *m, size_t commune, uint32_t k)
{
    struct family *f = m->f;
    struct kin *only = &f->m[0];
    if (f->n != 1 || only->dead || k < 2 || !seed_chance(m->r, 250))
        return;
    struct family like;
    family_make(m->w, commune, rng_below(m->r, k - 1), FAMILY_MAX, &like);
    const struct kin *same = &like.m[like.head];
    if (same->sex != only->sex || same->people != only->people || same->dead || like.namesake_of)
        return;
    only->name = same->name;
    only->born = same->born;
    only->year_only = same->year_only;
    only->since = later(only->born, m->came);
    only->registered = only->born.n < m->came.n ? m->province : m->w->home;
    f->namesake_of = like.household;
}

void family_make(const struct seed_world *w, size_t commune, uint32_t k, int most, struct family *f)
{
    const struct seed_commune *c = &w->communes[commune];
    struct rng people = rng_fork(&w->rng, SEED_PEOPLE);
    struct rng r = rng_fork(&people, UINT64_C(0x1000000) + (uint64_t)family_household_id(commune, k));
    f->household = family_household_id(commune, k);
    f->kind = FAMILY_SETTLED;
    f->commune = commune;
    f->n = f->head = 0;
    f->moved = false;
    f->namesake_of = 0;

    struct making m = { .w = w, .f = f, .r = &r, .most = most, .people = draw_people(w, c, k, &r) };
    f->hamlet = rng_below(&r, (uint32_t)c->n_hamlets);
    m.religion = draw_religion(m.people, &r);
    draw_origin(&m, c);
    make_members(&m, k);
    plant_namesake(&m, commune, k);
}
