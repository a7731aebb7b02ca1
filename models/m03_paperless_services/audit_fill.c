/* audit_fill.c: answers that fit whatever a form asks. No service is named here: a form that is added to the pack is filled in as well. */
#include "models/m03_paperless_services/audit.h"

#include "platform/crypto/crypto.h"

enum { PAGES_MOST = 200, OPTIONAL_FROM = AUDIT_VARIANTS / 2 };

struct filling {
    struct service_answers *s;
    const struct person *who;
    int variant;
    struct str commune;
};

static struct str day_for(const struct filling *f, const struct service_field *x)
{
    int32_t days = x->rule == SERVICE_FUTURE_DAY ? 10 : x->rule == SERVICE_ADULT_DAY ? -365 * 30 : -30;
    return day_iso(f->s->arena, (struct day) { f->s->on.n + days });
}

static struct str text_for(const struct filling *f, const struct service_field *x)
{
    struct str text = STR("Nội dung thử");
    struct buf b;
    int64_t least = x->has_min ? x->min : 1;
    if (x->has_max && x->max < 12)
        return str_head(STR("123456789012"), (size_t)(x->max > 0 ? x->max : 1));
    if (least <= 12)
        return text;
    buf_init(&b, f->s->arena, 8 << 10);
    for (int64_t i = 0; i < least; i++)
        buf_put_char(&b, 'a');
    return buf_str(&b);
}

static size_t two(struct str *v, struct str a, struct str b)
{
    v[0] = a;
    v[1] = b;
    return 2;
}

static size_t one(struct str *v, struct str a)
{
    v[0] = a;
    return a.n > 0;
}

static size_t person_for(const struct filling *f, struct str *v)
{
    v[0] = str_dup(f->s->arena, pid_str(&f->who->pid));
    v[1] = f->who->name;
    v[2] = birth_iso(f->s->arena, f->who->born);
    return 3;
}

static size_t value_for(const struct filling *f, const struct service_field *x, struct str *v)
{
    struct arena *a = f->s->arena;
    size_t choice = x->n_choices ? (size_t)(f->variant % OPTIONAL_FROM) % x->n_choices : 0;
    switch (x->type) {
    case SERVICE_DAY:
        return one(v, day_for(f, x));
    case SERVICE_PID:
        return one(v, str_dup(a, pid_str(&f->who->pid)));
    case SERVICE_INT:
    case SERVICE_MONEY:
        return one(v, str_fmt(a, "%lld", (long long)(x->has_min && x->min > 1 ? x->min : 1)));
    case SERVICE_CHOICE:
    case SERVICE_CHECKS:
        return x->n_choices ? one(v, x->choices[choice].value) : 0;
    case SERVICE_YES_NO:
        return one(v, f->variant % 2 ? STR("yes") : STR("no"));
    case SERVICE_PHONE:
        return one(v, STR("0912000001"));
    case SERVICE_EMAIL:
        return one(v, STR("thu@example.vn"));
    case SERVICE_UNIT:
        return one(v, f->commune);
    case SERVICE_ADDRESS:
        return two(v, f->commune, STR("Thôn 3"));
    case SERVICE_PERSON:
        return person_for(f, v);
    case SERVICE_FILE: {
        struct hash32 h = sha256(x->id);
        return one(v, str_hex(a, h.b, sizeof h.b));
    }
    default:
        return one(v, text_for(f, x));
    }
}

static void fill_page(const struct filling *f, size_t page, int item)
{
    const struct service_page *p = &f->s->def->pages[page];
    for (size_t i = p->first; i < p->first + p->n; i++) {
        const struct service_field *x = &f->s->def->fields[i];
        bool wanted = x->required || f->variant >= OPTIONAL_FROM;
        if (!wanted || !services_field_asked(f->s, i, item) || services_answer(f->s, i, item))
            continue;
        struct str *v = arena_new_array(f->s->arena, struct str, SERVICE_PARTS);
        services_answer_set(f->s, i, item, v, value_for(f, x, v));
    }
}

static int refuse_page(const struct filling *f, size_t page, int item, struct err *e)
{
    service_errors errors = { 0 };
    services_check(f->s, (int)page, item, LANG_VI, &errors);
    return errors.n == 0
               ? 0
               : ERR(e, ERR_UNMET, "%.*s: %.*s", STR_ARG(errors.v[0].name), STR_ARG(str_head(errors.v[0].say, 160)));
}

int audit_fill(struct service_answers *s, const struct person *who, int variant, struct err *e)
{
    struct filling f = { .s = s, .who = who, .variant = variant };
    size_t page;
    int item;
    f.commune = s->communes.n > 0 ? s->communes.codes[0] : SERVICE_ELSEWHERE;
    for (size_t i = 0; i < s->def->n_pages; i++)
        if (services_page_asked(s, i))
            fill_page(&f, i, 0);
    for (int i = 0; services_next(s, &page, &item); i++) {
        fill_page(&f, page, item);
        if (refuse_page(&f, page, item, e))
            return -1;
        if (i == PAGES_MOST)
            return ERR(e, ERR_UNMET, "the form does not end");
    }
    services_answers_prune(s);
    return 0;
}

/* ---- the richest variant ---- */

static size_t sources_asked(const struct service_answers *s)
{
    service_places places = { 0 };
    size_t n = 0;
    services_papers(s, &places);
    for (size_t i = 0; i < places.n; i++)
        n += s->def->papers[places.v[i]].source != SERVICE_DECLARATION;
    return n;
}

int audit_answers(struct audit_world *w, struct dbr *r, struct arena *a, const struct service_def *def,
                  struct service_answers *out, struct err *e)
{
    service_knowns known = { 0 };
    struct day on = instant_day(w->now);
    bool found = false;
    size_t most = 0;
    if (services_know_person(r, a, "applicant", &w->person, on, &known, e))
        return -1;
    for (int i = 0; i < AUDIT_VARIANTS; i++) {
        struct service_answers s;
        services_answers_init(&s, a, def, on);
        if (services_answers_places(&s, r, e))
            return -1;
        services_prefill(&s, &known);
        if (audit_fill(&s, &w->person, i, e) != 0)
            continue;
        if (!found || sources_asked(&s) > most) {
            *out = s;
            most = sources_asked(&s);
        }
        found = true;
    }
    return found ? 0 : -1; /* e: of the last try */
}
