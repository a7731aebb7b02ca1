/* device.c: a device asks for its owner's yes (RFC 8628 section 3.1, 3.2). It gets a long code for itself and a short one to show. */
#include "engines/signon/ask_begin.h"

#include "base/json.h"

static const struct field fields[] = {
    { .name = "client_id", .type = FIELD_TEXT },
    { .name = "client_secret", .type = FIELD_SECRET },
    { .name = "client_assertion", .type = FIELD_SECRET },
    { .name = "client_assertion_type", .type = FIELD_TEXT },
    { .name = "scope", .type = FIELD_TEXT, .required = true },
    { .name = "acr_values", .type = FIELD_TEXT },
    { .name = NULL },
};
const struct form device_begin_form = { .name = "device_begin", .fields = fields, .max_body = 32 * 1024 };

int device_begin_prepare(struct req *q, struct err *e)
{
    struct ask_begun *w = arena_new(q->arena, struct ask_begun);
    q->work = w;
    if (ask_begin(q, w, STR(GRANT_DEVICE), e) != 0)
        return -1;
    w->kind = ASK_DEVICE;
    w->user_code = user_code_new(q->arena);
    w->lives_s = DEVICE_LIVES_S;
    return 0;
}

int device_begin_write(struct req *q, struct tx *tx, struct err *e)
{
    return ask_keep(q, tx, q->work, e);
}

int device_begin_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    const struct ask_begun *w = q->work;
    struct str here = str_fmt(q->arena, "%s/device", q->app->settings.base_url),
               shown = user_code_shown(q->arena, w->user_code);
    struct buf b;
    struct json_out j;
    buf_init(&b, q->arena, 2048);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "device_code", w->handle);
    json_out_int(&j, "expires_in", w->lives_s);
    json_out_int(&j, "interval", ASK_WAIT_S);
    json_out_str(&j, "user_code", shown);
    json_out_str(&j, "verification_uri", here);
    json_out_str(&j, "verification_uri_complete", str_fmt(q->arena, "%.*s?user_code=%.*s", STR_ARG(here), STR_ARG(shown)));
    json_out_end(&j);
    return res_json_secret(q, s, buf_str(&b));
}
