/* intake_form.c: the service's form at the counter. Where no page repeats, all pages that are asked stand on one sheet and are
 * sent together; what the answers make to be asked comes with the next look. Forms with repeated pages go page by page.
 */
#include "engines/counter/intake.h"

#include "gen/counter_pages.h"

static const struct field sheet_fields[] = {
    { .name = "page", .type = FIELD_HIDDEN, .max = 60, .many = true },
    { .name = "item", .type = FIELD_HIDDEN, .max = 6 },
    { .name = "go", .type = FIELD_HIDDEN, .max = 20 },
    { .name = NULL },
};
enum { SHEET_BYTES = 14 << 20 };
const struct form intake_sheet_form = {
    .name = "counter_sheet", .fields = sheet_fields, .open = true, .multipart = true, .max_body = SHEET_BYTES
};

static bool on_one_sheet(const struct service_def *def)
{
    for (size_t p = 0; p < def->n_pages; p++)
        if (def->pages[p].repeat_max)
            return false;
    return true;
}

/* ---- showing ---- */

static bool is_shown(const struct req *q, struct str page)
{
    struct str id;
    for (size_t i = 0; (id = req_form_nth(q, "page", i)).n > 0; i++)
        if (str_eq(id, page))
            return true;
    return false;
}

static int show_sheet(struct req *q, struct res *s, struct intake *k, struct err *e)
{
    struct intake_sheet_view v = { .k = *k, .who = intake_who(q->arena, k), .key = req_form_key(q) };
    struct html h = res_html(q, s);
    v.action = intake_path(q->arena, k->row.id, "/form");
    v.back = intake_path(q->arena, k->row.id, "");
    for (size_t p = 0; p < k->def->n_pages; p++)
        if (services_page_asked(&k->answers, p) &&
            services_page_fill(q, &h, &k->answers, p, 0, vec_push(q->arena, &v.pages), e))
            return -1;
    counter_intake_sheet__head(&h, &v);
    for (size_t i = 0; i < v.pages.n; i++) {
        counter_sheet_part__head(&h, &v.pages.v[i]);
        services_draw_controls(&h, &v.pages.v[i]);
        counter_sheet_part__tail(&h, &v.pages.v[i]);
    }
    counter_intake_sheet__tail(&h, &v);
    return 0;
}

static int show_page(struct req *q, struct res *s, struct intake *k, size_t page, int item, struct err *e)
{
    struct service_page_view v;
    struct html h = res_html(q, s);
    if (services_page_fill(q, &h, &k->answers, page, item, &v, e))
        return -1;
    v.face = SERVICE_AT_COUNTER;
    v.action = intake_path(q->arena, k->row.id, "/form");
    v.back = intake_path(q->arena, k->row.id, "");
    v.key = req_form_key(q);
    services_draw_page(&h, &v);
    return 0;
}

/* The page asked for, when it may be shown; else the first that lacks something, else the first. */
static void choose_page(struct req *q, const struct intake *k, struct str id, struct str item_text, size_t *page, int *item)
{
    int64_t n = 0;
    (void)q;
    *page = service_page_named(k->def, id);
    if (*page != SERVICE_NO_FIELD && str_to_i64(item_text, &n) && services_page_open(&k->answers, *page, (int)n)) {
        *item = (int)n;
        return;
    }
    if (!services_next(&k->answers, page, item)) {
        *page = 0;
        *item = 0;
    }
}

int intake_form_get(struct req *q, struct res *s, struct err *e)
{
    struct intake k;
    size_t page;
    int item;
    if (intake_find_chosen(q, &k, e))
        return -1;
    if (k.def->n_pages == 0)
        return res_redirect(s, intake_path(q->arena, k.row.id, "/receive"));
    if (on_one_sheet(k.def))
        return show_sheet(q, s, &k, e);
    choose_page(q, &k, req_query(q, "page"), req_query(q, "item"), &page, &item);
    return show_page(q, s, &k, page, item, e);
}

/* ---- taking ---- */

struct filling {
    struct intake k;
    struct str next;
    VEC(struct counter_intake_paper_set_in) files; /* pictures that the form asks for */
};

static bool is_own(struct str name)
{
    for (const struct field *f = sheet_fields; f->name; f++)
        if (str_eq(name, str_of(f->name)))
            return true;
    return false;
}

/* Place of the page that has this control ("child_name", "home.line"). */
static size_t page_of_control(const struct service_def *def, struct str name)
{
    struct str rest = name, id;
    str_cut(&rest, '.', &id);
    size_t field = service_field_named(def, id);
    return field == SERVICE_NO_FIELD ? SERVICE_NO_FIELD : def->fields[field].page;
}

static int know_all(const struct req *q, const struct service_def *def, struct err *e)
{
    for (size_t i = 0; i < q->n_form; i++)
        if (!is_own(q->form[i].name) && page_of_control(def, q->form[i].name) == SERVICE_NO_FIELD)
            return ERR_SAY(e, ERR_INPUT, MSGS("Trang gửi lên có mục mà biểu mẫu này không hỏi. Xin mở lại trang rồi điền lại."),
                           "no control \"%.*s\"", STR_ARG(str_head(q->form[i].name, 60)));
    return 0;
}

/* The part of the post that one page asked. */
static struct req part_of(struct req *q, const struct service_def *def, size_t page)
{
    struct req part = *q;
    part.form = arena_new_array(q->arena, struct param, q->n_form);
    part.n_form = 0;
    for (size_t i = 0; i < q->n_form; i++)
        if (page_of_control(def, q->form[i].name) == page)
            part.form[part.n_form++] = q->form[i];
    part.files = arena_new_array(q->arena, struct part, q->n_files);
    part.n_files = 0;
    for (size_t i = 0; i < q->n_files; i++)
        if (page_of_control(def, q->files[i].name) == page)
            part.files[part.n_files++] = q->files[i];
    return part;
}

/* A picture that the form asks for is kept beside the papers; its answer is the hash of its bytes. */
static int take_files(struct req *q, struct filling *w, struct err *e)
{
    for (size_t i = 0; i < q->n_files; i++) {
        const struct part *file = &q->files[i];
        size_t field = service_field_named(w->k.def, file->name);
        struct case_paper_new scan = { .kind = CASE_SCAN, .bytes = file->bytes };
        struct err why = { 0 };
        if (field == SERVICE_NO_FIELD || w->k.def->fields[field].type != SERVICE_FILE || file->bytes.n == 0)
            continue;
        if (case_paper_check(&scan, &why))
            return req_refuse_field(q, e, str_cstr(q->arena, file->name), err_sentence(&why));
        struct str *value = arena_new(q->arena, struct str);
        *value = str_hex(q->arena, scan.hash.b, sizeof scan.hash.b);
        services_answer_set(&w->k.answers, field, 0, value, 1);
        *vec_push(q->arena, &w->files) =
            (struct counter_intake_paper_set_in) { .intake = w->k.row.id,
                                                   .slot = str_fmt(q->arena, INTAKE_FIELD_SLOT "%.*s", STR_ARG(file->name)),
                                                   .kind = CASE_SCAN,
                                                   .file_name = str_head(str_or_empty(file->filename), 120),
                                                   .media_type = scan.media_type,
                                                   .quality = STR(""),
                                                   .has_hash = true,
                                                   .hash = scan.hash,
                                                   .bytes = file->bytes };
    }
    return 0;
}

static int take_sheet(struct req *q, struct intake *k, bool check, struct err *e)
{
    for (size_t p = 0; p < k->def->n_pages; p++) {
        struct err wrong = { 0 };
        struct req part = part_of(q, k->def, p);
        if (!is_shown(q, k->def->pages[p].id))
            continue;
        if (services_take(&part, &k->answers, p, 0, e))
            return -1;
        if (check && services_page_asked(&k->answers, p) && services_take_check(&part, &k->answers, p, 0, &wrong) &&
            wrong.code != ERR_FORM) {
            *e = wrong;
            return -1;
        }
        q->field_errors = part.field_errors;
        q->n_field_errors = part.n_field_errors;
        q->reader = part.reader; /* it may have begun to read */
        q->defers = part.defers;
    }
    return check && q->n_field_errors ? ERR(e, ERR_FORM, "%zu fields", q->n_field_errors) : 0;
}

/* A page that the answers have just brought is shown, also when it may be left empty. */
static bool all_shown(const struct req *q, const struct intake *k)
{
    for (size_t p = 0; p < k->def->n_pages; p++)
        if (services_page_asked(&k->answers, p) && !is_shown(q, k->def->pages[p].id))
            return false;
    return true;
}

static int take_page(struct req *q, struct filling *w, struct err *e)
{
    size_t page = service_page_named(w->k.def, req_form(q, "page"));
    int64_t item = 0;
    if (page == SERVICE_NO_FIELD || !str_to_i64(req_form(q, "item"), &item) ||
        !services_page_open(&w->k.answers, page, (int)item))
        return ERR_SAY(e, ERR_INPUT, MSGS("Trang này chưa đến lượt. Xin điền theo thứ tự, bắt đầu từ trang đầu."), "page out of order");
    if (services_take(q, &w->k.answers, page, (int)item, e) || services_take_check(q, &w->k.answers, page, (int)item, e))
        return -1;
    bool more = str_eq(req_form(q, "go"), STR("more"));
    if (more || (w->k.def->pages[page].repeat_max && item + 1 < services_items(&w->k.answers, page)))
        item++;
    else
        for (item = 0, page++; page < w->k.def->n_pages && !services_page_asked(&w->k.answers, page); page++)
            ;
    if (page < w->k.def->n_pages)
        w->next = str_fmt(q->arena, "/form?page=%.*s&item=%lld", STR_ARG(w->k.def->pages[page].id), (long long)item);
    return 0;
}

int intake_form_prepare(struct req *q, struct err *e)
{
    struct filling *w = q->work = arena_new(q->arena, struct filling);
    w->next = STR("/receive");
    if (intake_find_chosen(q, &w->k, e) || take_files(q, w, e))
        return -1;
    if (on_one_sheet(w->k.def)) {
        if (know_all(q, w->k.def, e) || take_sheet(q, &w->k, true, e))
            return -1;
        if (!all_shown(q, &w->k))
            w->next = STR("/form");
    } else if (take_page(q, w, e)) {
        return -1;
    }
    return services_answers_json(&w->k.answers, &w->k.row.answers, e);
}

int intake_form_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct filling *w = q->work;
    int64_t changed;
    struct counter_intake_serve_in in = { .id = w->k.row.id,
                                          .seen = w->k.row.revision,
                                          .service = w->k.row.service,
                                          .version_id = w->k.row.version_id,
                                          .answers = w->k.row.answers };
    tx_unaudited(tx, "a form that is being filled at the counter; nothing is filed yet");
    req_outcome(q, w->next);
    for (size_t i = 0; i < w->files.n; i++)
        if (counter_intake_paper_set(tx, &w->files.v[i], NULL, e))
            return -1;
    if (counter_intake_serve(tx, &in, &changed, e))
        return -1;
    return changed == 1 ? 0
                        : ERR_SAY(e, ERR_CONFLICT, MSGS("Lần nhận này vừa được sửa từ cửa sổ khác. Xin tải lại trang."), "intake");
}

int intake_form_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/counter/intake/%.*s%.*s", STR_ARG(req_param(q, "id")), STR_ARG(q->outcome)));
}

int intake_form_again(struct req *q, struct res *s, struct err *e)
{
    struct intake k;
    size_t page;
    int item;
    struct err typed = { 0 };
    if (intake_find_chosen(q, &k, e))
        return -1;
    if (on_one_sheet(k.def)) {
        (void)take_sheet(q, &k, false, &typed); /* so that the pages that were shown are shown again */
        return show_sheet(q, s, &k, e);
    }
    choose_page(q, &k, req_form(q, "page"), req_form(q, "item"), &page, &item);
    return show_page(q, s, &k, page, item, e);
}
