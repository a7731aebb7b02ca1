/* device_page.c: the owner of a device types its code on a phone, compares and answers (RFC 8628 section 3.3).
 *
 * A code is short, so guessing is what has to be hard: only somebody who has signed in may try, each wrong try is recorded, and after
 * five of them that person waits until the first is ten minutes old; counting and looking are one transaction, so that trying many at
 * once gains nothing. A right guess shows whose device it is, and answering for it
 * would sign the guesser in on somebody else's device; so the page warns against codes that others dictate.
 */
#include "engines/signon/ask_answer.h"
#include "engines/signon/ask_pages.h"
#include "gen/signon_pages.h"

enum { WRONG_CODES_MOST = 5 };

struct device_work {
    bool found;
    struct ask_by_user_code_row ask;
};

static const struct field device_fields[] = {
    { .name = "user_code",
      .type = FIELD_TEXT,
      .required = true,
      .max = 20,
      .label = MSG("Mã trên thiết bị"),
      .help = MSG("Ví dụ WDJB-MJHT. Chữ hoa hay thường đều được.") },
    { .name = NULL },
};
const struct form device_form = { .name = "device", .fields = device_fields, .max_body = 4 * 1024 };

static const struct choice answers[] = { { "yes", MSG("Đồng ý") }, { "no", MSG("Không đồng ý") }, { .value = NULL } };
static const struct field device_answer_fields[] = {
    { .name = "user_code", .type = FIELD_HIDDEN, .required = true, .max = 20, .label = MSG("Mã trên thiết bị") },
    { .name = "say", .type = FIELD_CHOICE, .required = true, .choices = answers, .label = MSG("Trả lời") },
    { .name = NULL },
};
const struct form device_answer_form = { .name = "device_answer", .fields = device_answer_fields, .max_body = 4 * 1024 };

static int draw_entry(struct req *q, struct res *s, struct str typed, struct str error)
{
    struct html h = res_html(q, s);
    device_enter(&h, req_form_key(q), typed, error);
    return 0;
}

static int draw_not_found(struct req *q, struct res *s)
{
    s->status = 422;
    return draw_entry(
        q, s, req_form(q, "user_code"),
        MSGS("Không có thiết bị nào đang chờ với mã này. Xin xem lại từng chữ, hoặc lấy mã mới trên thiết bị."));
}

int device_get(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return draw_entry(q, s, str_head(req_query(q, "user_code"), 20), STR_NONE);
}

static int refuse_a_guesser(struct req *q, struct tx *tx, struct err *e)
{
    int64_t wrong;
    struct instant since = { tx_now(tx).us - DEVICE_LIVES_S * US_PER_SECOND };
    if (audit_count_of_account(tx_reader(tx), q->arena, q->actor->account, STR("signon.code_wrong"), since, &wrong, e) != 0)
        return -1;
    if (wrong < WRONG_CODES_MOST)
        return 0;
    return ERR_SAY(e, ERR_RATE, MSGS("Anh chị đã gõ sai mã nhiều lần. Xin chờ mười phút rồi lấy mã mới trên thiết bị."),
                   "%lld wrong codes", (long long)wrong);
}

/* 1 found, 0 not. */
static int find_ask(struct req *q, struct tx *tx, struct device_work *w, struct err *e)
{
    struct ask_by_user_code_in in = { .now = tx_now(tx) };
    if (refuse_a_guesser(q, tx, e) != 0)
        return -1;
    int found = 0;
    if (user_code_typed(q->arena, req_form(q, "user_code"), &in.user_code))
        found = ask_by_user_code(tx_reader(tx), q->arena, &in, &w->ask, e);
    w->found = found == 1;
    return found;
}

static int record_look(struct req *q, struct tx *tx, const struct device_work *w, struct err *e)
{
    struct audit_record rec = audit_of(q, w->found ? STR("signon.code_entered") : STR("signon.code_wrong"));
    if (w->found)
        rec.object = str_fmt(q->arena, "app/%.*s", STR_ARG(w->ask.client));
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int device_prepare(struct req *q, struct err *e)
{
    (void)e;
    q->work = arena_new(q->arena, struct device_work);
    return 0;
}

int device_write(struct req *q, struct tx *tx, struct err *e)
{
    struct device_work *w = q->work;
    return find_ask(q, tx, w, e) < 0 ? -1 : record_look(q, tx, w, e);
}

static struct str step_up_href(struct req *q, const struct device_work *w, struct str code)
{
    struct proof_wanted wanted = { .assurance = (int)w->ask.assurance };
    return sign_in_url(q, str_fmt(q->arena, "/device?user_code=%.*s", STR_ARG(code)), &wanted);
}

int device_reply(struct req *q, struct res *s, struct err *e)
{
    const struct device_work *w = q->work;
    if (!w->found)
        return draw_not_found(q, s);
    struct str code = user_code_shown(q->arena, w->ask.user_code);
    if (q->actor->assurance < w->ask.assurance)
        return res_redirect(s, step_up_href(q, w, code));
    struct ask_view v = { .code = code, .key = req_form_key(q) };
    if (ask_describe(q, w->ask.client, w->ask.scope, &v, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    device_confirm(&h, &v);
    return 0;
}

/* A code that is wrong by now is recorded like any other wrong one. */
int device_answer_write(struct req *q, struct tx *tx, struct err *e)
{
    struct device_work *w = q->work;
    int found = find_ask(q, tx, w, e);
    if (found < 0)
        return -1;
    if (!found)
        return record_look(q, tx, w, e);
    if (ask_level_suffices(q, w->ask.assurance, e) != 0)
        return -1;
    struct ask_decision decision = {
        .ask = w->ask.id, .client = w->ask.client, .scope = w->ask.scope, .agreed = str_eq(req_form(q, "say"), STR("yes"))
    };
    return ask_decide_and_record(q, tx, &decision, e);
}

int device_answer_reply(struct req *q, struct res *s, struct err *e)
{
    const struct device_work *w = q->work;
    return w->found ? ask_answered_reply(q, s, e) : draw_not_found(q, s);
}
