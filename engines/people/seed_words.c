/* seed_words.c: words with cumulative weights, and the peoples with their names. */
#include "engines/people/seed_words.h"

#include "base/text.h"
#include "engines/people/pack.h"

const struct seed_word *seed_pick(const struct seed_words *w, struct rng *r)
{
    if (!w->n)
        return NULL;
    uint32_t draw = rng_below(r, w->v[w->n - 1].upto);
    size_t low = 0, high = w->n - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (draw < w->v[middle].upto)
            high = middle;
        else
            low = middle + 1;
    }
    return &w->v[low];
}

bool seed_chance(struct rng *r, uint32_t per_mille)
{
    return rng_below(r, 1000) < per_mille;
}

int32_t seed_between(struct rng *r, int32_t low, int32_t high)
{
    return high <= low ? low : low + (int32_t)rng_below(r, (uint32_t)(high - low) + 1);
}

/* ---- word lists ---- */

void seed_add_word(struct arena *a, seed_words_vec *words, struct str text, uint32_t weight)
{
    uint32_t before = words->n ? words->v[words->n - 1].upto : 0;
    *vec_push(a, words) = (struct seed_word) { .text = text, .fold = text_fold(a, text), .upto = before + weight };
}

struct seed_words seed_words_of(const seed_words_vec *v)
{
    return (struct seed_words) { v->v, v->n };
}

/* Which of the three lists by sex a word belongs to: U to both. */
static bool fits(struct str mark, enum sex sex)
{
    return str_eq(mark, STR("U")) || str_eq(mark, sex == SEX_MALE ? STR("M") : STR("F"));
}

/* A list name,weight[,sex] of the majority's names. */
static int read_words(struct arena *a, const char *dir, const char *file, bool by_sex, struct seed_words *all,
                      struct seed_words *sexes, struct err *e)
{
    static const char *const names[] = { "name", "weight", "sex" };
    struct pack_list l;
    if (pack_list_open(a, dir, file, names, by_sex ? 3 : 2, &l, e))
        return -1;
    seed_words_vec lists[3] = { 0 };
    int got;
    while ((got = pack_list_next(&l, e)) == 1) {
        uint32_t weight;
        if (!pack_number(&l, 1, &weight))
            return pack_refuse(&l, e, "weight");
        if (!by_sex)
            seed_add_word(a, &lists[0], pack_cell(&l, 0), weight);
        for (enum sex sex = SEX_MALE; by_sex && sex <= SEX_FEMALE; sex++)
            if (fits(pack_cell(&l, 2), sex))
                seed_add_word(a, &lists[sex], pack_cell(&l, 0), weight);
    }
    if (all)
        *all = seed_words_of(&lists[0]);
    for (enum sex sex = SEX_MALE; sexes && sex <= SEX_FEMALE; sex++)
        sexes[sex] = seed_words_of(&lists[sex]);
    return got;
}

static int read_compound(struct seed_world *w, const char *dir, struct err *e)
{
    static const char *const names[] = { "name", "sex" };
    struct pack_list l;
    if (pack_list_open(w->arena, dir, "names-given-compound.csv", names, 2, &l, e))
        return -1;
    seed_words_vec lists[3] = { 0 };
    int got;
    while ((got = pack_list_next(&l, e)) == 1)
        for (enum sex sex = SEX_MALE; sex <= SEX_FEMALE; sex++)
            if (fits(pack_cell(&l, 1), sex))
                seed_add_word(w->arena, &lists[sex], pack_cell(&l, 0), 1);
    for (enum sex sex = SEX_MALE; sex <= SEX_FEMALE; sex++)
        w->compound[sex] = seed_words_of(&lists[sex]);
    return got;
}

/* ---- peoples ---- */

/* "38:70|40:85": words with weights inside one cell. */
static bool weighted_cell(struct arena *a, struct str s, struct seed_words *out)
{
    seed_words_vec words = { 0 };
    struct str piece;
    while (s.n && str_cut(&s, '|', &piece)) {
        struct str text;
        int64_t weight;
        if (!str_cut(&piece, ':', &text) || !str_to_i64(piece, &weight) || weight < 1 || weight > 100000)
            return false;
        seed_add_word(a, &words, text, (uint32_t)weight);
    }
    *out = seed_words_of(&words);
    return true;
}

static bool naming_of(struct str s, enum seed_naming *out)
{
    static const struct {
        struct str name;
        enum seed_naming naming;
    } table[] = {
        { STR_INIT("kinh"), NAMING_KINH }, { STR_INIT("clan"), NAMING_CLAN }, { STR_INIT("mnong"), NAMING_MNONG },
        { STR_INIT("ede"), NAMING_EDE },   { STR_INIT("ma"), NAMING_MA },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (!str_eq(table[i].name, s))
            continue;
        *out = table[i].naming;
        return true;
    }
    return false;
}

/* Codes of religions in peoples.csv become the names that the register keeps. */
static int name_religions(struct arena *a, const char *dir, struct seed_people *peoples, size_t n, struct err *e)
{
    static const char *const names[] = { "code", "name_vi" };
    struct pack_list l;
    if (pack_list_open(a, dir, "religions.csv", names, 2, &l, e))
        return -1;
    int got;
    while ((got = pack_list_next(&l, e)) == 1)
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < peoples[i].religions.n; j++)
                if (str_eq(peoples[i].religions.v[j].fold, pack_cell(&l, 0)))
                    peoples[i].religions.v[j].text = pack_cell(&l, 1);
    return got;
}

static int read_peoples_list(struct seed_world *w, const char *dir, struct err *e)
{
    static const char *const names[] = { "ethnic_code",
                                         "naming",
                                         "minority_weight_synthetic",
                                         "native_permille_synthetic",
                                         "origins_synthetic",
                                         "religions_permille_synthetic" };
    struct pack_list l;
    if (pack_list_open(w->arena, dir, "peoples.csv", names, 6, &l, e))
        return -1;
    VEC(struct seed_people) peoples = { 0 };
    int got;
    while ((got = pack_list_next(&l, e)) == 1) {
        struct seed_people p = { .ethnic_code = pack_cell(&l, 0) };
        if (!naming_of(pack_cell(&l, 1), &p.naming) || !pack_number(&l, 2, &p.weight) || !pack_number(&l, 3, &p.native) ||
            !weighted_cell(w->arena, pack_cell(&l, 4), &p.origins) ||
            !weighted_cell(w->arena, pack_cell(&l, 5), &p.religions))
            return pack_refuse(&l, e, "unknown code or bad number");
        p.religious = p.religions.n ? p.religions.v[p.religions.n - 1].upto : 0;
        *vec_push(w->arena, &peoples) = p;
    }
    if (got)
        return -1;
    if (peoples.n < 2 || peoples.n > 16)
        return ERR(e, ERR_INPUT, "%s/peoples.csv: %zu peoples, 2 to 16 are wanted", dir, peoples.n);
    w->peoples = peoples.v;
    w->n_peoples = peoples.n;
    return name_religions(w->arena, dir, w->peoples, w->n_peoples, e);
}

/* Which list of a people a row of names-peoples.csv goes to. */
static struct seed_words *part_of(struct seed_people *p, struct str part, enum sex sex)
{
    if (str_eq(part, STR("family")))
        return sex == SEX_MALE ? &p->family : NULL;
    if (str_eq(part, STR("lead")))
        return &p->lead[sex];
    if (str_eq(part, STR("middle")))
        return &p->middle[sex];
    return str_eq(part, STR("given")) ? &p->given[sex] : NULL;
}

/* Rows of one list follow one another in the file, so a list grows at its end. */
static int read_people_names(struct seed_world *w, const char *dir, struct err *e)
{
    static const char *const names[] = { "ethnic_code", "part", "sex", "word", "weight" };
    struct pack_list l;
    if (pack_list_open(w->arena, dir, "names-peoples.csv", names, 5, &l, e))
        return -1;
    int got;
    while ((got = pack_list_next(&l, e)) == 1) {
        uint32_t weight;
        if (!pack_number(&l, 4, &weight) || !weight)
            return pack_refuse(&l, e, "weight");
        for (size_t i = 0; i < w->n_peoples; i++) {
            for (enum sex sex = SEX_MALE; sex <= SEX_FEMALE; sex++) {
                struct seed_words *list = part_of(&w->peoples[i], pack_cell(&l, 1), sex);
                if (!list || !str_eq(w->peoples[i].ethnic_code, pack_cell(&l, 0)) || !fits(pack_cell(&l, 2), sex))
                    continue;
                seed_words_vec words = { .v = list->v, .n = list->n, .room = list->n };
                seed_add_word(w->arena, &words, pack_cell(&l, 3), weight);
                *list = seed_words_of(&words);
            }
        }
    }
    return got;
}

/* The peoples without lists of their own use the majority's. */
static int read_names(struct seed_world *w, const char *dir, struct err *e)
{
    struct seed_people *majority = &w->peoples[0];
    if (read_people_names(w, dir, e) || read_words(w->arena, dir, "names-family.csv", false, &majority->family, NULL, e) ||
        read_words(w->arena, dir, "names-middle.csv", true, NULL, majority->middle, e) ||
        read_words(w->arena, dir, "names-given.csv", true, NULL, majority->given, e) || read_compound(w, dir, e))
        return -1;
    for (size_t i = 1; i < w->n_peoples; i++) {
        struct seed_people *p = &w->peoples[i];
        for (enum sex sex = SEX_MALE; sex <= SEX_FEMALE; sex++) {
            if (!p->given[sex].n)
                p->given[sex] = majority->given[sex];
            bool leads = p->naming == NAMING_MNONG || p->naming == NAMING_EDE || p->naming == NAMING_MA;
            if (leads && !p->lead[sex].n)
                return ERR(e, ERR_INPUT, "%s/names-peoples.csv: people %.*s has no leading words", dir,
                           STR_ARG(p->ethnic_code));
        }
        bool clans = p->naming == NAMING_CLAN || p->naming == NAMING_EDE;
        if (clans && !p->family.n)
            return ERR(e, ERR_INPUT, "%s/names-peoples.csv: people %.*s has no family names", dir, STR_ARG(p->ethnic_code));
    }
    return 0;
}

int seed_peoples_load(struct seed_world *w, const char *pack_dir, struct err *e)
{
    return read_peoples_list(w, pack_dir, e) || read_names(w, pack_dir, e) ? -1 : 0;
}
