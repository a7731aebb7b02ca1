/* confirm_page.c: what waits for this person's yes, asked by somebody at a counter (OpenID CIBA Core 1.0). The page follows by itself. */
#include "engines/signon/ask_answer.h"
#include "engines/signon/ask_pages.h"
#include "gen/signon_pages.h"

struct confirm_work {
    struct ask_decision decision;
};

static const struct choice answers[] = { { "yes", MSG("Đồng ý") }, { "no", MSG("Không đồng ý") }, { .value = NULL } };
static const struct field confirm_fields[] = {
    { .name = "say", .type = FIELD_CHOICE, .required = true, .choices = answers, .label = MSG("Trả lời") },
    { .name = NULL },
};
const struct form confirm_form = { .name = "confirm", .fields = confirm_fields, .max_body = 4 * 1024 };

static struct str step_up_href(struct req *q, int64_t wanted_level)
{
    struct proof_wanted wanted = { .assurance = (int)wanted_level };
    return q->actor->assurance >= wanted_level ? STR_NONE : sign_in_url(q, STR("/confirmations"), &wanted);
}

int confirmations_get(struct req *q, struct res *s, struct err *e)
{
    struct asks_view v = { .key = req_form_key(q) };
    struct asks_of_account_rows rows;
    struct asks_of_account_in in = { .account = q->actor->account, .now = q->now };
    struct dbr *r = req_read(q, e);
    if (!r || asks_of_account(r, q->arena, &in, &rows, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        const struct asks_of_account_row *row = &rows.v[i];
        struct ask_view *ask = vec_push(q->arena, &v.asks);
        *ask = (struct ask_view) { .id = row->id,
                                   .message = row->message,
                                   .at = row->made_at,
                                   .until = row->expires_at,
                                   .step_up_href = step_up_href(q, row->assurance) };
        if (ask_describe(q, row->client, row->scope, ask, e) != 0)
            return -1;
    }
    struct html h = res_html(q, s);
    confirmations(&h, &v);
    return 0;
}

int confirmations_live(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_live(s, str_fmt(q->arena, "asks/%lld", (long long)q->actor->account));
}

int confirm_prepare(struct req *q, struct err *e)
{
    struct confirm_work *w = arena_new(q->arena, struct confirm_work);
    struct ask_of_account_row ask;
    struct ask_of_account_in in = { .account = q->actor->account, .now = q->now };
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    int found = req_param_id(q, "id", &in.id) ? ask_of_account(r, q->arena, &in, &ask, e) : 0;
    if (found < 0)
        return -1;
    if (found == 0)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Câu hỏi này đã được trả lời hoặc đã hết hạn."), "ask %lld", (long long)in.id);
    w->decision = (struct ask_decision) {
        .ask = ask.id, .client = ask.client, .scope = ask.scope, .agreed = str_eq(req_form(q, "say"), STR("yes"))
    };
    q->work = w;
    return ask_level_suffices(q, ask.assurance, e);
}

int confirm_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct confirm_work *w = q->work;
    return ask_decide_and_record(q, tx, &w->decision, e);
}
