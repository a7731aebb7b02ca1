/* compare.c: what a new version changes, in words: whoever publishes it reads sentences, not JSON. */
#include "engines/services/draft.h"

struct comparing {
    struct arena *a;
    enum lang lang;
    const struct service_def *was, *is;
    compare_lines *out;
};

/* "Câu hỏi “Ngày sinh”" and the like; name is data. */
static struct str thing(struct comparing *c, struct str kind, struct str name)
{
    return str_fmt(c->a, "%.*s “%.*s”", STR_ARG(tr(c->lang, kind)), STR_ARG(name));
}

static void add(struct comparing *c, enum compare_kind kind, struct str what, struct str was, struct str became)
{
    *vec_push(c->a, c->out) = (struct compare_line) { kind, what, str_or_empty(was), str_or_empty(became) };
}

static void changed(struct comparing *c, struct str what, struct str aspect, struct str was, struct str became)
{
    if (!str_eq(str_or_empty(was), str_or_empty(became)))
        add(c, COMPARE_CHANGED,
            what.n ? str_fmt(c->a, "%.*s: %.*s", STR_ARG(what), STR_ARG(tr(c->lang, aspect))) : tr(c->lang, aspect), was,
            became);
}

static struct str yes_no(struct comparing *c, bool yes)
{
    return tr(c->lang, yes ? MSGS("Có") : MSGS("Không"));
}

static void changed_when(struct comparing *c, struct str what, const struct service_condition *was,
                         const struct service_condition *is)
{
    changed(c, what, MSGS("chỉ khi"), services_condition_words(c->a, c->lang, c->was, was),
            services_condition_words(c->a, c->lang, c->is, is));
}

/* ---- the service itself ---- */

static struct str level_words(struct comparing *c, const struct service_def *d)
{
    return tr(c->lang, service_level_label(d->level));
}

static struct str basis_words(struct comparing *c, const struct service_def *d)
{
    struct str all = STR("");
    for (size_t i = 0; i < d->n_basis; i++)
        all = str_fmt(c->a, "%.*s%s%.*s", STR_ARG(all), i ? "; " : "", STR_ARG(d->basis[i].cite));
    return all;
}

static void compare_facts(struct comparing *c)
{
    const struct service_def *was = c->was, *is = c->is;
    changed(c, STR(""), MSGS("Tên"), was->name, is->name);
    changed(c, STR(""), MSGS("Mức trực tuyến"), level_words(c, was), level_words(c, is));
    changed(c, STR(""), MSGS("Lý do chưa trực tuyến"), was->reason, is->reason);
    changed(c, STR(""), MSGS("Ai được nộp"), was->who, is->who);
    changed(c, STR(""), MSGS("Mức đăng nhập khi nộp trực tuyến"), str_fmt(c->a, "%d", was->assurance), str_fmt(c->a, "%d", is->assurance));
    changed(c, STR(""), MSGS("Thời gian giải quyết"), services_time_words(c->a, c->lang, was),
            services_time_words(c->a, c->lang, is));
    changed(c, STR(""), MSGS("Ghi chú về thời gian"), was->time_note, is->time_note);
    changed(c, STR(""), MSGS("Chức năng pháp lý"), was->function, is->function);
    changed(c, STR(""), MSGS("Quy trình"), was->flow, is->flow);
    changed(c, STR(""), MSGS("Cấp giải quyết"), tr(c->lang, service_unit_level_label(was->unit_level)),
            tr(c->lang, service_unit_level_label(is->unit_level)));
    changed(c, STR(""), MSGS("Căn cứ pháp lý"), basis_words(c, was), basis_words(c, is));
    changed(c, STR(""), MSGS("Kết quả"), was->result.name, is->result.name);
    changed(c, STR(""), MSGS("Cách nhận kết quả"), services_delivery_words(c->a, c->lang, was->result.delivery),
            services_delivery_words(c->a, c->lang, is->result.delivery));
}

/* ---- what is asked ---- */

static struct str choices_words(struct comparing *c, const struct service_field *f)
{
    struct str all = STR("");
    for (size_t i = 0; i < f->n_choices; i++)
        all = str_fmt(c->a, "%.*s%s%.*s", STR_ARG(all), i ? "; " : "", STR_ARG(f->choices[i].label));
    return all;
}

static struct str limit_words(struct comparing *c, bool has, int64_t n)
{
    return has ? str_fmt(c->a, "%lld", (long long)n) : STR("");
}

static void compare_field(struct comparing *c, const struct service_field *was, const struct service_field *is)
{
    struct str what = thing(c, MSGS("Câu hỏi"), is->label);
    changed(c, what, MSGS("lời hỏi"), was->label, is->label);
    changed(c, what, MSGS("lời giải thích"), was->help, is->help);
    changed(c, what, MSGS("kiểu"), tr(c->lang, service_field_type_label(was->type)),
            tr(c->lang, service_field_type_label(is->type)));
    changed(c, what, MSGS("bắt buộc"), yes_no(c, was->required), yes_no(c, is->required));
    changed(c, what, MSGS("các lựa chọn"), choices_words(c, was), choices_words(c, is));
    changed(c, what, MSGS("nhỏ nhất"), limit_words(c, was->has_min, was->min), limit_words(c, is->has_min, is->min));
    changed(c, what, MSGS("lớn nhất"), limit_words(c, was->has_max, was->max), limit_words(c, is->has_max, is->max));
    changed(c, what, MSGS("lấy sẵn từ"), was->prefill, is->prefill);
    changed(c, what, MSGS("thuộc trang"), c->was->pages[was->page].title, c->is->pages[is->page].title);
    changed_when(c, what, was->when, is->when);
}

static void compare_fields(struct comparing *c)
{
    for (size_t i = 0; i < c->is->n_fields; i++) {
        const struct service_field *f = &c->is->fields[i];
        size_t there = service_field_named(c->was, f->id);
        if (there == SERVICE_NO_FIELD)
            add(c, COMPARE_ADDED, thing(c, MSGS("Câu hỏi"), f->label), STR(""), STR(""));
        else
            compare_field(c, &c->was->fields[there], f);
    }
    for (size_t i = 0; i < c->was->n_fields; i++)
        if (service_field_named(c->is, c->was->fields[i].id) == SERVICE_NO_FIELD)
            add(c, COMPARE_REMOVED, thing(c, MSGS("Câu hỏi"), c->was->fields[i].label), STR(""), STR(""));
}

static void compare_pages(struct comparing *c)
{
    for (size_t i = 0; i < c->is->n_pages; i++) {
        const struct service_page *p = &c->is->pages[i];
        size_t there = service_page_named(c->was, p->id);
        struct str what = thing(c, MSGS("Trang"), p->title);
        if (there == SERVICE_NO_FIELD) {
            add(c, COMPARE_ADDED, what, STR(""), STR(""));
            continue;
        }
        const struct service_page *was = &c->was->pages[there];
        changed(c, what, MSGS("tiêu đề"), was->title, p->title);
        changed(c, what, MSGS("lời dẫn"), was->intro, p->intro);
        changed(c, what, MSGS("lặp lại nhiều nhất"), limit_words(c, was->repeat_max > 0, was->repeat_max),
                limit_words(c, p->repeat_max > 0, p->repeat_max));
        changed_when(c, what, was->when, p->when);
    }
    for (size_t i = 0; i < c->was->n_pages; i++)
        if (service_page_named(c->is, c->was->pages[i].id) == SERVICE_NO_FIELD)
            add(c, COMPARE_REMOVED, thing(c, MSGS("Trang"), c->was->pages[i].title), STR(""), STR(""));
}

/* ---- papers and fees ---- */

static const struct service_paper *paper_named(const struct service_def *d, struct str id)
{
    for (size_t i = 0; i < d->n_papers; i++)
        if (str_eq(d->papers[i].id, id))
            return &d->papers[i];
    return NULL;
}

static void compare_papers(struct comparing *c)
{
    for (size_t i = 0; i < c->is->n_papers; i++) {
        const struct service_paper *p = &c->is->papers[i], *was = paper_named(c->was, p->id);
        struct str what = thing(c, MSGS("Giấy tờ"), p->name);
        if (!was) {
            add(c, COMPARE_ADDED, what, STR(""), STR(""));
            continue;
        }
        changed(c, what, MSGS("tên"), was->name, p->name);
        changed(c, what, MSGS("ghi chú"), was->note, p->note);
        changed(c, what, MSGS("lấy từ đâu"), tr(c->lang, service_source_label(was->source)),
                tr(c->lang, service_source_label(p->source)));
        changed(c, what, MSGS("hệ thống"), was->system, p->system);
        changed(c, what, MSGS("bắt buộc"), yes_no(c, was->required), yes_no(c, p->required));
        changed(c, what, MSGS("khi nguồn gián đoạn"), services_fallback_words(c->a, c->lang, was->fallbacks),
                services_fallback_words(c->a, c->lang, p->fallbacks));
        changed_when(c, what, was->when, p->when);
    }
    for (size_t i = 0; i < c->was->n_papers; i++)
        if (!paper_named(c->is, c->was->papers[i].id))
            add(c, COMPARE_REMOVED, thing(c, MSGS("Giấy tờ"), c->was->papers[i].name), STR(""), STR(""));
}

static const struct service_fee *fee_named(const struct service_def *d, struct str id)
{
    for (size_t i = 0; i < d->n_fees; i++)
        if (str_eq(d->fees[i].id, id))
            return &d->fees[i];
    return NULL;
}

static void compare_fees(struct comparing *c)
{
    for (size_t i = 0; i < c->is->n_fees; i++) {
        const struct service_fee *f = &c->is->fees[i], *was = fee_named(c->was, f->id);
        struct str what = thing(c, MSGS("Khoản thu"), f->label);
        if (!was) {
            add(c, COMPARE_ADDED, what, STR(""), money_vi(c->a, f->amount));
            continue;
        }
        changed(c, what, MSGS("tên"), was->label, f->label);
        changed(c, what, MSGS("mức"), money_vi(c->a, was->amount), money_vi(c->a, f->amount));
        changed(c, what, MSGS("đã xác nhận"), yes_no(c, was->confirmed), yes_no(c, f->confirmed));
        changed_when(c, what, was->when, f->when);
    }
    for (size_t i = 0; i < c->was->n_fees; i++)
        if (!fee_named(c->is, c->was->fees[i].id))
            add(c, COMPARE_REMOVED, thing(c, MSGS("Khoản thu"), c->was->fees[i].label),
                money_vi(c->a, c->was->fees[i].amount), STR(""));
}

static const struct service_child *child_named(const struct service_def *d, struct str service)
{
    for (size_t i = 0; i < d->n_children; i++)
        if (str_eq(d->children[i].service, service))
            return &d->children[i];
    return NULL;
}

static void compare_children(struct comparing *c)
{
    for (size_t i = 0; i < c->is->n_children; i++) {
        const struct service_child *x = &c->is->children[i], *was = child_named(c->was, x->service);
        struct str what = thing(c, MSGS("Làm cùng một lần"), x->service);
        if (!was)
            add(c, COMPARE_ADDED, what, STR(""), STR(""));
        else
            changed_when(c, what, was->when, x->when);
    }
    for (size_t i = 0; i < c->was->n_children; i++)
        if (!child_named(c->is, c->was->children[i].service))
            add(c, COMPARE_REMOVED, thing(c, MSGS("Làm cùng một lần"), c->was->children[i].service), STR(""), STR(""));
}

void services_compare(struct arena *a, enum lang lang, const struct service_def *was, const struct service_def *is,
                      compare_lines *out)
{
    struct comparing c = { a, lang, was, is, out };
    compare_facts(&c);
    compare_pages(&c);
    compare_fields(&c);
    compare_papers(&c);
    compare_fees(&c);
    compare_children(&c);
}
