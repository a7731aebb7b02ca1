/* answers.c: what a person has answered so far. A form has some dozens of answers: a list is searched faster than a map is built. */
#include "engines/people/people.h"
#include "engines/services/form.h"

void services_answers_init(struct service_answers *s, struct arena *a, const struct service_def *def, struct day on)
{
    *s = (struct service_answers) { .def = def, .arena = a, .on = on };
}

int services_answers_places(struct service_answers *s, struct dbr *r, struct err *e)
{
    struct unit *units;
    struct day change;
    size_t n;
    day_from_ymd(2025, 7, 1, &change);
    if (units_list(r, s->arena, s->on.n < change.n ? GEO_2023 : GEO_2025, 3, &units, &n, e))
        return -1;
    s->communes =
        (struct service_communes) { arena_new_array(s->arena, struct str, n), arena_new_array(s->arena, struct str, n), n };
    for (size_t i = 0; i < n; i++) {
        s->communes.codes[i] = str_dup(s->arena, unit_code_str(&units[i].code));
        s->communes.names[i] = units[i].name;
    }
    return 0;
}

static struct service_answer *find(const struct service_answers *s, size_t field, int item)
{
    for (size_t i = 0; i < s->v.n; i++)
        if (s->v.v[i].field == field && s->v.v[i].item == item)
            return &s->v.v[i];
    return NULL;
}

const struct service_answer *services_answer(const struct service_answers *s, size_t field, int item)
{
    return find(s, field, item);
}

struct str services_value(const struct service_answers *s, size_t field, int item)
{
    const struct service_answer *x = find(s, field, item);
    return x && x->n ? x->values[0] : STR_NONE;
}

static void take_out(struct service_answers *s, const struct service_answer *x)
{
    size_t at = (size_t)(x - s->v.v);
    s->v.n--;
    for (size_t i = at; i < s->v.n; i++)
        s->v.v[i] = s->v.v[i + 1];
}

void services_answer_set(struct service_answers *s, size_t field, int item, struct str *values, size_t n)
{
    struct service_answer *x = find(s, field, item);
    if (n == 0) {
        if (x)
            take_out(s, x);
        return;
    }
    if (!x)
        x = vec_push(s->arena, &s->v);
    *x = (struct service_answer) { .field = field, .item = item, .values = values, .n = n };
}

int services_items(const struct service_answers *s, size_t page)
{
    const struct service_page *p = &s->def->pages[page];
    int n = 0;
    for (size_t i = 0; i < s->v.n; i++)
        if (s->v.v[i].field >= p->first && s->v.v[i].field < p->first + p->n && s->v.v[i].item >= n)
            n = s->v.v[i].item + 1;
    return n;
}

void services_item_remove(struct service_answers *s, size_t page, int item)
{
    const struct service_page *p = &s->def->pages[page];
    for (size_t f = p->first; f < p->first + p->n; f++)
        services_answer_set(s, f, item, NULL, 0);
    for (size_t i = 0; i < s->v.n; i++)
        if (s->v.v[i].field >= p->first && s->v.v[i].field < p->first + p->n && s->v.v[i].item > item)
            s->v.v[i].item--;
}

void services_answers_prune(struct service_answers *s)
{
    for (size_t i = s->v.n; i-- > 0;)
        if (!services_field_asked(s, s->v.v[i].field, s->v.v[i].item))
            take_out(s, &s->v.v[i]);
}

/* ---- as a person reads them ---- */

static struct str choice_label(const struct service_field *f, struct str value)
{
    for (size_t i = 0; i < f->n_choices; i++)
        if (str_eq(f->choices[i].value, value))
            return f->choices[i].label;
    return value;
}

static struct str choices_words(struct arena *a, const struct service_field *f, const struct service_answer *x)
{
    struct str all = STR("");
    for (size_t i = 0; i < x->n; i++)
        all = str_fmt(a, "%.*s%s%.*s", STR_ARG(all), i ? "; " : "", STR_ARG(choice_label(f, x->values[i])));
    return all;
}

static struct str day_words(struct arena *a, struct str value)
{
    struct day d;
    return day_parse_iso(value, &d) ? day_vi(a, d) : value;
}

static struct str money_words(struct arena *a, struct str value)
{
    struct money m;
    return str_to_i64(value, &m.dong) ? money_vi(a, m) : value;
}

static struct str person_words(struct arena *a, const struct service_answer *x)
{
    struct birth born;
    struct str day = x->n > 2 && birth_parse(x->values[2], &born) ? birth_vi(a, born) : x->n > 2 ? x->values[2] : STR("");
    return str_fmt(a, "%.*s, %.*s, %.*s", STR_ARG(x->n > 1 ? x->values[1] : STR("")), STR_ARG(x->values[0]), STR_ARG(day));
}

static struct str commune_name(const struct service_answers *s, struct str code)
{
    for (size_t i = 0; i < s->communes.n; i++)
        if (str_eq(s->communes.codes[i], code))
            return s->communes.names[i];
    return code;
}

/* The commune stands before the line in the form and behind it on paper. */
static struct str address_words(const struct service_answers *s, const struct service_answer *x)
{
    struct str line = x->n > 1 ? x->values[1] : STR("");
    if (str_eq(x->values[0], SERVICE_ELSEWHERE))
        return line;
    return str_fmt(s->arena, "%.*s, %.*s", STR_ARG(line), STR_ARG(commune_name(s, x->values[0])));
}

struct str services_answer_words(const struct service_answers *s, const struct service_answer *x)
{
    const struct service_field *f = &s->def->fields[x->field];
    switch (f->type) {
    case SERVICE_CHOICE:
    case SERVICE_CHECKS:
        return choices_words(s->arena, f, x);
    case SERVICE_YES_NO:
        return str_eq(x->values[0], STR("yes")) ? MSGS("Có") : MSGS("Không");
    case SERVICE_DAY:
        return day_words(s->arena, x->values[0]);
    case SERVICE_MONEY:
        return money_words(s->arena, x->values[0]);
    case SERVICE_PERSON:
        return person_words(s->arena, x);
    case SERVICE_ADDRESS:
        return address_words(s, x);
    case SERVICE_UNIT:
        return commune_name(s, x->values[0]);
    default:
        return x->values[0];
    }
}

/* "{child_name}" becomes the answer; of a repeated page all of its items. What is no field stays as it stands. */
static void fill_hole(const struct service_answers *s, struct str hole, struct buf *b)
{
    size_t field = service_field_named(s->def, hole);
    if (field == SERVICE_NO_FIELD) {
        buf_fmt(b, "{%.*s}", STR_ARG(hole));
        return;
    }
    int items = services_items(s, s->def->fields[field].page);
    for (int i = 0, written = 0; i < items; i++) {
        const struct service_answer *x = services_answer(s, field, i);
        if (!x)
            continue;
        buf_put(b, written++ ? STR("; ") : STR(""));
        buf_put(b, services_answer_words(s, x));
    }
}

enum { FILLED_MAX = 256 << 10 };

struct str services_fill(const struct service_answers *s, struct str text)
{
    struct buf b;
    struct str rest = text;
    buf_init(&b, s->arena, FILLED_MAX);
    for (;;) {
        ptrdiff_t open = str_find_char(rest, '{'), end = open < 0 ? -1 : str_find_char(str_from(rest, (size_t)open), '}');
        if (end < 0)
            break;
        buf_put(&b, str_head(rest, (size_t)open));
        fill_hole(s, str_head(str_from(rest, (size_t)open + 1), (size_t)end - 1), &b);
        rest = str_from(rest, (size_t)open + (size_t)end + 1);
    }
    buf_put(&b, rest);
    return buf_str(&b);
}
