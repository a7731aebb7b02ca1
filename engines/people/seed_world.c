/* seed_world.c: the places of the pack as the generator wants them: provinces, communes, hamlets. */
#include "base/text.h"
#include "engines/people/pack.h"
#include "engines/people/seed_make.h"
#include "engines/people/seed_words.h"

#include <string.h>

int64_t seed_share(const struct seed_world *w, int64_t total, size_t commune)
{
    int64_t before = 0;
    for (size_t i = 0; i < commune; i++)
        before += w->communes[i].weight;
    int64_t upto = before + w->communes[commune].weight;
    return total * upto / w->weight - total * before / w->weight;
}

static int read_provinces(struct seed_world *w, const char *dir, const struct pack_units *units, struct str home,
                          struct err *e)
{
    static const char *const names[] = { "id_code", "gso_code", "short_name_vi" };
    struct pack_list l;
    if (pack_list_open(w->arena, dir, "id-province-codes.csv", names, 3, &l, e))
        return -1;
    VEC(struct seed_province) provinces = { 0 };
    int got;
    while ((got = pack_list_next(&l, e)) == 1) {
        struct seed_province p = { .name = pack_cell(&l, 2) };
        size_t unit = pack_unit_find(units, pack_cell(&l, 1), false);
        if (unit == PACK_NO_UNIT || pack_cell(&l, 0).n != 3 || !unit_code_parse(pack_cell(&l, 1), &p.code))
            return pack_refuse(&l, e, "unknown code or bad number");
        memcpy(p.id_code, pack_cell(&l, 0).p, 3);
        p.unit = units->v[unit].id;
        if (str_eq(pack_cell(&l, 1), home))
            w->home = provinces.n;
        *vec_push(w->arena, &provinces) = p;
    }
    w->provinces = provinces.v;
    w->n_provinces = provinces.n;
    return got;
}

struct hamlet_words {
    struct seed_words first, second, thon;
};

static int read_hamlet_words(struct arena *a, const char *dir, struct hamlet_words *out, struct err *e)
{
    static const char *const names[] = { "part", "word" };
    struct pack_list l;
    if (pack_list_open(a, dir, "hamlet-words.csv", names, 2, &l, e))
        return -1;
    seed_words_vec first = { 0 }, second = { 0 }, thon = { 0 };
    int got;
    while ((got = pack_list_next(&l, e)) == 1) {
        seed_words_vec *to = str_eq(pack_cell(&l, 0), STR("bon_first"))    ? &first
                             : str_eq(pack_cell(&l, 0), STR("bon_second")) ? &second
                                                                           : &thon;
        seed_add_word(a, to, pack_cell(&l, 1), 1);
    }
    if (!first.n || !second.n || !thon.n)
        return ERR(e, ERR_INPUT, "%s/hamlet-words.csv: a list is empty", dir);
    *out = (struct hamlet_words) { seed_words_of(&first), seed_words_of(&second), seed_words_of(&thon) };
    return got;
}

static bool has_hamlet(const struct seed_commune *c, size_t n, struct str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(c->hamlets[i].name, name))
            return true;
    return false;
}

/* A name the commune does not have yet. The lists hold far more combinations than a commune has bons. */
static struct str new_name(struct arena *a, const struct seed_commune *c, size_t n, bool bon,
                           const struct hamlet_words *words, struct rng *r)
{
    for (size_t tries = 0;; tries++) {
        const struct seed_word *first = seed_pick(bon ? &words->first : &words->thon, r);
        const struct seed_word *second = bon ? seed_pick(&words->second, r) : NULL;
        struct str name = bon ? str_fmt(a, "Bon %.*s %.*s", STR_ARG(first->text), STR_ARG(second->text))
                              : str_fmt(a, "Thôn %.*s", STR_ARG(first->text));
        if (!has_hamlet(c, n, name) || tries > 100)
            return name;
    }
}

/* In town: tổ dân phố. Outside: numbered thôn, a few named ones, and bons where the highland peoples live. */
static void name_hamlets(struct seed_world *w, struct seed_commune *c, size_t n, const struct hamlet_words *words,
                         int64_t *next_id)
{
    struct rng hamlets = rng_fork(&w->rng, SEED_HAMLETS);
    struct rng r = rng_fork(&hamlets, (uint64_t)c->unit);
    size_t bons = c->urban ? 0 : n * c->minority / 1600, named = c->urban ? 0 : (n - bons) / 5;
    c->hamlets = arena_new_array(w->arena, struct seed_hamlet, n);
    c->n_hamlets = n;
    for (size_t i = 0; i < n; i++) {
        struct str name;
        if (c->urban)
            name = str_fmt(w->arena, "Tổ dân phố %zu", i + 1);
        else if (i >= n - bons - named)
            name = new_name(w->arena, c, i, i >= n - bons, words, &r);
        else
            name = str_fmt(w->arena, "Thôn %zu", i + 1);
        c->hamlets[i] = (struct seed_hamlet) { (*next_id)++, name };
    }
}

/* Peoples live in clusters: each commune multiplies the weights by chance. */
static void mix_peoples(struct seed_world *w, struct seed_commune *c)
{
    struct rng people = rng_fork(&w->rng, SEED_PEOPLE);
    struct rng r = rng_fork(&people, (uint64_t)c->unit);
    uint32_t upto = 0;
    for (size_t i = 0; i < w->n_peoples; i++) {
        upto += w->peoples[i].weight * (1 + rng_below(&r, 8));
        c->peoples_upto[i] = upto;
    }
}

static int read_commune(struct seed_world *w, const struct pack_list *l, const struct pack_units *units,
                        struct seed_commune *c, uint32_t *hamlets)
{
    size_t unit = pack_unit_find(units, pack_cell(l, 0), false);
    uint32_t urban;
    if (unit == PACK_NO_UNIT || !pack_number(l, 1, &c->weight) || !pack_number(l, 2, &c->minority) ||
        !pack_number(l, 3, hamlets) || !pack_number(l, 4, &urban) || c->minority > 1000 || !*hamlets || *hamlets > 64 ||
        !c->weight)
        return -1;
    const struct pack_unit *u = &units->v[unit];
    c->unit = u->id;
    c->code = u->code;
    c->district = u->parent_code;
    c->name = u->short_name;
    c->path = u->path;
    c->lat_e6 = u->lat_e6;
    c->lon_e6 = u->lon_e6;
    c->urban = urban;
    w->weight += c->weight;
    return 0;
}

static int read_communes(struct seed_world *w, const char *dir, const struct pack_units *units, struct err *e)
{
    static const char *const names[] = { "code", "weight_synthetic", "minority_permille_synthetic", "hamlets_synthetic",
                                         "urban" };
    struct hamlet_words words;
    struct pack_list l;
    if (read_hamlet_words(w->arena, dir, &words, e) || pack_list_open(w->arena, dir, "communes-2023.csv", names, 5, &l, e))
        return -1;
    VEC(struct seed_commune) communes = { 0 };
    int64_t next_hamlet = 1;
    int got;
    while ((got = pack_list_next(&l, e)) == 1) {
        struct seed_commune c = { 0 };
        uint32_t hamlets;
        if (read_commune(w, &l, units, &c, &hamlets))
            return pack_refuse(&l, e, "unknown code or bad number");
        name_hamlets(w, &c, hamlets, &words, &next_hamlet);
        mix_peoples(w, &c);
        *vec_push(w->arena, &communes) = c;
    }
    if (!got && !communes.n)
        return ERR(e, ERR_INPUT, "%s/communes-2023.csv: no communes", dir);
    w->communes = communes.v;
    w->n_communes = communes.n;
    return got;
}

int seed_world_load(struct arena *a, const char *pack_dir, uint64_t seed, struct day as_of, struct seed_world *out,
                    struct err *e)
{
    struct seed_world w = { .arena = a, .as_of = as_of };
    rng_seed(&w.rng, seed);
    struct rng numbers = rng_fork(&w.rng, SEED_NUMBERS);
    w.numbers_key = rng_u64(&numbers);
    struct pack_conf conf;
    struct pack_units units;
    if (pack_conf_read(a, pack_dir, &conf, e) || pack_units_read(a, pack_dir, &conf, &units, e))
        return -1;
    w.cmnd9_prefix = pack_value(&conf, "people.cmnd9_prefix");
    if (!str_is_digits(w.cmnd9_prefix) || w.cmnd9_prefix.n != 3)
        return ERR(e, ERR_INPUT, "%s/pack.conf: people.cmnd9_prefix has not three digits", pack_dir);
    if (read_provinces(&w, pack_dir, &units, pack_value(&conf, "province.code"), e) || seed_peoples_load(&w, pack_dir, e) ||
        read_communes(&w, pack_dir, &units, e) || seed_demo_load(&w, pack_dir, e))
        return -1;
    *out = w;
    return 0;
}
