/* admin.c: the administrator's accounts and roles. */
#include "engines/accounts/accounts_pages.h"
#include "gen/accounts_pages.h"

#include "base/text.h"

#include <string.h>

enum { PAGE_ROWS = 50 };

static int check_role(struct req *q, struct str value, struct err *e)
{
    const struct role *role = role_by_name(q->app, value);
    if (!role || role->held_for != HELD_FOR_SELF)
        return ERR_SAY(e, ERR_FORM, MSGS("Không có vai trò này."), "role");
    return 0;
}

static int agencies_today(struct req *q, struct agency_choice **out, size_t *n, struct err *e)
{
    *n = 0;
    for (const struct module *const *m = q->app->modules; *m; m++)
        if ((*m)->agencies)
            return (*m)->agencies(q, out, n, e);
    return 0;
}

static int check_agency(struct req *q, struct str value, struct err *e)
{
    struct agency_choice *all;
    size_t n;
    if (agencies_today(q, &all, &n, e) != 0)
        return -1;
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].code, value))
            return 0;
    return ERR_SAY(e, ERR_FORM, MSGS("Không có cơ quan này, hoặc cơ quan đã chấm dứt hoạt động."), "agency");
}

static const struct field account_fields[] = {
    { .name = "login", .type = FIELD_TEXT, .required = true, .min = 3, .max = 40, .label = MSG("Tên đăng nhập"),
      .help = MSG("Chữ thường không dấu, chữ số, dấu . - _") },
    { .name = "name", .type = FIELD_TEXT, .required = true, .max = 100, .label = MSG("Họ và tên") },
    { .name = NULL },
};
const struct form account_form = { .name = "account", .fields = account_fields };

static const struct field grant_fields[] = {
    { .name = "role", .type = FIELD_TEXT, .required = true, .max = 40, .label = MSG("Vai trò"), .check = check_role },
    { .name = "territory", .type = FIELD_TEXT, .max = 10, .label = MSG("Mã địa bàn"),
      .help = MSG("Mã xã hoặc huyện; để trống nếu vai trò không theo địa bàn") },
    { .name = "facility", .type = FIELD_INT, .max = 100000000, .min = 1, .label = MSG("Số cơ sở"),
      .help = MSG("Chỉ cho vai trò của cơ sở") },
    { .name = "agency", .type = FIELD_TEXT, .max = 40, .label = MSG("Cơ quan"), .check = check_agency,
      .help = MSG("Chỉ cho vai trò của một cơ quan") },
    { .name = "from", .type = FIELD_DAY, .required = true, .label = MSG("Từ ngày") },
    { .name = "until", .type = FIELD_DAY, .label = MSG("Đến hết ngày"), .help = MSG("Để trống nếu chưa biết") },
    { .name = NULL },
};
const struct form grant_form = { .name = "grant", .fields = grant_fields };


static const struct field grant_end_fields[] = {
    { .name = "grant", .type = FIELD_INT, .required = true, .min = 1, .max = 2000000000, .label = MSG("Vai trò") },
    { .name = NULL },
};
const struct form grant_end_form = { .name = "grant_end", .fields = grant_end_fields };

static const struct field account_switch_fields[] = {
    { .name = "active", .type = FIELD_CHECK, .label = MSG("Đang hoạt động") },
    { .name = NULL },
};
const struct form account_switch_form = { .name = "account_switch", .fields = account_switch_fields };

struct field_view role_field(struct html *h, const struct app *app)
{
    struct field_view f = field_of(h, &grant_form, "role");
    f.type = FIELD_CHOICE;
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct role *r = (*m)->roles; r && r->name; r++)
            if (r->held_for == HELD_FOR_SELF)
                field_option(h, &f, str_of(r->name), r->title);
    return field_select(f);
}

struct field_view agency_field(struct html *h, const struct account_view *v)
{
    struct field_view f = field_of(h, &grant_form, "agency");
    f.type = FIELD_CHOICE;
    field_option(h, &f, STR(""), MSGS("Không thuộc cơ quan nào"));
    for (size_t i = 0; i < v->n_agencies; i++)
        field_option(h, &f, v->agencies[i].code, v->agencies[i].name);
    return field_select(f);
}

int accounts_get(struct req *q, struct res *s, struct err *e)
{
    struct accounts_view v = { .query = req_query(q, "q") };
    struct accounts_search_in in = { .key = v.query.n ? text_fold(q->arena, v.query) : STR(""), .most = PAGE_ROWS };
    struct dbr *r = req_read(q, e);
    if (!str_to_i64(req_query(q, "after"), &in.after))
        in.after = 0;
    if (!r || accounts_search(r, q->arena, &in, &v.accounts, e) != 0)
        return -1;
    if (v.accounts.n == PAGE_ROWS)
        v.next_href = str_fmt(q->arena, "/admin/accounts?after=%lld", (long long)v.accounts.v[PAGE_ROWS - 1].id);
    struct html h = res_html(q, s);
    accounts(&h, &v);
    return 0;
}

int account_new_get(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct html h = res_html(q, s);
    account_new_page(&h, req_form_key(q));
    return 0;
}

static struct grant_view grant_shown(const struct req *q, const struct grants_of_account_row *g)
{
    const struct role *role = role_by_name(q->app, g->role);
    struct day today = instant_day(q->now), open_end;
    day_from_ymd(9999, 12, 31, &open_end);
    return (struct grant_view){ .id = g->id, .role_title = role ? role->title : g->role, .territory = g->territory,
                                .facility = g->has_facility ? g->facility : 0, .agency = g->agency, .behalf = g->behalf,
                                .elsewhere = g->source.n > 0, .from = g->from_day,
                                .until = { g->until_day.n - 1 }, .open_end = g->until_day.n >= open_end.n,
                                .in_force = g->from_day.n <= today.n && g->until_day.n > today.n,
                                .over = g->until_day.n <= today.n };
}

static int account_load(struct req *q, int64_t id, struct account_view *v, struct err *e)
{
    struct grants_of_account_rows grants;
    struct dbr *r = req_read(q, e);
    int found = r ? account_by_id(r, q->arena, &(struct account_by_id_in){ .id = id }, &v->account, e) : -1;
    if (found < 0 || (found == 1 && grants_of_account(r, q->arena, &(struct grants_of_account_in){ .account = id }, &grants, e) != 0))
        return -1;
    if (found == 0)
        return ERR(e, ERR_NOT_FOUND, "account %lld", (long long)id);
    v->grants.v = arena_new_array(q->arena, struct grant_view, grants.n);
    v->grants.n = grants.n;
    for (size_t i = 0; i < grants.n; i++)
        v->grants.v[i] = grant_shown(q, &grants.v[i]);
    v->today = instant_day(q->now);
    v->key = req_form_key(q);
    return agencies_today(q, &v->agencies, &v->n_agencies, e);
}

int account_get(struct req *q, struct res *s, struct err *e)
{
    int64_t id;
    struct account_view v;
    memset(&v, 0, sizeof(v));
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "account id");
    if (account_load(q, id, &v, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    account_page(&h, &v, q->app);
    return 0;
}

static int record(struct req *q, struct tx *tx, struct str action, int64_t account, struct err *e)
{
    struct audit_record rec = audit_of(q, action);
    rec.object = str_fmt(q->arena, "account/%lld", (long long)account);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int account_new_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id;
    struct account_new in = { .login = req_form(q, "login"), .name = req_form(q, "name") };
    if (account_create(tx, q->arena, &in, &id, e) != 0) {
        if (e->code == ERR_CONFLICT)
            return req_refuse_field(q, e, "login", MSGS("Đã có tài khoản mang tên đăng nhập này."));
        return -1;
    }
    req_outcome(q, str_fmt(q->arena, "%lld", (long long)id));
    return record(q, tx, STR("accounts.created"), id, e);
}

int account_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/admin/accounts/%.*s", STR_ARG(q->outcome)));
}

int account_invite_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id;
    struct str token;
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "account id");
    struct account_unopened_row state;
    int found = account_unopened(tx_reader(tx), q->arena, &(struct account_unopened_in){ .id = id }, &state, e);
    if (found < 0)
        return -1;
    if (found == 0)
        return ERR(e, ERR_NOT_FOUND, "account %lld", (long long)id);
    if (!state.unopened) /* one administrator alone must not be able to take an account over */
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Tài khoản này đã có mật khẩu. Lấy lại một tài khoản đang dùng cần hai cán bộ hỗ trợ ở quầy."), "in use");
    if (account_invite(tx, q->arena, id, &token, e) != 0)
        return -1;
    q->work = arena_new(q->arena, struct str);
    *(struct str *)q->work = token;
    req_outcome(q, req_param(q, "id"));
    return record(q, tx, STR("accounts.invited"), id, e);
}

/* The link is shown once, on this page only; the store keeps its hash. */
int account_invite_reply(struct req *q, struct res *s, struct err *e)
{
    int64_t id;
    struct account_view v;
    memset(&v, 0, sizeof(v));
    if (q->replayed || !str_to_i64(q->outcome, &id))
        return account_reply(q, s, e);
    if (account_load(q, id, &v, e) != 0)
        return -1;
    v.invite_href = str_fmt(q->arena, "%s/invite/%.*s", q->app->settings.base_url, STR_ARG(*(const struct str *)q->work));
    struct html h = res_html(q, s);
    account_page(&h, &v, q->app);
    return 0;
}

int account_switch_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id, changed;
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "account id");
    bool active = req_form_has(q, "active");
    if (id == q->actor->account && !active)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Không thể tự khoá tài khoản của chính mình."), "own account");
    struct account_active_set_in set = { .active = active, .id = id };
    if (account_active_set(tx, &set, &changed, e) != 0 || (!active && sessions_end(tx, id, 0, e) != 0))
        return -1;
    if (changed == 0)
        return ERR(e, ERR_NOT_FOUND, "account %lld", (long long)id);
    req_outcome(q, req_param(q, "id"));
    return record(q, tx, active ? STR("accounts.opened") : STR("accounts.closed"), id, e);
}

int grant_add_prepare(struct req *q, struct err *e)
{
    const struct role *role = role_by_name(q->app, req_form(q, "role"));
    struct grant_new *g = arena_new(q->arena, struct grant_new);
    q->work = g;
    g->role = req_form(q, "role");
    g->from = req_form_day(q, "from");
    day_from_ymd(9999, 12, 31, &g->until);
    if (req_form_has(q, "until"))
        g->until.n = req_form_day(q, "until").n + 1;
    if (g->until.n <= g->from.n)
        return req_refuse_field(q, e, "until", MSGS("Ngày kết thúc vai trò phải sau ngày bắt đầu."));
    if (role->territorial != req_form_has(q, "territory"))
        return req_refuse_field(q, e, "territory",
                                role->territorial ? MSGS("Vai trò này cần mã địa bàn.")
                                                  : MSGS("Vai trò này không theo địa bàn."));
    if (role->facility != req_form_has(q, "facility"))
        return req_refuse_field(q, e, "facility",
                                role->facility ? MSGS("Vai trò này cần số cơ sở.")
                                               : MSGS("Vai trò này không gắn với cơ sở."));
    if (role->territorial && !unit_code_parse(req_form(q, "territory"), &g->territory))
        return req_refuse_field(q, e, "territory", MSGS("Mã địa bàn gồm 2 đến 10 chữ số."));
    if (role->agency != req_form_has(q, "agency"))
        return req_refuse_field(q, e, "agency",
                                role->agency ? MSGS("Vai trò này cần một cơ quan.") : MSGS("Vai trò này không gắn với cơ quan."));
    if (role->facility)
        g->facility = req_form_int(q, "facility");
    if (role->agency)
        g->agency = req_form(q, "agency");
    return 0;
}

int grant_add_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id;
    struct grant_new g = *(const struct grant_new *)q->work;
    if (!req_param_id(q, "id", &g.account))
        return ERR(e, ERR_NOT_FOUND, "account id");
    g.by = q->actor->account;
    if (grant_create(tx, &g, &id, e) != 0)
        return -1;
    req_outcome(q, req_param(q, "id"));
    return record(q, tx, STR("accounts.role_given"), g.account, e);
}

int grant_end_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id, changed;
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "account id");
    struct grant_end_in in = { .until_day = instant_day(tx_now(tx)), .id = req_form_int(q, "grant"), .account = id };
    if (grant_end(tx, &in, &changed, e) != 0)
        return -1;
    if (changed == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Vai trò này đã kết thúc, hoặc do một sổ khác trao và chỉ kết thúc ở đó."), "grant over");
    req_outcome(q, req_param(q, "id"));
    return record(q, tx, STR("accounts.role_ended"), id, e);
}
