/* seed_places.c: lodging places that do not exist, in communes that do. */
#include "engines/stays/seed.h"

#include "engines/people/pack.h"

#include <string.h>

static struct seed_list *list_named(struct stays_seeding *s, struct str part)
{
    const struct {
        struct str part;
        struct seed_list *list;
    } lists[] = {
        { STR("first"), &s->first },    { STR("second"), &s->second },        { STR("late_cause"), &s->causes },
        { STR("reason"), &s->reasons }, { STR("foreigner"), &s->foreigners },
    };
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        if (str_eq(lists[i].part, part))
            return lists[i].list;
    return NULL;
}

int seed_words_load(struct stays_seeding *s, const char *pack_dir, struct err *e)
{
    static const char *const names[] = { "part", "word" };
    struct pack_list l;
    int got;
    if (pack_list_open(s->arena, pack_dir, "lodging-words.csv", names, 2, &l, e) != 0)
        return -1;
    while ((got = pack_list_next(&l, e)) == 1) {
        struct seed_list *list = list_named(s, pack_cell(&l, 0));
        if (!list || list->n == SEED_WORDS_MAX)
            return pack_refuse(&l, e, "unknown part, or too many words");
        list->v[list->n++] = str_dup(s->arena, pack_cell(&l, 1));
    }
    if (got == 0 && (!s->first.n || !s->second.n || !s->causes.n || !s->reasons.n || !s->foreigners.n))
        return ERR(e, ERR_INPUT, "lodging-words.csv lacks a part");
    return got;
}

/* ---- places ---- */

/* kind, how many of a thousand, fewest and most rooms, guests a room draws: all made up. */
static const struct place_kind {
    const char *kind;
    const char *title;
    uint32_t per_mille;
    int32_t rooms_least, rooms_most;
    uint32_t draw;
} kinds[] = {
    { "nha_nghi", "Nhà nghỉ", 520, 6, 18, 5 },      { "hotel", "Khách sạn", 110, 18, 60, 6 },
    { "homestay", "Homestay", 100, 3, 10, 4 },      { "rental", "Nhà cho thuê", 210, 4, 20, 1 },
    { "hospital", "Trạm lưu bệnh", 35, 10, 40, 2 }, { "coach", "Xe khách", 25, 20, 44, 0 },
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static const struct place_kind *draw_kind(struct rng *r)
{
    uint32_t at = rng_below(r, 1000);
    for (size_t i = 0; i < KINDS; i++) {
        if (at < kinds[i].per_mille)
            return &kinds[i];
        at -= kinds[i].per_mille;
    }
    return &kinds[0];
}

static struct str place_name(struct stays_seeding *s, struct rng *r, const char *title)
{
    struct str first = s->first.v[rng_below(r, s->first.n)], second = s->second.v[rng_below(r, s->second.n)];
    return str_fmt(s->arena, second.n > 0 ? "%s %.*s %.*s" : "%s %.*s%.*s", title, STR_ARG(first), STR_ARG(second));
}

/* Open places that never declare anybody: what an agency claims and what is counted then differ, as they do. Never the demo's own. */
enum { SILENT_PER_MILLE = 80 };

static bool is_silent(const struct rng *place, int64_t id)
{
    struct rng r = rng_fork(place, UINT64_C(1) << 40 | (uint64_t)id);
    return seed_chance(&r, SILENT_PER_MILLE);
}

/* Up to about two kilometres from the commune's approximate centre. */
static int32_t near(struct rng *r, int32_t centre)
{
    return centre + (int32_t)rng_below(r, 36000) - 18000;
}

static void put_place(struct stays_seeding *s, const struct seed_commune *c, int64_t in_commune,
                      const struct place_kind *fixed)
{
    int64_t id = (int64_t)s->n_places + 1;
    struct rng all = rng_fork(&s->world.rng, SEED_FACILITIES), r = rng_fork(&all, (uint64_t)id);
    const struct place_kind *k = fixed ? fixed : draw_kind(&r);
    struct facility *f = &s->places[s->n_places];
    *f = (struct facility) { .id = id,
                             .code = str_fmt(s->arena, "%s-%03lld", c->code.v, (long long)in_commune),
                             .kind = str_of(k->kind),
                             .unit = c->code,
                             .open = fixed || !seed_chance(&r, 15) };
    f->name = fixed ? STR("Nhà nghỉ Hoa Cà Phê") : place_name(s, &r, k->title);
    f->rooms = seed_between(&r, k->rooms_least, k->rooms_most);
    struct str hamlet = c->hamlets[rng_below(&r, (uint32_t)c->n_hamlets)].name; /* drawn once: STR_ARG reads its argument twice */
    f->address = str_fmt(s->arena, "%.*s, %.*s", STR_ARG(hamlet), STR_ARG(c->path));
    /* A subscriber's number never begins with 0: nobody is called. */
    unsigned exchange = rng_below(&r, 100), subscriber = rng_below(&r, 10000);
    f->phone = str_fmt(s->arena, "0261 0%02u %04u", exchange, subscriber);
    f->lat_e6 = near(&r, c->lat_e6);
    f->lon_e6 = near(&r, c->lon_e6);
    uint32_t before = s->n_places > 0 ? s->weights_upto[s->n_places - 1] : 0;
    bool draws = f->open && (fixed || !is_silent(&all, id));
    s->weights_upto[s->n_places++] = before + (draws ? (uint32_t)f->rooms * k->draw : 0);
}

/* The first place is the one of the demo's receptionist: a nhà nghỉ in Đắk Ru. */
void seed_places(struct stays_seeding *s)
{
    static const struct str demo_commune = STR_INIT("24763");
    const struct seed_world *w = &s->world;
    s->places = arena_new_array(s->arena, struct facility, SEED_PLACES + 1);
    s->weights_upto = arena_new_array(s->arena, uint32_t, SEED_PLACES + 1);
    for (size_t i = 0; i < w->n_communes; i++)
        if (str_eq(unit_code_str(&w->communes[i].code), demo_commune))
            put_place(s, &w->communes[i], 1, &kinds[0]);
    size_t demo = s->n_places;
    for (size_t i = 0; i < w->n_communes; i++) {
        const struct seed_commune *c = &w->communes[i];
        int64_t first = demo > 0 && unit_code_eq(&c->code, &s->places[0].unit) ? 2 : 1;
        int64_t share = seed_share(w, SEED_PLACES - (int64_t)demo, i);
        for (int64_t k = 0; k < share; k++)
            put_place(s, c, first + k, NULL);
    }
}
