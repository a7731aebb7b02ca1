/* signature_page.c: a citizen asks for a digital signature of one's own, sees where the request stands, takes it back. */
#include "models/m22_digital_citizens/signature.h"

#include "gen/digital_citizens_pages.h"

#include <string.h>

static int check_provider(struct req *q, struct str value, struct err *e)
{
    const struct signature_provider *p = signature_provider_named(q->app, value);
    struct day today = instant_day(q->now);
    return p && p->since.n <= today.n && today.n < p->until.n
               ? 0
               : ERR_SAY(e, ERR_FORM, MSGS("Xin chọn một tổ chức chứng thực đang hoạt động trong danh sách."), "provider");
}

static const struct field signature_fields[] = {
    { .name = "provider",
      .type = FIELD_TEXT,
      .required = true,
      .max = 20,
      .label = MSG("Tổ chức chứng thực chữ ký số"),
      .check = check_provider },
    { .name = "agreed",
      .type = FIELD_CHECK,
      .required = true,
      .label = MSG("Tôi đồng ý gửi họ tên và số định danh của tôi cho tổ chức đã chọn để xin cấp chữ ký số") },
    { .name = NULL },
};
const struct form signature_form = { .name = "digital_signature", .fields = signature_fields };

struct field_view provider_field(struct html *h)
{
    const struct req *q = page_of(h)->q;
    const struct signature_providers *all = signature_providers_of(q->app);
    struct day today = instant_day(q->now);
    struct field_view f = field_of(h, &signature_form, "provider");
    f.type = FIELD_CHOICE;
    for (size_t i = 0; all && i < all->n; i++)
        if (all->v[i].since.n <= today.n && today.n < all->v[i].until.n)
            field_option(h, &f, all->v[i].code, all->v[i].name);
    return f;
}

struct str provider_name(struct html *h, struct str code)
{
    const struct signature_provider *p = signature_provider_named(page_of(h)->q->app, code);
    return p ? p->name : code;
}

static const struct {
    struct str title;
    enum tag_kind tag;
} states[] = {
    [SIGNATURE_WAITS] = { MSG("chờ gửi đi"), TAG_QUEUED },      [SIGNATURE_SENT] = { MSG("đã gửi, chờ tổ chức làm việc"), TAG_SENT },
    [SIGNATURE_ISSUED] = { MSG("đã cấp"), TAG_ACCEPTED },       [SIGNATURE_REFUSED] = { MSG("bị từ chối"), TAG_REFUSED },
    [SIGNATURE_TAKEN_BACK] = { MSG("đã rút lại"), TAG_VOID },
};

struct str signature_state_title(int64_t state)
{
    return state >= SIGNATURE_WAITS && state <= SIGNATURE_TAKEN_BACK ? states[state].title : STR("");
}

enum tag_kind signature_state_tag(int64_t state)
{
    return state >= SIGNATURE_WAITS && state <= SIGNATURE_TAKEN_BACK ? states[state].tag : TAG_PLAIN;
}

/* ---- the page ---- */

static int load(struct req *q, struct signature_view *v, struct resident *me, struct err *e)
{
    struct digital_marks_row marks;
    struct day today = instant_day(q->now);
    struct dbr *r = req_read(q, e);
    memset(v, 0, sizeof(*v));
    int got = r ? resident_by_pid(r, q->arena, q->actor->pid, today, me, e) : -1;
    if (got != 1)
        return got;
    struct digital_marks_in of = { .person = me->id, .on = today };
    if (digital_marks(r, q->arena, &of, &marks, e) < 0 ||
        digital_signatures_of(r, q->arena, &(struct digital_signatures_of_in) { .person = me->id }, &v->rows, e) != 0)
        return -1;
    v->linked = true;
    v->needs = (assets_needed(asset_ages_of(q->app), me->born, today) & asset_bit(ASSET_SIGNATURE)) != 0;
    v->holds = (marks.held & asset_bit(ASSET_SIGNATURE)) != 0;
    for (size_t i = 0; i < v->rows.n; i++)
        v->open = v->open || v->rows.v[i].state <= SIGNATURE_SENT;
    v->key = req_form_key(q);
    return 0;
}

int signature_get(struct req *q, struct res *s, struct err *e)
{
    struct signature_view v;
    struct resident me;
    if (load(q, &v, &me, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    digital_signature_page(&h, &v);
    return 0;
}

/* ---- asking ---- */

struct asking {
    struct resident me;
    int64_t request;
};

int signature_prepare(struct req *q, struct err *e)
{
    struct asking *w = arena_new(q->arena, struct asking);
    struct signature_view v;
    q->work = w;
    if (load(q, &v, &w->me, e) != 0)
        return -1;
    if (!v.linked || !v.needs)
        return ERR_SAY(e, ERR_FORM, MSGS("Chưa đến tuổi được xin chữ ký số, hoặc tài khoản chưa gắn với sổ dân cư."), "age");
    if (v.holds)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Bạn đã có chữ ký số còn hiệu lực."), "holds");
    if (v.open)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Đang có một yêu cầu chưa xong. Xin chờ, hoặc rút lại yêu cầu đó trước."), "open");
    return 0;
}

static struct audit_record record_of(struct req *q, struct str action, const struct resident *me, int64_t request)
{
    struct audit_record rec = audit_of(q, action);
    rec.subject = me->id;
    rec.unit = me->unit;
    rec.purpose = MSGS("Xin cấp chữ ký số cá nhân");
    rec.object = str_fmt(q->arena, "signature/%lld", (long long)request);
    return rec;
}

int signature_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct asking *w = q->work;
    struct digital_signature_ask_in in = { .person = w->me.id,
                                           .provider = req_form(q, "provider"),
                                           .asked_by = q->actor->account,
                                           .now = tx_now(tx),
                                           .mode = str_of(q->app->settings.mode) };
    int64_t id;
    if (digital_signature_ask(tx, &in, &id, e) != 0)
        return -1;
    struct audit_record rec = record_of(q, STR("digital.signature_asked"), &w->me, id);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

/* ---- taking back ---- */

int signature_back_prepare(struct req *q, struct err *e)
{
    struct asking *w = arena_new(q->arena, struct asking);
    struct signature_view v;
    q->work = w;
    if (!req_param_id(q, "id", &w->request) || load(q, &v, &w->me, e) != 0)
        return e->code != ERR_NONE ? -1 : ERR(e, ERR_NOT_FOUND, "signature request");
    for (size_t i = 0; i < v.rows.n; i++)
        if (v.rows.v[i].id == w->request)
            return 0;
    return ERR(e, ERR_NOT_FOUND, "signature request %lld is not this person's", (long long)w->request);
}

int signature_back_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct asking *w = q->work;
    int64_t changed;
    struct digital_signature_take_back_in in = { .id = w->request, .person = w->me.id, .changed_at = tx_now(tx) };
    struct audit_record rec = record_of(q, STR("digital.signature_taken_back"), &w->me, w->request);
    if (digital_signature_take_back(tx, &in, &changed, e) != 0)
        return -1;
    if (changed == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Yêu cầu này đã có kết quả, không rút lại được nữa."), "settled");
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int to_signature(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_redirect(s, STR("/my-signature"));
}
