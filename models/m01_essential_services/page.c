/* page.c: one page of the form at a time. Pages come in order; a page that is asked for too early leads to the one that is due, and nothing
 * that was saved is lost.
 */
#include "models/m01_essential_services/portal.h"

#include "base/text.h"

struct page_work {
    struct filing f;
    size_t page;
    int item;
    struct str body, next;
    VEC(struct case_paper_new) files; /* of file fields, judged */
};

/* Page and item of the path. False: the form has none like it. */
static bool page_of_path(struct req *q, const struct filing *f, size_t *page, int *item)
{
    int64_t n;
    *page = service_page_named(f->def, req_param(q, "page"));
    if (*page == SERVICE_NO_FIELD || !str_to_i64(req_param(q, "item"), &n) || n < 0 || n > 99)
        return false;
    *item = (int)n;
    return true;
}

static bool find_before(const struct filing *f, size_t page, size_t *out)
{
    for (size_t i = page; i-- > 0;)
        if (services_page_asked(&f->answers, i)) {
            *out = i;
            return true;
        }
    return false;
}

static bool find_after(const struct filing *f, size_t page, size_t *out)
{
    for (size_t i = page + 1; i < f->def->n_pages; i++)
        if (services_page_asked(&f->answers, i)) {
            *out = i;
            return true;
        }
    return false;
}

static struct str back_of(struct req *q, const struct filing *f, size_t page, int item)
{
    size_t before;
    if (item > 0)
        return filing_path(q->arena, f, page, item - 1);
    return find_before(f, page, &before) ? filing_path(q->arena, f, before, 0)
                                         : str_fmt(q->arena, "/nop/%.*s", STR_ARG(f->def->code));
}

static struct str note_of(const struct filing *f)
{
    if (f->row.assisted)
        return MSGS("Bạn đang điền giúp. Hồ sơ chỉ được gửi khi người dân đã xác nhận.");
    return f->row.acts_as == CASE_SELF ? STR("") : MSGS("Bạn đang nộp thay. Tên bạn và căn cứ nộp thay ghi trong hồ sơ.");
}

static int refuse_early(struct req *q, struct err *e)
{
    return ERR_SAY(e, ERR_CONFLICT,
                   MSGS("Trang này chưa tới lượt. Những gì đã lưu vẫn còn; xin mở lại hồ sơ để đi tiếp đúng chỗ."),
                   "page %.*s too early", STR_ARG(str_head(req_param(q, "page"), 60)));
}

int portal_page_get(struct req *q, struct res *s, struct err *e)
{
    struct filing f;
    size_t page;
    int item;
    struct service_page_view v = { .face = SERVICE_WEB };
    if (filing_of_request(q, &f, e))
        return -1;
    if (!page_of_path(q, &f, &page, &item) || !services_page_open(&f.answers, page, item))
        return q->refused ? refuse_early(q, e) : res_redirect(s, filing_next_path(q->arena, &f));
    struct html h = res_html(q, s);
    if (services_page_fill(q, &h, &f.answers, page, item, &v, e))
        return -1;
    v.action = filing_path(q->arena, &f, page, item);
    v.back = back_of(q, &f, page, item);
    v.key = req_form_key(q);
    v.note = note_of(&f);
    services_draw_page(&h, &v);
    return 0;
}

/* ---- taking ---- */

static int take_file(struct req *q, struct page_work *w, size_t field, struct err *e)
{
    const struct service_field *f = &w->f.def->fields[field];
    const struct part *part = req_file(q, str_cstr(q->arena, f->id));
    struct err why = { 0 };
    if (!part)
        return 0;
    struct case_paper_new paper = { .slot = f->id,
                                    .name = f->label,
                                    .kind = CASE_SCAN,
                                    .file_name = part->filename,
                                    .bytes = part->bytes };
    if (case_paper_check(&paper, &why))
        return req_refuse_field(q, e, str_cstr(q->arena, f->id), err_sentence(&why));
    *vec_push(q->arena, &w->files) = paper;
    struct str *value = arena_new(q->arena, struct str);
    *value = str_hex(q->arena, paper.hash.b, sizeof paper.hash.b);
    services_answer_set(&w->f.answers, field, w->item, value, 1);
    return 0;
}

/* A page that was seen for the first time leads to the next; one that is changed later leads back to the list of answers, unless the
 * change has opened a page that lacks something. */
static void go_on(struct req *q, struct page_work *w)
{
    struct filing *f = &w->f;
    size_t stopped = service_page_named(f->def, f->draft.page), next;
    bool first_time = stopped != SERVICE_NO_FIELD && w->page >= stopped;
    if (str_eq(req_form(q, "go"), STR("more")) && f->def->pages[w->page].repeat_max > w->item + 1) {
        w->next = filing_path(q->arena, f, w->page, w->item + 1);
        return;
    }
    bool more = find_after(f, w->page, &next);
    if (first_time)
        f->draft.page = more ? f->def->pages[next].id : FILING_DONE;
    if (more && !str_eq(f->draft.page, FILING_DONE))
        w->next = filing_path(q->arena, f, next, 0);
    else if (first_time)
        w->next = str_fmt(q->arena, "%.*snoi-nhan", STR_ARG(f->base));
    else
        w->next = filing_next_path(q->arena, f);
}

int portal_page_prepare(struct req *q, struct err *e)
{
    struct page_work *w = arena_new(q->arena, struct page_work);
    q->work = w;
    if (filing_of_request(q, &w->f, e))
        return -1;
    if (!page_of_path(q, &w->f, &w->page, &w->item) || !services_page_open(&w->f.answers, w->page, w->item))
        return refuse_early(q, e);
    if (services_take(q, &w->f.answers, w->page, w->item, e))
        return -1;
    const struct service_page *p = &w->f.def->pages[w->page];
    for (size_t i = p->first; i < p->first + p->n; i++)
        if (w->f.def->fields[i].type == SERVICE_FILE && take_file(q, w, i, e))
            return -1;
    if (services_take_check(q, &w->f.answers, w->page, w->item, e))
        return -1;
    go_on(q, w);
    return services_answers_json(&w->f.answers, &w->body, e);
}

int portal_page_write(struct req *q, struct tx *tx, struct err *e)
{
    struct page_work *w = q->work;
    for (size_t i = 0; i < w->files.n; i++) {
        const struct case_paper_new *p = &w->files.v[i];
        struct filing_scan_insert_in in = { .draft = w->f.draft.id,
                                            .slot = p->slot,
                                            .file_name = p->file_name,
                                            .media_type = p->media_type,
                                            .hash = p->hash,
                                            .size = (int64_t)p->bytes.n,
                                            .bytes = p->bytes,
                                            .added_at = tx_now(tx) };
        if (filing_scan_drop(tx, &(struct filing_scan_drop_in) { .draft = in.draft, .slot = in.slot }, NULL, e) ||
            filing_scan_insert(tx, &in, NULL, e))
            return -1;
    }
    w->f.draft.saved_at = tx_now(tx);
    if (filing_save(tx, &w->f, w->body, e))
        return -1;
    req_outcome(q, w->next);
    return 0;
}

int portal_page_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, q->outcome);
}
