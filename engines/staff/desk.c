/* desk.c: the administrator's list of officers, departures that wait for a person, and the programs that may keep the list. */
#include "engines/staff/pages.h"

#include "base/text.h"
#include "engines/accounts/accounts.h"
#include "gen/staff_pages.h"

#include <string.h>

enum { PAGE_ROWS = 50, TOKEN_DAYS = 365 };

struct str staff_change_label(enum staff_change_kind k)
{
    static const struct str labels[] = { MSG("mới đến"), MSG("thay đổi"), MSG("nghỉ") };
    return k < STAFF_CHANGES_ ? labels[k] : STR("");
}

enum tag_kind staff_change_tag(enum staff_change_kind k)
{
    static const enum tag_kind kinds[] = { TAG_ACCEPTED, TAG_QUEUED, TAG_VOID };
    return k < STAFF_CHANGES_ ? kinds[k] : TAG_PLAIN;
}

/* ---- officers ---- */

int staff_list_get(struct req *q, struct res *s, struct err *e)
{
    struct staff_list_view v;
    struct staff_held_waiting_rows held;
    memset(&v, 0, sizeof(v));
    v.query = req_query(q, "q").p ? req_query(q, "q") : STR("");
    struct staff_search_in in = { .key = text_fold(q->arena, v.query), .text = v.query, .most = PAGE_ROWS };
    struct dbr *r = req_read(q, e);
    if (!str_to_i64(req_query(q, "after"), &in.after))
        in.after = 0;
    if (!r || staff_search(r, q->arena, &in, &v.staff, e) != 0 || staff_held_waiting(r, q->arena, &held, e) != 0)
        return -1;
    if (v.staff.n == PAGE_ROWS)
        v.next_href = str_fmt(q->arena, "/admin/staff?after=%lld", (long long)v.staff.v[PAGE_ROWS - 1].id);
    v.held = (int64_t)held.n;
    v.key = req_form_key(q);
    struct html h = res_html(q, s);
    staff_list_page(&h, &v);
    return 0;
}

static const struct field switch_fields[] = {
    { .name = "staff", .type = FIELD_INT, .required = true, .min = 1, .max = 2147483647, .label = MSG("Cán bộ") },
    { .name = NULL },
};
const struct form staff_switch_form = { .name = "staff_switch", .fields = switch_fields };

int staff_return_write(struct req *q, struct tx *tx, struct err *e)
{
    struct staff_acting act = { .app = q->app, .tx = tx, .a = q->arena, .by = audit_of(q, STR("staff.returned")) };
    return staff_return(&act, req_form_int(q, "staff"), e);
}

int to_staff(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_redirect(s, STR("/admin/staff"));
}

/* ---- departures that wait ---- */

int staff_held_get(struct req *q, struct res *s, struct err *e)
{
    struct staff_held_view v;
    struct dbr *r = req_read(q, e);
    memset(&v, 0, sizeof(v));
    if (!r || staff_held_waiting(r, q->arena, &v.held, e) != 0)
        return -1;
    v.key = req_form_key(q);
    struct html h = res_html(q, s);
    staff_held_page(&h, &v);
    return 0;
}

static const struct choice held_choices[] = {
    { "leave", MSG("Đúng, những người đã chọn nghỉ việc") },
    { "stay", MSG("Không, giữ lại những người đã chọn") },
    { .value = NULL },
};
static const struct field held_fields[] = {
    { .name = "held", .type = FIELD_INT, .many = true, .min = 1, .max = 2147483647, .label = MSG("Người") },
    { .name = "what", .type = FIELD_CHOICE, .required = true, .choices = held_choices, .label = MSG("Quyết định") },
    { .name = NULL },
};
const struct form staff_held_form = { .name = "staff_held", .fields = held_fields };

static int settle(struct req *q, struct staff_acting *act, const struct staff_held_waiting_row *h, bool leave, struct err *e)
{
    struct staff_held_settle_in in = {
        .state = leave ? 2 : 3, .settled_by = q->actor->account, .settled_at = tx_now(act->tx), .id = h->id
    };
    if (staff_held_settle(act->tx, &in, NULL, e) != 0)
        return -1;
    return leave ? staff_leave(act, h->staff, false, e) : 0;
}

int staff_held_write(struct req *q, struct tx *tx, struct err *e)
{
    struct staff_held_waiting_rows rows;
    struct staff_acting act = { .app = q->app, .tx = tx, .a = q->arena, .by = audit_of(q, STR("staff.held_settled")) };
    bool leave = str_eq(req_form(q, "what"), STR("leave"));
    int64_t id, settled = 0;
    if (staff_held_waiting(tx_reader(tx), q->arena, &rows, e) != 0)
        return -1;
    for (size_t i = 0; str_to_i64(req_form_nth(q, "held", i), &id); i++)
        for (size_t k = 0; k < rows.n; k++)
            if (rows.v[k].id == id) {
                if (settle(q, &act, &rows.v[k], leave, e) != 0)
                    return -1;
                settled++;
            }
    if (settled == 0)
        return req_refuse_field(q, e, "held", MSGS("Chưa chọn ai. Xin đánh dấu những người cần quyết định."));
    act.by.detail = str_fmt(q->arena, "{\"leave\":%s,\"people\":%lld}", leave ? "true" : "false", (long long)settled);
    return audit_write(tx, q->arena, &act.by, NULL, e);
}

int to_staff_held(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_redirect(s, STR("/admin/staff/held"));
}

/* ---- programs ---- */

static const struct field client_fields[] = {
    { .name = "login",
      .type = FIELD_TEXT,
      .required = true,
      .min = 3,
      .max = 40,
      .label = MSG("Tên đăng nhập của phần mềm"),
      .help = MSG("Chữ thường không dấu, chữ số, dấu . - _") },
    { .name = "name",
      .type = FIELD_TEXT,
      .required = true,
      .max = 100,
      .label = MSG("Tên phần mềm"),
      .help = MSG("Ví dụ: Phần mềm quản lý cán bộ, Sở Nội vụ") },
    { .name = NULL },
};
const struct form staff_client_form = { .name = "staff_client", .fields = client_fields };
static const struct field client_end_fields[] = {
    { .name = "account", .type = FIELD_INT, .required = true, .min = 1, .max = 2147483647, .label = MSG("Phần mềm") },
    { .name = NULL },
};
const struct form staff_client_end_form = { .name = "staff_client_end", .fields = client_end_fields };

static int show_clients(struct req *q, struct res *s, struct str token, struct err *e)
{
    struct staff_clients_view v;
    struct dbr *r = req_read(q, e);
    memset(&v, 0, sizeof(v));
    if (!r || accounts_of_role(r, q->arena, STR("hr_system"), &v.clients, e) != 0)
        return -1;
    v.key = req_form_key(q);
    v.token = token;
    v.base = str_fmt(q->arena, "%s/scim/v2", q->app->settings.base_url);
    struct html h = res_html(q, s);
    staff_clients_page(&h, &v);
    return 0;
}

int staff_clients_get(struct req *q, struct res *s, struct err *e)
{
    return show_clients(q, s, STR_NONE, e);
}

int staff_client_write(struct req *q, struct tx *tx, struct err *e)
{
    struct account_new in = { .login = req_form(q, "login"), .name = req_form(q, "name") };
    struct grant_new g = { .role = STR("hr_system"), .from = instant_day(tx_now(tx)), .by = q->actor->account };
    struct audit_record rec = audit_of(q, STR("staff.client_made"));
    struct str *token = arena_new(q->arena, struct str);
    int64_t grant;
    q->work = token;
    g.until.n = g.from.n + TOKEN_DAYS;
    if (account_create(tx, q->arena, &in, &g.account, e) != 0)
        return e->code == ERR_CONFLICT ? req_refuse_field(q, e, "login", MSGS("Đã có tài khoản mang tên đăng nhập này."))
                                       : -1;
    if (grant_create(tx, &g, &grant, e) != 0 || account_token(tx, q->arena, g.account, TOKEN_DAYS, token, e) != 0)
        return -1;
    rec.object = str_fmt(q->arena, "account/%lld", (long long)g.account);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

/* The token is shown on this page only; the store keeps its hash. */
int staff_client_reply(struct req *q, struct res *s, struct err *e)
{
    return show_clients(q, s, q->replayed || !q->work ? STR_NONE : *(const struct str *)q->work, e);
}

int staff_client_end_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t account = req_form_int(q, "account");
    struct role_holders rows;
    struct audit_record rec = audit_of(q, STR("staff.client_ended"));
    if (accounts_of_role(tx_reader(tx), q->arena, STR("hr_system"), &rows, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].id == account) {
            rec.object = str_fmt(q->arena, "account/%lld", (long long)account);
            return account_leave(tx, account, e) != 0 ? -1 : audit_write(tx, q->arena, &rec, NULL, e);
        }
    return ERR(e, ERR_NOT_FOUND, "account %lld is no personnel system", (long long)account);
}

int to_staff_clients(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_redirect(s, STR("/admin/staff/clients"));
}
