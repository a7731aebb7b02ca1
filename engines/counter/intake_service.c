/* intake_service.c: which service, found by plain words; then what the register knows of a matched person goes into its form. That
 * look has a purpose, the service's name, and the person sees it.
 */
#include "engines/counter/intake.h"

#include "gen/counter_pages.h"

enum { HITS = 8 };

static const struct field service_fields[] = {
    { .name = "code", .type = FIELD_HIDDEN, .max = 20, .required = true },
    { .name = NULL },
};
const struct form intake_service_form = { .name = "counter_service", .fields = service_fields };

int intake_service_get(struct req *q, struct res *s, struct err *e)
{
    struct intake_service_view v = { .search = str_trim(str_or_empty(req_query(q, "q"))), .key = req_form_key(q) };
    struct dbr *r = req_read(q, e);
    if (!r || intake_find(q, &v.k, e))
        return -1;
    v.searched = v.search.n > 0;
    v.who = intake_who(q->arena, &v.k);
    v.action = intake_path(q->arena, v.k.row.id, "/service");
    if (v.searched && services_search(q->app, r, q->arena, v.search, instant_day(q->now), HITS, &v.hits, e))
        return -1;
    struct html h = res_html(q, s);
    counter_intake_service(&h, &v);
    return 0;
}

struct choosing {
    struct intake k;
    const struct service_def *def;
    struct person person;
    bool looks;
};

static int find_service(struct req *q, struct dbr *r, struct choosing *w, struct err *e)
{
    int got = services_in_force(q->app, r, req_form(q, "code"), instant_day(q->now), &w->def, e);
    if (got < 0)
        return -1;
    if (got == 0)
        return ERR_SAY(e, ERR_NOT_FOUND,
                       MSGS("Hôm nay không có dịch vụ nào mang mã này. Xin tìm trong danh mục dịch vụ công."), "service");
    if (w->def->level == SERVICE_INFO)
        return ERR_SAY(e, ERR_CONFLICT, w->def->reason.n ? w->def->reason : MSGS("Thủ tục này chưa nhận hồ sơ ở đây."),
                       "no intake for %.*s", STR_ARG(w->def->code));
    return 0;
}

int intake_service_prepare(struct req *q, struct err *e)
{
    struct choosing *w = q->work = arena_new(q->arena, struct choosing);
    struct dbr *r = req_read(q, e);
    service_knowns known = { 0 };
    if (!r || intake_find(q, &w->k, e) || find_service(q, r, w, e))
        return -1;
    struct day today = instant_day(w->k.row.made_at);
    services_answers_init(&w->k.answers, q->arena, w->def, today);
    int got = w->k.row.has_person ? person_by_id(r, q->arena, w->k.row.person, &w->person, e) : 0;
    w->looks = got == 1;
    if (got < 0 || (w->looks && services_know_person(r, q->arena, "applicant", &w->person, today, &known, e)))
        return -1;
    services_prefill(&w->k.answers, &known);
    return services_answers_json(&w->k.answers, &w->k.row.answers, e);
}

int intake_service_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct choosing *w = q->work;
    int64_t changed;
    struct audit_record rec = audit_of(q, STR("counter.service_chosen"));
    struct counter_intake_serve_in in = { .id = w->k.row.id,
                                          .seen = w->k.row.revision,
                                          .service = w->def->code,
                                          .version_id = w->def->id,
                                          .answers = w->k.row.answers };
    struct counter_intake_papers_drop_in papers = { .intake = w->k.row.id };
    if (counter_intake_serve(tx, &in, &changed, e) || counter_intake_papers_drop(tx, &papers, NULL, e))
        return -1;
    if (changed != 1)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Lần nhận này vừa được sửa từ cửa sổ khác. Xin tải lại trang."), "intake");
    rec.unit = w->k.row.unit;
    rec.object = str_fmt(q->arena, "intake/%lld", (long long)w->k.row.id);
    if (w->looks) {
        rec.subject = w->person.id;
        rec.purpose = w->def->name;
    }
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int intake_service_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/counter/intake/%.*s/form", STR_ARG(req_param(q, "id"))));
}
