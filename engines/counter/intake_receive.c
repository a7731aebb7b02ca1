/* intake_receive.c: the last look, then the case: number, receipt and day promised in one act. The code for following it is shown
 * once.
 */
#include "engines/counter/intake.h"

#include "gen/counter_pages.h"

static const struct choice deliveries[] = {
    { "electronic", MSG("Bản điện tử") },
    { "counter", MSG("Nhận tại một cửa") },
    { "post", MSG("Gửi qua bưu điện") },
    { .value = NULL },
};
static const struct choice actings[] = {
    { "self", MSG("Tự nộp") },
    { "proxy", MSG("Nộp thay theo uỷ quyền") },
    { "guardian", MSG("Người giám hộ nộp") },
    { .value = NULL },
};
static const struct field receive_fields[] = {
    { .name = "phone", .type = FIELD_TEXT, .max = 20, .label = MSG("Điện thoại"), .help = MSG("Để báo khi có kết quả") },
    { .name = "delivery", .type = FIELD_CHOICE, .required = true, .choices = deliveries, .label = MSG("Cách nhận kết quả") },
    { .name = "address", .type = FIELD_TEXT, .max = 300, .label = MSG("Địa chỉ nhận qua bưu điện") },
    { .name = "acts_as", .type = FIELD_CHOICE, .required = true, .choices = actings, .label = MSG("Người đứng ở quầy") },
    { .name = "filer_name", .type = FIELD_TEXT, .max = 100, .label = MSG("Họ và tên người nộp thay") },
    { .name = "receipt", .type = FIELD_TEXT, .max = 60, .label = MSG("Số biên lai"), .help = MSG("Ghi khi đã thu phí ở quầy") },
    { .name = "go", .type = FIELD_HIDDEN, .max = 20 },
    { .name = "double", .type = FIELD_CHECK, .label = MSG("Đã xem hồ sơ đang mở về cùng việc, vẫn nhận hồ sơ này") },
    { .name = NULL },
};
const struct form intake_receive_form = { .name = "counter_receive", .fields = receive_fields };

/* ---- the page ---- */

static const struct counter_intake_papers_row *given_of(const struct counter_intake_papers_rows *rows, struct str slot)
{
    for (size_t i = 0; i < rows->n; i++)
        if (str_eq(rows->v[i].slot, slot))
            return &rows->v[i];
    return NULL;
}

static struct field_view kind_control(struct html *h, size_t place, const struct counter_intake_papers_row *given)
{
    struct field_view f = { .type = FIELD_CHOICE, .as_select = true, .label = MSGS("Bản giấy"),
                            .name = str_fmt(h->arena, "kind%zu", place) };
    struct str now = !given ? STR("none") : given->seen ? STR("seen") : given->kind == CASE_SHEET ? STR("sheet") : STR("none");
    field_option(h, &f, STR("none"), MSGS("Không có bản giấy"));
    field_option(h, &f, STR("seen"), MSGS("Đã xem bản chính"));
    field_option(h, &f, STR("sheet"), MSGS("Nhận bản giấy"));
    for (size_t i = 0; i < f.options.n; i++)
        f.options.v[i].selected = str_eq(f.options.v[i].value, now);
    field_complete(h, &f);
    return f;
}

static struct field_view scan_control(struct html *h, size_t place, const struct service_paper *p)
{
    struct field_view f = { .type = FIELD_FILE, .label = p->name, .name = str_fmt(h->arena, "scan%zu", place),
                            .accept = STR("image/jpeg,image/png,image/webp,application/pdf"), .required = true };
    field_complete(h, &f);
    return f;
}

static bool has_take(const struct intake *k, const struct service_paper *p)
{
    for (size_t i = 0; i < k->takes.n; i++)
        if (k->takes.v[i].paper == p)
            return true;
    return false;
}

static int list_papers(struct req *q, struct html *h, struct intake_receive_view *v, struct err *e)
{
    service_places places;
    struct counter_intake_papers_rows rows;
    struct counter_intake_papers_in in = { .intake = v->k.row.id };
    struct dbr *r = req_read(q, e);
    if (!r || counter_intake_papers(r, q->arena, &in, &rows, e))
        return -1;
    services_papers(&v->k.answers, &places);
    for (size_t i = 0; i < places.n; i++) {
        const struct service_paper *p = &v->k.def->papers[places.v[i]];
        if (counter_is_by_data(p) && !has_take(&v->k, p))
            *vec_push(q->arena, &v->looked_up) = p;
        if (p->source != SERVICE_PAPER)
            continue;
        const struct counter_intake_papers_row *given = given_of(&rows, p->id);
        *vec_push(q->arena, &v->papers) = (struct intake_paper_line) { p, given, scan_control(h, places.v[i], p),
                                                                       kind_control(h, places.v[i], given) };
    }
    return 0;
}

static struct str facts_of(struct intake *k)
{
    struct str pid = pid_str(&k->row.pid);
    return services_facts(&k->answers, pid.p ? pid : k->row.name);
}

/* The telephone that the form has asked for already. */
static struct str phone_of(const struct intake *k)
{
    for (size_t i = 0; i < k->def->n_fields; i++)
        if (k->def->fields[i].type == SERVICE_PHONE && services_value(&k->answers, i, 0).n)
            return services_value(&k->answers, i, 0);
    return STR("");
}

int intake_receive_get(struct req *q, struct res *s, struct err *e)
{
    struct intake_receive_view v = { .key = req_form_key(q) };
    struct service_summary summary;
    struct html h = res_html(q, s);
    struct dbr *r = req_read(q, e);
    if (!r || intake_find_chosen(q, &v.k, e))
        return -1;
    v.who = intake_who(q->arena, &v.k);
    v.action = intake_path(q->arena, v.k.row.id, "/receive");
    v.papers_action = intake_path(q->arena, v.k.row.id, "/papers");
    v.back = intake_path(q->arena, v.k.row.id, "/form");
    services_answers_prune(&v.k.answers);
    if (intake_sources_read(q, &v.k, e) || list_papers(q, &h, &v, e) || services_answers_places(&v.k.answers, r, e) ||
        services_summary_of(&v.k.answers, q->lang, STR_NONE, &summary, e) ||
        case_doubles(q->app, r, q->arena, v.k.def->code, facts_of(&v.k), &v.doubles, e))
        return -1;
    v.fees = summary.fees;
    v.phone = phone_of(&v.k);
    counter_intake_receive__head(&h, &v);
    intake_sources_draw(&h, &v.k, v.key);
    services_draw_summary(&h, &summary);
    counter_intake_receive__tail(&h, &v);
    return 0;
}

/* ---- the case ---- */

struct receiving {
    struct intake k;
    bool asked; /* sources, just now: a clerk who receives without the last look */
    struct case_new in;
    struct case_made made;
    struct money fee;
    struct str receipt;
    service_places papers;
};

static enum case_delivery delivery_of(struct str v)
{
    return str_eq(v, STR("electronic")) ? CASE_ELECTRONIC : str_eq(v, STR("post")) ? CASE_BY_POST : CASE_AT_COUNTER;
}

static enum case_acting acting_of(struct str v)
{
    return str_eq(v, STR("proxy")) ? CASE_PROXY : str_eq(v, STR("guardian")) ? CASE_GUARDIAN : CASE_SELF;
}

static int fill_who(struct req *q, struct receiving *w, struct err *e)
{
    struct case_new *in = &w->in;
    in->person = w->k.row.has_person ? w->k.row.person : 0;
    in->pid = w->k.row.pid;
    in->name = w->k.row.name;
    in->level = (int)w->k.row.level;
    in->phone = req_form(q, "phone");
    in->acts_as = acting_of(req_form(q, "acts_as"));
    in->filer_name = str_trim(str_or_empty(req_form(q, "filer_name")));
    in->delivery = delivery_of(req_form(q, "delivery"));
    in->address = str_trim(str_or_empty(req_form(q, "address")));
    if (in->acts_as != CASE_SELF && in->filer_name.n == 0)
        return req_refuse_field(q, e, "filer_name", MSGS("Xin ghi họ và tên người nộp thay."));
    if (in->delivery == CASE_BY_POST && in->address.n == 0)
        return req_refuse_field(q, e, "address", MSGS("Xin ghi địa chỉ để gửi kết quả."));
    return 0;
}

static int fill_fees(struct req *q, struct receiving *w, struct err *e)
{
    struct service_fees fees;
    if (services_fee(&w->k.answers, &fees, e))
        return -1;
    struct case_fee_line *lines = arena_new_array(q->arena, struct case_fee_line, fees.lines.n);
    for (size_t i = 0; i < fees.lines.n; i++)
        lines[i] = (struct case_fee_line) { fees.lines.v[i].fee->id, fees.lines.v[i].fee->label, fees.lines.v[i].sum,
                                            fees.lines.v[i].fee->confirmed };
    w->in.fees = lines;
    w->in.n_fees = fees.lines.n;
    w->fee = fees.total;
    w->receipt = str_trim(str_or_empty(req_form(q, "receipt")));
    return 0;
}

static struct case_paper_new paper_of(struct str slot, struct str name, const struct counter_intake_papers_row *given)
{
    return (struct case_paper_new) { .slot = slot,
                                     .name = name,
                                     .kind = (enum case_paper_given)given->kind,
                                     .source = given->seen ? STR("original") : STR("applicant"),
                                     .file_name = given->file_name,
                                     .bytes = given->bytes,
                                     .media_type = given->media_type,
                                     .hash = given->hash };
}

/* What the citizen laid down; what the authority fetches itself is no paper of theirs. */
static int fill_papers(struct req *q, struct receiving *w, struct err *e)
{
    struct counter_intake_papers_rows rows;
    struct counter_intake_papers_in in = { .intake = w->k.row.id };
    struct dbr *r = req_read(q, e);
    if (!r || counter_intake_papers(r, q->arena, &in, &rows, e))
        return -1;
    services_papers(&w->k.answers, &w->papers);
    struct case_paper_new *papers = arena_new_array(q->arena, struct case_paper_new, w->k.takes.n + w->papers.n + rows.n);
    w->in.n_papers = sources_papers(&w->k.takes, (int)w->k.row.level, papers);
    w->in.papers_needed = w->k.takes.n;
    for (size_t i = 0; i < w->papers.n; i++) {
        const struct service_paper *p = &w->k.def->papers[w->papers.v[i]];
        const struct counter_intake_papers_row *given = given_of(&rows, p->id);
        if (p->source != SERVICE_PAPER)
            continue;
        w->in.papers_needed++;
        if (!given && p->required && w->in.receive)
            return ERR_SAY(e, ERR_FORM,
                           str_fmt(q->arena,
                                   "Còn thiếu giấy tờ: %.*s. Xin quét hoặc ghi đã xem bản chính; chưa có thì ghi vào sổ mà chưa tiếp nhận, "
                                   "rồi lập phiếu yêu cầu bổ sung.",
                                   STR_ARG(p->name)),
                           "paper %.*s", STR_ARG(p->id));
        if (given)
            papers[w->in.n_papers++] = paper_of(p->id, p->name, given);
    }
    for (size_t i = 0; i < rows.n; i++) {
        struct str slot = rows.v[i].slot, id = str_from(slot, sizeof INTAKE_FIELD_SLOT - 1);
        size_t field = str_starts(slot, STR(INTAKE_FIELD_SLOT)) ? service_field_named(w->k.def, id) : SERVICE_NO_FIELD;
        if (field != SERVICE_NO_FIELD && services_field_asked(&w->k.answers, field, 0))
            papers[w->in.n_papers++] = paper_of(id, w->k.def->fields[field].label, &rows.v[i]);
    }
    w->in.papers = papers;
    return 0;
}

static int refuse_unfinished(struct req *q, struct receiving *w, struct err *e)
{
    size_t page;
    int item;
    if (!services_next(&w->k.answers, &page, &item))
        return 0;
    return ERR_SAY(e, ERR_CONFLICT,
                   str_fmt(q->arena, "Phần \"%.*s\" còn thiếu. Xin điền nốt rồi nhận hồ sơ.", STR_ARG(w->k.def->pages[page].title)),
                   "unfinished");
}

int intake_receive_prepare(struct req *q, struct err *e)
{
    struct receiving *w = q->work = arena_new(q->arena, struct receiving);
    if (intake_find_chosen(q, &w->k, e))
        return -1;
    services_answers_prune(&w->k.answers);
    if (intake_sources_read(q, &w->k, e))
        return -1;
    w->asked = sources_to_ask(&w->k.takes, q->now) && !sources_far(&w->k.takes, q->now); /* others: by the last look */
    if (w->asked && intake_sources_ask(q, &w->k, e))
        return -1;
    w->in = (struct case_new) { .service = case_service_of(w->k.def),
                                .unit = w->k.row.unit,
                                .channel = CASE_COUNTER,
                                .facts = facts_of(&w->k),
                                .despite_double = req_form_has(q, "double"),
                                .code = case_code_new(q->arena),
                                .receive = !str_eq(req_form(q, "go"), STR("hold")) };
    if (refuse_unfinished(q, w, e) || (w->in.receive && intake_sources_refuse(q, &w->k, e)) || fill_who(q, w, e) ||
        fill_fees(q, w, e) || fill_papers(q, w, e) ||
        services_answers_json(&w->k.answers, &w->in.answers, e))
        return -1;
    return case_check(q->app, q->arena, &w->in, e);
}

int intake_receive_write(struct req *q, struct tx *tx, struct err *e)
{
    struct receiving *w = q->work;
    struct case_by by = case_by_request(q);
    struct audit_record asked = audit_of(q, STR("sources.asked"));
    if ((w->asked && sources_keep(tx, &asked, &w->k.desk, &w->k.takes, e)) || case_submit(tx, &by, &w->in, &w->made, e) ||
        sources_drop(tx, w->k.desk.holder, e) ||
        (w->fee.dong > 0 && w->receipt.n > 0 && case_pay(tx, &by, w->made.id, w->fee, w->receipt, e)) ||
        counter_intake_papers_drop(tx, &(struct counter_intake_papers_drop_in) { .intake = w->k.row.id }, NULL, e) ||
        counter_intake_drop(tx, &(struct counter_intake_drop_in) { .id = w->k.row.id }, NULL, e))
        return -1;
    req_outcome(q, case_number_str(q->arena, &w->made.number));
    return 0;
}

/* The code is on this page and nowhere else: the store keeps its hash. The same post again shows the case without it. */
int intake_receive_reply(struct req *q, struct res *s, struct err *e)
{
    const struct receiving *w = q->work;
    (void)e;
    if (q->replayed)
        return res_redirect(s, str_fmt(q->arena, "/counter/cases/%.*s", STR_ARG(q->outcome)));
    struct intake_done_view v = { .made = w->made,
                                  .number = q->outcome,
                                  .code = w->in.code,
                                  .name = w->in.name,
                                  .service_name = w->in.service.name,
                                  .place = counter_unit_name(q, &w->in.unit),
                                  .case_path = str_fmt(q->arena, "/counter/cases/%.*s", STR_ARG(q->outcome)) };
    for (size_t i = 0; i < w->in.n_papers; i++)
        *vec_push(q->arena, &v.papers) = w->in.papers[i].name;
    v.paper = (struct paper_view) { .above = STR(""), .org = v.place, .number = v.number, .place = v.place, .on = instant_day(q->now) };
    struct html h = res_html(q, s);
    counter_intake_done(&h, &v);
    return 0;
}
