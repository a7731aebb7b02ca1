/* form.c: filing at the kiosk: the card, the service, its form page by page, a look at all of it, and the case. */
#include "models/m02_kiosk/pages.h"

#include "gen/kiosk_pages.h"
#include "platform/crypto/crypto.h"

enum { HITS = 8 };

struct filing {
    struct kiosk_place place;
    struct kiosk_session session;
    struct service_answers answers;
    size_t page;
    int item;
    struct case_new file;
    struct case_made made;
    struct kiosk_sources sources;
};

static struct filing *filing_begin(struct req *q, bool need, struct err *e)
{
    struct filing *w = arena_new(q->arena, struct filing);
    q->work = w;
    if (kiosk_place_of(q, &w->place, e))
        return NULL;
    int got = need ? kiosk_session_need(q, &w->place, &w->session, e) : kiosk_session_of(q, &w->place, &w->session, e);
    return got < 0 ? NULL : w;
}

int kiosk_keep_write(struct req *q, struct tx *tx, struct err *e)
{
    struct filing *w = q->work;
    tx_unaudited(tx, "what is typed at a kiosk is sealed and nothing is filed yet");
    return kiosk_session_keep(q, tx, &w->place, &w->session, e);
}

/* ---- the card ---- */

static const struct field card_fields[] = {
    { .name = "text",
      .type = FIELD_TEXT,
      .required = true,
      .max = 600,
      .label = MSG("Mã trên thẻ"),
      .help = MSG("Đưa mặt có mã QR của thẻ căn cước vào khe sáng dưới màn hình.") },
    { .name = NULL },
};
const struct form kiosk_card_form = { .name = "kiosk_card", .fields = card_fields, .max_body = 8 * 1024 };

static const struct field typed_fields[] = {
    { .name = "text", .type = FIELD_PID, .required = true, .label = MSG("Số định danh trên thẻ"), .help = MSG("12 chữ số.") },
    { .name = "name", .type = FIELD_TEXT, .required = true, .max = 100, .label = MSG("Họ, chữ đệm, tên") },
    { .name = "born", .type = FIELD_TEXT, .required = true, .max = 10, .label = MSG("Ngày sinh"), .help = MSG("Ví dụ 01/02/1990.") },
    { .name = NULL },
};
const struct form kiosk_typed_form = { .name = "kiosk_typed", .fields = typed_fields, .max_body = 8 * 1024 };

static int draw_card(struct req *q, struct res *s, bool by_hand, struct err *e)
{
    struct kiosk_session session;
    struct kiosk_card_view v = { .by_hand = by_hand };
    if (kiosk_open(q, s, &v.bar, &session, e))
        return -1;
    v.by_hand = by_hand || !v.bar.place.reads;
    struct html h = res_html(q, s);
    kiosk_card_page(&h, &v);
    return 0;
}

int kiosk_card_get(struct req *q, struct res *s, struct err *e)
{
    return draw_card(q, s, false, e);
}

int kiosk_typed_get(struct req *q, struct res *s, struct err *e)
{
    return draw_card(q, s, true, e);
}

/* A card begins a session of its own, whoever was there before. */
int kiosk_card_prepare(struct req *q, struct err *e)
{
    struct filing *w = filing_begin(q, false, e);
    if (!w)
        return -1;
    w->session = (struct kiosk_session) { .token = token_new(q->arena) };
    return kiosk_identify(q, req_form(q, "text"), req_form(q, "name"), req_form(q, "born"), &w->session.held, e);
}

int kiosk_card_reply(struct req *q, struct res *s, struct err *e)
{
    const struct filing *w = q->work;
    (void)e;
    if (!q->replayed)
        kiosk_session_cookie(q, s, &w->session);
    return res_redirect(s, STR("/kiosk/services"));
}

/* ---- the service ---- */

int kiosk_services_get(struct req *q, struct res *s, struct err *e)
{
    struct kiosk_session session;
    struct kiosk_services_view v = { .asked = str_head(str_or_empty(req_query(q, "q")), 100) };
    if (kiosk_open(q, s, &v.bar, &session, e) || kiosk_session_need(q, &v.bar.place, &session, e) ||
        services_search(q->app, req_read(q, e), q->arena, v.asked, instant_day(q->now), HITS, &v.hits, e))
        return -1;
    struct html h = res_html(q, s);
    kiosk_services_page(&h, &v);
    return 0;
}

int kiosk_choose_prepare(struct req *q, struct err *e)
{
    const struct service_def *def = NULL;
    struct filing *w = filing_begin(q, true, e);
    if (!w)
        return -1;
    int got = services_in_force(q->app, req_read(q, e), req_param(q, "code"), instant_day(q->now), &def, e);
    if (got != 1)
        return got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "no such service today");
    struct str cannot = kiosk_cannot(def);
    if (cannot.n > 0)
        return ERR_SAY(e, ERR_CONFLICT, cannot, "not at a kiosk");
    w->session.held.version = def->id;
    w->session.held.answers = STR("");
    return 0;
}

/* To the first page that lacks something, or to the look at all of it. */
int kiosk_to_form(struct req *q, struct res *s, struct err *e)
{
    const struct filing *w = q->work;
    struct service_answers answers;
    size_t page;
    int item;
    if (kiosk_answers(q, &w->session.held, &answers, e))
        return -1;
    if (!services_next(&answers, &page, &item))
        return res_redirect(s, STR("/kiosk/check"));
    struct str id = answers.def->pages[page].id;
    return res_redirect(s, str_fmt(q->arena, "/kiosk/file/%.*s/%d", STR_ARG(id), item));
}

/* ---- a page of its form ---- */

static int page_asked(struct req *q, struct filing *w, struct err *e)
{
    int64_t item;
    if (w->session.held.version == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Chưa chọn việc cần làm. Xin bắt đầu lại từ trang đầu."), "no service chosen");
    if (kiosk_answers(q, &w->session.held, &w->answers, e))
        return -1;
    w->page = service_page_named(w->answers.def, req_param(q, "page"));
    if (w->page == SERVICE_NO_FIELD || !str_to_i64(req_param(q, "item"), &item) || item < 0 || item > 99 ||
        !services_page_open(&w->answers, w->page, (int)item))
        return ERR(e, ERR_NOT_FOUND, "no such page, or not its turn");
    w->item = (int)item;
    return 0;
}

static int draw_page(struct req *q, struct res *s, struct filing *w, struct err *e)
{
    struct kiosk_bar bar;
    struct kiosk_session again;
    struct service_page_view v;
    if (kiosk_open(q, s, &bar, &again, e))
        return -1;
    struct html h = res_html(q, s);
    if (services_page_fill(q, &h, &w->answers, w->page, w->item, &v, e))
        return -1;
    v.face = SERVICE_KIOSK;
    v.key = bar.key;
    kiosk_form_page__head(&h, &bar, &v);
    services_draw_form(&h, &v);
    kiosk_form_page__tail(&h, &bar, &v);
    return 0;
}

int kiosk_page_get(struct req *q, struct res *s, struct err *e)
{
    struct filing *w = q->work ? q->work : filing_begin(q, true, e);
    return !w || (!w->answers.def && page_asked(q, w, e)) ? -1 : draw_page(q, s, w, e);
}

int kiosk_page_prepare(struct req *q, struct err *e)
{
    struct filing *w = filing_begin(q, true, e);
    if (!w || page_asked(q, w, e) || services_take(q, &w->answers, w->page, w->item, e) ||
        services_take_check(q, &w->answers, w->page, w->item, e))
        return -1;
    return services_answers_json(&w->answers, &w->session.held.answers, e);
}

/* ---- all of it, and handing in ---- */

static int draw_check(struct req *q, struct res *s, struct filing *w, struct err *e)
{
    struct kiosk_bar bar;
    struct kiosk_session again;
    struct service_summary summary = { 0 };
    if (kiosk_open(q, s, &bar, &again, e) || services_summary_of(&w->answers, q->lang, STR("/kiosk/file/"), &summary, e))
        return -1;
    struct html h = res_html(q, s);
    kiosk_check_page__head(&h, &bar, w->answers.def->name, &w->sources);
    services_draw_summary(&h, &summary);
    kiosk_check_page__tail(&h, &bar, w->answers.def->name, &w->sources);
    return 0;
}

static const struct field check_fields[] = {
    { .name = "way", .type = FIELD_HIDDEN, .max = 20 },
    { .name = NULL },
};
const struct form kiosk_check_form = { .name = "kiosk_check", .fields = check_fields };

#define OPEN STR("open") /* outcome of a handing-in whose sources are still to be chosen for */

static int check_begin(struct req *q, struct filing *w, struct err *e)
{
    if (w->session.held.version == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Chưa chọn việc cần làm. Xin bắt đầu lại từ trang đầu."), "no service chosen");
    return kiosk_answers(q, &w->session.held, &w->answers, e);
}

int kiosk_check_get(struct req *q, struct res *s, struct err *e)
{
    struct filing *w = filing_begin(q, true, e);
    return !w || check_begin(q, w, e) ? -1 : draw_check(q, s, w, e);
}

int kiosk_submit_prepare(struct req *q, struct err *e)
{
    struct filing *w = filing_begin(q, true, e);
    if (!w || check_begin(q, w, e))
        return -1;
    services_answers_prune(&w->answers);
    return kiosk_case_new(q->app, req_read(q, e), q->arena, &w->session.held, &w->answers, &w->place.device, &w->file, e) ||
                   kiosk_sources_ask(q, &w->answers, &w->file, &w->sources, e)
               ? -1
               : 0;
}

int kiosk_submit_write(struct req *q, struct tx *tx, struct err *e)
{
    struct filing *w = q->work;
    struct case_by by = case_by_request(q);
    by.record.account_name = w->place.device.name;
    if (kiosk_sources_record(q, tx, &w->sources, w->place.device.name, e))
        return -1;
    if (w->sources.open) { /* the choice is the applicant's: nothing is filed yet */
        req_outcome(q, OPEN);
        return 0;
    }
    if (case_submit(tx, &by, &w->file, &w->made, e) ||
        kiosk_filed_keep(tx, q->arena, w->place.device.id, q->idempotency, w->made.id, e))
        return -1;
    w->session.held.case_id = w->made.id;
    w->session.held.number = case_number_str(q->arena, &w->made.number);
    w->session.held.code = w->file.code;
    return kiosk_session_keep(q, tx, &w->place, &w->session, e);
}

int kiosk_submit_reply(struct req *q, struct res *s, struct err *e)
{
    if (!str_eq(q->outcome, OPEN))
        return res_redirect(s, STR("/kiosk/done"));
    if (q->replayed)
        return res_redirect(s, STR("/kiosk/check"));
    s->status = err_http_status(ERR_CONFLICT);
    return draw_check(q, s, q->work, e);
}

int kiosk_done_get(struct req *q, struct res *s, struct err *e)
{
    struct kiosk_session session;
    struct kiosk_done_view v = { 0 };
    struct case_view c;
    if (kiosk_open(q, s, &v.bar, &session, e) || kiosk_session_need(q, &v.bar.place, &session, e))
        return -1;
    int got = session.held.case_id ? case_by_id(q->app, req_read(q, e), q->arena, session.held.case_id, &c, e) : 0;
    if (got != 1)
        return got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "nothing was filed in this session");
    v.number = session.held.number;
    v.code = session.held.code;
    v.service = c.service.name;
    v.fee = c.fee;
    v.to_pay = c.payment == CASE_UNPAID && c.fee.dong > 0;
    struct html h = res_html(q, s);
    kiosk_done_page(&h, &v);
    return 0;
}
