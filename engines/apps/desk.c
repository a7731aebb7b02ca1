/* desk.c: all apps, one app, and what its reviewer decides. */
#include "engines/apps/apps.h"

#include "gen/apps_pages.h"
#include "platform/crypto/crypto.h"

#include <jansson.h>
#include <string.h>

/* ---- whose ---- */

/* A reviewer sees all; an owner those of the agency the role is held in. */
static bool may_see(const struct req *q, const char *permission, struct str agency)
{
    return req_may_agency(q, permission, agency) != NULL;
}

int app_of_request(struct req *q, const char *permission, struct app_row_row *out, struct err *e)
{
    struct dbr *r = req_read(q, e);
    int got = r ? app_row(r, q->arena, &(struct app_row_in) { .client = req_param(q, "id") }, out, e) : -1;
    if (got < 0)
        return -1;
    if (got == 0 || !may_see(q, permission, out->agency))
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không có ứng dụng này ở cơ quan của bạn."), "app");
    return 0;
}

/* ---- the list ---- */

static void add_line(struct req *q, struct apps_view *v, const struct apps_list_row *row)
{
    struct app_line line = { .row = *row, .status = CLIENT_PROPOSED };
    struct app_row_row as_one = { .pending = row->pending, .returned = row->returned };
    client_status_parse(row->status, &line.status);
    line.state = app_state(&as_one, line.status);
    line.tag = app_tag(line.status, (line.status == CLIENT_PROPOSED && !row->returned) || row->pending.n > 0);
    *vec_push(q->arena, &v->apps) = line;
}

int apps_get(struct req *q, struct res *s, struct err *e)
{
    struct apps_view v;
    struct apps_list_rows rows;
    struct dbr *r = req_read(q, e);
    memset(&v, 0, sizeof(v));
    if (!r || apps_list(r, q->arena, &rows, e) != 0 ||
        app_warnings(r, q->arena, &(struct app_warnings_in) { .today = instant_day(q->now) }, &v.warnings, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++)
        if (may_see(q, APP_READ, rows.v[i].agency))
            add_line(q, &v, &rows.v[i]);
    v.may_own = req_may(q, APP_OWN, NULL, 0) != NULL;
    v.may_review = req_may(q, APP_REVIEW, NULL, 0) != NULL;
    apps_probe_last(q->app, &v.probe);
    struct html h = res_html(q, s);
    apps_page(&h, &v);
    return 0;
}

/* ---- one ---- */

static int read_pending(struct req *q, struct app_view *v, struct err *e)
{
    json_t *j;
    if (v->row.pending.n == 0)
        return 0;
    if (json_read(q->arena, v->row.pending, &j, e) != 0 || client_parse(q->arena, j, &v->pending, e) != 0)
        return -1;
    v->has_pending = true;
    return 0;
}

static int load_lists(struct req *q, struct app_view *v, struct err *e)
{
    struct app_warnings_rows all;
    struct dbr *r = req_read(q, e);
    struct app_history_in history = { .client = v->row.client };
    if (!r || signon_secrets_read(r, q->arena, v->row.client, q->now, &v->secrets, e) != 0 ||
        app_history(r, q->arena, &history, &v->history, e) != 0 ||
        app_warnings(r, q->arena, &(struct app_warnings_in) { .today = instant_day(q->now) }, &all, e) != 0)
        return -1;
    v->warnings.v = arena_new_array(q->arena, struct app_warnings_row, all.n);
    for (size_t i = 0; i < all.n; i++)
        if (str_eq(all.v[i].client, v->row.client))
            v->warnings.v[v->warnings.n++] = all.v[i];
    return 0;
}

static int load(struct req *q, struct app_view *v, struct err *e)
{
    if (app_of_request(q, APP_READ, &v->row, e) != 0)
        return -1;
    struct dbr *r = req_read(q, e);
    if (!r || signon_client_read(r, q->arena, v->row.client, &v->now, e) != 1)
        return -1;
    v->status = v->now.status;
    v->moment = q->now;
    v->waits = (v->status == CLIENT_PROPOSED && !v->row.returned) || v->row.pending.n > 0;
    v->may_own = may_see(q, APP_OWN, v->row.agency);
    v->may_review = may_see(q, APP_REVIEW, v->row.agency);
    v->key = req_form_key(q);
    return read_pending(q, v, e) != 0 ? -1 : load_lists(q, v, e);
}

static int show(struct req *q, struct res *s, struct str secret, struct err *e)
{
    struct app_view *v = arena_new(q->arena, struct app_view);
    if (load(q, v, e) != 0)
        return -1;
    v->secret = secret;
    struct html h = res_html(q, s);
    app_page(&h, v);
    return 0;
}

int app_get(struct req *q, struct res *s, struct err *e)
{
    return show(q, s, STR_NONE, e);
}

int app_page_with_secret(struct req *q, struct res *s, struct str secret, struct err *e)
{
    return show(q, s, secret, e);
}

/* ---- what the reviewer decides ---- */

static const struct choice verdicts[] = {
    { "approve", MSG("Duyệt: tôi đã đọc mục đích, căn cứ, dữ liệu xin và các địa chỉ") },
    { "return", MSG("Trả lại để sửa") },
    { .value = NULL },
};
static const struct field review_fields[] = {
    { .name = "verdict", .type = FIELD_CHOICE, .required = true, .choices = verdicts, .label = MSG("Quyết định") },
    { .name = "note",
      .type = FIELD_TEXT,
      .max = 300,
      .label = MSG("Lý do hoặc dặn dò"),
      .help = MSG("Trả lại thì phải nói vì sao") },
    { .name = NULL },
};
const struct form app_review_form = { .name = "app_review", .fields = review_fields };

static const struct choice stops[] = {
    { "suspend", MSG("Tạm dừng: mọi phiên của ứng dụng kết thúc") },
    { "resume", MSG("Cho dùng lại") },
    { "retire", MSG("Thôi dùng hẳn") },
    { .value = NULL },
};
static const struct field stop_fields[] = {
    { .name = "what", .type = FIELD_CHOICE, .required = true, .choices = stops, .label = MSG("Việc") },
    { .name = "note", .type = FIELD_TEXT, .required = true, .min = 5, .max = 300, .label = MSG("Vì sao") },
    { .name = NULL },
};
const struct form app_stop_form = { .name = "app_stop", .fields = stop_fields };

/* The desk's own row and who asked, once there is something to decide: before, such an app is only the provider's. */
static int adopt(struct tx *tx, const struct app_view *v, struct err *e)
{
    const struct app_row_row *row = &v->row;
    if (!row->by_itself)
        return 0;
    struct app_insert_in in = { .client = row->client,
                                .agency = STR(""),
                                .contact = v->now.owner,
                                .made_by = row->has_inviter ? row->inviter : 0,
                                .made_at = row->has_asked_at ? row->asked_at : tx_now(tx) };
    struct app_history_insert_in asked = { .client = row->client,
                                           .at = in.made_at,
                                           .account = in.made_by,
                                           .by_name = row->inviter_name.n > 0 ? row->inviter_name : v->now.owner,
                                           .act = STR("by_itself"),
                                           .note = STR("") };
    return app_insert(tx, &in, NULL, e) != 0 || app_history_insert(tx, &asked, NULL, e) != 0 ? -1 : 0;
}

int app_review_prepare(struct req *q, struct err *e)
{
    struct app_view *v = arena_new(q->arena, struct app_view);
    q->work = v;
    return app_of_request(q, APP_REVIEW, &v->row, e) != 0 ? -1 : load(q, v, e);
}

/* 1 yes, 0 no, -1 failed. */
static int asked_by_oneself(struct req *q, struct tx *tx, const struct app_view *v, struct err *e)
{
    struct app_asked_by_row asked;
    int got = app_asked_by(tx_reader(tx), q->arena, &(struct app_asked_by_in) { .client = v->row.client }, &asked, e);
    return got == 1 ? asked.account == q->actor->account : got;
}

static int approve(struct req *q, struct tx *tx, const struct app_view *v, struct err *e)
{
    struct app_pending_set_in none = { .pending = STR_NONE, .client = v->row.client };
    if (v->has_pending && signon_client_update(tx, q->arena, v->row.client, v->row.pending, audit_of(q, STR("")), e) != 0)
        return -1;
    if (v->status == CLIENT_PROPOSED &&
        signon_client_set_status(tx, q->arena, v->row.client, CLIENT_ACTIVE, audit_of(q, STR("")), e) != 0)
        return -1;
    return app_pending_set(tx, &none, NULL, e) != 0 ? -1
                                                    : app_note(tx, q, v->row.client, "approved", req_form(q, "note"), e);
}

static int give_back(struct req *q, struct tx *tx, const struct app_view *v, struct err *e)
{
    struct app_returned_set_in in = { .client = v->row.client };
    struct audit_record rec = audit_of(q, STR("apps.returned"));
    rec.object = str_fmt(q->arena, "app/%.*s", STR_ARG(v->row.client));
    if (app_returned_set(tx, &in, NULL, e) != 0 || app_note(tx, q, v->row.client, "returned", req_form(q, "note"), e) != 0)
        return -1;
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int app_review_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct app_view *v = q->work;
    bool yes = str_eq(req_form(q, "verdict"), STR("approve"));
    if (!v->waits)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Không có gì đang chờ duyệt ở ứng dụng này."), "nothing waits");
    if (adopt(tx, v, e) != 0)
        return -1;
    int own = asked_by_oneself(q, tx, v, e);
    if (own < 0)
        return -1;
    if (own)
        return ERR_SAY(e, ERR_FORBIDDEN, MSGS("Người xin, hay người đã mời, không tự duyệt. Xin nhờ một người khác."),
                       "own request");
    if (!yes && !req_form_has(q, "note"))
        return req_refuse_field(q, e, "note", MSGS("Trả lại thì phải nói vì sao, để bên kia biết sửa gì."));
    return yes ? approve(q, tx, v, e) : give_back(q, tx, v, e);
}

int app_stop_write(struct req *q, struct tx *tx, struct err *e)
{
    static const struct {
        const char *what, *act;
        enum client_status from, to;
    } moves[] = {
        { "suspend", "suspended", CLIENT_ACTIVE, CLIENT_SUSPENDED },
        { "resume", "resumed", CLIENT_SUSPENDED, CLIENT_ACTIVE },
        { "retire", "retired", CLIENT_ACTIVE, CLIENT_RETIRED },
        { "retire", "retired", CLIENT_SUSPENDED, CLIENT_RETIRED },
        { "retire", "retired", CLIENT_PROPOSED, CLIENT_RETIRED },
    };
    const struct app_view *v = q->work;
    for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++)
        if (str_eq(req_form(q, "what"), str_of(moves[i].what)) && moves[i].from == v->status) {
            if (adopt(tx, v, e) != 0 ||
                signon_client_set_status(tx, q->arena, v->row.client, moves[i].to, audit_of(q, STR("")), e) != 0)
                return -1;
            return app_note(tx, q, v->row.client, moves[i].act, req_form(q, "note"), e);
        }
    return req_refuse_field(q, e, "what", MSGS("Việc này không hợp với trạng thái hiện nay của ứng dụng."));
}
