/* scim.c: what SCIM's replies share: refusals and the envelope. */
#include "engines/staff/scim.h"

#include "base/json.h"

#include <stdio.h>

const struct form scim_form = { .name = "scim", .max_body = SCIM_BODY_MOST };

int scim_fail(struct err *e, enum err_code code, int status, const char *type, struct str say)
{
    ERR_SAY(e, code, say, "scim %d %s", status, type);
    snprintf(e->field, sizeof(e->field), "%d %s", status, type);
    return -1;
}

/* "409 uniqueness" out of an error's field; the code's own status when nobody set one. */
static int status_of(const struct err *why, struct str *type)
{
    struct str rest = str_of(why->field), number;
    int64_t status;
    *type = STR_NONE;
    if (!str_cut(&rest, ' ', &number) || !str_to_i64(number, &status) || status < 400 || status > 599)
        return err_http_status(why->code);
    *type = rest.n > 0 ? rest : STR_NONE;
    return (int)status;
}

int scim_reply(struct req *q, struct res *s, int status, const struct buf *body)
{
    s->status = status;
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    return body->full ? -1 : res_text(s, "application/scim+json", buf_str(body));
}

int scim_refuse(struct req *q, struct res *s, const struct err *why)
{
    struct buf b;
    struct json_out j;
    struct str type;
    int status = status_of(why, &type);
    buf_init(&b, q->arena, 4096);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "detail", tr(q->lang, err_sentence(why)));
    json_out_array(&j, "schemas");
    json_out_item_str(&j, STR("urn:ietf:params:scim:api:messages:2.0:Error"));
    json_out_end(&j);
    json_out_str(&j, "scimType", type);
    json_out_str(&j, "status", str_fmt(q->arena, "%d", status));
    json_out_end(&j);
    if (status == 401)
        res_header(q, s, STR("WWW-Authenticate"), STR("Bearer"));
    return scim_reply(q, s, status, &b);
}
