/* recovery_person.c: the person's side: a report from outside ("I cannot get in"), and the link that sets a new password together
 * with the code on paper. */
#include "engines/credentials/new_password.h"
#include "engines/credentials/recovery.h"
#include "engines/credentials/throttle.h"
#include "gen/credentials_pages.h"

#include "platform/crypto/crypto.h"

struct recover {
    struct recovery_by_token_row row;
    bool right; /* the code */
    struct str encoded;
};

static const struct field recover_fields[] = {
    { .name = "code", .type = FIELD_TEXT, .required = true, .max = 20, .label = MSG("Mã tám số trên giấy"),
      .help = MSG("Cán bộ thứ nhất đã đưa cho bạn") },
    NEW_PASSWORD_FIELDS,
    { .name = NULL },
};
const struct form recover_form = { .name = "recover", .fields = recover_fields, .max_body = 8 * 1024 };

/* 1 usable, 0 not. */
static int find(struct req *q, struct recovery_by_token_row *row, struct err *e)
{
    struct dbr *r = req_read(q, e);
    struct recovery_by_token_in in = { .token = sha256(req_param(q, "token")) };
    int found = r ? recovery_by_token(r, q->arena, &in, row, e) : -1;
    return found != 1 ? found : !row->has_used_at && !row->has_ended_at && row->expires_at.us > q->now.us;
}

int recover_get(struct req *q, struct res *s, struct err *e)
{
    struct recovery_by_token_row row;
    struct recover_view v = { .token = req_param(q, "token"), .key = req_form_key(q) };
    int usable = find(q, &row, e);
    if (usable < 0)
        return -1;
    v.usable = usable == 1;
    if (v.usable) {
        v.name = row.name;
        v.login = row.login;
    } else {
        s->status = 404;
    }
    struct html h = res_html(q, s);
    recover_page(&h, &v);
    return 0;
}

int recover_prepare(struct req *q, struct err *e)
{
    struct recover *w = arena_new(q->arena, struct recover);
    struct hash32 typed;
    q->work = w;
    int usable = find(q, &w->row, e);
    if (usable < 0)
        return -1;
    if (usable == 0)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Liên kết này đã dùng, đã hết hạn hoặc sai mã quá nhiều lần. Xin trở lại quầy hỗ trợ."),
                       "no recovery");
    struct password_owner owner = { w->row.login, w->row.pid };
    if (new_password_prepare(q, &owner, &w->encoded, e) != 0 || recovery_code_hash(q, str_trim(req_form(q, "code")), &typed, e) != 0)
        return -1;
    w->right = str_eq_secret((struct str){ (const char *)typed.b, sizeof(typed.b) },
                             (struct str){ (const char *)w->row.code.b, sizeof(w->row.code.b) });
    return 0;
}

int recover_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct recover *w = q->work;
    struct audit_record rec = audit_of(q, w->right ? STR("credentials.recovered") : STR("credentials.recovery_code_wrong"));
    int64_t changed;
    rec.account = w->row.account;
    rec.account_name = w->row.name;
    rec.object = str_fmt(q->arena, "recovery/%lld", (long long)w->row.id);
    if (!w->right) {
        struct recovery_missed_in in = { .most = RECOVERY_TRIES, .now = tx_now(tx), .id = w->row.id };
        return recovery_missed(tx, &in, NULL, e) != 0 ? -1 : audit_write(tx, q->arena, &rec, NULL, e);
    }
    struct account_password_set_in set = { .password = w->encoded, .id = w->row.account };
    if (recovery_use(tx, &(struct recovery_use_in){ .now = tx_now(tx), .id = w->row.id }, &changed, e) != 0)
        return -1;
    if (changed == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Liên kết này vừa được dùng ở nơi khác."), "recovery used meanwhile");
    return account_password_set(tx, &set, NULL, e) != 0 ? -1 : audit_write(tx, q->arena, &rec, NULL, e);
}

int recover_reply(struct req *q, struct res *s, struct err *e)
{
    const struct recover *w = q->work;
    if (w->right)
        return res_redirect(s, STR("/sign-in"));
    s->status = 422;
    req_refuse_field(q, NULL, "code", MSGS("Mã chưa đúng. Sau năm lần sai, liên kết này không dùng được nữa."));
    return recover_get(q, s, e);
}

/* ---- a report from outside ---- */
static const struct field trouble_fields[] = {
    { .name = "name", .type = FIELD_TEXT, .required = true, .max = 100, .label = MSG("Họ và tên") },
    { .name = "contact", .type = FIELD_TEXT, .required = true, .max = 100, .label = MSG("Liên hệ với tôi bằng"),
      .help = MSG("Số điện thoại, hoặc thôn, bon, tổ dân phố nơi bạn ở") },
    { .name = "login", .type = FIELD_TEXT, .max = 40, .label = MSG("Tên đăng nhập, nếu còn nhớ") },
    { .name = "story", .type = FIELD_LINES, .required = true, .min = 10, .max = 1000, .label = MSG("Chuyện gì đã xảy ra"),
      .help = MSG("Ví dụ: mất điện thoại; số định danh trong hồ sơ là của người khác. Xin đừng viết mật khẩu hay mã nào vào đây.") },
    { .name = NULL },
};
const struct form trouble_form = { .name = "report", .fields = trouble_fields };

int trouble_get(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct html h = res_html(q, s);
    trouble_page(&h, req_form_key(q), str_eq(req_query(q, "done"), STR("1")));
    return 0;
}

int trouble_write(struct req *q, struct tx *tx, struct err *e)
{
    struct guess g = { .source = q->remote, .at = STR("report") };
    struct failures_since_row sent;
    struct failures_since_in since = { .source = g.source, .login = g.at, .since = { tx_now(tx).us - US_PER_HOUR } };
    struct report_insert_in in = { .name = req_form(q, "name"), .contact = req_form(q, "contact"),
                                   .login = str_or_empty(req_form(q, "login")), .story = req_form(q, "story"),
                                   .made_at = tx_now(tx) };
    enum { AN_HOUR = 5 };
    int64_t id;
    if (failures_since(tx_reader(tx), q->arena, &since, &sent, e) != 1)
        return -1;
    if (sent.n >= AN_HOUR)
        return ERR_SAY(e, ERR_RATE, MSGS("Từ nơi này đã gửi nhiều báo cáo. Xin chờ một giờ, hoặc đến thẳng quầy hỗ trợ."), "reports");
    if (guess_wrong(tx, &g, e) != 0 || report_insert(tx, &in, &id, e) != 0)
        return -1;
    struct audit_record rec = audit_of(q, STR("credentials.report_sent"));
    rec.object = str_fmt(q->arena, "report/%lld", (long long)id);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int trouble_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_redirect(s, STR("/recovery?done=1"));
}

int trouble_done_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id, changed;
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "report id");
    if (report_done(tx, &(struct report_done_in){ .now = tx_now(tx), .by = q->actor->account, .id = id }, &changed, e) != 0)
        return -1;
    if (changed == 0)
        return ERR(e, ERR_NOT_FOUND, "report %lld is not open", (long long)id);
    struct audit_record rec = audit_of(q, STR("credentials.report_done"));
    rec.object = str_fmt(q->arena, "report/%lld", (long long)id);
    return audit_write(tx, q->arena, &rec, NULL, e);
}
