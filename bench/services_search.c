/* services_search: does the search of public services find what people mean, and how fast. The questions are the pack's
 * (search-cases.csv: a question, the services it may mean); speed is measured over a catalogue of so many services, made from the
 * pack's by changing syllables, beside a plain scan of the same phrases with strstr in the same run.
 * Usage: bench/services_search [PACK] [services] [--misses]
 */
#include "base/csv.h"
#include "base/rng.h"
#include "base/text.h"
#include "engines/services/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CASES_MOST = 1000, FILE_MOST = 1 << 20, ROUNDS = 20 };

struct cases {
    struct str query[CASES_MOST], codes[CASES_MOST];
    size_t n;
};

static void give_up(const struct err *e)
{
    fprintf(stderr, "services_search: %s\n", e->detail);
    exit(1);
}

static struct service_index_doc *read_pack(struct arena *a, const char *pack, size_t *n)
{
    service_files files;
    struct err e = { 0 };
    if (services_load_path(a, str_cstr(a, str_fmt(a, "%s/services", pack)), NULL, 0, &files, &e))
        give_up(&e);
    struct service_index_doc *docs = arena_new_array(a, struct service_index_doc, files.n);
    for (size_t i = 0; i < files.n; i++) {
        const struct service_file *f = &files.v[i].file;
        docs[i].hit = (struct service_hit) { .code = f->code, .name = f->name, .sector_name = f->sector_name };
        docs[i].phrases = arena_new_array(a, struct str, f->n_keywords + f->n_life_events);
        for (size_t k = 0; k < f->n_keywords; k++)
            docs[i].phrases[docs[i].n_phrases++] = f->keywords[k];
        for (size_t k = 0; k < f->n_life_events; k++)
            docs[i].phrases[docs[i].n_phrases++] = service_event_label(f->life_events[k]);
    }
    *n = files.n;
    return docs;
}

static void read_cases(struct arena *a, const char *pack, struct cases *out)
{
    struct err e = { 0 };
    struct csv c;
    struct csv_row row;
    static const char *const names[] = { "query", "codes" };
    size_t at[2];
    FILE *f = fopen(str_cstr(a, str_fmt(a, "%s/search-cases.csv", pack)), "rbe");
    char *text = arena_alloc(a, FILE_MOST);
    struct str all = { text, f ? fread(text, 1, FILE_MOST, f) : 0 };
    if (f)
        fclose(f);
    csv_init(&c, all, NULL);
    if (csv_columns(&c, a, names, 2, at, &e))
        give_up(&e);
    while (out->n < CASES_MOST && csv_next(&c, a, &row, &e) == 1) {
        out->query[out->n] = str_dup(a, csv_cell(&row, at[0]));
        out->codes[out->n++] = str_dup(a, csv_cell(&row, at[1]));
    }
}

/* ---- recall ---- */

static bool is_meant(struct str codes, struct str code)
{
    struct str one;
    while (str_cut(&codes, ' ', &one))
        if (str_eq(one, code))
            return true;
    return false;
}

static void print_recall(const struct service_index *x, struct arena *a, const struct cases *cases, bool misses)
{
    size_t first = 0, three = 0;
    for (size_t i = 0; i < cases->n; i++) {
        service_hits hits;
        bool in_three = false;
        services_index_search(x, a, cases->query[i], 3, &hits);
        for (size_t k = 0; k < hits.n; k++)
            in_three |= is_meant(cases->codes[i], hits.v[k].code);
        bool is_first = hits.n && is_meant(cases->codes[i], hits.v[0].code);
        first += is_first;
        three += in_three;
        if (misses && !is_first) {
            printf("%s %.*s (%.*s):", in_three ? "later" : "MISS ", STR_ARG(cases->query[i]), STR_ARG(cases->codes[i]));
            for (size_t k = 0; k < hits.n; k++)
                printf(" %.*s %d", STR_ARG(hits.v[k].code), hits.v[k].score);
            printf("\n");
        }
    }
    printf("recall: %zu questions, first %zu (%.0f %%), among three %zu (%.0f %%)\n", cases->n, first,
           100.0 * (double)first / (double)cases->n, three, 100.0 * (double)three / (double)cases->n);
}

/* ---- speed ---- */

static struct str other_syllables(struct arena *a, struct rng *rng, struct str phrase)
{
    static const char *const syllables[] = { "thanh", "phong", "quan", "rung", "bien", "song",
                                             "mua",   "ban",   "thue", "phep", "nghe", "tau" };
    struct buf b;
    struct str rest = phrase, one;
    buf_init(&b, a, 4096);
    for (size_t n = 0; str_cut(&rest, ' ', &one); n++) {
        buf_fmt(&b, "%s", n ? " " : "");
        buf_put(&b, rng_below(rng, 3) == 0 ? str_fmt(a, "%s%u", syllables[rng_below(rng, 12)], (unsigned)rng_below(rng, 40))
                                           : one);
    }
    return buf_str(&b);
}

static struct service_index_doc *grow(struct arena *a, const struct service_index_doc *docs, size_t n, size_t wanted)
{
    struct rng rng;
    struct service_index_doc *all = arena_new_array(a, struct service_index_doc, wanted);
    rng_seed(&rng, 511);
    for (size_t i = 0; i < wanted; i++) {
        all[i] = docs[i % n];
        if (i < n)
            continue;
        all[i].hit.code = str_fmt(a, "X%zu", i);
        all[i].hit.name = other_syllables(a, &rng, docs[i % n].hit.name);
        all[i].phrases = arena_new_array(a, struct str, docs[i % n].n_phrases);
        for (size_t k = 0; k < docs[i % n].n_phrases; k++)
            all[i].phrases[k] = other_syllables(a, &rng, docs[i % n].phrases[k]);
    }
    return all;
}

static int by_time(const void *x, const void *y)
{
    int64_t p = *(const int64_t *)x, q = *(const int64_t *)y;
    return (p > q) - (p < q);
}

static void print_times(const char *what, int64_t *us, size_t n)
{
    qsort(us, n, sizeof(*us), by_time);
    printf("%-28s p50 %6.2f ms   p95 %6.2f ms   max %6.2f ms\n", what, (double)us[n / 2] / 1000,
           (double)us[n * 95 / 100] / 1000, (double)us[n - 1] / 1000);
}

static size_t scan(struct arena *a, const struct service_index_doc *docs, size_t n, struct str query)
{
    size_t found = 0;
    const char *needle = str_cstr(a, text_fold(a, query));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < docs[i].n_phrases; k++)
            found += strstr(str_cstr(a, text_fold(a, docs[i].phrases[k])), needle) != NULL;
    return found;
}

static void print_speed(const struct service_index_doc *docs, size_t n, const struct cases *cases)
{
    struct err e = { 0 };
    struct service_index *x = services_index_build(docs, n, &e);
    int64_t *us = calloc(cases->n * ROUNDS, sizeof(*us));
    size_t taken = 0, found = 0;
    struct arena a;
    if (!x || !us)
        give_up(&e);
    arena_init(&a, (size_t)256 << 20);
    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < cases->n; i++) {
            service_hits hits;
            int64_t begin = monotonic_us();
            services_index_search(x, &a, cases->query[i], 10, &hits);
            us[taken++] = monotonic_us() - begin;
            arena_clear(&a);
        }
    printf("%zu services\n", n);
    print_times("search", us, taken);
    taken = 0;
    for (size_t i = 0; i < cases->n; i++) {
        int64_t begin = monotonic_us();
        found += scan(&a, docs, n, cases->query[i]);
        us[taken++] = monotonic_us() - begin;
        arena_clear(&a);
    }
    print_times("plain scan, exact words only", us, taken);
    printf("(the scan found %zu phrases)\n", found);
    arena_release(&a);
    free(us);
    services_index_free(x);
}

int main(int argc, char **argv)
{
    const char *pack = argc > 1 ? argv[1] : "packs/dak_nong";
    size_t n, wanted = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 2000;
    bool misses = argc > 3 && strcmp(argv[3], "--misses") == 0;
    static struct cases cases;
    struct err e = { 0 };
    struct arena a;
    arena_init(&a, (size_t)1 << 30);
    struct service_index_doc *docs = read_pack(&a, pack, &n);
    read_cases(&a, pack, &cases);
    struct service_index *x = services_index_build(docs, n, &e);
    if (!x || cases.n == 0)
        give_up(&e);
    print_recall(x, &a, &cases, misses);
    services_index_free(x);
    print_speed(docs, n, &cases);
    print_speed(grow(&a, docs, n, wanted > n ? wanted : n), wanted > n ? wanted : n, &cases);
    arena_release(&a);
    return 0;
}
