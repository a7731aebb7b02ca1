/* crash.c: what was acknowledged is there, whatever dies.
 *
 *   crash --bon PATH [--rounds N] [--seed S] [--clients C] [--db ADDRESS --pg DIR]
 *
 * Each round: `bon serve` on a small synthetic province, C clients declare guests as fast as they can, each declaration under its
 * own Idempotency-Key; at a moment drawn from the seed something is killed with SIGKILL. Then the store is opened as it was left:
 * every receipt that a client holds is there, and nothing is half there. Served again, each declaration sent again gives the same
 * receipt, evidence verifies offline, and the audit log verifies whole.
 */
#include "base/date.h"
#include "base/rng.h"
#include "tests/crash_check.h"
#include "tests/crash_server.h"
#include "tests/scratch.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { RECOVER_S = 30, EVIDENCE_TRIES = 100 };

struct crash {
    struct place place;
    struct rng rng;
    const char *address; /* of the store */
    char file[96];       /* the SQLite file; "": PostgreSQL */
    char copy[96];
    char cookie[128];
    int64_t before; /* the last seeded declaration */
    int clients;
    uint64_t seed;
    /* what was counted */
    int64_t told, broken, broken_done, refused, again, evidence, ready_us_most, recover_us_most;
    int passed, failed;
    struct store_state last;
};

static void wait_ms(int64_t ms)
{
    nanosleep(&(struct timespec) { ms / 1000, (long)(ms % 1000) * 1000000 }, NULL);
}

static bool must(bool good, int round, const char *what)
{
    if (!good)
        printf("not ok round %d: %s\n", round, what);
    return good;
}

/* ---- the world ---- */

static bool make_province(struct crash *c)
{
    static const char *const init[] = { "init", "--demo", NULL };
    static const char *const seed[] = { "seed", "--people", "2000", "--seed", "511", NULL };
    static const char *const demo[] = { "demo", NULL };
    rmdir(c->file); /* nothing there: init makes it */
    return bon_run(&c->place, init) == 0 && bon_run(&c->place, seed) == 0 && bon_run(&c->place, demo) == 0 &&
           store_sign_in(c->place.dir, c->address, c->cookie, sizeof(c->cookie), &c->before);
}

/* ---- parts of a round ---- */

/* The server comes back by itself: clients are answered again. */
static bool recovers(struct crash *c, struct crowd *crowd)
{
    int64_t had = atomic_load(&crowd->answered), began = monotonic_us();
    while (atomic_load(&crowd->answered) <= had) {
        if (monotonic_us() - began > RECOVER_S * US_PER_SECOND)
            return false;
        wait_ms(2);
    }
    if (monotonic_us() - began > c->recover_us_most)
        c->recover_us_most = monotonic_us() - began;
    return true;
}

/* In the first round not long: less than 16 MB lie in the WAL then, nothing of it has been copied, and its end can be cut off
 * (loss_would_show). */
static bool load_and_kill(struct crash *c, struct crowd *crowd, enum victim who)
{
    bool good = true, part = who != KILL_ALL && who != KILL_GENTLY;
    uint32_t most_ms = crowd->round == 0 ? 80 : 400;
    crowd->stubborn = part;
    crowd_start(crowd);
    while (atomic_load(&crowd->answered) == 0 && crowd->running)
        wait_ms(1);
    wait_ms((int64_t)(20 + rng_below(&c->rng, most_ms)));
    good = server_kill(&c->place, who);
    if (part && good)
        good = recovers(c, crowd);
    if (part)
        wait_ms((int64_t)(20 + rng_below(&c->rng, 200)));
    if (part && !server_kill(&c->place, KILL_ALL))
        good = false;
    atomic_store(&crowd->stop, true);
    crowd_join(crowd);
    return good;
}

static bool as_it_was_left(struct crash *c, const struct crowd *crowd, int round)
{
    const char *address = c->address;
    if (c->file[0]) {
        if (!must(store_copy(c->file, c->copy), round, "the store cannot be copied"))
            return false;
        address = c->copy;
    }
    if (!must(store_check(c->place.dir, address, c->before, crowd, &c->last), round,
              "the store does not open or is damaged"))
        return false;
    bool all_there = must(c->last.missing == 0, round, "acknowledged declarations are missing");
    bool none_half = must(c->last.halves == 0, round, c->last.what);
    return all_there && none_half;
}

/* The check itself is checked once: with the end of the WAL cut off, as a disk that lied about fsync would leave it, receipts must
 * be missed. */
static bool loss_would_show(struct crash *c, const struct crowd *crowd)
{
    char wal[128];
    struct store_state cut;
    snprintf(wal, sizeof(wal), "%s-wal", c->copy);
    return store_copy(c->file, c->copy) && truncate(wal, 64 * 1024) == 0 &&
           store_check(c->place.dir, c->copy, c->before, crowd, &cut) && cut.missing > 0 && cut.halves == 0;
}

static bool same_answers(struct crash *c, struct crowd *crowd, int round)
{
    static struct attempts again[CLIENTS_MAX];
    bool good = true;
    memset(again, 0, sizeof(again));
    crowd_repeat(crowd, again);
    for (int i = 0; i < crowd->clients; i++) {
        for (size_t k = 0; k < crowd->of[i].n; k++) {
            const struct attempt *first = &crowd->of[i].v[k], *second = &again[i].v[k];
            bool told = first->status == 201;
            c->told += told;
            c->broken += first->status == 0;
            c->refused += first->status != 0 && !told;
            c->again += second->status == 201;
            c->broken_done += first->status == 0 && second->replayed;
            bool same = second->status == 201 && (!told || (second->replayed && strcmp(first->number, second->number) == 0));
            if (!same && good)
                printf("# %s: first %d %s, again %d %s\n", first->key, first->status, first->number, second->status,
                       second->number);
            good &= same;
        }
        free(again[i].v);
    }
    return must(good, round, "a declaration sent again got another answer");
}

/* The newest receipt a client holds, proved as its holder would prove it. */
static bool evidence_holds(struct crash *c, const struct crowd *crowd, int round)
{
    char path[96], file[128], *body = malloc(256 * 1024);
    const struct attempts *of = &crowd->of[round % crowd->clients];
    const struct attempt *last = NULL;
    for (size_t k = 0; k < of->n; k++)
        last = of->v[k].status == 201 ? &of->v[k] : last;
    if (!last || !body) {
        free(body);
        return true;
    }
    snprintf(path, sizeof(path), "/stays/receipts/%s/evidence", last->number);
    int status = 0;
    for (int tries = 0; tries < EVIDENCE_TRIES && status != 200; tries++) {
        status = crash_get(c->place.port, c->cookie, path, body, 256 * 1024);
        if (status != 200)
            wait_ms(100);
    }
    snprintf(file, sizeof(file), "%s/evidence.json", c->place.dir);
    FILE *f = fopen(file, "w");
    bool good = status == 200 && f && fputs(body, f) >= 0;
    if (f)
        fclose(f);
    const char *const verify[] = { "stays", "verify-receipt", file, NULL };
    good = good && bon_run(&c->place, verify) == 0;
    c->evidence += good;
    free(body);
    return must(good, round, "the evidence of a receipt does not verify");
}

static bool log_verifies(struct crash *c, int round)
{
    static const char *const verify[] = { "audit", "verify", NULL };
    return must(bon_run(&c->place, verify) == 0, round, "bon audit verify fails");
}

static bool serve(struct crash *c, int round)
{
    int64_t us = 0;
    bool good = server_start(&c->place, &us);
    if (us > c->ready_us_most)
        c->ready_us_most = us;
    return must(good, round, "bon serve does not start");
}

static enum victim draw_victim(const struct crash *c, int round)
{
    static const enum victim on_sqlite[] = { KILL_ALL, KILL_SERVER, KILL_ALL, KILL_SIGNER, KILL_ALL, KILL_GENTLY, KILL_ALL };
    static const enum victim on_postgres[] = { KILL_ALL, KILL_POSTGRES, KILL_SERVER, KILL_ALL, KILL_SIGNER };
    return c->file[0] ? on_sqlite[round % 7] : on_postgres[round % 5];
}

static void run_round(struct crash *c, int round)
{
    struct crowd *crowd = calloc(1, sizeof(*crowd));
    enum victim who = draw_victim(c, round);
    *crowd = (struct crowd) { .port = c->place.port,
                              .clients = c->clients,
                              .cookie = c->cookie,
                              .round = round,
                              .seed = c->seed * 100 + (uint64_t)round };
    bool good =
        (c->place.group > 0 || serve(c, round)) && must(load_and_kill(c, crowd, who), round, "it did not recover by itself");
    good = as_it_was_left(c, crowd, round) && good;
    if (round == 0 && c->file[0])
        good = must(loss_would_show(c, crowd), round, "a lost end of the WAL is not noticed") && good;
    /* The server that is started here serves the next round too. */
    good = good && serve(c, round) && same_answers(c, crowd, round) && evidence_holds(c, crowd, round) &&
           log_verifies(c, round);
    *(good ? &c->passed : &c->failed) += 1;
    if (good)
        printf("ok round %d: killed %s after %lld answers; %lld declarations, %lld records, %lld seals\n", round,
               victim_names[who], (long long)atomic_load(&crowd->answered), (long long)c->last.declarations,
               (long long)c->last.records, (long long)c->last.seals);
    fflush(stdout);
    crowd_free(crowd);
    free(crowd);
}

/* ---- all rounds ---- */

static void report(const struct crash *c)
{
    printf(
        "# acknowledged %lld, refused %lld, broken off %lld (of these done %lld), sent again %lld, evidence verified %lld\n",
        (long long)c->told, (long long)c->refused, (long long)c->broken, (long long)c->broken_done, (long long)c->again,
        (long long)c->evidence);
    printf("# serving again within %.2f s of a start at most, answering again within %.2f s of a part's death\n",
           (double)c->ready_us_most / 1e6, (double)c->recover_us_most / 1e6);
    printf("%d passed, %d failed\n", c->passed, c->failed);
}

static int64_t number_after(int argc, char **argv, const char *name, int64_t preset)
{
    for (int i = 1; i + 1 < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return strtoll(argv[i + 1], NULL, 10);
    return preset;
}

static const char *text_after(int argc, char **argv, const char *name)
{
    for (int i = 1; i + 1 < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return argv[i + 1];
    return NULL;
}

int main(int argc, char **argv)
{
    static struct crash c;
    int rounds = (int)number_after(argc, argv, "--rounds", 50);
    const char *db = text_after(argc, argv, "--db");
    c.seed = (uint64_t)number_after(argc, argv, "--seed", 511);
    c.clients = (int)number_after(argc, argv, "--clients", 8);
    c.place.bon = text_after(argc, argv, "--bon");
    c.place.pg_dir = text_after(argc, argv, "--pg");
    c.place.pg_script = "tests/pg.sh";
    signal(SIGPIPE, SIG_IGN);
    if (!c.place.bon || c.clients < 1 || c.clients > CLIENTS_MAX || !scratch_directory(c.place.dir)) {
        fprintf(stderr, "crash --bon PATH [--rounds N] [--seed S] [--clients C] [--db ADDRESS --pg DIR]\n");
        return 2;
    }
    rng_seed(&c.rng, c.seed);
    if (!db)
        snprintf(c.file, sizeof(c.file), "%s/bon.db", c.place.dir);
    snprintf(c.copy, sizeof(c.copy), "%s/copy.db", c.place.dir);
    c.address = db ? db : c.file;
    if (!place_prepare(&c.place, db) || !make_province(&c)) {
        fprintf(stderr, "crash: no province could be made; see %s\n", c.place.log);
        return 2;
    }
    for (int round = 0; round < rounds && c.failed == 0; round++)
        run_round(&c, round);
    if (c.place.group > 0 &&
        !must(server_kill(&c.place, KILL_GENTLY) && log_verifies(&c, rounds), rounds, "it does not end well"))
        c.failed++;
    report(&c);
    if (c.failed)
        printf("# kept for looking: %s\n", c.place.dir);
    else
        scratch_remove(c.place.dir);
    return c.failed || c.passed == 0;
}
