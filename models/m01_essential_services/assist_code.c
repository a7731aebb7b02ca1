/* assist_code.c: who has no account confirms by a code: it goes to the citizen's own phone, the citizen reads it out, the helper types it.
 * A code is for the answers as they were when it was sent.
 */
#include "models/m01_essential_services/assist.h"

#include "base/json.h"
#include "base/rng.h"
#include "engines/notices/notices.h"
#include "platform/crypto/crypto.h"

enum { CODE_DIGITS = 6, CODE_MINUTES = 10, CODE_TRIES = 5, PHONE_TAIL = 3 };

struct code_work {
    struct filing f;
    struct str phone;
    char digits[CODE_DIGITS + 1];
    struct hash32 code;
};

/* Under the program's key, so that six digits cannot be found from what is stored. */
static struct hash32 code_hash(struct req *q, const struct filing *f, struct str digits)
{
    struct hash32 answers = sha256(f->draft.body);
    return hmac_sha256(q->app->secret, str_fmt(q->arena, "filing/%lld/%.*s/%.*s", (long long)f->draft.id,
                                               STR_ARG(str_base64url(q->arena, answers.b, sizeof answers.b)), STR_ARG(digits)));
}

/* The number that the citizen has left in the own account goes before the one that the helper has typed. */
static int phone_of_citizen(struct req *q, const struct filing *f, struct str *out, struct err *e)
{
    struct account found[1];
    struct notice_contact c;
    size_t n = 0;
    struct dbr *r = req_read(q, e);
    *out = f->row.phone;
    if (!r || accounts_find_pid(r, q->arena, f->row.pid, found, 1, &n, e))
        return -1;
    int got = n == 1 ? notice_contact_of(r, q->arena, found[0].id, &c, e) : 0;
    if (got == 1 && c.phone.n)
        *out = c.phone;
    return got < 0 ? -1 : 0;
}

static int refuse_phone(struct req *q, const struct code_work *w, struct err *e)
{
    struct notice_contact own;
    const struct filing_row_row *row = &w->f.row;
    if (!row->assisted || !w->phone.n)
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Hồ sơ này không có số điện thoại để gửi mã. Xin để người dân đăng nhập hoặc ký trên giấy."), "no phone");
    int got = notice_contact_of(req_read(q, e), q->arena, q->actor->account, &own, e);
    if (got == 1 && str_eq(own.phone, w->phone))
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Đây là số điện thoại của chính bạn. Mã phải tới điện thoại của người dân; nếu họ không có, xin để họ ký "
                            "trên giấy."),
                       "the helper's own phone");
    if (row->has_code && row->code_until.us - q->now.us > (CODE_MINUTES - 1) * US_PER_MINUTE)
        return ERR_SAY(e, ERR_RATE, MSGS("Mã vừa được gửi. Xin chờ một phút rồi hãy gửi mã khác."), "a code was just sent");
    return got < 0 ? -1 : 0;
}

int assist_code_prepare(struct req *q, struct err *e)
{
    struct code_work *w = arena_new(q->arena, struct code_work);
    uint32_t chance;
    q->work = w;
    if (filing_of_request(q, &w->f, e) || phone_of_citizen(q, &w->f, &w->phone, e) || refuse_phone(q, w, e))
        return -1;
    random_bytes(&chance, sizeof chance);
    snprintf(w->digits, sizeof w->digits, "%06u", chance % 1000000u);
    w->code = code_hash(q, &w->f, str_of(w->digits));
    return 0;
}

/* Which phone it went to, so that it can be told later, without the whole number. */
static struct str phone_detail(struct req *q, struct str phone)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, q->arena, 128);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "phone_ends", str_from(phone, phone.n > PHONE_TAIL ? phone.n - PHONE_TAIL : 0));
    json_out_end(&j);
    return buf_str(&b);
}

int assist_code_write(struct req *q, struct tx *tx, struct err *e)
{
    struct code_work *w = q->work;
    bool made;
    struct audit_record rec = audit_of(q, STR("essential.code_sent"));
    struct filing_code_set_in in = { .draft = w->f.draft.id,
                                     .code = w->code,
                                     .code_until = { tx_now(tx).us + CODE_MINUTES * US_PER_MINUTE } };
    struct notice_new n = {
        .kind = STR("code"),
        .title = STR("Mã xác nhận hồ sơ điền giúp"),
        .text = str_fmt(q->arena, "Mã xác nhận gửi hồ sơ: %s, dùng trong 10 phút. Chỉ đọc cho người đang ngồi điền giúp bạn.", w->digits),
        .subject = str_fmt(q->arena, "draft/%lld", (long long)w->f.draft.id),
        .key = str_fmt(q->arena, "filing/%lld/code/%lld", (long long)w->f.draft.id, (long long)tx_now(tx).us),
        .phone = w->phone,
        .secret = true,
    };
    rec.object = n.subject;
    rec.detail = phone_detail(q, w->phone);
    return filing_code_set(tx, &in, NULL, e) || notice_put(tx, q->arena, &n, &made, e) || audit_write(tx, q->arena, &rec, NULL, e)
               ? -1
               : 0;
}

int assist_check_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(
        s, str_fmt(q->arena, "/nop/%.*s/%.*s/kiem-tra", STR_ARG(req_param(q, "code")), STR_ARG(req_param(q, "draft"))));
}

int assist_code_reply(struct req *q, struct res *s, struct err *e)
{
    struct code_work *w = q->work;
    secret_wipe(w->digits, sizeof w->digits);
    return assist_check_reply(q, s, e);
}

/* ---- typed ---- */

static const struct field code_fields[] = {
    { .name = "code", .type = FIELD_TEXT, .required = true, .max = CODE_DIGITS, .label = MSG("Mã sáu chữ số người dân đọc cho bạn") },
    { .name = NULL },
};
const struct form assist_typed_form = { .name = "assist_typed", .fields = code_fields };

struct typed_work {
    struct filing f;
    struct hash32 code;
    bool right;
};

static bool code_holds(const struct filing_row_row *row, struct instant now)
{
    return row->has_code && row->code_until.us > now.us && row->code_tries < CODE_TRIES;
}

int assist_typed_prepare(struct req *q, struct err *e)
{
    struct typed_work *w = arena_new(q->arena, struct typed_work);
    q->work = w;
    if (filing_of_request(q, &w->f, e))
        return -1;
    if (!code_holds(&w->f.row, q->now))
        return req_refuse_field(q, e, "code", MSGS("Mã đã hết hạn hoặc đã thử quá nhiều lần. Xin gửi mã khác."));
    w->code = code_hash(q, &w->f, req_form(q, "code"));
    return 0;
}

static bool is_same_code(const struct hash32 *kept, const struct hash32 *typed)
{
    return str_eq_secret((struct str) { (const char *)kept->b, sizeof kept->b }, (struct str) { (const char *)typed->b, sizeof typed->b });
}

/* A wrong try is counted, so it is no refusal here: the page that follows says it. */
int assist_typed_write(struct req *q, struct tx *tx, struct err *e)
{
    struct typed_work *w = q->work;
    struct filing_row_row row;
    int got = filing_row(tx_reader(tx), q->arena, &(struct filing_row_in) { .draft = w->f.draft.id }, &row, e);
    if (got < 0)
        return -1;
    w->right = got == 1 && code_holds(&row, tx_now(tx)) && is_same_code(&row.code, &w->code);
    if (w->right)
        return assist_confirmed(q, tx, &w->f, STR("sms"), e);
    tx_unaudited(tx, "a wrong try is counted");
    return filing_code_wrong(tx, &(struct filing_code_wrong_in) { .draft = w->f.draft.id }, NULL, e);
}

int assist_typed_reply(struct req *q, struct res *s, struct err *e)
{
    const struct typed_work *w = q->work;
    struct str wrong = STR(ASSIST_WRONG_CODE);
    if (q->replayed || w->right)
        return assist_check_reply(q, s, e);
    return res_redirect(s, str_fmt(q->arena, "/nop/%.*s/%.*s/kiem-tra?%.*s=1", STR_ARG(req_param(q, "code")),
                                   STR_ARG(req_param(q, "draft")), STR_ARG(wrong)));
}
