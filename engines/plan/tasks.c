/* tasks.c: tasks and how they change. Each change leaves a line in the task's history. */
#include "engines/plan/tasks.h"

#include "base/json.h"

struct str task_state_label(int64_t s)
{
    static const struct str labels[] = { [TASK_OPEN] = MSG("Chưa làm"),
                                         [TASK_DOING] = MSG("Đang làm"),
                                         [TASK_DONE] = MSG("Đã xong"),
                                         [TASK_DROPPED] = MSG("Thôi không làm") };
    ASSERT(s >= 0 && s < TASK_STATES_);
    return labels[s];
}

struct str task_risk_label(int64_t r)
{
    static const struct str labels[] = {
        [RISK_NONE] = MSG("Không có rủi ro"), [RISK_WATCH] = MSG("Cần theo dõi"), [RISK_HIGH] = MSG("Rủi ro cao")
    };
    ASSERT(r >= 0 && r < RISKS_);
    return labels[r];
}

static int record(struct tx *tx, struct arena *a, struct str action, int64_t task, struct str what,
                  const struct audit_record *by, struct err *e)
{
    struct audit_record rec = *by;
    struct plan_task_change_insert_in line = {
        .task = task, .at = tx_now(tx), .account = by->account, .changed_by = by->account_name, .what = what
    };
    rec.action = action;
    rec.object = str_fmt(a, "plan_task/%lld", (long long)task);
    return plan_task_change_insert(tx, &line, NULL, e) || audit_write(tx, a, &rec, NULL, e) ? -1 : 0;
}

int task_add(struct tx *tx, struct arena *a, const struct task_new *in, const struct audit_record *by, int64_t *id,
             struct err *e)
{
    struct agency agency;
    struct plan_model_row_row model;
    struct dbr *r = tx_reader(tx);
    struct plan_task_insert_in row = { .model = in->model,
                                       .agency = in->agency,
                                       .partners = str_or_empty(in->partners),
                                       .title = in->title,
                                       .detail = str_or_empty(in->detail),
                                       .due = in->due,
                                       .milestone = in->milestone,
                                       .budget = in->budget,
                                       .budget_line = str_or_empty(in->budget_line),
                                       .meeting = str_or_empty(in->meeting),
                                       .has_meeting_on = in->has_meeting_day,
                                       .meeting_on = in->meeting_on,
                                       .made_at = tx_now(tx) };
    int found = agency_by_code(r, a, in->agency, &agency, e);
    int model_found = plan_model_row(r, a, &(struct plan_model_row_in) { .number = in->model }, &model, e);
    if (found < 0 || model_found < 0)
        return -1;
    if (found == 0 || model_found == 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Không có mô hình hoặc cơ quan này."), "model %lld, %.*s", (long long)in->model,
                       STR_ARG(in->agency));
    return plan_task_insert(tx, &row, id, e) || record(tx, a, STR("plan.task_added"), *id, STR("Giao việc"), by, e) ? -1 : 0;
}

/* ---- changing ---- */

static int find_task(struct tx *tx, struct arena *a, int64_t id, struct plan_task_by_id_row *out, struct err *e)
{
    int got = plan_task_by_id(tx_reader(tx), a, &(struct plan_task_by_id_in) { .id = id }, out, e);
    return got < 0 ? -1 : got == 0 ? ERR(e, ERR_NOT_FOUND, "task %lld", (long long)id) : 0;
}

static int check_change(struct tx *tx, struct arena *a, const struct task_change *in, struct err *e)
{
    struct plan_evidence_count_row evidence = { 0 };
    if (plan_evidence_count(tx_reader(tx), a, &(struct plan_evidence_count_in) { .task = in->task }, &evidence, e) < 0)
        return -1;
    if (in->state == TASK_DONE && evidence.n == 0)
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Việc xong cần một minh chứng: tệp, liên kết hoặc số đo. Xin thêm minh chứng trước."),
                       "no evidence");
    if (in->risk == RISK_HIGH && str_trim(in->risk_note).n == 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Rủi ro cao cần một câu nêu rõ rủi ro gì."), "risk");
    return 0;
}

static struct str difference(struct arena *a, const struct plan_task_by_id_row *was, const struct task_change *in)
{
    struct buf b;
    buf_init(&b, a, 2048);
    if (was->state != (int64_t)in->state)
        buf_fmt(&b, "%.*s → %.*s. ", STR_ARG(task_state_label(was->state)), STR_ARG(task_state_label(in->state)));
    if (was->due.n != in->due.n)
        buf_fmt(&b, "%.*s → %.*s. ", STR_ARG(day_vi(a, was->due)), STR_ARG(day_vi(a, in->due)));
    if (was->risk != (int64_t)in->risk || !str_eq(was->risk_note, in->risk_note))
        buf_fmt(&b, "%.*s: %.*s", STR_ARG(task_risk_label(in->risk)), STR_ARG(in->risk_note));
    return b.n ? str_trim(buf_str(&b)) : STR("Không đổi");
}

int task_set(struct tx *tx, struct arena *a, const struct task_change *in, const struct audit_record *by, struct err *e)
{
    struct plan_task_by_id_row was;
    int64_t changed;
    bool done = in->state == TASK_DONE;
    struct plan_task_set_in set = { .state = in->state,
                                    .has_done_on = done,
                                    .done_on = instant_day(tx_now(tx)),
                                    .due = in->due,
                                    .risk = in->risk,
                                    .risk_note = str_or_empty(in->risk_note),
                                    .id = in->task,
                                    .edit = in->edit };
    if (find_task(tx, a, in->task, &was, e) || check_change(tx, a, in, e))
        return -1;
    if (done && was.has_done_on)
        set.done_on = was.done_on;
    if (plan_task_set(tx, &set, &changed, e))
        return -1;
    if (changed == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Có người khác vừa sửa việc này. Xin mở lại trang rồi ghi tiếp."), "edit");
    return record(tx, a, STR("plan.task_changed"), in->task, difference(a, &was, in), by, e);
}
