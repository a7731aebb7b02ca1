/* assist.c: assisted filing: nothing that a helper typed is sent before the citizen has confirmed exactly these answers. */
#include "models/m01_essential_services/assist.h"

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

/* What is confirmed is these answers: when the helper changes one, it has to be confirmed again. */
int assist_confirmed(struct req *q, struct tx *tx, const struct filing *f, struct str by, struct err *e)
{
    struct audit_record rec = audit_of(q, STR("essential.confirmed"));
    struct filing_confirm_in in = {
        .draft = f->draft.id, .confirmed_at = tx_now(tx), .confirmed_by = by, .confirmed = sha256(f->draft.body)
    };
    rec.object = str_fmt(q->arena, "draft/%lld", (long long)f->draft.id);
    rec.purpose = assist_way_words(by);
    return filing_confirm(tx, &in, NULL, e) || audit_write(tx, q->arena, &rec, NULL, e) ? -1 : 0;
}

struct str assist_way_words(struct str by)
{
    static const struct {
        struct str by, words;
    } ways[] = {
        { STR_INIT("account"), MSG("Người dân đăng nhập và xác nhận") },
        { STR_INIT("sms"), MSG("Người dân xác nhận bằng mã gửi tới điện thoại") },
        { STR_INIT("paper"), MSG("Người dân ký trên giấy") },
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (str_eq(by, ways[i].by))
            return ways[i].words;
    return STR("");
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

int assist_confirm_write(struct req *q, struct tx *tx, struct err *e)
{
    struct confirm_work *w = q->work;
    return assist_confirmed(q, tx, &w->f, STR("account"), e);
}

int assist_confirm_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q;
    (void)e;
    return res_redirect(s, STR("/ho-so"));
}
