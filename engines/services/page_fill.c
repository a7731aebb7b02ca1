/* page_fill.c: one page of a form as the templates show it: what was typed, else what was answered; choices; where a value comes from. */
#include "engines/people/people.h"
#include "engines/services/catalogue.h"

#include "platform/http/page.h"

struct filling {
    struct req *q;
    struct html *h;
    const struct service_answers *s;
    const struct service_communes *communes;
    int item;
    bool typed; /* this request posts the page */
};

struct str services_source_words(struct arena *a, enum lang lang, const struct service_answer *x)
{
    if (!x || !x->source.n)
        return STR("");
    struct tr_arg args[] = { { "source", tr(lang, x->source) }, { "day", day_vi(a, x->as_of) } };
    return tr_fill(a, lang, MSGS("Lấy từ {source} ngày {day}"), args, 2);
}

/* ---- values as the controls show them ---- */

static struct str shown(struct arena *a, const struct service_field *f, size_t part, struct str v)
{
    struct day d;
    struct birth b;
    if (f->type == SERVICE_DAY && day_parse_iso(v, &d))
        return day_vi(a, d);
    if (f->type == SERVICE_PERSON && part == 2 && birth_parse(v, &b))
        return birth_vi(a, b);
    return v;
}

static struct str value_of(struct filling *k, size_t field, size_t part, struct str name)
{
    const struct service_answer *x = services_answer(k->s, field, k->item);
    struct str typed = page_typed(k->h, str_cstr(k->q->arena, name));
    if (typed.p)
        return typed;
    return x && part < x->n ? shown(k->q->arena, &k->s->def->fields[field], part, x->values[part]) : STR_NONE;
}

static bool is_ticked(struct filling *k, size_t field, struct str value)
{
    const struct service_answer *x = services_answer(k->s, field, k->item);
    struct str name = k->s->def->fields[field].id;
    for (size_t i = 0; k->typed && i < k->q->n_form; i++)
        if (str_eq(k->q->form[i].name, name) && str_eq(k->q->form[i].value, value))
            return true;
    for (size_t i = 0; !k->typed && x && i < x->n; i++)
        if (str_eq(x->values[i], value))
            return true;
    return false;
}

/* ---- controls ---- */

struct look {
    enum field_type type;
    const char *autocomplete, *inputmode;
    int width;
    bool select;
};
static const struct look looks[SERVICE_FIELD_TYPES_] = {
    [SERVICE_TEXT] = { .type = FIELD_TEXT },
    [SERVICE_LINES] = { .type = FIELD_LINES },
    [SERVICE_DAY] = { .type = FIELD_DAY },
    [SERVICE_PID] = { .type = FIELD_PID },
    [SERVICE_INT] = { .type = FIELD_INT },
    [SERVICE_MONEY] = { .type = FIELD_TEXT, .inputmode = "numeric", .width = 12 },
    [SERVICE_CHOICE] = { .type = FIELD_CHOICE },
    [SERVICE_CHECKS] = { .type = FIELD_CHOICE },
    [SERVICE_YES_NO] = { .type = FIELD_CHOICE },
    [SERVICE_PHONE] = { .type = FIELD_TEXT, .autocomplete = "tel", .inputmode = "tel", .width = 12 },
    [SERVICE_EMAIL] = { .type = FIELD_TEXT, .autocomplete = "email", .inputmode = "email" },
    [SERVICE_UNIT] = { .type = FIELD_CHOICE, .select = true },
    [SERVICE_ADDRESS] = { .type = FIELD_TEXT },
    [SERVICE_PERSON] = { .type = FIELD_TEXT },
    [SERVICE_FILE] = { .type = FIELD_FILE },
};
enum { RADIOS_MOST = 6 };

static void add_options(struct filling *k, const struct service_field *f, size_t field, struct field_view *v)
{
    for (size_t i = 0; i < f->n_choices; i++) {
        field_option(k->h, v, f->choices[i].value, f->choices[i].label);
        if (f->type == SERVICE_CHECKS)
            v->options.v[i].selected = is_ticked(k, field, f->choices[i].value);
    }
    if (f->type == SERVICE_YES_NO) {
        field_option(k->h, v, STR("yes"), MSGS("Có"));
        field_option(k->h, v, STR("no"), MSGS("Không"));
    }
}

static void add_communes(struct filling *k, struct field_view *v)
{
    for (size_t i = 0; i < k->communes->n; i++)
        field_option(k->h, v, k->communes->codes[i], k->communes->names[i]);
}

static struct field_view begin(struct filling *k, size_t field, size_t part)
{
    const struct service_field *f = &k->s->def->fields[field];
    const struct look *look = &looks[f->type];
    struct field_view v = { .type = look->type,
                            .name = services_control_name(k->q->arena, f, part),
                            .label = f->label,
                            .help = f->help,
                            .required = f->required,
                            .autocomplete = str_of(look->autocomplete),
                            .inputmode = str_of(look->inputmode),
                            .width = look->width,
                            .as_select = look->select };
    v.value = f->type == SERVICE_CHECKS || f->type == SERVICE_FILE ? STR_NONE : value_of(k, field, part, v.name);
    return v;
}

static void end(struct filling *k, struct service_control *c, struct field_view v)
{
    field_complete(k->h, &v);
    if (v.options.n) {
        v.options.v[0].id = v.id;
        for (size_t i = 1; i < v.options.n; i++)
            v.options.v[i].id = str_fmt(k->q->arena, "%.*s-%zu", STR_ARG(v.id), i + 1);
    }
    v.as_select = v.as_select || (v.options.n > RADIOS_MOST && !c->checks);
    *vec_push(k->q->arena, &c->parts) = v;
}

static void fill_plain(struct filling *k, size_t field, struct service_control *c)
{
    const struct service_field *f = &k->s->def->fields[field];
    struct field_view v = begin(k, field, 0);
    v.max = f->has_max && (f->type == SERVICE_TEXT || f->type == SERVICE_LINES) ? (int)f->max : 0;
    if (f->type == SERVICE_MONEY)
        v.suffix = MSGS("đồng");
    c->checks = f->type == SERVICE_CHECKS;
    add_options(k, f, field, &v);
    if (f->type == SERVICE_UNIT)
        add_communes(k, &v);
    end(k, c, v);
}

static void fill_address(struct filling *k, size_t field, struct service_control *c)
{
    struct field_view unit = begin(k, field, 0), line = begin(k, field, 1);
    unit.type = FIELD_CHOICE;
    unit.as_select = true;
    unit.label = MSGS("Xã, phường");
    line.label = MSGS("Số nhà, đường, thôn, bon, tổ dân phố");
    unit.help = line.help = STR("");
    add_communes(k, &unit);
    field_option(k->h, &unit, SERVICE_ELSEWHERE, MSGS("Nơi khác, ngoài tỉnh (ghi đủ ở dòng dưới)"));
    end(k, c, unit);
    end(k, c, line);
}

static void fill_person(struct filling *k, size_t field, struct service_control *c)
{
    static const struct str labels[] = { MSG("Số định danh cá nhân (12 số)"), MSG("Họ, chữ đệm và tên"),
                                         MSG("Ngày, tháng, năm sinh") };
    static const enum field_type types[] = { FIELD_PID, FIELD_TEXT, FIELD_DAY };
    for (size_t i = 0; i < SERVICE_PARTS; i++) {
        struct field_view v = begin(k, field, i);
        v.type = types[i];
        v.label = labels[i];
        v.help = STR("");
        end(k, c, v);
    }
}

static void fill_control(struct filling *k, size_t field, service_controls *out)
{
    const struct service_field *f = &k->s->def->fields[field];
    struct service_control *c = vec_push(k->q->arena, out);
    bool several = f->type == SERVICE_ADDRESS || f->type == SERVICE_PERSON;
    c->legend = several ? f->label : STR("");
    c->help = several ? f->help : STR("");
    if (services_when_here(k->s->def, f->when, f->page)) {
        c->when = services_when_json(k->s, f->when, f->page, k->item);
        c->when_words = services_condition_words(k->q->arena, k->q->lang, k->s->def, f->when);
    }
    c->source = services_source_words(k->q->arena, k->q->lang, services_answer(k->s, field, k->item));
    if (f->type == SERVICE_ADDRESS)
        fill_address(k, field, c);
    else if (f->type == SERVICE_PERSON)
        fill_person(k, field, c);
    else
        fill_plain(k, field, c);
}

/* ---- the page ---- */

static bool wants_communes(const struct service_answers *s, const struct service_page *p)
{
    for (size_t i = p->first; i < p->first + p->n; i++)
        if (s->def->fields[i].type == SERVICE_ADDRESS || s->def->fields[i].type == SERVICE_UNIT)
            return true;
    return false;
}

static void count_steps(const struct service_answers *s, size_t page, struct service_page_view *out)
{
    for (size_t p = 0; p < s->def->n_pages; p++) {
        out->steps += services_page_asked(s, p);
        out->step += p <= page && services_page_asked(s, p);
    }
}

static struct str page_title(struct req *q, const struct service_page *p, int item)
{
    struct tr_arg args[] = { { "item", p->item }, { "n", str_fmt(q->arena, "%d", item + 1) } };
    return p->repeat_max ? tr_fill(q->arena, q->lang, MSGS("{item} thứ {n}"), args, 2) : p->title;
}

int services_page_fill(struct req *q, struct html *h, const struct service_answers *s, size_t page, int item,
                       struct service_page_view *out, struct err *e)
{
    const struct service_page *p = &s->def->pages[page];
    struct service_answers places = { .arena = q->arena, .on = s->on };
    struct filling k = { .q = q, .h = h, .s = s, .communes = &places.communes, .item = item, .typed = q->n_form > 0 };
    struct dbr *r = wants_communes(s, p) ? req_read(q, e) : NULL;
    if (wants_communes(s, p) && (!r || services_answers_places(&places, r, e)))
        return -1;
    *out = (struct service_page_view) { .def = s->def,
                                        .page = p,
                                        .title = page_title(q, p, item),
                                        .item = item,
                                        .submit = MSGS("Tiếp tục"),
                                        .more = p->repeat_max > item + 1 && item + 1 >= services_items(s, page) };
    count_steps(s, page, out);
    for (size_t i = p->first; i < p->first + p->n; i++) {
        out->files = out->files || s->def->fields[i].type == SERVICE_FILE;
        bool here = services_when_here(s->def, s->def->fields[i].when, page);
        out->follows = out->follows || here;
        if (here || services_field_asked(s, i, item))
            fill_control(&k, i, &out->controls);
    }
    return 0;
}
