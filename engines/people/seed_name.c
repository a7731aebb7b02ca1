/* seed_name.c: names as each people gives them. Sources: the pack's word lists; customs as in docs/vietnamese.md. A key is put
 * together from the folded words, which is the same as folding the whole name and a hundred times cheaper (the test checks
 * that it is the same).
 */
#include "base/err.h"
#include "engines/people/seed.h"

#include <string.h>

static const struct seed_word word_van = { STR_INIT("Văn"), STR_INIT("van"), 0 };
static const struct seed_word word_thi = { STR_INIT("Thị"), STR_INIT("thi"), 0 };

struct writing {
    struct seed_name *name;
    size_t n, key_n;
    bool joined; /* the last word ended with an apostrophe: H'Nhi, K'Tem */
};

static void put(char *to, size_t *n, size_t room, struct str s, bool space)
{
    ASSERT(*n + s.n + 2 < room);
    if (space)
        to[(*n)++] = ' ';
    memcpy(to + *n, s.p, s.n);
    *n += s.n;
    to[*n] = 0;
}

static void put_word(struct writing *to, const struct seed_word *w)
{
    bool space = to->n && !to->joined;
    put(to->name->text, &to->n, sizeof to->name->text, w->text, space);
    put(to->name->key, &to->key_n, sizeof to->name->key, w->fold, space);
    to->joined = str_ends(w->text, STR("'"));
}

static void put_given(struct writing *to, const struct seed_word *w)
{
    put_word(to, w);
    struct str fold = w->fold; /* of two words the last is the given name */
    for (ptrdiff_t space; (space = str_find_char(fold, ' ')) >= 0;)
        fold = str_from(fold, (size_t)space + 1);
    size_t n = 0;
    put(to->name->given, &n, sizeof to->name->given, fold, false);
}

/* Văn and Thị were the rule before 1990 and are one choice among many since. */
static void put_vietnamese(struct writing *to, const struct seed_world *w, const struct seed_people *p, struct rng *r,
                           enum sex sex, int born, const struct seed_word *middle)
{
    bool old = born < 1990;
    const struct seed_words *middles = p->middle[sex].n ? &p->middle[sex] : &w->peoples[0].middle[sex];
    if (sex == SEX_MALE) {
        if (seed_chance(r, old ? 60 : 260)) {
            put_given(to, seed_pick(&w->compound[sex], r));
            return;
        }
        put_word(to, seed_chance(r, old ? 420 : 100) ? &word_van : middle ? middle : seed_pick(middles, r));
        put_given(to, seed_pick(&p->given[sex], r));
        return;
    }
    bool thi = seed_chance(r, old ? 760 : 420);
    if (thi)
        put_word(to, &word_thi);
    if (seed_chance(r, thi ? 250 : 550)) {
        put_given(to, seed_pick(&w->compound[sex], r));
        return;
    }
    if (!thi)
        put_word(to, middle ? middle : seed_pick(middles, r));
    put_given(to, seed_pick(&p->given[sex], r));
}

static void put_clan(struct writing *to, const struct seed_world *w, const struct seed_people *p, struct rng *r,
                     enum sex sex, int born, const struct seed_word *middle)
{
    if (!p->middle[sex].n) {
        put_vietnamese(to, w, p, r, sex, born, middle);
        return;
    }
    put_word(to, seed_pick(&p->middle[sex], r));
    put_given(to, seed_pick(&p->given[sex], r));
}

void seed_person_name(const struct seed_world *w, const struct seed_people *p, struct rng *r, enum sex sex, int birth_year,
                      const struct seed_word *family, const struct seed_word *middle, struct seed_name *out)
{
    memset(out, 0, sizeof *out);
    struct writing to = { .name = out };
    if (!family && p->family.n)
        family = seed_pick(&p->family, r);
    out->family = p->family.n ? family : NULL;
    switch (p->naming) {
    case NAMING_KINH:
        put_word(&to, family);
        put_vietnamese(&to, w, p, r, sex, birth_year, middle);
        return;
    case NAMING_CLAN:
        put_word(&to, family);
        put_clan(&to, w, p, r, sex, birth_year, middle);
        return;
    case NAMING_EDE:
        put_word(&to, seed_pick(&p->lead[sex], r));
        put_given(&to, seed_pick(&p->given[sex], r));
        put_word(&to, family);
        return;
    case NAMING_MNONG:
    case NAMING_MA:
        put_word(&to, seed_pick(&p->lead[sex], r));
        put_given(&to, seed_pick(&p->given[sex], r));
        return;
    }
}
