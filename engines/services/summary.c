/* summary.c: "check your answers": everything that was asked, page by page, with where it comes from and a way to change it. */
#include "engines/services/form.h"

static void add_line(const struct service_answers *s, size_t field, int item, enum lang lang,
                     struct service_summary_page *page)
{
    const struct service_field *f = &s->def->fields[field];
    const struct service_answer *x = services_answer(s, field, item);
    if (!services_field_asked(s, field, item))
        return;
    *vec_push(s->arena, &page->lines) = (struct service_summary_line) { .label = f->label,
                                                                        .words = x ? services_answer_words(s, x) : STR(""),
                                                                        .source = services_source_words(s->arena, lang, x),
                                                                        .missing = !x && f->required };
}

static struct str title_of(const struct service_answers *s, const struct service_page *p, int item, enum lang lang)
{
    struct tr_arg args[] = { { "item", p->item }, { "n", str_fmt(s->arena, "%d", item + 1) } };
    return p->repeat_max ? tr_fill(s->arena, lang, MSGS("{item} thứ {n}"), args, 2) : p->title;
}

static void add_page(const struct service_answers *s, size_t place, int item, enum lang lang, struct str change,
                     struct service_summary *out)
{
    const struct service_page *p = &s->def->pages[place];
    struct service_summary_page *page = vec_push(s->arena, &out->pages);
    page->title = title_of(s, p, item, lang);
    if (change.p)
        page->change = str_fmt(s->arena, "%.*s%.*s/%d", STR_ARG(change), STR_ARG(p->id), item);
    for (size_t i = p->first; i < p->first + p->n; i++)
        add_line(s, i, item, lang, page);
}

int services_summary_of(const struct service_answers *s, enum lang lang, struct str change, struct service_summary *out,
                        struct err *e)
{
    service_places papers;
    *out = (struct service_summary) { 0 };
    for (size_t p = 0; p < s->def->n_pages; p++) {
        int items = s->def->pages[p].repeat_max ? services_items(s, p) : 1;
        for (int i = 0; services_page_asked(s, p) && i < (items ? items : 1); i++)
            add_page(s, p, i, lang, change, out);
    }
    services_papers(s, &papers);
    for (size_t i = 0; i < papers.n; i++)
        *vec_push(s->arena, &out->papers) = &s->def->papers[papers.v[i]];
    return services_fee(s, &out->fees, e);
}
