/* emergency.c: when an upstream is down and some roles may sign in through it only, two administrators open a path for a stated time: one
 * asks and says why, another confirms. Who then comes with a password and a second factor gets in at level 1, for the named functions and
 * no others; each such session is marked, ends with the path, and is in the log as such.
 */
#include "engines/broker/emergency.h"

#include "base/json.h"
#include "engines/accounts/accounts.h"
#include "gen/broker_pages.h"

#include <string.h>

enum { CONFIRM_MINUTES = 60, FUNCTIONS_MAX = 400 };

/* ---- what a session may do ---- */

/* 1 the account holds one of the roles today, 0, -1. */
static int holds(struct req *q, struct dbr *r, int64_t account, const struct upstream_texts *roles, struct err *e)
{
    struct str held[32];
    size_t n;
    if (roles->n == 0)
        return 0;
    if (account_roles(r, q->arena, account, instant_day(q->now), held, 32, &n, e) != 0)
        return -1;
    for (size_t i = 0; i < n; i++)
        if (upstream_texts_have(roles, held[i]))
            return 1;
    return 0;
}

/* 1 open, 0, -1. */
static int find_open(struct dbr *r, struct arena *a, struct str upstream, struct instant now,
                     struct broker_emergency_open_row *out, struct err *e)
{
    return broker_emergency_open(r, a, &(struct broker_emergency_open_in) { .upstream = upstream, .now = now }, out, e);
}

static bool has_method(struct str methods, const char *wanted)
{
    struct str word;
    while (methods.n > 0 && str_cut(&methods, ' ', &word))
        if (str_eq(word, str_of(wanted)))
            return true;
    return false;
}

static int refuse_other_ways(struct req *q, const struct upstream *u, struct err *e)
{
    struct tr_arg args[] = { { "label", u->label } };
    struct str say =
        tr_fill(q->arena, q->lang,
                MSGS("Tài khoản này đăng nhập bằng {label}. Khi {label} gián đoạn, hai người quản trị có thể mở đường "
                     "khẩn cấp; xin gọi họ."),
                args, 1);
    return ERR_SAY(e, ERR_CONFLICT, say, "only %.*s opens this account", STR_ARG(u->name));
}

static int narrow(struct req *q, const struct upstream *u, const struct broker_emergency_open_row *path,
                  const struct proof *shown, struct session_limits *out, struct err *e)
{
    if (!has_method(shown->methods, "mfa")) {
        struct tr_arg args[] = { { "until", instant_vi(q->arena, path->until) } };
        struct str say =
            tr_fill(q->arena, q->lang,
                    MSGS("Đường khẩn cấp mở đến {until}, nhưng cần thêm bước thứ hai: mã của ứng dụng xác thực hoặc khoá "
                         "truy cập."),
                    args, 1);
        return ERR_SAY(e, ERR_CONFLICT, say, "emergency path of %.*s without a second factor", STR_ARG(u->name));
    }
    out->only = path->functions;
    out->assurance = 1;
    out->until = path->until;
    out->mark = str_fmt(q->arena, "emergency/%lld", (long long)path->id);
    return 0;
}

int broker_session_rule(struct req *q, struct tx *tx, const struct proof *shown, struct session_limits *out, struct err *e)
{
    struct upstream all[UPSTREAMS_MAX];
    size_t n;
    struct dbr *r = tx_reader(tx);
    if (has_method(shown->methods, "fed"))
        return 0;
    if (upstreams_in_force(r, q->arena, instant_day(q->now), all, &n, e) != 0)
        return -1;
    for (size_t i = 0; i < n; i++) {
        struct broker_emergency_open_row path;
        int bound = holds(q, r, shown->account, &all[i].only_way_for, e);
        if (bound < 0)
            return -1;
        if (bound == 0)
            continue;
        int open = find_open(r, q->arena, all[i].name, tx_now(tx), &path, e);
        return open < 0 ? -1 : open == 0 ? refuse_other_ways(q, &all[i], e) : narrow(q, &all[i], &path, shown, out, e);
    }
    return 0;
}

int emergency_until(struct req *q, struct dbr *r, struct str upstream, struct instant *until, struct err *e)
{
    struct broker_emergency_open_row path;
    int open = find_open(r, q->arena, upstream, q->now, &path, e);
    until->us = open == 1 ? path.until.us : 0;
    return open < 0 ? -1 : 0;
}

/* ---- asking ---- */

static const struct field ask_fields[] = {
    { .name = "upstream", .type = FIELD_TEXT, .required = true, .max = 30, .label = MSG("Nơi xác thực đang gián đoạn") },
    { .name = "reason",
      .type = FIELD_LINES,
      .required = true,
      .min = 10,
      .max = 500,
      .label = MSG("Vì sao cần mở"),
      .help = MSG("Việc gì đang dừng lại, ai cần làm. Lý do này nằm trong nhật ký.") },
    { .name = "hours", .type = FIELD_INT, .required = true, .min = 1, .max = 24, .label = MSG("Mở trong bao nhiêu giờ") },
    { .name = "function",
      .type = FIELD_TEXT,
      .required = true,
      .many = true,
      .max = 60,
      .label = MSG("Những việc vẫn làm được") },
    { .name = NULL },
};
const struct form emergency_form = { .name = "broker_emergency", .fields = ask_fields };

/* Functions that a path may leave open: all that roles serve, but the administration of the system. */
static bool may_stay_open(struct str function)
{
    return !str_starts(function, STR("system."));
}

static bool is_listed(const struct emergency_view *v, struct str function)
{
    for (size_t i = 0; i < v->functions.n; i++)
        if (str_eq(v->functions.v[i].name, function))
            return true;
    return false;
}

static bool was_chosen(const struct req *q, struct str function)
{
    for (size_t i = 0; i < q->n_form; i++)
        if (str_eq(q->form[i].name, STR("function")) && str_eq(q->form[i].value, function))
            return true;
    return false;
}

static void list_functions(struct req *q, struct emergency_view *v)
{
    for (const struct module *const *m = q->app->modules; *m; m++)
        for (const struct role *role = (*m)->roles; role && role->name; role++) {
            struct str function = str_of(role->function);
            if (function.n > 0 && may_stay_open(function) && !is_listed(v, function))
                *vec_push(q->arena, &v->functions) =
                    (struct function_view) { .name = function, .title = role->title, .chosen = was_chosen(q, function) };
        }
}

int emergency_ask_prepare(struct req *q, struct err *e)
{
    struct emergency_view known = { 0 };
    struct upstream u;
    struct buf b;
    struct dbr *r = req_read(q, e);
    int found = r ? upstream_in_force(r, q->arena, req_form(q, "upstream"), instant_day(q->now), &u, e) : -1;
    if (found < 0)
        return -1;
    if (found == 0)
        return req_refuse_field(q, e, "upstream", MSGS("Không có nơi xác thực nào tên như vậy."));
    list_functions(q, &known);
    buf_init(&b, q->arena, FUNCTIONS_MAX);
    for (size_t i = 0; i < q->n_form; i++) {
        if (!str_eq(q->form[i].name, STR("function")))
            continue;
        if (!is_listed(&known, q->form[i].value))
            return req_refuse_field(q, e, "function", MSGS("Xin chọn những việc có trong danh sách."));
        if (b.n > 0)
            buf_put_char(&b, ' ');
        buf_put(&b, q->form[i].value);
    }
    if (b.full)
        return req_refuse_field(q, e, "function", MSGS("Đường khẩn cấp chỉ giữ những việc không thể chờ. Xin chọn ít hơn."));
    struct str *functions = arena_new(q->arena, struct str);
    *functions = buf_str(&b);
    q->work = functions;
    return 0;
}

static int record(struct req *q, struct tx *tx, struct str action, struct str upstream, int64_t id, struct str detail,
                  struct err *e)
{
    struct audit_record rec = audit_of(q, action);
    rec.object = str_fmt(q->arena, "emergency/%lld", (long long)id);
    rec.detail = detail;
    rec.purpose = upstream;
    return audit_write(tx, q->arena, &rec, NULL, e);
}

static struct str asked_words(struct req *q, struct str functions)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, q->arena, 4096);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "functions", functions);
    json_out_int(&j, "hours", req_form_int(q, "hours"));
    json_out_str(&j, "reason", req_form(q, "reason"));
    json_out_end(&j);
    return buf_str(&b);
}

int emergency_ask_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct str *functions = q->work;
    int64_t id;
    struct broker_emergency_insert_in in = { .upstream = req_form(q, "upstream"),
                                             .reason = req_form(q, "reason"),
                                             .functions = *functions,
                                             .hours = req_form_int(q, "hours"),
                                             .asked_by = q->actor->account,
                                             .asked_at = tx_now(tx) };
    return broker_emergency_insert(tx, &in, &id, e) != 0
               ? -1
               : record(q, tx, STR("broker.emergency_asked"), in.upstream, id, asked_words(q, *functions), e);
}

/* ---- confirming and closing ---- */

static int find(struct req *q, struct dbr *r, struct broker_emergency_by_id_row *row, struct err *e)
{
    int64_t id;
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "emergency id");
    int found = broker_emergency_by_id(r, q->arena, &(struct broker_emergency_by_id_in) { .id = id }, row, e);
    return found == 1 ? 0 : found < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "no emergency path %lld", (long long)id);
}

int emergency_confirm_write(struct req *q, struct tx *tx, struct err *e)
{
    struct broker_emergency_by_id_row row;
    struct broker_emergency_open_row open;
    struct instant now = tx_now(tx);
    if (find(q, tx_reader(tx), &row, e) != 0)
        return -1;
    if (row.asked_by == q->actor->account)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Người xin không tự xác nhận được. Xin nhờ một người quản trị khác."),
                       "asked by the same person");
    if (row.has_confirmed_at || row.has_closed_at || now.us - row.asked_at.us > CONFIRM_MINUTES * US_PER_MINUTE)
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Lời xin này đã được xác nhận, đã đóng, hoặc đã quá một giờ. Xin lập lời xin mới."),
                       "not waiting any more");
    int taken = find_open(tx_reader(tx), q->arena, row.upstream, now, &open, e);
    if (taken != 0)
        return taken < 0 ? -1
                         : ERR_SAY(e, ERR_CONFLICT,
                                   MSGS("Một đường khẩn cấp khác đang mở cho nơi này. Xin đóng đường ấy trước."), "open");
    struct broker_emergency_confirm_in in = {
        .confirmed_by = q->actor->account, .confirmed_at = now, .until = { now.us + row.hours * US_PER_HOUR }, .id = row.id
    };
    return broker_emergency_confirm(tx, &in, NULL, e) != 0
               ? -1
               : record(q, tx, STR("broker.emergency_opened"), row.upstream, row.id, STR_NONE, e);
}

int emergency_close_write(struct req *q, struct tx *tx, struct err *e)
{
    struct broker_emergency_by_id_row row;
    if (find(q, tx_reader(tx), &row, e) != 0)
        return -1;
    if (row.has_closed_at)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Đường này đã đóng."), "closed before");
    struct broker_emergency_close_in in = { .closed_by = q->actor->account, .closed_at = tx_now(tx), .id = row.id };
    struct str mark = str_fmt(q->arena, "emergency/%lld", (long long)row.id);
    return broker_emergency_close(tx, &in, NULL, e) != 0 || sessions_end_marked(tx, mark, e) != 0
               ? -1
               : record(q, tx, STR("broker.emergency_closed"), row.upstream, row.id, STR_NONE, e);
}

/* ---- the page ---- */

static enum emergency_state state_of(const struct broker_emergencies_row *row, struct instant now)
{
    if (row->has_closed_at)
        return EMERGENCY_CLOSED;
    if (row->has_until)
        return row->until.us > now.us ? EMERGENCY_OPEN : EMERGENCY_OVER;
    return now.us - row->asked_at.us <= CONFIRM_MINUTES * US_PER_MINUTE ? EMERGENCY_WAITS : EMERGENCY_OVER;
}

static struct str name_of(struct req *q, struct dbr *r, int64_t account)
{
    struct account who;
    struct err e = { 0 };
    return account != 0 && account_find(r, q->arena, account, &who, &e) == 1 ? who.name : STR("");
}

static int load(struct req *q, struct emergency_view *v, struct err *e)
{
    struct broker_emergencies_rows rows;
    struct upstream all[UPSTREAMS_MAX];
    size_t n;
    struct dbr *r = req_read(q, e);
    if (!r || broker_emergencies(r, q->arena, &rows, e) != 0 ||
        upstreams_in_force(r, q->arena, instant_day(q->now), all, &n, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        const struct broker_emergencies_row *row = &rows.v[i];
        *vec_push(q->arena, &v->paths) = (struct path_view) { .row = *row,
                                                              .state = state_of(row, q->now),
                                                              .asked_by = name_of(q, r, row->asked_by),
                                                              .confirmed_by = name_of(q, r, row->confirmed_by),
                                                              .own = row->asked_by == q->actor->account };
    }
    for (size_t i = 0; i < n; i++)
        *vec_push(q->arena, &v->upstreams) = (struct function_view) { .name = all[i].name, .title = all[i].label };
    list_functions(q, v);
    return 0;
}

int emergency_get(struct req *q, struct res *s, struct err *e)
{
    struct emergency_view v;
    memset(&v, 0, sizeof(v));
    if (load(q, &v, e) != 0)
        return -1;
    v.key = req_form_key(q);
    struct html h = res_html(q, s);
    emergency_page(&h, &v);
    return 0;
}

int emergency_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_redirect(s, STR("/admin/emergency"));
}

struct field_view upstream_field(struct html *h, const struct emergency_view *v)
{
    struct field_view f = field_of(h, &emergency_form, "upstream");
    f.type = FIELD_CHOICE;
    for (size_t i = 0; i < v->upstreams.n; i++)
        field_option(h, &f, v->upstreams.v[i].name, v->upstreams.v[i].title);
    return field_select(f);
}
