/* mutate_test.c: damaged SQL must be refused or compiled, never crash: a bounded, repeatable run of small mutations of the
 * fixture. Worth most under AddressSanitizer. `mutate_test DIR [rounds]`.
 */
#include "base/rng.h"
#include "tools/sqlc/sqlc.h"

#include <stdio.h>
#include <stdlib.h>

enum { TEXT_MAX = 16384, ROUNDS = 1500 };

struct sample {
    char *bytes;
    size_t n;
};

static struct sample load(const char *dir, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    struct sample s = { malloc(TEXT_MAX), 0 };
    FILE *f = fopen(path, "rb");
    if (f == NULL || s.bytes == NULL) {
        fprintf(stderr, "%s does not open\n", path);
        exit(2);
    }
    s.n = fread(s.bytes, 1, TEXT_MAX / 2, f);
    fclose(f);
    return s;
}

static const char *const scraps[] = { "'",
                                      "\"",
                                      "$",
                                      "$$",
                                      "(",
                                      ")",
                                      "--",
                                      "/*",
                                      "*/",
                                      ";",
                                      "::",
                                      "-- @sqlite\n",
                                      "-- @both\n",
                                      "-- name: z :many\n",
                                      "-- row: ping\n",
                                      "-- row: struct x in y.h\n",
                                      "SELECT ",
                                      "UNION ",
                                      "AS ",
                                      "$x?::",
                                      "\xff",
                                      ",",
                                      "-- out: a integer\n",
                                      "*",
                                      "CREATE TABLE q (",
                                      "WITH ",
                                      "RETURNING ",
                                      "LEFT JOIN ",
                                      "-- @postgres\n",
                                      "?" };

/* One change: a byte, a piece cut out, a piece doubled, a scrap put in. */
static void mutate(struct rng *r, struct sample *s)
{
    size_t at = rng_below(r, (uint32_t)s->n);
    size_t n = 1 + rng_below(r, 40);
    n = n < s->n - at ? n : s->n - at;
    struct str scrap = str_of(scraps[rng_below(r, sizeof scraps / sizeof *scraps)]);
    struct str piece = { s->bytes + at, n };
    char copy[64];
    switch (rng_below(r, 4)) {
    case 0:
        s->bytes[at] = (char)(1 + rng_below(r, 126));
        return;
    case 1:
        for (size_t i = at; i + n < s->n; i++)
            s->bytes[i] = s->bytes[i + n];
        s->n -= s->n > n + 1 ? n : 0;
        return;
    case 2:
        scrap = piece;
        break;
    default:
        break;
    }
    if (s->n + scrap.n > TEXT_MAX)
        return;
    for (size_t i = 0; i < scrap.n; i++)
        copy[i] = scrap.p[i];
    for (size_t i = s->n; i > at; i--)
        s->bytes[i - 1 + scrap.n] = s->bytes[i - 1];
    for (size_t i = 0; i < scrap.n; i++)
        s->bytes[at + i] = copy[i];
    s->n += scrap.n;
}

struct tally {
    int compiled, refused, full;
};

static void compile(const struct sample texts[4], struct tally *t)
{
    struct arena a;
    struct sqlc q = { 0 };
    jmp_buf full;
    arena_init(&a, 64 << 20);
    a.on_full = &full;
    if (setjmp(full) != 0) {
        schema_close(&q);
        arena_release(&a);
        t->full++;
        return;
    }
    struct source own[] = { { "sql/002_library.sql", { texts[1].bytes, texts[1].n } },
                            { "sql/003_titles.sql", { texts[3].bytes, texts[3].n } } };
    struct source earlier = { "sql/001_units.sql", { texts[0].bytes, texts[0].n } };
    struct sqlc_job job = { .module = "m", .include_as = "m.h", .source_path = "m.c" };
    job.earlier = (struct sources) { &earlier, 1, 1 };
    job.own = (struct sources) { own, 2, 2 };
    job.queries = (struct source) { "queries.sql", { texts[2].bytes, texts[2].n } };
    if (sqlc_run(&q, &a, &job) == 0)
        t->compiled++;
    else
        t->refused++;
    ASSERT((q.complaints.n > 0) == (q.n_complaints > 0));
    arena_release(&a);
}

static void round_once(struct rng *r, const struct sample whole[4], struct tally *t)
{
    struct sample texts[4];
    for (int i = 0; i < 4; i++) {
        texts[i] = (struct sample) { malloc(TEXT_MAX), whole[i].n };
        ASSERT(texts[i].bytes != NULL);
        for (size_t j = 0; j < whole[i].n; j++)
            texts[i].bytes[j] = whole[i].bytes[j];
    }
    struct sample *victim = &texts[rng_below(r, 3) == 0 ? 1 : 2];
    for (uint32_t n = 1 + rng_below(r, 4); n > 0; n--)
        mutate(r, victim);
    compile(texts, t);
    for (int i = 0; i < 4; i++)
        free(texts[i].bytes);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    int64_t rounds = ROUNDS;
    if (argc > 2 && !str_to_i64(str_of(argv[2]), &rounds))
        return 2;
    struct sample whole[4] = { load(argv[1], "001_units.sql"), load(argv[1], "002_library.sql"),
                               load(argv[1], "queries.sql"), load(argv[1], "003_titles.sql") };
    struct tally t = { 0 };
    struct rng r;
    rng_seed(&r, 511);
    for (int64_t i = 0; i < rounds; i++)
        round_once(&r, whole, &t);
    printf("%d compiled, %d refused, %d too large\n", t.compiled, t.refused, t.full);
    for (int i = 0; i < 4; i++)
        free(whole[i].bytes);
    return t.compiled > 0 && t.refused > 0 ? 0 : 1;
}
