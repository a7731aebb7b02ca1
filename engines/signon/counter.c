/* counter.c: a clerk's program asks for the yes of the visitor before it (OpenID CIBA Core 1.0 section 7, poll mode).
 *
 * The visitor is named by login_hint: the login of an account or a personal number. Both screens show the message, so the visitor sees
 * that the question on the phone is the one of this counter. Nobody is flooded: three open questions of one app are the most.
 */
#include "engines/signon/ask_begin.h"

#include "base/json.h"
#include "base/text.h"

enum { OPEN_MOST = 3, LIVES_LEAST_S = 30 };

static const struct field fields[] = {
    { .name = "client_id", .type = FIELD_TEXT },
    { .name = "client_secret", .type = FIELD_SECRET },
    { .name = "client_assertion", .type = FIELD_SECRET },
    { .name = "client_assertion_type", .type = FIELD_TEXT },
    { .name = "scope", .type = FIELD_TEXT, .required = true },
    { .name = "login_hint", .type = FIELD_TEXT, .required = true },
    { .name = "binding_message", .type = FIELD_TEXT, .required = true },
    { .name = "requested_expiry", .type = FIELD_TEXT },
    { .name = "acr_values", .type = FIELD_TEXT },
    { .name = NULL },
};
const struct form counter_form = { .name = "counter", .fields = fields, .max_body = 32 * 1024 };

/* Exactly one of the hints (section 7.1), and only the one that we take. */
static int check_hint(struct req *q, struct err *e)
{
    if (req_form(q, "id_token_hint").p || req_form(q, "login_hint_token").p)
        return oauth_refuse(e, "invalid_request", "login_hint is the only hint that is taken");
    return req_form(q, "login_hint").n > 0 ? 0 : oauth_refuse(e, "invalid_request", "login_hint is missing");
}

static int find_visitor(struct req *q, struct ask_begun *w, struct err *e)
{
    struct ask_visitor_row row;
    struct str hint = req_form(q, "login_hint");
    struct dbr *r = req_read(q, e);
    int found = r ? ask_visitor(r, q->arena, &(struct ask_visitor_in) { .hint = hint }, &row, e) : -1;
    if (found < 0)
        return -1;
    if (found == 0)
        return oauth_refuse(e, "unknown_user_id", "nobody is meant by this login_hint");
    w->account = row.id;
    return 0;
}

static int take_message(struct req *q, struct ask_begun *w, struct err *e)
{
    struct err why;
    struct str message = req_form(q, "binding_message");
    if (message.n == 0 || text_clean(q->arena, message, TEXT_ONE_LINE, MESSAGE_MOST, &w->message, &why) != 0 ||
        w->message.n == 0)
        return oauth_refuse(e, "invalid_binding_message", "one line of 1 to %d characters", MESSAGE_MOST);
    return 0;
}

static int take_expiry(struct req *q, struct ask_begun *w, struct err *e)
{
    struct str asked = req_form(q, "requested_expiry");
    w->lives_s = COUNTER_LIVES_S;
    if (!asked.p)
        return 0;
    if (!str_to_i64(asked, &w->lives_s) || w->lives_s < LIVES_LEAST_S || w->lives_s > COUNTER_LIVES_MOST_S)
        return oauth_refuse(e, "invalid_request", "requested_expiry: %d to %d seconds", LIVES_LEAST_S, COUNTER_LIVES_MOST_S);
    return 0;
}

int counter_prepare(struct req *q, struct err *e)
{
    struct ask_begun *w = arena_new(q->arena, struct ask_begun);
    q->work = w;
    if (ask_begin(q, w, STR(GRANT_COUNTER), e) != 0)
        return -1;
    w->kind = ASK_COUNTER;
    return check_hint(q, e) || find_visitor(q, w, e) || take_message(q, w, e) || take_expiry(q, w, e) ? -1 : 0;
}

static int refuse_a_flood(struct req *q, struct tx *tx, const struct ask_begun *w, struct err *e)
{
    struct asks_open_of_row open;
    struct asks_open_of_in in = { .account = w->account, .client = w->proof.client->id, .now = tx_now(tx) };
    if (asks_open_of(tx_reader(tx), q->arena, &in, &open, e) < 0)
        return -1;
    return open.n < OPEN_MOST ? 0 : ERR(e, ERR_RATE, "%lld open questions to one person", (long long)open.n);
}

int counter_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct ask_begun *w = q->work;
    return refuse_a_flood(q, tx, w, e) != 0 ? -1 : ask_keep(q, tx, w, e);
}

int counter_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    const struct ask_begun *w = q->work;
    struct buf b;
    struct json_out j;
    live_publish(q->app, str_fmt(q->arena, "asks/%lld", (long long)w->account), STR("{}"));
    buf_init(&b, q->arena, 1024);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "auth_req_id", w->handle);
    json_out_int(&j, "expires_in", w->lives_s);
    json_out_int(&j, "interval", ASK_WAIT_S);
    json_out_end(&j);
    return res_json_secret(q, s, buf_str(&b));
}
