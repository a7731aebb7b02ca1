/* seed_papers.c: numbers and cards by the law's ages: a card from 14, renewed at 25, 40 and 60 (Luật Căn cước công dân
 * 59/2014/QH13, Điều 19 and 21); chip cards since 2021; the CMND of nine digits until 2020, good for 15 years.
 */
#include "base/map.h"
#include "engines/people/seed_make.h"

#include <string.h>

enum { KIND_CMND9 = 1, KIND_BARCODE = 2, KIND_CHIP = 3 };
enum { GROUP_CMND9 = 1, GROUP_PID = 2 };

struct dates { /* of the law, as days */
    struct day province, barcode, chip, last_cmnd9;
};

static struct day ymd(int y, int m, int d)
{
    struct day out = { 0 };
    day_from_ymd(y, m, d, &out);
    return out;
}

/* ---- numbers ---- */

static uint32_t round_of(uint64_t key, uint32_t group, uint32_t half, uint32_t round)
{
    uint8_t in[9] = { (uint8_t)group,
                      (uint8_t)(group >> 8),
                      (uint8_t)(group >> 16),
                      (uint8_t)(group >> 24),
                      (uint8_t)half,
                      (uint8_t)(half >> 8),
                      (uint8_t)round,
                      0,
                      0 };
    return (uint32_t)siphash24(key, group, in, sizeof in) & 1023;
}

/* A permutation of 0 … 999,999 for each group: four Feistel rounds over 20 bits, walked until the value falls inside. So six
 * random-looking digits are unique within a group as long as the ids are, and no set of used numbers must be remembered. */
static uint32_t scatter(uint64_t key, uint32_t group, uint32_t id)
{
    uint32_t v = id;
    do {
        uint32_t left = v >> 10, right = v & 1023;
        for (uint32_t round = 0; round < 4; round++) {
            uint32_t next = left ^ round_of(key, group, right, round);
            left = right;
            right = next;
        }
        v = left << 10 | right;
    } while (v >= 1000000);
    return v;
}

static bool is_reserved(const struct seed_world *w, struct str number)
{
    for (size_t i = 0; i < w->n_reserved; i++)
        if (str_eq(w->reserved[i], number))
            return true;
    return false;
}

static void put_digits(char *to, uint32_t v, int n)
{
    for (int i = n - 1; i >= 0; i--, v /= 10)
        to[i] = (char)('0' + v % 10);
    to[n] = 0;
}

struct pid paper_pid(const struct seed_world *w, int64_t person, size_t province, enum sex sex, int year)
{
    uint32_t digit = (uint32_t)(year / 100 - 19) * 2 + (sex == SEX_FEMALE);
    uint32_t group = GROUP_PID << 24 | (uint32_t)province << 16 | digit << 8 | (uint32_t)(year % 100);
    struct pid p;
    memcpy(p.v, w->provinces[province].id_code, 3);
    put_digits(p.v + 3, digit % 10, 1);
    put_digits(p.v + 4, (uint32_t)(year % 100), 2);
    /* The ids above SEED_PEOPLE_MOST stand in for those whose number belongs to somebody of the demo. */
    for (uint32_t id = (uint32_t)person;; id = SEED_PEOPLE_MOST + (id + 1) % 10000) {
        put_digits(p.v + 6, scatter(w->numbers_key, group, id), 6);
        if (!is_reserved(w, pid_str(&p)))
            return p;
    }
}

static void give_cmnd9(const struct seed_world *w, struct kin *k, int64_t person)
{
    for (uint32_t id = (uint32_t)person;; id = SEED_PEOPLE_MOST + (id + 1) % 10000) {
        memcpy(k->cmnd9, w->cmnd9_prefix.p, 3);
        put_digits(k->cmnd9 + 3, scatter(w->numbers_key, GROUP_CMND9 << 24, id), 6);
        if (!is_reserved(w, str_of(k->cmnd9)))
            return;
    }
}

/* ---- cards ---- */

bool paper_expiry(struct day born, struct day issued, struct day *expires)
{
    static const int ages[] = { 25, 40, 60 };
    for (size_t i = 0; i < sizeof ages / sizeof *ages; i++) {
        if (issued.n >= birthday(born, ages[i] - 2).n)
            continue;
        *expires = birthday(born, ages[i]);
        return true;
    }
    return false;
}

struct paper paper_card(int kind, struct day born, struct day issued)
{
    struct paper p = { .kind = kind, .issued = issued };
    if (kind == KIND_CMND9)
        p.expires = birthday(issued, 15);
    else
        p.no_term = !paper_expiry(born, issued, &p.expires);
    return p;
}

static struct day later(struct day a, struct day b)
{
    return a.n > b.n ? a : b;
}

/* A day from `from` on, mostly soon; never after `until`. */
static struct day soon_after(struct rng *r, struct day from, int32_t within, struct day until)
{
    int32_t room = until.n - from.n;
    return day_plus(from, seed_between(r, 0, room < within ? room : within));
}

static void draw_cmnd9(const struct seed_world *w, struct kin *k, int64_t person, const struct dates *law, struct day end,
                       struct rng *r)
{
    struct day from = later(birthday(k->born, 15), law->province);
    struct day until = end.n < law->last_cmnd9.n ? end : law->last_cmnd9;
    if (from.n > until.n || !seed_chance(r, 860))
        return;
    give_cmnd9(w, k, person);
    k->cmnd9_issued = soon_after(r, from, 9 * 365, until);
}

/* The latest card first. */
static void draw_cards(struct kin *k, const struct dates *law, struct day as_of, struct day end, struct rng *r)
{
    struct day old_enough = birthday(k->born, 14);
    int n = 0;
    bool barcode = old_enough.n <= law->chip.n - 200 && end.n > law->chip.n && seed_chance(r, 50);
    if (barcode) {
        struct day from = later(old_enough, law->barcode);
        k->cards[n++] = paper_card(KIND_BARCODE, k->born, soon_after(r, from, 1000, day_plus(law->chip, -60)));
    }
    struct day from = later(old_enough, law->chip);
    bool runs_out = barcode && !k->cards[0].no_term && k->cards[0].expires.n < end.n;
    uint32_t has_chip = barcode ? (runs_out ? 800 : 0) : age_on(k->born, as_of) > 14 ? 955 : 600;
    if (from.n <= end.n && seed_chance(r, has_chip)) {
        if (runs_out)
            from = later(from, k->cards[0].expires);
        k->cards[1] = k->cards[0];
        k->cards[0] = paper_card(KIND_CHIP, k->born, soon_after(r, from, 620, end));
        n++;
    }
    /* A chip card that has run out: three in four have fetched the next one. */
    if (n == 1 && !k->cards[0].no_term && k->cards[0].expires.n < end.n && seed_chance(r, 750)) {
        k->cards[1] = k->cards[0];
        k->cards[0] = paper_card(KIND_CHIP, k->born, soon_after(r, k->cards[1].expires, 90, end));
        n++;
    }
    if (n && k->cmnd9[0])
        k->cmnd9_until = k->cards[n - 1].issued;
    if (!n && k->cmnd9[0])
        k->cards[0] = paper_card(KIND_CMND9, k->born, k->cmnd9_issued);
}

/* Five in ten thousand first got a number with the wrong sex in it; it was cancelled. */
static void draw_cancelled(const struct seed_world *w, struct kin *k, int64_t person, struct rng *r)
{
    if (k->dead || !seed_chance(r, 1) || !seed_chance(r, 500))
        return;
    enum sex wrong = k->sex == SEX_MALE ? SEX_FEMALE : SEX_MALE;
    struct pid p = paper_pid(w, person, k->registered, wrong, year_of(k->born));
    memcpy(k->cancelled, p.v, sizeof k->cancelled);
    k->cancelled_on = day_plus(w->as_of, -seed_between(r, 100, 900));
}

void papers_make(const struct seed_world *w, struct family *f, int64_t first_person)
{
    const struct dates law = { ymd(2004, 2, 2), ymd(2018, 1, 2), ymd(2021, 3, 1), ymd(2020, 12, 31) };
    struct rng numbers = rng_fork(&w->rng, SEED_NUMBERS);
    struct rng r = rng_fork(&numbers, (uint64_t)f->household);
    for (int i = 0; i < f->n; i++) {
        struct kin *k = &f->m[i];
        if (k->pid.v[0])
            continue; /* of the demo: papers are given */
        int64_t person = first_person + i;
        struct day end = k->dead ? k->died : w->as_of;
        k->pid = paper_pid(w, person, k->registered, k->sex, year_of(k->born));
        draw_cmnd9(w, k, person, &law, end, &r);
        draw_cards(k, &law, w->as_of, end, &r);
        draw_cancelled(w, k, person, &r);
    }
}
