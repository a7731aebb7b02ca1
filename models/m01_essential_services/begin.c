/* begin.c: the first step of filing: for whom, and a draft with what is known already. Looking into the register of people is recorded. */
#include "models/m01_essential_services/portal.h"

#include "engines/people/people.h"
#include "gen/essential_services_pages.h"

#include <string.h>

static const struct choice whom[] = {
    { "self", MSG("Cho tôi, hoặc cho con, người thân mà tôi nuôi dưỡng") },
    { "other", MSG("Cho người khác đã uỷ quyền cho tôi") },
    { NULL, { NULL, 0 } },
};
static const struct field begin_fields[] = {
    { .name = "whom", .type = FIELD_CHOICE, .required = true, .choices = whom, .label = MSG("Bạn nộp cho ai?") },
    { .name = "name",
      .type = FIELD_TEXT,
      .max = 100,
      .label = MSG("Họ và tên người được nộp thay"),
      .help = MSG("Chỉ điền khi nộp cho người khác.") },
    { .name = "pid", .type = FIELD_PID, .label = MSG("Số định danh của người đó") },
    { .name = "basis",
      .type = FIELD_TEXT,
      .max = 200,
      .label = MSG("Căn cứ nộp thay"),
      .help = MSG("Ví dụ: giấy uỷ quyền ngày 12/3/2024; hợp đồng dịch vụ số 5.") },
    { .name = "phone",
      .type = FIELD_TEXT,
      .max = 15,
      .label = MSG("Số điện thoại của người đó"),
      .help = MSG("Cơ quan giải quyết gọi số này khi cần.") },
    { .name = "offer", .type = FIELD_HIDDEN, .max = 20, .label = MSG("Thông tin do kênh khác mang tới") },
    { .name = NULL },
};
const struct form portal_begin_form = { .name = "portal_begin", .fields = begin_fields };

struct begin_work {
    const struct service_def *def;
    struct filing_insert_in row;
    struct case_offer offer; /* what another channel has brought; id 0: nothing */
    service_knowns brought;
    int64_t applicant; /* register entry that the form is filled in from; 0: none */
    struct hat hat;
    int64_t draft;
};

static int find(struct req *q, const struct service_def **out, struct err *e)
{
    struct dbr *r = req_read(q, e);
    int got = r ? services_in_force(q->app, r, req_param(q, "code"), instant_day(q->now), out, e) : -1;
    if (got == 0 || (got == 1 && (*out)->level == SERVICE_INFO))
        return ERR_SAY(e, ERR_NOT_FOUND,
                       MSGS("Dịch vụ này hôm nay chưa nộp trực tuyến được. Xin xem danh mục dịch vụ công, hoặc đến một cửa."),
                       "service %.*s", STR_ARG(str_head(req_param(q, "code"), 40)));
    return got < 0 ? -1 : 0;
}

static bool is_helper(struct req *q)
{
    return req_may(q, PORTAL_ASSIST, NULL, 0) && !req_may(q, PORTAL_FILE, NULL, 0);
}

int portal_begin_get(struct req *q, struct res *s, struct err *e)
{
    struct begin_view v = { .hat = hat_of(q), .helper = is_helper(q) };
    struct case_drafts drafts;
    struct dbr *r = req_read(q, e);
    if (!r || find(q, &v.def, e))
        return -1;
    struct str first = v.helper ? STR("") : filing_sign_in_path(q, v.def);
    if (first.n)
        return res_redirect(s, first);
    if (case_drafts_of(r, q->arena, q->actor->account, q->now, &drafts, e))
        return -1;
    for (size_t i = 0; i < drafts.n; i++)
        if (str_eq(drafts.v[i].service, v.def->code))
            *vec_push(q->arena, &v.drafts) = drafts.v[i];
    v.key = req_form_key(q);
    struct html h = res_html(q, s);
    portal_begin(&h, &v);
    return 0;
}

/* ---- for whom ---- */

static void for_oneself(struct req *q, struct begin_work *w)
{
    w->row.acts_as = CASE_SELF;
    w->row.pid = q->actor->pid;
    w->row.name = q->actor->name;
    w->row.has_person = q->actor->person != 0;
    w->row.person = w->applicant = q->actor->person;
}

static void by_hat(struct req *q, struct begin_work *w)
{
    for_oneself(q, w);
    if (w->hat.kind == HAT_AGENT) {
        w->row.acts_as = CASE_PROXY;
        w->row.basis = MSGS("Tư cách làm việc thay tổ chức");
        w->row.has_organisation = true;
        w->row.organisation = w->hat.organisation;
        w->row.name = w->hat.behalf;
    } else if (w->hat.kind == HAT_GUARDIAN) {
        w->row.acts_as = CASE_GUARDIAN;
        w->row.basis = MSGS("Cha, mẹ hoặc người giám hộ");
        w->row.pid = (struct pid) { { 0 } };
        w->row.has_person = true;
        w->row.person = w->hat.person;
        w->row.name = w->hat.behalf;
    }
}

/* Who is named here is asked nothing of the register: a form must not tell who has which number. */
static int for_another(struct req *q, struct begin_work *w, struct err *e)
{
    struct str name = str_trim(str_or_empty(req_form(q, "name")));
    struct str pid = str_or_empty(req_form(q, "pid")), basis = str_trim(str_or_empty(req_form(q, "basis")));
    w->row.acts_as = CASE_PROXY;
    w->row.name = name;
    w->row.basis = w->row.assisted ? MSGS("Tổ công nghệ số cộng đồng điền giúp") : basis;
    w->row.phone = str_trim(str_or_empty(req_form(q, "phone")));
    if (!name.n)
        req_refuse_field(q, NULL, "name", MSGS("Xin ghi họ và tên người được nộp thay."));
    if (!pid.n || pid_parse(pid, instant_day(q->now), &w->row.pid, NULL))
        req_refuse_field(q, NULL, "pid", MSGS("Xin ghi đủ 12 chữ số định danh của người đó."));
    if (!w->row.basis.n)
        req_refuse_field(q, NULL, "basis", MSGS("Xin ghi căn cứ nộp thay, để cơ quan đối chiếu."));
    if (w->row.phone.n && !str_is_digits(w->row.phone))
        req_refuse_field(q, NULL, "phone", MSGS("Số điện thoại chỉ gồm chữ số."));
    return q->n_field_errors ? ERR(e, ERR_FORM, "for whom: %zu fields", q->n_field_errors) : 0;
}

/* A person's own, for themselves: what VNeID says of somebody fills in nobody else's form. */
static int take_offer(struct req *q, struct begin_work *w, struct err *e)
{
    int64_t id;
    if (!req_form_has(q, "offer"))
        return 0;
    int got = str_to_i64(req_form(q, "offer"), &id)
                  ? case_offer_read(req_read(q, e), q->arena, q->actor->account, id, q->now, &w->offer, e)
                  : 0;
    if (got == 0 || (got == 1 && (!str_eq(w->offer.service, w->def->code) || w->row.acts_as != CASE_SELF)))
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Thông tin do VNeID gửi kèm đã quá hạn, đã dùng, hoặc không dành cho lần nộp này. Xin mở lại dịch vụ từ "
                            "VNeID, hoặc bắt đầu ở danh mục dịch vụ công."),
                       "offer %.*s", STR_ARG(str_head(req_form(q, "offer"), 20)));
    w->row.channel = w->offer.channel;
    return got < 0 ? -1
                   : services_known_read(q->arena, w->offer.known, w->offer.source, instant_day(w->offer.made_at), &w->brought, e);
}

int portal_begin_prepare(struct req *q, struct err *e)
{
    struct begin_work *w = arena_new(q->arena, struct begin_work);
    struct case_drafts drafts;
    struct dbr *r = req_read(q, e);
    q->work = w;
    w->hat = hat_of(q);
    w->row.account = q->actor->account;
    w->row.basis = w->row.phone = STR("");
    w->row.assisted = is_helper(q);
    w->row.expires_at = (struct instant) { q->now.us + CASE_DRAFT_DAYS * US_PER_DAY };
    if (!r || find(q, &w->def, e) || filing_signed_in_for(q, w->def, w->row.assisted, e) ||
        case_drafts_of(r, q->arena, q->actor->account, q->now, &drafts, e))
        return -1;
    if (drafts.n >= CASE_DRAFTS_MAX)
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Bạn đang có quá nhiều bản nháp. Xin gửi hoặc xoá bớt ở trang Hồ sơ của tôi rồi làm tiếp."),
                       "%zu drafts", drafts.n);
    if (w->row.assisted || str_eq(req_form(q, "whom"), STR("other")))
        return for_another(q, w, e);
    by_hat(q, w);
    return take_offer(q, w, e);
}

/* ---- the draft ---- */

static int fill_known(struct req *q, struct tx *tx, struct begin_work *w, struct service_answers *s, struct err *e)
{
    struct person p;
    service_knowns known = { 0 };
    struct audit_record rec = audit_of(q, STR("essential.prefilled"));
    int got = w->applicant ? person_by_id(tx_reader(tx), q->arena, w->applicant, &p, e) : 0;
    if (got != 1) {
        if (got == 0)
            tx_unaudited(tx, "an empty draft; nobody's entry was looked at");
        return got < 0 ? -1 : 0;
    }
    if (services_know_person(tx_reader(tx), q->arena, "applicant", &p, instant_day(tx_now(tx)), &known, e))
        return -1;
    services_prefill(s, &known);
    rec.subject = p.id;
    rec.purpose = w->def->name;
    rec.object = str_fmt(q->arena, "service/%.*s", STR_ARG(w->def->code));
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int portal_begin_write(struct req *q, struct tx *tx, struct err *e)
{
    struct begin_work *w = q->work;
    struct service_answers s;
    struct case_draft d = { .account = q->actor->account,
                            .version_id = w->def->id,
                            .service = w->def->code,
                            .page = w->def->n_pages ? w->def->pages[0].id : FILING_DONE };
    services_answers_init(&s, q->arena, w->def, instant_day(tx_now(tx)));
    d.saved_at = tx_now(tx);
    d.expires_at = w->row.expires_at;
    services_prefill(&s, &w->brought);
    if (fill_known(q, tx, w, &s, e) || services_answers_json(&s, &d.body, e) || case_draft_save(tx, &d, e))
        return -1;
    w->row.draft = d.id;
    if (filing_insert(tx, &w->row, NULL, e) || (w->offer.id && case_offer_take(tx, w->offer.id, d.id, e)))
        return -1;
    req_outcome(q, str_fmt(q->arena, "/nop/%.*s/%lld", STR_ARG(w->def->code), (long long)d.id));
    return 0;
}

int portal_begin_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, q->outcome);
}

/* ---- coming back, giving up ---- */

int portal_resume_get(struct req *q, struct res *s, struct err *e)
{
    struct filing f;
    if (filing_of_request(q, &f, e))
        return -1;
    return res_redirect(s, filing_next_path(q->arena, &f));
}

int portal_drop_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t draft;
    tx_unaudited(tx, "a draft that its owner throws away; nothing was filed");
    if (!req_param_id(q, "draft", &draft))
        return ERR(e, ERR_NOT_FOUND, "no draft");
    struct filing_row_row row;
    int got = filing_row(tx_reader(tx), q->arena, &(struct filing_row_in) { .draft = draft }, &row, e);
    if (got < 0)
        return -1;
    if (got == 0 || row.account != q->actor->account)
        return ERR(e, ERR_NOT_FOUND, "draft %lld", (long long)draft);
    return filing_drop(tx, draft, e) || case_draft_drop(tx, q->actor->account, draft, e) ? -1 : 0;
}

int portal_drop_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q;
    (void)e;
    return res_redirect(s, STR("/ho-so"));
}
