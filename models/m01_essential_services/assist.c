/* assist.c: assisted filing: nothing that a helper typed is sent before the citizen has confirmed exactly these answers. */
#include "models/m01_essential_services/assist.h"

#include "base/rng.h"
#include "engines/notices/notices.h"
#include "gen/essential_services_pages.h"
#include "platform/crypto/crypto.h"

#include <string.h>

int assist_state(const struct filing *f, struct instant now, bool *waits, bool *code_sent, struct err *e)
{
    struct hash32 answers = sha256(f->draft.body);
    bool same = f->row.has_confirmed && memcmp(answers.b, f->row.confirmed.b, sizeof answers.b) == 0;
    (void)e;
    *waits = f->row.assisted && (!f->row.has_confirmed_at || !same);
    *code_sent = *waits && f->row.has_code && f->row.code_until.us > now.us;
    return 0;
}

int assist_account(struct req *q, const struct filing *f, struct case_new *in, struct err *e)
{
    struct account found[1];
    size_t n = 0;
    struct dbr *r = req_read(q, e);
    if (!f->row.assisted)
        return 0;
    in->account = 0;
    if (!r || accounts_find_pid(r, q->arena, f->row.pid, found, 1, &n, e))
        return -1;
    if (n == 1)
        in->account = found[0].id;
    return 0;
}

/* ---- the citizen signs in and confirms ---- */

struct confirm_work {
    struct filing f;
    int64_t draft;
};

static int not_theirs(int64_t draft, struct err *e)
{
    return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không có hồ sơ nào chờ bạn xác nhận ở địa chỉ này."), "draft %lld",
                   (long long)draft);
}

static int read_for_citizen(struct req *q, struct confirm_work *w, struct err *e)
{
    struct filing_row_row row;
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    if (!req_param_id(q, "draft", &w->draft))
        return not_theirs(0, e);
    int got = filing_row(r, q->arena, &(struct filing_row_in) { .draft = w->draft }, &row, e);
    if (got < 0)
        return -1;
    if (got == 0 || !row.assisted || !q->actor->pid.v[0] || !pid_eq(&row.pid, &q->actor->pid))
        return not_theirs(w->draft, e);
    return filing_read(q, row.account, w->draft, &w->f, e);
}

int assist_confirm_get(struct req *q, struct res *s, struct err *e)
{
    struct confirm_work w;
    struct confirm_view v = { .f = &w.f };
    bool code_sent;
    if (read_for_citizen(q, &w, e) || services_summary_of(&w.f.answers, q->lang, STR_NONE, &v.summary, e) ||
        assist_state(&w.f, q->now, &v.waits, &code_sent, e))
        return -1;
    v.key = req_form_key(q);
    struct html h = res_html(q, s);
    portal_confirm_page__head(&h, &v);
    services_draw_summary(&h, &v.summary);
    portal_confirm_page__tail(&h, &v);
    return 0;
}

static const struct field confirm_fields[] = {
    { .name = "agree",
      .type = FIELD_CHECK,
      .required = true,
      .label = MSG("Tôi đã đọc, những điều trên là đúng, và đồng ý để gửi hồ sơ này") },
    { .name = NULL },
};
const struct form assist_confirm_form = { .name = "assist_confirm", .fields = confirm_fields };

int assist_confirm_prepare(struct req *q, struct err *e)
{
    struct confirm_work *w = arena_new(q->arena, struct confirm_work);
    q->work = w;
    return read_for_citizen(q, w, e);
}

/* What is confirmed is these answers: when the helper changes one, it has to be confirmed again. */
int assist_confirm_write(struct req *q, struct tx *tx, struct err *e)
{
    struct confirm_work *w = q->work;
    struct audit_record rec = audit_of(q, STR("essential.confirmed"));
    struct filing_confirm_in in = { .draft = w->draft,
                                    .confirmed_at = tx_now(tx),
                                    .confirmed_by = STR("account"),
                                    .confirmed = sha256(w->f.draft.body) };
    rec.object = str_fmt(q->arena, "draft/%lld", (long long)w->draft);
    return filing_confirm(tx, &in, NULL, e) || audit_write(tx, q->arena, &rec, NULL, e) ? -1 : 0;
}

int assist_confirm_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q;
    (void)e;
    return res_redirect(s, STR("/ho-so"));
}

/* ---- or by a code sent to the own phone, which the helper types ---- */

enum { CODE_MINUTES = 10, CODE_TRIES = 5 };

struct code_work {
    struct filing f;
    char digits[7];
    struct hash32 code;
};

/* Under the program's key, so that six digits cannot be found from what is stored. */
static struct hash32 code_hash(struct req *q, int64_t draft, struct str digits)
{
    return hmac_sha256(q->app->secret, str_fmt(q->arena, "filing/%lld/%.*s", (long long)draft, STR_ARG(digits)));
}

static int refuse_code(const struct filing *f, struct instant now, struct err *e)
{
    if (!f->row.assisted || !f->row.phone.n)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Hồ sơ này không có số điện thoại để gửi mã. Xin để người dân đăng nhập và xác nhận."),
                       "no phone");
    if (f->row.has_code && f->row.code_until.us - now.us > (CODE_MINUTES - 1) * US_PER_MINUTE)
        return ERR_SAY(e, ERR_RATE, MSGS("Mã vừa được gửi. Xin chờ một phút rồi hãy gửi mã khác."), "a code was just sent");
    return 0;
}

int assist_code_prepare(struct req *q, struct err *e)
{
    struct code_work *w = arena_new(q->arena, struct code_work);
    uint32_t chance;
    q->work = w;
    if (filing_of_request(q, &w->f, e) || refuse_code(&w->f, q->now, e))
        return -1;
    random_bytes(&chance, sizeof chance);
    snprintf(w->digits, sizeof w->digits, "%06u", chance % 1000000u);
    w->code = code_hash(q, w->f.draft.id, str_of(w->digits));
    return 0;
}

int assist_code_write(struct req *q, struct tx *tx, struct err *e)
{
    struct code_work *w = q->work;
    bool made;
    struct audit_record rec = audit_of(q, STR("essential.code_sent"));
    struct filing_code_set_in in = { .draft = w->f.draft.id,
                                     .code = w->code,
                                     .code_until = { tx_now(tx).us + CODE_MINUTES * US_PER_MINUTE } };
    struct notice_new n = { .kind = STR("code"),
                            .title = STR("Mã xác nhận hồ sơ điền giúp"),
                            .text = str_fmt(q->arena,
                                            "Mã xác nhận gửi hồ sơ: %s, dùng trong 10 phút. Chỉ đọc cho người đang ngồi điền "
                                            "giúp bạn.",
                                            w->digits),
                            .subject = str_fmt(q->arena, "draft/%lld", (long long)w->f.draft.id),
                            .key = str_fmt(q->arena, "filing/%lld/code/%lld", (long long)w->f.draft.id, (long long)tx_now(tx).us),
                            .phone = w->f.row.phone,
                            .secret = true };
    rec.object = n.subject;
    return filing_code_set(tx, &in, NULL, e) || notice_put(tx, q->arena, &n, &made, e) ||
                   audit_write(tx, q->arena, &rec, NULL, e)
               ? -1
               : 0;
}

static const struct field code_fields[] = {
    { .name = "code", .type = FIELD_TEXT, .required = true, .max = 6, .label = MSG("Mã sáu chữ số người dân đọc cho bạn") },
    { .name = NULL },
};
const struct form assist_typed_form = { .name = "assist_typed", .fields = code_fields };

struct typed_work {
    struct filing f;
    struct hash32 code;
    bool right;
};

int assist_typed_prepare(struct req *q, struct err *e)
{
    struct typed_work *w = arena_new(q->arena, struct typed_work);
    q->work = w;
    if (filing_of_request(q, &w->f, e))
        return -1;
    if (!w->f.row.has_code || w->f.row.code_until.us < q->now.us || w->f.row.code_tries >= CODE_TRIES)
        return req_refuse_field(q, e, "code", MSGS("Mã đã hết hạn hoặc đã thử quá nhiều lần. Xin gửi mã khác."));
    w->code = code_hash(q, w->f.draft.id, req_form(q, "code"));
    return 0;
}

/* A wrong try is counted, so it is no refusal here: the page that follows says it. */
int assist_typed_write(struct req *q, struct tx *tx, struct err *e)
{
    struct typed_work *w = q->work;
    struct filing_row_row row;
    struct filing_confirm_in in = { .draft = w->f.draft.id,
                                    .confirmed_at = tx_now(tx),
                                    .confirmed_by = STR("sms"),
                                    .confirmed = sha256(w->f.draft.body) };
    struct audit_record rec = audit_of(q, STR("essential.confirmed"));
    int got = filing_row(tx_reader(tx), q->arena, &(struct filing_row_in) { .draft = in.draft }, &row, e);
    if (got < 0)
        return -1;
    w->right = got == 1 && row.has_code && row.code_tries < CODE_TRIES &&
               str_eq_secret((struct str) { (const char *)row.code.b, sizeof row.code.b },
                             (struct str) { (const char *)w->code.b, sizeof w->code.b });
    if (!w->right) {
        tx_unaudited(tx, "a wrong try is counted");
        return filing_code_wrong(tx, &(struct filing_code_wrong_in) { .draft = in.draft }, NULL, e);
    }
    rec.object = str_fmt(q->arena, "draft/%lld", (long long)in.draft);
    return filing_confirm(tx, &in, NULL, e) || audit_write(tx, q->arena, &rec, NULL, e) ? -1 : 0;
}

int assist_typed_reply(struct req *q, struct res *s, struct err *e)
{
    const struct typed_work *w = q->work;
    if (!q->replayed && !w->right)
        return ERR_SAY(e, ERR_FORM, MSGS("Mã chưa đúng. Xin hỏi lại người dân từng chữ số rồi quay lại nhập."), "wrong code");
    return assist_code_reply(q, s, e);
}

int assist_code_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(
        s, str_fmt(q->arena, "/nop/%.*s/%.*s/kiem-tra", STR_ARG(req_param(q, "code")), STR_ARG(req_param(q, "draft"))));
}
