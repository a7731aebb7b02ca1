/* jobs.c: what comes round by the clock: numbers every hour, drafts from the draft day on. Both may run twice, or in two servers. */
#include "engines/plan/jobs.h"

#include "engines/plan/tasks.h"

static int measure_job(struct job_run *j, struct err *e)
{
    return plan_measure(j->app, j->arena, instant_day(j->now), e);
}

/* Every hour from the draft day to the month's end: an agency that leads something only since yesterday gets its draft as well. */
static int draft_job(struct job_run *j, struct err *e)
{
    struct day today = instant_day(j->now);
    int64_t month = plan_month_of(today);
    return today.n > plan_measured_day(j->app, month).n ? plan_draft(j->app, j->arena, month, NULL, e) : 0;
}

static int remind_job(struct job_run *j, struct err *e)
{
    return plan_remind(j->app, j->arena, instant_day(j->now), NULL, e);
}

const struct job plan_jobs[] = {
    { .name = "plan.measure",
      .every_us = US_PER_HOUR,
      .patient = true,
      .run = measure_job,
      .what = MSG("Đếm số đo của các mô hình trong ngày") },
    { .name = "plan.draft",
      .every_us = US_PER_HOUR,
      .patient = true,
      .run = draft_job,
      .what = MSG("Soạn báo cáo tháng cho từng cơ quan") },
    { .name = "plan.remind",
      .every_us = US_PER_HOUR,
      .run = remind_job,
      .what = MSG("Nhắc các cơ quan việc sắp đến hạn và quá hạn") },
    { .name = NULL },
};
