/* values.c: days, moments, births, sums, numbers and codes as people and programs write them. What is accepted and printed is
 * read again as the same value.
 */
#include "base/ident.h"
#include "base/money.h"
#include "engines/stays/stays_internal.h"
#include "fuzz/fuzz.h"

#include <string.h>

void fuzz_start(void)
{
}

static void days(struct arena *a, struct str s)
{
    struct day d, again;
    struct instant t, t_again;
    if (day_parse_iso(s, &d))
        ASSERT(day_parse_iso(day_iso(a, d), &again) && again.n == d.n);
    if (day_parse_vi(s, &d))
        ASSERT(day_parse_vi(day_vi(a, d), &again) && again.n == d.n);
    if (day_typed(s, &d))
        ASSERT(day_typed(day_vi(a, d), &again) && again.n == d.n);
    if (instant_parse(s, &t))
        ASSERT(instant_parse(instant_iso(a, t), &t_again) && t_again.us == t.us);
    if (instant_typed(s, &t))
        ASSERT(instant_typed(instant_vi(a, t), &t_again) && t_again.us == t.us);
}

static void births(struct arena *a, struct str s)
{
    struct birth b, again;
    if (!birth_parse(s, &b))
        return;
    ASSERT(birth_parse(birth_iso(a, b), &again) && birth_eq(b, again));
    ASSERT(birth_parse(birth_vi(a, b), &again) && birth_eq(b, again));
    birth_age(b, fuzz_today());
}

static void sums(struct arena *a, struct str s)
{
    struct money m, again, sum;
    if (!money_parse(s, &m))
        return;
    ASSERT(money_parse(money_vi(a, m), &again) && again.dong == m.dong);
    if (money_add(m, again, &sum))
        ASSERT(sum.dong / 2 == m.dong);
}

static void identifiers(struct arena *a, struct str s)
{
    struct pid p = { { 0 } };
    struct unit_code u;
    struct err e = { 0 };
    if (pid_parse(s, fuzz_today(), &p, &e) == 0) {
        ASSERT(pid_str(&p).n == 12 && str_is_digits(pid_str(&p)));
        ASSERT(pid_birth_year(&p) >= 1900 && pid_birth_year(&p) <= 2026);
        ASSERT(pid_sex(&p) == SEX_MALE || pid_sex(&p) == SEX_FEMALE);
        ASSERT(pid_masked(a, &p).n == 12);
    } else {
        fuzz_check_refusal(&e);
        ASSERT(pid_str(&p).p == NULL);
    }
    if (unit_code_parse(s, &u))
        ASSERT(str_eq(unit_code_str(&u), s));
}

static void numbers(struct arena *a, struct str s)
{
    int64_t i;
    uint64_t u;
    double d;
    if (str_to_i64(s, &i) && str_to_u64(s, &u))
        ASSERT(i >= 0 && (uint64_t)i == u);
    if (str_to_i64(s, &i) && s.n <= 15)
        ASSERT(str_to_double(s, &d) && (int64_t)d == i);
    struct str bytes, text;
    if (str_unbase64url(a, s, &bytes)) {
        text = str_base64url(a, bytes.p, bytes.n);
        ASSERT(str_eq(text, str_head(s, s.n))); /* one text for one value: signatures stand on it */
    }
    char raw[16];
    if (str_unhex(s, raw, sizeof(raw)))
        ASSERT(str_eq_nocase(str_hex(a, raw, sizeof(raw)), s));
}

static void stays(struct arena *a, struct str s)
{
    struct stay_clock_rule rule;
    int64_t facility, month, n;
    if (stay_clock_rule_parse(s, &rule))
        ASSERT(rule.due_hour >= 0 && rule.due_hour < 24 && rule.late_hour >= 0 && rule.late_hour < 24);
    if (stay_number_parse(s, &facility, &month, &n) && facility < 1000000 && n < 1000000) {
        int64_t f2, m2, n2;
        ASSERT(stay_number_parse(stay_number(a, facility, month, n), &f2, &m2, &n2));
        ASSERT(f2 == facility && m2 == month && n2 == n);
    }
}

void fuzz_one(struct arena *a, struct str input)
{
    days(a, input);
    births(a, input);
    sums(a, input);
    identifiers(a, input);
    numbers(a, input);
    stays(a, input);
}
