/* own.c: an organisation's own page. Which one it is stands in the hat and nowhere in the form, so that nobody can appoint for another:
 * its representative appoints and withdraws agents, its agents see who else there is.
 */
#include "engines/organisations/pages.h"
#include "gen/organisations_pages.h"

#include "base/json.h"
#include "engines/people/people.h"

enum { AGENT_DAYS_MOST = 3 * 366 };

static const struct field agent_fields[] = {
    { .name = "pid", .type = FIELD_PID, .required = true, .label = MSG("Số định danh của người được cử") },
    { .name = "name", .type = FIELD_TEXT, .required = true, .max = 100, .label = MSG("Họ và tên") },
    { .name = "see", .type = FIELD_CHECK, .label = MSG("Xem hồ sơ của tổ chức") },
    { .name = "file", .type = FIELD_CHECK, .label = MSG("Nộp và bổ sung hồ sơ") },
    { .name = "pay", .type = FIELD_CHECK, .label = MSG("Nộp phí, lệ phí và nhận tiền") },
    { .name = "from", .type = FIELD_DAY, .required = true, .label = MSG("Từ ngày") },
    { .name = "until", .type = FIELD_DAY, .required = true, .label = MSG("Đến hết ngày"), .help = MSG("Nhiều nhất ba năm") },
    { .name = "basis", .type = FIELD_TEXT, .required = true, .min = 3, .max = 200, .label = MSG("Giấy uỷ quyền hoặc quyết định"),
      .help = MSG("Số và ngày của giấy; ví dụ: GUQ 05 ngày 20/11/2026") },
    { .name = NULL },
};
const struct form agent_form = { .name = "agent", .fields = agent_fields };

/* A role that stands for no organisation shows none. */
static int own_id(const struct req *q, int64_t *id, struct err *e)
{
    *id = hat_of(q).organisation;
    return *id != 0 ? 0 : ERR_SAY(e, ERR_NOT_FOUND, MSGS("Tư cách đang dùng không gắn với tổ chức nào."), "no organisation");
}

int own_organisation_get(struct req *q, struct res *s, struct err *e)
{
    struct organisation_view v;
    int64_t id;
    if (own_id(q, &id, e) != 0 || organisation_view_load(q, id, &v, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    own_organisation(&h, &v, req_may(q, MAY_APPOINT, NULL, 0) != NULL);
    return 0;
}

/* ---- appointing ---- */

static struct str scope_ticked(struct req *q)
{
    struct buf b;
    const struct agent_scope *s;
    buf_init(&b, q->arena, 100);
    for (size_t i = 0; (s = agent_scope_at(i)); i++)
        if (req_form_has(q, s->word)) {
            buf_put(&b, b.n > 0 ? STR(" ") : STR(""));
            buf_put(&b, str_of(s->word));
        }
    return b.n > 0 ? buf_str(&b) : STR("");
}

static int check_days(struct req *q, const struct part_new *w, struct err *e)
{
    if (w->from.n < instant_day(q->now).n)
        return req_refuse_field(q, e, "from", MSGS("Việc cử bắt đầu từ hôm nay trở đi."));
    if (w->until.n <= w->from.n || w->until.n - w->from.n > AGENT_DAYS_MOST)
        return req_refuse_field(q, e, "until", MSGS("Ngày cuối phải sau ngày đầu và không quá ba năm."));
    return 0;
}

static int check_person(struct req *q, struct part_new *w, struct err *e)
{
    struct person p;
    if (person_of_form(q, "pid", "name", &p, e) != 0)
        return -1;
    if (p.id == q->actor->person)
        return req_refuse_field(q, e, "pid", MSGS("Không thể tự cử chính mình: người đại diện đã làm được mọi việc của tổ chức."));
    if (majority_day(p.born).n > instant_day(q->now).n)
        return req_refuse_field(q, e, "pid", MSGS("Người được cử phải đủ 18 tuổi."));
    w->person = p.id;
    w->name = p.name;
    return 0;
}

int agent_prepare(struct req *q, struct err *e)
{
    struct part_new *w = arena_new(q->arena, struct part_new);
    q->work = w;
    w->part = PART_AGENT;
    w->from = req_form_day(q, "from");
    w->until.n = req_form_day(q, "until").n + 1;
    w->scope = scope_ticked(q);
    w->basis = req_form(q, "basis");
    w->given_name = q->actor->name;
    if (own_id(q, &w->organisation, e) != 0)
        return -1;
    if (w->scope.n == 0)
        return req_refuse_field(q, e, "see", MSGS("Xin chọn ít nhất một việc mà người này được làm."));
    return check_days(q, w, e) != 0 ? -1 : check_person(q, w, e);
}

static struct str part_detail(struct arena *a, const struct part_new *p)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, a, 1500);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "basis", p->basis);
    json_out_str(&j, "from", day_iso(a, p->from));
    json_out_str(&j, "scope", p->scope);
    json_out_str(&j, "until", day_iso(a, p->until));
    json_out_end(&j);
    return buf_str(&b);
}

int agent_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct part_new *w = q->work;
    struct audit_record rec = audit_of(q, STR("organisations.agent_appointed"));
    int64_t id;
    if (organisation_part_give(tx, q->arena, w, &id, e) != 0)
        return e->code == ERR_CONFLICT ? req_refuse_field(q, e, "pid", err_sentence(e)) : -1;
    rec.object = str_fmt(q->arena, "organisation/%lld/part/%lld", (long long)w->organisation, (long long)id);
    rec.subject = w->person;
    rec.purpose = MSGS("Cử người làm việc thay tổ chức");
    rec.detail = part_detail(q->arena, w);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

/* ---- withdrawing ---- */

int agent_end_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t organisation, part;
    if (own_id(q, &organisation, e) != 0)
        return -1;
    if (!req_param_id(q, "id", &part))
        return ERR(e, ERR_NOT_FOUND, "part id");
    struct audit_record rec = audit_of(q, STR("organisations.agent_withdrawn"));
    rec.object = str_fmt(q->arena, "organisation/%lld/part/%lld", (long long)organisation, (long long)part);
    return organisation_agent_end(tx, q->arena, organisation, part, e) != 0 ? -1 : audit_write(tx, q->arena, &rec, NULL, e);
}

int own_organisation_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_redirect(s, STR("/organisation"));
}
