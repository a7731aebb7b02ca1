/* own.c: the list of a citizen's cases, in the capacity that is on, and one case in plain words. */
#include "models/m01_essential_services/own.h"

#include "engines/people/people.h"
#include "gen/essential_services_pages.h"
#include "platform/crypto/crypto.h"

#include <jansson.h>

enum { LIST_MOST = 50 };

struct str own_path(struct arena *a, const struct case_view *c)
{
    return str_fmt(a, "/ho-so/%.*s", STR_ARG(c->number_text));
}

/* ---- theirs ---- */

/* Filed for the organisation or ward that the actor stands for, by whomever. */
static int is_of_hat(struct req *q, struct dbr *r, const struct case_view *c, bool *yes, struct err *e)
{
    struct filing_case_row_row row;
    struct hat hat = hat_of(q);
    int got = filing_case_row(r, q->arena, &(struct filing_case_row_in) { .case_id = c->id }, &row, e);
    *yes = false;
    if (got != 1)
        return got < 0 ? -1 : 0;
    *yes = (hat.kind == HAT_AGENT && row.has_organisation && row.organisation == hat.organisation) ||
           (hat.kind == HAT_GUARDIAN && row.has_person && row.person == hat.person);
    return 0;
}

int own_case_of(struct req *q, struct case_view *out, struct err *e)
{
    struct case_number n;
    bool yes = false;
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    int got = case_number_parse(q->arena, req_param(q, "number"), &n)
                  ? case_by_number(q->app, r, q->arena, &n, out, e)
                  : 0;
    if (got < 0 || (got == 1 && is_of_hat(q, r, out, &yes, e)))
        return -1;
    if (got == 1 && (yes || case_may_work(q, out, OWNER_CITIZEN)))
        return 0;
    return ERR_SAY(e, ERR_NOT_FOUND,
                   MSGS("Không có hồ sơ này trong các hồ sơ của bạn. Nếu nộp với tư cách khác, xin đổi tư cách ở đầu trang; "
                        "nếu có mã theo dõi, xin dùng trang Theo dõi hồ sơ."),
                   "case %.*s", STR_ARG(str_head(req_param(q, "number"), CASE_NUMBER_MAX)));
}

/* ---- the list ---- */

static struct own_line line_of(const struct case_view *c, struct instant now)
{
    return (struct own_line) { .number = c->number_text,
                               .service_name = c->service.name,
                               .state = c->state->label,
                               .for_name = c->acts_as == CASE_SELF ? STR("") : c->name,
                               .made_at = c->made_at,
                               .due = c->due,
                               .late = c->clock == CLOCK_RUNNING && c->due.us && c->due.us < now.us,
                               .my_turn = c->open && c->owner == OWNER_CITIZEN,
                               .unpaid = c->payment == CASE_UNPAID && c->open,
                               .over = c->clock == CLOCK_OVER };
}

static int add_line(struct req *q, int64_t id, struct own_list_view *v, struct err *e)
{
    struct case_view c;
    int got = case_by_id(q->app, req_read(q, e), q->arena, id, &c, e);
    if (got == 1)
        *vec_push(q->arena, &v->lines) = line_of(&c, q->now);
    return got < 0 ? -1 : 0;
}

static int add_own(struct req *q, struct dbr *r, struct own_list_view *v, struct err *e)
{
    struct case_list list;
    const struct actor *a = q->actor;
    if (case_own(q->app, r, q->arena, a->account, a->pid.v[0] ? &a->pid : NULL, 0, LIST_MOST, &list, e))
        return -1;
    for (size_t i = 0; i < list.n; i++)
        if (add_line(q, list.v[i].id, v, e))
            return -1;
    return 0;
}

static int add_of_hat(struct req *q, struct dbr *r, struct own_list_view *v, struct err *e)
{
    struct filing_cases_of_organisation_rows of_org = { .n = 0 };
    struct filing_cases_of_person_rows of_ward = { .n = 0 };
    if (v->hat.kind == HAT_AGENT &&
        filing_cases_of_organisation(r, q->arena,
                                     &(struct filing_cases_of_organisation_in) { .organisation = v->hat.organisation },
                                     &of_org, e))
        return -1;
    if (v->hat.kind == HAT_GUARDIAN &&
        filing_cases_of_person(r, q->arena, &(struct filing_cases_of_person_in) { .person = v->hat.person }, &of_ward, e))
        return -1;
    for (size_t i = 0; i < of_org.n; i++)
        if (add_line(q, of_org.v[i].case_id, v, e))
            return -1;
    for (size_t i = 0; i < of_ward.n; i++)
        if (add_line(q, of_ward.v[i].case_id, v, e))
            return -1;
    return 0;
}

static int add_drafts(struct req *q, struct dbr *r, struct own_list_view *v, struct err *e)
{
    struct case_drafts drafts;
    if (case_drafts_of(r, q->arena, q->actor->account, q->now, &drafts, e))
        return -1;
    for (size_t i = 0; i < drafts.n; i++) {
        const struct service_def *def = services_version(q->app, r, drafts.v[i].version_id, e);
        if (!def)
            return -1;
        *vec_push(q->arena, &v->drafts) = (struct own_draft) {
            drafts.v[i], def->name,
            str_fmt(q->arena, "/nop/%.*s/%lld", STR_ARG(def->code), (long long)drafts.v[i].id)
        };
    }
    return 0;
}

static int add_to_confirm(struct req *q, struct dbr *r, struct own_list_view *v, struct err *e)
{
    struct filings_to_confirm_rows rows;
    if (!q->actor->pid.v[0] || v->hat.kind == HAT_AGENT || v->hat.kind == HAT_GUARDIAN)
        return 0;
    if (filings_to_confirm(r, q->arena, &(struct filings_to_confirm_in) { .pid = q->actor->pid, .now = q->now }, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++)
        *vec_push(q->arena, &v->confirm) = rows.v[i];
    return 0;
}

int own_list_get(struct req *q, struct res *s, struct err *e)
{
    struct own_list_view v = { .hat = hat_of(q) };
    struct dbr *r = req_read(q, e);
    bool of_another = v.hat.kind == HAT_AGENT || v.hat.kind == HAT_GUARDIAN;
    v.assists = req_may(q, PORTAL_ASSIST, NULL, 0) != NULL;
    if (!r || (of_another ? add_of_hat(q, r, &v, e) : add_own(q, r, &v, e)) || add_drafts(q, r, &v, e) ||
        add_to_confirm(q, r, &v, e))
        return -1;
    struct html h = res_html(q, s);
    own_list(&h, &v);
    return 0;
}

/* ---- one case ---- */

/* The lines of the last request for more, as the letter has them. */
static int add_asked(struct req *q, const struct case_letters *letters, struct own_case_view *v, struct err *e)
{
    const struct case_letter *last = NULL;
    json_t *j, *line;
    size_t i;
    for (size_t k = 0; k < letters->n; k++)
        if (letters->v[k].kind == PAPER_SUPPLEMENT)
            last = &letters->v[k];
    if (!last || !v->my_turn)
        return 0;
    if (json_read(q->arena, last->body, &j, e))
        return -1;
    json_array_foreach(json_object_get(j, "words"), i, line)
        *vec_push(q->arena, &v->asked) = json_str(line);
    return 0;
}

static int add_letters(struct req *q, struct dbr *r, struct own_case_view *v, struct err *e)
{
    struct case_letters letters;
    if (case_letters_of(r, q->arena, v->c.id, &letters, e))
        return -1;
    for (size_t i = 0; i < letters.n; i++)
        if (letters.v[i].kind != PAPER_CONTROL)
            *vec_push(q->arena, &v->letters) = (struct own_letter) {
                .title = case_paper_label(letters.v[i].kind),
                .href = str_fmt(q->arena, "%.*s/giay/%lld", STR_ARG(v->base), (long long)letters.v[i].id),
                .at = letters.v[i].at
            };
    return add_asked(q, &letters, v, e);
}

static int add_moments(struct req *q, struct dbr *r, struct own_case_view *v, struct err *e)
{
    struct case_steps steps;
    v->last_reason = STR("");
    if (case_steps_of(q->app, r, q->arena, &v->c, 0, &steps, e))
        return -1;
    for (size_t i = 0; i < steps.n; i++) {
        const struct case_step *t = &steps.v[i];
        const struct case_flow_state *to = case_state_named(v->c.flow, t->to_state);
        if (to && (to->national == NATIONAL_REFUSED || to->national == NATIONAL_STOPPED || to->national == NATIONAL_DONE))
            v->last_reason = t->reason;
        *vec_push(q->arena, &v->moments) = (struct own_moment) { .at = t->at,
                                                                 .words = to ? to->citizen : t->to_label,
                                                                 .who = t->name,
                                                                 .reason = t->reason,
                                                                 .bad = to && (to->national == NATIONAL_REFUSED ||
                                                                                to->national == NATIONAL_STOPPED) };
    }
    return 0;
}

static void add_moves(struct req *q, struct own_case_view *v)
{
    for (size_t i = 0; i < v->c.flow->n_moves; i++) {
        const struct case_flow_move *m = &v->c.flow->move[i];
        if (!m->citizen_may || !case_move_leaves(v->c.flow, m, v->c.state))
            continue;
        *vec_push(q->arena, &v->moves) = (struct own_move) {
            .id = m->id, .label = m->label, .reason = m->reason, .answer = v->my_turn && !m->reason
        };
    }
}

/* A scan goes into the slot it belongs to; what was asked for beyond them has one of its own. */
static int add_slots(struct req *q, struct dbr *r, struct html *h, struct own_case_view *v, struct err *e)
{
    const struct service_def *def = services_version(q->app, r, v->c.service.version_id, e);
    if (!def)
        return -1;
    v->slot = field_of(h, &own_scan_form, "slot");
    v->slot.type = FIELD_CHOICE;
    v->slot.as_select = true;
    for (size_t i = 0; i < def->n_papers; i++)
        if (def->papers[i].source != SERVICE_CITIZEN_DATA)
            field_option(h, &v->slot, def->papers[i].id, def->papers[i].name);
    field_option(h, &v->slot, STR("more"), MSGS("Giấy tờ khác được yêu cầu"));
    return 0;
}

static int add_place(struct req *q, struct dbr *r, struct own_case_view *v, struct err *e)
{
    struct unit u;
    int got = unit_by_code(r, q->arena, v->c.unit, instant_day(v->c.made_at), &u, e);
    v->place = got == 1 ? u.name : STR("");
    return got < 0 ? -1 : 0;
}

static struct str said_of(struct req *q)
{
    static const struct {
        struct str word, say;
    } said[] = {
        { STR_INIT("buoc"), MSG("Đã ghi nhận. Cơ quan giải quyết đã được báo.") },
        { STR_INIT("giay"), MSG("Đã thêm giấy tờ vào hồ sơ.") },
        { STR_INIT("tin"), MSG("Đã gửi lời nhắn.") },
        { STR_INIT("danh-gia"), MSG("Cảm ơn bạn đã đánh giá.") },
        { STR_INIT("phan-anh"), MSG("Đã gửi phản ánh tới cơ quan giải quyết.") },
        { STR_INIT("tra-phi"), MSG("Đã nhận được tiền. Cảm ơn bạn.") },
    };
    struct str word = req_query(q, "xong");
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (str_eq(word, said[i].word))
            return said[i].say;
    return STR("");
}

static int add_complaints(struct req *q, struct dbr *r, struct own_case_view *v, struct err *e)
{
    struct case_complaints all;
    if (case_complaints_of(r, q->arena, v->c.id, &all, e))
        return -1;
    for (size_t i = 0; i < all.n; i++)
        *vec_push(q->arena, &v->complaints) = (struct own_complaint) {
            all.v[i], case_complaint_due(q->app, all.v[i].at)
        };
    return 0;
}

int own_case_get(struct req *q, struct res *s, struct err *e)
{
    struct own_case_view v = { .said = said_of(q) };
    struct dbr *r = req_read(q, e);
    if (!r || own_case_of(q, &v.c, e))
        return -1;
    struct html h = res_html(q, s);
    v.base = own_path(q->arena, &v.c);
    v.key = req_form_key(q);
    v.my_turn = v.c.open && v.c.owner == OWNER_CITIZEN;
    v.unpaid = v.c.open && v.c.payment == CASE_UNPAID;
    v.over = v.c.clock == CLOCK_OVER;
    add_moves(q, &v);
    return case_channel_down_since(r, q->arena, v.c.channel, &v.silent_since, e) < 0 || add_place(q, r, &v, e) ||
                   add_letters(q, r, &v, e) || add_moments(q, r, &v, e) || add_complaints(q, r, &v, e) || add_slots(q, r, &h, &v, e) ||
                   case_papers_of(r, q->arena, v.c.id, false, &v.papers, e) ||
                   case_messages_of(r, q->arena, v.c.id, &v.messages, e) ||
                   case_fees_of(r, q->arena, v.c.id, &v.fees, &v.n_fees, e) ||
                   bundle_view_of(q->app, r, q->arena, v.c.id, &v.bundle, e) ||
                   (v.c.received_at.us && case_explain(q->app, r, q->arena, v.c.id, &v.why, e))
               ? -1
               : (own_case(&h, &v), 0);
}

/* From the code on the receipt: the number is filled in, the secret code is typed. */
int own_follow_get(struct req *q, struct res *s, struct err *e)
{
    struct case_number n;
    struct str number = req_query(q, "number");
    (void)e;
    if (!case_number_parse(q->arena, number, &n))
        return res_redirect(s, STR("/follow"));
    return res_redirect(s, str_fmt(q->arena, "/follow?number=%.*s", STR_ARG(case_number_str(q->arena, &n))));
}
