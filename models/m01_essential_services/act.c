/* act.c: what a citizen does in a case of their own: answers a request for more, withdraws, writes, rates, complains. */
#include "models/m01_essential_services/own.h"

static const struct field move_fields[] = {
    { .name = "move", .type = FIELD_HIDDEN, .required = true, .max = 40, .label = MSG("Việc làm") },
    { .name = "revision", .type = FIELD_HIDDEN, .required = true, .max = 20, .label = MSG("Bản đã xem") },
    { .name = "reason", .type = FIELD_LINES, .max = 500, .label = MSG("Lý do") },
    { .name = NULL },
};
const struct form own_move_form = { .name = "own_move", .fields = move_fields };

static const struct field scan_fields[] = {
    { .name = "revision", .type = FIELD_HIDDEN, .required = true, .max = 20, .label = MSG("Bản đã xem") },
    { .name = "slot", .type = FIELD_TEXT, .required = true, .max = 60, .label = MSG("Là giấy tờ nào?") },
    { .name = "scan",
      .type = FIELD_FILE,
      .required = true,
      .max = CASE_FILE_MAX,
      .label = MSG("Ảnh chụp hoặc tệp PDF"),
      .help = MSG("Chụp bằng điện thoại cũng được, tối đa 4 MB.") },
    { .name = NULL },
};
const struct form own_scan_form = {
    .name = "own_scan", .fields = scan_fields, .multipart = true, .max_body = CASE_FILE_MAX + (64 << 10)
};

static const struct field say_fields[] = {
    { .name = "body", .type = FIELD_LINES, .required = true, .max = 2000, .label = MSG("Lời nhắn gửi cơ quan giải quyết") },
    { .name = NULL },
};
const struct form own_say_form = { .name = "own_say", .fields = say_fields };

static const struct choice stars[] = {
    { "5", MSG("5 sao: rất hài lòng") }, { "4", MSG("4 sao: hài lòng") },   { "3", MSG("3 sao: bình thường") },
    { "2", MSG("2 sao: chưa hài lòng") }, { "1", MSG("1 sao: rất kém") }, { NULL, { NULL, 0 } },
};
static const struct field rate_fields[] = {
    { .name = "stars", .type = FIELD_CHOICE, .required = true, .choices = stars, .label = MSG("Bạn thấy việc giải quyết thế nào?") },
    { .name = "body", .type = FIELD_LINES, .max = 2000, .label = MSG("Điều bạn muốn nói thêm") },
    { .name = NULL },
};
const struct form own_rate_form = { .name = "own_rate", .fields = rate_fields };

static const struct field complain_fields[] = {
    { .name = "body",
      .type = FIELD_LINES,
      .required = true,
      .max = 2000,
      .label = MSG("Điều bạn chưa đồng ý"),
      .help = MSG("Cơ quan giải quyết phải trả lời; hạn trả lời ghi ngay sau khi bạn gửi.") },
    { .name = NULL },
};
const struct form own_complain_form = { .name = "own_complain", .fields = complain_fields };

struct act_work {
    struct case_view c;
    struct case_moving moving;
    struct case_paper_new paper;
    int64_t revision;
};

static struct act_work *work_of(struct req *q, struct err *e)
{
    struct act_work *w = arena_new(q->arena, struct act_work);
    q->work = w;
    if (own_case_of(q, &w->c, e))
        return NULL;
    if (!str_to_i64(req_form(q, "revision"), &w->revision))
        w->revision = w->c.revision;
    return w;
}

static void done(struct req *q, const struct act_work *w, const char *what)
{
    req_outcome(q, str_fmt(q->arena, "%.*s?xong=%s", STR_ARG(own_path(q->arena, &w->c)), what));
}

/* ---- moves that are the applicant's ---- */

int own_move_prepare(struct req *q, struct err *e)
{
    struct act_work *w = work_of(q, e);
    struct case_by by = case_by_request(q);
    if (!w)
        return -1;
    struct case_move_in in = { .id = w->c.id,
                               .revision = w->revision,
                               .move = req_form(q, "move"),
                               .reason = str_or_empty(req_form(q, "reason")) };
    return case_move_check(req_read(q, e), &by, &in, &w->moving, e);
}

int own_move_write(struct req *q, struct tx *tx, struct err *e)
{
    struct act_work *w = q->work;
    struct case_by by = case_by_request(q);
    struct case_moved out;
    if (case_move(tx, &by, &w->moving, &out, e))
        return -1;
    done(q, w, "buoc");
    return 0;
}

/* ---- papers ---- */

int own_scan_prepare(struct req *q, struct err *e)
{
    struct act_work *w = work_of(q, e);
    const struct part *part = req_file(q, "scan");
    struct err why = { 0 };
    if (!w)
        return -1;
    if (!w->c.open || w->c.owner != OWNER_CITIZEN)
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Hồ sơ chưa được yêu cầu bổ sung nên chưa thêm giấy tờ được. Xin nhắn cho cơ quan giải quyết."),
                       "not the citizen's turn");
    const struct service_def *def = services_version(q->app, req_read(q, e), w->c.service.version_id, e);
    if (!def)
        return -1;
    w->paper = (struct case_paper_new) { .slot = req_form(q, "slot"),
                                         .name = MSGS("Giấy tờ khác được yêu cầu"),
                                         .kind = CASE_SCAN,
                                         .source = STR("applicant"),
                                         .file_name = part ? part->filename : STR(""),
                                         .bytes = part ? part->bytes : STR(""),
                                         .level = q->actor->assurance };
    bool known = str_eq(w->paper.slot, STR("more"));
    for (size_t i = 0; i < def->n_papers; i++)
        if (str_eq(def->papers[i].id, w->paper.slot)) {
            w->paper.name = def->papers[i].name;
            known = true;
        }
    if (!known)
        return req_refuse_field(q, e, "slot", MSGS("Xin chọn một giấy tờ trong danh sách."));
    if (case_paper_check(&w->paper, &why))
        return req_refuse_field(q, e, "scan", err_sentence(&why));
    return 0;
}

int own_scan_write(struct req *q, struct tx *tx, struct err *e)
{
    struct act_work *w = q->work;
    struct case_by by = case_by_request(q);
    int64_t paper;
    if (case_paper_add(tx, &by, w->c.id, w->revision, &w->paper, false, &paper, e))
        return -1;
    done(q, w, "giay");
    return 0;
}

/* ---- words ---- */

int own_words_prepare(struct req *q, struct err *e)
{
    return work_of(q, e) ? 0 : -1;
}

int own_say_write(struct req *q, struct tx *tx, struct err *e)
{
    struct act_work *w = q->work;
    struct case_by by = case_by_request(q);
    if (case_say(tx, &by, w->c.id, true, req_form(q, "body"), e))
        return -1;
    done(q, w, "tin");
    return 0;
}

int own_rate_write(struct req *q, struct tx *tx, struct err *e)
{
    struct act_work *w = q->work;
    struct case_by by = case_by_request(q);
    int64_t n = 0;
    str_to_i64(req_form(q, "stars"), &n);
    if (case_rate(tx, &by, w->c.id, (int)n, req_form(q, "body"), e))
        return -1;
    done(q, w, "danh-gia");
    return 0;
}

int own_complain_write(struct req *q, struct tx *tx, struct err *e)
{
    struct act_work *w = q->work;
    struct case_by by = case_by_request(q);
    if (case_complain(tx, &by, w->c.id, req_form(q, "body"), e))
        return -1;
    done(q, w, "phan-anh");
    return 0;
}

int own_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, q->outcome);
}

struct field_view own_scan_field(struct html *h)
{
    struct field_view f = field_of(h, &own_scan_form, "scan");
    f.accept = STR("image/jpeg,image/png,image/webp,application/pdf");
    return f;
}
