/* send.c: the answers once more, and the filing becomes a case, with its papers, fees and, of a bundle, its parts, in one transaction. */
#include "models/m01_essential_services/assist.h"
#include "models/m01_essential_services/bundle.h"

#include "gen/essential_services_pages.h"
#include "platform/crypto/crypto.h"

static const struct field send_fields[] = {
    { .name = "agree",
      .type = FIELD_CHECK,
      .required = true,
      .label = MSG("Tôi cam đoan những điều đã khai là đúng và chịu trách nhiệm trước pháp luật") },
    { .name = "double", .type = FIELD_CHECK, .label = MSG("Tôi đã xem hồ sơ đang giải quyết và vẫn cần nộp hồ sơ này") },
    { .name = NULL },
};
const struct form portal_send_form = { .name = "portal_send", .fields = send_fields };

struct send_work {
    struct filing f;
    bool asked; /* sources, just now: who sends without a look at the page of papers */
    struct case_new in;
    struct case_made made;
    struct bundle_parts parts;
    struct case_view sent;
};

/* ---- the check ---- */

static int add_doubles(struct req *q, const struct filing *f, struct check_view *v, struct err *e)
{
    struct case_others others;
    if (case_doubles(q->app, req_read(q, e), q->arena, f->def->code, filing_facts(f), &others, e))
        return -1;
    for (size_t i = 0; i < others.n; i++)
        *vec_push(q->arena, &v->doubles) = (struct double_view) { .number = case_number_str(q->arena, &others.v[i].number),
                                                                  .service_name = others.v[i].service_name,
                                                                  .state_label = others.v[i].state_label,
                                                                  .made_at = others.v[i].made_at };
    return 0;
}

static struct str place_name(const struct filing *f)
{
    struct str code = unit_code_str(&f->row.unit);
    for (size_t i = 0; i < f->answers.communes.n; i++)
        if (str_eq(f->answers.communes.codes[i], code))
            return f->answers.communes.names[i];
    return STR("");
}

static void add_parts(struct req *q, const struct filing *f, struct check_view *v, struct dbr *r)
{
    service_places places = { 0 };
    const struct service_def *child;
    services_children(&f->answers, &places);
    for (size_t i = 0; i < places.n; i++)
        if (services_in_force(q->app, r, f->def->children[places.v[i]].service, f->answers.on, &child, NULL) == 1)
            *vec_push(q->arena, &v->parts) = child->name;
}

static bool wants_scan(const slot_views *slots)
{
    for (size_t i = 0; i < slots->n; i++)
        if (slots->v[i].state == SLOT_WANTED)
            return true;
    return false;
}

static int fill_check(struct req *q, const struct filing *f, struct check_view *v, struct err *e)
{
    size_t page;
    int item;
    v->f = f;
    v->lacking = services_next(&f->answers, &page, &item);
    v->fix = v->lacking ? filing_path(q->arena, f, page, item) : STR("");
    filing_slots(f, &v->slots);
    v->wanted = wants_scan(&v->slots);
    v->place_name = place_name(f);
    v->for_name = f->row.acts_as == CASE_SELF ? STR("") : f->row.name;
    if (services_summary_of(&f->answers, q->lang, f->base, &v->summary, e) || add_doubles(q, f, v, e) ||
        assist_state(f, q->now, &v->waits, &v->code_sent, e))
        return -1;
    v->summary.papers.n = 0; /* this page says more of each than the list does */
    add_parts(q, f, v, req_read(q, e));
    v->key = req_form_key(q);
    v->code_key = v->key;
    v->wrong_code = req_query(q, ASSIST_WRONG_CODE).n > 0;
    return 0;
}

int portal_check_get(struct req *q, struct res *s, struct err *e)
{
    struct filing f;
    struct check_view v = { .f = NULL };
    if (filing_of_request(q, &f, e) || fill_check(q, &f, &v, e))
        return -1;
    struct html h = res_html(q, s);
    portal_check__head(&h, &v);
    services_draw_summary(&h, &v.summary);
    portal_check__tail(&h, &v);
    return 0;
}

/* ---- sending ---- */

/* A source that is down is the applicant's choice, never a reason to bring a paper, and never passed over in silence. */
static int refuse_open_source(struct req *q, const slot_views *slots, struct err *e)
{
    for (size_t i = 0; i < slots->n; i++) {
        const struct slot_view *s = &slots->v[i];
        if (!slot_is_open(s))
            continue;
        struct tr_arg args[] = { { "source", s->take->label }, { "paper", s->paper->name } };
        return ERR_SAY(
            e, ERR_CONFLICT,
            tr_fill(q->arena, q->lang,
                    MSGS("{source} chưa cho dữ liệu về: {paper}. Xin mở phần Giấy tờ và chọn: chờ, dùng dữ liệu đã lấy lần "
                         "trước, hoặc cam đoan."),
                    args, 2),
            "slot %.*s is open", STR_ARG(s->paper->id));
    }
    return 0;
}

static int refuse_unready(struct req *q, const struct filing *f, struct err *e)
{
    service_errors errors = { 0 };
    slot_views slots = { 0 };
    bool waits, sent;
    if (services_check(&f->answers, SERVICE_ALL_PAGES, 0, q->lang, &errors) > 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Còn chỗ chưa điền đủ. Những gì đã lưu vẫn còn; xin bấm Sửa ở phần được đánh dấu."),
                       "%zu errors, first %.*s", errors.n, STR_ARG(errors.v[0].name));
    if (!unit_code_str(&f->row.unit).n)
        return ERR_SAY(e, ERR_FORM, MSGS("Xin chọn nơi nhận hồ sơ và cách nhận kết quả."), "no unit");
    filing_slots(f, &slots);
    if (wants_scan(&slots))
        return ERR_SAY(e, ERR_FORM, MSGS("Còn giấy tờ chưa tải lên. Xin mở phần Giấy tờ, chụp hoặc chọn tệp PDF."),
                       "a paper is wanted");
    if (refuse_open_source(q, &slots, e) || assist_state(f, q->now, &waits, &sent, e))
        return -1;
    if (waits)
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Người dân chưa xác nhận nên chưa gửi được. Xin để họ đăng nhập, đọc mã gửi tới điện thoại, hoặc ký "
                            "trên giấy."),
                       "not confirmed");
    return 0;
}

static int add_fees(struct req *q, const struct filing *f, struct case_new *in, struct err *e)
{
    struct service_fees fees;
    if (services_fee(&f->answers, &fees, e))
        return -1;
    struct case_fee_line *lines = arena_new_array(q->arena, struct case_fee_line, fees.lines.n);
    for (size_t i = 0; i < fees.lines.n; i++) {
        const struct service_fee_line *l = &fees.lines.v[i];
        lines[i] = (struct case_fee_line) { l->fee->id, l->fee->label, l->sum, l->fee->confirmed };
    }
    in->fees = lines;
    in->n_fees = fees.lines.n;
    return 0;
}

struct case_service filing_service(const struct service_def *def)
{
    return (struct case_service) { .code = def->code,
                                   .name = def->name,
                                   .flow = def->flow,
                                   .function = def->function,
                                   .unit_level = def->unit_level == SERVICE_PROVINCE ? STR("province") : STR("commune"),
                                   .version_id = def->id,
                                   .version = def->version,
                                   .days = def->days,
                                   .same_day_before = def->same_day_before };
}

static void fill_party(struct req *q, const struct filing *f, struct case_new *in)
{
    in->party = f->row.has_organisation ? CASE_ORGANISATION : CASE_PERSON;
    in->person = f->row.has_person && f->row.acts_as != CASE_PROXY ? f->row.person : 0;
    in->pid = f->row.pid;
    in->name = f->row.name;
    in->organisation = f->row.has_organisation ? f->row.name : STR("");
    in->phone = f->row.phone;
    in->acts_as = (enum case_acting)f->row.acts_as;
    in->account = q->actor->account;
    if (in->acts_as != CASE_SELF) {
        in->filer_pid = q->actor->pid;
        in->filer_name = q->actor->name;
    }
    for (size_t i = 0; i < f->def->n_fields && !in->phone.n; i++)
        if (f->def->fields[i].type == SERVICE_PHONE)
            in->phone = str_or_empty(services_value(&f->answers, i, 0));
    for (size_t i = 0; i < f->def->n_fields && !in->email.n; i++)
        if (f->def->fields[i].type == SERVICE_EMAIL)
            in->email = services_value(&f->answers, i, 0);
}

static int fill_case(struct req *q, struct filing *f, struct case_new *in, struct err *e)
{
    struct case_paper_new *papers;
    *in = (struct case_new) { .service = filing_service(f->def),
                              .unit = f->row.unit,
                              .channel = (enum case_channel)f->row.channel,
                              .level = f->row.assisted ? 0 : q->actor->assurance, /* a helper's session says nothing of the citizen */
                              .facts = filing_facts(f),
                              .despite_double = req_form_has(q, "double"),
                              .delivery = (enum case_delivery)f->row.delivery,
                              .address = f->row.address,
                              .code = case_code_new(q->arena) };
    fill_party(q, f, in);
    if (services_answers_json(&f->answers, &in->answers, e) || filing_papers(q, f, &papers, &in->n_papers, e) ||
        add_fees(q, f, in, e) || assist_account(q, f, in, e))
        return -1;
    in->papers = papers;
    in->papers_needed = in->n_papers;
    return case_check(q->app, q->arena, in, e);
}

int portal_send_prepare(struct req *q, struct err *e)
{
    struct send_work *w = arena_new(q->arena, struct send_work);
    q->work = w;
    if (filing_of_request(q, &w->f, e))
        return -1;
    services_answers_prune(&w->f.answers);
    w->asked = sources_to_ask(&w->f.takes, q->now) && !sources_far(&w->f.takes, q->now); /* others: by the page of papers */
    return filing_signed_in_for(q, w->f.def, w->f.row.assisted, e) || (w->asked && filing_ask(q, &w->f, e)) ||
                   refuse_unready(q, &w->f, e) || fill_case(q, &w->f, &w->in, e) ||
                   bundle_make(q->app, req_read(q, e), &w->f.answers, &w->in, &w->parts, e)
               ? -1
               : 0;
}

static int keep_filed(struct tx *tx, const struct send_work *w, struct err *e)
{
    const struct filing_row_row *row = &w->f.row;
    struct filing_case_insert_in in = { .case_id = w->made.id,
                                        .has_account = w->in.account != 0,
                                        .account = w->in.account,
                                        .has_person = row->acts_as == CASE_GUARDIAN,
                                        .person = row->person,
                                        .has_organisation = row->has_organisation,
                                        .organisation = row->organisation,
                                        .audit = w->made.audit_seq,
                                        .made_at = tx_now(tx) };
    return filing_case_insert(tx, &in, NULL, e);
}

int portal_send_write(struct req *q, struct tx *tx, struct err *e)
{
    struct send_work *w = q->work;
    struct case_by by = case_by_request(q);
    struct filing_row_row row;
    int there = filing_row(tx_reader(tx), q->arena, &(struct filing_row_in) { .draft = w->f.draft.id }, &row, e);
    if (there != 1)
        return there < 0 ? -1
                         : ERR_SAY(e, ERR_CONFLICT, MSGS("Hồ sơ này vừa được gửi rồi. Xin xem ở trang Hồ sơ của tôi."),
                                   "draft %lld is gone", (long long)w->f.draft.id);
    struct audit_record asked = audit_of(q, STR("sources.asked"));
    if ((w->asked && sources_keep(tx, &asked, &w->f.desk, &w->f.takes, e)) || case_submit(tx, &by, &w->in, &w->made, e) ||
        keep_filed(tx, w, e) || bundle_begin(tx, &by, w->made.id, &w->parts, e) || filing_drop(tx, w->f.draft.id, e) ||
        case_draft_drop(tx, w->f.draft.account, w->f.draft.id, e))
        return -1;
    req_outcome(q, case_number_str(q->arena, &w->made.number));
    return 0;
}

/* The code for following stands on this page only: a page that is loaded again no longer has it. */
int portal_send_reply(struct req *q, struct res *s, struct err *e)
{
    const struct send_work *w = q->work;
    struct sent_view v = { .code = q->replayed ? STR("") : w->in.code };
    struct case_number n;
    if (q->replayed)
        return res_redirect(s, str_fmt(q->arena, "/ho-so/%.*s", STR_ARG(q->outcome)));
    if (!case_number_parse(q->arena, q->outcome, &n) || case_by_number(q->app, req_read(q, e), q->arena, &n, &v.c, e) != 1)
        return ERR(e, ERR_INTERNAL, "case %.*s is not there", STR_ARG(q->outcome));
    v.follow = str_fmt(q->arena, "%s/theo-doi?number=%.*s", q->app->settings.base_url, STR_ARG(q->outcome));
    v.place_name = place_name(&w->f);
    v.pay = v.c.payment == CASE_UNPAID;
    struct html h = res_html(q, s);
    portal_sent(&h, &v);
    return 0;
}
