/* succession_page.c: the standing office records that an agency's duties pass to another, and takes it back. */
#include "engines/plan/pages.h"

#include "gen/plan_pages.h"

static const struct field succession_fields[] = {
    { .name = "to", .type = FIELD_TEXT, .required = true, .max = 40, .label = MSG("Cơ quan tiếp nhận") },
    { .name = "day", .type = FIELD_DAY, .required = true, .label = MSG("Từ ngày") },
    { .name = "decree", .type = FIELD_TEXT, .required = true, .min = 3, .max = 200, .label = MSG("Số và ngày quyết định") },
    { .name = "models",
      .type = FIELD_TEXT,
      .max = 200,
      .label = MSG("Chỉ các mô hình số"),
      .help = MSG("Để trống: chuyển tất cả và cơ quan này chấm dứt. Ghi như 35, 37 khi chỉ tách một phần việc.") },
    { .name = NULL },
};
const struct form succession_form = { .name = "plan_succession", .fields = succession_fields };

/* "35, 37" as the contract's objects: "model/35 model/37". */
static int covers_of(struct req *q, struct str *out, struct err *e)
{
    struct str rest = str_or_empty(req_form(q, "models")), piece;
    struct buf b;
    int64_t n;
    buf_init(&b, q->arena, 4096);
    while (rest.n > 0 && str_cut(&rest, ',', &piece)) {
        if (!str_to_i64(str_trim(piece), &n) || n < 1 || n > 999)
            return req_refuse_field(q, e, "models", MSGS("Xin ghi số các mô hình, cách nhau bằng dấu phẩy: 35, 37."));
        buf_fmt(&b, "%smodel/%lld", b.n ? " " : "", (long long)n);
    }
    *out = buf_str(&b);
    return 0;
}

int succession_prepare(struct req *q, struct err *e)
{
    struct succession_new *in = arena_new(q->arena, struct succession_new);
    q->work = in;
    *in = (struct succession_new) { .from = req_param(q, "agency"),
                                    .to = req_form(q, "to"),
                                    .on = req_form_day(q, "day"),
                                    .decree = req_form(q, "decree") };
    return covers_of(q, &in->covers, e);
}

int succession_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id;
    struct audit_record by = audit_of(q, STR("agencies.succeeded"));
    return agencies_succeed(q->app, tx, q->arena, q->work, &by, &id, e);
}

int succession_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/plan/agencies/%.*s", STR_ARG(req_param(q, "agency"))));
}

int succession_undo_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id;
    struct audit_record by = audit_of(q, STR("agencies.succession_undone"));
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "succession id");
    return agencies_undo(q->app, tx, q->arena, id, &by, e);
}
