/* paper_check.c: whoever holds a signed result follows its code and sees what was signed, by whom and when; a file is compared by its hash,
 * and not kept.
 */
#include "engines/cases/paper_check.h"

#include "gen/cases_pages.h"
#include "platform/crypto/crypto.h"

#include <string.h>

static const struct field check_fields[] = {
    { .name = "file",
      .type = FIELD_FILE,
      .required = true,
      .max = PAPER_FILE_MAX,
      .label = MSG("Tệp PDF bạn nhận được"),
      .help = MSG("Tệp chỉ được so, không được giữ lại.") },
    { .name = NULL },
};
const struct form case_paper_check_form = {
    .name = "case_paper_check", .fields = check_fields, .multipart = true, .max_body = PAPER_FILE_MAX + (16 << 10)
};

struct field_view paper_check_field(struct html *h)
{
    struct field_view f = field_of(h, &case_paper_check_form, "file");
    f.accept = STR("application/pdf");
    return f;
}

static int find(struct req *q, struct paper_check_view *v, struct err *e)
{
    struct case_signed_by_code_row row;
    struct dbr *r = req_read(q, e);
    *v = (struct paper_check_view) { .path = q->path };
    int got = r ? case_signed_by_code(r, q->arena, &(struct case_signed_by_code_in) { .code = req_param(q, "code") }, &row, e) : -1;
    if (got == 1)
        got = case_by_id(q->app, r, q->arena, row.case_id, &v->c, e);
    if (got != 1)
        return got < 0 ? -1
                       : ERR_SAY(e, ERR_NOT_FOUND,
                                 MSGS("Không có giấy nào với mã này. Xin xem lại từng chữ; nếu mã in trên giấy đúng như vậy thì giấy "
                                      "không do hệ thống này cấp."),
                                 "no signed paper");
    v->by = row.name;
    v->at = row.signed_at;
    v->hash = row.hash;
    v->audit = row.audit;
    return case_place_name(cases_state(q->app), r, q->arena, &v->c.unit, instant_day(v->c.made_at), &v->place, e);
}

static int show(struct req *q, struct res *s, struct paper_check_view *v)
{
    struct html h = res_html(q, s);
    v->hex = str_hex(q->arena, v->hash.b, sizeof v->hash.b);
    case_signed_paper(&h, v);
    return 0;
}

int case_paper_check_get(struct req *q, struct res *s, struct err *e)
{
    struct paper_check_view v;
    return find(q, &v, e) ? -1 : show(q, s, &v);
}

int case_paper_check_reply(struct req *q, struct res *s, struct err *e)
{
    struct paper_check_view v;
    const struct part *file = req_file(q, "file");
    if (find(q, &v, e))
        return -1;
    struct hash32 h = sha256(file ? file->bytes : STR(""));
    v.compared = true;
    v.same = memcmp(h.b, v.hash.b, sizeof h.b) == 0;
    return show(q, s, &v);
}
