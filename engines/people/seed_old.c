/* seed_old.c: paper-age records as clerks typed them. Each mistake is one that cleansing must find later (model 40 and the
 * linkage engine); which were made stands only in the truth file.
 */
#include "engines/people/seed_rows.h"

#include <stdio.h>
#include <string.h>

enum mistake {
    NO_TONES,
    WORD_MISSING,
    LETTER_LOST,
    LETTERS_SWAPPED,
    SPACES,
    YEAR_ONLY,
    DAY_MONTH_SWAPPED,
    YEAR_OFF,
    FIRST_OF_JANUARY,
    SEX_WRONG,
    DIGIT_WRONG,
    DIGIT_LOST,
    PLACE_SPELLING,
    MISTAKES_
};
static const char *const mistake_names[MISTAKES_] = {
    "no_tones", "word_missing",     "letter_lost", "letters_swapped", "spaces",     "year_only",     "day_month_swapped",
    "year_off", "first_of_january", "sex_wrong",   "digit_wrong",     "digit_lost", "place_spelling"
};

struct text { /* a small fixed text; what does not fit is a bug */
    char p[256];
    size_t n;
};

static void put(struct text *t, struct str s)
{
    ASSERT(t->n + s.n < sizeof t->p);
    memcpy(t->p + t->n, s.p, s.n);
    t->n += s.n;
}

static struct str str_in(const struct text *t)
{
    return (struct str) { t->p, t->n };
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A place of an unaccented letter, searched from a random one on; t->n when there is none. `pairs`: its neighbour is one too. */
static size_t letter_at(const struct text *t, struct rng *r, bool pairs)
{
    if (t->n < 3)
        return t->n;
    size_t start = rng_below(r, (uint32_t)t->n);
    for (size_t i = 0; i < t->n; i++) {
        size_t at = (start + i) % (t->n - 1);
        if (is_letter(t->p[at]) && (!pairs || (is_letter(t->p[at + 1]) && t->p[at] != t->p[at + 1])))
            return at;
    }
    return t->n;
}

static void cut(struct text *t, size_t at, size_t n)
{
    memmove(t->p + at, t->p + at + n, t->n - at - n);
    t->n -= n;
}

/* The second of three or more words. */
static bool drop_word(struct text *t)
{
    ptrdiff_t first = str_find_char(str_in(t), ' ');
    if (first < 0)
        return false;
    struct str rest = str_from(str_in(t), (size_t)first + 1);
    ptrdiff_t second = str_find_char(rest, ' ');
    if (second < 0)
        return false;
    cut(t, (size_t)first, (size_t)second + 1);
    return true;
}

static void spoil_name(struct text *t, const struct seed_name *name, struct rng *r, uint32_t *made)
{
    uint32_t kind = rng_below(r, 100);
    if (kind < 18) {
        t->n = 0;
        put(t, str_of(name->key));
        *made |= 1u << NO_TONES;
    } else if (kind < 26) {
        *made |= drop_word(t) ? 1u << WORD_MISSING : 0;
    } else if (kind < 32) {
        size_t at = letter_at(t, r, false);
        if (at < t->n) {
            cut(t, at, 1);
            *made |= 1u << LETTER_LOST;
        }
    } else if (kind < 37) {
        size_t at = letter_at(t, r, true);
        if (at < t->n) {
            char c = t->p[at];
            t->p[at] = t->p[at + 1];
            t->p[at + 1] = c;
            *made |= 1u << LETTERS_SWAPPED;
        }
    } else if (kind < 41) {
        put(t, STR("  "));
        *made |= 1u << SPACES;
    }
}

static void write_name(struct rows *t, const struct seed_name *name, struct rng *r, uint32_t *made)
{
    struct text text = { .n = 0 };
    put(&text, str_of(name->text));
    spoil_name(&text, name, r, made);
    rows_text(t, str_in(&text));
}

static void write_born(struct rows *t, const struct kin *k, struct rng *r, uint32_t *made)
{
    int y, m, d;
    day_to_ymd(k->born, &y, &m, &d);
    uint32_t kind = rng_below(r, 100);
    char text[16];
    if (kind < 6) {
        rows_null(t);
        return;
    }
    if (k->year_only || kind < 20) {
        snprintf(text, sizeof text, "%04d", y % 10000);
        *made |= k->year_only ? 0 : 1u << YEAR_ONLY;
        rows_text(t, str_of(text));
        return;
    }
    if (kind < 27 && d <= 12 && d != m) {
        int swap = d;
        d = m;
        m = swap;
        *made |= 1u << DAY_MONTH_SWAPPED;
    } else if (kind < 33) {
        y += kind % 2 ? 1 : -1;
        *made |= 1u << YEAR_OFF;
    } else if (kind < 37 && (d != 1 || m != 1)) {
        d = m = 1;
        *made |= 1u << FIRST_OF_JANUARY;
    }
    snprintf(text, sizeof text, kind % 3 ? "%02d/%02d/%04d" : "%d-%d-%d", d % 100, m % 100, y % 10000);
    rows_text(t, str_of(text));
}

static void write_sex(struct rows *t, const struct kin *k, struct rng *r, uint32_t *made)
{
    uint32_t kind = rng_below(r, 100);
    if (kind < 8) {
        rows_null(t);
        return;
    }
    bool male = k->sex == SEX_MALE;
    if (kind < 10) {
        male = !male;
        *made |= 1u << SEX_WRONG;
    }
    if (kind < 16)
        rows_text(t, male ? STR("1") : STR("2"));
    else
        rows_text(t, male ? STR("Nam") : STR("Nữ"));
}

static void write_number(struct rows *t, const struct kin *k, struct rng *r, uint32_t *made)
{
    uint32_t kind = rng_below(r, 100);
    if (kind < 38) {
        rows_null(t);
        return;
    }
    struct text text = { .n = 0 };
    put(&text, k->cmnd9[0] && kind < 85 ? str_of(k->cmnd9) : pid_str(&k->pid));
    size_t at = 3 + rng_below(r, (uint32_t)text.n - 3);
    if (kind % 20 == 7) {
        text.p[at] = (char)('0' + (text.p[at] - '0' + 1 + (int)rng_below(r, 8)) % 10);
        *made |= 1u << DIGIT_WRONG;
    } else if (kind % 20 == 13) {
        cut(&text, at, 1);
        *made |= 1u << DIGIT_LOST;
    }
    rows_text(t, str_in(&text));
}

static void write_parent(struct rows *t, const struct family *f, int i, struct rng *r, uint32_t *made)
{
    bool known = i != NOBODY && seed_chance(r, 650);
    if (known)
        write_name(t, &f->m[i].name, r, made);
    else
        rows_null(t);
}

/* "Đắk" is written in five ways, even in the plan. */
static void write_address(struct rows *t, const struct seed_world *w, const struct family *f, struct rng *r, uint32_t *made)
{
    static const struct str spellings[] = { STR_INIT("Đăk"), STR_INIT("Đắc"), STR_INIT("Dak"), STR_INIT("ĐăK") };
    const struct seed_commune *c = &w->communes[f->commune];
    struct text text = { .n = 0 };
    put(&text, c->hamlets[f->hamlet].name);
    put(&text, c->urban ? STR(", P. ") : STR(", X. "));
    bool spoil = str_starts(c->name, STR("Đắk ")) && seed_chance(r, 400);
    if (spoil) {
        put(&text, spellings[rng_below(r, 4)]);
        put(&text, str_from(c->name, STR("Đắk").n));
        *made |= 1u << PLACE_SPELLING;
    } else {
        put(&text, c->name);
    }
    rows_text(t, str_in(&text));
}

static void write_truth(struct seed_block *b, int64_t record, int64_t person, uint32_t made)
{
    struct text list = { .n = 0 };
    for (enum mistake i = 0; i < MISTAKES_; i++) {
        if (!(made & 1u << i))
            continue;
        if (list.n)
            put(&list, STR("|"));
        put(&list, str_of(mistake_names[i]));
    }
    truth_line(&b->truth, "old_record,%lld,%lld,%.*s\n", (long long)record, (long long)person, STR_ARG(str_in(&list)));
}

void put_old_record(struct seed_block *b, const struct seed_world *w, const struct family *f, int i, int64_t person,
                    struct seed_counters *c, struct rng *r, bool truth)
{
    static const struct str sources[] = { STR_INIT("Sổ hộ khẩu giấy"), STR_INIT("Sổ hộ tịch"),
                                          STR_INIT("Danh sách bảo hiểm y tế"), STR_INIT("Danh sách hộ nghèo"),
                                          STR_INIT("Danh sách học sinh") };
    const struct kin *k = &f->m[i];
    struct rows *t = &b->t[ROWS_OLD_RECORD];
    uint32_t made = 0;
    int64_t record = ++c->old_record;
    uint32_t source = rng_below(r, age_on(k->born, w->as_of) < 20 ? 5 : 4);
    rows_int(t, record);
    rows_text(t, sources[source]);
    write_number(t, k, r, &made);
    write_name(t, &k->name, r, &made);
    write_born(t, k, r, &made);
    write_sex(t, k, r, &made);
    write_parent(t, f, k->father, r, &made);
    write_parent(t, f, k->mother, r, &made);
    write_address(t, w, f, r, &made);
    rows_end(t);
    if (truth)
        write_truth(b, record, person, made);
}
