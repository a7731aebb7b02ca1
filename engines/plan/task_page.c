/* task_page.c: giving a task, seeing it, moving it on, showing that it was done. */
#include "engines/plan/pages.h"

#include "base/text.h"
#include "gen/plan_pages.h"

#include <string.h>

/* ---- forms ---- */

static const struct field task_fields[] = {
    { .name = "model", .type = FIELD_INT, .required = true, .min = 1, .max = 999, .label = MSG("Mô hình số") },
    { .name = "agency", .type = FIELD_TEXT, .required = true, .max = 40, .label = MSG("Cơ quan chịu trách nhiệm") },
    { .name = "title", .type = FIELD_TEXT, .required = true, .max = 200, .label = MSG("Việc cần làm") },
    { .name = "detail", .type = FIELD_LINES, .max = 2000, .label = MSG("Chi tiết") },
    { .name = "due", .type = FIELD_DAY, .required = true, .label = MSG("Hạn") },
    { .name = "milestone", .type = FIELD_CHECK, .label = MSG("Đây là một mốc của mô hình") },
    { .name = "partners",
      .type = FIELD_TEXT,
      .max = 200,
      .label = MSG("Cùng làm"),
      .help = MSG("Tên hoặc mã các cơ quan, cách nhau bằng dấu phẩy") },
    { .name = "budget", .type = FIELD_INT, .max = 2000000000, .label = MSG("Kinh phí (đồng)") },
    { .name = "budget_line", .type = FIELD_TEXT, .max = 100, .label = MSG("Nguồn kinh phí") },
    { .name = "meeting", .type = FIELD_TEXT, .max = 60, .label = MSG("Số biên bản, thông báo họp") },
    { .name = "meeting_on", .type = FIELD_DAY, .label = MSG("Ngày họp") },
    { .name = NULL },
};
const struct form task_form = { .name = "plan_task", .fields = task_fields };

static const struct choice states[] = {
    { "0", MSG("Chưa làm") },       { "1", MSG("Đang làm") }, { "2", MSG("Đã xong") },
    { "3", MSG("Thôi không làm") }, { .value = NULL },
};
static const struct choice risks[] = {
    { "0", MSG("Không có rủi ro") },
    { "1", MSG("Cần theo dõi") },
    { "2", MSG("Rủi ro cao") },
    { .value = NULL },
};
static const struct field task_set_fields[] = {
    { .name = "edit", .type = FIELD_INT, .required = true, .min = 1, .max = 1000000, .label = MSG("Lần ghi") },
    { .name = "state", .type = FIELD_CHOICE, .required = true, .choices = states, .label = MSG("Tình trạng") },
    { .name = "due", .type = FIELD_DAY, .required = true, .label = MSG("Hạn") },
    { .name = "risk", .type = FIELD_CHOICE, .required = true, .choices = risks, .label = MSG("Rủi ro") },
    { .name = "risk_note", .type = FIELD_TEXT, .max = 300, .label = MSG("Rủi ro gì, cần ai giúp") },
    { .name = NULL },
};
const struct form task_set_form = { .name = "plan_task_set", .fields = task_set_fields };

static const struct choice evidence_kinds[] = {
    { "file", MSG("Tệp") },
    { "link", MSG("Liên kết") },
    { "measure", MSG("Số đo của mô hình") },
    { .value = NULL },
};
static const struct field evidence_fields[] = {
    { .name = "kind", .type = FIELD_CHOICE, .required = true, .choices = evidence_kinds, .label = MSG("Minh chứng là gì?") },
    { .name = "title", .type = FIELD_TEXT, .required = true, .max = 200, .label = MSG("Minh chứng cho điều gì") },
    { .name = "link", .type = FIELD_TEXT, .max = 500, .label = MSG("Địa chỉ"), .help = MSG("Bắt đầu bằng https://") },
    { .name = "file",
      .type = FIELD_FILE,
      .max = EVIDENCE_BYTES,
      .label = MSG("Tệp"),
      .help = MSG("PDF, PNG, JPEG, DOCX, XLSX; tối đa 4 MB") },
    { .name = NULL },
};
const struct form evidence_form = {
    .name = "plan_evidence", .fields = evidence_fields, .max_body = EVIDENCE_BYTES + 65536, .multipart = true
};

/* ---- a new task ---- */

int task_new_get(struct req *q, struct res *s, struct err *e)
{
    struct task_new_view v = { .model = req_query(q, "model"), .key = req_form_key(q) };
    struct dbr *r = req_read(q, e);
    if (!r || agencies_on(r, q->arena, instant_day(q->now), &v.agencies, e))
        return -1;
    v.own = own_agency(q, PLAN_REPORT_MAY);
    struct html h = res_html(q, s);
    task_new_page(&h, &v);
    return 0;
}

static int partners_of(struct req *q, struct dbr *r, struct str *out, struct err *e)
{
    struct agency_names names;
    struct agency_codes codes;
    struct buf b;
    struct str text = str_or_empty(req_form(q, "partners"));
    if (agency_names_on(r, q->arena, instant_day(q->now), &names, e))
        return -1;
    agencies_in_text(q->arena, &names, text, &codes);
    if (text.n > 0 && codes.n == 0)
        return req_refuse_field(q, e, "partners",
                                MSGS("Không nhận ra cơ quan nào. Xin ghi tên như trong danh sách cơ quan."));
    buf_init(&b, q->arena, 1024);
    for (size_t i = 0; i < codes.n; i++)
        buf_fmt(&b, "%s%.*s", i ? " " : "", STR_ARG(codes.v[i]));
    *out = buf_str(&b);
    return 0;
}

int task_new_prepare(struct req *q, struct err *e)
{
    struct agency agency;
    struct task_new *t = arena_new(q->arena, struct task_new);
    struct dbr *r = req_read(q, e);
    q->work = t;
    if (!r)
        return -1;
    int found = agency_by_code(r, q->arena, req_form(q, "agency"), &agency, e);
    if (found < 0)
        return -1;
    if (found == 0 || !agency_in_force(&agency, instant_day(q->now)))
        return req_refuse_field(q, e, "agency", MSGS("Không có cơ quan này, hoặc cơ quan đã chấm dứt hoạt động."));
    if (refuse_other_agency(q, PLAN_TASK_MAY, agency.code, e) || partners_of(q, r, &t->partners, e))
        return -1;
    t->model = req_form_int(q, "model");
    t->agency = agency.code;
    t->title = req_form(q, "title");
    t->detail = req_form(q, "detail");
    t->due = req_form_day(q, "due");
    t->milestone = req_form_has(q, "milestone");
    t->budget = (struct money) { req_form_has(q, "budget") ? req_form_int(q, "budget") : 0 };
    t->budget_line = req_form(q, "budget_line");
    t->meeting = req_form(q, "meeting");
    t->has_meeting_day = req_form_has(q, "meeting_on");
    if (t->has_meeting_day)
        t->meeting_on = req_form_day(q, "meeting_on");
    return 0;
}

int task_new_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id;
    struct audit_record by = audit_of(q, STR("plan.task_added"));
    if (task_add(tx, q->arena, q->work, &by, &id, e))
        return -1;
    req_outcome(q, str_fmt(q->arena, "%lld", (long long)id));
    return 0;
}

int task_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/plan/tasks/%.*s", STR_ARG(q->outcome)));
}

/* ---- one task ---- */

static int find_task(struct req *q, struct plan_task_by_id_row *out, struct err *e)
{
    int64_t id;
    struct dbr *r = req_read(q, e);
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "task id");
    int got = r ? plan_task_by_id(r, q->arena, &(struct plan_task_by_id_in) { .id = id }, out, e) : -1;
    return got < 0 ? -1 : got == 0 ? ERR(e, ERR_NOT_FOUND, "task %lld", (long long)id) : 0;
}

/* Codes of the row as agencies with their names. */
static int load_partners(struct req *q, struct dbr *r, struct str codes, struct plan_agencies *out, struct err *e)
{
    VEC(struct plan_agency) list = { 0 };
    struct str code;
    while (codes.n > 0 && str_cut(&codes, ' ', &code)) {
        struct agency g;
        int got = agency_by_code(r, q->arena, code, &g, e);
        if (got < 0)
            return -1;
        if (got == 1)
            *vec_push(q->arena, &list) = (struct plan_agency) { g.code, g.name, g.short_name };
    }
    *out = (struct plan_agencies) { list.v, list.n };
    return 0;
}

int task_get(struct req *q, struct res *s, struct err *e)
{
    struct task_view v;
    memset(&v, 0, sizeof(v));
    if (find_task(q, &v.task, e))
        return -1;
    struct dbr *r = req_read(q, e);
    struct plan_task_changes_in changes = { .task = v.task.id };
    if (plan_task_changes(r, q->arena, &changes, &v.changes, e) || load_partners(q, r, v.task.partners, &v.partners, e) ||
        plan_evidence_of(r, q->arena, &(struct plan_evidence_of_in) { .task = v.task.id }, &v.evidence, e))
        return -1;
    v.today = instant_day(q->now);
    v.own = req_may_agency(q, PLAN_TASK_MAY, v.task.agency) != NULL;
    v.key = req_form_key(q);
    struct html h = res_html(q, s);
    task_page(&h, &v);
    return 0;
}

int task_set_prepare(struct req *q, struct err *e)
{
    int64_t state, risk;
    struct plan_task_by_id_row task;
    struct task_change *t = arena_new(q->arena, struct task_change);
    q->work = t;
    if (find_task(q, &task, e) || refuse_other_agency(q, PLAN_TASK_MAY, task.agency, e))
        return -1;
    if (!str_to_i64(req_form(q, "state"), &state) || !str_to_i64(req_form(q, "risk"), &risk))
        return ERR(e, ERR_INPUT, "state or risk");
    *t = (struct task_change) { .task = task.id,
                                .edit = req_form_int(q, "edit"),
                                .state = (enum task_state)state,
                                .due = req_form_day(q, "due"),
                                .risk = (enum task_risk)risk,
                                .risk_note = str_or_empty(req_form(q, "risk_note")) };
    return 0;
}

int task_set_write(struct req *q, struct tx *tx, struct err *e)
{
    struct audit_record by = audit_of(q, STR("plan.task_changed"));
    req_outcome(q, req_param(q, "id"));
    return task_set(tx, q->arena, q->work, &by, e);
}

/* ---- evidence ---- */

/* The measure that a module counts for this task's model, read live wherever the evidence is shown. */
static struct str measure_of_model(const struct app *app, int64_t model)
{
    for (const struct module *const *module = app->modules; *module; module++)
        for (const struct measure *m = (*module)->measures; m && m->name; m++)
            if (m->plan_model == model)
                return str_of(m->name);
    return STR_NONE;
}

int evidence_prepare(struct req *q, struct err *e)
{
    struct plan_task_by_id_row task;
    struct evidence_new *in = arena_new(q->arena, struct evidence_new);
    const struct part *file = req_file(q, "file");
    q->work = in;
    if (find_task(q, &task, e) || refuse_other_agency(q, PLAN_TASK_MAY, task.agency, e))
        return -1;
    *in = (struct evidence_new) { .task = task.id, .kind = req_form(q, "kind"), .title = req_form(q, "title") };
    if (str_eq(in->kind, STR("link")))
        in->target = str_or_empty(req_form(q, "link"));
    if (str_eq(in->kind, STR("measure"))) {
        in->target = measure_of_model(q->app, task.model);
        if (!in->target.p)
            return req_refuse_field(q, e, "kind", MSGS("Mô hình này chưa có số đo. Xin dùng tệp hoặc liên kết."));
    }
    if (!str_eq(in->kind, STR("file")))
        return 0;
    in->bytes = file ? file->bytes : STR("");
    return text_clean(q->arena, file ? file->filename : STR(""), TEXT_ONE_LINE, 200, &in->target, e);
}

int evidence_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id;
    struct audit_record by = audit_of(q, STR("plan.evidence_added"));
    req_outcome(q, req_param(q, "id"));
    return evidence_add(tx, q->arena, q->work, &by, &id, e);
}

int evidence_get(struct req *q, struct res *s, struct err *e)
{
    int64_t id;
    struct plan_file_of_evidence_row file;
    struct dbr *r = req_read(q, e);
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "evidence id");
    int got = r ? plan_file_of_evidence(r, q->arena, &(struct plan_file_of_evidence_in) { .id = id }, &file, e) : -1;
    if (got < 0)
        return -1;
    if (got == 0)
        return ERR(e, ERR_NOT_FOUND, "evidence %lld has no file", (long long)id);
    res_body(q, s, file.bytes);
    return res_download(q, s, str_cstr(q->arena, file.media_type), file.target);
}
