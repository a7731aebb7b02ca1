/* delegation.c: uỷ quyền: an officer lets another act in one role for some days. Both see it; it ends by itself on its last day, or when
 * the one who gave it no longer holds the role; nobody gives it on; every act in it is recorded as "B thay A".
 */
#include "engines/accounts/accounts_pages.h"
#include "gen/accounts_pages.h"

#include <string.h>

enum { DELEGATION_DAYS_MOST = 90, SHOWN_DAYS = 366 };

static const struct field delegation_fields[] = {
    { .name = "grant", .type = FIELD_INT, .required = true, .min = 1, .max = 2147483647, .label = MSG("Vai trò uỷ quyền") },
    { .name = "login", .type = FIELD_TEXT, .required = true, .max = 40, .label = MSG("Uỷ quyền cho (tên đăng nhập)") },
    { .name = "from", .type = FIELD_DAY, .required = true, .label = MSG("Từ ngày") },
    { .name = "until", .type = FIELD_DAY, .required = true, .label = MSG("Đến hết ngày"), .help = MSG("Nhiều nhất 90 ngày") },
    { .name = "reason", .type = FIELD_TEXT, .required = true, .min = 5, .max = 200, .label = MSG("Lý do"),
      .help = MSG("Ví dụ: đi công tác, nghỉ phép; số quyết định nếu có") },
    { .name = NULL },
};
const struct form delegation_form = { .name = "delegation", .fields = delegation_fields };

/* What may do harm, and what is one's own, is nobody else's for a day either. */
static bool may_be_delegated(const struct app *app, struct str name)
{
    static const char *const own[] = { "citizen", "system.admin", "staff.provision" };
    const struct role *role = role_by_name(app, name);
    for (size_t i = 0; role && i < sizeof(own) / sizeof(own[0]); i++)
        if (strcmp(role->function, own[i]) == 0)
            return false;
    return role && !role->passkey;
}

/* ---- the page ---- */

static struct str title_of(const struct req *q, struct str role)
{
    const struct role *r = role_by_name(q->app, role);
    return r ? r->title : role;
}

static int load(struct req *q, struct delegations_view *v, struct err *e)
{
    struct grants_own_rows own;
    struct dbr *r = req_read(q, e);
    struct day today = instant_day(q->now);
    struct delegations_of_in in = { .account = q->actor->account, .since = { today.n - SHOWN_DAYS } };
    memset(v, 0, sizeof(*v));
    if (!r || grants_own(r, q->arena, &(struct grants_own_in){ .account = in.account, .today = today }, &own, e) != 0 ||
        delegations_of(r, q->arena, &in, &v->rows, e) != 0)
        return -1;
    v->own = arena_new_array(q->arena, struct delegable, own.n);
    for (size_t i = 0; i < own.n; i++)
        if (may_be_delegated(q->app, own.v[i].role))
            v->own[v->n_own++] = (struct delegable){ own.v[i].id, title_of(q, own.v[i].role), own.v[i].territory, own.v[i].agency };
    v->me = q->actor->account;
    v->today = today;
    v->key = req_form_key(q);
    v->q = q;
    return 0;
}

struct str delegation_role_title(const struct delegations_view *v, struct str role)
{
    return title_of(v->q, role);
}

struct field_view delegation_grant_field(struct html *h, const struct delegations_view *v)
{
    struct field_view f = field_of(h, &delegation_form, "grant");
    f.type = FIELD_CHOICE;
    for (size_t i = 0; i < v->n_own; i++) {
        const struct delegable *g = &v->own[i];
        struct str place = g->agency.n > 0 ? g->agency : unit_code_str(&g->territory), title = tr(h->lang, g->title);
        field_option(h, &f, str_fmt(h->arena, "%lld", (long long)g->id),
                     place.n > 0 ? str_fmt(h->arena, "%.*s, %.*s", STR_ARG(title), STR_ARG(place)) : title);
    }
    return field_select(f);
}

int delegations_get(struct req *q, struct res *s, struct err *e)
{
    struct delegations_view v;
    if (load(q, &v, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    delegations(&h, &v);
    return 0;
}

/* ---- giving ---- */

struct delegating {
    struct grants_own_row grant;
    int64_t to;
    struct day from, until;
};

static int find_grant(struct req *q, struct dbr *r, struct delegating *w, struct err *e)
{
    struct grants_own_rows own;
    struct grants_own_in in = { .account = q->actor->account, .today = instant_day(q->now) };
    if (grants_own(r, q->arena, &in, &own, e) != 0)
        return -1;
    for (size_t i = 0; i < own.n; i++)
        if (own.v[i].id == req_form_int(q, "grant") && may_be_delegated(q->app, own.v[i].role)) {
            w->grant = own.v[i];
            return 0;
        }
    return req_refuse_field(q, e, "grant",
                            MSGS("Vai trò này không uỷ quyền được: bạn không giữ nó, hoặc nó chỉ dành cho chính người giữ."));
}

/* An officer: whoever holds any role but the citizen's. */
static int find_officer(struct req *q, struct dbr *r, struct delegating *w, struct err *e)
{
    struct officer_of_login_row row;
    struct officer_of_login_in in = { .login = req_form(q, "login"), .today = instant_day(q->now) };
    int got = officer_of_login(r, q->arena, &in, &row, e);
    if (got < 0)
        return -1;
    if (got == 0)
        return req_refuse_field(q, e, "login", MSGS("Không có cán bộ nào đang công tác mang tên đăng nhập này."));
    if (row.id == q->actor->account)
        return req_refuse_field(q, e, "login", MSGS("Không thể uỷ quyền cho chính mình."));
    w->to = row.id;
    return 0;
}

int delegation_prepare(struct req *q, struct err *e)
{
    struct delegating *w = arena_new(q->arena, struct delegating);
    struct dbr *r = req_read(q, e);
    q->work = w;
    w->from = req_form_day(q, "from");
    w->until.n = req_form_day(q, "until").n + 1;
    if (!r || find_grant(q, r, w, e) != 0)
        return -1;
    if (w->from.n < instant_day(q->now).n)
        return req_refuse_field(q, e, "from", MSGS("Uỷ quyền bắt đầu từ hôm nay trở đi."));
    if (w->until.n <= w->from.n || w->until.n - w->from.n > DELEGATION_DAYS_MOST)
        return req_refuse_field(q, e, "until", MSGS("Ngày cuối phải sau ngày đầu và không quá 90 ngày."));
    return find_officer(q, r, w, e);
}

int delegation_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct delegating *w = q->work;
    struct delegation_insert_in in = { .account = w->to, .role = w->grant.role, .territory = w->grant.territory,
                                       .has_facility = w->grant.has_facility, .facility = w->grant.facility,
                                       .agency = w->grant.agency, .from_day = w->from, .until_day = w->until,
                                       .given_by = q->actor->account, .given_at = tx_now(tx), .instead_of = w->grant.id,
                                       .reason = req_form(q, "reason") };
    struct audit_record rec = audit_of(q, STR("accounts.delegated"));
    int64_t id;
    if (hats_keep(tx, w->to, e) != 0 || delegation_insert(tx, &in, &id, e) != 0)
        return -1;
    rec.role = w->grant.role;
    rec.object = str_fmt(q->arena, "grant/%lld", (long long)id);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int delegation_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_redirect(s, STR("/delegations"));
}

/* ---- ending: either of the two ---- */

int delegation_end_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id, changed;
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "delegation id");
    struct delegation_end_in in = { .until_day = instant_day(tx_now(tx)), .id = id, .account = q->actor->account };
    struct audit_record rec = audit_of(q, STR("accounts.delegation_ended"));
    rec.object = str_fmt(q->arena, "grant/%lld", (long long)id);
    if (delegation_end(tx, &in, &changed, e) != 0)
        return -1;
    return changed == 1 ? audit_write(tx, q->arena, &rec, NULL, e)
                        : ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không có uỷ quyền này, hoặc nó đã kết thúc."), "delegation");
}

struct day delegation_last_day(struct day until)
{
    return (struct day){ until.n - 1 };
}
