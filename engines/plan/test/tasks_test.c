/* Reminders come once for each step; what a file is, its first bytes say. */
#include "engines/plan/test/world.h"

#include "base/test/full.h"
#include "engines/plan/jobs.h"
#include "engines/plan/tasks.h"

struct adding {
    struct world *w;
    struct task_new in;
    int64_t id;
};

static int add_write(struct tx *tx, void *arg, struct err *e)
{
    struct adding *t = arg;
    return task_add(tx, &t->w->arena, &t->in, &office, &t->id, e);
}

static int64_t add(struct world *w, const char *title, struct day due)
{
    struct adding t = { .w = w, .in = { .model = 3, .agency = STR("so-tttt"), .title = str_of(title), .due = due } };
    must(db_write(w->app.db, add_write, &t, &w->e), &w->e);
    return t.id;
}

static int64_t remind(struct world *w, int y, int m, int d)
{
    int64_t made = 0;
    set_day(w, y, m, d);
    must(plan_remind(&w->app, &w->arena, day(y, m, d), &made, &w->e), &w->e);
    return made;
}

static size_t letters(struct world *w, struct plan_letters_waiting_rows *rows)
{
    must(plan_letters_waiting(reader(w), &w->arena, rows, &w->e), &w->e);
    return rows->n;
}

static void test_remind__seven_three_one_and_on_the_day_each_once(void **state)
{
    struct world *w = *state;
    struct plan_letters_waiting_rows rows;
    add(w, "Rà soát thủ tục", day(2023, 10, 20));
    assert_int_equal(remind(w, 2023, 10, 12), 0);
    assert_int_equal(remind(w, 2023, 10, 13), 1);
    assert_int_equal(remind(w, 2023, 10, 13), 0);
    assert_int_equal(remind(w, 2023, 10, 14), 0);
    assert_int_equal(remind(w, 2023, 10, 17), 1);
    assert_int_equal(remind(w, 2023, 10, 19), 1);
    assert_int_equal(remind(w, 2023, 10, 20), 1);
    assert_int_equal(remind(w, 2023, 10, 24), 0);
    assert_int_equal(remind(w, 2023, 10, 27), 1); /* a week over */
    assert_int_equal(letters(w, &rows), 5);
    assert_true(str_eq(rows.v[0].subject, STR("Còn 7 ngày: Rà soát thủ tục")));
    assert_true(str_eq(rows.v[3].subject, STR("Đến hạn hôm nay: Rà soát thủ tục")));
    assert_true(str_eq(rows.v[4].subject, STR("Quá hạn 7 ngày: Rà soát thủ tục")));
    assert_true(str_eq(rows.v[4].body, STR("Mô hình 3. Hạn: 20/10/2023.")));
}

static void test_remind__a_day_on_which_nothing_ran_is_made_up_for(void **state)
{
    struct world *w = *state;
    struct plan_letters_waiting_rows rows;
    size_t before = letters(w, &rows);
    add(w, "Tập huấn cấp xã", day(2023, 12, 10));
    assert_int_equal(remind(w, 2023, 12, 8), 2); /* two days left: the step of three; and the one before, seven weeks over */
    assert_int_equal(letters(w, &rows), before + 2);
    assert_true(str_eq(rows.v[before].subject, STR("Quá hạn 49 ngày: Rà soát thủ tục")));
    assert_true(str_eq(rows.v[before + 1].subject, STR("Còn 2 ngày: Tập huấn cấp xã")));
}

static void test_evidence__a_kind_is_known_by_its_first_bytes(void **state)
{
    (void)state;
    assert_true(str_eq(evidence_media_type(STR("%PDF-1.7")), STR("application/pdf")));
    assert_true(str_eq(evidence_media_type(STR("\x89PNG\r\n\x1a\n....")), STR("image/png")));
    assert_true(str_eq(evidence_media_type(STR("PK\x03\x04....")), STR("application/zip")));
    assert_null(evidence_media_type(STR("<html>")).p);
    assert_null(evidence_media_type(STR("")).p);
}

/* ---- jobs ---- */

struct one_job {
    struct world *w;
    const struct job *job;
    int result;
    struct err e;
};

static void run_job(struct arena *a, void *ctx)
{
    struct one_job *j = ctx;
    struct job_run run = { .app = &j->w->app, .db = j->w->app.db, .arena = a, .now = j->w->now };
    j->e = (struct err) { 0 };
    j->result = job_run_once(&run, j->job, &j->e);
}

/* While it reads and while it writes; at last it comes to its end as if nothing had been. */
static void test_jobs__one_whose_memory_is_full_fails_and_the_program_goes_on(void **state)
{
    struct world *w = *state;
    add(w, "Việc", day(2023, 9, 30));
    set_day(w, 2023, 9, 29);
    for (const struct job *job = plan_jobs; job->name; job++) {
        struct one_job j = { .w = w, .job = job };
        int at = 1;
        for (; is_full_at(at, run_job, &j); at += at / 3 + 1)
            if (j.result != -1 || j.e.code != ERR_BUSY)
                fail_msg("%s, full at %d: %s", job->name, at, j.e.detail);
        must(j.result, &j.e);
        assert_true(at > 4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_remind__seven_three_one_and_on_the_day_each_once),
        cmocka_unit_test(test_remind__a_day_on_which_nothing_ran_is_made_up_for),
        cmocka_unit_test(test_jobs__one_whose_memory_is_full_fails_and_the_program_goes_on),
        cmocka_unit_test(test_evidence__a_kind_is_known_by_its_first_bytes),
    };
    return cmocka_run_group_tests(tests, world_open, world_close);
}
