/* cases: how long one case, one queue, one search and one durable filing take in a store with many cases, beside the least that a durable
 * write costs on the same disk in the same run: one record of the log. Prints a line of JSON for each.
 *
 *     bon case generate --count 1200000 --from 2023-01-01
 *     BON_DATA_DIR=… bench/cases [rounds [unit]]  as many cases are filed in that commune, and then wait in one queue
 */
#include "engines/cases/cases.h"
#include "app/program.h"
#include "base/rng.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS_MOST = 5000, SAMPLES_MOST = 20000, LOOKS = 1000, ARENA = 64 << 20 };

struct bench {
    struct app *app;
    struct arena arena;
    struct rng rng;
    struct dbr *r;
    int64_t cases;
    struct case_view sample;
    struct err e;
};

static void must(int result, struct bench *b)
{
    if (result >= 0)
        return;
    fprintf(stderr, "cases: %s: %s\n", err_name(b->e.code), b->e.detail);
    exit(1);
}

static int ascending(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, c = *(const int64_t *)y;
    return a < c ? -1 : a > c;
}

static void measure(struct bench *b, const char *what, int rounds, void (*one)(struct bench *b, int i))
{
    static int64_t us[ROUNDS_MOST];
    for (int i = 0; i < rounds; i++) {
        int64_t began = monotonic_us();
        one(b, i);
        us[i] = monotonic_us() - began;
        arena_clear(&b->arena);
    }
    qsort(us, (size_t)rounds, sizeof *us, ascending);
    printf("{\"what\":\"%s\",\"p50_us\":%lld,\"p95_us\":%lld}\n", what, (long long)us[rounds / 2], (long long)us[rounds * 95 / 100]);
    fflush(stdout);
}

/* ---- reading ---- */

static void random_case(struct bench *b, struct case_view *c)
{
    int64_t id = 1 + (int64_t)(rng_u64(&b->rng) % (uint64_t)b->cases);
    must(case_by_id(b->app, b->r, &b->arena, id, c, &b->e), b);
}

static void open_one(struct bench *b, int i)
{
    struct case_view c;
    struct case_steps steps;
    struct case_papers papers;
    struct str why;
    (void)i;
    random_case(b, &c);
    must(case_steps_of(b->app, b->r, &b->arena, &c, 0, &steps, &b->e), b);
    must(case_papers_of(b->r, &b->arena, c.id, false, &papers, &b->e), b);
    must(case_explain(b->app, b->r, &b->arena, c.id, &why, &b->e), b);
}

static void queue_one(struct bench *b, int i)
{
    struct case_list list;
    struct case_counts counts;
    struct case_queue_ask ask = {
        .unit = b->sample.unit, .agency = STR(CASE_ANY_AGENCY), .owner = OWNER_ONE_STOP, .most = 50
    };
    (void)i;
    must(case_queue(b->app, b->r, &b->arena, &ask, app_now(b->app), &list, &b->e), b);
    must(case_queue_counts(b->app, b->r, &b->arena, &ask, app_now(b->app), &counts, &b->e), b);
}

static void search_number(struct bench *b, int i)
{
    struct case_view c;
    struct case_list list;
    (void)i;
    random_case(b, &c);
    must(case_search(b->app, b->r, &b->arena, &c.unit, c.number_text, 20, &list, &b->e), b);
}

static void search_name(struct bench *b, int i)
{
    struct case_view c;
    struct case_list list;
    (void)i;
    random_case(b, &c);
    must(case_search(b->app, b->r, &b->arena, &c.unit, c.name, 20, &list, &b->e), b);
}

/* ---- filing ---- */

struct filing {
    struct case_by by;
    struct case_new in;
    struct case_made made;
};

static int file_write(struct tx *tx, void *arg, struct err *e)
{
    struct filing *f = arg;
    return case_submit(tx, &f->by, &f->in, &f->made, e);
}

static void file_one(struct bench *b, int i)
{
    struct filing f = { .by = case_by_system(b->app, &b->arena, STR("bench")),
                        .in = { .service = b->sample.service,
                                .unit = b->sample.unit,
                                .channel = CASE_ONLINE,
                                .level = 4,
                                .name = STR("Nguyễn Văn Đo"),
                                .answers = STR("{\"answers\":{},\"sources\":{}}"),
                                .facts = str_fmt(&b->arena, "bench %d %llu", i, (unsigned long long)rng_u64(&b->rng)),
                                .code = case_code_new(&b->arena) } };
    f.in.service.days = 5;
    f.in.service.same_day_before = -1;
    f.in.service.unit_level = STR("commune");
    must(db_write(b->app->db, file_write, &f, &b->e), b);
}

static int record_write(struct tx *tx, void *arg, struct err *e)
{
    struct bench *b = arg;
    struct audit_record rec = { .action = STR("cases.seen"), .account_name = STR("bench"), .mode = STR("MÔ PHỎNG") };
    return audit_write(tx, &b->arena, &rec, NULL, e);
}

static void record_one(struct bench *b, int i)
{
    (void)i;
    must(db_write(b->app->db, record_write, b, &b->e), b);
}

/* ---- the run ---- */

/* The highest number there is, found by halving: ids have no holes. */
static int64_t count_cases(struct bench *b)
{
    int64_t low = 0, high = 1;
    struct case_view c;
    while (case_by_id(b->app, b->r, &b->arena, high, &c, &b->e) == 1)
        high *= 2;
    while (high - low > 1) {
        int64_t mid = (low + high) / 2;
        *(case_by_id(b->app, b->r, &b->arena, mid, &c, &b->e) == 1 ? &low : &high) = mid;
    }
    return low;
}

static bool is_wanted(const struct unit_code *unit, struct str wanted)
{
    struct str code = unit_code_str(unit);
    return wanted.n ? str_eq(code, wanted) : code.n == 5; /* any commune */
}

static void begin_reading(struct bench *b, struct str unit)
{
    must(db_read_begin(b->app->db, &b->r, &b->e), b);
    b->cases = count_cases(b);
    if (b->cases == 0) {
        fprintf(stderr, "cases: there are none; run bon case generate\n");
        exit(1);
    }
    arena_clear(&b->arena);
    int tries = 0;
    static struct arena kept; /* of the case that is filed again and again */
    arena_init(&kept, ARENA);
    do
        must(case_by_id(b->app, b->r, &kept, 1 + (int64_t)(rng_u64(&b->rng) % (uint64_t)b->cases), &b->sample, &b->e), b);
    while (!is_wanted(&b->sample.unit, unit) && ++tries < SAMPLES_MOST);
    if (!is_wanted(&b->sample.unit, unit)) {
        fprintf(stderr, "cases: none lies in %.*s\n", STR_ARG(unit));
        exit(1);
    }
    printf("{\"cases\":%lld,\"commune\":\"%.*s\"}\n", (long long)b->cases, STR_ARG(unit_code_str(&b->sample.unit)));
}

int main(int argc, char **argv)
{
    static struct program p;
    static struct bench b;
    int64_t asked = 1000;
    if (argc > 1 && (!str_to_i64(str_of(argv[1]), &asked) || asked < 20 || asked > ROUNDS_MOST)) {
        fprintf(stderr, "cases: rounds from 20 to %d\n", ROUNDS_MOST);
        return 2;
    }
    int rounds = (int)asked;
    program_init(&p);
    b.app = &p.app;
    rng_seed(&b.rng, 511);
    arena_init(&b.arena, ARENA);
    must(program_open(&p.app, CLI_DB | CLI_SIGNER, &b.e), &b);
    begin_reading(&b, argc > 2 ? str_of(argv[2]) : STR(""));
    db_read_end(b.r);
    measure(&b, "one record, durable", rounds, record_one);
    measure(&b, "file a case, durable", rounds, file_one);
    must(db_read_begin(p.app.db, &b.r, &b.e), &b);
    int looks = rounds < LOOKS ? rounds : LOOKS;
    measure(&b, "open a case", looks, open_one);
    measure(&b, "queue", looks, queue_one);
    measure(&b, "search by number", looks, search_number);
    measure(&b, "search by name", looks, search_name);
    db_read_end(b.r);
    arena_release(&b.arena);
    program_release(&p);
    return 0;
}
