/* filing.c: from what somebody said at the kiosk to a case. Used by the pages and, for what was taken while cut off, by the replay. */
#include "models/m02_kiosk/kiosk.h"

#include "engines/identity/identity.h"
#include "engines/people/people.h"

struct str kiosk_cannot(const struct service_def *def)
{
    if (def->level == SERVICE_INFO)
        return MSGS("Thủ tục này chưa làm trực tuyến được. Xin đến cửa, cán bộ sẽ hướng dẫn.");
    for (size_t i = 0; i < def->n_fields; i++)
        if (def->fields[i].type == SERVICE_FILE && def->fields[i].required)
            return MSGS("Thủ tục này cần nộp bản chụp giấy tờ, kiốt không nhận được. Xin đến cửa hoặc nộp trên điện thoại.");
    return STR("");
}

int kiosk_identify(struct req *q, struct str text, struct str name, struct str born, struct kiosk_held *held, struct err *e)
{
    struct identity_read id;
    struct day today = instant_day(q->now);
    int result = name.n > 0 ? identity_typed(q->arena, text, name, born, STR(""), STR("VNM"), today, &id, e)
                            : identity_parse(q->arena, text, today, &id, e);
    if (result)
        return -1;
    if (!pid_str(&id.pid).p)
        return ERR_SAY(e, ERR_FORM, MSGS("Kiốt cần thẻ căn cước có 12 số. Giấy tờ khác xin đưa ở cửa."), "no personal number");
    *held = (struct kiosk_held) { .name = id.name,
                                  .pid = str_dup(q->arena, pid_str(&id.pid)),
                                  .born = birth_iso(q->arena, id.born),
                                  .level = (int)id.level };
    return 0;
}

/* What the card says is already filled in. */
static void know_applicant(struct arena *a, const struct kiosk_held *held, struct day on, service_knowns *out)
{
    const struct {
        const char *name;
        struct str value;
    } all[] = { { "applicant.name", held->name }, { "applicant.pid", held->pid }, { "applicant.birth_day", held->born } };
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        if (all[i].value.n > 0 && (i < 2 || all[i].value.n == 10))
            *vec_push(a, out) = (struct service_known) {
                .name = str_of(all[i].name), .values = { all[i].value }, .source = MSGS("thẻ vừa đọc"), .as_of = on
            };
}

int kiosk_answers(struct req *q, const struct kiosk_held *held, struct service_answers *out, struct err *e)
{
    service_knowns known = { 0 };
    struct day on = instant_day(q->now);
    struct dbr *r = req_read(q, e);
    const struct service_def *def = r ? services_version(q->app, r, held->version, e) : NULL;
    if (!def)
        return -1;
    services_answers_init(out, q->arena, def, on);
    if (services_answers_places(out, r, e) || (held->answers.n > 0 && services_answers_read(out, held->answers, e)))
        return -1;
    know_applicant(q->arena, held, on, &known);
    services_prefill(out, &known);
    return 0;
}

/* ---- the case ---- */

/* Declarations are given by handing in; everything else the office fetches, or the person brings to the window. */
static void put_papers(struct arena *a, const struct service_answers *answers, struct case_new *out)
{
    service_places places = { 0 };
    services_papers(answers, &places);
    struct case_paper_new *papers = arena_new_array(a, struct case_paper_new, places.n);
    out->papers_needed = 0;
    for (size_t i = 0; i < places.n; i++) {
        const struct service_paper *p = &answers->def->papers[places.v[i]];
        out->papers_needed += p->required;
        if (p->source == SERVICE_DECLARATION)
            papers[out->n_papers++] = (struct case_paper_new) {
                .slot = p->id, .name = p->name, .kind = CASE_DECLARED, .body = STR("{\"declared\":true}")
            };
    }
    out->papers = papers;
}

/* Whom the register knows by these three; silently nobody otherwise. */
static int find_person(struct dbr *r, struct arena *a, const struct kiosk_held *held, struct case_new *out, struct err *e)
{
    struct person_claim claim = { .pid = out->pid, .name = held->name };
    enum person_match match;
    int64_t person;
    if (!birth_parse(str_or_empty(held->born), &claim.born))
        return 0;
    if (person_match(r, a, &claim, &match, &person, e))
        return -1;
    if (match == PERSON_DEAD)
        return ERR_SAY(e, ERR_FORM, MSGS("Thẻ này không dùng được ở kiốt. Xin đến cửa để cán bộ xem giúp."), "a dead person's card");
    out->person = match == PERSON_MATCH ? person : 0;
    return 0;
}

static int refuse_unfinished(const struct service_answers *answers, struct err *e)
{
    size_t page;
    int item;
    return services_next(answers, &page, &item)
               ? ERR_SAY(e, ERR_FORM, MSGS("Hồ sơ còn chỗ chưa điền xong. Xin xem các dòng ghi “Chưa điền”."), "unfinished")
               : 0;
}

int kiosk_case_new(const struct app *app, struct dbr *r, struct arena *a, const struct kiosk_held *held,
                   const struct service_answers *answers, const struct edge_device *d, struct case_new *out, struct err *e)
{
    *out = (struct case_new) { .unit = d->unit,
                               .channel = CASE_KIOSK,
                               .level = held->level,
                               .party = CASE_PERSON,
                               .name = held->name,
                               .acts_as = CASE_SELF,
                               .delivery = CASE_AT_COUNTER,
                               .code = case_code_new(a) };
    struct str cannot = kiosk_cannot(answers->def);
    if (cannot.n > 0)
        return ERR_SAY(e, ERR_FORM, cannot, "not at a kiosk");
    if (pid_parse(str_or_empty(held->pid), answers->on, &out->pid, e) || refuse_unfinished(answers, e) ||
        find_person(r, a, held, out, e) || case_from_answers(answers, out, e))
        return -1;
    put_papers(a, answers, out);
    return case_check(app, a, out, e);
}
