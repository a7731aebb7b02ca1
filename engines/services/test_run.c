/* test_run.c: a draft's form filled as a citizen would, without making a case. Answers travel in the page itself: nothing is stored. */
#include "engines/services/editor.h"

#include "gen/services_pages.h"

struct run {
    struct draft d;
    struct service_answers s;
    size_t page;
    int item;
};

static int begin(struct req *q, struct run *r, struct err *e)
{
    if (services_draft_read(q, &r->d, e))
        return -1;
    if (!r->d.def || r->d.faults.n || r->d.def->n_pages == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Bản thảo còn lỗi hoặc chưa có biểu mẫu nên chưa chạy thử được."), "%zu faults",
                       r->d.faults.n);
    services_answers_init(&r->s, q->arena, r->d.def, instant_day(q->now));
    struct str carried = req_form(q, SERVICES_CARRIED);
    return carried.n ? services_answers_read(&r->s, carried, e) : 0;
}

static int asked_page(struct req *q, struct run *r, struct err *e)
{
    int64_t item = 0;
    r->page = service_page_named(r->d.def, req_form(q, "page"));
    if (r->page == SERVICE_NO_FIELD || !str_to_i64(req_form(q, "item"), &item) ||
        !services_page_open(&r->s, r->page, (int)item))
        return ERR_SAY(e, ERR_INPUT, MSGS("Trang này chưa đến lượt. Xin điền lần lượt từ trang đầu."), "page out of order");
    r->item = (int)item;
    return 0;
}

/* ---- the page after this one ---- */

/* Also a page whose fields may all be left empty is shown once. */
static bool page_after(struct run *r)
{
    bool repeats = r->d.def->pages[r->page].repeat_max > 0;
    if (repeats && r->item + 1 < services_items(&r->s, r->page)) {
        r->item++;
        return true;
    }
    for (size_t p = r->page + 1; p < r->d.def->n_pages; p++)
        if (services_page_asked(&r->s, p)) {
            r->page = p;
            r->item = 0;
            return true;
        }
    return false;
}

static int show_page(struct req *q, struct res *s, struct run *r, struct err *e)
{
    struct service_page_view v;
    struct html h = res_html(q, s);
    if (services_page_fill(q, &h, &r->s, r->page, r->item, &v, e) || services_answers_json(&r->s, &v.carried, e))
        return -1;
    bool kiosk = str_eq(req_query(q, "face"), STR("kiosk"));
    v.face = kiosk ? SERVICE_KIOSK : SERVICE_WEB;
    v.action = services_draft_path(q, kiosk ? "/test?face=kiosk" : "/test");
    v.back = services_draft_path(q, "");
    v.key = req_form_key(q);
    v.note = MSGS("Chạy thử: không có hồ sơ nào được tạo, không có gì được lưu.");
    services_draw_page(&h, &v);
    return 0;
}

static int show_summary(struct req *q, struct res *s, struct run *r, struct err *e)
{
    struct test_summary_view v = { .d = &r->d };
    struct dbr *reader = req_read(q, e);
    if (!reader || services_answers_places(&r->s, reader, e) || services_summary_of(&r->s, q->lang, STR_NONE, &v.summary, e))
        return -1;
    for (size_t i = 0; i < r->d.def->result.n_blocks; i++) {
        const struct service_block *b = &r->d.def->result.blocks[i];
        if (b->paragraph.p)
            *vec_push(q->arena, &v.paper) = services_fill(&r->s, b->paragraph);
        for (size_t k = 0; k < b->n_rows; k++)
            *vec_push(q->arena, &v.paper) = str_fmt(q->arena, "%.*s: %.*s", STR_ARG(services_fill(&r->s, b->rows[k][0])),
                                                    STR_ARG(services_fill(&r->s, b->rows[k][1])));
    }
    struct html h = res_html(q, s);
    services_test_summary(&h, &v);
    return 0;
}

int services_test_get(struct req *q, struct res *s, struct err *e)
{
    struct run r = { .page = 0 };
    if (begin(q, &r, e))
        return -1;
    while (r.page + 1 < r.d.def->n_pages && !services_page_asked(&r.s, r.page))
        r.page++;
    return show_page(q, s, &r, e);
}

int services_test_prepare(struct req *q, struct err *e)
{
    struct run *r = q->work = arena_new(q->arena, struct run);
    return begin(q, r, e) || asked_page(q, r, e) || services_take(q, &r->s, r->page, r->item, e) ||
                   services_take_check(q, &r->s, r->page, r->item, e)
               ? -1
               : 0;
}

/* The next page begins with what was answered before, not with what this request posts. */
static void forget_post(struct req *q)
{
    q->n_form = 0;
    q->n_field_errors = 0;
}

int services_test_reply(struct req *q, struct res *s, struct err *e)
{
    struct run *r = q->work;
    bool more = str_eq(req_form(q, "go"), STR("more"));
    forget_post(q);
    if (more) {
        r->item++;
        return show_page(q, s, r, e);
    }
    return page_after(r) ? show_page(q, s, r, e) : show_summary(q, s, r, e);
}

int services_test_again(struct req *q, struct res *s, struct err *e)
{
    struct run r = { .page = 0 };
    return begin(q, &r, e) || asked_page(q, &r, e) ? -1 : show_page(q, s, &r, e);
}
