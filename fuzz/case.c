/* case.c: what a case is read from: behind `f` a flow's file, behind `c` a calendar, behind `n` a number, behind `k` a code for following,
 * behind `s` a scan. A flow that is taken leads to an end from everywhere; days of a calendar that is taken can be counted; a number is
 * printed and read again as the same.
 */
#include "engines/cases/inside.h"
#include "fuzz/fuzz.h"

void fuzz_start(void)
{
}

/* Walking on by the first move that leads to a state not seen yet must end: every state has a way. */
static void flow(struct arena *a, struct str input)
{
    struct case_flow f;
    struct err e = { 0 };
    if (case_flow_read(a, STR("fuzz.json"), input, &f, &e)) {
        fuzz_check_refusal(&e);
        return;
    }
    ASSERT(f.n_states > 0 && f.state[0].clock == FLOW_NONE && f.version > 0);
    for (size_t i = 0; i < f.n_moves; i++) {
        const struct case_flow_move *m = &f.move[i];
        ASSERT(m->to < f.n_states && m->n_from > 0 && (m->effect == EFFECT_STOP) == (m->stop != CLOCK_STOP_NONE));
        ASSERT(case_move_leaves(&f, m, &f.state[m->from[0]]));
    }
    struct case_flow again;
    ASSERT(case_flow_read(a, STR("fuzz.json"), f.body, &again, &e) == 0 && str_eq(again.body, f.body));
}

static void calendar(struct arena *a, struct str input)
{
    struct work_calendar c;
    struct err e = { 0 };
    if (calendar_read(a, input, &c, &e)) {
        fuzz_check_refusal(&e);
        return;
    }
    for (int edition = 1; edition <= c.editions; edition++) {
        struct day from = { c.edition[edition].last.n - 20 }, to = calendar_add(&c, edition, from, 10);
        ASSERT(calendar_between(&c, edition, from, to) == 10 && calendar_works(&c, edition, to));
    }
}

static void number(struct arena *a, struct str input)
{
    struct case_number n, again;
    if (!case_number_parse(a, input, &n))
        return;
    struct str printed = case_number_str(a, &n);
    ASSERT(printed.n <= CASE_NUMBER_MAX && case_number_parse(a, printed, &again));
    ASSERT(str_eq(n.organ, again.organ) && n.day.n == again.day.n && n.n == again.n);
}

static void code(struct arena *a, struct str input)
{
    struct str plain = case_code_plain(a, input);
    ASSERT(!plain.p || (plain.n == 10 && str_eq(case_code_plain(a, plain), plain)));
}

static void scan(struct str input)
{
    struct str media_type = STR_NONE;
    struct err e = { 0 };
    if (case_scan_check(input, &media_type, &e)) {
        fuzz_check_refusal(&e);
        ASSERT(!media_type.p);
        return;
    }
    ASSERT(input.n > 0 && input.n <= CASE_FILE_MAX);
    ASSERT(!str_eq(media_type, STR("application/pdf")) || str_find(input, STR("/OpenAction ")) < 0);
}

void fuzz_one(struct arena *a, struct str input)
{
    struct str rest = str_from(input, 1);
    switch (input.n ? input.p[0] : 0) {
    case 'f':
        flow(a, rest);
        break;
    case 'c':
        calendar(a, rest);
        break;
    case 'n':
        number(a, rest);
        break;
    case 'k':
        code(a, rest);
        break;
    case 's':
        scan(rest);
        break;
    default:
        break;
    }
}
