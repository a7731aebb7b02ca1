/* The schedule, with the test as its clock; and once the real thread. */
#include "platform/jobs/jobs_internal.h"

#include "platform/http/module.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

struct counts {
    int seal, expire, greedy;
    bool seal_fails;
    int pipe[2]; /* the thread's job writes, the test waits by reading */
};

static struct counts *counts_of(struct job_run *run)
{
    return run->app->clock_ctx;
}

static int seal(struct job_run *run, struct err *e)
{
    struct counts *c = counts_of(run);
    c->seal++;
    arena_alloc(run->arena, 100);
    return c->seal_fails ? ERR(e, ERR_SIGNER, "no signer") : 0;
}

static int expire(struct job_run *run, struct err *e)
{
    (void)e;
    counts_of(run)->expire++;
    return 0;
}

static int greedy(struct job_run *run, struct err *e)
{
    (void)e;
    counts_of(run)->greedy++;
    for (int i = 0; i < 1000; i++)
        arena_alloc(run->arena, 1 << 20);
    return 0;
}

static int tell(struct job_run *run, struct err *e)
{
    (void)e;
    return write(counts_of(run)->pipe[1], "x", 1) == 1 ? 0 : -1;
}

/* Goes on until the other kind of job has told. */
static int wait_for_told(struct job_run *run, struct err *e)
{
    (void)e;
    struct pollfd in = { .fd = counts_of(run)->pipe[0], .events = POLLIN };
    return poll(&in, 1, 10000) == 1 ? 0 : -1;
}

static struct instant fixed_clock(void *ctx)
{
    (void)ctx;
    return (struct instant) { 42 };
}

static const struct job first_jobs[] = { { "t.seal", US_PER_SECOND, seal, MSG("Đóng dấu") }, { .name = NULL } };
static const struct job second_jobs[] = { { "t.expire", US_PER_HOUR, expire, MSG("Hết hạn") }, { .name = NULL } };
static const struct job greedy_jobs[] = { { "t.greedy", US_PER_SECOND, greedy, MSG("Tham") }, { .name = NULL } };
static const struct job tell_jobs[] = { { "t.tell", 1000, tell, MSG("Báo") }, { .name = NULL } };
static const struct job patient_jobs[] = {
    { "t.count", 1000, wait_for_told, MSG("Đếm"), .patient = true }, { .name = NULL }
};
static const struct module patient_module = { .name = "patient", .jobs = patient_jobs };
static const struct module first_module = { .name = "first", .jobs = first_jobs };
static const struct module second_module = { .name = "second", .jobs = second_jobs };
static const struct module greedy_module = { .name = "greedy", .jobs = greedy_jobs };
static const struct module tell_module = { .name = "tell", .jobs = tell_jobs };
static const struct module *const two_modules[] = { &first_module, &second_module, NULL };
static const struct module *const greedy_and_second[] = { &greedy_module, &second_module, NULL };
static const struct module *const tell_only[] = { &tell_module, NULL };

static struct app app_with(const struct module *const *modules, struct counts *c)
{
    return (struct app) {
        .modules = modules, .clock = fixed_clock, .clock_ctx = c, .log = { open("/dev/null", O_WRONLY), LOG_ERROR }
    };
}

static void test_jobs__first_turn_comes_within_five_seconds_then_each_at_its_own_pace(void **state)
{
    (void)state;
    struct counts c = { 0 };
    struct app app = app_with(two_modules, &c);
    struct jobs *j;
    assert_int_equal(jobs_init(&app, 0, &j, NULL), 0);
    assert_int_equal(jobs_turn(j, 0), US_PER_SECOND);
    assert_int_equal(c.seal + c.expire, 0);
    for (int second = 1; second <= 10; second++)
        assert_int_equal(jobs_turn(j, second * US_PER_SECOND),
                         second == 4 ? 5 * US_PER_SECOND : (second + 1) * US_PER_SECOND);
    assert_int_equal(c.seal, 10);
    assert_int_equal(c.expire, 1);
    jobs_free(j);
    close(app.log.fd);
}

static void test_jobs__turns_missed_while_asleep_are_not_made_up_for(void **state)
{
    (void)state;
    struct counts c = { 0 };
    struct app app = app_with(two_modules, &c);
    struct jobs *j;
    assert_int_equal(jobs_init(&app, 0, &j, NULL), 0);
    assert_int_equal(jobs_turn(j, 100 * US_PER_SECOND), 101 * US_PER_SECOND);
    assert_int_equal(jobs_turn(j, 100 * US_PER_SECOND + 1), 101 * US_PER_SECOND);
    assert_int_equal(c.seal, 1);
    jobs_free(j);
    close(app.log.fd);
}

static void test_jobs__a_failing_job_is_counted_and_comes_again_and_others_run(void **state)
{
    (void)state;
    struct counts c = { .seal_fails = true };
    struct app app = app_with(two_modules, &c);
    struct jobs *j;
    struct job_stat s[4];
    assert_int_equal(jobs_init(&app, 0, &j, NULL), 0);
    jobs_turn(j, 5 * US_PER_SECOND);
    c.seal_fails = false;
    jobs_turn(j, 6 * US_PER_SECOND);
    assert_int_equal(jobs_stats(j, s, 4), 2);
    assert_string_equal(s[0].job->name, "t.seal");
    assert_int_equal(s[0].runs, 2);
    assert_int_equal(s[0].failures, 1);
    assert_int_equal(s[0].last_success.us, 42);
    assert_int_equal(s[1].runs, 1);
    assert_int_equal(s[1].failures, 0);
    jobs_free(j);
    close(app.log.fd);
}

static void test_jobs__one_that_fills_its_arena_fails_alone(void **state)
{
    (void)state;
    struct counts c = { 0 };
    struct app app = app_with(greedy_and_second, &c);
    struct jobs *j;
    struct job_stat s[4];
    assert_int_equal(jobs_init(&app, 0, &j, NULL), 0);
    jobs_turn(j, 5 * US_PER_SECOND);
    assert_int_equal(c.expire, 1);
    assert_int_equal(jobs_stats(j, s, 4), 2);
    assert_int_equal(s[0].failures, 1);
    jobs_free(j);
    close(app.log.fd);
}

static void test_jobs__the_thread_runs_them_and_stops_when_told(void **state)
{
    (void)state;
    struct counts c = { 0 };
    struct jobs *j;
    char byte;
    assert_int_equal(pipe(c.pipe), 0);
    struct app app = app_with(tell_only, &c);
    assert_int_equal(jobs_start(&app, &j, NULL), 0);
    for (int i = 0; i < 3; i++) {
        struct pollfd p = { c.pipe[0], POLLIN, 0 };
        assert_int_equal(poll(&p, 1, 5000), 1);
        assert_int_equal(read(c.pipe[0], &byte, 1), 1);
    }
    jobs_stop(j);
    jobs_stop(NULL);
    assert_int_equal(jobs_stats(NULL, NULL, 0), 0);
    close(c.pipe[0]);
    close(c.pipe[1]);
    close(app.log.fd);
}

/* The count, first in the list, ends only after the other job has run: on one thread it would wait in vain. */
static void test_jobs__a_seal_does_not_wait_behind_a_count(void **state)
{
    (void)state;
    static const struct module *const both[] = { &patient_module, &tell_module, NULL };
    struct counts c = { 0 };
    struct job_stat stats[2] = { 0 };
    struct jobs *j;
    assert_int_equal(pipe(c.pipe), 0);
    struct app app = app_with(both, &c);
    assert_int_equal(jobs_start(&app, &j, NULL), 0);
    while (stats[0].runs == 0)
        assert_int_equal(jobs_stats(j, stats, 2), 2);
    jobs_stop(j);
    assert_int_equal(stats[0].failures, 0);
    close(c.pipe[0]);
    close(c.pipe[1]);
    close(app.log.fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_jobs__first_turn_comes_within_five_seconds_then_each_at_its_own_pace),
        cmocka_unit_test(test_jobs__turns_missed_while_asleep_are_not_made_up_for),
        cmocka_unit_test(test_jobs__a_failing_job_is_counted_and_comes_again_and_others_run),
        cmocka_unit_test(test_jobs__one_that_fills_its_arena_fails_alone),
        cmocka_unit_test(test_jobs__the_thread_runs_them_and_stops_when_told),
        cmocka_unit_test(test_jobs__a_seal_does_not_wait_behind_a_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
