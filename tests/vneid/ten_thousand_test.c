/* ten_thousand_test.c: ten thousand things happen to cases that came through VNeID. On the way some messages come twice, some change
 * places, some answers are lost, and VNeID is away for a day; a sender dies with messages in hand. None is lost, none comes twice, and at
 * the end both lists are the same. The clock is the test's: a day of outage takes a moment.
 */
#include "tests/vneid/world.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define FAULTS "duplicate:20,reorder:10,lost:10,500:5"
#define A_LIFE "receive assign say propose approve hand_over say" /* with the filing: eight events */
enum { EVENTS_A_CASE = 8, CASES = 1250, EVENTS = CASES * EVENTS_A_CASE, TURNS = 2000, OUTAGE_TURNS = 96, VICTIM_CASES = 60 };

static int by_text(const void *x, const void *y)
{
    return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

/* How many different messages the other side has applied. */
static size_t different(struct channel *c, size_t *all)
{
    struct arena a;
    VEC(struct str) keys = { 0 };
    struct str key;
    size_t n = 0;
    arena_init(&a, 64 << 20);
    while ((key = vneid_services_sim_applied(c->sim, &a, keys.n)).p)
        *vec_push(&a, &keys) = key;
    qsort(keys.v, keys.n, sizeof *keys.v, by_text);
    for (size_t i = 0; i < keys.n; i++)
        n += i == 0 || !str_eq(keys.v[i], keys.v[i - 1]);
    *all = keys.n;
    arena_release(&a);
    return n;
}

static void is_complete(struct channel *c, int64_t expected)
{
    size_t all, unique = different(c, &all);
    struct vneid_services_sim_counts n;
    print_message("# applied %zu of %lld: lost %lld, twice %zu\n", all, (long long)expected,
                  (long long)expected - (long long)unique, all - unique);
    vneid_services_sim_counts(c->sim, &n);
    assert_int_equal(unique, expected); /* none lost */
    assert_int_equal(all, expected);    /* none twice */
    assert_int_equal(n.out_of_order, 0);
}

/* ---- ten thousand ---- */

static void live(struct channel *c, int cases)
{
    for (int i = 0; i < cases; i++)
        channel_file(c, A_LIFE, NULL);
    channel_seal(c);
    channel_job(c, "vneid.feed");
}

static void be_away_for_a_day(struct channel *c)
{
    struct vneid_services_sim_counts before, after;
    vneid_services_sim_counts(c->sim, &before);
    vneid_services_sim_outage(c->sim, true);
    for (int i = 0; i < OUTAGE_TURNS; i++) {
        channel_job(c, "vneid.push");
        c->way.f.now.us += US_PER_DAY / OUTAGE_TURNS;
    }
    vneid_services_sim_outage(c->sim, false);
    vneid_services_sim_counts(c->sim, &after);
    assert_int_equal(after.applied, before.applied);
    /* Somebody who is down is not asked about every message. */
    assert_true(after.requests - before.requests <= OUTAGE_TURNS + 4);
}

/* What its citizens have read, told with the same faults. */
static void hear_all(struct channel *c, int64_t *tokens)
{
    struct str token;
    for (*tokens = 0; vneid_services_sim_tell(c->sim, &c->way.f.arena, &token); ++*tokens) {
        struct reply r = channel_post(c, "/api/v1/vneid/events", token);
        if (r.status != 200)
            fail_msg("%d %.*s", r.status, STR_ARG(r.body));
    }
}

static int64_t read_there(struct channel *c)
{
    struct dbr *r;
    struct err e = { 0 };
    struct vneid_out_counts_row row;
    assert_int_equal(db_read_begin(c->way.f.p.app.db, &r, &e), 0);
    assert_int_equal(vneid_out_counts(r, &c->way.f.arena, &(struct vneid_out_counts_in) { .since = { 0 } }, &row, &e), 1);
    db_read_end(r);
    return row.read;
}

static int64_t differences(struct channel *c, struct day day)
{
    struct err e = { 0 };
    struct vneid_run_result out;
    struct arena a;
    arena_init(&a, 64 << 20);
    assert_int_equal(vneid_reconcile(&c->way.f.p.app, &a, day, c->way.f.now, &out, &e), 0);
    print_message("# list of %.*s: ours %lld, theirs %lld, same %lld, on the way %lld, different %lld\n",
                  STR_ARG(day_iso(&a, day)), (long long)out.ours, (long long)out.theirs, (long long)out.same,
                  (long long)out.on_way, (long long)out.found);
    arena_release(&a);
    return out.found + out.on_way;
}

static void test_ten_thousand_events__none_lost_none_twice_and_both_lists_the_same(void **state)
{
    (void)state;
    static struct channel c;
    struct vneid_services_sim_counts n;
    int64_t tokens, began;
    channel_open(&c, FAULTS);
    live(&c, CASES / 2);
    channel_job(&c, "vneid.push");
    live(&c, CASES - CASES / 2);
    be_away_for_a_day(&c);
    began = monotonic_us();
    assert_true(channel_drain(&c, TURNS));
    int64_t drained_us = monotonic_us() - began;
    is_complete(&c, EVENTS);
    hear_all(&c, &tokens);
    assert_int_equal(read_there(&c), EVENTS);
    struct day last = instant_day(c.way.f.now), first;
    day_from_ymd(2026, 11, 24, &first);
    for (struct day d = first; d.n <= last.n; d.n++)
        assert_int_equal(differences(&c, d), 0);
    vneid_services_sim_counts(c.sim, &n);
    print_message("# %d events of %d cases, %lld messages came in %lld questions: %lld twice, %lld out of place, %lld known "
                  "again, %lld gaps\n",
                  EVENTS, CASES, (long long)n.came, (long long)n.requests, (long long)n.duplicated, (long long)n.reordered,
                  (long long)n.known, (long long)n.gaps);
    print_message("# drained in %lld ms after a day's outage; %lld tokens told of what was read\n",
                  (long long)(drained_us / 1000), (long long)tokens);
    channel_close(&c);
}

/* ---- a sender that dies ---- */

/* In a process of its own: files, tells where its store is, sends until it is killed. */
static _Noreturn void be_the_victim(const char *port)
{
    static struct channel c;
    fixture_open(&c.way.f);
    channel_at(&c, "2026-11-24 09:00");
    vneid_channel(&c.way.f.p.app)->base = str_fmt(&c.way.f.arena, "http://127.0.0.1:%s", port);
    live(&c, VICTIM_CASES);
    dprintf(3, "%s %s\n", c.way.f.dir, c.way.f.database[0] ? c.way.f.database : "-");
    for (;;) {
        channel_job(&c, "vneid.push");
        c.way.f.now.us += US_PER_HOUR;
    }
}

static pid_t start_victim(int port, char *line, size_t room)
{
    int pipe_of[2];
    char text[16];
    snprintf(text, sizeof text, "%d", port);
    assert_int_equal(pipe(pipe_of), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        dup2(pipe_of[1], 3);
        execl("/proc/self/exe", "victim", "--victim", text, (char *)NULL);
        _exit(127);
    }
    close(pipe_of[1]);
    ssize_t n = read(pipe_of[0], line, room - 1);
    close(pipe_of[0]);
    assert_true(n > 0);
    line[n] = '\0';
    return pid;
}

static struct instant the_clock(void *ctx)
{
    return *(struct instant *)ctx;
}

static void test_push__a_sender_that_is_killed_loses_nothing_and_sends_nothing_twice(void **state)
{
    (void)state;
    static struct channel c;
    static struct fixture before; /* lends the stand-in its clock */
    static struct instant now;
    char line[256], dir[64] = "", database[64] = "";
    struct vneid_services_sim_counts n;
    now = day_at((struct day) { 20781 }, 9, 0);
    before.p.app.clock = the_clock;
    before.p.app.clock_ctx = &now;
    struct vneid_services_sim *sim = channel_sim(&before, FAULTS ",slow:20");
    pid_t victim = start_victim(vneid_services_sim_port(sim), line, sizeof line);
    vneid_services_sim_await(sim, VICTIM_CASES * EVENTS_A_CASE / 3);
    kill(victim, SIGKILL);
    waitpid(victim, NULL, 0);
    vneid_services_sim_counts(sim, &n);
    assert_true(n.applied < VICTIM_CASES * EVENTS_A_CASE);
    struct str rest = str_of(line), part;
    str_cut(&rest, ' ', &part);
    snprintf(dir, sizeof dir, "%.*s", STR_ARG(part));
    str_cut(&rest, '\n', &part);
    if (!str_eq(part, STR("-")))
        snprintf(database, sizeof database, "%.*s", STR_ARG(part));
    fixture_adopt(&c.way.f, dir, database, (struct instant) { now.us + 2 * US_PER_DAY });
    channel_join(&c, sim);
    int64_t left = channel_waiting(&c);
    assert_true(channel_drain(&c, TURNS));
    is_complete(&c, VICTIM_CASES * EVENTS_A_CASE);
    print_message("# killed after %lld of %d; %lld waited; all applied once\n", (long long)n.applied,
                  VICTIM_CASES * EVENTS_A_CASE, (long long)left);
    channel_close(&c);
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--victim") == 0)
        be_the_victim(argv[2]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_push__a_sender_that_is_killed_loses_nothing_and_sends_nothing_twice),
        cmocka_unit_test(test_ten_thousand_events__none_lost_none_twice_and_both_lists_the_same),
    };
    return cmocka_run_group_tests_name("ten thousand", tests, NULL, NULL);
}
