/* take.c: one posted page into answers. What is typed wrongly is kept as it was typed: the page shows it again beside its error. */
#include "engines/services/form.h"

#include "base/text.h"
#include "engines/people/people.h"

enum { CARRIED_MOST = 200000, BODY_MOST = 256 << 10, FILES_BODY_MOST = 12 << 20 };

static const struct field own_fields[] = {
    { .name = "page", .type = FIELD_HIDDEN, .max = 60 },
    { .name = "item", .type = FIELD_HIDDEN, .max = 6 },
    { .name = "go", .type = FIELD_HIDDEN, .max = 20 },
    { .name = SERVICES_CARRIED, .type = FIELD_HIDDEN, .max = CARRIED_MOST },
    { .name = NULL },
};
const struct form services_post_form = { .name = "service_page", .fields = own_fields, .open = true, .max_body = BODY_MOST };
const struct form services_post_files_form = {
    .name = "service_page_files", .fields = own_fields, .open = true, .multipart = true, .max_body = FILES_BODY_MOST
};

/* ---- names of controls ---- */

struct str services_control_name(struct arena *a, const struct service_field *f, size_t part)
{
    const char *const *names;
    return service_parts(f->type, &names) == 1 ? f->id : str_fmt(a, "%.*s.%s", STR_ARG(f->id), names[part]);
}

/* Field and part of a control's name on a page; false: the page has no such control. */
static bool control_of(const struct service_def *def, size_t page, struct str name, size_t *field, size_t *part)
{
    const struct service_page *p = &def->pages[page];
    const char *const *names;
    struct str rest = name, id;
    str_cut(&rest, '.', &id);
    for (size_t i = p->first; i < p->first + p->n; i++) {
        size_t n = service_parts(def->fields[i].type, &names);
        for (size_t k = 0; k < n && str_eq(def->fields[i].id, id); k++)
            if (n == 1 ? id.n == name.n : str_eq(str_of(names[k]), rest)) {
                *field = i;
                *part = k;
                return true;
            }
    }
    return false;
}

static bool is_own(struct str name)
{
    for (const struct field *f = own_fields; f->name; f++)
        if (str_eq(name, str_of(f->name)))
            return true;
    return false;
}

/* ---- values as they are kept ---- */

static struct str without(struct arena *a, struct str s, const char *marks)
{
    char *to = arena_alloc(a, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (str_find_char(str_of(marks), s.p[i]) < 0)
            to[n++] = s.p[i];
    return (struct str) { to, n };
}

static struct str kept_day(struct arena *a, struct str v)
{
    struct day d;
    return day_typed(v, &d) ? day_iso(a, d) : v;
}

static struct str kept_birth(struct arena *a, struct str v)
{
    struct birth b;
    return birth_parse(v, &b) ? birth_iso(a, b) : v;
}

static struct str kept_money(struct arena *a, struct str v)
{
    struct money m;
    return money_parse(v, &m) ? str_fmt(a, "%lld", (long long)m.dong) : v;
}

static struct str kept_phone(struct arena *a, struct str v)
{
    struct str digits = without(a, v, " .-()");
    if (str_starts(digits, STR("+84")))
        digits = str_fmt(a, "0%.*s", STR_ARG(str_from(digits, 3)));
    return str_is_digits(digits) ? digits : v;
}

static struct str kept(struct arena *a, const struct service_field *f, size_t part, struct str v)
{
    switch (f->type) {
    case SERVICE_DAY:
        return kept_day(a, v);
    case SERVICE_MONEY:
        return kept_money(a, v);
    case SERVICE_INT:
        return without(a, v, " .");
    case SERVICE_PHONE:
        return kept_phone(a, v);
    case SERVICE_PID:
        return without(a, v, " ");
    case SERVICE_PERSON:
        return part == 0 ? without(a, v, " ") : part == 2 ? kept_birth(a, v) : v;
    default:
        return v;
    }
}

/* ---- one page ---- */

struct taking {
    struct req *q;
    struct service_answers *s;
    size_t page;
    int item;
};

static struct str clean(struct taking *t, const struct service_field *f, struct str name, struct str v)
{
    struct err why = { 0 };
    struct str out = v;
    if (text_clean(t->q->arena, v, f->type == SERVICE_LINES ? TEXT_MANY_LINES : TEXT_ONE_LINE, v.n, &out, &why))
        req_refuse_field(t->q, NULL, str_cstr(t->q->arena, name), err_sentence(&why));
    return out;
}

static int refuse_control(struct err *e, struct str name)
{
    ERR_SAY(e, ERR_INPUT, MSGS("Trang gửi lên có mục mà biểu mẫu này không hỏi. Xin mở lại trang rồi điền lại."),
            "no control \"%.*s\"", STR_ARG(str_head(name, 60)));
    return services_name_error(e, name);
}

static int know_controls(const struct taking *t, struct err *e)
{
    size_t field, part;
    for (size_t i = 0; i < t->q->n_form; i++)
        if (!is_own(t->q->form[i].name) && !control_of(t->s->def, t->page, t->q->form[i].name, &field, &part))
            return refuse_control(e, t->q->form[i].name);
    for (size_t i = 0; i < t->q->n_files; i++)
        if (!control_of(t->s->def, t->page, t->q->files[i].name, &field, &part) ||
            t->s->def->fields[field].type != SERVICE_FILE)
            return refuse_control(e, t->q->files[i].name);
    return 0;
}

static bool same_values(const struct service_answer *x, const struct str *values, size_t n)
{
    bool same = x->n == n;
    for (size_t i = 0; same && i < n; i++)
        same = str_eq(x->values[i], values[i]);
    return same;
}

/* An answer that is sent back unchanged keeps its source. */
static void put(struct taking *t, size_t field, struct str *values, size_t n)
{
    const struct service_answer *x = services_answer(t->s, field, t->item);
    if (!x || !same_values(x, values, n))
        services_answer_set(t->s, field, t->item, values, n);
}

static void take_checks(struct taking *t, size_t field)
{
    const struct service_field *f = &t->s->def->fields[field];
    struct str *values = arena_new_array(t->q->arena, struct str, t->q->n_form);
    size_t n = 0;
    for (size_t i = 0; i < t->q->n_form; i++)
        if (str_eq(t->q->form[i].name, f->id) && t->q->form[i].value.n)
            values[n++] = clean(t, f, f->id, t->q->form[i].value);
    put(t, field, values, n);
}

/* Radios that nobody touched and controls that were not shown are not in the post: what was answered before stays. */
static void take_parts(struct taking *t, size_t field)
{
    const struct service_field *f = &t->s->def->fields[field];
    const char *const *names;
    size_t n = service_parts(f->type, &names), came = 0, filled = 0;
    struct str *values = arena_new_array(t->q->arena, struct str, n);
    for (size_t i = 0; i < n; i++) {
        struct str name = services_control_name(t->q->arena, f, i), typed = req_form(t->q, str_cstr(t->q->arena, name));
        came += typed.p != NULL;
        values[i] = typed.p ? kept(t->q->arena, f, i, clean(t, f, name, typed)) : STR("");
        filled += values[i].n > 0;
    }
    if (came)
        put(t, field, values, filled ? n : 0);
}

int services_take(struct req *q, struct service_answers *s, size_t page, int item, struct err *e)
{
    struct taking t = { q, s, page, item };
    const struct service_page *p = &s->def->pages[page];
    if (know_controls(&t, e))
        return -1;
    for (size_t i = p->first; i < p->first + p->n; i++) {
        if (s->def->fields[i].type == SERVICE_FILE)
            continue;
        if (s->def->fields[i].type != SERVICE_CHECKS)
            take_parts(&t, i);
        else if (services_field_asked(s, i, item))
            take_checks(&t, i);
    }
    return 0;
}

/* ---- checks that need the units in force ---- */

static int check_commune(struct req *q, const struct service_answers *s, size_t field, int item, service_errors *errors,
                         struct err *e)
{
    const struct service_field *f = &s->def->fields[field];
    struct unit_code code;
    struct unit u;
    struct str value = services_value(s, field, item);
    if ((f->type != SERVICE_UNIT && f->type != SERVICE_ADDRESS) || !value.n || str_eq(value, SERVICE_ELSEWHERE) ||
        !services_field_asked(s, field, item) || !unit_code_parse(value, &code))
        return 0;
    struct dbr *r = req_read(q, e);
    int got = r ? unit_by_code(r, q->arena, code, s->on, &u, e) : -1;
    if (got == 0 || (got == 1 && u.level != 3))
        *vec_push(q->arena, errors) =
            (struct service_error) { services_control_name(q->arena, f, 0),
                                     tr(q->lang, MSGS("Xin chọn một xã, phường trong danh sách.")) };
    return got < 0 ? -1 : 0;
}

int services_take_check(struct req *q, const struct service_answers *s, size_t page, int item, struct err *e)
{
    const struct service_page *p = &s->def->pages[page];
    service_errors errors = { 0 };
    services_check(s, (int)page, item, q->lang, &errors);
    for (size_t i = p->first; i < p->first + p->n; i++)
        if (check_commune(q, s, i, item, &errors, e))
            return -1;
    for (size_t i = 0; i < errors.n; i++)
        req_refuse_field(q, NULL, str_cstr(q->arena, errors.v[i].name), errors.v[i].say);
    if (q->n_field_errors == 0)
        return 0;
    return ERR(e, ERR_FORM, "%.*s page %.*s: %zu fields", STR_ARG(s->def->code), STR_ARG(p->id), q->n_field_errors);
}
