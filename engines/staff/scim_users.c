/* scim_users.c: /scim/v2/Users: officers listed, made, changed, ended by the personnel system. Departures beyond the limit of a day are
 * held and told so: a list that lost half its lines must not lock half the province out.
 */
#include "engines/accounts/accounts.h"
#include "engines/staff/scim.h"


#include <string.h>

enum { REPLY_MOST = 2 << 20 };

/* ---- reading ---- */

static int64_t number_asked(const struct req *q, const char *name, int64_t otherwise, int64_t least, int64_t most)
{
    int64_t n;
    if (!str_to_i64(req_query(q, name), &n))
        return otherwise;
    return n < least ? least : n > most ? most : n;
}

static struct staff_list_in list_of(const struct scim_filter *f)
{
    struct staff_list_in in = { .login = str_or_empty(f->value[SCIM_USER_NAME]),
                                .external_id = str_or_empty(f->value[SCIM_EXTERNAL_ID]),
                                .name = str_or_empty(f->value[SCIM_DISPLAY_NAME]),
                                .email = str_or_empty(f->value[SCIM_EMAIL]),
                                .agency = str_or_empty(f->value[SCIM_DEPARTMENT]),
                                .active = -1 };
    if (f->asked[SCIM_ACTIVE])
        in.active = f->active;
    if (f->asked[SCIM_ID] && (!str_to_i64(f->value[SCIM_ID], &in.one) || in.one < 1))
        in.one = -1; /* no officer has it */
    return in;
}

static int put_resources(struct req *q, struct dbr *r, const struct staff_rows *rows, struct buf *b, struct err *e)
{
    for (size_t i = 0; i < rows->n; i++) {
        if (i > 0)
            buf_put_char(b, ',');
        if (scim_user_put(q, r, &rows->v[i], b, e) != 0)
            return -1;
    }
    return 0;
}

int scim_users_get(struct req *q, struct res *s, struct err *e)
{
    struct scim_filter f;
    struct staff_rows rows;
    struct staff_count_row total;
    struct json_out j;
    struct buf b;
    struct dbr *r = req_read(q, e);
    if (!r || scim_filter_parse(q->arena, req_query(q, "filter").p ? req_query(q, "filter") : STR(""), &f, e) != 0)
        return -1;
    int64_t start = number_asked(q, "startIndex", 1, 1, INT32_MAX);
    struct staff_list_in in = list_of(&f);
    struct staff_count_in count = { in.login, in.external_id, in.name, in.email, in.agency, in.one, in.active };
    in.skip = start - 1;
    in.most = number_asked(q, "count", 100, 0, SCIM_PAGE_MOST);
    if (staff_list(r, q->arena, &in, &rows, e) != 0 || staff_count(r, q->arena, &count, &total, e) < 0)
        return -1;
    buf_init(&b, q->arena, REPLY_MOST);
    scim_list_open(&j, &b);
    if (put_resources(q, r, &rows, &b, e) != 0)
        return -1;
    scim_list_close(&j, &(struct scim_list) { .start = start, .n = (int64_t)rows.n, .total = total.n });
    return scim_reply(q, s, 200, &b);
}

static int find(struct req *q, struct staff_row *out, struct err *e)
{
    int64_t id;
    struct dbr *r = req_read(q, e);
    int got = !r                           ? -1
              : req_param_id(q, "id", &id) ? staff_by_id(r, q->arena, &(struct staff_by_id_in) { .id = id }, out, e)
                                           : 0;
    if (got < 0)
        return -1;
    if (got == 0 || out->gone)
        return scim_fail(e, ERR_NOT_FOUND, 404, "", MSGS("Không có cán bộ mang id này."));
    return 0;
}

static int reply_user(struct req *q, struct res *s, int status, int64_t id, struct err *e)
{
    struct staff_row row;
    struct buf b;
    struct dbr *r;
    if (db_read_begin(q->db, &r, e) != 0) /* what was just written: the request's own reading may be older */
        return -1;
    buf_init(&b, q->arena, 64 * 1024);
    int got = staff_by_id(r, q->arena, &(struct staff_by_id_in) { .id = id }, &row, e);
    int result = got == 1  ? scim_user_put(q, r, &row, &b, e)
                 : got < 0 ? -1
                           : ERR(e, ERR_NOT_FOUND, "staff %lld", (long long)id);
    db_read_end(r);
    if (result != 0)
        return -1;
    res_header(q, s, STR("ETag"), scim_etag(q->arena, row.version));
    if (status == 201)
        res_header(q, s, STR("Location"),
                   str_fmt(q->arena, "%s/scim/v2/Users/%lld", q->app->settings.base_url, (long long)id));
    return scim_reply(q, s, status, &b);
}

int scim_user_get(struct req *q, struct res *s, struct err *e)
{
    struct staff_row row;
    if (find(q, &row, e) != 0)
        return -1;
    if (str_eq(req_header(q, "if-none-match"), scim_etag(q->arena, row.version))) {
        s->status = 304;
        res_header(q, s, STR("ETag"), scim_etag(q->arena, row.version));
        return 0;
    }
    return reply_user(q, s, 200, row.id, e);
}

/* ---- changing ---- */

struct changing {
    struct staff_row now;
    struct staff_record record;
    bool active, gone;
    int64_t id;
    struct str held; /* why the departure waits; empty: it happened */
};

static int read_names(struct req *q, struct agency_names *out, struct err *e)
{
    struct dbr *r = req_read(q, e);
    return r ? agency_names_on(r, q->arena, instant_day(q->now), out, e) : -1;
}

static int check_record(struct req *q, const struct staff_record *record, struct err *e)
{
    struct err why = { .code = ERR_NONE };
    if (staff_record_check(q->arena, q->app, record, &why) == 0)
        return 0;
    return scim_fail(e, ERR_INPUT, 400, "invalidValue", err_sentence(&why));
}

int scim_create_prepare(struct req *q, struct err *e)
{
    struct changing *w = arena_new(q->arena, struct changing);
    struct agency_names names;
    struct staff_row there;
    int64_t other;
    struct dbr *r = req_read(q, e);
    q->work = w;
    if (!r || read_names(q, &names, e) != 0 || scim_user_read(q->arena, q->json, &names, &w->record, &w->active, e) != 0 ||
        check_record(q, &w->record, e) != 0)
        return -1;
    int got =
        staff_by_external(r, q->arena, &(struct staff_by_external_in) { .external_id = w->record.external_id }, &there, e);
    int taken = got < 0 ? -1 : account_by_name(r, q->arena, w->record.login, &other, e);
    if (taken < 0)
        return -1;
    if (got == 1 || taken == 1)
        return scim_fail(e, ERR_CONFLICT, 409, "uniqueness", MSGS("Mã cán bộ hoặc tên đăng nhập này đã có."));
    if (!w->active)
        return scim_fail(e, ERR_INPUT, 400, "invalidValue", MSGS("Cán bộ mới phải có active là true."));
    return 0;
}

int scim_create_write(struct req *q, struct tx *tx, struct err *e)
{
    struct changing *w = q->work;
    struct staff_acting act = { .app = q->app, .tx = tx, .a = q->arena, .by = audit_of(q, STR("staff.joined")) };
    return staff_join(&act, &w->record, &w->id, e);
}

int scim_created_reply(struct req *q, struct res *s, struct err *e)
{
    return reply_user(q, s, 201, ((const struct changing *)q->work)->id, e);
}

/* RFC 7644 section 3.14: who changes says which version was looked at. */
static int check_version(struct req *q, int64_t version, struct err *e)
{
    struct str asked = req_header(q, "if-match");
    if (asked.n == 0 || str_eq(asked, STR("*")) || str_eq(asked, scim_etag(q->arena, version)))
        return 0;
    return scim_fail(e, ERR_CONFLICT, 412, "", MSGS("Cán bộ này vừa được thay đổi. Xin đọc lại rồi gửi thay đổi."));
}

static int begin_change(struct req *q, struct changing **out, struct agency_names *names, struct err *e)
{
    struct changing *w = arena_new(q->arena, struct changing);
    q->work = *out = w;
    if (find(q, &w->now, e) != 0 || check_version(q, w->now.version, e) != 0)
        return -1;
    w->id = w->now.id;
    w->active = w->now.active;
    w->record = (struct staff_record) { .external_id = w->now.external_id,
                                        .login = w->now.login,
                                        .name = w->now.name,
                                        .title = w->now.title,
                                        .email = w->now.email,
                                        .agency = w->now.agency };
    return read_names(q, names, e);
}

int scim_put_prepare(struct req *q, struct err *e)
{
    struct changing *w;
    struct agency_names names;
    if (begin_change(q, &w, &names, e) != 0 || scim_user_read(q->arena, q->json, &names, &w->record, &w->active, e) != 0)
        return -1;
    if (!str_eq(w->record.login, w->now.login) || !str_eq(w->record.external_id, w->now.external_id))
        return scim_fail(e, ERR_INPUT, 400, "mutability", MSGS("Mã cán bộ và tên đăng nhập không đổi được."));
    return check_record(q, &w->record, e);
}

int scim_patch_prepare(struct req *q, struct err *e)
{
    struct changing *w;
    struct agency_names names;
    if (begin_change(q, &w, &names, e) != 0 || scim_patch(q->arena, q->json, &names, &w->record, &w->active, e) != 0)
        return -1;
    return check_record(q, &w->record, e);
}

int scim_delete_prepare(struct req *q, struct err *e)
{
    struct changing *w;
    struct agency_names names;
    if (begin_change(q, &w, &names, e) != 0)
        return -1;
    w->active = false;
    w->gone = true;
    return 0;
}

/* ---- departures, at most so many a day ---- */

/* 1 one more may go today, 0 a person must say so, -1 failed. */
static int may_leave(struct req *q, struct tx *tx, struct err *e)
{
    struct staff_left_since_row left;
    struct staff_active_count_row active;
    struct staff_left_since_in in = { .left_by = q->actor->account, .since = { tx_now(tx).us - US_PER_DAY } };
    if (staff_left_since(tx_reader(tx), q->arena, &in, &left, e) < 0 ||
        staff_active_count(tx_reader(tx), q->arena, &active, e) < 0)
        return -1;
    return left.n < staff_leavers_most(active.n + left.n);
}

static int hold(struct req *q, struct staff_acting *act, struct changing *w, struct err *e)
{
    struct staff_held_of_row waiting;
    struct staff_held_insert_in in = {
        .staff = w->id, .asked_by = q->actor->account, .client_name = q->actor->name, .asked_at = tx_now(act->tx)
    };
    struct audit_record rec = act->by;
    int64_t id;
    w->held =
        MSGS("Quá nhiều người nghỉ trong 24 giờ. Người này chưa nghỉ: yêu cầu được giữ lại chờ quản trị viên xác nhận tại "
             "/admin/staff/held.");
    if (staff_held_of(tx_reader(act->tx), q->arena, &(struct staff_held_of_in) { .staff = w->id }, &waiting, e) < 0)
        return -1;
    if (waiting.n == 0 && staff_held_insert(act->tx, &in, &id, e) != 0)
        return -1;
    rec.action = STR("staff.held");
    rec.object = str_fmt(q->arena, "staff/%lld", (long long)w->id);
    return audit_write(act->tx, q->arena, &rec, NULL, e);
}

static int leave_or_hold(struct req *q, struct staff_acting *act, struct changing *w, struct err *e)
{
    int may = may_leave(q, act->tx, e);
    if (may < 0)
        return -1;
    return may ? staff_leave(act, w->id, w->gone, e) : hold(q, act, w, e);
}

int scim_change_write(struct req *q, struct tx *tx, struct err *e)
{
    struct changing *w = q->work;
    struct staff_row now;
    struct staff_acting act = { .app = q->app, .tx = tx, .a = q->arena, .by = audit_of(q, STR("staff.moved")) };
    w->held = STR_NONE;
    if (staff_by_id(tx_reader(tx), q->arena, &(struct staff_by_id_in) { .id = w->id }, &now, e) != 1)
        return -1;
    if (now.version != w->now.version)
        return scim_fail(e, ERR_CONFLICT, 412, "", MSGS("Cán bộ này vừa được thay đổi. Xin đọc lại rồi gửi thay đổi."));
    if (!now.active && w->active && staff_return(&act, w->id, e) != 0)
        return -1;
    if (staff_move(&act, &now, &w->record, false, e) != 0)
        return -1;
    return now.active && !w->active ? leave_or_hold(q, &act, w, e) : 0;
}

int scim_delete_write(struct req *q, struct tx *tx, struct err *e)
{
    struct changing *w = q->work;
    struct staff_acting act = { .app = q->app, .tx = tx, .a = q->arena, .by = audit_of(q, STR("staff.left")) };
    w->held = STR_NONE;
    return leave_or_hold(q, &act, w, e);
}

/* What was held is a refusal for the program, though it is recorded: it must not believe that somebody has left. */
static int told_if_held(struct req *q, struct res *s, const struct changing *w, bool *told)
{
    struct err why = { .code = ERR_NONE };
    *told = w->held.n > 0;
    if (!*told)
        return 0;
    scim_fail(&why, ERR_CONFLICT, 409, "tooMany", w->held);
    return scim_refuse(q, s, &why);
}

int scim_user_reply(struct req *q, struct res *s, struct err *e)
{
    const struct changing *w = q->work;
    bool told;
    int result = told_if_held(q, s, w, &told);
    return told ? result : reply_user(q, s, 200, w->id, e);
}

int scim_deleted_reply(struct req *q, struct res *s, struct err *e)
{
    bool told;
    (void)e;
    int result = told_if_held(q, s, q->work, &told);
    if (!told)
        s->status = 204;
    return result;
}
