/* sources.c: a kiosk asks for papers' data when somebody hands in, and keeps nothing of it but in the case. What a source says is not
 * shown: whoever stands there has a card, and a card's code proves little. Why a source gave nothing is not shown either.
 */
#include "models/m02_kiosk/kiosk.h"

static int ask(struct req *q, struct kiosk_sources *s, struct err *e)
{
    struct dbr *r = req_read(q, e);
    if (!r || sources_of(r, &s->desk, q->now, &s->takes, e))
        return -1;
    if (sources_far(&s->takes, q->now) && !req_may_wait(q))
        return ERR(e, ERR_BUSY, "another system is to be waited for");
    db_read_end(q->reader); /* not held while waiting for another system */
    q->reader = NULL;
    return sources_ask(&s->desk, q->now, &s->takes, e);
}

/* The two buttons are a preference: a paper that does not offer the one gets the other. */
static const char *word_for(const struct source_take *t, unsigned preferred)
{
    unsigned offers = t->offers & (SERVICE_DECLARE | SERVICE_CACHED);
    unsigned one = offers & preferred ? preferred : offers;
    return one & SERVICE_DECLARE ? "declare" : one & SERVICE_CACHED ? "cached" : NULL;
}

static int take_way(struct req *q, struct kiosk_sources *s, struct err *e)
{
    struct str way = str_or_empty(req_form(q, "way"));
    unsigned preferred = str_eq(way, STR("declare")) ? SERVICE_DECLARE : str_eq(way, STR("cached")) ? SERVICE_CACHED : 0;
    struct dbr *r = req_read(q, e);
    for (size_t i = 0; r && preferred && i < s->takes.n; i++) {
        struct source_take *t = &s->takes.v[i];
        struct source_choice choice;
        const char *word = word_for(t, preferred);
        if (word && (sources_choice(&s->takes, t->paper->id, str_of(word), &choice, e) ||
                     sources_apply(r, &s->desk, &choice, q->now, t, e)))
            return -1;
    }
    return r ? 0 : -1;
}

static void see_what_is_open(struct kiosk_sources *s)
{
    unsigned some = 0;
    bool all = true;
    s->open = sources_open(&s->takes);
    for (size_t i = 0; i < s->takes.n; i++)
        if (source_is_open(&s->takes.v[i])) {
            some |= s->takes.v[i].offers;
            all = all && word_for(&s->takes.v[i], 0);
        }
    s->declare = all && (some & SERVICE_DECLARE);
    s->cached = all && (some & SERVICE_CACHED);
}

static void add_papers(struct arena *a, const struct kiosk_sources *s, struct case_new *file)
{
    struct case_paper_new *papers = arena_new_array(a, struct case_paper_new, s->takes.n + file->n_papers);
    size_t n = sources_papers(&s->takes, file->level, papers);
    for (size_t i = 0; i < file->n_papers; i++)
        papers[n++] = file->papers[i];
    file->papers = papers;
    file->n_papers = n;
}

int kiosk_sources_ask(struct req *q, const struct service_answers *answers, struct case_new *file, struct kiosk_sources *out,
                      struct err *e)
{
    *out = (struct kiosk_sources) { .desk = { .app = q->app,
                                              .arena = q->arena,
                                              .holder = STR("kiosk"), /* nothing is kept under it */
                                              .path = STR(""),
                                              .person = file->person,
                                              .answers = answers } };
    if (!file->person)
        return 0;
    if (ask(q, out, e) || take_way(q, out, e))
        return -1;
    see_what_is_open(out);
    add_papers(q->arena, out, file);
    return 0;
}

int kiosk_sources_record(struct req *q, struct tx *tx, const struct kiosk_sources *s, struct str device, struct err *e)
{
    struct audit_record rec = audit_of(q, STR("sources.asked"));
    rec.account_name = device;
    return s->takes.n == 0 ? 0 : sources_record(tx, &rec, &s->desk, &s->takes, e);
}
