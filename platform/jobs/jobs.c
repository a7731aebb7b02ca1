#include "platform/jobs/jobs.h"

#include "platform/http/module.h"
#include "platform/jobs/jobs_internal.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>

/* A job gets more memory than a request: a roll-up may hold a province's communes, never its people. */
enum { JOB_ARENA = 64 << 20 };

#define FIRST_TURN_US (5 * US_PER_SECOND)

struct turn {
    const struct job *job;
    int64_t due_us; /* monotonic */
    struct job_stat stat;
};

/* What must come round in time (a seal, a message) never waits behind what takes seconds (a count over the register). */
enum lane_kind { LANE_PROMPT, LANE_PATIENT, LANES };
enum { PATIENT_NICE = 10 }; /* whoever waits for a page goes first */

struct lane {
    struct jobs *jobs;
    enum lane_kind kind;
    pthread_t thread;
    bool running;
};

struct jobs {
    struct app *app;
    struct turn *turns;
    size_t n;
    struct lane lanes[LANES];
    pthread_mutex_t lock; /* guards stopping and the stats */
    pthread_cond_t wake;
    bool stopping;
};

static size_t count_jobs(const struct app *app)
{
    size_t n = 0;
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct job *job = (*m)->jobs; job && job->name; job++)
            n++;
    return n;
}

static int64_t least(int64_t x, int64_t y)
{
    return x < y ? x : y;
}

static int make_wake(pthread_cond_t *wake)
{
    pthread_condattr_t attr;
    if (pthread_condattr_init(&attr))
        return -1;
    int failed = pthread_condattr_setclock(&attr, CLOCK_MONOTONIC) || pthread_cond_init(wake, &attr);
    pthread_condattr_destroy(&attr);
    return failed ? -1 : 0;
}

int jobs_init(struct app *app, int64_t now_us, struct jobs **out, struct err *e)
{
    struct jobs *j = calloc(1, sizeof *j);
    size_t n = count_jobs(app);
    if (!j || !(j->turns = calloc(n ? n : 1, sizeof *j->turns)) || make_wake(&j->wake)) {
        if (j)
            free(j->turns);
        free(j);
        return ERR(e, ERR_BUSY, "no memory for %zu jobs", n);
    }
    pthread_mutex_init(&j->lock, NULL);
    j->app = app;
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct job *job = (*m)->jobs; job && job->name; job++)
            j->turns[j->n++] = (struct turn) { job, now_us + least(job->every_us, FIRST_TURN_US), { .job = job } };
    *out = j;
    return 0;
}

void jobs_free(struct jobs *j)
{
    if (!j)
        return;
    pthread_cond_destroy(&j->wake);
    pthread_mutex_destroy(&j->lock);
    free(j->turns);
    free(j);
}

struct single_run {
    struct job_run *run;
    const struct job *job;
    struct err *e;
    int result;
};

static void run_single(void *ctx)
{
    struct single_run *w = ctx;
    w->result = w->job->run(w->run, w->e);
}

int job_run_once(struct job_run *run, const struct job *job, struct err *e)
{
    struct single_run w = { .run = run, .job = job, .e = e };
    if (!arena_holds(run->arena, run_single, &w))
        return ERR(e, ERR_BUSY, "job wanted more than %zu bytes", run->arena->cap);
    return w.result;
}

static void keep_stat(struct jobs *j, struct turn *t, int result, struct instant now, int64_t took_us)
{
    pthread_mutex_lock(&j->lock);
    t->stat.runs++;
    t->stat.failures += result != 0;
    t->stat.last_us = took_us;
    if (result == 0)
        t->stat.last_success = now;
    pthread_mutex_unlock(&j->lock);
}

static void run_job(struct jobs *j, struct turn *t)
{
    struct err e = { 0 };
    struct arena arena;
    arena_init(&arena, JOB_ARENA);
    struct job_run run = { .app = j->app, .db = j->app->db, .arena = &arena, .now = app_now(j->app) };
    int64_t began = monotonic_us();
    int result = job_run_once(&run, t->job, &e);
    arena_release(&arena);
    keep_stat(j, t, result, run.now, monotonic_us() - began);
    if (result)
        log_err(&j->app->log, LOG_ERROR, "job.failed", str_of(t->job->name), &e);
}

static bool is_stopping(struct jobs *j)
{
    pthread_mutex_lock(&j->lock);
    bool stopping = j->stopping;
    pthread_mutex_unlock(&j->lock);
    return stopping;
}

static int64_t lane_turn(struct jobs *j, enum lane_kind kind, int64_t now_us)
{
    int64_t next = INT64_MAX;
    for (size_t i = 0; i < j->n; i++) {
        struct turn *t = &j->turns[i];
        if (t->job->patient != (kind == LANE_PATIENT))
            continue;
        if (t->due_us <= now_us && !is_stopping(j)) {
            run_job(j, t);
            t->due_us += t->job->every_us;
            if (t->due_us <= now_us)
                t->due_us = now_us + t->job->every_us;
        }
        next = least(next, t->due_us);
    }
    return next;
}

int64_t jobs_turn(struct jobs *j, int64_t now_us)
{
    int64_t prompt = lane_turn(j, LANE_PROMPT, now_us), patient = lane_turn(j, LANE_PATIENT, now_us);
    return least(prompt, patient);
}

static struct timespec timespec_of(int64_t us)
{
    return (struct timespec) { us / US_PER_SECOND, us % US_PER_SECOND * 1000 };
}

static void *lane_thread(void *arg)
{
    struct lane *lane = arg;
    struct jobs *j = lane->jobs;
    if (lane->kind == LANE_PATIENT)
        setpriority(PRIO_PROCESS, 0, PATIENT_NICE); /* Linux: this thread alone; refused, it only counts faster */
    while (!is_stopping(j)) {
        int64_t next = lane_turn(j, lane->kind, monotonic_us());
        struct timespec at = timespec_of(least(next, monotonic_us() + US_PER_HOUR));
        pthread_mutex_lock(&j->lock);
        while (!j->stopping && monotonic_us() < next && pthread_cond_timedwait(&j->wake, &j->lock, &at) == 0)
            ;
        pthread_mutex_unlock(&j->lock);
    }
    return NULL;
}

int jobs_start(struct app *app, struct jobs **out, struct err *e)
{
    struct jobs *j;
    if (jobs_init(app, monotonic_us(), &j, e))
        return -1;
    for (enum lane_kind k = 0; k < LANES; k++) {
        j->lanes[k] = (struct lane) { .jobs = j, .kind = k };
        j->lanes[k].running = pthread_create(&j->lanes[k].thread, NULL, lane_thread, &j->lanes[k]) == 0;
        if (!j->lanes[k].running) {
            jobs_stop(j);
            return ERR(e, ERR_INTERNAL, "no thread for the jobs");
        }
    }
    *out = j;
    return 0;
}

void jobs_stop(struct jobs *j)
{
    if (!j)
        return;
    pthread_mutex_lock(&j->lock);
    j->stopping = true;
    pthread_cond_broadcast(&j->wake);
    pthread_mutex_unlock(&j->lock);
    for (enum lane_kind k = 0; k < LANES; k++)
        if (j->lanes[k].running)
            pthread_join(j->lanes[k].thread, NULL);
    jobs_free(j);
}

size_t jobs_stats(struct jobs *j, struct job_stat *out, size_t max)
{
    if (!j)
        return 0;
    size_t n = j->n < max ? j->n : max;
    pthread_mutex_lock(&j->lock);
    for (size_t i = 0; i < n; i++)
        out[i] = j->turns[i].stat;
    pthread_mutex_unlock(&j->lock);
    return n;
}
