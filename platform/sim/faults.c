#include "platform/sim/faults.h"

const struct fault_word common_faults[] = {
    { STR_INIT("slow"), FAULT_SLOW },           { STR_INIT("500"), FAULT_500 },       { STR_INIT("duplicate"), FAULT_DUPLICATE },
    { STR_INIT("reorder"), FAULT_REORDER },     { STR_INIT("schema"), FAULT_SCHEMA }, { STR_INIT("outage"), FAULT_OUTAGE },
    { .word = { NULL, 0 } },
};

static const struct fault_word *word_named(const struct fault_word *words, struct str name)
{
    for (; words->word.p; words++)
        if (str_eq(words->word, name))
            return words;
    return NULL;
}

static int place_of(unsigned bit)
{
    int place = 0;
    while (bit >>= 1)
        place++;
    return place;
}

static unsigned percent_in_all(const struct fault_plan *p)
{
    unsigned sum = 0;
    for (int i = 0; i < FAULT_BITS; i++)
        sum += p->percent[i];
    return sum;
}

/* "500:20" */
static bool take_one(const struct fault_word *words, struct str text, struct fault_plan *p)
{
    struct str rest = str_trim(text), name;
    bool rated = str_find_char(rest, ':') >= 0;
    int64_t percent = FAULT_PERCENT;
    if (rated && (!str_cut(&rest, ':', &name) || !str_to_i64(rest, &percent) || percent < 1 || percent > 100))
        return false;
    const struct fault_word *w = word_named(words, rated ? name : rest);
    if (!w)
        return false;
    p->faults |= w->bit;
    p->percent[place_of(w->bit)] = (uint8_t)percent;
    p->rated |= rated;
    return true;
}

bool faults_parse(const struct fault_word *words, struct str text, struct fault_plan *out)
{
    struct fault_plan p = { 0 };
    struct str word;
    while (text.n > 0 && str_cut(&text, ',', &word))
        if (!take_one(words, word, &p))
            return false;
    if (p.rated && percent_in_all(&p) > 100)
        return false;
    *out = p;
    return true;
}

struct fault_plan faults_plan(unsigned faults)
{
    struct fault_plan p = { .faults = faults };
    for (int i = 0; i < FAULT_BITS; i++)
        if (faults & 1u << i)
            p.percent[i] = FAULT_PERCENT;
    return p;
}

void fault_draw_init(struct fault_draw *d, const struct fault_plan *plan, uint64_t seed)
{
    *d = (struct fault_draw) { .plan = *plan };
    rng_seed(&d->rng, seed);
}

/* One throw of a hundred-sided die, whatever there is to win: the draws of one seed stay in step. */
static unsigned thrown(struct fault_draw *d)
{
    unsigned at = rng_below(&d->rng, 100), below = 0;
    for (int i = 0; i < FAULT_BITS; i++) {
        below += d->plan.percent[i];
        if (at < below)
            return 1u << i;
    }
    return 0;
}

unsigned fault_draw(struct fault_draw *d)
{
    unsigned fault = thrown(d);
    d->requests++;
    if (d->outage_left > 0) {
        d->outage_left--;
        d->in_a_row = FAULTS_IN_A_ROW; /* and then a good one */
        fault = FAULT_OUTAGE;
    } else if (fault == 0 || d->in_a_row >= FAULTS_IN_A_ROW) {
        d->in_a_row = 0;
        return 0;
    } else if (fault == FAULT_OUTAGE) {
        d->outage_left = OUTAGE_LENGTH - 1;
    }
    d->in_a_row++;
    d->faults++;
    return fault;
}
